"""Events: groups of stories about the same happening.

Every story belongs to one event; until clustering decides otherwise, to its own. An event that was merged into another
keeps its row and points to it, so that its posted number still works.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf
from typing import Any

from sqlalchemy import (
    BigInteger,
    Row,
    Select,
    Text,
    bindparam,
    case,
    cast,
    func,
    insert,
    select,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.newsroom.audience import PUBLIC, Audience
from bot.newsroom.filters import Filter
from bot.newsroom.models import StoryLine
from bot.newsroom.ranking import EventCoverage, ReportFacts, best_coverage, score_bound
from bot.store.audiences import seen_by, visible_to
from bot.store.filters import accepting, readable_in
from bot.store.schema import event, from_micros, shown, shown_story, story
from bot.store.sql_helpers import MAX_ID, batches
from bot.store.story_rows import get_lines, parse_countries, parse_topics
from summarizers.types import UNKNOWN_NEWS_VALUE

__all__ = [
    "CompetingEvents",
    "EventReports",
    "EventStories",
    "RisingEvent",
    "assign_stories",
    "competing_events",
    "count_events",
    "create_events",
    "find_event",
    "get_reports",
    "merge_events",
    "pin_events",
    "recount",
    "reports_of",
    "rising_events",
    "split_event",
]


_COVERAGES_AT_ONCE = 2000
"""Events whose counts are read at once: more than a day has in most stores, and some 5 ms of the event loop."""


@dataclass(frozen=True, slots=True)
class EventStories:
    """An event with its visible stories, in order of arrival.

    `first_at` and `last_at` are the times of the first and last arrival.
    """

    id: int
    first_at: datetime
    last_at: datetime
    stories: tuple[StoryLine, ...]


@dataclass(frozen=True, slots=True)
class EventReports:
    """An event with the ranking's view of its visible stories, in order of arrival."""

    id: int
    reports: tuple[ReportFacts, ...]


@dataclass(frozen=True, slots=True)
class CompetingEvents:
    """Events that compete for a digest's places, and how many match in all.

    No event that was left out has a score above `unread_bound`, which is -inf when none was. `other_languages` counts those
    that match, too, but have no report in the languages asked for.
    """

    events: tuple[EventReports, ...]
    total: int
    unread_bound: float
    other_languages: int = 0


@dataclass(frozen=True, slots=True)
class RisingEvent:
    """An event's number of stories in a period, and in the period before."""

    event_id: int
    stories: int
    before: int


async def competing_events(
    conn: AsyncConnection,
    query: Filter,
    *,
    since: datetime,
    until: datetime,
    limit: int,
    now: datetime,
    skip: int = 0,
    audience: Audience = PUBLIC,
    counted: bool = True,
    languages: Sequence[str] = (),
) -> CompetingEvents:
    """Return events with a new story that `query` accepts, by the bound of their score.

    Of all stories only those count that the audience may see. New ones arrived after `since` and not after `until`. Returned are the `limit` events with the highest bounds
    after the first `skip`: highest bound first, equals by id, each with all its stories that had arrived by `until`.
    With `languages`, events have a report in one of them. Unless `counted`, the total is that of the events that were
    looked at. Served by ix_story_arrived_at_id and ix_story_event_id.
    """
    bound = score_bound(query, since=since, until=until)
    source, accepts = await accepting(conn, query, now, audience)
    in_any_language = (
        select(story.c.event_id)
        .select_from(source)
        .where(story.c.withdrawn_at.is_(None), story.c.arrived_at > since, story.c.arrived_at <= until, accepts)
    )
    matching = in_any_language.where(readable_in(languages, audience, until))
    needed = skip + limit
    best: list[tuple[float, int]] = []  # (-bound, event id), the highest bound first
    unread_bound = -inf
    result = await conn.stream(_coverages(matching, until, audience))
    async for rows in result.partitions(_COVERAGES_AT_ONCE):
        for event_id, sources, reports, value, position, newest in rows:
            best.append((-bound(EventCoverage(sources, reports, value, position, from_micros(newest))), event_id))
        best.sort()
        last = rows[-1]
        unread_bound = bound(best_coverage(last.reports, until, last.value))
        if last.reports > 1:
            unread_bound = max(unread_bound, bound(best_coverage(last.reports - 1, until)))
        if len(best) > needed and -best[needed - 1][0] > unread_bound:
            break
    else:
        unread_bound = -inf
    await result.close()
    total = len(best)
    if counted and unread_bound > -inf:
        total = await _count_distinct(conn, matching)
    other_languages = await _count_distinct(conn, in_any_language) - total if counted and languages else 0
    chosen = [event_id for _, event_id in best[skip:needed]]
    if len(best) > needed:
        unread_bound = max(unread_bound, -best[needed][0])
    reports_of_chosen = await get_reports(conn, chosen, until, audience)
    return CompetingEvents(tuple(reports_of_chosen), total, unread_bound, other_languages)


async def _count_distinct(conn: AsyncConnection, query: Select[int]) -> int:
    return int((await conn.execute(select(func.count()).select_from(query.distinct().subquery()))).scalar_one())


def _coverages(matching: Select[int], until: datetime, audience: Audience) -> Select[int, int, int, float, int, int]:
    """SELECT the coverage of the events that `matching` selects.

    Counts their stories that the audience may see and that arrived by `until`. Most reports come first, equals by their news value: after any row
    the next ones have no more and no higher value, so that reading can stop. The IN list is sorted, so that SQLite groups
    the stories without sorting them.
    """
    reports = func.count().label("reports")
    value = func.max(_NEWS_VALUE).label("value")
    return (
        select(
            story.c.event_id,
            func.count(_PUBLISHER.distinct()),
            reports,
            value,
            func.min(story.c.position),
            func.max(type_coerce(story.c.arrived_at, BigInteger)),
        )
        .where(story.c.event_id.in_(matching.correlate(None)), visible_to(audience))
        .where(story.c.arrived_at <= until)
        .group_by(story.c.event_id)
        .order_by(reports.desc(), value.desc(), story.c.event_id)
    )


async def get_reports(
    conn: AsyncConnection, event_ids: Sequence[int], until: datetime | None = None, audience: Audience = PUBLIC
) -> list[EventReports]:
    """Return these events, in their order, with their reports as ranking sees them.

    Reports that arrived after `until` or that the audience may not see are left out, and events without any. Served by ix_story_event_id.
    """
    by_event: dict[int, list[ReportFacts]] = {event_id: [] for event_id in event_ids}
    for batch in batches(event_ids):
        query = _REPORTS.where(story.c.event_id.in_(batch), seen_by(audience))
        if until is not None:
            query = query.where(story.c.arrived_at <= until)
        for row in await conn.execute(query):
            by_event[row.event_id].append(_report(row))
    return [EventReports(event_id, tuple(reports)) for event_id, reports in by_event.items() if reports]


async def reports_of(
    conn: AsyncConnection, story_ids: Sequence[int], audience: Audience = PUBLIC
) -> tuple[ReportFacts, ...]:
    """Return the audience's ones of these stories as ranking sees them, in order of arrival.

    Served by the primary key of story.
    """
    reports: list[ReportFacts] = []
    for batch in batches(story_ids):
        query = _REPORTS.where(story.c.id.in_(batch), seen_by(audience))
        reports += [_report(row) for row in await conn.execute(query)]
    return tuple(sorted(reports, key=lambda report: (report.arrived_at, report.id)))


def _report(row: Row[*tuple[Any, ...]]) -> ReportFacts:
    _event, story_id, arrived, position, publisher, size, cut, countries, topics, value, factors, language = row
    return ReportFacts(
        story_id,
        from_micros(arrived),
        position,
        publisher,
        size,
        bool(cut),
        parse_countries(countries),
        parse_topics(topics),
        value,
        factors,
        language,
    )


_NEWS_VALUE = func.coalesce(story.c.news_value, UNKNOWN_NEWS_VALUE.value)
_PUBLISHER = func.coalesce(func.nullif(story.c.source_folded, ""), "#" + cast(story.c.document_id, Text))
_REPORTS = (
    select(
        story.c.event_id,
        story.c.id,
        type_coerce(story.c.arrived_at, BigInteger),
        story.c.position,
        _PUBLISHER,
        func.coalesce(story.c.size, 0),
        story.c.truncated,
        story.c.countries,
        story.c.topics,
        _NEWS_VALUE,
        func.coalesce(story.c.news_factors, ""),
        story.c.language,
    )
    .where(story.c.withdrawn_at.is_(None))
    .order_by(story.c.arrived_at, story.c.id)
)


async def rising_events(
    conn: AsyncConnection,
    query: Filter,
    *,
    since: datetime,
    until: datetime,
    limit: int,
    now: datetime,
    audience: Audience = PUBLIC,
    languages: Sequence[str] = (),
) -> list[RisingEvent]:
    """Return events with more stories in a period than in the one before, steepest first.

    The period is from `since` to `until`, the one before has the same length. Only stories count that the
    filter accepts and the audience may see. With `languages`, events have a report in one of them. Served by
    ix_story_arrived_at_id.
    """
    source, accepts = await accepting(conn, query, now, audience)
    recent = func.sum(case((story.c.arrived_at > since, 1), else_=0))
    before = func.sum(case((story.c.arrived_at > since, 0), else_=1))
    statement = (
        select(story.c.event_id, recent, before)
        .select_from(source)
        .where(
            story.c.withdrawn_at.is_(None),
            story.c.arrived_at > since - (until - since),
            story.c.arrived_at <= until,
            accepts,
            readable_in(languages, audience, until),
        )
        .group_by(story.c.event_id)
        .having(recent > before)
        .order_by((recent - before).desc(), recent.desc(), story.c.event_id.desc())
        .limit(limit)
    )
    return [RisingEvent(int(event_id), int(new), int(old)) for event_id, new, old in await conn.execute(statement)]


async def count_events(conn: AsyncConnection) -> int:
    """Return the number of events with a visible story. Reads the whole table: for statistics."""
    alive = event.c.merged_into.is_(None) & (event.c.stories > 0)
    return int((await conn.execute(select(func.count()).select_from(event).where(alive))).scalar_one())


async def find_event(conn: AsyncConnection, event_id: int, audience: Audience = PUBLIC) -> EventStories | None:
    """Return an event, or the one it was merged into; None without a story for the audience.

    Served by the primary key of event and ix_story_event_id.
    """
    target = await _current_event(conn, event_id)
    if target is None:
        return None
    query = select(story.c.id).where(story.c.event_id == target, visible_to(audience))
    ids = list((await conn.execute(query.order_by(story.c.arrived_at, story.c.id))).scalars())
    lines = await get_lines(conn, ids, audience)
    return EventStories(target, lines[0].arrived_at, lines[-1].arrived_at, tuple(lines)) if lines else None


async def _current_event(conn: AsyncConnection, event_id: int) -> int | None:
    """Return the id under which an event exists now, after merges."""
    if not 0 < event_id <= MAX_ID:
        return None
    row = (await conn.execute(select(event.c.id, event.c.merged_into).where(event.c.id == event_id))).first()
    if row is None:
        return None
    return int(row.merged_into) if row.merged_into is not None else int(row.id)


async def create_events(conn: AsyncConnection, now: datetime, count: int) -> list[int]:
    """Insert events, each for one story that arrives at `now`; return their ids."""
    rows = [{"first_at": now, "last_at": now, "stories": 1} for _ in range(count)]
    return [int(event_id) for event_id in (await conn.execute(_INSERT, rows)).scalars()]


_INSERT = insert(event).returning(event.c.id, sort_by_parameter_order=True)


async def recount(conn: AsyncConnection, ids: Iterable[int]) -> None:
    """Set the events' counts and times from their visible stories. Served by ix_story_event_id."""
    for batch in batches(sorted(set(ids))):
        query = (
            select(story.c.event_id, func.count(), func.min(story.c.arrived_at), func.max(story.c.arrived_at))
            .where(story.c.event_id.in_(batch), story.c.withdrawn_at.is_(None))
            .group_by(story.c.event_id)
        )
        rows = [
            {"b_event": event_id, "b_stories": count, "b_first": first, "b_last": last}
            for event_id, count, first, last in await conn.execute(query)
        ]
        if rows:
            await conn.execute(_SET_COUNTS, rows)
        empty = set(batch) - {row["b_event"] for row in rows}
        if empty:
            await conn.execute(update(event).where(event.c.id.in_(sorted(empty))).values(stories=0))


_SET_COUNTS = (
    update(event)
    .where(event.c.id == bindparam("b_event"))
    .values(stories=bindparam("b_stories"), first_at=bindparam("b_first"), last_at=bindparam("b_last"))
)


async def assign_stories(conn: AsyncConnection, events_by_story: Mapping[int, int]) -> None:
    """Move stories into events (ids to ids).

    An event left empty is merged into its last story's new event. Costs the same however many stories the events have.
    Served by ix_story_event_id and the primary keys.
    """
    moved: list[Row[*tuple[Any, ...]]] = []
    for batch in batches(sorted(events_by_story)):
        query = select(story.c.id, story.c.event_id, story.c.arrived_at, story.c.withdrawn_at)
        moved += (await conn.execute(query.where(story.c.id.in_(batch)))).all()
    moved = [row for row in moved if row.event_id != events_by_story[row.id]]
    if not moved:
        return
    await conn.execute(_SET_EVENT, [{"b_story": row.id, "b_event": events_by_story[row.id]} for row in moved])
    added = [{"b_event": events_by_story[row.id], "b_at": row.arrived_at} for row in moved if row.withdrawn_at is None]
    if added:
        await conn.execute(_ADD_STORY, added)
    targets = {row.event_id: events_by_story[row.id] for row in moved}
    occupied: set[int] = set()
    for batch in batches(sorted(targets)):
        remaining = select(story.c.event_id).where(story.c.event_id.in_(batch)).distinct()
        occupied.update((await conn.execute(remaining)).scalars())
    await _redirect(conn, {left: target for left, target in targets.items() if left not in occupied})
    await recount(conn, targets)


_SET_EVENT = update(story).where(story.c.id == bindparam("b_story")).values(event_id=bindparam("b_event"))
_ADD_STORY = (
    update(event)
    .where(event.c.id == bindparam("b_event"))
    .values(
        stories=event.c.stories + 1,
        first_at=case((event.c.first_at > bindparam("b_at"), bindparam("b_at")), else_=event.c.first_at),
        last_at=case((event.c.last_at < bindparam("b_at"), bindparam("b_at")), else_=event.c.last_at),
    )
)


async def merge_events(conn: AsyncConnection, from_id: int, into_id: int) -> None:
    """Move all stories of one event to another, with its number and what was posted under it."""
    if from_id == into_id:
        return
    await conn.execute(update(story).where(story.c.event_id == from_id).values(event_id=into_id))
    await _redirect(conn, {from_id: into_id})
    await recount(conn, [from_id, into_id])


async def split_event(conn: AsyncConnection, story_ids: Sequence[int], now: datetime) -> int:
    """Move stories out of their events into a new one, and return its id.

    What channels were shown of them moves along, so that it isn't posted again; each of their events has to keep a
    story. All these events are pinned: clustering merges none of them from now on.
    """
    ids = sorted(set(story_ids))
    previous = sorted(set((await conn.execute(select(story.c.event_id).where(story.c.id.in_(ids)))).scalars()))
    (new_id,) = await create_events(conn, now, 1)
    await conn.execute(update(story).where(story.c.id.in_(ids)).values(event_id=new_id))
    await pin_events(conn, [*previous, new_id])
    affected = (
        select(shown)
        .where(shown.c.id.in_(select(shown_story.c.shown_id).where(shown_story.c.story_id.in_(ids))))
        .order_by(shown.c.id)
    )
    for row in (await conn.execute(affected)).mappings().all():
        await _split_shown(conn, {**row, "event_id": new_id, "posted_as": row["posted_as"] or row["event_id"]}, ids)
    await recount(conn, [*previous, new_id])
    return new_id


async def _split_shown(conn: AsyncConnection, values: dict[str, Any], story_ids: Sequence[int]) -> None:
    """Give a row of `shown` new values for these stories.

    Its other stories keep a row with the old values.
    """
    same_row = shown_story.c.shown_id == values["id"]
    others = select(shown_story.c.story_id).where(same_row, shown_story.c.story_id.not_in(story_ids)).limit(1)
    if (await conn.execute(others)).first() is None:
        await conn.execute(update(shown).where(shown.c.id == values["id"]).values(values))
        return
    copy = {name: value for name, value in values.items() if name != "id"}
    copy_id = (await conn.execute(insert(shown).values(copy).returning(shown.c.id))).scalar_one()
    moved = update(shown_story).where(same_row, shown_story.c.story_id.in_(story_ids))
    await conn.execute(moved.values(shown_id=copy_id))


async def pin_events(conn: AsyncConnection, event_ids: Sequence[int]) -> None:
    """Record that an operator decided which stories belong to these events."""
    await conn.execute(update(event).where(event.c.id.in_(list(event_ids))).values(by_hand=True))


async def _redirect(conn: AsyncConnection, targets: Mapping[int, int]) -> None:
    """Point empty events to others; chains never get longer than one step."""
    rows = [{"b_from": from_id, "b_into": into_id} for from_id, into_id in targets.items()]
    if rows:
        for query in _REDIRECTS:
            await conn.execute(query, rows)


_REDIRECTS = (
    update(event).where(event.c.id == bindparam("b_from")).values(merged_into=bindparam("b_into")),
    update(event).where(event.c.merged_into == bindparam("b_from")).values(merged_into=bindparam("b_into")),
    update(shown).where(shown.c.event_id == bindparam("b_from")).values(event_id=bindparam("b_into")),
)
