"""Alerts: which events become breaking news of which subscriptions.

`decide` looks at the events that grew lately. An event that broke is decided once for each subscription, in the outbox:
it is posted, or there is a reason why it isn't, such as quiet hours. What isn't posted stays for the next digest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.newsroom.alerts import AlertReport, breaking_at, day_of, is_quiet
from bot.newsroom.audience import Audience
from bot.newsroom.filters import Filter
from bot.newsroom.lateness import ON_TIME
from bot.newsroom.models import AlertRules, Delivery, Event, Subscription
from bot.newsroom.obstacles import DeliveryReason, Obstacle
from bot.newsroom.reader_languages import readable_languages, reader_languages
from bot.newsroom.timezones import zone
from bot.services.digests import DigestedEvent, DigestService, without_muted
from bot.services.withholdings import release_due
from bot.store import alerts, events, members, story_rows, subscriptions
from bot.store.alerts import AlertDecision
from bot.store.database import Store, StoreConnection
from summarizers.events.novelty import sentence_hash

__all__ = ["AlertService", "ComposedAlert"]

log = structlog.get_logger()

_CLOCK_SKEW: Final = timedelta(minutes=1)
"""Time by which clocks of processes may differ, and by which a story's arrival may precede its commit."""

_Reports = dict[int, list[tuple[AlertReport, int | None]]]
"""Reports by event, each with the server that alone sees it."""


@dataclass(frozen=True, slots=True)
class ComposedAlert:
    """An event to be posted, and what delivery records of it; or an obstacle and no event."""

    event: Event | None
    shown: DigestedEvent | None = None
    obstacle: Obstacle | None = None


class AlertService:
    """Decides and composes alerts, for delivery.

    `clock` returns the present as an aware datetime in UTC.
    """

    def __init__(self, store: Store, digests: DigestService, clock: Callable[[], datetime]) -> None:
        self._store, self._digests, self._clock = store, digests, clock
        self._seen: tuple[object, ...] | None = None
        """Versions of news and subscriptions for which everything is decided."""
        self._subscriptions: tuple[str, list[Subscription]] | None = None
        """The subscriptions with alerts, and their version."""

    async def decide(self, now: datetime) -> int:
        """Decide events that broke lately; return how many alerts are to be posted.

        Does nothing while neither news nor subscriptions have changed. Raises StoreError.
        """
        async with self._store.reading() as conn:
            version = await subscriptions.get_version(conn)
            if self._subscriptions is None or self._subscriptions[0] != version:
                self._subscriptions = version, await subscriptions.list_alerting(conn)
            alerting = self._subscriptions[1]
            if not alerting:
                return 0
            seen = (version, await story_rows.content_version(conn))
            if seen == self._seen:
                return 0
            broken = await self._broken(conn, alerting, now)
        planned = await self._record(broken, now) if broken else 0
        self._seen = seen
        return planned

    async def compose(self, subscription: Subscription, delivery: Delivery) -> ComposedAlert:
        """Compose an alert, if the event still breaks and the channel hasn't got it meanwhile."""
        rules, number = subscription.alerts, delivery.alert_event_id
        if rules is None or number is None:
            return ComposedAlert(None, obstacle=Obstacle(DeliveryReason.NOT_BREAKING))
        now, audience = self._clock(), Audience(subscription.guild_id)
        await release_due(self._store, now)
        async with self._store.reading() as conn:
            found = await events.find_event(conn, number, audience)
            event_id = found.id if found is not None else number
            if await alerts.told_since(conn, subscription.channel_id, event_id, delivery.slot_at, but=delivery.id):
                return ComposedAlert(None, obstacle=Obstacle(DeliveryReason.ALREADY_TOLD))
            reports = (await alerts.read_alert_reports(conn, [event_id], audience)).get(event_id, [])
            ids = [each.story_id for each, _ in reports]
            query = await _visible(conn, subscription, now)
            accepted = await alerts.accepted_ids(
                conn, query, ids, now.astimezone(zone(subscription.timezone)), audience
            )
        matching = [each for each, _ in reports if each.story_id in accepted]
        if breaking_at(matching, rules.sources, readable_languages(subscription.stories, query)) is None:
            return ComposedAlert(None, obstacle=Obstacle(DeliveryReason.NOT_BREAKING))
        event = await self._digests.retell(
            ids,
            sentences=subscription.sentences,
            engine=subscription.engine,
            languages=reader_languages(subscription.language, query, subscription.stories),
            audience=audience,
        )
        if event is None:
            return ComposedAlert(None, obstacle=Obstacle(DeliveryReason.NOT_BREAKING))
        shown = DigestedEvent(
            event_id, tuple(ids), tuple(sentence_hash(each.text) for each in event.summary), event.score
        )
        return ComposedAlert(replace(event, id=event_id), shown)

    async def _broken(
        self, conn: StoreConnection, alerting: Sequence[Subscription], now: datetime
    ) -> list[tuple[Subscription, AlertDecision]]:
        """Return the events that broke lately for subscriptions and aren't decided for them."""
        since = now - ON_TIME - _CLOCK_SKEW
        least = min(rules.sources for each in alerting if (rules := each.alerts) is not None)
        growing = await alerts.growing_events(conn, since, least)
        reports: _Reports = await alerts.read_alert_reports(conn, growing) if growing else {}
        if not reports:
            return []
        decided = await alerts.decided_alerts(
            conn, {event_id: [each.story_id for each, _ in found] for event_id, found in reports.items()}
        )
        owners = {guild_id for found in reports.values() for _, guild_id in found if guild_id is not None}
        accepted: dict[tuple[str, int | None], set[int]] = {}
        broken: list[tuple[Subscription, AlertDecision]] = []
        for subscription in alerting:
            rules = subscription.alerts
            if rules is None:
                continue
            guild_id = subscription.guild_id if subscription.guild_id in owners else None
            query = await _visible(conn, subscription, now)
            key = (str(query), guild_id)
            if key not in accepted:
                ids = [each.story_id for found in reports.values() for each, _ in found]
                local = now.astimezone(zone(subscription.timezone))
                accepted[key] = await alerts.accepted_ids(conn, query, ids, local, Audience(guild_id))
            for event_id, found in reports.items():
                if (subscription.id, event_id) in decided.by_subscription:
                    continue
                matching = [each for each, _ in found if each.story_id in accepted[key]]
                at = breaking_at(matching, rules.sources, readable_languages(subscription.stories, query))
                if at is None or at <= since or at < subscription.after:
                    continue
                told = subscription.channel_id and (subscription.channel_id, event_id) in decided.by_channel
                obstacle = Obstacle(DeliveryReason.ALREADY_TOLD) if told else None
                broken.append(
                    (
                        subscription,
                        AlertDecision(subscription.id, subscription.channel_id, event_id, at, obstacle),
                    )
                )
        return sorted(broken, key=lambda pair: (pair[1].at, pair[0].id, pair[1].event_id))

    async def _record(self, broken: Sequence[tuple[Subscription, AlertDecision]], now: datetime) -> int:
        """Write decisions that no other process has written meanwhile."""
        planned = 0
        async with self._store.writing(durable=True) as conn:
            await alerts.lock_alerts(conn, now)
            stories = await alerts.read_alert_reports(conn, sorted({each.event_id for _, each in broken}))
            decided = await alerts.decided_alerts(
                conn, {event_id: [each.story_id for each, _ in found] for event_id, found in stories.items()}
            )
            channels = set(decided.by_channel)
            used: Counter[tuple[int, datetime]] = Counter()
            for subscription, decision in broken:
                rules = subscription.alerts
                if rules is None or (subscription.id, decision.event_id) in decided.by_subscription:
                    continue
                obstacle = decision.obstacle
                if obstacle is None and (decision.channel_id, decision.event_id) in channels:
                    obstacle = Obstacle(DeliveryReason.ALREADY_TOLD)
                begin, end = day_of(decision.at, subscription.timezone)
                obstacle = obstacle or _quiet(rules, subscription, decision.at, now)
                if obstacle is None:
                    day = (subscription.id, begin)
                    if day not in used:
                        used[day] = await alerts.count_alerts(conn, subscription.id, begin, end)
                    if used[day] >= rules.most:
                        obstacle = Obstacle(DeliveryReason.ALERT_LIMIT)
                    used[day] += obstacle is None
                await alerts.add_alert(
                    conn,
                    AlertDecision(subscription.id, decision.channel_id, decision.event_id, decision.at, obstacle),
                    now,
                )
                if obstacle is None:
                    planned += 1
                    if decision.channel_id:
                        channels.add((decision.channel_id, decision.event_id))
                log.info(
                    "alert.decided",
                    subscription=subscription.id,
                    event_id=decision.event_id,
                    obstacle=str(obstacle) if obstacle is not None else None,
                )
        return planned


def _quiet(rules: AlertRules, subscription: Subscription, at: datetime, now: datetime) -> Obstacle | None:
    """Return an obstacle if the event broke in quiet hours, or these have begun since."""
    if any(is_quiet(rules, moment, subscription.timezone) for moment in (at, now)):
        return Obstacle(DeliveryReason.QUIET_HOURS)
    return None


async def _visible(conn: StoreConnection, subscription: Subscription, now: datetime) -> Filter:
    """Return a subscription's filter, for a member's own digest without what the member muted."""
    query = Filter.parse(subscription.filter)
    if subscription.guild_id is None and subscription.member_id is not None:
        mutes = await members.list_mutes(conn, subscription.member_id, now)
        query = without_muted(query, [mute.filter for mute in mutes])
    return query
