"""The outbox: planned once, claimed by one worker, sent once, remembered."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NotFound, StoreError
from bot.newsroom.models import Delivery, DeliveryMessage, DeliveryState, Subscription
from bot.newsroom.obstacles import DeliveryReason, Obstacle
from bot.store import alerts, deliveries, documents, events, schema, story_rows, subscriptions
from bot.store.alerts import AlertDecision
from bot.store.database import Store
from bot.store.deliveries import ClaimLost, DeliveredEvent
from tests.store.factories import NOON, make_analysis, make_file_facts

LEASE = timedelta(seconds=30)
GONE = Obstacle(DeliveryReason.CHANNEL_GONE)
BUSY = Obstacle(DeliveryReason.OTHER, {"text": "Discord answers 502"})
MISSING = Obstacle(DeliveryReason.PERMISSION_MISSING, {"permission": "Send Messages"})
MESSAGES = tuple(DeliveryMessage(at, f"n-{at}", f"g:{at}", '{"content":"x"}') for at in range(2))


async def _subscribe(store: Store, channel: int = 7) -> Subscription:
    order = Subscription(0, channel, (time(8),), "Europe/Oslo", created_at=NOON, after=NOON, guild_id=5)
    async with store.writing() as conn:
        return await subscriptions.add_subscription(conn, order)


async def _claimed(store: Store, worker: str = "w1") -> Delivery:
    made = await _subscribe(store)
    async with store.writing() as conn:
        await deliveries.plan_deliveries(conn, [(made.id, made.channel_id, NOON)], NOON)
        (claimed,) = await deliveries.claim_due(conn, worker, NOON, limit=5, lease=LEASE)
    return claimed


async def _claim(store: Store, worker: str, at: datetime = NOON, limit: int = 5) -> list[int]:
    async with store.writing() as conn:
        found = await deliveries.claim_due(conn, worker, at, limit=limit, lease=LEASE)
    return [delivery.id for delivery in found]


async def test_a_slot_is_planned_once_whoever_plans_it(store: Store) -> None:
    made = await _subscribe(store)
    slots = [(made.id, made.channel_id, NOON), (made.id, made.channel_id, NOON + timedelta(days=1))]

    async def plan() -> int:
        async with store.writing() as conn:
            return await deliveries.plan_deliveries(conn, slots, NOON)

    assert sum(await asyncio.gather(plan(), plan(), plan())) == 2
    async with store.reading() as conn:
        assert (await deliveries.count_by_state(conn))[DeliveryState.PLANNED] == 2
        assert await deliveries.last_slot(conn, made.id) == NOON + timedelta(days=1)
        assert await deliveries.oldest_due(conn, NOON) == NOON


async def test_workers_that_claim_at_once_share_without_overlap(store: Store) -> None:
    made = [await _subscribe(store, channel) for channel in range(1, 25)]
    async with store.writing() as conn:
        await deliveries.plan_deliveries(conn, [(one.id, one.channel_id, NOON) for one in made], NOON)
    taken = await asyncio.gather(*(_claim(store, f"w{number}", limit=6) for number in range(4)))
    everything = [number for ids in taken for number in ids]
    assert len(everything) == len(set(everything))
    rest = await _claim(store, "late", limit=100)
    assert len(everything) + len(rest) == 24


async def test_issues_are_digests_that_were_sent_and_no_alerts(store: Store) -> None:
    made = await _subscribe(store)
    days = [NOON + timedelta(days=number) for number in range(3)]
    async with store.writing() as conn:
        await deliveries.plan_deliveries(conn, [(made.id, made.channel_id, day) for day in days], NOON)
        await alerts.add_alert(conn, AlertDecision(made.id, made.channel_id, 31, NOON + timedelta(hours=3)), NOON)
        claimed = await deliveries.claim_due(conn, "w1", days[1], limit=5, lease=LEASE)
        assert len(claimed) == 3  # two digests and the alert
        for each in claimed:
            await deliveries.compose(conn, each.id, "w1", (), [], NOON)
            await deliveries.finish(conn, each.id, "w1", NOON)
        assert [await deliveries.count_sent(conn, made.id, before=day) for day in days] == [0, 1, 2]


async def test_a_claim_ends_with_its_lease_and_the_former_holder_can_change_nothing(store: Store) -> None:
    claimed = await _claimed(store)
    assert await _claim(store, "w2", NOON + LEASE - timedelta(seconds=1)) == []
    assert await _claim(store, "w2", NOON + LEASE) == [claimed.id]
    changes: list[Callable[[AsyncConnection], Awaitable[None]]] = [
        lambda conn: deliveries.compose(conn, claimed.id, "w1", MESSAGES, [], NOON),
        lambda conn: deliveries.mark_attempted(conn, claimed.id, "w1", 0, NOON),
        lambda conn: deliveries.finish(conn, claimed.id, "w1", NOON),
        lambda conn: deliveries.fail(conn, claimed.id, "w1", GONE, NOON),
        lambda conn: deliveries.retry(conn, claimed.id, "w1", NOON, BUSY, NOON),
    ]
    for change in changes:
        with pytest.raises(ClaimLost):
            async with store.writing() as conn:
                await change(conn)
    async with store.writing() as conn:
        assert await deliveries.extend(conn, "w1", [claimed.id], NOON) == []
        assert await deliveries.extend(conn, "w2", [claimed.id], NOON + 3 * LEASE) == [claimed.id]
    assert await _claim(store, "w3", NOON + 2 * LEASE) == []


async def test_a_sent_delivery_records_what_its_channel_was_shown(store: Store) -> None:
    claimed = await _claimed(store)
    told_of = [DeliveredEvent(31, 0, (1, 2), ("aa", "bb")), DeliveredEvent(32, 1, (3,), ("cc",))]
    async with store.writing(durable=True) as conn:
        await deliveries.compose(conn, claimed.id, "w1", MESSAGES, told_of, NOON)
    async with store.writing(durable=True) as conn:
        await deliveries.mark_attempted(conn, claimed.id, "w1", 0, NOON)
    async with store.writing(durable=True) as conn:
        await deliveries.mark_sent(conn, claimed.id, "w1", 0, 2**63 - 1, NOON)
        await deliveries.mark_attempted(conn, claimed.id, "w1", 1, NOON)
    async with store.reading() as conn:
        found = await deliveries.find_delivery(conn, claimed.id)
    assert found is not None
    assert found.state is DeliveryState.SENDING
    assert [(message.message_id, message.tried_at) for message in found.messages] == [(2**63 - 1, NOON), (None, NOON)]
    async with store.writing() as conn:
        await deliveries.mark_sent(conn, claimed.id, "w1", 1, 78, NOON)
        await deliveries.finish(conn, claimed.id, "w1", NOON)
    async with store.reading() as conn:
        (last,) = await deliveries.history(conn, claimed.subscription_id, 5)
        shown = await deliveries.shown_events(conn, claimed.channel_id)
        assert await deliveries.shown_events(conn, 8) == {}
        assert await deliveries.last_slot(conn, claimed.subscription_id, sent=True) == NOON
        assert await deliveries.oldest_due(conn, NOON + timedelta(days=9)) is None
    assert (last.state, last.attempts) == (DeliveryState.SENT, 1)
    assert shown[31].story_ids == {1, 2}
    assert shown[31].sentences == {"aa", "bb"}
    assert await _claim(store, "w2", NOON + timedelta(days=9)) == []


async def test_composing_twice_is_refused(store: Store) -> None:
    claimed = await _claimed(store)
    async with store.writing() as conn:
        await deliveries.compose(conn, claimed.id, "w1", MESSAGES, [], NOON)
    with pytest.raises(StoreError, match="composed already"):
        async with store.writing() as conn:
            await deliveries.compose(conn, claimed.id, "w1", MESSAGES, [], NOON)


async def test_unsent_messages_of_a_failed_delivery_count_as_not_shown(store: Store) -> None:
    claimed = await _claimed(store)
    messages = [*MESSAGES, DeliveryMessage(2, "n-2", "g:2", "{}")]
    async with store.writing() as conn:
        told_of = [DeliveredEvent(event, ordinal, (event,), ()) for ordinal, event in enumerate((31, 32, 33))]
        await deliveries.compose(conn, claimed.id, "w1", messages, told_of, NOON)
        await deliveries.mark_attempted(conn, claimed.id, "w1", 0, NOON)
        await deliveries.mark_sent(conn, claimed.id, "w1", 0, 77, NOON)
        await deliveries.mark_attempted(conn, claimed.id, "w1", 1, NOON)
        await deliveries.fail(conn, claimed.id, "w1", GONE, NOON)
    async with store.reading() as conn:
        assert set(await deliveries.shown_events(conn, claimed.channel_id)) == {31, 32}
        (last,) = await deliveries.history(conn, claimed.subscription_id)
    assert (last.state, last.reason) == (DeliveryState.FAILED, GONE)


async def test_a_retry_waits_for_its_time_and_keeps_state_and_messages(store: Store) -> None:
    claimed = await _claimed(store)
    async with store.writing() as conn:
        await deliveries.compose(conn, claimed.id, "w1", MESSAGES, [], NOON)
        await deliveries.retry(conn, claimed.id, "w1", NOON + timedelta(minutes=5), BUSY, NOON)
    assert await _claim(store, "w2", NOON + timedelta(minutes=4)) == []
    async with store.writing() as conn:
        (again,) = await deliveries.claim_due(conn, "w2", NOON + timedelta(minutes=5), limit=1, lease=LEASE)
    assert (again.state, again.attempts, again.reason, len(again.messages)) == (DeliveryState.COMPOSED, 2, BUSY, 2)


async def test_releasing_an_untried_delivery_does_not_count_as_an_attempt(store: Store) -> None:
    claimed = await _claimed(store)
    async with store.writing() as conn:
        await deliveries.release_one(conn, claimed.id, "w1", NOON)
        (again,) = await deliveries.claim_due(conn, "w2", NOON, limit=1, lease=LEASE)
    assert again.attempts == 1


async def test_skipped_and_expired_deliveries_are_final(store: Store) -> None:
    first = await _claimed(store)
    async with store.writing() as conn:
        await deliveries.skip(conn, first.id, "w1", Obstacle(DeliveryReason.QUIET), NOON)
        await deliveries.plan_deliveries(conn, [(first.subscription_id, first.channel_id, NOON + LEASE)], NOON)
        (second,) = await deliveries.claim_due(conn, "w1", NOON + LEASE, limit=5, lease=LEASE)
        await deliveries.expire(conn, second.id, "w1", Obstacle(DeliveryReason.LATE), NOON)
        found = await deliveries.count_by_state(conn)
    assert (found[DeliveryState.SKIPPED], found[DeliveryState.EXPIRED]) == (1, 1)
    assert await _claim(store, "w1", NOON + timedelta(days=1)) == []


async def test_shown_records_follow_a_merged_event(store: Store) -> None:
    claimed = await _claimed(store)
    async with store.writing() as conn:
        stored = await documents.store_document(
            conn, "a.txt", make_file_facts("1"), [make_analysis("One."), make_analysis("Two.")], now=NOON
        )
        first, second = [event.id for event in await _events(conn, stored.story_ids)]
        await deliveries.compose(
            conn, claimed.id, "w1", MESSAGES, [DeliveredEvent(first, 0, stored.story_ids[:1])], NOON
        )
        await events.merge_events(conn, first, second)
        assert set(await deliveries.shown_events(conn, claimed.channel_id, event_ids=[second])) == {second}
        found = await events.find_event(conn, first)
        assert found is not None
        assert (found.id, [line.id for line in found.stories]) == (second, list(stored.story_ids))


async def test_shown_records_go_with_the_stories_of_a_split_event(store: Store) -> None:
    claimed = await _claimed(store)
    async with store.writing() as conn:
        texts = [make_analysis("One."), make_analysis("Two."), make_analysis("Three.")]
        stored = await documents.store_document(conn, "a.txt", make_file_facts("1"), texts, now=NOON)
        one, two, three = stored.story_ids
        first, second, third = [event.id for event in await _events(conn, stored.story_ids)]
        await events.merge_events(conn, second, first)
        await events.merge_events(conn, third, first)
        told_of = [DeliveredEvent(first, 0, (one, two), ("aa",)), DeliveredEvent(first, 1, (three,), ("bb",))]
        await deliveries.compose(conn, claimed.id, "w1", MESSAGES, told_of, NOON)
        apart = await events.split_event(conn, [two, three], NOON)
        shown = await deliveries.shown_events(conn, claimed.channel_id)
        found = [await events.find_event(conn, number) for number in (apart, second, first)]
    assert [[line.id for line in event.stories] for event in found if event] == [[two, three], [one], [one]]
    assert {number: (event.story_ids, event.sentences) for number, event in shown.items()} == {
        first: (frozenset({one}), frozenset({"aa"})),
        apart: (frozenset({two, three}), frozenset({"aa", "bb"})),
    }


async def _events(conn: AsyncConnection, story_ids: tuple[int, ...]) -> list[events.EventStories]:
    lines = await story_rows.get_lines(conn, story_ids)
    found = [await events.find_event(conn, line.event_id) for line in lines]
    return [event for event in found if event is not None]


async def test_reasons_of_version_0_1_are_read(store: Store) -> None:
    delivery = await _claimed(store)
    async with store.writing() as conn:
        await deliveries.fail(conn, delivery.id, "w1", GONE, NOON)
        await conn.execute(schema.delivery.update().values(reason="gave-up: Discord answers 503"))
        await subscriptions.pause_subscription(conn, delivery.subscription_id, NOON, GONE)
        await conn.execute(schema.subscription.update().values(pause_reason="permission-missing: Send Messages"))
        (failed,) = await deliveries.history(conn, delivery.subscription_id)
        paused = await subscriptions.find_subscription(conn, delivery.subscription_id)
    assert failed.reason == Obstacle(DeliveryReason.GAVE_UP, {"error": "Discord answers 503"})
    assert paused is not None
    assert paused.pause_reason == MISSING


async def test_subscriptions_are_listed_changed_paused_and_removed(store: Store) -> None:
    one, two = await _subscribe(store, 7), await _subscribe(store, 8)
    async with store.writing() as conn:
        changed = replace(one, times=(time(7, 30), time(18)), days=(1, 5), filter="country:no", limit=3, member_id=4)
        await subscriptions.update_subscription(conn, changed)
        assert await subscriptions.find_subscription(conn, one.id) == changed
        await subscriptions.pause_subscription(conn, two.id, NOON, MISSING)
        assert [found.id for found in await subscriptions.list_subscriptions(conn, active=True)] == [one.id]
        paused = await subscriptions.find_subscription(conn, two.id)
        assert paused is not None
        assert paused.pause_reason == MISSING
        await subscriptions.resume_subscription(conn, two.id, NOON + LEASE)
        resumed = await subscriptions.find_subscription(conn, two.id)
        assert resumed is not None
        assert (resumed.after, resumed.paused_at, resumed.pause_reason) == (NOON + LEASE, None, None)
        cases: list[tuple[dict[str, int], list[int]]] = [
            ({"guild_id": 5}, [one.id, two.id]),
            ({"channel_id": 8}, [two.id]),
            ({"member_id": 4}, [one.id]),
            ({"guild_id": 6}, []),
        ]
        for options, expected in cases:
            found = await subscriptions.list_subscriptions(conn, **options)  # type: ignore[arg-type] # by name
            assert [item.id for item in found] == expected
        await subscriptions.remove_subscription(conn, one.id, NOON)
        assert await subscriptions.find_subscription(conn, one.id) is None
        with pytest.raises(NotFound, match="subscription"):
            await subscriptions.remove_subscription(conn, one.id, NOON)
