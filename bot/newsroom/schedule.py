"""The schedule of a subscription: its slots, as moments.

Slots are wall-clock times in an IANA zone. A time that the clock skips (spring) counts at the offset before the jump,
so 02:30 is posted at 03:30; one that the clock shows twice (autumn) counts the first time. So each local date has each
time once, and two times that fall on the same moment are one slot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import InputInvalid
from bot.newsroom.models import Slot, Subscription
from bot.newsroom.timezones import zone

__all__ = ["due_slots", "next_slot", "parse_days", "parse_times", "slots_between"]

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


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


def parse_times(text: str) -> tuple[time, ...]:
    """Read `08:00`, `8:00,18:30`, `8am`: ascending, each once. Raises InputInvalid."""
    times = []
    for word in text.replace(";", ",").split(","):
        normal = word.strip().lower().replace(".", ":").replace(" ", "")
        try:
            times.append(_parse_time(normal))
        except ValueError:
            raise InputInvalid(
                f"{word.strip()!r} is not a time of day; write 08:00, or 08:00,18:30 for two",
                "error-time-of-day",
                given=word.strip(),
            ) from None
    if not times or len(times) > 24:
        raise InputInvalid("a subscription needs between 1 and 24 times of day, as 08:00,18:30", "error-times-count")
    return tuple(sorted(set(times)))


def parse_days(text: str) -> tuple[int, ...]:
    """Return ISO weekdays, ascending, for `mon-fri`, `sat,sun`, `daily`, `weekdays`.

    Raises InputInvalid.
    """
    named = {"daily": "mon-sun", "all": "mon-sun", "weekdays": "mon-fri", "weekend": "sat-sun", "weekends": "sat-sun"}
    days: set[int] = set()
    for part in text.lower().replace(" ", "").split(","):
        first, _, last = named.get(part, part).partition("-")
        start, end = first[:3], (last or first)[:3]
        if start not in _DAYS or end not in _DAYS:
            raise InputInvalid(f"{part!r} is not a day; write mon-fri, or sat,sun, or daily", "error-day", given=part)
        number, stop = _DAYS.index(start), _DAYS.index(end)
        days.add(number + 1)
        while number != stop:
            number = (number + 1) % 7
            days.add(number + 1)
    return tuple(sorted(days))


def _parse_time(text: str) -> time:
    shift = 0
    for suffix, hours in (("am", 0), ("pm", 12)):
        if text.endswith(suffix):
            text, shift = text[:-2], hours
            hour = int(text.split(":")[0])
            if not 1 <= hour <= 12:
                raise ValueError(text)
            shift -= 12 if hour == 12 else 0
    hour_text, _, minute_text = text.partition(":")
    if not (hour_text.isascii() and hour_text.isdigit()) or (minute_text and len(minute_text) != 2):
        raise ValueError(text)
    return time(int(hour_text) + shift, int(minute_text or 0))


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
