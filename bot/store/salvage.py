"""Salvage of a damaged SQLite database: what can be read goes into a new file.

The damaged file is never changed. It is copied, and the copy is read row by row around what can't be read; rows that
make no sense, or whose story, event or subscription is lost, are left out. Files that lost stories are marked as changed,
so that the next scan reads them again. The damaged file is kept beside the new one, under another name.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import orjson
from sqlalchemy import Boolean, Float, Integer, LargeBinary, Table
from sqlalchemy.types import TypeDecorator

from bot.errors import StoreDamaged, StoreError
from bot.newsroom.models import DeliveryState, DocumentStatus
from bot.store.backup import rebuild_words
from bot.store.database import Store
from bot.store.schema import metadata, to_micros
from bot.store.stories import rebuild_labels

__all__ = ["Salvaged", "find_damage", "refuse_used", "salvage", "set_aside"]

_PARTS: Final = ("", "-wal", "-shm")
"""Endings of the files of a SQLite database."""

_HEADER: Final = {0: b"SQLite format 3\0", 18: b"\x02\x02\x00\x40\x20\x20", 44: b"\0\0\0\x04", 56: b"\0\0\0\x01"}
"""Bytes of a database's first page that are the same in every file of ours."""

_PAGE_SIZE: Final = {16: b"\x10\x00"}
"""SQLite's default size of a page, 4,096 bytes, as the header has it."""

_PAGE_BYTES: Final = 4096
_HEADER_BYTES: Final = 100
_PAGE_COUNT: Final = slice(28, 32)
"""Place in the header of the number of pages."""

_LONGEST_TAIL: Final = 100
"""Times its length that a file that was cut off may have had: a higher number in its header is damage, too."""

_PORTION: Final = 500
"""Rows that are read at once, and inserted one by one only if one of them is refused."""

_HIGHEST_ID: Final = 2**40
"""Highest id that is looked for where the table doesn't tell its own."""

_LONGEST_LEASE: Final = 30_000_000
"""Microseconds of the longest lease that can be set; see `bot.settings.LONGEST_LEASE_SECONDS`."""

_FEW_IDS: Final = 100_000
"""Ids that are looked for where nothing tells the highest one: each that isn't there costs a few microseconds."""

_DERIVED: Final = frozenset({"story_label", "label_count"})
"""Tables that are built anew from the stories."""

_JSON: Final = frozenset(
    {("story_body", "body"), ("delivery_message", "payload"), ("shown", "sentences"), ("member", "settings")}
)
"""Columns with JSON."""

_WORDS: Final[dict[tuple[str, str], frozenset[str]]] = {
    ("document", "status"): frozenset(each.value for each in DocumentStatus),
    ("delivery", "state"): frozenset(each.value for each in DeliveryState),
}
"""Columns with words of a list."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A damaged database under its new name, and the rows that were saved and left out."""

    kept: Path
    rows: int
    lost: int
    stories: int


def find_damage(path: Path) -> str | None:
    """Return what is wrong with a SQLite database, or None. Reads all of it."""
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(path)) as conn:
            (verdict,) = conn.execute("PRAGMA integrity_check(1)").fetchone()
            if verdict != "ok":
                return str(verdict).strip().splitlines()[-1]
            present = {name for (name,) in conn.execute("SELECT name FROM sqlite_master")}
            missing = sorted(set(metadata.tables) - present)
            if present and missing:
                return f"the table {missing[0]} is missing"
            if conn.execute("PRAGMA foreign_key_check").fetchone() is not None:
                return "rows of one table refer to missing rows of another"
            for table in metadata.sorted_tables if present else ():
                for row in conn.execute(f'SELECT {_columns(table)} FROM "{table.name}"'):  # noqa: S608 - our own names
                    if (fault := _fault(table, row)) is not None:
                        return fault
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return str(error)
    return None


def refuse_used(path: Path, now: datetime) -> None:
    """Raise StoreError if a process seems to use the database: one that holds a lease."""
    try:
        with closing(sqlite3.connect(path)) as conn:
            present = to_micros(now)
            soon = present + _LONGEST_LEASE
            query = "SELECT count(*) FROM lease WHERE expires_at > ? AND expires_at <= ?"
            (used,) = conn.execute(query, (present, soon)).fetchone()
    except sqlite3.Error:
        return  # which is why it is to be repaired
    if used:
        raise StoreError(
            f"{path} is in use, or was until a moment ago: stop the bot and what else uses it, and try again in half a "
            "minute"
        )


def set_aside(path: Path, now: datetime) -> Path:
    """Rename a damaged database with its log; return its new path."""
    kept = path.with_name(f"{path.name}.damaged-{now:%Y%m%d-%H%M%S}")
    for part in _PARTS:
        file = path.with_name(path.name + part)
        if file.exists():
            file.rename(kept.with_name(kept.name + part))
    return kept


async def salvage(path: Path, now: datetime) -> Salvaged:
    """Replace a damaged SQLite database by what can be read of it; no other process may use it.

    Raises StoreDamaged, with nothing changed, when nothing can be read.
    """
    copy, fresh = path.with_name(f"{path.name}.reading"), path.with_name(f"{path.name}.salvaged")
    try:
        await asyncio.to_thread(_copy, path, copy)
        _delete(fresh)
        async with Store.open(f"sqlite+aiosqlite:///{fresh}") as store:
            await store.migrate()
        rows, lost, stories = await asyncio.to_thread(_transfer, copy, fresh)
        if not rows:
            raise StoreDamaged(f"nothing in {path} can be read; the file was left as it is")
        async with Store.open(f"sqlite+aiosqlite:///{fresh}") as store:
            async with store.writing() as conn:
                await rebuild_labels(conn)
            await rebuild_words(store)
        await asyncio.to_thread(_close_log, fresh)
        kept = set_aside(path, now)
        fresh.rename(path)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path} can't be repaired: {error}") from error
    finally:
        _delete(copy)
        _delete(fresh)
    return Salvaged(kept, rows, lost, stories)


def _copy(source: Path, target: Path) -> None:
    """Copy a database's files; mend the header of one that isn't recognized."""
    _delete(target)
    for part in _PARTS[:2]:
        origin = source.with_name(source.name + part)
        if origin.exists():
            shutil.copyfile(origin, target.with_name(target.name + part))
    _lengthen(target)
    if _is_readable(target):
        return
    with target.open("r+b") as file:
        for place, content in (_HEADER | _PAGE_SIZE).items():
            file.seek(place)
            file.write(content)
    _lengthen(target)


def _lengthen(path: Path) -> None:
    """Give a file that was cut off its length back, without which SQLite reads nothing of it."""
    with path.open("r+b") as file:
        header = file.read(_HEADER_BYTES)
        if len(header) < _HEADER_BYTES or header[16:18] != _PAGE_SIZE[16]:
            return
        size = file.seek(0, 2)
        pages = int.from_bytes(header[_PAGE_COUNT], "big")
        if size < pages * _PAGE_BYTES <= size * _LONGEST_TAIL:
            file.truncate(pages * _PAGE_BYTES)


def _is_readable(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path)) as conn:
            return bool(conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    except sqlite3.Error:
        return False


def _delete(path: Path) -> None:
    for part in _PARTS:
        path.with_name(path.name + part).unlink(missing_ok=True)


def _close_log(path: Path) -> None:
    """Carry a database's log into its file, so that one file can be renamed."""
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        conn.execute("PRAGMA journal_mode=DELETE")


def _transfer(source: Path, target: Path) -> tuple[int, int, int]:
    """Insert all rows that can be read.

    Returns the rows that there are now, those that were left out, and the visible stories.
    """
    lost = 0
    with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(target)) as into:
        origin.text_factory = lambda raw: raw.decode("utf-8", "replace")
        into.execute("PRAGMA foreign_keys=OFF")
        for table in metadata.sorted_tables:
            present = _present_columns(origin, table)
            into.execute(f'DELETE FROM "{table.name}"')  # noqa: S608 - our own names
            if not present or table.name in _DERIVED:
                continue
            names = ", ".join(f'"{name}"' for name in present)
            insert = f'INSERT OR IGNORE INTO "{table.name}" ({names}) VALUES ({", ".join("?" * len(present))})'  # noqa: S608
            read = 0
            for portion in _portions(_read_rows(origin, table, present)):
                read += len(portion)
                good = [row for row in portion if _fault(table, row, present) is None]
                into.executemany(insert, good)
            (kept,) = into.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()  # noqa: S608 - our own names
            lost += read - kept
        lost += _drop_orphans(into)
        into.execute(
            "UPDATE document SET size = -1, mtime_ns = 0, sha256 = NULL WHERE stories <> "
            "(SELECT count(*) FROM story WHERE story.document_id = document.id)"
        )
        into.commit()
        rows = sum(_count(into, table) for table in metadata.sorted_tables)
        (stories,) = into.execute("SELECT count(*) FROM story WHERE withdrawn_at IS NULL").fetchone()
    return rows, lost, stories


def _count(conn: sqlite3.Connection, table: Table) -> int:
    return int(conn.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0])  # noqa: S608 - our own names


def _drop_orphans(conn: sqlite3.Connection) -> int:
    """Delete rows whose parents are lost, parents first; return how many."""
    # A story that was pruned has no body, and is withdrawn.
    bodiless = "withdrawn_at IS NULL AND id NOT IN (SELECT story_id FROM story_body)"
    dropped = conn.execute(f"DELETE FROM story WHERE {bodiless}").rowcount  # noqa: S608 - our own names
    # Stories know their event, so that one that is lost can be made anew.
    conn.execute(
        "INSERT INTO event (id, first_at, last_at, stories) SELECT event_id, min(published_at), max(published_at), "
        "count(*) FROM story WHERE event_id NOT IN (SELECT id FROM event) GROUP BY event_id"
    )
    conn.execute("DELETE FROM event_key WHERE story_id NOT IN (SELECT id FROM story)")
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            parent = f"SELECT {key.column.name} FROM {key.column.table.name}"  # noqa: S608 - our own names
            orphans = f"{key.parent.name} IS NOT NULL AND {key.parent.name} NOT IN ({parent})"
            if key.ondelete == "SET NULL":
                conn.execute(f"UPDATE {table.name} SET {key.parent.name} = NULL WHERE {orphans}")  # noqa: S608
            else:
                dropped += conn.execute(f"DELETE FROM {table.name} WHERE {orphans}").rowcount  # noqa: S608
    return dropped


def _portions(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    portion: list[tuple[Any, ...]] = []
    for row in rows:
        portion.append(row)
        if len(portion) >= _PORTION:
            yield portion
            portion = []
    if portion:
        yield portion


def _present_columns(conn: sqlite3.Connection, table: Table) -> list[str]:
    """Return the table's columns that the damaged database has; an older one lacks some."""
    try:
        found = {row[1] for row in conn.execute(f'PRAGMA table_info("{table.name}")')}
    except sqlite3.Error:
        return []
    return [column.name for column in table.c if column.name in found]


def _read_rows(conn: sqlite3.Connection, table: Table, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table that can be read, some maybe twice."""
    names = ", ".join(f'"{name}"' for name in columns)
    select = f'SELECT {names} FROM "{table.name}"'  # noqa: S608 - our own names
    keys = [column.name for column in table.primary_key]
    if len(keys) == 1 and isinstance(_kind(table.c[keys[0]]), Integer):
        yield from _read_by_id(conn, table, select, keys[0], list(columns).index(keys[0]))
        return
    order = ", ".join(keys)
    for direction in ("ASC", "DESC"):
        backwards = ", ".join(f"{key} {direction}" for key in keys)
        try:
            yield from conn.execute(f"{select} ORDER BY {backwards if direction == 'DESC' else order}")
        except sqlite3.Error:
            continue
        return


def _read_by_id(conn: sqlite3.Connection, table: Table, select: str, key: str, place: int) -> Iterator[tuple[Any, ...]]:
    """Yield rows by id, halving ranges of ids that can't be read until single rows are left."""
    ranges = [(0, _highest_id(conn, table, key))]
    while ranges:
        low, high = ranges.pop()
        reached = low - 1
        try:
            for row in conn.execute(f"{select} WHERE {key} BETWEEN ? AND ? ORDER BY {key}", (low, high)):
                yield row
                reached = row[place] if isinstance(row[place], int) else reached
        except (sqlite3.Error, OverflowError):
            low = max(reached + 1, low)
            if low < high:
                middle = (low + high) // 2
                ranges += [(middle + 1, high), (low, middle)]


def _highest_id(conn: sqlite3.Connection, table: Table, key: str) -> int:
    numbered = next((each.column.table.name for each in table.c[key].foreign_keys), table.name)
    sequence = f"SELECT seq FROM sqlite_sequence WHERE name = '{numbered}'"  # noqa: S608 - our own names
    for query in (f"SELECT max({key}) FROM {table.name}", sequence):  # noqa: S608 - our own names
        try:
            row = conn.execute(query).fetchone()
        except sqlite3.Error:
            continue
        if row is not None and isinstance(row[0], int) and 0 <= row[0] < _HIGHEST_ID:
            return int(row[0])
    return _FEW_IDS


def _kind(column: Any) -> Any:
    return column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type


def _expected_types(kind: Any) -> tuple[type, ...]:
    """Return the types in which SQLite gives sound values of a column's kind."""
    if isinstance(kind, Float):
        return (int, float)
    if isinstance(kind, Integer | Boolean):
        return (int,)
    return (bytes,) if isinstance(kind, LargeBinary) else (str,)


def _columns(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.c)


def _fault(table: Table, row: Sequence[Any], columns: Sequence[str] | None = None) -> str | None:
    """Return what is wrong with a row's values, or None."""
    for name, value in zip(columns or [column.name for column in table.c], row, strict=True):
        column = table.c[name]
        if value is None:
            if not column.nullable:
                return f"{table.name}.{name} is empty"
            continue
        if not isinstance(value, _expected_types(_kind(column))):
            return f"{table.name}.{name} has a value of another kind"
        words = _WORDS.get((table.name, name))
        if words is not None and value not in words:
            return f"{table.name}.{name} has a value that there isn't"
        if (table.name, name) in _JSON:
            try:
                orjson.loads(str(value))
            except orjson.JSONDecodeError:
                return f"{table.name}.{name} can't be read"
    return None
