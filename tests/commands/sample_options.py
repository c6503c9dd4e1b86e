"""A value for every option of a command, so that tests of all commands need no list of them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from bot.commands.types import Command, Option
from bot.newsroom.filters import Filter
from bot.newsroom.subscription_input import SubscriptionInput
from bot.services import Services
from bot.services.sources import DropOrigin, DroppedDocument, FoundSource

__all__ = ["SampleOptions", "prepare_samples"]

_MUTED = "topic:weather"

_BY_LIST: dict[str | None, str] = {
    "country": "JP",
    "topic": "conflict-war-and-peace",
    "since": "2d",
    "story": "s2",
    "event": "e2",
    "timezone": "Europe/Berlin",
    "time": "08:00",
    "days": "fri",
    "alerts": "3 quiet 22:00-07:00 max 5",
    "language": "de",
    "stories": "de",
    "mute": _MUTED,
    "command": "subscribe",
}
"""A value from each list that completes options."""

_numbers = itertools.count()
_BY_NAME = {"link": "https://example.org/page", "avatar": "https://example.org/lamp.png", "name": "The Lamp"}
"""A value for options that take only some texts."""


@dataclass(frozen=True, slots=True)
class SampleOptions:
    """Values that options accept, with the subscriptions that they name."""

    subscription_id: int
    own_digest_id: int
    source_id: int

    def of(self, command: Command) -> dict[str, Any]:
        """Return a value for each option of a command but files, roles, and channels, which stand for where it is used."""
        given = [option for option in command.options if option.kind not in ("channel", "role", "file")]
        return {option.name: self._value(option) for option in given}

    def line(self, command: Command) -> str:
        """Return a line of the console that uses all these options."""
        return " ".join([f"/{command.name}", *(f"{name}:{value!r}" for name, value in self.of(command).items())])

    def _value(self, option: Option) -> str | int:
        if option.choices:
            return option.choices[-1]
        if option.kind == "number":
            by_list = {"subscription": self.subscription_id, "follow": self.own_digest_id}
            return by_list.get(option.suggest or "", option.least or 1)
        if option.suggest == "source":
            return str(self.source_id)
        if option.name == "url":
            return f"https://feeds.example/{next(_numbers)}"  # a feed is added once
        return _BY_LIST.get(option.suggest) or _BY_NAME.get(option.name, "navies")


async def prepare_samples(services: Services, *, guild_id: int, channel_id: int, member_id: int) -> SampleOptions:
    """Create what commands can be about: a server's subscription, a member's own digest and mute."""
    subscription, _ = await services.subscriptions.create(
        SubscriptionInput(channel_id=channel_id, times="08:00", timezone="UTC", guild_id=guild_id, created_by=member_id)
    )
    own_digest, _ = await services.subscriptions.follow(
        SubscriptionInput(channel_id=0, times="08:00", timezone="UTC", member_id=member_id, topic="sport")
    )
    await services.members.mute(member_id, Filter.parse(_MUTED))
    services.sources.managers_add = True
    services.sources.source_probe, services.sources.dropper = OfflineProbe(), OfflineDropper()
    source = await services.sources.add(f"https://feeds.example/{next(_numbers)}", guild_id=guild_id)
    return SampleOptions(subscription.id, own_digest.id, source.id)


class OfflineProbe:
    """Finds a feed at any address, as no test may reach the network."""

    async def probe(self, url: str, *, may_be_private: bool) -> FoundSource:
        return FoundSource(url, "The Harbour Post", 2, (), (("old", {"days": 40}),))


class OfflineDropper:
    """Reads a story at any address."""

    max_bytes = 1_000

    async def drop_file(self, name: str, data: bytes, origin: DropOrigin) -> DroppedDocument:
        return DroppedDocument(name, stories=1)

    async def drop_text(self, text: str, origin: DropOrigin) -> DroppedDocument:
        return DroppedDocument("message.txt", stories=1)

    async def drop_link(self, url: str, origin: DropOrigin) -> DroppedDocument:
        return DroppedDocument(url, stories=1)
