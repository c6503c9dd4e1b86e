"""The outbox: digests and alerts on their way to channels, and what each channel was shown.

A delivery is planned once per subscription and slot or breaking event (see alerts.py), composed (its messages stored) before the first request, and
claimed for a time by one worker. Only the claim's holder may change it, which every change checks, so that a worker
that was taken for dead can't overwrite its successor's work. A worker that finds `tried_at` on a message without
`message_id` looks for the message's marker in the channel before it sends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import (
    ColumnElement,
    FromClause,
    Row,
    Select,
    TextClause,
    and_,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.newsroom.models import Delivery, DeliveryMessage, DeliveryState
from bot.newsroom.obstacles import Obstacle
from bot.store.schema import (
    delivery,
    delivery_message,
    shown,
    shown_story,
    story,
    subscription,
    withheld_story,
    withholding,
)
from bot.store.sql_helpers import batches, upsert

__all__ = [
    "ClaimLost",
    "DeliveredEvent",
    "PostedEvent",
    "PostedMessage",
    "ShownEvent",
    "ShownEventMessage",
    "cap_claims",
    "change_channel",
    "claim_due",
    "clear_attempt",
    "compose",
    "count_by_state",
    "count_open",
    "count_recent",
    "count_sent",
    "count_slots",
    "events_of",
    "events_to_release",
    "events_to_restore",
    "events_to_strike",
    "events_to_withhold",
    "expire",
    "extend",
    "fail",
    "find_delivery",
    "finish",
    "history",
    "last_slot",
    "last_slots",
    "mark_attempted",
    "mark_sent",
    "newer_due",
    "next_attempt",
    "oldest_due",
    "oldest_unsent",
    "plan_deliveries",
    "posted_events",
    "posted_messages",
    "release_all",
    "release_one",
    "reset_composition",
    "retry",
    "save_correction",
    "shown_events",
    "skip",
    "tells_withheld",
]

_RECENT_ROWS = 200_000
"""Deliveries among which those of the last day are looked for: ten thousand subscriptions with twenty slots each."""

_PLANNED_AT_ONCE = 250
"""Slots per INSERT: building the rows of a full hour at once would block the event loop."""

_OPEN = (DeliveryState.PLANNED.value, DeliveryState.COMPOSED.value, DeliveryState.SENDING.value)


class ClaimLost(StoreError):
    """Another worker holds the delivery now, or it has ended."""

    def __init__(self, delivery_id: int) -> None:
        super().__init__(f"delivery {delivery_id} is no longer held by this worker", delivery=delivery_id)
        self.delivery_id = delivery_id


@dataclass(frozen=True, slots=True)
class DeliveredEvent:
    """An event in a delivery: its stories and the fingerprints of the sentences shown.

    `ordinal` is that of the message that shows it.
    """

    event_id: int
    ordinal: int = 0
    story_ids: tuple[int, ...] = ()
    sentences: tuple[str, ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """The stories and sentences of an event that a channel was shown so far, and when last."""

    event_id: int
    story_ids: frozenset[int]
    sentences: frozenset[str]
    last_at: datetime


@dataclass(frozen=True, slots=True)
class ShownEventMessage:
    """A sent message and an event in it, under the number that the message shows."""

    delivery_id: int
    ordinal: int
    channel_id: int
    message_id: int
    event_id: int


@dataclass(frozen=True, slots=True)
class PostedMessage:
    """A message of a delivery as it is now and as it was composed.

    `message_id` is None before it is sent.
    """

    ordinal: int
    message_id: int | None
    payload: str
    original: str


@dataclass(slots=True)
class PostedEvent:
    """An event under the number that the messages show, which begins in the message `ordinal`.

    `visible` and `withheld` are the stories shown of it that are so now; withdrawn ones are neither.
    """

    number: int
    ordinal: int
    struck: bool = False
    visible: set[int] = field(default_factory=set)
    withheld: set[int] = field(default_factory=set)


async def plan_deliveries(
    conn: AsyncConnection,
    slots: Iterable[tuple[int, int, datetime]],
    now: datetime,
    *,
    waits: Mapping[tuple[int, datetime], timedelta] | None = None,
    locals_: Mapping[tuple[int, datetime], str] | None = None,
) -> int:
    """Record slots, as (subscription id, channel id, time); return how many are new.

    Recording a slot again changes nothing, whoever does it. `waits` delay the claim of slots, by (subscription id,
    time), which orders those of the same moment. `locals_` are the slots' local times with their zone: one that was
    recorded under another UTC time, before the zone's rules changed, is not recorded again. Served by the unique
    indexes.
    """
    waits, locals_ = waits or {}, locals_ or {}
    query = upsert(conn, delivery).on_conflict_do_nothing().returning(delivery.c.id)
    made, coming = 0, list(slots)
    for batch in batches(coming, _PLANNED_AT_ONCE):
        rows = [
            {
                "subscription_id": subscription_id,
                "channel_id": channel_id,
                "slot_at": at,
                "slot_local": locals_.get((subscription_id, at)),
                "state": DeliveryState.PLANNED.value,
                "created_at": now,
                "changed_at": now,
                "next_try_at": at + waits.get((subscription_id, at), timedelta()),
            }
            for subscription_id, channel_id, at in batch
        ]
        # Given as parameters: a statement that has the rows in it takes nine times as long to put together.
        made += len((await conn.execute(query, rows)).all())
    return made


async def claim_due(
    conn: AsyncConnection,
    worker: str,
    now: datetime,
    *,
    limit: int,
    lease: timedelta,
    until: datetime | None = None,
    held_at: datetime | None = None,
) -> list[Delivery]:
    """Claim due deliveries that nobody holds, the longest due first, for the time of `lease`.

    Due are those to be tried by `until`, which is `now` unless given; claims begin and end by `held_at`, the present by
    the clock of leases, which is `now` unless given. Each goes to one worker only: on PostgreSQL rows that another
    worker is claiming are skipped (SKIP LOCKED), and SQLite has one writer at a time. Attempts count up. Served by
    ix_delivery_open_next_try_at.
    """
    held_at = now if held_at is None else held_at
    free = or_(delivery.c.held_until.is_(None), delivery.c.held_until <= held_at)
    due = (
        select(delivery.c.id)
        .where(_is_open(), delivery.c.next_try_at <= (now if until is None else until), free)
        .order_by(delivery.c.next_try_at, delivery.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = list((await conn.execute(due)).scalars())
    if not ids:
        return []
    await conn.execute(
        update(delivery)
        .where(delivery.c.id.in_(ids))
        .values(holder=worker, held_until=held_at + lease, attempts=delivery.c.attempts + 1, changed_at=now)
    )
    return await _deliveries(conn, delivery.c.id.in_(ids), delivery.c.next_try_at, delivery.c.id)


async def cap_claims(conn: AsyncConnection, now: datetime, longest: timedelta) -> int:
    """Shorten claims that end later than the longest one from now, and return how many.

    They were made before a clock was set back. Served by ix_delivery_open_next_try_at.
    """
    late = update(delivery).where(_is_open(), delivery.c.held_until > now + longest)
    return len((await conn.execute(late.values(held_until=now + longest).returning(delivery.c.id))).all())


async def extend(conn: AsyncConnection, worker: str, ids: Sequence[int], until: datetime) -> list[int]:
    """Extend the claims of deliveries; return those that the worker still holds."""
    query = (
        update(delivery)
        .where(delivery.c.id.in_(list(ids)), delivery.c.holder == worker, _is_open())
        .values(held_until=until)
        .returning(delivery.c.id)
    )
    return sorted((await conn.execute(query)).scalars())


async def compose(
    conn: AsyncConnection,
    delivery_id: int,
    worker: str,
    messages: Sequence[DeliveryMessage],
    events: Sequence[DeliveredEvent],
    now: datetime,
    *,
    trying: bool = False,
) -> None:
    """Store a delivery's messages, and what they show of which events, before anything is sent.

    From then on `shown_events` counts it for the channel. With `trying` the first message is sent at once, as after
    `mark_attempted`. Raises StoreError when the delivery was composed before, and ClaimLost.
    """
    state = DeliveryState.SENDING if trying else DeliveryState.COMPOSED
    channel = await _step(conn, delivery_id, worker, now, state, states=(DeliveryState.PLANNED.value,))
    if messages:
        first = messages[0].ordinal
        await conn.execute(
            insert(delivery_message),
            [
                {
                    "delivery_id": delivery_id,
                    "ordinal": message.ordinal,
                    "nonce": message.nonce,
                    "marker": message.marker,
                    "payload": message.payload,
                    "tried_at": now if trying and message.ordinal == first else None,
                }
                for message in messages
            ],
        )
    if not events:
        return
    rows = [
        {
            "channel_id": channel,
            "event_id": item.event_id,
            "delivery_id": delivery_id,
            "ordinal": item.ordinal,
            "sentences": orjson.dumps(item.sentences).decode(),
            "score": item.score,
            "shown_at": now,
            "posted_as": item.event_id,
        }
        for item in events
    ]
    query = insert(shown).returning(shown.c.id, sort_by_parameter_order=True)
    numbers = (await conn.execute(query, rows)).scalars().all()
    stories = [
        {"shown_id": number, "story_id": story_id}
        for number, item in zip(numbers, events, strict=True)
        for story_id in sorted(set(item.story_ids))
    ]
    if stories:
        await conn.execute(insert(shown_story), stories)


async def mark_attempted(conn: AsyncConnection, delivery_id: int, worker: str, ordinal: int, now: datetime) -> None:
    """Record that a message is being sent: to be committed (`durable`) before the request.

    Raises ClaimLost.
    """
    await _step(conn, delivery_id, worker, now, DeliveryState.SENDING)
    message = and_(delivery_message.c.delivery_id == delivery_id, delivery_message.c.ordinal == ordinal)
    await conn.execute(update(delivery_message).where(message).values(tried_at=now))


async def reset_composition(conn: AsyncConnection, delivery_id: int, worker: str, now: datetime) -> None:
    """Delete the messages of a delivery of which nothing was sent; the claim stays.

    Raises ClaimLost.
    """
    await _step(conn, delivery_id, worker, now, DeliveryState.PLANNED)
    await conn.execute(delete(delivery_message).where(delivery_message.c.delivery_id == delivery_id))
    await conn.execute(delete(shown).where(shown.c.delivery_id == delivery_id))


async def clear_attempt(conn: AsyncConnection, delivery_id: int, worker: str, ordinal: int, now: datetime) -> None:
    """Record that a message which was tried is not in the channel. Raises ClaimLost."""
    await _step(conn, delivery_id, worker, now, DeliveryState.SENDING)
    message = and_(delivery_message.c.delivery_id == delivery_id, delivery_message.c.ordinal == ordinal)
    await conn.execute(update(delivery_message).where(message).values(tried_at=None))


async def mark_sent(
    conn: AsyncConnection, delivery_id: int, worker: str, ordinal: int, message_id: int, now: datetime
) -> None:
    """Record the id that Discord gave to a message.

    Counts even when the claim was lost meanwhile.
    """
    await _note_sent(conn, delivery_id, ordinal, message_id, now)
    mine = and_(delivery.c.id == delivery_id, delivery.c.holder == worker)
    await conn.execute(update(delivery).where(mine).values(changed_at=now))


async def finish(
    conn: AsyncConnection, delivery_id: int, worker: str, now: datetime, *, last: tuple[int, int] | None = None
) -> None:
    """Record that all messages are in the channel.

    `last` is the ordinal and id of a message that was sent just now. Raises ClaimLost.
    """
    if last is not None:
        await _note_sent(conn, delivery_id, *last, now)
    await _step(conn, delivery_id, worker, now, DeliveryState.SENT)


async def retry(
    conn: AsyncConnection,
    delivery_id: int,
    worker: str,
    at: datetime,
    reason: Obstacle,
    now: datetime,
    *,
    counts: bool = True,
) -> None:
    """Release a delivery until `at`, with a reason for the history; its state stays.

    Without `counts` the attempt doesn't count: nothing was wrong with this delivery. Raises ClaimLost.
    """
    attempts = delivery.c.attempts - (0 if counts else 1)
    await _step(conn, delivery_id, worker, now, None, next_try_at=at, reason=reason.encode(), attempts=attempts)


async def release_one(conn: AsyncConnection, delivery_id: int, worker: str, now: datetime) -> None:
    """Release a delivery untried, for the next worker; the attempt doesn't count.

    Raises ClaimLost.
    """
    await _step(conn, delivery_id, worker, now, None, attempts=delivery.c.attempts - 1)


async def release_all(conn: AsyncConnection, worker: str) -> int:
    """Release everything that an ended or dead worker holds; return how many deliveries.

    Their attempts don't count. Served by ix_delivery_open_next_try_at.
    """
    mine = and_(_is_open(), delivery.c.holder == worker)
    values = {"holder": None, "held_until": None, "attempts": delivery.c.attempts - 1}
    return len((await conn.execute(update(delivery).where(mine).values(**values).returning(delivery.c.id))).all())


async def change_channel(conn: AsyncConnection, delivery_id: int, worker: str, channel_id: int, now: datetime) -> None:
    """Redirect a delivery that isn't composed yet to another channel. Raises ClaimLost."""
    planned = (DeliveryState.PLANNED.value,)
    await _step(conn, delivery_id, worker, now, DeliveryState.PLANNED, states=planned, channel_id=channel_id)


async def fail(conn: AsyncConnection, delivery_id: int, worker: str, reason: Obstacle, now: datetime) -> None:
    """Give up a delivery; what was not sent of it counts as not shown. Raises ClaimLost."""
    await _end(conn, delivery_id, worker, now, DeliveryState.FAILED, reason)


async def expire(conn: AsyncConnection, delivery_id: int, worker: str, reason: Obstacle, now: datetime) -> None:
    """Give up a delivery that is too late; what was not sent of it counts as not shown.

    Raises ClaimLost.
    """
    await _end(conn, delivery_id, worker, now, DeliveryState.EXPIRED, reason)


async def skip(conn: AsyncConnection, delivery_id: int, worker: str, reason: Obstacle, now: datetime) -> None:
    """Record that there is nothing to post for a slot, or that its policy forbids it.

    Raises ClaimLost.
    """
    await _end(conn, delivery_id, worker, now, DeliveryState.SKIPPED, reason)


async def find_delivery(conn: AsyncConnection, number: int) -> Delivery | None:
    """Return a delivery with its messages, or None."""
    matches = await _deliveries(conn, delivery.c.id == number)
    return matches[0] if matches else None


async def history(conn: AsyncConnection, subscription_id: int, limit: int = 20) -> list[Delivery]:
    """Return a subscription's deliveries with their messages, the newest slot first.

    Served by the unique index of subscription and slot.
    """
    own = select(delivery.c.id).where(delivery.c.subscription_id == subscription_id)
    newest = own.order_by(delivery.c.slot_at.desc()).limit(limit)
    ids = list((await conn.execute(newest)).scalars())
    return await _deliveries(conn, delivery.c.id.in_(ids), delivery.c.slot_at.desc())


async def last_slot(
    conn: AsyncConnection, subscription_id: int, *, sent: bool = False, before: datetime | None = None
) -> datetime | None:
    """Return the newest recorded slot of a subscription, or None.

    With `sent`, the newest whose digest was sent or had nothing to say; with `before`, of those before a moment. Served
    by the unique index of subscription and slot.
    """
    query = select(delivery.c.slot_at).where(delivery.c.subscription_id == subscription_id, _is_digest())
    if before is not None:
        query = query.where(delivery.c.slot_at < before)
    if sent:
        query = query.where(delivery.c.state.in_([DeliveryState.SENT.value, DeliveryState.SKIPPED.value]))
    # Read from the newest on, by the table's unique index: max() would read all that ever was.
    slot_at: datetime | None = (await conn.execute(query.order_by(delivery.c.slot_at.desc()).limit(1))).scalar()
    return slot_at


async def count_sent(conn: AsyncConnection, subscription_id: int, *, before: datetime) -> int:
    """Return how many digests of a subscription were sent for slots before a moment.

    Served by the unique index of subscription and slot; a daily digest has 365 rows a year.
    """
    query = select(func.count()).where(
        delivery.c.subscription_id == subscription_id,
        delivery.c.slot_at < before,
        delivery.c.state == DeliveryState.SENT.value,
        _is_digest(),
    )
    return int((await conn.execute(query)).scalar_one())


async def last_slots(conn: AsyncConnection, until: datetime) -> dict[int, datetime]:
    """Return the newest recorded slot, not later than `until`, of each active subscription.

    Subscriptions without a slot are left out. One look-up per subscription, by the unique index of subscription and
    slot.
    """
    newest = select(func.max(delivery.c.slot_at)).where(
        delivery.c.subscription_id == subscription.c.id, delivery.c.slot_at <= until, _is_digest()
    )
    active = and_(subscription.c.removed_at.is_(None), subscription.c.paused_at.is_(None))
    query = select(subscription.c.id, newest.scalar_subquery()).where(active)
    return {number: at for number, at in await conn.execute(query) if at is not None}


async def newer_due(conn: AsyncConnection, subscription_id: int, slot_at: datetime, until: datetime) -> bool:
    """Return whether a later slot of the subscription, up to `until`, is still open."""
    query = select(delivery.c.id).where(
        delivery.c.subscription_id == subscription_id,
        delivery.c.slot_at > slot_at,
        delivery.c.slot_at <= until,
        delivery.c.state.in_(_OPEN),
        _is_digest(),
    )
    return (await conn.execute(query.limit(1))).first() is not None


async def count_by_state(conn: AsyncConnection) -> dict[DeliveryState, int]:
    """Return the number of deliveries in each state. Reads the whole table: for statistics."""
    query = select(delivery.c.state, func.count()).group_by(delivery.c.state)
    counts = {DeliveryState(state): int(number) for state, number in await conn.execute(query)}
    return {state: counts.get(state, 0) for state in DeliveryState}


async def count_recent(conn: AsyncConnection, since: datetime) -> dict[DeliveryState, int]:
    """Return the number of deliveries in each state whose slot was at `since` or later.

    Counts among the newest rows only, which the primary key serves: a busy day has fewer.
    """
    newest = select(func.max(delivery.c.id)).scalar_subquery()
    recent = (delivery.c.id > newest - _RECENT_ROWS, delivery.c.slot_at >= since)
    query = select(delivery.c.state, func.count()).where(*recent).group_by(delivery.c.state)
    counts = {DeliveryState(state): int(number) for state, number in await conn.execute(query)}
    return {state: counts[state] for state in DeliveryState if state in counts}


async def count_slots(conn: AsyncConnection) -> dict[int, int]:
    """Return how many slots each subscription has had. Reads the whole table: for exports."""
    query = select(delivery.c.subscription_id, func.count()).where(_is_digest()).group_by(delivery.c.subscription_id)
    return {number: int(count) for number, count in await conn.execute(query)}


async def count_open(conn: AsyncConnection) -> dict[DeliveryState, int]:
    """Return the number of deliveries in each open state.

    Served by ix_delivery_open_next_try_at, so that ended deliveries cost nothing.
    """
    query = select(delivery.c.state, func.count()).where(_is_open()).group_by(delivery.c.state)
    counts = {DeliveryState(state): int(number) for state, number in await conn.execute(query)}
    return {state: counts.get(state, 0) for state in map(DeliveryState, _OPEN)}


async def next_attempt(conn: AsyncConnection, now: datetime) -> datetime | None:
    """Return when the next open delivery is to be tried that isn't due by `now`, or None.

    Served by ix_delivery_open_next_try_at.
    """
    query = select(delivery.c.next_try_at).where(_is_open(), delivery.c.next_try_at > now)
    found: datetime | None = (await conn.execute(query.order_by(delivery.c.next_try_at).limit(1))).scalar()
    return found


async def oldest_due(conn: AsyncConnection, now: datetime) -> datetime | None:
    """Return the earliest due slot that is not in a final state, or None."""
    query = select(delivery.c.slot_at).where(_is_open(), delivery.c.slot_at <= now)
    slot_at: datetime | None = (await conn.execute(query.order_by(delivery.c.slot_at).limit(1))).scalar()
    return slot_at


async def events_of(conn: AsyncConnection, delivery_id: int) -> dict[int, datetime]:
    """Return the events that a delivery shows, in their order, and when it was composed.

    Served by ix_shown_delivery_id.
    """
    query = select(shown.c.event_id, shown.c.shown_at).where(shown.c.delivery_id == delivery_id).order_by(shown.c.id)
    return {row.event_id: row.shown_at for row in await conn.execute(query)}


async def shown_events(
    conn: AsyncConnection,
    channel_id: int,
    *,
    event_ids: Sequence[int] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    subscription_id: int | None = None,
) -> dict[int, ShownEvent]:
    """Return what a channel was shown, or is about to be, by event.

    Events of which it sees nothing any more, since all that was shown of them is withheld, are left out. `event_ids`,
    `since`, `until` and `subscription_id` narrow it down. Served by ix_shown_channel_id_event_id.
    """
    query = (
        select(
            shown.c.id,
            shown.c.event_id,
            shown.c.sentences,
            shown.c.shown_at,
            shown_story.c.story_id,
            shown_story.c.withheld_at,
        )
        .outerjoin(shown_story, shown_story.c.shown_id == shown.c.id)
        .where(shown.c.channel_id == channel_id)
    )
    if since is not None:
        query = query.where(shown.c.shown_at >= since)
    if until is not None:
        query = query.where(shown.c.shown_at <= until)
    if subscription_id is not None:
        own = select(delivery.c.id).where(delivery.c.subscription_id == subscription_id)
        query = query.where(shown.c.delivery_id.in_(own))
    rows: list[Row[*tuple[Any, ...]]] = []
    if event_ids is None:
        rows = list((await conn.execute(query)).all())
    else:
        targets = list(event_ids)
        for batch in batches(targets):
            rows += (await conn.execute(query.where(shown.c.event_id.in_(batch)))).all()
    rows = await _without_withheld(conn, rows)
    story_ids: dict[int, set[int]] = defaultdict(set)
    sentences: dict[int, set[str]] = defaultdict(set)
    last: dict[int, datetime] = {}
    for row in rows:
        sentences[row.event_id].update(orjson.loads(row.sentences))
        if row.story_id is not None:
            story_ids[row.event_id].add(row.story_id)
        last[row.event_id] = max(last.get(row.event_id, row.shown_at), row.shown_at)
    return {
        number: ShownEvent(number, frozenset(story_ids[number]), frozenset(sentences[number]), at)
        for number, at in last.items()
    }


async def _without_withheld(
    conn: AsyncConnection, rows: Sequence[Row[*tuple[Any, ...]]]
) -> list[Row[*tuple[Any, ...]]]:
    """Drop the rows of `shown` whose stories were all taken out and are withheld still."""
    taken_out = {row.story_id for row in rows if row.withheld_at is not None}
    if not taken_out:
        return list(rows)
    withheld: set[int] = set()
    for batch in batches(sorted(taken_out)):
        query = _withheld_ids().where(withheld_story.c.story_id.in_(batch))
        withheld.update((await conn.execute(query)).scalars())
    left = {row.id for row in rows if row.story_id not in withheld}
    return [row for row in rows if row.id in left]


async def _note_sent(conn: AsyncConnection, delivery_id: int, ordinal: int, message_id: int, now: datetime) -> None:
    message = and_(delivery_message.c.delivery_id == delivery_id, delivery_message.c.ordinal == ordinal)
    await conn.execute(update(delivery_message).where(message).values(message_id=message_id, sent_at=now))


async def events_to_strike(
    conn: AsyncConnection, since: datetime, until: datetime, *, shown_since: datetime
) -> list[ShownEventMessage]:
    """Return messages with an event to strike: all its stories shown there are withdrawn.

    At least one story was withdrawn after `since` and not after `until`; only what was shown from `shown_since` on
    counts. The stories are those shown in the message, in whichever event they are now. By delivery and ordinal. Served
    by ix_story_withdrawn_at and the index of shown_story.
    """
    gone = text("story.withdrawn_at IS NOT NULL")  # as in the partial index
    lately = (
        select(shown_story.c.shown_id)
        .join(story, story.c.id == shown_story.c.story_id)
        .where(gone, story.c.withdrawn_at > since, story.c.withdrawn_at <= until)
    )
    query = _EVENT_MESSAGES.where(
        shown.c.id.in_(lately), shown.c.struck_at.is_(None), shown.c.shown_at >= shown_since, ~_has_visible_story()
    )
    return [ShownEventMessage(*row) for row in await conn.execute(query)]


async def events_to_restore(conn: AsyncConnection) -> list[ShownEventMessage]:
    """Return messages with a struck event of which a story came back.

    Served by ix_shown_struck_at.
    """
    struck = text("shown.struck_at IS NOT NULL")  # as in the partial index
    query = _EVENT_MESSAGES.where(struck, _has_visible_story())
    return [ShownEventMessage(*row) for row in await conn.execute(query)]


async def events_to_withhold(conn: AsyncConnection) -> list[ShownEventMessage]:
    """Return messages with an event of which they still tell a withheld story, however old.

    Served by ix_withholding_until and the index of shown_story.
    """
    told = select(shown_story.c.shown_id).where(
        shown_story.c.story_id.in_(_withheld_ids()), shown_story.c.withheld_at.is_(None)
    )
    query = _EVENT_MESSAGES.where(shown.c.id.in_(told))
    return [ShownEventMessage(*row) for row in await conn.execute(query)]


async def events_to_release(conn: AsyncConnection) -> list[ShownEventMessage]:
    """Return messages with an event from which a story was taken out that is withheld no longer.

    Served by ix_shown_story_withheld_at.
    """
    taken_out = text("shown_story.withheld_at IS NOT NULL")  # as in the partial index
    released = select(shown_story.c.shown_id).where(taken_out, ~_is_withheld())
    query = _EVENT_MESSAGES.where(shown.c.id.in_(released))
    return [ShownEventMessage(*row) for row in await conn.execute(query)]


async def tells_withheld(conn: AsyncConnection, delivery_id: int) -> bool:
    """Return whether a delivery's messages tell a story that is withheld.

    Served by ix_withholding_until, the index of withheld_story and that of shown.
    """
    query = select(shown_story.c.story_id).where(
        shown_story.c.shown_id.in_(select(shown.c.id).where(shown.c.delivery_id == delivery_id)),
        shown_story.c.story_id.in_(_withheld_ids()),
    )
    return (await conn.execute(query.limit(1))).first() is not None


async def posted_messages(conn: AsyncConnection, delivery_id: int) -> list[PostedMessage]:
    """Return a delivery's messages in order, as they are now and as they were composed."""
    query = (
        select(
            delivery_message.c.ordinal,
            delivery_message.c.message_id,
            delivery_message.c.payload,
            func.coalesce(delivery_message.c.original, delivery_message.c.payload),
        )
        .where(delivery_message.c.delivery_id == delivery_id)
        .order_by(delivery_message.c.ordinal)
    )
    return [PostedMessage(*row) for row in await conn.execute(query)]


async def posted_events(conn: AsyncConnection, delivery_id: int) -> list[PostedEvent]:
    """Return the events that a delivery's messages show, by their posted numbers.

    Served by ix_shown_delivery_id and the primary keys.
    """
    query = (
        select(
            _posted_as(shown).label("number"),
            shown.c.ordinal,
            shown.c.struck_at,
            shown_story.c.story_id,
            story.c.withdrawn_at.is_(None).label("visible"),
            _is_withheld().label("withheld"),
        )
        .select_from(shown)
        .outerjoin(shown_story, shown_story.c.shown_id == shown.c.id)
        .outerjoin(story, story.c.id == shown_story.c.story_id)
        .where(shown.c.delivery_id == delivery_id)
        .order_by(shown.c.id)
    )
    found: dict[int, PostedEvent] = {}
    for row in await conn.execute(query):
        event = found.setdefault(row.number, PostedEvent(row.number, row.ordinal))
        event.struck |= row.struck_at is not None
        if row.story_id is not None and row.withheld:
            event.withheld.add(row.story_id)
        elif row.story_id is not None and row.visible:
            event.visible.add(row.story_id)
    return list(found.values())


async def save_correction(
    conn: AsyncConnection,
    delivery_id: int,
    messages: Sequence[PostedMessage],
    events: Sequence[PostedEvent],
    now: datetime,
) -> None:
    """Store edited messages, and what of their events is struck or withheld."""
    for message in messages:
        here = and_(delivery_message.c.delivery_id == delivery_id, delivery_message.c.ordinal == message.ordinal)
        original = message.original if message.original != message.payload else None
        await conn.execute(update(delivery_message).where(here).values(payload=message.payload, original=original))
    for event in events:
        same = and_(shown.c.delivery_id == delivery_id, _posted_as(shown) == event.number)
        struck_at = func.coalesce(shown.c.struck_at, literal(now, shown.c.struck_at.type)) if event.struck else None
        await conn.execute(update(shown).where(same).values(struck_at=struck_at))
        within = shown_story.c.shown_id.in_(select(shown.c.id).where(same))
        withheld = shown_story.c.story_id.in_(sorted(event.withheld))
        newly = update(shown_story).where(within, withheld, shown_story.c.withheld_at.is_(None))
        await conn.execute(newly.values(withheld_at=now))
        await conn.execute(update(shown_story).where(within, ~withheld).values(withheld_at=None))


async def oldest_unsent(conn: AsyncConnection) -> datetime | None:
    """Return when the oldest digest was composed that isn't fully sent.

    Served by ix_delivery_open_next_try_at.
    """
    query = (
        select(func.min(shown.c.shown_at))
        .select_from(delivery.join(shown, shown.c.delivery_id == delivery.c.id))
        .where(_is_open())
    )
    found: datetime | None = (await conn.execute(query)).scalar()
    return found


def _has_visible_story() -> ColumnElement[bool]:
    """Return whether any story that a message shows of an event is visible.

    An event that was split has several rows, which together are what the message shows.
    """
    other, same = story.alias(), shown.alias()
    visible = (
        select(shown_story.c.story_id)
        .join(same, same.c.id == shown_story.c.shown_id)
        .join(other, other.c.id == shown_story.c.story_id)
        .where(
            same.c.delivery_id == shown.c.delivery_id,
            same.c.ordinal == shown.c.ordinal,
            _posted_as(same) == _posted_as(shown),
            other.c.withdrawn_at.is_(None),
        )
        .correlate(shown)
    )
    return visible.exists()


def _is_active() -> TextClause:
    return text("withholding.released_at IS NULL")  # spelt as in the partial index


def _withheld_ids() -> Select[int]:
    """SELECT the stories that are withheld, a short list. Served by ix_withholding_until."""
    active = select(withholding.c.id).where(_is_active())
    return select(withheld_story.c.story_id).where(withheld_story.c.withholding_id.in_(active))


def _is_withheld() -> ColumnElement[bool]:
    """Return whether an active withholding covers the story of a row of shown_story."""
    return exists(
        select(withheld_story.c.story_id)
        .join(withholding, withholding.c.id == withheld_story.c.withholding_id)
        .where(withheld_story.c.story_id == shown_story.c.story_id, _is_active())
        .correlate(shown_story)
    )


def _posted_as(table: FromClause) -> ColumnElement[int]:
    """The event number printed in a message; rows of version 0.1 have none of their own."""
    return func.coalesce(table.c.posted_as, table.c.event_id)


_EVENT_MESSAGES = (
    select(
        delivery_message.c.delivery_id,
        delivery_message.c.ordinal,
        shown.c.channel_id,
        delivery_message.c.message_id,
        _posted_as(shown),
    )
    .select_from(shown)
    .join(
        delivery_message,
        and_(delivery_message.c.delivery_id == shown.c.delivery_id, delivery_message.c.ordinal == shown.c.ordinal),
    )
    .where(delivery_message.c.message_id.is_not(None))
    .order_by(delivery_message.c.delivery_id, delivery_message.c.ordinal, _posted_as(shown))
    .distinct()
)


def _is_open() -> TextClause:
    # Spelt as in the partial index, without parameters, so that both databases see that it serves.
    return text("delivery.state IN ('planned','composed','sending')")


def _is_digest() -> ColumnElement[bool]:
    """Return whether a delivery is a slot's digest and no alert."""
    return delivery.c.alert_event_id.is_(None)


async def _step(
    conn: AsyncConnection,
    delivery_id: int,
    worker: str,
    now: datetime,
    state: DeliveryState | None,
    *,
    states: Sequence[str] = _OPEN,
    **values: Any,
) -> int:
    """Change a delivery that the worker holds, and return its channel.

    Without a state, or with a final one, the claim ends.
    """
    if state is not None:
        values["state"] = state.value
    if state is None or state.value not in _OPEN:
        values |= {"holder": None, "held_until": None}
    if state is DeliveryState.SENT:
        values |= {"reason": None}
    query = (
        update(delivery)
        .where(delivery.c.id == delivery_id, delivery.c.holder == worker, delivery.c.state.in_(states))
        .values(changed_at=now, **values)
        .returning(delivery.c.channel_id)
    )
    channel = (await conn.execute(query)).scalar()
    if channel is not None:
        return int(channel)
    if states is not _OPEN and await extend(conn, worker, [delivery_id], now):
        raise StoreError(f"delivery {delivery_id} is composed already", delivery=delivery_id)
    raise ClaimLost(delivery_id)


async def _end(
    conn: AsyncConnection, delivery_id: int, worker: str, now: datetime, state: DeliveryState, reason: Obstacle
) -> None:
    await _step(conn, delivery_id, worker, now, state, reason=reason.encode())
    out = select(delivery_message.c.ordinal).where(
        delivery_message.c.delivery_id == delivery_id,
        or_(delivery_message.c.message_id.is_not(None), delivery_message.c.tried_at.is_not(None)),
    )
    # A message that was tried may be in the channel: better to leave an event out than to post it twice.
    await conn.execute(delete(shown).where(shown.c.delivery_id == delivery_id, shown.c.ordinal.not_in(out)))


async def _deliveries(
    conn: AsyncConnection, condition: ColumnElement[bool], *order: ColumnElement[Any]
) -> list[Delivery]:
    rows = (await conn.execute(select(delivery).where(condition).order_by(*order))).all()
    messages: dict[int, list[DeliveryMessage]] = defaultdict(list)
    ids = [row.id for row in rows]
    for batch in batches(ids):
        query = select(delivery_message).where(delivery_message.c.delivery_id.in_(batch))
        for row in await conn.execute(query.order_by(delivery_message.c.delivery_id, delivery_message.c.ordinal)):
            messages[row.delivery_id].append(
                DeliveryMessage(row.ordinal, row.nonce, row.marker, row.payload, row.message_id, row.tried_at)
            )
    return [
        Delivery(
            id=row.id,
            subscription_id=row.subscription_id,
            channel_id=row.channel_id,
            slot_at=row.slot_at,
            state=DeliveryState(row.state),
            attempts=row.attempts,
            changed_at=row.changed_at,
            next_try_at=row.next_try_at,
            reason=Obstacle.decode(row.reason) if row.reason else None,
            messages=tuple(messages[row.id]),
            alert_event_id=row.alert_event_id,
        )
        for row in rows
    ]


async def delays(conn: AsyncConnection, since: datetime) -> tuple[list[timedelta], int]:
    """Return the delays of posted digests, and the number of those that were not posted.

    A delay is from the slot to the last message. Those of slots from a moment on; alerts, which have no slot, are left out.
    """
    outcomes = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.EXPIRED)
    query = select(delivery.c.slot_at, delivery.c.changed_at, delivery.c.state).where(
        delivery.c.slot_at >= since, delivery.c.alert_event_id.is_(None), delivery.c.state.in_(outcomes)
    )
    rows = (await conn.execute(query)).all()
    sent = [row.changed_at - row.slot_at for row in rows if row.state == DeliveryState.SENT]
    return sent, len(rows) - len(sent)
