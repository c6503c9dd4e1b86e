"""Opening of files below a folder without leaving it, whatever is swapped meanwhile.

Every component of the path below the folder is opened by itself, relative to the one before and without following
links, and the file that is open at the end has to be the one that the scan saw. Windows has neither; there, the path is
resolved before and after the file is opened, which leaves a moment for a swap there and back.
"""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

__all__ = ["FileIdentity", "FileSwapped", "FolderFile", "open_folder_file"]

_READ_FLAGS: Final = (
    os.O_RDONLY
    # Opening a pipe that took the file's place would block for ever without it.
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_CAN_WALK: Final = hasattr(os, "O_NOFOLLOW") and hasattr(os, "O_DIRECTORY") and os.open in os.supports_dir_fd
"""Whether the system opens files relative to an open folder, and without following links."""

_SWAP_ERRORS: Final = frozenset({errno.ELOOP, errno.EMLINK, errno.ENOTDIR})
"""Errors of opening a link, or something other than a folder, where the scan saw a file or folder."""


class FileSwapped(Exception):
    """Something else has taken the place of a file, or of a folder above it."""


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """The device and inode of a file; 0 where the system's listings don't give them."""

    device: int
    inode: int

    @classmethod
    def of(cls, status: os.stat_result) -> FileIdentity:
        """Return the identity of the file with this status."""
        return cls(status.st_dev, status.st_ino)

    def matches(self, status: os.stat_result) -> bool:
        """Return whether `status` is that of a regular file with this identity."""
        return stat.S_ISREG(status.st_mode) and (self.inode == 0 or self == FileIdentity.of(status))


@dataclass(frozen=True, slots=True)
class FolderFile:
    """A file in a folder that it must not leave.

    `folder` is the folder's real path, `relative` the file's path below it with no link in it, and `identity` the file
    that the scan saw there.
    """

    folder: str
    relative: str
    identity: FileIdentity

    @property
    def path(self) -> str:
        """The whole path."""
        return os.path.join(self.folder, self.relative)  # noqa: PTH118 - paths of a scan are texts


def open_folder_file(file: FolderFile) -> int:
    """Open a file for reading, and return its descriptor.

    Raises FileSwapped when another file, a link, a pipe or a device is in its place or a link in that of a folder above
    it, OSError when it can't be opened.
    """
    handle = _walk(file) if _CAN_WALK else _open_resolved(file)
    try:
        if not file.identity.matches(os.fstat(handle)):
            raise FileSwapped
    except BaseException:
        os.close(handle)
        raise
    return handle


def _walk(file: FolderFile) -> int:
    """Open a file component by component."""
    *folders, name = PurePath(file.relative).parts
    folder_flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
    parent = os.open(file.folder, folder_flags)  # what leads to the folder is the operator's
    try:
        for component in folders:
            child = os.open(component, folder_flags | os.O_NOFOLLOW, dir_fd=parent)
            os.close(parent)
            parent = child
        # Opening a device can move it, so what isn't the file is not even opened.
        if not file.identity.matches(os.stat(name, dir_fd=parent, follow_symlinks=False)):
            raise FileSwapped
        return os.open(name, _READ_FLAGS | os.O_NOFOLLOW, dir_fd=parent)
    except OSError as error:
        if error.errno in _SWAP_ERRORS:
            raise FileSwapped from error
        raise
    finally:
        os.close(parent)


def _open_resolved(file: FolderFile) -> int:
    """Open a file whose resolved path is in its folder before and after."""
    path = file.path
    _check_resolved(file, os.stat(path, follow_symlinks=False))  # noqa: PTH116 - a Path for each file costs more
    handle = os.open(path, _READ_FLAGS)
    try:
        _check_resolved(file, os.fstat(handle))
        if not os.path.samestat(os.fstat(handle), os.stat(path, follow_symlinks=False)):  # noqa: PTH116
            raise FileSwapped
    except BaseException:
        os.close(handle)
        raise
    return handle


def _check_resolved(file: FolderFile, status: os.stat_result) -> None:
    resolved = os.path.normcase(os.path.realpath(file.path))
    if resolved != os.path.normcase(file.path) or not file.identity.matches(status):
        raise FileSwapped
