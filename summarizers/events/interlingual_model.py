"""Probability that two stories in different languages report one event.

A logistic model over `InterlingualPair`, one for pairs whose meaning is known and one for the others, which are judged by
names, quantities, countries and words of one origin. Weights: data/interlingual.json, made by training/interlingual_pairs.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import fsum, log1p
from typing import Any, NamedTuple

from summarizers.events.features import StoryFeatures
from summarizers.events.interlingual import UNCASED_LANGUAGES, Name
from summarizers.events.quantities import quantities_weight
from summarizers.models import LinearModel, logistic, read_thresholds
from summarizers.text.tables import load_table

__all__ = [
    "InterlingualModel",
    "InterlingualPair",
    "compare_interlingual",
    "interlingual_probability",
    "interlingual_score",
    "interlingual_thresholds",
    "read_model",
]

_NEUTRAL = 0.5
"""A share that can't be computed, as a story has no names or quantities: halfway between all and none."""

_SAME_PREFIX_LETTERS, _ENDING_LETTERS = 4, 3
"""Letters at which a name agrees with an inflected form of it, and letters that an ending may have."""

_INFLECTED, _WITH_ENDING = 0.9, 0.85
"""Similarity of an inflected form, and of consonants that go on in one of two names."""

_LEAST_CONSONANTS, _FULL_CONSONANTS = 3, 5
"""Consonants that two names need to be compared, and from which on their agreement is no chance."""

_ENDING_CONSONANTS = 2
"""Consonants that the ending of a longer name may have."""

_LEAST_SAME_LETTERS = 0.5
"""Share of equal letters among consonants of equal classes, below which two names differ."""

_MAX_QUANTITIES = 6.0
"""Cap of the weight of shared quantities: tables share dozens."""

_LEAST_MEANING = 0.2
"""Cosine of embeddings below which stories aren't compared: none of the fitted pairs of one event is so far apart."""

_CERTAIN_COUNTRY = 0.25
"""Salience from which on a story is about a country."""


class InterlingualPair(NamedTuple):
    """Features of a pair, equal in either order of the stories."""

    meaning: float
    """Cosine of the embeddings; 0 where one is missing."""
    least_names: float
    most_names: float
    """Shares of the names of either story that are in the other."""
    shared_names: float
    names_differ: float
    """Whether both have names and share none."""
    shared_quantities: float
    share_of_quantities: float
    quantities_differ: float
    countries: float
    countries_differ: float
    topics: float
    topics_differ: float
    same_date: float
    other_date: float
    same_weekday: float
    other_weekday: float
    cognates: float
    share_of_cognates: float
    uncased: float
    """Whether the names of one story are only words that may be names."""


@dataclass(frozen=True, slots=True)
class InterlingualModel:
    """A model of pairs whose meaning is known, and one of the others."""

    meaning: LinearModel
    words: LinearModel

    def logit(self, pair: InterlingualPair, *, has_meaning: bool) -> float:
        """Return the log odds that two stories report one event."""
        return (self.meaning if has_meaning else self.words).logit(pair)


def read_model(table: Mapping[str, Any]) -> InterlingualModel:
    """Read the model of a table as training/interlingual_pairs.py writes it."""
    return InterlingualModel(
        *(
            LinearModel.from_table(entry["bias"], entry["weights"], InterlingualPair._fields)
            for entry in (table["model"]["meaning"], table["model"]["words"])
        )
    )


@cache
def shipped_model() -> InterlingualModel:
    """Return the shipped model."""
    return read_model(load_table("interlingual.json"))


@dataclass(frozen=True, slots=True)
class InterlingualThresholds:
    """Thresholds of data/interlingual.json, which explains each."""

    join: float
    merge: float
    best_share: float
    least_without_meaning: float


@cache
def interlingual_thresholds() -> InterlingualThresholds:
    """Return the shipped thresholds."""
    return InterlingualThresholds(**read_thresholds(load_table("interlingual.json")["thresholds"]))


def interlingual_score(probabilities: Sequence[float]) -> float:
    """Mix the best and the mean probability of a story's comparisons with those of an event."""
    best_share = interlingual_thresholds().best_share
    return best_share * max(probabilities) + (1 - best_share) * sum(probabilities) / len(probabilities)


def interlingual_probability(one: StoryFeatures, other: StoryFeatures) -> float:
    """Return how likely two stories in different languages report one event, in 0..1.

    It is 0 for stories in one language, for those that can't be compared, and where only names and figures speak for it
    and do so weakly: two long reports have some in common by chance.
    """
    compared = compare_interlingual(one, other)
    if compared is None:
        return 0.0
    pair, has_meaning = compared
    probability = logistic(shipped_model().logit(pair, has_meaning=has_meaning))
    return probability if has_meaning or probability >= interlingual_thresholds().least_without_meaning else 0.0


def compare_interlingual(one: StoryFeatures, other: StoryFeatures) -> tuple[InterlingualPair, bool] | None:
    """Compare two stories in different languages.

    Return the features, and whether the meaning of both is known; None for stories that can't be compared.
    """
    a, b = one.interlingual, other.interlingual
    if one.language == other.language or a is None or b is None or one.round_up or other.round_up:
        return None
    meaning = a.meaning_cosine(b)
    if meaning is not None and meaning < _LEAST_MEANING:
        return None
    names_a, names_b = a.compared_names(one.language), b.compared_names(other.language)
    a_in_b, b_in_a, shared_names = _names_in_common(names_a, names_b)
    shared_quantities = quantities_weight(a.quantities & b.quantities)
    fewer = min(quantities_weight(a.quantities), quantities_weight(b.quantities))
    cognates = [min(a.cognates[root], b.cognates[root]) for root in a.cognates.keys() & b.cognates.keys()]
    fewer_cognates = min(fsum(a.cognates.values()), fsum(b.cognates.values()))
    return (
        InterlingualPair(
            meaning=meaning or 0.0,
            least_names=min(a_in_b, b_in_a),
            most_names=max(a_in_b, b_in_a),
            shared_names=log1p(shared_names),
            names_differ=float(bool(names_a and names_b) and not shared_names),
            shared_quantities=min(shared_quantities, _MAX_QUANTITIES),
            share_of_quantities=shared_quantities / fewer if fewer else _NEUTRAL,
            quantities_differ=float(fewer > 0 and not shared_quantities),
            countries=fsum(
                min(a.countries[code], b.countries[code]) for code in a.countries.keys() & b.countries.keys()
            ),
            countries_differ=_differ(a.countries, b.countries, _CERTAIN_COUNTRY),
            topics=fsum(a.topics[slug] * b.topics[slug] for slug in a.topics.keys() & b.topics.keys()),
            topics_differ=_differ(a.topics, b.topics, _NEUTRAL),
            same_date=float(not one.dates.isdisjoint(other.dates)),
            other_date=float(bool(one.dates and other.dates) and one.dates.isdisjoint(other.dates)),
            same_weekday=float(not one.weekdays.isdisjoint(other.weekdays)),
            other_weekday=float(bool(one.weekdays and other.weekdays) and one.weekdays.isdisjoint(other.weekdays)),
            cognates=log1p(fsum(cognates)),
            share_of_cognates=fsum(cognates) / fewer_cognates if fewer_cognates else 0.0,
            uncased=float(_is_uncased(one) or _is_uncased(other)),
        ),
        meaning is not None,
    )


def _is_uncased(story: StoryFeatures) -> bool:
    return story.language in UNCASED_LANGUAGES


def _differ(one: Mapping[str, float], other: Mapping[str, float], least: float) -> float:
    """Return whether both have entries of a least weight, and share none of any."""
    certain = max(one.values(), default=0.0) >= least and max(other.values(), default=0.0) >= least
    return float(certain and one.keys().isdisjoint(other))


def _names_in_common(a: Sequence[Name], b: Sequence[Name]) -> tuple[float, float, float]:
    """Return the shares of either story's names in the other, and how many names they share."""
    if not a or not b:
        return _NEUTRAL, _NEUTRAL, 0.0
    by_beginning: dict[str, list[int]] = {}
    for position, name in enumerate(b):
        for beginning in _beginnings(name):
            by_beginning.setdefault(beginning, []).append(position)
    best_a, best_b = [0.0] * len(a), [0.0] * len(b)
    for position, name in enumerate(a):
        near = {found for beginning in _beginnings(name) for found in by_beginning.get(beginning, ())}
        for found in near:
            similarity = name_similarity(name, b[found])
            best_a[position] = max(best_a[position], similarity)
            best_b[found] = max(best_b[found], similarity)
    return (
        fsum(name.weight * best for name, best in zip(a, best_a, strict=True)),
        fsum(name.weight * best for name, best in zip(b, best_b, strict=True)),
        min(fsum(best_a), fsum(best_b)),
    )


def _beginnings(name: Name) -> tuple[str, ...]:
    """Return the beginnings of which similar names share at least one."""
    return name.romanized, name.romanized[:_SAME_PREFIX_LETTERS], name.consonants.classes[:_LEAST_CONSONANTS]


def name_similarity(one: Name, other: Name) -> float:
    """Return how alike two names are, in 0..1."""
    a, b = one.romanized, other.romanized
    if a == b:
        return 1.0
    shorter, longer = sorted((a, b), key=len)
    # the last letter of the shorter one may be an ending, too
    beginning = shorter[: max(_SAME_PREFIX_LETTERS, len(shorter) - 1)]
    is_short = len(shorter) < _SAME_PREFIX_LETTERS
    if not is_short and len(longer) - len(shorter) <= _ENDING_LETTERS and longer.startswith(beginning):
        return _INFLECTED
    (classes, letters), (other_classes, other_letters) = one.consonants, other.consonants
    count = min(len(classes), len(other_classes))
    if count < _LEAST_CONSONANTS or classes[:count] != other_classes[:count]:
        return 0.0
    extra = max(len(classes), len(other_classes)) - count
    if extra > (_ENDING_CONSONANTS if count > _LEAST_CONSONANTS else 1):
        return 0.0
    same = sum(x == y for x, y in zip(letters[:count], other_letters[:count], strict=True)) / count
    if same < _LEAST_SAME_LETTERS:
        return 0.0
    certainty = min(1.0, count / _FULL_CONSONANTS)
    return certainty * (1 + same) / 2 * (_WITH_ENDING if extra else 1.0)
