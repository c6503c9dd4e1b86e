"""RSS, Atom and JSON feeds.

Each entry is a document of its own, so that it stays when the feed moves on. Feeds are fetched at most every five
minutes, and less often while they fail or where their servers ask for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

import structlog

from bot.errors import StoreError
from bot.intake.feed_fetcher import Feed, FeedFetcher, FetchSession, FetchTimes
from bot.intake.pipeline import Intake
from bot.intake.types import ScanReport
from bot.settings import IntakeSettings

__all__ = ["POLL_SECONDS", "FeedPoller"]

log = structlog.get_logger()

POLL_SECONDS: Final = 300.0
"""Seconds between two requests to one feed: news has to be here within minutes, and servers ask for no less."""

_MAX_POLL_SECONDS: Final = 6 * 3600.0
"""The longest pause after repeated failures, in seconds."""


class FeedPoller:
    """Fetches the feeds of the settings; their entries go through `intake`."""

    def __init__(self, intake: Intake, settings: IntakeSettings, times: FetchTimes | None = None) -> None:
        self.fetcher = FeedFetcher(intake, settings, times)
        self._feeds = [Feed.at(address) for address in settings.usable_feeds]

    async def run(self) -> None:
        """Fetch each feed repeatedly, until cancelled."""
        async with self.fetcher.open_session() as session, asyncio.TaskGroup() as group:
            for feed in self._feeds:
                group.create_task(self._poll(session, feed), name=f"feed {feed.label}")
            await asyncio.Event().wait()  # without feeds, wait to be cancelled as well

    async def fetch(self) -> ScanReport:
        """Fetch all feeds once. A feed that fails is among the rejected. Raises StoreError."""
        async with self.fetcher.open_session() as session:
            fetches = (self.fetcher.fetch(session, feed) for feed in self._feeds)
            results = await asyncio.gather(*fetches, return_exceptions=True)
        reports: list[ScanReport] = []
        for result in results:
            if isinstance(result, BaseException):
                raise result
            reports.append(result.report)
        return _merge_reports(reports)

    async def _poll(self, session: FetchSession, feed: Feed) -> None:
        pause = POLL_SECONDS
        while True:
            asked: float | None = None
            try:
                result = await self.fetcher.fetch(session, feed)
            except StoreError as error:
                log.error("feed.store_failed", feed=feed.label, error=str(error))
                failed = True
            else:
                failed, asked = result.rejection is not None, result.pause
            pause = min(pause * 2, _MAX_POLL_SECONDS) if failed else POLL_SECONDS
            await asyncio.sleep(max(pause, asked or 0.0))


def _merge_reports(reports: Sequence[ScanReport]) -> ScanReport:
    return ScanReport(
        files=sum(report.files for report in reports),
        new=sum(report.new for report in reports),
        changed=sum(report.changed for report in reports),
        unchanged=sum(report.unchanged for report in reports),
        rejected=tuple(item for report in reports for item in report.rejected),
        stories=sum(report.stories for report in reports),
        duplicates=sum(report.duplicates for report in reports),
        notes=tuple(item for report in reports for item in report.notes),
    )
