"""The folder of automatic backups: their names, the newest one, rotation, room on the disk."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.store.database import Store

__all__ = ["BackupFolder", "StoredBackup", "backup_folder"]

_NAME = re.compile(r"gazette-auto-(\d{8}-\d{6})\.(?:sqlite3|jsonl\.gz)")
_TIME: Final = "%Y%m%d-%H%M%S"
_FOLDER: Final = "backups"

_SPARE_BYTES: Final = 64_000_000
"""Bytes that a backup leaves free on its disk, so that the database, which may be on the same one, can still grow."""

_ROOM_FACTOR: Final = 1.1
"""Room that a backup needs, in sizes of the database: some more, since that grows meanwhile."""


@dataclass(frozen=True, slots=True)
class StoredBackup:
    """An automatic backup and the time in its name."""

    path: Path
    made_at: datetime


class BackupFolder:
    """The automatic backups in one folder; other files in it are left alone."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def list_backups(self) -> list[StoredBackup]:
        """Return the backups, the newest first. A folder that can't be listed has none."""
        try:
            names = [path for path in self.path.iterdir() if _NAME.fullmatch(path.name)]
        except OSError:
            return []
        found = [StoredBackup(path, made_at) for path in names if (made_at := _time_of(path.name)) is not None]
        return sorted(found, key=lambda each: each.made_at, reverse=True)

    def newest(self) -> StoredBackup | None:
        """Return the newest backup, or None."""
        return next(iter(self.list_backups()), None)

    def target(self, now: datetime, *, sqlite: bool) -> Path:
        """Return the path of a backup that is made now."""
        return self.path / f"gazette-auto-{now.astimezone(UTC):{_TIME}}.{'sqlite3' if sqlite else 'jsonl.gz'}"

    def has_room(self, database_bytes: int) -> bool:
        """Return whether a backup of a database of this size fits on the disk.

        Makes the folder. Raises OSError.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self.path).free > database_bytes * _ROOM_FACTOR + _SPARE_BYTES

    def rotate(self, keep: int, now: datetime) -> list[Path]:
        """Delete all but the `keep` newest backups and return the deleted ones.

        Backups from the future, made before the clock was set back, count as the oldest. Also deletes what killed
        programs left half written. Called only while no other process writes a backup here. Raises OSError.
        """
        for left in self.path.glob("gazette-auto-*.partial*"):
            left.unlink(missing_ok=True)
        found = sorted(self.list_backups(), key=lambda each: each.made_at > now)  # stable: else the newest first
        old = [each.path for each in found[keep:]]
        for path in old:
            path.unlink(missing_ok=True)
        return old


def backup_folder(configured: Path | None, store: Store | Path | None) -> BackupFolder | None:
    """Return the folder of automatic backups, or None if there is none.

    By default it is beside a SQLite file. `store` is the open store or, where that can't be opened, the path of its file.
    """
    if configured is not None:
        return BackupFolder(configured)
    file = store.path if isinstance(store, Store) else store
    return BackupFolder(file.parent / _FOLDER) if file is not None else None


def _time_of(name: str) -> datetime | None:
    match = _NAME.fullmatch(name)
    try:
        return datetime.strptime(match[1], _TIME).replace(tzinfo=UTC) if match is not None else None
    except ValueError:
        return None
