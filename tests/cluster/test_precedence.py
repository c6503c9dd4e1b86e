"""The process that shall lead gets the lead back, whoever had it meanwhile."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from bot.cluster.leader import Leadership, run_while_leader
from bot.cluster.lease_clock import LeaseClock
from bot.cluster.precedence import candidacy
from bot.store.database import Store

LENGTH = timedelta(seconds=1)


class Candidate:
    """A process that wants to do a job, with a rank."""

    def __init__(self, store: Store, rank: int) -> None:
        self._store, self._rank = store, rank
        self.leads, self._stop = asyncio.Event(), asyncio.Event()
        self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        clock = LeaseClock(lambda: datetime.now(UTC), by_server=not self._store.is_sqlite)
        lead = Leadership(self._store, "reading", length=LENGTH, clock=clock)
        async with candidacy(self._store, "reading", self._rank, length=LENGTH, clock=clock) as yields:
            await run_while_leader(lead, self._work, self._stop, yields=yields)

    async def _work(self, over: asyncio.Event) -> None:
        self.leads.set()
        await over.wait()
        self.leads.clear()

    async def stop(self) -> None:
        self._stop.set()
        await self._task


async def test_the_better_rank_leads_whichever_was_first(store: Store) -> None:
    async with asyncio.timeout(60):
        worse = Candidate(store, 2)
        await worse.leads.wait()
        better = Candidate(store, 0)
        await better.leads.wait()
        assert not worse.leads.is_set()
        await better.stop()
        await worse.leads.wait()
        again = Candidate(store, 0)
        await again.leads.wait()
        assert not worse.leads.is_set()
        await worse.stop()
        assert again.leads.is_set()
        await again.stop()


async def test_equals_leave_the_lead_where_it_is(store: Store) -> None:
    async with asyncio.timeout(60):
        first = Candidate(store, 2)
        await first.leads.wait()
        second = Candidate(store, 2)
        await asyncio.sleep(2 * LENGTH.total_seconds())  # several renewals
        assert first.leads.is_set()
        assert not second.leads.is_set()
        await first.stop()
        await second.leads.wait()
        await second.stop()
