"""What is in the folder, and what differs from what is known? No file is opened here.

A file is known again by size, time of change and inode; whoever differs is read, and its hash decides. A look costs
little more than listing the folder; it runs in a thread, over any number of files.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from bot.intake.file_reader import check_size, why
from bot.intake.readers import reader_for
from bot.intake.types import Unreadable

__all__ = ["ChangedFile", "FileStamp", "FolderScan", "SeedPaths", "is_feed_item", "is_ignored"]

FileStamp = tuple[int, int, int]
"""A file's size, time of change in nanoseconds, and inode."""

_NO_STAMP: FileStamp = (0, 0, 0)
_TEMPORARY_SUFFIXES = (
    *("~", ".swp", ".swo", ".swx", ".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".download"),
    *(".bak", ".orig", ".lock"),
)
_IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini", "4913"})
_SETTABLE = ("is too large", "is of a kind that is not read")
_KINDS = (
    (stat.S_ISFIFO, "is a named pipe, not a file"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
)


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that is new or differs; `reason` says why it can't be taken, where that is plain without reading it."""

    path: str
    file_path: str
    stamp: FileStamp
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SeedPaths:
    """The folder of news, and how the store names what is in it and what is elsewhere.

    A file in the folder is named by its place there, any other by its absolute path, so that the two never meet.
    """

    root: Path

    def stored_path(self, place: str | os.PathLike[str]) -> str:
        """The store's path of a file or folder; "" is the folder of news itself."""
        absolute = os.path.abspath(place)  # noqa: PTH100 - keeps links, unlike Path.resolve
        # A link above the folder (as /tmp is on some systems) may stand in one of the two and not in the other.
        direct = os.path.join(os.path.realpath(os.path.dirname(absolute)), os.path.basename(absolute))  # noqa: PTH118, PTH119, PTH120
        for root, path in ((os.path.abspath(self.root), absolute), (os.path.realpath(self.root), direct)):  # noqa: PTH100
            if path == root or absolute == root:
                return ""
            if path.startswith(root.rstrip(os.sep) + os.sep):
                return path[len(root.rstrip(os.sep)) + 1 :].replace(os.sep, "/")
        return absolute.replace(os.sep, "/")

    def file_path(self, path: str) -> str:
        """Where the file or folder with a store's path is."""
        return os.path.join(self.root, path) if path else os.fspath(self.root)  # noqa: PTH118

    @staticmethod
    def is_inside(path: str) -> bool:
        """Is a store's path that of something in the folder of news?"""
        return not (path.startswith("/") or path[1:3] == ":/" or is_feed_item(path))


def is_feed_item(path: str) -> bool:
    """Is a store's path that of a feed's item? No file's path has two slashes in a row."""
    return path.startswith("feed:") and "//" in path


def is_ignored(name: str) -> bool:
    """Is this a hidden or temporary file, of which nobody expects that it is read?"""
    lowered = name.lower()
    return (
        name.startswith((".", "~$"))
        or lowered.endswith(_TEMPORARY_SUFFIXES)
        or lowered in _IGNORED_NAMES
        or (name.startswith("#") and name.endswith("#"))
    )


@dataclass(slots=True)
class FolderScan:
    """One look at files and folders, compared with what is known; the results are its fields.

    `known` has the facts of every file that is in the store and not withdrawn; `rejected` the refused ones of them,
    with the reasons. `fresh` are new or different files, `unchanged` counts the others that were taken and
    `still_rejected` names those that were refused. `gone` are known paths that are no longer there, `missing` unknown
    ones that were expected.
    """

    paths: SeedPaths
    known: Mapping[str, FileStamp]
    rejected: Mapping[str, str]
    max_bytes: int
    changed: list[ChangedFile] = field(default_factory=list)
    unchanged: int = 0
    still_rejected: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def scan_path(self, path: str, *, expected: bool = False) -> None:
        """Look at a file or folder by the store's path; one that is unknown and absent is missing when it is `expected`.

        Raises OSError when the folder of news itself can't be listed.
        """
        place = self.paths.file_path(path)
        if os.path.isdir(place) and (path == "" or expected or not os.path.islink(place)):  # noqa: PTH112, PTH114
            self.scan_folder(path)
            return
        if path == "":
            os.listdir(place)  # noqa: PTH208 - raises what is wrong with it
        found = self._examine(place, path)
        if found is not None:
            self._compare(found)
            self._collect_removed(path + "/", ())
            return
        if self._collect_removed(path, ()) == 0 and expected:
            self.missing.append(path)

    def scan_folder(self, folder: str) -> None:
        """Look at everything in a folder, "" for all of the folder of news. Raises OSError when that can't be listed."""
        top = folder + "/" if folder else ""
        inside = os.path.realpath(self.paths.file_path(folder))
        unlisted: list[str] = []
        stack = [(self.paths.file_path(folder), top)]
        known, there, rejected = self.known.get, self._seen.add, self.rejected
        while stack:
            place, prefix = stack.pop()
            try:
                entries = os.scandir(place)
            except OSError as error:
                if prefix == "":
                    raise
                unlisted.append(prefix)
                self._compare(
                    ChangedFile(prefix, place, _NO_STAMP, f"a folder that {why(error)}; its files stay as they are")
                )
                continue
            with entries:
                for entry in entries:
                    name = entry.name
                    if is_ignored(name):
                        continue
                    path = prefix + name
                    if entry.is_dir(follow_symlinks=False):
                        stack.append((entry.path, path + "/"))
                        continue
                    if entry.is_file(follow_symlinks=False):
                        try:
                            status = entry.stat(follow_symlinks=False)
                        except OSError:
                            continue  # it went between listing and looking
                        facts = (status.st_size, status.st_mtime_ns, status.st_ino)
                        there(path)  # here, as most files get no further
                        if known(path) == facts and path not in rejected:
                            self.unchanged += 1
                        else:
                            reason = _plain_reason(name, status.st_size, self.max_bytes)
                            self._compare(ChangedFile(path, entry.path, facts, reason))
                        continue
                    found = self._examine(entry.path, path, inside)
                    if found is not None:
                        self._compare(found)
        self._collect_removed(top, unlisted)

    def _collect_removed(self, prefix: str, unlisted: Collection[str]) -> int:
        """Note what is known below a prefix (or by that very path) and was not seen; how many."""
        if prefix == "":
            absent = [path for path in self.known.keys() - self._seen if self.paths.is_inside(path)]
        else:
            folder = prefix if prefix.endswith("/") else prefix + "/"
            absent = [path for path in self.known.keys() - self._seen if path == prefix or path.startswith(folder)]
        if unlisted:
            absent = [path for path in absent if not path.startswith(tuple(unlisted))]
        self.removed += absent
        self._seen.update(absent)
        return len(absent)

    def _compare(self, found: ChangedFile) -> None:
        self._seen.add(found.path)
        if self.known.get(found.path) != found.stamp:
            self.changed.append(found)
        elif found.path not in self.rejected:
            self.unchanged += 1
        elif found.reason is None and self.rejected[found.path].startswith(_SETTABLE):
            self.changed.append(found)  # what refused it is allowed by now
        else:
            self.still_rejected.append(found.path)

    def _examine(self, place: str, path: str, inside: str | None = None) -> ChangedFile | None:
        """What there is to say about one file without opening it; None when it is gone.

        `inside` is the folder out of which links may not lead.
        """
        try:
            status = os.lstat(place)
        except OSError as error:
            if error.errno in (errno.ENOENT, errno.ENOTDIR):
                return None
            return ChangedFile(path, place, _NO_STAMP, why(error))
        if stat.S_ISLNK(status.st_mode):
            return _examine_link(place, path, status, inside or os.path.realpath(self.paths.root), self.max_bytes)
        reason = _plain_reason(PurePath(path).name, status.st_size, self.max_bytes)
        if not stat.S_ISREG(status.st_mode):
            reason = next((words for test, words in _KINDS if test(status.st_mode)), "is no regular file")
        return ChangedFile(path, place, (status.st_size, status.st_mtime_ns, status.st_ino), reason)


def _examine_link(place: str, path: str, status: os.stat_result, inside: str, max_bytes: int) -> ChangedFile:
    """A symbolic link: followed to a file in the folder, and nowhere else."""
    own = (status.st_size, status.st_mtime_ns, status.st_ino)
    try:
        target = Path(place).stat()
    except OSError as error:
        if error.errno == errno.ENOENT:
            return ChangedFile(path, place, own, "is a link to nothing: what it leads to is not there")
        return ChangedFile(path, place, own, why(error))
    if stat.S_ISDIR(target.st_mode):
        return ChangedFile(
            path, place, own, "is a link to a folder, and such are not followed: move the folder itself here"
        )
    if not os.path.realpath(place).startswith(inside.rstrip(os.sep) + os.sep):
        return ChangedFile(path, place, own, "is a link that leads out of the folder: copy the file here")
    if not stat.S_ISREG(target.st_mode):
        return ChangedFile(path, place, own, "is a link to something that is no regular file")
    facts = (target.st_size, target.st_mtime_ns, target.st_ino)
    return ChangedFile(path, place, facts, _plain_reason(PurePath(path).name, target.st_size, max_bytes))


def _plain_reason(name: str, size: int, max_bytes: int) -> str | None:
    """Why a file can't be taken, as far as name and size tell."""
    try:
        reader_for(name)
        check_size(size, max_bytes)
    except Unreadable as error:
        return error.reason
    return None
