"""The bot's permissions in a channel: those that posting needs, and those it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import discord

from bot.newsroom.models import DigestStyle
from bot.rendering.discord import permitted_look

__all__ = ["NEEDED", "ChannelCheck", "check_channel", "missing_permissions"]

NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "read_message_history": "Read Message History",
}
"""Permissions without which no digest is posted, by discord.py's names, with Discord's English ones.

Reading back what was posted settles what a crash left open. Embed Links is useful, too; without it digests are plain.
"""

_THREADS = (discord.ChannelType.public_thread, discord.ChannelType.private_thread, discord.ChannelType.news_thread)


@dataclass(frozen=True, slots=True)
class ChannelCheck:
    """The result of checking a channel.

    `missing` has needed permissions, by Discord's English names.

    `no_embeds` means that digests are plain text there, `no_files` that they have no chart, `no_webhooks` that they come
    from the bot, whatever name they should have.
    """

    visible: bool = True
    missing: tuple[str, ...] = ()
    no_embeds: bool = False
    no_files: bool = False
    no_webhooks: bool = False
    no_threads: bool = False
    """No threads can be opened there for talk."""
    no_mentions: bool = False
    """Only roles that everybody may mention are notified."""

    @property
    def postable(self) -> bool:
        """True if a digest can be posted there."""
        return self.visible and not self.missing

    def permitted_look(self, look: DigestStyle) -> DigestStyle:
        """Return the look that a digest has there."""
        granted = discord.Permissions(embed_links=not self.no_embeds, attach_files=not self.no_files)
        return permitted_look(look, granted.value)


def missing_permissions(channel: Any, me: discord.Member) -> list[str]:
    """Return the needed permissions that the bot lacks in a channel, by Discord's English names."""
    granted = channel.permissions_for(me)
    unneeded = {
        discord.ChannelType.forum: "",  # opening a post is one permission, writing in it the other
        **dict.fromkeys(_THREADS, "send_messages"),
    }.get(channel.type, "send_messages_in_threads")
    return [label for name, label in NEEDED.items() if name != unneeded and not getattr(granted, name)]


async def check_channel(interaction: discord.Interaction[Any], channel_id: int) -> ChannelCheck:
    """Check whether a digest can be posted in a channel of the interaction's server.

    Threads that discord.py doesn't cache are fetched.
    """
    guild = interaction.guild
    if guild is None or not channel_id:
        return ChannelCheck(visible=False)
    channel: Any = guild.get_channel_or_thread(channel_id)
    if channel is None:
        try:
            channel = await guild.fetch_channel(channel_id)
        except discord.HTTPException:
            return ChannelCheck(visible=False)
    granted = channel.permissions_for(guild.me)
    if not granted.view_channel:
        return ChannelCheck(visible=False)
    return ChannelCheck(
        missing=tuple(missing_permissions(channel, guild.me)),
        no_embeds=not granted.embed_links,
        no_files=not granted.attach_files,
        no_webhooks=not granted.manage_webhooks,
        no_threads=not granted.create_public_threads,
        no_mentions=not granted.mention_everyone,
    )
