"""Values by name, and the states of buttons whose custom id is too short for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Store
from bot.store.schema import button_state, meta
from bot.store.sql_helpers import upsert

__all__ = [
    "KeyValues",
    "change_value",
    "delete_oldest",
    "delete_states",
    "delete_value",
    "get_value",
    "insert_value",
    "list_values",
    "load_state",
    "save_state",
    "set_value",
    "take_value",
]


async def get_value(conn: AsyncConnection, name: str) -> str | None:
    """Return the value stored under a name (at most 200 characters), or None."""
    value: str | None = (await conn.execute(select(meta.c.value).where(meta.c.name == name))).scalar()
    return value


async def list_values(conn: AsyncConnection, prefix: str) -> dict[str, str]:
    """Return all values whose names begin with `prefix`, by name."""
    query = select(meta.c.name, meta.c.value).where(meta.c.name.startswith(prefix, autoescape=True))
    return {row.name: row.value for row in await conn.execute(query)}


async def delete_oldest(conn: AsyncConnection, prefix: str, *, keep: int) -> None:
    """Delete the values whose names begin with `prefix`, but for those changed last."""
    named = meta.c.name.startswith(prefix, autoescape=True)
    latest = select(meta.c.name).where(named).order_by(meta.c.changed_at.desc(), meta.c.name).limit(keep)
    await conn.execute(delete(meta).where(named, meta.c.name.not_in(latest)))


async def set_value(conn: AsyncConnection, name: str, value: str, now: datetime) -> None:
    """Store a value under a name, in place of the one before."""
    query = upsert(conn, meta).values(name=name, value=value, changed_at=now)
    await conn.execute(query.on_conflict_do_update(index_elements=["name"], set_={"value": value, "changed_at": now}))


async def insert_value(conn: AsyncConnection, name: str, value: str, now: datetime) -> bool:
    """Store a value under a name that has none; return whether it was stored.

    Of several that do so at once, one gets True.
    """
    query = upsert(conn, meta).values(name=name, value=value, changed_at=now)
    query = query.on_conflict_do_nothing(index_elements=["name"])
    return (await conn.execute(query.returning(meta.c.name))).first() is not None


async def take_value(conn: AsyncConnection, name: str) -> str | None:
    """Delete the value stored under a name and return it, or None.

    Of several that do so at once, one gets it.
    """
    value: str | None = (await conn.execute(delete(meta).where(meta.c.name == name).returning(meta.c.value))).scalar()
    return value


async def change_value(conn: AsyncConnection, name: str, value: str, now: datetime) -> bool:
    """Store a value under a name; return whether it had another one, or none, before.

    Of several that store the same value at once, one gets True.
    """
    query = upsert(conn, meta).values(name=name, value=value, changed_at=now)
    query = query.on_conflict_do_update(
        index_elements=["name"], set_={"value": value, "changed_at": now}, where=meta.c.value != value
    )
    return (await conn.execute(query.returning(meta.c.name))).first() is not None


async def delete_value(conn: AsyncConnection, name: str) -> None:
    """Delete the value stored under a name, if there is one."""
    await conn.execute(delete(meta).where(meta.c.name == name))


async def save_state(conn: AsyncConnection, name: str, state: str, now: datetime) -> None:
    """Store a button's state under a short name (at most 64 characters)."""
    query = upsert(conn, button_state).values(name=name, state=state, used_at=now)
    await conn.execute(query.on_conflict_do_update(index_elements=["name"], set_={"state": state, "used_at": now}))


async def load_state(conn: AsyncConnection, name: str) -> str | None:
    """Return a button's state, or None when it is no longer stored."""
    state: str | None = (await conn.execute(select(button_state.c.state).where(button_state.c.name == name))).scalar()
    return state


async def delete_states(conn: AsyncConnection, before: datetime) -> int:
    """Delete states last saved before a moment; return how many.

    Served by ix_button_state_used_at.
    """
    query = delete(button_state).where(button_state.c.used_at < before).returning(button_state.c.name)
    return len((await conn.execute(query)).all())


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Values and button states by name, each read or written in a transaction of its own."""

    store: Store
    clock: Callable[[], datetime]

    async def get(self, name: str) -> str | None:
        """Return the value stored under `name`, or None."""
        async with self.store.reading() as conn:
            return await get_value(conn, name)

    async def set(self, name: str, value: str) -> None:
        """Store a value under `name`, replacing the one before."""
        async with self.store.writing() as conn:
            await set_value(conn, name, value, self.clock())

    async def get_or_set(self, name: str, value: str) -> str:
        """Return the value stored under `name`; `value`, which is stored, if there is none."""
        stored = await self.get(name)
        if stored is not None:
            return stored
        async with self.store.writing() as conn:
            await insert_value(conn, name, value, self.clock())
            return await get_value(conn, name) or value

    async def change(self, name: str, value: str) -> bool:
        """Store a value under `name`; return whether it changed.

        Of several callers with the same value one gets True.
        """
        async with self.store.writing() as conn:
            return await change_value(conn, name, value, self.clock())

    async def recall_state(self, name: str) -> str | None:
        """Return the button state stored under `name`, or None if it has expired."""
        async with self.store.reading() as conn:
            return await load_state(conn, name)

    async def remember_state(self, name: str, state: str) -> None:
        """Store what a button stands for; storing it again renews its age."""
        async with self.store.writing(guarded=False) as conn:  # the same name always stands for the same
            await save_state(conn, name, state, self.clock())
