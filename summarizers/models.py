"""Evaluation of the models shipped in summarizers/data: linear, boosted trees, networks.

A model's thresholds lie beside its weights, each with its value, its basis (`fitted` or `by judgement`), the run that
set it, and what it limits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum
from operator import mul
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["LEAF", "LinearModel", "Network", "Tree", "TreeEnsemble", "logistic", "read_thresholds"]

_SATURATED = 60.0
"""Logits beyond this give 0 or 1 to double precision; exp would overflow far behind it."""

LEAF = -1
"""Feature of a node that is a leaf."""


def logistic(logit: float) -> float:
    """Return the probability of a logit, in 0..1."""
    return 1 / (1 + exp(-max(-_SATURATED, min(_SATURATED, logit))))


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A weight for each feature, in the order of the features, and a bias."""

    bias: float
    weights: tuple[float, ...]

    @classmethod
    def from_table(cls, bias: float, weights: Mapping[str, float], features: Sequence[str]) -> LinearModel:
        """Put weights in the order of `features`. Raises ValueError where the names differ."""
        if weights.keys() != set(features):
            raise ValueError(f"weights and features differ in {sorted(weights.keys() ^ set(features))}")
        return cls(float(bias), tuple(float(weights[name]) for name in features))

    def logit(self, row: Sequence[float]) -> float:
        """Return the model's logit for a row of features."""
        logit: float = self.bias + sum(map(mul, self.weights, row))
        return logit


@dataclass(frozen=True, slots=True)
class Tree:
    """A decision tree as columns, its root first.

    A node has the feature that it asks about, LEAF for a leaf, and its threshold, for a leaf its value. Rows up to the
    threshold go on at the node `left`, others at `right`.
    """

    feature: tuple[int, ...]
    value: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]

    def leaf(self, row: Sequence[float]) -> float:
        """Return the value of the leaf that a row falls to."""
        features, values, at = self.feature, self.value, 0
        while (feature := features[at]) >= 0:
            at = self.left[at] if row[feature] <= values[at] else self.right[at]
        return values[at]


@dataclass(frozen=True, slots=True)
class TreeEnsemble:
    """Boosted trees, whose leaves add up to a logit."""

    start: float
    trees: tuple[Tree, ...]

    @classmethod
    def from_table(
        cls, start: float, trees: Sequence[Sequence[Sequence[Any]]], fitted: Sequence[str], features: Sequence[str]
    ) -> TreeEnsemble:
        """Read trees, each a list of its four columns.

        `fitted` are the features that they were fitted to, in order.
        Raises ValueError where these are not `features`.
        """
        if tuple(fitted) != tuple(features):
            raise ValueError(f"trees were fitted to other features than {list(features)}")
        return cls(float(start), tuple(Tree(*(tuple(column) for column in tree)) for tree in trees))

    def logit(self, row: Sequence[float]) -> float:
        """Return the ensemble's logit for a row of features, the same on every platform."""
        return fsum([self.start, *[tree.leaf(row) for tree in self.trees]])


@dataclass(frozen=True, slots=True)
class Network:
    """A network with one hidden layer of rectified units; each output is a logit.

    Inputs are standardised and cut at `most` deviations, so that no single feature decides by its size.
    """

    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    most: float
    hidden: NDArray[np.float64]
    hidden_bias: NDArray[np.float64]
    output: NDArray[np.float64]
    output_bias: NDArray[np.float64]

    @classmethod
    def from_table(cls, table: Mapping[str, Any], features: Sequence[str]) -> Network:
        """Read a network's layers. Raises ValueError where its inputs are not `features`."""
        if list(table["features"]) != list(features):
            raise ValueError(f"inputs differ in {sorted(set(table['features']) ^ set(features))}, or in their order")
        mean, scale, hidden, hidden_bias, output, output_bias = (
            np.array(table[name], dtype=np.float64)
            for name in ("mean", "scale", "hidden", "hidden_bias", "output", "output_bias")
        )
        return cls(mean, scale, float(table["most"]), hidden, hidden_bias, output, output_bias)

    def logits(self, rows: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
        """Return a row of logits for each row of features."""
        inputs = np.clip((rows - self.mean) / self.scale, -self.most, self.most)
        inner = np.maximum(0.0, inputs @ self.hidden + self.hidden_bias)
        logits: NDArray[np.float64] = inner @ self.output + self.output_bias
        return logits


def read_thresholds(table: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
    """Return a model's `thresholds` by name. Raises ValueError for one without its basis."""
    for name, entry in table.items():
        if entry.get("basis") not in {"fitted", "by judgement"} or not entry.get("run"):
            raise ValueError(f"threshold {name!r} must say whether it is fitted or by judgement, and by which run")
    return {name: float(entry["value"]) for name, entry in table.items()}
