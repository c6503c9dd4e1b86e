"""One of several processes works, the others stand by."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from bot.cluster.leader import while_ours
from bot.store.database import Store

LENGTH = timedelta(seconds=1)


class Work:
    """Says when it is at work."""

    def __init__(self) -> None:
        self.begun, self.busy = asyncio.Event(), False

    async def __call__(self, over: asyncio.Event) -> None:
        self.begun.set()
        self.busy = True
        await over.wait()
        self.busy = False


def now() -> datetime:
    return datetime.now(UTC)


async def test_one_works_and_the_other_goes_on_when_it_stops(store: Store) -> None:
    stops, works = [asyncio.Event(), asyncio.Event()], [Work(), Work()]
    tasks = [
        asyncio.create_task(while_ours(store, "intake", f"worker {n}", works[n], stops[n], length=LENGTH, clock=now))
        for n in (0, 1)
    ]
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

    with_error = while_ours(store, "intake", "worker", fails, asyncio.Event(), length=LENGTH, clock=now)
    done = await asyncio.wait_for(asyncio.gather(with_error, return_exceptions=True), 10)
    assert isinstance(done[0], ValueError)
