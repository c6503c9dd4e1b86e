"""Figures of a database's tables, by which a copy is compared with its original."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Float, Integer, LargeBinary, Table, Text, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeDecorator

from bot.store.schema import metadata

__all__ = ["Figures", "difference", "table_figures"]

_MODULUS = 1_000_003
"""A prime by which whole numbers are divided before they are added, so that no sum of a million overflows."""

Figures = dict[str, tuple[int, ...]]
"""By table: its rows, then for each column a sum of its numbers' remainders or of its texts' or bytes' lengths."""


async def table_figures(conn: AsyncConnection) -> Figures:
    """Return the figures of all tables: the same for the same content on either database."""
    return {
        str(table.name): tuple(int(value) for value in (await conn.execute(_query(table))).one())
        for table in metadata.sorted_tables
    }


def difference(first: Figures, second: Figures) -> str | None:
    """Return the first table that differs, with its rows in both, or None if none does."""
    for name in sorted(first.keys() | second.keys()):
        if first.get(name) != second.get(name):
            rows = [figures[name][0] if name in figures else 0 for figures in (first, second)]
            return f"{name} has {rows[0]:,} rows there and {rows[1]:,} here" if rows[0] != rows[1] else name
    return None


def _query(table: Table):  # type: ignore[no-untyped-def] # one of as many columns as the table has
    sums = []
    for column in table.c:
        kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
        if isinstance(kind, Boolean):
            sums.append(func.sum(cast(column, Integer)))
        elif isinstance(kind, Integer | BigInteger):
            sums.append(func.sum(cast(column, BigInteger) % _MODULUS))
        elif isinstance(kind, LargeBinary):
            sums.append(func.sum(func.length(column)))
        elif not isinstance(kind, Float):
            sums.append(func.sum(func.length(cast(column, Text))))
    return select(func.count(), *(func.coalesce(each, 0) for each in sums)).select_from(table)
