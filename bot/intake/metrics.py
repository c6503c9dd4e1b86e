"""Figures of intake for /metrics."""

from __future__ import annotations

from bot.intake.types import ScanReport
from bot.observability.metrics import Metrics

__all__ = ["record_scan"]


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
