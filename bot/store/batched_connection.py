"""SQLite connections whose statements take one trip to their thread, not four.

aiosqlite runs each call in a thread, and SQLAlchemy opens a cursor, executes, fetches and closes in separate calls.
Each wakes a thread and then the event loop: most of the cost of a short query. Here one call does it all; only rows
beyond `ROWS_PER_TRIP` are fetched in further ones. benchmarks/interactions.py measures it. It relies on private names
of aiosqlite, which a test checks and pyproject.toml bounds.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, Self

import aiosqlite

__all__ = ["ROWS_PER_TRIP", "BatchedConnection", "connect"]

ROWS_PER_TRIP: Final = 2000
"""Rows fetched along with the statement: more than nearly all queries return."""

_ITER_ROWS: Final = 64
"""aiosqlite's own default for rows per iteration; our cursors don't use it."""


def connect(database: str | Path, **options: Any) -> BatchedConnection:
    """Connect as `aiosqlite.connect` does."""
    return BatchedConnection(lambda: sqlite3.connect(database, **options), iter_chunk_size=_ITER_ROWS)


class BatchedConnection(aiosqlite.Connection):
    """aiosqlite's connection with cursors that need fewer trips."""

    _stop_requested = False

    def stop(self) -> asyncio.Future[Any] | None:
        """Stop the thread; return None when it was stopped before.

        The thread answers the first request and ends. aiosqlite's `close` waits for a second one forever, also when it is
        cancelled, as SQLAlchemy does to a connection that is being closed while the program ends.
        """
        if self._stop_requested:
            return None
        self._stop_requested = True
        future: asyncio.Future[Any] | None = super().stop()
        return future

    def cursor(self) -> _Cursor:  # type: ignore[override] # only what SQLAlchemy uses of aiosqlite's
        """Return a cursor, opened at its first use."""
        return _Cursor(self)


class _Cursor:
    """An asynchronous cursor, as far as SQLAlchemy's adapter uses one."""

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
        """Execute a statement and fetch its first rows."""
        await self._run(self._execute, operation, parameters)
        return self

    async def executemany(self, operation: str, parameters: Iterable[Sequence[Any]]) -> Self:
        """Execute a statement for each set of parameters."""
        await self._run(self._execute_many, operation, parameters)
        return self

    async def fetchone(self) -> Any:
        """Return the next row; None after the last."""
        rows = await self.fetchmany(1)
        return rows[0] if rows else None

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return the next rows, at most `size`."""
        most = self.arraysize if size is None else size
        if len(self._rows) - self._at < most and self._open is not None:
            await self._run(self._fetch, max(most, ROWS_PER_TRIP))
        rows = self._rows[self._at : self._at + most]
        self._at += len(rows)
        return rows

    async def fetchall(self) -> list[Any]:
        """Return the remaining rows."""
        if self._open is not None:
            await self._run(self._fetch, None)
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
        """Discard the remaining rows."""
        self._rows, self._at = [], 0
        if self._open is not None:
            await self._run(self._close)

    async def _run(self, work: Any, *arguments: Any) -> None:
        await self._connection._execute(work, *arguments)  # type: ignore[no-untyped-call] # aiosqlite's

    # In the connection's thread

    def _execute(self, operation: str, parameters: Sequence[Any] | dict[str, Any]) -> None:
        self._cursor().execute(operation, parameters)
        self._rows, self._at = [], 0
        self._fetch(ROWS_PER_TRIP)

    def _execute_many(self, operation: str, parameters: Iterable[Sequence[Any]]) -> None:
        self._cursor().executemany(operation, parameters)
        self._rows, self._at = [], 0
        self._fetch(ROWS_PER_TRIP)

    def _cursor(self) -> sqlite3.Cursor:
        if self._open is None:
            self._open = self._connection._conn.cursor()
        return self._open

    def _fetch(self, most: int | None) -> None:
        """Fetch further rows; a result that is read to its end is closed."""
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
