"""Fixtures of delivery: digests of a set length, subscriptions, and workers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from typing import Any

from bot.delivery.message_port import MessagePort
from bot.delivery.messages import DigestComposer
from bot.delivery.rest import DiscordMessagePort, open_message_port
from bot.delivery.worker import DeliveryWorker
from bot.newsroom.models import Digest, Event, EventSentence, SourceRef, Subscription
from bot.services.digests import ComposedDigest, DigestedEvent
from bot.settings import DeliverySettings
from bot.store import subscriptions
from bot.store.database import Store
from tests.clock import lease_clock
from tests.double import Discord

__all__ = [
    "EIGHT",
    "FakeComposer",
    "fast_settings",
    "make_event",
    "make_worker",
    "open_port",
    "subscribe",
]

EIGHT = datetime(2026, 11, 20, 8, tzinfo=UTC)
"""The slot that subscriptions have unless a test gives them another one."""


class FakeComposer:
    """Composes digests of `events` events with `words` words each, and records its calls.

    With 0 events nothing is new.
    """

    def __init__(self, events: int = 2, words: int = 12) -> None:
        self.events, self.words = events, words
        self.calls: list[tuple[int, datetime]] = []
        self.error: Exception | None = None
        """Raised instead of composing, if set."""

    async def for_slot(self, subscription: Subscription, slot_at: datetime) -> ComposedDigest:
        self.calls.append((subscription.id, slot_at))
        if self.error is not None:
            raise self.error
        if not self.events:
            return ComposedDigest(None, "nothing new")
        events = tuple(make_event(number, self.words) for number in range(1, self.events + 1))
        digest = Digest(
            "News", slot_at - timedelta(days=1), slot_at, events, 0, subscription.filter, timezone=subscription.timezone
        )
        return ComposedDigest(
            digest, "", tuple(DigestedEvent(each.id, (each.id * 10,), (f"mark{each.id}",), 1.0) for each in events)
        )


def make_event(number: int, words: int = 12) -> Event:
    """Make an event whose summary is one sentence of `words` words."""
    ref = SourceRef(number * 10, f"paper-{number}.txt", 0)
    sentence = " ".join(f"word{number}" for _ in range(words)) + "."
    return Event(
        number,
        f"Headline {number}",
        None,
        "en",
        (EventSentence(sentence, 0, ref),),
        (),
        (),
        (ref,),
        EIGHT - timedelta(hours=3),
        EIGHT - timedelta(hours=2),
    )


async def subscribe(store: Store, channels: Iterable[int], *, at: str = "08:00", **values: Any) -> list[Subscription]:
    """Add a subscription for each channel, made the day before; in UTC unless given."""
    before = EIGHT - timedelta(days=1, minutes=1)
    options: dict[str, Any] = {"timezone": "UTC", "created_at": before, "after": EIGHT - timedelta(minutes=1)} | values
    times = tuple(time.fromisoformat(each) for each in at.split(","))
    made = []
    async with store.writing() as conn:
        for channel in channels:
            options.setdefault("guild_id", 5)
            made.append(await subscriptions.add_subscription(conn, Subscription(0, channel, times, **options)))
    return made


def fast_settings(**changes: Any) -> DeliverySettings:
    """Make settings for tests: a quick rate and a short lease."""
    return DeliverySettings(**({"tick_seconds": 0.05, "rate_per_second": 500, "lease_seconds": 2} | changes))


@asynccontextmanager
async def open_port(double: Discord) -> AsyncIterator[DiscordMessagePort]:
    """Open a message port to the double."""
    async with open_message_port(double.token, double.api_base) as port:
        yield port


def make_worker(
    store: Store, composer: DigestComposer, port: MessagePort, clock: Callable[[], datetime], **options: Any
) -> DeliveryWorker:
    """Make a worker with fast settings."""
    settings = options.pop("settings", fast_settings())
    return DeliveryWorker(store, composer, port, settings, clock, lease_clock(clock), **options)
