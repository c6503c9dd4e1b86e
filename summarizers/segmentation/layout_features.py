"""Features of lines among their neighbours, for the two judgements of page layout.

The first judgement of a line sees the line and the shape of what stands around it; the second sees what the first
thought of the neighbours as well, how far the page's longest run of text is, and how many words the line shares with
that text. So each line is smoothed by its context, as in jusText and Web2Text.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizers.segmentation.line_features import GROUPS, SHAPES, Flags, Floats, LineTable

__all__ = ["FIRST_PASS", "SECOND_PASS", "best_run", "first_pass", "most_near", "second_pass"]

_NEAR = (-2, -1, 1, 2)
_NEAR_OF = ("length", "ends in stop", "bullet", "function words", "page words", "captions", "byline", "date")
_REACHES = (2, 5, 12)
_HEADINGS = ("comments", "related", "share", "offers")
_SIGNS = ("byline", "date")
_PLACE = (
    "place",
    "place in text",
    "place in long lines",
    "lines since long line",
    "lines till long line",
    "long text",
    "lines",
)
FIRST_PASS = (
    *SHAPES,
    *(f"{name} at {offset:+d}" for offset in _NEAR for name in _NEAR_OF),
    *(f"{name} within {reach}" for reach in _REACHES for name in ("density", "long lines")),
    *_PLACE,
    *(f"lines since {name}" for name in _HEADINGS),
    *(f"lines till {name}" for name in _HEADINGS),
    *(f"{name} {kind}" for kind in _SIGNS for name in ("lines since", "lines till")),
    "dates within 12",
)
"""Features of the first judgement, in the order of their columns."""

_LOGITS_NEAR = (-3, -2, -1, 1, 2, 3)
_LOGIT_REACHES = (3, 8, 20)
_MASS_REACHES = (3, 6, 15)
_AROUND = (*GROUPS, "byline", "date", "digits", "separators", "copies", "ends in colon", "address", "numbered")
SECOND_PASS = (
    *FIRST_PASS,
    "logit",
    *(f"logit at {offset:+d}" for offset in _LOGITS_NEAR),
    *(f"{name} within {reach}" for reach in _LOGIT_REACHES for name in ("logit", "text")),
    "lines before run",
    "lines behind run",
    "in run",
    "text before",
    "share of run",
    "doubtful lines to run",
    "overlap with run",
    "weight of overlap with run",
    "terms",
    "overlap with what follows",
    "terms that follow",
    *(f"{name} before" for name in _AROUND),
    *(f"{name} behind" for name in _AROUND),
    *(f"{name} {reach}" for reach in _MASS_REACHES for name in ("text behind", "text before", "step of text")),
)  # fmt: skip
"""Features of the second judgement: those of the first, and what it gave."""

_COLUMN = {name: column for column, name in enumerate(SHAPES)}
_NEAR_COLUMNS, _HEADING_COLUMNS, _SIGN_COLUMNS, _AROUND_COLUMNS = (
    [_COLUMN[name] for name in names] for names in (_NEAR_OF, _HEADINGS, _SIGNS, _AROUND)
)
_LONG_UNITS = 12.0
"""Units from which on a line with a full stop is taken for text at first sight."""

_MOST_UNITS = 60.0
"""Units of a line beyond which more text says no more."""

_FARTHEST = 100
"""Lines beyond which a distance says no more."""

_HEADING_SHARE = 0.5
"""Share of a heading's words that are of its group."""

_AHEAD = 25
"""Lines behind a line among which its words have to come again."""


def _shift(values: Floats, offset: int, fill: float = 0.0) -> Floats:
    """Return the values of the lines that are `offset` lines away, along the last axis."""
    moved = np.full_like(values, fill)
    if abs(offset) >= values.shape[-1]:
        return moved
    if offset < 0:
        moved[..., -offset:] = values[..., :offset]
    else:
        moved[..., :-offset] = values[..., offset:]
    return moved


def most_near(values: NDArray[Any], first: int, last: int) -> NDArray[Any]:
    """Return the largest value among neighbours, 0 at least, along the last axis.

    Neighbours are the lines from `first` to `last` lines away.
    """
    size = values.shape[-1]
    padded = np.zeros((*values.shape[:-1], size + last - first), dtype=values.dtype)
    # the column `at` of the padded table holds the line `at + first`
    start, end = max(0, first), min(size, size + last)
    if start < end:
        padded[..., start - first : end - first] = values[..., start:end]
    most: NDArray[Any] = padded[..., :size].copy()
    for step in range(1, last - first + 1):
        np.maximum(most, padded[..., step : step + size], out=most)
    return most


def _sums(values: Floats) -> Floats:
    """Return the sums of the first values, from none to all, along the last axis."""
    sums = np.zeros((*values.shape[:-1], values.shape[-1] + 1))
    np.cumsum(values, axis=-1, dtype=np.float64, out=sums[..., 1:])
    return sums


def _means(sums: Floats, reach: int) -> Floats:
    """Return means over the lines up to `reach` lines away, from the sums of `_sums`."""
    size = sums.shape[-1] - 1
    places = np.arange(size)
    start, end = np.maximum(0, places - reach), np.minimum(size, places + reach + 1)
    means: Floats = (sums[..., end] - sums[..., start]) / (end - start)
    return means


def _since(marked: Flags) -> Floats:
    """Return how many lines ago the last marked line was, as a logarithm, along the last axis."""
    places = np.arange(marked.shape[-1])
    last = np.maximum.accumulate(np.where(marked, places, -_FARTHEST), axis=-1)
    return np.log1p(np.minimum(_FARTHEST, places - last))


def _till(marked: Flags) -> Floats:
    """Return in how many lines the next marked line stands, as a logarithm, along the last axis."""
    return _since(marked[..., ::-1])[..., ::-1]


class _Rows:
    """A table of features that is filled feature by feature."""

    def __init__(self, features: int, lines: int) -> None:
        self._table = np.empty((features, lines), dtype=np.float32)
        self._filled = 0

    def add(self, *columns: NDArray[Any]) -> None:
        """Add features: each a value a line, or a table with a row for each."""
        for column in columns:
            many = column.shape[0] if column.ndim > 1 else 1
            self._table[self._filled : self._filled + many] = column
            self._filled += many

    def rows(self) -> Floats:
        """Return a row for each line."""
        return self._table.T


def first_pass(table: LineTable) -> Floats:
    """Return a row of `FIRST_PASS` for each line."""
    local, units = table.local[:, : len(SHAPES)].T, table.units
    size = len(units)
    rows = _Rows(len(FIRST_PASS), size)
    rows.add(local)
    stopped = local[_COLUMN["ends in stop"]]
    long_lines = ((units >= _LONG_UNITS) & (stopped > 0)).astype(np.float64)
    text = np.where(stopped > 0, 1.0, 0.3) * np.minimum(units, _MOST_UNITS)
    near = local[_NEAR_COLUMNS]
    rows.add(*(_shift(near, offset) for offset in _NEAR))
    densities, shares = _sums(text), _sums(long_lines)
    for reach in _REACHES:
        rows.add(np.log1p(_means(densities, reach)), _means(shares, reach))
    for amounts in (np.ones(size), units, long_lines * units):
        sums = np.cumsum(amounts, dtype=np.float64)
        rows.add(sums / max(1e-9, sums[-1]))
    rows.add(_since(long_lines > 0), _till(long_lines > 0))
    rows.add(np.full(size, np.log1p((long_lines * units).sum())), np.full(size, np.log1p(size)))
    headings = local[_HEADING_COLUMNS] >= _HEADING_SHARE
    rows.add(_since(headings), _till(headings))
    for marked in local[_SIGN_COLUMNS] > 0:
        rows.add(_since(marked), _till(marked))
    rows.add(_means(_sums(local[_COLUMN["date"]]), 12))
    return rows.rows()


def best_run(gains: Floats) -> tuple[int, int]:
    """Return the run of lines with the largest sum of gains (Bentley's maximum subarray)."""
    best = total = 0.0
    start = first = end = 0
    for at, gain in enumerate(gains.tolist()):
        if total <= 0:
            total, first = 0.0, at
        total += gain
        if total > best:
            best, start, end = total, first, at + 1
    return start, end


_CLIP = 3.0
_RUN_COST = 0.5
"""Logits and their cost in the sum that finds the page's longest run of text. By judgement; a change needs a new fit."""


def second_pass(table: LineTable, first: Floats, logits: Floats) -> Floats:
    """Return a row of `SECOND_PASS` for each line.

    `first` has the rows and `logits` the logits of the first judgement.
    """
    units = table.units
    size = len(units)
    places = np.arange(size)
    rows = _Rows(len(SECOND_PASS), size)
    rows.add(first.T, logits)
    chances = 1 / (1 + np.exp(-logits))
    mass = chances * np.minimum(units, _MOST_UNITS)
    rows.add(*(_shift(logits, offset, -4.0) for offset in _LOGITS_NEAR))
    sums, logit_sums = _sums(mass), _sums(logits)
    for reach in _LOGIT_REACHES:
        rows.add(_means(logit_sums, reach), np.log1p(_means(sums, reach)))
    start, end = best_run(np.clip(logits, -_CLIP, _CLIP) * np.sqrt(np.minimum(units, _MOST_UNITS) + 1) - _RUN_COST)
    whole = max(1e-9, sums[-1])
    doubtful = _sums((chances < 0.3).astype(np.float64))
    between = np.where(
        places < start,
        doubtful[start] - doubtful[np.minimum(places + 1, size)],
        np.where(places >= end, doubtful[places] - doubtful[end], 0.0),
    )
    rows.add(
        np.log1p(np.maximum(0, start - places)),
        np.log1p(np.maximum(0, places - end + 1)),
        (places >= start) & (places < end),
        sums[:-1] / whole,
        np.full(size, (sums[end] - sums[start]) / whole),
        np.log1p(np.maximum(0, between)),
        *_overlaps(table, chances > 0.5, start, end),
    )
    around = table.local.T[_AROUND_COLUMNS]
    rows.add(most_near(around, -4, -1), most_near(around, 1, 3))
    for reach in _MASS_REACHES:
        behind = np.log1p(sums[np.minimum(size, places + reach)] - sums[places])
        before = np.log1p(sums[places] - sums[np.maximum(0, places - reach)])
        rows.add(behind, before, behind - before)
    return rows.rows()


def _overlaps(table: LineTable, strong: Flags, start: int, end: int) -> list[NDArray[Any]]:
    """Return how many terms of a line the run has, too, and how many follow soon."""
    size = len(table.units)
    width = size + 1
    # each line's distinct terms, in the order of terms
    pairs = np.sort(table.terms * width + table.term_rows)
    if len(pairs):
        pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])]
    terms, rows = pairs // width, pairs % width
    count = np.bincount(rows, minlength=size)
    least = np.maximum(1, count)
    if not len(pairs):
        return [np.zeros(size) for _ in range(5)]
    within = (rows >= start) & (rows < end) & strong[rows]
    others = np.bincount(terms[within], minlength=int(terms[-1]) + 1)[terms] - within
    again = np.bincount(rows, weights=others > 0, minlength=size)
    weight = np.bincount(rows, weights=np.log1p(others), minlength=size)
    # the next strong line that has the term, for each line that has it
    total = len(pairs)
    following = np.minimum.accumulate(np.where(strong[rows], np.arange(total), total)[::-1])[::-1]
    following = np.append(following[1:], total)
    known = np.minimum(following, total - 1)
    soon = (following < total) & (terms[known] == terms) & (rows[known] - rows <= _AHEAD)
    ahead = np.bincount(rows, weights=soon, minlength=size)
    return [again / least, weight / least, np.log1p(count), ahead / least, np.log1p(ahead)]
