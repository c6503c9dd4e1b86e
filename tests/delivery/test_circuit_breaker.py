"""The breaker opens after failures in a row, lets one probe through after each pause, and closes on success."""

from __future__ import annotations

from bot.delivery.circuit_breaker import CircuitBreaker


class FakeMonotonic:
    """A monotonic clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def open_breaker(clock: FakeMonotonic) -> CircuitBreaker:
    breaker = CircuitBreaker(clock)
    for _ in range(3):
        breaker.record_failure()
    return breaker


def test_single_failures_do_not_open_it() -> None:
    breaker = CircuitBreaker(FakeMonotonic())
    for _ in range(5):
        breaker.record_failure()
        breaker.record_failure()
        assert not breaker.is_open
        breaker.record_success()


def test_failures_in_a_row_open_it_until_the_next_success() -> None:
    breaker = open_breaker(FakeMonotonic())
    assert (breaker.is_open, breaker.is_pausing) == (True, True)
    breaker.record_success()
    assert (breaker.is_open, breaker.is_pausing) == (False, False)


def test_a_probe_is_due_after_a_pause_that_grows_to_half_a_minute() -> None:
    clock = FakeMonotonic()
    breaker = open_breaker(clock)
    pauses = []
    for _ in range(8):
        began = clock.now
        while breaker.is_pausing:
            clock.now += 0.5
        pauses.append(clock.now - began)
        breaker.record_failure()  # the probe
    assert pauses == [1, 2, 4, 8, 16, 30, 30, 30]


def test_failures_in_flight_together_count_as_one_probe() -> None:
    clock = FakeMonotonic()
    breaker = open_breaker(clock)
    for _ in range(60):
        breaker.record_failure()
    clock.now += 1
    assert not breaker.is_pausing


def test_a_success_resets_the_pause() -> None:
    clock = FakeMonotonic()
    breaker = open_breaker(clock)
    clock.now += 1
    breaker.record_failure()
    breaker.record_success()
    for _ in range(3):
        breaker.record_failure()
    clock.now += 2
    assert not breaker.is_pausing
