"""Digests for a question and for a slot, and reasons for a rank, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event as listens

from bot.errors import InputInvalid, NotFound
from bot.newsroom.filters import EVERYTHING, Filter
from bot.newsroom.models import QuietPolicy, Rhythm, Subscription
from bot.services.digests import ComposedDigest
from bot.services.members import MemberService
from bot.settings import DigestSettings
from bot.store import events
from bot.store.database import Store
from summarizers.events.novelty import sentence_hash
from summarizers.types import Analysis
from tests.clock import ManualClock
from tests.services.digest_scenario import HOUR, DigestScenario
from tests.store.factories import make_analysis

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
    return make_analysis(text, countries=["NO"], topics=["disaster-accident-and-emergency"])


def budget() -> Analysis:
    """Another happening."""
    return make_analysis(BUDGET, countries=["TW"], topics=["politics-and-government"])


def rain() -> Analysis:
    """A third one."""
    return make_analysis(RAIN, countries=["KE"], topics=["weather"])


@pytest.fixture
def scenario(store: Store) -> DigestScenario:
    """A scenario without files."""
    return DigestScenario(store, ManualClock())


def headlines(composed: ComposedDigest) -> list[str]:
    """Return the headlines of a slot's digest."""
    assert composed.digest is not None
    return [event.headline for event in composed.digest.events]


# For a question


async def test_now_reaches_back_for_the_window_and_no_further(scenario: DigestScenario) -> None:
    await scenario.add_file("old.txt", rain())
    scenario.clock.advance(hours=30)
    await scenario.add_file("new.txt", budget())
    digest = await scenario.digests.compose(EVERYTHING)
    assert [event.countries[0].code for event in digest.events] == ["TW"]
    assert (digest.omitted, digest.until - digest.since) == (0, timedelta(hours=24))
    wider = await scenario.digests.compose(EVERYTHING, since="2d")
    assert [event.countries[0].code for event in wider.events] == ["TW", "KE"]
    assert (await scenario.digests.compose(Filter.parse("since:2d"))).events == wider.events
    assert (await scenario.digests.compose(EVERYTHING, since="1h")).since == scenario.clock() - HOUR


async def test_now_with_nothing_new_is_an_empty_digest(scenario: DigestScenario) -> None:
    assert (await scenario.digests.compose(EVERYTHING)).events == ()
    await scenario.add_file("old.txt", rain())
    scenario.clock.advance(days=3)
    digest = await scenario.digests.compose(EVERYTHING)
    assert (digest.events, digest.omitted) == ((), 0)


async def test_a_digest_is_filtered_limited_and_counts_what_it_omits(scenario: DigestScenario) -> None:
    for name, analysis in [("a", ferry()), ("b", budget()), ("c", rain())]:
        await scenario.add_file(f"{name}.txt", analysis)
    digest = await scenario.digests.compose(EVERYTHING, limit=1)
    assert (len(digest.events), digest.omitted) == (1, 2)
    only = await scenario.digests.compose(Filter.of(country="kenya"))
    assert ([event.countries[0].code for event in only.events], only.filter) == (["KE"], "country:ke")
    with pytest.raises(InputInvalid):
        await scenario.digests.compose(EVERYTHING, since="soon")


async def test_an_event_with_several_reports_states_each_fact_once_with_its_source(scenario: DigestScenario) -> None:
    (first,) = await scenario.add_file("a.txt", ferry(), source="The Harbour Post")
    (second,) = await scenario.add_file("b.txt", ferry(FERRY_LATER), source="Northern Wire")
    (event,) = (await scenario.digests.compose(EVERYTHING)).events
    assert {ref.story_id for ref in event.sources} == {first, second}
    texts = {first: FERRY.split("\n"), second: FERRY_LATER.split("\n")}
    for said in event.summary:
        assert texts[said.ref.story_id][said.position] == said.text
    assert len({said.text for said in event.summary}) == len(event.summary)
    assert dict(event.reasons)["sources"] == "2"


async def test_an_event_is_called_what_the_first_quoted_report_calls_it(scenario: DigestScenario) -> None:
    headlines = {}
    for path, text, headline, source in (
        ("a.txt", FERRY, "Ferry sinks off Vikhavn", "The Harbour Post"),
        ("b.txt", FERRY_LATER, "Divers find ferry's log book", "Northern Wire"),
        ("c.txt", FERRY_RETOLD, "Ferry goes down", "Coast Radio"),
    ):
        analysis = replace(ferry(text), headline=headline)
        (number,) = await scenario.add_file(path, analysis, source=source)
        headlines[number] = headline
    (event,) = (await scenario.digests.compose(EVERYTHING)).events
    quoted = [sentence.ref.story_id for sentence in event.summary]
    assert event.headline == headlines[quoted[0]]
    assert quoted == sorted(quoted, key=quoted.index)
    assert {ref.story_id for ref in event.credited} == set(quoted)


async def test_a_reprint_adds_a_source_and_no_sentence(scenario: DigestScenario) -> None:
    (first,) = await scenario.add_file("a.txt", ferry())
    await scenario.add_file("b.txt", make_analysis(FERRY + "\nAgency report.", countries=["NO"]))
    (event,) = (await scenario.digests.compose(EVERYTHING)).events
    assert len(event.sources) == 2
    assert len({said.ref.story_id for said in event.summary}) == 1
    assert first in {ref.story_id for ref in event.sources}


async def test_another_length_of_summary_is_made_from_what_is_stored(scenario: DigestScenario) -> None:
    await scenario.add_file("a.txt", ferry())
    (event,) = (await scenario.digests.compose(EVERYTHING, sentences=2)).events
    assert len(event.summary) == 2
    assert all(said.text in FERRY for said in event.summary)


# For a slot


async def test_the_first_slot_covers_the_newest_window_not_the_backlog(scenario: DigestScenario) -> None:
    await scenario.add_file("old.txt", rain())
    scenario.clock.advance(days=2)
    await scenario.add_file("new.txt", budget())
    subscription = await scenario.subscribe()
    assert headlines(await scenario.deliver_slot(subscription)) == [BUDGET.split("\n")[0]]


async def test_a_late_first_slot_covers_everything_since_the_subscription(scenario: DigestScenario) -> None:
    subscription = await scenario.subscribe(days=(1,))
    await scenario.add_file("new.txt", budget())
    scenario.clock.advance(days=5)
    assert headlines(await scenario.deliver_slot(subscription)) == [BUDGET.split("\n")[0]]


async def test_an_event_is_shown_once_and_its_news_as_an_update(scenario: DigestScenario) -> None:
    subscription = await scenario.subscribe()
    await scenario.add_file("a.txt", ferry())
    composed = await scenario.deliver_slot(subscription)
    assert len(headlines(composed)) == 1
    (item,) = composed.shown
    assert composed.digest is not None
    assert item.sentences == tuple(sentence_hash(said.text) for said in composed.digest.events[0].summary)

    scenario.clock.advance(days=1)
    await scenario.add_file("again.txt", make_analysis(FERRY.upper(), countries=["NO"]))
    await scenario.add_file("retold.txt", ferry(FERRY_RETOLD))
    quiet = await scenario.deliver_slot(subscription)
    assert quiet.digest is not None
    assert quiet.digest.events == ()

    scenario.clock.advance(days=1)
    await scenario.add_file("later.txt", ferry(FERRY_LATER))
    composed = await scenario.deliver_slot(subscription)
    assert composed.digest is not None
    (event,) = composed.digest.events
    assert event.update
    assert event.id == item.event_id
    assert [said.text for said in event.summary] == [FERRY_LATER.split("\n")[0]]

    scenario.clock.advance(days=1)
    assert (await scenario.deliver_slot(subscription)).shown == ()


async def test_an_event_is_shown_once_per_channel_whatever_the_subscription(
    scenario: DigestScenario,
) -> None:
    one, two, elsewhere = await scenario.subscribe(), await scenario.subscribe(), await scenario.subscribe(channel_id=8)
    await scenario.add_file("a.txt", ferry())
    assert len((await scenario.deliver_slot(one)).shown) == 1
    assert (await scenario.deliver_slot(two)).shown == ()
    assert len((await scenario.deliver_slot(elsewhere)).shown) == 1


async def test_a_corrected_report_is_an_update(scenario: DigestScenario) -> None:
    subscription = await scenario.subscribe()
    await scenario.add_file("a.txt", ferry())
    await scenario.deliver_slot(subscription)
    scenario.clock.advance(days=1)
    await scenario.add_file("a.txt", ferry(FERRY.replace("31 people", "33 people")))
    composed = await scenario.deliver_slot(subscription)
    assert composed.digest is not None
    (event,) = composed.digest.events
    assert event.update
    assert [said.text for said in event.summary] == [FERRY.replace("31 people", "33 people").split("\n")[0]]


async def test_withdrawn_stories_are_not_shown(scenario: DigestScenario) -> None:
    subscription = await scenario.subscribe()
    await scenario.add_file("a.txt", ferry())
    await scenario.add_file("b.txt", budget())
    await scenario.remove_file("a.txt")
    assert headlines(await scenario.deliver_slot(subscription)) == [BUDGET.split("\n")[0]]


async def test_the_next_slot_covers_a_failed_one(scenario: DigestScenario) -> None:
    subscription = await scenario.subscribe()
    await scenario.deliver_slot(subscription)
    await scenario.add_file("a.txt", ferry())
    scenario.clock.advance(days=1)
    composed = await scenario.digests.for_slot(subscription, scenario.clock())  # never sent
    scenario.clock.advance(days=1)
    again = await scenario.deliver_slot(subscription)
    assert headlines(again) == headlines(composed)


async def test_a_story_stored_a_moment_after_the_slot_it_arrived_before_is_not_lost(scenario: DigestScenario) -> None:
    subscription = await scenario.subscribe()
    slot = scenario.clock()
    await scenario.deliver_slot(subscription, slot)
    scenario.clock.now = slot - timedelta(seconds=2)
    await scenario.add_file("a.txt", ferry())
    scenario.clock.now = slot + timedelta(days=1)
    assert len((await scenario.deliver_slot(subscription)).shown) == 1


async def test_quiet_days_are_announced_skipped_or_filled(scenario: DigestScenario) -> None:
    await scenario.add_file("a.txt", ferry())
    scenario.clock.advance(days=2)
    say = await scenario.subscribe(channel_id=1)
    skip = await scenario.subscribe(channel_id=2, quiet=QuietPolicy.SKIP)
    widen = await scenario.subscribe(channel_id=3, quiet=QuietPolicy.WIDEN)
    said = await scenario.deliver_slot(say)
    assert said.digest is not None
    assert (said.digest.events, said.reason) == ((), "quiet day")
    skipped = await scenario.deliver_slot(skip)
    assert (skipped.digest, skipped.reason) == (None, "nothing new")
    assert len(headlines(await scenario.deliver_slot(widen))) == 1
    scenario.clock.advance(days=1)
    assert (await scenario.deliver_slot(widen)).digest is None


async def test_a_slot_keeps_to_filter_limit_length_and_engine(scenario: DigestScenario) -> None:
    await scenario.add_file("a.txt", ferry())
    await scenario.add_file("b.txt", budget())
    await scenario.add_file("c.txt", rain())
    subscription = await scenario.subscribe(filter="-topic:weather", limit=1, sentences=1, engine="lead")
    composed = await scenario.deliver_slot(subscription)
    assert composed.digest is not None
    assert composed.digest.omitted == 1
    (event,) = composed.digest.events
    assert [said.position for said in event.summary] == [0]
    assert event.countries[0].code in ("NO", "TW")


async def test_no_country_takes_all_places_while_others_wait(store: Store) -> None:
    scenario = DigestScenario(store, ManualClock(), DigestSettings(share=0.5))
    names = ("Brekke", "Storvik", "Halden")
    for name in names:
        text = f"The council of {name} in Norway bought a snow plough from {name}son.\nIt is red, said {name}."
        await scenario.add_file(f"{name}.txt", make_analysis(text, countries=["NO"], topics=["society"]), source=name)
    scenario.clock.advance(minutes=1)
    await scenario.add_file("b.txt", budget())
    digest = await scenario.digests.compose(EVERYTHING, limit=2)
    assert sorted(event.countries[0].code for event in digest.events) == ["NO", "TW"]


async def test_candidates_are_read_once_for_channels_with_one_filter_and_slot(scenario: DigestScenario) -> None:
    await scenario.add_file("a.txt", ferry())
    await scenario.add_file("b.txt", budget())
    subscriptions = [await scenario.subscribe(channel_id=channel, filter="country:no") for channel in (1, 2, 3)]
    asked: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "GROUP BY story.event_id" in statement:
            asked.append(statement)

    listens.listen(scenario.store._engine.sync_engine, "before_cursor_execute", note)
    shown = [headlines(await scenario.deliver_slot(subscription)) for subscription in subscriptions]
    assert shown[0] == shown[1] == shown[2] != []
    assert len(asked) == 1
    await scenario.add_file("c.txt", rain())
    await scenario.deliver_slot(await scenario.subscribe(channel_id=4, filter="country:no"))
    assert len(asked) == 2


async def test_an_events_summary_is_made_once_for_all_channels(scenario: DigestScenario) -> None:
    await scenario.add_file("a.txt", ferry(), source="The Harbour Post")
    await scenario.add_file("b.txt", ferry(FERRY_RETOLD), source="Northern Wire")
    first, second, shorter = (
        await scenario.subscribe(channel_id=1),
        await scenario.subscribe(channel_id=2),
        await scenario.subscribe(channel_id=3, sentences=1),
    )
    asked: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "JOIN story_body" in statement:
            asked.append(statement)

    listens.listen(scenario.store._engine.sync_engine, "before_cursor_execute", note)

    async def deliver_at_once(*subscriptions: Subscription) -> list[list[str]]:
        found = [(await scenario.deliver_slot(subscription)).digest for subscription in subscriptions]
        return [[said.text for event in digest.events for said in event.summary] for digest in found if digest]

    one, other = await deliver_at_once(first, second)
    assert one == other != []
    assert len(asked) == 1
    (short,) = await deliver_at_once(shorter)
    assert (len(short), len(asked)) == (1, 2)
    scenario.clock.advance(hours=2)
    await scenario.add_file("c.txt", ferry(FERRY_LATER), source="The Ferryman")
    update, same = await deliver_at_once(first, second)
    assert update == same == [FERRY_LATER.split("\n")[0]]
    assert len(asked) == 4, "once for whether there is news, once for what it is"


async def test_a_cached_page_shows_each_channel_what_is_new_to_it(scenario: DigestScenario) -> None:
    await scenario.add_file("a.txt", ferry())
    first, second = await scenario.subscribe(channel_id=1), await scenario.subscribe(channel_id=2)
    later = await scenario.subscribe(channel_id=1)
    assert len(headlines(await scenario.deliver_slot(first))) == 1
    assert headlines(await scenario.deliver_slot(later)) == []
    assert len(headlines(await scenario.deliver_slot(second))) == 1


async def test_cached_candidates_give_way_to_newer_stories(scenario: DigestScenario) -> None:
    (one,) = await scenario.add_file("a.txt", ferry())
    (two,) = await scenario.add_file("b.txt", budget())
    await scenario.add_file("c.txt", rain())
    subscriptions = [await scenario.subscribe(channel_id=channel) for channel in (1, 2, 3)]
    assert len(headlines(await scenario.deliver_slot(subscriptions[0]))) == 3
    older, newer = await scenario.event_ids(one, two)
    async with scenario.store.writing() as conn:
        await events.merge_events(conn, newer, older)
    composed = await scenario.deliver_slot(subscriptions[1])
    assert {item.event_id for item in composed.shown} == {older, *await scenario.event_ids(3)}
    await scenario.remove_file("c.txt")
    assert [item.event_id for item in (await scenario.deliver_slot(subscriptions[2])).shown] == [older]


# Why, what rises, what is missing, what was missed


async def test_why_gives_rank_reasons_and_each_report(scenario: DigestScenario) -> None:
    first, second = [
        (await scenario.add_file(name, item))[0] for name, item in [("a.txt", ferry()), ("b.txt", ferry(FERRY_LATER))]
    ]
    (number,) = await scenario.event_ids(first)
    event, details = await scenario.digests.explain(f"e{number}")
    assert {detail.line.id for detail in details} == {first, second}
    assert dict(event.reasons)["rank"] == "1"
    assert (await scenario.digests.explain(f"s{second}"))[0].id == number
    with pytest.raises(NotFound):
        await scenario.digests.explain("e999")
    with pytest.raises(InputInvalid):
        await scenario.digests.explain("that one")


async def test_trending_events_got_more_reports_than_before(scenario: DigestScenario) -> None:
    await scenario.add_file("a.txt", ferry())
    await scenario.add_file("b.txt", budget())
    await scenario.add_file("c.txt", ferry(FERRY_LATER))
    (event,) = (await scenario.digests.trending(limit=5))[:1]
    assert event.countries[0].code == "NO"
    assert ("stories", "2") in event.reasons
    scenario.clock.advance(hours=25)
    assert await scenario.digests.trending(limit=5) == []


async def test_catching_up_shows_what_arrived_since(scenario: DigestScenario) -> None:
    await scenario.add_file("a.txt", ferry())
    await scenario.digests.catch_up(5)
    scenario.clock.advance(days=4)
    await scenario.add_file("b.txt", budget())
    scenario.clock.advance(days=4)
    digest = await scenario.digests.catch_up(5)
    assert [event.countries[0].code for event in digest.events] == ["TW"]


# For a week


async def test_a_weekly_digest_has_the_week_by_weight_also_what_others_had(scenario: DigestScenario) -> None:
    daily = await scenario.subscribe()
    weekly = await scenario.subscribe(every=Rhythm.WEEK, days=(5,))
    await scenario.add_file("a.txt", ferry(), source="Harbour Post")
    await scenario.add_file("b.txt", ferry(FERRY_RETOLD), source="Coast Herald")
    await scenario.deliver_slot(daily)
    scenario.clock.advance(days=5)
    await scenario.add_file("rain.txt", rain())
    scenario.clock.advance(days=1, hours=23)
    composed = await scenario.deliver_slot(weekly)
    assert composed.digest is not None
    assert composed.digest.week
    assert [event.countries[0].code for event in composed.digest.events] == ["NO", "KE"]  # older, but weightier
    assert not any(event.update for event in composed.digest.events)


async def test_the_next_weekly_digest_repeats_nothing_and_tells_what_is_new(scenario: DigestScenario) -> None:
    weekly = await scenario.subscribe(every=Rhythm.WEEK, days=(5,), quiet=QuietPolicy.SKIP)
    await scenario.add_file("a.txt", ferry(), source="Harbour Post")
    await scenario.add_file("budget.txt", budget())
    scenario.clock.advance(days=6)
    await scenario.deliver_slot(weekly)
    scenario.clock.advance(days=1)
    await scenario.add_file("c.txt", ferry(FERRY_LATER), source="Coast Herald")
    scenario.clock.advance(days=6)
    composed = await scenario.deliver_slot(weekly)
    assert composed.digest is not None
    (event,) = composed.digest.events
    assert event.update
    assert "log book" in event.summary[0].text


# By taste


async def test_an_own_digest_is_ordered_by_the_members_taste_and_a_servers_is_not(scenario: DigestScenario) -> None:
    await scenario.add_file("rain.txt", rain())
    await scenario.add_file("budget.txt", budget())
    own = await scenario.subscribe(guild_id=None, member_id=3, channel_id=70)
    usual = headlines(await scenario.digests.for_slot(own, scenario.clock()))
    members = MemberService(scenario.store, scenario.clock)
    last_topic = {"Rain": "weather", "Taip": "politics-and-government"}[usual[-1][:4]]
    for _ in range(3):
        await members.ask_for(3, last_topic, more=True)
    assert headlines(await scenario.digests.for_slot(own, scenario.clock())) == usual[::-1]
    server = await scenario.subscribe()
    assert headlines(await scenario.digests.for_slot(server, scenario.clock())) == usual
    await members.forget(3)
    assert await members.taste(3) == {}
