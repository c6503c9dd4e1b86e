"""The events of documents depend on their order of arrival, and not on when workers answer."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import cycle, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.database_url import normalize_database_url
from bot.intake.file_reader import read_document
from bot.intake.pipeline import Intake
from bot.intake.worker_pool import DeadlineExecutor
from bot.newsroom.filters import EVERYTHING
from bot.services.event_assignment import assign_events
from bot.settings import IntakeSettings, SummarySettings
from bot.store import story_pages
from bot.store.database import Store
from summarizers import analyse
from tests.clock import ManualClock
from tests.intake.conftest import NewsFolder

SEEDS = Path(__file__).parents[2] / "seeds"

SLOW = 0.3
"""Seconds that hold a batch up: a few of these are longer than it waits to be full."""

Events = tuple[tuple[str, ...], ...]
"""The stories of each event."""


class LateWorkers(DeadlineExecutor):
    """Workers that give each result after a delay of its own, so that results come in any order."""

    def __init__(self, width: int, delays: Sequence[float], done: dict[Any, Any]) -> None:
        self.width = width
        self._delays: Iterator[float] = cycle(delays)
        self._done = done
        """Results of earlier runs."""

    def submit_within(
        self, _seconds: float | None, fn: Callable[..., Any], /, *args: Any, **_kwargs: Any
    ) -> Future[Any]:
        if args not in self._done:
            self._done[args] = fn(*args)
        future: Future[Any] = Future()
        asyncio.get_running_loop().call_later(next(self._delays), _finish, future, self._done[args])
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """There is nothing to end."""


def _finish(future: Future[Any], result: object) -> None:
    if future.set_running_or_notify_cancel():
        future.set_result(result)


@dataclass(frozen=True)
class Timing:
    """The number of workers, the delays of their answers, and the number of scans."""

    width: int
    delays: tuple[float, ...]
    scans: int


TIMINGS = st.builds(
    Timing,
    st.integers(1, 8),
    st.lists(st.sampled_from((0.0, 0.001, 0.004, 0.02, SLOW)), min_size=1, max_size=12).map(tuple),
    st.integers(1, 5),
)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> NewsFolder:
    """Excerpts of three stories, so that many decisions are close; some files have several."""
    chance = random.Random(5)
    folder = NewsFolder(tmp_path_factory.mktemp("news"))
    parts = [part for path in sorted(SEEDS.iterdir()) for part in read_document(path, IntakeSettings().max_bytes).parts]
    stories = [story for part in parts for story in analyse(part.text, title=part.title) if len(story.sentences) > 4]
    reports = []
    for story in chance.sample(stories, 3):
        for _ in range(16):
            chosen = sorted(chance.sample(range(len(story.sentences)), chance.randint(1, 3)))
            reports.append(" ".join(story.sentences[at] for at in chosen))
    chance.shuffle(reports)
    for at in range(0, len(reports), 3):
        one, *others = reports[at : at + 3]
        folder.write(f"{at:02}.txt", one)
        folder.write(f"{at:02}b.txt", "\n---\n".join(others))
    return folder


async def read_events(home: Path, news: NewsFolder, timing: Timing, done: dict[Any, Any]) -> Events:
    """Read all files in their order; return the events."""
    clock, options = ManualClock(), IntakeSettings(seeds=news.path)
    paths = sorted(news.path.iterdir())
    bounds = [len(paths) * part // timing.scans for part in range(timing.scans + 1)]
    async with Store.open(normalize_database_url(str(home / "gazette.sqlite3"))) as store:
        await store.migrate()
        workers = LateWorkers(timing.width, timing.delays, done)
        intake = Intake(store, options, SummarySettings(), workers, clock, assign_events=assign_events)
        for begin, end in pairwise(bounds):
            clock.advance(seconds=1)
            await intake.scan(paths[begin:end])
        async with store.reading() as conn:
            lines, _ = await story_pages.list_stories(conn, EVERYTHING, page=1, per_page=1000, now=clock.now)
    events: dict[int, list[str]] = {}
    for line in sorted(lines, key=lambda line: (line.ref.path, line.ref.position)):
        events.setdefault(line.event_id, []).append(f"{line.ref.path}:{line.ref.position}")
    return tuple(map(tuple, events.values()))


@pytest.fixture(scope="module")
def results() -> dict[Any, Any]:
    """Analyses of documents that were made before."""
    return {}


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory, news: NewsFolder, results: dict[Any, Any]) -> Events:
    """The events of files that are read one after the other, each in a scan of its own."""
    timing = Timing(1, (0.0,), len(list(news.path.iterdir())))
    return asyncio.run(read_events(tmp_path_factory.mktemp("alone"), news, timing, results))


@given(timing=TIMINGS)
@settings(max_examples=15, deadline=None)
def test_events_do_not_depend_on_workers_or_scans(
    tmp_path_factory: pytest.TempPathFactory,
    news: NewsFolder,
    results: dict[Any, Any],
    alone: Events,
    timing: Timing,
) -> None:
    assert 3 <= len(alone) < sum(map(len, alone)), "grouping had nothing to decide"
    assert asyncio.run(read_events(tmp_path_factory.mktemp("store"), news, timing, results)) == alone
