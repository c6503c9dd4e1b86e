"""The database: opening, reading, writing, checking and closing.

SQLite runs in WAL mode: many readers beside one writer at a time, which an asyncio lock and BEGIN IMMEDIATE ensure. A
task of the store runs the checkpoints, so that no write waits for one. On PostgreSQL connections come from a pool.
Errors of the libraries end here (`driver_errors`): callers see StoreUnavailable and StoreOutdated, which say what to do.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import aiosqlite
import structlog
from sqlalchemy import Connection, event, exc, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import StoreDamaged, StoreUnavailable
from bot.store import batched_connection, postgres, schema_version
from bot.store.driver_errors import BUSY_SECONDS, damaged, shown_url, translate_errors

__all__ = ["Store", "StoreConnection", "WriteGuard", "write_guard"]

StoreConnection: TypeAlias = AsyncConnection
"""What `Store.reading` and `Store.writing` give; for those outside of the store who pass it on."""


class WriteGuard(Protocol):
    """A condition on what a task writes: that it may, as of the moment of the commit."""

    async def wait(self) -> None:
        """Wait until it is known whether the task may write. Raises StoreError if it may not."""

    async def check(self, conn: StoreConnection) -> None:
        """Check the condition, so that it holds until the transaction ends. Raises StoreError."""


write_guard: ContextVar[WriteGuard | None] = ContextVar("write_guard", default=None)
"""The condition on what the present task writes. A member's command has one; see `bot.cluster.interaction_claims`."""

log = structlog.get_logger()

_EMPTY_SECONDS = 2.0
"""Seconds after which an empty file isn't being made by another process: that takes milliseconds."""

_RETRY_SECONDS = 0.02
"""Pause between attempts to switch to WAL, for which SQLite doesn't wait."""

_CHECKPOINT_BYTES = 8_000_000
"""Length of the log from which on a checkpoint is run: twice what SQLite takes by itself (1,000 pages of 4 KB)."""

_LONG_LOG_BYTES = 64_000_000
"""Length of the log from which on writers wait for a checkpoint, so that the log can start anew."""


class Store:
    """The database, opened by `Store.open`."""

    def __init__(self, url: URL, engine: AsyncEngine, *, read_only: bool = False) -> None:
        self._url = url
        self.read_only = read_only
        self._engine = engine
        self._writers = engine.execution_options(gazette_writes=True)
        self._lock = asyncio.Lock()
        self._checkpoint: asyncio.Task[None] | None = None
        self.is_sqlite = url.get_backend_name() == "sqlite"

    @property
    def url(self) -> str:
        """The address as in DATABASE_URL, with the password masked."""
        return shown_url(self._url.set(drivername=self._url.get_backend_name()))

    @property
    def path(self) -> Path | None:
        """The SQLite file; None on PostgreSQL."""
        return Path(self._url.database) if self.is_sqlite and self._url.database else None

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str, pool: int = 5, *, read_only: bool = False) -> AsyncIterator[Store]:
        """Open the database at `url`, and close it at the end.

        `url` is as `bot.database_url.normalize_database_url` returns it. Makes the folder of a SQLite file. Does not look
        at the tables: `migrate` or `check` come next. `pool` is the maximum of open connections. With `read_only`, the
        database itself refuses to write. Raises StoreUnavailable.
        """
        store = cls._made(url, pool, read_only=read_only)
        if store.path is not None:
            await _refuse_emptied(store.path, store._url)
        try:
            yield store
        finally:
            await store._close()

    @classmethod
    def _made(cls, url: str, pool: int, *, read_only: bool) -> Store:
        try:
            parsed = make_url(url)
        except exc.ArgumentError:
            raise StoreUnavailable(
                "DATABASE_URL can't be read; write sqlite:///path/to/file or postgresql://user:password@host/name"
            ) from None
        sqlite = parsed.get_backend_name() == "sqlite"
        if sqlite:
            _make_folder(parsed)
            options: dict[str, Any] = {
                "pool_size": max(pool, 2),
                "max_overflow": 20,
                "connect_args": {"timeout": BUSY_SECONDS, "async_creator_fn": _connect_sqlite},
            }
        else:
            options = {
                "pool_size": pool,
                "max_overflow": 0,
                "pool_pre_ping": True,
                "connect_args": postgres.connection_options(parsed),
            }
        with translate_errors(parsed):
            engine = create_async_engine(parsed if sqlite else postgres.adapt_url(parsed), **options)
        if sqlite:
            event.listen(engine.sync_engine, "connect", _prepare_sqlite)
            if read_only:
                event.listen(engine.sync_engine, "connect", _forbid_writing)
            event.listen(engine.sync_engine, "begin", _begin_sqlite)
        else:
            postgres.prepare_engine(engine, parsed)
            if read_only:
                engine = engine.execution_options(postgresql_readonly=True)
        return cls(parsed, engine, read_only=read_only)

    async def _close(self) -> None:
        if self._checkpoint is not None:
            await asyncio.wait({self._checkpoint})
        await self._engine.dispose()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection that sees one state of the database throughout; for queries only."""
        with translate_errors(self._url):
            async with self._engine.connect() as conn, conn.begin():
                yield conn

    @asynccontextmanager
    async def writing(self, *, durable: bool = False, guarded: bool = True) -> AsyncIterator[AsyncConnection]:
        """Give a connection in a transaction.

        It is committed at the end, and rolled back on an error or when cancelled. What is committed survives the death
        of the process. With `durable` it survives a power cut, too, at the price of a sync of the disk (SQLite;
        PostgreSQL always does). Don't await anything slow inside: SQLite has one writer.

        The task's `write_guard` has to permit it, unless it is not `guarded`, as what does no harm when done twice.
        """
        if self.read_only:
            raise StoreUnavailable(f"{self.url} was opened for reading only")
        guard = write_guard.get() if guarded else None
        if guard is not None:
            await guard.wait()
        if not self.is_sqlite:
            with translate_errors(self._url):
                async with self._engine.begin() as conn:
                    if guard is not None:
                        await guard.check(conn)
                    yield conn
            return
        async with self._lock:
            with translate_errors(self._url):
                async with self._writers.connect() as conn:
                    await _durability(conn, durable=durable)
                    async with conn.begin():
                        if guard is not None:
                            await guard.check(conn)
                        yield conn
        self._carry_log()

    def _carry_log(self) -> None:
        """Start carrying the log into the file once it has grown; one task at a time."""
        if self._checkpoint is not None and not self._checkpoint.done():
            return
        if _size_of(self.path, "-wal") >= _CHECKPOINT_BYTES:
            self._checkpoint = asyncio.create_task(self._run_checkpoint(), name="store-checkpoint")

    async def _run_checkpoint(self) -> None:
        try:
            await self._carry()
            # SQLite begins its log anew only from a moment at which all of it has been carried, which doesn't come
            # while others write on and on. What is left by now is little, so that writers hardly wait.
            if _size_of(self.path, "-wal") >= _LONG_LOG_BYTES:
                async with self._lock:
                    await self._carry()
        except (exc.SQLAlchemyError, sqlite3.Error) as error:
            log.warning("store.checkpoint_failed", error=str(error))

    async def _carry(self) -> None:
        # PASSIVE never waits for a reader or writer, and neither waits for it.
        async with self._engine.connect() as conn:
            driver = await conn.get_raw_connection()
            await driver.driver_connection.execute("PRAGMA wal_checkpoint(PASSIVE)")  # type: ignore[union-attr] # aiosqlite's

    def damaged(self, problem: str) -> StoreDamaged:
        """Return the error for damage that was found in this database, which says what to do."""
        return damaged(self._url, problem)

    async def migrate(self) -> bool:
        """Bring the tables to the newest schema; return True if there were none.

        Two processes may call it at once. Raises StoreOutdated when the database is too new for the program,
        StoreUnavailable as `reading` does.
        """
        with translate_errors(self._url):
            async with self._lock, self._writers.connect() as conn, conn.begin():
                await self.allow_long_statements(conn)
                return await conn.run_sync(schema_version.upgrade, self.url)

    async def allow_long_statements(self, conn: AsyncConnection) -> None:
        """Let the statements of a transaction take as long as they need, for work on whole tables."""
        if not self.is_sqlite:
            await conn.execute(text("SET LOCAL statement_timeout = 0"))

    async def check(self) -> None:
        """Check that the database is writable and has the tables that this program needs.

        Raises StoreUnavailable or StoreOutdated, which say what to do.
        """
        async with self.writing() as conn:
            await conn.run_sync(schema_version.require_usable, self.url)
            # Changes nothing, and fails where nothing can be changed.
            await conn.execute(text("UPDATE meta SET value = value WHERE name = ''"))

    async def check_readable(self) -> None:
        """Check that the database has the tables that this program needs. Raises StoreOutdated."""
        async with self.reading() as conn:
            await conn.run_sync(schema_version.require_usable, self.url)

    async def describe_server(self, now: datetime) -> postgres.Server | None:
        """Return the facts of a PostgreSQL server; None on SQLite.

        `now` is this machine's time.
        """
        if self.is_sqlite:
            return None
        async with self.reading() as conn:
            return await postgres.describe_server(conn, now)

    async def size(self) -> int:
        """Return the bytes that the database takes on its disk."""
        if self.is_sqlite:
            return sum(_size_of(self.path, suffix) for suffix in ("", "-wal"))
        async with self.reading() as conn:
            return int((await conn.execute(text("SELECT pg_database_size(current_database())"))).scalar_one())


def _make_folder(url: URL) -> None:
    if not url.database or url.database == ":memory:":
        raise StoreUnavailable("a database in memory is lost at the end; give a file, as sqlite:///gazette.sqlite3")
    folder = Path(url.database.removeprefix("file:")).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(
            f"the database's folder {folder} can't be made: {error.strerror}; set DATABASE_URL"
        ) from error


async def _refuse_emptied(path: Path, url: URL) -> None:
    """Raise StoreDamaged for a file that was there before and has nothing in it.

    One that another process has just made is empty, too, but not for long.
    """
    patience = _EMPTY_SECONDS
    while _is_empty(path):
        if patience <= 0:
            raise damaged(url, "is an empty file: delete it to start with a new database; otherwise")
        await asyncio.sleep(_RETRY_SECONDS)
        patience -= _RETRY_SECONDS


def _is_empty(path: Path) -> bool:
    try:
        return not path.stat().st_size
    except OSError:
        return False


async def _connect_sqlite(*arguments: Any, **options: Any) -> aiosqlite.Connection:
    """Connect as aiosqlite does, but wait for its thread when that fails or is cancelled.

    aiosqlite tells its thread to stop and goes on; the thread would then answer to an event loop that may be closed.
    """
    connection = batched_connection.connect(*arguments, **options)
    thread = connection._thread
    thread.daemon = True  # as SQLAlchemy does where it connects itself
    try:
        await connection
    except BaseException:
        await asyncio.shield(asyncio.to_thread(thread.join))
        raise
    try:
        await _switch_to_wal(connection)
    except BaseException:
        await asyncio.shield(connection.close())
        raise
    return connection


async def _switch_to_wal(connection: aiosqlite.Connection) -> None:
    """Turn on write-ahead logging, which the file remembers.

    SQLite doesn't wait for a lock here, whatever its timeout: two programs that open a new file at once would meet.
    """
    patience = BUSY_SECONDS
    while True:
        try:
            async with connection.execute("PRAGMA journal_mode=WAL"):
                return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or patience <= 0:
                raise
        await asyncio.sleep(_RETRY_SECONDS)
        patience -= _RETRY_SECONDS


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # SQLAlchemy's "begin" event begins transactions; the driver must not.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "foreign_keys=ON",
        "synchronous=NORMAL",
        "wal_autocheckpoint=0",
        "journal_size_limit=67108864",
        "cache_size=-16000",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _forbid_writing(connection: Any, _record: Any) -> None:
    """Let SQLite refuse every statement that would change the database."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("gazette_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


async def _durability(conn: AsyncConnection, *, durable: bool) -> None:
    """Set whether SQLite syncs its log in the next transaction.

    A connection keeps the setting, so that it is changed only when needed.
    """
    raw_connection = await conn.get_raw_connection()
    if raw_connection.info.get("gazette_durable", False) is durable:
        return
    raw_connection.info["gazette_durable"] = durable
    raw = raw_connection.driver_connection
    cursor = await raw.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")  # type: ignore[union-attr] # aiosqlite's
    await cursor.close()


def _size_of(path: Path | None, suffix: str) -> int:
    if path is None:
        return 0
    try:
        return path.with_name(path.name + suffix).stat().st_size
    except FileNotFoundError:
        return 0
