"""Which lines of a document are its paragraphs, and what stands between them?

Furniture, bylines, dates, credits and headlines are told by form (furniture.py); lines that were wrapped at a fixed
width are joined. Spans are given, so that nothing is rewritten and nothing is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from summarizers.furniture import LineKind, kind_of_line
from summarizers.text import ending, identify, paragraph_spans

__all__ = ["BLANK", "Paragraph", "read_page"]

BLANK = "\x00\ufeff\u200b\u200c\u200d\u2060 \t\xa0\u3000"
_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029\x85\x0b\x0c]")
_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_LONGEST_TITLE = 130
_CAN_END = frozenset("?!\"”’'»)」』】…%>")
_CLOSED = frozenset('.!?”"’»。！？…)।؟')


@dataclass(slots=True)
class Paragraph:
    """A paragraph with the lines that belong to it: spans into the document.

    `titles`, `bylines`, `dates` stand before it; `credits` behind it. `blank` counts the blank lines before all of
    that, `rule` says that a drawn line is there, `furniture` that words of the page are; `level` is that of a
    markdown heading, 0 without.
    """

    start: int
    end: int
    titles: list[tuple[int, int]] = field(default_factory=list)
    bylines: list[tuple[int, int]] = field(default_factory=list)
    dates: list[tuple[int, int]] = field(default_factory=list)
    credits: list[tuple[int, int]] = field(default_factory=list)
    blank: int = 0
    rule: bool = False
    furniture: bool = False
    level: int = 0

    @property
    def first(self) -> int:
        """Where the paragraph begins with all that stands before it."""
        return min([self.start, *(start for start, _ in (*self.titles, *self.bylines, *self.dates))])

    @property
    def last(self) -> int:
        """Where it ends with its credits."""
        return max([self.end, *(end for _, end in self.credits)])


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    blank: int
    kind: LineKind


def read_page(text: str, language: str | None = None) -> list[Paragraph]:
    """The paragraphs of a document with what belongs to each; in order, none of them empty. Linear time."""
    lines = _lines(text)
    if not lines:
        return []
    language = language or identify(text)
    found: list[Paragraph] = []
    waiting = Paragraph(0, 0)
    for at, line in enumerate(lines):
        waiting.blank = max(waiting.blank, line.blank)
        if line.kind == "rule":
            waiting.rule = True
        elif line.kind == "furniture":
            waiting.furniture = True
        elif line.kind == "credit" and found and not waiting.titles:
            found[-1].credits.append((line.start, line.end))
        elif line.kind in {"byline", "credit"}:
            waiting.bylines.append((line.start, line.end))
        elif line.kind == "date":
            waiting.dates.append((line.start, line.end))
        elif heading := _HEADING.match(text, line.start, line.end):
            if waiting.titles:
                waiting = _flush(found, waiting)
            waiting.titles.append((heading.end(), line.end))
            waiting.level = heading.end() - line.start - 1
        elif not waiting.titles and _is_title(text, lines, at, language):
            waiting.titles.append((line.start, line.end))
        else:
            waiting.start, waiting.end = line.start, line.end
            found.append(waiting)
            waiting = Paragraph(0, 0)
    _flush(found, waiting)
    return found


def _flush(found: list[Paragraph], waiting: Paragraph) -> Paragraph:
    """Give what waits for a paragraph that doesn't come to the one before, or let its title be one."""
    if waiting.titles:
        waiting.start, waiting.end = waiting.titles.pop()
        found.append(waiting)
    elif found:
        found[-1].credits.extend(waiting.bylines)
    return Paragraph(0, 0)


def _lines(text: str) -> list[_Line]:
    """Lines without the blanks around them, those of fixed width joined."""
    found: list[_Line] = []
    before = 0
    for start, end in paragraph_spans(text):
        piece = text[start:end]
        bare = piece.strip(BLANK)
        if not bare:
            continue
        start += piece.find(bare[0])
        end = start + len(bare)
        breaks = len(_BREAK.findall(text, before, start)) if start - before > 1 else 1
        found.append(_Line(start, end, max(0, breaks - 1), kind_of_line(bare)))
        before = end
    return found


def _is_title(text: str, lines: list[_Line], at: int, language: str) -> bool:
    """Whether a line is a headline: short, without a full stop, and before a paragraph that is longer."""
    line = lines[at]
    length = line.end - line.start
    if not 4 <= length <= _LONGEST_TITLE:
        return False
    last = text[line.end - 1]
    if not (last.isalnum() or last in _CAN_END):
        return False
    words = text[line.start : line.end]
    if words[0] in "-•*–—|>" or words[0].islower():
        return False
    for after in range(at + 1, min(at + 5, len(lines))):
        following = lines[after]
        if following.kind in {"byline", "date", "furniture"}:
            continue
        if following.kind != "text":
            return False
        size = following.end - following.start
        closed = size > 130 or text[following.end - 1] in _CLOSED
        return closed and size > max(1.3 * length, 60) and ending(words, language) != "cut"
    return False
