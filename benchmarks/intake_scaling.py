"""Processor time of intake for a story, in the main process and in a worker.

    python -m benchmarks.intake_scaling [--files 1500] [--workers 1,2] [--analyze]

Reads generated files of one short story each, all of them different, into an empty store, once for each number of
workers. Printed are the processor time for a story in the main process and in the workers, the stories a second by the
clock, and the bound: the workers' time divided by the main process's is the number of workers that the main process can
keep busy, whatever the number of cores. With `--analyze`, `gazette analyze` reads the same files, and the last line is
the processor time of all of intake as a multiple of its. The event loop's lag is measured meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import psutil

from benchmarks.loop_lag import watch
from bot.database_url import normalize_database_url
from bot.intake.analysis_job import warm_up
from bot.intake.pipeline import Intake
from bot.intake.workers import open_workers
from bot.services.event_assignment import assign_events
from bot.settings import IntakeSettings, SummarySettings
from bot.store.database import Store

PEOPLE = ("mayor", "minister", "union", "court", "council", "coach", "doctor", "farmer", "student", "judge", "engineer")
DEEDS = ("approved", "rejected", "delayed", "praised", "questioned", "announced", "cancelled", "defended", "reviewed")
THINGS = (
    *("bridge", "budget", "treaty", "railway", "hospital", "harvest", "festival", "reform", "stadium", "pipeline"),
    *("election", "ferry", "museum", "library", "harbour", "reservoir", "airport", "strike", "vaccine", "airline"),
    *("orchestra", "vineyard", "glacier", "theatre"),
)
REASONS = (
    "heavy rain damaged the {thing}",
    "a report called the {thing} unsafe",
    "residents had collected {number} signatures",
    "costs rose to {number} million",
    "the contractor of the {thing} went bankrupt",
    "two studies of the {thing} disagreed",
    "an audit found {number} errors",
)
REMARKS = (
    '"We waited {number} days for this", said {name}, who works at the {thing}.',
    "{name} told reporters that the {person} would decide about the {thing} in {month}.",
    "The {thing} in {place} employs {number} people and was last repaired in {year}.",
    "Neighbours in {place} expect {number} visitors at the {thing} by {month}.",
    "A spokesman for {name} declined to comment on the {thing}.",
    "In {year} the {person} of {place} had refused a similar {thing}.",
    "Tickets for the {thing} cost {number} euros, {name} said.",
    "Work on the {thing} near {place} starts in {month} and takes {number} weeks.",
)
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
SYLLABLES = ("ba", "ren", "tol", "mi", "ka", "shi", "dor", "len", "va", "so", "pra", "gui", "nor", "tes", "lu", "fen")


IDLE_SECONDS = 3
"""Seconds for which the event loop's lag is measured before anything is read."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of one run of intake, and the stories that it stored."""

    stories: int
    clock: float
    main: float
    workers: float
    whole: float
    """The processor time of all processes from their start."""
    lag_ms: float
    """The 99th percentile of how late the event loop woke."""
    idle_lag_ms: float
    """The same while nothing was read, which is the machine's."""


def story_text(chance: random.Random) -> str:
    """Return a short story, with names of people and places that hardly another story has."""

    def name() -> str:
        return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 3))).capitalize()

    place, people = name(), [f"{name()} {name()}" for _ in range(3)]
    things = chance.sample(THINGS, 3)

    def fill(pattern: str) -> str:
        return pattern.format(
            thing=chance.choice(things),
            number=chance.randint(2, 980),
            name=chance.choice(people),
            person=chance.choice(PEOPLE),
            month=chance.choice(MONTHS),
            place=chance.choice((place, name())),
            year=chance.randint(1950, 2025),
        )

    lead = f"The {chance.choice(PEOPLE)} of {place} {chance.choice(DEEDS)} the {things[0]} after {fill(chance.choice(REASONS))}."
    said = [fill(remark) for remark in chance.sample(REMARKS, chance.randint(3, 6))]
    headline = f"{place} {chance.choice(DEEDS)} {things[0]}: {people[0]}"
    middle = len(said) // 2
    return "\n\n".join((headline, lead + " " + " ".join(said[:middle]), " ".join(said[middle:]))) + "\n"


def write_files(folder: Path, files: int) -> None:
    """Write one story to each file."""
    chance = random.Random(7)
    for at in range(files):
        path = folder / f"{at // 100:03}" / f"{at:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(story_text(chance), encoding="utf-8")


async def measure(seeds: Path, database: Path, workers: int) -> Cost:
    """Bring all files into a new store."""
    settings = IntakeSettings(seeds=seeds, workers=workers)
    with open_workers(settings) as pool:
        async with Store.open(normalize_database_url(str(database))) as store:
            await store.migrate()
            intake = Intake(
                store,
                settings,
                SummarySettings(),
                pool.documents,
                lambda: datetime.now(UTC),
                assign_events=assign_events,
                slow_executor=pool.slow,
            )
            for warm in [pool.documents.submit(warm_up) for _ in range(workers)]:
                await asyncio.wrap_future(warm)
            gc.collect()
            gc.freeze()  # as the program does once it is loaded
            idle_lag, _ = await with_lag(asyncio.sleep(IDLE_SECONDS))
            used_there, used, began = children_seconds(), time.process_time(), time.perf_counter()
            lag, report = await with_lag(intake.scan())
            clock, main = time.perf_counter() - began, time.process_time() - used
            there = children_seconds()
    if report.new != report.files:
        raise SystemExit(f"not all files were new: {report}")
    whole = time.process_time() + there
    return Cost(report.stories, clock, main, there - used_there, whole, lag, idle_lag)


async def with_lag(work: Awaitable[T]) -> tuple[float, T]:
    """Return the event loop's lag during work (p99, in ms), and the result."""
    stop = asyncio.Event()
    watcher = asyncio.create_task(watch(stop))
    result = await work
    stop.set()
    late = sorted(await watcher)
    return late[int(len(late) * 0.99)], result


def children_seconds() -> float:
    """Return the processor time of this process's children and theirs."""
    times = [child.cpu_times() for child in psutil.Process().children(recursive=True)]
    return sum(each.user + each.system for each in times)


def run_apart(seeds: Path, home: Path, workers: int) -> Cost:
    """Measure in a process of its own, which no earlier run has warmed."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.intake_scaling",
        "--one",
        str(seeds),
        str(workers),
        str(home / f"{workers}.sqlite3"),
    ]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return Cost(*json.loads(answer.splitlines()[-1]))


def analyze_seconds(seeds: Path) -> float:
    """Return the processor time of `gazette analyze` over all files."""
    files = sorted(map(str, seeds.rglob("*.txt")))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "bot.cli", "analyze", "--json", *files], check=True, stdout=subprocess.DEVNULL
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Run the benchmark."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--files", type=int, default=1500)
    options.add_argument("--workers", default="1,2")
    options.add_argument("--analyze", action="store_true")
    options.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.one:
        cost = asyncio.run(measure(Path(given.one[0]), Path(given.one[2]), int(given.one[1])))
        print(json.dumps(astuple(cost)))
        return
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory() as home:
        seeds = Path(home) / "seeds"
        write_files(seeds, given.files)
        whole = 0.0
        print(
            "| workers | stories | stories/s | main, ms a story | worker, ms a story | workers it can feed | lag p99 (idle), ms |"
        )
        print(
            "|--------:|--------:|----------:|-----------------:|-------------------:|--------------------:|-------------------:|"
        )
        for workers in map(int, given.workers.split(",")):
            cost = run_apart(seeds, Path(home), workers)
            whole = cost.whole
            print(
                f"| {workers:>7} | {cost.stories:>7} | {cost.stories / cost.clock:>9.0f} "
                f"| {cost.main / cost.stories * 1000:>16.2f} | {cost.workers / cost.stories * 1000:>18.2f} "
                f"| {cost.workers / cost.main:>19.1f} | {cost.lag_ms:>11.1f} ({cost.idle_lag_ms:.1f}) |",
                flush=True,
            )
        if given.analyze:
            alone = analyze_seconds(seeds)
            print(f"gazette analyze: {alone:.1f} s; intake: {whole:.1f} s, {whole / alone:.2f} times as much")


if __name__ == "__main__":
    main()
