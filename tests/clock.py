"""A clock for tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.cluster.lease_clock import LeaseClock

__all__ = ["NOON", "ManualClock", "lease_clock"]

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""A Friday at noon: the time of tests that need no other."""


class ManualClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> datetime:
        """Move the clock on, or back, and return the time."""
        self.now += timedelta(**span)
        return self.now


def lease_clock(clock: Callable[[], datetime]) -> LeaseClock:
    """Make the clock of leases of one that only runs forwards: the seconds that pass are its own."""
    return LeaseClock(clock, by_server=False, elapsed=lambda: clock().timestamp())
