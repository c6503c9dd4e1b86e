"""Languages of short texts, and what a source or its neighbours say of them."""

from __future__ import annotations

import pytest

from summarizers.analysis import analyse
from summarizers.text.language import clear_language, identify_language, language_prior


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Harbour ferry prices hit ten-year high\nTicket prices in Port Ellery rose 14 percent in a week.", "en"),
        ("Council approves tram line after marathon session", "en"),
        ("Bridge toll rises again", "en"),
        ("Stadtrat billigt Straßenbahn nach langer Sitzung", "de"),
        ("Il consiglio approva la nuova linea del tram", "it"),
        ("Rada miasta zatwierdza nową linię tramwajową", "pl"),
        ("Міськрада схвалила трамвай", "uk"),
        ("Горсовет одобрил трамвай", "ru"),
    ],
)
def test_a_dozen_words_show_their_language(text: str, language: str) -> None:
    assert identify_language(text) == language


def test_a_declared_language_counts_where_the_words_leave_it_open() -> None:
    title = "Ellery: Tram 7, Depot"
    assert identify_language(title, language_prior("pt-BR")) == "pt"
    assert identify_language(title, language_prior("sv")) == "sv"
    assert identify_language("東京証券取引所", language_prior("ja")) == "ja"
    assert identify_language("東京証券取引所") == "zh"


def test_words_that_two_languages_have_are_weighed_by_the_declared_one_and_count_once() -> None:
    title = "Two die in Lyon blast"
    prior = language_prior("en-GB", ["en", "en"])
    assert identify_language(title, prior) == "en"
    assert identify_language(f"{title}\n{title} 2026.", prior) == "en"
    german = "Der Stadtrat hat die neue Brücke beschlossen, und die Arbeiten beginnen im Mai."
    assert identify_language(german, prior) == "de"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("市議会は新しい橋の建設計画を可決した。", "ja"),
        ("Der Stadtrat hat den Bau der neuen Brücke beschlossen.", "de"),
        ("Городской совет одобрил строительство моста.", "ru"),
        ("وافق المجلس على بناء الجسر", "ar"),
    ],
)
def test_a_wrongly_declared_language_changes_nothing(text: str, language: str) -> None:
    assert identify_language(text, language_prior("en", ["en", "en", "en"])) == language


def test_neighbours_count_by_their_share() -> None:
    assert (
        language_prior(neighbours=["en", "en", "de", "fr"])["en"]
        == 2 * language_prior(neighbours=["en", "de"])["en"] / 2
    )
    assert language_prior("xx") == {}
    assert language_prior("en_GB") == language_prior("en")


def test_only_clear_texts_are_neighbours() -> None:
    assert (
        clear_language("The council has approved the new bridge over the river, and the work is to begin in May.")
        == "en"
    )
    assert clear_language("Ellery: Tram 7, Depot") is None
    assert clear_language("市議会は新しい橋を可決した。") == "ja"


def test_short_stories_of_a_document_are_read_in_its_language() -> None:
    text = "Vote on tram\n\nThe council has approved the tram line, and the work is to begin in May, the mayor said."
    assert {analysis.language for analysis in analyse(text)} == {"en"}
