"""What else has to be remembered over a restart: values by name, and long states of buttons."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import button_state, meta
from bot.store.sql_helpers import upsert

__all__ = ["forget_states", "get_value", "recall_state", "remember_state", "set_value"]


async def get_value(conn: AsyncConnection, name: str) -> str | None:
    """The value kept under a name (at most 200 characters); None when there is none."""
    found: str | None = (await conn.execute(select(meta.c.value).where(meta.c.name == name))).scalar()
    return found


async def set_value(conn: AsyncConnection, name: str, value: str, now: datetime) -> None:
    """Keep a value under a name, in place of the one before."""
    query = upsert(conn, meta).values(name=name, value=value, changed_at=now)
    await conn.execute(query.on_conflict_do_update(index_elements=["name"], set_={"value": value, "changed_at": now}))


async def remember_state(conn: AsyncConnection, name: str, state: str, now: datetime) -> None:
    """Keep what stands behind a button under a short name (at most 64 characters)."""
    query = upsert(conn, button_state).values(name=name, state=state, used_at=now)
    await conn.execute(query.on_conflict_do_update(index_elements=["name"], set_={"state": state, "used_at": now}))


async def recall_state(conn: AsyncConnection, name: str) -> str | None:
    """What stands behind a button; None when it is no longer kept."""
    found: str | None = (await conn.execute(select(button_state.c.state).where(button_state.c.name == name))).scalar()
    return found


async def forget_states(conn: AsyncConnection, before: datetime) -> int:
    """Drop states that were last remembered before a moment; how many."""
    query = delete(button_state).where(button_state.c.used_at < before).returning(button_state.c.name)
    return len((await conn.execute(query)).all())
