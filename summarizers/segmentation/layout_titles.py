"""Headline lines of page regions: features by which the lines above a text are ranked.

On a page the headline stands somewhere above its text, with a standfirst, names, dates, captions and buttons between.
It takes up the text's words, stands on its own, and is often repeated in a breadcrumb, a link or a share button.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizers.segmentation.layout_features import SECOND_PASS
from summarizers.segmentation.line_features import GROUPS, LOCAL, Flags, Floats, Integers, LineTable

__all__ = ["TITLE_FEATURES", "title_candidates"]

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
    "top of page",
)
"""Features of a line that may be a headline, in the order of their columns."""

_COLUMN = {name: column for column, name in enumerate(LOCAL)}
_SECOND = {name: column for column, name in enumerate(SECOND_PASS)}
_REACH = 100
"""Lines above a text among which its headline is looked for."""

_FEWEST_UNITS, _MOST_UNITS = 1.5, 45.0
"""Units of a headline."""

_SHORTEST_HELD = 12
"""Characters from which on it says something that another line holds a line's text."""

_BEHIND = 20
"""Lines of a text that are searched for its headline."""


def title_candidates(
    texts: Sequence[str], table: LineTable, second: Floats, logits: Floats, first: int, start: int, end: int
) -> tuple[Integers, Floats]:
    """Return the lines that may be a text's headline, and a row of features for each.

    The text stands in the lines `start` to `end`. `texts` are the lines, casefolded and without bullets; `first` is the
    first line that may belong to the text.
    """
    size = len(texts)
    low = max(first, start - _REACH)
    window = slice(low, min(size, start + 1))
    units = table.units[window].astype(np.float64)
    local = table.local[window].astype(np.float64)
    rows = second[window].astype(np.float64)
    places = np.arange(low, window.stop)

    def own(name: str) -> Floats:
        return local[:, _COLUMN[name]]

    overlap = rows[:, _SECOND["overlap with what follows"]]
    dates = own("date") > 0
    likely = (overlap >= 0.4) & (units >= 3) & (units <= 35) & (own("bullet") == 0)
    above = np.cumsum(likely) - likely
    filled = np.cumsum(units > 0.5)
    between = np.maximum(0, filled[-1] - filled) if window.stop > start else filled[-1] - filled
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
        "date behind": _any_of(dates, (1, 2, 3, 4)),
        "date between": np.append(np.cumsum(dates[::-1])[::-1][1:], 0) > 0,
        "date before": _any_of(dates, (-1, -2, -3)),
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
        "top of page": places < 4,
    }
    headed = (units >= _FEWEST_UNITS) & (units <= _MOST_UNITS) & ~dates & (own("byline") == 0)
    chosen = np.flatnonzero(headed & (own("nothing but page words") == 0))
    columns |= _containment(texts, low, start, end, chosen, len(units))
    table_of = np.column_stack([columns[name] for name in TITLE_FEATURES])
    return places[chosen], table_of[chosen]


def _any_of(marked: Flags, offsets: Sequence[int]) -> Flags:
    """Return whether any of the lines at these offsets is marked."""
    found = np.zeros(len(marked), dtype=bool)
    for offset in offsets:
        found |= _neighbour(marked.astype(np.float64), offset, 0.0) > 0
    return found


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
        holds[at] = min(2, sum(other in text and other != text for _, other in candidates))
    return {"held by others": held, "held by any": held > 0, "holds others": holds}
