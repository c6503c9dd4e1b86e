"""News values: stored with a story, and made up for stories that have none."""

from __future__ import annotations

from sqlalchemy import select, update

from bot.newsroom.news_factors import decode_factors
from bot.store import documents, events
from bot.store.database import Store
from bot.store.news_values import assess_stories
from bot.store.schema import story
from summarizers.analysis import analyse
from tests.store.factories import NOON, make_file_facts

NEWS = {
    "Quake kills 400 in Peru": "An earthquake of magnitude 7.9 destroyed the city of Ica on Sunday.\nPeru mourns.",
    "Bakers win prize for plum cake": "Two bakers of the village won the first prize of the fair.",
}


async def _ids(store: Store) -> dict[str, int]:
    """Store the news, a document a story."""
    ids = {}
    async with store.writing() as conn:
        for headline, text in NEWS.items():
            analyses = analyse(text, as_one_story=True, title=headline)
            stored = await documents.store_document(
                conn, f"{headline}.txt", make_file_facts(headline), analyses, now=NOON
            )
            ids[headline] = stored.story_ids[0]
    return ids


async def _values(store: Store) -> dict[int, tuple[float | None, str | None]]:
    async with store.reading() as conn:
        rows = await conn.execute(select(story.c.id, story.c.news_value, story.c.news_factors))
        return {row.id: (row.news_value, row.news_factors) for row in rows}


async def test_a_story_is_stored_with_its_value_and_what_decided(store: Store) -> None:
    quake, prize = (await _ids(store)).values()
    values = await _values(store)
    assert values[quake][0] > 0.7 > 0.4 > values[prize][0]  # type: ignore[operator]
    dead = next(factor for factor in decode_factors(values[quake][1] or "") if factor.name == "dead")
    assert (dead.amount, dead.favourable) == (400, True)
    async with store.reading() as conn:
        (event,) = await events.get_reports(conn, [quake])
    assert (event.reports[0].news_value, event.reports[0].news_factors) == values[quake]


async def test_stories_of_an_earlier_version_are_assessed_as_they_would_be_now(store: Store) -> None:
    ids = await _ids(store)
    before = await _values(store)
    async with store.writing() as conn:
        await conn.execute(update(story).values(news_value=None, news_factors=None))
    async with store.reading() as conn:
        (event,) = await events.get_reports(conn, [next(iter(ids.values()))])
    assert (event.reports[0].news_value, event.reports[0].news_factors) == (0.5, ""), "until then of middle value"
    assert await assess_stories(store) == len(ids)
    assert await _values(store) == before
    assert await assess_stories(store) == 0


async def test_a_value_that_is_there_stays(store: Store) -> None:
    quake, prize = (await _ids(store)).values()
    async with store.writing() as conn:
        await conn.execute(update(story).where(story.c.id == quake).values(news_value=0.25, news_factors="dead"))
        await conn.execute(update(story).where(story.c.id == prize).values(news_value=None))
    assert await assess_stories(store) == 1
    assert (await _values(store))[quake] == (0.25, "dead")
