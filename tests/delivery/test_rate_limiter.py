"""The rate is kept in any second, members never wait, and Discord's word lowers it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.rate_limiter import RateLimiter


class Loop:
    """Time that passes while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += max(seconds, 1e-6)


@pytest.fixture
def loop(monkeypatch: pytest.MonkeyPatch) -> Loop:
    """The clock and the sleep of the rate limiter."""
    made = Loop()
    monkeypatch.setattr("bot.delivery.rate_limiter.asyncio.sleep", made.sleep)
    return made


async def _departures(
    loop: Loop, limiter: RateLimiter, count: int, stall: Callable[[int], float] = lambda _: 0.0
) -> list[float]:
    gone = []
    for number in range(count):
        loop.now += stall(number)
        ticket = await limiter.acquire()
        gone.append(loop.now)
        limiter.release(ticket)
    return gone


def _most_in_a_second(gone: list[float]) -> int:
    return max(sum(start <= at < start + 1.0 for at in gone) for start in gone)


async def test_the_whole_rate_is_used_and_no_more(loop: Loop) -> None:
    gone = await _departures(loop, RateLimiter(48, clock=loop), 480)
    assert (len(gone) - 1) / (gone[-1] - gone[0]) > 47
    assert _most_in_a_second(gone) <= 49


async def test_after_a_stall_it_does_not_burst(loop: Loop) -> None:
    gone = await _departures(loop, RateLimiter(48, clock=loop), 300, lambda number: 0.4 if number % 50 == 25 else 0.0)
    assert _most_in_a_second(gone) <= 49


@settings(max_examples=50)
@given(st.lists(st.floats(0, 0.3), min_size=50, max_size=150), st.integers(5, 60))
def test_whatever_the_stalls_no_second_has_more(stalls: list[float], rate: int) -> None:
    loop = Loop()
    limiter = RateLimiter(rate, clock=loop)

    async def run() -> list[float]:
        return await _departures(loop, limiter, len(stalls), lambda number: stalls[number])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.delivery.rate_limiter.asyncio.sleep", loop.sleep)
        assert _most_in_a_second(asyncio.run(run())) <= rate + 1


async def test_what_is_under_way_keeps_its_place_until_a_second_after_its_answer(loop: Loop) -> None:
    """A machine that is busy sends late: Discord may count the first ten when the last is sent."""
    limiter = RateLimiter(10, clock=loop)
    tickets = [await limiter.acquire() for _ in range(11)]
    waiting = asyncio.create_task(limiter.acquire())
    for _ in range(300):
        await asyncio.sleep(0)
    assert not waiting.done()
    landed = loop.now
    for ticket in tickets:
        limiter.release(ticket)
    await waiting
    assert loop.now >= landed + 1.0


async def test_members_don_t_wait_but_digests_wait_for_them(loop: Loop) -> None:
    limiter = RateLimiter(10, clock=loop)
    await limiter.acquire()
    for _ in range(5):
        limiter.record()
    before = loop.now
    await limiter.acquire()
    assert loop.now - before >= 0.4


async def test_a_global_429_holds_everything_and_slows_for_a_while(loop: Loop) -> None:
    limiter = RateLimiter(40, clock=loop)
    loop.now += 5
    limiter.back_off(2.0)
    limiter.back_off(2.0)  # of a request that was on its way, too
    assert limiter.rate == pytest.approx(36)
    before = loop.now
    await limiter.acquire()
    assert loop.now - before >= 2.0
    for _ in range(40):
        loop.now += 11
        limiter.release(await limiter.acquire())
    assert limiter.rate == 40


async def test_processes_share_the_rate(loop: Loop) -> None:
    limiter = RateLimiter(48, clock=loop)
    limiter.share_between(4)
    assert limiter.rate == 12
    gone = await _departures(loop, limiter, 60)
    assert _most_in_a_second(gone) <= 13


async def test_first_come_first_served() -> None:
    limiter, order = RateLimiter(200), []

    async def ask(number: int) -> None:
        limiter.release(await limiter.acquire())
        order.append(number)

    waits: list[Awaitable[Any]] = [ask(number) for number in range(20)]
    await asyncio.gather(*waits)
    assert order == list(range(20))
