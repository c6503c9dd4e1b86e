"""Backups, and restoring them into either kind of database.

A backup of a SQLite store is a SQLite file, copied by the database itself while others read and write. A backup of a
PostgreSQL store is a gzip file of JSON lines: a header, then for each table a line with its columns and a line per row.
The full-text index is not part of it and is rebuilt. A backup is read again after it was written, and a restored database
after it was filled: rows and sums of every table have to be those of the original.
"""

from __future__ import annotations

import asyncio
import gzip
import os
import sqlite3
import zlib
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import structlog
from sqlalchemy import ColumnElement, LargeBinary, Table, TableClause, column, func, insert, select, text
from sqlalchemy import table as bare_table
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeDecorator

from bot.errors import StoreError
from bot.newsroom.audience import OPERATOR
from bot.store import schema_version, search, story_rows
from bot.store.carried_withholdings import CarriedWithholding, active_withholdings, carry_over
from bot.store.database import Store
from bot.store.schema import metadata, story, subscription
from bot.store.table_figures import difference, table_figures

__all__ = ["Backup", "back_up", "rebuild_words", "restore", "verify"]

log = structlog.get_logger()

_SQLITE_MAGIC = b"SQLite format 3\0"
_GZIP_MAGIC = b"\x1f\x8b"
_FORMAT = "gazette-backup"
_VERSION = 1
"""Version of the JSON lines: raised when older programs can't read new ones."""

_PORTION = 1000
"""Rows read or inserted at once, which bounds memory."""

_PORTION_BYTES = 16_000_000
"""Bytes of lines inserted at once: rows of long documents come in smaller portions."""

_LONGEST_LINE = 256_000_000
"""Bytes of a row in a backup: six times what a file of the largest default size takes. A longer one is a trap."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written or restored: the file, its bytes, and its visible stories."""

    path: Path
    bytes: int
    stories: int


async def back_up(store: Store, target: Path, *, replace: bool = False) -> Backup:
    """Write a backup of one moment to `target`, while the store is in use; make its folder.

    The file gets its name only when it is complete. Raises StoreError when the file exists and not `replace`, or when
    it can't be written.
    """
    with _files(target):
        partial = await asyncio.to_thread(_place, target, replace)
        try:
            if store.path is not None:
                await _copy_whole(store, store.path, partial)
                count = await asyncio.to_thread(_count_stories, partial)
            else:
                rows, count = await _export(store, partial)
                await asyncio.to_thread(_verify_export, partial, target, rows)
            size = await asyncio.to_thread(_settle, partial, target)
        finally:
            partial.unlink(missing_ok=True)
    return Backup(target, size, count)


def verify(path: Path) -> None:
    """Read a backup of either kind to its end. Raises StoreError if it isn't whole."""
    with _files(path):
        magic, _size = _look_at(path)
        if magic == _SQLITE_MAGIC:
            _verify_sqlite(path)
        else:
            _verify_export(path, path, None)


async def restore(url: str, source: Path, *, replace: bool = False) -> Backup:
    """Fill the database at `url` from a backup of either kind, migrating an older one.

    What is withheld in the database stays so, also if the backup is from before. No other process may use the database
    meanwhile. A database of a newer version is replaced with its tables. Raises StoreError when the backup can't be
    read, or when the database has stories or subscriptions and not `replace`; then nothing is changed.
    """
    with _files(source):
        magic, size = await asyncio.to_thread(_look_at, source)
        if magic != _SQLITE_MAGIC and not magic.startswith(_GZIP_MAGIC):
            raise StoreError(f"{source} is no backup: it is neither a SQLite file nor one of ours")
        async with Store.open(url) as store:
            await _refuse_filled(store, replace)
            async with store.reading() as conn:
                newer = await conn.run_sync(schema_version.is_newer)
            if not newer or not replace:
                await store.migrate()  # refuses tables that are too new
            withheld = await _list_withheld(store, newer=newer)
            if magic == _SQLITE_MAGIC:
                await _import_sqlite(store, source, withheld)
            else:
                await _import(store, source, withheld)
                await rebuild_words(store)
            async with store.reading() as conn:
                count = await story_rows.count_stories(conn, OPERATOR)
    return Backup(source, size, count)


@contextmanager
def _files(path: Path) -> Iterator[None]:
    """Turn errors of files into StoreError."""
    try:
        yield
    except (OSError, EOFError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise StoreError(f"{path}: {reason}") from error
    except sqlite3.Error as error:
        raise StoreError(f"{path} can't be read or written as a backup: {error}") from error


def _place(target: Path, replace: bool) -> Path:
    """Make room for a backup; return where it is written until it is complete."""
    if target.exists() and not replace:
        raise StoreError(f"{target} already exists: choose another name, or add --replace")
    target.parent.mkdir(parents=True, exist_ok=True)
    return target.with_name(f"{target.name}.partial")


def _look_at(source: Path) -> tuple[bytes, int]:
    """Return a file's first bytes and its size."""
    with source.open("rb") as file:
        return file.read(16), os.fstat(file.fileno()).st_size


async def _copy_whole(store: Store, source: Path, target: Path) -> None:
    """Copy the store's file. Raises StoreDamaged if the copy isn't whole."""
    try:
        await asyncio.to_thread(_copy_sqlite, source, target)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise
        raise store.damaged(f"is damaged ({error})") from error
    except StoreError as error:
        raise store.damaged(f"is damaged: its copy isn't whole ({error})") from error


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy one state of a SQLite file while writers go on, and verify the copy."""
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(target)) as copy:
        origin.execute("BEGIN")
        rows = _count_rows(origin)  # of the state that is copied: the transaction is the same
        origin.backup(copy, pages=-1)
        origin.rollback()
        # A single file, without a log beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
    _verify_sqlite(target, rows)


def _count_rows(conn: sqlite3.Connection) -> dict[str, int]:
    """Return the number of rows of each of our tables."""
    present = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {
        name: conn.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - our own names
        for name in metadata.tables
        if name in present
    }


def _count_stories(path: Path) -> int:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as conn:
        return int(conn.execute("SELECT count(*) FROM story WHERE withdrawn_at IS NULL").fetchone()[0])


def _verify_sqlite(path: Path, rows: dict[str, int] | None = None) -> None:
    """Check a backup's structure, and its rows against `rows` by table if given."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as conn:
        (verdict,) = conn.execute("PRAGMA integrity_check(1)").fetchone()
        tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master")}
        found = _count_rows(conn)
    if verdict != "ok":
        raise StoreError(f"{path} is damaged: {str(verdict).strip().splitlines()[-1]}")
    if rows is not None and found != rows:
        raise StoreError(f"{path} has not the rows of the database: {_first_difference(rows, found)}")
    if not {"story", "alembic_version"} <= tables:
        raise StoreError(f"{path} is a SQLite file, but no backup of this program")


def _settle(partial: Path, target: Path) -> int:
    """Sync a finished file to the disk, then give it its name; return its size."""
    with partial.open("rb+") as file:
        os.fsync(file.fileno())
        size = os.fstat(file.fileno()).st_size
    partial.replace(target)
    return size


async def _list_withheld(store: Store, *, newer: bool) -> list[CarriedWithholding]:
    """Return what is withheld in a database, as far as this version can tell."""
    try:
        async with store.reading() as conn:
            return await active_withholdings(conn)
    except StoreError as error:
        if not newer:
            raise
        log.warning("restore.withholdings_not_carried", error=str(error))
        return []


async def _refuse_filled(store: Store, replace: bool) -> None:
    async with store.reading() as conn:
        if await conn.run_sync(schema_version.current_version) is None:
            return
        filled = [
            (await conn.execute(select(func.count()).select_from(table))).scalar_one()
            for table in (story, subscription)
        ]
    if any(filled) and not replace:
        raise StoreError(
            f"the database {store.url} has {filled[0]} stories and {filled[1]} subscriptions already: "
            "restore into an empty one, or replace what it has (--replace)"
        )


# Rows of any table, as the database keeps them


def _bare(table: Table) -> TableClause:
    """Return the table without our column types: times stay numbers."""
    return bare_table(
        table.name,
        *(
            column(item.name, item.type.impl_instance if isinstance(item.type, TypeDecorator) else item.type)
            for item in table.c
        ),
    )


async def _rows(conn: AsyncConnection, table: Table) -> AsyncIterator[Sequence[tuple[Any, ...]]]:
    """Yield a table's rows in portions, by primary key."""
    bare = _bare(table)
    keys: list[ColumnElement[Any]] = [bare.c[item.name] for item in table.primary_key]
    result = await conn.stream(select(bare).order_by(*keys).execution_options(yield_per=_PORTION))
    async for part in result.partitions():
        yield [tuple(row) for row in part]


async def _revision(conn: AsyncConnection) -> str:
    return str((await conn.execute(text("SELECT version_num FROM alembic_version"))).scalar_one())


def _bytes_as_text(value: object) -> str:
    """Return bytes as JSON can hold them."""
    if not isinstance(value, bytes):
        raise TypeError
    return b64encode(value).decode("ascii")


async def _export(store: Store, path: Path) -> tuple[dict[str, int], int]:
    """Write all tables as JSON lines; return the rows of each, and the visible stories."""
    rows: dict[str, int] = {}
    with gzip.open(path, "wb", compresslevel=5) as file:

        def write(lines: Sequence[object]) -> None:
            file.write(b"".join(orjson.dumps(line, default=_bytes_as_text) + b"\n" for line in lines))

        async with store.reading() as conn:
            await conn.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            write([{"format": _FORMAT, "version": _VERSION, "schema": await _revision(conn)}])
            for table in metadata.sorted_tables:
                write([{"table": table.name, "columns": [item.name for item in table.c]}])
                rows[str(table.name)] = 0
                async for part in _rows(conn, table):
                    await asyncio.to_thread(write, part)
                    rows[str(table.name)] += len(part)
            write([{"end": True, "rows": rows}])
            count = await story_rows.count_stories(conn, OPERATOR)
    return rows, count


def _verify_export(path: Path, shown: Path, rows: dict[str, int] | None) -> None:
    """Read JSON lines to their end, and compare the rows with those that were written, if given."""
    found: dict[str, int] = {}
    table, ended, stated = "", False, rows
    with gzip.open(path, "rb") as file:
        for line in _lines(file, shown):
            if isinstance(line, list):
                found[table] += 1
            elif isinstance(line, dict) and line.get("end"):
                ended, stated = True, stated or line.get("rows")
            elif isinstance(line, dict):
                table = str(line.get("table"))
                found[table] = 0
    found.pop("None", None)  # the header
    if not ended:
        raise StoreError(f"{shown} breaks off: it is no whole backup")
    if stated is not None and found != stated:
        raise StoreError(f"{shown} has not the rows of the database: {_first_difference(stated, found)}")


def _first_difference(expected: dict[str, int], found: dict[str, int]) -> str:
    name = next(each for each in sorted(expected.keys() | found.keys()) if expected.get(each) != found.get(each))
    return f"{name} has {found.get(name, 0):,} rows instead of {expected.get(name, 0):,}"


def _lines(file: gzip.GzipFile, path: Path) -> Iterator[object]:
    """Yield a backup's lines, none longer than a row can be. Raises StoreError."""
    while raw := file.readline(_LONGEST_LINE + 1):
        if len(raw) > _LONGEST_LINE:
            raise StoreError(f"{path} is damaged: a line is longer than {_LONGEST_LINE // 1_000_000:,} MB")
        yield _read(raw, path)


async def _import(store: Store, path: Path, withheld: Sequence[CarriedWithholding]) -> None:
    """Fill the tables from JSON lines, in one transaction."""
    with gzip.open(path, "rb") as file:
        lines = _lines(file, path)
        header = next(lines, None)
        if not isinstance(header, dict) or header.get("format") != _FORMAT:
            raise StoreError(f"{path} is a gzip file, but no backup of this program")
        if header.get("version") != _VERSION:
            raise StoreError(f"{path} was written by a newer version of the program: install that version")
        async with store.writing(durable=True) as conn:
            await store.allow_long_statements(conn)
            await _clear(conn, store.url)
            stated = await _import_tables(conn, lines, path)
            found = {name: row[0] for name, row in (await table_figures(conn)).items()}
            if stated is not None and any(found.get(name) != rows for name, rows in stated.items()):
                raise StoreError(f"{path} was not restored whole: {_first_difference(stated, found)}")
            await _restart_numbers(conn)
            await conn.run_sync(schema_version.record_facts)
            await carry_over(conn, withheld)


async def _import_tables(conn: AsyncConnection, lines: Iterator[object], path: Path) -> dict[str, int] | None:
    """Insert the rows of all tables; return how many there have to be, if that is known."""
    fill: Callable[[list[Any]], Any] | None = None
    portion: list[Any] = []
    size = 0
    for line in lines:
        if isinstance(line, list):
            portion.append(line)
            size += sum(len(value) for value in line if isinstance(value, str))
        if fill is not None and (isinstance(line, dict) or len(portion) >= _PORTION or size >= _PORTION_BYTES):
            await fill(portion)
            portion, size = [], 0
        if isinstance(line, dict):
            if line.get("end"):
                rows: dict[str, int] | None = line.get("rows")
                return rows
            fill = _filler(conn, str(line.get("table")), list(line.get("columns", ())), path)
    raise StoreError(f"{path} breaks off: it is no whole backup")


def _read(raw: bytes, path: Path) -> object:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise StoreError(f"{path} is damaged: {error}") from error


def _filler(conn: AsyncConnection, name: str, columns: list[str], path: Path) -> Callable[[list[Any]], Any]:
    """Return a function that inserts rows of a table."""
    if name not in metadata.tables or not set(columns) <= set(metadata.tables[name].c.keys()):
        raise StoreError(f"{path} was written by a newer version of the program: it has a table or column of its own")
    query = insert(_bare(metadata.tables[name]))
    binary = [key for key in columns if isinstance(metadata.tables[name].c[key].type, LargeBinary)]

    async def fill(rows: list[Any]) -> None:
        if not rows:
            return
        try:
            values = [dict(zip(columns, row, strict=True)) for row in rows]
        except ValueError:
            raise StoreError(f"{path} is damaged: a row of {name} has too many or too few values") from None
        for key in binary:
            for row in values:
                row[key] = _text_as_bytes(row[key], name, path)
        await conn.execute(query, values)

    return fill


def _text_as_bytes(value: object, name: str, path: Path) -> object:
    """Return the bytes that an export wrote as text; other values are as a database gave them."""
    if not isinstance(value, str):
        return value
    try:
        return b64decode(value, validate=True)
    except ValueError:
        raise StoreError(f"{path} is damaged: a row of {name} has bytes that can't be read") from None


async def _import_sqlite(store: Store, path: Path, withheld: Sequence[CarriedWithholding]) -> None:
    """Fill the tables from a SQLite backup: from a copy of it, which is migrated first."""
    await asyncio.to_thread(_verify_sqlite, path)
    beside = store.path or path
    copy = beside.with_name(f"{beside.name}.restoring")
    try:
        await asyncio.to_thread(_copy_sqlite, path, copy)
        async with Store.open(f"sqlite+aiosqlite:///{copy}") as source:
            await source.migrate()
            async with source.writing(durable=True) as conn:
                await carry_over(conn, withheld)
            async with source.reading() as conn:
                figures = await table_figures(conn)
            if store.path is None:
                await _copy_tables(source, store, path)
        if store.path is not None:
            await asyncio.to_thread(_overwrite_sqlite, copy, store.path)
        else:
            await rebuild_words(store)
        async with store.reading() as conn:
            await store.allow_long_statements(conn)
            fault = difference(figures, await table_figures(conn))
        if fault is not None:
            raise StoreError(f"{path} was not restored whole: {fault}")
    finally:
        for suffix in ("", "-wal", "-shm"):
            copy.with_name(copy.name + suffix).unlink(missing_ok=True)


def _overwrite_sqlite(source: Path, target: Path) -> None:
    """Replace all pages of a database with another's, in one step."""
    with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(target)) as into:
        origin.backup(into, pages=-1)


async def _copy_tables(source: Store, store: Store, path: Path) -> None:
    async with source.reading() as origin, store.writing(durable=True) as conn:
        await store.allow_long_statements(conn)
        await _clear(conn, store.url)
        for table in metadata.sorted_tables:
            fill = _filler(conn, table.name, [item.name for item in table.c], path)
            async for part in _rows(origin, table):
                await fill(list(part))
        await _restart_numbers(conn)


async def _clear(conn: AsyncConnection, url: str) -> None:
    """Delete all rows; tables of a newer version are made anew as this one knows them."""
    if await conn.run_sync(schema_version.is_newer):
        await conn.run_sync(schema_version.drop_tables)
        await conn.run_sync(schema_version.upgrade, url)
    await conn.execute(text("DELETE FROM story_words"))
    for table in reversed(metadata.sorted_tables):
        await conn.execute(table.delete())


async def _restart_numbers(conn: AsyncConnection) -> None:
    """Let PostgreSQL's sequences continue after the highest id; SQLite's do by themselves."""
    if conn.dialect.name == "sqlite":
        return
    for table in metadata.sorted_tables:
        if "id" in table.c and table.c.id.autoincrement is True:
            await conn.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "  # noqa: S608 - our own names
                    f"(SELECT coalesce(max(id), 0) + 1 FROM {table.name}), false)"
                )
            )


async def rebuild_words(store: Store) -> None:
    """Build the full-text index anew from the stories."""
    after: int | None = 0
    while after is not None:
        async with store.writing() as conn:
            after = await search.reindex_stories(conn, after)
