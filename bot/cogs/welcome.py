"""The welcome: a short message in a server that has invited the bot, once."""

from __future__ import annotations

from collections.abc import Iterator

import discord
import structlog
from discord.ext import commands as ext

from bot.cogs.interactions import RenderedView
from bot.i18n import words
from bot.rendering.discord import draw
from bot.rendering.layout import Page, paragraph
from bot.store.key_values import KeyValues

__all__ = ["Welcome"]

log = structlog.get_logger()


class Welcome(ext.Cog):
    """Greets servers that the bot joins, with what to do next."""

    def __init__(self, key_values: KeyValues) -> None:
        self._key_values = key_values

    @ext.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Post the welcome in the system channel, or the first one where the bot can post.

        A server gets one at most: the store decides which process posts it, and remembers it for the next invitation.
        """
        channel = next(_writable_channels(guild), None)
        if channel is None:
            log.info("welcome.no_channel", guild=guild.id)
            return
        if not await self._key_values.change(f"welcomed:{guild.id}", str(channel.id)):
            return
        (payload,) = draw(_welcome_page(str(guild.preferred_locale)), most=1)
        try:
            await channel.send(view=RenderedView(payload["components"]))
        except discord.HTTPException as error:
            log.warning("welcome.failed", guild=guild.id, channel=channel.id, code=error.code)


def _writable_channels(guild: discord.Guild) -> Iterator[discord.TextChannel]:
    """Yield the text channels in which the bot can post, the system channel first."""
    system = [guild.system_channel] if guild.system_channel is not None else []
    for channel in (*system, *guild.text_channels):
        granted = channel.permissions_for(guild.me)
        if granted.view_channel and granted.send_messages:
            yield channel


def _welcome_page(locale: str) -> Page:
    catalogue = words(locale)
    blocks = (
        paragraph(catalogue("welcome-title"), size="title"),
        paragraph(catalogue("welcome-text")),
        paragraph(catalogue("welcome-subscribe")),
        paragraph(catalogue("welcome-help"), size="small"),
    )
    return Page(blocks, locale=catalogue.locale)
