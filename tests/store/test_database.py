"""Opening, migrating, writing and failing: in our words, with what to do, and without passwords."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from bot.database_url import normalize_database_url
from bot.errors import StoreError, StoreOutdated, StoreUnavailable
from bot.store import database as database_module
from bot.store import documents, key_values, labels, postgres
from bot.store.database import Store
from bot.store.partial_indexes import metadata
from tests.store.factories import NOON, make_analysis, make_file_facts


def _url(path: Path) -> str:
    return normalize_database_url(f"sqlite:///{path}")


async def _set(store: Store, name: str, value: str = "x") -> None:
    async with store.writing() as conn:
        await key_values.set_value(conn, name, value, NOON)


async def _get(store: Store, name: str) -> str | None:
    async with store.reading() as conn:
        return await key_values.get_value(conn, name)


async def test_a_new_database_is_made_with_its_folder(tmp_path: Path) -> None:
    async with Store.open(_url(tmp_path / "deep" / "er" / "news.sqlite3")) as store:
        with pytest.raises(StoreOutdated, match="no tables"):
            await store.check()
        await store.migrate()
        await store.migrate()
        await store.check()
        assert await store.size() > 0
    assert (tmp_path / "deep" / "er" / "news.sqlite3").exists()


async def test_migrations_make_the_tables_that_the_program_describes(store: Store) -> None:
    def differences(conn: Connection) -> list[object]:
        def ours(_obj: object, name: str | None, kind: str, *_rest: object) -> bool:
            return not (name or "").startswith(("story_words", "ix_story_words", "sqlite_"))

        context = MigrationContext.configure(conn, opts={"include_object": ours, "compare_type": False})
        return list(compare_metadata(context, metadata))

    async with store.writing() as conn:
        assert await conn.run_sync(differences) == []
    await store.check()


async def test_two_that_migrate_at_once_do_not_meet(tmp_path: Path, postgres_server: str) -> None:
    from tests.databases import _async_url, _create

    _create(postgres_server, "gazette_twice")
    for url in (_url(tmp_path / "a.sqlite3"), _async_url(postgres_server, "gazette_twice")):
        async with Store.open(url) as one, Store.open(url) as two:
            await asyncio.gather(one.migrate(), two.migrate())
            await two.check()


async def test_a_newer_schema_is_refused(store: Store) -> None:
    async with store.writing() as conn:
        await conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        await key_values.set_value(conn, "schema:compatible-from", "9999", NOON)
    for attempt in (store.migrate, store.check):
        with pytest.raises(StoreOutdated, match="newer version"):
            await attempt()


async def test_an_error_inside_rolls_everything_back(store: Store) -> None:
    async def stumble() -> None:
        async with store.writing() as conn:
            await key_values.set_value(conn, "a", "x", NOON)
            raise KeyError

    with pytest.raises(KeyError):
        await stumble()
    assert await _get(store, "a") is None


async def test_a_cancelled_writer_leaves_nothing_behind_and_blocks_nobody(store: Store) -> None:
    inside = asyncio.Event()

    async def write() -> None:
        async with store.writing() as conn:
            await key_values.set_value(conn, "a", "x", NOON)
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await _get(store, "a") is None
    await _set(store, "b")
    assert await _get(store, "b") == "x"


async def test_readers_see_one_state_while_a_writer_works(sqlite_url: str) -> None:
    async with Store.open(sqlite_url) as store:
        async with store.reading() as conn:
            assert await key_values.get_value(conn, "a") is None
            await _set(store, "a")
            assert await key_values.get_value(conn, "a") is None
        assert await _get(store, "a") == "x"


async def test_many_writers_and_readers_of_two_programs_get_through(sqlite_url: str) -> None:
    async with Store.open(sqlite_url) as one, Store.open(sqlite_url) as two:

        async def work(store: Store, name: str) -> None:
            for number in range(10):
                await _set(store, f"{name}-{number}")
                assert await _get(store, f"{name}-{number}") == "x"

        await asyncio.gather(*(work(store, f"{at}-{id(store)}") for at in range(4) for store in (one, two)))
        async with one.reading() as conn:
            count = (await conn.execute(text("SELECT count(*) FROM meta WHERE value = 'x'"))).scalar_one()
    assert count == 80


async def test_checkpoints_run_while_others_write(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "_CHECKPOINT_BYTES", 200_000)
    async with Store.open(sqlite_url) as store:
        for number in range(200):
            await _set(store, f"{number % 7}", "x" * 20_000)
        assert store.path is not None
        assert store.path.with_name(store.path.name + "-wal").stat().st_size < 4_000_000


async def test_the_log_stays_short_however_long_others_write(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "_CHECKPOINT_BYTES", 100_000)
    monkeypatch.setattr(database_module, "_LONG_LOG_BYTES", 400_000)
    each, rounds, rows = 4_000, 100, 50

    async def write(store: Store, name: str) -> None:
        query = text("INSERT INTO meta (name, value, changed_at) VALUES (:name, :value, 1)")
        for number in range(rounds):
            async with store.writing() as conn:
                for row in range(rows):
                    await conn.execute(query, {"name": f"{name} {number} {row}", "value": "x" * each})

    async with Store.open(sqlite_url) as store:
        await asyncio.gather(*(write(store, name) for name in ("one", "other")))
        assert store.path is not None
        log = store.path.with_name(store.path.name + "-wal").stat().st_size
    assert log < 2 * each * rounds * rows * 0.7


async def test_closing_leaves_no_thread_and_no_log(sqlite_url: str) -> None:
    before = set(threading.enumerate())
    async with Store.open(sqlite_url) as store:
        await asyncio.gather(*(_set(store, str(number)) for number in range(5)))
        path = store.path
    for thread in set(threading.enumerate()) - before:
        if "connection" in thread.name:
            thread.join(5)  # it was told to end, and is about to
            assert not thread.is_alive()
    assert path is not None
    assert not path.with_name(path.name + "-wal").exists()


async def test_a_full_database_says_so_and_works_again_when_there_is_room(sqlite_url: str) -> None:
    async with Store.open(sqlite_url) as store:
        await _set(store, "a")
        async with store.writing() as conn:
            pages = (await conn.execute(text("PRAGMA page_count"))).scalar_one()
            await conn.execute(text(f"PRAGMA max_page_count={pages + 4}"))
        with pytest.raises(StoreUnavailable, match="no room left"):
            await _set(store, "b", "x" * 1_000_000)
        async with store.writing() as conn:
            await conn.execute(text("PRAGMA max_page_count=100000"))
        await _set(store, "b", "x" * 1_000_000)
        assert await _get(store, "a") == "x"


async def test_a_locked_database_says_so(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 0.2)
    async with Store.open(sqlite_url) as store:
        await _set(store, "a")
        assert store.path is not None
        with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreUnavailable, match="held by another program"):
                await _set(store, "b")
            assert await _get(store, "a") == "x"
            other.execute("ROLLBACK")
        await _set(store, "b")


@pytest.fixture
def damaged(tmp_path: Path) -> str:
    path = tmp_path / "gazette.sqlite3"
    path.write_bytes(b"This is a letter and not a database. " * 100)
    return _url(path)


async def test_a_file_that_is_no_database_says_so(damaged: str) -> None:
    async with Store.open(damaged) as store:
        with pytest.raises(StoreUnavailable, match="is no database"):
            await store.migrate()


async def test_a_damaged_database_says_so(sqlite_url: str) -> None:
    async with Store.open(sqlite_url) as store:
        async with store.writing() as conn:
            for number in range(30):
                await documents.store_document(
                    conn,
                    f"{number}.txt",
                    make_file_facts(str(number)),
                    [make_analysis(f"Story {number}. " * 300)],
                    now=NOON,
                )
        path = store.path
    assert path is not None
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)
    async with Store.open(sqlite_url) as store:
        with pytest.raises(StoreUnavailable, match="damaged"):
            async with store.reading() as conn:
                await labels.country_counts(conn)


async def test_a_folder_that_can_not_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreUnavailable, match="folder"):
        async with Store.open(_url(tmp_path / "file" / "news.sqlite3")):
            pass
    (tmp_path / "folder").mkdir()
    async with Store.open(_url(tmp_path / "folder")) as store:
        with pytest.raises(StoreUnavailable, match="can't be opened"):
            await store.migrate()
    with pytest.raises(StoreUnavailable, match="memory"):
        async with Store.open("sqlite+aiosqlite:///:memory:"):
            pass


@pytest.mark.postgres
async def test_a_server_that_is_not_there_says_so_without_the_password() -> None:
    async with Store.open(normalize_database_url("postgres://gazette:hunter2@127.0.0.1:1/news")) as store:
        assert "hunter2" not in store.url
        with pytest.raises(StoreUnavailable, match="can't be reached") as caught:
            await store.migrate()
    assert "hunter2" not in str(caught.value)


@pytest.mark.postgres
async def test_a_database_that_is_not_there_says_so(postgres_server: str) -> None:
    from tests.databases import _async_url

    async with Store.open(_async_url(postgres_server, "nowhere")) as store:
        with pytest.raises(StoreUnavailable, match="createdb"):
            await store.check()


@pytest.mark.postgres
async def test_lost_connections_are_made_anew(postgres_url: str, postgres_server: str) -> None:
    async with Store.open(postgres_url) as store:
        await _set(store, "a")
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = %s"
        with psycopg.connect(postgres_server, autocommit=True) as other:
            other.execute(end, [re.findall(r"gazette_\d+_\d+", postgres_url)[0]])
        assert await _get(store, "a") == "x"

        async def write() -> None:
            async with store.writing() as conn:
                await key_values.set_value(conn, "b", "x", NOON)
                with psycopg.connect(postgres_server, autocommit=True) as other:
                    other.execute(end, [(await conn.execute(text("SELECT current_database()"))).scalar_one()])
                await key_values.set_value(conn, "c", "x", NOON)

        with pytest.raises(StoreUnavailable, match=r"can't be reached|shutting down|administrator"):
            await write()
        assert await _get(store, "b") is None
        await _set(store, "b")


@pytest.mark.postgres
async def test_a_frozen_writer_loses_its_rows_to_others(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "IDLE_TRANSACTION_SECONDS", 1)
    async with Store.open(postgres_url) as frozen, Store.open(postgres_url) as other:
        await _set(other, "row", "before")

        async def freeze() -> None:
            async with frozen.writing() as conn:
                await key_values.set_value(conn, "row", "frozen", NOON)
                await asyncio.wait_for(_set(other, "row", "other"), 20)  # waits for the row meanwhile

        with pytest.raises(StoreError):
            await freeze()
        assert await _get(other, "row") == "other"
        await _set(frozen, "row", "thawed")
        assert await _get(other, "row") == "thawed"


@pytest.mark.postgres
async def test_a_lost_statement_is_given_up_and_a_migration_is_not(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "STATEMENT_SECONDS", 1)
    async with Store.open(postgres_url) as store:
        with pytest.raises(StoreError):
            async with store.reading() as conn:
                await conn.execute(text("SELECT pg_sleep(3)"))
        async with store.writing() as conn:
            await store.allow_long_statements(conn)
            await conn.execute(text("SELECT pg_sleep(1.5)"))


@pytest.mark.postgres
async def test_a_read_only_server_says_so(postgres_url: str) -> None:
    async with Store.open(f"{postgres_url}&options=-cdefault_transaction_read_only%3Don") as store:
        with pytest.raises(StoreUnavailable, match="read-only"):
            await _set(store, "a")
        with pytest.raises(StoreUnavailable, match="read-only"):
            await store.check()


async def test_a_read_only_file_says_so(sqlite_url: str) -> None:
    url = sqlite_url.replace(":///", ":///file:") + "?mode=ro&uri=true"
    async with Store.open(url) as store:
        with pytest.raises(StoreUnavailable, match="can't be written"):
            await _set(store, "a")


async def test_an_address_that_can_not_be_read_says_so() -> None:
    with pytest.raises(StoreUnavailable, match="DATABASE_URL"):
        async with Store.open("nonsense"):
            pass
