"""Loop lag: how late the event loop wakes while two thousand files are ingested.

    python -m benchmarks.loop_lag [--files 2000] [--workers 0] [--database URL]

A task asks to be woken every 5 ms and records how late it is: a member who presses a button waits for that, beside the
answer itself. The same without ingesting shows how much of it is the machine's. The stories are generated: 40 to 400
words each, one to five in a file.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import resource
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from bot.database_url import normalize_database_url
from bot.intake.pipeline import Intake
from bot.intake.workers import open_workers
from bot.services.event_assignment import assign_events
from bot.settings import IntakeSettings, SummarySettings
from bot.store.database import Store

PERIOD = 0.005
"""Seconds between two wakings."""
WHO = "mayor minister court council union bank coach doctors police farmers students judges engineers".split()  # noqa: SIM905
DID = "approved rejected delayed praised questioned announced cancelled defended reviewed signed".split()  # noqa: SIM905
WHAT = "bridge budget treaty railway hospital harvest festival reform stadium pipeline election ferry".split()  # noqa: SIM905
WHERE = (
    "Oslo Lima Nairobi Hanoi Porto Gdansk Quito Berlin Tokyo Paris Madrid Cairo Lagos Delhi Seoul Ankara Athens".split()  # noqa: SIM905
)
NAMES = "Berg Castro Okafor Tran Silva Nowak Weber Tanaka Moreau Garcia Hassan Bello Rao Kim Demir Costa".split()  # noqa: SIM905


def sentence(chance: random.Random) -> str:
    pick = chance.choice
    said = f"The {pick(WHO)} of {pick(WHERE)} {pick(DID)} the {pick(WHAT)} on Monday"
    more = f" after {pick(NAMES)} had asked for {chance.randint(2, 900)} million for the {pick(WHAT)}"
    return (
        said
        + (more if chance.random() < 0.6 else "")
        + (f", said {pick(NAMES)}, who leads the {pick(WHO)} in {pick(WHERE)}." if chance.random() < 0.5 else ".")
    )


def document(chance: random.Random) -> str:
    stories = []
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        paragraphs = [
            " ".join(sentence(chance) for _ in range(chance.randint(1, 3))) for _ in range(chance.randint(1, 8))
        ]
        stories.append("\n".join(paragraphs))
    return "\n".join(stories)


def write(folder: Path, files: int) -> None:
    chance = random.Random(11)
    for at in range(files):
        path = folder / f"{at % 40:02}" / f"{at:05}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(document(chance))


async def watch(stop: asyncio.Event) -> list[float]:
    """Return how late each waking is, in ms."""
    late = []
    while not stop.is_set():
        due = time.perf_counter() + PERIOD
        await asyncio.sleep(PERIOD)
        late.append((time.perf_counter() - due) * 1000)
    return late


def row(name: str, late: list[float]) -> str:
    late = sorted(late)
    parts = [late[int(len(late) * share)] for share in (0.5, 0.95, 0.99, 0.999)]
    return f"| {name:<22} | {len(late):>6} | " + " | ".join(f"{part:>6.2f}" for part in (*parts, late[-1])) + " |"


async def run(files: int, worker_count: int, url: str, home: Path) -> None:
    seeds = home / "seeds"
    seeds.mkdir()
    write(seeds, files)
    settings = IntakeSettings(seeds=seeds, workers=worker_count)
    with ExitStack() as stack:
        workers = stack.enter_context(open_workers(settings))
        async with Store.open(url or normalize_database_url(str(home / "gazette.sqlite3"))) as store:
            await store.migrate()
            gc.collect()
            gc.freeze()  # as the program does once it is loaded
            intake = Intake(
                store,
                settings,
                SummarySettings(),
                workers.documents,
                lambda: datetime.now(UTC),
                assign_events=assign_events,
            )
            print("| loop                   |  waked |    p50 |    p95 |    p99 |  p99.9 |    max |   (late by, ms)")
            print("|------------------------|--------|--------|--------|--------|--------|--------|")
            for name, work in (("idle", asyncio.sleep(5)), ("ingesting", intake.scan()), ("rescan", intake.scan())):
                stop = asyncio.Event()
                watcher = asyncio.create_task(watch(stop))
                began = time.perf_counter()
                report = await work
                took = time.perf_counter() - began
                await asyncio.sleep(PERIOD * 2)
                stop.set()
                print(row(name, await watcher), f"{took:.2f} s", flush=True)
                if name == "ingesting" and report is not None:
                    print(
                        f"  {report.files} files, {report.stories} stories in {took:.1f} s: {report.files / took:.0f} "
                        f"files/s, {report.stories / took:.0f} stories/s"
                    )
                    assert report.new == files, report
    here, there = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"memory at most: {here.ru_maxrss / 1024:.0f} MB here, {there.ru_maxrss / 1024:.0f} MB in the largest worker")
    print(f"processor: {here.ru_utime + here.ru_stime:.1f} s here, {there.ru_utime + there.ru_stime:.1f} s in workers")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--files", type=int, default=2000)
    options.add_argument("--workers", type=int, default=0)
    options.add_argument("--database", default="")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as home:
        asyncio.run(run(given.files, given.workers, given.database, Path(home)))
