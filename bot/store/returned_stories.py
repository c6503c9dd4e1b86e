"""Stories that were hidden for a time and came back, and the digests that missed them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.newsroom.audience import PUBLIC, Audience
from bot.newsroom.filters import Filter
from bot.newsroom.models import DeliveryState
from bot.store.events import EventReports, get_reports
from bot.store.filters import accepting, readable_in
from bot.store.schema import delivery, story

__all__ = ["missed_events"]


async def missed_events(
    conn: AsyncConnection,
    wanted: Filter,
    *,
    subscription_id: int | None = None,
    arrived_after: datetime,
    since: datetime,
    until: datetime,
    now: datetime,
    limit: int,
    audience: Audience = PUBLIC,
    languages: Sequence[str] = (),
) -> list[EventReports]:
    """Return the audience's events that came back and that no earlier slot could show.

    The slots are those of the subscription. They came back after `since` and not after `until`, arrived after `arrived_after`, and were hidden at each slot that
    followed their arrival; without a subscription, at `since`. With `languages`, they
    have a report in one of them. At most `limit` events, those with the newest stories first, each with all its stories that
    had arrived by `until`. Served by ix_story_returned_at and the unique index of delivery.
    """
    came_back = and_(
        text("story.returned_at IS NOT NULL"),  # as in the partial index
        story.c.returned_at > since,
        story.c.returned_at <= until,
    )
    if (await conn.execute(select(story.c.id).where(came_back).limit(1))).first() is None:
        return []
    source, accepts = await accepting(conn, wanted, now, audience)
    query = (
        select(story.c.event_id)
        .select_from(source)
        .where(
            came_back,
            story.c.withdrawn_at.is_(None),
            story.c.arrived_at > arrived_after,
            story.c.arrived_at <= since,
            story.c.hidden_from <= since if subscription_id is None else ~_could_show(subscription_id),
            accepts,
            readable_in(languages, audience, until),
        )
        .group_by(story.c.event_id)
        .order_by(func.max(story.c.arrived_at).desc(), story.c.event_id)
        .limit(limit)
    )
    event_ids = list((await conn.execute(query)).scalars())
    return await get_reports(conn, event_ids, until, audience)


def _could_show(subscription_id: int) -> ColumnElement[bool]:
    """Return whether a slot of the subscription passed while the story was there and new."""
    ended = [DeliveryState.SENT.value, DeliveryState.SKIPPED.value]
    return exists(
        select(delivery.c.id)
        .where(
            delivery.c.subscription_id == subscription_id,
            delivery.c.alert_event_id.is_(None),
            delivery.c.slot_at >= story.c.arrived_at,
            delivery.c.slot_at < story.c.hidden_from,
            delivery.c.state.in_(ended),
        )
        .correlate(story)
    )
