from __future__ import annotations

import pytest

from summarizers.events.features import text_features
from summarizers.events.locatives import place_names


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Two men met in Port Ellery, north of Ashby.", "en", ["Port Ellery", "Ashby"]),
        ("Ein Haus in Zwettl brannte.", "de", ["Zwettl"]),
        ("Un camion brûlait près de Millau.", "fr", ["Millau"]),
        ("Суд в Вологде оправдал врача.", "ru", ["Вологде"]),
        ("Bolu'da yangın çıktı.", "tr", ["Bolu'da"]),
        ("افتتاح سوق جديدة في طنطا", "ar", ["طنطا"]),
        ("洛阳市一家商场发生火灾", "zh", ["洛阳市"]),
        ("전주시의 한 아파트에서 불이 났다", "ko", ["전주시"]),
        ("in Obama's words", "en", []),
        ("in Paris", "xx", []),
    ],
)
def test_names_of_places_are_told_by_the_words_beside_them(text: str, language: str, names: list[str]) -> None:
    assert place_names(text, language) == names


def test_a_name_that_stands_beside_a_word_of_place_only_once_in_many_mentions_is_none() -> None:
    once = "Obama spoke. Then Obama left. Voters believe in Obama. Now Obama sleeps. Friends of Obama wait. Obama won."
    assert "obama" not in text_features(once, "en").places
    assert "belmora" in text_features("Fire in Belmora. The Belmora market burned.", "en").places
