"""Single words as evidence for a country or a topic."""

from __future__ import annotations

import numpy as np
import pytest

from summarizers.labels.gazetteer import gazetteer_table
from summarizers.labels.lexicon import COUNTRY_NUMBERS, country_number, topic_row, topic_weights
from summarizers.labels.topic_names import TOPICS
from summarizers.text.language import LANGUAGES


def country(word: str, language: str) -> str | None:
    number = country_number(word, language)
    return None if number < 0 else gazetteer_table()["codes"].split()[number]


@pytest.mark.parametrize(
    ("language", "word", "code"),
    [
        ("en", "Nigeria", "NG"), ("en", "Kenyan", "KE"), ("en", "Lagos", "NG"), ("en", "Zealand", "NZ"),
        ("de", "Frankreichs", "FR"), ("ru", "Японии", "JP"), ("pl", "Polsce", "PL"), ("cs", "Egyptem", "EG"),
        ("he", "בצרפת", "FR"), ("zh", "日本", "JP"), ("ko", "일본은", "JP"), ("es", "keniano", "KE"),
    ],
)  # fmt: skip
def test_a_single_word_gives_its_country_in_any_inflected_form(language: str, word: str, code: str) -> None:
    assert country(word, language) == code


@pytest.mark.parametrize("word", ["turkey", "Monday", "china", "us", "nice", "Minister", ""])
def test_a_plain_word_gives_no_country(word: str) -> None:
    assert country(word, "en") is None


def test_turkey_is_a_country_when_capitalised() -> None:
    assert country("Turkey", "en") == "TR"


def test_forms_of_a_word_have_the_same_topic() -> None:
    assert topic_row("striker", "en") == topic_row("strikers", "en") >= 0
    best = TOPICS[int(np.argmax(topic_weights("en")[topic_row("striker", "en")]))]
    assert best == "sport"


def test_a_hebrew_word_has_its_topic_with_prefixes_as_well() -> None:
    assert topic_row("והמשטרה", "he") == topic_row("במשטרה", "he") == topic_row("משטרה", "he") >= 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_rows_for_its_words_even_without_a_vocabulary(language: str) -> None:
    rows = topic_weights(language)
    assert rows.shape[1] == len(TOPICS)
    assert topic_row("qqqq", language) == -1
    assert np.array_equal(rows, np.rint(rows))  # whole numbers, so that sums are exact


def test_every_country_has_a_number_below_the_limit() -> None:
    assert len(gazetteer_table()["codes"].split()) < COUNTRY_NUMBERS - 1
