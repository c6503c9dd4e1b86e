"""Which part gets which others? The only place that wires the program.

`open_newsroom` is enough for whoever only asks; `open_intake` adds what reads files; `run_bot`, `run_intake`,
`deliver_once` and `run_console` are the programs that keep going.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from bot.desk import Desk
from bot.desk.digests import Digests
from bot.desk.grouping import place
from bot.errors import SettingsInvalid
from bot.intake.executors import open_executor
from bot.intake.pipeline import Intake
from bot.newsroom.filters import EVERYTHING
from bot.newsroom.models import Digest
from bot.settings import Settings
from bot.store import meta
from bot.store.engine import Store

__all__ = ["Newsroom", "open_intake", "open_newsroom", "run_intake", "utc_now"]

log = structlog.get_logger()


def utc_now() -> datetime:
    """The present; everything else gets it as a clock that is passed in."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Newsroom:
    """What everybody who asks needs. The store is open and up to date."""

    settings: Settings
    store: Store
    digests: Digests
    desk: Desk
    clock: Callable[[], datetime]

    async def latest_digest(self) -> Digest:
        """The digest of now; where nothing is new, that of the day of the newest story."""
        zone = self.settings.digest.timezone
        digest = await self.desk.digest(EVERYTHING, timezone=zone)
        if digest.events:
            return digest
        newest = await self.desk.latest_arrival()
        if newest is None:
            return digest
        since = newest - timedelta(hours=self.settings.digest.window_hours)
        return await self.desk.digest(EVERYTHING, since=since.isoformat(timespec="minutes"), timezone=zone)


@asynccontextmanager
async def open_newsroom(settings: Settings, clock: Callable[[], datetime] = utc_now) -> AsyncIterator[Newsroom]:
    """Open the store, bring it up to date, and set the desk on it. Raises StoreUnavailable, StoreOutdated."""
    async with Store.open(settings.database_url, settings.store.pool) as store:
        await store.migrate()
        digests = Digests(store, settings.digest, settings.summary, clock)
        yield Newsroom(settings, store, digests, Desk(store, digests, settings.digest, clock), clock)


@asynccontextmanager
async def open_intake(newsroom: Newsroom) -> AsyncIterator[Intake]:
    """What reads files, with the processes that it needs."""
    with open_executor(newsroom.settings.intake) as executor:
        yield Intake(
            newsroom.store,
            newsroom.settings.intake,
            newsroom.settings.summary,
            executor,
            newsroom.clock,
            place=place,
        )
