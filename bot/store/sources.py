"""Sources: the feeds that are read, with their options and what their fetches have shown.

Rows are few, thousands at most, so that lists read all of them. Options and counts are JSON, so that another option
needs no migration.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import Row, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.newsroom.audience import OPERATOR, Audience
from bot.newsroom.feed_addresses import redact_address
from bot.newsroom.rejections import Rejection
from bot.newsroom.sources import Source, SourceHealth, SourceOptions, SourceStatus, source_path
from bot.store.audiences import sources_for
from bot.store.schema import source
from bot.store.sql_helpers import MAX_ID, upsert

__all__ = [
    "add_source",
    "configure_sources",
    "count_by_status",
    "find_source",
    "find_source_at",
    "list_due_sources",
    "list_sources",
    "next_due",
    "remove_source",
    "report_dead_sources",
    "update_health",
    "update_source",
]


async def add_source(conn: AsyncConnection, new: Source) -> Source | None:
    """Store a source and return it with its new id; None if its readers have it already."""
    statement = upsert(conn, source).values(**_values(new)).on_conflict_do_nothing(index_elements=["path"])
    number = (await conn.execute(statement.returning(source.c.id))).scalar()
    return replace(new, id=int(number)) if number is not None else None


async def configure_sources(
    conn: AsyncConnection, configured: Iterable[Source], *, remove_others: bool = False
) -> None:
    """Store the settings' sources that aren't stored yet; remove former ones if asked.

    One that was added by hand before counts as the settings' from now on, with its options and health.
    """
    paths = []
    for new in configured:
        paths.append(new.path)
        statement = upsert(conn, source).values(**_values(new))
        changed = {"url": _stored_url(new), "configured": True}
        await conn.execute(statement.on_conflict_do_update(index_elements=["path"], set_=changed))
    if remove_others:
        stored = {row.path: row.id for row in await conn.execute(select(source).where(source.c.configured))}
        gone = [stored[path] for path in stored.keys() - set(paths)]
        if gone:
            await conn.execute(delete(source).where(source.c.id.in_(gone)))


async def find_source(conn: AsyncConnection, number: int, audience: Audience = OPERATOR) -> Source | None:
    """Return a source that these readers may know of by its id, or None."""
    if not 0 < number <= MAX_ID:
        return None
    row = (await conn.execute(select(source).where(source.c.id == number, sources_for(audience)))).first()
    return _source(row) if row is not None else None


async def find_source_at(conn: AsyncConnection, url: str, guild_id: int | None) -> Source | None:
    """Return the source with an address and these readers, or None."""
    row = (await conn.execute(select(source).where(source.c.path == source_path(url, guild_id)))).first()
    return _source(row) if row is not None else None


async def list_sources(conn: AsyncConnection, audience: Audience = OPERATOR) -> list[Source]:
    """Return the sources that these readers may know of, by id."""
    query = select(source).where(sources_for(audience)).order_by(source.c.id)
    return [_source(row) for row in await conn.execute(query)]


async def count_by_status(conn: AsyncConnection) -> dict[SourceStatus, int]:
    """Return the number of sources of each status that there is."""
    return dict(Counter(each.status for each in await list_sources(conn)))


async def list_due_sources(conn: AsyncConnection, now: datetime, limit: int) -> list[Source]:
    """Return the first `limit` sources that are due by `now`, the longest overdue first."""
    due = or_(source.c.next_at.is_(None), source.c.next_at <= now)
    query = select(source).where(source.c.paused_at.is_(None), due)
    # SQLite and PostgreSQL sort NULL to different ends.
    order = (source.c.next_at.is_not(None), source.c.next_at, source.c.id)
    return [_source(row) for row in await conn.execute(query.order_by(*order).limit(limit))]


async def next_due(conn: AsyncConnection) -> datetime | None:
    """Return when the next source is due; None if none has been fetched yet."""
    waiting = (source.c.paused_at.is_(None), source.c.next_at.is_not(None))
    at: datetime | None = (
        await conn.execute(select(source.c.next_at).where(*waiting).order_by(source.c.next_at).limit(1))
    ).scalar()
    return at


async def update_source(conn: AsyncConnection, changed: Source) -> None:
    """Store what an operator can change of a source: title, options, pause, next fetch."""
    values = _values(changed)
    chosen = {name: values[name] for name in ("title", "options", "paused_at", "next_at")}
    await conn.execute(update(source).where(source.c.id == changed.id).values(chosen))


async def update_health(conn: AsyncConnection, fetched: Source) -> None:
    """Store what a fetch has shown; a title only where the source has none."""
    values = {**_health_values(fetched.health), "next_at": fetched.next_at}
    if fetched.health.failures:
        del values["reported_at"]  # the operator may have been told while it was fetched
    await conn.execute(update(source).where(source.c.id == fetched.id).values(values))
    if fetched.title is not None:
        untitled = (source.c.id == fetched.id, source.c.title.is_(None))
        await conn.execute(update(source).where(*untitled).values(title=fetched.title))


async def report_dead_sources(conn: AsyncConnection, failing_before: datetime, now: datetime) -> list[Source]:
    """Return the sources that have failed since before a moment, and mark them reported.

    Each is returned once for each time that it fails.
    """
    dead = (
        source.c.paused_at.is_(None),
        source.c.failed_since.is_not(None),
        source.c.failed_since <= failing_before,
        source.c.reported_at.is_(None),
    )
    rows = (await conn.execute(update(source).where(*dead).values(reported_at=now).returning(source))).all()
    return sorted((_source(row) for row in rows), key=lambda each: each.id)


async def remove_source(conn: AsyncConnection, number: int) -> None:
    """Delete a source; what it brought stays."""
    await conn.execute(delete(source).where(source.c.id == number))


def _stored_url(item: Source) -> str:
    """Return the address as the database has it: without keys if the settings have it whole."""
    return redact_address(item.url) if item.configured else item.url


def _values(item: Source) -> dict[str, Any]:
    return {
        "path": item.path,
        "url": _stored_url(item),
        "guild_id": item.guild_id,
        "configured": item.configured,
        "title": item.title,
        "options": orjson.dumps(item.options.to_row()).decode(),
        "added_by": item.added_by,
        "added_at": item.added_at,
        "paused_at": item.paused_at,
        "next_at": item.next_at,
        **_health_values(item.health),
    }


def _health_values(health: SourceHealth) -> dict[str, Any]:
    state = {
        "interval": None if health.interval is None else health.interval.total_seconds(),
        "seconds": health.seconds,
        "not_before": None if health.not_before is None else health.not_before.isoformat(),
        "new": {day.isoformat(): count for day, count in health.new_by_day.items()},
    }
    return {
        "tried_at": health.tried_at,
        "succeeded_at": health.succeeded_at,
        "failed_since": health.failed_since,
        "failures": health.failures,
        "error": health.error.encode() if health.error is not None else None,
        "reported_at": health.reported_at,
        "state": orjson.dumps(state).decode(),
    }


def _source(row: Row[*tuple[Any, ...]]) -> Source:
    state = orjson.loads(row.state)
    interval, not_before = state.get("interval"), state.get("not_before")
    return Source(
        id=row.id,
        path=row.path,
        url=row.url,
        guild_id=row.guild_id,
        configured=bool(row.configured),
        title=row.title,
        added_at=row.added_at,
        added_by=row.added_by,
        options=SourceOptions.from_row(orjson.loads(row.options)),
        paused_at=row.paused_at,
        next_at=row.next_at,
        health=SourceHealth(
            tried_at=row.tried_at,
            succeeded_at=row.succeeded_at,
            failed_since=row.failed_since,
            failures=row.failures,
            error=Rejection.decode(row.error) if row.error is not None else None,
            reported_at=row.reported_at,
            interval=None if interval is None else timedelta(seconds=interval),
            seconds=state.get("seconds"),
            not_before=None if not_before is None else datetime.fromisoformat(not_before),
            new_by_day={date.fromisoformat(day): count for day, count in state.get("new", {}).items()},
        ),
    )
