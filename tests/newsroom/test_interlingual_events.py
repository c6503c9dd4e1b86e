"""Events told in several languages: reports of one event meet, look-alikes and a language's own verdict stay apart."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from bot.newsroom.clustering import Clusterer
from summarizers.events.features import StoryFeatures, text_features
from summarizers.events.interlingual_model import compare_interlingual, interlingual_probability
from training.interlingual_reports import interlingual_reports

BEGIN = datetime(2026, 11, 2, tzinfo=UTC)
ENGLISH = text_features(
    "Ferry with 130 aboard sinks off Mindoro\nRescuers pulled 112 people from the sea after the ferry San Rafael capsized off "
    "Mindoro island in the Philippines on Friday. Nine bodies were recovered, the coast guard said.",
    "en",
)
OTHER_ENGLISH = text_features(
    "Philippine senator Alvarez quits party\nSenator Jose Alvarez left his party on Friday after a row over the budget.",
    "en",
)
GERMAN = text_features(
    "Fähre vor Mindoro gesunken\nVor der philippinischen Insel Mindoro ist am Freitag die Fähre San Rafael gekentert. Die "
    "Küstenwache rettete 112 der 130 Menschen an Bord und barg neun Leichen.",
    "de",
)
CZECH = text_features(
    "U ostrova Mindoro se potopil trajekt\nTrajekt San Rafael se v pátek převrátil u filipínského ostrova Mindoro. Ze 130 lidí "
    "jich záchranáři vylovili 112, devět zahynulo.",
    "cs",
)


@cache
def reports(half: str) -> tuple[tuple[str, StoryFeatures], ...]:
    return tuple((report.event, text_features(report.text, report.language)) for report in interlingual_reports(half))


def without_meaning(features: StoryFeatures) -> StoryFeatures:
    """The features as they are where the encoder is missing."""
    assert features.interlingual is not None
    return replace(features, interlingual=replace(features.interlingual, vector=b""))


def events_of(stories: Iterable[StoryFeatures], published: Sequence[datetime] | None = None) -> list[int]:
    clusterer = Clusterer()
    placed = [
        clusterer.add(number, features, published[number] if published else None).event
        for number, features in enumerate(stories)
    ]
    return [clusterer.current_event(event) for event in placed]


def bcubed(gold: Sequence[str], answer: Sequence[int]) -> tuple[float, float]:
    """Precision and recall over the stories."""
    events, clusters = defaultdict(set), defaultdict(set)
    for number, (event, cluster) in enumerate(zip(gold, answer, strict=True)):
        events[event].add(number)
        clusters[cluster].add(number)
    pairs = list(zip(gold, answer, strict=True))
    both = [len(events[event] & clusters[cluster]) for event, cluster in pairs]
    precision = sum(count / len(clusters[cluster]) for count, (_, cluster) in zip(both, pairs, strict=True))
    recall = sum(count / len(events[event]) for count, (event, _) in zip(both, pairs, strict=True))
    return precision / len(gold), recall / len(gold)


def test_the_reports_are_of_many_events_and_languages() -> None:
    written = interlingual_reports("aside")
    languages: dict[str, list[str]] = defaultdict(list)
    for report in written:
        languages[report.event].append(report.language)
    assert len(languages) >= 40
    assert all(len(set(told)) == len(told) >= 2 for told in languages.values())
    assert len({report.language for report in written}) == 20
    assert {report.event for report in written}.isdisjoint(report.event for report in interlingual_reports("choosing"))


@pytest.mark.parametrize("order", [None, 1, 2])
@pytest.mark.parametrize("meaning", [True, False])
def test_reports_of_one_event_meet_whatever_their_languages(order: int | None, meaning: bool) -> None:
    stories = list(reports("aside"))
    if order is not None:
        random.Random(order).shuffle(stories)
    features = [story if meaning else without_meaning(story) for _, story in stories]
    precision, recall = bcubed([event for event, _ in stories], events_of(features))
    assert precision >= 0.97
    assert recall >= (0.93 if meaning and ENGLISH.signs else 0.83)


def test_reports_in_three_languages_are_one_event_in_any_order() -> None:
    for stories in ([ENGLISH, GERMAN, CZECH], [CZECH, ENGLISH, GERMAN], [GERMAN, CZECH, ENGLISH]):
        assert len(set(events_of(stories))) == 1


def test_a_foreign_report_never_joins_two_stories_that_their_language_keeps_apart() -> None:
    other = replace(OTHER_ENGLISH, interlingual=ENGLISH.interlingual)
    assert compare_interlingual(other, GERMAN) == compare_interlingual(ENGLISH, GERMAN)
    for stories in ([ENGLISH, other, GERMAN], [ENGLISH, GERMAN, other], [GERMAN, ENGLISH, other]):
        events = dict(zip(map(id, stories), events_of(stories), strict=True))
        assert events[id(ENGLISH)] != events[id(other)]


def test_two_events_of_other_languages_become_one_when_a_third_shows_it() -> None:
    clusterer = Clusterer()
    first = clusterer.add(0, CZECH).event
    second = clusterer.add(1, replace(GERMAN, interlingual=None)).event
    assert first != second
    placement = clusterer.add(2, ENGLISH)
    assert placement.event == first


def test_a_report_months_later_is_another_event() -> None:
    assert len(set(events_of([ENGLISH, GERMAN], [BEGIN, BEGIN + timedelta(days=60)]))) == 2


def test_a_pair_is_as_likely_in_either_order() -> None:
    assert interlingual_probability(ENGLISH, CZECH) == pytest.approx(interlingual_probability(CZECH, ENGLISH))


def test_stories_of_one_language_are_left_to_their_own_model() -> None:
    assert interlingual_probability(ENGLISH, ENGLISH) == 0


@pytest.mark.parametrize(
    "features", [ENGLISH, CZECH, text_features("", "en"), text_features("大雨で川があふれた。", "ja")]
)
def test_what_is_stored_is_what_is_compared(features: StoryFeatures) -> None:
    assert StoryFeatures.loads(features.dumps()) == features


def test_features_of_an_earlier_version_have_no_foreign_candidates() -> None:
    old = replace(ENGLISH, interlingual=None)
    assert (old.foreign_hashes, old.signs) == ((), b"")
    assert len(set(events_of([old, GERMAN, CZECH]))) == 2
