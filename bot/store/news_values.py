"""News values of stories that were stored without one.

Stories of earlier versions have none, and those that a program of such a version adds during an upgrade. Until they are
assessed they count as `UNKNOWN_NEWS_VALUE`.
"""

from __future__ import annotations

import asyncio

from sqlalchemy import bindparam, update

from bot.newsroom.models import StoryDetail
from bot.newsroom.news_factors import encode_factors
from bot.store import story_rows
from bot.store.database import Store
from bot.store.schema import story
from bot.store.sql_helpers import MAX_ID
from summarizers.news_value.value import news_value
from summarizers.types import NewsValue, Story

__all__ = ["assess_stories"]

_ASSESSED_AT_ONCE = 200
"""Stories of one transaction: some 60 ms of a thread's time, between which other writers have their turn."""


async def assess_stories(store: Store) -> int:
    """Assess all visible stories without a news value, newest first; return their number.

    Each batch is a transaction of its own, so that an interrupted run goes on where it stopped.
    """
    below, count = MAX_ID, 0
    while True:
        async with store.reading() as conn:
            details = await story_rows.list_unassessed(conn, below, _ASSESSED_AT_ONCE)
        if not details:
            return count
        values = await asyncio.to_thread(lambda batch: [_assess(detail) for detail in batch], details)
        rows = [
            {"b_story": detail.line.id, "b_value": value.value, "b_factors": encode_factors(value.factors)}
            for detail, value in zip(details, values, strict=True)
        ]
        async with store.writing() as conn:
            await conn.execute(_SET_VALUE, rows)
        below, count = details[-1].line.id, count + len(details)


# Only where it is missing: the story may have been replaced meanwhile.
_SET_VALUE = (
    update(story)
    .where(story.c.id == bindparam("b_story"), story.c.news_value.is_(None))
    .values(news_value=bindparam("b_value"), news_factors=bindparam("b_factors"))
)


def _assess(detail: StoryDetail) -> NewsValue:
    line = detail.line
    parts = Story(
        0, detail.paragraphs, kicker=line.kicker, deck=detail.deck, title=detail.title, dateline=detail.dateline
    )
    return news_value(parts, line.headline, detail.sentences, line.countries, language=line.language)
