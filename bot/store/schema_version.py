"""The version of a database's tables: reading, checking and upgrading it.

A version is the number of a step in migrations/versions. Alembic is imported only when a step has to run: it takes
longer to import than most commands run. A database says which programs can use it, so that the one before an upgrade
still works after it; for older programs, which don't look, the database can be labelled with the version they know.
"""

from __future__ import annotations

import time
from pathlib import Path

import orjson
from sqlalchemy import Connection, text

from bot.errors import InputInvalid, StoreOutdated
from bot.store.postgres import refuse_encoding
from bot.store.schema import metadata

__all__ = ["current_version", "drop_tables", "is_newer", "label_as", "record_facts", "require_usable", "upgrade"]

_MIGRATIONS = Path(__file__).parent / "migrations"

COMPATIBLE_FROM = "0013"
"""Oldest version whose program works on the newest tables; raised by the step that contracts, not by one that expands."""

_COMPATIBLE_KEY = "schema:compatible-from"
_TABLES_KEY = "schema:tables"
_VERSION_KEY = "schema:version"
"""Names in `meta`: the oldest program, the tables there are, and the version while the tables are labelled otherwise."""

_WORDS_TABLE = "story_words"
"""The full-text index, which is none of the described tables."""

_ADVISORY_LOCK = 4_205_318
"""Key of PostgreSQL's advisory lock around an upgrade; any number that nothing else of ours uses."""


def current_version(conn: Connection) -> str | None:
    """Return the version of the tables, or None for a database without tables."""
    if not conn.dialect.has_table(conn, "alembic_version"):
        return None
    version: str | None = conn.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return version


def is_newer(conn: Connection) -> bool:
    """Return whether a newer version of the program wrote the tables."""
    version = current_version(conn)
    return version is not None and version not in _versions()


def require_usable(conn: Connection, url: str) -> None:
    """Raise StoreOutdated, which says what to do, unless this program can use the tables.

    They are the newest ones that it knows, or newer ones that say that it can use them. `url` has no password in it.
    """
    version, known = current_version(conn), _versions()
    if version == known[-1]:
        return
    if version is None:
        raise StoreOutdated(
            f"the database {url} has no tables yet: run `gazette doctor --migrate` or start the bot once"
        )
    if version not in known:
        _refuse_too_new(conn, url, version)
        return
    raise StoreOutdated(
        f"the database {url} has the older schema {version}: stop other processes, then start the bot, which brings it "
        "up to date"
    )


def upgrade(conn: Connection, url: str) -> bool:
    """Bring the tables to the newest version, in the connection's transaction.

    Returns True if there were none.

    Two processes may do so at once. Newer tables that say that this program can use them stay as they are. Raises
    StoreOutdated for others.
    """
    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ADVISORY_LOCK})
    version, known = current_version(conn), _versions()
    if version == known[-1]:
        return False
    version = _remove_label(conn, version)
    if version is not None and version not in known:
        _refuse_too_new(conn, url, version)
        return False
    if version == known[-1]:
        return False
    is_new = version is None
    if is_new and conn.dialect.name == "postgresql":
        refuse_encoding(conn, url)
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreOutdated(f"the database {url} can't be brought up to date: {error}") from error
    record_facts(conn)
    return is_new


def record_facts(conn: Connection) -> None:
    """Record what programs of other versions have to know of the newest tables."""
    _set(conn, _COMPATIBLE_KEY, COMPATIBLE_FROM)
    _set(conn, _TABLES_KEY, orjson.dumps(sorted([*metadata.tables, _WORDS_TABLE])).decode())
    conn.execute(text("DELETE FROM meta WHERE name = :name"), {"name": _VERSION_KEY})


def label_as(conn: Connection, version: str) -> None:
    """Label the newest tables with an older version, whose program then opens them.

    The next `upgrade` by a program that knows the newest removes the label; nothing else is changed. Raises
    InputInvalid for a version that there is none of. The programs of 0001, 0002 and 0008 were tried on those of 0013.
    """
    known = _versions()
    if version not in known:
        raise InputInvalid(f"there is no schema {version}: it is one of {', '.join(known)}")
    _set(conn, _VERSION_KEY, known[-1])
    conn.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})


def drop_tables(conn: Connection) -> None:
    """Drop all tables of the program, also those that only a newer version knows."""
    ours = [str(table.name) for table in reversed(metadata.sorted_tables)]
    listed = orjson.loads(_get(conn, _TABLES_KEY) or "[]")
    cascade = " CASCADE" if conn.dialect.name == "postgresql" else ""
    for name in [*(each for each in listed if each not in ours), _WORDS_TABLE, *ours, "alembic_version"]:
        quoted = conn.dialect.identifier_preparer.quote_identifier(str(name))
        conn.execute(text(f"DROP TABLE IF EXISTS {quoted}{cascade}"))


def _remove_label(conn: Connection, version: str | None) -> str | None:
    """Give tables that are labelled with an older version their own again; return it."""
    own = _get(conn, _VERSION_KEY) if version is not None else None
    if own is None:
        return version
    conn.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": own})
    conn.execute(text("DELETE FROM meta WHERE name = :name"), {"name": _VERSION_KEY})
    return own


def _get(conn: Connection, name: str) -> str | None:
    value: str | None = conn.execute(text("SELECT value FROM meta WHERE name = :name"), {"name": name}).scalar()
    return value


def _set(conn: Connection, name: str, value: str) -> None:
    conn.execute(
        text(
            "INSERT INTO meta (name, value, changed_at) VALUES (:name, :value, :at)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at"
        ),
        {"name": name, "value": value, "at": time.time_ns() // 1000},
    )


def _versions() -> list[str]:
    """Return all versions, the newest last.

    A test holds the files' names to what Alembic reads in them.
    """
    return sorted(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


def _refuse_too_new(conn: Connection, url: str, version: str) -> None:
    """Raise StoreOutdated for newer tables, unless they say that this program can use them."""
    compatible_from = _get(conn, _COMPATIBLE_KEY)
    if compatible_from is not None and compatible_from <= _versions()[-1]:
        return
    raise StoreOutdated(
        f"the database {url} was written by a newer version of the program (schema {version}): install that version, "
        "or restore a backup that this version can read (gazette restore FILE --replace)"
    )
