"""Two lanes for documents: a fast one, and a slow one for those that take too long there.

A document gets as long in the fast lane as is usual for its size, and less after others overran; one that takes longer
is stopped and may have its full deadline in the slow lane, so that a hundred hostile documents delay the others by
seconds and not by a hundred deadlines.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final, TypeVar

from bot.intake.worker_pool import DeadlineExceeded, DeadlineExecutor
from bot.settings import IntakeSettings

__all__ = ["Lanes", "Overran", "Patience"]

T = TypeVar("T")

_USUAL_SECONDS: Final = 1.0
"""Seconds that any document gets at first: fifty times what a page of news takes. Each overrun makes it less."""

_USUAL_SECONDS_PER_MEGABYTE: Final = 10.0
"""Seconds added for each megabyte: twice what the slowest texts take."""

_MIN_SECONDS: Final = 0.04
"""The least that a document gets, however many overran before it: four times what a page of news takes."""

_MIN_MULTIPLE: Final = 4.0
"""The least that a document gets, as a multiple of what others take on average."""

_FORGIVENESS: Final = 0.99
"""By how much each document that ends in time lessens the weight of those that overran."""

_AVERAGED: Final = 0.05
"""Weight of the newest document in the average time."""

_FIRST_BUDGET_SECONDS: Final = 10.0
"""Seconds that overrunning documents may take altogether, before any other was read."""

_BUDGET_SHARE: Final = 0.3
"""Seconds added to that budget for each second of successful work, so that good documents take at most twice as long."""


class Overran(Exception):
    """The work took too long for the fast lane; it may end in the slow one."""


class Patience:
    """Time limits of documents in the fast lane, derived from those before."""

    def __init__(self) -> None:
        self._overruns = self._average = 0.0
        self._budget = _FIRST_BUDGET_SECONDS

    def seconds(self, size: int) -> float:
        """Return how long a document of `size` bytes may take."""
        usual = _USUAL_SECONDS + _USUAL_SECONDS_PER_MEGABYTE * size / 1_000_000
        least = max(_MIN_SECONDS, _MIN_MULTIPLE * self._average)
        return max(least, min(usual / (1 + self._overruns) ** 2, self._budget))

    def note_finished(self, seconds: float) -> None:
        """Note that a document ended in time, after so many seconds of a processor's time."""
        self._overruns *= _FORGIVENESS
        self._average += _AVERAGED * (seconds - self._average)
        self._budget += _BUDGET_SHARE * seconds

    def note_overrun(self, seconds: float) -> None:
        """Note that a document was stopped after so many seconds."""
        self._overruns += 1
        self._budget -= seconds


class Lanes:
    """Runs work on documents in worker processes, in the fast lane or in the slow one."""

    def __init__(self, fast: DeadlineExecutor, slow: DeadlineExecutor, settings: IntakeSettings) -> None:
        self._fast, self._slow, self._settings = fast, slow, settings
        self.patience = Patience()

    @property
    def width(self) -> int:
        """The number of documents that the fast lane takes at once, now."""
        return self._fast.width

    async def run(self, size: int, fn: Callable[..., T], *args: Any) -> T:
        """Run work on a document of `size` bytes in the fast lane.

        Raises Overran; DeadlineExceeded when that was all the time that it may have; WorkerDied.
        """
        deadline = self._settings.parse_deadline(size)
        try:
            work = self._fast.submit_briefly(lambda: min(self.patience.seconds(size), deadline), fn, *args)
            return await asyncio.wrap_future(work)
        except DeadlineExceeded as error:
            self.patience.note_overrun(error.seconds)
            if error.seconds >= deadline:
                raise
            raise Overran from None

    async def run_to_deadline(self, size: int, fn: Callable[..., T], *args: Any, idle: bool = False) -> T:
        """Run work to its deadline in the slow lane, or in the fast one if that is `idle`.

        Raises DeadlineExceeded, WorkerDied.
        """
        executor = self._fast if idle else self._slow
        return await asyncio.wrap_future(executor.submit_within(self._settings.parse_deadline(size), fn, *args))

    async def run_anywhere(self, size: int, fn: Callable[..., T], *args: Any) -> T:
        """Run work in the fast lane and, if it overruns, in the slow one.

        Raises DeadlineExceeded, WorkerDied.
        """
        try:
            return await self.run(size, fn, *args)
        except Overran:
            return await self.run_to_deadline(size, fn, *args)
