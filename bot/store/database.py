"""The database: opening, reading, writing, checking and closing.

SQLite runs in WAL mode: many readers beside one writer at a time, which an asyncio lock and BEGIN IMMEDIATE ensure. A
task of the store runs the checkpoints, so that no write waits for one. On PostgreSQL connections come from a pool.
Errors of the libraries end here: callers see StoreUnavailable and StoreOutdated, which say what to do.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import aiosqlite
import structlog
from sqlalchemy import Connection, event, exc, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import StoreDamaged, StoreError, StoreUnavailable
from bot.observability.redaction import SecretRedactor
from bot.store import batched_connection, schema_version

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

_BUSY_SECONDS = 10.0
"""Seconds that SQLite waits for another program's lock before it gives up, by judgement."""

_EMPTY_SECONDS = 2.0
"""Seconds after which an empty file isn't being made by another process: that takes milliseconds."""

_RETRY_SECONDS = 0.02
"""Pause between attempts to switch to WAL, for which SQLite doesn't wait."""

_CHECKPOINT_BYTES = 8_000_000
"""Length of the log from which on a checkpoint is run: twice what SQLite takes by itself (1,000 pages of 4 KB)."""

_IDLE_TRANSACTION_SECONDS = 10
"""Seconds for which PostgreSQL keeps a transaction whose client says nothing.

A process that is frozen holds the rows it was changing; after this, others get them. Shorter than the lease of 15 s, and
far longer than the milliseconds between two statements of ours.
"""

_STATEMENT_SECONDS = 300
"""Seconds after which PostgreSQL gives up a statement: the slowest over a million stories take some seconds."""

_POSTGRES_CONNECTION = {
    "connect_timeout": 10,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""libpq's options that DATABASE_URL may override.

A silent connection is lost 30 seconds after its other end vanished (15 s, then three questions, 5 s apart); one whose
sent bytes nobody confirms, which keepalives don't watch, after as long, in milliseconds.
"""

_LONG_LOG_BYTES = 64_000_000
"""Length of the log from which on writers wait for a checkpoint, so that the log can start anew."""


_MESSAGE_LENGTH = 300
"""Characters of a library's message that are shown: enough for the reason, too few for a statement and its values."""

_redact = SecretRedactor()
"""Removes passwords in addresses; the program's own are removed where its messages leave it."""


class Store:
    """The database, opened by `Store.open`."""

    def __init__(self, url: URL, engine: AsyncEngine) -> None:
        self._url = url
        self._engine = engine
        self._writers = engine.execution_options(gazette_writes=True)
        self._lock = asyncio.Lock()
        self._checkpoint: asyncio.Task[None] | None = None
        self.is_sqlite = url.get_backend_name() == "sqlite"

    @property
    def url(self) -> str:
        """The address as in DATABASE_URL, with the password masked."""
        return _shown(self._url.set(drivername=self._url.get_backend_name()))

    @property
    def path(self) -> Path | None:
        """The SQLite file; None on PostgreSQL."""
        return Path(self._url.database) if self.is_sqlite and self._url.database else None

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str, pool: int = 5) -> AsyncIterator[Store]:
        """Open the database at `url`, and close it at the end.

        `url` is as `bot.database_url.normalize_database_url` returns it. Makes the folder of a SQLite file. Does not look
        at the tables: `migrate` or `check` come next. `pool` is the maximum of open connections. Raises
        StoreUnavailable.
        """
        store = cls._made(url, pool)
        if store.path is not None:
            await _refuse_emptied(store.path, store._url)
        try:
            yield store
        finally:
            await store._close()

    @classmethod
    def _made(cls, url: str, pool: int) -> Store:
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
                "connect_args": {"timeout": _BUSY_SECONDS, "async_creator_fn": _connect_sqlite},
            }
        else:
            options = {
                "pool_size": pool,
                "max_overflow": 0,
                "pool_pre_ping": True,
                "connect_args": {
                    name: value for name, value in _POSTGRES_CONNECTION.items() if name not in parsed.query
                },
            }
        with _told(parsed):
            engine = create_async_engine(parsed, **options)
        if sqlite:
            event.listen(engine.sync_engine, "connect", _prepare_sqlite)
            event.listen(engine.sync_engine, "begin", _begin_sqlite)
        else:
            event.listen(engine.sync_engine, "connect", _limit_postgres)
        return cls(parsed, engine)

    async def _close(self) -> None:
        if self._checkpoint is not None:
            await asyncio.wait({self._checkpoint})
        await self._engine.dispose()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection that sees one state of the database throughout; for queries only."""
        with _told(self._url):
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
        guard = write_guard.get() if guarded else None
        if guard is not None:
            await guard.wait()
        if not self.is_sqlite:
            with _told(self._url):
                async with self._engine.begin() as conn:
                    if guard is not None:
                        await guard.check(conn)
                    yield conn
            return
        async with self._lock:
            with _told(self._url):
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
        return _damaged(self._url, problem)

    async def migrate(self) -> None:
        """Bring the tables to the newest schema; does nothing when they have it.

        Two processes may call it at once. Raises StoreOutdated when the database is too new for the program,
        StoreUnavailable as `reading` does.
        """
        with _told(self._url):
            async with self._lock, self._writers.connect() as conn, conn.begin():
                await self.allow_long_statements(conn)
                await conn.run_sync(schema_version.upgrade, self.url)

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
            raise _damaged(url, "is an empty file: delete it to start with a new database; otherwise")
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
    patience = _BUSY_SECONDS
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


def _limit_postgres(connection: Any, _record: object) -> None:
    """Bound what a frozen process or a lost query can hold up.

    As statements and not as the connection's options, which pgbouncer refuses.
    """
    cursor = connection.cursor()
    cursor.execute(f"SET idle_in_transaction_session_timeout = '{_IDLE_TRANSACTION_SECONDS}s'")
    cursor.execute(f"SET statement_timeout = '{_STATEMENT_SECONDS}s'")
    cursor.close()
    connection.commit()  # a rollback would undo the settings


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


# Words for what databases say

_SQLITE_WORDS = (
    ("is locked", "is held by another program for longer than {busy} seconds: stop that program, or wait"),
    ("is busy", "is held by another program for longer than {busy} seconds: stop that program, or wait"),
    ("disk is full", "has no room left: make room on its disk, then start again; nothing that was stored is lost"),
    ("readonly", "can't be written: allow writing to the file and its folder, or set DATABASE_URL to another place"),
    ("unable to open", "can't be opened: it has to be a file in a folder that you may write to; set DATABASE_URL"),
    ("disk i/o", "can't be read or written: its disk reports an error; check the disk, then restore a backup"),
)
_SQLITE_DAMAGE = (
    ("not a database", "is no database, is encrypted or has a damaged beginning"),
    ("malformed", "is damaged"),
    ("could not decode", "is damaged: it holds text that is none"),
    ("unsupported file format", "is damaged, or was written by a program that is newer by far"),
    ("no such table", "lacks a table, which was deleted or lost"),
    ("no such column", "lacks a column, which was deleted or lost"),
    ("already exists", "has tables, but not the number of their version"),
    ("corrupt", "is damaged"),
    ("database or disk image", "is damaged"),
)
_POSTGRES_DAMAGE = (
    ('relation "', "lacks a table, which was deleted or lost"),
    ("column ", "lacks a column, which was deleted or lost"),
    ("invalid page", "is damaged"),
    ("could not read block", "is damaged"),
    ("invalid byte sequence", "is damaged: it holds text that is none"),
)
_POSTGRES_WORDS = (
    ("password", "refuses the user name or password in DATABASE_URL"),
    ("authentication", "refuses the user name or password in DATABASE_URL"),
    ('database "', "is not on that server: create it (createdb), or correct its name in DATABASE_URL"),
    ('role "', "refuses the user name or password in DATABASE_URL"),
    ("too many clients", "has no connection left: lower store.pool or raise max_connections"),
    ("too many connections", "has no connection left: lower store.pool or raise max_connections"),
    ("starting up", "is still starting: try again in a moment"),
    ("shutting down", "is shutting down: start it again"),
    ("read-only", "can't be written: DATABASE_URL points at a standby or a read-only session"),
    ("no space left", "has no room left on its disk: make room; nothing that was stored is lost"),
    ("disk full", "has no room left on its disk: make room; nothing that was stored is lost"),
    ("permission denied", "refuses the right to do that: grant the role of DATABASE_URL its tables"),
)


@contextmanager
def _told(url: URL) -> Iterator[None]:
    """Turn what the libraries raise into our words."""
    try:
        yield
    except exc.TimeoutError as error:
        raise StoreUnavailable(f"{_named(url)} has no free connection for 30 seconds: raise store.pool") from error
    except exc.DBAPIError as error:
        raise _in_words(
            url, str(error.orig), connection=error.connection_invalidated or _is_operational(error)
        ) from error
    except exc.SQLAlchemyError as error:
        raise StoreError(f"{_named(url)}: {_first_line(str(error))}") from error
    except sqlite3.Error as error:
        raise _in_words(url, str(error), connection=True) from error
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as error:
        if not _is_about_rows(error):
            raise
        problem = f"{type(error).__name__}: {_first_line(str(error))}"
        raise _damaged(url, f"holds a value that can't be understood ({problem})") from error


def _is_about_rows(error: Exception) -> bool:
    """Return whether an error comes from the values of rows: from a module that reads them."""
    modules = []
    traceback = error.__traceback__
    while traceback is not None:
        modules.append(str(traceback.tb_frame.f_globals.get("__name__", "")))
        traceback = traceback.tb_next
    ours = [name for name in modules if name.startswith("bot.") and name != __name__]
    return bool(ours) and ours[-1].startswith(("bot.store.", "bot.newsroom."))


def _damaged(url: URL, problem: str) -> StoreDamaged:
    repair = "restore a backup (gazette restore FILE --replace)"
    if url.get_backend_name() == "sqlite":
        repair = f"run gazette doctor --repair, or {repair}"
    return StoreDamaged(f"{_named(url)} {problem}: {repair}")


def _is_operational(error: exc.DBAPIError) -> bool:
    return isinstance(error, exc.OperationalError | exc.InterfaceError)


def _in_words(url: URL, message: str, *, connection: bool) -> StoreError:
    lowered = message.lower()
    sqlite = url.get_backend_name() == "sqlite"
    for sign, words in _SQLITE_DAMAGE if sqlite else _POSTGRES_DAMAGE:
        if sign in lowered and (sqlite or not connection):
            return _damaged(url, words)
    for sign, words in _SQLITE_WORDS if sqlite else _POSTGRES_WORDS:
        if sign in lowered:
            return StoreUnavailable(f"{_named(url)} {words.format(busy=round(_BUSY_SECONDS))}")
    detail = _first_line(message)
    if not connection:
        return StoreError(f"{_named(url)}: {detail}")
    if sqlite:
        return StoreUnavailable(f"{_named(url)} can't be used: {detail}")
    return StoreUnavailable(f"{_named(url)} can't be reached: {detail}; is it running, and is DATABASE_URL right?")


def _named(url: URL) -> str:
    return f"the database {_shown(url)}"


def _shown(url: URL) -> str:
    """Return an address as an operator writes it, without driver and passwords."""
    secret = [name for name in url.query if "pass" in name.lower()]
    return (
        url.set(drivername=url.get_backend_name()).difference_update_query(secret).render_as_string(hide_password=True)
    )


def _first_line(message: str) -> str:
    """Return the library's first line, without passwords and shortened."""
    return _redact(message.strip().partition("\n")[0])[:_MESSAGE_LENGTH]
