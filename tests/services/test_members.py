"""Does a member get their own digest, and stop it as easily?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import InputInvalid, NotFound
from bot.newsroom.filters.parser import EVERYTHING, Filter
from bot.newsroom.models import DeliveryMessage
from bot.services import Desk
from bot.services.members import MOST_FOLLOWED
from bot.services.subscription_input import Order
from bot.store import deliveries
from bot.store.database import Store
from tests.services.services_fixture import Clock

ORDER = Order(channel_id=0, times="07:00", timezone="Asia/Tokyo", member_id=5, country="JP")


async def test_a_follow_is_a_subscription_of_the_member_alone(desk: Desk) -> None:
    made, slot = await desk.follow(replace(ORDER, guild_id=7, channel_id=70))
    assert (made.member_id, made.guild_id, made.channel_id, made.created_by) == (5, None, 0, 5)
    assert slot.local.isoformat() == "2026-11-21T07:00:00"
    assert [each for each, _ in await desk.follows(5)] == [made]
    assert await desk.follows(6) == []


async def test_following_the_same_again_changes_it(desk: Desk) -> None:
    first, _ = await desk.follow(ORDER)
    again, _ = await desk.follow(replace(ORDER, times="21:00"))
    assert again.id == first.id
    assert [each for each, _ in await desk.follows(5)] == [again]
    await desk.follow(replace(ORDER, country="KR"))
    assert len(await desk.follows(5)) == 2


async def test_a_member_follows_ten_at_most(desk: Desk) -> None:
    for number in range(MOST_FOLLOWED):
        await desk.follow(replace(ORDER, filter=f"word{number}"))
    with pytest.raises(InputInvalid) as refused:
        await desk.follow(ORDER)
    assert refused.value.key == "error-follow-most"
    assert len(await desk.unfollow(5)) == MOST_FOLLOWED
    assert await desk.follows(5) == []


async def test_nobody_stops_another_members_digest(desk: Desk) -> None:
    made, _ = await desk.follow(ORDER)
    with pytest.raises(NotFound):
        await desk.unfollow(6, made.id)
    assert await desk.unfollow(6) == []
    assert [each.id for each in await desk.unfollow(5, made.id)] == [made.id]


async def test_following_needs_a_member(desk: Desk) -> None:
    with pytest.raises(InputInvalid):
        await desk.follow(replace(ORDER, member_id=None))


async def test_mutes_hold_until_they_end_or_are_lifted(desk: Desk, clock: Clock) -> None:
    assert await desk.mute(5, Filter.parse("topic:sport"), days=2) == "topic:sport"
    await desk.mute(5, Filter.of(country="BR"))
    assert [mute.filter for mute in await desk.mutes(5)] == ["country:br", "topic:sport"]
    clock.advance(days=3)
    assert [mute.filter for mute in await desk.mutes(5)] == ["country:br"]
    with pytest.raises(NotFound):
        await desk.unmute(5, Filter.of(country="JP"))
    assert await desk.unmute(5, Filter.of(country="BR")) == ["country:br"]
    assert await desk.unmute(5) == []


async def test_a_personal_digest_leaves_out_what_the_member_muted(desk: Desk) -> None:
    made, _ = await desk.follow(replace(ORDER, country=None))
    await desk.mute(5, Filter.of(topic="sport"))
    await desk.mute(6, Filter.of(country="JP"))
    _, digest = await desk.preview(made.id)
    assert digest is not None
    told = {event.headline for event in digest.events}
    assert "Vitória no Maracanã" not in told
    assert "Destroyers meet off Okinawa" in told


async def test_muting_everything_or_too_much_is_refused(desk: Desk) -> None:
    with pytest.raises(InputInvalid):
        await desk.mute(5, EVERYTHING)
    with pytest.raises(InputInvalid):
        await desk.mute(5, Filter.parse("x" * 600))


async def test_forgetting_leaves_nothing_of_a_member(store: Store, desk: Desk, clock: Clock) -> None:
    await desk.follow(ORDER)
    await desk.mute(5, Filter.of(topic="sport"))
    await desk.catchup(5)
    kept, _ = await desk.follow(replace(ORDER, country="KR"))
    theirs, _ = await desk.subscribe(replace(ORDER, guild_id=7, channel_id=70, member_id=None, created_by=5))
    other, _ = await desk.follow(replace(ORDER, member_id=6))
    async with store.writing() as conn:
        await deliveries.plan(conn, [(kept.id, 0, clock()), (theirs.id, 70, clock())], clock())
        (first, second) = await deliveries.claim_due(conn, "w", clock(), limit=2, lease=timedelta(seconds=9))
        message = DeliveryMessage(0, "n", "m", "{}")
        await deliveries.compose(conn, first.id, "w", [message], [deliveries.ShownIn(2, story_ids=(2,))], clock())
    await desk.forget(5)
    assert [each.id for each, _ in await desk.subscriptions()] == [theirs.id, other.id]
    assert (await desk.subscription(theirs.id))[0].created_by is None
    async with store.reading() as conn:
        assert await deliveries.find_delivery(conn, first.id) is None
        assert await deliveries.find_delivery(conn, second.id) is not None
        assert await deliveries.shown_to(conn, 0) == {}
    assert await desk.follows(5) == []
    assert await desk.mutes(5) == []
    assert len((await desk.catchup(5)).events) == 5


async def test_the_usual_zone_is_the_members_then_the_servers_then_ours(desk: Desk) -> None:
    assert await desk.usual_zone(guild_id=7, member_id=5) == "UTC"
    for zone in ("Europe/Berlin", "Asia/Taipei", "Asia/Taipei"):
        await desk.subscribe(replace(ORDER, guild_id=7, channel_id=70, member_id=None, timezone=zone))
    assert await desk.usual_zone(guild_id=7, member_id=5) == "Asia/Taipei"
    assert await desk.usual_zone(guild_id=8, member_id=5) == "UTC"
    await desk.follow(ORDER)
    assert await desk.usual_zone(guild_id=7, member_id=5) == "Asia/Tokyo"


async def test_what_stands_behind_buttons_is_remembered(desk: Desk) -> None:
    await desk.remember("abc", "news:1:topic")
    await desk.remember("abc", "news:1:topic")
    assert await desk.recall("abc") == "news:1:topic"
    assert await desk.recall("xyz") is None
    await desk.put("commands", "1")
    await desk.put("commands", "2")
    assert (await desk.get("commands"), await desk.get("other")) == ("2", None)
