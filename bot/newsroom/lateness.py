"""Lateness: whether a digest may still be posted after its slot.

A digest posted within `ON_TIME` of its slot is on time. After that the subscription's policy decides: post it late
up to its hours, merge it into the next slot, or skip it. A digest that has begun to appear in the channel is finished
for as long as posting late would be allowed. An alert that isn't on time is left to the next digest.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.newsroom.alerts import is_quiet
from bot.newsroom.models import LatePolicy, Subscription
from bot.newsroom.obstacles import DeliveryReason

__all__ = ["ON_TIME", "alert_refusal_reason", "deadline", "refusal_reason"]

ON_TIME = timedelta(minutes=15)
"""A digest that is no later is on time: so long may a full hour with many channels take."""


def refusal_reason(
    subscription: Subscription | None, slot_at: datetime, now: datetime, *, begun: bool = False, newer: bool = False
) -> DeliveryReason | None:
    """Return why the digest of `slot_at` may no longer be posted at `now`, or None if it may.

    `subscription` is None when it was deleted. `begun` says that a part of it may be in the channel, `newer` that a
    later slot of the same subscription is due, too.
    """
    if subscription is None:
        return DeliveryReason.UNSUBSCRIBED
    if subscription.paused_at is not None:
        return DeliveryReason.PAUSED
    if now - slot_at <= ON_TIME:
        return None
    if now > deadline(subscription, slot_at):
        return (
            DeliveryReason.LATE_MERGED if subscription.late is LatePolicy.MERGE and not begun else DeliveryReason.LATE
        )
    if begun:
        return None
    if subscription.late is LatePolicy.SKIP:
        return DeliveryReason.LATE_SKIPPED
    if subscription.late is LatePolicy.MERGE or newer:
        return DeliveryReason.LATE_MERGED
    return None


def alert_refusal_reason(
    subscription: Subscription | None, broke_at: datetime, now: datetime, *, begun: bool = False
) -> DeliveryReason | None:
    """Return why an alert may no longer be posted, or None if it may.

    Its event broke at `broke_at`. `begun` says that a part of it is in the channel: that is finished.
    """
    if subscription is None:
        return DeliveryReason.UNSUBSCRIBED
    if subscription.paused_at is not None:
        return DeliveryReason.PAUSED
    if begun:
        return None
    if subscription.alerts is None:
        return DeliveryReason.NOT_BREAKING
    if is_quiet(subscription.alerts, now, subscription.timezone):
        return DeliveryReason.QUIET_HOURS
    return DeliveryReason.LATE_MERGED if now - broke_at > ON_TIME else None


def deadline(subscription: Subscription, slot_at: datetime) -> datetime:
    """The last moment at which a digest that has begun, or that is posted late, may go out."""
    return slot_at + max(ON_TIME, timedelta(hours=subscription.late_hours))
