"""Subscriptions of servers: created, changed, paused, limited to their server."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from bot.errors import FilterInvalid, InputInvalid, NotFound, UnknownName
from bot.newsroom.models import DigestStyle
from bot.newsroom.obstacles import DeliveryReason, Obstacle
from bot.newsroom.subscription_input import SubscriptionInput
from bot.services import Services
from bot.settings import DigestSettings, SummarySettings
from bot.store.database import Store
from tests.clock import ManualClock

SUBSCRIPTION = SubscriptionInput(
    channel_id=70, times="08:00, 18:30", timezone="europe/berlin", guild_id=7, created_by=6, topic="sport"
)


async def test_a_new_subscription_has_its_first_slot(services: Services) -> None:
    made, slot = await services.subscriptions.create(SUBSCRIPTION)
    assert (made.times, made.timezone, made.filter) == ((time(8), time(18, 30)), "Europe/Berlin", "topic:sport")
    assert slot.local.isoformat() == "2026-11-20T18:30:00"
    assert slot.at.isoformat() == "2026-11-20T17:30:00+00:00"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"timezone": "Europe/Berln"}, UnknownName),
        ({"times": "25:00"}, InputInvalid),
        ({"times": ""}, InputInvalid),
        ({"days": "someday"}, InputInvalid),
        ({"channel_id": 0}, InputInvalid),
        ({"country": "Atlantis"}, UnknownName),
        ({"filter": "("}, FilterInvalid),
        ({"look": "shiny"}, UnknownName),
        ({"late": "never"}, UnknownName),
        ({"quiet": "shout"}, UnknownName),
        ({"engine": "magic"}, UnknownName),
        ({"sentences": 11}, InputInvalid),
        ({"limit": 0}, InputInvalid),
        ({"late_hours": 49}, InputInvalid),
        ({"name": "Discord News"}, InputInvalid),
        ({"avatar": "lamp.png"}, InputInvalid),
    ],
)
async def test_invalid_input_is_refused(services: Services, wrong: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        await services.subscriptions.create(replace(SUBSCRIPTION, **wrong))  # type: ignore[arg-type] # wrong on purpose
    assert await services.subscriptions.list_subscriptions() == []


async def test_a_server_sees_and_changes_only_its_own(services: Services) -> None:
    mine, _ = await services.subscriptions.create(SUBSCRIPTION)
    theirs, _ = await services.subscriptions.create(replace(SUBSCRIPTION, guild_id=8, channel_id=80))
    personal, _ = await services.subscriptions.follow(replace(SUBSCRIPTION, guild_id=None, member_id=5))
    assert [each.id for each, _slot in await services.subscriptions.list_subscriptions(guild_id=7)] == [mine.id]
    assert [each.id for each, _slot in await services.subscriptions.list_subscriptions()] == [
        mine.id,
        theirs.id,
        personal.id,
    ]
    for number in (theirs.id, personal.id, 999, 2**70):
        with pytest.raises(NotFound):
            await services.subscriptions.get(number, guild_id=7)
        with pytest.raises(NotFound):
            await services.subscriptions.edit(number, {"look": "plain"}, guild_id=7)
        for asked in (
            services.subscriptions.delete,
            services.subscriptions.pause,
            services.subscriptions.resume,
            services.subscriptions.preview,
            services.subscriptions.history,
        ):
            with pytest.raises(NotFound):
                await asked(number, guild_id=7)
    assert len(await services.subscriptions.list_subscriptions()) == 3


async def test_the_operator_changes_all(services: Services) -> None:
    made, _ = await services.subscriptions.create(SUBSCRIPTION)
    assert (await services.subscriptions.delete(made.id)).id == made.id
    assert await services.subscriptions.list_subscriptions() == []
    with pytest.raises(NotFound):
        await services.subscriptions.delete(made.id)


async def test_a_pause_ends_slots_and_resuming_counts_from_then(services: Services, clock: ManualClock) -> None:
    made, _ = await services.subscriptions.create(SUBSCRIPTION)
    await services.subscriptions.pause(made.id, guild_id=7, reason=Obstacle(DeliveryReason.CHANNEL_GONE))
    assert [slot for _each, slot in await services.subscriptions.list_subscriptions(guild_id=7)] == [None]
    clock.advance(days=3)
    running, slot = await services.subscriptions.resume(made.id, guild_id=7)
    assert running.after == clock()
    assert slot.local.isoformat() == "2026-11-23T18:30:00"
    assert (await services.subscriptions.get(made.id))[0] == running


async def test_an_edit_changes_what_it_names_and_nothing_else(services: Services, clock: ManualClock) -> None:
    made, _ = await services.subscriptions.create(SUBSCRIPTION)
    clock.advance(hours=1)
    changed, _slot = await services.subscriptions.edit(made.id, {"look": "plain", "limit": 3, "days": None}, guild_id=7)
    assert changed == replace(made, look=DigestStyle.PLAIN, limit=3)
    later, slot = await services.subscriptions.edit(made.id, {"times": "9am", "days": "sat"}, guild_id=7)
    assert later.after == clock()
    assert slot is not None
    assert slot.local.isoformat() == "2026-11-21T09:00:00"
    assert (await services.subscriptions.get(made.id))[0] == later


async def test_a_preview_is_what_would_be_posted_now(services: Services) -> None:
    made, _ = await services.subscriptions.create(SUBSCRIPTION)
    _subscription, digest = await services.subscriptions.preview(made.id, guild_id=7)
    assert digest is not None
    assert [event.headline for event in digest.events] == ["Vitória no Maracanã"]
    _subscription, nothing = await services.subscriptions.preview_draft(
        replace(SUBSCRIPTION, topic="religion", quiet="skip")
    )
    assert nothing is None


async def test_history_is_empty_before_the_first_slot(services: Services) -> None:
    made, _ = await services.subscriptions.create(SUBSCRIPTION)
    assert await services.subscriptions.history(made.id, guild_id=7) == (made, [])


async def test_a_server_posts_under_its_own_name_until_it_takes_that_back(services: Services) -> None:
    made, _ = await services.subscriptions.create(
        replace(SUBSCRIPTION, name=" The  Lamp ", avatar="https://example.org/lamp.png")
    )
    ((stored, _slot),) = await services.subscriptions.list_subscriptions()
    assert (stored.sender_name, stored.sender_avatar) == ("The Lamp", "https://example.org/lamp.png")
    longer, _ = await services.subscriptions.edit(made.id, {"sentences": 5}, guild_id=7)
    assert (longer.sender_name, longer.sender_avatar) == ("The Lamp", "https://example.org/lamp.png")
    plain, _ = await services.subscriptions.edit(made.id, {"name": "-", "avatar": "-"}, guild_id=7)
    assert (plain.sender_name, plain.sender_avatar) == (None, None)


async def test_a_members_own_digest_comes_from_the_bot(services: Services) -> None:
    personal, _ = await services.subscriptions.follow(
        replace(SUBSCRIPTION, guild_id=None, member_id=5, name="The Lamp")
    )
    assert personal.sender_name is None


async def test_servers_and_channels_have_a_most(store: Store, clock: ManualClock) -> None:
    services = Services(store, DigestSettings(per_server=3, per_channel=2), SummarySettings(), clock)
    for _ in range(2):
        await services.subscriptions.create(SUBSCRIPTION)
    with pytest.raises(InputInvalid) as full_channel:
        await services.subscriptions.create(SUBSCRIPTION)
    assert (full_channel.value.key, full_channel.value.facts["most"]) == ("error-channel-most", 2)
    third, _ = await services.subscriptions.create(replace(SUBSCRIPTION, channel_id=71))
    with pytest.raises(InputInvalid) as full_server:
        await services.subscriptions.create(replace(SUBSCRIPTION, channel_id=72))
    assert full_server.value.key == "error-server-most"
    with pytest.raises(InputInvalid) as moved:
        await services.subscriptions.edit(third.id, {"channel_id": 70})
    assert moved.value.key == "error-channel-most"
    await services.subscriptions.edit(third.id, {"channel_id": 72})
    await services.subscriptions.create(replace(SUBSCRIPTION, guild_id=8, channel_id=80))


async def test_a_subscription_with_the_same_stories_and_times_is_found(services: Services) -> None:
    first, _ = await services.subscriptions.create(SUBSCRIPTION)
    same, _ = await services.subscriptions.create(replace(SUBSCRIPTION, times="18:30, 8:00", look="plain"))
    other, _ = await services.subscriptions.create(replace(SUBSCRIPTION, stories="de"))
    assert await services.subscriptions.same_as(same) == [first]
    assert await services.subscriptions.same_as(other) == []
