"""`gazette doctor` looks at a newsroom of several processes on either database."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.app import open_intake, open_newsroom
from bot.cli.finding import Finding
from bot.cli.health import check_installation
from bot.cli.process_health import check_server
from bot.cluster.leader import Leadership
from bot.cluster.lease_clock import LeaseClock
from bot.cluster.shard_presence import present_with_shards
from bot.runtime import parse_shards
from bot.settings import Settings, load_settings
from bot.store import moved, postgres
from bot.store.database import Store
from tests.databases import database_name
from tests.postgres_servers import ConfiguredServer, TransactionPooler, configured_server

LENGTH = timedelta(seconds=15)
HARBOUR = """\
Japan's coast guard will send two more ships to Nagasaki after fishermen reported strangers in their waters, the \
government in Tokyo said on Monday. The ships carry forty sailors each. They will stay until the autumn storms are over.
"""


def present() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """The settings of an operator, with an empty seeds folder."""
    (tmp_path / "seeds").mkdir()
    return _settings(database_url, tmp_path)


def _settings(url: str, tmp_path: Path) -> Settings:
    return load_settings({"DATABASE_URL": url, "GAZETTE_SEEDS": str(tmp_path / "seeds")}, config=None)


async def _find(settings: Settings, what: str, *, migrate: bool = False) -> list[Finding]:
    return [each async for each in check_installation(settings, migrate=migrate) if each.what == what]


@pytest_asyncio.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as opened:
        yield opened


def _lease_clock(store: Store) -> LeaseClock:
    return LeaseClock(present, by_server=not store.is_sqlite)


async def _hold(stack: AsyncExitStack, store: Store, job: str) -> None:
    leadership = Leadership(store, job, length=LENGTH, clock=_lease_clock(store))
    await stack.enter_async_context(leadership)
    assert await leadership.acquire()


async def _run_bot(stack: AsyncExitStack, store: Store, shards: str) -> None:
    clock = _lease_clock(store)
    await stack.enter_async_context(
        present_with_shards(store, parse_shards(shards), length=LENGTH, clock=clock, now=present)
    )


@pytest.mark.parametrize(
    ("shards", "level", "words"),
    [
        (["0-0/2", "1-1/2"], "ok", "shards 1-1/2 on"),
        (["0-0/2"], "warning", "no bot holds 1-1/2"),
        (["", ""], "warning", "each gets the same commands"),
        (["0-1/4", "1-2/4"], "warning", "no bot holds 3-3/4"),
        (["0-1/4", "1-2/4"], "warning", "each gets the same commands"),
    ],
)
async def test_shards_that_overlap_or_are_missing_are_named(
    settings: Settings, store: Store, stack: AsyncExitStack, shards: list[str], level: str, words: str
) -> None:
    for each in shards:
        await _run_bot(stack, store, each)
    found = await _find(settings, "shards")
    assert [each for each in found if each.level == level and words in each.says], found


async def test_each_process_is_named_with_what_it_does(settings: Settings, store: Store, stack: AsyncExitStack) -> None:
    assert [each.says for each in await _find(settings, "processes")] == ["none uses the database now"]
    await _run_bot(stack, store, "")
    assert [each.level for each in await _find(settings, "intake")] == ["warning"]
    await _hold(stack, store, "intake")
    assert await _find(settings, "intake") == []
    (finding,) = await _find(settings, "processes")
    assert f"process {os.getpid()} on" in finding.says
    assert "(answering, reading)" in finding.says


async def test_another_seeds_folder_than_the_database_s_is_named(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "harbour.txt").write_text(HARBOUR, "utf-8")
    intake = settings.intake.model_copy(update={"seeds": tmp_path / "theirs", "quiet_seconds": 0})
    theirs = settings.model_copy(update={"intake": intake})
    async with open_newsroom(theirs) as newsroom, open_intake(newsroom) as reading:
        await reading.scan()
    assert [each.level for each in await _find(theirs, "seeds folder")] == ["ok"]
    assert [each.level for each in await _find(settings, "seeds folder")] == ["ok", "warning"]


async def test_a_newsroom_that_was_moved_says_where(settings: Settings, store: Store) -> None:
    async with store.writing() as conn:
        await moved.set_mark(conn, store.url, "postgresql://elsewhere/news", present())
    (finding,) = await _find(settings, "moved")
    assert finding.level == "error"
    assert "postgresql://elsewhere/news" in finding.says


def test_a_new_database_is_named_as_one(tmp_path: Path) -> None:
    import asyncio

    (tmp_path / "seeds").mkdir()
    settings = _settings(f"sqlite:///{tmp_path / 'mine.sqlite3'}", tmp_path)
    (finding,) = asyncio.run(_find(settings, "database"))
    assert finding.level == "error"
    assert "there is none at" in finding.says
    assert not (tmp_path / "mine.sqlite3").exists()
    made, ready = asyncio.run(_find(settings, "database", migrate=True))
    assert "made a new, empty database" in made.says
    assert ready.level == "ok"
    assert [each.level for each in asyncio.run(_find(settings, "database"))] == ["ok"]


@pytest.mark.postgres
async def test_the_server_is_described(postgres_url: str, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (finding,) = await _find(_settings(postgres_url, tmp_path), "database server")
    assert finding.level == "ok"
    for words in ("PostgreSQL 1", "UTF8", "on this machine", "role postgres", "connections used"):
        assert words in finding.says
    assert "pooler" not in finding.says


@pytest.mark.postgres
async def test_a_pooler_is_named(postgres_url: str, postgres_server: str, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    async with TransactionPooler(postgres_server).open(database_name(postgres_url)) as url:
        (finding,) = await _find(_settings(url, tmp_path), "database server")
    assert "through a pooler" in finding.says


@pytest.mark.postgres
@pytest.mark.parametrize(("seconds", "words"), [(90, "90 s behind"), (-90, "90 s ahead of"), (0, "")])
async def test_a_clock_that_differs_is_named(postgres_url: str, tmp_path: Path, seconds: int, words: str) -> None:
    (tmp_path / "seeds").mkdir()
    clock_of = timedelta(seconds=seconds)
    async with open_newsroom(_settings(postgres_url, tmp_path), lambda: present() + clock_of) as newsroom:
        found = [each async for each in check_server(newsroom) if each.what == "clock"]
    assert bool(found) is bool(words)
    assert all(words in each.says for each in found)


@pytest.mark.postgres
async def test_faults_of_a_server_are_named(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no server of the tests is: reached over a network without TLS, nearly full, without a schema."""
    (tmp_path / "seeds").mkdir()
    describe = postgres.describe_server

    async def describe_faulty(*arguments: object) -> postgres.Server:
        server = await describe(*arguments)  # type: ignore[arg-type]
        return replace(server, has_tls=False, is_local=False, schema=None, max_connections=server.connections + 2)

    monkeypatch.setattr(postgres, "describe_server", describe_faulty)
    found = {each.what: each async for each in check_installation(_settings(postgres_url, tmp_path))}
    assert "unencrypted" in found["TLS"].says
    assert found["rights"].level == "error"
    assert "raise max_connections" in found["connections"].todo


@pytest.fixture(scope="module")
def server() -> Iterator[ConfiguredServer]:
    with configured_server() as made:
        made.start()
        made.execute("CREATE ROLE app LOGIN PASSWORD 'pw'", "CREATE ROLE clerk LOGIN PASSWORD 'pw'")
        yield made


@pytest.mark.postgres
async def test_missing_rights_and_a_wrong_encoding_are_named(server: ConfiguredServer, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    server.execute("CREATE DATABASE news OWNER app TEMPLATE template0")
    async with open_newsroom(_settings(server.address("news", "app", "pw"), tmp_path)):
        pass
    assert await _find(_settings(server.address("news", "app", "pw"), tmp_path), "rights") == []
    server.execute(
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO clerk",
        "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO clerk",
        database="news",
    )
    settings = _settings(server.address("news", "clerk", "pw"), tmp_path)
    (finding,) = await _find(settings, "rights")
    assert "upgrades will fail" in finding.says
    assert [each.level for each in await _find(settings, "database")] == ["ok"]
    server.execute("CREATE DATABASE old TEMPLATE template0 ENCODING LATIN1 LC_COLLATE 'C' LC_CTYPE 'C'")
    (finding,) = await _find(_settings(server.address("old", "app", "pw"), tmp_path), "encoding")
    assert "LATIN1" in finding.says
