"""Clustering in memory: order, merges, time and languages."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.newsroom.clustering import (
    MAX_CANDIDATES,
    Clusterer,
    MemoryIndex,
    Placement,
    SimilarStory,
    cluster_rows,
    cluster_rows_online,
    join_probabilities,
)
from summarizers.events.features import text_features

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def report(town: str, man: str, toll: int, wording: int = 0) -> str:
    """A report of a ferry that sank: the same facts in one of two wordings."""
    return (
        f"The ferry Star of {town} sank off {town} on Friday with {toll} people, Captain {man} told the coast guard. "
        f"Divers from {town} search the wreck.",
        f"{toll} people were on the Star of {town} when the ferry sank near {town}, said her captain, {man}. "
        f"In {town} divers were sent to the wreck on Friday.",
    )[wording]


REPORTS = [
    (f"{town}-{wording}", report(town, man, toll, wording))
    for town, man, toll in [
        ("Vikhavn", "Olav Brekke", 31),
        ("Portella", "Enzo Ruffo", 87),
        ("Kisanga", "Amos Wekesa", 64),
        ("Shimoda", "Kenji Morita", 12),
    ]
    for wording in (0, 1)
]


def test_reports_of_one_sinking_are_one_event_named_by_its_first_row() -> None:
    assert dict(cluster_rows({"id": name, "text": text} for name, text in REPORTS)) == {
        name: f"{name.partition('-')[0]}-0" for name, _ in REPORTS
    }


@given(st.integers(0, 1000), st.integers(1, len(REPORTS)))
@settings(max_examples=25, deadline=None)
def test_later_rows_do_not_change_online_answers(seed: int, first: int) -> None:
    rows = [{"id": name, "text": text} for name, text in REPORTS]
    random.Random(seed).shuffle(rows)
    whole = list(cluster_rows_online(rows))
    assert list(cluster_rows_online(rows[:first])) == whole[:first]
    assert [name for name, _ in whole] == [row["id"] for row in rows]


SINKING = (
    "The Star of Vikhavn sank within minutes off the pier in the night to Friday.",
    "Captain Olav Brekke and 31 passengers were taken off by fishing boats, the coast guard said.",
    "Prosecutor Mette Lund has opened an inquiry into the shipping company Nordlinje.",
    "Managing director Per Aasen is said to have known since March that the bow door did not close.",
    "Police searched the company's offices in Vikhavn on Saturday.",
    "It was the third accident of a Nordlinje ferry in four years.",
    "A crane from Portella is to raise the hull before the autumn storms.",
)


def excerpt(*sentences: int) -> str:
    return " ".join(SINKING[at] for at in sentences)


TWO_THEN_ONE = [excerpt(1, 5, 6), excerpt(1, 2, 5), excerpt(1, 3, 4), excerpt(3, 5, 6), excerpt(1, 2, 3, 4, 5)]
"""Reports of which the third opens an event of its own and the last belongs to both events."""


def test_a_report_that_belongs_to_two_events_makes_them_one() -> None:
    rows = [{"id": at, "text": text} for at, text in enumerate(TWO_THEN_ONE)]
    assert [event for _, event in cluster_rows_online(rows[:3])] == ["0", "0", "2"]
    assert [event for _, event in cluster_rows(rows)] == ["0", "0", "0", "0", "0"]


@given(st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=3, unique=True), min_size=1, max_size=8))
@settings(max_examples=50, deadline=None)
def test_events_are_merged_and_never_taken_apart(stories: list[list[int]]) -> None:
    rows = [{"id": at, "text": excerpt(*sorted(sentences))} for at, sentences in enumerate(stories)]
    final = dict(cluster_rows(rows))
    for name, event in cluster_rows_online(rows):
        assert final[name] == final[event]
        assert final[final[name]] == final[name]
        assert int(final[name]) <= int(event)


def test_online_clustering_reads_one_row_at_a_time() -> None:
    def rows() -> object:
        yield {"id": 1, "text": REPORTS[0][1]}
        raise AssertionError("read ahead")

    assert next(iter(cluster_rows_online(rows()))) == ("1", "1")  # type: ignore[arg-type]


def test_the_same_words_a_month_later_are_another_event() -> None:
    features = text_features(REPORTS[0][1])
    clusterer = Clusterer()
    clusterer.add(0, features, NOON)
    assert clusterer.add(1, features, NOON + timedelta(days=2)) == Placement(0)
    assert clusterer.add(2, features, NOON + timedelta(days=60)) == Placement(2)


def test_joining_gets_harder_with_time_up_to_the_end_of_the_window() -> None:
    features = text_features(REPORTS[0][1])
    chances = [
        join_probabilities(features, [SimilarStory(0, features, 5, timedelta(days=days))])[0][0]
        for days in (0, 3, 6, 13, 14)
    ]
    assert chances[0] == chances[1] > chances[2] > chances[3] > chances[4] == 0


def test_a_row_that_comes_twice_keeps_its_event() -> None:
    rows = [{"id": "a", "text": REPORTS[0][1]}, {"id": "b", "text": REPORTS[2][1]}, {"id": "b", "text": REPORTS[0][1]}]
    assert list(cluster_rows_online(rows)) == [("a", "a"), ("b", "b"), ("b", "b")]
    assert list(cluster_rows(rows)) == [("a", "a"), ("b", "b"), ("b", "b")]


def test_candidates_are_bounded_and_the_latest_come_first() -> None:
    features = text_features(REPORTS[0][1])
    index = MemoryIndex()
    for event in range(2 * MAX_CANDIDATES):
        index.add(event, features, None)
    found = index.find(features, NOON)
    assert [story.event for story in found] == list(range(2 * MAX_CANDIDATES - 1, MAX_CANDIDATES - 1, -1))
    assert {story.shared for story in found} == {len(features.hashes)}


@pytest.mark.parametrize("pinned", [False, True])
def test_events_that_an_operator_decided_are_joined_but_never_merged(pinned: bool) -> None:
    first, second, third, fourth, last = map(text_features, TWO_THEN_ONE)
    stories = [SimilarStory(7, each, 5) for each in (first, second, fourth)]
    placement = Clusterer().place(11, last, [*stories, SimilarStory(9, third, 4, pinned=pinned)])
    assert placement.event in (7, 9)
    assert placement.merged == (None if pinned else 9)


def test_odd_rows_are_events_of_their_own() -> None:
    rows = [{"id": "a", "text": ""}, {"id": "b", "text": "?!"}, {"id": "c", "text": "x", "published": "never"}]
    assert [name for name, _ in cluster_rows(rows)] == ["a", "b", "c"]
    assert dict(cluster_rows(rows))["c"] == "c"


@pytest.mark.parametrize(
    ("report_text", "reworded", "look_alike"),
    [
        pytest.param(
            "Fähre Seestern vor Norddorf gesunken\nDie Fähre Seestern ist am Freitag, 12. Mai, vor Norddorf mit 31 "
            "Menschen gesunken, sagte Kapitän Olaf Brekke. Taucher suchen das Wrack.",
            "31 Menschen waren auf der Fähre Seestern, als sie am Freitag vor Norddorf sank. Kapitän Olaf Brekke sprach "
            "mit der Küstenwache, Taucher sind am Wrack.",
            "Fähre Albatros vor Sandhafen gesunken\nDie Fähre Albatros ist am Dienstag, 3. Juni, vor Sandhafen mit 87 "
            "Menschen gesunken, sagte Kapitän Emil Rustad. Taucher suchen das Wrack.",
            id="German",
        ),
        pytest.param(
            "El transbordador Estrella se hundió el viernes 12 de mayo frente a Portella con 31 personas, dijo el "
            "capitán Enzo Ruffo. Los buzos buscan los restos.",
            "Con 31 personas a bordo, el transbordador Estrella se hundió el viernes frente a Portella. El capitán Enzo "
            "Ruffo habló con la guardia costera y los buzos.",
            "El transbordador Gaviota se hundió el martes 3 de junio frente a Villamar con 87 personas, dijo el capitán "
            "Luis Andrada. Los buzos buscan los restos.",
            id="Spanish",
        ),
        pytest.param(
            "5月12日金曜日、星丸が北村沖で沈没した。乗客31人が乗っていた。船長の森田健二が海上保安庁に語った。",
            "北村沖で星丸が沈没し、31人が乗っていた。金曜日のことで、船長の森田健二は海上保安庁に状況を語った。",
            "6月3日火曜日、大阪の化学工場で火災があり、87人が避難した。消防によるとけが人はいない。",
            id="Japanese",
        ),
        pytest.param(
            "5月12日星期五，海星号渡轮在北港附近沉没，船上有31人。船长陈大明告诉海岸警卫队。",
            "星期五，载有31人的海星号渡轮在北港附近沉没，船长陈大明向海岸警卫队讲述了经过。",
            "6月3日星期二，南山市一家化工厂发生火灾，87人撤离。消防部门说没有人受伤。",
            id="Chinese",
        ),
    ],
)
def test_other_languages_are_clustered_alike(report_text: str, reworded: str, look_alike: str) -> None:
    texts = [report_text, reworded, look_alike]
    grouped = cluster_rows({"id": at, "text": text} for at, text in enumerate(texts))
    assert [event for _, event in grouped] == ["0", "0", "2"]
