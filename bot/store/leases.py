"""Which process may do what only one may do at a time?

A lease has a holder until a moment. Its token grows whenever the holder changes, so that work done under an old token
can be told from work done under the new one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import lease
from bot.store.sql_helpers import upsert

__all__ = ["Lease", "find_lease", "give_back", "held_leases", "take_lease"]


@dataclass(frozen=True, slots=True)
class Lease:
    """Who holds what until when."""

    name: str
    holder: str
    token: int
    expires_at: datetime


async def take_lease(conn: AsyncConnection, name: str, holder: str, now: datetime, length: timedelta) -> Lease | None:
    """Take or prolong a lease; None when another holds it.

    Of many that try at once one gets it. The token stays while the same holder prolongs in time.
    """
    until = now + length
    query = upsert(conn, lease).values(name=name, holder=holder, token=1, expires_at=until)
    same = lease.c.holder == holder
    query = query.on_conflict_do_update(
        index_elements=["name"],
        set_={
            "holder": holder,
            "token": lease.c.token + case((same & (lease.c.expires_at > now), 0), else_=1),
            "expires_at": until,
        },
        where=or_(same, lease.c.expires_at <= now),
    )
    row = (await conn.execute(query.returning(lease.c.token))).first()
    return Lease(name, holder, row.token, until) if row is not None else None


async def give_back(conn: AsyncConnection, held: Lease, now: datetime) -> None:
    """End a lease early, so that another can take it at once; nothing when it was lost."""
    mine = (lease.c.name == held.name) & (lease.c.holder == held.holder) & (lease.c.token == held.token)
    await conn.execute(update(lease).where(mine).values(expires_at=now))


async def find_lease(conn: AsyncConnection, name: str) -> Lease | None:
    """The lease of that name as it was last taken, expired or not."""
    row = (await conn.execute(select(lease).where(lease.c.name == name))).first()
    return Lease(row.name, row.holder, row.token, row.expires_at) if row is not None else None


async def held_leases(conn: AsyncConnection, prefix: str, now: datetime) -> list[Lease]:
    """The leases whose name begins so that are held now, by name; those that ended a day ago are dropped."""
    named = lease.c.name.startswith(prefix, autoescape=True)
    await conn.execute(delete(lease).where(named, lease.c.expires_at < now - timedelta(days=1)))
    query = select(lease).where(named, lease.c.expires_at > now).order_by(lease.c.name)
    return [Lease(row.name, row.holder, row.token, row.expires_at) for row in await conn.execute(query)]
