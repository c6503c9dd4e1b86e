"""The seeds folder that the store's files came from, as opposed to any other.

A folder is known by the places from which it was read: a host and a path. Containers mount one folder under other hosts
and paths, so a folder at an unknown place is the store's if it has more than half of the store's files. It can't be
marked by a file, since it may be mounted read-only.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bot.intake.scanner import FileStamp, SeedPaths
from bot.store import documents, key_values
from bot.store.database import Store

__all__ = ["NO_FILE", "PLACES_KEY", "has_most_files", "is_other_folder", "parse_places", "place_of", "render_places"]

PLACES_KEY: Final = "intake:folder"
"""Key under which the places of the store's folder are stored, as a JSON list, the newest last."""

NO_FILE: Final = (0, 0)
"""Time and inode of documents that are no files: imported ones, and entries of feeds. No scan looks for them."""

_MAX_PLACES: Final = 50
"""Places that are remembered: each start of a container may be a new one."""

_MAX_SAMPLE: Final = 2_000
"""Files that are looked up in a folder at an unknown place: some milliseconds on a disk, seconds on a network."""


def place_of(root: str | os.PathLike[str]) -> str:
    """Return the host and real path of a folder."""
    return f"{socket.gethostname()}:{os.path.realpath(root)}"


def parse_places(stored: str | None) -> list[str]:
    """Return the places as they were stored."""
    return [str(place) for place in json.loads(stored or "[]")]


def render_places(places: list[str]) -> str:
    """Return the newest places in the form in which they are stored."""
    return json.dumps(places[-_MAX_PLACES:])


def has_most_files(paths: SeedPaths, known: Mapping[str, FileStamp], *, by_name: bool) -> bool:
    """Return whether a folder has more than half of the known files, by name and size.

    `by_name` leaves sizes out: a store of an older version remembers no place, and its files may have changed while it
    was upgraded. Looks at some thousand files at most. Blocks.
    """
    names = sorted(known)[:: max(len(known) // _MAX_SAMPLE, 1)]
    return 2 * sum(_has(paths.file_path(name), None if by_name else known[name][0]) for name in names) > len(names)


async def is_other_folder(store: Store, seeds: Path) -> bool:
    """Return whether a seeds folder certainly isn't the one whose files the store has."""
    known: dict[str, FileStamp] = {}
    after = 0
    async with store.reading() as conn:
        places = parse_places(await key_values.get_value(conn, PLACES_KEY))
        if place_of(seeds) in places:
            return False
        while page := await documents.list_files_after(conn, after, _MAX_SAMPLE):
            for path, file in page:
                if SeedPaths.is_inside(path) and (file.rejection is not None or (file.mtime_ns, file.inode) != NO_FILE):
                    known[path] = (file.size, file.mtime_ns, file.inode)
            after = page[-1][1].id
    return bool(known) and not await asyncio.to_thread(has_most_files, SeedPaths(seeds), known, by_name=not places)


def _has(path: str, size: int | None) -> bool:
    try:
        return os.stat(path).st_size == size or size is None  # noqa: PTH116 - the paths are texts
    except (OSError, ValueError):
        return False
