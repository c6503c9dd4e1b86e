"""What does a rescan of very many unchanged files cost, beside listing and looking at them?

    python benchmarks/rescan_speed.py [--files 100000] [--rounds 5]

The bare walk is os.scandir and a stat of every file, as any program that looks at all of them has to do. The files are
known to the store already, as after a first ingest.
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


def make(root: Path, files: int) -> None:
    for at in range(files):
        folder = root / f"{at % FOLDERS:03}"
        if at < FOLDERS:
            folder.mkdir()
        (folder / f"{at:06}-report.txt").write_bytes(b"Ports open. %d" % at)


def bare(root: Path) -> list[tuple[str, int, int, int]]:
    found, stack = [], [os.fspath(root)]
    while stack:
        with os.scandir(stack.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    stack.append(entry.path)
                else:
                    status = entry.stat(follow_symlinks=False)
                    found.append((entry.path, status.st_size, status.st_mtime_ns, status.st_ino))
    return found


def resident() -> int:
    """Bytes of memory in use now."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def rows(root: Path) -> list[dict[str, object]]:
    """The files as an ingest would note them, without the stories, which make no difference here."""
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
        for at, (path, size, mtime, inode) in enumerate(bare(root))
    ]


async def know(store: Store, root: Path) -> None:
    noted = rows(root)
    async with store.writing() as conn:
        for start in range(0, len(noted), 5000):
            await conn.execute(document.insert(), noted[start : start + 5000])


async def nowhere(*_: object) -> None:
    """Nothing new is to be placed."""


async def run(files: int, rounds: int, home: Path) -> None:
    seeds = home / "seeds"
    seeds.mkdir()
    make(seeds, files)
    settings = IntakeSettings(seeds=seeds)
    async with Store.open(f"sqlite+aiosqlite:///{home / 'gazette.sqlite3'}") as store:
        await store.migrate()
        await know(store, seeds)
        with ProcessWorkers(1) as executor:
            intake = Intake(
                store, settings, SummarySettings(), executor, lambda: datetime.now(UTC), assign_events=nowhere
            )
            before = resident()
            began = time.perf_counter()
            report = await intake.scan()
            assert (report.files, report.unchanged) == (files, files), report
            print(f"first scan, which reads what the store knows: {time.perf_counter() - began:.2f} s")
            walks, scans = [], []
            for _ in range(rounds):
                began = time.thread_time()
                bare(seeds)
                walks.append(time.thread_time() - began)
                assert (await intake.scan()).unchanged == files
                scans.append(intake.scan_cpu_seconds)
            walk, scan = statistics.median(walks), statistics.median(scans)
            after = resident()
    print(f"{files:,} files, seconds of a processor, median of {rounds}")
    print("| bare walk | rescan | ratio | memory for what is known |")
    print("|-----------|--------|-------|--------------------------|")
    print(f"| {walk:9.3f} | {scan:6.3f} | {scan / walk:5.2f} | {(after - before) / 1e6:21.0f} MB |")
    every = max(settings.interval_seconds, scan / FULL_SCAN_CPU_SHARE)
    print(f"while notices work, everything is looked at every {every:.0f} s: {scan / every:.2%} of a processor")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--files", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as home:
        asyncio.run(run(given.files, given.rounds, Path(home)))
