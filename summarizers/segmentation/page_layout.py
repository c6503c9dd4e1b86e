"""Layout of a page: lines that are text of stories, and lines that are its furniture.

A page that was saved or pasted as text holds menus, link lists, notices and comments around its stories. They are set
aside here before stories are divided; plain documents are left as they are. What is set aside keeps its place and a
reason, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from summarizers.segmentation.furniture_model import judge_lines, speaks_to_reader
from summarizers.segmentation.furniture_model import thresholds as furniture_thresholds
from summarizers.segmentation.layout_model import (
    LayoutModel,
    LineScores,
    find_regions,
    layout_model,
    page_features,
    score_lines,
)
from summarizers.segmentation.layout_titles import first_candidate, title_candidates
from summarizers.segmentation.line_features import (
    GROUPS,
    LOCAL,
    Flags,
    Floats,
    LineTable,
    Span,
    bare_lines,
    read_lines,
    word_groups,
)
from summarizers.segmentation.teaser_lines import read_teaser_mark
from summarizers.text.language import identify_language

__all__ = ["LineRole", "PageLayout", "page_language", "read_layout"]

LineRole = Literal["text", "title", "deck", "detail", "aside"]
"""`title` is a region's headline, `deck` its standfirst; `detail` stands between them and the text: names, dates, captions."""

_SAMPLE = 700
"""Characters that tell a page's language."""

_LONG_LINE = 60
"""Characters from which on a line is read for the page's language; menus have shorter ones."""

_COLUMN = {name: column for column, name in enumerate(LOCAL)}
_GROUP_COLUMNS = [_COLUMN[group] for group in GROUPS]


@dataclass(slots=True)
class PageLayout:
    """Roles of a page's lines; `starts` has the first line of each region of text, ascending.

    `reasons` has for lines set aside the group of page words that most of their words are of, else "menu"; `local` each
    line's row of `LOCAL`.
    """

    roles: list[LineRole]
    starts: list[int]
    reasons: list[str]
    language: str
    local: Floats


def page_language(text: str, spans: Sequence[Span]) -> str:
    """Return the language of a page, by its longer lines: its menu may be in another."""
    sample: list[str] = []
    size = 0
    for start, end in spans:
        if end - start >= _LONG_LINE:
            sample.append(text[start:end])
            size += end - start
            if size > _SAMPLE:
                break
    return identify_language("\n".join(sample) if sample else text)


def read_layout(text: str, spans: Sequence[Span], model: LayoutModel | None = None) -> PageLayout | None:
    """Return the layout of a page whose lines stand at `spans`, None for a plain document.

    `model` is the shipped one where it is None. Linear time.
    """
    model = model or layout_model()
    limits = model.thresholds
    if len(spans) < limits.fewest_lines or not _may_hold_links(text, spans):
        return None
    language = page_language(text, spans)
    table = read_lines(text, spans, language)
    scores = score_lines(table, model)
    named = (table.local[:, _COLUMN["page words"]] >= _FURNITURE_SHARE).sum() >= _FEWEST_NAMED
    if not named or model.pages.logit(page_features(table, scores).tolist()) <= limits.page:
        return None
    bare = bare_lines([text[start:end] for start, end in spans])
    page = _Page(bare, table, scores, model, _may_head(table), _are_details(table), language)
    roles: list[LineRole] = ["aside"] * len(spans)
    starts: list[int] = []
    besides = _are_captions(page) | _are_labelled_links(page)
    notices = _are_notices(page) | besides
    for region, kept in _texts(page, _read_regions(page), notices) or _texts(page, _written_regions(page), notices):
        opening = region.lines[0] if region.title is None else region.title
        for at in range(opening, kept[0]):
            roles[at] = "detail"
        for at in kept:
            roles[at] = "text"
        if region.title is not None:
            roles[region.title] = "title"
            if (deck := _find_deck(page, region.title, kept[0])) is not None:
                roles[deck] = "deck"
        for at in _inner_titles(page, kept, besides):
            roles[at] = "title"
        starts.append(opening)
    return PageLayout(roles, starts, _reasons(table), language, table.local)


def _texts(page: _Page, regions: Sequence[_Region], notices: Flags) -> list[tuple[_Region, list[int]]]:
    """Return the regions that hold a sentence, each with the lines of its text."""
    found: list[tuple[_Region, list[int]]] = []
    for region in regions:
        first = _text_start(page, region)
        kept = [at for at in region.lines if at >= first and at != region.title and not notices[at]]
        kept = _without_strangers(page, kept, region.title)
        if _has_sentence(page.table, kept):
            found.append((region, kept))
    return found


def _without_strangers(page: _Page, kept: list[int], title: int | None) -> list[int]:
    """Return a text's lines without links to other stories at its beginning and end.

    Their words don't come again.
    """
    for edge in (0, -1):
        while len(kept) > _FEWEST_WRITTEN and _is_link_like(page, kept[edge]):
            own = page.terms([kept[edge]])
            rest = kept[1:] if edge == 0 else kept[:-1]
            again = own & page.terms([*rest, *([] if title is None else [title])])
            if len(own) < _FEWEST_STRANGE or len(again) * _FEWEST_STRANGE >= len(own):
                break
            kept = rest
    return kept


_FEWEST_STRANGE = 3
"""Words with content of a line that is told by them to belong to another story: fewer than one in so many comes again."""


def _is_link_like(page: _Page, at: int) -> bool:
    """Return whether a line may be a link: short, no whole sentence, save a question."""
    row = page.table.local[at]
    said = row[_COLUMN["inner stops"]] or (row[_COLUMN["ends in stop"]] and page.texts[at][-1] not in _QUESTIONS)
    return not said and bool(page.table.units[at] < _LINK_UNITS)


_QUESTIONS = frozenset("?？؟;…")


def _are_notices(page: _Page) -> Flags:
    """Return which lines amid a text are none of it.

    Short ones that are the page's own words, shouted, cut-off links, or stand twice on it; boxes.
    """
    local, units = page.table.local, page.table.units
    shouted = local[:, _COLUMN["all capitals"]] > 0
    others = np.zeros(len(units), dtype=bool)
    others[1:] |= shouted[:-1]
    others[:-1] |= shouted[1:]
    links = (local[:, _COLUMN["bullet"]] > 0) & (local[:, _COLUMN["ends in ellipsis"]] > 0)
    named = (local[:, _COLUMN["page words"]] >= _FURNITURE_SHARE / 2) & (page.body < _CERTAIN)
    repeated = (local[:, _COLUMN["copies"]] > 0) & (local[:, _COLUMN["quotation"]] == 0)
    notices: Flags = (units < _SHORT_UNITS) & (named | repeated | links | shouted & ~others)
    # what stands below such a heading and calls on the reader belongs to the same box
    invites = (local[:, _COLUMN["reader"]] > 0) & (local[:, _INVITING].max(axis=1) > 0) & (units < _LONGEST_BOX)
    notices[1:] |= (notices & shouted)[:-1] & invites[1:]
    return notices


def _are_captions(page: _Page) -> Flags:
    """Return which lines amid a text are captions, by their credits, or credits."""
    local, units = page.table.local, page.table.units
    unstopped = (local[:, _COLUMN["ends in stop"]] == 0) & (local[:, _COLUMN["inner stops"]] == 0)
    credited = (local[:, _COLUMN["credited"]] == 1) & (units < _LONGEST_CAPTION)
    # words of pictures, and no other ones of a page
    captions = local[:, _COLUMN["captions"]]
    pictured = (captions >= _CREDIT_SHARE) & (local[:, _COLUMN["page words"]] <= captions)
    credits = unstopped & (units < _LONGEST_CREDIT) & pictured & (local[:, _COLUMN["capitalised words"]] > _NAMED_SHARE)
    above = np.zeros(len(units), dtype=bool)
    above[:-1] = credits[1:] & ~credits[:-1]
    found: Flags = credited | credits | above & (units < _LONGEST_CAPTION) & (page.body < _CERTAIN)
    return found


_LONGEST_CAPTION, _LONGEST_CREDIT = 45.0, 9.0
"""Units of a caption with its credit, and of a credit by itself."""

_NAMED_SHARE = 0.5
"""Share of capitalised words from which on a line may be nothing but names."""


def _are_labelled_links(page: _Page) -> Flags:
    """Return which lines are links behind a label that pages use of them: "See more: …"."""
    local, units = page.table.local, page.table.units
    found = np.zeros(len(units), dtype=bool)
    may_be = (units < _LONGEST_LABELLED) & (local[:, _COLUMN["ends in stop"]] == 0)
    may_be &= local[:, [_COLUMN["related"], _COLUMN["more"]]].max(axis=1) > 0
    for at in np.flatnonzero(may_be).tolist():
        label, sign, rest = page.texts[at].partition(":")
        if sign and rest and len(label.split()) <= _LABEL_WORDS:
            found[at] = not word_groups(label, page.language).isdisjoint({"related", "more"})
    return found


_LONGEST_LABELLED, _LABEL_WORDS = 30.0, 4
"""Units of a link with its label, and words of the label."""


_INVITING = [_COLUMN[name] for name in ("offers", "share", "more")]
"""Groups of words by which a site calls on its readers."""

_LONGEST_BOX = 60.0
"""Units of a line in a site's box about itself."""


_CERTAIN = 2.5
"""Logit from which on a line is text, whatever words it has."""

_SHORT_UNITS = 16.0
"""Units of the longest notice amid a text."""


def _is_written(table: LineTable) -> Flags:
    """Return which lines are sentences of a text, by themselves: long, whole, no notice."""
    local = table.local
    stopped = (local[:, _COLUMN["ends in stop"]] > 0) | (local[:, _COLUMN["inner stops"]] > 0)
    written: Flags = stopped & (table.units >= _LONG_UNITS) & (local[:, _COLUMN["page words"]] < _NOTICE_SHARE)
    return written


def _written_regions(page: _Page) -> list[_Region]:
    """Return each run of written lines, if there are several, with the headline right above.

    For pages in which the model finds no text at all.
    """
    written = _is_written(page.table)
    heads = page.heads
    found: list[_Region] = []
    if written.sum() < _FEWEST_WRITTEN:
        return found
    for at in np.flatnonzero(written).tolist():
        if found and found[-1].lines[-1] == at - 1:
            found[-1].lines.append(at)
        else:
            found.append(_Region([at], at - 1 if at and heads[at - 1] and not written[at - 1] else None, 0.0))
    return found


_FEWEST_WRITTEN = 2
"""Lines of text from which on a page is more than navigation, whatever the model says of them."""

_NOTICE_SHARE = 0.25
"""Share of page words from which on a sentence may be a notice."""

_FEWEST_LINKS = 3
"""Short lines without a full stop that the smallest page has; most documents have none and are read no further."""

_FEWEST_NAMED = 2
"""Lines that a page names by its own words, at least; a list of other things is no page."""

_SHORT_LINE = 80
"""Characters below which a line may be a link."""

_STOPS = frozenset('.!?…。！？؟।"”’»')


def _may_hold_links(text: str, spans: Sequence[Span]) -> bool:
    """Return whether a document has the short lines without a full stop of the smallest page."""
    found = 0
    for start, end in spans:
        if end - start < _SHORT_LINE and text[end - 1] not in _STOPS:
            found += 1
            if found >= _FEWEST_LINKS:
                return True
    return False


@dataclass(slots=True)
class _Page:
    """A page as the model sees it; `texts` are its lines, casefolded and without bullets.

    `heads` marks lines that look like a teaser's headline, `details` what may stand between it and its text.
    """

    texts: Sequence[str]
    table: LineTable
    scores: LineScores
    model: LayoutModel
    heads: Flags
    details: Flags
    language: str

    @property
    def body(self) -> Floats:
        """Logits of the lines of being text."""
        return self.scores.heads[:, 0]

    def is_call(self, at: int) -> bool:
        """Return whether a line calls on the reader, to subscribe or the like, and heads nothing."""
        line = self.texts[at]
        if not speaks_to_reader(line, self.language):
            return False
        return judge_lines([line], self.language, self.table.local[[at]])[0][0] > furniture_thresholds().within

    def only_calls(self, start: int, end: int) -> bool:
        """Return whether a few calls on the reader, none of which ends a teaser, part two lines."""
        return 0 < end - start <= _MOST_CALLS and all(
            self.is_call(at) and read_teaser_mark(self.texts[at]) is None for at in range(start, end)
        )

    def terms(self, lines: Sequence[int]) -> set[int]:
        """Return the content words of lines, as numbers."""
        if not len(lines):
            return set()
        table = self.table
        begins, ends = np.searchsorted(table.term_rows, lines), np.searchsorted(table.term_rows, lines, side="right")
        found: set[int] = set()
        for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
            found.update(table.terms[begin:end].tolist())
        return found


_MOST_CALLS = 2
"""Lines of a box that interrupts a text."""


@dataclass(slots=True)
class _Region:
    """Lines of one text, its headline's line and how likely that is one."""

    lines: list[int]
    title: int | None
    logit: float


def _read_regions(page: _Page) -> list[_Region]:
    """Return a page's regions with their headlines; those that belong to one text are one.

    An article is interrupted by pictures, buttons and links. What follows goes on where it has no good headline of its
    own but takes up the words of the one before.
    """
    limits = page.model.thresholds
    least = np.where(_is_unstopped(page.table), limits.aside_unstopped, limits.aside)
    found: list[_Region] = []
    spans = find_regions(page.scores.heads, limits, _are_headed(page))
    for number, (start, end) in enumerate(spans):
        lines = [at for at in range(start, end) if page.body[at] > least[at]]
        if not lines:
            continue
        title, logit = _find_title(page, first_candidate(spans, number, page.table.units), start, end)
        # what stands below this headline is its standfirst or lead
        while title is not None and found and title < found[-1].lines[0]:
            lines = found.pop().lines + lines
        if title is not None and found and title <= found[-1].lines[-1]:
            title, logit = None, -np.inf
        if title is not None:
            below = [at for at in lines if at > title]
            # a text of one line is no headline
            lines, title, logit = (below, title, logit) if below else (lines, None, -np.inf)
        before = found[-1] if found else None
        if before is not None and title is None and page.only_calls(before.lines[-1] + 1, lines[0]):
            before.lines += lines
            continue
        if before is not None and before.title is not None and logit < before.logit - limits.title_margin:
            announced = page.terms([before.title])
            again = announced & page.terms(lines)
            if len(again) >= _LEAST_SHARED and len(again) >= limits.shared_title * len(announced):
                before.lines += lines
                continue
        found.append(_Region(lines, title, logit))
    return found


_FEWEST_TITLE_UNITS, _MOST_TITLE_UNITS = 3.0, 30.0
"""Units of a line that may head a teaser."""

_LINES_TO_TEXT = 3
"""Lines between such a line and its text: a name, a date."""


def _may_head(table: LineTable) -> Flags:
    """Return which lines look like a teaser's headline: short, no full stop, no menu entry."""
    local, units = table.local, table.units
    named = (local[:, _COLUMN["byline"]] > 0) | (local[:, _COLUMN["states date"]] > 0)
    furniture = (local[:, _COLUMN["page words"]] >= _FURNITURE_SHARE) | (local[:, _COLUMN["numbered"]] > 0)
    short = (units >= _FEWEST_TITLE_UNITS) & (units <= _MOST_TITLE_UNITS)
    stopped = (local[:, _COLUMN["ends in stop"]] > 0) | (local[:, _COLUMN["inner stops"]] > 0)
    return short & ~stopped & ~named & ~furniture


def _are_details(table: LineTable) -> Flags:
    """Return which lines may stand between a headline and its text: names, dates, buttons."""
    local = table.local
    named = (local[:, _COLUMN["byline"]] > 0) | (local[:, _COLUMN["states date"]] > 0)
    return named | (local[:, _COLUMN["page words"]] >= _FURNITURE_SHARE) | (table.units < 1)


_FURNITURE_SHARE = 0.6
"""Share of page words from which on a line is furniture by its words alone."""


def _are_headed(page: _Page) -> Flags:
    """Return which lines have a headline right above them."""
    heads, details = page.heads, page.details
    headed = np.zeros(len(heads), dtype=bool)
    open_ = heads.copy()
    for _ in range(_LINES_TO_TEXT):
        headed[1:] |= open_[:-1]
        open_[1:] = open_[:-1] & details[1:]
        open_[0] = False
    return headed & (page.table.units >= _LEAST_UNITS) & ~heads


def _inner_titles(page: _Page, lines: Sequence[int], besides: Flags) -> list[int]:
    """Return lines set aside within a region that are headlines of what follows.

    A list of links has a heading of its own, or bullets; `besides` marks captions and links with a label.
    """
    heads, details = page.heads, page.details
    local = page.table.local
    found: list[int] = []
    for before, after in pairwise(lines):
        at = after - 1
        while at > before and details[at] and after - at <= _LINES_TO_TEXT:
            at -= 1
        related = local[before + 1 : after, _COLUMN["related"]] >= _FURNITURE_SHARE
        listed = local[at, _COLUMN["bullet"]] or related.any()
        if at > before and heads[at] and not (besides[at] or listed or page.is_call(at)):
            found.append(at)
    return found


_LEAST_SHARED = 2
"""Words of a headline that come again at least where a text goes on."""

_LINES_BEFORE_DATE = 8
"""Lines of a region among which its byline or date stands where it begins with a standfirst."""

_LINES_BEFORE_CREDIT = 3
"""Lines of a region among which the credit of its first picture stands."""

_MOST_BEFORE = 70.0
"""Units of a standfirst and a caption."""

_MOST_SENTENCES_BEFORE = 2
"""Lines with a full stop before a byline or a credit: a standfirst and a caption."""

_CREDIT_SHARE = 0.25
"""Share of a credit's words that pages use of pictures."""


def _text_start(page: _Page, region: _Region) -> int:
    """Return where a region's text begins behind standfirst, caption, byline and date."""
    start, end = region.lines[0], region.lines[-1] + 1
    local, units, body = page.table.local[start:end], page.table.units[start:end], page.body[start:end]
    unstopped = local[:, _COLUMN["ends in stop"]] == 0
    named = (local[:, _COLUMN["byline"]] > 0) | ((local[:, _COLUMN["states date"]] > 0) & unstopped)
    credit = (body < _DOUBTFUL) & (local[:, _COLUMN["captions"]] >= _CREDIT_SHARE)
    credit |= local[:, _COLUMN["credited"]] > 0
    size = end - start
    first = start
    for at in range(min(size, _LINES_BEFORE_DATE)):
        if named[at] or (credit[at] and at < _LINES_BEFORE_CREDIT):
            while at + 1 < size and (named[at + 1] or credit[at + 1]):
                at += 1
            if units[: at + 1].sum() > min(_MOST_BEFORE, units[at + 1 :].sum()):
                break
            if (~unstopped & (units >= _LEAST_UNITS))[: at + 1].sum() > _MOST_SENTENCES_BEFORE:
                break
            first = start + at + 1
    return first


_FEWEST_DECK_UNITS, _MOST_DECK_UNITS = 6.0, 60.0
"""Units of a standfirst."""

_DIGITS_OF_DECK = 0.1
"""Share of digits below which a line without a full stop may be one."""


def _is_credit(row: Floats) -> bool:
    """Return whether a line's features are those of a picture's credit."""
    named = row[_COLUMN["byline"]] or row[_COLUMN["states date"]]
    return not named and bool(row[_COLUMN["captions"]] >= _CREDIT_SHARE)


def _find_deck(page: _Page, title: int, end: int) -> int | None:
    """Return the line of the standfirst between a headline and its text, None without any.

    That is the first sentence there, no caption, above a byline, a date or a picture's credit.
    """
    local, units = page.table.local, page.table.units
    details = (local[:end, _COLUMN["byline"]] > 0) | (local[:end, _COLUMN["states date"]] > 0)
    behind = details | (local[:end, _COLUMN["credited"]] > 0) | (local[:end, _COLUMN["captions"]] >= _CREDIT_SHARE)
    for at in range(title + 1, end):
        if not behind[at + 1 :].any():
            return None
        if not _FEWEST_DECK_UNITS <= units[at] <= _MOST_DECK_UNITS:
            continue
        row = local[at]
        if row[_COLUMN["byline"]] or row[_COLUMN["states date"]] or page.texts[at] == page.texts[title]:
            continue
        stopped = row[_COLUMN["ends in stop"]] or row[_COLUMN["inner stops"]]
        sentence = stopped or (page.body[at] > 0 and row[_COLUMN["digits"]] < _DIGITS_OF_DECK)
        set_apart = row[_COLUMN["credited"]] or row[_COLUMN["bullet"]] or row[_COLUMN["copies"]]
        named = row[_COLUMN["page words"]] >= _NOTICE_SHARE or row[_COLUMN["captions"]]
        captioned = at + 1 < end and _is_credit(local[at + 1])
        return at if sentence and not (set_apart or named or captioned) else None
    return None


_DOUBTFUL = -1.5
"""Logit below which a line is hardly text."""

_LEAST_UNITS = 8.0
"""Units of the shortest line that holds a whole sentence."""

_LONG_UNITS = 12.0
"""Units from which on a line that breaks off says enough to be a story."""


def _is_unstopped(table: LineTable) -> Flags:
    """Return which lines are short and hold no full stop, as links and headings do."""
    local = table.local
    stopped = (local[:, _COLUMN["ends in stop"]] > 0) | (local[:, _COLUMN["inner stops"]] > 0)
    return ~stopped & (table.units < _LINK_UNITS)


_LINK_UNITS = 20.0
"""Units from which on a line is no link or heading."""


def _has_sentence(table: LineTable, lines: Sequence[int]) -> bool:
    """Return whether lines hold a whole sentence or the beginning of a long one."""
    local, units = table.local[lines], table.units[lines]
    stopped = (local[:, _COLUMN["ends in stop"]] > 0) | (local[:, _COLUMN["inner stops"]] > 0)
    return bool(((stopped & (units >= _LEAST_UNITS)) | (units >= _LONG_UNITS)).any())


def _find_title(page: _Page, first: int, start: int, end: int) -> tuple[int | None, float]:
    """Return the line of a region's headline, or None, and the logit of the best line."""
    places, rows = title_candidates(page.texts, page.table, page.scores.rows, page.body, first, start, end)
    if not len(places):
        return None, -np.inf
    logits = rows @ np.array(page.model.titles.weights) + page.model.titles.bias
    best = int(np.argmax(logits))
    if page.is_call(int(places[best])):
        logits[best] = -np.inf
        best = int(np.argmax(logits))
    good = logits[best] > page.model.thresholds.title
    return int(places[best]) if good else None, float(logits[best])


def _reasons(table: LineTable) -> list[str]:
    """Return the group of page words that most of each line's words are of."""
    shares = table.local[:, _GROUP_COLUMNS]
    return [GROUPS[group] if share else "menu" for group, share in zip(shares.argmax(1), shares.max(1), strict=True)]
