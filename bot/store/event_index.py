"""Index of story features: candidates that share hashes with a new story.

`event_key` maps a hash (rare terms, pairs of names, reprint marks) to stories, newest first; `story_trait` holds each
story's features as `StoryFeatures.dumps` writes them. Both are pruned once stories are too old to be candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import orjson
from sqlalchemy import BigInteger, Text, bindparam, delete, false, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.selectable import TextualSelect

from bot.newsroom.audience import PUBLIC
from bot.store.audiences import visible_to
from bot.store.schema import Timestamp, event, event_key, story, story_signs, story_trait
from bot.store.sql_helpers import BATCH_SIZE, batches

__all__ = [
    "IndexedFeatures",
    "StoredCandidate",
    "StoryArrival",
    "get_arrivals",
    "get_candidates",
    "get_event_languages",
    "get_features",
    "index_features",
    "newest_by_hash",
    "newest_signs",
    "prune_features",
    "remove_features",
    "replace_features",
    "signs_after",
]


@dataclass(frozen=True, slots=True)
class StoryArrival:
    """A visible story before clustering; `indexed` is true when its features were stored before."""

    story_id: int
    event_id: int
    arrived_at: datetime
    published_at: datetime
    fingerprint: str
    indexed: bool
    guild_id: int | None = None
    """The server that alone sees it; None for all."""


@dataclass(frozen=True, slots=True)
class StoredCandidate:
    """A story of the index, with which new ones are compared."""

    story_id: int
    event_id: int
    published_at: datetime
    fingerprint: str
    pinned: bool
    """An operator decided which stories belong to its event."""
    guild_id: int | None
    """The server that alone sees it; None for all."""


@dataclass(frozen=True, slots=True)
class IndexedFeatures:
    """A story's entry in the index: its 64-bit signed hashes, and its features as text."""

    story_id: int
    arrived_at: datetime
    hashes: tuple[int, ...]
    features: str
    language: str
    signs: bytes | None
    """Signs of the meaning, empty where it isn't known; None for a story that no other server may find by them."""


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
    signs = [
        {"story_id": row.story_id, "language": row.language, "signs": row.signs}
        for row in rows
        if row.signs is not None
    ]
    if signs:
        await conn.execute(insert(story_signs), signs)


async def replace_features(conn: AsyncConnection, rows: Sequence[IndexedFeatures]) -> None:
    """Add stories to the index in place of their previous entries, if any."""
    await remove_features(conn, [row.story_id for row in rows])
    await index_features(conn, rows)


async def remove_features(conn: AsyncConnection, story_ids: Sequence[int], *, keep_signs: bool = False) -> None:
    """Remove stories from the index.

    Their signs stay with `keep_signs`, for searches by meaning. Served by the primary keys of story_trait and event_key.
    """
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
        if not keep_signs:
            await conn.execute(delete(story_signs).where(story_signs.c.story_id.in_(batch)))


async def prune_features(conn: AsyncConnection, before: datetime, limit: int = BATCH_SIZE) -> int:
    """Remove stories that arrived before a moment from the index; return how many.

    Looks at the oldest `limit` stories: call it until it returns 0. Ids rise with arrival, so that the lowest ids in
    the index are the oldest stories.
    """
    indexed = select(story_trait.c.story_id).where(story_trait.c.story_id > 0)  # lets SQLite seek, and stop
    oldest = indexed.order_by(story_trait.c.story_id).limit(limit).subquery()
    query = select(story.c.id).join(oldest, oldest.c.story_id == story.c.id).where(story.c.arrived_at < before)
    ids = list((await conn.execute(query)).scalars())
    await remove_features(conn, ids, keep_signs=True)
    return len(ids)


async def get_arrivals(conn: AsyncConnection, story_ids: Sequence[int]) -> dict[int, StoryArrival]:
    """Return the visible ones of these stories by id.

    Served by the primary keys of story and story_trait.
    """
    query = select(
        story.c.id,
        story.c.event_id,
        story.c.arrived_at,
        story.c.published_at,
        story.c.fingerprint,
        story_trait.c.story_id.is_not(None),
        story.c.guild_id,
    ).select_from(story.outerjoin(story_trait, story_trait.c.story_id == story.c.id))
    arrivals: dict[int, StoryArrival] = {}
    for batch in batches(story_ids):
        rows = await conn.execute(query.where(story.c.id.in_(batch), story.c.withdrawn_at.is_(None)))
        for story_id, event_id, arrived_at, published_at, fingerprint, indexed, guild_id in rows:
            arrivals[story_id] = StoryArrival(
                story_id, event_id, arrived_at, published_at, fingerprint, bool(indexed), guild_id
            )
    return arrivals


async def newest_by_hash(
    conn: AsyncConnection, hashes: Iterable[int], *, since: datetime, per_hash: int
) -> dict[int, tuple[int, ...]]:
    """Return the ids of the newest `per_hash` stories of each hash, the newest first.

    Hashes without any are left out. The stories arrived from `since` on. Withdrawn stories are included, so that a corrected report joins its predecessor's
    event. One query for many hashes, whose cost doesn't grow with the store. Served by the primary key of event_key.
    """
    found: dict[int, tuple[int, ...]] = {}
    query = _newest_by_hash(conn.dialect.name)
    for batch in batches(sorted(set(hashes))):
        values = {"hashes": orjson.dumps(batch).decode(), "since": since, "most": per_hash}
        for value, story_ids in await conn.execute(query, values):
            if story_ids is not None:
                found[int(value)] = tuple(map(int, story_ids.split(",")))
    return found


async def get_candidates(conn: AsyncConnection, story_ids: Iterable[int]) -> dict[int, StoredCandidate]:
    """Return stories of the index by id.

    Served by the primary keys of story and event.
    """
    found: dict[int, StoredCandidate] = {}
    for batch in batches(story_ids):
        for row in await conn.execute(_CANDIDATES, {"story_ids": batch}):
            found[row[0]] = StoredCandidate(*row)
    return found


async def get_features(conn: AsyncConnection, story_ids: Iterable[int]) -> dict[int, str]:
    """Return the features of stories by id, as text. Served by the primary key of story_trait."""
    found: dict[int, str] = {}
    for batch in batches(story_ids):
        rows = await conn.execute(_FEATURES, {"story_ids": batch})
        found.update((story_id, trait) for story_id, trait in rows)
    return found


async def newest_signs(conn: AsyncConnection, *, after: int, limit: int) -> list[tuple[int, str, bytes]]:
    """Return (id, language, signs) of the newest stories with an id above `after`, in order.

    At most `limit`. Served by the primary key of story_signs.
    """
    query = select(story_signs.c.story_id, story_signs.c.language, story_signs.c.signs).where(
        story_signs.c.story_id > after
    )
    rows = await conn.execute(query.order_by(story_signs.c.story_id.desc()).limit(limit))
    return [(row[0], row[1], bytes(row[2])) for row in reversed(rows.all())]


async def signs_after(conn: AsyncConnection, after: int, limit: int) -> list[tuple[int, bytes]]:
    """Return (id, signs) of the first `limit` stories with an id above `after`.

    The signs of some are empty. Served by the primary key.
    """
    query = select(story_signs.c.story_id, story_signs.c.signs).where(story_signs.c.story_id > after)
    rows = await conn.execute(query.order_by(story_signs.c.story_id).limit(limit))
    return [(story_id, bytes(signs)) for story_id, signs in rows]


async def get_event_languages(conn: AsyncConnection, event_ids: Iterable[int]) -> dict[int, set[str]]:
    """Return the languages of events' stories that are for all servers.

    Served by ix_story_event_id.
    """
    found: dict[int, set[str]] = {}
    for batch in batches(sorted(set(event_ids))):
        query = select(story.c.event_id, story.c.language).where(story.c.event_id.in_(batch), visible_to(PUBLIC))
        for event_id, language in await conn.execute(query.distinct()):
            found.setdefault(event_id, set()).add(language)
    return found


@cache
def _newest_by_hash(dialect: str) -> TextualSelect:
    """Return the statement that finds the newest stories of each hash in a JSON array."""
    if dialect == "sqlite":
        values, joined = "SELECT value FROM json_each(:hashes)", "group_concat(near.story_id)"
    else:
        values = (
            "SELECT CAST(value AS bigint) AS value FROM json_array_elements_text(CAST(:hashes AS json)) AS each(value)"
        )
        joined = "string_agg(CAST(near.story_id AS text), ',')"
    query = text(
        f"SELECT wanted.value, (SELECT {joined} FROM"  # noqa: S608 - only our own words are put in
        " (SELECT story_id FROM event_key WHERE event_key.hash = wanted.value AND arrived_at >= :since"
        f" ORDER BY arrived_at DESC, story_id DESC LIMIT :most) AS near) FROM ({values}) AS wanted"
    )
    return query.bindparams(bindparam("since", type_=Timestamp())).columns(value=BigInteger, near=Text)


_CANDIDATES = (
    select(
        story.c.id,
        story.c.event_id,
        story.c.published_at,
        story.c.fingerprint,
        func.coalesce(event.c.by_hand, false()),
        story.c.guild_id,
    )
    .join(event, event.c.id == story.c.event_id)
    .where(story.c.id.in_(bindparam("story_ids", expanding=True)))
)
_FEATURES = select(story_trait.c.story_id, story_trait.c.trait).where(
    story_trait.c.story_id.in_(bindparam("story_ids", expanding=True))
)
_DELETE_KEY = delete(event_key).where(
    event_key.c.hash == bindparam("b_hash"),
    event_key.c.arrived_at == bindparam("b_at"),
    event_key.c.story_id == bindparam("b_story"),
)
