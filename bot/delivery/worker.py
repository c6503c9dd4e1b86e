"""The delivery worker: plans slots that are due, claims deliveries and has them sent.

The worker polls every few seconds, and when woken. On SQLite one process delivers at a time and another one stands by;
on PostgreSQL any number share the work and the rate, each delivery claimed by one. What decides is always the table of
deliveries: a poll too many does nothing, and one too few is made up for by the next.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog

from bot.cluster.leader import Leadership
from bot.cluster.lease_clock import Grant, LeaseClock
from bot.delivery.circuit_breaker import CircuitBreaker
from bot.delivery.corrections import EventTeller
from bot.delivery.message_port import MessagePort
from bot.delivery.messages import AlertComposer, DigestComposer
from bot.delivery.rate_limiter import RateLimiter
from bot.delivery.sender import DeliveryResult, DeliverySender, DigestButtons
from bot.delivery.slot_queue import SlotQueue
from bot.errors import DeliveryError, StoreError, TokenRefused
from bot.newsroom.models import Delivery, DeliveryState, Subscription
from bot.settings import LONGEST_LEASE_SECONDS, DeliverySettings
from bot.store import deliveries, subscriptions
from bot.store.database import Store

__all__ = ["AlertDesk", "DeliveryReport", "DeliveryWorker", "ResultListener"]

log = structlog.get_logger()

_JOB: Final = "delivery"
"""Name of the lease that a worker holds."""

_FIRST_BACKOFF_SECONDS: Final = 2.0
"""Pause after a first failure that may pass; it doubles with each further one."""

_LONGEST_BACKOFF_SECONDS: Final = 300.0
"""Longest pause between two attempts: a digest is at most five minutes late after an outage."""

_BACKOFF_DOUBLINGS: Final = 20
"""Doublings computed at most; the longest pause is reached long before."""

_CLOCK_STEP: Final = timedelta(minutes=1)
"""A clock that goes back by more than this was set, and slots are planned anew; by less it was only adjusted."""

_SUBSCRIPTION_PAGE: Final = 250
"""Subscriptions read at a time: more would hold up the event loop."""

_SMALLEST_CLAIM: Final = 8
"""Deliveries claimed at a time while others are in progress: a transaction for each single one costs too much."""

_SMALLEST_PAUSE_SECONDS: Final = 0.25
"""Pause at least kept before deliveries that were planned for later: they come due one by one, many in a second."""

_TIMER_SLACK_SECONDS: Final = 0.001
"""Added to the pause before a slot, so that a timer that fires early doesn't poll in vain."""

_GRACE_SECONDS: Final = 5.0
"""Time that deliveries in progress get at the end: half of the ten seconds after which hosts kill a program."""

_GRACE_AFTER_REFUSAL_SECONDS: Final = 1.0
"""The same when Discord refuses the token: no further request can succeed."""

_RELEASE_SECONDS: Final = 3.0
"""Time for releasing claims at the end; what isn't released is claimed again when its claim expires."""

_LONGEST_CLAIM: Final = timedelta(seconds=LONGEST_LEASE_SECONDS)
"""Longest claim that a worker of any configuration makes."""

ResultListener = Callable[[DeliveryResult], Awaitable[None]]
"""Called with the outcome of every attempt at a delivery."""


class AlertDesk(AlertComposer, Protocol):
    """The service that decides which events are posted at once, and composes them."""

    async def decide(self, now: datetime) -> int:
        """Put alerts for events that broke lately into the outbox; return how many are to be posted."""


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """Outcome of `DeliveryWorker.deliver_due`; channel and reason of each failure."""

    due: int = 0
    sent: int = 0
    skipped: int = 0
    failed: list[tuple[int, str]] = field(default_factory=list)


class DeliveryWorker:
    """Delivers digests. `clock` gives the present as an aware datetime in UTC.

    Claims begin and end by `lease_clock`.
    `shared` lets several processes deliver from one database, as on PostgreSQL unless given. `first_backoff_seconds` is
    the pause after a first failure, `grace_seconds` the time that deliveries in progress get at the end.
    """

    def __init__(
        self,
        store: Store,
        composer: DigestComposer,
        port: MessagePort,
        settings: DeliverySettings,
        clock: Callable[[], datetime],
        lease_clock: LeaseClock,
        *,
        rate_limiter: RateLimiter | None = None,
        buttons: DigestButtons | None = None,
        teller: EventTeller | None = None,
        alerts: AlertDesk | None = None,
        holder: str | None = None,
        shared: bool | None = None,
        first_backoff_seconds: float = _FIRST_BACKOFF_SECONDS,
        grace_seconds: float = _GRACE_SECONDS,
    ) -> None:
        self._store, self._settings, self._clock, self._rate_limiter = store, settings, clock, rate_limiter
        self._lease_clock = lease_clock
        self._first_backoff_seconds, self._grace_seconds = first_backoff_seconds, grace_seconds
        self._claim_length = timedelta(seconds=settings.lease_seconds)
        self._leadership = Leadership(
            store,
            _JOB,
            length=self._claim_length,
            clock=lease_clock,
            shared=not store.is_sqlite if shared is None else shared,
            holder=holder,
            on_takeover=deliveries.release_all,
            on_renewal=self._extend_claims,
        )
        self.holder = self._leadership.holder
        self._breaker = CircuitBreaker()
        self._sender = DeliverySender(
            store,
            composer,
            port,
            clock=clock,
            holder=self.holder,
            max_attempts=settings.attempts,
            breaker=self._breaker,
            buttons=buttons,
            teller=teller,
            alerts=alerts,
        )
        self._alerts = alerts
        self._listeners: list[ResultListener] = []
        self._slot_queue = SlotQueue()
        self._subscriptions_version: str | None = None
        self._planned_at: datetime | None = None
        self._claims: dict[int, Grant] = {}
        """Until when this worker holds each delivery that it has claimed."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._channel_locks: dict[int, asyncio.Lock] = {}
        self._polling = asyncio.Lock()
        self._woken = asyncio.Event()
        self._more_due = False
        self._next_attempt_at: datetime | None = None
        """When the next delivery comes due that is staggered or waits for another attempt."""
        self._token_refused: TokenRefused | None = None

    @property
    def in_progress(self) -> int:
        """Deliveries that are being composed or sent."""
        return len(self._tasks)

    @property
    def active_subscriptions(self) -> int:
        """Active subscriptions, as last read."""
        return len(self._slot_queue)

    @property
    def is_leading(self) -> bool:
        """Return whether this process delivers; otherwise it stands by for another."""
        return self._leadership.held

    def describe_role(self) -> dict[str, str]:
        """Return whether this process delivers or stands by, as `Leadership.describe_role` does."""
        return self._leadership.describe_role()

    @property
    def discord_available(self) -> bool:
        """Return whether Discord took the last messages."""
        return not self._breaker.is_open

    def add_listener(self, listener: ResultListener) -> None:
        """Call `listener` with the outcome of every attempt."""
        self._listeners.append(listener)

    def wake(self) -> None:
        """Poll at once: something may be due, or subscriptions have changed."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop` is set.

        Then deliveries in progress arrive, or are released, within ten seconds. Raises TokenRefused when Discord
        refuses the token. A database that can't be used is waited for.
        """
        stopping = asyncio.create_task(stop.wait(), name="delivery-stop")
        async with self._leadership:
            try:
                while not stop.is_set() and self._token_refused is None:
                    self._woken.clear()
                    try:
                        await self.poll()
                    except StoreError as error:
                        log.warning("delivery.store_unavailable", error=str(error))
                        await self._pause(stopping, self._settings.tick_seconds)
                        continue
                    await self._pause(stopping, self._seconds_until_next_poll())
            finally:
                await self._finish()
                stopping.cancel()
        if self._token_refused is not None:
            raise self._token_refused

    async def poll(self) -> None:
        """Plan slots that have come and start deliveries that are due. Raises StoreError."""
        async with self._polling:
            if not await self._leadership.acquire():
                return
            self._share_rate()
            await self._plan_due_slots(self._clock())
            if self._alerts is not None:
                await self._alerts.decide(self._clock())
            if self._breaker.is_pausing:
                return
            free = self._settings.concurrency - len(self._tasks)
            if self._breaker.is_open:
                free = 1 - len(self._tasks)  # a single probe
            if self._tasks and free < min(_SMALLEST_CLAIM, self._settings.concurrency):
                return
            claimed = await self._claim(max(free, 0), until=None)
            self._more_due = bool(claimed) and len(claimed) == free
            for delivery, subscription in claimed:
                self._start_delivery(delivery, subscription)

    async def deliver_due(self, as_of: datetime | None = None) -> DeliveryReport:
        """Post what is due by a moment (the present, unless given), and nothing else.

        What can't go out now stays for the next time. Raises DeliveryError when another process delivers from this
        database, TokenRefused, StoreError.
        """
        until = as_of or self._clock()
        results: list[DeliveryResult] = []
        attempted: set[int] = set()
        async with self._leadership:
            if not await self._leadership.wait_until_leading():
                raise DeliveryError("another process delivers from this database; stop it, or let it do the work")
            self._share_rate()
            await self._cap_claims()
            try:
                await self._load_subscriptions(until)
                await self._plan_slots(until, spread=False)
                if self._alerts is not None:
                    await self._alerts.decide(until)
                while self._token_refused is None:
                    claimed = await self._claim(self._settings.concurrency - len(self._tasks), until=until)
                    await self._release([delivery for delivery, _ in claimed if delivery.id in attempted])
                    for delivery, subscription in claimed:
                        if delivery.id not in attempted:
                            self._start_delivery(delivery, subscription, until=until, results=results)
                    attempted |= {delivery.id for delivery, _ in claimed}
                    if not self._tasks:
                        break
                    enough = len(self._tasks) // 2
                    while len(self._tasks) > enough:
                        await asyncio.wait(set(self._tasks), return_when=asyncio.FIRST_COMPLETED)
            finally:
                await self._finish()
        if self._token_refused is not None:
            raise self._token_refused
        return _report(results)

    async def close(self) -> None:
        """Finish what `poll` has started, and let another process lead."""
        await self._finish()
        await self._leadership.release()

    # Slots

    async def _plan_due_slots(self, now: datetime) -> None:
        """Plan slots that have come, after reading subscriptions anew where they have changed."""
        async with self._store.reading() as conn:
            version = await subscriptions.get_version(conn)
        if self._planned_at is not None and now < self._planned_at - _CLOCK_STEP:
            log.warning("delivery.clock_went_back", seconds=(self._planned_at - now).total_seconds())
            self._slot_queue.clear()
            self._subscriptions_version = None
        self._planned_at = now
        if version != self._subscriptions_version:
            await self._load_subscriptions(now)
            self._subscriptions_version = version
        await self._plan_slots(now, spread=True)

    async def _load_subscriptions(self, now: datetime) -> None:
        active: list[Subscription] = []
        async with self._store.reading() as conn:
            while page := await subscriptions.list_active_after(
                conn, active[-1].id if active else 0, _SUBSCRIPTION_PAGE
            ):
                active += page
            last_slots = await deliveries.last_slots(conn, now)
        await asyncio.to_thread(self._slot_queue.load, active, last_slots, now)

    async def _plan_slots(self, now: datetime, *, spread: bool) -> None:
        """Insert slots that have come.

        With `spread` a guild's own are staggered, so that other guilds are served in between.
        """
        next_at = self._slot_queue.next_at
        if next_at is None or next_at > now:
            return
        due = await asyncio.to_thread(self._slot_queue.due, now)  # thousands may come at one moment
        rate = self._settings.rate_per_second
        waits = {
            (each.slot.subscription_id, each.slot.at): timedelta(seconds=each.rank / rate)
            for each in due
            if spread and each.rank
        }
        local_times = {(each.slot.subscription_id, each.slot.at): each.local_time for each in due}
        rows = [(each.slot.subscription_id, each.channel_id, each.slot.at) for each in due]
        async with self._store.writing(durable=True) as conn:
            planned = await deliveries.plan_deliveries(conn, rows, self._clock(), waits=waits, locals_=local_times)
        await asyncio.to_thread(self._slot_queue.mark_planned, [each.slot for each in due])
        log.info("slots.planned", count=planned)

    # Claims

    async def _claim(self, limit: int, until: datetime | None) -> list[tuple[Delivery, Subscription | None]]:
        if limit < 1:
            return []
        now, began = self._clock(), self._lease_clock.elapsed()
        async with self._store.writing() as conn:
            held_at = await self._lease_clock.now(conn)
            claimed = await deliveries.claim_due(
                conn, self.holder, now, limit=limit, lease=self._claim_length, until=until, held_at=held_at
            )
            found = await subscriptions.find_subscriptions(conn, (each.subscription_id for each in claimed))
            self._next_attempt_at = await deliveries.next_attempt(conn, now)
        claim = self._lease_clock.grant(began, held_at, self._claim_length)
        self._claims |= dict.fromkeys((delivery.id for delivery in claimed), claim)
        return [(delivery, found.get(delivery.subscription_id)) for delivery in claimed]

    async def _release(self, claimed: Sequence[Delivery]) -> None:
        if not claimed:
            return
        async with self._store.writing() as conn:
            for delivery in claimed:
                await deliveries.release_one(conn, delivery.id, self.holder, self._clock())
        for delivery in claimed:
            self._claims.pop(delivery.id, None)

    async def _extend_claims(self) -> None:
        """Hold the deliveries in progress for longer; runs with each renewal of the lease."""
        await self._cap_claims()
        if not self._claims:
            return
        began = self._lease_clock.elapsed()
        async with self._store.writing() as conn:
            claim = self._lease_clock.grant(began, await self._lease_clock.now(conn), self._claim_length)
            extended = await deliveries.extend(conn, self.holder, list(self._claims), claim.until)
        self._claims |= dict.fromkeys(self._claims.keys() & set(extended), claim)

    async def _cap_claims(self) -> None:
        """Shorten claims, of any worker, that a clock which was set back left behind."""
        if not self._leadership.held:
            return
        async with self._store.writing() as conn:
            capped = await deliveries.cap_claims(conn, await self._lease_clock.now(conn), _LONGEST_CLAIM)
        if capped:
            log.warning("delivery.claims_shortened", count=capped)

    def _still_holds(self, delivery_id: int) -> bool:
        claim = self._claims.get(delivery_id)
        return claim is not None and self._lease_clock.lasts(claim)

    def _share_rate(self) -> None:
        """Take this process's part of the rate that Discord allows the bot."""
        if self._rate_limiter is not None:
            self._rate_limiter.share_between(self._leadership.leaders)

    # Deliveries

    def _start_delivery(
        self,
        delivery: Delivery,
        subscription: Subscription | None,
        *,
        until: datetime | None = None,
        results: list[DeliveryResult] | None = None,
    ) -> None:
        task = asyncio.create_task(
            self._run_delivery(delivery, subscription, until, results), name=f"delivery-{delivery.id}"
        )
        self._tasks.add(task)
        task.add_done_callback(self._on_delivery_done)

    def _on_delivery_done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if self._more_due and len(self._tasks) <= self._settings.concurrency // 2:
            self.wake()

    async def _run_delivery(
        self,
        delivery: Delivery,
        subscription: Subscription | None,
        until: datetime | None,
        results: list[DeliveryResult] | None,
    ) -> None:
        """Run one delivery, one at a time for each channel, and publish its outcome.

        It is a task of its own, so that what is logged meanwhile, by libraries too, has the delivery's number.
        """
        structlog.contextvars.bind_contextvars(delivery=delivery.id)
        channel = delivery.channel_id or -delivery.subscription_id  # direct messages that aren't open yet have no id
        lock = self._channel_locks.setdefault(channel, asyncio.Lock())
        try:
            async with lock:
                result = await self._send_with_retry(delivery, subscription, until)
            if results is not None:
                results.append(result)
            for listener in self._listeners:
                await listener(result)
            log.info("delivery.ended", delivery=delivery.id, state=result.state.value, reason=str(result.reason or ""))
        except TokenRefused as error:
            self._token_refused = error
            self.wake()
        except StoreError as error:
            # The delivery stays claimed until its claim expires; then it is attempted again.
            log.warning("delivery.store_failed", delivery=delivery.id, error=str(error))
        finally:
            self._claims.pop(delivery.id, None)
            if not lock.locked():
                self._channel_locks.pop(channel, None)

    async def _send_with_retry(
        self, delivery: Delivery, subscription: Subscription | None, until: datetime | None
    ) -> DeliveryResult:
        """Attempt a delivery; after any error have it retried, so that it doesn't stop others."""
        backoff = None if until is not None else self._backoff(delivery.attempts)
        try:
            return await self._sender.send_delivery(
                delivery,
                subscription,
                now=self._clock if until is None else lambda: until,
                still_held=lambda: self._still_holds(delivery.id),
                backoff=backoff,
            )
        except (StoreError, TokenRefused):
            raise
        except Exception as error:
            log.exception("delivery.crashed", delivery=delivery.id)
            return await self._sender.postpone(delivery, type(error).__name__, backoff)

    def _backoff(self, attempts: int) -> timedelta:
        seconds = self._first_backoff_seconds * 2.0 ** min(max(attempts - 1, 0), _BACKOFF_DOUBLINGS)
        return timedelta(seconds=min(seconds, _LONGEST_BACKOFF_SECONDS))

    # Pauses and the end

    def _seconds_until_next_poll(self) -> float:
        """Return the seconds until the next known slot or attempt, at most those between two polls."""
        seconds = self._settings.tick_seconds
        for moment, least in ((self._slot_queue.next_at, 0.0), (self._next_attempt_at, _SMALLEST_PAUSE_SECONDS)):
            if self.is_leading and moment is not None:
                seconds = min(seconds, max((moment - self._clock()).total_seconds() + _TIMER_SLACK_SECONDS, least))
        if self._more_due and not self._tasks:
            return 0.0
        return seconds

    async def _pause(self, stopping: asyncio.Task[bool], seconds: float) -> None:
        """Wait until woken, stopped or timed out."""
        woken = asyncio.create_task(self._woken.wait(), name="delivery-woken")
        try:
            await asyncio.wait({stopping, woken}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()

    async def _finish(self) -> None:
        """Let deliveries in progress arrive for a while, and release the rest."""
        if self._tasks:
            grace = self._grace_seconds if self._token_refused is None else _GRACE_AFTER_REFUSAL_SECONDS
            await asyncio.wait(set(self._tasks), timeout=grace)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        try:
            async with asyncio.timeout(_RELEASE_SECONDS):
                await self._sender.drain()
                async with self._store.writing() as conn:
                    await deliveries.release_all(conn, self.holder)
        except (StoreError, TimeoutError) as error:
            log.warning("delivery.store_unavailable", error=str(error))
        self._claims.clear()


def _report(results: Sequence[DeliveryResult]) -> DeliveryReport:
    past = (DeliveryState.SKIPPED, DeliveryState.EXPIRED)
    return DeliveryReport(
        due=len(results),
        sent=sum(each.state is DeliveryState.SENT for each in results),
        skipped=sum(each.state in past for each in results),
        failed=[
            (each.delivery.channel_id, each.error or str(each.reason or "another process has it"))
            for each in results
            if each.state is not DeliveryState.SENT and each.state not in past
        ],
    )
