"""Fit the model of pairs in different languages: summarizers/data/interlingual.json.

Logistic regression on standardised features over pairs of stories in different languages: the reports of
training/interlingual_reports that may be chosen on, short reports of places (training/places.py) as further events, and
with `--data` documents in several languages, JSONL of `{"id", "<language>": [segments]}`, whose versions count as
reports of one event. Of these only those whose id hashes to an even number are read; the others are for measuring. No
text goes into the file, only weights of how alike two stories are. `--others` are stories of other news, JSONL with "id" and
"text", each an event of its own: without them, names and figures that coincide in any two long reports would count for more.

The model of pairs without a meaning is fitted on all pairs, as if no encoder were there.

    python -m training.interlingual_pairs --data documents.jsonl --others other.jsonl [--write]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.preprocessing import StandardScaler

from summarizers.events.features import StoryFeatures, text_features
from summarizers.events.interlingual_model import InterlingualPair, compare_interlingual
from training.interlingual_reports import interlingual_reports
from training.places import CHOOSING, place_reports

TABLE = Path(__file__).parents[1] / "summarizers" / "data" / "interlingual.json"

_INVERSE_PENALTY = 0.05
"""Inverse of the penalty on the weights: of 0.005 to 1 the one with the best average precision in cross-validation."""

_GROUP_WEIGHT = 3.0
"""How often a pair within a group of look-alikes counts."""

_OTHERS = 200
"""Stories read of other news: as many as there are documents' versions and written reports together."""

_FOLDS = 5
"""Parts of the events in cross-validation."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class EventStory:
    """A story with its event and the group of events that look alike."""

    id: str
    event: str
    group: str
    features: StoryFeatures


def report_stories(half: str) -> list[EventStory]:
    """Return the stories of training/interlingual_reports."""
    return [
        EventStory(f"{each.event}/{each.language}", each.event, each.group, text_features(each.text, each.language))
        for each in interlingual_reports(half)
    ]


def document_stories(path: Path, *, even: bool) -> list[EventStory]:
    """Return the versions of documents whose id hashes to an even number, or of the others."""
    stories = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if (blake2b(row["id"].encode()).digest()[0] % 2 == 0) == even:
            for language, segments in row.items():
                if language != "id":
                    features = text_features("\n".join(segments))
                    stories.append(EventStory(f"{row['id']}/{language}", row["id"], row["id"], features))
    return stories


def other_stories(path: Path) -> list[EventStory]:
    """Return stories of other news from the second half of a file.

    The first half is left for measuring.
    """
    lines = path.read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines[len(lines) // 2 :][:_OTHERS]]
    return [EventStory(row["id"], row["id"], row["id"], text_features(row["text"])) for row in rows]


def place_stories() -> list[EventStory]:
    """Return short reports of places, each place an event: in other languages none is told."""
    return [
        EventStory(f"{each.place}/{index}", each.place, each.place, text_features(each.text, each.language))
        for index, each in enumerate(place_reports(CHOOSING))
    ]


@dataclass(frozen=True)
class InterlingualPairs:
    """Compared pairs with their labels and weights, and the event of each first story."""

    features: Floats
    has_meaning: NDArray[np.bool_]
    same: NDArray[np.bool_]
    weights: Floats
    events: list[str]


def pairs(stories: Sequence[EventStory]) -> InterlingualPairs:
    """Compare all pairs in different languages."""

    def rows() -> Iterator[tuple[InterlingualPair, bool, bool, float, str]]:
        for one, other in combinations(stories, 2):
            compared = compare_interlingual(one.features, other.features)
            if compared is not None:
                weight = _GROUP_WEIGHT if one.group == other.group else 1.0
                yield *compared, one.event == other.event, weight, one.event

    features, meaning, same, weights, events = zip(*rows(), strict=True)
    return InterlingualPairs(np.array(features), np.array(meaning), np.array(same), np.array(weights), list(events))


def fit(features: Floats, same: NDArray[np.bool_], weights: Floats) -> tuple[float, Floats]:
    """Return bias and weights on the features as they are."""
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=_INVERSE_PENALTY, max_iter=2000)
    model.fit(scaler.transform(features), same, sample_weight=weights)
    scaled = model.coef_[0] / scaler.scale_
    return float(model.intercept_[0] - scaled @ scaler.mean_), scaled


def _without_meaning(features: Floats) -> Floats:
    blind = features.copy()
    blind[:, InterlingualPair._fields.index("meaning")] = 0.0
    return blind


def learn(read: InterlingualPairs) -> dict[str, Any]:
    """Fit both models."""
    known = read.has_meaning
    models = {
        "meaning": fit(read.features[known], read.same[known], read.weights[known]),
        "words": fit(_without_meaning(read.features), read.same, read.weights),
    }
    return {
        name: {
            "bias": round(bias, 4),
            "weights": {
                field: round(float(weight), 4) for field, weight in zip(InterlingualPair._fields, weights, strict=True)
            },
        }
        for name, (bias, weights) in models.items()
    }


def cross_validate(read: InterlingualPairs) -> None:
    """Print the average precision of pairs whose events were left out of the fit."""
    parts = np.array([blake2b(event.encode()).digest()[1] % _FOLDS for event in read.events])
    for name, rows, features in (
        ("meaning", read.has_meaning, read.features),
        ("words", np.ones_like(read.same), _without_meaning(read.features)),
    ):
        logits = np.zeros(len(read.same))
        for part in range(_FOLDS):
            chosen, left = rows & (parts != part), rows & (parts == part)
            bias, weights = fit(features[chosen], read.same[chosen], read.weights[chosen])
            logits[left] = features[left] @ weights + bias
        print(name, f"average precision {average_precision_score(read.same[rows], logits[rows]):.3f}")


def main() -> None:
    """Fit the model, print how it does, and write it if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="documents in several languages, JSONL")
    parser.add_argument("--others", type=Path, help="stories of other news, JSONL")
    parser.add_argument("--write", action="store_true", help="write summarizers/data/interlingual.json")
    arguments = parser.parse_args()
    stories = report_stories("choosing") + place_stories()
    if arguments.data is not None:
        stories += document_stories(arguments.data, even=True)
    if arguments.others is not None:
        stories += other_stories(arguments.others)
    read = pairs(stories)
    print(f"{len(stories)} stories, {len(read.same)} pairs, {int(read.same.sum())} of one event")
    cross_validate(read)
    table = json.loads(TABLE.read_text("utf-8")) if TABLE.exists() else {}
    table["model"] = learn(read)
    print(json.dumps(table["model"], indent=1))
    if arguments.write:
        TABLE.write_text(json.dumps(table, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
