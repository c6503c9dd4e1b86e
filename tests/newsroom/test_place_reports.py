"""Short reports of one place: unrelated matters stay apart, one happening is together."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest

from bot.newsroom.clustering import Clusterer
from summarizers.events.features import text_features
from training.places import HALVES, PlaceReport, place_reports

UNRELATED = [
    "Bakery closes in Leeds\nA bakery in Leeds closed on Monday after 90 years. The rent had been raised thrice.",
    "Mayor of Leeds resigns\nThe mayor of Leeds resigned on Monday after a row about a fountain.",
    "Fire in Leeds market\nA fire destroyed nine stalls in the market of Leeds on Monday. Nobody was hurt.",
    "Buses in Leeds free on Sundays\nBuses in Leeds will cost nothing on Sundays from May. The council agreed on Monday.",
]


def events_of(reports: list[PlaceReport]) -> list[int]:
    clusterer = Clusterer()
    placed = [
        clusterer.add(number, text_features(report.text, report.language), report.published).event
        for number, report in enumerate(reports)
    ]
    return [clusterer.current_event(event) for event in placed]


def test_unrelated_matters_of_one_town_and_day_are_events_of_their_own() -> None:
    clusterer = Clusterer()
    assert [clusterer.add(number, text_features(text)).event for number, text in enumerate(UNRELATED)] == [0, 1, 2, 3]


def test_there_are_places_of_both_halves_in_many_languages() -> None:
    reports = place_reports()
    assert len(reports) >= 500
    assert sum(len(report.text.split()) >= 30 for report in reports if report.language not in {"ja", "zh"}) >= 100
    assert len({report.place for report in reports}) >= 50
    assert len({report.language for report in reports}) >= 15
    assert all(Counter(report.half for report in reports)[half] > len(reports) / 3 for half in HALVES)


@pytest.mark.parametrize(("half", "together", "apart"), [("choosing", 0.002, 0.05), ("aside", 0.015, 0.05)])
def test_reports_of_a_place_are_grouped_by_happening(half: str, together: float, apart: float) -> None:
    """Shares of the pairs that may be wrong: what was measured, and as much again."""
    wrong: Counter[bool] = Counter()
    total: Counter[bool] = Counter()
    for place in sorted({report.place for report in place_reports(half)}):
        reports = sorted((each for each in place_reports(half) if each.place == place), key=lambda each: each.published)
        for (one, event), (other, other_event) in combinations(zip(reports, events_of(reports), strict=True), 2):
            same = one.happening == other.happening
            total[same] += 1
            wrong[same] += (event == other_event) != same
    assert wrong[False] <= together * total[False]
    assert wrong[True] <= apart * total[True]
