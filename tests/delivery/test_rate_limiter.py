"""No second exceeds the rate, members never wait, and a global 429 lowers the rate."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.rate_limiter import RateLimiter


class FakeTime:
    """Time that passes only while something sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += max(seconds, 1e-6)


@pytest.fixture
def fake_time(monkeypatch: pytest.MonkeyPatch) -> FakeTime:
    """The rate limiter's clock and sleep."""
    patched = FakeTime()
    monkeypatch.setattr("bot.delivery.rate_limiter.asyncio.sleep", patched.sleep)
    return patched


async def _departures(
    fake_time: FakeTime, limiter: RateLimiter, count: int, stall: Callable[[int], float] = lambda _: 0.0
) -> list[float]:
    departures = []
    for number in range(count):
        fake_time.now += stall(number)
        ticket = await limiter.acquire()
        departures.append(fake_time.now)
        limiter.release(ticket)
    return departures


def _most_in_a_second(departures: list[float]) -> int:
    return max(sum(start <= at < start + 1.0 for at in departures) for start in departures)


async def test_the_whole_rate_is_used_and_no_more(fake_time: FakeTime) -> None:
    departures = await _departures(fake_time, RateLimiter(48, clock=fake_time), 480)
    assert (len(departures) - 1) / (departures[-1] - departures[0]) > 47
    assert _most_in_a_second(departures) <= 49


async def test_after_a_stall_it_does_not_burst(fake_time: FakeTime) -> None:
    departures = await _departures(
        fake_time, RateLimiter(48, clock=fake_time), 300, lambda number: 0.4 if number % 50 == 25 else 0.0
    )
    assert _most_in_a_second(departures) <= 49


@settings(max_examples=50)
@given(st.lists(st.floats(0, 0.3), min_size=50, max_size=150), st.integers(5, 60))
def test_no_second_exceeds_the_rate_however_the_loop_stalls(stalls: list[float], rate: int) -> None:
    fake_time = FakeTime()
    limiter = RateLimiter(rate, clock=fake_time)

    async def run() -> list[float]:
        return await _departures(fake_time, limiter, len(stalls), lambda number: stalls[number])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.delivery.rate_limiter.asyncio.sleep", fake_time.sleep)
        assert _most_in_a_second(asyncio.run(run())) <= rate + 1


async def test_a_request_in_flight_keeps_its_place_until_a_second_after_its_answer(fake_time: FakeTime) -> None:
    """A busy machine sends late: Discord may count the first ten only when the last one is sent."""
    limiter = RateLimiter(10, clock=fake_time)
    tickets = [await limiter.acquire() for _ in range(11)]
    waiting = asyncio.create_task(limiter.acquire())
    for _ in range(300):
        await asyncio.sleep(0)
    assert not waiting.done()
    answered_at = fake_time.now
    for ticket in tickets:
        limiter.release(ticket)
    await waiting
    assert fake_time.now >= answered_at + 1.0


async def test_members_don_t_wait_but_digests_wait_for_them(fake_time: FakeTime) -> None:
    limiter = RateLimiter(10, clock=fake_time)
    await limiter.acquire()
    for _ in range(5):
        limiter.record()
    before = fake_time.now
    await limiter.acquire()
    assert fake_time.now - before >= 0.4


async def test_a_global_429_holds_everything_and_slows_for_a_while(fake_time: FakeTime) -> None:
    limiter = RateLimiter(40, clock=fake_time)
    fake_time.now += 5
    limiter.back_off(2.0)
    limiter.back_off(2.0)  # of a request in flight at the same time
    assert limiter.rate == pytest.approx(36)
    before = fake_time.now
    await limiter.acquire()
    assert fake_time.now - before >= 2.0
    for _ in range(40):
        fake_time.now += 11
        limiter.release(await limiter.acquire())
    assert limiter.rate == 40


async def test_processes_share_the_rate(fake_time: FakeTime) -> None:
    limiter = RateLimiter(48, clock=fake_time)
    limiter.share_between(4)
    assert limiter.rate == 12
    departures = await _departures(fake_time, limiter, 60)
    assert _most_in_a_second(departures) <= 13


async def test_first_come_first_served() -> None:
    limiter, order = RateLimiter(200), []

    async def ask(number: int) -> None:
        limiter.release(await limiter.acquire())
        order.append(number)

    waits: list[Awaitable[Any]] = [ask(number) for number in range(20)]
    await asyncio.gather(*waits)
    assert order == list(range(20))
