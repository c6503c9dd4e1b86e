"""Statements and batches that several tables need, for SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar, cast

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

if TYPE_CHECKING:
    from sqlalchemy.dialects.sqlite import Insert

__all__ = ["BATCH_SIZE", "MAX_ID", "batches", "upsert"]

BATCH_SIZE = 500
"""Values per IN list: far below SQLite's 32,766 parameters, and few enough shapes for the statement cache."""

MAX_ID = 2**63 - 1
"""Highest id that a 64-bit column of either database takes; people may type higher numbers."""

_Value = TypeVar("_Value")


def batches(values: Iterable[_Value], size: int = BATCH_SIZE) -> Iterator[Sequence[_Value]]:
    """Yield `values` in lists of at most `size`, in order."""
    everything = list(values)
    for start in range(0, len(everything), size):
        yield everything[start : start + size]


def upsert(target: AsyncConnection | str, table: Table) -> Insert:
    """Return an INSERT with `on_conflict_do_update` and `on_conflict_do_nothing`.

    In the dialect of a connection, or of the given name.
    """
    dialect = target if isinstance(target, str) else target.dialect.name
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # 25 ms, which SQLite's users need not wait

    # PostgreSQL's class has the same methods; only the names of the classes differ.
    return cast("Insert", postgresql.insert(table))
