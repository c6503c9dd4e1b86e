"""A process that delivers and is killed.

It reads a line of JSON for each run and forks a child that delivers, in a fork so that a run costs milliseconds and not
the imports. `crash_at` names the point where the child kills itself (SIGKILL: no handler, no flush, no goodbye), as
"send:after 2" for the second time; without one it may be killed from outside at any moment. The points lie in wrappers
around store, port and composer, so that the program itself has none.
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
from bot.newsroom.models import DigestStyle, Subscription
from bot.observability.logs import configure_logging
from bot.services.alerts import AlertService
from bot.services.digests import ComposedDigest, DigestService
from bot.settings import DigestSettings, LogSettings, SummarySettings
from bot.store import deliveries, subscriptions
from bot.store.database import Store, StoreConnection
from tests.clock import lease_clock
from tests.delivery.delivery_fixture import FakeComposer, fast_settings

_RUN_SECONDS = 60
"""Seconds after which a run that hangs is given up."""


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
    async def writing(self, *, durable: bool = False, guarded: bool = True) -> AsyncIterator[StoreConnection]:
        async with super().writing(durable=durable, guarded=guarded) as conn:
            yield conn
            self.points.passed("commit:before")
        self.points.passed("commit:after")


class CrashingPort:
    """A port with points before and after each request; a `blind` one sees no history."""

    def __init__(self, port: MessagePort, points: CrashPoints, *, blind: bool) -> None:
        self._port, self._points, self._blind = port, points, blind

    async def send(self, channel_id: int, payload: Mapping[str, Any], nonce: str, still_held: StillHeld) -> int:
        self._points.passed("send:before")
        message_id = await self._port.send(channel_id, payload, nonce, still_held)
        self._points.passed("send:after")
        return message_id

    async def recent(self, channel_id: int, limit: int = 100, before: int | None = None) -> list[ChannelMessage]:
        self._points.passed("recent:before")
        messages = await self._port.recent(channel_id, limit, before)
        self._points.passed("recent:after")
        return [] if self._blind else messages

    async def has_messages(self, channel_id: int) -> bool:
        return await self._port.has_messages(channel_id)

    async def edit(
        self, channel_id: int, message_id: int, payload: Mapping[str, Any], *, post: int | None = None
    ) -> bool:
        return await self._port.edit(channel_id, message_id, payload, post=post)

    async def open_thread(self, channel_id: int, message_id: int, name: str) -> None:
        self._points.passed("thread:before")
        await self._port.open_thread(channel_id, message_id, name)
        self._points.passed("thread:after")

    async def rename_post(self, channel_id: int, message_id: int, name: str) -> None:
        await self._port.rename_post(channel_id, message_id, name)

    async def open_dm(self, member_id: int) -> int:
        return await self._port.open_dm(member_id)

    def supported_style(self, channel_id: int, style: DigestStyle) -> DigestStyle:
        return self._port.supported_style(channel_id, style)


class CrashingComposer(FakeComposer):
    """A composer with a point before and after composing."""

    points: CrashPoints

    async def for_slot(self, subscription: Subscription, slot_at: datetime) -> ComposedDigest:
        self.points.passed("compose:before")
        composed = await super().for_slot(subscription, slot_at)
        self.points.passed("compose:after")
        return composed


async def run_once(options: Mapping[str, Any]) -> None:
    """Deliver what is due at `slot`, by `gazette deliver` or by `gazette run`, and end."""
    points = CrashPoints(options.get("crash_at"))
    slot = datetime.fromisoformat(options["slot"])
    started = datetime.now(UTC)
    CrashingStore.points = CrashingComposer.points = points
    composer = CrashingComposer(options["events"], options["words"])
    settings = fast_settings(
        concurrency=options.get("concurrency", 4), tick_seconds=0.05, lease_seconds=options.get("lease", 5)
    )

    def clock() -> datetime:
        return slot + (datetime.now(UTC) - started)

    async with (
        CrashingStore.open(options["database"]) as store,
        open_message_port(options["token"], options["api_base"]) as port,
    ):
        stop = asyncio.Event()

        async def all_delivered() -> bool:
            async with store.reading() as conn:
                planned = await deliveries.last_slots(conn, slot)
                active = await subscriptions.list_subscriptions(conn, active=True)
                oldest_due = await deliveries.oldest_due(conn, slot)
            return oldest_due is None and all(planned.get(each.id) == slot for each in active)

        async def stop_when_delivered(_result: DeliveryResult) -> None:
            if await all_delivered():
                stop.set()

        crashing_port = CrashingPort(port, points, blind=options.get("blind", False))
        digests = DigestService(store, DigestSettings(), SummarySettings(), clock)
        worker = DeliveryWorker(
            store,
            composer,
            crashing_port,
            settings,
            clock,
            lease_clock(clock),
            alerts=AlertService(store, digests, clock),
            holder=options.get("holder"),
        )
        worker.add_listener(stop_when_delivered)
        if options["mode"] == "deliver":
            await worker.deliver_due(slot)
        elif not await all_delivered():
            await worker.run(stop)


def main() -> None:
    """Fork a child for each line; print its process id, then its exit code."""
    configure_logging(LogSettings(level="warning" if "--quiet" not in sys.argv else "error", form="json"))
    for line in sys.stdin:
        options = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                asyncio.run(asyncio.wait_for(run_once(options), _RUN_SECONDS))
            except BaseException as error:
                print(repr(error), file=sys.stderr, flush=True)
                os._exit(1)
            os._exit(0)
        print(json.dumps({"pid": child}), flush=True)
        _, status = os.waitpid(child, 0)
        print(json.dumps({"ended": os.waitstatus_to_exitcode(status)}), flush=True)


if __name__ == "__main__":
    main()
