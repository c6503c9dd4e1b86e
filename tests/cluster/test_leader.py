"""One of several processes leads, and the others stand by."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.cluster.leader import Leadership, RenewalHook, TakeoverHook, run_while_leader
from bot.store import leases
from bot.store.database import Store, StoreConnection
from tests.clock import ManualClock, lease_clock
from tests.store.queries import stored_lease

LENGTH = timedelta(seconds=1)


class ObservedWork:
    """Work that shows when it has begun and whether it is running."""

    def __init__(self) -> None:
        self.begun, self.busy = asyncio.Event(), False

    async def __call__(self, over: asyncio.Event) -> None:
        self.begun.set()
        self.busy = True
        await over.wait()
        self.busy = False


def present() -> datetime:
    return datetime.now(UTC)


def leadership(
    store: Store,
    clock: Callable[[], datetime] = present,
    *,
    shared: bool = False,
    holder: str | None = None,
    on_takeover: TakeoverHook | None = None,
    on_renewal: RenewalHook | None = None,
) -> Leadership:
    return Leadership(
        store,
        "intake",
        length=LENGTH,
        clock=lease_clock(clock),
        shared=shared,
        holder=holder,
        on_takeover=on_takeover,
        on_renewal=on_renewal,
    )


def dead_holder() -> str:
    """Return the id of a holder whose process has ended."""
    code = "from bot.cluster.process_id import new_holder_id; print(new_holder_id())"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


async def test_one_leads_and_the_other_takes_over_when_it_stops(store: Store) -> None:
    stops, works = [asyncio.Event(), asyncio.Event()], [ObservedWork(), ObservedWork()]
    tasks = [asyncio.create_task(run_while_leader(leadership(store), works[n], stops[n])) for n in (0, 1)]
    first = asyncio.create_task(works[0].begun.wait())
    second = asyncio.create_task(works[1].begun.wait())
    await asyncio.wait({first, second}, timeout=10, return_when=asyncio.FIRST_COMPLETED)
    ahead = 0 if works[0].busy else 1
    assert works[ahead].busy
    assert not works[1 - ahead].begun.is_set()
    stops[ahead].set()
    await asyncio.wait_for(works[1 - ahead].begun.wait(), 10)
    assert not works[ahead].busy
    stops[1 - ahead].set()
    await asyncio.wait_for(asyncio.gather(*tasks, first, second), 10)


async def test_what_the_work_raises_is_raised(store: Store) -> None:
    async def fails(_over: asyncio.Event) -> None:
        raise ValueError("no more")

    with_error = run_while_leader(leadership(store), fails, asyncio.Event())
    done = await asyncio.wait_for(asyncio.gather(with_error, return_exceptions=True), 10)
    assert isinstance(done[0], ValueError)


async def test_work_ends_when_another_holder_has_the_lease(store: Store) -> None:
    clock, stop, work = ManualClock(), asyncio.Event(), ObservedWork()
    ended = asyncio.Event()

    async def noted(over: asyncio.Event) -> None:
        await work(over)
        ended.set()

    running = asyncio.create_task(run_while_leader(leadership(store, clock), noted, stop))
    await asyncio.wait_for(work.begun.wait(), 10)
    clock.advance(seconds=2 * LENGTH.total_seconds())  # as after a night in which the machine slept
    other = leadership(store, clock)
    assert await other.acquire()
    await asyncio.wait_for(ended.wait(), 10)
    stop.set()
    await asyncio.wait_for(running, 10)
    assert other.held


async def test_a_second_owner_in_the_same_process_is_refused(store: Store) -> None:
    first, second = leadership(store), leadership(store)
    assert await first.acquire()
    assert not await second.acquire()
    namesake = leadership(store, holder=first.holder)
    assert not await namesake.acquire()
    await first.release()
    assert await second.acquire()


async def test_an_expired_lease_goes_to_the_next_that_asks(store: Store) -> None:
    clock = ManualClock()
    first, second = leadership(store, clock), leadership(store, clock)
    assert await first.acquire()
    clock.advance(seconds=LENGTH.total_seconds())
    assert not first.held
    assert await second.acquire()
    assert not await first.acquire()
    assert first.lost.is_set()


async def test_a_lease_is_renewed_for_as_long_as_its_holder_lives(store: Store) -> None:
    renewals: asyncio.Queue[leases.Lease | None] = asyncio.Queue()

    async def on_renewal() -> None:
        async with store.reading() as conn:
            renewals.put_nowait(await stored_lease(conn, "intake"))

    async with leadership(store, on_renewal=on_renewal) as first:
        assert await first.acquire()
        found = [await asyncio.wait_for(renewals.get(), 30) for _ in range(2)]
    expiries = [lease.expires_at for lease in found if lease is not None and lease.holder == first.holder]
    assert len(set(expiries)) == 2


async def test_waiting_to_lead_gives_up_only_while_another_renews(store: Store) -> None:
    async with leadership(store) as first:
        assert await first.acquire()
        assert not await leadership(store).wait_until_leading()
    left_behind = leadership(store)
    assert await left_behind.acquire()  # and never renewed nor released
    assert await leadership(store).wait_until_leading()


async def test_shared_leaders_count_each_other(store: Store) -> None:
    clock = ManualClock()
    first, second = leadership(store, clock, shared=True), leadership(store, clock, shared=True)
    assert await first.acquire()
    assert await second.acquire()
    assert second.leaders == 2
    clock.advance(seconds=LENGTH.total_seconds())
    assert await first.acquire()
    assert first.leaders == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells when a process started")
@pytest.mark.parametrize("shared", [False, True])
async def test_a_dead_leader_is_replaced_at_once_and_its_work_released(store: Store, *, shared: bool) -> None:
    released: list[str] = []

    async def on_takeover(_conn: StoreConnection, holder: str) -> None:
        released.append(holder)

    clock, dead = ManualClock(), dead_holder()
    assert await leadership(store, clock, shared=shared, holder=dead).acquire()
    successor = leadership(store, clock, shared=shared, on_takeover=on_takeover)
    assert await successor.acquire()
    assert released == [dead]
    assert successor.leaders == 1
