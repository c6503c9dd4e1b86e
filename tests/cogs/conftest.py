"""Towns for the tests of what Discord shows, and the whole bot with a week's news."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest
import pytest_asyncio

from bot.cogs.client import Client
from bot.cogs.everything import cogs_of
from bot.commands import Commands
from bot.store.engine import Store
from tests.desk.town import Clock, fill, open_desk
from tests.double.fixtures import connect, discord_town

__all__ = ["clock", "commands", "connect", "discord_town", "gazette"]


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
