"""Addresses of databases as people type them: read, checked and brought into one form.

Passwords are taken as they are, with or without percent signs for their special characters. What hosts write for other
programs (`ssl=true`, `pgbouncer=true`, `connection_limit=1`) is translated or left out. A value that is neither an
address nor certainly a path is refused, without its password in the message: a mistyped address would otherwise
become an empty database in a file of that name.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote, urlencode

import platformdirs

from bot.database_parameters import is_secret_parameter, split_parameters, translate_parameters
from bot.errors import SettingsInvalid

__all__ = ["normalize_database_url", "secrets_of_database_url"]

_SUFFIXES: Final = frozenset({".sqlite3", ".sqlite", ".db", ".db3"})
"""Endings by which a value without folders is known to be a file."""

_POSTGRES: Final = ("postgres", "postgresql")
_SQLITE: Final = ("sqlite", "sqlite3")
_HELP: Final = "write sqlite:///path/to/file or postgresql://user:password@host/name"

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9]*)(\+[A-Za-z0-9_]+)?:(/*)")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_HOST = r"(?:\[[0-9A-Fa-f:.%]+\]|[A-Za-z0-9._%~-]*)(?::\d{1,5})?"
_PLACE = rf"(?P<hosts>{_HOST}(?:,{_HOST})*)(?:/(?P<name>[^/?#@\s]*))?(?:\?(?P<query>[^#\s]*))?"
_LEGAL = re.compile(rf"(?:(?P<user>[^:/?#@\s]*)(?::(?P<password>[^/?#@\s]*))?@)?{_PLACE}")
_PLACE_ONLY = re.compile(_PLACE)
_CREDENTIALS = re.compile(r"^/*[^/\s]*:.*@|[^/]*:[^/]*@", re.DOTALL)
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class _PostgresAddress:
    """The parts of a PostgreSQL address; user and password are decoded, the rest is as typed."""

    user: str
    password: str | None
    hosts: str
    name: str
    query: str

    def render(self) -> str:
        """Return the address in SQLAlchemy's form.

        Raises SettingsInvalid for parameters that there are none of.
        """
        credentials = quote(self.user, safe="")
        if self.password is not None:
            credentials += f":{quote(self.password, safe='')}"
        parameters, hosts = translate_parameters(split_parameters(self.query)), self.hosts
        if "," in hosts or "%2f" in hosts.lower():  # SQLAlchemy takes several hosts and sockets as parameters only
            parameters, hosts = {**_host_parameters(hosts), **parameters}, ""
        place = f"{credentials}@{hosts}" if credentials else hosts
        name = f"/{self.name}" if self.name or parameters else ""
        query = urlencode(parameters, quote_via=quote, safe="/,")
        return f"postgresql+psycopg://{place}{name}" + (f"?{query}" if query else "")


def normalize_database_url(url: str) -> str:
    """Return SQLAlchemy's form of an address.

    It is sqlite:///path, a path, postgresql://… or postgres://…. A path is absolute, begins with a dot or ~, ends like a
    database (.sqlite3, .sqlite, .db) or is that of a file that exists. An empty address becomes gazette.sqlite3 in the user's data folder. Raises SettingsInvalid
    for anything else, with a message that says what to write and repeats nothing that may be a password.
    """
    url = url.strip()
    if not url:
        folder = Path(platformdirs.user_data_dir("gazette", appauthor=False))
        return f"sqlite+aiosqlite:///{folder / 'gazette.sqlite3'}"
    if _CONTROL_CHARACTERS.search(url) or "\x00" in unquote(url):
        raise _refusal("contains a line break, %00 or another control character")
    if url[0] in "\"'`" or url[-1] in "\"'`":
        raise _refusal("has quotation marks around it: leave them out")
    match = _SCHEME.match(url)
    if match is None or _DRIVE.match(url):
        return _sqlite(url)
    scheme, slashes, rest = match[1].lower(), match[3], url[match.end() :]
    if scheme in _POSTGRES:
        if len(slashes) not in (2, 3):
            raise _refusal(f"has to begin with {scheme}://")
        return _read_postgres("/" * (len(slashes) - 2) + rest).render()
    if scheme in _SQLITE:
        if len(slashes) < 2:
            raise _refusal(f"has to begin with {scheme}:///, or {scheme}://// for a path from the root")
        return _sqlite("/" * max(len(slashes) - 3, 0) + rest, named=len(slashes) >= 3)
    known = difflib.get_close_matches(scheme, (*_POSTGRES, *_SQLITE), n=1)
    if known:
        raise _refusal(f"begins with {scheme}:, which is no kind of database (did you mean {known[0]}://?)")
    if len(slashes) >= 2:
        raise SettingsInvalid(f"DATABASE_URL (store.url): {scheme}: databases are not supported; {_HELP}")
    raise _refusal("is neither the address of a database nor the path of a file")


def secrets_of_database_url(url: str) -> tuple[str, ...]:
    """Return what of an address must never be shown.

    That is its passwords, and all of an address that can't be read.
    """
    url = url.strip().strip("\"'`")
    match = _SCHEME.match(url)
    if match is None or match[1].lower() not in _POSTGRES or len(match[3]) < 2:
        behind_scheme = re.sub(r"\A[\w+.-]*:?//+", "", url)
        passwords = [
            found[1]
            for text, colon in ((url, ":(?!/)"), (behind_scheme, ":"))
            for each in ("*", "*?")
            if (found := re.search(rf"{colon}(.{each})@", text, re.DOTALL)) and found[1]
        ]
        return (url, *passwords) if passwords else ()
    try:
        read = _read_postgres("/" * (len(match[3]) - 2) + url[match.end() :])
    except SettingsInvalid:
        return (url, url[match.end() :])
    secrets = [value for name, value in split_parameters(read.query) if is_secret_parameter(name)]
    if read.password:
        secrets += [read.password, url]
        if read.password in (read.user, read.name):  # not worth hiding, and a word that is in many lines
            secrets = [url]
    return tuple(secrets)


def _host_parameters(hosts: str) -> dict[str, str]:
    """Return hosts with their ports as parameters of libpq: lists of the same length."""
    names, ports = [], []
    for each in hosts.split(","):
        host, colon, port = each.rpartition(":") if re.search(r":\d+$", each) else (each, "", "")
        names.append(unquote(host).strip("[]"))
        ports.append(port if colon else "")
    return {"host": ",".join(names)} | ({"port": ",".join(ports)} if any(ports) else {})


def _read_postgres(rest: str) -> _PostgresAddress:
    """Read what follows the scheme. Raises SettingsInvalid.

    An address that isn't legal has special characters in its password: that ends at the last @ that a host follows.
    """
    legal = _LEGAL.fullmatch(rest)
    if legal is not None and "@" not in (legal["query"] or ""):
        return _postgres_address(legal["user"] or "", legal["password"], legal)
    end = len(rest)
    while (end := rest.rfind("@", 0, end)) >= 0:
        place = _PLACE_ONLY.fullmatch(rest, end + 1)
        # In a legal address this @ may be one of a parameter, which no host and database follow.
        if place is not None and (legal is None or place["name"]):
            user, colon, password = rest[:end].partition(":")
            return _postgres_address(user, password if colon else None, place)
    if legal is not None:
        return _postgres_address(legal["user"] or "", legal["password"], legal)
    raise _refusal(
        "can't be read; a port has to be a number, and in user name and password, write special characters as %40 for @, %3A for :, %2F for /, %23 "
        "for #, %3F for ?, %25 for % and %20 for a blank"
    )


def _postgres_address(user: str, password: str | None, place: re.Match[str]) -> _PostgresAddress:
    ports = re.findall(r":(\d+)(?:,|$)", place["hosts"])
    if any(int(port) > 65535 for port in ports):
        raise _refusal("has a port above 65535")
    decoded = None if password is None else unquote(password)
    return _PostgresAddress(unquote(user), decoded, place["hosts"], place["name"] or "", place["query"] or "")


def _sqlite(path: str, *, named: bool = False) -> str:
    """Return the address of a SQLite file; `named` says that the value called itself one.

    Raises SettingsInvalid for what looks like a mistyped address.
    """
    if not path:
        raise _refusal("names no file")
    if path != ":memory:" and not _DRIVE.match(path):
        if path.startswith("//") and not named:
            raise _refusal("begins with //, without a kind of database")
        if _CREDENTIALS.search(path) or "://" in path or "//" in path.lstrip("/"):
            raise _refusal("looks like an address, but its beginning is mistyped")
        if not named and not _is_path(path):
            raise _refusal("is neither the address of a database nor the path of a file")
    return f"sqlite+aiosqlite:///{Path(path).expanduser() if path.startswith('~') else path}"


def _is_path(text: str) -> bool:
    """Return whether a value without a scheme can only be meant as a file."""
    if (
        text == ":memory:"
        or Path(text).suffix.lower() in _SUFFIXES
        or text.startswith(("/", "./", "../", ".\\", "..\\", "~"))
    ):
        return True
    try:
        return Path(text).is_file()
    except OSError:
        return False


def _refusal(problem: str) -> SettingsInvalid:
    return SettingsInvalid(f"DATABASE_URL (store.url) {problem}; {_HELP}")
