"""Files and digests over a real store, without Discord: what each slot of a subscription gets."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.newsroom.models import Subscription
from bot.newsroom.obstacles import DeliveryReason, Obstacle
from bot.services.digests import ComposedDigest, DigestService
from bot.services.event_assignment import assign_events
from bot.settings import DigestSettings, SummarySettings
from bot.store import deliveries, documents, story_rows, subscriptions
from bot.store.database import Store
from summarizers.events.features import story_features
from summarizers.types import Analysis
from tests.clock import ManualClock
from tests.store.factories import make_file_facts

__all__ = ["HOUR", "DigestScenario"]

HOUR = timedelta(hours=1)


class DigestScenario:
    """Stores files and delivers digests at the clock's time."""

    def __init__(self, store: Store, clock: ManualClock, settings: DigestSettings | None = None) -> None:
        self.store, self.clock = store, clock
        self.digests = DigestService(store, settings or DigestSettings(), SummarySettings(), clock)

    async def add_file(self, path: str, *analyses: Analysis, source: str | None = None) -> tuple[int, ...]:
        """Add or change a file; return its stories' ids."""
        async with self.store.writing() as conn:
            stored = await documents.store_document(
                conn,
                path,
                make_file_facts("\n\n".join(item.story.text for item in analyses)),
                list(analyses),
                now=self.clock(),
                origin=documents.Origin(source=source),
            )
            seen = dict(zip(stored.story_ids, analyses, strict=True))
            await assign_events(conn, [[(number, story_features(seen[number])) for number in stored.new]], self.clock())
        return stored.story_ids

    async def remove_file(self, path: str) -> None:
        """Remove a file."""
        async with self.store.writing() as conn:
            await documents.withdraw_document(conn, path, now=self.clock())

    async def event_ids(self, *story_ids: int) -> list[int]:
        """Return the events of stories."""
        async with self.store.reading() as conn:
            return [line.event_id for line in await story_rows.get_lines(conn, story_ids)]

    async def subscribe(self, **changes: object) -> Subscription:
        """Create a subscription, by default daily at noon UTC, created an hour ago."""
        made = self.clock() - HOUR
        wanted = Subscription(0, 7, (time(12),), "UTC", made, made, guild_id=1)
        async with self.store.writing() as conn:
            return await subscriptions.add_subscription(conn, replace(wanted, **changes))  # type: ignore[arg-type]

    async def deliver_slot(self, subscription: Subscription, at: datetime | None = None) -> ComposedDigest:
        """Compose the digest of a slot and record its delivery."""
        at = at or self.clock()
        composed = await self.digests.for_slot(subscription, at)
        async with self.store.writing() as conn:
            await deliveries.plan_deliveries(conn, [(subscription.id, subscription.channel_id, at)], at)
            (claimed,) = await deliveries.claim_due(conn, "test", at, limit=1, lease=HOUR)
            if composed.digest is None:
                await deliveries.skip(conn, claimed.id, "test", Obstacle(DeliveryReason.QUIET), at)
                return composed
            shown = [
                deliveries.DeliveredEvent(item.event_id, 0, item.story_ids, item.sentences, item.score)
                for item in composed.shown
            ]
            await deliveries.compose(conn, claimed.id, "test", [], shown, at)
            await deliveries.finish(conn, claimed.id, "test", at)
        return composed
