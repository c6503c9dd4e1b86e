"""A backup is whole, of one moment, and comes back on either database."""

from __future__ import annotations

import asyncio
import gzip
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.errors import StoreError
from bot.newsroom.filters import Filter
from bot.newsroom.models import StoryDetail
from bot.store import (
    backup,
    deliveries,
    documents,
    event_index,
    key_values,
    labels,
    search,
    story_pages,
    story_rows,
    subscriptions,
)
from bot.store.database import Store
from bot.store.schema import story_signs
from tests.store.factories import NOON, make_analysis, make_file_facts
from tests.store.queries import all_files
from tests.store.test_deliveries import _claimed as claimed_delivery


async def _fill(store: Store) -> None:
    async with store.writing() as conn:
        for number in range(30):
            await documents.store_document(
                conn,
                f"seeds/{number}.txt",
                make_file_facts(str(number)),
                [
                    make_analysis(
                        f"Ferries of {number}.\nSecond line.", countries=["NO"], topics=["weather"], kicker="SEA"
                    )
                ],
                now=NOON + timedelta(minutes=number),
            )
        await documents.withdraw_document(conn, "seeds/29.txt", now=NOON)
        await key_values.set_value(conn, "commands", "a\x00b", NOON)
        await conn.execute(
            insert(story_signs),
            [{"story_id": story_id, "language": "en", "signs": bytes(range(64))} for story_id in (1, 2)],
        )
    claimed = await claimed_delivery(store)
    async with store.writing() as conn:
        await deliveries.compose(conn, claimed.id, "w1", [], [deliveries.DeliveredEvent(3, 0, (3,), ("ff",))], NOON)


async def _contents(store: Store) -> object:
    async with store.reading() as conn:
        page, total = await story_pages.list_stories(
            conn, Filter.parse("country:no topic:weather ferry"), page=1, per_page=50, now=NOON
        )
        details: list[StoryDetail | None] = [await story_rows.get_story(conn, line.id) for line in page]
        return (
            total,
            details,
            await all_files(conn),
            await subscriptions.list_subscriptions(conn),
            await deliveries.shown_events(conn, 7),
            await deliveries.history(conn, 1),
            await labels.country_counts(conn),
            await key_values.get_value(conn, "commands"),
            await event_index.newest_signs(conn, after=0, limit=9),
        )


def _packed(text: bytes) -> bytes:
    """Packed without the time, so that a test has the same name in every process."""
    return gzip.compress(text, mtime=0)


@pytest.mark.parametrize("target", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def test_a_backup_comes_back_on_either_database(
    store: Store, target: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    await _fill(store)
    before = await _contents(store)
    written = await backup.back_up(store, tmp_path / "backups" / "one")
    assert written.stories == 29
    url = _fresh(request, target, tmp_path)
    read = await backup.restore(url, written.path)
    assert (read.stories, read.bytes) == (29, written.bytes)
    assert [path.name for path in written.path.parent.iterdir()] == ["one"]
    async with Store.open(url) as other:
        await other.check()
        assert await _contents(other) == before
        async with other.writing() as conn:
            fresh = await documents.store_document(
                conn, "new.txt", make_file_facts("new"), [make_analysis("New.")], now=NOON
            )
        assert fresh.story_ids == (31,)
        with pytest.raises(StoreError, match="already"):
            await backup.restore(url, written.path)
        await backup.restore(url, written.path, replace=True)
        assert await _contents(other) == before


_names = count()


def _fresh(request: pytest.FixtureRequest, target: str, tmp_path: Path) -> str:
    if target == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'restored' / 'gazette.sqlite3'}"
    from tests.databases import _async_url, _create

    server, name = request.getfixturevalue("postgres_server"), f"gazette_restored_{next(_names)}"
    _create(server, name)
    return _async_url(server, name)


async def test_a_backup_is_of_one_moment_while_others_write(store: Store, tmp_path: Path) -> None:
    await _fill(store)
    stop = asyncio.Event()

    async def write() -> int:
        for number in count():
            async with store.writing() as conn:
                await documents.store_document(
                    conn, "a.txt", make_file_facts(f"a{number}"), [make_analysis(f"A{number}.")], now=NOON
                )
                await documents.store_document(
                    conn, "b.txt", make_file_facts(f"b{number}"), [make_analysis(f"B{number}.")], now=NOON
                )
            if stop.is_set():
                return number
        raise AssertionError

    async with asyncio.TaskGroup() as group:
        writer = group.create_task(write())
        for number in range(3):
            await backup.back_up(store, tmp_path / f"{number}")
        stop.set()
    assert writer.result() > 0
    for number in range(3):
        url = f"sqlite+aiosqlite:///{tmp_path / f'restored-{number}.sqlite3'}"
        await backup.restore(url, tmp_path / f"{number}")
        async with Store.open(url) as other, other.reading() as conn:
            page, _total = await story_pages.list_stories(
                conn, Filter.parse("path:a.txt or path:b.txt"), page=1, per_page=9, now=NOON
            )
            told_in = sorted(line.headline for line in page)
        assert len(told_in) in (0, 2)
        assert len({headline[1:] for headline in told_in}) <= 1, "both documents are of one version"


async def test_an_existing_file_is_not_replaced_by_default(store: Store, tmp_path: Path) -> None:
    (tmp_path / "one").write_text("precious")
    with pytest.raises(StoreError, match="already"):
        await backup.back_up(store, tmp_path / "one")
    assert (tmp_path / "one").read_text() == "precious"
    await backup.back_up(store, tmp_path / "one", replace=True)
    with pytest.raises(StoreError):
        await backup.back_up(store, tmp_path / "one" / "below")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no backup"),
        (b"hello", "no backup"),
        (b"SQLite format 3\0" + b"\xff" * 5000, "restored|database|damaged"),
        (b"\x1f\x8b broken", "backup|gzip|Not|invalid|Unknown|CRC|compression"),
        (_packed(b"{}\n"), "no backup"),
        (_packed(b'{"format":"gazette-backup","version":99}\n'), "newer"),
        (
            _packed(b'{"format":"gazette-backup","version":1}\n{"table":"meta","columns":["name"]}\n'),
            "breaks off",
        ),
        (_packed(b'{"format":"gazette-backup","version":1}\n{"table":"x","columns":[]}\n'), "newer"),
        (_packed(b'{"format":"gazette-backup","version":1}\nnonsense\n'), "damaged"),
        (_packed(b'{"format":"gazette-backup","version":1}\n' + b" " * 99)[:-20], "damaged|ended"),
    ],
)
async def test_an_incomplete_backup_is_refused_and_changes_nothing(
    database_url: str, tmp_path: Path, content: bytes, says: str
) -> None:
    source = tmp_path / "source"
    source.write_bytes(content)
    async with Store.open(database_url) as store:
        await _fill(store)
        before = await _contents(store)
    with pytest.raises(StoreError, match=says):
        await backup.restore(database_url, source, replace=True)
    with pytest.raises(StoreError, match="No such file"):
        await backup.restore(database_url, tmp_path / "nowhere", replace=True)
    async with Store.open(database_url) as store:
        assert await _contents(store) == before


async def test_the_index_can_be_built_anew(store: Store) -> None:
    await _fill(store)
    async with store.writing() as conn:
        assert await search.reindex_stories(conn, 0, 10) == 10
        assert await search.reindex_stories(conn, 10, 100) == 29
        assert await search.reindex_stories(conn, 30) is None
        found, total = await story_pages.list_stories(
            conn, Filter.parse('"second line" kicker:sea'), page=1, per_page=5, now=NOON
        )
    assert (len(found), total) == (5, 29)
