"""What does Discord say of the token, the servers and a channel's permissions? For `gazette doctor --live`.

REST only: no gateway is opened, so that a bot that runs beside is not disturbed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord

from bot.cogs.permissions import lacking
from bot.delivery.api_base import set_api_base
from bot.errors import ChannelGone, DiscordUnavailable, PermissionMissing, TokenRefused

__all__ = ["INVITED_WITH", "Identity", "Line", "invitation", "open_line"]

INVITED_WITH = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    read_message_history=True,
)
"""What the invitation asks for: to post, and to see what was posted when a crash leaves that open."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The application behind the token."""

    id: int
    name: str


def invitation(application_id: int) -> str:
    """The link that invites the bot to a server."""
    return discord.utils.oauth_url(application_id, permissions=INVITED_WITH, scopes=("bot", "applications.commands"))


class Line:
    """A connection that asks."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def identity(self) -> Identity:
        """Who the token belongs to."""
        me = self._client.user
        assert me is not None  # noqa: S101 - login has set it
        return Identity(me.id, me.name)

    async def guild_count(self) -> int:
        """How many servers the bot is in, as far as the first 200."""
        return len([guild async for guild in self._client.fetch_guilds(limit=200)])

    async def check_channel(self, channel_id: int) -> None:
        """Could a digest be posted there? Raises ChannelGone or PermissionMissing with what to do."""
        placed = await self._placed(channel_id)
        if placed is not None:
            for missing in lacking(*placed)[:1]:
                raise PermissionMissing(channel_id, missing)

    async def has_webhooks(self, channel_id: int) -> bool:
        """Could a digest be posted there under another name than the bot's? Raises as `check_channel`."""
        placed = await self._placed(channel_id)
        return placed is not None and bool(placed[0].permissions_for(placed[1]).manage_webhooks)

    async def _placed(self, channel_id: int) -> tuple[Any, discord.Member] | None:
        """A server's channel, and the bot as its member; None for direct messages."""
        try:
            channel = await self._client.fetch_channel(channel_id)
        except discord.Forbidden:
            raise PermissionMissing(channel_id, "View Channel") from None
        except discord.HTTPException as error:
            if error.status == 404:
                raise ChannelGone(channel_id) from None
            raise DiscordUnavailable(f"Discord answers {error.status}") from error
        if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            return None
        me = self._client.user
        assert me is not None  # noqa: S101 - login has set it
        guild = await self._client.fetch_guild(channel.guild.id)
        member = await guild.fetch_member(me.id)
        return await guild.fetch_channel(channel_id), member


@asynccontextmanager
async def open_line(token: str, api_base: str = "") -> AsyncIterator[Line]:
    """Log in without a gateway. Raises TokenRefused, or DiscordUnavailable when there is no answer."""
    set_api_base(api_base)
    client = discord.Client(intents=discord.Intents.none())
    try:
        async with client:
            await client.login(token)
            yield Line(client)
    except discord.LoginFailure:
        raise TokenRefused from None
    except discord.HTTPException as error:
        raise DiscordUnavailable(f"Discord answers {error.status}") from error
    except (aiohttp.ClientError, OSError) as error:
        raise DiscordUnavailable(f"Discord can't be reached: {type(error).__name__}") from error
