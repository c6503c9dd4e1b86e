"""Probability that two stories report one event, from similarities and contradictions.

A logistic model over eighteen features, since two earthquakes or two trials share most words and differ in names,
figures and days. The comparison is that of Miranda et al., Multilingual Clustering of Streaming News (EMNLP 2018),
without its timestamps and with contradictions besides: similarities by kind of term and field, weighted by a trained
model. Sums over sets are exact (fsum), since their order differs between processes. Weights: data/events.json, made
by training/events.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import fsum, sqrt
from typing import Any, NamedTuple

from summarizers.events.features import StoryFeatures, squared_weight
from summarizers.events.figures import figure_weight, total_weight
from summarizers.events.templates import same_template
from summarizers.models import LinearModel, logistic, read_thresholds
from summarizers.text.tables import load_table

__all__ = ["Coverage", "PairComparison", "PairFeatures", "compare", "pair_probability", "read_model", "shipped_model"]

_NEUTRAL = 0.5
"""A share that can't be computed, as a story has no names or figures: halfway between all and none."""

_MAX_SHARED_FIGURES, _MAX_SAME_COUNTS, _MAX_DIFFERENT_COUNTS = 6.0, 6.0, 4.0
"""Caps, by judgement, in figure weights and in counted words: tables share or contradict dozens."""


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
    """The threshold in data/events.json, which explains it."""

    least_similarity: float


@cache
def _thresholds() -> _Thresholds:
    return _Thresholds(**read_thresholds(load_table("events.json")["thresholds"]["pair_model"]))


@cache
def shipped_model() -> LinearModel:
    """Return the shipped model over `PairFeatures`."""
    return read_model(load_table("events.json"))


def read_model(table: Mapping[str, Any]) -> LinearModel:
    """Read the model over `PairFeatures` of a table as training/events.py writes it."""
    entry = table["pair_model"]
    return LinearModel.from_table(entry["bias"], entry["weights"], PairFeatures._fields)


def pair_probability(one: StoryFeatures, other: StoryFeatures) -> float:
    """Return how likely two stories report the same event, in 0..1, in either order.

    Stories in different languages never do, nor do reports that share only a template.
    """
    comparison = compare(one, other)
    return 0.0 if comparison is None or comparison.same_template else comparison.probability


def compare(one: StoryFeatures, other: StoryFeatures, least_similarity: float | None = None) -> PairComparison | None:
    """Compare two stories.

    None if their languages differ or their words are less similar than `least_similarity`. The least similarity is
    that of the pairs that the model was fitted on, unless it is given.
    """
    if one.language != other.language:
        return None
    a, b = one.terms, other.terms
    shared = a.keys() & b.keys()
    words = fsum([a[term] * b[term] for term in shared])
    if words < (_thresholds().least_similarity if least_similarity is None else least_similarity):
        return None
    a_in_b, b_in_a = _coverage(one, other, shared), _coverage(other, one, shared)
    features = _pair_features(one, other, words, a_in_b, b_in_a)
    probability = logistic(shipped_model().logit(features))
    return PairComparison(probability, same_template(one, other, shared), features, a_in_b, b_in_a)


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
    one: StoryFeatures, other: StoryFeatures, words: float, a_in_b: Coverage, b_in_a: Coverage
) -> PairFeatures:
    weekdays_given = one.weekdays and other.weekdays
    years_given = one.latest_year and other.latest_year
    shared_figures = total_weight(one.lead_figures & other.lead_figures)
    fewer_figures = min(total_weight(one.lead_figures), total_weight(other.lead_figures))
    same_counts: list[float] = []
    different_counts = 0.0
    a, b = one.derived.counted, other.derived.counted
    for neighbour in a.keys() & b.keys():
        figures = a[neighbour] & b[neighbour]
        if figures:
            same_counts.append(max(map(figure_weight, figures)))
        else:
            different_counts += 1
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
    )


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
