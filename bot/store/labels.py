"""How is a story found by country, topic and language, and counted, without reading it?

Each country, topic and language of a story, each pair of its countries and topics, and "any" is a label: one number.
`story_label` has a row per label and story in order of publication; `label_count` counts them by UTC day and in all.
So a page of /news and its total cost the same among a thousand stories and among a million.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Insert, and_, bindparam, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import label_count, micros, moment, story, story_label
from bot.store.sql_helpers import upsert

__all__ = [
    "ANY",
    "IN_ALL",
    "add_labels",
    "count_between",
    "country_label",
    "counts_of_kind",
    "drop_labels",
    "label_of",
    "labels_of",
    "language_label",
    "languages_present",
    "topic_label",
]

ANY = 0
"""The label of every story. It is counted, but has no rows: `story` itself is in that order."""

IN_ALL = -1_000_000
"""The day that counts all days."""
_DAY = 86_400_000_000
_TOPIC_ROOM = 1 << 32
_COUNTRY_SHIFT = 33
_LANGUAGE_BIT = 1 << 60

# The numbers of IPTC Media Topics' top level (01000000 …); others are numbered by their checksum.
_TOPICS = {
    "arts-culture-entertainment-and-media": 1,
    "crime-law-and-justice": 2,
    "disaster-accident-and-emergency": 3,
    "economy-business-and-finance": 4,
    "education": 5,
    "environment": 6,
    "health": 7,
    "human-interest": 8,
    "labour": 9,
    "lifestyle-and-leisure": 10,
    "politics-and-government": 11,
    "religion": 12,
    "science-and-technology": 13,
    "society": 14,
    "sport": 15,
    "conflict-war-and-peace": 16,
    "weather": 17,
}
_SLUGS = {number: slug for slug, number in _TOPICS.items()}


def label_of(country: str = "", topic: str = "") -> int:
    """The label of a country (two capital letters), a topic's slug, or both together."""
    number = 0
    if country:
        number = ((ord(country[0]) - 64) * 27 + ord(country[1]) - 64) << _COUNTRY_SHIFT
    if topic:
        number |= _TOPICS.get(topic) or (zlib.crc32(topic.encode()) | 1 << 31)
    return number


def country_label(code: str) -> int:
    """The label of a country."""
    return label_of(country=code)


def topic_label(slug: str) -> int:
    """The label of a topic."""
    return label_of(topic=slug)


def language_label(code: str) -> int:
    """The label of a language; its code has at most seven ASCII characters."""
    return _LANGUAGE_BIT | int.from_bytes(code.encode("ascii"))


def labels_of(countries: Iterable[str], topics: Iterable[str], language: str) -> frozenset[int]:
    """All labels of a story that has these (see `bot.newsroom.models.ABOUT` and `filters.topics_about`)."""
    countries = [code for code in countries if len(code) == 2 and code.isascii() and code.isalpha() and code.isupper()]
    topics = list(topics)
    return frozenset(
        {ANY, language_label(language)}
        | {label_of(country, topic) for country in ["", *countries] for topic in ["", *topics]}
    )


async def add_labels(conn: AsyncConnection, rows: Sequence[tuple[int, datetime, frozenset[int]]]) -> None:
    """Make stories findable: (story id, time of publication, labels) each."""
    await _write(conn, rows)
    await _count(conn, rows, 1)


async def drop_labels(conn: AsyncConnection, rows: Sequence[tuple[int, datetime, frozenset[int]]]) -> None:
    """Take back what `add_labels` did for the same values."""
    keys = [
        {"b_label": label, "b_at": at, "b_story": number} for number, at, labels in rows for label in labels - {ANY}
    ]
    if keys:
        await conn.execute(_DROP, keys)
    await _count(conn, rows, -1)


async def _write(conn: AsyncConnection, rows: Sequence[tuple[int, datetime, frozenset[int]]]) -> None:
    values = [
        {"label": label, "published_at": at, "story_id": number}
        for number, at, labels in rows
        for label in sorted(labels - {ANY})
    ]
    if values:
        await conn.execute(_ADD, values)


async def _count(conn: AsyncConnection, rows: Sequence[tuple[int, datetime, frozenset[int]]], step: int) -> None:
    changes: Counter[tuple[int, int]] = Counter()
    for _number, at, labels in rows:
        for label in labels:
            changes[label, micros(at) // _DAY] += step
            changes[label, IN_ALL] += step
    if not changes:
        return
    # In one order for everybody, so that two writers on PostgreSQL can't wait for each other.
    values = [{"label": label, "day": day, "stories": change} for (label, day), change in sorted(changes.items())]
    await conn.execute(_add_counts(conn.dialect.name), values)
    if step < 0:
        await conn.execute(_DROP_EMPTY, [{"b_label": label, "b_day": day} for label, day in sorted(changes)])


@cache
def _add_counts(dialect: str) -> Insert:
    query = upsert(dialect, label_count)
    return query.on_conflict_do_update(
        index_elements=["label", "day"], set_={"stories": label_count.c.stories + query.excluded.stories}
    )


_ADD = insert(story_label)
_DROP = delete(story_label).where(
    story_label.c.label == bindparam("b_label"),
    story_label.c.published_at == bindparam("b_at"),
    story_label.c.story_id == bindparam("b_story"),
)
_DROP_EMPTY = delete(label_count).where(
    label_count.c.label == bindparam("b_label"), label_count.c.day == bindparam("b_day"), label_count.c.stories <= 0
)


async def count_between(conn: AsyncConnection, label: int, since: datetime | None, until: datetime | None) -> int:
    """How many stories have a label and were published from `since` on and before `until`: exact.

    Reads one count without bounds; else a count a day, and the rows of the days that the bounds cut.
    """
    if since is None and until is None:
        query = select(label_count.c.stories).where(label_count.c.label == label, label_count.c.day == IN_ALL)
        return (await conn.execute(query)).scalar() or 0
    low = micros(since) if since is not None else None
    high = micros(until) if until is not None else None
    if low is not None and high is not None and low >= high:
        return 0
    first = -(-low // _DAY) if low is not None else None
    last = high // _DAY if high is not None else None
    if first is not None and last is not None and first > last:  # within one day
        return await _count_rows(conn, label, low, high)
    query = select(func.coalesce(func.sum(label_count.c.stories), 0)).where(
        label_count.c.label == label, label_count.c.day > IN_ALL
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
        query, at = select(func.count()).where(story.c.withdrawn_at.is_(None)), story.c.published_at
    else:
        query, at = select(func.count()).where(story_label.c.label == label), story_label.c.published_at
    if low is not None:
        query = query.where(at >= moment(low))
    if high is not None:
        query = query.where(at < moment(high))
    return int((await conn.execute(query)).scalar_one())


async def counts_of_kind(conn: AsyncConnection, kind: str, since: datetime | None) -> list[tuple[str, int]]:
    """(code, stories) of every "country", "topic" or "language" that has stories, most first.

    `since` counts whole UTC days: from the day that it lies in.
    """
    label = label_count.c.label
    wanted = {
        "country": and_(label >= 1 << _COUNTRY_SHIFT, label < _LANGUAGE_BIT, label % (1 << _COUNTRY_SHIFT) == 0),
        "topic": and_(label > ANY, label < _TOPIC_ROOM),
        "language": label >= _LANGUAGE_BIT,
    }[kind]
    in_all = select(label, label_count.c.stories).where(label_count.c.day == IN_ALL, wanted)
    found = [(number, stories) for number, stories in await conn.execute(in_all)]
    if since is not None:
        total = func.sum(label_count.c.stories)
        query = select(label, total).group_by(label).where(label_count.c.day >= max(micros(since) // _DAY, IN_ALL + 1))
        known = [number for number, _stories in found]
        found = []
        for start in range(0, len(known), 500):
            part = query.where(label.in_(known[start : start + 500]))
            found += [(number, stories) for number, stories in await conn.execute(part)]
    rows = [(_name(number), int(count)) for number, count in found]
    return sorted(((name, count) for name, count in rows if name and count > 0), key=lambda row: (-row[1], row[0]))


async def languages_present(conn: AsyncConnection) -> list[str]:
    """The codes of the languages that stories are in, sorted."""
    query = select(label_count.c.label).where(label_count.c.label >= _LANGUAGE_BIT, label_count.c.day == IN_ALL)
    return sorted(_name(number) for number in (await conn.execute(query)).scalars())


def _name(label: int) -> str:
    if label >= _LANGUAGE_BIT:
        return (label ^ _LANGUAGE_BIT).to_bytes(7).lstrip(b"\0").decode("ascii")
    if label < _TOPIC_ROOM:
        return _SLUGS.get(label, "")
    first, second = divmod(label >> _COUNTRY_SHIFT, 27)
    return chr(first + 64) + chr(second + 64)
