"""The version of a database's tables: reading, checking and upgrading it.

A version is the number of a step in migrations/versions. Alembic is imported only when a step has to run: it takes
longer to import than most commands run.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, text

from bot.errors import StoreOutdated

__all__ = ["current_version", "require_newest_version", "upgrade"]

_MIGRATIONS = Path(__file__).parent / "migrations"

_ADVISORY_LOCK = 4_205_318
"""Key of PostgreSQL's advisory lock around an upgrade; any number that nothing else of ours uses."""


def current_version(conn: Connection) -> str | None:
    """Return the version of the tables, or None for a database without tables."""
    if not conn.dialect.has_table(conn, "alembic_version"):
        return None
    version: str | None = conn.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return version


def require_newest_version(version: str | None, url: str) -> None:
    """Raise StoreOutdated, which says what to do, unless `version` is the newest.

    `url` has no password in it.
    """
    known = _versions()
    if version == known[-1]:
        return
    if version is None:
        raise StoreOutdated(
            f"the database {url} has no tables yet: run `gazette doctor --migrate` or start the bot once"
        )
    if version not in known:
        raise _too_new(url, version)
    raise StoreOutdated(
        f"the database {url} has the older schema {version}: stop other processes, then start the bot, which brings it "
        "up to date"
    )


def upgrade(conn: Connection, url: str) -> None:
    """Bring the tables to the newest version, in the connection's transaction.

    Two processes may do so at once. Raises StoreOutdated for a database that a newer version of the program wrote.
    """
    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ADVISORY_LOCK})
    version, known = current_version(conn), _versions()
    if version == known[-1]:
        return
    if version is not None and version not in known:
        raise _too_new(url, version)
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreOutdated(f"the database {url} can't be brought up to date: {error}") from error


def _versions() -> list[str]:
    """Return all versions, the newest last.

    A test holds the files' names to what Alembic reads in them.
    """
    return sorted(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


def _too_new(url: str, version: str) -> StoreOutdated:
    return StoreOutdated(
        f"the database {url} was written by a newer version of the program (schema {version}): "
        "install that version, or restore a backup that is older"
    )
