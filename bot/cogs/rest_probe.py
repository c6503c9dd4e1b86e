"""Checks of the token, the servers and channels' permissions, for `gazette doctor --live`.

REST only: no gateway is opened, so that a running bot is not disturbed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord

from bot.cogs.permissions import missing_permissions
from bot.delivery.api_base import set_api_base
from bot.errors import ChannelGone, DiscordUnavailable, PermissionMissing, TokenRefused

__all__ = ["INVITED_WITH", "Identity", "RestProbe", "invitation", "open_probe"]

INVITED_WITH = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    read_message_history=True,
)
"""Permissions that the invitation asks for: to post, and to see what was posted if a crash leaves that open."""


_MAX_GUILDS = 200
"""Servers that one request lists."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The application behind the token."""

    id: int
    name: str


def invitation(application_id: int) -> str:
    """Return the link that invites the bot to a server."""
    return discord.utils.oauth_url(application_id, permissions=INVITED_WITH, scopes=("bot", "applications.commands"))


class RestProbe:
    """A connection over which checks are made."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def identity(self) -> Identity:
        """Return the application that the token belongs to."""
        me = self._client.user
        assert me is not None  # noqa: S101 - login has set it
        return Identity(me.id, me.name)

    async def guild_count(self) -> int:
        """Return the number of servers that the bot is in, counting at most 200."""
        return len([guild async for guild in self._client.fetch_guilds(limit=_MAX_GUILDS)])

    async def check_channel(self, channel_id: int) -> None:
        """Check that a digest can be posted in a channel.

        Raises ChannelGone or PermissionMissing with what to do.
        """
        fetched = await self._fetch(channel_id)
        if fetched is not None:
            for missing in missing_permissions(*fetched)[:1]:
                raise PermissionMissing(channel_id, missing)

    async def has_webhooks(self, channel_id: int) -> bool:
        """Return whether a digest can be posted there under another name than the bot's.

        Raises as `check_channel`.
        """
        fetched = await self._fetch(channel_id)
        return fetched is not None and bool(fetched[0].permissions_for(fetched[1]).manage_webhooks)

    async def _fetch(self, channel_id: int) -> tuple[Any, discord.Member] | None:
        """Return a server's channel, and the bot as its member; None for direct messages."""
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
async def open_probe(token: str, api_base: str = "") -> AsyncIterator[RestProbe]:
    """Log in without a gateway.

    Raises TokenRefused, or DiscordUnavailable when there is no answer.
    """
    set_api_base(api_base)
    client = discord.Client(intents=discord.Intents.none())
    try:
        async with client:
            await client.login(token)
            yield RestProbe(client)
    except discord.LoginFailure:
        raise TokenRefused from None
    except discord.HTTPException as error:
        raise DiscordUnavailable(f"Discord answers {error.status}") from error
    except (aiohttp.ClientError, OSError) as error:
        raise DiscordUnavailable(f"Discord can't be reached: {type(error).__name__}") from error
