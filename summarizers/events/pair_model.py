"""Probability that two stories report one event, from similarities and contradictions.

A logistic model over similarities and contradictions, since two earthquakes or two trials share most words and differ in
names, figures and days. Short texts share less: a model for short stories and one for long ones are mixed by the number
of terms of the shorter one. The comparison is that of Miranda et al., Multilingual Clustering of Streaming News (EMNLP 2018),
without its timestamps and with contradictions besides: similarities by kind of term and field, weighted by a trained
model. Sums over sets are exact (fsum), since their order differs between processes. Weights: data/events.json, made
by training/events.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from math import fsum, log, log1p, sqrt
from typing import Any, NamedTuple

from summarizers.events.features import DerivedFeatures, StoryFeatures, squared_weight
from summarizers.events.figures import UNSPACED_LANGUAGES, figure_weight, total_weight
from summarizers.events.templates import compared_roles, same_template, shared_wording
from summarizers.models import LinearModel, logistic, read_thresholds
from summarizers.text.tables import load_table

__all__ = [
    "Coverage",
    "PairComparison",
    "PairFeatures",
    "PairModel",
    "compare",
    "length_share",
    "pair_probability",
    "read_model",
    "shipped_model",
]

_NEUTRAL = 0.5
"""A share that can't be computed, as a story has no names or figures: halfway between all and none."""

_MAX_SHARED_FIGURES, _MAX_SAME_COUNTS, _MAX_DIFFERENT_COUNTS = 6.0, 6.0, 4.0
"""Caps, by judgement, in figure weights and in counted words: tables share or contradict dozens."""


_SHORT_TERMS, _LONG_TERMS = 25, 60
"""Terms of the shorter of two stories up to which only the model for short ones counts, and from which on only the one
for long ones: some 60 words, and some 120."""

_LEAST_EVIDENCE = 0.5
"""Lower bound of the evidence in a story when shares of it are computed: a headline may consist of a place and a day."""

_WHOLLY_RARE = 0.95
"""Rarity from which on a shared root is counted as rare."""


class Coverage(NamedTuple):
    """Shares of a story that are in another one, each in 0..1."""

    focus: float
    main_name: float
    """Whether the name that the story is about most is in the other."""
    main_name_in_lead: float
    lead_names: float
    lead_names_in_lead: float
    lead: float
    figures: float
    """Figures of the lead that are anywhere in the other."""
    unmatched_names: float
    """Names that are not in the other."""
    terms: float


class PairFeatures(NamedTuple):
    """Features of the pair model, equal in either order of the stories."""

    words: float
    lead: float
    names: float
    least_focus: float
    least_unmatched_names: float
    most_unmatched_names: float
    least_coverage: float
    most_coverage: float
    other_weekday: float
    same_date: float
    other_year: float
    same_year: float
    least_figures: float
    most_figures: float
    shared_figures: float
    share_of_figures: float
    same_counts: float
    """Weight of figures that stand beside the same word in both."""
    different_counts: float
    """Words that stand beside different figures."""
    shorter: float
    longer: float
    """Numbers of terms, as logarithms."""
    shared_evidence: float
    """What both say beside places, days and months: the rarity of their shared roots, as a logarithm."""
    least_evidence: float
    most_evidence: float
    share_of_least_evidence: float
    share_of_most_evidence: float
    shared_rare_roots: float
    shared_other_names: float
    """Names in both that are none of places, as a logarithm."""
    share_of_other_names: float
    other_names_differ: float
    """Whether both have names that are none of places, and share none."""
    least_headline: float
    most_headline: float
    """How much of a headline is in the other story."""
    shared_headline: float
    same_place: float
    unspaced: float
    """Whether the terms are pairs of characters."""
    same_roles: float
    """Words that stand beside the same name in both, as a logarithm."""
    different_roles: float
    """Words that stand beside names of which neither is in the other, as a logarithm."""
    places_differ: float
    """Whether both name places, and neither those of the other."""
    share_of_different_counts: float
    share_of_wording: float
    """The larger share of a story's words in the other, without names and figures."""
    least_unmatched_rare_names: float
    """Rare names that are not in the other, of the story with the smaller share."""
    template: float
    """The last two at once."""
    evidence_beside_name: float
    """What both say beside places and the one name that says most, as a logarithm.

    A town may not be recognised as a place.
    """
    share_of_least_beside_name: float


@dataclass(frozen=True, slots=True)
class PairComparison:
    """Result of comparing a story with another one."""

    probability: float
    """That both report the same event, in 0..1."""
    same_template: bool
    """Whether they share their words but not their rare names; see `templates`."""
    features: PairFeatures
    a_in_b: Coverage
    b_in_a: Coverage


@dataclass(frozen=True, slots=True)
class _Thresholds:
    """Thresholds of data/events.json, which explains each."""

    least_similarity: float
    copied_round_up: float
    least_meaning: float


@cache
def _thresholds() -> _Thresholds:
    return _Thresholds(**read_thresholds(load_table("events.json")["thresholds"]["pair_model"]))


@dataclass(frozen=True, slots=True)
class PairModel:
    """A model over `PairFeatures` for short stories and one for long ones, mixed by length."""

    short: LinearModel
    long: LinearModel

    def logit(self, features: PairFeatures) -> float:
        """Return the log odds that two stories with these features report one event."""
        length = length_share(features.shorter)
        return (1 - length) * self.short.logit(features) + length * self.long.logit(features)


def length_share(shorter: float) -> float:
    """Return the share of the model for long stories, in 0..1, by the shorter one's log terms."""
    return min(1.0, max(0.0, (shorter - log(_SHORT_TERMS)) / log(_LONG_TERMS / _SHORT_TERMS)))


@cache
def shipped_model() -> PairModel:
    """Return the shipped model over `PairFeatures`."""
    return read_model(load_table("events.json"))


def read_model(table: Mapping[str, Any]) -> PairModel:
    """Read the model over `PairFeatures` of a table as training/events.py writes it."""
    short, long = (
        LinearModel.from_table(entry["bias"], entry["weights"], PairFeatures._fields)
        for entry in (table["pair_model"]["short"], table["pair_model"]["long"])
    )
    return PairModel(short, long)


def pair_probability(one: StoryFeatures, other: StoryFeatures) -> float:
    """Return how likely two stories report the same event, in 0..1, in either order.

    Stories in different languages never do, nor do reports that share only a template.
    """
    comparison = compare(one, other)
    return 0.0 if comparison is None or comparison.same_template else comparison.probability


def compare(one: StoryFeatures, other: StoryFeatures, least_similarity: float | None = None) -> PairComparison | None:
    """Compare two stories.

    None if their languages differ or their words are less similar than `least_similarity`, or if one of them is a
    round-up and the other no copy of it. The least similarity is
    that of the pairs that the model was fitted on, unless it is given. Stories read in pairs of characters must mean
    about the same besides, where that is known.
    """
    if one.language != other.language:
        return None
    a, b = one.terms, other.terms
    shared = a.keys() & b.keys()
    words = fsum([a[term] * b[term] for term in shared])
    if (one.round_up or other.round_up) and words < _thresholds().copied_round_up:
        return None
    if one.language in UNSPACED_LANGUAGES and _means_something_else(one, other):
        return None
    if words < (_thresholds().least_similarity if least_similarity is None else least_similarity):
        return None
    a_in_b, b_in_a = _coverage(one, other, shared), _coverage(other, one, shared)
    features = _pair_features(one, other, words, shared, a_in_b, b_in_a)
    probability = logistic(shipped_model().logit(features))
    return PairComparison(probability, same_template(one, other, shared), features, a_in_b, b_in_a)


def _means_something_else(one: StoryFeatures, other: StoryFeatures) -> bool:
    """Return whether two stories are known to mean something else, by their embeddings."""
    if one.interlingual is None or other.interlingual is None:
        return False
    meaning = one.interlingual.meaning_cosine(other.interlingual)
    return meaning is not None and meaning < _thresholds().least_meaning


def _coverage(one: StoryFeatures, other: StoryFeatures, shared: set[str]) -> Coverage:
    """Compute how much of the first story is in the second; `shared` are the terms of both."""
    terms, lead, figures = other.terms, other.lead, other.figures
    main_name = next(iter(one.focus), None)
    names = one.lead.keys() & one.names
    names_weight = squared_weight(one.lead, names)
    return Coverage(
        focus=sum([share for term, share in one.focus.items() if term in terms]) if main_name is not None else _NEUTRAL,
        main_name=float(main_name in terms) if main_name is not None else _NEUTRAL,
        main_name_in_lead=float(main_name in lead) if main_name is not None else _NEUTRAL,
        lead_names=squared_weight(one.lead, [name for name in names if name in terms]) / names_weight
        if names_weight
        else _NEUTRAL,
        lead_names_in_lead=squared_weight(one.lead, [name for name in names if name in lead]) / names_weight
        if names_weight
        else _NEUTRAL,
        lead=squared_weight(one.lead, [term for term in one.lead if term in terms]),
        figures=total_weight(one.lead_figures & figures) / total_weight(one.lead_figures)
        if one.lead_figures and figures
        else _NEUTRAL,
        unmatched_names=squared_weight(one.terms, one.names - shared) / one.derived.names_weight
        if one.names
        else _NEUTRAL,
        terms=squared_weight(one.terms, shared),
    )


def _pair_features(
    one: StoryFeatures,
    other: StoryFeatures,
    words: float,
    shared_terms: set[str],
    a_in_b: Coverage,
    b_in_a: Coverage,
) -> PairFeatures:
    weekdays_given = one.weekdays and other.weekdays
    years_given = one.latest_year and other.latest_year
    shared_figures = total_weight(one.lead_figures & other.lead_figures)
    fewer_figures = min(total_weight(one.lead_figures), total_weight(other.lead_figures))
    same_counts: list[float] = []
    different_counts = 0.0
    a, b = one.derived, other.derived
    for neighbour in a.counted.keys() & b.counted.keys():
        figures = a.counted[neighbour] & b.counted[neighbour]
        if figures:
            same_counts.append(max(map(figure_weight, figures)))
        else:
            different_counts += 1
    same_roles, different_roles = compared_roles(one, other)
    wording = max(shared_wording(one, shared_terms), shared_wording(other, shared_terms))
    unmatched = (
        min(
            squared_weight(story.terms, story.derived.rare_names - shared_terms) / story.derived.rare_names_weight
            for story in (one, other)
        )
        if a.rare_names and b.rare_names
        else _NEUTRAL
    )
    # what both say beside the place, and how much each says
    places = a.places | b.places
    both = a.evidence.keys() & b.evidence.keys()
    shared = both - places
    rarities = [min(a.evidence[root], b.evidence[root]) for root in shared]
    weight = fsum(rarities)
    least, most = sorted(
        story.evidence_weight - fsum([story.evidence[root] for root in places & story.evidence.keys()])
        for story in (a, b)
    )
    own_names, other_names = a.names - places, b.names - places
    named, shared_names = bool(own_names and other_names), len(own_names & other_names)
    beside_name = max(0.0, weight - _main_shared_name(a, b, shared))
    headlines = [_headline_share(story, places, shared) for story in (a, b)]
    return PairFeatures(
        words=words,
        lead=_dot(one.lead, other.lead),
        names=_name_similarity(one, other),
        least_focus=min(a_in_b.focus, b_in_a.focus) if one.focus and other.focus else _NEUTRAL,
        least_unmatched_names=min(a_in_b.unmatched_names, b_in_a.unmatched_names),
        most_unmatched_names=max(a_in_b.unmatched_names, b_in_a.unmatched_names),
        least_coverage=min(a_in_b.terms, b_in_a.terms),
        most_coverage=max(a_in_b.terms, b_in_a.terms),
        other_weekday=float(bool(weekdays_given) and one.weekdays.isdisjoint(other.weekdays)),
        same_date=float(not one.dates.isdisjoint(other.dates)),
        other_year=float(bool(years_given) and one.latest_year != other.latest_year),
        same_year=float(bool(years_given) and one.latest_year == other.latest_year),
        least_figures=min(a_in_b.figures, b_in_a.figures),
        most_figures=max(a_in_b.figures, b_in_a.figures),
        shared_figures=min(shared_figures, _MAX_SHARED_FIGURES),
        share_of_figures=shared_figures / fewer_figures if fewer_figures else _NEUTRAL,
        same_counts=min(fsum(same_counts), _MAX_SAME_COUNTS),
        different_counts=min(different_counts, _MAX_DIFFERENT_COUNTS),
        shorter=log(max(1, min(one.term_count, other.term_count))),
        longer=log(max(1, one.term_count, other.term_count)),
        shared_evidence=log1p(weight),
        least_evidence=log1p(least),
        most_evidence=log1p(most),
        share_of_least_evidence=weight / max(least, _LEAST_EVIDENCE),
        share_of_most_evidence=weight / max(most, _LEAST_EVIDENCE),
        shared_rare_roots=log1p(sum(rarity >= _WHOLLY_RARE for rarity in rarities)),
        shared_other_names=log1p(shared_names),
        share_of_other_names=shared_names / min(len(own_names), len(other_names)) if named else _NEUTRAL,
        other_names_differ=float(named and not shared_names),
        least_headline=min(headlines),
        most_headline=max(headlines),
        shared_headline=log1p(
            fsum([min(a.evidence[root], b.evidence[root]) for root in a.headline & b.headline & shared])
        ),
        same_place=float(len(shared) < len(both)),
        unspaced=float(one.language in UNSPACED_LANGUAGES),
        same_roles=log1p(same_roles),
        different_roles=log1p(different_roles),
        places_differ=float(
            bool(one.places)
            and bool(other.places)
            and one.places.isdisjoint(other.terms)
            and other.places.isdisjoint(one.terms)
        ),
        share_of_different_counts=different_counts / (different_counts + len(same_counts))
        if different_counts or same_counts
        else _NEUTRAL,
        share_of_wording=wording,
        least_unmatched_rare_names=unmatched,
        template=wording * unmatched,
        evidence_beside_name=log1p(beside_name),
        share_of_least_beside_name=beside_name / max(least, _LEAST_EVIDENCE),
    )


def _main_shared_name(a: DerivedFeatures, b: DerivedFeatures, shared: Set[str]) -> float:
    """Return the most evidence in a name of both, of one word or of adjacent ones, or 0."""
    names = a.names & b.names & shared
    best = 0.0
    for name in names:
        parts = {name} | (a.adjacent_names.get(name, set()) & names)
        best = max(best, fsum([min(a.evidence[part], b.evidence[part]) for part in parts]))
    return best


def _headline_share(story: DerivedFeatures, places: Set[str], shared: Set[str]) -> float:
    """Return how much of a headline is shared beside places; neutral for one of places alone."""
    headline = story.headline - places
    if not headline:
        return _NEUTRAL
    total = fsum([story.evidence[root] for root in headline])
    return fsum([story.evidence[root] for root in headline & shared]) / max(total, _LEAST_EVIDENCE)


def _dot(one: dict[str, float], other: dict[str, float]) -> float:
    return fsum([one[term] * other[term] for term in one.keys() & other.keys()])


def _name_similarity(one: StoryFeatures, other: StoryFeatures) -> float:
    """Cosine of the names alone."""
    if not one.names or not other.names:
        return 0.0
    a, b = one.terms, other.terms
    product = fsum([a[name] * b[name] for name in one.names & other.names])
    if not product:
        return 0.0
    return product / sqrt(one.derived.names_weight * other.derived.names_weight)
