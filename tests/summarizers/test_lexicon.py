from __future__ import annotations

import numpy as np
import pytest

from summarizers.labels.country_names import table
from summarizers.labels.lexicon import PLACES, place_of, subject_of, subjects
from summarizers.labels.topics import TOPICS
from summarizers.text.language import LANGUAGES


def country(word: str, language: str) -> str | None:
    number = place_of(word, language)
    return None if number < 0 else table()["codes"].split()[number]


@pytest.mark.parametrize(
    ("language", "word", "code"),
    [
        ("en", "Nigeria", "NG"), ("en", "Kenyan", "KE"), ("en", "Lagos", "NG"), ("en", "Zealand", "NZ"),
        ("de", "Frankreichs", "FR"), ("ru", "Японии", "JP"), ("pl", "Polsce", "PL"), ("cs", "Egyptem", "EG"),
        ("he", "בצרפת", "FR"), ("zh", "日本", "JP"), ("ko", "일본은", "JP"), ("es", "keniano", "KE"),
    ],
)  # fmt: skip
def test_a_word_alone_tells_its_country_in_any_form_of_its_language(language: str, word: str, code: str) -> None:
    assert country(word, language) == code


@pytest.mark.parametrize("word", ["turkey", "Monday", "china", "us", "nice", "Minister", ""])
def test_a_plain_word_tells_none(word: str) -> None:
    assert country(word, "en") is None


def test_turkey_is_a_country_by_its_capital() -> None:
    assert country("Turkey", "en") == "TR"


def test_forms_of_a_word_speak_for_the_same_subject() -> None:
    assert subject_of("striker", "en") == subject_of("strikers", "en") >= 0
    best = TOPICS[int(np.argmax(subjects("en")[subject_of("striker", "en")]))]
    assert best == "sport"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_rows_for_its_words_even_without_a_vocabulary(language: str) -> None:
    rows = subjects(language)
    assert rows.shape[1] == len(TOPICS)
    assert subject_of("qqqq", language) == -1
    assert np.array_equal(rows, np.rint(rows))  # whole numbers, so that sums are exact


def test_numbers_of_countries_fit_into_their_place() -> None:
    assert len(table()["codes"].split()) < PLACES - 1
