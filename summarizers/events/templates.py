"""Reports of different events that share a template: the same words around other names.

Agencies report quakes, verdicts and results in the same words each time. The pair model can't recognise this: its
training rows were written by people and hold no such pairs.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from functools import cache

from summarizers.events.features import StoryFeatures, squared_weight
from summarizers.events.locatives import marks_names
from summarizers.models import read_thresholds
from summarizers.text.tables import load_table

__all__ = ["compared_roles", "same_template", "shared_wording"]


_LEAST_HEADLINE = 2
"""Words that two headlines share at least when a third tells them apart."""


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
    foreign_names: float
    different_roles: float
    shared_names_other_role: float
    wording_other_role: float
    wording_other_word: float


@cache
def _thresholds() -> _Thresholds:
    return _Thresholds(**read_thresholds(load_table("events.json")["thresholds"]["templates"]))


def same_template(one: StoryFeatures, other: StoryFeatures, shared: Set[str]) -> bool:
    """Return whether two stories share most of their words but next to none of their rare names.

    `shared` are the terms of both. Reports of one event may share few names as well, if each names other people; what
    gives a template away are the words between the names. Fewer of these have to agree if the stories are about
    different names and share none; nearly all of them if one story is a teaser with a single name. Short reports of
    two towns share a template sooner, however well known the towns are. So do reports whose leads have different names
    in the same roles ("striker", "beat"), and short ones with one headline but for a word. Stories that share
    neither names nor words met by chance, in a country, a weekday and a figure: they count as different, too.
    """
    a, b = one.derived, other.derived
    limits = _thresholds()
    same, different = compared_roles(one, other)
    if not same and different >= limits.different_roles:
        return True
    if a.names.isdisjoint(b.names) and _differ_in(a.main_name, b.main_name, one, other):
        wording = max(shared_wording(one, shared), shared_wording(other, shared))
        is_short = max(one.term_count, other.term_count) <= limits.short_terms
        if wording >= (limits.wording_short if is_short else limits.wording_single_name):
            return True
    if _other_word_in_headline(one, other, shared):
        return True
    if not a.rare_names or not b.rare_names:
        return False
    a_in_b = squared_weight(one.terms, a.rare_names & shared) / a.rare_names_weight
    b_in_a = squared_weight(other.terms, b.rare_names & shared) / b.rare_names_weight
    other_focus = _different_focus(one, other)
    has_many_names = min(len(a.rare_names), len(b.rare_names)) >= limits.foreign_names
    is_role_taken = same <= different if other_focus and has_many_names else not same
    if different and is_role_taken and (a_in_b + b_in_a) / 2 < limits.shared_names_other_role:
        wording = max(shared_wording(one, shared), shared_wording(other, shared))
        if wording >= limits.wording_other_role:
            return True
    single_name = min(len(a.rare_names), len(b.rare_names)) == 1
    if other_focus and max(a_in_b, b_in_a) < limits.no_shared_names:
        wording = max(shared_wording(one, shared), shared_wording(other, shared))
        if single_name:
            return wording >= limits.wording_single_name
        if has_many_names:
            return True
        return wording >= limits.wording_no_shared_names or wording <= limits.unrelated_wording
    enough_names = limits.least_shared_names_other_focus if other_focus else limits.least_shared_names
    if single_name or (a_in_b + b_in_a) / 2 >= enough_names:
        return False
    return max(shared_wording(one, shared), shared_wording(other, shared)) >= limits.wording


def _other_word_in_headline(one: StoryFeatures, other: StoryFeatures, shared: Set[str]) -> bool:
    """Return whether two short reports have one headline but for a word.

    They have neither a name nor a figure in common, and each word is foreign to the other report: "Maker recalls prams", "Maker recalls kettles". Places are no matter, and
    it takes a language that marks names.
    """
    a, b = one.derived, other.derived
    limits = _thresholds()
    if max(one.term_count, other.term_count) > limits.short_terms or not marks_names(one.language):
        return False
    places = a.places | b.places
    same_figures = any(len(figure) > 1 for figure in one.lead_figures & other.lead_figures)
    if same_figures or not (a.names - places).isdisjoint(b.names):
        return False
    words, other_words = a.headline - places, b.headline - places
    own, foreign = words - other_words, other_words - words
    if len(own) != 1 or len(foreign) != 1 or len(words) <= _LEAST_HEADLINE:
        return False
    if own <= b.evidence.keys() or foreign <= a.evidence.keys():
        return False
    return max(shared_wording(one, shared), shared_wording(other, shared)) >= limits.wording_other_word


def compared_roles(one: StoryFeatures, other: StoryFeatures) -> tuple[int, int]:
    """Count the words beside which two leads have the same name, or only foreign ones.

    A name that is anywhere in the other story is not foreign to it.
    """
    a, b = one.derived.roles, other.derived.roles
    same = different = 0
    for word in a.keys() & b.keys():
        if not a[word].isdisjoint(b[word]):
            same += 1
        elif a[word].isdisjoint(other.terms) and b[word].isdisjoint(one.terms):
            different += 1
    return same, different


def shared_wording(one: StoryFeatures, shared: Set[str]) -> float:
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
