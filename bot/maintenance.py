"""Periodic maintenance: prunes old data, and warns when no news arrives.

A scheduler's ticks call it; see `Maintenance.schedule_on`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import structlog

from bot.errors import StoreError
from bot.newsroom.audience import OPERATOR
from bot.settings import Settings
from bot.store import documents, sources, story_rows
from bot.store.database import Store
from bot.store.key_values import delete_states, get_value, set_value
from bot.store.news_values import assess_stories
from bot.store.retention import prune_all

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

__all__ = ["Maintenance"]

log = structlog.get_logger()

_PRUNE_INTERVAL: Final = timedelta(hours=6)
"""How often old data is pruned: retention is set in days, and a pruning a day could miss a short-lived process."""

_SILENCE_CHECK_INTERVAL: Final = timedelta(hours=1)
"""How often the time since the last news is checked: the unit in which the operator sets it."""

_MISSING_CHECK_INTERVAL: Final = timedelta(minutes=1)
"""How often missing files are looked for: the operator has an hour by default before their stories are withdrawn."""

_FEED_CHECK_INTERVAL: Final = timedelta(minutes=1)
"""How often dead feeds are looked for: they fail for hours before, and the look is one short query."""

_MISSING_WARNED_KEY: Final = "maintenance:missing-warned"
"""Key under which is stored since when the files were missing that the operator was last warned of."""

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
        """Add the checks to the scheduler at their intervals, `assess_stories` once and at once."""
        scheduler.add_job(self.prune, "interval", seconds=_PRUNE_INTERVAL.total_seconds(), id="prune")
        scheduler.add_job(self.check_silence, "interval", seconds=_SILENCE_CHECK_INTERVAL.total_seconds(), id="silence")
        seconds = _MISSING_CHECK_INTERVAL.total_seconds()
        scheduler.add_job(self.check_missing_files, "interval", seconds=seconds, id="missing")
        seconds = _FEED_CHECK_INTERVAL.total_seconds()
        scheduler.add_job(self.check_feeds, "interval", seconds=seconds, id="feeds")
        scheduler.add_job(self.assess_stories, "date", id="news-values")

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

    async def assess_stories(self) -> None:
        """Assess, once after an upgrade, the stories that earlier versions stored."""
        try:
            count = await assess_stories(self._store)
        except StoreError as error:
            log.warning("store.assess_failed", error=str(error))
            return
        if count:
            log.info("store.assessed", stories=count)

    async def check_missing_files(self) -> None:
        """Warn, once for each time, when so many files vanished that their withdrawal is held."""
        try:
            async with self._store.reading() as conn:
                count, since = await documents.count_missing(conn)
                warned = await get_value(conn, _MISSING_WARNED_KEY)
            if since is None or warned == since.isoformat():
                return
            async with self._store.writing() as conn:
                await set_value(conn, _MISSING_WARNED_KEY, since.isoformat(), self._clock())
        except StoreError as error:
            log.warning("intake.missing_unknown", error=str(error))
            return
        until = since + timedelta(hours=self._settings.intake.hold_hours)
        log.warning("intake.files_missing", files=count, since=since.isoformat(), kept_until=until.isoformat())
        if self._warn is not None:
            await self._warn(
                f"{count:,} files vanished from the seeds folder or became unreadable at once. I keep their stories until {until:%H:%M} UTC: "
                "is the disk mounted? If you removed them, confirm it with `gazette ingest --yes`."
            )

    async def check_feeds(self) -> None:
        """Warn, once for each, of feeds that have failed for as long as the settings allow."""
        hours, now = self._settings.intake.dead_hours, self._clock()
        if not hours:
            return
        try:
            async with self._store.writing() as conn:
                dead = await sources.report_dead_sources(conn, now - timedelta(hours=hours), now)
        except StoreError as error:
            log.warning("feeds.check_postponed", error=str(error))
            return
        for feed in dead:
            reason = feed.health.error.message if feed.health.error is not None else ""
            log.warning("feed.dead", feed=feed.label, source=feed.id, since=feed.health.failed_since, detail=reason)
            if self._warn is not None:
                await self._warn(
                    f"The feed {feed.label} (source {feed.id}, {feed.name}) has failed for {hours:g} hours: it {reason}. "
                    f"It is still tried a few times a day. Try it with `gazette sources test {feed.id}`; remove or pause it "
                    "if it is gone."
                )

    async def check_silence(self) -> None:
        """Warn, once for each silence, when no news has arrived for as long as the settings allow.

        If none ever has, the silence begins with the program.
        """
        hours = self._settings.intake.silence_hours
        try:
            async with self._store.reading() as conn:
                latest = await story_rows.latest_arrival(conn, OPERATOR)
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
