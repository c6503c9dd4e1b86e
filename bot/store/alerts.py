"""Alerts in the outbox: events that may break, and which of them were decided for whom.

An alert is a delivery with the number of its event. Its row is the decision, whatever became of it: an event is decided
once for a subscription, also under the number of an event that it was merged into or split from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import orjson
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.newsroom.alerts import AlertReport
from bot.newsroom.audience import OPERATOR, Audience
from bot.newsroom.filters import Filter
from bot.newsroom.models import DeliveryState
from bot.newsroom.obstacles import Obstacle
from bot.newsroom.search_terms import fold
from bot.store.audiences import visible_to
from bot.store.filters import accepting
from bot.store.key_values import set_value
from bot.store.schema import delivery, delivery_message, event, shown, shown_story, story, story_body
from bot.store.sql_helpers import batches
from summarizers.events.novelty import sentence_hash

__all__ = [
    "AlertDecision",
    "AlertMessage",
    "DecidedAlerts",
    "accepted_ids",
    "add_alert",
    "copy_decisions",
    "count_alerts",
    "decided_alerts",
    "growing_events",
    "lock_alerts",
    "posted_alerts",
    "read_alert_reports",
    "told_since",
]

_LOCK: Final = "alerts:decided_at"
"""Key whose row those who decide alerts lock, so that two processes don't exceed a day's number together."""

_MAX_REPORTS: Final = 200
"""Reports of one event that are read, the first ones: an event with more has broken long before."""

_AHEAD: Final = timedelta(minutes=15)
"""How much earlier than due digests an alert is claimed: it doesn't wait behind a full hour's, which may take as long."""

_TICK: Final = timedelta(microseconds=1)
"""Smallest difference of two times. Slots are whole minutes: one tick later an alert never takes a slot's place."""

_NOT_POSTED: Final = frozenset({DeliveryState.FAILED.value, DeliveryState.EXPIRED.value, DeliveryState.SKIPPED.value})


@dataclass(frozen=True, slots=True)
class AlertDecision:
    """An event that broke at `at` for a subscription; with an obstacle it isn't posted."""

    subscription_id: int
    channel_id: int
    event_id: int
    at: datetime
    obstacle: Obstacle | None = None


@dataclass(frozen=True, slots=True)
class DecidedAlerts:
    """Events that are decided: (subscription id, event id); and posted: (channel id, event id)."""

    by_subscription: frozenset[tuple[int, int]]
    by_channel: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class AlertMessage:
    """A posted alert: its event, the stories that it showed, and its first message."""

    event_id: int
    story_ids: tuple[int, ...]
    sent_at: datetime
    channel_id: int
    message_id: int


async def growing_events(conn: AsyncConnection, since: datetime, least: int) -> list[int]:
    """Return events with a story that arrived after `since` and with at least so many stories.

    Served by ix_story_arrived_at_id and the primary key of event.
    """
    query = (
        select(story.c.event_id)
        .join(event, event.c.id == story.c.event_id)
        .where(story.c.withdrawn_at.is_(None), story.c.arrived_at > since, event.c.stories >= least)
        .distinct()
    )
    return sorted((await conn.execute(query)).scalars())


async def read_alert_reports(
    conn: AsyncConnection, event_ids: Sequence[int], audience: Audience = OPERATOR
) -> dict[int, list[tuple[AlertReport, int | None]]]:
    """Return the first visible reports of events, each with the server that alone sees it.

    Served by ix_story_event_id and the primary keys.
    """
    place = func.row_number().over(partition_by=story.c.event_id, order_by=(story.c.arrived_at, story.c.id))
    found: dict[int, list[tuple[AlertReport, int | None]]] = defaultdict(list)
    for batch in batches(event_ids):
        first = (
            select(story.c.id, place.label("place")).where(story.c.event_id.in_(batch), visible_to(audience)).subquery()
        )
        query = (
            select(
                story.c.id,
                story.c.event_id,
                story.c.document_id,
                story.c.arrived_at,
                story.c.published_at,
                story.c.source,
                story.c.url,
                story.c.guild_id,
                story.c.language,
                story_body.c.body,
            )
            .join(first, first.c.id == story.c.id)
            .outerjoin(story_body, story_body.c.story_id == story.c.id)
            .where(first.c.place <= _MAX_REPORTS)
            .order_by(story.c.arrived_at, story.c.id)
        )
        for row in await conn.execute(query):
            body = orjson.loads(row.body) if row.body is not None else {}
            report = AlertReport(
                row.id,
                row.document_id,
                row.arrived_at,
                row.published_at,
                fold(row.source or "").strip(),
                row.url or "",
                fold(body.get("agency") or "").strip(),
                row.language,
                frozenset(map(sentence_hash, body.get("sentences", ()))),
            )
            found[row.event_id].append((report, row.guild_id))
    return found


async def accepted_ids(
    conn: AsyncConnection, query: Filter, story_ids: Iterable[int], now: datetime, audience: Audience
) -> set[int]:
    """Return those of the stories that a filter accepts and the audience may see."""
    source, accepts = await accepting(conn, query, now, audience)
    accepted: set[int] = set()
    for batch in batches(story_ids):
        statement = select(story.c.id).select_from(source).where(story.c.id.in_(batch), accepts)
        accepted.update((await conn.execute(statement)).scalars())
    return accepted


async def lock_alerts(conn: AsyncConnection, now: datetime) -> None:
    """Wait until no other transaction decides alerts; the lock is this transaction's."""
    await set_value(conn, _LOCK, now.isoformat(), now)


async def decided_alerts(conn: AsyncConnection, stories: Mapping[int, Collection[int]]) -> DecidedAlerts:
    """Return for whom events, given with their stories, are decided.

    An event is decided if it is under its own number, that of an event merged into it, or if a story that an alert
    showed is in it now. Served by the primary key and index of event, and by the indexes of delivery and shown_story.
    """
    by_subscription: set[tuple[int, int]] = set()
    by_channel: set[tuple[int, int]] = set()

    def add(subscription_id: int, channel_id: int, state: str, event_id: int) -> None:
        by_subscription.add((subscription_id, event_id))
        if state not in _NOT_POSTED and channel_id:  # direct messages that aren't open yet have no id
            by_channel.add((channel_id, event_id))

    columns = (delivery.c.subscription_id, delivery.c.channel_id, delivery.c.state)
    for batch in batches(sorted(stories)):
        own = select(*columns, delivery.c.alert_event_id).where(delivery.c.alert_event_id.in_(batch))
        merged = (
            select(*columns, event.c.merged_into)
            .join(event, event.c.id == delivery.c.alert_event_id)
            .where(event.c.merged_into.in_(batch))
        )
        for query in (own, merged):
            for subscription_id, channel_id, state, event_id in await conn.execute(query):
                add(subscription_id, channel_id, state, event_id)
    events = {story_id: event_id for event_id, ids in stories.items() for story_id in ids}
    for batch in batches(sorted(events)):
        query = (
            select(*columns, shown_story.c.story_id)
            .join(shown, shown.c.delivery_id == delivery.c.id)
            .join(shown_story, shown_story.c.shown_id == shown.c.id)
            .where(delivery.c.alert_event_id.is_not(None), shown_story.c.story_id.in_(batch))
        )
        for subscription_id, channel_id, state, story_id in await conn.execute(query):
            add(subscription_id, channel_id, state, events[story_id])
    return DecidedAlerts(frozenset(by_subscription), frozenset(by_channel))


async def count_alerts(conn: AsyncConnection, subscription_id: int, since: datetime, until: datetime) -> int:
    """Return how many alerts of a subscription are posted or about to be.

    Their events broke from `since` to before `until`. Served by the unique index of subscription and slot.
    """
    query = select(func.count()).where(
        delivery.c.subscription_id == subscription_id,
        delivery.c.slot_at >= since,
        delivery.c.slot_at < until,
        delivery.c.alert_event_id.is_not(None),
        delivery.c.state.not_in(sorted(_NOT_POSTED)),
    )
    return int((await conn.execute(query)).scalar_one())


async def add_alert(conn: AsyncConnection, decision: AlertDecision, now: datetime) -> None:
    """Record a decision: an alert to be posted at once, or why it isn't. Needs the lock."""
    await _insert(
        conn,
        decision.subscription_id,
        decision.channel_id,
        decision.event_id,
        decision.at,
        now,
        decision.obstacle,
    )


async def copy_decisions(
    conn: AsyncConnection, from_ids: Sequence[int], event_id: int, reason: Obstacle, now: datetime
) -> None:
    """Decide an event that was split from others as these are: it isn't an alert again."""
    query = (
        select(delivery.c.subscription_id, delivery.c.channel_id, func.min(delivery.c.slot_at))
        .join(event, event.c.id == delivery.c.alert_event_id)
        .where(func.coalesce(event.c.merged_into, event.c.id).in_(list(from_ids)))
        .where(delivery.c.alert_event_id.is_not(None))
        .group_by(delivery.c.subscription_id, delivery.c.channel_id)
    )
    decided: dict[int, tuple[int, datetime]] = {}
    for subscription_id, channel_id, at in await conn.execute(query):
        decided.setdefault(subscription_id, (channel_id, at))
    for subscription_id, (channel_id, at) in sorted(decided.items()):
        await _insert(conn, subscription_id, channel_id, event_id, at, now, reason)


async def _insert(
    conn: AsyncConnection,
    subscription_id: int,
    channel_id: int,
    event_id: int,
    at: datetime,
    now: datetime,
    obstacle: Obstacle | None,
) -> None:
    taken_from = select(func.max(delivery.c.slot_at)).where(
        delivery.c.subscription_id == subscription_id,
        delivery.c.slot_at >= at,
        delivery.c.slot_at < at + timedelta(seconds=1),
        delivery.c.alert_event_id.is_not(None),
    )
    taken: datetime | None = (await conn.execute(taken_from)).scalar()
    state = DeliveryState.PLANNED if obstacle is None else DeliveryState.SKIPPED
    await conn.execute(
        insert(delivery).values(
            subscription_id=subscription_id,
            channel_id=channel_id,
            alert_event_id=event_id,
            slot_at=max(at, taken or at) + _TICK,
            state=state.value,
            reason=obstacle.encode() if obstacle is not None else None,
            created_at=now,
            changed_at=now,
            next_try_at=at - _AHEAD,
        )
    )


async def told_since(conn: AsyncConnection, channel_id: int, event_id: int, since: datetime, *, but: int) -> bool:
    """Return whether a channel was shown an event since a moment, or ever as an alert.

    The delivery `but` doesn't count. Served by ix_shown_channel_id_event_id.
    """
    query = (
        select(shown.c.id)
        .join(delivery, delivery.c.id == shown.c.delivery_id)
        .where(shown.c.channel_id == channel_id, shown.c.event_id == event_id, shown.c.delivery_id != but)
        .where((shown.c.shown_at >= since) | delivery.c.alert_event_id.is_not(None))
    )
    return (await conn.execute(query.limit(1))).first() is not None


async def posted_alerts(
    conn: AsyncConnection, subscription_id: int, since: datetime, until: datetime
) -> list[AlertMessage]:
    """Return the posted alerts of a subscription, in order.

    Their events broke after `since` and not after `until`. Events of which nothing is shown any more, since it was struck, are left out. Served by the unique index of
    subscription and slot.
    """
    query = (
        select(
            shown.c.event_id,
            shown_story.c.story_id,
            delivery_message.c.sent_at,
            delivery.c.channel_id,
            delivery_message.c.message_id,
        )
        .select_from(delivery)
        .join(shown, shown.c.delivery_id == delivery.c.id)
        .join(shown_story, shown_story.c.shown_id == shown.c.id)
        .join(
            delivery_message,
            (delivery_message.c.delivery_id == delivery.c.id) & (delivery_message.c.ordinal == shown.c.ordinal),
        )
        .where(
            delivery.c.subscription_id == subscription_id,
            delivery.c.slot_at > since,
            delivery.c.slot_at <= until,
            delivery.c.alert_event_id.is_not(None),
            delivery_message.c.message_id.is_not(None),
            shown.c.struck_at.is_(None),
            shown_story.c.withheld_at.is_(None),
        )
        .order_by(delivery.c.slot_at, shown_story.c.story_id)
    )
    stories: dict[int, list[int]] = defaultdict(list)
    messages: dict[int, AlertMessage] = {}
    for row in await conn.execute(query):
        stories[row.message_id].append(row.story_id)
        messages[row.message_id] = AlertMessage(
            row.event_id, tuple(stories[row.message_id]), row.sent_at, row.channel_id, row.message_id
        )
    return list(messages.values())
