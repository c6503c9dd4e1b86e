"""Services over SQLite and PostgreSQL with a week's news; `quick_services` over SQLite alone.

Tests that only vary words and languages use SQLite alone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.services import Services
from bot.store.database import Store
from tests.clock import ManualClock
from tests.services.sample_news import open_services, store_sample_news


@pytest.fixture
def clock() -> ManualClock:
    """The present: noon of 20 November 2026, a Friday."""
    return ManualClock()


@pytest_asyncio.fixture
async def services(store: Store, clock: ManualClock) -> Services:
    """Services over six stories."""
    await store_sample_news(store)
    return open_services(store, clock)


@pytest_asyncio.fixture
async def quick_services(sqlite_url: str, clock: ManualClock) -> AsyncIterator[Services]:
    """The same over SQLite."""
    async with Store.open(sqlite_url) as store:
        await store_sample_news(store)
        yield open_services(store, clock)
