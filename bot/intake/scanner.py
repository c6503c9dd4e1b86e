"""Files in the folder compared with those the store knows, without opening any.

A file is recognised by size, modification time and inode; one that differs is read, and its hash decides. A scan costs
little more than listing the folder, over any number of files. It blocks, so it runs in a thread.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Final

from bot.intake.file_reader import check_size, rejection_of
from bot.intake.readers import reader_for
from bot.intake.safe_open import FileIdentity, FolderFile
from bot.intake.types import Unreadable
from bot.newsroom.feed_addresses import feed_host
from bot.newsroom.rejections import Rejection, RejectReason

__all__ = ["ChangedFile", "FileStamp", "FolderScan", "SeedPaths", "is_feed_item", "is_ignored"]

FileStamp = tuple[int, int, int]
"""A file's size, modification time in nanoseconds, and inode."""

_NO_STAMP: Final[FileStamp] = (0, 0, 0)
"""The stamp of a file that isn't in the store; no real file has inode 0."""

_TEMPORARY_SUFFIXES = (
    *("~", ".swp", ".swo", ".swx", ".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".download"),
    *(".bak", ".orig", ".lock"),
)
_IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini", "4913"})
"""Files that Windows makes in every folder, and the one by which Vim tests whether it may write."""

_SPECIAL_FILES: tuple[tuple[Callable[[int], bool], RejectReason], ...] = (
    (stat.S_ISFIFO, RejectReason.NAMED_PIPE),
    (stat.S_ISSOCK, RejectReason.SOCKET),
    (stat.S_ISCHR, RejectReason.DEVICE),
    (stat.S_ISBLK, RejectReason.DEVICE),
)
_DEPENDS_ON_SETTINGS = frozenset({RejectReason.TOO_LARGE, RejectReason.UNSUPPORTED_EXTENSION})
"""Reasons that a changed setting or a new version can remove while the file stays as it is."""


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A new or different file.

    `file` is how it is opened, for a link the file that it leads to; None for what is no file. `rejection` is set if it
    is known without reading that it can't be taken.
    """

    path: str
    stamp: FileStamp
    file: FolderFile | None = None
    rejection: Rejection | None = None

    def has_changed_since(self) -> bool:
        """Return whether the file has another size, time or inode by now. One that is gone has not."""
        if self.file is None:
            return False
        try:
            status = os.lstat(self.file.path)
        except OSError:
            return False  # reading it says what is wrong
        return _stamp_of(status) != self.stamp


@dataclass(frozen=True, slots=True)
class SeedPaths:
    """The seeds folder, and the names under which the store keeps the files in it and elsewhere.

    A file in the folder is stored under its path relative to it, any other under its absolute path, so that the two
    never collide. A folder that isn't the store's own has all its files stored under absolute paths.
    """

    root: Path
    own: bool = True

    def stored_path(self, path: str | os.PathLike[str]) -> str:
        """Return the store's path of a file or folder; "" is the seeds folder itself."""
        absolute = os.path.abspath(path)  # noqa: PTH100 - keeps links, unlike Path.resolve
        if not self.own:
            return absolute.replace(os.sep, "/")
        # A link above the folder, as /tmp is on some systems, may be in one of the two paths and not in the other.
        resolved = os.path.join(os.path.realpath(os.path.dirname(absolute)), os.path.basename(absolute))  # noqa: PTH118, PTH119, PTH120
        for root, candidate in (
            (os.path.abspath(self.root), absolute),  # noqa: PTH100
            (os.path.realpath(self.root), resolved),
        ):
            if root in (candidate, absolute):
                return ""
            if candidate.startswith(root.rstrip(os.sep) + os.sep):
                return candidate[len(root.rstrip(os.sep)) + 1 :].replace(os.sep, "/")
        return absolute.replace(os.sep, "/")

    def file_path(self, stored: str) -> str:
        """Return the place on the disk of a file or folder with a store's path."""
        return os.path.join(self.root, stored) if stored else os.fspath(self.root)  # noqa: PTH118

    @staticmethod
    def is_inside(stored: str) -> bool:
        """Return whether a store's path is that of something in the seeds folder."""
        return not (stored.startswith("/") or stored[1:3] == ":/" or is_feed_item(stored))


def is_feed_item(stored: str) -> bool:
    """Return whether a store's path is that of a feed or a feed's entry."""
    return feed_host(stored) is not None


def is_ignored(name: str) -> bool:
    """Return whether a name is that of a hidden or temporary file, which is skipped."""
    lowered = name.lower()
    return (
        name.startswith((".", "~$"))
        or lowered.endswith(_TEMPORARY_SUFFIXES)
        or lowered in _IGNORED_NAMES
        or (name.startswith("#") and name.endswith("#"))
    )


@dataclass(frozen=True, slots=True)
class _Base:
    """The folder that must not be left: its real path, and the stored paths' prefix for it."""

    folder: str
    prefix: str = ""

    def file(self, path: str, status: os.stat_result) -> FolderFile:
        """Return how the file with this stored path and status is opened."""
        relative = path[len(self.prefix) :].replace("/", os.sep)
        return FolderFile(self.folder, relative, FileIdentity.of(status))


@dataclass(slots=True)
class FolderScan:
    """One scan of files and folders, compared with what is known; the results are its fields.

    `known` has the stamps of all files that are in the store and not withdrawn; `rejected` those of them that were
    rejected, and why. `changed` are new or different files. `unchanged` counts the other accepted ones, and
    `still_rejected` names the other rejected ones. `removed` are known paths that no longer exist, `missing` unknown
    paths that were expected to exist. `devices` has the device numbers of the seeds folder, under "", and of the
    folders in it where another device is mounted, as far as they were scanned.
    """

    paths: SeedPaths
    known: Mapping[str, FileStamp]
    rejected: Mapping[str, Rejection]
    max_bytes: int
    changed: list[ChangedFile] = field(default_factory=list)
    unchanged: int = 0
    still_rejected: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    devices: dict[str, int] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)
    _absent: set[str] = field(default_factory=set)

    def saw(self, path: str) -> bool:
        """Return whether a known file was scanned and is there."""
        return path in self._seen and path not in self._absent

    def scan_path(self, path: str, *, expected: bool = False) -> None:
        """Scan the file or folder with a store's path.

        One that is unknown and doesn't exist is missing if it is `expected`. Raises OSError when the seeds folder
        itself can't be listed.
        """
        file_path = self.paths.file_path(path)
        behind_link = self._is_behind_link(path)
        file = None
        if expected or not behind_link:  # links to folders are followed only where somebody names them
            if os.path.isdir(file_path) and (path == "" or expected or not os.path.islink(file_path)):  # noqa: PTH112, PTH114
                self.scan_folder(path, named=expected)
                return
            if path == "":
                os.listdir(file_path)  # noqa: PTH208 - raises the error that says what is wrong with it
            file = self._examine(file_path, path, self._base(_folder_of(path), named=behind_link))
        if file is not None:
            self._compare(file)
            self._collect_removed(path + "/", ())
            return
        if self._collect_removed(path, ()) == 0 and expected:
            self.missing.append(path)

    def scan_folder(self, folder: str, *, named: bool = False) -> None:
        """Scan everything in a folder, "" for the whole seeds folder.

        A folder that somebody `named` may be reached through links, any other in the seeds folder may not. Raises
        OSError when it can't be listed.
        """
        top = folder + "/" if folder else ""
        base = self._base(folder, named=named)
        unlisted: list[str] = []
        stack: list[tuple[str, str, int | None]] = [(self.paths.file_path(folder), top, None)]
        known, seen, rejected = self.known.get, self._seen.add, self.rejected
        while stack:
            folder_path, prefix, outer_device = stack.pop()
            try:
                # A Path for each folder costs more than the call.
                status = os.stat(folder_path, follow_symlinks=prefix == top)  # noqa: PTH116
                if stat.S_ISLNK(status.st_mode):
                    unlisted.append(prefix)  # a link since its folder was listed: the next scan says so
                    continue
                device = status.st_dev
                entries = os.scandir(folder_path)
            except OSError as error:
                if prefix == "":
                    raise
                unlisted.append(prefix)
                self._compare(ChangedFile(prefix, _NO_STAMP, rejection=_unlisted_folder(error)))
                continue
            if device != outer_device and (outer_device is not None or prefix == ""):
                self.devices[prefix] = device
            with entries:
                for entry in entries:
                    name = entry.name
                    if is_ignored(name):
                        continue
                    path = prefix + name
                    if entry.is_dir(follow_symlinks=False):
                        stack.append((entry.path, path + "/", device))
                        continue
                    if entry.is_file(follow_symlinks=False):
                        try:
                            status = entry.stat(follow_symlinks=False)
                        except OSError:
                            continue  # deleted between listing and this
                        stamp = (status.st_size, status.st_mtime_ns, status.st_ino)
                        seen(path)  # inlined from _compare, as most files get no further
                        if known(path) == stamp and path not in rejected:
                            self.unchanged += 1
                        else:
                            rejection = _reject_unread(name, status.st_size, self.max_bytes)
                            self._compare(ChangedFile(path, stamp, base.file(path, status), rejection))
                        continue
                    file = self._examine(entry.path, path, base)
                    if file is not None:
                        self._compare(file)
        self._collect_removed(top, unlisted)

    def _collect_removed(self, prefix: str, unlisted: Collection[str]) -> int:
        """Note what is known below a prefix, or by exactly that path, and was not seen.

        Return how many.
        """
        if prefix == "":
            absent = [path for path in self.known.keys() - self._seen if self.paths.is_inside(path)]
        else:
            folder = prefix if prefix.endswith("/") else prefix + "/"
            absent = [path for path in self.known.keys() - self._seen if path == prefix or path.startswith(folder)]
        if unlisted:
            absent = [path for path in absent if not path.startswith(tuple(unlisted))]
        self.removed += absent
        self._absent.update(absent)
        self._seen.update(absent)
        return len(absent)

    def _compare(self, file: ChangedFile) -> None:
        self._seen.add(file.path)
        if self.known.get(file.path) != file.stamp:
            self.changed.append(file)
        elif file.path not in self.rejected:
            self.unchanged += 1
        elif file.rejection is None and self.rejected[file.path].reason in _DEPENDS_ON_SETTINGS:
            self.changed.append(file)
        else:
            self.still_rejected.append(file.path)

    def _base(self, folder: str, *, named: bool) -> _Base:
        """Return what must not be left by files of `folder`: itself if named, else the seeds folder."""
        if named or not self.paths.is_inside(folder):
            prefix = folder.rstrip("/") + "/" if folder else ""
            return _Base(os.path.realpath(self.paths.file_path(folder)), prefix)
        return _Base(os.path.realpath(self.paths.root))

    def _is_behind_link(self, path: str) -> bool:
        """Return whether a folder above something in the seeds folder is a link."""
        if not self.paths.is_inside(path):
            return False
        *folders, _ = path.split("/")
        above = ["/".join(folders[: at + 1]) for at in range(len(folders))]
        return any(os.path.islink(self.paths.file_path(folder)) for folder in above)  # noqa: PTH114

    def _examine(self, file_path: str, path: str, base: _Base) -> ChangedFile | None:
        """Describe one file without opening it; None when it no longer exists.

        Symbolic links have to lead to a file below the base.
        """
        try:
            status = os.lstat(file_path)
        except OSError as error:
            if error.errno in (errno.ENOENT, errno.ENOTDIR):
                return None
            return ChangedFile(path, _NO_STAMP, rejection=rejection_of(error))
        if stat.S_ISLNK(status.st_mode):
            return _examine_link(file_path, path, status, base, self.max_bytes)
        if not stat.S_ISREG(status.st_mode):
            reasons = (reason for matches, reason in _SPECIAL_FILES if matches(status.st_mode))
            rejection = Rejection(next(reasons, RejectReason.NOT_A_REGULAR_FILE))
            return ChangedFile(path, _stamp_of(status), rejection=rejection)
        unread = _reject_unread(PurePath(path).name, status.st_size, self.max_bytes)
        return ChangedFile(path, _stamp_of(status), base.file(path, status), unread)


def _examine_link(file_path: str, path: str, status: os.stat_result, base: _Base, max_bytes: int) -> ChangedFile:
    """Describe a symbolic link, which is followed to files below the base only."""
    try:
        target = Path(file_path).stat()
    except OSError as error:
        dangling = error.errno == errno.ENOENT
        rejection = Rejection(RejectReason.DANGLING_LINK) if dangling else rejection_of(error)
        return ChangedFile(path, _stamp_of(status), rejection=rejection)
    if stat.S_ISDIR(target.st_mode):
        return ChangedFile(path, _stamp_of(status), rejection=Rejection(RejectReason.LINK_TO_FOLDER))
    real = os.path.realpath(file_path)
    inside = base.folder.rstrip(os.sep) + os.sep
    if not real.startswith(inside):
        return ChangedFile(path, _stamp_of(status), rejection=Rejection(RejectReason.LINK_OUTSIDE))
    if not stat.S_ISREG(target.st_mode):
        return ChangedFile(path, _stamp_of(status), rejection=Rejection(RejectReason.LINK_TO_SPECIAL_FILE))
    file = FolderFile(base.folder, real[len(inside) :], FileIdentity.of(target))
    return ChangedFile(path, _stamp_of(target), file, _reject_unread(PurePath(path).name, target.st_size, max_bytes))


def _folder_of(path: str) -> str:
    """Return the stored path of the folder that a file is in."""
    folder, slash, _ = path.rpartition("/")
    return folder + slash if slash and (not folder or folder.endswith(":")) else folder


def _stamp_of(status: os.stat_result) -> FileStamp:
    return status.st_size, status.st_mtime_ns, status.st_ino


def _unlisted_folder(error: OSError) -> Rejection:
    return Rejection(RejectReason.FOLDER_UNREADABLE, {"error": error.strerror or str(error)})


def _reject_unread(name: str, size: int, max_bytes: int) -> Rejection | None:
    """Return why a file can't be taken, as far as its name and size show."""
    try:
        reader_for(name)
        check_size(size, max_bytes)
    except Unreadable as error:
        return error.rejection
    return None
