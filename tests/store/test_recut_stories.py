"""Stories of a document that is cut in another way keep their ids, events and times."""

from __future__ import annotations

from datetime import timedelta

from bot.store import deliveries, documents, story_rows
from bot.store.database import Store
from bot.store.documents import StoredDocument
from tests.store.factories import NOON, make_analysis, make_file_facts
from tests.store.test_deliveries import MESSAGES
from tests.store.test_deliveries import _claimed as claimed_delivery

_LATER = NOON + timedelta(hours=3)
_TRAIN = "A night train links the coast again.\nIt runs twice a week."
_DAIRY = "An island turns its school into a dairy.\nThe first wheel is sold.\nThe ferry brings visitors."
_NOTES = "The editors thank all readers."


async def _store(store: Store, version: str, *texts: str, later: bool = False) -> StoredDocument:
    async with store.writing() as conn:
        return await documents.store_document(
            conn,
            "a.txt",
            make_file_facts(version),
            [make_analysis(text) for text in texts],
            now=_LATER if later else NOON,
        )


async def test_a_story_with_another_end_is_the_same_story(store: Store) -> None:
    before = await _store(store, "1", _TRAIN, f"{_DAIRY}\n{_NOTES}")
    after = await _store(store, "2", f"{_TRAIN}", _DAIRY, _NOTES, later=True)
    assert after.story_ids[:2] == before.story_ids
    assert (after.withdrawn, after.new) == ((), after.story_ids[2:])
    async with store.reading() as conn:
        lines = await story_rows.get_lines(conn, after.story_ids)
        detail = await story_rows.get_story(conn, after.story_ids[1])
    assert [line.arrived_at for line in lines] == [NOON] * 3, "the text of a part that was split off is no news"
    assert detail is not None
    assert detail.text == _DAIRY
    again = await _store(store, "3", _TRAIN, _DAIRY, _NOTES, later=True)
    assert again.story_ids == after.story_ids


async def test_a_text_with_another_word_is_another_story(store: Store) -> None:
    before = await _store(store, "1", _DAIRY)
    corrected = await _store(store, "2", _DAIRY.replace("first", "last"), later=True)
    assert corrected.withdrawn == before.story_ids
    shortened = await _store(store, "3", _TRAIN, later=True)
    cut = await _store(store, "4", _TRAIN.partition("\n")[0], later=True)
    assert cut.withdrawn == shortened.story_ids, "a sentence was taken back"


async def test_a_message_that_told_a_story_which_is_now_part_of_another_is_not_struck(store: Store) -> None:
    before = await _store(store, "1", _DAIRY, _NOTES)
    claimed = await claimed_delivery(store)
    async with store.writing() as conn:
        told = deliveries.DeliveredEvent(2, 0, (before.story_ids[1],), ("ff",))
        await deliveries.compose(conn, claimed.id, "w1", MESSAGES[:1], [told], NOON)
        await deliveries.mark_sent(conn, claimed.id, "w1", 0, 77, NOON)
        await deliveries.finish(conn, claimed.id, "w1", NOON)
    after = await _store(store, "2", f"{_DAIRY}\n{_NOTES}", later=True)
    assert after.story_ids == before.story_ids[:1]
    assert after.withdrawn == before.story_ids[1:]
    async with store.reading() as conn:
        assert not await deliveries.events_to_strike(conn, NOON, _LATER, shown_since=NOON - timedelta(days=1))
    await _store(store, "3", _TRAIN, later=True)
    async with store.reading() as conn:
        assert await deliveries.events_to_strike(conn, NOON, _LATER, shown_since=NOON - timedelta(days=1))


async def test_a_line_below_all_stories_tells_nothing_about_which_is_which(store: Store) -> None:
    before = await _store(store, "1", *(f"Story {number} is long.\n{_NOTES}" for number in range(12)))
    after = await _store(
        store, "2", *(f"{_NOTES}\nStory {number} is long." for number in reversed(range(12))), later=True
    )
    assert after.story_ids == before.story_ids[::-1]
