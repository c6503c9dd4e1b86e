"""Full-text search: writing and reading the index of words, the best stories first.

SQLite keeps the words in an FTS5 table, PostgreSQL in a tsvector column; filters.py spells queries for both.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import BigInteger, ColumnElement, FromClause, Row, and_, select, text, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.newsroom.audience import PUBLIC, Audience
from bot.newsroom.filters import And, Filter, Phrase, conjuncts
from bot.newsroom.search_terms import IndexedStory, index_story, language_code
from bot.store import labels
from bot.store.audiences import owning_guilds
from bot.store.filters import accepting, eras_of, index_text, index_vector, newest_hits, search_query
from bot.store.schema import story, story_body
from bot.store.sql_helpers import batches
from summarizers.types import Analysis, Story

__all__ = [
    "index_stored_stories",
    "index_words",
    "keep_accepted",
    "reindex_stories",
    "search_stories",
    "unindex_words",
]

_HEAD_BONUS = timedelta(days=30) // timedelta(microseconds=1)
"""Microseconds by which words in the head make a story younger: a month outweighs a mention in the body."""

_RANKED_HITS = 400
"""Hits of either kind that are ranked, so that common words cost no more than rare ones."""

_FIRST_SPAN = 2 << 14
"""Ids in PostgreSQL's first probe for words in bodies: two of the index's id buckets."""

_HEAD_SPAN_FACTOR = 8
"""Heads are shorter than bodies, so that as many hits take a longer span of ids."""

_MERGED_PAGES = 4
"""Pages of the FTS5 index merged per story: enough to keep up, where FTS5 itself merges hundreds at a time."""


async def search_stories(
    conn: AsyncConnection, words: str, query: Filter, limit: int, *, now: datetime, audience: Audience = PUBLIC
) -> list[int]:
    """Return the ids of at most `limit` stories with all `words`, the best first.

    Only stories that the audience may see. `words` is in the filter language, phrases included. A story that has them in its head ranks as if it were thirty
    days younger; among equals the newer comes first. Only the newest 400 hits of either kind are ranked. Served by the
    full-text index.
    """
    parts = conjuncts((Filter.parse(words) & query).node)
    phrases = [part.text for part in parts if isinstance(part, Phrase)]
    rest = Filter(And(tuple(part for part in parts if not isinstance(part, Phrase))))
    dialect = conn.dialect.name
    present, last_id = await labels.languages_and_last_story(conn, await owning_guilds(conn, audience))
    source, matches = await accepting(conn, rest, now, audience)
    accepts = and_(story.c.withdrawn_at.is_(None), matches)
    text_query = search_query(phrases, present, dialect)
    if phrases and not text_query:
        return []
    most = max(_RANKED_HITS, limit)
    if dialect == "sqlite":
        last_id = 0
    ranks: dict[int, int] = {}
    for in_heads, bonus in ((False, 0), (True, _HEAD_BONUS)) if phrases else ((False, 0),):
        if text_query:
            rows = await _newest_hits(conn, text_query, source, accepts, most, last_id, in_heads=in_heads)
        else:
            newest = select(story.c.id, type_coerce(story.c.published_at, BigInteger)).select_from(source)
            rows = (await conn.execute(newest.where(accepts).order_by(story.c.id.desc()).limit(most))).all()
        for story_id, published in rows:
            ranks[story_id] = published + bonus
    return sorted(ranks, key=lambda story_id: (-ranks[story_id], -story_id))[:limit]


async def keep_accepted(
    conn: AsyncConnection, story_ids: Sequence[int], query: Filter, *, now: datetime, audience: Audience = PUBLIC
) -> list[int]:
    """Return those of the stories that match `query` and the audience may see, in their order.

    Served by the primary key of story.
    """
    source, matches = await accepting(conn, query, now, audience)
    accepted: set[int] = set()
    for batch in batches(story_ids):
        visible = select(story.c.id).select_from(source).where(story.c.withdrawn_at.is_(None), matches)
        accepted.update((await conn.execute(visible.where(story.c.id.in_(batch)))).scalars())
    return [story_id for story_id in story_ids if story_id in accepted]


async def _newest_hits(
    conn: AsyncConnection,
    text_query: str,
    source: FromClause,
    accepts: ColumnElement[bool],
    most: int,
    last_id: int,
    *,
    in_heads: bool,
) -> Sequence[Row[int, int]]:
    """Return the newest `most` accepted hits as (id, published) rows.

    PostgreSQL's index gives all hits or none, so it is probed in spans of ids, from `last_id` backwards: each span
    is as long as the density of hits so far suggests. 0 reads without spans, as on SQLite, which can stop early.
    """
    span = _HEAD_SPAN_FACTOR * _FIRST_SPAN if in_heads else _FIRST_SPAN
    while True:
        eras = eras_of(last_id - span, last_id) if span < last_id else None
        query = newest_hits(text_query, conn.dialect.name, source, in_heads=in_heads, eras=eras)
        rows = (await conn.execute(query.where(accepts).limit(most))).all()
        if eras is None or len(rows) >= most:
            return rows
        # Half as much again as the density asks for; at least double, at most eightfold.
        span *= min(8, max(2, 1 + most * 3 // (2 * len(rows)))) if rows else 8


async def index_words(conn: AsyncConnection, rows: Sequence[tuple[int, IndexedStory]]) -> None:
    """Add stories, as (id, terms), to the full-text index."""
    fields = [(story_id, item.fields, language_code(item.analysis.language)) for story_id, item in rows]
    if conn.dialect.name == "sqlite":
        texts = [
            {"number": story_id, "head": index_text(head, language), "body": index_text(body, language)}
            for story_id, (head, body), language in fields
        ]
        await conn.execute(_INSERT_SQLITE, texts)
        await conn.execute(_MERGE_SQLITE, {"pages": _MERGED_PAGES * len(texts)})
    else:
        vectors = [{"number": story_id, "words": index_vector(terms, language)} for story_id, terms, language in fields]
        await conn.execute(_INSERT_POSTGRES, vectors)


async def unindex_words(conn: AsyncConnection, story_ids: Sequence[int]) -> None:
    """Remove stories from the full-text index."""
    query = _DELETE_SQLITE if conn.dialect.name == "sqlite" else _DELETE_POSTGRES
    if story_ids:
        await conn.execute(query, [{"number": story_id} for story_id in story_ids])


async def reindex_stories(conn: AsyncConnection, after: int = 0, limit: int = 500) -> int | None:
    """Rebuild the full-text index for the first `limit` stories with an id above `after`.

    Returns the last id, or None at the end: for restored backups, and after a change of how texts become terms.
    """
    query = _STORED.where(story.c.id > after, story.c.withdrawn_at.is_(None)).order_by(story.c.id).limit(limit)
    rows = (await conn.execute(query)).all()
    if not rows:
        return None
    await unindex_words(conn, [row.id for row in rows])
    await index_words(conn, [(row.id, _indexed(row)) for row in rows])
    return int(rows[-1].id)


async def index_stored_stories(conn: AsyncConnection, story_ids: Sequence[int]) -> None:
    """Add stories to the full-text index from their stored text. Served by the primary keys."""
    for batch in batches(story_ids):
        rows = (await conn.execute(_STORED.where(story.c.id.in_(batch)))).all()
        await unindex_words(conn, [row.id for row in rows])
        await index_words(conn, [(row.id, _indexed(row)) for row in rows])


_STORED = select(story.c.id, story.c.headline, story.c.kicker, story.c.language, story_body.c.body).join(
    story_body, story_body.c.story_id == story.c.id
)


def _indexed(row: Row[*tuple[Any, ...]]) -> IndexedStory:
    body = orjson.loads(row.body)
    stored = Story(
        0,
        tuple(body["paragraphs"]),
        kicker=row.kicker,
        deck=body["deck"],
        title=body["title"],
        dateline=body["dateline"],
    )
    return index_story(Analysis(stored, row.headline, row.language, (), (), (), ()))


_INSERT_SQLITE = text("INSERT INTO story_words (rowid, head, body) VALUES (:number, :head, :body)")
_MERGE_SQLITE = text("INSERT INTO story_words (story_words, rank) VALUES ('merge', :pages)")
_INSERT_POSTGRES = text("INSERT INTO story_words (story_id, words) VALUES (:number, CAST(:words AS tsvector))")
_DELETE_SQLITE = text("DELETE FROM story_words WHERE rowid = :number")
_DELETE_POSTGRES = text("DELETE FROM story_words WHERE story_id = :number")
