"""When is the folder looked at? At once when something in it changes, and every so often in any case.

The kernel's notices are a help and no more: they are missing on network disks, run out on large trees and stop when the
folder is replaced. So the tick of the scheduler looks at everything; while notices work, not more often than costs half
a percent of a processor.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from contextlib import aclosing, contextmanager
from pathlib import Path

import structlog
from watchfiles import Change, awatch

from bot.errors import SeedsUnavailable, StoreError
from bot.intake.feeds import FeedPoller
from bot.intake.pipeline import Intake
from bot.intake.scanner import is_ignored
from bot.intake.types import ScanReport
from bot.settings import IntakeSettings

__all__ = ["FolderWatcher"]

log = structlog.get_logger()

_DEBOUNCE_MS = 400
_STEP_MS = 100
_CHECK_MS = 2_000
_RETRY_SECONDS = 600.0
_RECALL_SECONDS = 3_600.0
"""How long what is known of files is believed, as a backup may be restored beside the running program."""
_MOST_CHANGES = 1_000
FULL_SCAN_CPU_SHARE = 0.005
_SLACK = 0.05


class FolderWatcher:
    """Keeps the store up to date with the folder of news, and with the feeds, while it runs.

    `on_scan` is told of every scan. The scheduler calls `wake`.
    """

    def __init__(
        self, intake: Intake, settings: IntakeSettings, on_scan: Callable[[ScanReport], object] | None = None
    ) -> None:
        self._intake = intake
        self._root = intake.paths.root
        self._settings = settings
        self._quiet = settings.quiet_seconds
        self._on_scan = on_scan
        self._requested = asyncio.Event()
        self._full_scan_due = True
        self._changed: set[Path] = set()
        self._waiting: dict[Path, float] = {}
        self._watching = False
        self._last_full_scan = float("-inf")
        self._known_files_loaded = time.monotonic()

    def request_full_scan(self) -> None:
        """Ask for a look at everything; left out when notices come and the last look was dear."""
        if (
            self._watching
            and time.monotonic() - self._last_full_scan < self._intake.scan_cpu_seconds / FULL_SCAN_CPU_SHARE
        ):
            return
        self._full_scan_due = True
        self._requested.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Scan until `stop` is set; a folder or database that is not there is waited for."""
        feeds = FeedPoller(self._intake, self._settings)
        fetching = asyncio.create_task(feeds.run(), name="intake-feeds")
        listening = asyncio.create_task(self._watch_folder(), name="intake-listen")
        stopping = asyncio.create_task(stop.wait(), name="intake-stop")
        scanning = asyncio.create_task(self._scan_on_request(), name="intake-scan")
        try:
            tasks = {stopping, scanning, listening, fetching}
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done - {stopping}:
                task.result()  # none of them ends but by an error
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
                log.warning("intake.no_folder", error=str(error))
            except StoreError as error:
                self._full_scan_due = True  # at the next tick
                log.error("intake.store_failed", error=str(error))
            else:
                if self._on_scan is not None:
                    self._on_scan(report)

    async def _wait_for_work(self) -> None:
        """Until a change, a tick, or the moment when a file may have come to rest."""
        due = min(self._waiting.values(), default=None)
        try:
            async with asyncio.timeout(None if due is None else max(due - time.monotonic(), 0)):
                await self._requested.wait()
        except TimeoutError:
            pass
        self._requested.clear()

    async def _scan(self) -> ScanReport:
        now = time.monotonic()
        ready = {path for path, due in self._waiting.items() if due <= now}
        paths, everything = self._changed | ready, self._full_scan_due
        self._changed, self._full_scan_due = set(), False
        if everything:
            if now - self._known_files_loaded > _RECALL_SECONDS:
                self._intake.forget_known_files()
                self._known_files_loaded = now
            self._last_full_scan = now
            self._waiting = {}
            report = await self._intake.scan(patient=True)
        else:
            self._waiting = {path: due for path, due in self._waiting.items() if path not in paths}
            report = await self._intake.rescan(sorted(paths))
        due = time.monotonic() + self._quiet + _SLACK
        self._waiting.update(dict.fromkeys(self._intake.waiting, due))
        return report

    # Notices

    async def _watch_folder(self) -> None:
        """Note what the kernel tells of, as long as it can be had."""
        while True:
            try:
                await self._watch_until_replaced()
            except FileNotFoundError:
                self._watching = False
                await asyncio.sleep(_CHECK_MS / 1000)
            except (OSError, RuntimeError) as error:  # watchfiles raises both when notices run out
                self._watching = False
                log.warning(
                    "intake.no_notices",
                    error=str(error),
                    hint="changes are found at the next tick; on Linux raise fs.inotify.max_user_watches",
                )
                await asyncio.sleep(_RETRY_SECONDS)

    async def _watch_until_replaced(self) -> None:
        """Follow the folder that is there now; returns when another took its place. Raises FileNotFoundError."""
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
                async for told in changes:
                    if not self._watching:
                        self._watching = True
                        self._require_full_scan()  # what came before the notices did
                    if told:
                        self._add_changes({path for _, path in told})
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
        # A name of odd bytes comes garbled.
        if len(paths) + len(self._changed) > _MOST_CHANGES or any("\ufffd" in path for path in paths):
            self._require_full_scan()
            return
        self._changed.update(Path(path) for path in paths)
        self._requested.set()

    def _require_full_scan(self) -> None:
        self._full_scan_due = True
        self._requested.set()


@contextmanager
def _hold_open(folder: Path) -> Iterator[None]:
    """Keep a folder open: as long as it is, no folder that takes its place gets its number."""
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
