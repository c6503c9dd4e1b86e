"""The clock by which leases are granted, and by which a holder knows that its own lasts.

Hosts disagree about the time, and any clock can be set. On PostgreSQL leases run by the database server's clock, so that
a host whose clock jumps neither keeps a lease too long nor takes another's. On SQLite all processes are on one machine
and share its clock. What a process holds itself also ends after the lease's length by a count of seconds that nobody
can set.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store.database import StoreConnection
from bot.store.leases import server_time

__all__ = ["Grant", "LeaseClock"]


@dataclass(frozen=True, slots=True)
class Grant:
    """The end of what was granted, by the clock of leases and by `LeaseClock.elapsed`."""

    until: datetime
    elapsed_until: float


def _seconds_since_boot() -> float:
    """Return seconds since the start, with those in which the machine slept if they are counted."""
    boot_clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(boot_clock) if boot_clock is not None else time.monotonic()


class LeaseClock:
    """The time by which leases run.

    It is the database server's where `by_server`, else that of `machine`, this machine's clock. `elapsed` counts seconds on this machine, from any moment on, and is never set back.
    """

    def __init__(
        self,
        machine: Callable[[], datetime],
        *,
        by_server: bool,
        elapsed: Callable[[], float] = _seconds_since_boot,
    ) -> None:
        self._machine, self._by_server, self.elapsed = machine, by_server, elapsed

    async def now(self, conn: StoreConnection) -> datetime:
        """Return the present by which leases are granted and end."""
        return await server_time(conn) if self._by_server else self._machine()

    def lasts(self, grant: Grant) -> bool:
        """Return True while what was granted to this process has ended for nobody else."""
        if self.elapsed() >= grant.elapsed_until:
            return False
        return self._by_server or self._machine() < grant.until

    @staticmethod
    def grant(began: float, now: datetime, length: timedelta) -> Grant:
        """Return a grant for `length` from `now` on; `began` is `elapsed` before `now` was read."""
        return Grant(now + length, began + length.total_seconds())
