"""Does a server get its digests as ordered, and see no other server's?"""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from bot.errors import FilterInvalid, InputInvalid, NotFound, UnknownName
from bot.newsroom.models import LatePolicy, Look
from bot.services import Desk
from bot.services.subscription_input import Order, amend, read_order
from tests.services.services_fixture import NOON, Clock

ORDER = Order(channel_id=70, times="08:00, 18:30", timezone="europe/berlin", guild_id=7, created_by=6, topic="sport")


async def test_an_order_says_when_its_first_digest_comes(desk: Desk) -> None:
    made, slot = await desk.subscribe(ORDER)
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
async def test_an_order_that_makes_no_sense_is_refused(
    desk: Desk, wrong: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        await desk.subscribe(replace(ORDER, **wrong))  # type: ignore[arg-type] # wrong on purpose
    assert await desk.subscriptions() == []


async def test_a_server_sees_and_changes_only_its_own(desk: Desk) -> None:
    mine, _ = await desk.subscribe(ORDER)
    theirs, _ = await desk.subscribe(replace(ORDER, guild_id=8, channel_id=80))
    personal, _ = await desk.follow(replace(ORDER, guild_id=None, member_id=5))
    assert [each.id for each, _slot in await desk.subscriptions(guild_id=7)] == [mine.id]
    assert [each.id for each, _slot in await desk.subscriptions()] == [mine.id, theirs.id, personal.id]
    for number in (theirs.id, personal.id, 999, 2**70):
        with pytest.raises(NotFound):
            await desk.subscription(number, guild_id=7)
        with pytest.raises(NotFound):
            await desk.edit(number, {"look": "plain"}, guild_id=7)
        for asked in (desk.unsubscribe, desk.pause, desk.resume, desk.preview, desk.history):
            with pytest.raises(NotFound):
                await asked(number, guild_id=7)
    assert len(await desk.subscriptions()) == 3


async def test_the_operator_changes_all(desk: Desk) -> None:
    made, _ = await desk.subscribe(ORDER)
    assert (await desk.unsubscribe(made.id)).id == made.id
    assert await desk.subscriptions() == []
    with pytest.raises(NotFound):
        await desk.unsubscribe(made.id)


async def test_a_pause_ends_slots_and_resuming_counts_from_then(desk: Desk, clock: Clock) -> None:
    made, _ = await desk.subscribe(ORDER)
    await desk.pause(made.id, guild_id=7, reason="paused")
    assert [slot for _each, slot in await desk.subscriptions(guild_id=7)] == [None]
    clock.advance(days=3)
    running, slot = await desk.resume(made.id, guild_id=7)
    assert running.after == clock()
    assert slot.local.isoformat() == "2026-11-23T18:30:00"
    assert (await desk.subscription(made.id))[0] == running


async def test_an_edit_changes_what_it_names_and_nothing_else(desk: Desk, clock: Clock) -> None:
    made, _ = await desk.subscribe(ORDER)
    clock.advance(hours=1)
    changed, _slot = await desk.edit(made.id, {"look": "plain", "limit": 3, "days": None}, guild_id=7)
    assert changed == replace(made, look=Look.PLAIN, limit=3)
    later, slot = await desk.edit(made.id, {"times": "9am", "days": "sat"}, guild_id=7)
    assert later.after == clock()
    assert slot is not None
    assert slot.local.isoformat() == "2026-11-21T09:00:00"
    assert (await desk.subscription(made.id))[0] == later


@pytest.mark.parametrize(
    ("changes", "filter_text"),
    [
        ({"country": "Japan"}, "country:jp topic:sport"),
        ({"topic": "business"}, "topic:economy-business-and-finance"),
        ({"country": "Japan", "topic": "weather"}, "country:jp topic:weather"),
        ({"filter": "lang:en"}, "lang:en"),
        ({"filter": "lang:en", "country": "JP"}, "country:jp lang:en"),
        ({"filter": "all"}, ""),
        ({"filter": "*", "topic": "sport"}, "topic:sport"),
    ],
)
def test_countries_topics_and_filters_replace_their_part(changes: dict[str, str], filter_text: str) -> None:
    assert amend(read_order(ORDER, NOON), changes, NOON).filter == filter_text


def test_an_edit_of_nothing_or_of_something_unknown_is_refused() -> None:
    placed = read_order(ORDER, NOON)
    with pytest.raises(InputInvalid):
        amend(placed, {"look": None}, NOON)
    with pytest.raises(UnknownName):
        amend(placed, {"colour": "red"}, NOON)


def test_an_order_reads_what_people_write() -> None:
    read = read_order(replace(ORDER, days="weekend", look=" Embeds ", late="MERGE", language="de-AT"), NOON)
    assert (read.days, read.look, read.late, read.language) == ((6, 7), Look.EMBEDS, LatePolicy.MERGE, "de")


async def test_a_preview_is_what_would_be_posted_now(desk: Desk) -> None:
    made, _ = await desk.subscribe(ORDER)
    _subscription, digest = await desk.preview(made.id, guild_id=7)
    assert digest is not None
    assert [event.headline for event in digest.events] == ["Vitória no Maracanã"]
    _subscription, nothing = await desk.preview_order(replace(ORDER, topic="religion", quiet="skip"))
    assert nothing is None


async def test_history_is_empty_before_the_first_slot(desk: Desk) -> None:
    made, _ = await desk.subscribe(ORDER)
    assert await desk.history(made.id, guild_id=7) == (made, [])


async def test_a_server_posts_under_its_own_name_until_it_takes_that_back(desk: Desk) -> None:
    made, _ = await desk.subscribe(replace(ORDER, name=" The  Lamp ", avatar="https://example.org/lamp.png"))
    ((stored, _slot),) = await desk.subscriptions()
    assert (stored.sender_name, stored.sender_avatar) == ("The Lamp", "https://example.org/lamp.png")
    longer, _ = await desk.edit(made.id, {"sentences": 5}, guild_id=7)
    assert (longer.sender_name, longer.sender_avatar) == ("The Lamp", "https://example.org/lamp.png")
    plain, _ = await desk.edit(made.id, {"name": "-", "avatar": "-"}, guild_id=7)
    assert (plain.sender_name, plain.sender_avatar) == (None, None)


async def test_a_members_own_digest_comes_from_the_bot(desk: Desk) -> None:
    personal, _ = await desk.follow(replace(ORDER, guild_id=None, member_id=5, name="The Lamp"))
    assert personal.sender_name is None
