"""What does an operator see of delivery: figures for /metrics, words for /healthz?"""

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

_TOO_OLD: Final = timedelta(minutes=15)


class DeliveryMetrics:
    """Hears of each ended delivery (give it to the courier as `watcher`) and asks the store before a scrape."""

    def __init__(self, metrics: Metrics, store: Store, budget: RateLimiter, clock: Callable[[], datetime]) -> None:
        self._metrics, self._store, self._budget, self._clock = metrics, store, budget, clock
        self.courier: DeliveryWorker | None = None

    async def __call__(self, ended: DeliveryResult) -> None:
        """Count a delivery that came to its end or was put off."""
        self._metrics.deliveries_ended.labels(ended.state.value).inc()
        self._metrics.messages_sent.inc(ended.sent)
        if ended.state is DeliveryState.SENT:
            late = (self._clock() - ended.delivery.slot_at).total_seconds()
            self._metrics.lateness.observe(max(late, 0.0))

    async def refresh(self) -> None:
        """Bring up to date what has to be asked for. Raises StoreError."""
        metrics, now = self._metrics, self._clock()
        async with self._store.reading() as conn:
            oldest = await deliveries.oldest_due(conn, now)
            for state, count in (await deliveries.count_open(conn)).items():
                metrics.deliveries.labels(state.value).set(count)
        metrics.oldest_due.set((now - oldest).total_seconds() if oldest is not None else 0)
        metrics.rate.set(self._budget.rate)
        metrics.rate_used.set(self._budget.used)
        metrics.limited.set(self._budget.limited)
        if self.courier is not None:
            metrics.in_hand.set(self.courier.in_hand)
            metrics.working.set(self.courier.working)
            metrics.discord_answers.set(self.courier.discord_answers)
            metrics.subscriptions.set(self.courier.subscriptions)

    async def healthy(self) -> str | None:
        """What is wrong with delivery, if anything is: for /healthz."""
        now = self._clock()
        async with self._store.reading() as conn:
            oldest = await deliveries.oldest_due(conn, now)
        if self.courier is not None and not self.courier.discord_answers:
            return "Discord does not answer"
        if oldest is not None and now - oldest > _TOO_OLD:
            return f"a digest is due since {oldest.isoformat(timespec='minutes')}"
        return None
