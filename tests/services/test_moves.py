"""A newsroom moves to another database, and nothing posts from the former one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cluster.process_id import new_holder_id
from bot.errors import InputInvalid, StoreError, StoreMoved
from bot.services.data import restore_backup
from bot.services.moves import Move, move_newsroom, undo_move
from bot.store import backup, deliveries, moved, story_rows, subscriptions
from bot.store.database import Store
from bot.store.leases import acquire_lease, server_time
from tests.clock import ManualClock
from tests.services.sample_news import store_sample_news
from tests.store.test_deliveries import MESSAGES
from tests.store.test_deliveries import _claimed as claimed_delivery

_LENGTH = timedelta(seconds=15)


async def _fill(store: Store) -> None:
    """News, and a subscription that posted a slot and is paused."""
    await store_sample_news(store)
    claimed = await claimed_delivery(store)
    async with store.writing() as conn:
        now = claimed.slot_at
        await deliveries.compose(
            conn, claimed.id, "w1", MESSAGES[:1], [deliveries.DeliveredEvent(1, 0, (1,), ("ff",))], now
        )
        await deliveries.mark_sent(conn, claimed.id, "w1", 0, 77, now)
        await deliveries.finish(conn, claimed.id, "w1", now)
        await subscriptions.pause_subscription(conn, claimed.subscription_id, now)


async def _contents(store: Store) -> object:
    async with store.reading() as conn:
        return (
            await story_rows.list_stories_after(conn, 0, 50),
            await subscriptions.list_subscriptions(conn),
            await deliveries.history(conn, 1),
            await deliveries.shown_events(conn, 7),
        )


async def _acquire(store: Store, holder: str) -> None:
    async with store.writing() as conn:
        now = datetime.now(UTC) if store.is_sqlite else await server_time(conn)
        await acquire_lease(conn, f"intake/{holder}", holder, now, _LENGTH)


def _now() -> datetime:
    return datetime.now(UTC)


@pytest.mark.postgres
@pytest.mark.parametrize("back", [False, True])
async def test_everything_moves_and_the_former_database_is_marked(
    sqlite_url: str, postgres_url: str, tmp_path: Path, back: bool
) -> None:
    source, target = (postgres_url, sqlite_url) if back else (sqlite_url, postgres_url)
    async with Store.open(source) as store:
        await _fill(store)
        before = await _contents(store)
        await _acquire(store, "elsewhere+x/1/2/3")
        with pytest.raises(StoreError, match=r"process 1 on elsewhere \(intake; if it is gone, wait until"):
            await move_newsroom(source, target, _now, file=tmp_path / "refused")
    later = ManualClock(datetime.now(UTC) + 2 * _LENGTH)
    if back:  # PostgreSQL's clock counts
        async with Store.open(source) as store, store.writing() as conn:
            await moved.note_copy(conn, later.now)
    made = await move_newsroom(source, target, later, file=tmp_path / "moved")
    assert (made.stories, made.backup) == (6, tmp_path / "moved")
    async with Store.open(target) as store:
        assert await _contents(store) == before
        async with store.reading() as conn:
            await moved.refuse_moved(conn)
            assert await moved.find_copy(conn) is None
        await _acquire(store, new_holder_id())
    async with Store.open(source) as store:
        assert await _contents(store) == before, "what only asks still works"
        with pytest.raises(StoreMoved, match=r"was moved to (sqlite|postgresql)://.*--undo"):
            await _acquire(store, new_holder_id())
    with pytest.raises(StoreMoved):
        await move_newsroom(source, target, later, file=tmp_path / "twice")
    assert (await undo_move(source)).partition(":")[0] == source.partition("+")[0]
    async with Store.open(source) as store:
        await _acquire(store, new_holder_id())
    with pytest.raises(InputInvalid, match="nothing was moved"):
        await undo_move(source)


async def test_a_move_that_fails_leaves_the_former_database_in_use(sqlite_url: str, tmp_path: Path) -> None:
    target = f"sqlite+aiosqlite:///{tmp_path / 'target.sqlite3'}"
    for url in (sqlite_url, target):
        async with Store.open(url) as store:
            await store.migrate()
            await _fill(store)
    clock = ManualClock(datetime.now(UTC))
    with pytest.raises(StoreError, match="already"):
        await move_newsroom(sqlite_url, target, clock, file=tmp_path / "one")
    async with Store.open(sqlite_url) as store:
        await _acquire(store, "gone")
    clock.advance(minutes=1)
    made = await move_newsroom(sqlite_url, target, clock, file=tmp_path / "two", replace=True)
    assert isinstance(made, Move)
    with pytest.raises(InputInvalid, match="already"):
        await move_newsroom(target, target, clock)


async def test_a_restored_copy_says_so_until_it_was_told(store: Store, tmp_path: Path) -> None:
    await _fill(store)
    await _acquire(store, "original")
    await backup.back_up(store, tmp_path / "backup")
    url = f"sqlite+aiosqlite:///{tmp_path / 'copy.sqlite3'}"
    restored = await restore_backup(url, tmp_path / "backup", now=_now())
    assert (restored.copy.subscriptions, restored.copy.holders) == (1, ("original",))
    assert restored.copy.last_change is not None
    async with Store.open(url) as copy, copy.writing() as conn:
        assert await moved.find_copy(conn) is not None
        await moved.forget_copy(conn)
        assert await moved.find_copy(conn) is None
