"""How does a reply reach the member in time, and what is said when it can't be made?"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable
from typing import Any

import discord
import structlog
from discord import app_commands

from bot.commands.base import Asker, Reply
from bot.errors import GazetteError
from bot.newsroom.models import Look
from bot.rendering.discord import draw
from bot.rendering.pages import message_page

__all__ = ["Drawn", "answer", "asker_of", "refuse"]

log = structlog.get_logger()

PATIENCE = 1.2
"""Seconds before an answer is announced with a deferral; Discord gives up after 3."""


class Drawn(discord.ui.LayoutView):
    """Components that are drawn already, in the shape that discord.py sends."""

    def __init__(self, components: list[dict[str, Any]]) -> None:
        super().__init__(timeout=None)
        self._drawn = components

    def to_components(self) -> list[dict[str, Any]]:
        """The components as drawn."""
        return self._drawn

    def has_components_v2(self) -> bool:
        """They always are."""
        return True

    def is_finished(self) -> bool:
        """Nothing listens on it: presses come through the action in the button's id."""
        return True

    def is_dispatchable(self) -> bool:
        """As above."""
        return False


def asker_of(interaction: discord.Interaction) -> Asker:
    """Who asks, and where."""
    return Asker(
        locale=interaction.locale.value,
        member_id=interaction.user.id,
        guild_id=interaction.guild_id,
        channel_id=interaction.channel_id,
        manager=bool(interaction.guild_id and interaction.permissions.manage_guild),
    )


async def answer(interaction: discord.Interaction, reply: Awaitable[Reply]) -> None:
    """Answer with what `reply` gives: at once when it is quick, else deferred first; errors in words."""
    task = asyncio.ensure_future(reply)
    try:
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if not done:
            await interaction.response.defer(ephemeral=True, thinking=True)
        result = await task
    except Exception as error:  # noqa: BLE001 - the surface where errors become words
        await refuse(interaction, error)
        return
    finally:
        if not task.done():
            task.cancel()
    await _send(interaction, result)


async def refuse(interaction: discord.Interaction, error: BaseException) -> None:
    """Tell the member what is wrong, privately and in their language; log what is ours with a reference."""
    words = asker_of(interaction).words
    if isinstance(error, GazetteError):
        facts = {name: value or "none" for name, value in error.facts.items()}
        text = words(error.key, **facts)
        log.info("command.refused", error=error.key)
    elif isinstance(error, app_commands.CommandNotFound):
        text = words("error-input", problem=words("error-command-changed"))
        log.warning("command.unknown", name=error.name)
    elif isinstance(error, discord.NotFound) and error.code == 10062:
        log.warning("interaction.too_late", interaction=interaction.id)
        return
    else:
        reference = secrets.token_hex(4)
        text = words("error", reference=reference)
        log.error("command.failed", reference=reference, exc_info=error)
    try:
        await _send(interaction, Reply(message_page(text, words=words)))
    except discord.HTTPException as failed:
        log.warning("answer.failed", status=failed.status, code=failed.code)


async def _send(interaction: discord.Interaction, reply: Reply) -> None:
    first, *rest = draw(reply.page, Look.COMPONENTS, most=5)
    view = Drawn(first["components"])
    private = reply.private
    if not interaction.response.is_done():
        own = interaction.message is not None and interaction.message.flags.ephemeral
        if reply.replaces and own:
            await interaction.response.edit_message(view=view)
            return
        await interaction.response.send_message(view=view, ephemeral=private)
    else:
        await interaction.edit_original_response(view=view)
    for payload in rest:
        await interaction.followup.send(view=Drawn(payload["components"]), ephemeral=private)
