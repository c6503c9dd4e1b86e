"""How is a row written that may be there already? The one statement that SQLAlchemy spells per database."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

if TYPE_CHECKING:
    from sqlalchemy.dialects.sqlite import Insert

__all__ = ["upsert"]


def upsert(where: AsyncConnection | str, table: Table) -> Insert:
    """An INSERT with `on_conflict_do_update` and `on_conflict_do_nothing`, in the dialect of a connection or so named."""
    dialect = where if isinstance(where, str) else where.dialect.name
    if dialect == "sqlite":
        return sqlite.insert(table)
    # PostgreSQL's class has the same methods; only the name of their classes differs.
    return cast("Insert", postgresql.insert(table))
