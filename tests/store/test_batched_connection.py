"""Cursors that need fewer trips return what aiosqlite's do."""

from __future__ import annotations

import asyncio
import inspect
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import aiosqlite
import pytest
import pytest_asyncio
from sqlalchemy import text

from bot.store.batched_connection import ROWS_PER_TRIP, BatchedConnection, connect
from bot.store.database import Store

ROWS = ROWS_PER_TRIP * 2 + 7


@pytest_asyncio.fixture
async def connection(tmp_path: Path) -> AsyncIterator[BatchedConnection]:
    opened = connect(tmp_path / "a.sqlite3")
    await opened
    cursor = opened.cursor()
    await cursor.execute("CREATE TABLE number (value INTEGER PRIMARY KEY)")
    await cursor.executemany("INSERT INTO number VALUES (?)", [(each,) for each in range(ROWS)])
    assert cursor.rowcount == ROWS
    await opened.commit()
    yield opened
    await opened.close()


async def test_aiosqlite_has_the_private_names_that_are_used(connection: BatchedConnection) -> None:
    assert asyncio.iscoroutinefunction(aiosqlite.Connection._execute)
    assert list(inspect.signature(aiosqlite.Connection._execute).parameters)[:2] == ["self", "fn"]
    assert isinstance(connection._conn, sqlite3.Connection)
    assert isinstance(connection._thread, threading.Thread)


async def test_rows_come_once_and_in_order_however_they_are_fetched(connection: BatchedConnection) -> None:
    query = "SELECT value FROM number ORDER BY value"
    cursor = await connection.cursor().execute(query)
    assert [value for (value,) in await cursor.fetchall()] == list(range(ROWS))
    assert await cursor.fetchall() == []
    cursor = await connection.cursor().execute(query)
    parts = [await cursor.fetchone(), *await cursor.fetchmany(ROWS_PER_TRIP), *await cursor.fetchmany(ROWS_PER_TRIP)]
    parts += await cursor.fetchall()
    assert [value for (value,) in parts] == list(range(ROWS))
    assert await cursor.fetchone() is None
    assert [row async for row in await connection.cursor().execute(query)] == [(each,) for each in range(ROWS)]


async def test_changed_rows_are_counted(connection: BatchedConnection) -> None:
    cursor = await connection.cursor().execute("UPDATE number SET value = value + 100000 WHERE value < 10")
    assert (cursor.rowcount, cursor.description) == (10, None)
    cursor = await connection.cursor().execute("DELETE FROM number WHERE value >= 100000 RETURNING value")
    assert len(await cursor.fetchall()) == 10
    cursor = await connection.cursor().execute("INSERT INTO number VALUES (?)", (999_999,))
    assert cursor.lastrowid == 999_999
    await connection.rollback()


async def test_a_cursor_that_is_left_half_read_holds_nothing_up(connection: BatchedConnection) -> None:
    cursor = await connection.cursor().execute("SELECT value FROM number")
    await cursor.fetchone()
    await cursor.close()
    assert await cursor.fetchall() == []
    await connection.cursor().execute("DROP TABLE number")


async def test_a_wrong_statement_is_an_error_and_the_next_one_works(connection: BatchedConnection) -> None:
    cursor = connection.cursor()
    with pytest.raises(sqlite3.OperationalError):
        await cursor.execute("SELECT nothing FROM nowhere")
    assert await (await cursor.execute("SELECT 1")).fetchall() == [(1,)]


async def test_long_results_stream_through_the_store(sqlite_url: str) -> None:
    async with Store.open(sqlite_url) as store, store.reading() as conn:
        query = "WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 9000) SELECT v FROM n"
        result = await conn.stream(text(query))
        assert [row.v async for row in result] == list(range(1, 9001))
        assert len((await conn.execute(text(query))).all()) == 9000


async def test_a_close_that_is_cancelled_while_the_thread_is_stopped_ends(tmp_path: Path) -> None:
    """SQLAlchemy closes a connection in a task, then stops its thread and cancels the task."""
    opened = connect(tmp_path / "b.sqlite3")
    await opened
    busy = threading.Event()
    waiting = asyncio.ensure_future(opened._execute(busy.wait, 30))  # type: ignore[no-untyped-call] # aiosqlite's
    closing = asyncio.create_task(opened.close())
    await asyncio.sleep(0)  # it is queued behind what the thread does
    opened.stop()
    closing.cancel()
    busy.set()
    done, _ = await asyncio.wait({closing}, timeout=10)
    assert done == {closing}
    await waiting
    await asyncio.to_thread(opened._thread.join, 10)
    assert not opened._thread.is_alive()
