"""Errors of the databases' libraries, translated into ours, which say what to do.

A server names its reason by a code and a text. The code is looked at first, as the text may be in any language; while a
connection is made there is no code. No message contains a password.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import exc
from sqlalchemy.engine import URL

from bot.database_parameters import is_secret_parameter
from bot.errors import StoreDamaged, StoreError, StoreUnavailable
from bot.observability.redaction import SecretRedactor

__all__ = ["BUSY_SECONDS", "CONNECT_SECONDS", "damaged", "named_url", "shown_url", "translate_errors"]

BUSY_SECONDS = 10.0
"""Seconds that SQLite waits for another program's lock before it gives up, by judgement."""

_MESSAGE_LENGTH = 300
"""Characters of a library's message that are shown: enough for the reason, too few for a statement and its values."""

_OPENERS: Final = ("bot.store.database", "bot.store.driver_errors", "bot.store.postgres")
"""Modules between a library and those that read rows."""

CONNECT_SECONDS: Final = 10
"""Seconds that PostgreSQL has to answer when a connection is made, unless connect_timeout in DATABASE_URL says otherwise."""

_redact = SecretRedactor()
"""Removes passwords in addresses; the program's own are removed where its messages leave it."""

_SQLITE_WORDS = (
    ("is locked", "is held by another program for longer than {busy} seconds: stop that program, or wait"),
    ("is busy", "is held by another program for longer than {busy} seconds: stop that program, or wait"),
    ("disk is full", "has no room left: make room on its disk, then start again; nothing that was stored is lost"),
    ("readonly", "can't be written: allow writing to the file and its folder, or set DATABASE_URL to another place"),
    ("unable to open", "can't be opened: it has to be a file in a folder that you may write to; set DATABASE_URL"),
    ("disk i/o", "can't be read or written: its disk reports an error; check the disk, then restore a backup"),
)
_NO_VERSION = "has tables, but not the number of their version"
_SQLITE_DAMAGE = (
    ("not a database", "is no database, is encrypted or has a damaged beginning"),
    ("malformed", "is damaged"),
    ("could not decode", "is damaged: it holds text that is none"),
    ("unsupported file format", "is damaged, or was written by a program that is newer by far"),
    ("no such table", "lacks a table, which was deleted or lost"),
    ("no such column", "lacks a column, which was deleted or lost"),
    ("already exists", _NO_VERSION),
    ("corrupt", "is damaged"),
    ("database or disk image", "is damaged"),
)
_DENIED_CODE, _UNDEFINED_TABLE, _UNDEFINED_COLUMN, _DUPLICATE_TABLE = "42501", "42P01", "42703", "42P07"
_CONNECTION_CODES = ("08", "58", "XX")
"""Classes of codes by which servers and poolers report a lost connection; their texts say more."""

_REFUSED = "refuses the user name or password in DATABASE_URL"
_NO_CONNECTION_LEFT = (
    "has no connection left: lower store.pool, stop other programs, or raise max_connections (or the limit of the role or "
    "pooler)"
)
_STARTING = "is still starting or recovering: try again in a moment"
_STOPPING = "is shutting down: start it again"
_READ_ONLY = "can't be written: DATABASE_URL points at a standby or a read-only session"
_NO_ROOM = "has no room left on its disk: make room; nothing that was stored is lost"
_WITHOUT_TLS = "takes no connection without TLS: add sslmode=require to DATABASE_URL (…?sslmode=require)"
_ENCODING = (
    "can't hold this text, as its encoding is not UTF8: move the newsroom (gazette move) to one made with createdb "
    "--encoding UTF8 --template template0"
)
_POOLER = (
    "is behind a pooler that gives each transaction another connection: add pgbouncer=true to DATABASE_URL "
    "(…?pgbouncer=true)"
)

_POSTGRES_CODES: Final = {
    "28P01": _REFUSED,
    "28000": _REFUSED,
    "53300": _NO_CONNECTION_LEFT,
    "57P03": _STARTING,
    "57P01": _STOPPING,
    "57P02": _STOPPING,
    "25006": _READ_ONLY,
    "53100": _NO_ROOM,
    "22P05": _ENCODING,
    "26000": _POOLER,
    "42P05": _POOLER,
    "3F000": "finds no schema in the role's search_path: create that schema, or correct search_path (ALTER ROLE … SET)",
    "57014": "gave up a statement that took too long: try again when it has less to do",
    "25P03": "ended a transaction that was silent for too long",
    "55P03": "is locked by another program: try again in a moment",
}
"""SQLSTATE codes of PostgreSQL, and what to do."""

_POSTGRES_DAMAGE = (
    (r"invalid page", "is damaged"),
    (r"could not read block", "is damaged"),
    (r"invalid byte sequence", "is damaged: it holds text that is none"),
)

_POSTGRES_WORDS: Final = (
    # what the server says while a connection is made
    (r"pg_hba\.conf (?:entry|rejects) .*(?:no encryption|SSL off)", _WITHOUT_TLS + ", or allow it in pg_hba.conf"),
    (r"SSL (?:connection is )?required|insecure connection", _WITHOUT_TLS),
    (
        r"pg_hba\.conf",
        "doesn't let the role {role} in from this machine: add a line for it to the server's pg_hba.conf, or to the "
        "addresses that your host allows",
    ),
    (r"is not permitted to log in", "has a role {role} that may not log in: ALTER ROLE {role} LOGIN"),
    (
        r"permission denied for database",
        "doesn't let the role {role} connect: as its owner, run GRANT CONNECT ON DATABASE {name} TO {role}",
    ),
    (
        r"not currently accepting connections",
        "takes no connections: as a superuser, run ALTER DATABASE … ALLOW_CONNECTIONS",
    ),
    (
        r'database ".*" does not exist|no such database',
        "is not on that server: create it (createdb), or correct its name in DATABASE_URL",
    ),
    (
        r"too many (?:clients|connections)|remaining connection slots|no more connections allowed|max clients",
        _NO_CONNECTION_LEFT,
    ),
    (r"[Hh]ot standby mode is disabled", "is a standby that takes no connections: use the address of the primary"),
    (r"starting up|not yet accepting|in recovery mode|recovery state", _STARTING),
    (r"shutting down|administrator command", _STOPPING),
    (r"read-only", _READ_ONLY),
    (r"no space left|disk full", _NO_ROOM),
    # TLS
    (
        r"server does not support SSL",
        "has no TLS, which DATABASE_URL asks for: turn it on (ssl = on), or set sslmode=disable where you trust the network",
    ),
    (
        r"root certificate file .* does not exist",
        "can't be verified, as there is no root certificate: add sslrootcert=/path/to/ca.crt to DATABASE_URL, or "
        "sslrootcert=system for a certificate of a public authority",
    ),
    (
        r"could not read root certificate file",
        "can't be verified, as the file of sslrootcert holds no certificate: give the provider's root certificate",
    ),
    (
        r"certificate verify failed",
        "has a certificate that nothing in sslrootcert vouches for, or one that has expired: give the provider's root "
        "certificate as sslrootcert",
    ),
    (
        r"server certificate for .* does not match host name",
        "has a certificate for another host name: write the host in DATABASE_URL as the certificate has it",
    ),
    (r"channel binding", "offers no channel binding, which DATABASE_URL asks for: remove channel_binding from it"),
    (
        r"invalid response to SSL negotiation|expected authentication request",
        "is none: something other than PostgreSQL answers there; correct host and port in DATABASE_URL",
    ),
    # poolers
    (
        r"unsupported startup parameter(?: in options)?: (?P<what>\w+)",
        "is behind a pooler that doesn't take {what}: remove it from DATABASE_URL (a search_path can be set by ALTER "
        "ROLE … SET), or add it to the pooler's ignore_startup_parameters",
    ),
    (r'prepared statement ".*" (?:does not exist|already exists)', _POOLER),
    (
        r"query_wait_timeout|server_login_retry|bouncer config error|pgbouncer cannot connect|server login (?:has been )?fail|server conn crashed",
        "is behind a pooler that can't reach it: look at the pooler's log",
    ),
    # who may come in
    (
        r"authentication failed|auth failed|no password supplied|password (?:expired|required)|no such user|"
        r"Tenant or user not found|Endpoint ID is not specified",
        _REFUSED,
    ),
    (r'role ".*" does not exist', _REFUSED),
    # the way there
    (
        r"(?:failed to resolve host|could not translate host name) ['\"](?P<what>[^'\"]*)",
        "can't be reached, as no host {what} is known: correct it in DATABASE_URL",
    ),
    (
        r"timeout expired",
        "can't be reached: it didn't answer within {timeout} seconds; is a firewall in between, and is DATABASE_URL right?",
    ),
)
"""Signs in messages, and what to do; the first that is found counts."""

_DENIED = re.compile(r'permission denied for (?P<kind>\w+) "?(?P<what>[^"\n]*?)"?\s*$', re.MULTILINE)
_ATTEMPT = re.compile(r"connection to server (?:at|on) .*? failed: ")
"""What libpq writes before the reason: the host's name, which might look like one."""
_IDENTIFIER = re.compile(r"[a-z_][a-z0-9_$]*")


@contextmanager
def translate_errors(url: URL) -> Iterator[None]:
    """Raise what the libraries raise inside as StoreError, with what to do about it."""
    try:
        yield
    except exc.TimeoutError as error:
        raise StoreUnavailable(f"{named_url(url)} has no free connection for 30 seconds: raise store.pool") from error
    except exc.DBAPIError as error:
        raise _in_words(
            url,
            str(error.orig),
            code=getattr(error.orig, "sqlstate", None),
            connection=error.connection_invalidated or _is_operational(error),
        ) from error
    except exc.SQLAlchemyError as error:
        raise StoreError(f"{named_url(url)}: {_first_line(str(error))}") from error
    except sqlite3.Error as error:
        raise _in_words(url, str(error), connection=True) from error
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as error:
        if not _is_about_rows(error):
            raise
        problem = f"{type(error).__name__}: {_first_line(str(error))}"
        raise damaged(url, f"holds a value that can't be understood ({problem})") from error


def _is_about_rows(error: Exception) -> bool:
    """Return whether an error comes from the values of rows: from a module that reads them."""
    modules = []
    traceback = error.__traceback__
    while traceback is not None:
        modules.append(str(traceback.tb_frame.f_globals.get("__name__", "")))
        traceback = traceback.tb_next
    ours = [name for name in modules if name.startswith("bot.") and name not in _OPENERS]
    return bool(ours) and ours[-1].startswith(("bot.store.", "bot.newsroom."))


def damaged(url: URL, problem: str) -> StoreDamaged:
    """Return the error for damage that was found, which says what to do."""
    repair = "restore a backup (gazette restore FILE --replace)"
    if url.get_backend_name() == "sqlite":
        repair = f"run gazette doctor --repair, or {repair}"
    return StoreDamaged(f"{named_url(url)} {problem}: {repair}")


def _is_operational(error: exc.DBAPIError) -> bool:
    return isinstance(error, exc.OperationalError | exc.InterfaceError)


def _in_words(url: URL, message: str, *, connection: bool, code: str | None = None) -> StoreError:
    if url.get_backend_name() == "sqlite":
        return _sqlite_in_words(url, message, connection=connection)
    if code == _DENIED_CODE:
        return StoreUnavailable(f"{named_url(url)} {_describe_denial(url, message)}")
    if code in (_UNDEFINED_TABLE, _UNDEFINED_COLUMN):
        lost = "table" if code == _UNDEFINED_TABLE else "column"
        return damaged(url, f"lacks a {lost}, which was deleted or lost")
    if code == _DUPLICATE_TABLE:
        return damaged(url, _NO_VERSION)
    if code in _POSTGRES_CODES:
        return StoreUnavailable(f"{named_url(url)} {_POSTGRES_CODES[code]}")
    for sign, words in _POSTGRES_DAMAGE:
        if not connection and re.search(sign, message):
            return damaged(url, words)
    reason = _ATTEMPT.sub("", message)
    for sign, words in _POSTGRES_WORDS if code is None or code.startswith(_CONNECTION_CODES) else ():
        if found := re.search(sign, reason, re.IGNORECASE):
            facts = {name: value for name, value in found.groupdict().items() if value is not None}
            words = words.format(
                role=_quoted(url.username),
                name=_quoted(url.database),
                timeout=url.query.get("connect_timeout", CONNECT_SECONDS),
                **facts,
            )
            return StoreUnavailable(f"{named_url(url)} {words}")
    detail = _first_line(message)
    if not connection:
        return StoreError(f"{named_url(url)}: {detail}")
    return StoreUnavailable(f"{named_url(url)} can't be reached: {detail}; is it running, and is DATABASE_URL right?")


def _sqlite_in_words(url: URL, message: str, *, connection: bool) -> StoreError:
    lowered = message.lower()
    for sign, words in _SQLITE_DAMAGE:
        if sign in lowered:
            return damaged(url, words)
    for sign, words in _SQLITE_WORDS:
        if sign in lowered:
            return StoreUnavailable(f"{named_url(url)} {words.format(busy=round(BUSY_SECONDS))}")
    detail = _first_line(message)
    if connection:
        return StoreUnavailable(f"{named_url(url)} can't be used: {detail}")
    return StoreError(f"{named_url(url)}: {detail}")


def _describe_denial(url: URL, message: str) -> str:
    """Return which right the role lacks, and the statement that grants it."""
    role = _quoted(url.username)
    found = _DENIED.search(message)
    kind, what = (found["kind"], found["what"]) if found is not None else ("", "")
    if kind == "schema":
        return (
            f"doesn't let the role {role} create tables in the schema {what}: as the database's owner, run GRANT USAGE, CREATE ON "
            f"SCHEMA {_quoted(what)} TO {role}"
        )
    if kind in ("table", "relation", "sequence", "view"):
        return (
            f"doesn't let the role {role} use its {kind} {what}: as their owner, run GRANT SELECT, INSERT, UPDATE, DELETE ON "
            f"ALL TABLES IN SCHEMA public TO {role}, and GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}"
        )
    if "must be owner" in message:
        return f"doesn't let the role {role} change its tables: run gazette migrate once with the role that owns them"
    return f"refuses the role {role} a right ({_first_line(message)}): use the role that owns the database, or grant it"


def _quoted(identifier: str | None) -> str:
    """Return an identifier as SQL has it; three dots for one that the address leaves out."""
    if not identifier or _IDENTIFIER.fullmatch(identifier):
        return identifier or "…"
    return '"' + identifier.replace('"', '""') + '"'


def named_url(url: URL) -> str:
    """Return the database as messages name it."""
    return f"the database {shown_url(url)}"


def shown_url(url: URL) -> str:
    """Return an address as an operator writes it, without driver and passwords."""
    secret = [name for name in url.query if is_secret_parameter(name)]
    return (
        url.set(drivername=url.get_backend_name()).difference_update_query(secret).render_as_string(hide_password=True)
    )


def _first_line(message: str) -> str:
    """Return the library's first line, without passwords and shortened."""
    return _redact(message.strip().partition("\n")[0])[:_MESSAGE_LENGTH]
