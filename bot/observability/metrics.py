"""The metrics of a running program.

There is one `Metrics` a process, with a registry of its own, so that no metrics of libraries or earlier tests are in
it. Parts of the program count as they work; what has to be queried, such as the deliveries that wait, is set right before
a scrape.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

__all__ = ["Metrics", "measure_loop_lag"]

_LAG_INTERVAL: Final = 0.5
"""Seconds between measurements of the event loop: often enough to see a pause of a second twice."""


class Metrics:
    """The program's metrics. Values of labels come from short lists of ours, never from people."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        common: dict[str, Any] = {"registry": self.registry}
        self.deliveries = Gauge("gazette_deliveries", "Deliveries in the outbox.", ["state"], **common)
        self.deliveries_ended = Counter("gazette_deliveries_ended", "Attempts at deliveries.", ["state"], **common)
        self.messages_sent = Counter("gazette_messages_sent", "Messages that Discord accepted.", **common)
        self.lateness = Histogram(
            "gazette_delivery_lateness_seconds",
            "Seconds from a slot to its last message.",
            buckets=(1, 5, 15, 60, 300, 900, 3600, 14400),
            **common,
        )
        self.oldest_due = Gauge(
            "gazette_oldest_due_seconds", "Seconds since the oldest due slot that is not delivered.", **common
        )
        self.in_progress = Gauge("gazette_deliveries_in_progress", "Deliveries that this process is sending.", **common)
        self.leading = Gauge(
            "gazette_delivery_leading", "1 where this process delivers, 0 where it stands by.", **common
        )
        self.discord_available = Gauge("gazette_discord_available", "1 while Discord accepts messages.", **common)
        self.rate = Gauge("gazette_rate_limit_per_second", "Requests a second that are allowed now.", **common)
        self.rate_used = Gauge(
            "gazette_rate_used_ratio", "Share of the allowed rate used in the last second.", **common
        )
        self.limited = Gauge("gazette_rate_limited", "Responses with status 429 since the start.", **common)
        self.subscriptions = Gauge("gazette_subscriptions", "Active subscriptions.", **common)
        self.loop_lag = Histogram(
            "gazette_loop_lag_seconds",
            "Seconds by which the event loop wakes late.",
            buckets=(0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5),
            **common,
        )
        self.intake_queue = Gauge("gazette_intake_queue", "Files that are still being written.", **common)
        self.intake_files = Counter("gazette_intake_files", "Files that were read or removed.", ["outcome"], **common)
        self.intake_stories = Counter("gazette_intake_stories", "Stories that were stored.", **common)
        self.feed_fetches = Counter("gazette_feed_fetches", "Fetches of feeds.", ["outcome"], **common)
        self.feeds = Gauge("gazette_feeds", "Feeds that are read.", ["state"], **common)
        self.commands = Counter("gazette_commands", "Commands that were used.", ["command", "outcome"], **common)
        self.command_seconds = Histogram(
            "gazette_command_seconds",
            "Seconds from a command to its answer.",
            buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 3, 10),
            **common,
        )

    def text(self) -> bytes:
        """Return all metrics in Prometheus' text format."""
        return generate_latest(self.registry)

    @contextmanager
    def command(self, name: str) -> Iterator[None]:
        """Count and time a command; its outcome is answered, or failed if an error is raised."""
        began = time.perf_counter()
        outcome = "failed"
        try:
            yield
            outcome = "answered"
        finally:
            self.commands.labels(name, outcome).inc()
            self.command_seconds.observe(time.perf_counter() - began)


@asynccontextmanager
async def measure_loop_lag(metrics: Metrics) -> AsyncIterator[None]:
    """Measure how late the event loop wakes, within the block."""

    async def measure() -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + _LAG_INTERVAL
            await asyncio.sleep(_LAG_INTERVAL)
            metrics.loop_lag.observe(max(loop.time() - due, 0.0))

    task = asyncio.create_task(measure(), name="loop-lag")
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
