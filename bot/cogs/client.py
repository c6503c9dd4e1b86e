"""The connection to Discord: a sharded client that registers commands when they changed.

It needs no privileged intent: it reads no messages. What a button does is in its custom id, so that one posted before a
restart works after it, also for other members.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import discord
import structlog
import yarl
from discord import InteractionType, app_commands
from discord.ext import commands as ext
from discord.gateway import DiscordWebSocket

from bot.cluster.interaction_claims import InteractionClaims
from bot.cogs.channel_monitor import SETTLE_SECONDS, ChannelMonitor
from bot.cogs.command_tree import CatalogueTranslator, CommandHooks, Suggest, register_commands
from bot.cogs.context_menus import MessageMenus
from bot.cogs.interactions import AnswerRaceFilter, ComponentHandler, InteractionGate, asker_of, send_error
from bot.cogs.subscribe_form import SubscribeForm
from bot.cogs.welcome import Welcome
from bot.commands import Asker, Command, CommandRegistry, Reply
from bot.intake.worker_pool import DeadlineExecutor
from bot.newsroom.audience import Audience
from bot.services.name_matching import Suggestion
from bot.store.key_values import KeyValues

__all__ = ["Client", "default_cogs"]

log = structlog.get_logger()

_DRAIN_SECONDS = 5.0
"""Seconds that answers in flight get when the program ends; hosts kill after ten."""

_GUILD_READY_SECONDS = 2.0
"""Seconds that the start waits for each next server that Discord announced: discord.py's default."""

_ANSWER_RACE_FILTER = AnswerRaceFilter()
"""One for all clients of the process: a logger holds the same filter once."""

_REFERENCE_BYTES = 4
"""Random bytes of the reference number under which the log has the details of an unexpected error."""


class Client(ext.AutoShardedBot):
    """The connection to Discord; `start(token)` runs it until `close()`.

    `commands` are registered as slash commands and completed by `suggest`. `handle_component` answers buttons and
    menus, after the `component_handlers` that cogs add by the custom id's first word. `cogs` are built when the client
    starts. `shards` are this process's shard ids and the number of all shards; None asks Discord.
    """

    def __init__(
        self,
        *,
        key_values: KeyValues,
        handle_component: Callable[[Asker, str, Sequence[str]], Awaitable[Reply]],
        commands: Sequence[Command] = (),
        suggest: Suggest | None = None,
        cogs: Callable[[Client], Sequence[ext.Cog]] | None = None,
        gate: InteractionGate | None = None,
        shards: tuple[Sequence[int], int] | None = None,
        guild_ready_seconds: float = _GUILD_READY_SECONDS,
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
            guild_ready_timeout=guild_ready_seconds,
        )
        self.gate = gate or InteractionGate(InteractionClaims(key_values.store, key_values.clock))
        self.hooks = CommandHooks()
        self.component_handlers: dict[str, ComponentHandler] = {}
        self.connected = asyncio.Event()
        self._key_values, self._handle_component, self._build_cogs = key_values, handle_component, cogs
        self._translator = CatalogueTranslator()
        self.tree.on_error = self._on_tree_error  # type: ignore[method-assign] # discord.py's documented way
        register_commands(self.tree, commands, suggest=suggest or _no_suggestions, gate=self.gate, hooks=self.hooks)

    async def setup_hook(self) -> None:
        """Load the cogs, then register the commands if they differ from those registered last."""
        # discord.py dials the default when it doesn't choose the shards, and whenever a session is begun anew.
        _, url, _ = await self.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
        for cog in self._build_cogs(self) if self._build_cogs is not None else ():
            await self.add_cog(cog)
        await self.tree.set_translator(self._translator)
        logging.getLogger("discord.app_commands.tree").addFilter(_ANSWER_RACE_FILTER)
        await self._register_if_changed()

    async def _register_if_changed(self) -> None:
        # Discord allows few registrations a day, and a restart changes nothing.
        payloads = [
            await command.get_translated_payload(self.tree, self._translator) for command in self.tree.get_commands()
        ]
        payloads.sort(key=lambda each: (each.get("type", 1), each["name"]))
        digest = hashlib.sha256(json.dumps(payloads, sort_keys=True).encode()).hexdigest()
        name = f"commands:{self.application_id}"
        if await self._key_values.get(name) == digest:
            log.info("commands.unchanged", count=len(payloads))
            return
        await self.tree.sync()
        await self._key_values.set(name, digest)
        log.info("commands.registered", count=len(payloads))

    async def close(self) -> None:
        """Let answers in flight be given, for a few seconds, then disconnect."""
        await self.gate.close(_DRAIN_SECONDS)
        await super().close()

    async def on_ready(self) -> None:
        """Log that the bot is connected; discord.py calls this again after a lost session."""
        self.connected.set()
        log.info("discord.ready", guilds=len(self.guilds), shards=self.shard_count)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answer buttons, menus and modals by their custom ids, also of earlier runs' messages."""
        if interaction.type not in (InteractionType.component, InteractionType.modal_submit):
            return
        data: Mapping[str, Any] = interaction.data or {}
        custom_id = str(data.get("custom_id", ""))
        values = tuple(str(value) for value in data.get("values") or ())
        try:
            handler = self.component_handlers.get(custom_id.partition(":")[0])
            if handler is not None:
                await handler(interaction, custom_id, values)
            else:
                await self.gate.answer(
                    interaction, lambda: self._handle_component(asker_of(interaction), custom_id, values)
                )
        except Exception as error:
            await send_error(interaction, error)

    async def _on_tree_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError) -> None:
        if interaction.type is InteractionType.autocomplete:
            log.warning("suggestions.refused", error=str(error))
            return
        await send_error(interaction, error)

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """Log the failure of an event's handler."""
        log.exception("discord.event_failed", gateway_event=event_method, reference=secrets.token_hex(_REFERENCE_BYTES))


def default_cogs(
    commands: CommandRegistry,
    *,
    clock: Callable[[], datetime],
    executor: DeadlineExecutor,
    settle_seconds: float = SETTLE_SECONDS,
) -> Callable[[Client], Sequence[ext.Cog]]:
    """Return a function that builds the bot's cogs, for `Client(cogs=…)`.

    Members' messages are summarized in the executor.

    `settle_seconds` is how long the channel monitor waits for more changes before it checks a server.
    """

    def build(client: Client) -> Sequence[ext.Cog]:
        return (
            SubscribeForm(
                commands,
                gate=client.gate,
                hooks=client.hooks,
                component_handlers=client.component_handlers,
                clock=clock,
            ),
            MessageMenus(client, commands, gate=client.gate, executor=executor),
            ChannelMonitor(client, commands.services, settle_seconds=settle_seconds),
            Welcome(commands.services.key_values),
        )

    return build


async def _no_suggestions(
    kind: str,
    text: str,
    *,
    locale: str,
    guild_id: int | None,
    member_id: int | None,
    audience: Audience,
    channels: Mapping[int, str] | None,
) -> Sequence[Suggestion]:
    return ()
