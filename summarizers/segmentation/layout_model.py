"""The layout model: the lines of a page that are text, where texts begin and end, headlines.

A linear model judges each line at first sight, a small network again among its neighbours. Then the regions of text
are found that explain all judgements best, a Viterbi search over the lines: each region pays for its beginning and its
end by how likely a text begins and ends there, so that single lines neither make a region nor cut one. Weights and
thresholds: data/layout.json, fitted by training/page_layouts.py on pages; no word of theirs is in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizers.models import LinearModel, Network, read_thresholds
from summarizers.segmentation.layout_features import FIRST_PASS, SECOND_PASS, first_pass, second_pass
from summarizers.segmentation.layout_titles import TITLE_FEATURES
from summarizers.segmentation.line_features import LOCAL, Floats, LineTable
from summarizers.text.tables import load_table

__all__ = [
    "HEADS",
    "TABLE",
    "LayoutModel",
    "LayoutThresholds",
    "LineScores",
    "find_regions",
    "layout_model",
    "page_features",
    "score_lines",
]

TABLE = "layout.json"
"""File name of the weights in summarizers/data."""

HEADS = ("body", "begins", "ends")
"""Outputs of the second judgement: a line is text; a text begins with it; a text ended before it."""

PAGE_FEATURES = (
    "share of links",
    "links",
    "share of page words in short lines",
    "share of lines of page words",
    "lines of page words",
    "share of bullets",
    "share of long lines",
    "lines",
)
"""Features of a document by which a page is told from plain text; links are short doubtful lines without a full stop."""


@dataclass(frozen=True, slots=True)
class LayoutThresholds:
    """Thresholds of data/layout.json, which explains each."""

    clip: float
    body_bias: float
    most_loss: float
    edges: float
    most_end: float
    region: float
    headed: float
    page: float
    fewest_lines: float
    aside: float
    aside_unstopped: float
    title: float
    title_margin: float
    shared_title: float


@dataclass(frozen=True)
class LayoutModel:
    """Weights of both judgements, of headlines and of pages."""

    first: LinearModel
    second: Network
    titles: LinearModel
    pages: LinearModel
    thresholds: LayoutThresholds


@dataclass(slots=True)
class LineScores:
    """Judgements of a document's lines.

    `rows` are of `SECOND_PASS`, `first` the logits of the first judgement, `heads` rows of `HEADS`.
    """

    rows: Floats
    first: Floats
    heads: Floats


@cache
def layout_model() -> LayoutModel:
    """Return the shipped model."""
    table: dict[str, Any] = load_table(TABLE)
    return LayoutModel(
        LinearModel.from_table(table["first"]["bias"], table["first"]["weights"], FIRST_PASS),
        Network.from_table(table["second"], SECOND_PASS),
        LinearModel.from_table(table["titles"]["bias"], table["titles"]["weights"], TITLE_FEATURES),
        LinearModel.from_table(table["pages"]["bias"], table["pages"]["weights"], PAGE_FEATURES),
        LayoutThresholds(**read_thresholds(table["thresholds"])),
    )


def score_lines(table: LineTable, model: LayoutModel) -> LineScores:
    """Judge the lines of a document twice. Linear time."""
    clip = model.thresholds.clip
    rows = first_pass(table)
    first = np.clip(rows @ np.array(model.first.weights) + model.first.bias, -clip, clip)
    second = second_pass(table, rows, first)
    return LineScores(second, first, np.clip(model.second.logits(second), -clip, clip))


def page_features(table: LineTable, scores: LineScores) -> Floats:
    """Return a document's row of `PAGE_FEATURES`."""
    # drawn lines say nothing of what the others are
    written = table.units > 0
    local, units, body = table.local[written], table.units[written], scores.heads[written, 0]
    if not len(units):
        return np.zeros(len(PAGE_FEATURES))
    short = (local[:, _LOCAL["ends in stop"]] == 0) & (units < _LONG_UNITS)
    links = short & (body < _DOUBTFUL)
    named = local[:, _LOCAL["nothing but page words"]]
    return np.array(
        [
            links.mean(),
            np.log1p(links.sum()),
            local[short, _LOCAL["page words"]].sum() / len(units),
            named.mean(),
            np.log1p(named.sum()),
            local[:, _LOCAL["bullet"]].mean(),
            (units >= _LONG_UNITS).mean(),
            np.log1p(len(units)),
        ]
    )


_LOCAL = {name: column for column, name in enumerate(LOCAL)}
_DOUBTFUL = -2.0
"""Logit below which a line is hardly text."""

_LONG_UNITS = 12.0
"""Units from which on a line is long."""


def find_regions(
    heads: Floats, limits: LayoutThresholds, headed: NDArray[np.bool_] | None = None
) -> list[tuple[int, int]]:
    """Return the regions of text in a page: lines from and to (excluded), ascending, apart.

    They maximise the sum of their lines' logits, none of which costs more than a limit, with the logits of the places
    where they begin and end, less a cost for each region, which is lower below a headline (`headed`). A page of which no
    region is worth its cost gets the best.
    """
    size = len(heads)
    gains = np.maximum(heads[:, 0] + limits.body_bias, -limits.most_loss).tolist()
    costs = np.full(size, limits.region) if headed is None else limits.region - limits.headed * headed
    begins = (limits.edges * heads[:, 1] - costs).tolist()
    ends = (limits.edges * np.maximum(np.append(heads[1:, 2], 0.0), -limits.most_end)).tolist()
    # outside: the best sum of regions that ended before a line; inside: that of a region which is open there
    outside, inside, opened = 0.0, -np.inf, 0
    best_single, single = -np.inf, (0, 0)
    closed: list[tuple[int, int] | None] = []  # for each line, the region that the best sum ends with
    for at in range(size):
        if outside + begins[at] > inside:
            inside, opened = outside + begins[at], at
            before = outside
        inside += gains[at]
        total = inside + ends[at]
        if total - before > best_single:
            best_single, single = total - before, (opened, at + 1)
        if total > outside:
            outside = total
            closed.append((opened, at + 1))
        else:
            closed.append(None)
    found: list[tuple[int, int]] = []
    at = size - 1
    while at >= 0:
        region = closed[at]
        if region is None:
            at -= 1
        else:
            found.append(region)
            at = region[0] - 1
    return found[::-1] or [single]
