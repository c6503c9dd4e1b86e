from __future__ import annotations

import pytest

from summarizers.events.features import text_features
from summarizers.events.pair_model import compare
from summarizers.events.round_ups import is_round_up

POINTS = "\n".join(
    [
        "The theatre sold every seat for its spring season.",
        "Fishermen landed four hundred crates of herring before dawn.",
        "A tram company wants quieter wheels on the hill line.",
        "Nurses at the clinic elected a new spokeswoman.",
        "Bees have moved into the old lighthouse.",
        "Two chess players drew after eleven hours.",
    ]
)
REPORT = "\n".join(
    [
        "The ferry Solveig ran aground off the pier before dawn with 64 passengers.",
        "All passengers were taken off the ferry by fishing boats.",
        "Divers found a hole in the hull of the Solveig.",
        "The captain told the coast guard that the steering had failed.",
        "Tugs are to pull the ferry off the rocks at high tide.",
        "It was the second time that the steering of a ferry failed here, the coast guard said.",
    ]
)


@pytest.mark.parametrize(
    ("headline", "body", "language"),
    [
        ("Vikhavn in brief", POINTS, "en"),
        ("The week in Vikhavn", POINTS, "en"),
        ("Vikhavn", POINTS, "en"),
        (
            "Live: all that happens in Vikhavn",
            "16:40 Crane unloaded. 15:10 Bank robbed. 13:30 Teachers walk out.",
            "en",
        ),
        ("On the trail, October 2026: month of debates", "The candidates met again. " * 300, "en"),
        ("Wochenrückblick", "Ein Sägewerk brannte ab. Die Hundesteuer steigt. Schüler gewannen einen Preis.", "de"),
        ("Итоги дня", "Сгорел склад. Мэр уехал в отпуск. Школьники нашли клад.", "ru"),
        ("今日要闻", "一家商场失火。地铁三号线开工。小学生获奖。", "zh"),
        ("Sport round-up", "", "en"),
    ],
)
def test_a_text_that_mentions_several_happenings_is_a_round_up(headline: str, body: str, language: str) -> None:
    assert is_round_up(headline, body, language)


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("Ferry runs aground", REPORT),
        ("Live: ferry runs aground off Vikhavn", REPORT),
        ("Review of ferry rules promised", REPORT),
        (
            "Jury blames Roundup for cancer",
            "A jury found that a weedkiller caused cancer. The maker of the weedkiller appeals.",
        ),
        ("Bakery closes", "The bakery closed after 90 years. The rent had been raised thrice. A kebab shop moves in."),
        ("", ""),
    ],
)
def test_a_report_of_one_happening_is_none(headline: str, body: str) -> None:
    assert not is_round_up(headline, body, "en")


def test_places_do_not_hold_paragraphs_together() -> None:
    body = "\n".join(f"{point} That was in Vikhavn." for point in POINTS.split("\n"))
    assert not is_round_up("Vikhavn", body, "en")
    assert is_round_up("Vikhavn", body, "en", {"vikhavn", "that"})


def test_a_round_up_is_comparable_with_its_own_copies_only() -> None:
    review = text_features(f"Vikhavn in brief\n{POINTS}")
    assert review.round_up
    assert compare(review, text_features(f"Vikhavn in brief\n{POINTS}\nIt rained.")) is not None
    assert compare(review, text_features(f"Theatre sold out\n{POINTS.partition(chr(10))[0]}")) is None
