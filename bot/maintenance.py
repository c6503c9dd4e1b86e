"""Periodic maintenance: prunes old data, and warns when no news arrives.

A scheduler's ticks call it; see `Maintenance.schedule_on`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import structlog

from bot.errors import StoreError
from bot.settings import Settings
from bot.store import story_rows
from bot.store.database import Store
from bot.store.key_values import delete_states
from bot.store.retention import prune_all

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

__all__ = ["Maintenance"]

log = structlog.get_logger()

_PRUNE_INTERVAL: Final = timedelta(hours=6)
"""How often old data is pruned: retention is set in days, and a pruning a day could miss a short-lived process."""

_SILENCE_CHECK_INTERVAL: Final = timedelta(hours=1)
"""How often the time since the last news is checked: the unit in which the operator sets it."""

_BUTTON_STATES_KEPT: Final = timedelta(days=180)
"""How long an unused button of an old message keeps working; its state is renewed when it is pressed."""


class Maintenance:
    """Maintenance by one process. `warn` tells the operator something, once for each occasion."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        clock: Callable[[], datetime],
        *,
        warn: Callable[[str], Awaitable[None]] | None = None,
    ) -> None:
        self._store, self._settings, self._clock, self._warn = store, settings, clock, warn
        self._started_at = clock()
        self._silent_since: datetime | None = None

    def schedule_on(self, scheduler: AsyncIOScheduler) -> None:
        """Add `prune` and `check_silence` to the scheduler, at their intervals."""
        scheduler.add_job(self.prune, "interval", seconds=_PRUNE_INTERVAL.total_seconds(), id="prune")
        scheduler.add_job(self.check_silence, "interval", seconds=_SILENCE_CHECK_INTERVAL.total_seconds(), id="silence")

    async def prune(self) -> None:
        """Delete what is older than the settings keep. A database that can't be used is logged."""
        now, retention = self._clock(), self._settings.retention
        before = now - timedelta(days=retention.days) if retention.days else None
        try:
            pruned = await prune_all(self._store, now=now, before=before, max_stories=retention.max_stories)
            async with self._store.writing() as conn:
                await delete_states(conn, now - _BUTTON_STATES_KEPT)
        except StoreError as error:
            log.warning("store.prune_failed", error=str(error))
            return
        if pruned:
            log.info("store.pruned", stories=pruned.stories, documents=pruned.documents, messages=pruned.messages)

    async def check_silence(self) -> None:
        """Warn, once for each silence, when no news has arrived for as long as the settings allow.

        If none ever has, the silence begins with the program.
        """
        hours = self._settings.intake.silence_hours
        try:
            async with self._store.reading() as conn:
                latest = await story_rows.latest_arrival(conn)
        except StoreError as error:
            log.warning("intake.silence_unknown", error=str(error))
            return
        since = latest or self._started_at
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
