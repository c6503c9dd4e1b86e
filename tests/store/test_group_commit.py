"""Do many writes share one transaction, and is each told of its own end alone?"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot.errors import StoreError, StoreUnavailable
from bot.store.database import Store, StoreConnection
from bot.store.group_commit import GroupCommit, Write
from bot.store.key_values import get_value, set_value

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


class Facts:
    """Puts facts down; remembers which transactions they went into."""

    def __init__(self) -> None:
        self.transactions: list[int] = []

    def put(self, name: str, wrong: BaseException | None = None) -> Write:
        async def work(conn: StoreConnection) -> None:
            self.transactions.append(id(conn))
            await set_value(conn, name, "there", NOW)
            if wrong is not None:
                raise wrong

        return work


async def _there(store: Store, *names: str) -> list[bool]:
    async with store.reading() as conn:
        return [await get_value(conn, name) is not None for name in names]


async def test_what_waits_for_the_writer_goes_along(store: Store) -> None:
    group, facts = GroupCommit(store), Facts()
    async with store.writing():
        writes = [asyncio.create_task(group.write(facts.put(f"fact {number}"))) for number in range(10)]
        await asyncio.sleep(0)
    await asyncio.gather(*writes)
    assert await _there(store, *(f"fact {number}" for number in range(10))) == [True] * 10
    if store.is_sqlite:
        assert len(set(facts.transactions)) == 1


async def test_one_that_fails_takes_nobody_along(store: Store) -> None:
    group, facts = GroupCommit(store), Facts()
    ended = await asyncio.gather(
        group.write(facts.put("good")),
        group.write(facts.put("bad", StoreUnavailable("its claim is lost"))),
        group.write(facts.put("good, too")),
        return_exceptions=True,
    )
    assert [type(each) for each in ended] == [type(None), StoreUnavailable, type(None)]
    assert await _there(store, "good", "bad", "good, too") == [True, False, True]


async def test_what_nobody_foresaw_is_told_to_all_and_nothing_is_written(sqlite_url: str) -> None:
    async with Store.open(sqlite_url) as store:
        group, facts = GroupCommit(store), Facts()
        async with store.writing():
            writes = [
                asyncio.create_task(group.write(facts.put(name, wrong)))
                for name, wrong in (("first", None), ("second", ZeroDivisionError()))
            ]
            await asyncio.sleep(0)
        ended = await asyncio.gather(*writes, return_exceptions=True)
        assert [type(each) for each in ended] == [ZeroDivisionError] * 2
        assert await _there(store, "first", "second") == [False, False]
        await group.write(facts.put("third"))  # the next ones are written all the same
        assert await _there(store, "third") == [True]


async def test_who_gave_up_before_it_began_is_left_out(sqlite_url: str) -> None:
    async with Store.open(sqlite_url) as store:
        group, facts = GroupCommit(store), Facts()
        async with store.writing():
            given_up = asyncio.create_task(group.write(facts.put("given up")))
            stays = asyncio.create_task(group.write(facts.put("stays")))
            await asyncio.sleep(0)
            given_up.cancel()
            with pytest.raises(asyncio.CancelledError):
                await given_up
        await stays
        await group.drain()
        assert await _there(store, "given up", "stays") == [False, True]


async def test_a_store_that_is_gone_is_told_as_such(sqlite_url: str) -> None:
    async with Store.open(sqlite_url) as store:
        async with store.writing() as conn:
            await conn.exec_driver_sql("DROP TABLE meta")
        with pytest.raises(StoreError):
            await GroupCommit(store).write(Facts().put("fact"))


async def test_a_full_disk_is_called_so(sqlite_url: str) -> None:
    async def fills(conn: StoreConnection) -> None:
        pages = int((await conn.exec_driver_sql("PRAGMA page_count")).scalar_one())
        await conn.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        await set_value(conn, "fact", "x" * 100_000, NOW)

    async with Store.open(sqlite_url) as store:
        with pytest.raises(StoreUnavailable, match="has no room left"):
            await GroupCommit(store).write(fills)
