"""What is remembered over a restart: what stands behind a button, and small facts by name."""

from __future__ import annotations

from bot.services.base import Answering
from bot.store import key_values

__all__ = ["Memory"]


class Memory(Answering):
    """Keeps states of buttons (`remember`, `recall`) and facts (`get`, `put`)."""

    async def remember(self, name: str, state: str) -> None:
        """Keep `state` under `name`, at most 64 characters; the same again changes nothing but its age."""
        async with self._store.writing() as conn:
            await key_values.remember_state(conn, name, state, self._clock())

    async def recall(self, name: str) -> str | None:
        """The state kept under `name`; None when it is no longer kept."""
        async with self._store.reading() as conn:
            return await key_values.recall_state(conn, name)

    async def get(self, name: str) -> str | None:
        """The fact called `name`; None when there is none."""
        async with self._store.reading() as conn:
            return await key_values.get_value(conn, name)

    async def put(self, name: str, value: str) -> None:
        """Keep a fact in place of the one before."""
        async with self._store.writing() as conn:
            await key_values.set_value(conn, name, value, self._clock())
