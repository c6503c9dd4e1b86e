"""Index of story features: candidates that share hashes with a new story.

`event_key` maps a hash (rare terms, pairs of names, reprint marks) to stories, newest first; `story_trait` holds each
story's features as `StoryFeatures.dumps` writes them. Both are pruned once stories are too old to be candidates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import orjson
from sqlalchemy import BigInteger, Boolean, Text, bindparam, delete, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.selectable import TextualSelect

from bot.store.schema import Timestamp, event_key, story, story_trait
from bot.store.sql_helpers import BATCH_SIZE, batches

__all__ = [
    "IndexHit",
    "IndexedFeatures",
    "StoryArrival",
    "find_candidates",
    "get_arrivals",
    "index_features",
    "prune_features",
    "remove_features",
    "replace_features",
]


@dataclass(frozen=True, slots=True)
class StoryArrival:
    """A visible story before clustering; `indexed` is true when its features were stored before."""

    story_id: int
    event_id: int
    arrived_at: datetime
    published_at: datetime
    indexed: bool


@dataclass(frozen=True, slots=True)
class IndexHit:
    """A story that shares `shared` of the requested hashes."""

    story_id: int
    event_id: int
    arrived_at: datetime
    shared: int
    features: str
    published_at: datetime
    pinned: bool
    """An operator decided which stories belong to its event."""


@dataclass(frozen=True, slots=True)
class IndexedFeatures:
    """A story's entry in the index: its 64-bit signed hashes, and its features as text."""

    story_id: int
    arrived_at: datetime
    hashes: tuple[int, ...]
    features: str


async def index_features(conn: AsyncConnection, rows: Sequence[IndexedFeatures]) -> None:
    """Add stories that are not in the index yet."""
    keys = [
        {"hash": value, "arrived_at": row.arrived_at, "story_id": row.story_id}
        for row in rows
        for value in sorted(set(row.hashes))
    ]
    traits = [
        {"story_id": row.story_id, "trait": row.features, "hashes": orjson.dumps(sorted(set(row.hashes))).decode()}
        for row in rows
    ]
    if keys:
        await conn.execute(insert(event_key), keys)
    if traits:
        await conn.execute(insert(story_trait), traits)


async def replace_features(conn: AsyncConnection, rows: Sequence[IndexedFeatures]) -> None:
    """Add stories to the index in place of their previous entries, if any."""
    await remove_features(conn, [row.story_id for row in rows])
    await index_features(conn, rows)


async def remove_features(conn: AsyncConnection, story_ids: Sequence[int]) -> None:
    """Remove stories from the index. Served by the primary keys of story_trait and event_key."""
    query = select(story_trait.c.story_id, story.c.arrived_at, story_trait.c.hashes).join(
        story, story.c.id == story_trait.c.story_id
    )
    for batch in batches(story_ids):
        keys = [
            {"b_hash": value, "b_at": arrived, "b_story": story_id}
            for story_id, arrived, hashes in await conn.execute(query.where(story_trait.c.story_id.in_(batch)))
            for value in orjson.loads(hashes)
        ]
        if keys:
            await conn.execute(_DELETE_KEY, keys)
        await conn.execute(delete(story_trait).where(story_trait.c.story_id.in_(batch)))


async def prune_features(conn: AsyncConnection, before: datetime, limit: int = BATCH_SIZE) -> int:
    """Remove stories that arrived before a moment from the index; return how many.

    Looks at the oldest `limit` stories: call it until it returns 0. Ids rise with arrival, so that the lowest ids in
    the index are the oldest stories.
    """
    indexed = select(story_trait.c.story_id).where(story_trait.c.story_id > 0)  # lets SQLite seek, and stop
    oldest = indexed.order_by(story_trait.c.story_id).limit(limit).subquery()
    query = select(story.c.id).join(oldest, oldest.c.story_id == story.c.id).where(story.c.arrived_at < before)
    ids = list((await conn.execute(query)).scalars())
    await remove_features(conn, ids)
    return len(ids)


async def get_arrivals(conn: AsyncConnection, story_ids: Sequence[int]) -> dict[int, StoryArrival]:
    """Return the visible ones of these stories by id.

    Served by the primary keys of story and story_trait.
    """
    query = select(
        story.c.id, story.c.event_id, story.c.arrived_at, story.c.published_at, story_trait.c.story_id.is_not(None)
    ).select_from(story.outerjoin(story_trait, story_trait.c.story_id == story.c.id))
    arrivals: dict[int, StoryArrival] = {}
    for batch in batches(story_ids):
        rows = await conn.execute(query.where(story.c.id.in_(batch), story.c.withdrawn_at.is_(None)))
        for story_id, event_id, arrived_at, published_at, indexed in rows:
            arrivals[story_id] = StoryArrival(story_id, event_id, arrived_at, published_at, bool(indexed))
    return arrivals


async def find_candidates(
    conn: AsyncConnection, hashes: Sequence[int], *, since: datetime, per_hash: int, limit: int
) -> list[IndexHit]:
    """Return stories that share hashes: most shared first, then newest.

    They arrived from `since` on. Withdrawn stories are included, so that a corrected report joins its predecessor's
    event. Only the newest `per_hash` stories of each hash are read, so that the cost doesn't grow with the store.
    Served by the primary keys of event_key, story, story_trait and event.
    """
    unique = sorted(set(hashes))
    if not unique:
        return []
    values = {f"hash{at}": value for at, value in enumerate(unique)}
    rows = await conn.execute(_sharing(len(unique)), {**values, "since": since, "most": per_hash, "limit": limit})
    return [IndexHit(*row) for row in rows]


@cache
def _sharing(hashes: int) -> TextualSelect:
    """Return the statement that finds stories sharing so many hashes.

    One query for all hashes, since one per hash would take as many trips.
    """
    parts = " UNION ALL ".join(
        "SELECT story_id FROM (SELECT story_id FROM event_key"  # noqa: S608 - only our own numbers are put in
        f" WHERE hash = :hash{at} AND arrived_at >= :since ORDER BY arrived_at DESC, story_id DESC LIMIT :most) AS h{at}"
        for at in range(hashes)
    )
    query = text(
        "SELECT near.story_id, story.event_id, story.arrived_at, near.shared, story_trait.trait, story.published_at,"  # noqa: S608 - as above
        " coalesce(event.by_hand, FALSE) FROM"
        f" (SELECT story_id, count(*) AS shared FROM ({parts}) AS found"
        " GROUP BY story_id ORDER BY count(*) DESC, story_id DESC LIMIT :limit) AS near"
        " JOIN story ON story.id = near.story_id JOIN story_trait ON story_trait.story_id = near.story_id"
        " JOIN event ON event.id = story.event_id"
        " ORDER BY near.shared DESC, near.story_id DESC"
    )
    return query.bindparams(bindparam("since", type_=Timestamp())).columns(
        story_id=BigInteger,
        event_id=BigInteger,
        arrived_at=Timestamp,
        shared=BigInteger,
        trait=Text,
        published_at=Timestamp,
        pinned=Boolean,
    )


_DELETE_KEY = delete(event_key).where(
    event_key.c.hash == bindparam("b_hash"),
    event_key.c.arrived_at == bindparam("b_at"),
    event_key.c.story_id == bindparam("b_story"),
)
