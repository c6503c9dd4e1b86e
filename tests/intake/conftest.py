"""A seeds folder, an intake for it, and a clock that the test moves."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.intake.hold_clock import Uptime
from bot.intake.pipeline import Intake
from bot.intake.worker_pool import DeadlineExecutor
from bot.newsroom.filters import EVERYTHING
from bot.newsroom.models import DocumentStatus, StoryLine
from bot.settings import IntakeSettings, SummarySettings
from bot.store import story_pages
from bot.store.database import Store
from tests.clock import NOON, ManualClock
from tests.store.queries import all_files

TOWNS = "Oslo Bergen Lima Quito Nairobi Hanoi Porto Turin Gdansk Aarhus".split()  # noqa: SIM905 - easier to read


def story_text(number: int) -> str:
    """Return a story that differs from those of other numbers."""
    double = TOWNS[number % len(TOWNS)]
    return (
        f"The council of {double} voted on Monday to build bridge number {number} over the river. "
        f"Work on it begins in spring, the mayor of {double} said, and costs {number + 3} million."
    )


async def leave_ungrouped(_conn: object, _placed: object, _now: datetime) -> None:
    """Leave each story in an event of its own: clustering is tested with the services."""


@dataclass
class NewsFolder:
    """A seeds folder, in which files are an hour old by default and so can be read at once."""

    path: Path
    now: datetime = NOON
    _stamp: int = field(default=0)

    def write(self, name: str, text: str | bytes, *, age: float = 3600) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        self.age(name, age)
        return path

    def age(self, name: str, age: float) -> None:
        self._stamp += 1  # two writes within a clock tick would have equal times
        moment = int((self.now.timestamp() - age) * 1_000_000_000) + self._stamp
        os.utime(self.path / name, ns=(moment, moment))


@pytest.fixture
def folder(tmp_path: Path) -> NewsFolder:
    """An empty seeds folder."""
    path = tmp_path / "seeds"
    path.mkdir()
    return NewsFolder(path)


class ThreadWorkers(DeadlineExecutor):
    """An executor that starts at once: threads instead of processes, which nobody can kill."""

    width = 2

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(self.width)

    def submit_within(self, seconds: float | None, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._pool.shutdown(wait, cancel_futures=cancel_futures)


@pytest.fixture
def threads() -> Iterator[DeadlineExecutor]:
    """Workers for tests in which no worker dies or overruns."""
    with ThreadWorkers() as workers:
        yield workers


@dataclass
class IntakeHarness:
    """An intake and its store."""

    store: Store
    intake: Intake
    clock: ManualClock

    async def lines(self) -> list[StoryLine]:
        """Return the stories in the store, by path and position."""
        async with self.store.reading() as conn:
            lines, _ = await story_pages.list_stories(conn, EVERYTHING, page=1, per_page=1000, now=self.clock.now)
        return sorted(lines, key=lambda line: (line.ref.path, line.ref.position))

    async def paths(self) -> list[str]:
        """Return the paths of the stories in the store."""
        return [line.ref.path for line in await self.lines()]

    async def statuses(self) -> dict[str, DocumentStatus]:
        """Return the status of each file."""
        async with self.store.reading() as conn:
            return {path: file.status for path, file in (await all_files(conn)).items()}


@pytest.fixture
def clock() -> ManualClock:
    """A clock set to noon."""
    return ManualClock()


@dataclass
class Machine:
    """The machine's uptime, which passes with the clock unless the clock is set."""

    clock: ManualClock
    boot: str = "first start"
    _set_by: float = 0.0

    def uptime(self) -> Uptime:
        """Return the seconds since the start."""
        return Uptime(self.boot, self.clock.now.timestamp() - self._set_by)

    def set_clock(self, seconds: float) -> None:
        """Set the clock forwards, or back."""
        self.clock.advance(seconds=seconds)
        self._set_by += seconds


@pytest.fixture
def machine(clock: ManualClock) -> Machine:
    """The machine that the clock is in."""
    return Machine(clock)


@pytest.fixture
def open_harness(
    folder: NewsFolder, threads: DeadlineExecutor, clock: ManualClock, machine: Machine
) -> Callable[[Store], IntakeHarness]:
    """Make an intake that, like a program that starts, knows only what is stored."""

    def make(store: Store) -> IntakeHarness:
        settings = IntakeSettings(seeds=folder.path, max_bytes=200_000)
        intake = Intake(
            store,
            settings,
            SummarySettings(),
            threads,
            clock,
            assign_events=leave_ungrouped,
            uptime=machine.uptime,
        )
        return IntakeHarness(store, intake, clock)

    return make


@pytest_asyncio.fixture
async def sqlite_store(sqlite_url: str) -> AsyncIterator[Store]:
    """An open, empty store on SQLite."""
    async with Store.open(sqlite_url) as store:
        yield store


@pytest.fixture
def harness(sqlite_store: Store, open_harness: Callable[[Store], IntakeHarness]) -> IntakeHarness:
    """An intake on SQLite: differences between databases are tested with the store."""
    return open_harness(sqlite_store)


@pytest.fixture
def harness_on_both(store: Store, open_harness: Callable[[Store], IntakeHarness]) -> IntakeHarness:
    """An intake on each kind of database in turn."""
    return open_harness(store)
