"""When may the next request go out, so that all of them together keep Discord's global limit?

Every request that counts asks here right before its first byte. Digests wait their turn (`wait`); what a member waits
for does not (`spend`): it is counted, and the digests after it wait the longer. The rate is the operator's upper bound
and is learned downwards: a global 429 lowers it, quiet times let it rise again. Limits of single routes are discord.py's
business, which reads them from the headers.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from collections.abc import Callable

__all__ = ["Budget"]

_CATCH_UP = 0.1  # seconds of the pace that may be made good after a late start of the loop
_LOWER, _RISE = 0.9, 1.02
_RISE_EVERY = 10.0
_LEAST = 1.0


class Budget:
    """Requests a second, for one process. `share` is this process's part of the bot's rate, between 0 and 1."""

    def __init__(self, rate: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = self._rate = rate
        self._clock = clock
        self._share = 1.0
        self._turn = asyncio.Lock()
        self._due = 0.0
        self._gone: deque[float] = deque()
        self._changed_at = clock()
        self.limited = 0
        """How often Discord said 429."""

    @property
    def rate(self) -> float:
        """Requests a second, now."""
        return max(self._rate * self._share, _LEAST)

    @property
    def used(self) -> float:
        """The part of the rate that was used in the last second, from 0 on."""
        self._forget(self._clock())
        return len(self._gone) / self.rate

    def divide(self, processes: int) -> None:
        """Share the bot's rate with as many processes as there are, this one included."""
        self._share = 1 / max(processes, 1)

    async def wait(self) -> None:
        """Wait for the turn of a request that can wait; first come, first served."""
        async with self._turn:
            while (pause := self._pause()) > 0:  # noqa: ASYNC110 - the pause is known, nobody could wake us earlier
                await asyncio.sleep(pause)
            self._note()

    def spend(self) -> None:
        """Count a request that does not wait."""
        self._note()

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
        # In any second hardly more than the rate, even when the loop stood still and then had much to make good.
        if len(self._gone) > math.ceil(self.rate):
            pause = max(pause, self._gone[0] + 1.0 - now)
        return pause

    def _note(self) -> None:
        now = self._clock()
        self._gone.append(now)
        self._due = max(self._due, now - _CATCH_UP) + 1 / self.rate

    def _forget(self, now: float) -> None:
        while self._gone and self._gone[0] <= now - 1.0:
            self._gone.popleft()

    def _recover(self, now: float) -> None:
        if self._rate < self._most and now - self._changed_at > _RISE_EVERY:
            self._rate = min(self._rate * _RISE, self._most)
            self._changed_at = now
