"""The bot as Discord sees it: a sharded client whose commands are synced only when they changed.

It needs no privileged intent: it reads no messages. What a button does stands in its custom_id, so that one posted
before a restart works after it, for whoever presses it.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol

import discord
import structlog
import yarl
from discord import InteractionType, app_commands
from discord.ext import commands as ext
from discord.gateway import DiscordWebSocket

from bot.cogs.command_tree import Companion, Opener, Suggest, Suggested, WordsTranslator, register
from bot.cogs.interactions import Turns, answer, asker_of, refuse
from bot.commands.types import Asker, Command, Reply
from bot.store.key_values import KeyValues

__all__ = ["Client", "Handler", "Presser"]

log = structlog.get_logger()

_FAREWELL = 5.0


class Presser(Protocol):
    """What a pressed button or a choice does, by the action in its custom_id; `values` are what was chosen."""

    def __call__(self, asker: Asker, action: str, values: Sequence[str], /) -> Awaitable[Reply]:
        """The answer. Raises GazetteError."""


Handler = Callable[[discord.Interaction[Any], str, Sequence[str]], Awaitable[None]]
"""What handles an interaction itself, since it needs more of Discord than an asker: takes the action and the values."""


class Client(ext.AutoShardedBot):
    """The connection to Discord; `start(token)` runs it until `close()`.

    `commands` are registered as slash commands, completed by `suggest`. `press` answers buttons and menus;
    `handlers` go before it, by the action's first word. `cogs` are made with the client when it starts: context menus
    and what listens to the gateway. `shards` are this process's shard ids and how many there are in all; None asks
    Discord. `settle` is how long (seconds) the start waits for guilds that Discord announced.
    """

    def __init__(
        self,
        *,
        key_values: KeyValues,
        press: Presser,
        commands: Sequence[Command] = (),
        suggest: Suggest | None = None,
        handlers: Mapping[str, Handler] | None = None,
        cogs: Sequence[Callable[[Client], ext.Cog]] = (),
        translator: app_commands.Translator | None = None,
        shards: tuple[Sequence[int], int] | None = None,
        settle: float = 2.0,
    ) -> None:
        super().__init__(
            command_prefix=ext.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            shard_ids=list(shards[0]) if shards else None,  # type: ignore[arg-type] # None is its default
            shard_count=shards[1] if shards else None,
            guild_ready_timeout=settle,
        )
        self._key_values, self._press, self._cogs_of = key_values, press, tuple(cogs)
        self._takers = dict(handlers or {})
        self._translator = translator or WordsTranslator()
        self.turns = Turns()
        self.came_up = asyncio.Event()
        self.tree.on_error = self._on_tree_error  # type: ignore[method-assign] # discord.py's documented way
        self._openers: dict[str, Opener] = {}
        self._companions: dict[str, Companion] = {}
        register(self.tree, commands, suggest or _nothing, self._openers, self._companions)

    def handle(self, action: str, handler: Handler) -> None:
        """Let `handler` take the interactions whose action begins with the word `action`."""
        self._takers[action] = handler

    def open_instead(self, command: str, opener: Opener) -> None:
        """Let `opener` answer a command that is used without any option."""
        self._openers[command] = opener

    def accompany(self, command: str, companion: Companion) -> None:
        """Let `companion` add to what a command answers."""
        self._companions[command] = companion

    async def setup_hook(self) -> None:
        """Load the cogs, then register the commands where they differ from what was registered last."""
        # discord.py dials the default when it doesn't choose the shards, and whenever a session is begun anew.
        _, url, _ = await self.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
        for make in self._cogs_of:
            await self.add_cog(make(self))
        await self.tree.set_translator(self._translator)
        await self._sync()

    async def _sync(self) -> None:
        # Hashed before sending: Discord allows few registrations a day, and a restart is no change.
        registered = [
            await command.get_translated_payload(self.tree, self._translator) for command in self.tree.get_commands()
        ]
        registered.sort(key=lambda each: (each.get("type", 1), each["name"]))
        digest = hashlib.sha256(json.dumps(registered, sort_keys=True).encode()).hexdigest()
        name = f"commands:{self.application_id}"
        if await self._key_values.get(name) == digest:
            log.info("commands.unchanged", count=len(registered))
            return
        await self.tree.sync()
        await self._key_values.set(name, digest)
        log.info("commands.registered", count=len(registered))

    async def close(self) -> None:
        """Let the answers under way be given, for a few seconds, then leave."""
        await self.turns.all_given(_FAREWELL)
        await super().close()

    async def on_ready(self) -> None:
        """Say that the bot is there; it may come again after a lost session."""
        self.came_up.set()
        log.info("discord.ready", guilds=len(self.guilds), shards=self.shard_count)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answer buttons, menus and forms by their action: also those of messages posted before a restart."""
        if interaction.type not in (InteractionType.component, InteractionType.modal_submit):
            return
        data: Mapping[str, Any] = interaction.data or {}
        action = str(data.get("custom_id", ""))
        values = tuple(str(value) for value in data.get("values") or ())
        try:
            handler = self._takers.get(action.partition(":")[0])
            if handler is not None:
                await handler(interaction, action, values)
            else:
                await answer(interaction, lambda: self._press(asker_of(interaction), action, values))
        except Exception as error:
            await refuse(interaction, error)

    async def _on_tree_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError) -> None:
        if interaction.type is InteractionType.autocomplete:
            log.warning("suggestions.refused", error=str(error))
            return
        await refuse(interaction, error)

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """An event's handler failed: the log gets all of it."""
        log.exception("discord.event_failed", gateway_event=event_method, reference=secrets.token_hex(4))


async def _nothing(
    kind: str, text: str, *, locale: str, guild_id: int | None, member_id: int | None
) -> Sequence[Suggested]:
    return ()
