"""Which stories tell of the same happening, and which happenings are new?

Every story belongs to one event. Until grouping says otherwise, each has its own. An event that was merged into
another keeps its row and points there, so that what was posted under its number is still found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from math import log2
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Row,
    Text,
    bindparam,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    select,
    text,
    type_coerce,
    update,
)
from sqlalchemy import Float as SqlFloat
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.selectable import TextualSelect

from bot.newsroom import ranking
from bot.newsroom.filters import Filter
from bot.newsroom.models import StoryLine
from bot.newsroom.ranking import Report
from bot.store import stories
from bot.store.filters import accepting
from bot.store.schema import (
    Moment,
    event,
    event_key,
    micros,
    moment,
    shown,
    shown_story,
    story,
    story_body,
    story_trait,
)

__all__ = [
    "Arrival",
    "Body",
    "Candidate",
    "EventReports",
    "EventStories",
    "Rise",
    "arrivals",
    "assign",
    "bodies",
    "candidates",
    "count",
    "decide",
    "decided",
    "events_since",
    "find_event",
    "forget_old_traits",
    "forget_traits",
    "merge",
    "new_events",
    "remember_all",
    "remember_traits",
    "reports",
    "rising",
    "settle",
    "split",
]


@dataclass(frozen=True, slots=True)
class EventStories:
    """An event with its stories that are shown, in order of arrival. Times are of first and last arrival."""

    id: int
    first_at: datetime
    last_at: datetime
    stories: tuple[StoryLine, ...]


@dataclass(frozen=True, slots=True)
class EventReports:
    """An event with what ranking reads of its stories that are shown, in order of arrival."""

    id: int
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A story that is shown, as grouping finds it; `known` says that grouping has placed it before."""

    story_id: int
    event_id: int
    arrived_at: datetime
    published_at: datetime
    known: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story that shares `shared` of the hashes that were asked for."""

    story_id: int
    event_id: int
    arrived_at: datetime
    shared: int
    trait: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Rise:
    """How many stories an event got in a time, and in the time before."""

    event_id: int
    stories: int
    before: int


@dataclass(frozen=True, slots=True)
class Body:
    """What composing reads of a story besides its line: paragraphs and sentences, verbatim."""

    story_id: int
    language: str
    truncated: bool
    paragraphs: tuple[str, ...]
    sentences: tuple[str, ...]


async def events_since(
    conn: AsyncConnection,
    wanted: Filter,
    *,
    since: datetime,
    until: datetime,
    limit: int,
    now: datetime,
    skip: int = 0,
) -> tuple[list[EventReports], int]:
    """Events with a story that the filter accepts and that arrived after `since` and not after `until`; how many in all.

    Of these the `limit` that weigh most by their stories in that time, the first `skip` left out, the weightiest
    first; each with all its stories that had arrived by `until`. The weight is that of `bot.newsroom.ranking`, but
    for how much an event is about the filter, which takes more reading. Served by ix_story_arrived_at_id.
    """
    source, accepts = await accepting(conn, wanted, now)
    weight = _weight(since, until)
    query = (
        select(story.c.event_id, func.count().over())
        .select_from(source)
        .where(story.c.withdrawn_at.is_(None), story.c.arrived_at > since, story.c.arrived_at <= until, accepts)
        .group_by(story.c.event_id)
        .order_by(weight.desc(), story.c.event_id)
        .limit(limit)
        .offset(skip)
    )
    rows = (await conn.execute(query)).all()
    return await reports(conn, [row[0] for row in rows], until), int(rows[0][1]) if rows else 0


def _weight(since: datetime, until: datetime) -> ColumnElement[float]:
    """What an event's stories weigh, as `bot.newsroom.ranking.rank` has it; whole numbers have their logarithms."""
    span = max(micros(until) - micros(since), 1)
    late = cast(func.max(type_coerce(story.c.arrived_at, BigInteger)) - micros(since), SqlFloat) / span
    size = func.max(func.coalesce(story.c.size, 0))
    return (
        ranking.SOURCES * _log2(func.count(_PUBLISHER.distinct()), 1)
        + ranking.REPORTS * _log2(func.count(), 0)
        + ranking.LENGTH * case((size >= ranking.LONG, 1.0), else_=cast(size, SqlFloat) / ranking.LONG)
        + ranking.POSITION / (1.0 + func.min(story.c.position))
        + ranking.FRESH * late
    )


def _log2(number: ColumnElement[int], more: int) -> ColumnElement[float]:
    """log2(number + more); not every SQLite has a function for it."""
    known = {value: literal(log2(value + more), SqlFloat) for value in range(1, _COUNTED)}
    return case(known, value=number, else_=log2(_COUNTED + more))


_COUNTED = 32
"""Reports from which on an event has all the weight that choosing those which compete gives them."""


async def reports(conn: AsyncConnection, event_ids: Sequence[int], until: datetime | None = None) -> list[EventReports]:
    """These events, in their order, with what ranking reads of their stories that are shown and had arrived `until`.

    Those without such a story are left out. Served by ix_story_event_id.
    """
    found: dict[int, list[Report]] = {number: [] for number in event_ids}
    for start in range(0, len(event_ids), 500):
        query = _REPORTS.where(story.c.event_id.in_(list(event_ids[start : start + 500])))
        if until is not None:
            query = query.where(story.c.arrived_at <= until)
        for event_id, number, arrived, position, publisher, size, cut, countries, topics in await conn.execute(query):
            found[event_id].append(
                Report(
                    number,
                    moment(arrived),
                    position,
                    publisher,
                    size,
                    bool(cut),
                    stories.countries_of(countries),
                    stories.topics_of(topics),
                )
            )
    return [EventReports(number, tuple(told)) for number, told in found.items() if told]


_PUBLISHER = func.coalesce(func.nullif(story.c.source_folded, ""), "#" + cast(story.c.document_id, Text))
_ARRIVED = type_coerce(story.c.arrived_at, BigInteger)
_REPORTS = (
    select(
        story.c.event_id,
        story.c.id,
        _ARRIVED,
        story.c.position,
        _PUBLISHER,
        func.coalesce(story.c.size, 0),
        story.c.truncated,
        story.c.countries,
        story.c.topics,
    )
    .where(story.c.withdrawn_at.is_(None))
    .order_by(story.c.arrived_at, story.c.id)
)


async def bodies(conn: AsyncConnection, story_ids: Sequence[int]) -> dict[int, Body]:
    """The bodies of these stories, withdrawn ones included; those that were pruned are left out."""
    found: dict[int, Body] = {}
    query = select(story.c.id, story.c.language, story.c.truncated, story_body.c.body).join(
        story_body, story_body.c.story_id == story.c.id
    )
    for start in range(0, len(story_ids), 500):
        for row in await conn.execute(query.where(story.c.id.in_(list(story_ids[start : start + 500])))):
            kept = orjson.loads(row.body)
            found[row.id] = Body(
                row.id, row.language, bool(row.truncated), tuple(kept["paragraphs"]), tuple(kept["sentences"])
            )
    return found


async def rising(
    conn: AsyncConnection, wanted: Filter, *, since: datetime, until: datetime, limit: int, now: datetime
) -> list[Rise]:
    """Events that got more stories from `since` to `until` than in a time of that length before, steepest first.

    Only stories that the filter accepts count. Served by ix_story_arrived_at_id.
    """
    source, accepts = await accepting(conn, wanted, now)
    recent = func.sum(case((story.c.arrived_at > since, 1), else_=0))
    before = func.sum(case((story.c.arrived_at > since, 0), else_=1))
    query = (
        select(story.c.event_id, recent, before)
        .select_from(source)
        .where(
            story.c.withdrawn_at.is_(None),
            story.c.arrived_at > since - (until - since),
            story.c.arrived_at <= until,
            accepts,
        )
        .group_by(story.c.event_id)
        .having(recent > before)
        .order_by((recent - before).desc(), recent.desc(), story.c.event_id.desc())
        .limit(limit)
    )
    return [Rise(int(number), int(new), int(old)) for number, new, old in await conn.execute(query)]


async def count(conn: AsyncConnection) -> int:
    """How many events have a story that is shown. Reads the whole table: for statistics."""
    alive = event.c.merged_into.is_(None) & (event.c.stories > 0)
    return int((await conn.execute(select(func.count()).select_from(event).where(alive))).scalar_one())


async def find_event(conn: AsyncConnection, number: int) -> EventStories | None:
    """The event of that number, or the one it was merged into; None when there is none with a story to show."""
    target = await _followed(conn, number)
    found = await _with_stories(conn, [target], None) if target is not None else []
    return found[0] if found else None


async def new_events(conn: AsyncConnection, now: datetime, count: int) -> list[int]:
    """Make events, each for one story that arrives at `now`; their ids."""
    rows = [{"first_at": now, "last_at": now, "stories": 1} for _ in range(count)]
    return [int(number) for number in (await conn.execute(_NEW, rows)).scalars()]


_NEW = insert(event).returning(event.c.id, sort_by_parameter_order=True)


async def settle(conn: AsyncConnection, ids: Iterable[int]) -> None:
    """Bring events' counts and times in line with their stories that are shown."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        query = (
            select(story.c.event_id, func.count(), func.min(story.c.arrived_at), func.max(story.c.arrived_at))
            .where(story.c.event_id.in_(part), story.c.withdrawn_at.is_(None))
            .group_by(story.c.event_id)
        )
        rows = [
            {"b_event": number, "b_stories": count, "b_first": first, "b_last": last}
            for number, count, first, last in await conn.execute(query)
        ]
        if rows:
            await conn.execute(_SETTLE, rows)
        empty = set(part) - {row["b_event"] for row in rows}
        if empty:
            await conn.execute(update(event).where(event.c.id.in_(sorted(empty))).values(stories=0))


_SETTLE = (
    update(event)
    .where(event.c.id == bindparam("b_event"))
    .values(stories=bindparam("b_stories"), first_at=bindparam("b_first"), last_at=bindparam("b_last"))
)


# For grouping


async def remember_traits(
    conn: AsyncConnection, story_id: int, arrived_at: datetime, hashes: Sequence[int], trait: str
) -> None:
    """Keep what a story is found by (64-bit signed hashes) and compared by (text in grouping's own form)."""
    await forget_traits(conn, [story_id])
    unique = sorted(set(hashes))
    if unique:
        rows = [{"hash": value, "arrived_at": arrived_at, "story_id": story_id} for value in unique]
        await conn.execute(insert(event_key), rows)
    values = {"story_id": story_id, "trait": trait, "hashes": orjson.dumps(unique).decode()}
    await conn.execute(insert(story_trait).values(values))


async def remember_all(conn: AsyncConnection, rows: Sequence[tuple[int, datetime, Sequence[int], str]]) -> None:
    """`remember_traits` for stories of which nothing is kept yet: (id, time of arrival, hashes, trait) each."""
    keys = [
        {"hash": value, "arrived_at": arrived, "story_id": number}
        for number, arrived, hashes, _ in rows
        for value in sorted(set(hashes))
    ]
    kept = [
        {"story_id": number, "trait": trait, "hashes": orjson.dumps(sorted(set(hashes))).decode()}
        for number, _, hashes, trait in rows
    ]
    if keys:
        await conn.execute(insert(event_key), keys)
    if kept:
        await conn.execute(insert(story_trait), kept)


async def arrivals(conn: AsyncConnection, story_ids: Sequence[int]) -> dict[int, Arrival]:
    """Those of these stories that are shown, by id."""
    found: dict[int, Arrival] = {}
    query = select(
        story.c.id, story.c.event_id, story.c.arrived_at, story.c.published_at, story_trait.c.story_id.is_not(None)
    ).select_from(story.outerjoin(story_trait, story_trait.c.story_id == story.c.id))
    for start in range(0, len(story_ids), 500):
        here = story.c.id.in_(list(story_ids[start : start + 500]))
        for row in await conn.execute(query.where(here, story.c.withdrawn_at.is_(None))):
            found[row[0]] = Arrival(row[0], row[1], row[2], row[3], bool(row[4]))
    return found


async def forget_traits(conn: AsyncConnection, story_ids: Sequence[int]) -> None:
    """Take back what `remember_traits` kept of these stories."""
    query = select(story_trait.c.story_id, story.c.arrived_at, story_trait.c.hashes).join(
        story, story.c.id == story_trait.c.story_id
    )
    for start in range(0, len(story_ids), 500):
        part = list(story_ids[start : start + 500])
        keys = [
            {"b_hash": value, "b_at": arrived, "b_story": number}
            for number, arrived, kept in await conn.execute(query.where(story_trait.c.story_id.in_(part)))
            for value in orjson.loads(kept)
        ]
        if keys:
            await conn.execute(_FORGET, keys)
        await conn.execute(delete(story_trait).where(story_trait.c.story_id.in_(part)))


async def forget_old_traits(conn: AsyncConnection, before: datetime, limit: int = 500) -> int:
    """Take back what is kept of stories that arrived before a moment, from the oldest `limit` on; of how many.

    To be called until it gives 0. Ids rise with arrival, so that the first ones that are kept are the oldest.
    """
    kept = select(story_trait.c.story_id).where(story_trait.c.story_id > 0)  # so that SQLite seeks, and stops
    oldest = kept.order_by(story_trait.c.story_id).limit(limit).subquery()
    query = select(story.c.id).join(oldest, oldest.c.story_id == story.c.id).where(story.c.arrived_at < before)
    ids = list((await conn.execute(query)).scalars())
    await forget_traits(conn, ids)
    return len(ids)


_FORGET = delete(event_key).where(
    event_key.c.hash == bindparam("b_hash"),
    event_key.c.arrived_at == bindparam("b_at"),
    event_key.c.story_id == bindparam("b_story"),
)


async def candidates(
    conn: AsyncConnection,
    hashes: Sequence[int],
    *,
    since: datetime,
    per_hash: int = 50,
    limit: int = 50,
    withdrawn: bool = False,
) -> list[Candidate]:
    """Stories shown that share hashes and arrived from `since` on: most shared first, then newest.

    `withdrawn` takes those in that are no longer shown. Of each hash only the newest `per_hash` stories are read, so that the cost doesn't grow with the store.
    """
    wanted = sorted(set(hashes))
    if not wanted:
        return []
    asked = {f"hash{at}": value for at, value in enumerate(wanted)}
    query = _sharing(len(wanted), withdrawn)
    return [
        Candidate(*row)
        for row in await conn.execute(query, {**asked, "since": since, "most": per_hash, "limit": limit})
    ]


@cache
def _sharing(hashes: int, withdrawn: bool) -> TextualSelect:
    """The candidates that share so many hashes: one question instead of one a hash."""
    parts = " UNION ALL ".join(
        "SELECT story_id FROM (SELECT story_id FROM event_key"  # noqa: S608 - only numbers of our own are put in
        f" WHERE hash = :hash{at} AND arrived_at >= :since ORDER BY arrived_at DESC, story_id DESC LIMIT :most) AS h{at}"
        for at in range(hashes)
    )
    shown_only = "" if withdrawn else " WHERE story.withdrawn_at IS NULL"
    query = text(
        "SELECT near.story_id, story.event_id, story.arrived_at, near.shared, story_trait.trait, story.published_at FROM"  # noqa: S608 - as above
        f" (SELECT story_id, count(*) AS shared FROM ({parts}) AS found"
        " GROUP BY story_id ORDER BY count(*) DESC, story_id DESC LIMIT :limit) AS near"
        " JOIN story ON story.id = near.story_id JOIN story_trait ON story_trait.story_id = near.story_id"
        f"{shown_only} ORDER BY near.shared DESC, near.story_id DESC"
    )
    return query.bindparams(bindparam("since", type_=Moment())).columns(
        story_id=BigInteger,
        event_id=BigInteger,
        arrived_at=Moment,
        shared=BigInteger,
        trait=Text,
        published_at=Moment,
    )


async def assign(conn: AsyncConnection, events_by_story: Mapping[int, int]) -> None:
    """Put stories into events (by id). An event that loses its last story so is merged into that story's new one.

    Costs the same however many stories the events have.
    """
    moved: list[Row[*tuple[Any, ...]]] = []
    numbers = sorted(events_by_story)
    for start in range(0, len(numbers), 500):
        query = select(story.c.id, story.c.event_id, story.c.arrived_at, story.c.withdrawn_at)
        moved += (await conn.execute(query.where(story.c.id.in_(numbers[start : start + 500])))).all()
    moved = [row for row in moved if row.event_id != events_by_story[row.id]]
    if not moved:
        return
    await conn.execute(_ASSIGN, [{"b_story": row.id, "b_event": events_by_story[row.id]} for row in moved])
    grown = [{"b_event": events_by_story[row.id], "b_at": row.arrived_at} for row in moved if row.withdrawn_at is None]
    if grown:
        await conn.execute(_GROW, grown)
    left = {row.event_id: events_by_story[row.id] for row in moved}
    ids = sorted(left)
    others: set[int] = set()
    for start in range(0, len(ids), 500):
        query_left = select(story.c.event_id).where(story.c.event_id.in_(ids[start : start + 500])).distinct()
        others.update((await conn.execute(query_left)).scalars())
    await _redirect(conn, {number: into for number, into in left.items() if number not in others})
    await settle(conn, ids)


_GROW = (
    update(event)
    .where(event.c.id == bindparam("b_event"))
    .values(
        stories=event.c.stories + 1,
        first_at=case((event.c.first_at > bindparam("b_at"), bindparam("b_at")), else_=event.c.first_at),
        last_at=case((event.c.last_at < bindparam("b_at"), bindparam("b_at")), else_=event.c.last_at),
    )
)
_ASSIGN = update(story).where(story.c.id == bindparam("b_story")).values(event_id=bindparam("b_event"))


async def merge(conn: AsyncConnection, from_id: int, into_id: int) -> None:
    """Make one event of two: all stories of the first go to the second, and so do its number and what was posted."""
    if from_id == into_id:
        return
    await conn.execute(update(story).where(story.c.event_id == from_id).values(event_id=into_id))
    await _redirect(conn, {from_id: into_id})
    await settle(conn, [from_id, into_id])


async def split(conn: AsyncConnection, story_ids: Sequence[int], now: datetime) -> int:
    """Take stories out of their events into a new one; its id.

    What channels were shown of them goes along, so that they are not told again; each of their events has to keep a
    story. Neither they nor the new one are merged with others by grouping from now on.
    """
    ids = sorted(set(story_ids))
    former = sorted(set((await conn.execute(select(story.c.event_id).where(story.c.id.in_(ids)))).scalars()))
    (number,) = await new_events(conn, now, 1)
    await conn.execute(update(story).where(story.c.id.in_(ids)).values(event_id=number))
    await decide(conn, [*former, number])
    there = (
        select(shown)
        .where(shown.c.id.in_(select(shown_story.c.shown_id).where(shown_story.c.story_id.in_(ids))))
        .order_by(shown.c.id)
    )
    for row in (await conn.execute(there)).mappings().all():
        await _split_shown(conn, {**row, "event_id": number, "posted_as": row["posted_as"] or row["event_id"]}, ids)
    await settle(conn, [*former, number])
    return number


async def _split_shown(conn: AsyncConnection, values: dict[str, Any], story_ids: Sequence[int]) -> None:
    """Let what was shown of these stories have the new values, and what was shown besides them keep its own."""
    here = shown_story.c.shown_id == values["id"]
    others = select(shown_story.c.story_id).where(here, shown_story.c.story_id.not_in(story_ids)).limit(1)
    if (await conn.execute(others)).first() is None:
        await conn.execute(update(shown).where(shown.c.id == values["id"]).values(values))
        return
    copy = {name: value for name, value in values.items() if name != "id"}
    made = (await conn.execute(insert(shown).values(copy).returning(shown.c.id))).scalar_one()
    moved = update(shown_story).where(here, shown_story.c.story_id.in_(story_ids))
    await conn.execute(moved.values(shown_id=made))


async def decide(conn: AsyncConnection, event_ids: Sequence[int]) -> None:
    """Note that an operator decided what belongs to these events."""
    await conn.execute(update(event).where(event.c.id.in_(list(event_ids))).values(by_hand=True))


async def decided(conn: AsyncConnection, event_ids: Sequence[int]) -> bool:
    """Has an operator decided what belongs to any of these events?"""
    query = select(event.c.id).where(event.c.id.in_(list(event_ids)), event.c.by_hand.is_(True))
    return (await conn.execute(query.limit(1))).first() is not None


async def _redirect(conn: AsyncConnection, targets: Mapping[int, int]) -> None:
    """Let events without stories stand for others. Chains never get longer than one step."""
    rows = [{"b_from": from_id, "b_into": into_id} for from_id, into_id in targets.items()]
    if rows:
        for query in _REDIRECTS:
            await conn.execute(query, rows)


_REDIRECTS = (
    update(event).where(event.c.id == bindparam("b_from")).values(merged_into=bindparam("b_into")),
    update(event).where(event.c.merged_into == bindparam("b_from")).values(merged_into=bindparam("b_into")),
    update(shown).where(shown.c.event_id == bindparam("b_from")).values(event_id=bindparam("b_into")),
)


async def _followed(conn: AsyncConnection, number: int) -> int | None:
    if not 0 < number < 2**63:
        return None
    row = (await conn.execute(select(event.c.id, event.c.merged_into).where(event.c.id == number))).first()
    if row is None:
        return None
    return int(row.merged_into) if row.merged_into is not None else int(row.id)


async def _with_stories(conn: AsyncConnection, ids: Sequence[int], until: datetime | None) -> list[EventStories]:
    members: Mapping[int, list[int]] = {number: [] for number in ids}
    for start in range(0, len(ids), 500):
        query = select(story.c.event_id, story.c.id).where(
            story.c.event_id.in_(ids[start : start + 500]), story.c.withdrawn_at.is_(None)
        )
        if until is not None:
            query = query.where(story.c.arrived_at <= until)
        for event_id, number in await conn.execute(query.order_by(story.c.arrived_at, story.c.id)):
            members[event_id].append(number)
    lines = {
        line.id: line for line in await stories.lines(conn, [number for found in members.values() for number in found])
    }
    found = []
    for number in ids:
        told = tuple(lines[member] for member in members[number] if member in lines)
        if told:
            found.append(EventStories(number, told[0].arrived_at, told[-1].arrived_at, told))
    return found
