"""Changes are noticed at once by file system notifications, and by the tick in any case."""

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


class RunningWatcher:
    """A watcher that runs, with the reports of its scans."""

    def __init__(self, intake: Intake, settings: IntakeSettings) -> None:
        self.intake = intake
        self._reports: asyncio.Queue[ScanReport] = asyncio.Queue()
        self.watcher = FolderWatcher(intake, settings, self._reports.put_nowait)

    async def wait_for_scan(self, **fields: int) -> ScanReport:
        """Return the next report with these values."""
        async with asyncio.timeout(PATIENCE):
            while True:
                report = await self._reports.get()
                if all(getattr(report, name) == value for name, value in fields.items()):
                    return report

    async def wait_for_notifications(self) -> None:
        """Wait for the full scan that follows the first notification."""
        await self.wait_for_scan(unchanged=0)
        await self.wait_for_scan(unchanged=0)


def put_file(path: Path, text: str) -> None:
    """Put a complete file there at once, as without a quiet period half of it could be read."""
    written = path.parent.with_name("written")
    written.write_text(text)
    written.replace(path)


@pytest.fixture
def settings(folder: NewsFolder) -> IntakeSettings:
    return IntakeSettings(seeds=folder.path, quiet_seconds=0)


@asynccontextmanager
async def running_watcher(
    store: Store, settings: IntakeSettings, threads: DeadlineExecutor
) -> AsyncIterator[RunningWatcher]:
    intake = Intake(
        store, settings, SummarySettings(), threads, lambda: datetime.now(UTC), assign_events=leave_ungrouped
    )
    harness = RunningWatcher(intake, settings)
    stop = asyncio.Event()
    task = asyncio.create_task(harness.watcher.run(stop))
    try:
        yield harness
    finally:
        stop.set()
        async with asyncio.timeout(PATIENCE):
            await task


async def test_existing_files_are_read_and_changes_noticed_without_a_tick(
    folder: NewsFolder, sqlite_store: Store, settings: IntakeSettings, threads: DeadlineExecutor
) -> None:
    folder.write("a.txt", story_text(1))
    async with running_watcher(sqlite_store, settings, threads) as running:
        await running.wait_for_scan(new=1)
        await running.wait_for_scan(unchanged=1)
        put_file(folder.path / "b.txt", story_text(2))
        assert (await running.wait_for_scan(new=1)).stories == 1
        put_file(folder.path / "b.txt", story_text(3))
        await running.wait_for_scan(changed=1)
        (folder.path / "b.txt").unlink()
        await running.wait_for_scan(removed=1)


async def test_added_and_removed_folders_are_noticed(
    folder: NewsFolder, sqlite_store: Store, settings: IntakeSettings, threads: DeadlineExecutor, tmp_path: Path
) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "c.txt").write_text(story_text(3))
    async with running_watcher(sqlite_store, settings, threads) as running:
        await running.wait_for_notifications()
        (tmp_path / "new").rename(folder.path / "new")
        await running.wait_for_scan(new=1)
        shutil.rmtree(folder.path / "new")
        await running.wait_for_scan(removed=1)


async def test_a_file_is_read_after_the_quiet_period(
    folder: NewsFolder, sqlite_store: Store, settings: IntakeSettings, threads: DeadlineExecutor
) -> None:
    quiet = settings.model_copy(update={"quiet_seconds": 0.5})
    async with running_watcher(sqlite_store, quiet, threads) as running:
        await running.wait_for_notifications()
        (folder.path / "a.txt").write_text(story_text(1))
        assert (await running.wait_for_scan(files=1)).waiting == ("a.txt",)
        await running.wait_for_scan(new=1)


async def test_a_replaced_folder_is_watched_again(
    folder: NewsFolder, sqlite_store: Store, settings: IntakeSettings, threads: DeadlineExecutor
) -> None:
    folder.write("a.txt", story_text(1))
    async with running_watcher(sqlite_store, settings, threads) as running:
        await running.wait_for_scan(new=1)
        await running.wait_for_scan(unchanged=1)
        shutil.rmtree(folder.path)
        folder.path.mkdir()
        await running.wait_for_scan(removed=1)
        while True:
            put_file(folder.path / "b.txt", story_text(2))
            if (await running.wait_for_scan()).new == 1:
                break


async def test_a_folder_created_later_is_waited_for(
    folder: NewsFolder, sqlite_store: Store, settings: IntakeSettings, threads: DeadlineExecutor
) -> None:
    folder.path.rmdir()
    async with running_watcher(sqlite_store, settings, threads) as running:
        folder.path.mkdir()
        put_file(folder.path / "a.txt", story_text(1))
        await running.wait_for_scan(new=1)


async def test_without_notifications_the_tick_finds_changes(
    folder: NewsFolder,
    sqlite_store: Store,
    settings: IntakeSettings,
    threads: DeadlineExecutor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none_left(*_: object, **__: object) -> NoReturn:
        raise OSError(28, "OS file watch limit reached")

    monkeypatch.setattr(watcher, "awatch", none_left)  # the kernel's limit belongs to everybody on the machine
    async with running_watcher(sqlite_store, settings, threads) as running:
        await running.wait_for_scan(files=0)
        put_file(folder.path / "a.txt", story_text(1))
        running.watcher.request_full_scan()
        await running.wait_for_scan(new=1)
