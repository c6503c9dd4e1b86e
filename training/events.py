"""Fit the pair model and the event model of clustering: summarizers/data/events.json.

`--data` is JSONL of rows `{"id", "text", "cluster", "near_miss_group"}`: stories of one cluster report the same
event, those of one near-miss group events that look alike. Rows with `"certain": false` are left out. No text goes
into the file.

So that short texts are judged as well as long ones, the half of the reports of training/places.py that may be chosen on
is read besides: a place is a group, its happenings are clusters.

Both models are two, one for short texts and one for long ones, mixed by length. The one for long texts is fitted on the
stories alone, of any length; the one for short texts on short reports and on stories, the more the shorter they are.

Pair model: logistic regression on standardised features, over all pairs within a group and a sample of those across
groups that share words at all, also with stories of other news (`--others`, JSONL with "id" and "text"), each an
event of its own. Others whose text is among the rows are left out: they would count as different from their own
copies.

Event model: boosted trees (Friedman, Greedy Function Approximation, 2001; scikit-learn's histogram version) over
`event_features`, on states drawn from each group: one or two events of the story's own cluster or none, and none to
two of its look-alikes. Both are drawn alike, so that the number of events says nothing of whether the story opens a
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
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
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
from summarizers.events.pair_model import PairComparison, PairFeatures, PairModel, compare, length_share
from summarizers.models import LinearModel, logistic, read_thresholds
from training.places import CHOOSING, place_reports
from training.trees import tree_columns

TABLE = Path(__file__).parents[1] / "summarizers" / "data" / "events.json"

FOLDS = 5
"""Parts of the groups in cross-validation."""

_OTHERS = 100
"""Rows read of each file of other news."""

_SAMPLE = 0.3
"""Share of the pairs across groups that are drawn; each then counts for the ones that were not."""

_INVERSE_PENALTY = 0.03
"""Inverse of the penalty on the pair model's weights: of 0.003 to 1 the one with the least log loss in cross-validation
(stories 0.311 against 0.332 with 1, short reports 0.073 against 0.075)."""

_STORY_WEIGHT, _LEAST_STORY_SHARE = 5.0, 0.02
"""How often a pair of stories counts for short texts beside one of short reports, and the share at which a long one still
does: of 1, 3, 5 and 10 in cross-validation, 3 to 10 give the same, and 1 costs ECB+ 0.01."""

_SAME_PLACE_WEIGHT, _SAME_STATE_WEIGHT = 4.0, 2.0
"""How often a pair of short reports of one happening counts, and a state in which such a report belongs to an event: most
pairs of a place are unrelated, as in life, and the ones that aren't would be given up."""

_PLACE_EVENTS = (1, 2, 4, 8)
"""Numbers of other happenings of a place in a drawn state."""

_STATES = 16
"""States drawn for each story: a multiple of 4, as the kinds of state alternate."""

_FOREIGN = 80
"""Stories of other groups among which a story's nearest are looked for."""

_NEAREST = 4
"""Nearest foreign stories that may form an event."""

_NEAREST_READ = 12
"""Nearest foreign stories that are kept, so that enough remain when some groups are left out."""

_LEVELS = 250
"""Values of a feature that the trees tell apart; scikit-learn bins up to 255 without counting them."""

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
    """Compared pairs: features, label, weight, whether of stories, and the groups of both."""

    features: Floats
    same: NDArray[np.bool_]
    weights: Floats
    of_stories: NDArray[np.bool_]
    """Not of short reports of places."""
    groups: list[tuple[str, str]]

    @classmethod
    def join(cls, parts: Sequence[Pairs]) -> Pairs:
        """Put pairs together."""
        return cls(
            np.concatenate([part.features for part in parts]),
            np.concatenate([part.same for part in parts]),
            np.concatenate([part.weights for part in parts]),
            np.concatenate([part.of_stories for part in parts]),
            [pair for part in parts for pair in part.groups],
        )

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
            self.of_stories[mask],
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


def place_rows(half: str) -> list[EventRow]:
    """Return the short reports of one half, round-ups left out: a place is a group."""
    return [
        EventRow(
            f"{report.place}-{number}",
            report.text,
            text_features(report.text, report.language),
            f"{report.place}-{report.happening}",
            report.place,
        )
        for number, report in enumerate(place_reports(half))
        if not report.is_roundup
    ]


def make_pairs(rows: Sequence[EventRow], same_weight: float = 1.0, *, of_stories: bool = True) -> Pairs:
    """Compare the pairs that the pair model is fitted on.

    One of the same event counts `same_weight`. `of_stories` is False for short reports of places.
    """
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
            weights.append(1 / _SAMPLE if not within else same_weight if same[-1] else 1.0)
            groups.append((one.group, other.group))
    return Pairs(np.array(features), np.array(same), np.array(weights), np.full(len(same), of_stories), groups)


def fit(pairs: Pairs) -> PairModel:
    """Fit the pair models for short and for long stories, for features in their own units."""
    short = 1 - _length_shares(pairs.features[:, PairFeatures._fields.index("shorter")])
    story_weights = _STORY_WEIGHT * np.maximum(short, _LEAST_STORY_SHARE)
    return PairModel(
        _fit_linear(pairs, pairs.weights * np.where(pairs.of_stories, story_weights, short)),
        _fit_linear(pairs, pairs.weights * pairs.of_stories),
    )


def _fit_linear(pairs: Pairs, weights: Floats) -> LinearModel:
    """Fit a model over the pairs that have any weight."""
    used = weights > 0
    scale = StandardScaler().fit(pairs.features[used])
    model = LogisticRegression(C=_INVERSE_PENALTY, max_iter=5000).fit(
        scale.transform(pairs.features[used]), pairs.same[used], sample_weight=weights[used]
    )
    fitted = model.coef_[0] / scale.scale_
    return LinearModel(float(model.intercept_[0] - (fitted * scale.mean_).sum()), tuple(map(float, fitted)))


def _length_shares(shorter: Floats) -> Floats:
    """Return the share of the models for long stories, by the shorter one's log terms."""
    return np.array([length_share(terms) for terms in shorter])


@dataclass(frozen=True)
class TrainingSet:
    """Rows that are compared among themselves and with stories of other news, and their pairs."""

    rows: Sequence[EventRow]
    others: Sequence[EventRow]
    pairs: Pairs
    same_state_weight: float = 1.0
    """How often a state counts in which the story belongs to the event."""
    _neighbours: dict[str, tuple[dict[str, PairComparison], list[tuple[EventRow, PairComparison]]]] = field(
        default_factory=dict
    )

    def neighbours(self, story: EventRow) -> tuple[dict[str, PairComparison], list[tuple[EventRow, PairComparison]]]:
        """Compare a story with its group, and with its nearest stories of other groups."""
        if story.id not in self._neighbours:
            draw = random.Random(f"foreign {story.id}")
            outside = [row for row in (*self.rows, *self.others) if row.group != story.group]
            far = _compared(story, draw.sample(outside, min(_FOREIGN, len(outside))))
            self._neighbours[story.id] = (
                {
                    row.id: pair
                    for row, pair in _compared(story, [row for row in self.rows if row.group == story.group])
                },
                sorted(far, key=lambda item: -item[1].features.words)[:_NEAREST_READ],
            )
        return self._neighbours[story.id]


def training_sets(rows: Sequence[EventRow], others: Sequence[EventRow]) -> list[TrainingSet]:
    """Return the stories, and the short reports of places."""
    reports = place_rows(CHOOSING)
    return [
        TrainingSet(rows, others, make_pairs([*rows, *others])),
        TrainingSet(
            reports, (), make_pairs(reports, same_weight=_SAME_PLACE_WEIGHT, of_stories=False), _SAME_STATE_WEIGHT
        ),
    ]


def folds(sets: Sequence[TrainingSet]) -> list[list[str]]:
    """Split the groups that have look-alikes into five parts, always the same ones."""
    groups = sorted({row.group for each in sets for row in each.rows if row.cluster != row.group})
    random.Random(5).shuffle(groups)
    return [groups[start::FOLDS] for start in range(FOLDS)]


def learn(sets: Sequence[TrainingSet], without: Sequence[str] = ()) -> dict[str, Any]:
    """Fit both models on all groups but those left out.

    The table as events.json holds it, without thresholds.
    """
    pairs = Pairs.join([each.pairs for each in sets]).without(without)
    drawn = []
    for part in folds(sets):
        groups = set(part) - set(without)
        if groups:
            pair_model = fit(pairs.without(part))
            drawn += [_states(each, groups, set(without), pair_model) for each in sets]
    features, labels, counts, of_stories = (np.concatenate(column) for column in zip(*drawn, strict=True))
    short = 1 - _length_shares(features[:, EVENT_FEATURES.index("mean_shorter")])
    pair_model = fit(pairs)
    return {
        "source": "fitted by training/events.py; weights and trees are log odds of the same event",
        "pair_model": {
            name: {
                "bias": round(part.bias, 4),
                "weights": {
                    feature: round(weight, 4)
                    for feature, weight in zip(PairFeatures._fields, part.weights, strict=True)
                },
            }
            for name, part in (("short", pair_model.short), ("long", pair_model.long))
        },
        "event_model": {
            "features": EVENT_FEATURES,
            "short": _fit_trees(features, labels, short * counts),
            "long": _fit_trees(features, labels, of_stories * counts),
        },
    }


def _fit_trees(features: Floats, labels: NDArray[np.bool_], weights: Floats) -> dict[str, Any]:
    """Fit trees over the states that have any weight; the ensemble as events.json holds it."""
    used = weights > 0
    model = HistGradientBoostingClassifier(
        max_depth=4,
        max_iter=120,
        learning_rate=0.08,
        l2_regularization=5,
        min_samples_leaf=80,
        max_features=0.3,
        random_state=0,
    ).fit(_quantised(features[used]), labels[used], sample_weight=weights[used])
    numbers = range(len(EVENT_FEATURES))
    return {
        "start": round(float(np.ravel(model._baseline_prediction)[0]), 5),
        "trees": [
            tree_columns(tree[0].nodes, numbers, threshold_digits=5, value_digits=5) for tree in model._predictors
        ],
    }


def _quantised(features: Floats) -> Floats:
    """Return features with at most `_LEVELS` values each: binning more takes minutes."""
    levels = features.copy()
    for column in levels.T:
        if len(np.unique(column)) > _LEVELS:
            steps = np.unique(np.quantile(column, np.linspace(0, 1, _LEVELS)))
            above = np.clip(np.searchsorted(steps, column), 1, len(steps) - 1)
            nearer = column - steps[above - 1] < steps[above] - column
            column[:] = np.where(nearer, steps[above - 1], steps[above])
    return levels


def _states(
    stories: TrainingSet, groups: Set[str], without: Set[str], pair_model: PairModel
) -> tuple[Floats, NDArray[np.bool_], Floats, NDArray[np.bool_]]:
    """Draw states from each of the groups.

    The trees' features, whether the story belongs, how often it counts, and whether it is no short report of a place.

    Half of the states have one more event, of the nearest foreign stories.
    """
    features: list[list[float]] = []
    labels: list[bool] = []
    for story in stories.rows:
        if story.group not in groups:
            continue
        draw = random.Random(f"state {story.id}")
        within, far = stories.neighbours(story)
        near = [(row.id, pair) for row, pair in far if row.group not in without][:_NEAREST]
        comparisons = {
            name: replace(pair, probability=logistic(pair_model.logit(pair.features)))
            for name, pair in (*within.items(), *near)
        }
        nearest = [name for name, _ in near]
        clusters: dict[str, list[str]] = defaultdict(list)
        for row in stories.rows:
            if row.group == story.group and row is not story:
                clusters[row.cluster].append(row.id)
        same = clusters.pop(story.cluster, [])
        for number in range(_STATES):
            events = _draw_state(draw, same, list(clusters.values()), has_event=number % 2 == 0)
            if number % 4 > 1 and nearest:
                events.append((draw.sample(nearest, min(len(nearest), draw.choice((1, 1, 2)))), False))
            pairs = [[comparisons[name] for name in event if name in comparisons] for event, _ in events]
            scores = [pairwise_score(event) for event in pairs]
            for index, (_, label) in enumerate(events):
                if label is None or not pairs[index]:
                    continue
                next_best = max([score for other, score in enumerate(scores) if other != index], default=0.0)
                features.append(event_features(pairs[index], scores[index], next_best))
                labels.append(label)
    belongs = np.array(labels, dtype=np.bool_)
    counts = np.where(belongs, stories.same_state_weight, 1.0)
    of_stories = np.full(len(labels), bool(stories.pairs.of_stories.all()))
    return np.array(features).reshape(-1, len(EVENT_FEATURES)), belongs, counts, of_stories


def _draw_state(
    draw: random.Random, same: Sequence[str], alike: Sequence[Sequence[str]], *, has_event: bool
) -> list[tuple[list[str], bool | None]]:
    """Draw events of a story's own cluster, if it `has_event`, and of its look-alikes.

    Whether the story belongs to each. None for the smaller half of a cluster drawn in two. A fifth of the events have
    a story of the other cluster, one in eight look-alikes has one of the story's own, as events that grow online do.
    """
    own = _draw_parts(draw, same, draw.choice((1, 1, 1, 1, 2)) if has_event else 0)
    if len(alike) > 1:
        drawn = draw.sample(list(alike), min(len(alike), draw.choice(_PLACE_EVENTS)))
        other = [event for cluster in drawn for event in _draw_parts(draw, cluster, 1)]
    else:
        other = [
            event
            for cluster in alike
            for event in _draw_parts(draw, cluster, draw.choice((0, 1, 1, 2) if has_event else (1, 1, 2)))
        ]
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


def _compared(story: EventRow, others: Sequence[EventRow]) -> list[tuple[EventRow, PairComparison]]:
    """Compare a story with each other one that is comparable."""
    return [
        (other, pair)
        for other in others
        if other is not story and (pair := compare(story.features, other.features)) is not None
    ]


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


def _area(sets: Sequence[TrainingSet], measured: TrainingSet) -> float:
    """Mean area under the curve over the folds, for pairs within the groups of one set."""
    pairs = Pairs.join([each.pairs for each in sets])
    areas = []
    for part in folds(sets):
        model, test = fit(pairs.without(part)), measured.pairs.within(part)
        if len(set(test.same)) == 2:
            logits = [model.logit(PairFeatures(*row)) for row in test.features]
            areas.append(roc_auc_score(test.same, logits))
    return float(np.mean(areas))


def main() -> None:
    """Cross-validate and fit; with `--write`, write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--others", type=Path, action="append", default=[])
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    rows = read_rows(arguments.data)
    others = [row for path in arguments.others for row in read_others(path, _OTHERS, rows)]
    sets = training_sets(rows, others)
    for name, each in zip(("stories", "places"), sets, strict=True):
        print(
            f"{name}, look-alikes held out, {len(each.pairs.same):,} pairs: area under the curve {_area(sets, each):.4f}"
        )
    table = learn(sets)
    if arguments.write:
        TABLE.write_text(_dump(table), "utf-8")
        print(f"written to {TABLE}")


if __name__ == "__main__":
    main()
