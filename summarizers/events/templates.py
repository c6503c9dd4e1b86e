"""Reports of different events that share a template: the same words around other names.

Agencies report quakes, verdicts and results in the same words each time. The pair model can't recognise this: its
training rows were written by people and hold no such pairs.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from functools import cache

from summarizers.events.features import StoryFeatures, squared_weight
from summarizers.models import read_thresholds
from summarizers.text.tables import load_table

__all__ = ["same_template"]


@dataclass(frozen=True, slots=True)
class _Thresholds:
    """Thresholds of data/events.json, which explains each."""

    least_shared_names: float
    least_shared_names_other_focus: float
    no_shared_names: float
    wording: float
    wording_no_shared_names: float
    wording_single_name: float
    wording_short: float
    short_terms: float
    unrelated_wording: float


@cache
def _thresholds() -> _Thresholds:
    return _Thresholds(**read_thresholds(load_table("events.json")["thresholds"]["templates"]))


def same_template(one: StoryFeatures, other: StoryFeatures, shared: Set[str]) -> bool:
    """Return whether two stories share most of their words but next to none of their rare names.

    `shared` are the terms of both. Reports of one event may share few names as well, if each names other people; what
    gives a template away are the words between the names. Fewer of these have to agree if the stories are about
    different names and share none; nearly all of them if one story is a teaser with a single name. Short reports of
    two towns share a template sooner, however well known the towns are. Stories that share
    neither names nor words met by chance, in a country, a weekday and a figure: they count as different, too.
    """
    a, b = one.derived, other.derived
    limits = _thresholds()
    if a.names.isdisjoint(b.names) and _differ_in(a.main_name, b.main_name, one, other):
        wording = max(_shared_wording(one, shared), _shared_wording(other, shared))
        is_short = max(one.term_count, other.term_count) <= limits.short_terms
        if wording >= (limits.wording_short if is_short else limits.wording_single_name):
            return True
    if not a.rare_names or not b.rare_names:
        return False
    a_in_b = squared_weight(one.terms, a.rare_names & shared) / a.rare_names_weight
    b_in_a = squared_weight(other.terms, b.rare_names & shared) / b.rare_names_weight
    other_focus = _different_focus(one, other)
    single_name = min(len(a.rare_names), len(b.rare_names)) == 1
    if other_focus and max(a_in_b, b_in_a) < limits.no_shared_names:
        wording = max(_shared_wording(one, shared), _shared_wording(other, shared))
        if single_name:
            return wording >= limits.wording_single_name
        return wording >= limits.wording_no_shared_names or wording <= limits.unrelated_wording
    enough_names = limits.least_shared_names_other_focus if other_focus else limits.least_shared_names
    if single_name or (a_in_b + b_in_a) / 2 >= enough_names:
        return False
    return max(_shared_wording(one, shared), _shared_wording(other, shared)) >= limits.wording


def _shared_wording(one: StoryFeatures, shared: Set[str]) -> float:
    """Return the share of a story's words in both, by squared weight.

    Names and figures are left out.
    """
    words = [term for term in one.terms if term not in one.names and not term[0].isdigit()]
    total = squared_weight(one.terms, words)
    return squared_weight(one.terms, [term for term in words if term in shared]) / total if total else 0.0


def _different_focus(one: StoryFeatures, other: StoryFeatures) -> bool:
    """Return whether each story never mentions the rare name that the other is about."""
    return _differ_in(one.derived.main_rare_name, other.derived.main_rare_name, one, other)


def _differ_in(a: str | None, b: str | None, one: StoryFeatures, other: StoryFeatures) -> bool:
    """Return whether each of two names is in its own story alone."""
    return a is not None and b is not None and a not in other.terms and b not in one.terms
