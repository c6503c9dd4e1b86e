"""Which doubles may a test ask for?

`discord_double` is a double with one guild that has a channel of every kind and a few people; it fails the test at its
end if the program used a route that the double doesn't know. `connect` runs a discord.py client against it.
"""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TypeVar

import pytest
import yarl

with warnings.catch_warnings():
    # discord.py 2.7 imports audioop, which Python 3.11 announces the end of; the suite makes errors of warnings.
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route

from .double import Discord

__all__ = ["connect", "discord_double", "running"]

Bot = TypeVar("Bot", bound=discord.Client)


@pytest.fixture
async def discord_double() -> AsyncIterator[Discord]:
    """A furnished double without rate limits; fails the test when the program used a route that it doesn't know."""
    async with Discord() as double:
        double.gateway.identify_every = 0.0
        double.furnish()
        yield double
    assert not double.complaints, double.complaints


@asynccontextmanager
async def running(bot: Bot, double: Discord, *, token: str | None = None) -> AsyncIterator[Bot]:
    """Run a client against the double until the end of the block; ready when the block starts.

    Give it `guild_ready_timeout=0.1`, or discord.py waits 2 s for guilds that aren't there.
    """
    base, address = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    # A plain client dials the default whatever /gateway/bot says.
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = double.api_base, yarl.URL(double.gateway_url)
    try:
        async with bot:
            task = asyncio.create_task(bot.start(token or double.token))
            ready = asyncio.create_task(bot_ready(bot))
            await asyncio.wait({task, ready}, timeout=20, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                ready.cancel()
                await task
            await ready
            try:
                yield bot
            finally:
                await bot.close()
                await task
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, address


async def bot_ready(bot: discord.Client) -> None:
    """Wait until the client logged in and is ready."""
    # wait_until_ready refuses before login, and login is what start begins with.
    while True:
        try:
            await bot.wait_until_ready()
            return
        except RuntimeError:
            await asyncio.sleep(0)


@pytest.fixture
async def connect(discord_double: Discord) -> AsyncIterator[Callable[[Bot], Awaitable[Bot]]]:
    """A function that runs a client against `discord_double` until the test ends."""
    async with AsyncExitStack() as stack:

        async def run(bot: Bot) -> Bot:
            return await stack.enter_async_context(running(bot, discord_double))

        yield run
