"""SQL finds exactly the stories that the plain evaluation accepts, on both databases."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.i18n import words as catalogue
from bot.newsroom.assigned_labels import assigned_topics
from bot.newsroom.filters import Filter, FilterSubject
from bot.newsroom.filters.keys import KEYS, PatternKey
from bot.newsroom.models import COUNTRY_THRESHOLD
from bot.newsroom.search_terms import search_fields
from bot.services.filter_words import filter_words
from bot.store import documents, events, labels, search, story_pages, story_rows
from bot.store.database import Store
from tests.newsroom.filter_strategies import (
    COUNTRIES,
    KICKERS,
    LANGUAGES,
    NOW,
    PATHS,
    SOURCES,
    TOPICS,
    WORDS,
    filter_texts,
)
from tests.store.factories import make_analysis, make_file_facts


@dataclass
class World:
    """An open store, what is in it, and the loop that it lives on."""

    runner: asyncio.Runner
    store: Store
    subjects: dict[int, FilterSubject]

    def page(self, text: str, page: int = 1, per_page: int = 200) -> tuple[list[int], int]:
        async def ask() -> tuple[list[int], int]:
            async with self.store.reading() as conn:
                found, total = await story_pages.list_stories(
                    conn, Filter.parse(text), page=page, per_page=per_page, now=NOW
                )
            return [line.id for line in found], total

        return self.runner.run(ask())

    def accepted(self, text: str) -> list[int]:
        """The ids that the plain evaluation accepts, newest first."""
        wanted = Filter.parse(text)
        found = [number for number, story in self.subjects.items() if wanted.accepts(story, NOW)]
        return sorted(found, key=lambda number: (self.subjects[number].published_at, number), reverse=True)


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """Eighty stories of a small world, some of them changed, some withdrawn."""
    chance = random.Random(11)
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        store = runner.run(stack.enter_async_context(Store.open(database_url)))
        try:
            yield World(runner, store, runner.run(_fill(store, chance)))
        finally:
            runner.run(stack.aclose())


def test_a_new_key_is_one_entry_in_the_table_of_keys(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rubric = PatternKey(name="rubric", text=lambda story: story.kicker, column="kicker_folded")
    monkeypatch.setitem(KEYS, "rubric", rubric)
    assert str(Filter.parse("RUBRIC:Sport* lang:en")) == "lang:en rubric:sport*"
    for kicker in ("*", *(f'"{each}"' for each in KICKERS if each)):
        ids, total = world.page(f"rubric:{kicker}")
        assert ids == world.accepted(f"rubric:{kicker}") == world.accepted(f"kicker:{kicker}")
        assert total == len(ids)
    assert filter_words(str(Filter.parse("rubric:x")), catalogue("en")) == "rubric: x"


async def _fill(store: Store, chance: random.Random) -> dict[int, FilterSubject]:
    subjects: dict[int, FilterSubject] = {}
    for path in (*PATHS, "gone.txt"):
        for version in range(2):
            analyses, origins = [], []
            for number in range(20):
                words = [" ".join(chance.choices(WORDS, k=chance.randint(1, 5))) for _part in range(2)]
                analyses.append(
                    make_analysis(
                        f"{words[0]} {number if number > 3 else ''}",
                        headline=words[1],
                        countries={code: chance.choice([0.1, 0.25, 0.9]) for code in chance.sample(COUNTRIES, 2)},
                        topics={slug: chance.choice([0.1, 0.4, 0.6]) for slug in chance.sample(TOPICS, 2)},
                        language=chance.choice(LANGUAGES),
                        kicker=chance.choice(KICKERS),
                    )
                )
                at: datetime | None = NOW - timedelta(hours=chance.randint(-24, 24 * 9))
                origins.append(documents.Origin(at, chance.choice(SOURCES)))
            async with store.writing() as conn:
                stored = await documents.store_document(
                    conn, path, make_file_facts(str(version)), analyses, now=NOW, origins=origins
                )
        async with store.writing() as conn:
            lines = {line.id: line for line in await story_rows.get_lines(conn, stored.story_ids)}
        for number, analysis in zip(stored.story_ids, analyses, strict=True):
            line = lines[number]
            subjects[number] = FilterSubject(
                published_at=line.published_at,
                language=analysis.language,
                countries=frozenset(
                    country.code for country in line.countries if country.salience >= COUNTRY_THRESHOLD
                ),
                topics=assigned_topics((topic.slug, topic.score) for topic in line.topics),
                source=line.ref.source,
                path=path,
                kicker=line.kicker,
                event_id=line.event_id,
                fields=search_fields(analysis),
            )
    async with store.writing() as conn:
        await documents.withdraw_document(conn, "gone.txt", now=NOW)
        present = {line.id for line in await story_rows.get_lines(conn, list(subjects))}
    return {number: story for number, story in subjects.items() if number in present}


def test_pages_and_totals_are_what_the_plain_evaluation_accepts(world: World) -> None:
    assert len(world.subjects) == 80

    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
    @given(filter_texts())
    def hold(text: str) -> None:
        expected = world.accepted(text)
        assert world.page(text) == (expected, len(expected))

    hold()


def test_every_short_cut_counts_exactly(world: World) -> None:
    keys = {
        "country": [
            "",
            "country:jp",
            "country:pe",
            "country:us",
            "country:jp,no",
            "region:africa",
            "region:asia,europe",
        ],
        "topic": ["", "topic:sport", "topic:weather", "topic:sport,health"],
        "lang": ["", "lang:zh", "lang:fr", "lang:en,de"],
        "since": ["", "since:30h", "since:2026-11-18", "since:2026-11-18T07:30"],
        "until": ["", "until:12h", "until:2026-11-18T20:00", "until:yesterday"],
    }
    parts = st.tuples(*(st.sampled_from(values) for values in keys.values()))

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(parts, st.integers(1, 4))
    def hold(chosen: tuple[str, ...], page: int) -> None:
        text = " ".join(chosen)
        expected = world.accepted(text)
        assert world.page(text, page, 7) == (expected[(page - 1) * 7 : page * 7], len(expected))

    hold()


def test_events_are_those_of_accepted_stories(world: World) -> None:
    async def ask(text: str) -> set[int]:
        async with world.store.reading() as conn:
            found = (
                await events.competing_events(
                    conn, Filter.parse(text), since=NOW - timedelta(hours=1), until=NOW, limit=500, now=NOW
                )
            ).events
        return {event.id for event in found}

    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(filter_texts())
    def hold(text: str) -> None:
        assert world.runner.run(ask(text)) == {world.subjects[number].event_id for number in world.accepted(text)}

    hold()


def test_search_finds_the_same_and_puts_heads_first(world: World) -> None:
    async def ask(words: str, wanted: str) -> list[int]:
        async with world.store.reading() as conn:
            return await search.search_stories(conn, words, Filter.parse(wanted), 200, now=NOW)

    for words in (*WORDS, "sea drills", '"sea drills"', "ferry -drill"):
        for wanted in ("", "country:jp", "-lang:de"):
            text = f"{_quoted(words)} {wanted}".strip()
            found = world.runner.run(ask(_quoted(words), wanted))
            assert sorted(found) == sorted(world.accepted(text)), text
    ferries = world.runner.run(ask("ferry", ""))
    in_head = [bool({"ferri", "ferry"} & set(world.subjects[number].fields[0])) for number in ferries]
    assert in_head == sorted(in_head, reverse=True)


async def test_search_finds_old_stories_behind_any_number_of_newer_ones(store: Store) -> None:
    skip = {
        "sqlite": "UPDATE sqlite_sequence SET seq = :last WHERE name = 'story'",
        "postgresql": "SELECT setval(pg_get_serial_sequence('story', 'id'), :last)",
    }
    filed: list[int] = []
    for last in (0, 20_000, 90_000, 700_000, 9_000_000):
        async with store.writing() as conn:
            if last:
                await conn.execute(text(skip[conn.dialect.name]), {"last": last})
            told_now = [
                make_analysis("Ferry off Aland\nThe drill began."),
                make_analysis("Harbour\nA ferry waited for the drill to end."),
            ]
            stored = await documents.store_document(conn, f"{last}.txt", make_file_facts(f"{last}"), told_now, now=NOW)
        assert stored.story_ids[0] > last
        filed += stored.story_ids
    async with store.reading() as conn:
        found = await search.search_stories(conn, "ferry drill", Filter(), 100, now=NOW)
        newest = await search.search_stories(conn, "ferry", Filter(), 2, now=NOW)
    assert sorted(found) == filed
    assert newest == [filed[-2], filed[-4]]


def _quoted(words: str) -> str:
    return words if '"' in words or " " in words else f'"{words}"'


def test_counts_are_those_of_the_filters(world: World) -> None:
    async def ask() -> tuple[dict[str, int], dict[str, int], dict[str, int], int]:
        async with world.store.reading() as conn:
            return (
                dict(await labels.country_counts(conn)),
                dict(await labels.topic_counts(conn)),
                dict(await labels.language_counts(conn)),
                await story_rows.count_stories(conn),
            )

    countries, topics, languages, total = world.runner.run(ask())
    assert total == len(world.subjects)
    for found, names in ((countries, COUNTRIES), (topics, TOPICS), (languages, LANGUAGES)):
        assert set(found) <= set(names)
    for code in COUNTRIES:
        assert countries.get(code, 0) == len(world.accepted(f"country:{code}"))
    for slug in TOPICS:
        assert topics.get(slug, 0) == len(world.accepted(f"topic:{slug}"))
    for code in LANGUAGES:
        assert languages.get(code, 0) == len(world.accepted(f"lang:{code}"))
