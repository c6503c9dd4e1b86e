"""A few commands and buttons: enough to see how questions and answers pass through Discord."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from bot.cogs.client import Client
from bot.commands.types import Asker, Command, Option, Reply
from bot.errors import NotAllowed, NotFound
from bot.newsroom.audience import Audience
from bot.rendering.layout import ActionRow, Button, Page, paragraph
from bot.services.name_matching import Suggestion
from bot.store.key_values import KeyValues

__all__ = ["SampleCommands"]


class SampleCommands:
    """Commands of every kind, their buttons and suggestions."""

    def __init__(self, key_values: KeyValues) -> None:
        self.key_values = key_values
        self.askers: list[Asker] = []
        self.gate = asyncio.Event()
        self.asked: list[tuple[str, str, int | None]] = []

    def client(self, **more: object) -> Client:
        return Client(
            key_values=self.key_values,
            handle_component=self.press,
            commands=self.commands(),
            suggest=self.suggest,
            guild_ready_seconds=0.1,
            **more,  # type: ignore[arg-type] # a test says what else
        )

    def commands(self) -> list[Command]:
        country = Option("country", suggest="country")
        return [
            Command("news", self.news, (country, Option("page", "number"))),
            Command("digest", self.digest, (country,), aliases=("digest now",)),
            Command("story", self.story, (Option("id", required=True, suggest="story"),)),
            Command("subscriptions", self.subscriptions, (Option("channel", "channel"),), manager=True),
            Command("about", self.about),
        ]

    async def news(self, asker: Asker, *, country: str | None = None, page: int = 1) -> Reply:
        self.askers.append(asker)
        buttons = ActionRow(
            (Button("Next", f"news:n:{page + 1}:{country}"), Button("Slowly", f"slow:n:{page + 1}:{country}"))
        )
        return Reply(
            Page((paragraph(f"Page {page} of @everyone's news from {country}"), buttons)), edits_original=page > 1
        )

    async def digest(self, asker: Asker, *, country: str | None = None) -> Reply:
        await self.gate.wait()
        return Reply(Page((paragraph(f"The digest of {country}"),)))

    async def story(self, asker: Asker, *, id: str) -> Reply:
        if id == "broken":
            raise RuntimeError("a fault of the program")
        raise NotFound("story", id)

    async def subscriptions(self, asker: Asker, *, channel: int | None = None) -> Reply:
        if not asker.manager:
            raise NotAllowed(asker.words("permission-manage-guild"))
        return Reply(Page((paragraph(f"Those of {channel}"),)))

    async def about(self, asker: Asker) -> Reply:
        return Reply(Page(tuple(paragraph("word " * 250) for _ in range(12))))

    async def press(self, asker: Asker, action: str, values: Sequence[str]) -> Reply:
        name, _, page, country = action.split(":")
        if name == "slow":
            await self.gate.wait()
        return await self.news(asker, country=country, page=int(page))

    async def suggest(
        self,
        kind: str,
        text: str,
        *,
        locale: str,
        guild_id: int | None,
        member_id: int | None,
        audience: Audience,
        channels: Mapping[int, str] | None = None,
    ) -> list[Suggestion]:
        self.asked.append((kind, locale, guild_id))
        if text == "!":
            raise RuntimeError("no list today")
        return [Suggestion(f"{kind} {text} {number}" + "x" * 200, f"{kind}{number}") for number in range(40)]
