"""Towns for the tests of what Discord shows, and the whole bot with a week's news."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio

from bot.cogs.all_cogs import cogs_of
from bot.cogs.client import Client
from bot.commands import Commands
from bot.store.database import Store
from tests.double import Discord
from tests.double.fixtures import discord_town, running
from tests.services.services_fixture import Clock, fill, open_desk

__all__ = ["clock", "commands", "connect", "discord_town", "gazette"]


@pytest.fixture(autouse=True)
def patient(discord_town: Discord) -> None:
    """How soon answers come is measured elsewhere; here they may take their time on a busy machine."""
    discord_town.ack_within, discord_town.patience = 20.0, 60.0


@pytest.fixture
def clock() -> Clock:
    """Noon of Friday, 20 November 2026."""
    return Clock()


@pytest_asyncio.fixture
async def commands(sqlite_url: str, clock: Clock) -> AsyncIterator[Commands]:
    """All commands over six stories."""
    async with Store.open(sqlite_url) as store:
        await fill(store)
        yield Commands(open_desk(store, clock))


@pytest_asyncio.fixture
async def connect(discord_town: Discord, commands: Commands) -> AsyncIterator[Callable[[Client], Awaitable[Client]]]:
    """A function that runs a client until the test ends; before the store is closed, as the program has it."""
    async with AsyncExitStack() as stack:

        async def run(client: Client) -> Client:
            return await stack.enter_async_context(running(client, discord_town))

        yield run


@pytest.fixture
def executor() -> Iterator[Executor]:
    """Threads stand in for processes: what runs there is the same."""
    with ThreadPoolExecutor(1) as threads:
        yield threads


@pytest.fixture
def gazette(commands: Commands, clock: Clock, executor: Executor) -> Client:
    """The bot as the program wires it, not connected yet."""
    return Client(
        meta=commands.desk,
        press=commands.press,
        commands=commands.all(),
        suggest=commands.suggest,
        cogs=cogs_of(commands, clock=clock, executor=executor),
        settle=0.1,
    )
