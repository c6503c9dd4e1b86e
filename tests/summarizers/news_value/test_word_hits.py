"""Words of news value: boundaries, inflection, phrases that hide others, and the same kinds in every language."""

import itertools

import pytest

from summarizers.news_value.word_hits import WORDS_TABLE, find_words, word_languages
from summarizers.text.language import LANGUAGES
from summarizers.text.tables import load_table


def kinds(text: str, language: str = "en") -> set[str]:
    return {kind for hit in find_words(text.casefold(), language) for kind in hit.kinds} - {"none"}


def test_every_language_has_every_kind() -> None:
    table = load_table(WORDS_TABLE)
    assert table.keys() == word_languages() == set(LANGUAGES)
    for language, own in table.items():
        # Chinese numerals are read as figures; Korean mostly writes digits.
        assert table["en"].keys() - own.keys() <= {"number"}, language
        assert own.keys() <= table["en"].keys(), language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The prime minister resigns", "en"),
        ("Der Ministerpräsident tritt zurück, Rücktritt", "de"),
        ("رئيس الوزراء يعلن استقالة الحكومة", "ar"),
        ("والرئيس أعلن الاستقالة", "ar"),
        ("總統辭職", "zh"),
        ("首相が辞任", "ja"),
        ("대통령이 사임했다", "ko"),
    ],
)
def test_words_are_found_with_endings_and_prefixes(text: str, language: str) -> None:
    assert {"leader", "power_change"} <= kinds(text, language)


def test_a_phrase_of_several_inflected_words_is_found() -> None:
    assert "top_court" in kinds("Решение Верховного суда", "ru")
    assert "emergency" in kinds("Vláda vyhlásila výjimečný stav", "cs")


@pytest.mark.parametrize(
    "text",
    ["An indie record label", "A murder mystery festival", "Learn first aid", "Star wars day", "A deadline passes"],
)
def test_a_harmless_phrase_hides_the_words_in_it(text: str) -> None:
    assert not kinds(text) & {"first", "attack", "dead", "war"}


def test_a_word_within_another_does_not_count() -> None:
    assert "war" not in kinds("Warm weather in Warsaw")
    assert "sport" not in kinds("Matchless")


def test_hits_do_not_overlap() -> None:
    hits = find_words("the un security council and the supreme court", "en")
    assert all(first.end <= second.start for first, second in itertools.pairwise(hits))
    assert [hit.kinds for hit in hits] == [("world_body",), ("world_body",), ("top_court",)]


def test_a_language_without_a_table_has_no_hits() -> None:
    assert find_words("killed", "xx") == []
