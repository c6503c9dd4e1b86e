"""Events: what grouping asks and does, and that nothing posted is lost by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from math import inf

from bot.newsroom.filters import EVERYTHING, Filter
from bot.newsroom.ranking import Candidate, rank
from bot.store import documents, event_index, events, story_rows
from bot.store.database import Store
from bot.store.event_index import IndexedFeatures
from tests.store.factories import NOON, make_analysis, make_file_facts

HOUR = timedelta(hours=1)


async def _stories(store: Store, *texts: str, at: datetime = NOON) -> list[int]:
    """A document per text, an hour between them."""
    ids: list[int] = []
    async with store.writing() as conn:
        for number, text in enumerate(texts):
            stored = await documents.store_document(
                conn,
                f"{text}.txt",
                make_file_facts(text),
                [make_analysis(text, countries=["NO"])],
                now=at + number * HOUR,
            )
            ids += stored.story_ids
    return ids


async def _event_of(store: Store, story_id: int) -> int:
    async with store.reading() as conn:
        return (await story_rows.get_lines(conn, [story_id]))[0].event_id


async def test_the_newest_stories_of_each_hash_are_found(store: Store) -> None:
    ids = await _stories(store, "a", "b", "c", "d")
    hashes = [(1, 2, 3), (2, 3, 4), (3,), (9, -(2**63), 2**63 - 1)]
    rows = [
        IndexedFeatures(story_id, NOON + number * HOUR, own, f"features of {story_id}", "en", b"")
        for number, (story_id, own) in enumerate(zip(ids, hashes, strict=True))
    ]
    async with store.writing() as conn:
        await event_index.index_features(conn, rows)

        async def newest(*wanted: int, since: datetime = NOON, per_hash: int = 50) -> dict[int, tuple[int, ...]]:
            return await event_index.newest_by_hash(conn, wanted, since=since, per_hash=per_hash)

        assert await newest(1, 3, 3, 2**63 - 1, -(2**63), 77) == {
            1: (ids[0],),
            3: (ids[2], ids[1], ids[0]),
            2**63 - 1: (ids[3],),
            -(2**63): (ids[3],),
        }
        assert await newest(1, 2, 3, since=NOON + HOUR) == {2: (ids[1],), 3: (ids[2], ids[1])}
        assert await newest(2, 3, per_hash=1) == {2: (ids[1],), 3: (ids[2],)}
        await event_index.replace_features(conn, [replace(rows[2], hashes=(5,))])
        assert await newest(3) == {3: (ids[1], ids[0])}
        await documents.withdraw_document(conn, "a.txt", now=NOON)
        assert await newest(3) == {3: (ids[1], ids[0])}, "a corrected report finds its predecessor"
        assert await newest() == {}
        many = range(100, 1700)
        await event_index.replace_features(conn, [replace(rows[2], hashes=tuple(many))])
        assert await newest(*many) == dict.fromkeys(many, (ids[2],))


async def test_candidates_say_whose_event_an_operator_decided(store: Store) -> None:
    first, second = await _stories(store, "a", "b")
    rows = [IndexedFeatures(story_id, NOON, (1,), f"features of {story_id}", "en", b"") for story_id in (first, second)]
    async with store.writing() as conn:
        await event_index.index_features(conn, rows)
        await events.pin_events(conn, [await _event_of(store, second)])
        found = await event_index.get_candidates(conn, [second, first, 10**9])
        features = await event_index.get_features(conn, [second, first, 10**9])
    assert {story_id: each.pinned for story_id, each in found.items()} == {first: False, second: True}
    assert features == {first: f"features of {first}", second: f"features of {second}"}


async def test_assigning_the_last_story_redirects_the_empty_event(store: Store) -> None:
    first, second = await _stories(store, "a", "b")
    old, new = await _event_of(store, second), await _event_of(store, first)
    async with store.writing() as conn:
        await events.assign_stories(conn, {second: new})
        await events.assign_stories(conn, {second: new})
        found = await events.find_event(conn, old)
        assert found is not None
        assert (found.id, [line.id for line in found.stories]) == (new, [first, second])
        assert (found.first_at, found.last_at) == (NOON, NOON + HOUR)


async def test_redirects_do_not_form_chains(store: Store) -> None:
    ids = await _stories(store, "a", "b", "c")
    numbers = [await _event_of(store, story_id) for story_id in ids]
    async with store.writing() as conn:
        await events.merge_events(conn, numbers[0], numbers[1])
        await events.merge_events(conn, numbers[1], numbers[2])
        for number in numbers:
            found = await events.find_event(conn, number)
            assert found is not None
            assert found.id == numbers[2]
            assert len(found.stories) == 3
        assert await events.find_event(conn, 10**6) is None
        assert await events.find_event(conn, -1) is None
        assert await events.find_event(conn, 2**70) is None


async def test_competing_events_come_once_with_all_reports_that_had_arrived(store: Store) -> None:
    ids = await _stories(store, "a", "b", "c")
    numbers = [await _event_of(store, story_id) for story_id in ids]
    async with store.writing() as conn:
        await events.merge_events(conn, numbers[2], numbers[0])

    async def ask(
        since: datetime, until: datetime, text: str = "", limit: int = 10, skip: int = 0
    ) -> tuple[list[tuple[int, list[int]]], int]:
        async with store.reading() as conn:
            page = await events.competing_events(
                conn, Filter.parse(text), since=since, until=until, limit=limit, now=NOON, skip=skip
            )
        return [(item.id, [report.id for report in item.reports]) for item in page.events], page.total

    everything = [(numbers[0], [ids[0], ids[2]]), (numbers[1], [ids[1]])]
    assert await ask(NOON - HOUR, NOON + 9 * HOUR) == (everything, 2)
    assert await ask(NOON - HOUR, NOON + 9 * HOUR, limit=1) == (everything[:1], 2)
    assert await ask(NOON - HOUR, NOON + 9 * HOUR, skip=1) == (everything[1:], 2)
    assert await ask(NOON - HOUR, NOON + HOUR) == ([(numbers[1], [ids[1]]), (numbers[0], [ids[0]])], 2)
    assert await ask(NOON + HOUR, NOON + 9 * HOUR) == (everything[:1], 1), "an update brings the whole event"
    assert await ask(NOON, NOON + HOUR) == ([(numbers[1], [ids[1]])], 1), "since is excluded, until included"
    assert await ask(NOON - HOUR, NOON + 9 * HOUR, "country:kr") == ([], 0)


async def test_competing_events_come_in_the_order_of_the_ranking(store: Store) -> None:
    texts = {
        "short.txt": "Rain.",
        "long.txt": "Rain fell on the coast. " * 40,
        "retold.txt": "Wind.",
        "wire.txt": "Gale.",
    }
    async with store.writing() as conn:
        for number, (path, text) in enumerate(texts.items()):
            origin = documents.Origin(source=path)
            await documents.store_document(
                conn,
                path,
                make_file_facts(text),
                [make_analysis(text), make_analysis(f"{text} Deeper down.")],
                now=NOON + number * HOUR,
                origin=origin,
            )
        lines = await story_rows.get_lines(conn, range(1, 9))
        by_path = {line.ref.path: line.event_id for line in lines if line.ref.position == 0}
        await events.merge_events(conn, by_path["wire.txt"], by_path["retold.txt"])
        since, until = NOON - HOUR, NOON + 9 * HOUR
        page = await events.competing_events(conn, EVERYTHING, since=since, until=until, limit=50, now=NOON)
    waiting = [
        Candidate(item.id, item.reports, frozenset(report.id for report in item.reports)) for item in page.events
    ]
    ranked = rank(waiting, query=EVERYTHING, since=since, until=until)
    assert (len(page.events), page.total) == (7, 7)
    assert [item.candidate.id for item in ranked] == [item.id for item in page.events]


async def test_rising_events_have_more_stories_than_in_the_period_before(store: Store) -> None:
    ids = await _stories(store, *"abcdefgh")  # an hour apart, so that d is the last one before the window
    numbers = [await _event_of(store, story_id) for story_id in ids]
    async with store.writing() as conn:
        for number in (1, 2, 7):
            await events.merge_events(conn, numbers[number], numbers[0])
        for number in (5, 6):
            await events.merge_events(conn, numbers[number], numbers[4])
        found = await events.rising_events(
            conn, EVERYTHING, since=NOON + 3 * HOUR, until=NOON + 7 * HOUR, limit=9, now=NOON
        )
        assert found == [
            events.RisingEvent(numbers[4], 3, 0),
        ]
        none = Filter.parse("country:kr")
        assert await events.rising_events(conn, none, since=NOON, until=NOON + 9 * HOUR, limit=9, now=NOON) == []


async def test_an_event_without_a_visible_story_is_not_returned(store: Store) -> None:
    (only,) = await _stories(store, "a")
    number = await _event_of(store, only)
    async with store.writing() as conn:
        await documents.withdraw_document(conn, "a.txt", now=NOON)
        assert await events.find_event(conn, number) is None
        found = await events.competing_events(conn, EVERYTHING, since=NOON - HOUR, until=NOON, limit=5, now=NOON)
        assert (found.events, found.total, found.unread_bound) == ((), 0, -inf)
