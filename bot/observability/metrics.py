"""The metrics of a running program.

One `Metrics` a process, in a registry of its own (no figures of other libraries, none left over between tests). Parts
count as they work; what has to be asked for (how many deliveries wait) is set right before a scrape.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

__all__ = ["Metrics", "measure_loop_lag"]

_LAG_EVERY = 0.5


class Metrics:
    """The instruments. Label values come from short lists of ours, never from people."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        made: dict[str, Any] = {"registry": self.registry}
        self.deliveries = Gauge("gazette_deliveries", "Deliveries in the outbox.", ["state"], **made)
        self.deliveries_ended = Counter("gazette_deliveries_ended", "Attempts at deliveries.", ["state"], **made)
        self.messages_sent = Counter("gazette_messages_sent", "Messages that Discord took.", **made)
        self.lateness = Histogram(
            "gazette_delivery_lateness_seconds",
            "From a slot to its last message.",
            buckets=(1, 5, 15, 60, 300, 900, 3600, 14400),
            **made,
        )
        self.oldest_due = Gauge("gazette_oldest_due_seconds", "Age of the oldest delivery that is due.", **made)
        self.in_progress = Gauge("gazette_deliveries_in_progress", "Deliveries that this process is sending.", **made)
        self.leading = Gauge("gazette_delivery_leading", "1 where this process delivers, 0 where it stands by.", **made)
        self.discord_available = Gauge("gazette_discord_available", "1 while Discord takes messages.", **made)
        self.rate = Gauge("gazette_rate_limit_per_second", "Requests a second that are allowed now.", **made)
        self.rate_used = Gauge("gazette_rate_used_ratio", "Part of the rate used in the last second.", **made)
        self.limited = Gauge("gazette_rate_limited", "Answers 429 since the start.", **made)
        self.subscriptions = Gauge("gazette_subscriptions", "Active subscriptions.", **made)
        self.loop_lag = Histogram(
            "gazette_loop_lag_seconds",
            "How much later than wanted the event loop wakes.",
            buckets=(0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5),
            **made,
        )
        self.intake_queue = Gauge("gazette_intake_queue", "Files that wait to be read.", **made)
        self.intake_files = Counter("gazette_intake_files", "Files that were looked at.", ["outcome"], **made)
        self.intake_stories = Counter("gazette_intake_stories", "Stories that were stored.", **made)
        self.commands = Counter("gazette_commands", "Commands that were used.", ["command", "outcome"], **made)
        self.command_seconds = Histogram(
            "gazette_command_seconds",
            "From a command to its answer.",
            buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 3, 10),
            **made,
        )

    def text(self) -> bytes:
        """All of it, in Prometheus' text format."""
        return generate_latest(self.registry)

    @contextmanager
    def command(self, name: str) -> Iterator[None]:
        """Count a command and how long it takes: answered, or failed when something is raised."""
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
    """Measure within the block how late the event loop is."""

    async def measure() -> None:
        loop = asyncio.get_running_loop()
        while True:
            wanted = loop.time() + _LAG_EVERY
            await asyncio.sleep(_LAG_EVERY)
            metrics.loop_lag.observe(max(loop.time() - wanted, 0.0))

    task = asyncio.create_task(measure(), name="loop-lag")
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
