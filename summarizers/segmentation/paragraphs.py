"""Paragraphs of a document, with the lines that belong to each and what stands between them.

Boilerplate, bylines, dates, credits and headlines are recognised by their form (furniture.py); lines that were wrapped
at a fixed width are joined. Spans are given, so that nothing is rewritten and nothing is lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from summarizers.headlines.kicker import find_kicker
from summarizers.segmentation.furniture import (
    LineKind,
    classify_line,
    find_caption_end,
    find_furniture,
    find_question_labels,
    find_trailing_omission,
)
from summarizers.segmentation.line_features import Floats
from summarizers.segmentation.page_layout import PageLayout
from summarizers.segmentation.teaser_lines import TeaserMark, find_trailing_link, read_teaser_mark
from summarizers.text.language import identify_language
from summarizers.text.lines import iter_paragraph_spans
from summarizers.text.sentences import breaks_off

__all__ = [
    "INNER_STOP",
    "INVISIBLE",
    "LIST_NUMBER",
    "DocumentParagraph",
    "ends_in_word",
    "has_records",
    "line_spans",
    "read_paragraphs",
]

INVISIBLE = "\x00\ufeff\u200b\u200c\u200d\u2060 \t\xa0\u3000"
"""Characters without a glyph around a line; NUL comes from files that were cut off while being written."""

_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029\x85\x0b\x0c]")
_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_SHORTEST_TITLE, _LONGEST_TITLE = 4, 130
"""Characters of a headline line."""

_LONGEST_KICKER_LINE = 60
"""Characters below which a line may be nothing but a kicker."""

_LEAST_RATIO = 1.3
"""How many times as long as its headline a paragraph is at least."""

_LONGEST_TWO, _LONGEST_TWO_UNSPACED = 80, 40
"""Characters of the longest headline of two sentences; the second where words aren't spaced."""

_SHORTEST_LEAD, _SHORTEST_CJK_LEAD = 60, 20
"""Characters of the paragraph under a headline."""

_LINES_BETWEEN = 4
"""Lines below a headline among which its paragraph begins; bylines, dates and boilerplate may stand before it."""

_MOST_BETWEEN = 12
"""The same with boilerplate: a gallery's captions and counters."""

_RECORD_SAMPLE = 60
"""Lines that are read to see whether a document is the dump of a feed."""

_CAN_END = frozenset("?!\"”’'»)」』】…%>")
_CLOSED = frozenset('.!?”"’»。！？…)।؟')


@dataclass(slots=True)
class DocumentParagraph:
    """A paragraph with the lines that belong to it: spans into the document.

    `titles`, `decks`, `kickers`, `bylines`, `dates` stand before it; `credits` behind it. `blank_lines` counts those before all
    of that; `after_rule` says that a drawn line stands there, `after_boilerplate` that boilerplate does. `heading_level`
    is that of a Markdown heading, 0 without; `list_number` its number in a numbered list. `starts_record` says that a
    feed's record begins ("Title: …"), `has_link` that an address stands at its headline, `starts_region` that a
    page's region of text begins, `ends_story` that a link to the rest of its text closes the paragraph, `before_link` that
    such a link is the line behind it, `after_age` that a line before it says how old a text is. `furniture` is what was
    taken out before or behind it, with the reason.
    """

    start: int
    end: int
    titles: list[tuple[int, int]] = field(default_factory=list)
    decks: list[tuple[int, int]] = field(default_factory=list)
    kickers: list[tuple[int, int]] = field(default_factory=list)
    bylines: list[tuple[int, int]] = field(default_factory=list)
    dates: list[tuple[int, int]] = field(default_factory=list)
    credits: list[tuple[int, int]] = field(default_factory=list)
    blank_lines: int = 0
    after_rule: bool = False
    heading_level: int = 0
    list_number: int | None = None
    starts_record: bool = False
    has_link: bool = False
    after_boilerplate: bool = False
    furniture: list[tuple[int, int, str]] = field(default_factory=list)
    starts_region: bool = False
    ends_story: bool = False
    before_link: bool = False
    after_age: bool = False

    @property
    def first(self) -> int:
        """First character of the paragraph and of the lines that belong before it."""
        return min([self.start, *(start for start, _ in (*self.titles, *self.kickers, *self.bylines, *self.dates))])

    @property
    def last(self) -> int:
        """End of the paragraph and of its credits."""
        return max([self.end, *(end for _, end in self.credits)])


@dataclass(slots=True)
class _SourceLine:
    """A line without blanks around it, the blank lines before it, and what it is.

    `linked` says that a link to the rest of a text closed it, which is cut off; `mark` that it marks a teaser; `reason`
    why it is boilerplate; `labelled` that the label of an interview's question or answer was cut off.
    """

    start: int
    end: int
    blank_lines: int
    kind: LineKind
    linked: bool
    mark: TeaserMark | None
    reason: str = "boilerplate"
    labelled: bool = False


def read_paragraphs(
    text: str,
    language: str | None = None,
    layout: PageLayout | None = None,
    spans: Sequence[tuple[int, int]] | None = None,
) -> list[DocumentParagraph]:
    """Return a document's paragraphs with the lines that belong to each.

    In order, none of them empty. `layout` is that of a page, whose lines set aside are in no paragraph; `spans` are the
    text's `line_spans`, where they are known already. Linear time.
    """
    language = language or identify_language(text)
    lines = _classify_lines(text, line_spans(text) if spans is None else spans, layout, language)
    if not lines:
        return []
    records = layout is None and has_records(text, [(line.start, line.end) for line in lines[:_RECORD_SAMPLE]])
    starts = set(layout.starts) if layout else set()
    paragraphs: list[DocumentParagraph] = []
    waiting = DocumentParagraph(0, 0)
    for at, line in enumerate(lines):
        if at in starts:
            waiting = _flush(paragraphs, waiting)
            waiting.starts_region = True
        _take_mark(line, paragraphs, waiting)
        if layout is not None:
            role = layout.roles[at]
            if role == "aside" or (role == "detail" and line.kind not in {"byline", "credit", "date"}):
                continue
            if role == "deck":
                waiting.decks.append((line.start, line.end))
                continue
            if role == "title":
                waiting.titles.append((line.start, line.end))
                listed = LIST_NUMBER.match(text, line.start, line.end)
                waiting.list_number = int(listed[1]) if listed else None
                waiting.after_boilerplate = True
                continue
        waiting.blank_lines = max(waiting.blank_lines, line.blank_lines)
        start, end = line.start, line.end
        if records and (labelled := _RECORD.match(text, start, end)):
            name = _RECORD_FIELDS[(labelled["name"] or labelled["tag"]).casefold()]
            end = start + len(_CLOSING_TAG.sub("", text[start:end]))
            if name == "title" and (waiting.titles or waiting.dates):
                waiting = _flush(paragraphs, waiting)
            start = labelled.end()
            if name == "text" and start < end:
                waiting.start, waiting.end = start, end
                paragraphs.append(waiting)
                waiting = DocumentParagraph(0, 0)
            elif start < end and name != "none":
                {"title": waiting.titles, "date": waiting.dates, "byline": waiting.bylines}[name].append((start, end))
                waiting.starts_record |= name == "title"
            continue
        if line.kind == "rule":
            waiting.after_rule = True
        elif line.kind == "boilerplate":
            waiting.after_boilerplate = True
            waiting.furniture.append((start, end, line.reason))
            waiting.has_link |= text.startswith(("http", "www."), start) and bool(waiting.titles)
        elif linked := _LINKED.match(text, start, end):
            waiting.titles.append(linked.span(1))
            waiting.has_link = True
        elif line.kind == "credit" and paragraphs and not waiting.titles:
            # what stands between a text and its credit is that text's, too
            paragraphs[-1].credits.extend((*waiting.bylines, *waiting.dates, (start, end)))
            waiting.bylines.clear()
            waiting.dates.clear()
        elif line.kind in {"byline", "credit"}:
            waiting.bylines.append((start, end))
        elif line.kind == "date":
            waiting.dates.append((start, end))
        elif heading := _HEADING.match(text, start, end):
            waiting.titles.append((heading.end(), end))
            waiting.heading_level = max(waiting.heading_level, heading.end() - start - 1)
        else:
            listed = LIST_NUMBER.match(text, start, end)
            number = int(listed[1]) if listed else None
            if not waiting.titles and _is_title(text, lines, at, language):
                waiting.titles.append((start, end))
                waiting.list_number = number
            elif (
                end - start < _LONGEST_KICKER_LINE
                and (label := find_kicker(text[start:end]))
                and label.body == end - start
            ):
                waiting.kickers.append((start, start + len(label.text)))
            else:
                waiting.ends_story = line.linked
                waiting.start, waiting.end = start, end
                waiting.list_number = number if waiting.list_number is None else waiting.list_number
                paragraphs.append(waiting)
                waiting = DocumentParagraph(0, 0)
    _flush(paragraphs, waiting)
    return paragraphs


def ends_in_word(line: str) -> bool:
    """Return whether a line's last character is a letter, a digit or a letter's mark."""
    return line[-1].isalnum() or unicodedata.category(line[-1])[0] == "M"


INNER_STOP = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=['’][^\W\d_]))[.!?؟][”’\"']?\s|[।॥]\s|[。！？]")
"""A sentence's end within a line."""

LIST_NUMBER = re.compile(r"(?:No\. |#)?\(?(\d{1,3})[.):]\)?\s+(?=\S)")
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


def has_records(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Return whether a document is a feed's dump: its lines name a title and another field."""
    names = {
        _RECORD_FIELDS[(labelled["name"] or labelled["tag"]).casefold()]
        for start, end in spans[:_RECORD_SAMPLE]
        if (labelled := _RECORD.match(text, start, end))
    }
    return "title" in names and len(names) > 1


def _flush(paragraphs: list[DocumentParagraph], waiting: DocumentParagraph) -> DocumentParagraph:
    """Settle lines whose paragraph doesn't come, and start a new paragraph.

    Their deck or title becomes a paragraph, else they go to the paragraph before.
    """
    own = waiting.decks or waiting.titles or waiting.kickers
    if own:
        waiting.start, waiting.end = own.pop()
        behind = [span for span in (*waiting.bylines, *waiting.dates) if span[0] >= waiting.end]
        waiting.credits.extend(behind)
        waiting.bylines = [span for span in waiting.bylines if span not in behind]
        waiting.dates = [span for span in waiting.dates if span not in behind]
        paragraphs.append(waiting)
    elif paragraphs:
        paragraphs[-1].credits.extend((*waiting.bylines, *waiting.dates))
        paragraphs[-1].furniture.extend(waiting.furniture)
    return DocumentParagraph(0, 0)


def line_spans(text: str) -> list[tuple[int, int]]:
    """Return where a text's lines stand, without blanks around, wrapped ones joined."""
    found: list[tuple[int, int]] = []
    for start, end in iter_paragraph_spans(text):
        piece = text[start:end]
        bare = piece.strip(INVISIBLE)
        if not bare or bare.isspace():
            continue
        if len(bare) < len(piece):
            start += piece.find(bare[0])
        found.append((start, start + len(bare)))
    return found


def _take_mark(line: _SourceLine, paragraphs: list[DocumentParagraph], waiting: DocumentParagraph) -> None:
    """Note at the paragraph above or below what a line says of teasers."""
    if line.mark == "age":
        waiting.after_age = True
    elif line.mark == "link" and paragraphs and not waiting.titles:
        paragraphs[-1].before_link = True


def _classify_lines(
    text: str, spans: Sequence[tuple[int, int]], layout: PageLayout | None, language: str
) -> list[_SourceLine]:
    """Return lines with the blank lines before each and their kind; set aside is boilerplate."""
    found: list[_SourceLine] = []
    before = 0
    for at, (start, end) in enumerate(spans):
        blank_lines = _count_blank(text[before:start]) if start - before > 1 else 0
        before = end
        if layout is not None and layout.roles[at] == "aside":
            mark = read_teaser_mark(text[start:end])
            found.append(_SourceLine(start, end, blank_lines, "boilerplate", linked=False, mark=mark))
            continue
        if layout is None and (cut := find_caption_end(text[start:end])) is not None:
            found.append(_SourceLine(start, start + cut, blank_lines, "credit", linked=False, mark=None))
            start, blank_lines = start + cut, 0
        kind = classify_line(text[start:end])
        mark = read_teaser_mark(text[start:end])
        if mark is not None and kind == "text":
            kind = "boilerplate"
        cut = find_trailing_link(text[start:end]) if kind == "text" else None
        linked = cut is not None
        if kind == "text" and (omitted := find_trailing_omission(text[start : end if cut is None else start + cut])):
            cut = omitted
        last = end if cut is None else start + cut
        found.append(_SourceLine(start, last, blank_lines, kind, linked, mark))
    _mark_mail_head(text, found)
    if layout is None:
        _cut_labels(text, found, language)
        _mark_furniture(text, found, language)
    else:
        for start, end in pairwise([*layout.starts, len(found)]):
            texts = [at for at in range(start, end) if layout.roles[at] == "text"]
            said = [found[at] for at in texts]
            _cut_labels(text, said, language)
            tail = texts[-_LAST_LINES:]
            # what was cut off a line is no link: its features are others now
            cut = any((found[at].start, found[at].end) != spans[at] and not found[at].linked for at in tail)
            _mark_furniture(text, [found[at] for at in tail], language, None if cut else layout.local[tail])
    return found


_MAIL_FIELD = re.compile(
    r"(from|to|cc|reply-to|sent|date|message-id|list-unsubscribe|mime-version|content-type|content-transfer-encoding"
    r"|return-path|received|x-[a-z-]+|subject)\s*:\s*(?=\S)",
    re.IGNORECASE,
)
_FEWEST_FIELDS = 2
"""Fields of a mail's head besides its subject, none of which a text begins with alone."""


def _mark_mail_head(text: str, lines: Sequence[_SourceLine]) -> None:
    """Mark the fields above a mail's text as boilerplate; its subject stays, without the label."""
    head: list[tuple[_SourceLine, str, int]] = []
    for line in lines:
        labelled = _MAIL_FIELD.match(text, line.start, line.end)
        if labelled is None:
            break
        head.append((line, labelled[1].casefold(), labelled.end()))
    names = {name for _, name, _ in head}
    if len(names - {"subject"}) < _FEWEST_FIELDS or "from" not in names:
        return
    for line, name, behind in head:
        if name == "subject":
            line.start, line.kind = behind, "text"
        else:
            line.kind, line.reason = "boilerplate", "mail"


@lru_cache(maxsize=256)
def _count_blank(gap: str) -> int:
    """Return how many blank lines a gap between two lines has."""
    return max(0, len(_BREAK.findall(gap)) - 1)


def _mark_furniture(text: str, lines: Sequence[_SourceLine], language: str, local: Floats | None = None) -> None:
    """Mark furniture among a story's lines; `local` has their features, where they are known."""
    texts = [text[line.start : line.end] for line in lines]
    judged = [line.kind == "text" and not line.labelled for line in lines]
    for at, reason in find_furniture(texts, judged, language, local).items():
        lines[at].kind, lines[at].reason = "boilerplate", reason


_LAST_LINES = 8
"""Lines at the end of a page's text among which notices are looked for; the layout has judged the others."""


def _cut_labels(text: str, lines: Sequence[_SourceLine], language: str) -> None:
    """Cut off the labels of an interview's questions."""
    texts = [text[line.start : line.end] for line in lines]
    for at, body in find_question_labels(texts, language).items():
        lines[at].start += body
        lines[at].labelled = True


def _is_title(text: str, lines: list[_SourceLine], at: int, language: str) -> bool:
    """Return whether a line is a headline: short, no full stop, a longer paragraph behind it."""
    line = lines[at]
    length = line.end - line.start
    if not _SHORTEST_TITLE <= length <= _LONGEST_TITLE:
        return False
    last = text[line.end - 1]
    if not (ends_in_word(text[line.start : line.end]) or last in _CAN_END):
        return False
    words = text[line.start : line.end]
    if words[0] in "-•*–—|>" or words[0].islower():
        return False
    unspaced = language in {"zh", "ja", "ko"}
    if length > (_LONGEST_TWO_UNSPACED if unspaced else _LONGEST_TWO) and INNER_STOP.search(words):
        return False
    between = 0
    for after in range(at + 1, min(at + _MOST_BETWEEN + 1, len(lines))):
        following = lines[after]
        between += following.kind != "boilerplate"
        if following.kind in {"byline", "date", "boilerplate"} and between <= _LINES_BETWEEN:
            continue
        if following.kind != "text":
            return False
        size = following.end - following.start
        lead = text[following.start : following.end]
        whole = lead[-1] in _CLOSED or INNER_STOP.search(lead) is not None
        closed = size > _LONGEST_TITLE or whole or breaks_off(lead, language)
        least = _SHORTEST_CJK_LEAD if unspaced else _SHORTEST_LEAD
        return closed and size > max(_LEAST_RATIO * length, least) and not breaks_off(words, language)
    return False
