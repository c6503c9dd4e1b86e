"""Runs in which delivery is killed again and again, and a count of messages afterwards.

`CrashingProcess` drives `tests.delivery.crash_process`. `deliver_with_crashes` kills it at points, or after some
milliseconds, as often as given, and lets it finish; then every message of every delivery has to be in its channel
exactly once, in order.
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
from itertools import cycle, pairwise
from pathlib import Path
from typing import Any

from bot.newsroom.models import DigestStyle
from bot.store import deliveries
from bot.store.database import Store
from tests.delivery.delivery_fixture import EIGHT, subscribe
from tests.double import Channel, Discord

__all__ = [
    "BROKE_BEFORE",
    "CrashTally",
    "CrashingProcess",
    "FailoverResult",
    "add_subscribed_channels",
    "deliver_with_crashes",
    "run_failover",
]

BROKE_BEFORE = timedelta(minutes=1)
"""How long before a slot an event breaks that is posted as an alert."""

_ROOT = Path(__file__).parents[2]


@dataclass(slots=True)
class CrashTally:
    """Kills, and messages expected, lost, posted twice or out of order, over all rounds.

    `alerts` counts those among the deliveries.
    """

    kills: int = 0
    rounds: int = 0
    expected: int = 0
    lost: int = 0
    twice: int = 0
    disordered: int = 0
    alerts: int = 0
    where: Counter[str] = field(default_factory=Counter)


class CrashingProcess:
    """The process that forks delivering children."""

    def __init__(self, process: asyncio.subprocess.Process, options: dict[str, Any]) -> None:
        self._process, self._options = process, options
        self.child = 0
        """Process id of the latest child."""

    @classmethod
    @asynccontextmanager
    async def started(cls, double: Discord, database_url: str, **options: Any) -> AsyncIterator[CrashingProcess]:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.delivery.crash_process",
            "--quiet",
            cwd=_ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        common = {"database": database_url, "api_base": double.api_base, "token": double.token}
        try:
            yield cls(process, common | {"events": 6, "words": 150} | options)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            await process.wait()

    async def run_once(self, kill_after: float | None = None, **options: Any) -> int:
        """Run a child, killed after `kill_after` seconds; return its exit code, -9 if killed."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(self._options | options).encode() + b"\n")
        await self._process.stdin.drain()
        pid = self.child = int((await self._read_line())["pid"])
        if kill_after is not None:
            await asyncio.sleep(kill_after)
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return int((await self._read_line())["ended"])

    async def _read_line(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        return dict(json.loads(await self._process.stdout.readline()))


async def add_subscribed_channels(store: Store, double: Discord, count: int, **values: Any) -> list[Channel]:
    """Add channels with a subscription for every full hour, in each look in turn, the front page first."""
    guild = double.guild("Harbour")
    channels = [guild.add_channel(f"paper-{number}") for number in range(count)]
    hours = ",".join(f"{hour:02}:00" for hour in range(24))
    for channel, look in zip(channels, cycle(DigestStyle), strict=False):
        await subscribe(store, [channel.id], at=hours, late_hours=48, **({"look": look} | values))
    return channels


async def deliver_with_crashes(
    process: CrashingProcess,
    store: Store,
    channels: Sequence[Channel],
    tally: CrashTally,
    *,
    points: Sequence[str] = (),
    moments: Sequence[float] = (),
    mode: str = "deliver",
) -> bool:
    """Deliver a slot with a kill at each of `points`, then after each of `moments`.

    Returns True if every kill struck. Adds what the channels hold afterwards to `tally`.
    """
    slot = EIGHT + timedelta(hours=tally.rounds)
    tally.rounds += 1
    struck = True
    kills: list[dict[str, Any]] = [{"crash_at": point} for point in points]
    kills += [{"kill_after": moment} for moment in moments]
    for kill in kills:
        ended = await process.run_once(slot=slot.isoformat(), mode=mode, **kill)
        if ended == -signal.SIGKILL:
            tally.kills += 1
            tally.where[kill["crash_at"].partition(" ")[0] if "crash_at" in kill else "any moment"] += 1
        else:
            assert ended == 0, ended
            struck = False
            break
    assert await process.run_once(slot=slot.isoformat(), mode=mode) == 0
    await _count_messages(store, channels, slot, tally)
    return struck


@dataclass(frozen=True, slots=True)
class FailoverResult:
    """Messages a second of two processes, and the longest silence after one is killed."""

    tally: CrashTally
    per_second: float
    longest_gap: float


async def run_failover(
    double: Discord, store: Store, database_url: str, *, channels: int, lease: float, seen_dead: bool
) -> FailoverResult:
    """Start two workers, kill one after a third of the digests, and let the other finish.

    With `seen_dead` the second one sees that the first is dead; otherwise the first seems to live on another host, and
    its lease has to expire. The gap is the longest time without a message after the kill.
    """
    subscribed = await add_subscribed_channels(store, double, channels)
    tally = CrashTally(rounds=1)
    options: dict[str, Any] = {"slot": EIGHT.isoformat(), "mode": "run", "lease": lease, "words": 20}
    first_options = options if seen_dead else options | {"holder": "elsewhere/1/1/first"}
    async with (
        CrashingProcess.started(double, database_url) as first,
        CrashingProcess.started(double, database_url) as second,
    ):
        began = time.monotonic()
        runs = [asyncio.create_task(first.run_once(**first_options))]
        await _wait_for_messages(subscribed, 1)
        runs.append(asyncio.create_task(second.run_once(**options)))
        await _wait_for_messages(subscribed, channels // 3)
        os.kill(first.child, signal.SIGKILL)
        killed_at = time.time()
        tally.kills += 1
        assert await runs[0] == -signal.SIGKILL
        assert await runs[1] == 0
        seconds = time.monotonic() - began
    await _count_messages(store, subscribed, EIGHT, tally)
    times = sorted(message.at for channel in subscribed for message in channel.messages)
    gaps = [later - earlier for earlier, later in pairwise(times) if later > killed_at]
    return FailoverResult(tally, len(times) / seconds, max(gaps, default=0.0))


async def _wait_for_messages(channels: Sequence[Channel], count: int) -> None:
    """Wait until `count` channels have a message."""
    while sum(bool(channel.messages) for channel in channels) < count:  # noqa: ASYNC110 - of any of them
        await asyncio.sleep(0.005)


async def _count_messages(store: Store, channels: Sequence[Channel], slot: datetime, tally: CrashTally) -> None:
    async with store.reading() as conn:
        for subscription_id, channel in enumerate(channels, 1):
            history = await deliveries.history(conn, subscription_id, 50)
            of_slot = [each for each in history if slot - BROKE_BEFORE <= each.slot_at <= slot]
            markers = [message.marker for each in of_slot for message in each.messages]
            seen = [marker for posted in channel.messages for marker in markers if marker in posted.traces]
            digests = [each for each in of_slot if each.alert_event_id is None]
            in_order = [marker for marker in seen if any(marker == m.marker for each in digests for m in each.messages)]
            counts = Counter(seen)
            if not markers or any(message.message_id is None for each in of_slot for message in each.messages):
                tally.lost += 1
            tally.expected += len(markers)
            tally.lost += sum(counts[marker] == 0 for marker in markers)
            tally.twice += sum(max(counts[marker] - 1, 0) for marker in markers)
            tally.disordered += in_order != sorted(in_order)
            tally.alerts += len(of_slot) - len(digests)
    posted = sum(len(channel.messages) for channel in channels)
    tally.twice += max(0, posted - tally.expected - tally.twice)  # a message without a known marker is one too many
