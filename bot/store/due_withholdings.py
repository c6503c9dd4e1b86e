"""Withholdings whose time is over.

Apart from the others, since every command looks for them when it starts.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import withholding

__all__ = ["due_withholdings"]


async def due_withholdings(conn: AsyncConnection, now: datetime) -> dict[int, datetime]:
    """Return the active withholdings that end by `now`, each with the time at which it does.

    Served by ix_withholding_until.
    """
    active = text("withholding.released_at IS NULL")  # as in the partial index
    query = select(withholding.c.id, withholding.c.until).where(active, withholding.c.until <= now)
    rows = (await conn.execute(query.order_by(withholding.c.until))).all()
    return {row.id: row.until for row in rows}
