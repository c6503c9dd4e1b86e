"""What is in a file? Bytes from the disk, safely, and the pieces of text in them.

Nothing here waits for ever or trusts a name: only regular files are read, a file that is too large is never opened,
and one that changes while it is read is left for later.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

from bot.errors import SeedRejected
from bot.intake.readers import read_parts, reader_for
from bot.intake.types import FileBytes, Limits, ReadDocument, Unreadable, printable_path

__all__ = ["FileChanged", "check_size", "read_bytes", "read_document", "read_file", "why"]

_PIECE = 1_048_576


class FileChanged(Exception):
    """The file changed while it was read: someone is writing it."""


def read_document(path: Path, limits: Limits) -> ReadDocument:
    """Read a file's text; the settings of intake serve as limits. Raises SeedRejected with the reason."""
    name = printable_path(os.fspath(path))
    try:
        reader_for(path.name)
        return read_parts(read_file(path, limits.max_bytes).data, path.name)
    except FileChanged as error:
        raise SeedRejected(name, "changed while it was read: try again when it is written") from error
    except Unreadable as error:
        raise SeedRejected(name, error.reason) from error


def read_bytes(data: bytes, name: str, max_bytes: int) -> ReadDocument:
    """Read a document that is no file; the ending of `name` tells its format. Raises SeedRejected with the reason."""
    try:
        check_size(len(data), max_bytes)
        return read_parts(data, name)
    except Unreadable as error:
        raise SeedRejected(printable_path(name), error.reason) from error


def read_file(path: Path, max_bytes: int) -> FileBytes:
    """Read a regular file. Raises Unreadable, or Unsettled when the file changed meanwhile; never waits for a pipe."""
    try:
        # A pipe that took the file's place would hold an open without O_NONBLOCK for ever.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise Unreadable(why(error)) from error
    try:
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            raise Unreadable("is no regular file")
        check_size(before.st_size, max_bytes)
        data = _all(handle, before.st_size, max_bytes)
        after = os.fstat(handle)
    except OSError as error:
        raise Unreadable(why(error)) from error
    finally:
        os.close(handle)
    if len(data) != after.st_size or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise FileChanged
    digest = hashlib.sha256(data).hexdigest()
    return FileBytes(data, digest, after.st_size, after.st_mtime_ns, after.st_ino)


def check_size(size: int, max_bytes: int) -> None:
    """Raise Unreadable for a file that is empty or too large."""
    if size == 0:
        raise Unreadable("is empty")
    if size > max_bytes:
        raise Unreadable(
            f"is too large: {size:,} bytes, of which {max_bytes:,} are allowed; "
            "cut it into several files, or raise intake.max_bytes"
        )


def _all(handle: int, size: int, most: int) -> bytes:
    parts, got = [], 0
    while got <= most:
        part = os.read(handle, max(min(size - got, _PIECE), 1))
        if not part:
            break
        parts.append(part)
        got += len(part)
    return b"".join(parts)


_WHY = {
    errno.EACCES: "can't be read: the program lacks the right to; allow reading it (chmod a+r)",
    errno.EPERM: "can't be read: the program lacks the right to; allow reading it (chmod a+r)",
    errno.ENOENT: "is gone: it vanished before it could be read",
    errno.ELOOP: "is a link that leads to itself",
    errno.EISDIR: "is a folder, not a file",
    errno.ENXIO: "is no regular file",
    errno.ENAMETOOLONG: "has a name that is too long",
}


def why(error: OSError) -> str:
    """What keeps a file from being read, to go after its name."""
    return _WHY.get(error.errno or 0) or f"can't be read: {error.strerror or error}; check the disk"
