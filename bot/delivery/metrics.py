"""Figures of delivery for /metrics, and its health for /healthz."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.delivery.rate_limiter import RateLimiter
from bot.delivery.sender import DeliveryResult
from bot.delivery.worker import DeliveryWorker
from bot.newsroom.models import DeliveryState
from bot.observability.metrics import Metrics
from bot.store import deliveries
from bot.store.database import Store

__all__ = ["DeliveryMetrics"]

_OVERDUE_AFTER: Final = timedelta(minutes=15)
"""A digest that is due for longer means that delivery is unhealthy; see `bot.newsroom.lateness.ON_TIME`."""


class DeliveryMetrics:
    """Listens to a worker's results, and asks worker, rate limiter and store before a scrape."""

    def __init__(
        self,
        metrics: Metrics,
        store: Store,
        worker: DeliveryWorker,
        rate_limiter: RateLimiter,
        clock: Callable[[], datetime],
    ) -> None:
        self._metrics, self._store, self._clock = metrics, store, clock
        self._worker, self._rate_limiter = worker, rate_limiter
        worker.add_listener(self.record)

    async def record(self, result: DeliveryResult) -> None:
        """Count an attempt at a delivery."""
        self._metrics.deliveries_ended.labels(result.state.value).inc()
        self._metrics.messages_sent.inc(result.sent)
        if result.state is DeliveryState.SENT:
            late = (self._clock() - result.delivery.slot_at).total_seconds()
            self._metrics.lateness.observe(max(late, 0.0))

    async def refresh(self) -> None:
        """Set the gauges. Raises StoreError."""
        metrics, now = self._metrics, self._clock()
        async with self._store.reading() as conn:
            oldest = await deliveries.oldest_due(conn, now)
            for state, count in (await deliveries.count_open(conn)).items():
                metrics.deliveries.labels(state.value).set(count)
        metrics.oldest_due.set((now - oldest).total_seconds() if oldest is not None else 0)
        metrics.rate.set(self._rate_limiter.rate)
        metrics.rate_used.set(self._rate_limiter.utilization)
        metrics.limited.set(self._rate_limiter.rejections)
        metrics.in_progress.set(self._worker.in_progress)
        metrics.leading.set(self._worker.is_leading)
        metrics.discord_available.set(self._worker.discord_available)
        metrics.subscriptions.set(self._worker.active_subscriptions)

    async def check_health(self) -> str | None:
        """Return a sentence about an outage or a backlog, or None. Raises StoreError."""
        now = self._clock()
        async with self._store.reading() as conn:
            oldest = await deliveries.oldest_due(conn, now)
        if not self._worker.discord_available:
            return "Discord does not answer"
        if oldest is not None and now - oldest > _OVERDUE_AFTER:
            return f"a digest is due since {oldest.isoformat(timespec='minutes')}"
        return None
