"""Values that pass from reading to analysing to storing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from bot.newsroom.models import DateOrigin
from bot.newsroom.reason_codec import Fact
from bot.newsroom.rejections import Rejection, RejectReason
from summarizers.types import Analysis, Topic

__all__ = [
    "AsideLines",
    "DocumentPart",
    "FileBytes",
    "ProgressCallback",
    "ReadDocument",
    "ScanProgress",
    "ScanReport",
    "Unreadable",
    "printable_path",
]

_BLOCK_LINES: Final = 20_000
"""Lines of a text that are split at once, which takes some 50 MB; pages of news have hundreds."""

_BLOCK_CHARACTERS: Final = 1_000_000
"""Characters of a text that are split at once."""


class Unreadable(Exception):
    """Bytes that can't be taken; `rejection` says why.

    Made of a rejection, or of a reason and its facts.
    """

    def __init__(self, reason: RejectReason | Rejection, **facts: Fact) -> None:
        self.rejection = reason if isinstance(reason, Rejection) else Rejection(reason, facts)
        super().__init__(self.rejection.message)


@dataclass(frozen=True, slots=True)
class FileBytes:
    """A file's bytes with their hash, size, modification time and inode after reading."""

    data: bytes
    sha256: str
    size: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class AsideLines:
    """Lines of a page that are no story's; `reason` is a group of page words or "menu"."""

    reason: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """A part of a document that its format sets apart.

    `one_story` parts hold exactly one story, as a row of JSON does; others may hold several and are split. `title` is
    the headline that the source gives. `published` is aware. `language` is the tag that the source declares, and
    `neighbours` are the languages of the parts around: both count where the text itself is short. `left_out` are captions,
    menus and the like of a feed's entry, which is read only once: they stay with its story. `picture` is the address of
    a picture that the source gives with the story. A `brief` is told by its headline only, which is its text, too.
    `topics` are those that a trusted source names, which come before what the text says.
    """

    text: str
    one_story: bool = False
    title: str | None = None
    url: str | None = None
    published: datetime | None = None
    source: str | None = None
    language: str | None = None
    neighbours: tuple[str, ...] = field(default=(), compare=False)
    left_out: tuple[AsideLines, ...] = field(default=(), compare=False)
    picture: str | None = None
    brief: bool = False
    topics: tuple[str, ...] = ()
    date_origin: DateOrigin = DateOrigin.STATED


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document's parts in order, at least one. `notes` say in English what had to be left out.

    `aside` is what its format sets aside of a page; `set_aside` has what splitting does, too. `guild_id` is the server
    that alone sees its stories; None for all. `oldest_days` is the age from which on a feed's entry is no news, where its
    source has another one than the settings.
    """

    parts: tuple[DocumentPart, ...]
    encoding: str
    notes: tuple[str, ...] = ()
    aside: tuple[AsideLines, ...] = field(default=(), compare=False)
    guild_id: int | None = None
    oldest_days: float | None = None

    @property
    def text(self) -> str:
        """All parts, with an empty line between them."""
        return "\n\n".join(part.text for part in self.parts)

    def set_aside(self) -> tuple[AsideLines, ...]:
        """Return the lines of pages that belong to no story, neighbours of one kind together."""
        from summarizers.segmentation.split import divide
        from summarizers.text.language import language_prior

        found = list(self.aside)
        for part in self.parts:
            if part.one_story:
                continue
            prior = language_prior(part.language, part.neighbours)
            for text in _blocks(part.text):
                for aside in divide(text, prior).set_aside:
                    lines = (line.strip() for line in text[slice(*aside.span)].splitlines())
                    found.append(AsideLines(aside.reason, tuple(filter(None, lines))))
        return tuple(found)

    def analyse(self, *, engine: str = "newsrank", sentences: int = 3, one_story: bool = False) -> list[Analysis]:
        """Analyse the document's stories, numbered throughout.

        `one_story` takes each part for one story.
        """
        return [analysis for _, analysis in self.analyse_parts(engine=engine, sentences=sentences, one_story=one_story)]

    def analyse_parts(
        self, *, engine: str = "newsrank", sentences: int = 3, one_story: bool = False
    ) -> Iterator[tuple[DocumentPart, Analysis]]:
        """Analyse the stories one by one, each with the part it was found in."""
        from summarizers.analysis import analyse
        from summarizers.text.language import language_prior
        from summarizers.types import Furniture

        number = 0
        for part in self.parts:
            one = one_story or part.one_story
            prior = language_prior(part.language, part.neighbours)
            for text in [part.text] if one else _blocks(part.text):
                for analysis in analyse(
                    text,
                    engine=engine,
                    sentences=sentences,
                    as_one_story=one,
                    title=part.title if one else None,
                    prior=prior,
                ):
                    left_out = tuple(Furniture(line, aside.reason) for aside in part.left_out for line in aside.lines)
                    story = replace(analysis.story, position=number, furniture=(*analysis.story.furniture, *left_out))
                    yield part, replace(analysis, story=story, topics=_with_stated(part.topics, analysis.topics))
                    number += 1


def _with_stated(stated: Sequence[str], found: tuple[Topic, ...]) -> tuple[Topic, ...]:
    """Return a story's topics: those that its source states for certain, then the others."""
    if not stated:
        return found
    return (*(Topic(slug, 1.0) for slug in stated), *(topic for topic in found if topic.slug not in stated))


def _blocks(text: str) -> Iterator[str]:
    """Divide a very long text, if possible at empty lines, to bound the memory of splitting."""
    if len(text) <= _BLOCK_CHARACTERS and text.count("\n") <= _BLOCK_LINES:
        yield text
        return
    block: list[str] = []
    length = since_empty = 0
    for line in text.split("\n"):
        block.append(line)
        length += len(line) + 1
        since_empty = 0 if not line.strip() else since_empty + 1
        if length < _BLOCK_CHARACTERS and len(block) < _BLOCK_LINES:
            continue
        # Half a block without an empty line is cut where it is.
        rest = block[len(block) - since_empty :] if since_empty * 2 < len(block) else []
        yield "\n".join(block[: len(block) - len(rest)])
        block, length = rest, sum(len(line) + 1 for line in rest)
    if block:
        yield "\n".join(block)


@dataclass(frozen=True, slots=True)
class ScanReport:
    """The result of a scan. Paths are as `printable_path` gives them.

    `files` were seen; each of them is in one of `new`, `changed`, `unchanged`, `rejected`, `waiting` or `slow`.
    `stories` came from the new and the changed. `waiting` are files that are still being written: the next scan reads
    them. `slow` take so long that they are read apart, after the others. `duplicates` of the new and changed have the
    bytes of another file, and so no stories. `notes` say what was left out of files that were taken. `held` files are
    missing, but so many went at once that their stories are kept: the first of them until `held_until`. `other_folder`
    says that the seeds folder isn't the one whose files the store has. `samples_left_out` are files of the sample news.
    """

    files: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    rejected: tuple[tuple[str, Rejection], ...] = ()
    stories: int = 0
    duplicates: int = 0
    waiting: tuple[str, ...] = ()
    slow: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    held: int = 0
    held_until: datetime | None = None
    other_folder: bool = False
    samples_left_out: int = 0


@dataclass(frozen=True, slots=True)
class ScanProgress:
    """Files that a scan has stored, of how many, with their stories, after so many seconds."""

    files: int
    total: int
    stories: int
    seconds: float

    @property
    def stories_per_second(self) -> float:
        """Return the stories stored in a second since the beginning."""
        return self.stories / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Return the time that the other files will take, None before the first one is stored."""
        return self.seconds / self.files * (self.total - self.files) if self.files else None


ProgressCallback = Callable[[ScanProgress], object]
"""Called after each batch of files."""


def printable_path(path: str) -> str:
    r"""Return a path as it can be printed: bytes that are not UTF-8 become \xNN."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
