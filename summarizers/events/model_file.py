"""Weights, trees and thresholds of event clustering, read from data/events.json.

Weights and trees are fitted by training/events.py. Thresholds stand beside them, each with its value, its origin
("fitted" or "by judgement"), the run that set it, and what it limits.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

__all__ = ["EventTree", "EventWeights", "shipped_weights", "thresholds"]


@dataclass(frozen=True, slots=True)
class EventTree:
    """A tree as columns, its root first: `feature` is -1 at a leaf, where `value` is the output, else the threshold."""

    feature: tuple[int, ...]
    value: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)  # compared and hashed by identity, as a mapping has no hash
class EventWeights:
    """Weights of the pair model by feature name, with their bias, and trees of the event model with their start."""

    bias: float
    weights: Mapping[str, float]
    start: float
    trees: tuple[EventTree, ...]

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> EventWeights:
        """Build the models from a table as training/events.py writes it."""
        return cls(
            bias=float(table["bias"]),
            weights={name: float(weight) for name, weight in table["weights"].items()},
            start=float(table["start"]),
            trees=tuple(EventTree(*(tuple(column) for column in tree)) for tree in table["trees"]),
        )


@lru_cache(maxsize=1)
def shipped_weights() -> EventWeights:
    """Return the models of data/events.json."""
    return EventWeights.from_table(_table())


def thresholds(section: str) -> dict[str, float]:
    """Return a module's thresholds by name."""
    return {name: entry["value"] for name, entry in _table()["thresholds"][section].items()}


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(files("summarizers").joinpath("data/events.json").read_text("utf-8"))
    return table
