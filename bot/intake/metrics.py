"""Figures of intake for /metrics."""

from __future__ import annotations

from bot.intake.feed_fetcher import FetchResult
from bot.intake.types import ScanReport
from bot.newsroom.sources import SourceStatus
from bot.observability.metrics import Metrics
from bot.store import sources
from bot.store.database import Store

__all__ = ["record_fetch", "record_scan", "refresh_feeds"]


def record_scan(metrics: Metrics, report: ScanReport) -> None:
    """Count the files and stories of a scan."""
    for outcome, count in (
        ("new", report.new),
        ("changed", report.changed),
        ("removed", report.removed),
        ("rejected", len(report.rejected)),
    ):
        metrics.intake_files.labels(outcome).inc(count)
    metrics.intake_stories.inc(report.stories)
    metrics.intake_queue.set(len(report.waiting))


def record_fetch(metrics: Metrics, result: FetchResult) -> None:
    """Count a fetch of a feed, and the stories that it brought."""
    outcome = "failed" if result.rejection is not None else "new" if result.report.new else "unchanged"
    metrics.feed_fetches.labels(outcome).inc()
    metrics.intake_stories.inc(result.report.stories)


async def refresh_feeds(metrics: Metrics, store: Store) -> None:
    """Set the number of feeds of each state. Raises StoreError."""
    async with store.reading() as conn:
        counts = await sources.count_by_status(conn)
    for status in SourceStatus:
        metrics.feeds.labels(status.value).set(counts.get(status, 0))
