"""Stories come into events as they arrive, on both databases."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import pytest

from bot.intake.file_reader import read_document
from bot.newsroom.clustering import Clusterer, clustering_order
from bot.services import event_assignment
from bot.services.event_assignment import assign_events
from bot.settings import IntakeSettings
from bot.store import documents, event_index, events, story_rows
from bot.store.database import Store
from bot.store.event_index import IndexedFeatures
from bot.store.retention import prune_all
from summarizers import analyse
from summarizers.events.features import StoryFeatures, story_features
from summarizers.types import Analysis
from tests.clock import ManualClock
from tests.newsroom.test_clustering import REPORTS, TWO_THEN_ONE
from tests.services.digest_scenario import DigestScenario
from tests.store.factories import make_analysis, make_file_facts


def reports() -> list[Analysis]:
    """Four sinkings, two reports each, one after the other."""
    return [make_analysis(text.replace(". ", ".\n")) for _, text in REPORTS]


@pytest.fixture
def scenario(store: Store) -> DigestScenario:
    """A scenario without files."""
    return DigestScenario(store, ManualClock())


async def test_a_second_report_joins_the_event_of_the_first(scenario: DigestScenario) -> None:
    one, two, other, _ = reports()[:4]
    (first,) = await scenario.add_file("one.txt", one)
    scenario.clock.advance(hours=5)
    (second,) = await scenario.add_file("two.txt", two)
    (third,) = await scenario.add_file("other.txt", other)
    a, b, c = await scenario.event_ids(first, second, third)
    assert a == b != c
    async with scenario.store.reading() as conn:
        event = await events.find_event(conn, a)
    assert event is not None
    assert [line.id for line in event.stories] == [first, second]


async def test_a_batch_is_clustered_alike_in_any_order(store: Store) -> None:
    seen = [(text, story_features(text)) for text in reports()[:4]]
    found = set()
    for turn, order in enumerate(itertools.islice(itertools.permutations(range(4)), 0, 24, 5)):
        async with store.writing() as conn:
            stored = await documents.store_document(
                conn, f"{turn}.txt", make_file_facts(f"{turn}"), [seen[at][0] for at in order], now=ManualClock()()
            )
            await assign_events(
                conn,
                [[(number, seen[at][1]) for number, at in zip(stored.story_ids, order, strict=True)]],
                ManualClock()(),
            )
            lines = await story_rows.get_lines(conn, stored.story_ids)
            event_of = {at: line.event_id for at, line in zip(order, lines, strict=True)}
            found.add(tuple(event_of[at] == event_of[other] for at, other in itertools.combinations(range(4), 2)))
            await documents.withdraw_document(conn, f"{turn}.txt", now=ManualClock()())
            await event_index.remove_features(conn, list(stored.story_ids))
    assert found == {(True, False, False, False, False, True)}


async def test_a_corrected_file_stays_in_its_event(scenario: DigestScenario) -> None:
    one, _, other, _ = reports()[:4]
    (first,) = await scenario.add_file("one.txt", one)
    await scenario.add_file("other.txt", other)
    (event,) = await scenario.event_ids(first)
    scenario.clock.advance(hours=3)
    fixed = make_analysis(one.story.body.replace("31", "33"))
    (second,) = await scenario.add_file("one.txt", fixed)
    assert second != first
    assert await scenario.event_ids(second) == [event]


async def test_a_file_that_returns_finds_its_event(scenario: DigestScenario) -> None:
    one, two = reports()[:2]
    (first,) = await scenario.add_file("one.txt", one)
    (second,) = await scenario.add_file("two.txt", two)
    before = await scenario.event_ids(first, second)
    await scenario.remove_file("one.txt")
    assert await scenario.event_ids(first) == []
    scenario.clock.advance(hours=3)
    assert await scenario.add_file("one.txt", one) == (first,)
    assert await scenario.event_ids(first, second) == before


async def test_a_file_that_returns_after_a_month_keeps_its_event(
    scenario: DigestScenario,
) -> None:
    one, two = reports()[:2]
    (first,) = await scenario.add_file("one.txt", one)
    (second,) = await scenario.add_file("two.txt", two)
    before = await scenario.event_ids(first, second)
    scenario.clock.advance(days=30)
    await scenario.remove_file("one.txt")
    assert not await prune_all(scenario.store, now=scenario.clock())
    async with scenario.store.reading() as conn:
        assert not any(arrival.indexed for arrival in (await event_index.get_arrivals(conn, [second])).values())
        since, hashes = scenario.clock() - timedelta(days=99), story_features(two).hashes
        assert await event_index.newest_by_hash(conn, hashes, since=since, per_hash=9) == {}
    assert await scenario.add_file("one.txt", one) == (first,)
    assert await scenario.event_ids(first, second) == before


async def test_a_story_that_another_version_placed_is_no_candidate_and_stops_nothing(scenario: DigestScenario) -> None:
    one, two, *_ = reports()
    (first,) = await scenario.add_file("one.txt", one)
    async with scenario.store.writing() as conn:
        await event_index.replace_features(
            conn,
            [IndexedFeatures(first, scenario.clock(), story_features(one).hashes, '["of another version"]', "en", b"")],
        )
    event_assignment._recent.clear()
    (second,) = await scenario.add_file("two.txt", two)
    a, b = await scenario.event_ids(first, second)
    assert a != b


async def test_an_old_event_is_not_joined(scenario: DigestScenario) -> None:
    one, two = reports()[:2]
    (first,) = await scenario.add_file("one.txt", one)
    scenario.clock.advance(days=40)
    (second,) = await scenario.add_file("two.txt", two)
    a, b = await scenario.event_ids(first, second)
    assert a != b


async def test_nothing_placed_is_nothing_done(scenario: DigestScenario) -> None:
    async with scenario.store.writing() as conn:
        await assign_events(conn, [], scenario.clock())


async def test_a_report_that_belongs_to_two_events_makes_them_one(scenario: DigestScenario) -> None:
    filed: list[int] = []
    for at, text in enumerate(TWO_THEN_ONE):
        filed += await scenario.add_file(f"{at}.txt", make_analysis(text.replace(". ", ".\n")))
        if at == 2:
            first, second, third = await scenario.event_ids(*filed)
            assert first == second != third
    assert set(await scenario.event_ids(*filed)) == {first}


SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def seed_stories() -> list[Analysis]:
    """The stories of the seed files, as intake reads them."""
    parts = [part for path in sorted(SEEDS.iterdir()) for part in read_document(path, IntakeSettings().max_bytes).parts]
    return [story for part in parts for story in analyse(part.text, title=part.title)]


def excerpts(stories: list[Analysis], chance: random.Random) -> list[tuple[Analysis, StoryFeatures]]:
    """Short reports of three stories, up to three of their sentences in each, so that many decisions are close."""
    reports = []
    for story in chance.sample([story for story in stories if len(story.sentences) > 4], 3):
        for _ in range(24):
            number = chance.randint(1, 3)
            chosen = sorted(chance.sample(range(len(story.sentences)), number))
            report = make_analysis("\n".join(story.sentences[at] for at in chosen), language=story.language)
            reports.append((report, story_features(report)))
    chance.shuffle(reports)
    return reports


def partition(events_by_report: dict[int, int]) -> set[frozenset[int]]:
    """The reports that share an event."""
    members: dict[int, set[int]] = defaultdict(set)
    for report, event in events_by_report.items():
        members[event].add(report)
    return set(map(frozenset, members.values()))


@pytest.mark.parametrize("seed", range(3))
async def test_store_and_memory_give_the_same_events(store: Store, seed_stories: list[Analysis], seed: int) -> None:
    chance = random.Random(seed)
    reports = excerpts(seed_stories, chance)
    clock, clusterer = ManualClock(), Clusterer()
    placed: dict[int, int] = {}
    stored_as: dict[int, int] = {}
    while len(placed) < len(reports):
        clock.advance(hours=chance.choice((1, 30)))
        batch = reports[len(placed) : len(placed) + chance.choice((1, 1, 1, 4))]
        batch.sort(key=lambda report: clustering_order(report[1]))
        async with store.writing() as conn:
            name = f"{len(placed)}.txt"
            stored = await documents.store_document(
                conn, name, make_file_facts(name), [each for each, _ in batch], now=clock()
            )
            features = [own for _, own in batch]
            await assign_events(conn, [list(zip(stored.story_ids, features, strict=True))], clock())
        for story_id, own in zip(stored.story_ids, features, strict=True):
            stored_as[len(placed)] = story_id
            placed[len(placed)] = clusterer.add(len(placed), own, clock()).event
    async with store.reading() as conn:
        lines = {line.id: line for line in await story_rows.get_lines(conn, list(stored_as.values()))}
    in_store = partition({report: lines[story_id].event_id for report, story_id in stored_as.items()})
    in_memory = partition({report: clusterer.current_event(event) for report, event in placed.items()})
    assert in_store == in_memory
    assert any(len(event) > 1 for event in in_memory), "nothing was clustered"
