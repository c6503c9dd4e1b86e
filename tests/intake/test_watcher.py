"""Changes are seen at once, by the kernel's notices; and in any case, by the tick."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest

from bot.intake import watcher
from bot.intake.pipeline import Intake
from bot.intake.types import ScanReport
from bot.intake.watcher import FolderWatcher
from bot.intake.worker_pool import DeadlineExecutor
from bot.settings import IntakeSettings, SummarySettings
from bot.store.database import Store
from tests.intake.conftest import NewsFolder, leave_ungrouped, story_text

PATIENCE = 60


class Watched:
    """A watcher that runs, and the scans it made."""

    def __init__(self, intake: Intake, settings: IntakeSettings) -> None:
        self.intake = intake
        self._reports: asyncio.Queue[ScanReport] = asyncio.Queue()
        self.watcher = FolderWatcher(intake, settings, self._reports.put_nowait)

    async def until(self, **wanted: int) -> ScanReport:
        """The next scan of which all this is true."""
        async with asyncio.timeout(PATIENCE):
            while True:
                report = await self._reports.get()
                if all(getattr(report, name) == value for name, value in wanted.items()):
                    return report

    async def noticed(self) -> None:
        """Until notices come: the look at everything that follows their start."""
        await self.until(unchanged=0)
        await self.until(unchanged=0)


def put(path: Path, text: str) -> None:
    """A file that is there whole: without a quiet period a write that is under way would be read half."""
    made = path.parent.with_name("made")
    made.write_text(text)
    made.replace(path)


@pytest.fixture
def settings(folder: NewsFolder) -> IntakeSettings:
    return IntakeSettings(seeds=folder.path, quiet_seconds=0)


@asynccontextmanager
async def watched(store: Store, settings: IntakeSettings, threads: DeadlineExecutor) -> AsyncIterator[Watched]:
    intake = Intake(
        store, settings, SummarySettings(), threads, lambda: datetime.now(UTC), assign_events=leave_ungrouped
    )
    found = Watched(intake, settings)
    stop = asyncio.Event()
    running = asyncio.create_task(found.watcher.run(stop))
    try:
        yield found
    finally:
        stop.set()
        async with asyncio.timeout(PATIENCE):
            await running


async def test_what_is_there_is_read_and_a_change_is_seen_without_a_tick(
    folder: NewsFolder, sqlite_store: Store, settings: IntakeSettings, threads: DeadlineExecutor
) -> None:
    folder.write("a.txt", story_text(1))
    async with watched(sqlite_store, settings, threads) as seen:
        await seen.until(new=1)
        await seen.until(unchanged=1)
        put(folder.path / "b.txt", story_text(2))
        assert (await seen.until(new=1)).stories == 1
        put(folder.path / "b.txt", story_text(3))
        await seen.until(changed=1)
        (folder.path / "b.txt").unlink()
        await seen.until(removed=1)


async def test_folders_that_come_and_go_are_seen(
    folder: NewsFolder, sqlite_store: Store, settings: IntakeSettings, threads: DeadlineExecutor, tmp_path: Path
) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "c.txt").write_text(story_text(3))
    async with watched(sqlite_store, settings, threads) as seen:
        await seen.noticed()
        (tmp_path / "new").rename(folder.path / "new")
        await seen.until(new=1)
        shutil.rmtree(folder.path / "new")
        await seen.until(removed=1)


async def test_a_file_is_read_when_it_has_been_quiet(
    folder: NewsFolder, sqlite_store: Store, settings: IntakeSettings, threads: DeadlineExecutor
) -> None:
    quiet = settings.model_copy(update={"quiet_seconds": 0.5})
    async with watched(sqlite_store, quiet, threads) as seen:
        await seen.noticed()
        (folder.path / "a.txt").write_text(story_text(1))
        assert (await seen.until(files=1)).waiting == ("a.txt",)
        await seen.until(new=1)


async def test_a_folder_that_is_replaced_is_followed_again(
    folder: NewsFolder, sqlite_store: Store, settings: IntakeSettings, threads: DeadlineExecutor
) -> None:
    folder.write("a.txt", story_text(1))
    async with watched(sqlite_store, settings, threads) as seen:
        await seen.until(new=1)
        await seen.until(unchanged=1)
        shutil.rmtree(folder.path)
        folder.path.mkdir()
        await seen.until(removed=1)
        while True:
            put(folder.path / "b.txt", story_text(2))
            if (await seen.until()).new == 1:
                break


async def test_a_folder_that_comes_later_is_waited_for(
    folder: NewsFolder, sqlite_store: Store, settings: IntakeSettings, threads: DeadlineExecutor
) -> None:
    folder.path.rmdir()
    async with watched(sqlite_store, settings, threads) as seen:
        folder.path.mkdir()
        put(folder.path / "a.txt", story_text(1))
        await seen.until(new=1)


async def test_without_notices_the_tick_finds_changes(
    folder: NewsFolder,
    sqlite_store: Store,
    settings: IntakeSettings,
    threads: DeadlineExecutor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none_left(*_: object, **__: object) -> NoReturn:
        raise OSError(28, "OS file watch limit reached")

    monkeypatch.setattr(watcher, "awatch", none_left)  # the kernel's limit belongs to everybody on the machine
    async with watched(sqlite_store, settings, threads) as seen:
        await seen.until(files=0)
        put(folder.path / "a.txt", story_text(1))
        seen.watcher.request_full_scan()
        await seen.until(new=1)
