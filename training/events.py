"""Fit the pair model and the event model of clustering: summarizers/data/events.json.

`--data` is JSONL of rows `{"id", "text", "cluster", "near_miss_group"}`: stories of one cluster report the same
event, those of one near-miss group events that look alike. Rows with `"certain": false` are left out. No text goes
into the file.

Pair model: logistic regression on standardised features, over all pairs within a group and a sample of those across
groups that share words at all, also with stories of other news (`--others`, JSONL with "id" and "text"), each an
event of its own. Others whose text is among the rows are left out: they would count as different from their own
copies.

Event model: boosted trees (Friedman, Greedy Function Approximation, 2001; scikit-learn's histogram version) over
`event_features`, on states drawn from each group: one or two events of the story's own cluster or none, and none to
two of its look-alike. Both are drawn alike, so that the number of events says nothing of whether the story opens a
new one: in these rows each event has one look-alike, in live news any number. Comparisons in these states come from
weights that have not seen the group.

Before the fit on all rows, the area under the curve of five-fold cross-validation over whole groups is printed;
benchmarks/quality_events.py measures the clusters. The thresholds in the file are set by judgement and stay as they
are.

    python -m training.events --data dev.jsonl --others other.jsonl [--write]
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from summarizers.events.event_model import EVENT_FEATURES, event_features, pairwise_score
from summarizers.events.features import StoryFeatures, text_features
from summarizers.events.pair_model import PairComparison, PairFeatures, compare
from summarizers.models import LinearModel, logistic, read_thresholds
from training.trees import tree_columns

TABLE = Path(__file__).parents[1] / "summarizers" / "data" / "events.json"

FOLDS = 5
"""Parts of the groups in cross-validation."""

_OTHERS = 100
"""Rows read of each file of other news."""

_SAMPLE = 0.3
"""Share of the pairs across groups that are drawn; each then counts for the ones that were not."""

_STATES = 16
"""States drawn for each story: a multiple of 4, as the kinds of state alternate."""

_FOREIGN = 80
"""Stories of other groups among which a story's nearest are looked for."""

_NEAREST = 4
"""Nearest foreign stories that may form an event."""

_SIZES = (1, 1, 2, 2, 3, 4, 5, 6, 8, 10, 14, 18)
"""Numbers of stories in a drawn cluster, each as likely as it occurs here: most live events are small."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class EventRow:
    """A story with its event and the group of events that look alike."""

    id: str
    text: str
    features: StoryFeatures
    cluster: str
    group: str


@dataclass(frozen=True)
class Pairs:
    """Compared pairs: features, label, weight, and the groups of both stories."""

    features: Floats
    same: NDArray[np.bool_]
    weights: Floats
    groups: list[tuple[str, str]]

    def without(self, groups: Sequence[str]) -> Pairs:
        """Return the pairs in which no story is of one of these groups."""
        return self._select([not (a in groups or b in groups) for a, b in self.groups])

    def within(self, groups: Sequence[str]) -> Pairs:
        """Return the pairs within these groups."""
        return self._select([a == b and a in groups for a, b in self.groups])

    def _select(self, selected: list[bool]) -> Pairs:
        mask = np.array(selected)
        return Pairs(
            self.features[mask],
            self.same[mask],
            self.weights[mask],
            [pair for pair, keep in zip(self.groups, selected, strict=True) if keep],
        )


def read_rows(path: Path) -> list[EventRow]:
    """Read the rows of a file of events."""
    rows = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row.get("certain", True):
            rows.append(
                EventRow(row["id"], row["text"], text_features(row["text"]), row["cluster"], row["near_miss_group"])
            )
    return rows


def read_others(path: Path, limit: int, excluded: Sequence[EventRow]) -> list[EventRow]:
    """Read at most `limit` rows of another file, each an event of its own.

    Always the same ones, none of the excluded.
    """
    texts = {row.text for row in excluded}
    rows = [row for line in path.read_text("utf-8").splitlines() if (row := json.loads(line))["text"] not in texts]
    random.Random(9).shuffle(rows)
    return [
        EventRow(name, row["text"], text_features(row["text"]), name, name)
        for row in rows[:limit]
        for name in [f"{path.parent.name}-{row['id']}"]
    ]


def make_pairs(rows: Sequence[EventRow]) -> Pairs:
    """Compare the pairs that the pair model is fitted on."""
    draw = random.Random(1)
    least_similarity = read_thresholds(json.loads(TABLE.read_text("utf-8"))["thresholds"]["pair_model"])[
        "least_similarity"
    ]
    features, same, weights, groups = [], [], [], []
    for at, one in enumerate(rows):
        for other in rows[:at]:
            within = one.group == other.group
            if not within and draw.random() >= _SAMPLE:
                continue
            pair = compare(one.features, other.features, 0.0 if within else least_similarity)
            if pair is None:
                continue
            features.append(pair.features)
            same.append(one.cluster == other.cluster)
            weights.append(1.0 if within else 1 / _SAMPLE)
            groups.append((one.group, other.group))
    return Pairs(np.array(features), np.array(same), np.array(weights), groups)


def fit(pairs: Pairs) -> LinearModel:
    """Fit the pair model, for features in their own units."""
    scale = StandardScaler().fit(pairs.features)
    model = LogisticRegression(C=1.0, max_iter=5000).fit(
        scale.transform(pairs.features), pairs.same, sample_weight=pairs.weights
    )
    weights = model.coef_[0] / scale.scale_
    bias = float(model.intercept_[0] - (weights * scale.mean_).sum())
    return LinearModel(bias, tuple(float(weight) for weight in weights))


def folds(rows: Sequence[EventRow]) -> list[list[str]]:
    """Split the groups that have look-alikes into five parts, always the same ones."""
    groups = sorted({row.group for row in rows if row.cluster != row.group})
    random.Random(5).shuffle(groups)
    return [groups[start::FOLDS] for start in range(FOLDS)]


def learn(
    rows: Sequence[EventRow], others: Sequence[EventRow], pairs: Pairs, without: Sequence[str] = ()
) -> dict[str, Any]:
    """Fit both models on all groups but those left out.

    The table as events.json holds it, without thresholds.
    """
    parts = [[group for group in part if group not in without] for part in folds(rows)]
    remaining = [row for row in rows if row.group not in without]
    drawn = []
    for part in parts:
        if part:
            pair_model = fit(pairs.without([*without, *part]))
            drawn.append(_states([row for row in remaining if row.group in part], [*remaining, *others], pair_model))
    features = np.concatenate([values for values, _ in drawn])
    labels = np.concatenate([values for _, values in drawn])
    model = HistGradientBoostingClassifier(
        max_depth=4, max_iter=120, learning_rate=0.08, l2_regularization=5, min_samples_leaf=80, random_state=0
    ).fit(features, labels)
    pair_model = fit(pairs.without(without))
    numbers = range(len(EVENT_FEATURES))
    return {
        "source": "fitted by training/events.py; weights and trees are log odds of the same event",
        "pair_model": {
            "bias": round(pair_model.bias, 4),
            "weights": {
                name: round(weight, 4) for name, weight in zip(PairFeatures._fields, pair_model.weights, strict=True)
            },
        },
        "event_model": {
            "features": EVENT_FEATURES,
            "start": round(float(np.ravel(model._baseline_prediction)[0]), 5),
            "trees": [
                tree_columns(tree[0].nodes, numbers, threshold_digits=5, value_digits=5) for tree in model._predictors
            ],
        },
    }


def _states(
    rows: Sequence[EventRow], foreign: Sequence[EventRow], pair_model: LinearModel
) -> tuple[Floats, NDArray[np.bool_]]:
    """Draw states from each group: the trees' features, and whether the story belongs.

    Half of the states have one more event, of the nearest foreign stories.
    """
    features, labels = [], []
    groups: dict[str, list[EventRow]] = defaultdict(list)
    for row in rows:
        groups[row.group].append(row)
    for name, members in groups.items():
        outside = [row for row in foreign if row.group != name]
        for story in members:
            draw = random.Random(f"state {story.id}")
            compared = _compared(story, members, pair_model)
            far = _compared(story, draw.sample(outside, min(_FOREIGN, len(outside))), pair_model)
            nearest = sorted(far, key=lambda other: -far[other].features.words)[:_NEAREST]
            same = [row.id for row in members if row.cluster == story.cluster and row is not story]
            alike = [row.id for row in members if row.cluster != story.cluster]
            comparisons = compared | far
            for number in range(_STATES):
                events = _draw_state(draw, same, alike, has_event=number % 2 == 0)
                if number % 4 > 1 and nearest:
                    events.append((draw.sample(nearest, min(len(nearest), draw.choice((1, 1, 2)))), False))
                pairs = [[comparisons[name] for name in event if name in comparisons] for event, _ in events]
                scores = [pairwise_score(event) for event in pairs]
                for index, (_, belongs) in enumerate(events):
                    if belongs is None or not pairs[index]:
                        continue
                    next_best = max([score for other, score in enumerate(scores) if other != index], default=0.0)
                    features.append(event_features(pairs[index], scores[index], next_best))
                    labels.append(belongs)
    return np.array(features), np.array(labels)


def _draw_state(
    draw: random.Random, same: Sequence[str], alike: Sequence[str], *, has_event: bool
) -> list[tuple[list[str], bool | None]]:
    """Draw events of a story's own cluster, if it `has_event`, and of its look-alike.

    Whether the story belongs to each. None for the smaller half of a cluster drawn in two. A fifth of the events have
    a story of the other cluster, one in eight look-alikes has one of the story's own, as events that grow online do.
    """
    own = _draw_parts(draw, same, draw.choice((1, 1, 1, 1, 2)) if has_event else 0)
    other = _draw_parts(draw, alike, draw.choice((0, 1, 1, 2) if has_event else (1, 1, 2)))
    if own and other:
        fault = draw.random()
        if fault < 0.2 and len(own[0]) > 2:
            own[0].append(other[0].pop())
        elif fault > 0.88 and len(other[0]) > 3 and len(own[0]) > 1:
            other[0].append(own[0].pop())
    largest = max(map(len, own), default=0)
    events: list[tuple[list[str], bool | None]] = [(event, True if len(event) == largest else None) for event in own]
    return [*events, *((event, False) for event in other if event)]


def _draw_parts(draw: random.Random, stories: Sequence[str], parts: int) -> list[list[str]]:
    """Draw some of the stories, in one or two parts of mostly unequal size."""
    if not parts or len(stories) < parts:
        return []
    drawn = draw.sample(list(stories), min(len(stories), max(parts, draw.choice(_SIZES))))
    if parts == 1:
        return [drawn]
    cut = draw.randrange(1, len(drawn))
    return [drawn[:cut], drawn[cut:]]


def _compared(story: EventRow, others: Sequence[EventRow], pair_model: LinearModel) -> dict[str, PairComparison]:
    """Compare a story with each other one, with the probability that this model gives."""
    comparisons = {}
    for other in others:
        if other is not story and (pair := compare(story.features, other.features)) is not None:
            comparisons[other.id] = replace(pair, probability=logistic(pair_model.logit(pair.features)))
    return comparisons


def _dump(table: Mapping[str, Any]) -> str:
    """Serialise the table with the thresholds of the present file, an entry a line."""
    shipped = json.loads(TABLE.read_text("utf-8"))["thresholds"]
    sections = [
        f" {json.dumps(section)}: {{\n"
        + ",\n".join(f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in entries.items())
        + "\n }"
        for section, entries in shipped.items()
    ]
    lines = [f'"source": {json.dumps(table["source"])}', '"thresholds": {\n' + ",\n".join(sections) + "\n}"]
    lines += [
        f"{json.dumps(name)}: {json.dumps(table[name], separators=(',', ':'))}"
        for name in ("pair_model", "event_model")
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    """Cross-validate and fit; with `--write`, write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--others", type=Path, action="append", default=[])
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    rows = read_rows(arguments.data)
    others = [row for path in arguments.others for row in read_others(path, _OTHERS, rows)]
    pairs = make_pairs([*rows, *others])
    areas = []
    for part in folds(rows):
        model = fit(pairs.without(part))
        test = pairs.within(part)
        areas.append(roc_auc_score(test.same, test.features @ np.array(model.weights) + model.bias))
    print(f"look-alikes held out, {len(pairs.same):,} pairs: area under the curve {np.mean(areas):.4f}")
    table = learn(rows, others, pairs)
    for name, width in zip(PairFeatures._fields, pairs.features.std(0), strict=True):
        weight = table["pair_model"]["weights"][name]
        print(f"  {name:24} {weight:8.3f}  per standard deviation {weight * width:6.2f}")
    if arguments.write:
        TABLE.write_text(_dump(table), "utf-8")
        print(f"written to {TABLE}")


if __name__ == "__main__":
    main()
