"""Which stories tell of the same happening, and which happenings are new?

Every story belongs to one event. Until grouping says otherwise, each has its own. An event that was merged into
another keeps its row and points there, so that what was posted under its number is still found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import orjson
from sqlalchemy import TextClause, bindparam, case, delete, distinct, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.newsroom.filters import Filter
from bot.newsroom.models import StoryLine
from bot.store import labels, stories
from bot.store.filters import condition
from bot.store.schema import Moment, document, event, event_key, shown, story, story_body, story_trait

__all__ = [
    "Body",
    "Candidate",
    "EventStories",
    "Rise",
    "assign",
    "bodies",
    "candidates",
    "count",
    "count_since",
    "events_since",
    "find_event",
    "forget_traits",
    "merge",
    "new_events",
    "placed_before",
    "remember_all",
    "remember_traits",
    "rising",
    "settle",
    "sizes",
    "split",
    "traits",
]


@dataclass(frozen=True, slots=True)
class EventStories:
    """An event with its stories that are shown, in order of arrival. Times are of first and last arrival."""

    id: int
    first_at: datetime
    last_at: datetime
    stories: tuple[StoryLine, ...]


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
) -> list[EventStories]:
    """Events with a story that the filter accepts and that arrived after `since` and not after `until`.

    The `limit` events with the newest such stories, newest first, each with all its stories that had arrived by `until`. Served by
    ix_story_arrived_at_id.
    """
    present = await labels.languages_present(conn)
    accepts = condition(wanted.node, now, present, conn.dialect.name)
    newest = func.max(story.c.arrived_at)
    query = (
        select(story.c.event_id)
        .select_from(story.join(document))
        .where(story.c.withdrawn_at.is_(None), story.c.arrived_at > since, story.c.arrived_at <= until, accepts)
        .group_by(story.c.event_id)
        .order_by(newest.desc(), story.c.event_id.desc())
        .limit(limit)
    )
    ids = list((await conn.execute(query)).scalars())
    return await _with_stories(conn, ids, until)


async def count_since(conn: AsyncConnection, wanted: Filter, *, since: datetime, until: datetime, now: datetime) -> int:
    """How many events `events_since` would give without a limit."""
    present = await labels.languages_present(conn)
    accepts = condition(wanted.node, now, present, conn.dialect.name)
    query = (
        select(func.count(distinct(story.c.event_id)))
        .select_from(story.join(document))
        .where(story.c.withdrawn_at.is_(None), story.c.arrived_at > since, story.c.arrived_at <= until, accepts)
    )
    return int((await conn.execute(query)).scalar_one())


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


async def sizes(conn: AsyncConnection, story_ids: Sequence[int]) -> dict[int, int]:
    """About how many characters each of these stories has; those that were pruned are left out."""
    found: dict[int, int] = {}
    for start in range(0, len(story_ids), 500):
        query = select(story_body.c.story_id, func.length(story_body.c.body)).where(
            story_body.c.story_id.in_(list(story_ids[start : start + 500]))
        )
        # The body is there twice, as paragraphs and as sentences.
        found.update({int(number): int(length) // 2 for number, length in await conn.execute(query)})
    return found


async def rising(
    conn: AsyncConnection, wanted: Filter, *, since: datetime, until: datetime, limit: int, now: datetime
) -> list[Rise]:
    """Events that got more stories from `since` to `until` than in a time of that length before, steepest first.

    Only stories that the filter accepts count. Served by ix_story_arrived_at_id.
    """
    present = await labels.languages_present(conn)
    accepts = condition(wanted.node, now, present, conn.dialect.name)
    recent = func.sum(case((story.c.arrived_at > since, 1), else_=0))
    before = func.sum(case((story.c.arrived_at > since, 0), else_=1))
    query = (
        select(story.c.event_id, recent, before)
        .select_from(story.join(document))
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


async def placed_before(conn: AsyncConnection, story_ids: Sequence[int]) -> frozenset[int]:
    """Those of the stories of which grouping keeps traits."""
    found: set[int] = set()
    for start in range(0, len(story_ids), 500):
        query = select(story_trait.c.story_id).where(story_trait.c.story_id.in_(list(story_ids[start : start + 500])))
        found.update((await conn.execute(query)).scalars())
    return frozenset(found)


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
    found = await conn.execute(_sharing(len(wanted)), {**asked, "since": since, "most": per_hash, "limit": limit})
    shared = {int(number): int(count) for number, count in found}
    best = list(shared)
    query_rows = (
        select(story.c.id, story.c.event_id, story.c.arrived_at, story.c.published_at, story_trait.c.trait)
        .join(story_trait, story_trait.c.story_id == story.c.id)
        .where(story.c.id.in_(best))
    )
    if not withdrawn:
        query_rows = query_rows.where(story.c.withdrawn_at.is_(None))
    rows = {row.id: row for row in await conn.execute(query_rows)}
    return [
        Candidate(
            number,
            rows[number].event_id,
            rows[number].arrived_at,
            shared[number],
            rows[number].trait,
            rows[number].published_at,
        )
        for number in best
        if number in rows
    ]


@cache
def _sharing(hashes: int) -> TextClause:
    """(story id, how many it shares) of the newest stories of so many hashes: one question instead of one a hash."""
    parts = " UNION ALL ".join(
        "SELECT story_id FROM (SELECT story_id FROM event_key"  # noqa: S608 - only numbers of our own are put in
        f" WHERE hash = :hash{at} AND arrived_at >= :since ORDER BY arrived_at DESC, story_id DESC LIMIT :most) AS h{at}"
        for at in range(hashes)
    )
    query = text(
        f"SELECT story_id, count(*) FROM ({parts}) AS found"  # noqa: S608 - as above
        " GROUP BY story_id ORDER BY count(*) DESC, story_id DESC LIMIT :limit"
    )
    return query.bindparams(bindparam("since", type_=Moment()))


async def traits(conn: AsyncConnection, event_ids: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    """(story id, trait) of the stories shown of each of these events, in order of arrival."""
    found: dict[int, list[tuple[int, str]]] = {number: [] for number in event_ids}
    query = (
        select(story.c.event_id, story.c.id, story_trait.c.trait)
        .join(story_trait, story_trait.c.story_id == story.c.id)
        .where(story.c.event_id.in_(list(event_ids)), story.c.withdrawn_at.is_(None))
        .order_by(story.c.arrived_at, story.c.id)
    )
    for event_id, number, trait in await conn.execute(query):
        found[event_id].append((number, trait))
    return found


async def assign(conn: AsyncConnection, story_id: int, event_id: int) -> None:
    """Put a story into an event. An event that loses its last story so is merged into the other."""
    former = (await conn.execute(select(story.c.event_id).where(story.c.id == story_id))).scalar_one()
    if former == event_id:
        return
    await conn.execute(update(story).where(story.c.id == story_id).values(event_id=event_id))
    left = (await conn.execute(select(func.count()).where(story.c.event_id == former))).scalar_one()
    if not left:
        await _redirect(conn, former, event_id)
    await settle(conn, [former, event_id])


async def merge(conn: AsyncConnection, from_id: int, into_id: int) -> None:
    """Make one event of two: all stories of the first go to the second, and so do its number and what was posted."""
    if from_id == into_id:
        return
    await conn.execute(update(story).where(story.c.event_id == from_id).values(event_id=into_id))
    await _redirect(conn, from_id, into_id)
    await settle(conn, [from_id, into_id])


async def split(conn: AsyncConnection, story_ids: Sequence[int], now: datetime) -> int:
    """Take stories out of their event into a new one; its id. What was posted stays with the stories."""
    former = list((await conn.execute(select(story.c.event_id).where(story.c.id.in_(list(story_ids))))).scalars())
    (number,) = await new_events(conn, now, 1)
    await conn.execute(update(story).where(story.c.id.in_(list(story_ids))).values(event_id=number))
    await settle(conn, [*former, number])
    return number


async def _redirect(conn: AsyncConnection, from_id: int, into_id: int) -> None:
    """Chains never get longer than one step."""
    await conn.execute(update(event).where(event.c.id == from_id).values(merged_into=into_id))
    await conn.execute(update(event).where(event.c.merged_into == from_id).values(merged_into=into_id))
    await conn.execute(update(shown).where(shown.c.event_id == from_id).values(event_id=into_id))


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
