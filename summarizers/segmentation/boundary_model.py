"""The boundary model: how likely a story begins at each gap between two paragraphs.

A linear model judges all gaps; where it leaves one in doubt, boosted trees judge a second time. Weights and thresholds:
data/boundaries.json, fitted by training/boundaries.py. They were learned from English; another language gets the model
that knows no English words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from summarizers.models import LinearModel, TreeEnsemble, read_thresholds
from summarizers.segmentation.boundary_features import (
    FIRST_PASS,
    SECOND_PASS,
    Floats,
    LeadWeights,
    first_pass_features,
    read_terms,
    second_pass_features,
)
from summarizers.segmentation.paragraphs import DocumentParagraph
from summarizers.text.tables import load_table

__all__ = ["TABLE", "BoundaryModel", "Thresholds", "boundary_logits", "model_for", "thresholds"]

TABLE = "boundaries.json"
"""File name of the weights in summarizers/data."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Thresholds of data/boundaries.json, which explains each; logits but for `many_separators`."""

    second_pass: float
    hopeless: float
    separators: float
    headlines: float
    many_separators: float
    each_separator: float
    beside_separators: float
    limit: float
    headline: float
    headline_elsewhere: float
    announced_headline: float
    untitled: float
    other_languages: float
    separated: float
    within_region: float
    linked: float
    marked: float
    cut_off: float
    teaser: float
    teaser_elsewhere: float
    beside_teasers: float


@dataclass(frozen=True)
class BoundaryModel:
    """A linear model for the first judgement, trees for the second, and weights of words.

    `common` has how many hundredths a shared word counts, for those that count less than 100.
    """

    first: LinearModel
    second: TreeEnsemble
    common: Mapping[str, float]
    lead: LeadWeights

    def first_logits(self, rows: Floats) -> Floats:
        """Return the first judgement of rows of `FIRST_PASS`."""
        logits: Floats = rows @ np.array(self.first.weights) + self.first.bias
        return logits


@cache
def thresholds() -> Thresholds:
    """Return the shipped thresholds."""
    values = read_thresholds(load_table(TABLE)["thresholds"])
    return Thresholds(**values)


@cache
def _models() -> dict[str, BoundaryModel]:
    """Read the shipped models by name."""
    return {
        name: BoundaryModel(
            LinearModel.from_table(entry["first"]["bias"], entry["first"]["weights"], FIRST_PASS),
            TreeEnsemble.from_table(
                entry["second"]["start"], entry["second"]["trees"], entry["second"]["features"], SECOND_PASS
            ),
            {term: round(100 * weight) for term, weight in entry["common"].items()},
            tuple(entry["lead"]),
        )
        for name, entry in load_table(TABLE)["models"].items()
    }


_CASELESS = frozenset({"de", "zh", "ja", "ko", "ar", "he", "hi", "th"})
"""Languages that write no capitals or (German) one for every noun, so that a capital doesn't show a name."""


def model_for(language: str) -> BoundaryModel:
    """Return the model for a language; others than English share two, by their capitals."""
    models = _models()
    return models.get(language) or models["caseless" if language in _CASELESS else "any"]


def boundary_logits(
    text: str, paragraphs: Sequence[DocumentParagraph], language: str, model: BoundaryModel
) -> list[float]:
    """Return for each gap the log odds that a story begins behind it.

    There must be two paragraphs.

    Linear time; equal text gives equal numbers.
    """
    limits = thresholds()
    document = read_terms(text, paragraphs, language, model.common)
    rows = first_pass_features(document)
    first = model.first_logits(rows)
    logits: list[float] = first.tolist()
    if first.max() < limits.second_pass:
        return logits
    # The second judgement takes longer: it is kept for gaps that the first leaves in doubt.
    again = second_pass_features(document, rows, first, model.lead, limits.hopeless)
    return [
        model.second.logit(row.tolist()) if logit > limits.hopeless else logit
        for logit, row in zip(logits, again, strict=True)
    ]
