"""Probability that a story belongs to an event, given comparisons with its stories.

Small boosted trees over the best and the mean comparison and over the margin to the next event, some for short stories
and some for long ones, mixed by length as in the pair model. Trees: data/events.json, made by training/events.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from typing import Any

from summarizers.events.pair_model import Coverage, PairComparison, PairFeatures, length_share
from summarizers.models import TreeEnsemble, logistic, read_thresholds
from summarizers.text.tables import load_table

__all__ = [
    "EVENT_FEATURES",
    "EventModel",
    "event_features",
    "event_probabilities",
    "pairwise_score",
    "read_model",
    "shipped_model",
]

_LEAST_PROBABILITY = 1e-4
"""Keeps log odds finite."""

_AGREEMENTS = PairFeatures._fields[: PairFeatures._fields.index("shorter")]
"""Similarities and contradictions, of which the trees read the most and the mean."""

_MEANS = ("shorter", "share_of_least_evidence", "shared_evidence", "other_names_differ", "least_headline", "same_place")
"""Features of which the trees read the mean alone: with the most of each and with the others they fit the topics that they
are trained on, and lose 0.005 on others."""

EVENT_FEATURES = (
    "pairwise_score", "best_log_odds", "mean_log_odds", "second_log_odds", "worst_log_odds", "log_stories",
    *(f"mean_{name}_a_in_b" for name in Coverage._fields),
    *(f"mean_{name}_b_in_a" for name in Coverage._fields),
    *(f"most_{name}" for name in _AGREEMENTS),
    *(f"mean_{name}" for name in (*_AGREEMENTS, *_MEANS)),
    "next_best_score", "margin",
)  # fmt: skip
"""Names of the trees' features, in order; a is the story, b a story of the event."""

_MEAN_SHORTER = EVENT_FEATURES.index("mean_shorter")
_MEAN_POSITIONS = tuple(PairFeatures._fields.index(name) for name in _MEANS)


@dataclass(frozen=True, slots=True)
class _Thresholds:
    """Thresholds of data/events.json, which explains each."""

    least_pairwise_score: float
    best_share: float
    unlike: float
    unlike_share: float


@cache
def _thresholds() -> _Thresholds:
    return _Thresholds(**read_thresholds(load_table("events.json")["thresholds"]["event_model"]))


@dataclass(frozen=True, slots=True)
class EventModel:
    """Trees over EVENT_FEATURES for short stories and for long ones, mixed by length."""

    short: TreeEnsemble
    long: TreeEnsemble

    def logit(self, row: Sequence[float]) -> float:
        """Return the log odds that a story belongs to an event, given EVENT_FEATURES."""
        length = length_share(row[_MEAN_SHORTER])
        if length in (0, 1):
            return (self.long if length else self.short).logit(row)
        return length * self.long.logit(row) + (1 - length) * self.short.logit(row)


@cache
def shipped_model() -> EventModel:
    """Return the shipped trees over EVENT_FEATURES."""
    return read_model(load_table("events.json"))


def read_model(table: Mapping[str, Any]) -> EventModel:
    """Read the trees over EVENT_FEATURES of a table as training/events.py writes it."""
    features, *entries = (table["event_model"][name] for name in ("features", "short", "long"))
    return EventModel(
        *(TreeEnsemble.from_table(entry["start"], entry["trees"], features, EVENT_FEATURES) for entry in entries)
    )


def event_probabilities(events: Sequence[Sequence[PairComparison | None]]) -> list[float]:
    """Return the probability that a story belongs to each event, given its comparisons.

    An event without a comparable story gets 0, and so does one half of whose stories share only a template with the
    story or are unlike it: events don't chain, as A like B and B like C would join A and C. Below a least pairwise score the trees are not consulted: among the rows that they were fitted on, half of
    the stories have an event, while among live candidates, which need only share a few hashes, next to none do.
    """
    compared = [[pair for pair in event if pair is not None] for event in events]
    scores = [pairwise_score(event) for event in compared]
    limits, model = _thresholds(), shipped_model()
    probabilities = []
    for index, event in enumerate(compared):
        unlike = sum(pair.same_template or pair.probability < limits.unlike for pair in event)
        if scores[index] < limits.least_pairwise_score or unlike >= limits.unlike_share * len(event):
            probabilities.append(0.0)
            continue
        next_best = max([score for other, score in enumerate(scores) if other != index], default=0.0)
        row = event_features(event, scores[index], next_best)
        probabilities.append(logistic(model.logit(row)))
    return probabilities


def pairwise_score(event: Sequence[PairComparison]) -> float:
    """Mix the best and the mean probability of some comparisons; 0 without any."""
    if not event:
        return 0.0
    probabilities = [pair.probability for pair in event]
    best_share = _thresholds().best_share
    return best_share * max(probabilities) + (1 - best_share) * sum(probabilities) / len(probabilities)


def event_features(event: Sequence[PairComparison], score: float, next_best: float) -> list[float]:
    """Compute EVENT_FEATURES of a story and an event.

    `score` is the pairwise score with the event, `next_best` the best one with any other event, 0 without one.
    """
    count = len(event)
    odds = sorted((_log_odds(pair.probability) for pair in event), reverse=True)
    rows = [pair.features for pair in event]
    agreements = list(zip(*[row[: len(_AGREEMENTS)] for row in rows], strict=True))
    return [
        score,
        odds[0],
        sum(odds) / count,
        odds[min(1, count - 1)],
        odds[-1],
        log(count),
        *[sum(column) / count for column in zip(*[pair.a_in_b for pair in event], strict=True)],
        *[sum(column) / count for column in zip(*[pair.b_in_a for pair in event], strict=True)],
        *[max(column) for column in agreements],
        *[sum(column) / count for column in agreements],
        *[sum([row[position] for row in rows]) / count for position in _MEAN_POSITIONS],
        next_best,
        score - next_best,
    ]


def _log_odds(probability: float) -> float:
    probability = min(1 - _LEAST_PROBABILITY, max(_LEAST_PROBABILITY, probability))
    return log(probability / (1 - probability))
