"""Poolers in transaction mode: nothing of ours outlives a transaction, so any of the server's connections will do."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy import text

from bot.cluster.leader import Leadership
from bot.cluster.lease_clock import LeaseClock
from bot.database_url import normalize_database_url
from bot.errors import StoreError
from bot.store import key_values, postgres
from bot.store.database import Store
from tests.databases import database_name
from tests.postgres_servers import TransactionPooler, run_pgbouncer

pytestmark = pytest.mark.postgres

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)

_PGBOUNCER = pytest.mark.skipif(
    shutil.which("pgbouncer") is None and not Path("/usr/sbin/pgbouncer").exists(), reason="pgbouncer isn't installed"
)


@pytest_asyncio.fixture(params=["double", pytest.param("pgbouncer", marks=_PGBOUNCER)])
async def pooled_url(request: pytest.FixtureRequest, postgres_server: str, postgres_url: str) -> AsyncIterator[str]:
    """The address of a migrated database behind a pooler."""
    name = database_name(postgres_url)
    if request.param == "double":
        async with TransactionPooler(postgres_server).open(name) as url:
            yield url
    else:
        with run_pgbouncer(postgres_server, name) as url:
            yield url


async def test_the_double_loses_what_a_pooler_loses(postgres_server: str, postgres_url: str) -> None:
    async with (
        TransactionPooler(postgres_server).open(database_name(postgres_url)) as url,
        await psycopg.AsyncConnection.connect(url, autocommit=True) as conn,
    ):
        conn.prepare_threshold = None
        await conn.execute("SET statement_timeout = '77s'")
        shown = {(await (await conn.execute("SHOW statement_timeout")).fetchall())[0][0] for _ in range(6)}
        assert shown - {"77s"}
        conn.prepare_threshold = 0

        async def repeat() -> None:
            for number in range(40):
                await conn.execute("SELECT %s::int", [number])

        with pytest.raises(psycopg.Error, match="prepared statement"):
            await repeat()


async def test_many_transactions_at_once_run_behind_a_pooler(pooled_url: str) -> None:
    async with Store.open(normalize_database_url(pooled_url), pool=5) as store:
        await store.migrate()
        await store.check()

        async def work(number: int) -> None:
            for turn in range(12):
                async with store.writing() as conn:
                    await key_values.set_value(conn, f"key:{number}", f"{turn}", NOON)
                async with store.reading() as conn:
                    assert await key_values.get_value(conn, f"key:{number}") == f"{turn}"

        await asyncio.gather(*(work(number) for number in range(8)))


async def test_a_database_behind_a_pooler_gets_its_tables(pooled_url: str, postgres_url: str) -> None:
    async with Store.open(postgres_url) as direct, direct.writing() as conn:
        await conn.execute(text("DROP SCHEMA public CASCADE"))
        await conn.execute(text("CREATE SCHEMA public"))
    stores = [Store.open(normalize_database_url(pooled_url)) for _ in range(2)]
    async with stores[0] as first, stores[1] as second:
        await asyncio.gather(first.migrate(), second.migrate())
        await first.check()


async def test_limits_hold_in_each_transaction_and_outlive_none(
    pooled_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "STATEMENT_SECONDS", 1)
    async with Store.open(normalize_database_url(pooled_url)) as store:
        for _ in range(4):
            async with store.reading() as conn:
                assert (await conn.execute(text("SHOW statement_timeout"))).scalar_one() == "1s"
                assert (await conn.execute(text("SHOW idle_in_transaction_session_timeout"))).scalar_one() == "10s"
        with pytest.raises(StoreError, match="too long"):
            async with store.reading() as conn:
                await conn.execute(text("SELECT pg_sleep(3)"))
        async with store.writing() as conn:
            await store.allow_long_statements(conn)
            await conn.execute(text("SELECT pg_sleep(1.2)"))
    async with await psycopg.AsyncConnection.connect(pooled_url, autocommit=True) as other:
        other.prepare_threshold = None
        shown = {(await (await other.execute("SHOW statement_timeout")).fetchall())[0][0] for _ in range(6)}
        assert shown == {"0"}


async def test_one_of_two_leads_behind_a_pooler(pooled_url: str) -> None:
    length, clock = timedelta(seconds=5), LeaseClock(lambda: datetime.now(UTC), by_server=True)
    async with Store.open(normalize_database_url(pooled_url)) as store:
        first = Leadership(store, "intake", length=length, clock=clock, holder="first")
        second = Leadership(store, "intake", length=length, clock=clock, holder="second")
        results = await asyncio.gather(*(each.acquire() for each in (first, second) for _ in range(5)))
        assert first.held is not second.held
        assert results.count(True) == 5
        leader, other = (first, second) if first.held else (second, first)
        await leader.release()
        assert await other.acquire()
        await other.release()


async def test_a_pooler_is_recognised_or_named_in_the_address(pooled_url: str, postgres_url: str) -> None:
    for url, pooled in ((pooled_url, True), (f"{pooled_url}?pgbouncer=true", True), (postgres_url, False)):
        async with Store.open(normalize_database_url(url)) as store:
            server = await store.describe_server(datetime.now(UTC))
            assert server is not None
            assert server.is_pooled is pooled


async def test_a_backup_is_one_state_of_the_database_behind_a_pooler(pooled_url: str, tmp_path: Path) -> None:
    from bot.store.backup import back_up

    async with Store.open(normalize_database_url(pooled_url)) as store:
        async with store.writing() as conn:
            await key_values.set_value(conn, "city", "東京", NOON)
        made = await back_up(store, tmp_path / "copy.jsonl.gz")
        assert made.path.stat().st_size > 0
