"""Labels: stories by country, topic and language, found and counted without reading them.

Each country, topic and language of a story, each pair of its countries and topics, and "any" is a label: one number.
`story_label` has a row per label and story in order of publication; `label_count` counts them by UTC day and in all.
So a page of /news and its total cost the same among a thousand stories and among a million.

A story that one server alone sees has labels of that server's (`own_label`), so that no list or count of others has it.
"""

from __future__ import annotations

import hashlib
import string
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import product

import structlog
from sqlalchemy import ColumnElement, Insert, and_, bindparam, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import from_micros, label_count, story, story_label, to_micros
from bot.store.sql_helpers import batches, upsert
from summarizers.labels.topic_table import topic_table

__all__ = [
    "ALL_DAYS",
    "ANY",
    "LabelledStory",
    "add_labels",
    "count_between",
    "country_counts",
    "country_label",
    "day_counts",
    "drop_labels",
    "label_of",
    "labels_of",
    "language_counts",
    "language_label",
    "languages_and_last_story",
    "languages_present",
    "own_label",
    "topic_counts",
    "topic_label",
]

log = structlog.get_logger()

ANY = 0
"""The label of every story. It is counted, but has no rows: `story` itself is in that order."""

ALL_DAYS = -1_000_000
"""The day, in `label_count`, that counts all days; real days are counted from 1970."""

_DAY = 86_400_000_000
"""Microseconds in a UTC day."""

_UNKNOWN_TOPIC_BIT = 1 << 31
"""Set in the label of a topic that the table doesn't have, beside its checksum: a newer release stored it."""

_TOPIC_LIMIT = 1 << 32
"""Above all labels of a topic alone, which takes the bits 0 to 31."""

_COUNTRY_SHIFT = 33
"""First bit of a country, two letters in base 27; the bits below hold the topic of a pair."""

_CACHED_OWN_LABELS = 64
"""Servers whose own labels of all countries and topics are kept: 700 numbers each."""

_LANGUAGE_BIT = 1 << 60
"""Set in the label of a language, whose code takes the bits below."""


@dataclass(frozen=True, slots=True)
class LabelledStory:
    """A story's key in `story_label`, and its labels."""

    story_id: int
    published_at: datetime
    labels: frozenset[int]


def label_of(country: str = "", topic: str = "") -> int:
    """Return the label of a country (its code), of a topic (its slug), or of both together."""
    number = 0
    if country:
        number = ((ord(country[0]) - 64) * 27 + ord(country[1]) - 64) << _COUNTRY_SHIFT
    if topic:
        row = topic_table().get(topic)
        number |= row.number if row is not None else zlib.crc32(topic.encode()) | _UNKNOWN_TOPIC_BIT
    return number


def country_label(code: str) -> int:
    """Return the label of a country."""
    return label_of(country=code)


def topic_label(slug: str) -> int:
    """Return the label of a topic."""
    return label_of(topic=slug)


def language_label(code: str) -> int:
    """Return the label of a language, whose code has at most seven ASCII characters."""
    return _LANGUAGE_BIT | int.from_bytes(code.encode("ascii"))


def own_label(label: int, guild_id: int) -> int:
    """Return a server's own form of a label: a negative number, which no other server has."""
    digest = hashlib.blake2b(f"{guild_id}:{label}".encode(), digest_size=8).digest()
    return -1 - (int.from_bytes(digest) >> 1)


def labels_of(
    countries: Iterable[str], topics: Iterable[str], language: str, guild_id: int | None = None
) -> frozenset[int]:
    """Return all labels of a story about these countries and topics.

    Codes that are no country's are left out. They are the server's own for a story that `guild_id` alone sees.
    """
    countries = [code for code in countries if len(code) == 2 and code.isascii() and code.isalpha() and code.isupper()]
    topics = list(topics)
    found = frozenset(
        {ANY, language_label(language)}
        | {label_of(country, topic) for country in ["", *countries] for topic in ["", *topics]}
    )
    return found if guild_id is None else frozenset(own_label(label, guild_id) for label in found)


async def add_labels(conn: AsyncConnection, rows: Sequence[LabelledStory]) -> None:
    """Make stories findable by their labels, and count them."""
    values = [
        {"label": label, "published_at": row.published_at, "story_id": row.story_id}
        for row in rows
        for label in sorted(row.labels - {ANY})
    ]
    if values:
        await conn.execute(_INSERT, values)
    await _add_to_counts(conn, rows, 1)


async def drop_labels(conn: AsyncConnection, rows: Sequence[LabelledStory]) -> None:
    """Undo `add_labels` of the same rows.

    Served by the primary keys of story_label and label_count.
    """
    keys = [
        {"b_label": label, "b_at": row.published_at, "b_story": row.story_id}
        for row in rows
        for label in row.labels - {ANY}
    ]
    if keys:
        await conn.execute(_DELETE, keys)
    await _add_to_counts(conn, rows, -1)


async def _add_to_counts(conn: AsyncConnection, rows: Sequence[LabelledStory], step: int) -> None:
    changes: Counter[tuple[int, int]] = Counter()
    for row in rows:
        day = to_micros(row.published_at) // _DAY
        for label in row.labels:
            changes[label, day] += step
            changes[label, ALL_DAYS] += step
    if not changes:
        return
    # Every writer takes the rows in the same order, so that two of them can't deadlock on PostgreSQL.
    values = [{"label": label, "day": day, "stories": change} for (label, day), change in sorted(changes.items())]
    await conn.execute(_add_counts(conn.dialect.name), values)
    if step < 0:
        await conn.execute(_DELETE_EMPTY, [{"b_label": label, "b_day": day} for label, day in sorted(changes)])


@cache
def _add_counts(dialect: str) -> Insert:
    query = upsert(dialect, label_count)
    return query.on_conflict_do_update(
        index_elements=["label", "day"], set_={"stories": label_count.c.stories + query.excluded.stories}
    )


_INSERT = insert(story_label)
_DELETE = delete(story_label).where(
    story_label.c.label == bindparam("b_label"),
    story_label.c.published_at == bindparam("b_at"),
    story_label.c.story_id == bindparam("b_story"),
)
_DELETE_EMPTY = delete(label_count).where(
    label_count.c.label == bindparam("b_label"), label_count.c.day == bindparam("b_day"), label_count.c.stories <= 0
)


async def count_between(conn: AsyncConnection, label: int, since: datetime | None, until: datetime | None) -> int:
    """Return exactly how many stories with a label were published in a period.

    From `since` on and before `until`. Reads one count without bounds; else one count per day, and the rows of the days
    that the bounds cut. Served by the primary keys of label_count and story_label, and for `ANY` by
    ix_story_published_at_id.
    """
    if since is None and until is None:
        query = select(label_count.c.stories).where(label_count.c.label == label, label_count.c.day == ALL_DAYS)
        return (await conn.execute(query)).scalar() or 0
    low = to_micros(since) if since is not None else None
    high = to_micros(until) if until is not None else None
    if low is not None and high is not None and low >= high:
        return 0
    first = -(-low // _DAY) if low is not None else None
    last = high // _DAY if high is not None else None
    if first is not None and last is not None and first > last:  # within one day
        return await _count_rows(conn, label, low, high)
    query = select(func.coalesce(func.sum(label_count.c.stories), 0)).where(
        label_count.c.label == label, label_count.c.day > ALL_DAYS
    )
    total = 0
    if first is not None and low is not None:
        query = query.where(label_count.c.day >= first)
        if low < first * _DAY:
            total += await _count_rows(conn, label, low, first * _DAY)
    if last is not None and high is not None:
        query = query.where(label_count.c.day < last)
        if last * _DAY < high:
            total += await _count_rows(conn, label, last * _DAY, high)
    return total + int((await conn.execute(query)).scalar_one())


async def _count_rows(conn: AsyncConnection, label: int, low: int | None, high: int | None) -> int:
    if label == ANY:
        public = (story.c.withdrawn_at.is_(None), story.c.guild_id.is_(None))
        query, at = select(func.count()).where(*public), story.c.published_at
    else:
        query, at = select(func.count()).where(story_label.c.label == label), story_label.c.published_at
    if low is not None:
        query = query.where(at >= from_micros(low))
    if high is not None:
        query = query.where(at < from_micros(high))
    return int((await conn.execute(query)).scalar_one())


async def country_counts(
    conn: AsyncConnection, since: datetime | None = None, *, guilds: Sequence[int] = ()
) -> list[tuple[str, int]]:
    """Return (code, stories) of each country in the news, most stories first.

    From the UTC day of `since` on, with the own stories of `guilds` (`audiences.owning_guilds`). Served by the primary
    key of label_count, and with `since` by ix_label_count_day_label.
    """
    label = label_count.c.label
    is_country = and_(label >= 1 << _COUNTRY_SHIFT, label < _LANGUAGE_BIT, label % (1 << _COUNTRY_SHIFT) == 0)
    return await _counts(conn, is_country, since, {own: at for guild in guilds for own, at in _own_countries(guild)})


async def topic_counts(
    conn: AsyncConnection, since: datetime | None = None, *, guilds: Sequence[int] = ()
) -> list[tuple[str, int]]:
    """Return (slug, stories) of each topic in the news, as `country_counts` does."""
    is_topic = and_(label_count.c.label > ANY, label_count.c.label < _TOPIC_LIMIT)
    topics = {own_label(topic_label(slug), guild): topic_label(slug) for guild in guilds for slug in topic_table()}
    return await _counts(conn, is_topic, since, topics)


async def language_counts(
    conn: AsyncConnection, since: datetime | None = None, *, guilds: Sequence[int] = ()
) -> list[tuple[str, int]]:
    """Return (code, stories) of each language in the news, as `country_counts` does."""
    codes = await _own_languages(conn, guilds)
    own = {own_label(language_label(code), guild): language_label(code) for guild in guilds for code in codes}
    return await _counts(conn, label_count.c.label >= _LANGUAGE_BIT, since, own)


async def _counts(
    conn: AsyncConnection, condition: ColumnElement[bool], since: datetime | None, own: Mapping[int, int]
) -> list[tuple[str, int]]:
    """Return the names and counts of labels; `own` maps servers' own labels to the plain ones."""
    in_all = select(label_count.c.label, label_count.c.stories).where(label_count.c.day == ALL_DAYS)
    rows = [(label, stories) for label, stories in await conn.execute(in_all.where(condition))]
    for batch in batches(own):
        rows += [
            (label, stories) for label, stories in await conn.execute(in_all.where(label_count.c.label.in_(batch)))
        ]
    if since is not None:
        first_day = max(to_micros(since) // _DAY, ALL_DAYS + 1)
        daily = select(label_count.c.label, func.sum(label_count.c.stories)).group_by(label_count.c.label)
        present, rows = [label for label, _stories in rows], []
        for batch in batches(present):
            query = daily.where(label_count.c.day >= first_day, label_count.c.label.in_(batch))
            rows += [(label, stories) for label, stories in await conn.execute(query)]
    named: Counter[str] = Counter()
    for label, stories in rows:
        named[_name(own.get(label, label))] += int(stories)
    return sorted(
        ((name, count) for name, count in named.items() if name and count > 0), key=lambda row: (-row[1], row[0])
    )


async def day_counts(conn: AsyncConnection, limit: int) -> list[tuple[date, int]]:
    """Return the newest UTC days with public stories, and the number of each, newest first.

    Served by the primary key of label_count.
    """
    query = select(label_count.c.day, label_count.c.stories).where(
        label_count.c.label == ANY, label_count.c.day > ALL_DAYS, label_count.c.stories > 0
    )
    rows = await conn.execute(query.order_by(label_count.c.day.desc()).limit(limit))
    return [(from_micros(day * _DAY).date(), int(stories)) for day, stories in rows]


async def languages_present(conn: AsyncConnection, guilds: Sequence[int] = ()) -> list[str]:
    """Return the codes of all languages with visible stories, sorted.

    With those of the own stories of `guilds`. Served by the primary key of label_count and by ix_story_guild_id_language.
    """
    languages, _last_story = await languages_and_last_story(conn, guilds)
    return languages


async def languages_and_last_story(conn: AsyncConnection, guilds: Sequence[int] = ()) -> tuple[list[str], int]:
    """Return the languages present, and the highest id of a story.

    The id is 0 where there are no public stories.
    """
    last = select(func.max(story.c.id)).scalar_subquery()
    query = select(label_count.c.label, last).where(label_count.c.label >= _LANGUAGE_BIT, label_count.c.day == ALL_DAYS)
    rows = (await conn.execute(query)).all()
    public = {_name(label) for label, _last in rows}
    return sorted(public.union(await _own_languages(conn, guilds))), max((number for _label, number in rows), default=0)


async def _own_languages(conn: AsyncConnection, guilds: Sequence[int]) -> list[str]:
    """Return the languages of servers' own stories, withdrawn ones included."""
    found: set[str] = set()
    for batch in batches(guilds):
        query = select(story.c.language).where(story.c.guild_id.in_(batch)).distinct()
        found.update((await conn.execute(query)).scalars())
    return sorted(found)


@lru_cache(maxsize=_CACHED_OWN_LABELS)
def _own_countries(guild_id: int) -> tuple[tuple[int, int], ...]:
    """Return (own label, plain label) of every country code that there can be."""
    plain = [country_label(first + second) for first, second in product(string.ascii_uppercase, repeat=2)]
    return tuple((own_label(label, guild_id), label) for label in plain)


@cache
def _slugs() -> dict[int, str]:
    return {row.number: slug for slug, row in topic_table().items()}


def _name(label: int) -> str:
    """Return the code or slug of a label of one country, topic or language."""
    if label >= _LANGUAGE_BIT:
        return (label ^ _LANGUAGE_BIT).to_bytes(7).lstrip(b"\0").decode("ascii")
    if label < _TOPIC_LIMIT:
        slug = _slugs().get(label, "")
        if not slug:
            log.warning("labels.unknown_topic", label=label)
        return slug
    first, second = divmod(label >> _COUNTRY_SHIFT, 27)
    return chr(first + 64) + chr(second + 64)
