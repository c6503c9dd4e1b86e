"""Subscriptions: who gets a digest, where and when.

Every change renews the version, by which other processes notice it. A deleted subscription keeps its row, unlisted,
since its deliveries prevent a slot from being posted twice.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NotFound
from bot.newsroom.alerts import format_alerts, parse_alerts
from bot.newsroom.models import (
    DigestSize,
    DigestStyle,
    LatePolicy,
    Notification,
    PostMode,
    QuietPolicy,
    Rhythm,
    SectionOrder,
    Subscription,
    TalkMode,
)
from bot.newsroom.obstacles import Obstacle
from bot.store.key_values import get_value, set_value
from bot.store.schema import delivery, subscription
from bot.store.sql_helpers import MAX_ID, batches

__all__ = [
    "add_subscription",
    "erase_member",
    "find_subscription",
    "find_subscriptions",
    "get_version",
    "list_active_after",
    "list_alerting",
    "list_subscriptions",
    "pause_subscription",
    "remove_subscription",
    "restore_subscription",
    "resume_subscription",
    "update_subscription",
]

_VERSION = "subscriptions:version"

_STORED_LOOKS = {DigestStyle.FRONT: "components", DigestStyle.CARDS: "components"}
"""Looks that are stored under a name that earlier versions know; a front page has `sections` beside it."""


async def add_subscription(conn: AsyncConnection, new: Subscription) -> Subscription:
    """Store a subscription and return it with its new id."""
    statement = insert(subscription).values(**_values(new)).returning(subscription.c.id)
    number = int((await conn.execute(statement)).scalar_one())
    await _renew_version(conn, new.created_at)
    return replace(new, id=number)


async def find_subscription(conn: AsyncConnection, number: int) -> Subscription | None:
    """Return a subscription, or None when it doesn't exist or was deleted."""
    if not 0 < number <= MAX_ID:
        return None
    query = select(subscription).where(subscription.c.id == number, subscription.c.removed_at.is_(None))
    row = (await conn.execute(query)).first()
    return _subscription(row) if row is not None else None


async def find_subscriptions(conn: AsyncConnection, numbers: Iterable[int]) -> dict[int, Subscription]:
    """Return the existing ones of these subscriptions by id."""
    ids = sorted({number for number in numbers if 0 < number <= MAX_ID})
    by_id: dict[int, Subscription] = {}
    for batch in batches(ids):
        existing = subscription.c.id.in_(batch) & subscription.c.removed_at.is_(None)
        by_id |= {row.id: _subscription(row) for row in await conn.execute(select(subscription).where(existing))}
    return by_id


async def list_subscriptions(
    conn: AsyncConnection,
    *,
    guild_id: int | None = None,
    channel_id: int | None = None,
    member_id: int | None = None,
    active: bool = False,
) -> list[Subscription]:
    """Return the subscriptions of a server, a channel, a member, or all, by id.

    `active` leaves paused ones out. Served by the indexes on guild_id, channel_id and member_id.
    """
    query = select(subscription).where(subscription.c.removed_at.is_(None)).order_by(subscription.c.id)
    for column, value in (
        (subscription.c.guild_id, guild_id),
        (subscription.c.channel_id, channel_id),
        (subscription.c.member_id, member_id),
    ):
        if value is not None:
            query = query.where(column == value)
    if active:
        query = query.where(subscription.c.paused_at.is_(None))
    return [_subscription(row) for row in await conn.execute(query)]


async def list_active_after(conn: AsyncConnection, after: int, limit: int) -> list[Subscription]:
    """Return the first `limit` active subscriptions with an id above `after`.

    Served by the primary key.
    """
    active = subscription.c.removed_at.is_(None) & subscription.c.paused_at.is_(None)
    query = select(subscription).where(active, subscription.c.id > after).order_by(subscription.c.id).limit(limit)
    return [_subscription(row) for row in await conn.execute(query)]


async def list_alerting(conn: AsyncConnection) -> list[Subscription]:
    """Return the active subscriptions with alerts, by id.

    Reads the whole table: for when subscriptions have changed.
    """
    query = select(subscription).where(
        subscription.c.removed_at.is_(None), subscription.c.paused_at.is_(None), subscription.c.alerts.is_not(None)
    )
    return [_subscription(row) for row in await conn.execute(query.order_by(subscription.c.id))]


async def update_subscription(conn: AsyncConnection, changed: Subscription) -> None:
    """Store a subscription's new values under its id. Raises NotFound."""
    await _change(conn, changed.id, _values(changed), changed.created_at)


async def pause_subscription(conn: AsyncConnection, number: int, now: datetime, reason: Obstacle | None = None) -> None:
    """Pause a subscription: no more slots become due until it is resumed.

    The reason is shown to managers. Raises NotFound.
    """
    await _change(conn, number, {"paused_at": now, "pause_reason": reason and reason.encode()}, now)


async def resume_subscription(conn: AsyncConnection, number: int, now: datetime) -> None:
    """End a pause; slots later than `now` count again. Raises NotFound."""
    await _change(conn, number, {"paused_at": None, "pause_reason": None, "after": now}, now)


async def remove_subscription(conn: AsyncConnection, number: int, now: datetime) -> None:
    """Delete a subscription. Raises NotFound."""
    await _change(conn, number, {"removed_at": now}, now)


async def restore_subscription(
    conn: AsyncConnection, number: int, now: datetime, deleted_after: datetime
) -> Subscription | None:
    """Undo a deletion that was made after a moment; slots later than `now` count again.

    Returns None if it was deleted before, or wasn't deleted.
    """
    if not 0 < number <= MAX_ID:
        return None
    deleted = (subscription.c.id == number) & (subscription.c.removed_at > deleted_after)
    query = update(subscription).where(deleted).values(removed_at=None, after=now).returning(subscription)
    row = (await conn.execute(query)).first()
    if row is None:
        return None
    await _renew_version(conn, now)
    return _subscription(row)


async def get_version(conn: AsyncConnection) -> str:
    """Return a text that changes whenever any subscription does."""
    return await get_value(conn, _VERSION) or ""


async def _renew_version(conn: AsyncConnection, now: datetime) -> None:
    await set_value(conn, _VERSION, secrets.token_hex(8), now)


async def erase_member(conn: AsyncConnection, member_id: int, now: datetime) -> list[int]:
    """Delete a member's own digests and their deliveries; return the subscriptions' ids.

    Subscriptions that the member created for a server stay, without their name.
    """
    mine = select(subscription.c.id).where(subscription.c.member_id == member_id, subscription.c.guild_id.is_(None))
    numbers = sorted((await conn.execute(mine)).scalars())
    for batch in batches(numbers):
        await conn.execute(delete(delivery).where(delivery.c.subscription_id.in_(batch)))
        await conn.execute(delete(subscription).where(subscription.c.id.in_(batch)))
    await conn.execute(update(subscription).where(subscription.c.created_by == member_id).values(created_by=None))
    await _renew_version(conn, now)
    return numbers


async def _change(conn: AsyncConnection, number: int, values: dict[str, Any], now: datetime) -> None:
    changed = None
    if 0 < number <= MAX_ID:
        existing = (subscription.c.id == number) & subscription.c.removed_at.is_(None)
        query = update(subscription).where(existing).values(**values)
        changed = (await conn.execute(query.returning(subscription.c.id))).scalar()
    if changed is None:
        raise NotFound("subscription", number)
    await _renew_version(conn, now)


def _values(item: Subscription) -> dict[str, Any]:
    return {
        "channel_id": item.channel_id,
        "guild_id": item.guild_id,
        "member_id": item.member_id,
        "created_by": item.created_by,
        "times": ",".join(moment.isoformat("minutes") for moment in item.times),
        "days": "".join(map(str, item.days)),
        "timezone": item.timezone,
        "filter": item.filter,
        "language": item.language,
        "sentences": item.sentences,
        "most": item.limit,
        "engine": item.engine,
        "look": _STORED_LOOKS.get(item.look, item.look.value),
        "late": item.late.value,
        "late_hours": item.late_hours,
        "quiet": item.quiet.value,
        "created_at": item.created_at,
        "after": item.after,
        "paused_at": item.paused_at,
        "pause_reason": item.pause_reason and item.pause_reason.encode(),
        "sender_name": item.sender_name,
        "sender_avatar": item.sender_avatar,
        "posts": None if item.posts is PostMode.DIGEST else item.posts.value,
        "stories": ",".join(item.stories) or None,
        "alerts": None if item.alerts is None else format_alerts(item.alerts),
        "mention_role": item.mention_role,
        "notify": None if item.notify is Notification.NORMAL else item.notify.value,
        "talk": None if item.talk is TalkMode.NONE else item.talk.value,
        "every": None if item.every is Rhythm.DAY else item.every.value,
        "sections": item.sections.value if item.look is DigestStyle.FRONT else None,
        "size": None if item.size is DigestSize.NORMAL else item.size.value,
    }


def _subscription(row: Row[*tuple[Any, ...]]) -> Subscription:
    return Subscription(
        id=row.id,
        channel_id=row.channel_id,
        times=tuple(time.fromisoformat(moment) for moment in row.times.split(",")),
        timezone=row.timezone,
        created_at=row.created_at,
        after=row.after,
        guild_id=row.guild_id,
        member_id=row.member_id,
        created_by=row.created_by,
        days=tuple(map(int, row.days)),
        filter=row.filter,
        language=row.language,
        sentences=row.sentences,
        limit=row.most,
        engine=row.engine,
        look=DigestStyle.FRONT if row.sections else DigestStyle(row.look),
        late=LatePolicy(row.late),
        late_hours=row.late_hours,
        quiet=QuietPolicy(row.quiet),
        paused_at=row.paused_at,
        pause_reason=Obstacle.decode(row.pause_reason) if row.pause_reason else None,
        sender_name=row.sender_name,
        sender_avatar=row.sender_avatar,
        posts=PostMode(row.posts or PostMode.DIGEST),
        stories=tuple(row.stories.split(",")) if row.stories else (),
        alerts=parse_alerts(row.alerts or ""),
        mention_role=row.mention_role,
        notify=Notification(row.notify or Notification.NORMAL),
        talk=TalkMode(row.talk or TalkMode.NONE),
        every=Rhythm(row.every or Rhythm.DAY),
        sections=SectionOrder(row.sections or SectionOrder.TOPIC),
        size=DigestSize(row.size or DigestSize.NORMAL),
    )
