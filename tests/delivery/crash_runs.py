"""What does a channel hold after the courier was killed, again and again?

`Mortal` drives tests/delivery/crash_process.py. `shot` kills it at a point, or after some milliseconds, as often as told, and
lets it finish; then every message of every delivery has to be in its channel exactly once, in order.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from bot.store import deliveries
from bot.store.database import Store
from tests.delivery.delivery_fixture import EIGHT, subscribe
from tests.double import Channel, Discord

__all__ = [
    "CrashTally",
    "CrashingProcess",
    "FailoverResult",
    "add_subscribed_channels",
    "deliver_with_crashes",
    "run_failover",
]

_ROOT = Path(__file__).parents[2]


@dataclass(slots=True)
class CrashTally:
    """What was seen over all rounds."""

    kills: int = 0
    rounds: int = 0
    expected: int = 0
    lost: int = 0
    twice: int = 0
    disordered: int = 0
    where: Counter[str] = field(default_factory=Counter)


class CrashingProcess:
    """The process that forks couriers."""

    def __init__(self, process: asyncio.subprocess.Process, order: dict[str, Any]) -> None:
        self._process, self._order = process, order
        self.child = 0

    @classmethod
    @asynccontextmanager
    async def started(cls, town: Discord, database_url: str, **order: Any) -> AsyncIterator[CrashingProcess]:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.delivery.crash_process",
            "--quiet",
            cwd=_ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        common = {"database": database_url, "api_base": town.api_base, "token": town.token, "events": 6, "words": 150}
        try:
            yield cls(process, common | order)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            await process.wait()

    async def live(self, kill_after: float | None = None, **order: Any) -> int:
        """One life; the exit code, -9 when it was killed."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(self._order | order).encode() + b"\n")
        await self._process.stdin.drain()
        pid = self.child = int((await self._line())["pid"])
        if kill_after is not None:
            await asyncio.sleep(kill_after)
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return int((await self._line())["ended"])

    async def _line(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        return dict(json.loads(await self._process.stdout.readline()))


async def add_subscribed_channels(store: Store, town: Discord, channels: int, **values: Any) -> list[Channel]:
    """Channels with a subscription for every full hour."""
    guild = town.guild("Harbour")
    made = [guild.add_channel(f"paper-{number}") for number in range(channels)]
    hours = ",".join(f"{hour:02}:00" for hour in range(24))
    await subscribe(store, [channel.id for channel in made], at=hours, late_hours=48, **values)
    return made


async def deliver_with_crashes(
    mortal: CrashingProcess,
    store: Store,
    channels: Sequence[Channel],
    count: CrashTally,
    *,
    points: Sequence[str] = (),
    moments: Sequence[float] = (),
    mode: str = "deliver",
) -> bool:
    """A slot's delivery with a kill at each of `points`, then at each of `moments`; did every kill strike?

    Counts what the channels hold afterwards.
    """
    slot = EIGHT + timedelta(hours=count.rounds)
    count.rounds += 1
    struck = True
    plans: list[dict[str, Any]] = [{"crash_at": point} for point in points]
    plans += [{"kill_after": moment} for moment in moments]
    for plan in plans:
        ended = await mortal.live(slot=slot.isoformat(), mode=mode, **plan)
        if ended == -signal.SIGKILL:
            count.kills += 1
            count.where[plan["crash_at"].partition(" ")[0] if "crash_at" in plan else "any moment"] += 1
        else:
            assert ended == 0, ended
            struck = False
            break
    assert await mortal.live(slot=slot.isoformat(), mode=mode) == 0
    await _census(store, channels, slot, count)
    return struck


@dataclass(frozen=True, slots=True)
class FailoverResult:
    """Two processes on one database, of which one is killed: how fast they were, and how long nothing came."""

    count: CrashTally
    a_second: float
    gap: float


async def run_failover(
    town: Discord, store: Store, database_url: str, *, channels: int, lease: float, known: bool
) -> FailoverResult:
    """Start two couriers, kill one when a third of the channels has its digest, and wait for the other to finish.

    `known` lets the second one see that the first is dead; otherwise the first seems to live on another host, and its
    lease has to run out. The gap is the longest time without a message after the kill.
    """
    there = await add_subscribed_channels(store, town, channels)
    count = CrashTally(rounds=1)
    order: dict[str, Any] = {"slot": EIGHT.isoformat(), "mode": "run", "lease": lease}
    first = order if known else order | {"worker": "elsewhere/1/1/first"}
    async with (
        CrashingProcess.started(town, database_url, words=20) as one,
        CrashingProcess.started(town, database_url, words=20) as two,
    ):
        began = time.monotonic()
        lives = [asyncio.create_task(one.live(**first))]
        await _reached(there, 1)
        lives.append(asyncio.create_task(two.live(**order)))
        await _reached(there, channels // 3)
        os.kill(one.child, signal.SIGKILL)
        killed = time.time()
        count.kills += 1
        assert await lives[0] == -signal.SIGKILL
        assert await lives[1] == 0
        seconds = time.monotonic() - began
    await _census(store, there, EIGHT, count)
    times = sorted(message.at for channel in there for message in channel.messages)
    gaps = [later - earlier for earlier, later in pairwise(times) if later > killed]
    return FailoverResult(count, len(times) / seconds, max(gaps, default=0.0))


async def _reached(channels: Sequence[Channel], count: int) -> None:
    """Wait until so many channels have something."""
    while sum(bool(channel.messages) for channel in channels) < count:  # noqa: ASYNC110 - of any of them
        await asyncio.sleep(0.005)


async def _census(store: Store, channels: Sequence[Channel], slot: datetime, count: CrashTally) -> None:
    async with store.reading() as conn:
        for number, channel in enumerate(channels, 1):
            found = [each for each in await deliveries.history(conn, number, 50) if each.slot_at == slot]
            markers = [message.marker for each in found for message in each.messages]
            seen = [marker for posted in channel.messages for marker in markers if marker in posted.text]
            there = Counter(seen)
            if not markers or any(message.message_id is None for each in found for message in each.messages):
                count.lost += 1
            count.expected += len(markers)
            count.lost += sum(there[marker] == 0 for marker in markers)
            count.twice += sum(max(there[marker] - 1, 0) for marker in markers)
            count.disordered += seen != sorted(seen)
    posted = sum(len(channel.messages) for channel in channels)
    count.twice += max(0, posted - count.expected - count.twice)  # whatever nobody knows of is one too many
