"""The schedule of a subscription: its slots, as moments.

Slots are wall-clock times in an IANA zone. A time that the clock skips (spring) counts at the offset before the jump,
so 02:30 is posted at 03:30; one that the clock shows twice (autumn) counts the first time. So each local date has each
time once, and two times that fall on the same moment are one slot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.newsroom.models import Slot, Subscription
from bot.newsroom.timezones import zone

__all__ = ["due_slots", "next_slot", "slots_between"]


def slots_between(subscription: Subscription, after: datetime, until: datetime) -> list[Slot]:
    """The slots later than `after` and not later than `until`, ascending."""
    by_time = {}
    for slot in _slots_from(subscription, after):
        if slot.at > until:
            break
        by_time[slot.at] = slot
    return list(by_time.values())


def next_slot(subscription: Subscription, after: datetime) -> Slot:
    """The first slot later than `after`."""
    return next(_slots_from(subscription, after))


def due_slots(subscription: Subscription, since: datetime, now: datetime) -> list[Slot]:
    """Return the slots since `since` and since the subscription counts; none while it is paused."""
    if subscription.paused_at is not None:
        return []
    return slots_between(subscription, max(since, subscription.after), now)


def _slots_from(subscription: Subscription, after: datetime) -> Iterator[Slot]:
    where = zone(subscription.timezone)
    day = after.astimezone(where).date() - timedelta(days=2)
    pending: list[Slot] = []
    while True:
        pending += _slots_on(day, subscription, where)
        day += timedelta(days=1)
        # A zone may skip a whole day: what comes later in local dates never comes earlier than a day before.
        horizon = datetime.combine(day, time(), UTC) - timedelta(days=1, hours=15)
        ready = sorted((slot for slot in pending if slot.at < horizon), key=lambda slot: slot.at)
        pending = [slot for slot in pending if slot.at >= horizon]
        yield from (slot for slot in _unique(ready) if slot.at > after)


def _slots_on(day: date, subscription: Subscription, where: ZoneInfo) -> list[Slot]:
    if day.isoweekday() not in subscription.days:
        return []
    slots = []
    for moment in subscription.times:
        local = datetime.combine(day, moment)
        at = local.replace(tzinfo=where, fold=0).astimezone(UTC)
        slots.append(Slot(subscription.id, at, local))
    return slots


def _unique(slots: Iterable[Slot]) -> Iterator[Slot]:
    last: datetime | None = None
    for slot in slots:
        if slot.at != last:
            yield slot
        last = slot.at
