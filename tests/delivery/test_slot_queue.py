"""What has come is told once the outbox has it, in a fair order, and at no cost while nothing has."""

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


def order(number: int, *hours: int, guild: int | None = None, after: datetime = NOON - DAY) -> Subscription:
    """A subscription in UTC."""
    times = tuple(time(hour) for hour in hours or (8,))
    return Subscription(number, 100 + number, times, "UTC", after, after, guild_id=guild or number)


def made(*orders: Subscription, now: datetime = NOON - DAY) -> SlotQueue:
    """A timequeue into which nothing was noted yet."""
    queue = SlotQueue()
    queue.load(orders, {}, now)
    return queue


def test_nothing_is_due_before_its_time() -> None:
    queue = made(order(1, 8), order(2, 9))
    assert queue.next_at == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert queue.due(datetime(2026, 11, 20, 7, 59, 59, tzinfo=UTC)) == []
    assert [each.channel_id for each in queue.due(datetime(2026, 11, 20, 8, tzinfo=UTC))] == [101]


def test_a_slot_is_told_until_it_is_noted() -> None:
    queue = made(order(1, 8))
    first = queue.due(NOON)
    assert queue.due(NOON) == first
    queue.mark_planned(each.slot for each in first)
    assert queue.due(NOON) == []
    assert queue.next_at == datetime(2026, 11, 21, 8, tzinfo=UTC)


def test_guilds_take_turns() -> None:
    big = [order(number, guild=7) for number in range(1, 6)]
    queue = made(*big, order(10, guild=8), order(11, guild=9))
    found = queue.due(NOON)
    assert {each.channel_id for each in found[:3]} == {101, 110, 111}
    assert [each.rank for each in found] == [0, 0, 0, 1, 2, 3, 4]


def test_what_is_noted_already_does_not_come_again_after_a_restart() -> None:
    queue = SlotQueue()
    queue.load([order(1, 8)], {1: datetime(2026, 11, 20, 8, tzinfo=UTC)}, NOON)
    assert queue.due(NOON) == []


def test_changed_paused_and_removed_orders_come_as_they_are_now() -> None:
    queue = made(order(1, 8), order(2, 8), order(3, 8))
    queue.load([replace(order(1, 8), times=(time(10),)), order(3, 8)], {}, NOON - DAY)
    assert [(each.slot.subscription_id, each.slot.at.hour) for each in queue.due(NOON)] == [(3, 8), (1, 10)]
    assert len(queue) == 2


def test_of_a_long_absence_the_newest_slots_are_told() -> None:
    hourly = order(1, *range(24), after=NOON - 400 * DAY)
    found = made(hourly, now=NOON).due(NOON)
    assert len(found) == 25
    assert found[-1].slot.at == NOON


@given(
    st.lists(st.lists(st.integers(0, 23), min_size=1, max_size=3, unique=True), min_size=1, max_size=6),
    st.lists(st.integers(1, 600), min_size=1, max_size=12),
)
def test_however_often_it_looks_it_tells_each_slot_once(hours: list[list[int]], steps: list[int]) -> None:
    orders = [order(number, *sorted(times)) for number, times in enumerate(hours, 1)]
    queue, now, told = made(*orders), NOON - DAY, []
    for minutes in steps:
        now += timedelta(minutes=minutes)
        found = queue.due(now)
        queue.mark_planned(each.slot for each in found)
        told += [(each.slot.subscription_id, each.slot.at) for each in found]
    wanted = {(each.id, slot.at) for each in orders for slot in slots_between(each, NOON - DAY, now)}
    assert sorted(told) == sorted(wanted)
