"""A courier to be killed.

Started as a process, it reads a line of JSON for each life and forks a child that delivers, in a fork so that a life
costs milliseconds and not the imports. `crash_at` names the point where the child kills itself (SIGKILL: no handler, no
flush, no goodbye), as "send:after 2" for the second time; without one somebody else may kill it at any moment. The
points lie in wrappers around the store, the post and the digests, so that the program itself has none.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import warnings
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from bot.delivery.rest import open_message_port
    from bot.delivery.worker import DeliveryWorker
from bot.delivery.message_port import ChannelMessage, MessagePort, StillHeld
from bot.delivery.sender import DeliveryResult
from bot.newsroom.models import Subscription
from bot.observability.logs import configure_logging
from bot.services.digests import ComposedDigest
from bot.settings import LogSettings
from bot.store import deliveries, subscriptions
from bot.store.database import Store, StoreConnection
from tests.delivery.delivery_fixture import FakeComposer, fast_settings

POINTS = (
    *("digests:before", "digests:after", "send:before", "send:after", "recent:before", "recent:after"),
    *("commit:before", "commit:after"),
)


class CrashPoints:
    """Counts how often each point is passed, and kills the process at one of them."""

    def __init__(self, crash_at: str | None) -> None:
        name, _, count = (crash_at or "").partition(" ")
        self._name, self._count = name, int(count or 1)
        self._passed: Counter[str] = Counter()

    def passed(self, name: str) -> None:
        self._passed[name] += 1
        if name == self._name and self._passed[name] == self._count:
            os.kill(os.getpid(), signal.SIGKILL)


class CrashingStore(Store):
    """A store with a point right before and right after each commit."""

    points: CrashPoints

    @asynccontextmanager
    async def writing(self, *, durable: bool = False) -> AsyncIterator[StoreConnection]:
        async with super().writing(durable=durable) as conn:
            yield conn
            self.points.passed("commit:before")
        self.points.passed("commit:after")


class CrashingPort:
    """A post with a point before a message goes out and after Discord took it; a `blind` one sees no history."""

    def __init__(self, post: MessagePort, points: CrashPoints, *, blind: bool) -> None:
        self._post, self._points, self._blind = post, points, blind

    async def send(self, channel_id: int, payload: Mapping[str, Any], nonce: str, still: StillHeld) -> int:
        self._points.passed("send:before")
        number = await self._post.send(channel_id, payload, nonce, still)
        self._points.passed("send:after")
        return number

    async def recent(self, channel_id: int, limit: int = 100, before: int | None = None) -> list[ChannelMessage]:
        self._points.passed("recent:before")
        found = await self._post.recent(channel_id, limit, before)
        self._points.passed("recent:after")
        return [] if self._blind else found

    async def has_messages(self, channel_id: int) -> bool:
        return await self._post.has_messages(channel_id)

    async def edit(self, channel_id: int, message_id: int, payload: Mapping[str, Any]) -> bool:
        return await self._post.edit(channel_id, message_id, payload)

    async def open_dm(self, member_id: int) -> int:
        return await self._post.open_dm(member_id)


class CrashingComposer(FakeComposer):
    """Digests with a point before and after composing."""

    points: CrashPoints

    async def for_slot(self, subscription: Subscription, slot_at: datetime) -> ComposedDigest:
        self.points.passed("digests:before")
        composed = await super().for_slot(subscription, slot_at)
        self.points.passed("digests:after")
        return composed


async def run_once(order: Mapping[str, Any]) -> None:
    """One life: deliver what is due at `slot`, by `gazette deliver` or by `gazette run`, and end."""
    points = CrashPoints(order.get("crash_at"))
    slot = datetime.fromisoformat(order["slot"])
    started = datetime.now(UTC)
    CrashingStore.points = CrashingComposer.points = points
    paper = CrashingComposer(order["events"], order["words"])
    settings = fast_settings(
        concurrency=order.get("concurrency", 4), tick_seconds=0.05, lease_seconds=order.get("lease", 5)
    )

    def clock() -> datetime:
        return slot + (datetime.now(UTC) - started)

    async with (
        CrashingStore.open(order["database"]) as store,
        open_message_port(order["token"], order["api_base"]) as post,
    ):
        stop = asyncio.Event()

        async def all_done() -> bool:
            async with store.reading() as conn:
                noted = await deliveries.last_slots(conn, slot)
                orders = await subscriptions.list_subscriptions(conn, active=True)
                open_one = await deliveries.oldest_due(conn, slot)
            return open_one is None and all(noted.get(each.id) == slot for each in orders)

        async def ends(_ended: DeliveryResult) -> None:
            if await all_done():
                stop.set()

        worker = order.get("worker")
        postman = CrashingPort(post, points, blind=order.get("blind", False))
        courier = DeliveryWorker(store, paper, postman, settings, clock, watcher=ends, worker=worker)
        if order["mode"] == "deliver":
            await courier.deliver(slot)
        elif not await all_done():
            await courier.run(stop)


def main() -> None:
    """Fork a child for each line; tell its number, then how it ended."""
    configure_logging(LogSettings(level="warning" if "--quiet" not in sys.argv else "error", form="json"))
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                asyncio.run(asyncio.wait_for(run_once(order), 60))
            except BaseException as error:
                print(repr(error), file=sys.stderr, flush=True)
                os._exit(1)
            os._exit(0)
        print(json.dumps({"pid": child}), flush=True)
        _, status = os.waitpid(child, 0)
        print(json.dumps({"ended": os.waitstatus_to_exitcode(status)}), flush=True)


if __name__ == "__main__":
    main()
