"""Markdown without its marks. Headings of one level separate stories.

A page without headings is split as text is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.intake.encodings import decode
from bot.intake.readers.limits import remove_comments, unescape
from bot.intake.readers.metadata import parse_label, parse_time, parse_url
from bot.intake.readers.neighbours import with_neighbours
from bot.intake.types import DocumentPart, ReadDocument

__all__ = ["read_markdown"]

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_MATTER_LINE = re.compile(r"([A-Za-z_-]{1,40})[ \t]*:[ \t]*(.+)")
_ATX_HEADING = re.compile(r" {0,3}(#{1,6})(?![^ \t])")
_CLOSING_HASHES = re.compile(r"(?:^|[ \t])#+\Z")
_SETEXT_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*\Z")
_THEMATIC_BREAK = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})\Z")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_LIST_MARKER = re.compile(r"\s*(?:>\s?)*(?:(?:[-+*]|\d{1,3}[.)])[ \t]+)?")
_LABEL = r"(?:[^\[\]]++|\[[^\[\]]*+\])"
"""A piece of a link's text, which may hold one pair of brackets. No pattern below looks beyond the next bracket or mark
of its kind, so that a line takes time in proportion to its length."""
_TARGET = r"""(?:\([^)\s\[]*+(?:\s++["'(][^)\[]*+)?+\)|\[[^\[\]]*+\])"""
_BEFORE_CODE = (
    (re.compile(rf"!\[{_LABEL}*+\]{_TARGET}"), ""),
    (re.compile(r"\[\^[^\[\]]++\](?::.*)?"), ""),
    (re.compile(rf"\[({_LABEL}++)\]{_TARGET}"), r"\1"),
    (re.compile(r"<(https?://[^<>\s]++)>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>]*+>"), ""),
)
_ANY_MARK = re.compile(r"[\[<`*_\\&]")
"""Most lines have none of them."""
_CODE_MARKS = re.compile(r"`++")
_STRONG_MARKS = (re.compile(r"\*\*"), re.compile(r"__"))
_AFTER_STRONG = (
    (re.compile(r"(?<![\w*])([*_])(?=\S)([^*_]++)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
_SENTENCE_ENDINGS = tuple('.!?…"”’»)。！？:|')
_WRAPPED_LINE = 120
"""Characters from which on a line isn't part of a wrapped paragraph: editors wrap at 72 to 100."""


@dataclass(slots=True)
class _Section:
    """A heading (level 0 for none) and the lines below it."""

    level: int
    title: str | None
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(_paragraphs(self.lines))


def read_markdown(data: bytes) -> ReadDocument:
    """Read the stories that headings separate, or the whole text if none does.

    Raises Unreadable.
    """
    decoded = decode(data)
    text, metadata = decoded.text, {}
    front = _FRONT_MATTER.match(text)
    if front is not None:
        text = text[front.end() :]
        metadata = {
            match[1].lower(): match[2].strip(" \t\"'")
            for match in map(_FRONT_MATTER_LINE.match, front[1].split("\n"))
            if match
        }
    sections = [part for part in _sections(remove_comments(text)) if part.title is not None or part.text]
    parts = [
        DocumentPart(
            text_of_story,
            one_story=title is not None or "title" in metadata,
            title=title or parse_label(metadata.get("title")),
            url=parse_url(metadata.get("url") or metadata.get("link")),
            published=parse_time(metadata.get("published") or metadata.get("date")),
            source=parse_label(metadata.get("source") or metadata.get("publisher")),
            language=metadata.get("language") or metadata.get("lang") or metadata.get("locale"),
        )
        for title, text_of_story in _stories(sections)
        if text_of_story
    ]
    return ReadDocument(with_neighbours(parts), decoded.encoding, decoded.notes)


def _stories(sections: list[_Section]) -> Iterator[tuple[str | None, str]]:
    """Return title and text of each story, separated by the highest level with several headings.

    A single heading at the top is the story's if text follows it at once, and otherwise the page's.
    """
    levels = sorted({part.level for part in sections if part.level})
    if not levels:
        yield None, "\n".join(part.text for part in sections)
        return
    top = levels[0]
    heads = [at for at, part in enumerate(sections) if part.level == top]
    if len(heads) == 1 and len(levels) > 1 and not sections[heads[0]].text:
        deeper = [at for at, part in enumerate(sections) if part.level == levels[1]]
        if len(deeper) > 1:
            heads = deeper
    before = "\n".join(part.text for part in sections[: heads[0]] if part.text)
    if before:
        yield None, before
    for head, following in zip(heads, [*heads[1:], len(sections)], strict=True):
        lines = [sections[head].text]
        for part in sections[head + 1 : following]:
            lines += [part.title or "", part.text]
        yield sections[head].title, "\n".join(line for line in lines if line)


def _sections(text: str) -> Iterator[_Section]:
    """Divide the page at its headings, leaving out code blocks."""
    section = _Section(0, None)
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            if mark is not None and mark[1].startswith(fence):
                fence = ""
            continue
        if mark is not None:
            fence = mark[1]
            continue
        heading = _ATX_HEADING.match(line)
        if heading is not None:
            yield section
            title = _CLOSING_HASHES.sub("", line[heading.end() :].strip(" \t"))
            section = _Section(len(heading[1]), _strip_inline_marks(title) or None)
            continue
        under = _SETEXT_UNDERLINE.match(line)
        if under is not None and section.lines and section.lines[-1].strip():
            title = section.lines.pop()
            if under[1][0] == "=" or not title.rstrip().endswith(_SENTENCE_ENDINGS):
                yield section
                section = _Section(1 if under[1][0] == "=" else 2, _strip_inline_marks(title))
                continue
            section.lines.append(title)
        section.lines.append("" if _THEMATIC_BREAK.match(line) else line)
    yield section


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Return paragraphs without marks, joining lines that were only wrapped."""
    paragraph: list[str] = []
    for line in lines:
        marker = _LIST_MARKER.match(line)
        text = _strip_inline_marks(line[marker.end() :] if marker else line)
        is_item = bool(marker and marker[0].strip())
        if paragraph and (not text or is_item):
            yield " ".join(paragraph)
            paragraph = []
        if not text:
            continue
        paragraph.append(text)
        if text.endswith(_SENTENCE_ENDINGS) or len(line) >= _WRAPPED_LINE or line.endswith(("  ", "\\")):
            yield " ".join(paragraph)
            paragraph = []
    if paragraph:
        yield " ".join(paragraph)


def _strip_inline_marks(text: str) -> str:
    if _ANY_MARK.search(text) is None:
        return text.strip()
    for pattern, replacement in _BEFORE_CODE:
        text = pattern.sub(replacement, text)
    text = _strip_code_marks(text)
    for mark in _STRONG_MARKS:
        text = _strip_strong_marks(text, mark)
    for pattern, replacement in _AFTER_STRONG:
        text = pattern.sub(replacement, text)
    return unescape(text).strip()


def _strip_code_marks(text: str) -> str:
    """Remove backticks around code: a run of them ends at the next run of the same length."""
    runs = [match.span() for match in _CODE_MARKS.finditer(text)]
    if len(runs) < 2:
        return text
    closing: dict[int, int] = {}
    next_of_length: dict[int, int] = {}
    for at in range(len(runs) - 1, -1, -1):
        length = runs[at][1] - runs[at][0]
        closing[at] = next_of_length.get(length, -1)
        next_of_length[length] = at
    removed: list[tuple[int, int]] = []
    at = 0
    while at < len(runs):
        if closing[at] < 0:
            at += 1
        else:
            removed += [runs[at], runs[closing[at]]]
            at = closing[at] + 1
    return _without_spans(text, removed)


def _strip_strong_marks(text: str, mark: re.Pattern[str]) -> str:
    """Remove pairs of marks with text between them that neither begins nor ends with a blank."""
    removed: list[tuple[int, int]] = []
    opening: tuple[int, int] | None = None
    for match in mark.finditer(text):
        start, end = match.span()
        if opening is not None and start > opening[1] and not text[start - 1].isspace():
            removed += [opening, (start, end)]
            opening = None
        elif opening is None and end < len(text) and not text[end].isspace():
            opening = (start, end)
    return _without_spans(text, removed)


def _without_spans(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return text without the characters in these spans, which are in order."""
    if not spans:
        return text
    starts, ends = [0, *(end for _, end in spans)], [*(start for start, _ in spans), len(text)]
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))
