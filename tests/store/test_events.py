"""Events: what grouping asks and does, and that nothing posted is lost by it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.newsroom.filters import EVERYTHING, Filter
from bot.newsroom.ranking import Waiting, rank
from bot.store import documents, events, stories
from bot.store.database import Store
from tests.store.news import NOON, facts, told

HOUR = timedelta(hours=1)


async def _stories(store: Store, *texts: str, at: datetime = NOON) -> list[int]:
    """A document per text, an hour between them."""
    ids: list[int] = []
    async with store.writing() as conn:
        for number, text in enumerate(texts):
            stored = await documents.store_document(
                conn, f"{text}.txt", facts(text), [told(text, countries=["NO"])], now=at + number * HOUR
            )
            ids += stored.story_ids
    return ids


async def _event_of(store: Store, story_id: int) -> int:
    async with store.reading() as conn:
        return (await stories.lines(conn, [story_id]))[0].event_id


async def test_candidates_are_those_that_share_most_then_the_newest(store: Store) -> None:
    ids = await _stories(store, "a", "b", "c", "d")
    hashes = [[1, 2, 3], [2, 3, 4], [3], [9, -(2**63), 2**63 - 1]]
    async with store.writing() as conn:
        for number, (story_id, own) in enumerate(zip(ids, hashes, strict=True)):
            await events.remember_traits(conn, story_id, NOON + number * HOUR, own, f"trait {story_id}")
        found = await events.candidates(conn, [1, 2, 3, 2**63 - 1, 77], since=NOON)
        assert [(item.story_id, item.shared) for item in found] == [
            (ids[0], 3),
            (ids[1], 2),
            (ids[3], 1),
            (ids[2], 1),
        ]
        assert found[0].trait == f"trait {ids[0]}"
        recent = await events.candidates(conn, [1, 2, 3], since=NOON + HOUR)
        assert [item.story_id for item in recent] == [ids[1], ids[2]]
        newest = await events.candidates(conn, [3], since=NOON, per_hash=1)
        assert [item.story_id for item in newest] == [ids[2]]
        await events.remember_traits(conn, ids[2], NOON + 2 * HOUR, [5], "changed")
        assert [item.story_id for item in await events.candidates(conn, [3], since=NOON)] == [ids[1], ids[0]]
        await documents.withdraw(conn, "a.txt", now=NOON)
        assert [item.story_id for item in await events.candidates(conn, [3], since=NOON)] == [ids[1]]
        assert await events.candidates(conn, [], since=NOON) == []


async def test_assigning_the_last_story_redirects_the_empty_event(store: Store) -> None:
    first, second = await _stories(store, "a", "b")
    old, new = await _event_of(store, second), await _event_of(store, first)
    async with store.writing() as conn:
        await events.assign(conn, {second: new})
        await events.assign(conn, {second: new})
        found = await events.find_event(conn, old)
        assert found is not None
        assert (found.id, [line.id for line in found.stories]) == (new, [first, second])
        assert (found.first_at, found.last_at) == (NOON, NOON + HOUR)


async def test_redirects_do_not_form_chains(store: Store) -> None:
    ids = await _stories(store, "a", "b", "c")
    numbers = [await _event_of(store, story_id) for story_id in ids]
    async with store.writing() as conn:
        await events.merge(conn, numbers[0], numbers[1])
        await events.merge(conn, numbers[1], numbers[2])
        for number in numbers:
            found = await events.find_event(conn, number)
            assert found is not None
            assert found.id == numbers[2]
            assert len(found.stories) == 3
        assert await events.find_event(conn, 10**6) is None
        assert await events.find_event(conn, -1) is None
        assert await events.find_event(conn, 2**70) is None


async def test_events_since_tells_each_once_with_all_that_had_arrived(store: Store) -> None:
    ids = await _stories(store, "a", "b", "c")
    numbers = [await _event_of(store, story_id) for story_id in ids]
    async with store.writing() as conn:
        await events.merge(conn, numbers[2], numbers[0])

    async def ask(
        since: datetime, until: datetime, text: str = "", limit: int = 10, skip: int = 0
    ) -> tuple[list[tuple[int, list[int]]], int]:
        async with store.reading() as conn:
            found, total = await events.events_since(
                conn, Filter.parse(text), since=since, until=until, limit=limit, now=NOON, skip=skip
            )
        return [(item.id, [report.id for report in item.reports]) for item in found], total

    everything = [(numbers[0], [ids[0], ids[2]]), (numbers[1], [ids[1]])]
    assert await ask(NOON - HOUR, NOON + 9 * HOUR) == (everything, 2)
    assert await ask(NOON - HOUR, NOON + 9 * HOUR, limit=1) == (everything[:1], 2)
    assert await ask(NOON - HOUR, NOON + 9 * HOUR, skip=1) == (everything[1:], 2)
    assert await ask(NOON - HOUR, NOON + HOUR) == ([(numbers[1], [ids[1]]), (numbers[0], [ids[0]])], 2)
    assert await ask(NOON + HOUR, NOON + 9 * HOUR) == (everything[:1], 1), "an update brings the whole event"
    assert await ask(NOON, NOON + HOUR) == ([(numbers[1], [ids[1]])], 1), "since is excluded, until included"
    assert await ask(NOON - HOUR, NOON + 9 * HOUR, "country:kr") == ([], 0)


async def test_events_since_puts_first_what_the_ranking_puts_first(store: Store) -> None:
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
                facts(text),
                [told(text), told(f"{text} Deeper down.")],
                now=NOON + number * HOUR,
                origin=origin,
            )
        lines = await stories.lines(conn, range(1, 9))
        by_path = {line.ref.path: line.event_id for line in lines if line.ref.position == 0}
        await events.merge(conn, by_path["wire.txt"], by_path["retold.txt"])
        since, until = NOON - HOUR, NOON + 9 * HOUR
        found, total = await events.events_since(conn, EVERYTHING, since=since, until=until, limit=50, now=NOON)
    waiting = [Waiting(item.id, item.reports, frozenset(report.id for report in item.reports)) for item in found]
    ranked = rank(waiting, wanted=EVERYTHING, since=since, until=until)
    assert (len(found), total) == (7, 7)
    assert [item.waiting.id for item in ranked] == [item.id for item in found]


async def test_what_rises_has_more_stories_than_in_the_time_before(store: Store) -> None:
    ids = await _stories(store, *"abcdefgh")  # an hour apart, so that d is the last one before the window
    numbers = [await _event_of(store, story_id) for story_id in ids]
    async with store.writing() as conn:
        for number in (1, 2, 7):
            await events.merge(conn, numbers[number], numbers[0])
        for number in (5, 6):
            await events.merge(conn, numbers[number], numbers[4])
        found = await events.rising(conn, EVERYTHING, since=NOON + 3 * HOUR, until=NOON + 7 * HOUR, limit=9, now=NOON)
        assert found == [
            events.Rise(numbers[4], 3, 0),
        ]
        none = Filter.parse("country:kr")
        assert await events.rising(conn, none, since=NOON, until=NOON + 9 * HOUR, limit=9, now=NOON) == []


async def test_an_event_without_a_story_to_show_is_not_shown(store: Store) -> None:
    (only,) = await _stories(store, "a")
    number = await _event_of(store, only)
    async with store.writing() as conn:
        await documents.withdraw(conn, "a.txt", now=NOON)
        assert await events.find_event(conn, number) is None
        found = await events.events_since(conn, EVERYTHING, since=NOON - HOUR, until=NOON, limit=5, now=NOON)
        assert found == ([], 0)
