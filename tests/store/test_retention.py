"""Old news is pruned; what was posted is neither forgotten nor posted again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.newsroom.filters import EVERYTHING, Filter
from bot.store import documents, events, story_pages, story_rows
from bot.store.database import Store
from bot.store.retention import Pruned, prune_all
from tests.store.factories import NOON, make_analysis, make_file_facts
from tests.store.queries import all_files

DAY = timedelta(days=1)
OLD = make_analysis("An old harbour story.", countries=["NO"], topics=["society"])
NEW = make_analysis("A new harbour story.", countries=["NO"], topics=["society"])


async def _fill(store: Store) -> tuple[int, int]:
    async with store.writing() as conn:
        old = await documents.store_document(conn, "old.txt", make_file_facts("1"), [OLD], now=NOON - 40 * DAY)
        new = await documents.store_document(conn, "new.txt", make_file_facts("2"), [NEW], now=NOON)
    return old.story_ids[0], new.story_ids[0]


async def _shown(store: Store, text: str = "") -> list[int]:
    async with store.reading() as conn:
        found, total = await story_pages.list_stories(conn, Filter.parse(text), page=1, per_page=50, now=NOON)
    assert total == len(found)
    return [line.id for line in found]


async def test_a_dry_run_counts_and_changes_nothing(store: Store) -> None:
    old, new = await _fill(store)
    assert await prune_all(store, now=NOON, before=NOON - DAY, dry_run=True) == Pruned(1, 0, 0)
    assert await _shown(store) == [new, old]


async def test_pruned_stories_leave_lists_counts_and_search(store: Store) -> None:
    old, new = await _fill(store)
    assert await prune_all(store, now=NOON, before=NOON - DAY) == Pruned(1, 0, 0)
    for text in ("", "country:no", "harbour", "country:no topic:society harbour"):
        assert await _shown(store, text) == [new]
    async with store.reading() as conn:
        assert await story_rows.get_story(conn, old) is None
    assert not await prune_all(store, now=NOON, before=NOON - DAY)


async def test_a_pruned_story_that_is_read_again_is_no_news(store: Store) -> None:
    old, new = await _fill(store)
    async with store.reading() as conn:
        event_id = (await story_rows.get_lines(conn, [old]))[0].event_id
    await prune_all(store, now=NOON, before=NOON - DAY)
    async with store.writing() as conn:
        again = await documents.store_document(conn, "copy.txt", make_file_facts("3"), [OLD], now=NOON)
        line = (await story_rows.get_lines(conn, again.story_ids))[0]
        assert await story_rows.get_story(conn, old) is not None
        fresh = (
            await events.competing_events(conn, EVERYTHING, since=NOON - DAY, until=NOON, limit=10, now=NOON)
        ).events
    assert (line.id, line.event_id, line.arrived_at) == (old, event_id, NOON - 40 * DAY)
    assert [line.id for event in fresh for line in event.reports] == [new]
    assert line.headline == OLD.headline
    assert await _shown(store, "old harbour") == [old]


async def test_a_story_published_long_ago_that_came_today_stays(store: Store) -> None:
    async with store.writing() as conn:
        origin = documents.Origin(published_at=NOON - 400 * DAY)
        await documents.store_document(conn, "a.txt", make_file_facts("1"), [OLD], now=NOON, origin=origin)
    assert not await prune_all(store, now=NOON, before=NOON - DAY)


@pytest.mark.parametrize("most", [1, 3, 6, 9])
async def test_the_oldest_stories_beyond_the_bound_are_pruned(store: Store, most: int) -> None:
    async with store.writing() as conn:
        for number in range(6):
            await documents.store_document(
                conn,
                f"{number}.txt",
                make_file_facts(str(number)),
                [make_analysis(f"Story {number}.")],
                now=NOON + (number // 2) * DAY,
            )
    before = await _shown(store)
    assert (await prune_all(store, now=NOON, max_stories=most)).stories == max(6 - most, 0)
    assert await _shown(store) == before[:most]


async def test_documents_gone_from_the_folder_are_deleted(store: Store) -> None:
    old, new = await _fill(store)
    async with store.writing() as conn:
        await documents.withdraw_document(conn, "old.txt", now=NOON - 30 * DAY)
        await documents.withdraw_document(conn, "new.txt", now=NOON)
    assert await prune_all(store, now=NOON, before=NOON - DAY) == Pruned(0, 1, 0)
    async with store.reading() as conn:
        assert list(await all_files(conn)) == ["new.txt"]
    async with store.writing() as conn:
        back = await documents.store_document(conn, "new.txt", make_file_facts("2"), [NEW], now=NOON + DAY)
        other = await documents.store_document(conn, "old.txt", make_file_facts("1"), [OLD], now=NOON + DAY)
    assert back.story_ids == (new,)
    assert other.story_ids[0] > new, "an id is never given again"
    assert old != other.story_ids[0]


async def test_nothing_is_pruned_without_bounds(store: Store) -> None:
    await _fill(store)
    assert not await prune_all(store, now=NOON + 1000 * DAY)
