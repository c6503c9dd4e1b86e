"""Digests for a question, for a slot, and why: on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event as listens

from bot.errors import InputInvalid, NotFound
from bot.newsroom.filters import EVERYTHING, Filter
from bot.newsroom.models import QuietPolicy, Subscription
from bot.services.digests import ComposedDigest
from bot.settings import DigestSettings
from bot.store import events
from bot.store.database import Store
from summarizers.events.novelty import sentence_hash
from summarizers.types import Analysis
from tests.services.fake_digests import HOUR, Newsstand
from tests.services.services_fixture import Clock
from tests.store.news import told

FERRY = (
    "The ferry Star of Vikhavn sank off Vikhavn on Friday with 31 people, Captain Olav Brekke told the coast guard.\n"
    "Divers from Vikhavn search the wreck.\n"
    "The captain of the ferry spoke of a loud bang."
)
FERRY_RETOLD = (
    "31 people were on the ferry Star of Vikhavn when it sank on Friday off Vikhavn, Captain Olav Brekke told the guard.\n"
    "The wreck is searched by divers from Vikhavn."
)
FERRY_LATER = (
    "Divers in Vikhavn found the log book of the ferry Star of Vikhavn, prosecutor Ida Storm said.\n"
    "The ferry Star of Vikhavn sank off Vikhavn on Friday with 31 people, Captain Olav Brekke told the coast guard."
)
BUDGET = "Taipei passed its budget after a long night in parliament.\nThe vote was close, said speaker Lin Mei."
RAIN = "Rain filled the rivers of the Kenyan coast.\nFarmers around Mombasa were glad after two dry months."


def ferry(text: str = FERRY) -> Analysis:
    """A report of the sinking."""
    return told(text, countries=["NO"], topics=["disaster-accident-and-emergency"])


def budget() -> Analysis:
    """Another happening."""
    return told(BUDGET, countries=["TW"], topics=["politics-and-government"])


def rain() -> Analysis:
    """A third one."""
    return told(RAIN, countries=["KE"], topics=["weather"])


@pytest.fixture
def stand(store: Store) -> Newsstand:
    """An empty newsstand."""
    return Newsstand(store, Clock())


def headlines(composed: ComposedDigest) -> list[str]:
    """What a slot told."""
    assert composed.digest is not None
    return [event.headline for event in composed.digest.events]


# For a question


async def test_now_reaches_back_for_the_window_and_no_further(stand: Newsstand) -> None:
    await stand.file("old.txt", rain())
    stand.clock.advance(hours=30)
    await stand.file("new.txt", budget())
    digest = await stand.digests.compose(EVERYTHING)
    assert [event.countries[0].code for event in digest.events] == ["TW"]
    assert (digest.omitted, digest.until - digest.since) == (0, timedelta(hours=24))
    wider = await stand.digests.compose(EVERYTHING, since="2d")
    assert [event.countries[0].code for event in wider.events] == ["TW", "KE"]
    assert (await stand.digests.compose(Filter.parse("since:2d"))).events == wider.events
    assert (await stand.digests.compose(EVERYTHING, since="1h")).since == stand.clock() - HOUR


async def test_now_with_nothing_new_is_an_empty_digest(stand: Newsstand) -> None:
    assert (await stand.digests.compose(EVERYTHING)).events == ()
    await stand.file("old.txt", rain())
    stand.clock.advance(days=3)
    digest = await stand.digests.compose(EVERYTHING)
    assert (digest.events, digest.omitted) == ((), 0)


async def test_now_filters_limits_and_counts_the_rest(stand: Newsstand) -> None:
    for name, analysis in [("a", ferry()), ("b", budget()), ("c", rain())]:
        await stand.file(f"{name}.txt", analysis)
    digest = await stand.digests.compose(EVERYTHING, limit=1)
    assert (len(digest.events), digest.omitted) == (1, 2)
    only = await stand.digests.compose(Filter.of(country="kenya"))
    assert ([event.countries[0].code for event in only.events], only.filter) == (["KE"], "country:ke")
    with pytest.raises(InputInvalid):
        await stand.digests.compose(EVERYTHING, since="soon")


async def test_an_event_of_several_reports_tells_each_thing_once_with_its_source(stand: Newsstand) -> None:
    (first,) = await stand.file("a.txt", ferry(), source="The Harbour Post")
    (second,) = await stand.file("b.txt", ferry(FERRY_LATER), source="Northern Wire")
    (event,) = (await stand.digests.compose(EVERYTHING)).events
    assert {ref.story_id for ref in event.sources} == {first, second}
    texts = {first: FERRY.split("\n"), second: FERRY_LATER.split("\n")}
    for said in event.summary:
        assert texts[said.ref.story_id][said.position] == said.text
    assert len({said.text for said in event.summary}) == len(event.summary)
    assert dict(event.reasons)["sources"] == "2"


async def test_a_reprint_adds_a_source_and_no_sentence(stand: Newsstand) -> None:
    (first,) = await stand.file("a.txt", ferry())
    await stand.file("b.txt", told(FERRY + "\nAgency report.", countries=["NO"]))
    (event,) = (await stand.digests.compose(EVERYTHING)).events
    assert len(event.sources) == 2
    assert len({said.ref.story_id for said in event.summary}) == 1
    assert first in {ref.story_id for ref in event.sources}


async def test_another_length_of_summary_is_made_from_what_is_stored(stand: Newsstand) -> None:
    await stand.file("a.txt", ferry())
    (event,) = (await stand.digests.compose(EVERYTHING, sentences=2)).events
    assert len(event.summary) == 2
    assert all(said.text in FERRY for said in event.summary)


# For a slot


async def test_the_first_slot_tells_the_newest_window_and_not_the_backlog(stand: Newsstand) -> None:
    await stand.file("old.txt", rain())
    stand.clock.advance(days=2)
    await stand.file("new.txt", budget())
    order = await stand.order()
    assert headlines(await stand.slot(order)) == [BUDGET.split("\n")[0]]


async def test_a_late_first_slot_tells_all_since_the_order(stand: Newsstand) -> None:
    order = await stand.order(days=(1,))
    await stand.file("new.txt", budget())
    stand.clock.advance(days=5)
    assert headlines(await stand.slot(order)) == [BUDGET.split("\n")[0]]


async def test_an_event_is_told_once_and_its_news_as_an_update(stand: Newsstand) -> None:
    order = await stand.order()
    await stand.file("a.txt", ferry())
    composed = await stand.slot(order)
    assert len(headlines(composed)) == 1
    (item,) = composed.shown
    assert composed.digest is not None
    assert item.sentences == tuple(sentence_hash(said.text) for said in composed.digest.events[0].summary)

    stand.clock.advance(days=1)
    await stand.file("again.txt", told(FERRY.upper(), countries=["NO"]))
    await stand.file("retold.txt", ferry(FERRY_RETOLD))
    quiet = await stand.slot(order)
    assert quiet.digest is not None
    assert quiet.digest.events == ()

    stand.clock.advance(days=1)
    await stand.file("later.txt", ferry(FERRY_LATER))
    composed = await stand.slot(order)
    assert composed.digest is not None
    (event,) = composed.digest.events
    assert event.update
    assert event.id == item.event_id
    assert [said.text for said in event.summary] == [FERRY_LATER.split("\n")[0]]

    stand.clock.advance(days=1)
    assert (await stand.slot(order)).shown == ()


async def test_another_subscription_of_the_channel_does_not_tell_it_again_but_another_channel_does(
    stand: Newsstand,
) -> None:
    one, two, elsewhere = await stand.order(), await stand.order(), await stand.order(channel_id=8)
    await stand.file("a.txt", ferry())
    assert len((await stand.slot(one)).shown) == 1
    assert (await stand.slot(two)).shown == ()
    assert len((await stand.slot(elsewhere)).shown) == 1


async def test_a_corrected_report_is_an_update_of_what_was_told(stand: Newsstand) -> None:
    order = await stand.order()
    await stand.file("a.txt", ferry())
    await stand.slot(order)
    stand.clock.advance(days=1)
    await stand.file("a.txt", ferry(FERRY.replace("31 people", "33 people")))
    composed = await stand.slot(order)
    assert composed.digest is not None
    (event,) = composed.digest.events
    assert event.update
    assert [said.text for said in event.summary] == [FERRY.replace("31 people", "33 people").split("\n")[0]]


async def test_withdrawn_stories_are_not_told(stand: Newsstand) -> None:
    order = await stand.order()
    await stand.file("a.txt", ferry())
    await stand.file("b.txt", budget())
    await stand.take_away("a.txt")
    assert headlines(await stand.slot(order)) == [BUDGET.split("\n")[0]]


async def test_a_slot_that_failed_is_told_by_the_next_one(stand: Newsstand) -> None:
    order = await stand.order()
    await stand.slot(order)
    await stand.file("a.txt", ferry())
    stand.clock.advance(days=1)
    composed = await stand.digests.for_slot(order, stand.clock())  # never sent
    stand.clock.advance(days=1)
    again = await stand.slot(order)
    assert headlines(again) == headlines(composed)


async def test_a_story_stored_a_moment_after_the_slot_it_arrived_before_is_not_lost(stand: Newsstand) -> None:
    order = await stand.order()
    slot = stand.clock()
    await stand.slot(order, slot)
    stand.clock.now = slot - timedelta(seconds=2)
    await stand.file("a.txt", ferry())
    stand.clock.now = slot + timedelta(days=1)
    assert len((await stand.slot(order)).shown) == 1


async def test_quiet_days_are_said_skipped_or_filled(stand: Newsstand) -> None:
    await stand.file("a.txt", ferry())
    stand.clock.advance(days=2)
    say = await stand.order(channel_id=1)
    skip = await stand.order(channel_id=2, quiet=QuietPolicy.SKIP)
    widen = await stand.order(channel_id=3, quiet=QuietPolicy.WIDEN)
    said = await stand.slot(say)
    assert said.digest is not None
    assert (said.digest.events, said.reason) == ((), "quiet day")
    skipped = await stand.slot(skip)
    assert (skipped.digest, skipped.reason) == (None, "nothing new")
    assert len(headlines(await stand.slot(widen))) == 1
    stand.clock.advance(days=1)
    assert (await stand.slot(widen)).digest is None


async def test_a_slot_keeps_to_filter_limit_length_and_engine(stand: Newsstand) -> None:
    await stand.file("a.txt", ferry())
    await stand.file("b.txt", budget())
    await stand.file("c.txt", rain())
    order = await stand.order(filter="-topic:weather", limit=1, sentences=1, engine="lead")
    composed = await stand.slot(order)
    assert composed.digest is not None
    assert composed.digest.omitted == 1
    (event,) = composed.digest.events
    assert [said.position for said in event.summary] == [0]
    assert event.countries[0].code in ("NO", "TW")


async def test_no_country_takes_all_places_while_others_wait(store: Store) -> None:
    stand = Newsstand(store, Clock(), DigestSettings(share=0.5))
    names = ("Brekke", "Storvik", "Halden")
    for name in names:
        text = f"The council of {name} in Norway bought a snow plough from {name}son.\nIt is red, said {name}."
        await stand.file(f"{name}.txt", told(text, countries=["NO"], topics=["society"]), source=name)
    stand.clock.advance(minutes=1)
    await stand.file("b.txt", budget())
    digest = await stand.digests.compose(EVERYTHING, limit=2)
    assert sorted(event.countries[0].code for event in digest.events) == ["NO", "TW"]


async def test_what_waits_is_read_once_for_channels_of_one_filter_and_slot(stand: Newsstand) -> None:
    await stand.file("a.txt", ferry())
    await stand.file("b.txt", budget())
    orders = [await stand.order(channel_id=channel, filter="country:no") for channel in (1, 2, 3)]
    asked: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "GROUP BY story.event_id" in statement:
            asked.append(statement)

    listens.listen(stand.store._engine.sync_engine, "before_cursor_execute", note)
    told_of = [headlines(await stand.slot(order)) for order in orders]
    assert told_of[0] == told_of[1] == told_of[2] != []
    assert len(asked) == 1
    await stand.file("c.txt", rain())
    await stand.slot(await stand.order(channel_id=4, filter="country:no"))
    assert len(asked) == 2


async def test_what_is_told_of_an_event_is_found_out_once_for_all_channels(stand: Newsstand) -> None:
    await stand.file("a.txt", ferry(), source="The Harbour Post")
    await stand.file("b.txt", ferry(FERRY_RETOLD), source="Northern Wire")
    first, second, shorter = (
        await stand.order(channel_id=1),
        await stand.order(channel_id=2),
        await stand.order(channel_id=3, sentences=1),
    )
    asked: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "JOIN story_body" in statement:
            asked.append(statement)

    listens.listen(stand.store._engine.sync_engine, "before_cursor_execute", note)

    async def told_at_once(*orders: Subscription) -> list[list[str]]:
        found = [(await stand.slot(order)).digest for order in orders]
        return [[said.text for event in digest.events for said in event.summary] for digest in found if digest]

    one, other = await told_at_once(first, second)
    assert one == other != []
    assert len(asked) == 1
    (short,) = await told_at_once(shorter)
    assert (len(short), len(asked)) == (1, 2)
    stand.clock.advance(hours=2)
    await stand.file("c.txt", ferry(FERRY_LATER), source="The Ferryman")
    update, same = await told_at_once(first, second)
    assert update == same == [FERRY_LATER.split("\n")[0]]
    assert len(asked) == 4, "once for whether there is news, once for what it is"


async def test_what_one_channel_was_told_does_not_hide_it_from_the_next(stand: Newsstand) -> None:
    await stand.file("a.txt", ferry())
    first, second = await stand.order(channel_id=1), await stand.order(channel_id=2)
    later = await stand.order(channel_id=1)
    assert len(headlines(await stand.slot(first))) == 1
    assert headlines(await stand.slot(later)) == []
    assert len(headlines(await stand.slot(second))) == 1


async def test_what_was_read_for_other_channels_gives_way_to_what_happened_since(stand: Newsstand) -> None:
    (one,) = await stand.file("a.txt", ferry())
    (two,) = await stand.file("b.txt", budget())
    await stand.file("c.txt", rain())
    orders = [await stand.order(channel_id=channel) for channel in (1, 2, 3)]
    assert len(headlines(await stand.slot(orders[0]))) == 3
    older, newer = await stand.events(one, two)
    async with stand.store.writing() as conn:
        await events.merge_events(conn, newer, older)
    composed = await stand.slot(orders[1])
    assert {item.event_id for item in composed.shown} == {older, *await stand.events(3)}
    await stand.take_away("c.txt")
    assert [item.event_id for item in (await stand.slot(orders[2])).shown] == [older]


# Why, what rises, what is missing, what was missed


async def test_why_gives_rank_reasons_and_each_report(stand: Newsstand) -> None:
    first, second = [
        (await stand.file(name, item))[0] for name, item in [("a.txt", ferry()), ("b.txt", ferry(FERRY_LATER))]
    ]
    (number,) = await stand.events(first)
    event, details = await stand.digests.explain(f"e{number}")
    assert {detail.line.id for detail in details} == {first, second}
    assert dict(event.reasons)["rank"] == "1"
    assert (await stand.digests.explain(f"s{second}"))[0].id == number
    with pytest.raises(NotFound):
        await stand.digests.explain("e999")
    with pytest.raises(InputInvalid):
        await stand.digests.explain("that one")


async def test_trending_is_what_got_more_reports_than_before(stand: Newsstand) -> None:
    await stand.file("a.txt", ferry())
    await stand.file("b.txt", budget())
    await stand.file("c.txt", ferry(FERRY_LATER))
    (event,) = (await stand.digests.trending(limit=5))[:1]
    assert event.countries[0].code == "NO"
    assert ("stories", "2") in event.reasons
    stand.clock.advance(hours=25)
    assert await stand.digests.trending(limit=5) == []


async def test_catching_up_tells_what_came_since(stand: Newsstand) -> None:
    await stand.file("a.txt", ferry())
    await stand.digests.catch_up(5)
    stand.clock.advance(days=4)
    await stand.file("b.txt", budget())
    stand.clock.advance(days=4)
    digest = await stand.digests.catch_up(5)
    assert [event.countries[0].code for event in digest.events] == ["TW"]
