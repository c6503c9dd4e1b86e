"""Lateness: whether a digest may still be posted after its slot.

A digest posted within `PUNCTUAL` of its slot is on time. After that the subscription's policy decides: post it late
up to its hours, merge it into the next slot, or skip it. A digest that has begun to appear in the channel is finished
for as long as posting late would be allowed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from bot.newsroom.models import LatePolicy, Subscription

__all__ = ["ON_TIME", "Reason", "deadline", "refusal_reason"]

ON_TIME = timedelta(minutes=15)
"""A digest that is no later is on time: so long may a full hour with many channels take."""


class Reason(StrEnum):
    """Reasons for not posting a digest, as the outbox stores them."""

    QUIET = "quiet"
    """There was nothing to tell."""
    LATE = "late"
    """Later than the subscription's hours allow."""
    LATE_SKIPPED = "late-skipped"
    """Late, and the subscription says to skip what is late."""
    LATE_MERGED = "late-merged"
    """Late: the next slot tells it."""
    PAUSED = "paused"
    UNSUBSCRIBED = "unsubscribed"
    CHANNEL_GONE = "channel-gone"
    PERMISSION_MISSING = "permission-missing"
    REFUSED = "refused"
    """Discord does not take the message."""
    UNSURE = "unsure"
    """Whether a message arrived can't be found out, so it is not sent again."""
    GAVE_UP = "gave-up"
    """Too many tries."""


def refusal_reason(
    subscription: Subscription | None, slot_at: datetime, now: datetime, *, begun: bool = False, newer: bool = False
) -> Reason | None:
    """Return why the digest of `slot_at` may no longer be posted at `now`, or None if it may.

    `subscription` is None when it was deleted. `begun` says that a part of it may be in the channel, `newer` that a
    later slot of the same subscription is due, too.
    """
    if subscription is None:
        return Reason.UNSUBSCRIBED
    if subscription.paused_at is not None:
        return Reason.PAUSED
    if now - slot_at <= ON_TIME:
        return None
    if now > deadline(subscription, slot_at):
        return Reason.LATE_MERGED if subscription.late is LatePolicy.MERGE and not begun else Reason.LATE
    if begun:
        return None
    if subscription.late is LatePolicy.SKIP:
        return Reason.LATE_SKIPPED
    if subscription.late is LatePolicy.MERGE or newer:
        return Reason.LATE_MERGED
    return None


def deadline(subscription: Subscription, slot_at: datetime) -> datetime:
    """The last moment at which a digest that has begun, or that is posted late, may go out."""
    return slot_at + max(ON_TIME, timedelta(hours=subscription.late_hours))
