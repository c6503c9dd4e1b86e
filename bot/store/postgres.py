"""Connections to PostgreSQL as people have it: over TLS, through poolers, of any version.

A pooler (pgbouncer and the like) may give each transaction another connection to the server. Whatever outlives a transaction
is then lost, or, worse, meets another program: prepared statements, SET, locks of the session. Nothing here locks by
session. A pooler is recognised by its answer: the server's process has another number than it said.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, event, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.database_parameters import POOLER
from bot.errors import StoreUnavailable
from bot.store.driver_errors import CONNECT_SECONDS, named_url

__all__ = ["Server", "adapt_url", "connection_options", "describe_server", "prepare_engine", "refuse_encoding"]

OLDEST_VERSION: Final = 12
"""Oldest major version of PostgreSQL; the tests run on 15, 16 and 18."""

IDLE_TRANSACTION_SECONDS = 10
"""Seconds for which PostgreSQL keeps a transaction whose client says nothing.

A process that is frozen holds the rows it was changing; after this, others get them. Shorter than the lease of 15 s, and
far longer than the milliseconds between two statements of ours.
"""

STATEMENT_SECONDS = 300
"""Seconds after which PostgreSQL gives up a statement: the slowest over a million stories take some seconds."""

_CONNECTION: Final = {
    "connect_timeout": CONNECT_SECONDS,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "application_name": "gazette",
}
"""libpq's options that DATABASE_URL may override.

A silent connection is lost 30 seconds after its other end vanished (15 s, then three questions, 5 s apart); one whose
sent bytes nobody confirms, which keepalives don't watch, after as long, in milliseconds.
"""

_AUTHORITIES: Final = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
"""Where Linux distributions and macOS keep the root certificates of public authorities."""

_POOLED: Final = "gazette_pooled"
"""In the facts of a connection: a pooler is in between."""


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL server and the rights that the role has there.

    `is_local` says that the connection goes over no network. `foreign_tables` counts those that the role doesn't own.
    `clock_offset_seconds` is how far the server's clock is ahead of this machine's.
    """

    version: str
    encoding: str
    role: str
    schema: str | None
    may_create: bool
    foreign_tables: int
    has_tls: bool
    is_local: bool
    is_pooled: bool
    connections: int
    max_connections: int
    clock_offset_seconds: float


def adapt_url(url: URL) -> URL:
    """Return an address with what libpq takes, on this machine."""
    url = url.difference_update_query([POOLER])
    if url.query.get("sslrootcert") == "system":
        # The driver's wheel brings an OpenSSL of its own, which doesn't know where this machine keeps them.
        files = (ssl.get_default_verify_paths().cafile, *_AUTHORITIES)
        found = next((each for each in files if each is not None and Path(each).is_file()), None)
        if found is not None:
            url = url.update_query_dict({"sslrootcert": found, "sslmode": "verify-full"})
    return url


def connection_options(url: URL) -> dict[str, Any]:
    """Return libpq's options for connections to `url`."""
    options = {name: value for name, value in _CONNECTION.items() if name not in url.query}
    return {**options, "client_encoding": "utf8"}  # whatever the server's encoding or PGCLIENTENCODING


def prepare_engine(engine: AsyncEngine, url: URL) -> None:
    """Bound what connections of an engine can hold up, and use poolers as they have to be used."""
    declared = POOLER in url.query

    def prepare(connection: Any, record: Any) -> None:
        _refuse_version(url, connection.info.server_version)
        cursor = connection.cursor()
        cursor.execute("SELECT pg_backend_pid()")
        pooled = declared or cursor.fetchone()[0] != connection.info.backend_pid
        record.info[_POOLED] = pooled
        if pooled:
            connection.driver_connection.prepare_threshold = None
        else:
            cursor.execute(_limits("SET"))
        cursor.close()
        connection.commit()  # a rollback would undo the settings

    event.listen(engine.sync_engine, "connect", prepare, insert=True)
    event.listen(engine.sync_engine, "begin", _begin)


def _limits(command: str) -> str:
    """Return the settings as statements.

    As the connection's options pgbouncer would refuse them.
    """
    return (
        f"{command} idle_in_transaction_session_timeout = '{IDLE_TRANSACTION_SECONDS}s'; "
        f"{command} statement_timeout = '{STATEMENT_SECONDS}s'"
    )


def _begin(connection: Connection) -> None:
    if connection.info.get(_POOLED):
        connection.exec_driver_sql(_limits("SET LOCAL"))


def _refuse_version(url: URL, number: int) -> None:
    """Raise StoreUnavailable for a server that is too old; `number` is as libpq has it."""
    major, minor = number // 10_000, number % 10_000
    if major < OLDEST_VERSION:
        version = f"9.{minor // 100}" if major == 9 else f"{major}.{minor}"  # 9.6.3 was 90603, 10.3 was 100003
        raise StoreUnavailable(
            f"{named_url(url)} is PostgreSQL {version}, and the program needs {OLDEST_VERSION} or newer: upgrade the server"
        )


def refuse_encoding(conn: Connection, url: str) -> None:
    """Raise StoreUnavailable if new tables couldn't hold texts in all languages."""
    encoding = _encoding_of(conn)
    if encoding != "UTF8":
        raise StoreUnavailable(
            f"the database {url} has the encoding {encoding}, and the program needs UTF8: create another one with createdb "
            "--encoding UTF8 --template template0 NAME, and set DATABASE_URL to it"
        )


def _encoding_of(conn: Connection) -> str:
    return str(conn.execute(text("SHOW server_encoding")).scalar_one())


async def describe_server(conn: AsyncConnection, now: datetime) -> Server:
    """Return what the server says of itself and of the role; `now` is this machine's time."""
    row = (await conn.execute(_SERVER)).one()
    raw = await conn.get_raw_connection()
    driver: Any = raw.driver_connection
    return Server(
        version=row.version.partition(" ")[0],
        encoding=row.encoding,
        role=row.role,
        schema=row.schema,
        may_create=bool(row.may_create),
        foreign_tables=row.foreign_tables,
        has_tls=bool(driver.pgconn.ssl_in_use),
        is_local=driver.info.host.startswith(("/", "@")) or driver.info.hostaddr in ("127.0.0.1", "::1"),
        is_pooled=bool(raw.info.get(_POOLED)),
        connections=row.connections,
        max_connections=row.max_connections,
        clock_offset_seconds=(row.at.astimezone(UTC) - now).total_seconds(),
    )


_SERVER: Final = text(
    """
    SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding,
           current_user AS role, current_schema() AS schema,
           has_schema_privilege(current_schema(), 'CREATE') AS may_create,
           (SELECT count(*) FROM pg_class AS tables
             WHERE tables.relnamespace = to_regnamespace(quote_ident(current_schema())) AND tables.relkind = 'r'
               AND NOT pg_has_role(tables.relowner, 'USAGE')) AS foreign_tables,
           (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend') AS connections,
           current_setting('max_connections')::int AS max_connections,
           clock_timestamp() AS at
    """
)
"""Tables of other owners count as far as an upgrade would have to change them: those of the schema that is used."""
