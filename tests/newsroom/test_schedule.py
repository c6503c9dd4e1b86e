"""When is a digest due: once a local day for each of its times, whatever the clocks of the zone do.

The laws hold for every zone of the IANA database from 2020 to 2035, checked exhaustively around each change of a
clock and by hypothesis elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.newsroom.models import Slot, Subscription
from bot.newsroom.schedule import due_slots, next_slot, slots_between
from bot.newsroom.timezones import names

FIRST, LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
TIMES = tuple(time(hour, minute) for hour in range(24) for minute in (0, 30))


def order(
    *times: time, zone: str = "UTC", days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7), after: datetime = FIRST
) -> Subscription:
    """A subscription with these times."""
    return Subscription(1, 1, times or (time(8),), zone, created_at=after, after=after, days=days)


def changes(zone: ZoneInfo) -> Iterator[datetime]:
    """The moments, to the minute, at which a zone's clock is put on or back within the years."""
    at, step = FIRST, timedelta(days=7)
    while at < LAST:
        if at.astimezone(zone).utcoffset() != (at + step).astimezone(zone).utcoffset():
            low, high = at, at + step
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                same = middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            yield high.replace(second=0, microsecond=0)
        at += step


def laws(subscription: Subscription, slots: list[Slot], zone: ZoneInfo) -> None:
    """What holds for any run of slots."""
    moments = [slot.at for slot in slots]
    assert moments == sorted(set(moments))
    for slot in slots:
        shown = slot.at.astimezone(zone).replace(tzinfo=None)
        assert slot.local.time() in subscription.times
        assert slot.local.isoweekday() in subscription.days
        # Told at its time, or, where the clock skipped that, as much later as was skipped.
        assert shown == slot.local or not exists(slot.local, zone)
        assert timedelta(0) <= shown - slot.local <= timedelta(hours=24)


def exists(local: datetime, zone: ZoneInfo) -> bool:
    """Does a clock in the zone ever show this?"""
    return any(
        local.replace(tzinfo=zone, fold=fold).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local
        for fold in (0, 1)
    )


@pytest.mark.parametrize("letter", sorted({name[0] for name in names()}))
def test_around_every_clock_change_each_local_time_is_due_once(letter: str) -> None:
    """Every half hour of the two days around each change of 2020 to 2035, in each zone with that first letter."""
    seen: set[tuple[datetime, ...]] = set()
    for name in (name for name in names() if name.startswith(letter)):
        zone = ZoneInfo(name)
        moments = list(changes(zone))
        offsets = tuple(at.astimezone(zone).replace(tzinfo=None) for at in moments)
        if offsets in seen:
            continue  # another name of the same clock
        seen.add(offsets)
        for at in moments:
            subscription = order(*TIMES, zone=name)
            start = at - timedelta(days=1, hours=1)
            slots = slots_between(subscription, start, at + timedelta(days=1, hours=1))
            laws(subscription, slots, zone)
            day = at.astimezone(zone).date()
            times = [slot.local.time() for slot in slots if slot.local.date() == day]
            assert len(times) == len(set(times))
            missing = {moment for moment in TIMES if moment not in times}
            # Two times that the jump puts on one moment are one slot; nothing else may be missing.
            taken = {slot.at for slot in slots}
            for moment in missing:
                local = datetime.combine(day, moment)
                assert local.replace(tzinfo=zone, fold=0).astimezone(UTC) in taken


@given(
    st.sampled_from(names()),
    st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None), timezones=st.just(UTC)),
    st.lists(st.times().map(lambda at: at.replace(second=0, microsecond=0)), min_size=1, max_size=4, unique=True),
    st.sets(st.integers(1, 7), min_size=1),
)
def test_slots_ascend_and_are_unique_in_every_zone(
    name: str, since: datetime, times: list[time], days: set[int]
) -> None:
    subscription = order(*sorted(times), zone=name, days=tuple(sorted(days)))
    until = since + timedelta(days=9)
    slots = slots_between(subscription, since, until)
    laws(subscription, slots, ZoneInfo(name))
    assert all(since < slot.at <= until for slot in slots)
    if slots:
        assert next_slot(subscription, since) == slots[0]


@given(
    st.sampled_from(names()),
    st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None), timezones=st.just(UTC)),
    st.integers(0, 9 * 24 * 60),
)
def test_slots_of_two_parts_of_a_period_are_those_of_the_whole(name: str, since: datetime, minutes: int) -> None:
    """Slots since then are those up to a moment and those after it, whatever the moment."""
    subscription = order(time(2, 30), time(8), zone=name)
    until, middle = since + timedelta(days=9), since + timedelta(minutes=minutes)
    whole = slots_between(subscription, since, until)
    assert slots_between(subscription, since, middle) + slots_between(subscription, middle, until) == whole


def _on(day: date, subscription: Subscription) -> list[str]:
    zone = ZoneInfo(subscription.timezone)
    around = datetime.combine(day, time(12), UTC)
    slots = slots_between(subscription, around - timedelta(days=2), around + timedelta(days=2))
    return [f"{slot.at.astimezone(zone):%H:%M%z}" for slot in slots if slot.local.date() == day]


def test_a_skipped_local_time_is_due_once_after_the_jump() -> None:
    assert _on(date(2027, 3, 28), order(time(2, 30), zone="Europe/Berlin")) == ["03:30+0200"]


def test_a_repeated_local_time_is_due_the_first_time() -> None:
    assert _on(date(2026, 10, 25), order(time(2, 30), zone="Europe/Berlin")) == ["02:30+0200"]


def test_two_times_that_the_jump_puts_on_one_moment_are_one_slot() -> None:
    assert _on(date(2027, 3, 28), order(time(2, 30), time(3, 30), zone="Europe/Berlin")) == ["03:30+0200"]


def test_slots_with_half_an_hour_of_daylight_saving() -> None:
    assert _on(date(2026, 10, 4), order(time(2, 15), zone="Australia/Lord_Howe")) == ["02:45+1100"]
    assert _on(date(2027, 4, 4), order(time(1, 45), zone="Australia/Lord_Howe")) == ["01:45+1100"]


def test_slots_where_the_clock_changes_at_midnight() -> None:
    # Beirut puts its clock on at 00:00: there is no midnight on that day.
    assert _on(date(2027, 3, 28), order(time(0, 0), zone="Asia/Beirut")) == ["01:00+0300"]


def test_the_leap_day_is_a_day() -> None:
    assert _on(date(2028, 2, 29), order(time(8), zone="Asia/Tokyo")) == ["08:00+0900"]
    assert _on(date(2028, 2, 29), order(time(8), zone="Asia/Tokyo", days=(3,))) == []


def test_days_are_those_of_the_zone() -> None:
    sundays = order(time(0, 30), zone="Pacific/Kiritimati", days=(7,))
    assert next_slot(sundays, datetime(2026, 11, 20, tzinfo=UTC)).at == datetime(2026, 11, 21, 10, 30, tzinfo=UTC)


def test_nothing_is_due_before_a_subscription_starts_or_while_it_is_paused() -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    late = order(time(8), after=datetime(2026, 11, 20, 9, tzinfo=UTC))
    assert due_slots(late, FIRST, now) == []
    assert [slot.at.day for slot in due_slots(order(time(8)), now - timedelta(days=2), now)] == [19, 20]
    paused = Subscription(1, 1, (time(8),), "UTC", created_at=FIRST, after=FIRST, paused_at=now)
    assert due_slots(paused, FIRST, now) == []
