"""Documents come, change, go and come back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.newsroom.filters import EVERYTHING, Filter
from bot.newsroom.models import DocumentStatus
from bot.newsroom.rejections import Rejection, RejectReason
from bot.store import documents, events, labels, search, story_pages, story_rows
from bot.store.database import Store
from bot.store.schema import document
from tests.store.factories import NOON, make_analysis, make_file_facts
from tests.store.queries import all_files


async def _all(store: Store, query: Filter = EVERYTHING) -> list[int]:
    async with store.reading() as conn:
        found, total = await story_pages.list_stories(conn, query, page=1, per_page=100, now=NOON)
    assert total == len(found)
    return [line.id for line in found]


async def test_a_document_is_stored_with_its_stories(store: Store) -> None:
    async with store.writing() as conn:
        stored = await documents.store_document(
            conn,
            "2026/harbour.txt",
            make_file_facts("a"),
            [
                make_analysis("Ferries stop in Oslo.", countries=["NO"], kicker="STRIKE"),
                make_analysis("Ferries sail again."),
            ],
            now=NOON,
            origin=documents.Origin(source="Harbour Post", published_at=NOON - timedelta(hours=3)),
        )
    async with store.reading() as conn:
        known = await all_files(conn)
        detail = await story_rows.get_story(conn, stored.story_ids[0])
    assert known["2026/harbour.txt"].status is DocumentStatus.STORED
    assert known["2026/harbour.txt"].sha256 == make_file_facts("a").sha256
    assert detail is not None
    assert detail.text == "STRIKE\nFerries stop in Oslo."
    assert detail.line.ref.path == "2026/harbour.txt"
    assert detail.line.ref.source == "Harbour Post"
    assert detail.line.published_at == NOON - timedelta(hours=3)
    assert detail.line.countries[0].evidence[0].text == "Ferri"
    assert stored.new == stored.story_ids == (detail.line.id, detail.line.id + 1)


async def test_a_new_version_keeps_the_ids_of_stories_that_did_not_change(store: Store) -> None:
    kept, dropped = make_analysis("The bridge opens."), make_analysis("The bridge costs more.")
    async with store.writing() as conn:
        first = await documents.store_document(conn, "a.txt", make_file_facts("1"), [kept, dropped], now=NOON)
        later = NOON + timedelta(hours=1)
        fresh = make_analysis("The bridge closes.")
        second = await documents.store_document(conn, "a.txt", make_file_facts("2"), [fresh, kept], now=later)
    assert second.story_ids[1] == first.story_ids[0]
    assert second.withdrawn == (first.story_ids[1],)
    assert second.new == (second.story_ids[0],)
    assert sorted(await _all(store)) == sorted(second.story_ids)
    async with store.reading() as conn:
        line = (await story_rows.get_lines(conn, [first.story_ids[0]]))[0]
    assert (line.arrived_at, line.ref.position) == (NOON, 1)


async def test_twins_in_one_document_are_two_stories(store: Store) -> None:
    twin = make_analysis("Fog closes the airport.")
    async with store.writing() as conn:
        first = await documents.store_document(conn, "a.txt", make_file_facts("1"), [twin, twin], now=NOON)
        second = await documents.store_document(conn, "a.txt", make_file_facts("2"), [twin, twin, twin], now=NOON)
    assert len(set(first.story_ids)) == 2
    assert second.story_ids[:2] == first.story_ids
    assert len(set(second.story_ids)) == 3


async def test_withdrawing_takes_stories_out_of_every_list_and_bringing_back_restores_them(store: Store) -> None:
    analysis = make_analysis("Rain in Lima.", countries=["PE"], topics=["weather"])
    async with store.writing() as conn:
        first = await documents.store_document(conn, "a.txt", make_file_facts("1"), [analysis], now=NOON)
        gone = await documents.withdraw_document(conn, "a.txt", now=NOON + timedelta(hours=1))
    assert gone.story_ids == first.story_ids
    for query in (EVERYTHING, Filter.of(country="PE"), Filter.parse("rain")):
        assert await _all(store, query) == []
    async with store.reading() as conn:
        assert await story_rows.get_story(conn, first.story_ids[0]) is None
        assert await labels.country_counts(conn) == []
        assert await search.search_stories(conn, "rain", EVERYTHING, 10, now=NOON) == []
        assert await story_rows.latest_arrival(conn) is None
    async with store.writing() as conn:
        moved = await documents.store_document(
            conn, "b.txt", make_file_facts("1"), [analysis], now=NOON + timedelta(days=1)
        )
    assert moved.story_ids == first.story_ids
    assert moved.new == first.story_ids
    assert await _all(store, Filter.parse("country:pe topic:weather rain")) == list(first.story_ids)


async def test_a_duplicate_takes_over_when_its_original_goes(store: Store) -> None:
    async with store.writing() as conn:
        first = await documents.store_document(
            conn, "a.txt", make_file_facts("1"), [make_analysis("Snow in Rome.")], now=NOON
        )
        await documents.mark_duplicate(conn, "b.txt", make_file_facts("1"), "a.txt", now=NOON)
        await documents.mark_duplicate(conn, "c.txt", make_file_facts("1"), "a.txt", now=NOON)
        assert await documents.find_original(conn, make_file_facts("1").sha256 or "", "b.txt") == "a.txt"
        result = await documents.withdraw_document(conn, "a.txt", now=NOON)
    assert result == documents.Withdrawal((), "b.txt")
    assert await _all(store) == list(first.story_ids)
    async with store.reading() as conn:
        line = (await story_rows.get_lines(conn, first.story_ids))[0]
        found = await documents.count_by_status(conn)
    assert line.ref.path == "b.txt"
    assert (found[DocumentStatus.STORED], found[DocumentStatus.DUPLICATE], found[DocumentStatus.WITHDRAWN]) == (1, 1, 1)
    async with store.writing() as conn:
        assert (await documents.withdraw_document(conn, "b.txt", now=NOON)).heir == "c.txt"
        assert (await documents.withdraw_document(conn, "c.txt", now=NOON)).story_ids == first.story_ids


async def test_a_changed_original_leaves_its_old_stories_to_the_duplicate(store: Store) -> None:
    async with store.writing() as conn:
        first = await documents.store_document(
            conn, "a.txt", make_file_facts("1"), [make_analysis("Snow in Rome.")], now=NOON
        )
        await documents.mark_duplicate(conn, "b.txt", make_file_facts("1"), "a.txt", now=NOON)
        second = await documents.store_document(
            conn, "a.txt", make_file_facts("2"), [make_analysis("Sun in Rome.")], now=NOON
        )
    assert second.withdrawn == ()
    assert sorted(await _all(store)) == sorted(first.story_ids + second.story_ids)


async def test_a_rejection_of_an_earlier_version_is_listed_with_its_sentence(store: Store) -> None:
    sentence = "is too large: 2,000 bytes, of which 1,000 are allowed; raise intake.max_bytes"
    async with store.writing() as conn:
        await documents.reject_document(
            conn, "a.txt", documents.FileFacts(9, 9, 9), Rejection(RejectReason.EMPTY), now=NOON
        )
        await conn.execute(document.update().values(reason=sentence))
    async with store.reading() as conn:
        (line,) = await documents.list_rejected(conn)
    assert line.rejection == Rejection(RejectReason.UNKNOWN, {"text": sentence})
    assert line.rejection.message == sentence


async def test_a_rejected_file_is_listed_with_its_reason_and_loses_its_stories(store: Store) -> None:
    too_large = Rejection(RejectReason.TOO_LARGE, {"size": 9, "max_bytes": 8})
    async with store.writing() as conn:
        await documents.store_document(conn, "a.txt", make_file_facts("1"), [make_analysis("Snow in Rome.")], now=NOON)
        await documents.reject_document(conn, "a.txt", documents.FileFacts(9, 9, 9), too_large, now=NOON)
    async with store.reading() as conn:
        listed = await documents.list_rejected(conn)
        known = await all_files(conn)
    assert [(line.path, line.rejection, line.stories) for line in listed] == [("a.txt", too_large, 0)]
    assert known["a.txt"].rejection == too_large
    assert await _all(store) == []


async def test_updating_file_facts_changes_nothing_else(store: Store) -> None:
    async with store.writing() as conn:
        await documents.store_document(conn, "a.txt", make_file_facts("1"), [make_analysis("Snow in Rome.")], now=NOON)
        await documents.update_facts(conn, "a.txt", documents.FileFacts(7, 8, 2**64 - 1))
        known = (await all_files(conn))["a.txt"]
    assert (known.size, known.mtime_ns, known.inode, known.sha256) == (7, 8, 2**64 - 1, make_file_facts("1").sha256)


@pytest.mark.parametrize("path", ["nom\udce9.txt", "back\\slash\\u0041.txt", "日本/新聞 .txt", "a'b;--.txt", "\\"])
async def test_a_path_of_any_bytes_comes_back_as_it_was(store: Store, path: str) -> None:
    async with store.writing() as conn:
        await documents.store_document(conn, path, make_file_facts("1"), [make_analysis("Snow.")], now=NOON)
        assert list(await all_files(conn)) == [path]
        await documents.withdraw_document(conn, path, now=NOON)
        assert (await all_files(conn))[path].status is DocumentStatus.WITHDRAWN


async def test_text_that_no_database_takes_is_stored_with_replacement_marks(store: Store) -> None:
    nasty = make_analysis("Nul \x00 and half \ud83d pair.", headline="\x00\udfff", kicker="\ud800")
    async with store.writing() as conn:
        stored = await documents.store_document(conn, "a.txt", make_file_facts("1"), [nasty], now=NOON)
        detail = await story_rows.get_story(conn, stored.story_ids[0])
    assert detail is not None
    assert detail.line.headline == "\ufffd\ufffd"
    assert "half" in detail.text


async def test_each_new_story_makes_its_event(store: Store) -> None:
    async with store.writing() as conn:
        stored = await documents.store_document(
            conn, "a.txt", make_file_facts("1"), [make_analysis("One."), make_analysis("Two.")], now=NOON
        )
        found = (
            await events.competing_events(
                conn, EVERYTHING, since=NOON - timedelta(days=1), until=NOON, limit=10, now=NOON
            )
        ).events
    assert sorted(line.id for event in found for line in event.reports) == sorted(stored.story_ids)
    assert len({event.id for event in found}) == 2
