"""Lasting numbers of stories and events: what each leads to now.

A number that was given and leads to nothing that everybody may see is gone, whatever the reason: a withheld story and
one server's own can't be told from a deleted one.
"""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import event, source, story
from bot.store.sql_helpers import MAX_ID

__all__ = ["current_event_id", "source_options", "was_given"]


async def current_event_id(conn: AsyncConnection, event_id: int) -> int | None:
    """Return an event's number after merges, or None for one that never was.

    Served by the primary key of event.
    """
    if not 0 < event_id <= MAX_ID:
        return None
    row = (await conn.execute(select(event.c.id, event.c.merged_into).where(event.c.id == event_id))).first()
    if row is None:
        return None
    return int(row.id if row.merged_into is None else row.merged_into)


async def was_given(conn: AsyncConnection, kind: str, number: int) -> bool:
    """Return whether a "story" or an "event" has or had this number. Served by the primary keys."""
    table = event if kind == "event" else story
    last = (await conn.execute(select(func.max(table.c.id)))).scalar() or 0
    return 0 < number <= last


async def source_options(conn: AsyncConnection, path: str) -> str | None:
    """Return the stored options of the source with a path, as JSON; None without one."""
    options: str | None = (await conn.execute(select(source.c.options).where(source.c.path == path))).scalar()
    return options
