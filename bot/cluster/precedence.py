"""Precedence: which of several processes that could do a job shall do it.

Each candidate holds a lease that names its rank, and so shows the others that it is there. One that leads gives the job up
when a candidate of a better rank appears; see `run_while_leader`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import structlog

from bot.cluster.leader import Leadership
from bot.cluster.lease_clock import LeaseClock
from bot.cluster.process_id import is_dead
from bot.store.database import Store
from bot.store.leases import active_leases

__all__ = ["candidacy"]

log = structlog.get_logger()


@asynccontextmanager
async def candidacy(
    store: Store, job: str, rank: int, *, length: timedelta, clock: LeaseClock
) -> AsyncIterator[Callable[[], Awaitable[bool]]]:
    """Be a candidate for a job within the block; 0 is the best rank.

    Yields what returns True while a candidate of a better rank is there. That raises StoreError.
    """
    presence = Leadership(store, f"{job}-candidate/{rank}", length=length, clock=clock, shared=True)
    yielded_to: set[str] = set()

    async def yields() -> bool:
        await presence.acquire()
        async with store.writing() as conn:
            leases = await active_leases(conn, f"{job}-candidate", await clock.now(conn))
        better = {each.holder for each in leases if int(each.name.split("/")[1]) < rank and not is_dead(each.holder)}
        for holder in better - yielded_to:
            log.info("leadership.yields", job=job, to=holder)
        yielded_to.clear()
        yielded_to.update(better)
        return bool(better)

    async with presence:
        yield yields
