"""The time for which files have been missing, whatever the clock is set to meanwhile.

Holds are stored by the clock's time, which any process can compare. A clock that is set forwards would end them at once.
So the seconds since the machine started are stored with the first hold, and where they tell that the clock was set, the
holds are moved along. After another start of the machine only the clock is left to go by.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import uuid4

from bot.store.database import StoreConnection
from bot.store.key_values import get_value, set_value

__all__ = ["HoldClock", "Uptime", "machine_uptime"]

_KEY: Final = "intake:hold-clock"
"""Key under which clock and uptime are stored, as a JSON object."""

_TOLERANCE: Final = timedelta(minutes=1)
"""Difference that isn't taken for a clock that was set: clocks are also adjusted little by little."""

_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")
_PROCESS_ID: Final = uuid4().hex
"""Stands for the machine's start where that has no name: the count then serves this process alone."""


@dataclass(frozen=True, slots=True)
class Uptime:
    """Seconds since the start of the machine that `boot` names."""

    boot: str
    seconds: float


def machine_uptime() -> Uptime:
    """Return this machine's uptime, with the time in which it slept if that is counted."""
    boot_clock = getattr(time, "CLOCK_BOOTTIME", None)
    if boot_clock is None:
        return Uptime(_PROCESS_ID, time.monotonic())
    try:
        boot = _BOOT_ID.read_text("ascii").strip()
    except OSError:
        boot = _PROCESS_ID
    return Uptime(boot, time.clock_gettime(boot_clock))


class HoldClock:
    """Tells how far the clock was set since holds began; `clock` is the machine's."""

    def __init__(self, clock: Callable[[], datetime], uptime: Callable[[], Uptime]) -> None:
        self._clock, self._uptime = clock, uptime

    async def start(self, conn: StoreConnection) -> None:
        """Count from now on: a first hold begins, or the others were moved along."""
        uptime, now = self._uptime(), self._clock()
        reading = {"boot": uptime.boot, "seconds": uptime.seconds, "clock": now.isoformat()}
        await set_value(conn, _KEY, json.dumps(reading), now)

    async def jump(self, conn: StoreConnection) -> timedelta:
        """Return by how much the clock was set forwards since `start`; 0 if that isn't known."""
        stored = json.loads(await get_value(conn, _KEY) or "{}")
        uptime, now = self._uptime(), self._clock()
        if stored.get("boot") != uptime.boot:
            return timedelta()
        by_clock = now - datetime.fromisoformat(stored["clock"])
        jump = by_clock - timedelta(seconds=uptime.seconds - stored["seconds"])
        return jump if jump > _TOLERANCE else timedelta()
