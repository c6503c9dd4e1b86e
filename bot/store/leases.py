"""Leases: the right to do a job until a moment, granted to one holder at a time.

A lease's token grows whenever the lease is acquired anew, so that work done under an earlier grant can be told from
work done under the present one. A lease that ends later than one granted now would is left from a clock that was set
back since: `cap_leases` shortens it, so that no lease outlives its length by more than its length.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.moved import refuse_moved
from bot.store.schema import lease
from bot.store.sql_helpers import upsert

__all__ = [
    "Lease",
    "acquire_lease",
    "active_leases",
    "all_active_leases",
    "cap_leases",
    "lock_leases",
    "release_lease",
    "renew_lease",
    "server_time",
]

_KEPT_AFTER_EXPIRY = timedelta(days=1)
"""Expired leases are kept for a day, so that an operator can see who held them last."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease as granted: its holder may do the job `name` until `expires_at`."""

    name: str
    holder: str
    token: int
    expires_at: datetime


async def server_time(conn: AsyncConnection) -> datetime:
    """Return the time of PostgreSQL's server, which runs on within a transaction."""
    at: datetime = (await conn.execute(select(func.clock_timestamp()))).scalar_one()
    return at.astimezone(UTC)


async def acquire_lease(
    conn: AsyncConnection, name: str, holder: str, now: datetime, length: timedelta
) -> Lease | None:
    """Acquire a lease that has expired or never existed; None while it is held.

    It is refused to the same holder's second owner, too. Of several that try at once one gets it. Each acquisition
    raises the token. Raises StoreMoved if the newsroom is in another database now.
    """
    until = now + length
    seconds = length.total_seconds()
    query = upsert(conn, lease).values(name=name, holder=holder, token=1, expires_at=until, length_seconds=seconds)
    query = query.on_conflict_do_update(
        index_elements=["name"],
        set_={"holder": holder, "token": lease.c.token + 1, "expires_at": until, "length_seconds": seconds},
        where=lease.c.expires_at <= now,
    )
    row = (await conn.execute(query.returning(lease.c.token))).first()
    if row is None:
        return None
    await refuse_moved(conn)
    return Lease(name, holder, row.token, until)


async def renew_lease(conn: AsyncConnection, held: Lease, now: datetime, length: timedelta) -> Lease | None:
    """Extend a lease that hasn't expired; None if it has, or was acquired by another since."""
    until = now + length
    lasting = update(lease).where(_is(held), lease.c.expires_at > now)
    query = lasting.values(expires_at=until, length_seconds=length.total_seconds()).returning(lease.c.token)
    row = (await conn.execute(query)).first()
    return Lease(held.name, held.holder, row.token, until) if row is not None else None


async def release_lease(conn: AsyncConnection, held: Lease, now: datetime) -> None:
    """End a lease early, so that another can acquire it at once; does nothing when it was lost."""
    await conn.execute(update(lease).where(_is(held)).values(expires_at=now))


async def active_leases(conn: AsyncConnection, name: str, now: datetime) -> list[Lease]:
    """Return the active leases `name` and `name/…` by name; delete long expired ones."""
    await conn.execute(delete(lease).where(_named(name), lease.c.expires_at < now - _KEPT_AFTER_EXPIRY))
    query = select(lease).where(_named(name), lease.c.expires_at > now).order_by(lease.c.name)
    return [Lease(row.name, row.holder, row.token, row.expires_at) for row in await conn.execute(query)]


async def all_active_leases(conn: AsyncConnection, now: datetime) -> list[Lease]:
    """Return the active leases of all jobs by name."""
    query = select(lease).where(lease.c.expires_at > now).order_by(lease.c.name)
    return [Lease(row.name, row.holder, row.token, row.expires_at) for row in await conn.execute(query)]


async def lock_leases(conn: AsyncConnection) -> None:
    """Keep others from acquiring or renewing leases until the transaction ends.

    On SQLite other writers wait in any case.
    """
    if conn.dialect.name == "postgresql":
        await conn.execute(text("LOCK TABLE lease IN SHARE ROW EXCLUSIVE MODE"))


async def cap_leases(
    conn: AsyncConnection, name: str, now: datetime, length: timedelta
) -> list[tuple[Lease, timedelta]]:
    """Shorten leases `name` and `name/…` that end later than their length from now.

    Returns them and by how much. A live holder has a whole length in which to renew its lease. `length` is that of leases which an older program
    granted without storing theirs.
    """
    capped = []
    for row in await conn.execute(select(lease).where(_named(name), lease.c.expires_at > now)):
        stored = timedelta(seconds=row.length_seconds) if row.length_seconds is not None else length
        if row.expires_at <= now + stored:
            continue
        held = Lease(row.name, row.holder, row.token, now + stored)
        await conn.execute(
            update(lease).where(_is(held), lease.c.expires_at == row.expires_at).values(expires_at=held.expires_at)
        )
        capped.append((held, row.expires_at - held.expires_at))
    return capped


def _named(name: str) -> ColumnElement[bool]:
    return (lease.c.name == name) | lease.c.name.startswith(f"{name}/", autoescape=True)


def _is(held: Lease) -> ColumnElement[bool]:
    return and_(lease.c.name == held.name, lease.c.holder == held.holder, lease.c.token == held.token)
