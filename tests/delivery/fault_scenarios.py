"""What goes wrong while digests go out, and what has come of it when it is over?

`FAULTS` are the rows of the matrix. `suffer` lets one strike while three channels are due with digests of several
messages, waits until all is delivered or has a reason, and counts.
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

from bot.delivery.sender import DeliveryResult
from bot.delivery.worker import DeliveryWorker
from bot.newsroom.models import LatePolicy
from bot.store import deliveries, subscriptions
from bot.store.database import Store
from tests.delivery.delivery_fixture import EIGHT, FakeComposer, fast_settings, open_port, subscribe
from tests.double import Channel, Discord

__all__ = ["FAULTS", "DeliveryFault", "FaultOutcome", "run_fault"]

POSTING = "POST /channels/{channel_id}/messages"
_PATIENCE = 45


class OffsetClock:
    """A clock that goes on by itself and can be set."""

    def __init__(self) -> None:
        self.offset = EIGHT - datetime.now(UTC)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def jump(self, **by: float) -> None:
        self.offset += timedelta(**by)


@dataclass(slots=True)
class FaultScenario:
    """Where a fault strikes."""

    town: Discord
    store: Store
    clock: OffsetClock
    channels: list[Channel]
    ended: list[DeliveryResult] = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def hear(self, ended: DeliveryResult) -> None:
        """The courier's watcher."""
        async with self.news:
            self.ended.append(ended)
            self.news.notify_all()

    async def until(self, good: Callable[[], bool]) -> None:
        """Wait for what the courier reports."""
        async with self.news:
            await asyncio.wait_for(self.news.wait_for(good), _PATIENCE)

    async def put_off(self, times: int) -> None:
        """Wait until deliveries were put off so often."""
        await self.until(lambda: sum(bool(each.error) for each in self.ended) >= times)


Strike = Callable[[FaultScenario], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class DeliveryFault:
    """A row of the matrix. `strike` makes it happen and, when it doesn't pass by itself, makes it pass."""

    name: str
    strike: Strike
    options: dict[str, Any] = field(default_factory=dict)
    sqlite_only: bool = False
    couriers: int = 1
    ending: str = "sent"


@dataclass(slots=True)
class FaultOutcome:
    """What is there in the end: messages that should be in channels, are missing, are there twice; states with reasons."""

    expected: int = 0
    lost: int = 0
    twice: int = 0
    endings: Counter[str] = field(default_factory=Counter)


async def run_fault(fault: DeliveryFault, store: Store, town: Discord) -> FaultOutcome:
    """Let a fault strike, and count."""
    guild = town.guild("Harbour")
    town.nonce_lives = 0.0
    channels = [guild.add_channel(f"paper-{number}") for number in range(3)]
    await subscribe(store, [channel.id for channel in channels], **fault.options)
    scene = FaultScenario(town, store, OffsetClock(), channels)
    stop = asyncio.Event()
    async with open_port(town) as post:
        striking = asyncio.create_task(fault.strike(scene))
        await asyncio.sleep(0)
        runs = [
            asyncio.create_task(
                DeliveryWorker(
                    store,
                    FakeComposer(6, 150),
                    post,
                    fast_settings(),
                    scene.clock,
                    watcher=scene.hear,
                    first_backoff=0.1,
                    share=not store.is_sqlite,
                ).run(stop)
            )
            for _ in range(fault.couriers)
        ]
        try:
            await striking
            await asyncio.wait_for(_all_ended(scene), _PATIENCE)
        finally:
            stop.set()
            await asyncio.gather(*runs)
    return await _count(scene)


async def _all_ended(scene: FaultScenario) -> None:
    async with scene.news:
        while True:
            async with scene.store.reading() as conn:
                orders = await subscriptions.list_subscriptions(conn)
                found = [await deliveries.history(conn, each.id, 5) for each in orders]
                waits = await deliveries.oldest_due(conn, scene.clock())
            if all(found) and waits is None:
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(scene.news.wait(), 0.5)


async def _count(scene: FaultScenario) -> FaultOutcome:
    outcome = FaultOutcome()
    posted = sum(len(channel.messages) for channel in scene.channels)
    async with scene.store.reading() as conn:
        for number, channel in enumerate(scene.channels, 1):
            for delivery in await deliveries.history(conn, number, 5):
                outcome.endings[f"{delivery.state}" + (f" ({delivery.reason})" if delivery.reason else "")] += 1
                wanted = [message.marker for message in delivery.messages if delivery.state == "sent"]
                there = Counter(mark for message in channel.messages for mark in wanted if mark in message.text)
                outcome.expected += len(wanted)
                outcome.lost += sum(there[mark] == 0 for mark in wanted)
                outcome.twice += sum(max(there[mark] - 1, 0) for mark in wanted)
    outcome.twice += max(0, posted - outcome.expected - outcome.twice) if not outcome.endings["expired (late)"] else 0
    return outcome


# Faults of Discord


def _ordered(kind: str, **options: Any) -> Strike:
    async def strike(scene: FaultScenario) -> None:
        getattr(scene.town.faults, kind)(POSTING, **options)

    return strike


async def _hour_away(scene: FaultScenario) -> None:
    """503 to everything until an hour has passed."""
    scene.town.faults.fail(None, 503, times=1000)
    await scene.put_off(4)
    scene.clock.jump(hours=1)
    await scene.put_off(5)
    scene.town.faults.clear()


# Faults of the database


@contextmanager
def _pragma(store: Store, during: str, after: str) -> Iterator[None]:
    """A setting of all SQLite connections within the block, and another one after it."""
    setting = [during]

    def taken(connection: Any, _record: object, _proxy: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA {setting[0]}")
        cursor.close()

    event.listen(store._engine.sync_engine, "checkout", taken)
    try:
        yield
    finally:
        setting[0] = after


async def _full(scene: FaultScenario) -> None:
    async with scene.store.reading() as conn:
        pages = int((await conn.exec_driver_sql("PRAGMA page_count")).scalar_one())
    with _pragma(scene.store, f"max_page_count={pages}", "max_page_count=4294967294"):
        await asyncio.sleep(1)


async def _read_only(scene: FaultScenario) -> None:
    with _pragma(scene.store, "query_only=ON", "query_only=OFF"):
        await asyncio.sleep(1)


async def _locked(scene: FaultScenario) -> None:
    async with aiosqlite.connect(str(scene.store.path), isolation_level=None) as other:
        await other.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(1)
        await other.execute("ROLLBACK")


# Faults of time


def _jump(**by: float) -> Strike:
    async def strike(scene: FaultScenario) -> None:
        await scene.channels[0].wait_for(timeout=_PATIENCE)
        scene.clock.jump(**by)

    return strike


async def _nothing(scene: FaultScenario) -> None:
    """Two at once is fault enough."""


_PATIENT: dict[str, Any] = {"late_hours": 48}

FAULTS = (
    DeliveryFault("Discord answers 500", _ordered("fail", status=500)),
    DeliveryFault("Discord answers 502 as HTML", _ordered("fail", status=502)),
    DeliveryFault("Discord answers 503, three times", _ordered("fail", status=503, times=3, skip=1)),
    DeliveryFault("429 of the route", _ordered("limit", retry_after=0.3, times=2)),
    DeliveryFault("429, global", _ordered("limit", retry_after=0.3, everywhere=True, skip=1)),
    DeliveryFault("Discord is slow", _ordered("delay", seconds=0.7, times=3)),
    DeliveryFault("Discord accepts, and answers late", _ordered("delay_after", seconds=0.7, times=3)),
    DeliveryFault("the line breaks before Discord accepts", _ordered("drop", times=3, skip=1)),
    DeliveryFault("the line breaks after Discord accepted", _ordered("drop_after", times=3)),
    DeliveryFault("Discord is away for an hour", _hour_away, _PATIENT),
    DeliveryFault(
        "Discord is away for an hour, and late means skip",
        _hour_away,
        {"late": LatePolicy.SKIP},
        ending="expired (late-skipped)",
    ),
    DeliveryFault("the database is full", _full, sqlite_only=True),
    DeliveryFault("the database is read-only", _read_only, sqlite_only=True),
    DeliveryFault("the database is locked by another program", _locked, sqlite_only=True),
    DeliveryFault("the clock jumps an hour ahead", _jump(hours=1), _PATIENT),
    DeliveryFault("the clock jumps an hour back", _jump(hours=-1), _PATIENT),
    DeliveryFault("two processes on one database", _nothing, couriers=2),
)
