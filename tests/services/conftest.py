"""Services over each kind of database, with a week's news in it; `quick_services` over SQLite alone.

What the databases could tell apart is asked of both; many words and languages of one.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.services import Services
from bot.store.database import Store
from tests.services.services_fixture import Clock, fill, open_services


@pytest.fixture
def clock() -> Clock:
    """The present: noon of 20 November 2026, a Friday."""
    return Clock()


@pytest_asyncio.fixture
async def services(store: Store, clock: Clock) -> Services:
    """Services over six stories."""
    await fill(store)
    return open_services(store, clock)


@pytest_asyncio.fixture
async def quick_services(sqlite_url: str, clock: Clock) -> AsyncIterator[Services]:
    """The same over SQLite."""
    async with Store.open(sqlite_url) as store:
        await fill(store)
        yield open_services(store, clock)
