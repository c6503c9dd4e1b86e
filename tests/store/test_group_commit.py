"""Many writes share one transaction, and each caller learns whether its own succeeded."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot.errors import StoreError, StoreUnavailable
from bot.store.database import Store, StoreConnection
from bot.store.group_commit import GroupCommit, Write
from bot.store.key_values import get_value, set_value

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


class FactWriter:
    """Writes facts, and records which transactions they went into."""

    def __init__(self) -> None:
        self.transactions: list[int] = []

    def put(self, name: str, error: BaseException | None = None) -> Write:
        async def write(conn: StoreConnection) -> None:
            self.transactions.append(id(conn))
            await set_value(conn, name, "stored", NOW)
            if error is not None:
                raise error

        return write


async def _stored(store: Store, *names: str) -> list[bool]:
    async with store.reading() as conn:
        return [await get_value(conn, name) is not None for name in names]


async def test_writes_that_wait_for_the_writer_share_a_transaction(store: Store) -> None:
    group, facts = GroupCommit(store), FactWriter()
    async with store.writing():
        writes = [asyncio.create_task(group.write(facts.put(f"fact {number}"))) for number in range(10)]
        await asyncio.sleep(0)
    await asyncio.gather(*writes)
    assert await _stored(store, *(f"fact {number}" for number in range(10))) == [True] * 10
    if store.is_sqlite:
        assert len(set(facts.transactions)) == 1


async def test_a_failed_write_does_not_affect_others(store: Store) -> None:
    group, facts = GroupCommit(store), FactWriter()
    ended = await asyncio.gather(
        group.write(facts.put("good")),
        group.write(facts.put("bad", StoreUnavailable("its claim is lost"))),
        group.write(facts.put("good, too")),
        return_exceptions=True,
    )
    assert [type(each) for each in ended] == [type(None), StoreUnavailable, type(None)]
    assert await _stored(store, "good", "bad", "good, too") == [True, False, True]


async def test_an_unexpected_error_reaches_every_caller_and_nothing_is_written(sqlite_url: str) -> None:
    async with Store.open(sqlite_url) as store:
        group, facts = GroupCommit(store), FactWriter()
        async with store.writing():
            writes = [
                asyncio.create_task(group.write(facts.put(name, error)))
                for name, error in (("first", None), ("second", RuntimeError()))
            ]
            await asyncio.sleep(0)
        ended = await asyncio.gather(*writes, return_exceptions=True)
        assert [type(each) for each in ended] == [RuntimeError] * 2
        assert await _stored(store, "first", "second") == [False, False]
        await group.write(facts.put("third"))  # the next ones are written all the same
        assert await _stored(store, "third") == [True]


async def test_a_write_cancelled_before_it_began_is_left_out(sqlite_url: str) -> None:
    async with Store.open(sqlite_url) as store:
        group, facts = GroupCommit(store), FactWriter()
        async with store.writing():
            given_up = asyncio.create_task(group.write(facts.put("given up")))
            stays = asyncio.create_task(group.write(facts.put("stays")))
            await asyncio.sleep(0)
            given_up.cancel()
            with pytest.raises(asyncio.CancelledError):
                await given_up
        await stays
        await group.drain()
        assert await _stored(store, "given up", "stays") == [False, True]


async def test_a_broken_store_raises_store_error(sqlite_url: str) -> None:
    async with Store.open(sqlite_url) as store:
        async with store.writing() as conn:
            await conn.exec_driver_sql("DROP TABLE meta")
        with pytest.raises(StoreError):
            await GroupCommit(store).write(FactWriter().put("fact"))


async def test_a_full_disk_is_reported_as_such(sqlite_url: str) -> None:
    async def fills(conn: StoreConnection) -> None:
        pages = int((await conn.exec_driver_sql("PRAGMA page_count")).scalar_one())
        await conn.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        await set_value(conn, "fact", "x" * 100_000, NOW)

    async with Store.open(sqlite_url) as store:
        with pytest.raises(StoreUnavailable, match="has no room left"):
            await GroupCommit(store).write(fills)
