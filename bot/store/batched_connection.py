"""How does a statement make one trip to SQLite's thread, where it would make four?

aiosqlite runs each call in a connection's thread, and SQLAlchemy calls it to open a cursor, to execute, to fetch and to
close. Each trip wakes a thread and then the event loop: for short queries that is most of what they cost. Here a cursor
is opened, executed, read and closed in one; only what is longer than `AT_ONCE` rows is fetched in further trips.
Measured with benchmarks/interactions.py.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, Self

import aiosqlite

__all__ = ["AT_ONCE", "BatchedConnection", "connect"]

AT_ONCE: Final = 2000
"""Rows that come with the statement itself."""


def connect(database: str | Path, **options: Any) -> BatchedConnection:
    """As `aiosqlite.connect`."""
    return BatchedConnection(lambda: sqlite3.connect(database, **options), iter_chunk_size=64)


class BatchedConnection(aiosqlite.Connection):
    """A connection whose cursors save trips; all else is aiosqlite's."""

    def cursor(self) -> _Cursor:  # type: ignore[override] # not aiosqlite's: what SQLAlchemy uses of one
        """A cursor, opened when it is used."""
        return _Cursor(self)


class _Cursor:
    """What SQLAlchemy's adapter needs of an asynchronous cursor."""

    def __init__(self, connection: BatchedConnection) -> None:
        self._connection = connection
        self._open: sqlite3.Cursor | None = None
        self._rows: list[Any] = []
        self._at = 0
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, operation: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> Self:
        """Execute a statement and bring its first rows along."""
        await self._go(self._execute, operation, parameters)
        return self

    async def executemany(self, operation: str, parameters: Iterable[Sequence[Any]]) -> Self:
        """Execute a statement for each set of parameters."""
        await self._go(self._execute_many, operation, parameters)
        return self

    async def fetchone(self) -> Any:
        """The next row; None after the last."""
        rows = await self.fetchmany(1)
        return rows[0] if rows else None

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows, at most `size`."""
        wanted = self.arraysize if size is None else size
        if len(self._rows) - self._at < wanted and self._open is not None:
            await self._go(self._fetch, max(wanted, AT_ONCE))
        rows = self._rows[self._at : self._at + wanted]
        self._at += len(rows)
        return rows

    async def fetchall(self) -> list[Any]:
        """The rows that are left."""
        if self._open is not None:
            await self._go(self._fetch, None)
        rows = self._rows[self._at :] if self._at else self._rows
        self._rows, self._at = [], 0
        return rows

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Any:
        row = await self.fetchone()
        if row is None:
            raise StopAsyncIteration
        return row

    async def close(self) -> None:
        """Drop what is left."""
        self._rows, self._at = [], 0
        if self._open is not None:
            await self._go(self._close)

    async def _go(self, work: Any, *arguments: Any) -> None:
        await self._connection._execute(work, *arguments)  # type: ignore[no-untyped-call] # aiosqlite's

    # In the connection's thread

    def _execute(self, operation: str, parameters: Sequence[Any] | dict[str, Any]) -> None:
        self._begin().execute(operation, parameters)
        self._rows, self._at = [], 0
        self._fetch(AT_ONCE)

    def _execute_many(self, operation: str, parameters: Iterable[Sequence[Any]]) -> None:
        self._begin().executemany(operation, parameters)
        self._rows, self._at = [], 0
        self._fetch(AT_ONCE)

    def _begin(self) -> sqlite3.Cursor:
        if self._open is None:
            self._open = self._connection._conn.cursor()
        return self._open

    def _fetch(self, most: int | None) -> None:
        """Read on; what is read to its end is closed."""
        cursor = self._open
        if cursor is None:
            return
        rows: list[Any] = []
        if cursor.description is not None:
            rows = cursor.fetchall() if most is None else cursor.fetchmany(most)
        self._rows, self._at = [*self._rows[self._at :], *rows] if self._at < len(self._rows) else rows, 0
        self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
        if most is None or len(rows) < most:
            self._close()

    def _close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None
