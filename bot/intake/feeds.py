"""RSS, Atom and JSON feeds: which of the sources is fetched when.

Each entry is a document of its own, so that it stays when the feed moves on. Sources stand in the database, where the
settings' are added, so that one that is added, paused or removed meanwhile is noticed without a restart.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import structlog

from bot.errors import StoreError
from bot.intake.feed_fetcher import Feed, FeedFetcher, FetchResult, FetchSession, FetchTimes
from bot.intake.pipeline import Intake
from bot.intake.types import ScanReport
from bot.newsroom.sources import FetchOutcome, Source, after_fetch, new_source, source_path, with_addresses
from bot.settings import IntakeSettings
from bot.store import sources

__all__ = ["FeedPoller", "merge_reports"]

log = structlog.get_logger()

_LOOK_SECONDS: Final = 5.0
"""Seconds between two looks for sources that are due: one that a member adds is read while they watch."""

_RETRY_SECONDS: Final = 30.0
"""Seconds before the next look when the database can't be used."""

_MOST_AT_ONCE: Final = 200
"""Sources that are fetched at one time; the fetcher bounds their requests further."""


class FeedPoller:
    """Fetches sources when they are due; their entries go through `intake`.

    `on_fetch` is called with the result of each fetch.
    """

    def __init__(
        self,
        intake: Intake,
        settings: IntakeSettings,
        times: FetchTimes | None = None,
        *,
        on_fetch: Callable[[FetchResult], object] | None = None,
    ) -> None:
        self.fetcher = FeedFetcher(intake, settings, times)
        self._intake = intake
        self._configured = settings.usable_feeds
        self._paths = {source_path(url, None) for url in self._configured}
        self._on_fetch = on_fetch

    async def run(self) -> None:
        """Fetch each source when it is due, until cancelled."""
        running: set[int] = set()
        synced = False
        async with self.fetcher.open_session() as session, asyncio.TaskGroup() as group:
            while True:
                pause = _LOOK_SECONDS
                try:
                    if not synced:
                        await self._configure(remove_others=True)
                        synced = True
                    due, following = await self._due(_MOST_AT_ONCE + len(running))
                except StoreError as error:
                    log.error("feeds.store_failed", error=str(error))
                    pause, due, following = _RETRY_SECONDS, [], None
                for source in due:
                    if source.id in running or len(running) >= _MOST_AT_ONCE:
                        continue
                    running.add(source.id)
                    task = group.create_task(self._poll(session, source), name=f"feed {source.label}")
                    task.add_done_callback(lambda _, number=source.id: running.discard(number))  # type: ignore[misc] # bound now
                if following is not None:
                    pause = min(pause, max((following - self._intake.clock()).total_seconds(), 0.1))
                await asyncio.sleep(pause)

    async def fetch(self, *, only_due: bool = False) -> ScanReport:
        """Fetch all sources once that aren't paused. Raises StoreError.

        A source that fails is among the rejected. Those whose server asked to be left alone are not fetched; with `only_due`, nor are those that were fetched lately.
        """
        own = await self._configure()
        now = self._intake.clock()
        async with self._intake.store.reading() as conn:
            listed = with_addresses(await sources.list_sources(conn), self._configured)
        # Another program's settings may name others; it reads them.
        listed = [each for each in listed if not each.configured or each.path in own]
        wanted = [each for each in listed if each.paused_at is None and not _has_to_wait(each, now, only_due)]
        async with self.fetcher.open_session() as session:
            fetches = (self._fetch(session, source) for source in wanted)
            results = await asyncio.gather(*fetches, return_exceptions=True)
        reports: list[ScanReport] = []
        for result in results:
            if isinstance(result, BaseException):
                raise result
            reports.append(result.report)
        return merge_reports(reports)

    async def _configure(self, *, remove_others: bool = False) -> set[str]:
        """Store the settings' sources, and return their paths.

        The program that reads news all the time removes those that stood in the settings before.
        """
        now = self._intake.clock()
        configured = [new_source(url, now, configured=True) for url in self._configured]
        async with self._intake.store.reading() as conn:
            stored = {each.path for each in await sources.list_sources(conn) if each.configured}
        own = {each.path for each in configured}
        if own - stored or (remove_others and stored - own):
            async with self._intake.store.writing() as conn:
                await sources.configure_sources(conn, configured, remove_others=remove_others)
        return own

    async def _due(self, limit: int) -> tuple[list[Source], datetime | None]:
        """Return the sources that are due, and when the next one will be."""
        now = self._intake.clock()
        async with self._intake.store.reading() as conn:
            due = with_addresses(await sources.list_due_sources(conn, now, limit), self._configured)
            due = [each for each in due if not each.configured or each.path in self._paths]
            return due, None if due else await sources.next_due(conn)

    async def _poll(self, session: FetchSession, source: Source) -> None:
        try:
            await self._fetch(session, source)
        except StoreError as error:
            log.error("feed.store_failed", feed=source.label, error=str(error))
            await asyncio.sleep(_RETRY_SECONDS)  # it is still due, and not looked at before this ends

    async def _fetch(self, session: FetchSession, source: Source) -> FetchResult:
        """Fetch one source, and store what that has shown."""
        began = time.monotonic()
        result = await self.fetcher.fetch(session, Feed.of(source))
        outcome = FetchOutcome(
            result.rejection, result.report.new, result.pause, time.monotonic() - began, result.title
        )
        fetched = after_fetch(source, outcome, self._intake.clock())
        async with self._intake.store.writing() as conn:
            await sources.update_health(conn, fetched)
        if self._on_fetch is not None:
            self._on_fetch(result)
        return result


def _has_to_wait(source: Source, now: datetime, only_due: bool) -> bool:
    asked = source.health.not_before
    return (asked is not None and asked > now) or (only_due and source.next_at is not None and source.next_at > now)


def merge_reports(reports: Sequence[ScanReport]) -> ScanReport:
    """Return one report of several."""
    return ScanReport(
        files=sum(report.files for report in reports),
        new=sum(report.new for report in reports),
        changed=sum(report.changed for report in reports),
        unchanged=sum(report.unchanged for report in reports),
        removed=sum(report.removed for report in reports),
        rejected=tuple(item for report in reports for item in report.rejected),
        stories=sum(report.stories for report in reports),
        duplicates=sum(report.duplicates for report in reports),
        waiting=tuple(item for report in reports for item in report.waiting),
        slow=tuple(item for report in reports for item in report.slow),
        notes=tuple(item for report in reports for item in report.notes),
        held=max((report.held for report in reports), default=0),
        held_until=min((report.held_until for report in reports if report.held_until is not None), default=None),
        other_folder=any(report.other_folder for report in reports),
        samples_left_out=sum(report.samples_left_out for report in reports),
    )
