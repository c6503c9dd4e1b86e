"""Which of several processes does what only one may do at a time?

The one that holds the lease works; the others stand by, and one of them goes on within a lease's length when the holder
is gone, at once when it is seen to be dead.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from bot.cluster.process_id import is_dead
from bot.errors import StoreError
from bot.store.database import Store
from bot.store.leases import Lease, find_lease, give_back, take_lease

__all__ = ["while_ours"]

log = structlog.get_logger()


async def while_ours(
    store: Store,
    name: str,
    worker: str,
    work: Callable[[asyncio.Event], Awaitable[None]],
    stop: asyncio.Event,
    *,
    length: timedelta,
    clock: Callable[[], datetime],
) -> None:
    """Run `work` whenever the lease `name` is this worker's, until `stop` is set.

    `work` gets an event that tells it to end, which it has to heed within `length`. What it raises is raised.
    """
    pause = length.total_seconds() / 3
    while not stop.is_set():
        lease = await _take(store, name, worker, length, clock)
        if lease is None:
            await _wait(stop, pause)
            continue
        log.info("turn.taken", what=name, worker=worker)
        over = asyncio.Event()
        task = asyncio.ensure_future(work(over))
        try:
            while lease is not None and not stop.is_set() and not task.done():
                stopping = asyncio.ensure_future(stop.wait())
                await asyncio.wait({task, stopping}, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
                stopping.cancel()
                held = await _take(store, name, worker, length, clock)
                if held is None and clock() >= lease.expires_at:
                    log.warning("turn.lost", what=name, worker=worker)
                    lease = None
                lease = held or lease
        finally:
            over.set()
            await task
            if lease is not None:
                with suppress(StoreError):
                    async with store.writing() as conn:
                        await give_back(conn, lease, clock())


async def _take(store: Store, name: str, worker: str, length: timedelta, clock: Callable[[], datetime]) -> Lease | None:
    """The lease, taken or prolonged; None when another has it, or the database can't be asked."""
    try:
        async with store.writing() as conn:
            now = clock()
            taken = await take_lease(conn, name, worker, now, length)
            if taken is None:
                former = await find_lease(conn, name)
                if former is not None and is_dead(former.holder):
                    await give_back(conn, former, now)
                    taken = await take_lease(conn, name, worker, now, length)
            return taken
    except StoreError as error:
        log.warning("turn.store_unavailable", what=name, error=str(error))
        return None


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
