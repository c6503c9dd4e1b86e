"""Databases with flipped bytes, cut off, emptied, or with tables and rows taken out."""

from __future__ import annotations

import asyncio
import json
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text

from bot.errors import StoreDamaged, StoreError
from bot.newsroom.filters import Filter
from bot.services.data import repair_database, restore_backup
from bot.store import backup, documents, salvage, story_pages, story_rows, subscriptions
from bot.store.database import Store
from tests.clock import NOON, ManualClock
from tests.e2e.programs import environment
from tests.store.factories import make_analysis, make_file_facts

STORIES = 300
COMMANDS = (
    ("stats",),
    ("news",),
    ("digest",),
    ("search", "ferries"),
    ("ingest",),
    ("subscriptions",),
    ("doctor",),
    ("export", "--replace", "rows.jsonl"),
    ("backup", "--replace", "copy.sqlite3"),
    ("prune",),
)


async def _fill(store: Store) -> None:
    async with store.writing() as conn:
        for number in range(STORIES):
            await documents.store_document(
                conn,
                f"{number}.txt",
                make_file_facts(str(number)),
                [
                    make_analysis(
                        f"Ferries of {number}.\nSecond line of {number}.", countries=["NO"], topics=["weather"]
                    )
                ],
                now=NOON,
            )


def _close_log(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest_asyncio.fixture
async def database(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Path]:
    """A SQLite file with stories, whose log is empty."""
    async with Store.open(sqlite_url) as store:
        await _fill(store)
        assert store.path is not None
        path = store.path
    await asyncio.to_thread(_close_log, path)
    yield path


def _url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


async def _visible(path: Path) -> int:
    async with Store.open(_url(path)) as store:
        await store.check()
        async with store.reading() as conn:
            return await story_rows.count_stories(conn)


async def _found(path: Path) -> int:
    async with Store.open(_url(path)) as store, store.reading() as conn:
        query = Filter.parse('"second line"')
        return (await story_pages.list_stories(conn, query, page=1, per_page=5, now=NOON))[1]


def _overwrite(path: Path, place: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        file.write(content)


def _overwrite_pages(path: Path, step: int) -> None:
    for page in range(60, path.stat().st_size // 4096, step):
        _overwrite(path, page * 4096, b"\xa5" * 4096)


def _page_of(path: Path, name: str) -> int:
    with closing(sqlite3.connect(path)) as conn:
        return int(conn.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0])


DAMAGES: dict[str, Callable[[Path], None]] = {
    "beginning": lambda path: _overwrite(path, 0, b"\xff" * 40),
    "one byte of the beginning": lambda path: _overwrite(path, 17, b"\x01"),
    "a page in forty": lambda path: _overwrite_pages(path, 40),
    "a root": lambda path: _overwrite(path, (_page_of(path, "story_label") - 1) * 4096, b"\xa5" * 4096),
    "an index": lambda path: _overwrite(path, (_page_of(path, "ix_story_fingerprint") - 1) * 4096, b"\xa5" * 4096),
    "cut off": lambda path: os.truncate(path, path.stat().st_size * 2 // 3),
}


@pytest.mark.parametrize("name", DAMAGES)
async def test_a_damaged_file_is_salvaged_and_kept(name: str, database: Path) -> None:
    DAMAGES[name](database)
    damaged = database.read_bytes()
    assert salvage.find_damage(database) is not None
    done = await repair_database(_url(database), ManualClock())
    assert done.salvaged is not None
    assert done.salvaged.kept.name == f"{database.name}.damaged-20261120-120000"
    assert done.salvaged.kept.read_bytes() == damaged
    assert salvage.find_damage(database) is None
    stories = await _visible(database)
    assert stories >= STORIES * (0.3 if name == "cut off" else 0.5)
    assert await _found(database) == stories
    assert {path.name for path in database.parent.iterdir() if path.name.startswith(database.name)} <= {
        database.name,
        f"{database.name}-wal",
        f"{database.name}-shm",
        done.salvaged.kept.name,
    }


async def test_files_that_lost_stories_are_read_again(database: Path) -> None:
    with closing(sqlite3.connect(database)) as conn, conn:
        conn.execute("DELETE FROM story_body WHERE story_id = 7")
        conn.execute("UPDATE document SET status = 'stoed' WHERE id = 9")
        conn.execute("UPDATE story_body SET body = CAST(x'ff22' AS TEXT) WHERE story_id = 11")
    done = await repair_database(_url(database), ManualClock())
    assert done.salvaged is not None
    with closing(sqlite3.connect(database)) as conn:
        changed = [row[0] for row in conn.execute("SELECT id FROM document WHERE size = -1 ORDER BY id")]
        assert changed == [11] or changed == [7, 11]
        assert conn.execute("SELECT count(*) FROM document WHERE id = 9").fetchone() == (0,)


async def test_a_whole_database_is_only_indexed_anew(database: Path) -> None:
    with closing(sqlite3.connect(database)) as conn, conn:
        conn.execute("DELETE FROM story_words")
    assert await _found(database) == 0
    done = await repair_database(_url(database), ManualClock())
    assert (done.damage, done.salvaged) == (None, None)
    assert await _found(database) == STORIES


@pytest.mark.parametrize(("signs", "damage"), [("x'00ff'", None), ("x''", None), ("'text'", "story_signs.signs")])
async def test_signs_of_stories_are_sound_as_bytes_alone(database: Path, signs: str, damage: str | None) -> None:
    with closing(sqlite3.connect(database)) as conn, conn:
        conn.execute(f"INSERT INTO story_signs (story_id, language, signs) SELECT id, 'en', {signs} FROM story")
    found = await asyncio.to_thread(salvage.find_damage, database)
    assert found is None if damage is None else damage in str(found)
    done = await repair_database(_url(database), ManualClock())
    assert (done.damage is None) == (damage is None)
    with closing(sqlite3.connect(database)) as conn:
        assert conn.execute("SELECT count(*) FROM story_signs").fetchone() == (0 if damage else STORIES,)


async def test_what_can_t_be_read_at_all_is_left_and_the_backup_restored(database: Path, tmp_path: Path) -> None:
    async with Store.open(_url(database)) as store:
        await backup.back_up(store, tmp_path / "good.sqlite3")
    content = random.Random(5).randbytes(200_000)
    for part in ("-wal", "-shm"):
        database.with_name(database.name + part).unlink(missing_ok=True)
    database.write_bytes(content)
    with pytest.raises(StoreError):
        await repair_database(_url(database), ManualClock())
    assert database.read_bytes() == content
    with pytest.raises(StoreDamaged):
        await restore_backup(_url(database), tmp_path / "good.sqlite3", now=NOON)
    kept = (await restore_backup(_url(database), tmp_path / "good.sqlite3", now=NOON, replace=True)).kept
    assert kept is not None
    assert kept.read_bytes() == content
    assert await _visible(database) == STORIES


async def test_a_damaged_backup_replaces_no_damaged_database(database: Path, tmp_path: Path) -> None:
    async with Store.open(_url(database)) as store:
        await backup.back_up(store, tmp_path / "bad.sqlite3")
    os.truncate(tmp_path / "bad.sqlite3", 50_000)
    DAMAGES["beginning"](database)
    before = database.read_bytes()
    with pytest.raises(StoreError):
        await restore_backup(_url(database), tmp_path / "bad.sqlite3", now=NOON, replace=True)
    assert database.read_bytes() == before


async def test_a_database_in_use_is_not_repaired(database: Path) -> None:
    with closing(sqlite3.connect(database)) as conn, conn:
        end = int(datetime.now(UTC).timestamp() * 1_000_000) + 10_000_000
        conn.execute("INSERT INTO lease (name, holder, token, expires_at) VALUES ('intake', 'x', 1, ?)", (end,))
    with pytest.raises(StoreError, match="in use"):
        await repair_database(_url(database), lambda: datetime.now(UTC))


def _run(database: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = environment(folder, DATABASE_URL=f"sqlite:///{database}")
    command = [sys.executable, "-m", "bot.cli", *arguments]
    return subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def _assert_told(done: subprocess.CompletedProcess[str], command: tuple[str, ...]) -> None:
    told = done.stdout + done.stderr
    assert "Traceback" not in told, told
    assert done.returncode in (0, 1), told
    if done.returncode == 1 and command[0] != "doctor":
        assert len(done.stderr.splitlines()) == 1, told
        assert " doctor --repair" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["beginning", *(pytest.param(each, marks=pytest.mark.thorough) for each in ("a root", "cut off", "emptied"))],
)
def test_every_command_says_in_one_line_what_to_do(name: str, database: Path, tmp_path: Path) -> None:
    kept = database.parent / "backups" / "gazette-auto-20261120-120000.sqlite3"
    assert _run(database, tmp_path, "backup", str(kept)).returncode == 0
    if name == "emptied":
        os.truncate(database, 0)
    else:
        DAMAGES[name](database)
    before = database.read_bytes()
    for command in COMMANDS:
        _assert_told(_run(database, tmp_path, *command), command)
    if name in ("beginning", "emptied"):
        assert database.read_bytes() == before
        said = _run(database, tmp_path, "news").stderr
        assert "gazette-auto-20261120-120000.sqlite3 --replace" in said
    findings = json.loads(_run(database, tmp_path, "doctor", "--repair", "--json").stdout)["findings"]
    assert any(each["what"] == "repair" for each in findings)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, *(pytest.param(each, marks=pytest.mark.thorough) for each in range(1, 6))])
def test_flipped_bytes_end_no_command_with_a_traceback(seed: int, database: Path, tmp_path: Path) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        place = chance.randrange(database.stat().st_size)
        _overwrite(database, place, bytes([chance.randrange(256)]))
    for command in chance.sample(COMMANDS, 4):
        _assert_told(_run(database, tmp_path, *command), command)
    _assert_told(_run(database, tmp_path, "doctor", "--repair"), ("doctor",))


async def _use(store: Store, table: str) -> None:
    await store.migrate()
    await store.check()
    async with store.reading() as conn:
        await conn.execute(text(f"SELECT count(*) FROM {table}"))


@pytest.mark.parametrize("table", ["story", "lease", "meta", "alembic_version", "story_words"])
async def test_a_table_taken_out_is_named_as_damage(database_url: str, store: Store, table: str) -> None:
    async with store.writing() as conn:
        await conn.execute(text(f"DROP TABLE {table}" + ("" if store.is_sqlite else " CASCADE")))
    async with Store.open(database_url) as other:
        with pytest.raises(StoreError, match=r"lacks a table|has tables, but not|no tables yet"):
            await _use(other, table)


async def test_rows_that_make_no_sense_are_damage(store: Store) -> None:
    await _fill(store)
    async with store.writing() as conn:
        await conn.execute(text("UPDATE document SET status = 'stoed' WHERE id = 3"))
        await conn.execute(text("UPDATE story SET published_at = 9000000000000000000 WHERE id = 5"))
    with pytest.raises(StoreDamaged, match="can't be understood"):
        async with store.reading() as conn:
            await story_rows.get_story(conn, 5)
    async with store.reading() as conn:
        assert await subscriptions.list_subscriptions(conn) == []
