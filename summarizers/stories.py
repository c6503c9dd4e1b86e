"""Where does one story of a document end and the next begin?

A document is read as lines: what is furniture, byline, credit or headline is told by form (furniture.py), lines that
were wrapped at a fixed width are joined, and what is left are paragraphs. Whether a paragraph begins a story is
judged by boundaries.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from summarizers.boundaries import starts
from summarizers.furniture import LineKind, dateline_at, deck_end, kicker_at, kind_of_line, trailing_credit
from summarizers.model import Story
from summarizers.text import ending, identify, paragraph_spans

__all__ = ["Paragraph", "as_one_story", "paragraphs_of", "split_stories"]

_LINE = re.compile(r"[^\n\r\u2028\u2029\x85\x0b\x0c]+")
_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029\x85\x0b\x0c]")
_BLANK = "\x00\ufeff\u200b\u200c\u200d\u2060 \t\xa0\u3000"
_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_LONGEST_TITLE = 130
_CAN_END = frozenset("?!\"”’'»)」』】…%")


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


def split_stories(text: str) -> list[Story]:
    """Divide a document into its stories, in the document's order.

    Each story's paragraphs are verbatim parts of the text, ascending and disjoint, and so are the stories' spans.
    Furniture of the page is in none. A text without words gives []. Equal text gives equal stories; time is linear.
    """
    paragraphs = paragraphs_of(text)
    if not paragraphs:
        return []
    begins = [0, *(number for number in starts(text, paragraphs)), len(paragraphs)]
    return [_story(text, paragraphs[begin:end], position) for position, (begin, end) in enumerate(pairwise(begins))]


def as_one_story(text: str) -> Story:
    """The whole text as one story, its furniture, kicker, dateline, byline and credits taken off.

    A text without words gives a story without paragraphs.
    """
    paragraphs = paragraphs_of(text)
    if not paragraphs:
        return Story(position=0, paragraphs=())
    return _story(text, paragraphs, 0)


# Paragraphs


def paragraphs_of(text: str) -> list[Paragraph]:
    """The paragraphs of a document with what belongs to each; in order, none of them empty."""
    lines = _lines(text)
    found: list[Paragraph] = []
    waiting = Paragraph(0, 0)
    count = len(lines)
    at = 0
    while at < count:
        line = lines[at]
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
        elif not waiting.titles and _is_title(text, lines, at):
            waiting.titles.append((line.start, line.end))
        else:
            waiting.start, waiting.end = line.start, line.end
            found.append(waiting)
            waiting = Paragraph(0, 0)
        at += 1
    _flush(found, waiting)
    return found


def _flush(found: list[Paragraph], waiting: Paragraph) -> Paragraph:
    """Give what waits for a paragraph that doesn't come to the one before, or let its title be one."""
    if waiting.titles:
        waiting.start, waiting.end = waiting.titles.pop()
        found.append(waiting)
    elif found and waiting.bylines:
        found[-1].credits.extend(waiting.bylines)
    return Paragraph(0, 0)


def _lines(text: str) -> list[_Line]:
    """Lines without the blanks around them, those of fixed width joined."""
    found: list[_Line] = []
    before = 0
    for start, end in paragraph_spans(text):
        piece = text[start:end]
        bare = piece.strip(_BLANK)
        if not bare:
            continue
        start += piece.find(bare[0])
        end = start + len(bare)
        breaks = len(_BREAK.findall(text, before, start))
        found.append(_Line(start, end, max(0, breaks - 1), kind_of_line(bare)))
        before = end
    return found


def _is_title(text: str, lines: list[_Line], at: int) -> bool:
    """Whether a line is a headline: short, without a full stop, and before a paragraph that is longer."""
    line = lines[at]
    length = line.end - line.start
    if not 4 <= length <= _LONGEST_TITLE:
        return False
    words = text[line.start : line.end]
    last = words[-1]
    if not (last.isalnum() or last in _CAN_END or last == ">") or words[0] in "-•*–—|>" or words[0].islower():
        return False
    for after in range(at + 1, min(at + 5, len(lines))):
        following = lines[after]
        if following.kind in {"byline", "date", "furniture"}:
            continue
        if following.kind != "text":
            return False
        size = following.end - following.start
        closed = text[following.end - 1] in '.!?”"’»。！？…)।؟'
        return size > max(1.3 * length, 60) and (closed or size > 130) and ending(words) != "cut"
    return False


# Stories


def _story(text: str, paragraphs: list[Paragraph], position: int) -> Story:
    """Paragraphs as a story, with all that is no body in its field."""
    head = paragraphs[0]
    span = (head.first, max(paragraph.last for paragraph in paragraphs))
    title = text[slice(*head.titles[0])] if head.titles else None
    kicker = deck = dateline = None
    start, end = head.start, head.end
    if title is not None and (found := kicker_at(title)) and found.body < len(title):
        kicker, title = found.text, title[found.body :]
    label = kicker_at(text[start:end])
    if label and kicker is None:
        kicker = label.text
        body = deck_end(text[start:end], label.body)
        if body is not None:
            deck = text[start + label.body : start + body].strip()
            start += body
        else:
            start += label.body
    place = dateline_at(text[start:end])
    if place:
        dateline = place.text
        start += place.body
    elif head.dates:
        dateline = text[slice(*head.dates[0])]
    bodies: list[str] = []
    credits = [text[slice(*span)] for paragraph in paragraphs for span in paragraph.credits]
    for number, paragraph in enumerate(paragraphs):
        if number:
            start, end = paragraph.start, paragraph.end
            bodies.extend(text[slice(*span)] for span in paragraph.titles)
        piece = text[start:end].strip(_BLANK)
        if number == len(paragraphs) - 1 and (cut := trailing_credit(piece)):
            credits.append(piece[cut:].strip())
            piece = piece[:cut].rstrip()
        if piece:
            bodies.append(piece)
    byline = "; ".join(text[slice(*span)] for span in head.bylines) or None
    return Story(
        position=position,
        paragraphs=tuple(bodies),
        kicker=kicker,
        deck=deck,
        title=title,
        dateline=dateline,
        byline=byline,
        credits=tuple(credits),
        truncated=_breaks_off(bodies),
        span=span,
    )


def _breaks_off(bodies: list[str]) -> bool:
    """Whether a story's last words say that more should come."""
    if not bodies:
        return False
    last = bodies[-1]
    how = ending(last, identify(last))
    if how == "unstopped":
        return any(body[-1] in '.!?。！？।؟”"’' for body in bodies[:-1]) or (". " in last and len(last) > 200)
    return how == "cut"
