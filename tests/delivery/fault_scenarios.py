"""Faults that strike while digests go out, and a count of what came of it.

`FAULTS` are the rows of the matrix. `run_fault` lets one strike while three channels are due with digests of several
messages, waits until all are delivered or have a reason, and counts.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiosqlite
from sqlalchemy import event

from bot.cluster.lease_clock import LeaseClock
from bot.delivery.message_port import MessagePort
from bot.delivery.sender import DeliveryResult
from bot.delivery.worker import DeliveryWorker
from bot.newsroom.models import LatePolicy
from bot.store import deliveries, subscriptions
from bot.store.database import Store
from tests.delivery.delivery_fixture import EIGHT, FakeComposer, fast_settings, open_port, subscribe
from tests.double import Channel, Discord

__all__ = ["FAULTS", "DeliveryFault", "FaultOutcome", "run_fault"]

POSTING = "POST /channels/{channel_id}/messages"
_WAIT_SECONDS = 45
"""Seconds after which a scenario that doesn't end is given up."""


class OffsetClock:
    """A clock that runs by itself and can be set."""

    def __init__(self) -> None:
        self.offset = EIGHT - datetime.now(UTC)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def jump(self, **by: float) -> None:
        self.offset += timedelta(**by)


@dataclass(slots=True)
class FaultScenario:
    """The setting in which a fault strikes."""

    double: Discord
    store: Store
    clock: OffsetClock
    channels: list[Channel]
    results: list[DeliveryResult] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def record(self, result: DeliveryResult) -> None:
        """Listen to the workers."""
        async with self.changed:
            self.results.append(result)
            self.changed.notify_all()

    async def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait until a worker's result makes the condition true."""
        async with self.changed:
            await asyncio.wait_for(self.changed.wait_for(condition), _WAIT_SECONDS)

    async def wait_for_failures(self, count: int) -> None:
        """Wait until `count` attempts have failed."""
        await self.wait_until(lambda: sum(bool(each.error) for each in self.results) >= count)


Strike = Callable[[FaultScenario], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class DeliveryFault:
    """A row of the matrix.

    `strike` makes it happen and, if it doesn't pass by itself, makes it pass.
    """

    name: str
    strike: Strike
    options: dict[str, Any] = field(default_factory=dict)
    sqlite_only: bool = False
    workers: int = 1
    ending: str = "sent"


@dataclass(slots=True)
class FaultOutcome:
    """Messages expected, lost or posted twice, and final states of deliveries with reasons."""

    expected: int = 0
    lost: int = 0
    twice: int = 0
    endings: Counter[str] = field(default_factory=Counter)


async def run_fault(fault: DeliveryFault, store: Store, double: Discord) -> FaultOutcome:
    """Let a fault strike, and count."""
    guild = double.guild("Harbour")
    double.nonce_lives = 0.0
    channels = [guild.add_channel(f"paper-{number}") for number in range(3)]
    await subscribe(store, [channel.id for channel in channels], **fault.options)
    scenario = FaultScenario(double, store, OffsetClock(), channels)
    stop = asyncio.Event()
    async with open_port(double) as port:
        striking = asyncio.create_task(fault.strike(scenario))
        await asyncio.sleep(0)
        runs = [asyncio.create_task(_make_worker(scenario, port).run(stop)) for _ in range(fault.workers)]
        try:
            await striking
            await asyncio.wait_for(_wait_until_all_ended(scenario), _WAIT_SECONDS)
        finally:
            stop.set()
            await asyncio.gather(*runs)
    return await _count(scenario)


def _make_worker(scenario: FaultScenario, port: MessagePort) -> DeliveryWorker:
    worker = DeliveryWorker(
        scenario.store,
        FakeComposer(6, 150),
        port,
        fast_settings(),
        scenario.clock,
        LeaseClock(scenario.clock, by_server=not scenario.store.is_sqlite),
        first_backoff_seconds=0.1,
    )
    worker.add_listener(scenario.record)
    return worker


async def _wait_until_all_ended(scenario: FaultScenario) -> None:
    async with scenario.changed:
        while True:
            async with scenario.store.reading() as conn:
                active = await subscriptions.list_subscriptions(conn)
                histories = [await deliveries.history(conn, each.id, 5) for each in active]
                oldest_due = await deliveries.oldest_due(conn, scenario.clock())
            if all(histories) and oldest_due is None:
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(scenario.changed.wait(), 0.5)


async def _count(scenario: FaultScenario) -> FaultOutcome:
    outcome = FaultOutcome()
    posted = sum(len(channel.messages) for channel in scenario.channels)
    async with scenario.store.reading() as conn:
        for subscription_id, channel in enumerate(scenario.channels, 1):
            for delivery in await deliveries.history(conn, subscription_id, 5):
                outcome.endings[f"{delivery.state}" + (f" ({delivery.reason})" if delivery.reason else "")] += 1
                markers = [message.marker for message in delivery.messages if delivery.state == "sent"]
                seen = Counter(marker for message in channel.messages for marker in markers if marker in message.traces)
                outcome.expected += len(markers)
                outcome.lost += sum(seen[marker] == 0 for marker in markers)
                outcome.twice += sum(max(seen[marker] - 1, 0) for marker in markers)
    outcome.twice += max(0, posted - outcome.expected - outcome.twice) if not outcome.endings["expired (late)"] else 0
    return outcome


# Faults of Discord


def _inject(kind: str, **options: Any) -> Strike:
    async def strike(scenario: FaultScenario) -> None:
        getattr(scenario.double.faults, kind)(POSTING, **options)

    return strike


async def _away_for_an_hour(scenario: FaultScenario) -> None:
    """Answer 503 to everything until an hour has passed."""
    scenario.double.faults.fail(None, 503, times=1000)
    await scenario.wait_for_failures(4)
    scenario.clock.jump(hours=1)
    await scenario.wait_for_failures(5)
    scenario.double.faults.clear()


# Faults of the database


@contextmanager
def _pragma(store: Store, during: str, after: str) -> Iterator[None]:
    """Apply a setting to all SQLite connections within the block, and another one after it."""
    setting = [during]

    def on_checkout(connection: Any, _record: object, _proxy: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA {setting[0]}")
        cursor.close()

    event.listen(store._engine.sync_engine, "checkout", on_checkout)
    try:
        yield
    finally:
        setting[0] = after


async def _full(scenario: FaultScenario) -> None:
    async with scenario.store.reading() as conn:
        pages = int((await conn.exec_driver_sql("PRAGMA page_count")).scalar_one())
    with _pragma(scenario.store, f"max_page_count={pages}", "max_page_count=4294967294"):
        await asyncio.sleep(1)


async def _read_only(scenario: FaultScenario) -> None:
    with _pragma(scenario.store, "query_only=ON", "query_only=OFF"):
        await asyncio.sleep(1)


async def _locked(scenario: FaultScenario) -> None:
    async with aiosqlite.connect(str(scenario.store.path), isolation_level=None) as other:
        await other.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(1)
        await other.execute("ROLLBACK")


# Faults of time


def _jump(**by: float) -> Strike:
    async def strike(scenario: FaultScenario) -> None:
        await scenario.channels[0].wait_for(timeout=_WAIT_SECONDS)
        scenario.clock.jump(**by)

    return strike


async def _nothing(scenario: FaultScenario) -> None:
    """Do nothing: two processes at once are the fault."""


_LATE_ALLOWED: dict[str, Any] = {"late_hours": 48}
"""Options of a subscription whose digest may be two days late."""

FAULTS = (
    DeliveryFault("Discord answers 500", _inject("fail", status=500)),
    DeliveryFault("Discord answers 502 as HTML", _inject("fail", status=502)),
    DeliveryFault("Discord answers 503, three times", _inject("fail", status=503, times=3, skip=1)),
    DeliveryFault("429 of the route", _inject("limit", retry_after=0.3, times=2)),
    DeliveryFault("429, global", _inject("limit", retry_after=0.3, everywhere=True, skip=1)),
    DeliveryFault("Discord is slow", _inject("delay", seconds=0.7, times=3)),
    DeliveryFault("Discord accepts, and answers late", _inject("delay_after", seconds=0.7, times=3)),
    DeliveryFault("the line breaks before Discord accepts", _inject("drop", times=3, skip=1)),
    DeliveryFault("the line breaks after Discord accepted", _inject("drop_after", times=3)),
    DeliveryFault("Discord is away for an hour", _away_for_an_hour, _LATE_ALLOWED),
    DeliveryFault(
        "Discord is away for an hour, and late means skip",
        _away_for_an_hour,
        {"late": LatePolicy.SKIP},
        ending="expired (late-skipped)",
    ),
    DeliveryFault("the database is full", _full, sqlite_only=True),
    DeliveryFault("the database is read-only", _read_only, sqlite_only=True),
    DeliveryFault("the database is locked by another program", _locked, sqlite_only=True),
    DeliveryFault("the clock jumps an hour ahead", _jump(hours=1), _LATE_ALLOWED),
    DeliveryFault("the clock jumps an hour back", _jump(hours=-1), _LATE_ALLOWED),
    DeliveryFault("two processes on one database", _nothing, workers=2),
)
