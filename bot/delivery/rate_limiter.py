"""When may the next request go out, so that all of them together keep Discord's global limit?

Every request that counts asks here right before its first byte. Digests wait their turn (`wait`); what a member waits
for does not (`spend`): it is counted, and the digests after it wait the longer. When Discord counts a request lies
somewhere between its departure and its answer; so it fills its place until a second after the answer (`done`), and no
second at Discord can see more than the rate, however late bytes leave a busy machine. The rate is the operator's upper bound
and is learned downwards: a global 429 lowers it, quiet times let it rise again. Limits of single routes are discord.py's
business, which reads them from the headers.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from collections.abc import Callable

__all__ = ["RateLimiter"]

_CATCH_UP = 0.1  # seconds of the pace that may be made good after a late start of the loop
_LOWER, _RISE = 0.9, 1.02
_RISE_EVERY = 10.0
_LEAST = 1.0
_LONGEST_FLIGHT = 100.0
_GLANCE = 0.01


class RateLimiter:
    """Requests a second, for one process. `share` is this process's part of the bot's rate, between 0 and 1."""

    def __init__(self, rate: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = self._rate = rate
        self._clock = clock
        self._share = 1.0
        self._turn = asyncio.Lock()
        self._due = 0.0
        self._flying: dict[int, float] = {}
        self._landed: deque[float] = deque()
        self._number = 0
        self._changed_at = clock()
        self.limited = 0
        """How often Discord said 429."""

    @property
    def rate(self) -> float:
        """Requests a second, now."""
        return max(self._rate * self._share, _LEAST)

    @property
    def used(self) -> float:
        """The part of the rate that is taken now, from 0 on."""
        self._forget(self._clock())
        return self._taken / self.rate

    def divide(self, processes: int) -> None:
        """Share the bot's rate with as many processes as there are, this one included."""
        self._share = 1 / max(processes, 1)

    async def wait(self) -> int:
        """Wait for the turn of a request that can wait; first come, first served. Gives its number, for `done`."""
        async with self._turn:
            while (pause := self._pause()) > 0:  # noqa: ASYNC110 - the pause is known, nobody could wake us earlier
                await asyncio.sleep(pause)
            return self._depart()

    def spend(self) -> int:
        """Count a request that does not wait; its number, for `done`."""
        return self._depart()

    def done(self, number: int) -> None:
        """The request of that number was answered, or has failed."""
        if self._flying.pop(number, None) is not None:
            self._landed.append(self._clock())

    @property
    def _taken(self) -> int:
        return len(self._flying) + len(self._landed)

    def limited_until(self, seconds: float) -> None:
        """Discord refused a request by the global limit: hold for so long, and go slower from then on."""
        now = self._clock()
        self._due = max(self._due, now + seconds)
        if now - self._changed_at > 1:  # those that were on their way together count once
            self._rate = max(self._rate * _LOWER, _LEAST)
            self._changed_at = now

    def _pause(self) -> float:
        now = self._clock()
        self._recover(now)
        self._forget(now)
        pause = self._due - now
        if self._taken > math.ceil(self.rate):
            pause = max(pause, self._landed[0] + 1.0 - now if self._landed else _GLANCE)
        return pause

    def _depart(self) -> int:
        now = self._clock()
        self._number += 1
        self._flying[self._number] = now
        self._due = max(self._due, now - _CATCH_UP) + 1 / self.rate
        return self._number

    def _forget(self, now: float) -> None:
        while self._landed and self._landed[0] <= now - 1.0:
            self._landed.popleft()
        if self._flying and (oldest := next(iter(self._flying))) and self._flying[oldest] < now - _LONGEST_FLIGHT:
            del self._flying[oldest]  # nobody told of its end

    def _recover(self, now: float) -> None:
        if self._rate < self._most and now - self._changed_at > _RISE_EVERY:
            self._rate = min(self._rate * _RISE, self._most)
            self._changed_at = now
