"""Marks of databases whose newsroom was moved elsewhere, and of restored copies.

Programs that post or read news refuse a marked database, so that the former copy doesn't post again by mistake. A copy
that a backup was restored into remembers that until the first program that posts has told the operator.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreMoved
from bot.store.key_values import get_value, set_value
from bot.store.schema import delivery, lease, meta, subscription

__all__ = ["RestoredCopy", "find_copy", "forget_copy", "note_copy", "refuse_moved", "remove_mark", "set_mark"]

_MOVED = "newsroom:moved"
_COPY = "newsroom:copy"
"""Names in `meta`. Both are JSON."""


@dataclass(frozen=True, slots=True)
class RestoredCopy:
    """A newsroom restored from a backup, and how many subscriptions it has.

    `last_change` is the last change of a delivery. `holders` are the processes that used the original at the time.
    """

    subscriptions: int
    last_change: datetime | None
    holders: tuple[str, ...] = ()


async def refuse_moved(conn: AsyncConnection) -> None:
    """Raise StoreMoved, which says what to do, if the newsroom was moved to another database."""
    mark = await get_value(conn, _MOVED)
    if mark is None:
        return
    moved = orjson.loads(mark)
    raise StoreMoved(
        f"the newsroom of {moved['from']} was moved to {moved['to']} on {moved['at']:.16}: set DATABASE_URL to that "
        "database. To go on with this one, stop what uses the other, then run `gazette move --undo`"
    )


async def set_mark(conn: AsyncConnection, source: str, target: str, now: datetime) -> None:
    """Mark the database `source`; the addresses have no password."""
    mark = {"from": source, "to": target, "at": now.isoformat()}
    await set_value(conn, _MOVED, orjson.dumps(mark).decode(), now)


async def remove_mark(conn: AsyncConnection) -> bool:
    """Let programs use the database again; return whether it was marked."""
    return (await conn.execute(delete(meta).where(meta.c.name == _MOVED).returning(meta.c.name))).first() is not None


async def note_copy(conn: AsyncConnection, now: datetime) -> RestoredCopy:
    """Note that the database was just filled from a backup; end the leases that came with it."""
    await remove_mark(conn)
    existing = select(func.count()).where(subscription.c.removed_at.is_(None))
    last_change = (
        await conn.execute(select(delivery.c.changed_at).order_by(delivery.c.changed_at.desc()).limit(1))
    ).scalar()
    holders = (await conn.execute(select(lease.c.holder).distinct())).scalars()
    copy = RestoredCopy((await conn.execute(existing)).scalar_one(), last_change, tuple(sorted(holders)))
    await conn.execute(delete(lease))
    if copy.subscriptions:
        await set_value(conn, _COPY, orjson.dumps({"restored_at": now.isoformat()}).decode(), now)
    return copy


async def find_copy(conn: AsyncConnection) -> str | None:
    """Return when the database was restored, in ISO 8601, or None once that was told."""
    note = await get_value(conn, _COPY)
    return str(orjson.loads(note)["restored_at"]) if note is not None else None


async def forget_copy(conn: AsyncConnection) -> None:
    """Forget that the database is a copy, once that was told or the original is marked."""
    await conn.execute(delete(meta).where(meta.c.name == _COPY))
