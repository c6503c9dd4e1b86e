"""Lines of a file that belong to no story, for the operator: menus, link lists, notices.

They are kept where they are, in the file; splitting it again finds the same lines, so that nothing is stored twice.
"""

from __future__ import annotations

from pathlib import Path

from bot.errors import SeedRejected
from bot.intake.file_reader import read_document
from bot.intake.types import AsideLines

__all__ = ["read_set_aside"]


def read_set_aside(folder: Path, relative: str, max_bytes: int) -> tuple[AsideLines, ...]:
    """Return what the layout of a page sets aside of a file in the seeds folder.

    Nothing for a file that is gone, can't be read, or lies outside the folder by a link.
    """
    path = folder / relative
    if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
        return ()
    try:
        return read_document(path, max_bytes).set_aside()
    except SeedRejected:
        return ()
