"""Good documents among hostile ones: how much later they are in, and the event loop's lag meanwhile.

    python -m benchmarks.hostile_documents [--good 1000] [--hostile 100] [--workers 0]

A hostile document hangs the worker that reads it, in C code, as a reader's unknown hole would; it stands for all kinds,
since known ones are read in linear time. The good ones are those of benchmarks.loop_lag. Target: in the store within
twice the time that they take alone, and a lag of at most 20 ms (p99).
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.loop_lag import row, watch, write
from bot.intake.analysis_job import AnalysisJob, AnalysisResult, analyse_document
from bot.intake.pipeline import Intake
from bot.intake.worker_pool import DeadlineExecutor
from bot.intake.workers import open_workers
from bot.services.event_assignment import assign_events
from bot.settings import IntakeSettings, SummarySettings
from bot.store.database import Store

HOSTILE = b"hostile"


def analyse_or_hang(job: AnalysisJob) -> AnalysisResult:
    if job.data.startswith(HOSTILE):
        sum(range(10**13))
    return analyse_document(job)


class HangingWorkers(DeadlineExecutor):
    """Workers that hang with hostile documents."""

    def __init__(self, inner: DeadlineExecutor) -> None:
        self._inner, self.width = inner, inner.width

    def submit_within(self, seconds: float | None, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self._inner.submit_within(seconds, analyse_or_hang if fn is analyse_document else fn, *args, **kwargs)

    def submit_briefly(self, seconds: Callable[[], float], fn: Callable[..., Any], /, *args: Any) -> Future[Any]:
        return self._inner.submit_briefly(seconds, analyse_or_hang if fn is analyse_document else fn, *args)


async def ingest(folder: Path, database: Path, workers: int) -> tuple[float, int, list[float]]:
    """Return the seconds of a scan as the watcher makes it, the number of new files, and the loop's lags."""
    settings = IntakeSettings(seeds=folder, workers=workers, quiet_seconds=0)
    async with Store.open(f"sqlite+aiosqlite:///{database}") as store:
        await store.migrate()
        with open_workers(settings) as pools:
            await asyncio.wrap_future(pools.documents.submit(len, ()))  # the first process has started
            intake = Intake(
                store,
                settings,
                SummarySettings(),
                HangingWorkers(pools.documents),
                lambda: datetime.now(UTC),
                assign_events=assign_events,
                slow_executor=HangingWorkers(pools.slow),
            )
            stop = asyncio.Event()
            watching = asyncio.create_task(watch(stop))
            apart = asyncio.create_task(intake.read_slow_files())
            began = time.perf_counter()
            report = await intake.scan(patient=True)
            seconds = time.perf_counter() - began
            stop.set()
            apart.cancel()
            late = await watching
    return seconds, report.new, late


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--good", type=int, default=1000)
    parser.add_argument("--hostile", type=int, default=100)
    parser.add_argument("--workers", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gazette-hostile-") as place:
        folder = Path(place) / "seeds"
        folder.mkdir()
        write(folder, options.good)
        gc.freeze()
        alone, new, late = asyncio.run(ingest(folder, Path(place) / "alone.sqlite3", options.workers))
        print(f"{new} good documents alone: {alone:.1f} s; {row('lag', late)}")
        for at in range(options.hostile):
            (folder / f"{at % 40:02}" / f"{at:05}-hostile.txt").write_bytes(HOSTILE + b" %d" % at)
        among, new, late = asyncio.run(ingest(folder, Path(place) / "among.sqlite3", options.workers))
        print(
            f"{new} among {options.hostile} hostile ones: {among:.1f} s, {among / alone:.2f} times; {row('lag', late)}"
        )


if __name__ == "__main__":
    main()
