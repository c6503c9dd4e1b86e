"""Automatic backups: one process makes them at an interval and deletes the oldest.

A backup is made beside the event loop, verified, and only then given its name and older ones deleted, so that a program
that is killed, a full disk or a damaged database leave the former ones whole. A lease keeps several processes from making
one at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import structlog

from bot.cluster.leader import Leadership
from bot.errors import StoreError
from bot.newsroom.audience import OPERATOR
from bot.settings import BackupSettings
from bot.store import story_rows, subscriptions
from bot.store.backup import Backup, back_up
from bot.store.backup_folder import BackupFolder, backup_folder
from bot.store.database import Store

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

__all__ = ["AutomaticBackups"]

log = structlog.get_logger()

_CHECK_INTERVAL: Final = timedelta(minutes=10)
"""How often the age of the newest backup is looked at: short beside an interval of hours, and cheap."""


class AutomaticBackups:
    """Backups of one store. `warn` tells the operator of a failure, once until one succeeds."""

    def __init__(
        self,
        store: Store,
        settings: BackupSettings,
        leadership: Leadership,
        clock: Callable[[], datetime],
        *,
        warn: Callable[[str], Awaitable[None]] | None = None,
    ) -> None:
        self._store, self._settings, self._leadership, self._clock = store, settings, leadership, clock
        self._warn, self._failed = warn, False
        self._folder = backup_folder(settings.folder, store) if settings.every_hours else None

    def schedule_on(self, scheduler: AsyncIOScheduler) -> None:
        """Make a backup now if one is due, and look again at an interval."""
        if self._folder is not None:
            seconds, now = _CHECK_INTERVAL.total_seconds(), datetime.now(UTC)
            scheduler.add_job(self.back_up_if_due, "interval", seconds=seconds, next_run_time=now, id="backup")

    async def describe(self) -> dict[str, str | None]:
        """Return when the last backup was made, for /healthz."""
        newest = await asyncio.to_thread(self._folder.newest) if self._folder is not None else None
        made_at = newest.made_at.isoformat(timespec="seconds") if newest is not None else None
        return {"automatic": "on" if self._folder is not None else "off", "last": made_at}

    async def back_up_if_due(self) -> Backup | None:
        """Make a backup if the newest one is older than the interval, and no other process does.

        A backup that can't be made is logged, and the operator warned.
        """
        folder = self._folder
        if folder is None or not await asyncio.to_thread(self._is_due, folder):
            return None
        try:
            async with self._leadership:
                if not await self._leadership.acquire():
                    return None
                # Another process may have made one between the look and the lease.
                if not await asyncio.to_thread(self._is_due, folder) or await self._is_empty():
                    return None
                return await self._back_up(folder)
        except (StoreError, OSError) as error:
            await self._tell_failure(str(error))
            return None

    def _is_due(self, folder: BackupFolder) -> bool:
        now = self._clock()
        since = now - timedelta(hours=self._settings.every_hours)
        # One from the future was made before the clock was set back.
        return not any(since < each.made_at <= now for each in folder.list_backups())

    async def _is_empty(self) -> bool:
        async with self._store.reading() as conn:
            return not await story_rows.count_stories(conn, OPERATOR) and not await subscriptions.list_subscriptions(
                conn
            )

    async def _back_up(self, folder: BackupFolder) -> Backup | None:
        if not await asyncio.to_thread(folder.has_room, await self._store.size()):
            await self._tell_failure(f"there is no room for a backup in {folder.path}")
            return None
        target = folder.target(self._clock(), sqlite=self._store.is_sqlite)
        made = await back_up(self._store, target, replace=True)
        deleted = await asyncio.to_thread(folder.rotate, self._settings.keep, self._clock())
        self._failed = False
        log.info("backup.made", file=target.name, bytes=made.bytes, stories=made.stories, deleted=len(deleted))
        return made

    async def _tell_failure(self, reason: str) -> None:
        log.warning("backup.failed", error=reason)
        if not self._failed and self._warn is not None:
            await self._warn(
                f"The automatic backup failed: {reason}. Older backups are kept; I try again every 10 minutes."
            )
        self._failed = True
