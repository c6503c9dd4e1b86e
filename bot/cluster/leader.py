"""Leadership: which of several processes does a job that only one may do at a time.

The leader holds a lease in the database and renews it; the others stand by. When the leader is gone, another one takes
over within the lease's length, or at once when the former leader's process is seen to be dead. That holds whatever any
clock does: see `bot.cluster.lease_clock`. Intake, corrections and delivery all lead by `Leadership`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final, Self

import structlog

from bot.cluster.lease_clock import Grant, LeaseClock
from bot.cluster.process_id import is_dead, new_holder_id
from bot.errors import StoreError
from bot.store.database import Store, StoreConnection
from bot.store.leases import Lease, acquire_lease, active_leases, cap_leases, release_lease, renew_lease

__all__ = ["Leadership", "RenewalHook", "TakeoverHook", "run_while_leader"]

log = structlog.get_logger()

_RENEWALS_PER_LENGTH: Final = 3
"""Renewals in a lease's length: two may fail before the lease is lost."""

_ACQUIRE_POLL_SECONDS: Final = 0.25
"""Pause between attempts of `wait_until_leading`: short beside a lease, long beside a transaction."""

_WAIT_LENGTHS: Final = 1.2
"""Lease lengths that `wait_until_leading` waits: a lease left behind has expired by then."""

_RELEASE_SECONDS: Final = 3.0
"""Time for releasing a lease at the end; hosts kill a program ten seconds after asking it to stop."""

_CLOCK_SLACK: Final = timedelta(seconds=1)
"""A lease cut by less is not worth a line in the log: processes of an older version use their own hosts' clocks."""

TakeoverHook = Callable[[StoreConnection, str], Awaitable[object]]
RenewalHook = Callable[[], Awaitable[object]]


class Leadership:
    """One holder's claim to the job `name`; its context renews and releases the lease.

    With `shared` any number of holders lead at once, each under a lease of its own, and `leaders` counts them.
    `on_takeover` gets the id of a dead holder in the transaction that ends its lease, to release its work. `on_renewal`
    runs after each renewal. `holder` is unique for each instance unless given.
    """

    def __init__(
        self,
        store: Store,
        name: str,
        *,
        length: timedelta,
        clock: LeaseClock,
        shared: bool = False,
        holder: str | None = None,
        on_takeover: TakeoverHook | None = None,
        on_renewal: RenewalHook | None = None,
    ) -> None:
        self._store, self._shared = store, shared
        self._clock, self._on_takeover, self._on_renewal = clock, on_takeover, on_renewal
        self.name, self.length = name, length
        self.holder = holder or new_holder_id()
        self.leaders = 1
        """Holders that lead now, this one included; more than one only where leadership is shared."""
        self.lost = asyncio.Event()
        """Set while the lease isn't held."""
        self.lost.set()
        self.leader: Lease | None = None
        """The lease by which another holder leads, as last seen; None while none does."""
        self._lease: Lease | None = None
        self._grant: Grant | None = None
        self._changing = asyncio.Lock()
        self._renewing: asyncio.Task[None] | None = None

    @property
    def held(self) -> bool:
        """True while this holder leads."""
        return self._lease is not None and self._grant is not None and self._clock.lasts(self._grant)

    def describe_role(self) -> dict[str, str]:
        """Return whether this process leads or stands by.

        `until` is when another one's lease ends unless it renews it.
        """
        if self.held:
            return {"role": "leading"}
        if self.leader is None:
            return {"role": "waiting"}
        return {"role": "standing by", "until": self.leader.expires_at.isoformat(timespec="seconds")}

    @property
    def retry_seconds(self) -> float:
        """Seconds between renewals, and between attempts while another leads."""
        return self.length.total_seconds() / _RENEWALS_PER_LENGTH

    async def acquire(self) -> bool:
        """Acquire the lease if it is free; True while it is held. Raises StoreError."""
        async with self._changing:
            if not self.held:
                await self._renew_or_acquire()
            return self.held

    async def wait_until_leading(self) -> bool:
        """Acquire the lease, waiting for one left behind to expire.

        Returns False when another holder keeps renewing it.
        """
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + _WAIT_LENGTHS * self.length.total_seconds()
        while not await self.acquire():
            if loop.time() > give_up_at:
                return False
            await asyncio.sleep(_ACQUIRE_POLL_SECONDS)
        return True

    async def release(self) -> None:
        """Give the lease up, so that another holder can lead at once.

        A database that can't be used is logged.
        """
        lease, self._lease = self._lease, None
        self.lost.set()
        if lease is None:
            return
        try:
            async with asyncio.timeout(_RELEASE_SECONDS), self._store.writing() as conn:
                await release_lease(conn, lease, await self._clock.now(conn))
        except (StoreError, TimeoutError) as error:
            log.warning("leadership.release_failed", job=self.name, error=str(error))

    async def __aenter__(self) -> Self:
        self._renewing = asyncio.create_task(self._keep_renewing(), name=f"leadership-{self.name}")
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._renewing is not None:
            self._renewing.cancel()
            await asyncio.gather(self._renewing, return_exceptions=True)
        await self.release()

    async def _keep_renewing(self) -> None:
        while True:
            await asyncio.sleep(self.retry_seconds)
            try:
                async with self._changing:
                    if self._lease is not None:
                        await self._renew_or_acquire()
                if self._on_renewal is not None:
                    await self._on_renewal()
            except StoreError as error:
                log.warning("leadership.store_unavailable", job=self.name, error=str(error))
                if not self.held:
                    self._note(None)

    async def _renew_or_acquire(self) -> None:
        began = self._clock.elapsed()
        async with self._store.writing() as conn:
            now = await self._clock.now(conn)
            capped = await cap_leases(conn, self.name, now, self.length)
            active = await self._end_dead_leases(conn, now)
            lease = await renew_lease(conn, self._lease, now, self.length) if self._lease is not None else None
            if lease is None:  # it expired; where nobody acquired it meanwhile it goes on
                lease = await acquire_lease(conn, self._lease_name, self.holder, now, self.length)
        self.leaders = len({each.holder for each in active} | {self.holder}) if self._shared else 1
        self._grant = self._clock.grant(began, now, self.length)
        for shortened, excess in capped:
            if excess > _CLOCK_SLACK and shortened.holder != self.holder:
                log.warning(
                    "leadership.lease_shortened",
                    job=self.name,
                    leader=shortened.holder,
                    seconds=round(excess.total_seconds()),
                    until=shortened.expires_at.isoformat(timespec="seconds"),
                )
        self._note(lease)
        if lease is None:
            self._note_leader(next((each for each in active if each.name == self._lease_name), None))

    async def _end_dead_leases(self, conn: StoreConnection, now: datetime) -> list[Lease]:
        """End the leases of dead holders and hand on their work; return the active leases."""
        active = await active_leases(conn, self.name, now)
        dead = [lease for lease in active if lease.holder != self.holder and is_dead(lease.holder)]
        for lease in dead:
            log.info("leadership.taken_over", job=self.name, former=lease.holder)
            await release_lease(conn, lease, now)
            if self._on_takeover is not None:
                await self._on_takeover(conn, lease.holder)
        return [lease for lease in active if lease not in dead]

    @property
    def _lease_name(self) -> str:
        return f"{self.name}/{self.holder}" if self._shared else self.name

    def _note(self, lease: Lease | None) -> None:
        """Remember whether this holder leads, and log when that changes."""
        if lease is not None and self._lease is None:
            log.info("leadership.acquired", job=self.name, holder=self.holder, shared=self._shared)
            self.lost.clear()
            self.leader = None
        elif lease is None and self._lease is not None:
            log.warning("leadership.lost", job=self.name, holder=self.holder)
            self.lost.set()
        self._lease = lease

    def _note_leader(self, leader: Lease | None) -> None:
        """Remember who leads instead, and log it once for each leader."""
        if leader is not None and (self.leader is None or self.leader.holder != leader.holder):
            until = leader.expires_at.isoformat(timespec="seconds")
            log.info("leadership.standing_by", job=self.name, leader=leader.holder, until=until)
        self.leader = leader


async def run_while_leader(
    leadership: Leadership,
    work: Callable[[asyncio.Event], Awaitable[None]],
    stop: asyncio.Event,
    *,
    yields: Callable[[], Awaitable[bool]] | None = None,
) -> None:
    """Run `work` whenever `leadership` is held, until `stop` is set.

    `work` gets an event that is set when it has to end, which it must do within the lease's length. What it raises is
    raised. While `yields` returns True, another process shall lead, and this one ends its work for it.
    """
    async with leadership:
        while not stop.is_set():
            try:
                leads = not (yields is not None and await yields()) and await leadership.acquire()
            except StoreError as error:
                log.warning("leadership.store_unavailable", job=leadership.name, error=str(error))
                leads = False
            if leads:
                await _run_until_it_yields(leadership, work, stop, yields)
            else:
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), leadership.retry_seconds)


async def _run_until_it_yields(
    leadership: Leadership,
    work: Callable[[asyncio.Event], Awaitable[None]],
    stop: asyncio.Event,
    yields: Callable[[], Awaitable[bool]] | None,
) -> None:
    """Run `work` as the leader, and give the lease up when another process shall lead."""
    yielding = asyncio.Event()

    async def watch() -> None:
        while yields is not None:
            await asyncio.sleep(leadership.retry_seconds)
            try:
                if await yields():
                    yielding.set()
                    return
            except StoreError as error:
                log.warning("leadership.store_unavailable", job=leadership.name, error=str(error))

    watching = asyncio.create_task(watch(), name=f"leadership-{leadership.name}-yields")
    try:
        await _run_until(work, stop, leadership.lost, yielding)
    finally:
        watching.cancel()
    if yielding.is_set():
        await leadership.release()


async def _run_until(work: Callable[[asyncio.Event], Awaitable[None]], *ends: asyncio.Event) -> None:
    """Run `work` until it ends by itself or one of `ends` is set; then let it finish."""
    over = asyncio.Event()
    task = asyncio.ensure_future(work(over))
    waits = [asyncio.create_task(end.wait()) for end in ends]
    try:
        await asyncio.wait({task, *waits}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        over.set()
        for wait in waits:
            wait.cancel()
        await task
