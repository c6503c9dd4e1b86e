"""Slots that have come are due until they are planned, in a fair order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.slot_queue import SlotQueue
from bot.newsroom.models import Subscription
from bot.newsroom.schedule import slots_between

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def make_subscription(number: int, *hours: int, guild: int | None = None, after: datetime = NOON - DAY) -> Subscription:
    """Make a subscription in UTC, in a channel of its own."""
    times = tuple(time(hour) for hour in hours or (8,))
    return Subscription(number, 100 + number, times, "UTC", after, after, guild_id=guild or number)


def make_queue(*subscriptions: Subscription, now: datetime = NOON - DAY) -> SlotQueue:
    """Make a queue of which no slot is planned yet."""
    queue = SlotQueue()
    queue.load(subscriptions, {}, now)
    return queue


def test_nothing_is_due_before_its_time() -> None:
    queue = make_queue(make_subscription(1, 8), make_subscription(2, 9))
    assert queue.next_at == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert queue.due(datetime(2026, 11, 20, 7, 59, 59, tzinfo=UTC)) == []
    assert [each.channel_id for each in queue.due(datetime(2026, 11, 20, 8, tzinfo=UTC))] == [101]


def test_a_slot_is_due_until_it_is_planned() -> None:
    queue = make_queue(make_subscription(1, 8))
    first = queue.due(NOON)
    assert queue.due(NOON) == first
    queue.mark_planned(each.slot for each in first)
    assert queue.due(NOON) == []
    assert queue.next_at == datetime(2026, 11, 21, 8, tzinfo=UTC)


def test_guilds_take_turns() -> None:
    big = [make_subscription(number, guild=7) for number in range(1, 6)]
    queue = make_queue(*big, make_subscription(10, guild=8), make_subscription(11, guild=9))
    found = queue.due(NOON)
    assert {each.channel_id for each in found[:3]} == {101, 110, 111}
    assert [each.rank for each in found] == [0, 0, 0, 1, 2, 3, 4]


def test_a_planned_slot_is_not_due_again_after_a_restart() -> None:
    queue = SlotQueue()
    queue.load([make_subscription(1, 8)], {1: datetime(2026, 11, 20, 8, tzinfo=UTC)}, NOON)
    assert queue.due(NOON) == []


def test_changed_and_removed_subscriptions_are_taken_as_they_are_now() -> None:
    queue = make_queue(make_subscription(1, 8), make_subscription(2, 8), make_subscription(3, 8))
    queue.load([replace(make_subscription(1, 8), times=(time(10),)), make_subscription(3, 8)], {}, NOON - DAY)
    assert [(each.slot.subscription_id, each.slot.at.hour) for each in queue.due(NOON)] == [(3, 8), (1, 10)]
    assert len(queue) == 2


def test_after_a_long_absence_only_the_newest_slots_are_due() -> None:
    hourly = make_subscription(1, *range(24), after=NOON - 400 * DAY)
    found = make_queue(hourly, now=NOON).due(NOON)
    assert len(found) == 25
    assert found[-1].slot.at == NOON


@given(
    st.lists(st.lists(st.integers(0, 23), min_size=1, max_size=3, unique=True), min_size=1, max_size=6),
    st.lists(st.integers(1, 600), min_size=1, max_size=12),
)
def test_each_slot_is_due_once_however_often_it_is_polled(hours: list[list[int]], steps: list[int]) -> None:
    subscriptions = [make_subscription(number, *sorted(times)) for number, times in enumerate(hours, 1)]
    queue, now, planned = make_queue(*subscriptions), NOON - DAY, []
    for minutes in steps:
        now += timedelta(minutes=minutes)
        found = queue.due(now)
        queue.mark_planned(each.slot for each in found)
        planned += [(each.slot.subscription_id, each.slot.at) for each in found]
    wanted = {(each.id, slot.at) for each in subscriptions for slot in slots_between(each, NOON - DAY, now)}
    assert sorted(planned) == sorted(wanted)
