"""Stories in several languages come into one event as they arrive, on both databases."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

import pytest

from bot.services.event_assignment import assign_events
from bot.store import documents, event_index
from bot.store.database import Store
from bot.store.retention import prune_all
from summarizers import analyse
from summarizers.events.features import story_features
from summarizers.text.embeddings import encoder
from summarizers.types import Analysis
from tests.clock import ManualClock
from tests.services.digest_scenario import DigestScenario
from tests.store.factories import make_file_facts
from training.interlingual_reports import interlingual_reports

REPORTS = {(report.event, report.language): report.text for report in interlingual_reports("aside")}


def told(event: str, language: str) -> Analysis:
    (analysis,) = analyse(REPORTS[event, language], as_one_story=True)
    return analysis


@pytest.fixture
def scenario(store: Store) -> DigestScenario:
    """A scenario without files."""
    return DigestScenario(store, ManualClock())


async def test_reports_in_other_languages_join_the_event_of_the_first(scenario: DigestScenario) -> None:
    stories: list[int] = []
    for event, languages in (("plane-azores", "pt de"), ("space-launch", "fr it el"), ("fire-lisbon", "pt es")):
        for language in languages.split():
            stories += await scenario.add_file(f"{event}.{language}.txt", told(event, language))
            scenario.clock.advance(hours=2)
    events = await scenario.event_ids(*stories)
    assert len(set(events[:2])) == len(set(events[2:5])) == len(set(events[5:])) == 1
    assert len(set(events)) == 3


async def test_one_file_with_all_languages_is_clustered_like_files_of_their_own(scenario: DigestScenario) -> None:
    chosen = [key for key in REPORTS if key[0] in {"rates-turkey", "court-minister", "match-final", "flood-valencia"}]
    stories = await scenario.add_file("all.txt", *(told(*key) for key in chosen))
    together = defaultdict(set)
    for key, event in zip(chosen, await scenario.event_ids(*stories), strict=True):
        together[event].add(key[0])
    assert sorted(map(sorted, together.values())) == [
        ["court-minister"],
        ["flood-valencia"],
        ["match-final"],
        ["rates-turkey"],
    ]


async def test_two_stories_of_one_language_stay_apart_whoever_joins_them(scenario: DigestScenario) -> None:
    """The Czech report is like both; a German one is in the event of the first already."""
    (first,) = await scenario.add_file("de.txt", told("fire-museum", "de"))
    (swedish,) = await scenario.add_file("sv.txt", told("fire-museum", "sv"))
    (other,) = await scenario.add_file("other.txt", told("merger-steel", "de"))
    a, b, c = await scenario.event_ids(first, swedish, other)
    assert a == b != c


async def test_signs_of_old_stories_stay_for_searches(scenario: DigestScenario) -> None:
    await scenario.add_file("pt.txt", told("plane-azores", "pt"))
    await scenario.add_file("cs.txt", told("mine-donetsk", "cs"))
    async with scenario.store.reading() as conn:
        before = await event_index.newest_signs(conn, after=0, limit=9)
    assert [(language, bool(signs)) for _, language, signs in before] == [("pt", encoder() is not None), ("cs", False)]
    scenario.clock.advance(days=30)
    assert not await prune_all(scenario.store, now=scenario.clock())
    async with scenario.store.reading() as conn:
        assert await event_index.newest_signs(conn, after=0, limit=9) == before
        assert await event_index.get_features(conn, [row[0] for row in before]) == {}


async def test_a_report_three_weeks_later_is_an_event_of_its_own(scenario: DigestScenario) -> None:
    (first,) = await scenario.add_file("pt.txt", told("plane-azores", "pt"))
    scenario.clock.advance(days=21)
    (second,) = await scenario.add_file("de.txt", told("plane-azores", "de"))
    a, b = await scenario.event_ids(first, second)
    assert a != b


async def test_what_is_undone_is_no_candidate_later(store: Store) -> None:
    clock = ManualClock()
    portuguese, german = told("plane-azores", "pt"), told("plane-azores", "de")

    async def add(path: str, analysis: Analysis, *, undo: bool) -> int:
        async with store.writing() as conn:
            stored = await documents.store_document(
                conn, path, make_file_facts(analysis.story.text), [analysis], now=clock()
            )
            await assign_events(conn, [[(stored.story_ids[0], story_features(analysis))]], clock())
            if undo:
                raise LookupError
        return stored.story_ids[0]

    with pytest.raises(LookupError):
        await add("pt.txt", portuguese, undo=True)
    clock.advance(minutes=1)
    other = await add("pt.txt", told("fire-lisbon", "pt"), undo=False)
    second = await add("de.txt", german, undo=False)
    scenario = DigestScenario(store, clock)
    a, b = await scenario.event_ids(other, second)
    assert a != b
    clock.advance(minutes=1)
    third = await add("pt2.txt", portuguese, undo=False)
    assert len(set(await scenario.event_ids(second, third))) == 1


async def test_the_languages_of_an_event_are_those_of_its_visible_stories(scenario: DigestScenario) -> None:
    (first,) = await scenario.add_file("pt.txt", told("plane-azores", "pt"))
    scenario.clock.advance(seconds=timedelta(minutes=5).seconds)
    await scenario.add_file("de.txt", told("plane-azores", "de"))
    (event,) = await scenario.event_ids(first)
    async with scenario.store.reading() as conn:
        assert await event_index.get_event_languages(conn, [event]) == {event: {"pt", "de"}}
    await scenario.remove_file("de.txt")
    async with scenario.store.reading() as conn:
        assert await event_index.get_event_languages(conn, [event]) == {event: {"pt"}}
