"""A member's burst waits in the member's own queue."""

from __future__ import annotations

import asyncio

import pytest

from bot.cogs.member_queues import MemberQueues
from bot.errors import InputInvalid


async def test_a_burst_waits_for_itself_and_not_for_others() -> None:
    queues, release = MemberQueues(concurrent=2, most_waiting=3), asyncio.Event()
    working: list[int] = []

    async def ask(member_id: int) -> None:
        async with queues.turn(member_id):
            working.append(member_id)
            await release.wait()

    burst = [asyncio.create_task(ask(5)) for _ in range(5)]
    await asyncio.sleep(0)
    other = asyncio.create_task(ask(6))
    await asyncio.sleep(0)
    assert working == [5, 5, 6]
    with pytest.raises(InputInvalid) as refused:
        await ask(5)
    assert refused.value.key == "error-burst"
    release.set()
    await asyncio.gather(*burst, other)
    assert working == [5, 5, 6, 5, 5, 5]
    await ask(5)  # the queue is empty again


async def test_a_failed_or_cancelled_question_gives_its_turn_back() -> None:
    queues = MemberQueues(concurrent=1, most_waiting=0)
    with pytest.raises(ValueError):
        async with queues.turn(5):
            raise ValueError
    waiting = asyncio.create_task(_hold(queues))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    async with queues.turn(5):
        pass


async def _hold(queues: MemberQueues) -> None:
    async with queues.turn(5):
        await asyncio.Event().wait()
