"""Leases: the right to do a job until a moment, granted to one holder at a time.

A lease's token grows whenever the lease is acquired anew, so that work done under an earlier grant can be told from
work done under the present one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import lease
from bot.store.sql_helpers import upsert

__all__ = ["Lease", "acquire_lease", "active_leases", "release_lease", "renew_lease"]

_KEPT_AFTER_EXPIRY = timedelta(days=1)
"""Expired leases are kept for a day, so that an operator can see who held them last."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease as granted: its holder may do the job `name` until `expires_at`."""

    name: str
    holder: str
    token: int
    expires_at: datetime


async def acquire_lease(
    conn: AsyncConnection, name: str, holder: str, now: datetime, length: timedelta
) -> Lease | None:
    """Acquire a lease that has expired or never existed; None while it is held.

    It is refused to the same holder's second owner, too. Of several that try at once one gets it. Each acquisition
    raises the token.
    """
    until = now + length
    query = upsert(conn, lease).values(name=name, holder=holder, token=1, expires_at=until)
    query = query.on_conflict_do_update(
        index_elements=["name"],
        set_={"holder": holder, "token": lease.c.token + 1, "expires_at": until},
        where=lease.c.expires_at <= now,
    )
    row = (await conn.execute(query.returning(lease.c.token))).first()
    return Lease(name, holder, row.token, until) if row is not None else None


async def renew_lease(conn: AsyncConnection, held: Lease, now: datetime, length: timedelta) -> Lease | None:
    """Extend a lease that hasn't expired; None if it has, or was acquired by another since."""
    until = now + length
    query = update(lease).where(_is(held), lease.c.expires_at > now).values(expires_at=until).returning(lease.c.token)
    row = (await conn.execute(query)).first()
    return Lease(held.name, held.holder, row.token, until) if row is not None else None


async def release_lease(conn: AsyncConnection, held: Lease, now: datetime) -> None:
    """End a lease early, so that another can acquire it at once; does nothing when it was lost."""
    await conn.execute(update(lease).where(_is(held)).values(expires_at=now))


async def active_leases(conn: AsyncConnection, name: str, now: datetime) -> list[Lease]:
    """Return the active leases `name` and `name/…` by name; delete long expired ones."""
    named = (lease.c.name == name) | lease.c.name.startswith(f"{name}/", autoescape=True)
    await conn.execute(delete(lease).where(named, lease.c.expires_at < now - _KEPT_AFTER_EXPIRY))
    query = select(lease).where(named, lease.c.expires_at > now).order_by(lease.c.name)
    return [Lease(row.name, row.holder, row.token, row.expires_at) for row in await conn.execute(query)]


def _is(held: Lease) -> ColumnElement[bool]:
    return and_(lease.c.name == held.name, lease.c.holder == held.holder, lease.c.token == held.token)
