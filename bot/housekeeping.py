"""What has to be done now and then while the bot runs, and what can be asked about how it is?

Ticks of a scheduler prune what is too old and listen for silence; checks and figures are for /healthz and /metrics.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import structlog

from bot.delivery.budget import Budget
from bot.delivery.courier import Courier
from bot.delivery.outbox import Ended
from bot.errors import StoreError
from bot.intake.model import ScanReport
from bot.newsroom.models import DeliveryState
from bot.observability.metrics import Metrics
from bot.observability.watch import Check
from bot.settings import Settings
from bot.store import deliveries, stories, subscriptions
from bot.store.engine import Store
from bot.store.meta import forget_states
from bot.store.prune import prune_all

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

__all__ = ["Housekeeping"]

log = structlog.get_logger()

_PRUNE_EVERY = 6 * 3600
_LISTEN_EVERY = 3600
_STATES_KEPT = timedelta(days=180)


class Housekeeping:
    """Looks after one process. `warn` tells the operator something, once per occasion."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        metrics: Metrics,
        clock: Callable[[], datetime],
        *,
        warn: Callable[[str], Awaitable[None]] | None = None,
    ) -> None:
        self._store, self._settings, self._metrics, self._clock, self._warn = store, settings, metrics, clock, warn
        self._silent_since: datetime | None = None

    def tick_on(self, scheduler: AsyncIOScheduler) -> None:
        """Have the scheduler call what is due now and then."""
        scheduler.add_job(self.prune, "interval", seconds=_PRUNE_EVERY, id="prune")
        scheduler.add_job(self.listen, "interval", seconds=_LISTEN_EVERY, id="silence")

    async def prune(self) -> None:
        """Take away what is older than the settings keep."""
        now, kept = self._clock(), self._settings.retention
        before = now - timedelta(days=kept.days) if kept.days else None
        try:
            gone = await prune_all(self._store, now=now, before=before, max_stories=kept.max_stories)
            async with self._store.writing() as conn:
                await forget_states(conn, now - _STATES_KEPT)
        except StoreError as error:
            log.warning("prune.failed", error=str(error))
            return
        if gone:
            log.info("prune.done", stories=gone.stories, documents=gone.documents, messages=gone.messages)

    async def listen(self) -> None:
        """Warn when no news has arrived for as long as the settings allow; once per silence."""
        hours = self._settings.intake.silence_hours
        try:
            async with self._store.reading() as conn:
                newest = await stories.latest_arrival(conn)
        except StoreError as error:
            log.warning("silence.unknown", error=str(error))
            return
        if not hours or newest is None or self._clock() - newest <= timedelta(hours=hours):
            self._silent_since = None
            return
        if self._silent_since == newest:
            return
        self._silent_since = newest
        log.warning("intake.silent", newest=newest.isoformat(), hours=hours)
        if self._warn is not None:
            await self._warn(
                f"No news has arrived since {newest:%Y-%m-%d %H:%M} UTC, for more than {hours:g} hours: does what fills "
                "the seeds folder still run?"
            )

    def scanned(self, report: ScanReport) -> None:
        """Count what a scan found."""
        for outcome, count in (
            ("new", report.new),
            ("changed", report.changed),
            ("removed", report.removed),
            ("rejected", len(report.rejected)),
        ):
            self._metrics.intake_files.labels(outcome).inc(count)
        self._metrics.intake_stories.inc(report.stories)
        self._metrics.intake_queue.set(len(report.waiting))

    async def ended(self, ended: Ended) -> None:
        """Count what became of a delivery."""
        self._metrics.deliveries_ended.labels(ended.state.value).inc()
        self._metrics.messages_sent.inc(ended.sent)
        if ended.state is DeliveryState.SENT:
            self._metrics.lateness.observe(max((self._clock() - ended.delivery.slot_at).total_seconds(), 0.0))

    def refresher(self, courier: Courier, budget: Budget) -> Callable[[], Awaitable[None]]:
        """What brings the figures up to date that have to be asked for."""

        async def refresh() -> None:
            now, figures = self._clock(), self._metrics
            async with self._store.reading() as conn:
                states = await deliveries.counts(conn)
                oldest = await deliveries.oldest_due(conn, now)
                active = await subscriptions.list_subscriptions(conn, active=True)
            for state, count in states.items():
                figures.deliveries.labels(state.value).set(count)
            figures.oldest_due.set(0 if oldest is None else (now - oldest).total_seconds())
            figures.subscriptions.set(len(active))
            figures.in_hand.set(courier.in_hand)
            figures.working.set(courier.working)
            figures.discord_answers.set(courier.discord_answers)
            figures.rate.set(budget.rate)
            figures.rate_used.set(budget.used)
            figures.limited.set(budget.limited)

        return refresh

    def checks(self, courier: Courier | None, ready: Callable[[], bool] | None) -> dict[str, Check]:
        """What has to be well for /healthz to say ok."""

        async def database() -> str | None:
            async with self._store.reading() as conn:
                await deliveries.oldest_due(conn, self._clock())
            return None

        async def gateway() -> str | None:
            return None if ready is None or ready() else "not connected"

        async def outbox() -> str | None:
            return None if courier is None or courier.discord_answers else "Discord takes no messages"

        found: dict[str, Any] = {"database": database}
        if ready is not None:
            found["gateway"] = gateway
        if courier is not None:
            found["outbox"] = outbox
        return found
