"""The circuit breaker: an outage of Discord isn't blamed on single channels."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

__all__ = ["CircuitBreaker"]

_FAILURES_TO_OPEN: Final = 3
"""Failures in a row that open the breaker: one or two may be a single channel's or a single request's."""

_FIRST_PAUSE_SECONDS: Final = 0.5
"""Base of the pause before a probe; it doubles with each failed one."""

_LONGEST_PAUSE_SECONDS: Final = 30.0
"""Longest pause before a probe: digests go out within half a minute of Discord's return."""


class CircuitBreaker:
    """Counts failures in a row; open after a few of them, closed again by the next success.

    While it is open, one delivery at a time probes Discord after each pause.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._pause = _FIRST_PAUSE_SECONDS
        self._probe_at = 0.0

    @property
    def is_open(self) -> bool:
        """Return whether Discord as a whole seems to be away."""
        return self._failures >= _FAILURES_TO_OPEN

    @property
    def is_pausing(self) -> bool:
        """Return whether the breaker is open and the next probe isn't due yet."""
        return self.is_open and self._clock() < self._probe_at

    def record_success(self) -> None:
        """Close the breaker: Discord took a message."""
        self._failures, self._pause = 0, _FIRST_PAUSE_SECONDS

    def record_failure(self) -> None:
        """Count a server error, or a request without an answer."""
        self._failures += 1
        now = self._clock()
        if self.is_open and now >= self._probe_at:  # requests that were in flight together count once
            self._pause = min(2 * self._pause, _LONGEST_PAUSE_SECONDS)
            self._probe_at = now + self._pause
