"""May the bot post in a channel, and what is missing?"""

from __future__ import annotations

from typing import Any

import discord

from bot.cogs.subscribe_draft import Fit

__all__ = ["NEEDED", "fit_of", "lacking"]

NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "read_message_history": "Read Message History",
}
"""What a digest can't do without, by Discord's English names: reading back what was posted settles what a crash left
open. Embed Links is wanted, too; without it digests are plain."""

_THREADS = (discord.ChannelType.public_thread, discord.ChannelType.private_thread, discord.ChannelType.news_thread)


def lacking(channel: Any, me: discord.Member) -> list[str]:
    """The permissions that the bot lacks for posting in a channel or thread, by Discord's English names."""
    held = channel.permissions_for(me)
    unneeded = {
        discord.ChannelType.forum: "",  # opening a post is one right, going on in it the other
        **dict.fromkeys(_THREADS, "send_messages"),
    }.get(channel.type, "send_messages_in_threads")
    return [shown for name, shown in NEEDED.items() if name != unneeded and not getattr(held, name)]


async def fit_of(interaction: discord.Interaction[Any], channel_id: int) -> Fit:
    """Can a digest go to a channel of the interaction's server? Threads that aren't kept in memory are asked for."""
    guild = interaction.guild
    if guild is None or not channel_id:
        return Fit(seen=False)
    channel: Any = guild.get_channel_or_thread(channel_id)
    if channel is None:
        try:
            channel = await guild.fetch_channel(channel_id)
        except discord.HTTPException:
            return Fit(seen=False)
    held = channel.permissions_for(guild.me)
    if not held.view_channel:
        return Fit(seen=False)
    return Fit(
        missing=tuple(lacking(channel, guild.me)),
        plainly=not held.embed_links,
        bare=not held.attach_files,
        nameless=not held.manage_webhooks,
    )
