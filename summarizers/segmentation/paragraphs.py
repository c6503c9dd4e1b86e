"""Which lines of a document are its paragraphs, and what stands between them?

Furniture, bylines, dates, credits and headlines are told by form (furniture.py); lines that were wrapped at a fixed
width are joined. Spans are given, so that nothing is rewritten and nothing is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from summarizers.segmentation.boilerplate import LineKind, hangs, kicker_at, kind_of_line
from summarizers.text.language import identify_language
from summarizers.text.lines import paragraph_spans

__all__ = ["BLANK", "NUMBERED", "Paragraph", "read_page"]

# What may stand around a line without being seen; NUL comes from files that were cut off while being written.
BLANK = "\x00\ufeff\u200b\u200c\u200d\u2060 \t\xa0\u3000"
_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029\x85\x0b\x0c]")
_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_LONGEST_TITLE = 130
_CAN_END = frozenset("?!\"”’'»)」』】…%>")
_CLOSED = frozenset('.!?”"’»。！？…)।؟')


@dataclass(slots=True)
class Paragraph:
    """A paragraph with the lines that belong to it: spans into the document.

    `titles`, `kickers`, `bylines`, `dates` stand before it; `credits` behind it. `blank` counts the blank lines before
    all of that, `rule` says that a drawn line is there; `level` is that of a markdown heading, 0 without; `number` is
    what it has in a numbered list, `record` says that a feed's record begins ("Title: …"), `link` that an address
    stands at its headline, `parted` that furniture of the page stands between it and the paragraph before.
    """

    start: int
    end: int
    titles: list[tuple[int, int]] = field(default_factory=list)
    kickers: list[tuple[int, int]] = field(default_factory=list)
    bylines: list[tuple[int, int]] = field(default_factory=list)
    dates: list[tuple[int, int]] = field(default_factory=list)
    credits: list[tuple[int, int]] = field(default_factory=list)
    blank: int = 0
    rule: bool = False
    level: int = 0
    number: int | None = None
    record: bool = False
    link: bool = False
    parted: bool = False

    @property
    def first(self) -> int:
        """Where the paragraph begins with all that stands before it."""
        return min([self.start, *(start for start, _ in (*self.titles, *self.kickers, *self.bylines, *self.dates))])

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
    language = language or identify_language(text)
    records = _has_records(text, lines)
    found: list[Paragraph] = []
    waiting = Paragraph(0, 0)
    for at, line in enumerate(lines):
        waiting.blank = max(waiting.blank, line.blank)
        start, end = line.start, line.end
        if records and (labelled := _RECORD.match(text, start, end)):
            name = _RECORD_FIELDS[(labelled["name"] or labelled["tag"]).casefold()]
            end = start + len(_CLOSING_TAG.sub("", text[start:end]))
            if name == "title" and (waiting.titles or waiting.dates):
                waiting = _flush(found, waiting)
            start = labelled.end()
            if name == "text" and start < end:
                waiting.start, waiting.end = start, end
                found.append(waiting)
                waiting = Paragraph(0, 0)
            elif start < end and name != "none":
                {"title": waiting.titles, "date": waiting.dates, "byline": waiting.bylines}[name].append((start, end))
                waiting.record |= name == "title"
            continue
        if line.kind == "rule":
            waiting.rule = True
        elif line.kind == "furniture":
            waiting.parted = True
            waiting.link |= text.startswith(("http", "www."), start) and bool(waiting.titles)
        elif linked := _LINKED.match(text, start, end):
            waiting.titles.append(linked.span(1))
            waiting.link = True
        elif line.kind == "credit" and found and not waiting.titles:
            found[-1].credits.append((start, end))
        elif line.kind in {"byline", "credit"}:
            waiting.bylines.append((start, end))
        elif line.kind == "date":
            waiting.dates.append((start, end))
        elif heading := _HEADING.match(text, start, end):
            waiting.titles.append((heading.end(), end))
            waiting.level = max(waiting.level, heading.end() - start - 1)
        else:
            listed = NUMBERED.match(text, start, end)
            number = int(listed[1]) if listed else None
            if not waiting.titles and _is_title(text, lines, at, language):
                waiting.titles.append((start, end))
                waiting.number = number
            elif end - start < 60 and (label := kicker_at(text[start:end])) and label.body == end - start:
                waiting.kickers.append((start, start + len(label.text)))
            else:
                waiting.start, waiting.end = start, end
                waiting.number = number if waiting.number is None else waiting.number
                found.append(waiting)
                waiting = Paragraph(0, 0)
    _flush(found, waiting)
    return found


NUMBERED = re.compile(r"(?:No\. |#)?\(?(\d{1,3})[.):]\)?\s+(?=\S)")
_LINKED = re.compile(r"\[([^\]\n]{4,200})\]\((?:https?://|/)[^\s)]*\)\Z")
_FIELD = (
    r"title|headline|link|url|guid|date|published|pubdate|pub date|updated|description|summary|content|text|body|source|author|"
    r"creator|category|categories|tags"
)
_RECORD = re.compile(
    rf"\W{{0,3}}(?:(?P<name>{_FIELD})\W{{0,2}}\s*[:：=]\s*|(?<=<)(?P<tag>{_FIELD})>\s*)", re.IGNORECASE
)
_CLOSING_TAG = re.compile(rf"\s*</(?:{_FIELD})>\Z", re.IGNORECASE)
_RECORD_FIELDS = {
    **dict.fromkeys(("title", "headline"), "title"),
    **dict.fromkeys(("date", "published", "pubdate", "pub date", "updated"), "date"),
    **dict.fromkeys(("author", "creator"), "byline"),
    **dict.fromkeys(("description", "summary", "content", "text", "body"), "text"),
    **dict.fromkeys(("link", "url", "guid", "source", "category", "categories", "tags"), "none"),
}


def _has_records(text: str, lines: list[_Line]) -> bool:
    """Whether a document is a dump of a feed: its lines name their fields, a title and another among them."""
    names = {
        _RECORD_FIELDS[(labelled["name"] or labelled["tag"]).casefold()]
        for line in lines[:60]
        if (labelled := _RECORD.match(text, line.start, line.end))
    }
    return "title" in names and len(names) > 1


def _flush(found: list[Paragraph], waiting: Paragraph) -> Paragraph:
    """Give what waits for a paragraph that doesn't come to the one before, or let its title be one."""
    own = waiting.titles or waiting.kickers
    if own:
        waiting.start, waiting.end = own.pop()
        behind = [span for span in (*waiting.bylines, *waiting.dates) if span[0] >= waiting.end]
        waiting.credits.extend(behind)
        waiting.bylines = [span for span in waiting.bylines if span not in behind]
        waiting.dates = [span for span in waiting.dates if span not in behind]
        found.append(waiting)
    elif found:
        found[-1].credits.extend((*waiting.bylines, *waiting.dates))
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
        least = 20 if language in {"zh", "ja", "ko"} else 60
        return closed and size > max(1.3 * length, least) and not hangs(words, language)
    return False
