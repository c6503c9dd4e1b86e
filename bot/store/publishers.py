"""Publishers: the names that stories give as their source, and the stories of each.

Only what everybody may see; served by ix_story_source_folded_published_at_id.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.newsroom.audience import PUBLIC
from bot.newsroom.search_terms import fold
from bot.store.audiences import visible_to
from bot.store.schema import story
from bot.store.sql_helpers import batches

__all__ = ["Publisher", "list_publishers", "publisher_story_ids"]


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher with its number of stories and the time of the newest."""

    name: str
    stories: int
    newest: datetime


async def list_publishers(conn: AsyncConnection, limit: int) -> list[Publisher]:
    """Return the publishers with the most stories, by name; those without a name are left out."""
    count = func.count()
    grouped = (
        select(count, func.max(story.c.published_at), func.max(story.c.id))
        .where(visible_to(PUBLIC), story.c.source_folded != "")
        .group_by(story.c.source_folded)
        .order_by(count.desc(), story.c.source_folded)
        .limit(limit)
    )
    rows = (await conn.execute(grouped)).all()
    names: dict[int, str] = {}
    for batch in batches(number for _stories, _newest, number in rows):
        named = select(story.c.id, story.c.source).where(story.c.id.in_(batch))
        names |= {row.id: row.source for row in await conn.execute(named)}
    found = [Publisher(names[number], stories, newest) for stories, newest, number in rows]
    return sorted(found, key=lambda each: fold(each.name))


async def publisher_story_ids(conn: AsyncConnection, name: str, *, offset: int, limit: int) -> list[int]:
    """Return the ids of a publisher's stories, newest first."""
    query = select(story.c.id).where(visible_to(PUBLIC), story.c.source_folded == fold(name))
    newest = query.order_by(story.c.published_at.desc(), story.c.id.desc()).offset(offset).limit(limit)
    return list((await conn.execute(newest)).scalars())
