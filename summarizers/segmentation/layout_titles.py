"""Headline lines of page regions: features by which the lines above a text are ranked.

On a page the headline stands somewhere above its text, with a standfirst, names, dates, captions and buttons between.
It takes up the text's words, stands on its own, and is often repeated in a breadcrumb, a link or a share button.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizers.segmentation.layout_features import SECOND_PASS, most_near
from summarizers.segmentation.line_features import GROUPS, LOCAL, Floats, Integers, LineTable
from summarizers.segmentation.teaser_lines import read_teaser_mark, tells_time

__all__ = ["TITLE_FEATURES", "first_candidate", "title_candidates"]

_OWN = (
    "ends in stop", "inner stops", "ends in colon", "ends in ellipsis", "commas", "bullet", "numbered", "separators",
    "address", "digits", "begins small", "all capitals", "capitalised words", "function words", "quotation", "byline",
    *GROUPS, "page words", "nothing but page words",
)  # fmt: skip
_OVERLAPS = ("overlap with what follows", "terms that follow", "overlap with run", "weight of overlap with run")
TITLE_FEATURES = (
    *_OVERLAPS,
    *_OWN,
    "units up to 4",
    "units from 4 to 12",
    "units from 12 to 20",
    "units above 20",
    "lines between",
    "few lines between",
    "far away",
    "date behind",
    "date between",
    "date before",
    "is date",
    "held by others",
    "held by any",
    "holds others",
    "copies",
    "bullet before",
    "page words before",
    "length before",
    "overlap before",
    "length behind",
    "stop behind",
    "bullet behind",
    "overlap behind",
    "candidates above",
    "candidates below",
    "page words between",
    "body logit",
    "first of text",
    "within text",
    "top of page",
    "name",
    "headlines around",
    "overlap below the best",
    "terms below the most",
    "byline behind",
    "byline between",
    "text between",
    "captions around",
    "short lines before",
    "longest before",
    "place among lines",
    "alike elsewhere",
    "credited",
    "content words",
    "dated words",
    "byline before",
    "details before",
    "lines since related",
    "lines since share",
    "right above text",
    "long with stop",
    "overlap above",
)
"""Features of a line that may be a headline, in the order of their columns."""

_COLUMN = {name: column for column, name in enumerate(LOCAL)}
_SECOND = {name: column for column, name in enumerate(SECOND_PASS)}
_REACH = 100
"""Lines above a text among which its headline is looked for."""

_FEWEST_UNITS, _MOST_UNITS = 1.5, 45.0
"""Units of a headline."""

_FEWEST_SAID, _DIGITS_OF_DATE = 2, 0.3
"""Words with content of a headline that names a date, and share of digits from which on it is nothing else."""

_SHORTEST_HELD = 12
"""Characters from which on it says something that another line holds a line's text."""

_LONG_UNITS = 12.0
"""Units from which on a line of text says more than a heading."""

_WITHIN = 4
"""Lines of a text among which its headline may stand, behind a label or a standfirst."""

_BEHIND = 20
"""Lines of a text that are searched for its headline."""


_SMALL_SHARE = 0.3
_SMALL_LINES = 4
"""Share of a region's text, and lines, up to which one above it may be its standfirst or lead."""


def first_candidate(regions: Sequence[tuple[int, int]], at: int, units: Floats) -> int:
    """Return the first line among which the headline of a page's region may stand.

    Small regions right above may be its standfirst or lead, cut off by pictures and buttons.
    """
    least = _SMALL_SHARE * units[slice(*regions[at])].sum()
    while at:
        start, end = regions[at - 1]
        if end - start > _SMALL_LINES or units[start:end].sum() > least:
            return end
        at -= 1
    return 0


def title_candidates(
    texts: Sequence[str], table: LineTable, second: Floats, logits: Floats, first: int, start: int, end: int
) -> tuple[Integers, Floats]:
    """Return the lines that may be a text's headline, and a row of features for each.

    The text stands in the lines `start` to `end`. `texts` are the lines, casefolded and without bullets; `first` is the
    first line that may belong to the text.
    """
    size = len(texts)
    low = max(first, start - _REACH)
    window = slice(low, min(size, max(start + 1, min(start + _WITHIN, end - 1))))
    units = table.units[window].astype(np.float64)
    local = table.local[window].astype(np.float64)
    rows = second[window].astype(np.float64)
    places = np.arange(low, window.stop)

    def own(name: str) -> Floats:
        return local[:, _COLUMN[name]]

    overlap = rows[:, _SECOND["overlap with what follows"]]
    dates = own("states date") > 0
    likely = (overlap >= 0.4) & (units >= 3) & (units <= 35) & (own("bullet") == 0)
    above = np.cumsum(likely) - likely
    filled = np.cumsum(units > 0.5)
    till_text = filled[min(start, window.stop - 1) - low]
    between = np.maximum(0, till_text - filled)
    text = (logits[window] > 0) & (units >= _LONG_UNITS)
    headlike = (units >= 4) & (units <= 20) & (own("ends in stop") == 0) & ~dates & (own("byline") == 0)
    shared = overlap * (units >= 3)
    bylines = own("byline") > 0
    page_words = own("page words")
    behind_words = np.concatenate([[0.0], np.cumsum(page_words)])
    count = np.maximum(1, len(units) - 1 - np.arange(len(units)))
    columns: dict[str, NDArray[Any]] = {name: rows[:, _SECOND[name]] for name in _OVERLAPS}
    columns |= {name: own(name) for name in _OWN}
    columns["inner stops"] = np.minimum(1, own("inner stops"))
    columns |= {
        "units up to 4": np.minimum(units, 4) / 4,
        "units from 4 to 12": np.clip(units - 4, 0, 8) / 8,
        "units from 12 to 20": np.clip(units - 12, 0, 8) / 8,
        "units above 20": np.maximum(units - 20, 0) / 10,
        "lines between": np.log1p(between),
        "few lines between": np.minimum(between, 3) / 3,
        "far away": between > 25,
        "date behind": most_near(dates, 1, 4),
        "date between": np.append(np.cumsum(dates[::-1])[::-1][1:], 0) > 0,
        "date before": most_near(dates, -3, -1),
        "is date": dates,
        "copies": np.minimum(own("copies"), 1.4),
        "bullet before": _neighbour(own("bullet"), -1, 1.0),
        "page words before": _neighbour(page_words, -1, 1.0),
        "length before": _neighbour(own("length"), -1, 0.0),
        "overlap before": _neighbour(overlap, -1, 0.0),
        "length behind": _neighbour(own("length"), 1, 0.0),
        "stop behind": _neighbour(own("ends in stop"), 1, 0.0),
        "bullet behind": _neighbour(own("bullet"), 1, 0.0),
        "overlap behind": _neighbour(overlap, 1, 0.0),
        "candidates above": np.log1p(above),
        "candidates below": np.log1p(likely.sum() - above - likely),
        "page words between": (behind_words[-1] - behind_words[1:]) / count,
        "body logit": logits[window],
        "first of text": places == start,
        "within text": places > start,
        "top of page": places < 4,
        "name": (units <= 4) & (own("capitalised words") == 1) & (own("function words") == 0),
        "headlines around": np.sum(
            [_neighbour(headlike * 1.0, offset, 0.0) for offset in (-3, -2, -1, 1, 2, 3)], axis=0
        ),
        "overlap below the best": shared.max() - shared,
        "terms below the most": rows[:, _SECOND["terms that follow"]].max() - rows[:, _SECOND["terms that follow"]],
        "byline behind": most_near(bylines, 1, 4),
        "byline between": np.append(np.cumsum(bylines[::-1])[::-1][1:], 0) > 0,
        "text between": np.log1p(np.append(np.cumsum(text[::-1])[::-1][1:], 0)),
        "captions around": np.maximum(_neighbour(own("captions"), -1, 0.0), _neighbour(own("captions"), 1, 0.0)),
        "short lines before": np.mean([_neighbour((units < 4) * 1.0, -offset, 1.0) for offset in range(1, 7)], axis=0),
        "longest before": np.log1p(most_near(units, -5, -1)),
        "place among lines": (places - low) / max(1, len(places)),
        "credited": own("credited"),
        "content words": own("content words"),
        "dated words": own("dated words"),
        "byline before": most_near(bylines, -4, -1),
        "details before": np.sum(
            [_neighbour((dates | bylines) * 1.0, -offset, 0.0) for offset in range(1, _DETAILS_REACH)], axis=0
        ),
        "lines since related": rows[:, _SECOND["lines since related"]],
        "lines since share": rows[:, _SECOND["lines since share"]],
        "right above text": places == start - 1,
        "long with stop": (own("ends in stop") > 0) & (units >= _LONG_UNITS),
        "overlap above": _most_above(shared),
    }
    said = ~dates | (own("content words") >= np.log1p(_FEWEST_SAID)) & (own("digits") < _DIGITS_OF_DATE)
    headed = (units >= _FEWEST_UNITS) & (units <= _MOST_UNITS) & said & (own("byline") == 0)
    headed &= (own("content words") > 0) | (own("function words") > 0)
    chosen = np.flatnonzero(headed & (own("nothing but page words") == 0))
    chosen = np.array(
        [at for at in chosen.tolist() if _may_be_headline(texts[low + at], bool(dates[at]))],
        dtype=np.int64,
    )
    columns |= _containment(texts, low, start, end, chosen, len(units))
    columns["alike elsewhere"] = _likeness(table, low, chosen, len(units))
    found = np.empty((len(chosen), len(TITLE_FEATURES)))
    for number, name in enumerate(TITLE_FEATURES):
        found[:, number] = columns[name][chosen]
    return places[chosen], found


_DETAILS_REACH = 8
"""Lines above a line among which names and dates are counted."""


def _most_above(values: Floats) -> Floats:
    """Return for each line the largest value of a line above it, 0 without any."""
    most: Floats = np.maximum.accumulate(np.concatenate([[0.0], values[:-1]]))
    return most


def _may_be_headline(line: str, dated: bool) -> bool:
    """Return whether a line is no mark of a teaser, no age, and no date with a time of day."""
    if read_teaser_mark(line) is not None or tells_time(line):
        return False
    return not (dated and _CLOCK.search(line))


_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d\d(?!\d)")


def _neighbour(values: Floats, offset: int, fill: float) -> Floats:
    moved = np.full(len(values), fill)
    if abs(offset) >= len(values):
        return moved
    if offset < 0:
        moved[-offset:] = values[:offset]
    else:
        moved[:-offset] = values[offset:]
    return moved


def _containment(
    texts: Sequence[str], low: int, start: int, end: int, chosen: Integers, size: int
) -> dict[str, NDArray[Any]]:
    """Return how many lines hold each candidate's text, and how many candidates it holds."""
    held, holds = np.zeros(size), np.zeros(size)
    around = "\n".join(texts[low : min(len(texts), end + _BEHIND)])
    candidates = [(at, text) for at in chosen.tolist() if len(text := texts[low + at]) > _SHORTEST_HELD]
    for at, text in candidates:
        held[at] = min(3, around.count(text) - 1)
    # the candidates are lines around the text, too, so that only those which stand there twice are held by one
    others = [text for at, text in candidates if held[at]]
    for at, text in candidates if others else ():
        holds[at] = min(2, sum(other in text and other != text for other in others))
    return {"held by others": held, "held by any": held > 0, "holds others": holds}


def _likeness(table: LineTable, low: int, chosen: Integers, size: int) -> Floats:
    """Return the largest share of each candidate's terms that another candidate has as well."""
    likeness = np.zeros(size)
    first, last = np.searchsorted(table.term_rows, (low, low + size))
    rows = table.term_rows[first:last] - low
    number = np.full(size, -1)
    number[chosen] = np.arange(len(chosen))
    meant = number[rows] >= 0
    known, columns = np.unique(table.terms[first:last][meant], return_inverse=True)
    holds = np.zeros((len(chosen), len(known)), dtype=np.float32)
    holds[number[rows[meant]], columns] = 1
    counts = holds.sum(axis=1)
    shared = holds @ holds.T
    np.fill_diagonal(shared, 0)
    said = counts >= _FEWEST_ALIKE
    likeness[chosen[said]] = shared[said].max(axis=1, initial=0) / counts[said].astype(np.float64)
    return likeness


_FEWEST_ALIKE = 3
"""Terms of a line that is compared with others."""
