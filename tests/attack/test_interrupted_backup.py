"""Backups that are killed, run out of room, made twice at once, cut off or made to be huge."""

from __future__ import annotations

import asyncio
import gzip
import json
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import orjson
import psutil
import pytest

from bot.automatic_backups import AutomaticBackups
from bot.cluster.leader import Leadership
from bot.errors import StoreError
from bot.settings import BackupSettings
from bot.store import backup, backup_folder, documents, story_rows
from bot.store.database import Store
from tests.clock import NOON, ManualClock, lease_clock
from tests.e2e.programs import environment, gazette
from tests.store.factories import make_analysis, make_file_facts


async def _fill(store: Store, stories: int = 20) -> None:
    async with store.writing() as conn:
        for number in range(stories):
            await documents.store_document(
                conn,
                f"{number}.txt",
                make_file_facts(str(number)),
                [make_analysis(f"Ferries of {number}.\nSecond line.", countries=["NO"])],
                now=NOON,
            )


def _backups(store: Store, settings: BackupSettings, clock: ManualClock) -> AutomaticBackups:
    leadership = Leadership(store, "backup", length=timedelta(seconds=15), clock=lease_clock(clock))
    return AutomaticBackups(store, settings, leadership, clock)


def _stories(path: Path) -> int:
    backup.verify(path)
    with closing(sqlite3.connect(path)) as conn:
        return int(conn.execute("SELECT count(*) FROM story").fetchone()[0])


async def test_a_backup_a_day_is_made_and_the_oldest_deleted(store: Store, tmp_path: Path) -> None:
    clock, folder = ManualClock(), tmp_path / "kept"
    backups = _backups(store, BackupSettings(keep=3, folder=folder), clock)
    assert await backups.back_up_if_due() is None, "an empty store needs none"
    await _fill(store)
    for _ in range(5):
        assert await backups.back_up_if_due() is not None
        assert await backups.back_up_if_due() is None
        clock.advance(hours=24)
    ending = "sqlite3" if store.is_sqlite else "jsonl.gz"
    days = ("24", "23", "22")
    names = [each.path.name for each in backup_folder.BackupFolder(folder).list_backups()]
    assert names == [f"gazette-auto-202611{day}-120000.{ending}" for day in days]
    for name in names:
        backup.verify(folder / name)
    assert (await backups.describe())["last"] == "2026-11-24T12:00:00+00:00"


async def test_a_clock_set_back_stops_no_backup(sqlite_store: Store, tmp_path: Path) -> None:
    await _fill(sqlite_store)
    clock = ManualClock()
    folder = tmp_path / "kept"
    backups = _backups(sqlite_store, BackupSettings(folder=folder, keep=2), clock)
    for _ in range(2):
        assert await backups.back_up_if_due() is not None
        clock.advance(hours=24)
    clock.advance(days=-30)
    await backups.back_up_if_due()  # which may have to wait until the lease from before has ended
    clock.advance(seconds=15)
    await backups.back_up_if_due()
    assert await backups.back_up_if_due() is None
    assert len([each for each in folder.iterdir() if each.name.startswith("gazette-auto-202610")]) == 1


async def test_of_two_processes_one_makes_the_backup(store: Store, tmp_path: Path) -> None:
    await _fill(store)
    clock = ManualClock()
    pair = [_backups(store, BackupSettings(folder=tmp_path / "kept"), clock) for _ in range(2)]
    made = await asyncio.gather(*(each.back_up_if_due() for each in pair))
    assert sum(each is not None for each in made) == 1


async def test_a_damaged_database_replaces_no_backup(sqlite_store: Store, tmp_path: Path) -> None:
    await _fill(sqlite_store, 400)
    clock = ManualClock()
    warnings: list[str] = []

    async def warn(text: str) -> None:
        warnings.append(text)

    leadership = Leadership(sqlite_store, "backup", length=timedelta(seconds=15), clock=lease_clock(clock))
    settings = BackupSettings(keep=1, folder=tmp_path / "kept")
    backups = AutomaticBackups(sqlite_store, settings, leadership, clock, warn=warn)
    good = await backups.back_up_if_due()
    assert good is not None
    async with sqlite_store.writing() as conn:
        await conn.exec_driver_sql("PRAGMA writable_schema=ON")
        # A table that points at another one's pages, as after a page that was written to the wrong place.
        await conn.exec_driver_sql(
            "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'event') "
            "WHERE name = 'document'"
        )
    for _ in range(2):
        clock.advance(hours=25)
        assert await backups.back_up_if_due() is None
    assert [path.name for path in (tmp_path / "kept").iterdir()] == [good.path.name]
    assert _stories(good.path) == 400
    assert len(warnings) == 1
    assert "Older backups are kept" in warnings[0]


@pytest.fixture
def filled(sqlite_url: str, tmp_path: Path) -> Callable[[int], dict[str, str]]:
    """An environment with a SQLite store of that many stories with 20 kB each."""

    async def fill(stories: int) -> None:
        async with Store.open(sqlite_url) as store:
            await _fill(store, stories)
            async with store.writing() as conn:
                await conn.exec_driver_sql("UPDATE story_body SET body = body || hex(randomblob(10000))")

    def make(stories: int) -> dict[str, str]:
        asyncio.run(fill(stories))
        return environment(tmp_path, DATABASE_URL=sqlite_url.replace("+aiosqlite", ""), GAZETTE_WATCH__PORT="0")

    return make


def _gazette(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "bot.cli", *arguments]


def test_a_kill_at_any_moment_leaves_former_backups_whole(
    filled: Callable[[int], dict[str, str]], tmp_path: Path
) -> None:
    env = filled(1500)
    target = tmp_path / "backups" / "one.sqlite3"
    subprocess.run(_gazette("backup", str(target)), env=env, cwd=tmp_path, check=True, capture_output=True)
    before = target.read_bytes()
    cut = 0
    for _ in range(4):
        with subprocess.Popen(_gazette("backup", "--replace", str(target)), env=env, cwd=tmp_path) as process:
            partial = target.with_name(f"{target.name}.partial")
            while process.poll() is None and not (partial.exists() and partial.stat().st_size > 100_000):
                psutil.Process(process.pid).memory_info()  # only to let it go on
            cut += process.poll() is None
            process.send_signal(signal.SIGKILL)
        assert target.exists()
        assert _stories(target) == 1500
    assert cut, "no kill came in the middle of a backup"
    assert len(target.read_bytes()) == len(before)
    done = subprocess.run(_gazette("backup", "--replace", str(target)), env=env, cwd=tmp_path, check=False)
    assert done.returncode == 0
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_a_full_disk_costs_one_line_and_no_backup(filled: Callable[[int], dict[str, str]], tmp_path: Path) -> None:
    env = filled(100)
    target = tmp_path / "backups" / "one.sqlite3"
    subprocess.run(_gazette("backup", str(target)), env=env, cwd=tmp_path, check=True, capture_output=True)

    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    command = _gazette("backup", "--replace", str(target))
    done = subprocess.run(
        command, env=env, cwd=tmp_path, preexec_fn=no_room, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert _stories(target) == 100
    assert [path.name for path in target.parent.iterdir()] == [target.name]


async def test_a_running_program_makes_the_backup_of_the_day(
    filled: Callable[[int], dict[str, str]], tmp_path: Path
) -> None:
    env = await asyncio.to_thread(filled, 20)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = int(taken.getsockname()[1])
    env |= {"GAZETTE_WATCH__PORT": str(port)}
    async with gazette("watch", env=env, cwd=tmp_path) as first, gazette("watch", env=env, cwd=tmp_path) as second:
        await asyncio.wait(
            {asyncio.create_task(each.says("backup.made")) for each in (first, second)},
            return_when=asyncio.FIRST_COMPLETED,
            timeout=60,
        )
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/healthz") as response:
            health = await response.json()
        assert health["backup"]["automatic"] == "on"
        assert datetime.now(UTC) - datetime.fromisoformat(health["backup"]["last"]) < timedelta(minutes=5)
        assert [await each.stop() for each in (first, second)] == [0, 0]
    assert (first.log + second.log).count("backup.made") == 1
    (made,) = (Path(env["DATABASE_URL"].removeprefix("sqlite:///")).parent / "backups").iterdir()
    assert _stories(made) == 20
    command = _gazette("doctor", "--json")
    doctor = await asyncio.to_thread(subprocess.run, command, env=env, cwd=tmp_path, capture_output=True, check=False)
    says = [each["says"] for each in json.loads(doctor.stdout)["findings"] if each["what"] == "backup"]
    assert len(says) == 1
    assert made.name in says[0]


async def _restore_refused(url: str, path: Path, says: str) -> None:
    with pytest.raises(StoreError, match=says):
        await backup.restore(url, path, replace=True)
    async with Store.open(url) as store, store.reading() as conn:
        assert await story_rows.count_stories(conn) == 20


HEADER = orjson.dumps({"format": "gazette-backup", "version": 1}) + b"\n"


async def test_a_line_without_end_is_read_in_bounded_memory(
    database_url: str, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _fill(store)
    monkeypatch.setattr(backup, "_LONGEST_LINE", 50_000_000)
    bomb = tmp_path / "bomb.jsonl.gz"
    with gzip.open(bomb, "wb", compresslevel=1) as file:
        file.write(HEADER + b'{"table":"meta","columns":["name"]}\n["')
        for _ in range(300):
            file.write(b"a" * 1_000_000)
    assert bomb.stat().st_size < 5_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    await _restore_refused(database_url, bomb, "longer than")
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < 250_000_000
    assert time.monotonic() - began < 60


@pytest.mark.parametrize("lines", [b"\n" * 1_000_000, b"[1,2,3]\n", b'{"table":"meta","columns":["name"]}\n[]\n'])
async def test_rows_that_are_none_are_refused(database_url: str, store: Store, tmp_path: Path, lines: bytes) -> None:
    await _fill(store)
    path = tmp_path / "bad.jsonl.gz"
    path.write_bytes(gzip.compress(HEADER + lines, mtime=0))
    await _restore_refused(database_url, path, "damaged|breaks off")


@pytest.mark.postgres
async def test_a_backup_from_which_a_row_was_taken_is_refused(
    postgres_url: str, tmp_path: Path, sqlite_url: str
) -> None:
    path = tmp_path / "one.jsonl.gz"
    async with Store.open(postgres_url) as store:
        await _fill(store)
        await backup.back_up(store, path)
    lines = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
    gone = next(number for number, line in enumerate(lines) if line.startswith(b"[") and b"Ferries" in line)
    path.write_bytes(gzip.compress(b"".join(lines[:gone] + lines[gone + 1 :]), mtime=0))
    async with Store.open(sqlite_url) as other:
        await _fill(other)
    await _restore_refused(sqlite_url, path, "rows instead of|can't be used|FOREIGN KEY|not restored whole")
    with pytest.raises(StoreError, match="rows instead of"):
        backup.verify(path)
