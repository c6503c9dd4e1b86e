"""Scans of the seeds folder: on file system notifications, and at intervals.

File system notifications are a help and no more: network disks send none, large trees run out of them, and they end when
the folder is replaced. So every tick of the scheduler asks for a full scan; while notifications work, one is made only
as often as half a percent of a processor allows.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from contextlib import aclosing, contextmanager
from pathlib import Path
from typing import Final

import structlog
from watchfiles import Change, awatch

from bot.errors import SeedsUnavailable, StoreError
from bot.intake.feed_fetcher import FetchResult
from bot.intake.feeds import FeedPoller
from bot.intake.pipeline import Intake
from bot.intake.scanner import is_ignored
from bot.intake.types import ScanReport
from bot.settings import IntakeSettings

__all__ = ["FULL_SCAN_CPU_SHARE", "FolderWatcher"]

log = structlog.get_logger()

_DEBOUNCE_MS: Final = 400
"""Milliseconds over which changes are collected: writing a file causes several notifications."""

_STEP_MS: Final = 100
"""Milliseconds without a change that end collecting."""

_CHECK_MS: Final = 2_000
"""Milliseconds between checks whether the folder was replaced, which is not notified of."""

_RETRY_SECONDS: Final = 600.0
"""Seconds before notifications are asked for again after they ran out: somebody has to raise a limit first."""

_RELOAD_SECONDS: Final = 3_600.0
"""Seconds for which memory of known files is trusted: a backup may be restored beside the running program."""

_MAX_CHANGES: Final = 1_000
"""Changed paths from which on one full scan is cheaper than looking at each."""

FULL_SCAN_CPU_SHARE: Final = 0.005
"""Share of a processor that full scans may take while notifications work."""

_STABLE_SLACK_SECONDS: Final = 0.05
"""Seconds added to the quiet period, so that a file is not looked at just before it ends."""


class FolderWatcher:
    """Keeps the store up to date with the seeds folder and the feeds while it runs.

    `on_scan` is called with the report of every scan, `on_fetch` with the result of every fetch of a feed. The scheduler calls `request_full_scan`.
    """

    def __init__(
        self,
        intake: Intake,
        settings: IntakeSettings,
        on_scan: Callable[[ScanReport], object] | None = None,
        on_fetch: Callable[[FetchResult], object] | None = None,
    ) -> None:
        self._intake = intake
        self._root = intake.paths.root
        self._settings = settings
        self._quiet_seconds = settings.quiet_seconds
        self._on_scan, self._on_fetch = on_scan, on_fetch
        self._requested = asyncio.Event()
        self._full_scan_due = True
        self._changed: set[Path] = set()
        self._stable_at: dict[Path, float] = {}
        """Files that are being written, with the moment when they may be complete."""
        self._watching = False
        self._last_full_scan = float("-inf")
        self._known_files_loaded = time.monotonic()

    def request_full_scan(self) -> None:
        """Ask for a full scan.

        Skipped while notifications work and the last one was recent and expensive.
        """
        pause = self._intake.scan_cpu_seconds / FULL_SCAN_CPU_SHARE
        if self._watching and time.monotonic() - self._last_full_scan < pause:
            return
        self._require_full_scan()

    async def run(self, stop: asyncio.Event) -> None:
        """Scan until `stop` is set; wait for a folder or database that is not available."""
        feeds = FeedPoller(self._intake, self._settings, on_fetch=self._on_fetch)
        stopping = asyncio.create_task(stop.wait(), name="intake-stop")
        tasks = {
            stopping,
            asyncio.create_task(self._scan_on_request(), name="intake-scan"),
            asyncio.create_task(self._watch_folder(), name="intake-watch"),
            asyncio.create_task(feeds.run(), name="intake-feeds"),
            asyncio.create_task(self._intake.read_slow_files(self._on_scan), name="intake-slow"),
        }
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done - {stopping}:
                task.result()  # the others end only by raising an error
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _scan_on_request(self) -> None:
        self._requested.set()
        while True:
            await self._wait_for_work()
            try:
                report = await self._scan()
            except SeedsUnavailable as error:
                log.warning("intake.folder_unavailable", error=str(error))
            except StoreError as error:
                self._full_scan_due = True  # at the next tick
                log.error("intake.store_failed", error=str(error))
            else:
                if self._on_scan is not None:
                    self._on_scan(report)

    async def _wait_for_work(self) -> None:
        """Wait for a change, a tick, or the moment when a growing file may be complete."""
        due = min(self._stable_at.values(), default=None)
        try:
            async with asyncio.timeout(None if due is None else max(due - time.monotonic(), 0)):
                await self._requested.wait()
        except TimeoutError:
            pass
        self._requested.clear()

    async def _scan(self) -> ScanReport:
        now = time.monotonic()
        stable = {path for path, due in self._stable_at.items() if due <= now}
        paths, full = self._changed | stable, self._full_scan_due
        self._changed, self._full_scan_due = set(), False
        if full:
            if now - self._known_files_loaded > _RELOAD_SECONDS:
                self._intake.forget_known_files()
                self._known_files_loaded = now
            self._last_full_scan = now
            self._stable_at = {}
            report = await self._intake.scan(patient=True)
        else:
            self._stable_at = {path: due for path, due in self._stable_at.items() if path not in paths}
            report = await self._intake.rescan(sorted(paths))
        due = time.monotonic() + self._quiet_seconds + _STABLE_SLACK_SECONDS
        self._stable_at.update(dict.fromkeys(self._intake.waiting, due))
        return report

    # Notifications

    async def _watch_folder(self) -> None:
        """Collect notifications for as long as the system sends them."""
        while True:
            try:
                await self._watch_until_replaced()
            except FileNotFoundError:
                self._watching = False
                await asyncio.sleep(_CHECK_MS / 1000)
            except (OSError, RuntimeError) as error:  # watchfiles raises both when notifications run out
                self._watching = False
                log.warning(
                    "intake.notifications_unavailable",
                    error=str(error),
                    hint="changes are found at the next tick; on Linux raise fs.inotify.max_user_watches",
                )
                await asyncio.sleep(_RETRY_SECONDS)

    async def _watch_until_replaced(self) -> None:
        """Watch the folder; return when another takes its place. Raises FileNotFoundError."""
        self._watching = False
        with _hold_open(self._root):
            identity = await asyncio.to_thread(_folder_identity, self._root)
            changes = awatch(
                self._root,
                watch_filter=self._is_relevant,
                debounce=_DEBOUNCE_MS,
                step=_STEP_MS,
                rust_timeout=_CHECK_MS,
                yield_on_timeout=True,
                ignore_permission_denied=True,
            )
            async with aclosing(changes):
                async for batch in changes:
                    if not self._watching:
                        self._watching = True
                        self._require_full_scan()  # for changes before the first notification
                    if batch:
                        self._add_changes({path for _, path in batch})
                    if await asyncio.to_thread(_folder_identity, self._root) != identity:
                        self._require_full_scan()
                        return

    def _is_relevant(self, _change: Change, path: str) -> bool:
        try:
            parts = Path(path).relative_to(self._root.absolute()).parts
        except ValueError:
            return True
        return not any(is_ignored(part) for part in parts)

    def _add_changes(self, paths: set[str]) -> None:
        # Names that are not UTF-8 arrive with replacement characters and can't be looked up.
        if len(paths) + len(self._changed) > _MAX_CHANGES or any("\ufffd" in path for path in paths):
            self._require_full_scan()
            return
        self._changed.update(Path(path) for path in paths)
        self._requested.set()

    def _require_full_scan(self) -> None:
        self._full_scan_due = True
        self._requested.set()


@contextmanager
def _hold_open(folder: Path) -> Iterator[None]:
    """Keep a folder open, so that no folder that takes its place can get the same inode."""
    if not hasattr(os, "O_DIRECTORY"):
        yield
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield
    finally:
        os.close(handle)


def _folder_identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino
