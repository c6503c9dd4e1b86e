"""Stories by id: rows to values, and the newest changes.

Lists read `story` alone, as `StoryLine`; `story_body` holds the rest of a story as one JSON text. Writing is in
stories.py, pages by filter in story_pages.py, full-text search in search.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Row, ScalarSelect, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.newsroom.audience import PUBLIC, Audience
from bot.newsroom.models import DateOrigin, SourceRef, StoryDetail, StoryLine
from bot.newsroom.sample_news import is_sample
from bot.store import labels
from bot.store.audiences import owning_guilds, visible_to
from bot.store.paths import decode_path
from bot.store.schema import document, event, label_count, story, story_body
from bot.store.sql_helpers import MAX_ID, batches
from summarizers.types import Country, Evidence, Furniture, SummarySentence, Topic

__all__ = [
    "NewsState",
    "StoryBody",
    "content_version",
    "count_stories",
    "event_lines",
    "get_bodies",
    "get_lines",
    "get_story",
    "latest_arrival",
    "list_stories_after",
    "news_state",
    "parse_countries",
    "parse_topics",
    "visible_fingerprints",
]

_REMOVALS = slice(2, 4)
"""Columns of `content_version` with the last removal and return of a story."""

_CACHED_COLUMNS = 4096
"""Decoded values kept per JSON column: a morning's digests read the same stories for thousands of channels."""


@dataclass(frozen=True, slots=True)
class StoryBody:
    """A story's paragraphs and sentences, verbatim: what summaries are made from."""

    story_id: int
    language: str
    truncated: bool
    paragraphs: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewsState:
    """A version that changes with the stories, and when the newest public one arrived."""

    version: tuple[Any, ...]
    newest: datetime | None

    @property
    def removals(self) -> tuple[Any, ...]:
        """The part that changes when stories go, or come back."""
        return self.version[_REMOVALS]


async def get_lines(conn: AsyncConnection, ids: Sequence[int], audience: Audience = PUBLIC) -> list[StoryLine]:
    """Return the stories with these ids, in their order.

    Withdrawn and unknown ones and those that the audience may not see are left out. Served by the primary keys of story and document.
    """
    by_id: dict[int, StoryLine] = {}
    for batch in batches(ids):
        query = _LINES.where(story.c.id.in_(batch), visible_to(audience))
        by_id.update({row.id: _line(row) for row in await conn.execute(query)})
    return [by_id[story_id] for story_id in ids if story_id in by_id]


async def event_lines(conn: AsyncConnection, event_id: int, limit: int, audience: Audience = PUBLIC) -> list[StoryLine]:
    """Return the first `limit` stories of an event for the audience.

    In order of arrival. Served by ix_story_event_id.
    """
    query = _LINES.where(story.c.event_id == event_id, visible_to(audience))
    ordered = query.order_by(story.c.arrived_at, story.c.id).limit(limit)
    return [_line(row) for row in await conn.execute(ordered)]


async def get_story(conn: AsyncConnection, story_id: int, audience: Audience = PUBLIC) -> StoryDetail | None:
    """Return a story in full; None when no story that the audience may see has that id.

    Served by the primary keys.
    """
    if not 0 < story_id <= MAX_ID:
        return None
    query = _DETAILS.where(story.c.id == story_id, visible_to(audience))
    row = (await conn.execute(query)).first()
    return _detail(row) if row is not None else None


async def list_stories_after(
    conn: AsyncConnection, after: int, limit: int, audience: Audience = PUBLIC
) -> list[StoryDetail]:
    """Return the first `limit` stories for the audience with an id above `after`, in full.

    Served by the primary keys.
    """
    query = _DETAILS.where(story.c.id > after, visible_to(audience)).order_by(story.c.id).limit(limit)
    return [_detail(row) for row in await conn.execute(query)]


async def list_unassessed(conn: AsyncConnection, below: int, limit: int) -> list[StoryDetail]:
    """Return the last `limit` visible stories without a news value and with an id below `below`.

    In full, highest id first. Served by the primary keys.
    """
    missing = (story.c.id < below, story.c.news_value.is_(None), story.c.withdrawn_at.is_(None))
    query = _DETAILS.where(*missing).order_by(story.c.id.desc()).limit(limit)
    return [_detail(row) for row in await conn.execute(query)]


async def get_bodies(conn: AsyncConnection, story_ids: Sequence[int]) -> dict[int, StoryBody]:
    """Return the bodies of these stories by id, withdrawn ones included; pruned ones have none.

    Served by the primary keys of story and story_body.
    """
    query = select(story.c.id, story.c.language, story.c.truncated, story_body.c.body).join(
        story_body, story_body.c.story_id == story.c.id
    )
    bodies: dict[int, StoryBody] = {}
    for batch in batches(story_ids):
        for row in await conn.execute(query.where(story.c.id.in_(batch))):
            body = orjson.loads(row.body)
            paragraphs, sentences = tuple(body["paragraphs"]), tuple(body["sentences"])
            bodies[row.id] = StoryBody(row.id, row.language, bool(row.truncated), paragraphs, sentences)
    return bodies


async def visible_fingerprints(
    conn: AsyncConnection, fingerprints: Sequence[str], guild_id: int | None = None
) -> frozenset[str]:
    """Return those of `fingerprints` that belong to a visible story for the same readers.

    Those are all, or the members of `guild_id`.     Served by ix_story_fingerprint.
    """
    visible: set[str] = set()
    for batch in batches(fingerprints):
        same = (story.c.fingerprint.in_(batch), story.c.guild_id.is_not_distinct_from(guild_id))
        query = select(story.c.fingerprint).where(*same, story.c.withdrawn_at.is_(None))
        visible.update((await conn.execute(query)).scalars())
    return frozenset(visible)


async def count_stories(conn: AsyncConnection, audience: Audience = PUBLIC) -> int:
    """Return the number of stories that the audience may see: a few rows of label_count."""
    guilds = await owning_guilds(conn, audience)
    counted = (labels.ANY, *(labels.own_label(labels.ANY, guild) for guild in guilds))
    return sum([await labels.count_between(conn, label, None, None) for label in counted])


async def latest_arrival(conn: AsyncConnection, audience: Audience = PUBLIC) -> datetime | None:
    """Return when the newest story that the audience may see arrived; None if there is none.

    Served by ix_story_arrived_at_id.
    """
    query = select(story.c.arrived_at).where(visible_to(audience))
    arrived: datetime | None = (await conn.execute(query.order_by(story.c.arrived_at.desc()).limit(1))).scalar()
    return arrived


async def content_version(conn: AsyncConnection) -> tuple[Any, ...]:
    """Return a value that changes when stories come or go, or an event is created.

    Five look-ups at the ends of indexes (both primary keys, ix_story_withdrawn_at, ix_story_returned_at, label_count).
    """
    return tuple((await conn.execute(select(*_version_columns()))).one())


async def news_state(conn: AsyncConnection) -> NewsState:
    """Return the version of the news with the arrival of the newest public story, in one query.

    Served by the indexes of `content_version` and by ix_story_arrived_at_id.
    """
    newest = select(story.c.arrived_at).where(visible_to(PUBLIC)).order_by(story.c.arrived_at.desc()).limit(1)
    row = (await conn.execute(select(*_version_columns(), newest.scalar_subquery().label("newest")))).one()
    return NewsState(tuple(row)[:-1], row.newest)


def _version_columns() -> tuple[ScalarSelect[Any], ...]:
    withdrawn = select(func.max(story.c.withdrawn_at)).where(text("withdrawn_at IS NOT NULL"))
    returned = select(func.max(story.c.returned_at)).where(text("returned_at IS NOT NULL"))
    visible = select(label_count.c.stories).where(
        label_count.c.label == labels.ANY, label_count.c.day == labels.ALL_DAYS
    )
    return (
        select(func.max(story.c.id)).scalar_subquery(),
        select(func.max(event.c.id)).scalar_subquery(),
        withdrawn.scalar_subquery(),
        returned.scalar_subquery(),
        visible.scalar_subquery(),
    )


_LINES = select(
    story.c.id,
    story.c.event_id,
    story.c.headline,
    story.c.kicker,
    story.c.place,
    story.c.language,
    story.c.published_at,
    story.c.arrived_at,
    story.c.position,
    story.c.source,
    story.c.url,
    story.c.picture,
    story.c.date_origin,
    story.c.summary,
    story.c.countries,
    story.c.topics,
    story.c.truncated,
    story.c.guild_id,
    document.c.path,
    document.c.sha256,
).select_from(story.join(document))
_DETAILS = _LINES.add_columns(story_body.c.body).join(story_body, story_body.c.story_id == story.c.id)


def _line(row: Row[*tuple[Any, ...]]) -> StoryLine:
    return StoryLine(
        id=row.id,
        event_id=row.event_id,
        headline=row.headline,
        kicker=row.kicker,
        language=row.language,
        published_at=row.published_at,
        arrived_at=row.arrived_at,
        ref=SourceRef(
            row.id,
            decode_path(row.path),
            row.position,
            row.source,
            row.url,
            row.language,
            row.picture,
            is_sample(row.sha256),
        ),
        summary=_parse_summary(row.summary),
        countries=parse_countries(row.countries),
        topics=parse_topics(row.topics),
        truncated=bool(row.truncated),
        place=row.place,
        guild_id=row.guild_id,
        date_origin=DateOrigin(row.date_origin) if row.date_origin else None,
    )


def _detail(row: Row[*tuple[Any, ...]]) -> StoryDetail:
    body = orjson.loads(row.body)
    line = _line(row)
    evidence = {
        code: tuple(Evidence(start, end, words, kind) for start, end, words, kind in spans)
        for code, spans in body["evidence"].items()
    }
    countries = tuple(replace(country, evidence=evidence.get(country.code, ())) for country in line.countries)
    parts = [body["title"], line.kicker, body["deck"], body["dateline"], *body["paragraphs"]]
    return StoryDetail(
        line=replace(line, countries=countries),
        text="\n".join(part for part in parts if part),
        sentences=tuple(body["sentences"]),
        paragraphs=tuple(body["paragraphs"]),
        title=body["title"],
        deck=body["deck"],
        dateline=body["dateline"],
        # Stories of earlier versions have only the line itself.
        place=body.get("place"),
        stated_date=body.get("stated_date"),
        agency=body.get("agency"),
        byline=body["byline"],
        credits=tuple(body["credits"]),
        furniture=tuple(Furniture(line, reason) for line, reason in body.get("furniture", ())),
    )


@lru_cache(maxsize=_CACHED_COLUMNS)
def _parse_summary(column: str) -> tuple[SummarySentence, ...]:
    return tuple(SummarySentence(position, sentence) for position, sentence in orjson.loads(column))


@lru_cache(maxsize=_CACHED_COLUMNS)
def parse_countries(column: str) -> tuple[Country, ...]:
    """Return the countries in the JSON of `story.countries`."""
    return tuple(Country(code, salience) for code, salience in orjson.loads(column))


@lru_cache(maxsize=_CACHED_COLUMNS)
def parse_topics(column: str) -> tuple[Topic, ...]:
    """Return the topics in the JSON of `story.topics`."""
    return tuple(Topic(slug, score) for slug, score in orjson.loads(column))
