"""Who sees to it that digests go out when they are due?

The courier looks every few seconds, and when woken: it notes the slots that have come, takes deliveries out of the
outbox, as many as it may carry at once, and carries them. One process works at a time on SQLite, by a lease; another one
stands by. On PostgreSQL any number share the work, each delivery held by one, and share the rate. What decides is
always the table of deliveries: a look too many does nothing, one too few is made up for by the next.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog

from bot.cluster.leader import Leadership
from bot.delivery.circuit_breaker import CircuitBreaker
from bot.delivery.message_port import MessagePort
from bot.delivery.messages import DigestComposer
from bot.delivery.rate_limiter import RateLimiter
from bot.delivery.sender import Buttons, DeliveryResult, DeliverySender
from bot.delivery.slot_queue import SlotQueue
from bot.errors import DeliveryError, StoreError, TokenRefused
from bot.newsroom.models import Delivery, DeliveryState, Subscription
from bot.store import deliveries, subscriptions
from bot.store.database import Store

__all__ = ["DeliveryReport", "DeliverySettings", "DeliveryWorker", "Watcher"]

log = structlog.get_logger()

_JOB: Final = "delivery"
_LONGEST_BACKOFF: Final = 300.0
_CLOCK_JUMP: Final = timedelta(minutes=1)
_PAGE: Final = 250  # subscriptions read at a time: no more than the event loop can spare


class DeliverySettings(Protocol):
    """What is set about delivery; see `bot.settings.DeliverySettings`."""

    @property
    def tick_seconds(self) -> float:
        """Seconds between two looks."""

    @property
    def rate_per_second(self) -> float:
        """Requests a second."""

    @property
    def concurrency(self) -> int:
        """Channels at the same time."""

    @property
    def attempts(self) -> int:
        """Tries of a delivery."""

    @property
    def lease_seconds(self) -> float:
        """After so long a silence a process's work is another's."""


class Watcher(Protocol):
    """Who is told what became of deliveries: metrics, and those who tell the makers of subscriptions."""

    async def __call__(self, ended: DeliveryResult, /) -> None:
        """A delivery came to its end, or was put off."""


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What came of `Courier.deliver`: how many were due, sent, skipped; channel and reason of those that failed."""

    due: int = 0
    sent: int = 0
    skipped: int = 0
    failed: list[tuple[int, str]] = field(default_factory=list)


class DeliveryWorker:
    """Delivers. `clock` gives the present as an aware moment in UTC.

    `share` lets several processes deliver from one database; without it that is so on PostgreSQL. `watcher` hears of
    every ended delivery. A failure that may pass is tried again `first_backoff` seconds later, then after twice that. At the end what is on its way gets `patience` seconds.
    """

    def __init__(
        self,
        store: Store,
        digests: DigestComposer,
        post: MessagePort,
        settings: DeliverySettings,
        clock: Callable[[], datetime],
        *,
        budget: RateLimiter | None = None,
        buttons: Buttons | None = None,
        watcher: Watcher | None = None,
        worker: str | None = None,
        share: bool | None = None,
        first_backoff: float = 2.0,
        patience: float = 5.0,
    ) -> None:
        self._store, self._settings, self._clock = store, settings, clock
        self._budget, self._watcher, self._first_backoff, self._patience = budget, watcher, first_backoff, patience
        self._lease_length = timedelta(seconds=settings.lease_seconds)
        self._leadership = Leadership(
            store,
            _JOB,
            length=self._lease_length,
            clock=clock,
            shared=not store.is_sqlite if share is None else share,
            holder=worker,
            on_takeover=deliveries.release_all,
            on_renewal=self._extend_claims,
        )
        self.worker = self._leadership.holder
        self._line = CircuitBreaker()
        self._outbox = DeliverySender(
            store,
            digests,
            post,
            clock=clock,
            worker=self.worker,
            attempts=settings.attempts,
            line=self._line,
            buttons=buttons,
        )
        self._timetable = SlotQueue()
        self._version: str | None = None
        self._looked_at: datetime | None = None
        self._held: dict[int, datetime] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._channels: dict[int, asyncio.Lock] = {}
        self._looking = asyncio.Lock()
        self._woken = asyncio.Event()
        self._more = False
        self._refused: TokenRefused | None = None

    @property
    def in_hand(self) -> int:
        """Deliveries that are being carried."""
        return len(self._tasks)

    @property
    def subscriptions(self) -> int:
        """Active subscriptions, as last read."""
        return len(self._timetable)

    @property
    def working(self) -> bool:
        """Does this process deliver, or does it stand by for another?"""
        return self._leadership.held

    @property
    def discord_answers(self) -> bool:
        """Did Discord take the last messages?"""
        return not self._line.is_open

    def wake(self) -> None:
        """Look at once: something may be due, or subscriptions have changed."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop` is set; then let what is on its way arrive, or let go of it, within ten seconds.

        Raises TokenRefused when Discord refuses the token. A database that can't be used is waited for.
        """
        ending = asyncio.create_task(stop.wait(), name="courier-stop")
        async with self._leadership:
            try:
                while not stop.is_set() and self._refused is None:
                    self._woken.clear()
                    try:
                        await self.tick()
                    except StoreError as error:
                        log.warning("courier.store_unavailable", error=str(error))
                        await self._pause(ending, self._settings.tick_seconds)
                        continue
                    await self._pause(ending, self._until_next())
            finally:
                await self._end()
                ending.cancel()
        if self._refused is not None:
            raise self._refused

    async def tick(self) -> None:
        """Look at what is due, and set it going; doesn't wait until it is there. Raises StoreError."""
        async with self._looking:
            if not await self._leadership.acquire():
                return
            self._share_rate()
            await self._note_slots(self._clock())
            if self._line.is_pausing:
                return
            free = self._settings.concurrency - len(self._tasks)
            if self._line.is_open:
                free = 1 - len(self._tasks)  # one knocks for all
            if free < min(8, self._settings.concurrency) and self._tasks:
                return
            taken = await self._claim(max(free, 0), until=None)
            self._more = bool(taken) and len(taken) == free
            for delivery, order in taken:
                self._start(delivery, order)

    async def deliver(self, as_of: datetime | None = None) -> DeliveryReport:
        """Post what is due by a moment (the present, unless given), and nothing else.

        What can't go out now stays for the next time. Raises DeliveryError when another process delivers from this
        database, TokenRefused, StoreError.
        """
        until = as_of or self._clock()
        ended: list[DeliveryResult] = []
        tried: set[int] = set()
        async with self._leadership:
            if not await self._leadership.wait_until_leading():
                raise DeliveryError("another process delivers from this database; stop it, or let it do the work")
            self._share_rate()
            try:
                await self._load(until)
                await self._plan(until, spread=False)
                while self._refused is None:
                    taken = await self._claim(self._settings.concurrency - len(self._tasks), until=until)
                    await self._release([delivery for delivery, _ in taken if delivery.id in tried])
                    for delivery, order in taken:
                        if delivery.id not in tried:
                            self._start(delivery, order, until=until, told=ended.append)
                    tried |= {delivery.id for delivery, _ in taken}
                    if not self._tasks:
                        break
                    enough = len(self._tasks) // 2
                    while len(self._tasks) > enough:
                        await asyncio.wait(set(self._tasks), return_when=asyncio.FIRST_COMPLETED)
            finally:
                await self._end()
        if self._refused is not None:
            raise self._refused
        return _report(ended)

    async def close(self) -> None:
        """Let what is on its way arrive, or let go of it, and let another process work. `run` and `deliver` do that."""
        await self._end()
        await self._leadership.release()

    def _share_rate(self) -> None:
        if self._budget is not None:
            self._budget.divide(self._leadership.leaders)

    async def _extend_claims(self) -> None:
        """Hold what is on its way for longer."""
        if not self._held:
            return
        until = self._clock() + self._lease_length
        async with self._store.writing() as conn:
            still = await deliveries.extend(conn, self.worker, list(self._held), until)
        self._held |= dict.fromkeys(self._held.keys() & set(still), until)

    # Slots

    async def _note_slots(self, now: datetime) -> None:
        async with self._store.reading() as conn:
            version = await subscriptions.get_version(conn)
        if self._looked_at is not None and now < self._looked_at - _CLOCK_JUMP:
            log.warning("courier.clock_went_back", seconds=(self._looked_at - now).total_seconds())
            self._timetable.forget()
            self._version = None
        self._looked_at = now
        if version != self._version:
            await self._load(now)
            self._version = version
        await self._plan(now, spread=True)

    async def _load(self, now: datetime) -> None:
        active: list[Subscription] = []
        async with self._store.reading() as conn:
            while page := await subscriptions.list_active_after(conn, active[-1].id if active else 0, _PAGE):
                active += page
            last = await deliveries.last_slots(conn, now)
        await asyncio.to_thread(self._timetable.load, active, last, now)

    async def _plan(self, now: datetime, *, spread: bool) -> None:
        """Note the slots that have come. Many of one guild are spread at the highest rate, so that others get in."""
        next_at = self._timetable.next_at
        if next_at is None or next_at > now:
            return
        coming = await asyncio.to_thread(self._timetable.due, now)  # thousands may come at one moment
        rate = self._settings.rate_per_second if spread else float("inf")
        waits = {
            (each.slot.subscription_id, each.slot.at): timedelta(seconds=each.rank / rate)
            for each in coming
            if each.rank and spread
        }
        standing = {(each.slot.subscription_id, each.slot.at): each.local for each in coming}
        rows = [(each.slot.subscription_id, each.channel_id, each.slot.at) for each in coming]
        async with self._store.writing(durable=True) as conn:
            made = await deliveries.plan_deliveries(conn, rows, self._clock(), waits=waits, locals_=standing)
        await asyncio.to_thread(self._timetable.noted, [each.slot for each in coming])
        log.info("courier.planned", slots=made)

    # Carrying

    async def _claim(self, limit: int, until: datetime | None) -> list[tuple[Delivery, Subscription | None]]:
        if limit < 1:
            return []
        now = self._clock()
        async with self._store.writing() as conn:
            taken = await deliveries.claim_due(
                conn, self.worker, now, limit=limit, lease=self._lease_length, until=until
            )
            orders = await subscriptions.find_subscriptions(conn, (each.subscription_id for each in taken))
        self._held |= dict.fromkeys((delivery.id for delivery in taken), now + self._lease_length)
        return [(delivery, orders.get(delivery.subscription_id)) for delivery in taken]

    async def _release(self, taken: Sequence[Delivery]) -> None:
        if not taken:
            return
        async with self._store.writing() as conn:
            for delivery in taken:
                await deliveries.release_one(conn, delivery.id, self.worker, self._clock())
        for delivery in taken:
            self._held.pop(delivery.id, None)

    def _start(
        self,
        delivery: Delivery,
        order: Subscription | None,
        *,
        until: datetime | None = None,
        told: Callable[[DeliveryResult], None] | None = None,
    ) -> None:
        task = asyncio.create_task(self._carry(delivery, order, until, told), name=f"delivery-{delivery.id}")
        self._tasks.add(task)
        task.add_done_callback(self._put_down)

    def _put_down(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if self._more and len(self._tasks) <= self._settings.concurrency // 2:
            self.wake()

    async def _carry(
        self,
        delivery: Delivery,
        order: Subscription | None,
        until: datetime | None,
        told: Callable[[DeliveryResult], None] | None,
    ) -> None:
        """Carry one delivery. Here unexpected errors end: one digest must not stop the others.

        It is a task of its own, so that whatever is logged meanwhile, by libraries too, bears the delivery's number.
        """
        structlog.contextvars.bind_contextvars(delivery=delivery.id)
        lock = self._channels.setdefault(delivery.channel_id or -delivery.subscription_id, asyncio.Lock())
        try:
            async with lock:
                ended = await self._carried(delivery, order, until)
            if told is not None:
                told(ended)
            if self._watcher is not None:
                await self._watcher(ended)
            log.info("delivery.ended", delivery=delivery.id, state=ended.state.value, reason=ended.reason)
        except TokenRefused as error:
            self._refused = error
            self.wake()
        except StoreError as error:
            # It stays claimed until the lease is over; then it is looked after anew.
            log.warning("delivery.store_failed", delivery=delivery.id, error=str(error))
        finally:
            self._held.pop(delivery.id, None)
            if not lock.locked():
                self._channels.pop(delivery.channel_id or -delivery.subscription_id, None)

    async def _carried(self, delivery: Delivery, order: Subscription | None, until: datetime | None) -> DeliveryResult:
        backoff = None if until is not None else self._backoff(delivery.attempts)
        try:
            return await self._outbox.carry(
                delivery,
                order,
                now=self._clock if until is None else lambda: until,
                held=lambda: self._clock() < self._held.get(delivery.id, self._clock()),
                backoff=backoff,
            )
        except (StoreError, TokenRefused):
            raise
        except Exception as error:
            log.exception("delivery.unexpected", delivery=delivery.id)
            return await self._outbox.try_later(delivery, f"{type(error).__name__}", backoff)

    def _backoff(self, attempts: int) -> timedelta:
        seconds = self._first_backoff * 2.0 ** min(max(attempts - 1, 0), 20)
        return timedelta(seconds=min(seconds, _LONGEST_BACKOFF))

    # Waiting and ending

    def _until_next(self) -> float:
        """Seconds until there is something to do, as far as is known."""
        seconds = self._settings.tick_seconds
        next_at = self._timetable.next_at
        if self.working and next_at is not None:
            seconds = min(seconds, max((next_at - self._clock()).total_seconds(), 0.0) + 0.001)
        if self._more and not self._tasks:
            return 0.0
        return seconds

    async def _pause(self, ending: asyncio.Task[bool], seconds: float) -> None:
        woken = asyncio.create_task(self._woken.wait(), name="courier-woken")
        try:
            await asyncio.wait({ending, woken}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()

    async def _end(self) -> None:
        """Let what is on its way arrive; let go of the rest."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=self._patience if self._refused is None else 1)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        try:
            async with asyncio.timeout(3):
                await self._outbox.rest()
                async with self._store.writing() as conn:
                    await deliveries.release_all(conn, self.worker)
        except (StoreError, TimeoutError) as error:
            log.warning("courier.store_unavailable", error=str(error))
        self._held.clear()


def _report(ended: Sequence[DeliveryResult]) -> DeliveryReport:
    past = (DeliveryState.SKIPPED, DeliveryState.EXPIRED)
    return DeliveryReport(
        due=len(ended),
        sent=sum(each.state is DeliveryState.SENT for each in ended),
        skipped=sum(each.state in past for each in ended),
        failed=[
            (each.delivery.channel_id, each.error or each.reason or "another process has it")
            for each in ended
            if each.state is not DeliveryState.SENT and each.state not in past
        ],
    )
