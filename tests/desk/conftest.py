"""A desk over each kind of database, with a week's news in it."""

from __future__ import annotations

import pytest
import pytest_asyncio

from bot.desk import Desk
from bot.store.engine import Store
from tests.desk.town import Clock, fill, open_desk


@pytest.fixture
def clock() -> Clock:
    """The present: noon of 20 November 2026, a Friday."""
    return Clock()


@pytest_asyncio.fixture
async def desk(store: Store, clock: Clock) -> Desk:
    """A desk with six stories."""
    await fill(store)
    return open_desk(store, clock)
