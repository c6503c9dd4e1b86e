"""Reads of whole tables that only tests need."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.documents import KnownFile, find_files
from bot.store.leases import Lease
from bot.store.paths import decode_path
from bot.store.schema import document, lease

__all__ = ["all_files", "stored_lease"]


async def all_files(conn: AsyncConnection) -> dict[str, KnownFile]:
    """Return every file by path, withdrawn and rejected ones included."""
    paths = (await conn.execute(select(document.c.path).order_by(document.c.id))).scalars()
    return await find_files(conn, [decode_path(path) for path in paths])


async def stored_lease(conn: AsyncConnection, name: str) -> Lease | None:
    """Return a lease as it was last granted, expired or not."""
    row = (await conn.execute(select(lease).where(lease.c.name == name))).first()
    return Lease(row.name, row.holder, row.token, row.expires_at) if row is not None else None
