"""Members' own digests, their mutes, and forgetting a member."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import InputInvalid, NotFound
from bot.newsroom.filters import EVERYTHING, Filter
from bot.newsroom.models import DeliveryMessage
from bot.newsroom.subscription_input import SubscriptionInput
from bot.services import Services
from bot.services.subscriptions import MAX_FOLLOWED
from bot.store import deliveries
from bot.store.database import Store
from tests.clock import ManualClock

SUBSCRIPTION = SubscriptionInput(channel_id=0, times="07:00", timezone="Asia/Tokyo", member_id=5, country="JP")


async def test_a_follow_is_a_subscription_of_the_member_alone(services: Services) -> None:
    made, slot = await services.subscriptions.follow(replace(SUBSCRIPTION, guild_id=7, channel_id=70))
    assert (made.member_id, made.guild_id, made.channel_id, made.created_by) == (5, None, 0, 5)
    assert slot.local.isoformat() == "2026-11-21T07:00:00"
    assert [each for each, _ in await services.subscriptions.list_subscriptions(member_id=5)] == [made]
    assert await services.subscriptions.list_subscriptions(member_id=6) == []


async def test_following_the_same_again_changes_it(services: Services) -> None:
    first, _ = await services.subscriptions.follow(SUBSCRIPTION)
    again, _ = await services.subscriptions.follow(replace(SUBSCRIPTION, times="21:00"))
    assert again.id == first.id
    assert [each for each, _ in await services.subscriptions.list_subscriptions(member_id=5)] == [again]
    await services.subscriptions.follow(replace(SUBSCRIPTION, country="KR"))
    assert len(await services.subscriptions.list_subscriptions(member_id=5)) == 2


async def test_a_member_follows_ten_at_most(services: Services) -> None:
    for number in range(MAX_FOLLOWED):
        await services.subscriptions.follow(replace(SUBSCRIPTION, filter=f"word{number}"))
    with pytest.raises(InputInvalid) as refused:
        await services.subscriptions.follow(SUBSCRIPTION)
    assert refused.value.key == "error-follow-most"
    assert len(await services.subscriptions.unfollow(5)) == MAX_FOLLOWED
    assert await services.subscriptions.list_subscriptions(member_id=5) == []


async def test_nobody_stops_another_members_digest(services: Services) -> None:
    made, _ = await services.subscriptions.follow(SUBSCRIPTION)
    with pytest.raises(NotFound):
        await services.subscriptions.unfollow(6, made.id)
    assert await services.subscriptions.unfollow(6) == []
    assert [each.id for each in await services.subscriptions.unfollow(5, made.id)] == [made.id]


async def test_following_needs_a_member(services: Services) -> None:
    with pytest.raises(InputInvalid):
        await services.subscriptions.follow(replace(SUBSCRIPTION, member_id=None))


async def test_mutes_hold_until_they_end_or_are_lifted(services: Services, clock: ManualClock) -> None:
    assert await services.members.mute(5, Filter.parse("topic:sport"), days=2) == "topic:sport"
    await services.members.mute(5, Filter.of(country="BR"))
    assert [mute.filter for mute in await services.members.mutes(5)] == ["country:br", "topic:sport"]
    clock.advance(days=3)
    assert [mute.filter for mute in await services.members.mutes(5)] == ["country:br"]
    with pytest.raises(NotFound):
        await services.members.unmute(5, Filter.of(country="JP"))
    assert await services.members.unmute(5, Filter.of(country="BR")) == ["country:br"]
    assert await services.members.unmute(5) == []


async def test_a_personal_digest_leaves_out_what_the_member_muted(services: Services) -> None:
    made, _ = await services.subscriptions.follow(replace(SUBSCRIPTION, country=None))
    await services.members.mute(5, Filter.of(topic="sport"))
    await services.members.mute(6, Filter.of(country="JP"))
    _, digest = await services.subscriptions.preview(made.id)
    assert digest is not None
    told = {event.headline for event in digest.events}
    assert "Vitória no Maracanã" not in told
    assert "Destroyers meet off Okinawa" in told


async def test_muting_everything_or_too_much_is_refused(services: Services) -> None:
    with pytest.raises(InputInvalid):
        await services.members.mute(5, EVERYTHING)
    with pytest.raises(InputInvalid):
        await services.members.mute(5, Filter.parse("x" * 600))


async def test_forgetting_leaves_nothing_of_a_member(store: Store, services: Services, clock: ManualClock) -> None:
    await services.subscriptions.follow(SUBSCRIPTION)
    await services.members.mute(5, Filter.of(topic="sport"))
    await services.digests.catch_up(5)
    kept, _ = await services.subscriptions.follow(replace(SUBSCRIPTION, country="KR"))
    theirs, _ = await services.subscriptions.create(
        replace(SUBSCRIPTION, guild_id=7, channel_id=70, member_id=None, created_by=5)
    )
    other, _ = await services.subscriptions.follow(replace(SUBSCRIPTION, member_id=6))
    async with store.writing() as conn:
        await deliveries.plan_deliveries(conn, [(kept.id, 0, clock()), (theirs.id, 70, clock())], clock())
        (first, second) = await deliveries.claim_due(conn, "w", clock(), limit=2, lease=timedelta(seconds=9))
        message = DeliveryMessage(0, "n", "m", "{}")
        await deliveries.compose(
            conn, first.id, "w", [message], [deliveries.DeliveredEvent(2, story_ids=(2,))], clock()
        )
    await services.members.forget(5)
    assert [each.id for each, _ in await services.subscriptions.list_subscriptions()] == [theirs.id, other.id]
    assert (await services.subscriptions.get(theirs.id))[0].created_by is None
    async with store.reading() as conn:
        assert await deliveries.find_delivery(conn, first.id) is None
        assert await deliveries.find_delivery(conn, second.id) is not None
        assert await deliveries.shown_events(conn, 0) == {}
    assert await services.subscriptions.list_subscriptions(member_id=5) == []
    assert await services.members.mutes(5) == []
    assert len((await services.digests.catch_up(5)).events) == 5


async def test_the_usual_zone_is_the_members_then_the_servers_then_ours(services: Services) -> None:
    assert await services.subscriptions.usual_timezone(guild_id=7, member_id=5) == "UTC"
    for zone in ("Europe/Berlin", "Asia/Taipei", "Asia/Taipei"):
        await services.subscriptions.create(
            replace(SUBSCRIPTION, guild_id=7, channel_id=70, member_id=None, timezone=zone)
        )
    assert await services.subscriptions.usual_timezone(guild_id=7, member_id=5) == "Asia/Taipei"
    assert await services.subscriptions.usual_timezone(guild_id=8, member_id=5) == "UTC"
    await services.subscriptions.follow(SUBSCRIPTION)
    assert await services.subscriptions.usual_timezone(guild_id=7, member_id=5) == "Asia/Tokyo"


async def test_button_states_and_values_are_stored(services: Services) -> None:
    await services.key_values.remember_state("abc", "news:1:topic")
    await services.key_values.remember_state("abc", "news:1:topic")
    assert await services.key_values.recall_state("abc") == "news:1:topic"
    assert await services.key_values.recall_state("xyz") is None
    await services.key_values.set("commands", "1")
    await services.key_values.set("commands", "2")
    assert (await services.key_values.get("commands"), await services.key_values.get("other")) == ("2", None)


async def test_as_many_mutes_as_are_allowed_work_everywhere(services: Services) -> None:
    for number in range(100):
        await services.members.mute(5, Filter.parse(f'topic:sport "football club number {number}"'))
    await services.members.mute(5, Filter.parse('topic:sport "football club number 7"'), days=2)
    with pytest.raises(InputInvalid) as refused:
        await services.members.mute(5, Filter.of(country="BR"))
    assert refused.value.key == "error-mutes-most"
    digest = await services.digests.compose(Filter.parse("topic:sport"), member_id=5)
    assert digest.events
    assert digest.filter == "topic:sport"
    assert (await services.digests.catch_up(5)).filter == ""
    await services.digests.trending(member_id=5)
    made, _ = await services.subscriptions.follow(replace(SUBSCRIPTION, country=None))
    _, own = await services.subscriptions.preview(made.id)
    assert own is not None
    assert own.filter == ""
