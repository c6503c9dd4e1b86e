"""How much does each likeness and contradiction of stories say about whether they tell of the same happening?

Fits what ../events.json holds on rows `{"id", "text", "cluster", "near_miss_group"}` (`--data`, JSONL): stories of one
cluster tell of the same happening, stories of one near-miss group of happenings that look alike. Rows with
`"certain": false` are left out. No text goes into the file.

Two stories: logistic regression on standardised features, over all pairs within a group and a sample of those across
groups that share words at all, also with stories of other news (`--others`, JSONL with "id" and "text"), each of which
stands alone. Others whose text is among the rows are left out: they would count as different from their own copies.

A story and an event: boosted trees (Friedman, Greedy Function Approximation, 2001; scikit-learn's histogram version)
over what `similarity.event_row` gives, on states drawn from each group: an event or two of the story's own happening or
none, and of its look-alike none to two. Both are drawn alike, so that the number of events around says nothing by itself
of whether the story opens a new one: in these rows each happening has one look-alike, in the world it has any number.
Comparisons in these states come from weights that have not seen the group.

Before the fit on all rows, the area under the curve of five-fold cross-validation over whole groups is printed;
benchmarks/quality_events.py has what it comes to when stories are grouped.

    python -m training.events --data dev.jsonl --others other.jsonl --write
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from summarizers.events.pair_model import FEATURES, Compared, Traits, compare, event_row, standing, text_traits

TABLE = Path(__file__).parents[1] / "summarizers" / "data" / "events.json"
FOLDS = 5
_SAMPLE = 0.3
_NEAR = 0.06
_STATES = 16
_FOREIGN = 80
_NEAREST = 4
_SIZES = (1, 1, 2, 2, 3, 4, 5, 6, 8, 10, 14, 18)

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


def read_others(path: Path, most: int, known: Sequence[Row]) -> list[Row]:
    """At most so many rows of another file, each a happening of its own; always the same ones, none of the known."""
    texts = {row.text for row in known}
    rows = [row for line in path.read_text("utf-8").splitlines() if (row := json.loads(line))["text"] not in texts]
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
            within = one.group == other.group
            if not within and chance.random() >= _SAMPLE:
                continue
            found = compare(one.traits, other.traits, 0.0 if within else _NEAR)
            if found is None:
                continue
            features.append(found.row)
            same.append(one.cluster == other.cluster)
            weights.append(1.0 if within else 1 / _SAMPLE)
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


def learn(rows: Sequence[Row], others: Sequence[Row], pairs: Pairs, without: Sequence[str] = ()) -> dict[str, Any]:
    """All that ../events.json holds, from the groups that are not left out."""
    parts = [[group for group in part if group not in without] for part in folds(rows)]
    kept = [row for row in rows if row.group not in without]
    drawn = []
    for part in parts:
        if part:
            logistic = fit(pairs.without([*without, *part]))
            drawn.append(_states([row for row in kept if row.group in part], [*kept, *others], logistic))
    features = np.concatenate([values for values, _ in drawn])
    labels = np.concatenate([values for _, values in drawn])
    model = HistGradientBoostingClassifier(
        max_depth=4, max_iter=120, learning_rate=0.08, l2_regularization=5, min_samples_leaf=80, random_state=0
    ).fit(features, labels)
    bias, weights = fit(pairs.without(without))
    return {
        "source": "fitted by training/events.py; log odds of the same happening",
        "bias": round(bias, 4),
        "weights": {name: round(weight, 4) for name, weight in zip(FEATURES, weights, strict=True)},
        "start": round(float(np.ravel(model._baseline_prediction)[0]), 5),
        "trees": [_columns(tree[0].nodes) for tree in model._predictors],
    }


def _columns(nodes: Any) -> list[list[float]]:
    """A tree of scikit-learn as similarity reads it."""
    leaf = [bool(node["is_leaf"]) for node in nodes]
    return [
        [-1 if end else int(node["feature_idx"]) for node, end in zip(nodes, leaf, strict=True)],
        [
            round(float(node["value"] if end else node["num_threshold"]), 5)
            for node, end in zip(nodes, leaf, strict=True)
        ],
        [int(node["left"]) for node in nodes],
        [int(node["right"]) for node in nodes],
    ]


def _states(
    rows: Sequence[Row], foreign: Sequence[Row], logistic: tuple[float, tuple[float, ...]]
) -> tuple[Floats, NDArray[np.bool_]]:
    """Rows for the trees and whether the story belongs there, from events drawn out of each group.

    Every other time there is an event of the nearest of some foreign stories besides.
    """
    features, labels = [], []
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.group].append(row)
    for name, members in groups.items():
        strangers = [row for row in foreign if row.group != name]
        for story in members:
            chance = random.Random(f"state {story.id}")
            compared = _compared(story, members, logistic)
            far = _compared(story, chance.sample(strangers, min(_FOREIGN, len(strangers))), logistic)
            nearest = sorted(far, key=lambda other: -far[other].row[0])[:_NEAREST]
            own = [row.id for row in members if row.cluster == story.cluster and row is not story]
            alike = [row.id for row in members if row.cluster != story.cluster]
            for turn in range(_STATES):
                events = _drawn(chance, own, alike, known=turn % 2 == 0)
                if turn % 4 > 1 and nearest:
                    events.append((chance.sample(nearest, min(len(nearest), chance.choice((1, 1, 2)))), False))
                known = compared | far
                found = [[known[name] for name in event if name in known] for event, _ in events]
                plain = [standing(event) for event in found]
                for at, (_, belongs) in enumerate(events):
                    if belongs is None or not found[at]:
                        continue
                    rival = max([value for other, value in enumerate(plain) if other != at], default=0.0)
                    features.append(event_row(found[at], plain[at], rival))
                    labels.append(belongs)
    return np.array(features), np.array(labels)


def _drawn(
    chance: random.Random, own: Sequence[str], alike: Sequence[str], *, known: bool
) -> list[tuple[list[str], bool | None]]:
    """Events of a story's own happening, if it is `known`, and of its look-alike, and whether the story belongs there.

    None where it would belong to a smaller half. Now and then one has a story that belongs to the other.
    """
    here = _split(chance, own, chance.choice((1, 1, 1, 1, 2)) if known else 0)
    there = _split(chance, alike, chance.choice((0, 1, 1, 2) if known else (1, 1, 2)))
    if here and there:
        draw = chance.random()
        if draw < 0.2 and len(here[0]) > 2:
            here[0].append(there[0].pop())
        elif draw > 0.88 and len(there[0]) > 3 and len(here[0]) > 1:
            there[0].append(here[0].pop())
    most = max(map(len, here), default=0)
    found: list[tuple[list[str], bool | None]] = [(event, True if len(event) == most else None) for event in here]
    return [*found, *((event, False) for event in there if event)]


def _split(chance: random.Random, stories: Sequence[str], parts: int) -> list[list[str]]:
    """Some of the stories, in so many parts, mostly of unequal size."""
    if not parts or len(stories) < parts:
        return []
    some = chance.sample(list(stories), min(len(stories), max(parts, chance.choice(_SIZES))))
    if parts == 1:
        return [some]
    cut = chance.randrange(1, len(some))
    return [some[:cut], some[cut:]]


def _compared(story: Row, others: Sequence[Row], logistic: tuple[float, tuple[float, ...]]) -> dict[str, Compared]:
    """The story with each other one that it can be compared with, by these weights."""
    bias, weights = logistic
    found = {}
    for other in others:
        if other is not story and (pair := compare(story.traits, other.traits)) is not None:
            score = bias + float(np.dot(weights, pair.row))
            found[other.id] = replace(pair, chance=1 / (1 + exp(-max(-60.0, min(60.0, score)))))
    return found


def main() -> None:
    """Read, cross-validate, fit, and write when asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--others", type=Path, action="append", default=[])
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    rows = read_rows(given.data)
    others = [row for path in given.others for row in read_others(path, 100, rows)]
    pairs = make_pairs([*rows, *others])
    areas = []
    for part in folds(rows):
        bias, weights = fit(pairs.without(part))
        test = pairs.within(part)
        areas.append(roc_auc_score(test.same, test.features @ np.array(weights) + bias))
    print(f"look-alikes held out, {len(pairs.same):,} pairs: area under the curve {np.mean(areas):.4f}")
    table = learn(rows, others, pairs)
    for name, width in zip(FEATURES, pairs.features.std(0), strict=True):
        weight = table["weights"][name]
        print(f"  {name:22} {weight:8.3f}  per standard deviation {weight * width:6.2f}")
    if given.write:
        TABLE.write_text(json.dumps(table, separators=(",", ":")) + "\n", "utf-8")
        print(f"written to {TABLE}")


if __name__ == "__main__":
    main()
