"""What does a reader make of a file? The values that pass from reading to analysing to storing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from summarizers.types import Analysis

__all__ = [
    "DocumentPart",
    "FileBytes",
    "Limits",
    "ProgressCallback",
    "ReadDocument",
    "ScanReport",
    "Unreadable",
    "printable_path",
]


class Limits(Protocol):
    """How much is read, as the settings of intake have it: files of more than `max_bytes` are not even opened."""

    @property
    def max_bytes(self) -> int: ...  # noqa: D102 - said above


class Unreadable(Exception):
    """Bytes that hold no text for us; `reason` says why and what to do, to go after the file's name."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class FileBytes:
    """A file's bytes, and what the file system said about it before and after they were read."""

    data: bytes
    sha256: str
    size: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """A part of a document that its format sets apart.

    `whole` says that it is one story, as a row of JSON is; otherwise it may hold several, to be split. `title` is the
    headline that the source gives. `published` is aware.
    """

    text: str
    one_story: bool = False
    title: str | None = None
    url: str | None = None
    published: datetime | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document's text in its pieces, in order; at least one. `notes` say what had to be left out."""

    parts: tuple[DocumentPart, ...]
    encoding: str
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All pieces, an empty line between them."""
        return "\n\n".join(piece.text for piece in self.parts)

    def analyze(self, *, engine: str = "newsrank", sentences: int = 3, whole: bool = False) -> list[Analysis]:
        """The stories of the document, numbered through; `whole` takes each piece for one story."""
        return [analysis for _, analysis in self.analyze_parts(engine=engine, sentences=sentences, whole=whole)]

    def analyze_parts(
        self, *, engine: str = "newsrank", sentences: int = 3, whole: bool = False
    ) -> Iterator[tuple[DocumentPart, Analysis]]:
        """As `analyse`, one by one, each with the piece it stands in."""
        from summarizers.analysis import analyse

        number = 0
        for piece in self.parts:
            one = whole or piece.one_story
            for analysis in analyse(
                piece.text, engine=engine, sentences=sentences, as_one_story=one, title=piece.title if one else None
            ):
                yield piece, replace(analysis, story=replace(analysis.story, position=number))
                number += 1


@dataclass(frozen=True, slots=True)
class ScanReport:
    """What a scan found and did. Paths are as `shown` gives them.

    `files` were seen; each of them is in one of `new`, `changed`, `unchanged`, `rejected` or `waiting`. `stories` came
    from the new and the changed. `waiting` are files that are still being written: the next scan reads them.
    `duplicates` of the new and changed have the bytes of another file, and so no stories. `notes` say what was left
    out of files that were taken.
    """

    files: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    rejected: tuple[tuple[str, str], ...] = ()
    stories: int = 0
    duplicates: int = 0
    waiting: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


ProgressCallback = Callable[[int, int], object]
"""Told how many files are done, and how many there are to do."""


def printable_path(path: str) -> str:
    r"""A path as it can be printed: bytes that are no UTF-8 become \xNN."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
