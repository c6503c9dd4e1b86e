"""What has to be done now and then while the program runs?

Ticks of a scheduler prune what is too old and listen for silence.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from bot.errors import StoreError
from bot.intake.types import ScanReport
from bot.observability.metrics import Metrics
from bot.settings import Settings
from bot.store import story_rows
from bot.store.database import Store
from bot.store.key_values import delete_states
from bot.store.retention import prune_all

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

__all__ = ["Maintenance"]

log = structlog.get_logger()

_PRUNE_EVERY = 6 * 3600
_LISTEN_EVERY = 3600
_STATES_KEPT = timedelta(days=180)


class Maintenance:
    """Looks after one process. `warn` tells the operator something, once per occasion."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        metrics: Metrics,
        clock: Callable[[], datetime],
        *,
        warn: Callable[[str], Awaitable[None]] | None = None,
    ) -> None:
        self._store, self._settings, self._metrics, self._clock, self._warn = store, settings, metrics, clock, warn
        self._began = clock()
        self._silent_since: datetime | None = None

    def tick_on(self, scheduler: AsyncIOScheduler) -> None:
        """Have the scheduler call what is due now and then."""
        scheduler.add_job(self.prune, "interval", seconds=_PRUNE_EVERY, id="prune")
        scheduler.add_job(self.listen, "interval", seconds=_LISTEN_EVERY, id="silence")

    async def prune(self) -> None:
        """Take away what is older than the settings keep."""
        now, kept = self._clock(), self._settings.retention
        before = now - timedelta(days=kept.days) if kept.days else None
        try:
            gone = await prune_all(self._store, now=now, before=before, max_stories=kept.max_stories)
            async with self._store.writing() as conn:
                await delete_states(conn, now - _STATES_KEPT)
        except StoreError as error:
            log.warning("prune.failed", error=str(error))
            return
        if gone:
            log.info("prune.done", stories=gone.stories, documents=gone.documents, messages=gone.messages)

    async def listen(self) -> None:
        """Warn when no news has arrived for as long as the settings allow; once per silence.

        Where none ever has, the silence begins with the program.
        """
        hours = self._settings.intake.silence_hours
        try:
            async with self._store.reading() as conn:
                newest = await story_rows.latest_arrival(conn)
        except StoreError as error:
            log.warning("silence.unknown", error=str(error))
            return
        since = newest or self._began
        if not hours or self._clock() - since <= timedelta(hours=hours):
            self._silent_since = None
            return
        if self._silent_since == since:
            return
        self._silent_since = since
        log.warning("intake.silent", since=since.isoformat(), hours=hours)
        if self._warn is not None:
            await self._warn(
                f"No news has arrived since {since:%Y-%m-%d %H:%M} UTC, for more than {hours:g} hours: does what fills "
                "the seeds folder still run?"
            )

    def scanned(self, report: ScanReport) -> None:
        """Count what a scan found."""
        for outcome, count in (
            ("new", report.new),
            ("changed", report.changed),
            ("removed", report.removed),
            ("rejected", len(report.rejected)),
        ):
            self._metrics.intake_files.labels(outcome).inc(count)
        self._metrics.intake_stories.inc(report.stories)
        self._metrics.intake_queue.set(len(report.waiting))

    async def database(self) -> str | None:
        """What is wrong with the database, if anything is: for /healthz. Raises StoreError."""
        async with self._store.reading() as conn:
            await story_rows.latest_arrival(conn)
        return None
