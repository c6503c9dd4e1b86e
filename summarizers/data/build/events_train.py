"""How much does each likeness and contradiction of two stories say about whether they tell of the same happening?

Fits the weights in ../events.json on rows `{"id", "text", "cluster", "near_miss_group"}` (`--data`, JSONL): stories of
one cluster tell of the same happening, stories of one near-miss group of happenings that look alike. Rows with
`"certain": false` are left out. Pairs: all within a group, and a sample of those across groups that share words at
all, also with stories of other news (`--others`, JSONL with "id" and "text"), each of which stands alone. Logistic
regression on standardised features. No text goes into the weights' file.

Before the fit on all rows, the area under the curve of five-fold cross-validation over whole groups is printed;
benchmarks/quality_events.py has what it comes to when stories are grouped.

    python -m summarizers.data.build.events_train --data dev.jsonl --others other.jsonl --write
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from summarizers.similarity import FEATURES, Traits, compare, text_traits

TABLE = Path(__file__).parents[1] / "events.json"
FOLDS = 5
SOFTNESS = 1.0
_SAMPLE = 0.3
_NEAR = 0.06

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """A story with the happening it tells of and the group of its look-alikes."""

    id: str
    text: str
    traits: Traits
    cluster: str
    group: str


@dataclass(frozen=True)
class Pairs:
    """Compared stories: a row of features each, whether they belong together, for how many they stand, their groups."""

    features: Floats
    same: NDArray[np.bool_]
    weights: Floats
    groups: list[tuple[str, str]]

    def without(self, groups: Sequence[str]) -> Pairs:
        """The pairs in which no story is of one of these groups."""
        kept = [not (a in groups or b in groups) for a, b in self.groups]
        return self._taken(kept)

    def within(self, groups: Sequence[str]) -> Pairs:
        """The pairs of look-alikes of these groups."""
        return self._taken([a == b and a in groups for a, b in self.groups])

    def _taken(self, kept: list[bool]) -> Pairs:
        mask = np.array(kept)
        return Pairs(
            self.features[mask],
            self.same[mask],
            self.weights[mask],
            [pair for pair, keep in zip(self.groups, kept, strict=True) if keep],
        )


def read_rows(path: Path) -> list[Row]:
    """The rows of a file of events."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row.get("certain", True):
            found.append(Row(row["id"], row["text"], text_traits(row["text"]), row["cluster"], row["near_miss_group"]))
    return found


def read_others(path: Path, most: int) -> list[Row]:
    """At most so many rows of another file, each a happening of its own; always the same ones."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    random.Random(9).shuffle(rows)
    return [
        Row(name, row["text"], text_traits(row["text"]), name, name)
        for row in rows[:most]
        for name in [f"{path.parent.name}-{row['id']}"]
    ]


def make_pairs(rows: Sequence[Row]) -> Pairs:
    """The pairs that the model learns from."""
    chance = random.Random(1)
    features, same, weights, groups = [], [], [], []
    for at, one in enumerate(rows):
        for other in rows[:at]:
            if one.group == other.group:
                values = compare(one.traits, other.traits)
            elif chance.random() < _SAMPLE:
                values = compare(one.traits, other.traits)
                if values[0] <= _NEAR:
                    continue
            else:
                continue
            features.append(values)
            same.append(one.cluster == other.cluster)
            weights.append(1.0 if one.group == other.group else 1 / _SAMPLE)
            groups.append((one.group, other.group))
    return Pairs(np.array(features), np.array(same), np.array(weights), groups)


def fit(pairs: Pairs) -> tuple[float, tuple[float, ...]]:
    """The bias and a weight per feature, for features as they come."""
    scale = StandardScaler().fit(pairs.features)
    model = LogisticRegression(C=1.0, max_iter=5000).fit(
        scale.transform(pairs.features), pairs.same, sample_weight=pairs.weights
    )
    weights = model.coef_[0] / scale.scale_
    bias = float(model.intercept_[0] - (weights * scale.mean_).sum())
    return bias, tuple(float(weight) for weight in weights)


def folds(rows: Sequence[Row]) -> list[list[str]]:
    """The groups that have look-alikes, in five parts; always the same ones."""
    groups = sorted({row.group for row in rows if row.cluster != row.group})
    random.Random(5).shuffle(groups)
    return [groups[start::FOLDS] for start in range(FOLDS)]


def main() -> None:
    """Read, cross-validate, fit, and write when asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--others", type=Path, action="append", default=[])
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    rows = read_rows(given.data)
    pairs = make_pairs([*rows, *(row for path in given.others for row in read_others(path, 100))])
    areas = []
    for part in folds(rows):
        bias, weights = fit(pairs.without(part))
        test = pairs.within(part)
        areas.append(roc_auc_score(test.same, test.features @ np.array(weights) + bias))
    print(f"look-alikes held out, {len(pairs.same):,} pairs: area under the curve {np.mean(areas):.4f}")
    bias, weights = fit(pairs)
    spread = pairs.features.std(0)
    for name, weight, width in zip(FEATURES, weights, spread, strict=True):
        print(f"  {name:22} {weight:8.3f}  per standard deviation {weight * width:6.2f}")
    if given.write:
        table = {
            "source": "fitted by summarizers/data/build/events_train.py; log odds of the same happening",
            "bias": round(bias, 4),
            "softness": SOFTNESS,
            "weights": {name: round(weight, 4) for name, weight in zip(FEATURES, weights, strict=True)},
        }
        TABLE.write_text(json.dumps(table, indent=1) + "\n", "utf-8")
        print(f"written to {TABLE}")


if __name__ == "__main__":
    main()
