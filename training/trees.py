"""Trees fitted by scikit-learn, as the columns that summarizers/models.py reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summarizers.models import LEAF

__all__ = ["Columns", "tree_columns"]

Columns = tuple[list[int], list[float], list[int], list[int]]
"""Feature or LEAF, threshold or value, left and right child of each node, the root first."""


def tree_columns(nodes: Any, features: Sequence[int], *, threshold_digits: int, value_digits: int) -> Columns:
    """Return a predictor's nodes as columns.

    `features` has the number in the shipped row of each fitted column.
    """
    leaf = [bool(node["is_leaf"]) for node in nodes]
    return (
        [LEAF if end else features[int(node["feature_idx"])] for node, end in zip(nodes, leaf, strict=True)],
        [
            round(float(node["value"]), value_digits) if end else round(float(node["num_threshold"]), threshold_digits)
            for node, end in zip(nodes, leaf, strict=True)
        ],
        [0 if end else int(node["left"]) for node, end in zip(nodes, leaf, strict=True)],
        [0 if end else int(node["right"]) for node, end in zip(nodes, leaf, strict=True)],
    )
