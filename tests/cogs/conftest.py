"""The double of Discord, and the whole bot over a week's news."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio

from bot.cogs.client import Client, default_cogs
from bot.commands import CommandRegistry
from bot.intake.worker_pool import DeadlineExecutor
from bot.store.database import Store
from bot.store.key_values import KeyValues
from tests.clock import ManualClock
from tests.double import Discord
from tests.double.fixtures import discord_double, running
from tests.intake.conftest import ThreadWorkers
from tests.services.sample_news import open_services, store_sample_news

__all__ = ["clock", "commands", "connect", "discord_double", "gazette"]


@pytest.fixture(autouse=True)
def patient(discord_double: Discord) -> None:
    """Let answers take long: how soon they come is measured elsewhere, and machines can be busy."""
    discord_double.ack_within, discord_double.patience = 20.0, 60.0


@pytest.fixture
def clock() -> ManualClock:
    """Noon of Friday, 20 November 2026."""
    return ManualClock()


@pytest_asyncio.fixture
async def store(sqlite_url: str) -> AsyncIterator[Store]:
    """A store on SQLite; tests/services covers both databases."""
    async with Store.open(sqlite_url) as store:
        yield store


@pytest.fixture
def key_values(store: Store, clock: ManualClock) -> KeyValues:
    """Values that survive a restart."""
    return KeyValues(store, clock)


@pytest_asyncio.fixture
async def commands(store: Store, clock: ManualClock) -> CommandRegistry:
    """All commands over six stories."""
    await store_sample_news(store)
    return CommandRegistry(open_services(store, clock))


@pytest_asyncio.fixture
async def connect(discord_double: Discord, store: Store) -> AsyncIterator[Callable[[Client], Awaitable[Client]]]:
    """A function that runs a client until the test ends, before the store is closed."""
    async with AsyncExitStack() as stack:

        async def run(client: Client) -> Client:
            return await stack.enter_async_context(running(client, discord_double))

        yield run


@pytest.fixture
def executor() -> Iterator[DeadlineExecutor]:
    """Threads instead of processes; the same code runs in them."""
    with ThreadWorkers() as threads:
        yield threads


@pytest.fixture
def gazette(commands: CommandRegistry, clock: ManualClock, executor: DeadlineExecutor) -> Client:
    """The bot as the program wires it, not connected yet."""
    return Client(
        key_values=commands.services.key_values,
        handle_component=commands.handle_component,
        commands=commands.all(),
        suggest=commands.suggest,
        cogs=default_cogs(commands, clock=clock, executor=executor),
        guild_ready_seconds=0.1,
    )
