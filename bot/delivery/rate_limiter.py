"""The rate limiter: all requests together keep Discord's global limit.

Every request that counts asks here right before its first byte. Digests wait for their turn (`acquire`); a request that
a member waits for doesn't (`record`): it is counted, and digests after it wait longer. Discord counts a request
at some moment between its departure and its answer; so it fills its place until a second after the answer (`release`),
and no second at Discord can see more than the rate, however late bytes leave a busy machine. The rate is the operator's
upper bound and is learned downwards: a global 429 lowers it, quiet times let it rise again. Limits of single routes are
left to discord.py, which reads them from the headers.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from collections.abc import Callable
from typing import Final

__all__ = ["RateLimiter"]

_WINDOW_SECONDS: Final = 1.0
"""Discord's global limit is in requests a second."""

_CATCH_UP_SECONDS: Final = 0.1
"""Delay of the event loop that may be made good by a faster pace; more would be a burst."""

_DECREASE: Final = 0.9
"""Factor of the rate after a global 429."""

_INCREASE: Final = 1.02
"""Factor of the rate after a quiet period: up more slowly than down, as TCP does, so that it settles."""

_QUIET_SECONDS: Final = 10.0
"""Seconds without a global 429 after which the rate rises by one step."""

_LOWEST_RATE: Final = 1.0
"""Requests a second that are always allowed, so that delivery never stops altogether."""

_LONGEST_FLIGHT_SECONDS: Final = 100.0
"""Seconds after which a request without an answer frees its place; requests time out before (`rest`)."""

_RECHECK_SECONDS: Final = 0.01
"""Pause while all places are in flight, since nothing says when the first answer comes."""


class RateLimiter:
    """Requests a second for one process; at most `rate` of them."""

    def __init__(self, rate: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._highest = self._rate = rate
        self._clock = clock
        self._share = 1.0
        self._turn = asyncio.Lock()
        self._next_at = 0.0
        self._in_flight: dict[int, float] = {}
        self._answered: deque[float] = deque()
        self._last_ticket = 0
        self._changed_at = clock()
        self.rejections = 0
        """Answers 429 since the start."""

    @property
    def rate(self) -> float:
        """Requests a second that are allowed now."""
        return max(self._rate * self._share, _LOWEST_RATE)

    @property
    def utilization(self) -> float:
        """Part of the rate that is in use now, from 0 on."""
        self._free_places(self._clock())
        return self._places_taken / self.rate

    def share_between(self, processes: int) -> None:
        """Share the bot's rate between `processes`, this one included."""
        self._share = 1 / max(processes, 1)

    async def acquire(self) -> int:
        """Wait until a request may go out, in order of arrival; return its ticket, for `release`."""
        async with self._turn:
            while (pause := self._pause()) > 0:  # noqa: ASYNC110 - the pause is known, nobody could wake us earlier
                await asyncio.sleep(pause)
            return self._depart()

    def record(self) -> int:
        """Count a request that doesn't wait; return its ticket, for `release`."""
        return self._depart()

    def release(self, ticket: int) -> None:
        """Note that a request was answered, or has failed."""
        if self._in_flight.pop(ticket, None) is not None:
            self._answered.append(self._clock())

    def back_off(self, seconds: float) -> None:
        """Hold every request for so long and lower the rate: Discord's global limit refused one."""
        now = self._clock()
        self._next_at = max(self._next_at, now + seconds)
        if now - self._changed_at > _WINDOW_SECONDS:  # those that were in flight together count once
            self._rate = max(self._rate * _DECREASE, _LOWEST_RATE)
            self._changed_at = now

    @property
    def _places_taken(self) -> int:
        return len(self._in_flight) + len(self._answered)

    def _pause(self) -> float:
        """Return the seconds until a request may go out."""
        now = self._clock()
        self._recover(now)
        self._free_places(now)
        pause = self._next_at - now
        if self._places_taken > math.ceil(self.rate):
            first_free = self._answered[0] + _WINDOW_SECONDS - now if self._answered else _RECHECK_SECONDS
            pause = max(pause, first_free)
        return pause

    def _depart(self) -> int:
        now = self._clock()
        self._last_ticket += 1
        self._in_flight[self._last_ticket] = now
        self._next_at = max(self._next_at, now - _CATCH_UP_SECONDS) + 1 / self.rate
        return self._last_ticket

    def _free_places(self, now: float) -> None:
        while self._answered and self._answered[0] <= now - _WINDOW_SECONDS:
            self._answered.popleft()
        if self._in_flight:
            oldest = next(iter(self._in_flight))
            if self._in_flight[oldest] < now - _LONGEST_FLIGHT_SECONDS:
                del self._in_flight[oldest]

    def _recover(self, now: float) -> None:
        if self._rate < self._highest and now - self._changed_at > _QUIET_SECONDS:
            self._rate = min(self._rate * _INCREASE, self._highest)
            self._changed_at = now
