"""Members: muted filters, settings, and the time of the last /catchup."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import member, member_setting, mute
from bot.store.sql_helpers import upsert

__all__ = [
    "Mute",
    "add_mute",
    "delete_member",
    "get_setting",
    "last_seen",
    "list_mutes",
    "mark_seen",
    "remove_mute",
    "set_setting",
]


@dataclass(frozen=True, slots=True)
class Mute:
    """A muted filter, in normal form; `until` None lasts for good."""

    filter: str
    until: datetime | None


async def last_seen(conn: AsyncConnection, member_id: int) -> datetime | None:
    """Return when the member last caught up, or None."""
    seen_at: datetime | None = (await conn.execute(select(member.c.seen_at).where(member.c.id == member_id))).scalar()
    return seen_at


async def mark_seen(conn: AsyncConnection, member_id: int, now: datetime) -> None:
    """Record that a member caught up at `now`."""
    query = upsert(conn, member).values(id=member_id, seen_at=now)
    await conn.execute(query.on_conflict_do_update(index_elements=["id"], set_={"seen_at": now}))


async def list_mutes(conn: AsyncConnection, member_id: int, now: datetime) -> list[Mute]:
    """Return a member's mutes that are in force, by filter. Served by the primary key of mute."""
    in_force = or_(mute.c.until.is_(None), mute.c.until > now)
    query = select(mute.c.filter, mute.c.until).where(mute.c.member_id == member_id, in_force).order_by(mute.c.filter)
    return [Mute(*row) for row in await conn.execute(query)]


async def add_mute(
    conn: AsyncConnection, member_id: int, filter_text: str, now: datetime, until: datetime | None = None
) -> None:
    """Mute a filter (normal form, at most 500 characters) for a member.

    Muting it again changes its end.
    """
    query = upsert(conn, mute).values(member_id=member_id, filter=filter_text, until=until, created_at=now)
    await conn.execute(query.on_conflict_do_update(index_elements=["member_id", "filter"], set_={"until": until}))


async def remove_mute(conn: AsyncConnection, member_id: int, filter_text: str) -> bool:
    """End a mute; return False when there was none."""
    query = delete(mute).where(mute.c.member_id == member_id, mute.c.filter == filter_text)
    return bool((await conn.execute(query.returning(mute.c.filter))).all())


async def get_setting(conn: AsyncConnection, member_id: int, name: str) -> str | None:
    """Return a member's setting, or None. Served by the primary key of member_setting."""
    found = member_setting.c.member_id == member_id, member_setting.c.name == name
    value: str | None = (await conn.execute(select(member_setting.c.value).where(*found))).scalar()
    return value


async def set_setting(conn: AsyncConnection, member_id: int, name: str, value: str) -> None:
    """Store a member's setting (a name of at most 40 characters), in place of the one before."""
    query = upsert(conn, member_setting).values(member_id=member_id, name=name, value=value)
    await conn.execute(query.on_conflict_do_update(index_elements=["member_id", "name"], set_={"value": value}))


async def delete_member(conn: AsyncConnection, member_id: int) -> None:
    """Delete everything stored about a member here."""
    await conn.execute(delete(mute).where(mute.c.member_id == member_id))
    await conn.execute(delete(member_setting).where(member_setting.c.member_id == member_id))
    await conn.execute(delete(member).where(member.c.id == member_id))
