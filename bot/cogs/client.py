"""The bot as Discord sees it: a sharded client whose commands are synced only when they changed."""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

import discord
import structlog
import yarl
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.cogs.answering import answer, asker_of, refuse
from bot.commands.base import Reply

__all__ = ["Client", "MetaStore", "Presser", "point_at"]

log = structlog.get_logger()


class MetaStore(Protocol):
    """Small facts kept over restarts."""

    async def get(self, name: str) -> str | None:
        """The fact called `name`."""

    async def put(self, name: str, value: str) -> None:
        """Keep a fact."""


Presser = Callable[..., Awaitable[Reply]]
"""What a pressed button does: takes the asker, the action's text and the chosen values."""


def point_at(api_base: str) -> None:
    """Talk to another address than Discord's own: the program's whole process does, as discord.py keeps it global.

    The gateway's address comes from GET /gateway/bot there; until then the default leads nowhere.
    """
    if not api_base:
        return
    base = api_base.rstrip("/")
    if "/api" not in base:
        base += "/api/v10"
    Route.BASE = base
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL("ws://127.0.0.1:9/")


class Client(commands.AutoShardedBot):
    """The connection to Discord. Needs no privileged intent: it reads no messages."""

    def __init__(
        self,
        *,
        meta: MetaStore,
        press: Presser,
        extensions_of: Callable[[Client], Sequence[commands.Cog]],
        translator: app_commands.Translator | None = None,
        shards: tuple[Sequence[int], int] | None = None,
    ) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            shard_ids=list(shards[0]) if shards else None,
            shard_count=shards[1] if shards else None,
            max_ratelimit_timeout=None,
        )
        self._meta, self._press, self._extensions_of, self._translator = meta, press, extensions_of, translator
        self.tree.on_error = self._on_tree_error  # type: ignore[method-assign] # discord.py's documented way
        self.came_up = asyncio.Event()

    async def setup_hook(self) -> None:
        """Load the cogs, then register the commands where they differ from what was registered last."""
        if self.shard_count is not None:  # discord.py asks for the gateway's address only when it chooses the shards
            _, url, _ = await self.http.get_bot_gateway()
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
        for cog in self._extensions_of(self):
            await self.add_cog(cog)
        if self._translator is not None:
            await self.tree.set_translator(self._translator)
        await self._sync()

    async def _sync(self) -> None:
        # To bytes and hashed before sending: Discord allows few registrations a day, and a restart is no change.
        registered: list[dict[str, Any]] = []
        for command in sorted(self.tree.get_commands(), key=lambda each: (str(each.type if hasattr(each, "type") else ""), each.name)):
            if self.tree.translator is not None:
                registered.append(await command.get_translated_payload(self.tree, self.tree.translator))
            else:
                registered.append(command.to_dict(self.tree))
        digest = hashlib.sha256(json.dumps(registered, sort_keys=True).encode()).hexdigest()
        name = f"commands:{self.application_id}"
        if await self._meta.get(name) == digest:
            log.info("commands.unchanged", count=len(registered))
            return
        await self.tree.sync()
        await self._meta.put(name, digest)
        log.info("commands.registered", count=len(registered))

    async def on_ready(self) -> None:
        """Say that the bot is there; it may come again after a lost session."""
        self.came_up.set()
        log.info("discord.ready", guilds=len(self.guilds), shards=self.shard_count)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Answer buttons and menus by their action: also those of messages posted before a restart."""
        if interaction.type is not discord.InteractionType.component or not isinstance(interaction.data, dict):
            return
        action = str(interaction.data.get("custom_id", ""))
        values = tuple(str(value) for value in interaction.data.get("values", ()) or ())
        asker = asker_of(interaction)
        await answer(interaction, self._press(asker, action, values))

    async def _on_tree_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        if isinstance(error, app_commands.MissingPermissions):
            from bot.errors import NotAllowed

            cause = NotAllowed(", ".join(error.missing_permissions))
        await refuse(interaction, cause)

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """An event's handler failed: the log gets all of it."""
        log.exception("discord.event_failed", gateway_event=event_method, reference=secrets.token_hex(4))


