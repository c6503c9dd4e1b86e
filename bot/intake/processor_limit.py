"""Limits of work in processor time: a busy machine stops no work that only had to wait."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from bot.cluster.process_id import cpu_seconds

__all__ = ["MAX_WAIT_MULTIPLE", "ends_within"]

MAX_WAIT_MULTIPLE: Final = 20.0
"""By how much the clock's time may exceed the processor's time that work has: beyond it doesn't work, but waits."""

_MIN_WAIT_SECONDS: Final = 0.01
"""Seconds between two looks at a process's processor time, which is counted in hundredths."""


def ends_within(seconds: float, pid: int | None, wait: Callable[[float], bool]) -> bool:
    """Return True if a process ends its work within so many seconds of a processor's time.

    `wait` waits at most so many seconds for the end and returns whether it came. Where the system doesn't tell a process's
    time, the clock's counts.
    """
    used_before, left = cpu_seconds(pid), seconds
    give_up_at = time.monotonic() + MAX_WAIT_MULTIPLE * seconds
    while not wait(left):
        used = cpu_seconds(pid)
        if used is None or used_before is None or time.monotonic() >= give_up_at:
            return False
        left = seconds - (used - used_before)
        if left <= 0:
            return False
        left = max(left, _MIN_WAIT_SECONDS)
    return True
