"""CPU time of a rescan of many unchanged files, compared with a plain walk over them.

    python benchmarks/rescan_speed.py [--files 100000] [--rounds 5]

The walk is os.scandir and a stat of every file, the least that any program needs. The files are known to the store, as
after a first ingest.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import resource
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.intake.pipeline import Intake
from bot.intake.watcher import FULL_SCAN_CPU_SHARE
from bot.intake.worker_pool import ProcessWorkers
from bot.newsroom.models import DocumentStatus
from bot.settings import IntakeSettings, SummarySettings
from bot.store.database import Store
from bot.store.schema import document

FOLDERS = 200


def make_files(root: Path, files: int) -> None:
    for at in range(files):
        folder = root / f"{at % FOLDERS:03}"
        if at < FOLDERS:
            folder.mkdir()
        (folder / f"{at:06}-report.txt").write_bytes(b"Ports open. %d" % at)


def walk(root: Path) -> list[tuple[str, int, int, int]]:
    files, stack = [], [os.fspath(root)]
    while stack:
        with os.scandir(stack.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    stack.append(entry.path)
                else:
                    status = entry.stat(follow_symlinks=False)
                    files.append((entry.path, status.st_size, status.st_mtime_ns, status.st_ino))
    return files


def resident_bytes() -> int:
    """Return the memory in use now."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def document_rows(root: Path) -> list[dict[str, object]]:
    """Return the rows that an ingest would store for files; stories make no difference here."""
    now = datetime.now(UTC)
    return [
        {
            "path": os.path.relpath(path, root),
            "path_folded": os.path.relpath(path, root),
            "status": DocumentStatus.STORED.value,
            "size": size,
            "mtime_ns": mtime,
            "inode": str(inode),
            "sha256": f"{at:064x}",
            "stories": 0,
            "changed_at": now,
        }
        for at, (path, size, mtime, inode) in enumerate(walk(root))
    ]


async def store_files(store: Store, root: Path) -> None:
    rows = document_rows(root)
    async with store.writing() as conn:
        for start in range(0, len(rows), 5000):
            await conn.execute(document.insert(), rows[start : start + 5000])


async def assign_no_events(*_: object) -> None:
    """Do nothing, as there are no new stories."""


async def run(files: int, rounds: int, home: Path) -> None:
    seeds = home / "seeds"
    seeds.mkdir()
    make_files(seeds, files)
    settings = IntakeSettings(seeds=seeds)
    async with Store.open(f"sqlite+aiosqlite:///{home / 'gazette.sqlite3'}") as store:
        await store.migrate()
        await store_files(store, seeds)
        with ProcessWorkers(1) as executor:
            intake = Intake(
                store, settings, SummarySettings(), executor, lambda: datetime.now(UTC), assign_events=assign_no_events
            )
            before = resident_bytes()
            began = time.perf_counter()
            report = await intake.scan()
            assert (report.files, report.unchanged) == (files, files), report
            print(f"first scan, which reads what the store knows: {time.perf_counter() - began:.2f} s")
            walks, scans = [], []
            for _ in range(rounds):
                began = time.thread_time()
                walk(seeds)
                walks.append(time.thread_time() - began)
                assert (await intake.scan()).unchanged == files
                scans.append(intake.scan_cpu_seconds)
            walk_seconds, scan_seconds = statistics.median(walks), statistics.median(scans)
            after = resident_bytes()
    print(f"{files:,} files, CPU seconds, median of {rounds}")
    print("| walk      | rescan | ratio | memory for known files   |")
    print("|-----------|--------|-------|--------------------------|")
    print(
        f"| {walk_seconds:9.3f} | {scan_seconds:6.3f} | {scan_seconds / walk_seconds:5.2f} | {(after - before) / 1e6:21.0f} MB |"
    )
    interval = max(settings.interval_seconds, scan_seconds / FULL_SCAN_CPU_SHARE)
    share = scan_seconds / interval
    print(f"while notifications work, a full scan every {interval:.0f} s: {share:.2%} of a processor")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--files", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=5)
    arguments = options.parse_args()
    with tempfile.TemporaryDirectory() as home:
        asyncio.run(run(arguments.files, arguments.rounds, Path(home)))
