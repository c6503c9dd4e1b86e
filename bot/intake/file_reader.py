"""Bytes of files, read safely, and the documents in them.

Reading never blocks on a pipe and doesn't trust a name: only regular files are read, a file that is too large is never
read, and one that changes while it is read is left for the next scan. A scan's files are opened without leaving the
folder (`bot.intake.safe_open`); a file that the operator names may be anywhere.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path
from typing import Final

from bot.errors import SeedRejected
from bot.intake.readers import read_parts, reader_for
from bot.intake.safe_open import FileSwapped, FolderFile, open_folder_file
from bot.intake.types import FileBytes, ReadDocument, Unreadable, printable_path
from bot.newsroom.rejections import Rejection, RejectReason

__all__ = [
    "FileChanged",
    "check_size",
    "read_bytes",
    "read_document",
    "read_file",
    "read_folder_file",
    "rejection_of",
]

_READ_BYTES: Final = 1_048_576
"""Bytes of one read call: large enough to need few calls, small beside a file's limit."""


class FileChanged(Exception):
    """The file changed while it was read, or another one took its place: somebody is writing it."""


def read_document(path: Path, max_bytes: int) -> ReadDocument:
    """Read a file of at most `max_bytes`. Raises SeedRejected with the reason."""
    name = printable_path(os.fspath(path))
    try:
        reader_for(path.name)
        return read_parts(read_file(path, max_bytes).data, path.name)
    except FileChanged as error:
        raise _seed_rejected(name, Rejection(RejectReason.CHANGING)) from error
    except Unreadable as error:
        raise _seed_rejected(name, error.rejection) from error


def read_bytes(data: bytes, name: str, max_bytes: int) -> ReadDocument:
    """Read a document that isn't a file; the ending of `name` gives its format.

    Raises SeedRejected with the reason.
    """
    try:
        check_size(len(data), max_bytes)
        return read_parts(data, name)
    except Unreadable as error:
        raise _seed_rejected(printable_path(name), error.rejection) from error


def _seed_rejected(name: str, rejection: Rejection) -> SeedRejected:
    return SeedRejected(name, rejection.message, rejection.reason)


def read_file(path: Path, max_bytes: int) -> FileBytes:
    """Read a regular file, wherever links lead; never block on a pipe.

    Raises Unreadable, or FileChanged when it changed meanwhile.
    """
    try:
        # Opening a pipe that took the file's place would block for ever without O_NONBLOCK.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise Unreadable(rejection_of(error)) from error
    return _read_and_close(handle, max_bytes)


def read_folder_file(file: FolderFile, max_bytes: int) -> FileBytes:
    """Read the file that a scan saw, and no other.

    Raises Unreadable, or FileChanged when it changed meanwhile or something else is in its place.
    """
    try:
        handle = open_folder_file(file)
    except FileSwapped as error:
        raise FileChanged from error
    except OSError as error:
        raise Unreadable(rejection_of(error)) from error
    return _read_and_close(handle, max_bytes)


def _read_and_close(handle: int, max_bytes: int) -> FileBytes:
    """Read an open file and close it."""
    try:
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            raise Unreadable(RejectReason.NOT_A_REGULAR_FILE)
        check_size(before.st_size, max_bytes)
        data = _read_all(handle, before.st_size, max_bytes)
        after = os.fstat(handle)
    except OSError as error:
        raise Unreadable(rejection_of(error)) from error
    finally:
        os.close(handle)
    if len(data) != after.st_size or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise FileChanged
    digest = hashlib.sha256(data).hexdigest()
    return FileBytes(data, digest, after.st_size, after.st_mtime_ns, after.st_ino)


def check_size(size: int, max_bytes: int) -> None:
    """Raise Unreadable for a file that is empty or too large."""
    if size == 0:
        raise Unreadable(RejectReason.EMPTY)
    if size > max_bytes:
        raise Unreadable(RejectReason.TOO_LARGE, size=size, max_bytes=max_bytes)


def _read_all(handle: int, size: int, max_bytes: int) -> bytes:
    """Read to the end of a file that had `size` bytes.

    Of one that grew, a little more than `max_bytes` at most.
    """
    parts, length = [], 0
    while length <= max_bytes:
        part = os.read(handle, max(min(size - length, _READ_BYTES), 1))
        if not part:
            break
        parts.append(part)
        length += len(part)
    return b"".join(parts)


_REASON_BY_ERRNO = {
    errno.EACCES: RejectReason.PERMISSION_DENIED,
    errno.EPERM: RejectReason.PERMISSION_DENIED,
    errno.ENOENT: RejectReason.VANISHED,
    errno.ELOOP: RejectReason.LINK_LOOP,
    errno.EISDIR: RejectReason.FOLDER,
    errno.ENXIO: RejectReason.NOT_A_REGULAR_FILE,
    errno.ENAMETOOLONG: RejectReason.NAME_TOO_LONG,
}


def rejection_of(error: OSError) -> Rejection:
    """Return the rejection of a file that can't be read because of `error`."""
    reason = _REASON_BY_ERRNO.get(error.errno or 0)
    if reason is not None:
        return Rejection(reason)
    return Rejection(RejectReason.READ_ERROR, {"error": error.strerror or str(error)})
