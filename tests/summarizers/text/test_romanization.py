from __future__ import annotations

import pytest

from summarizers.text.romanization import consonants, romanize

JOHNSON = [
    ("Johnson", "en"), ("Джонсон", "ru"), ("ジョンソン", "ja"), ("جونسون", "ar"), ("ג'ונסון", "he"), ("जॉनसन", "hi"), ("존슨", "ko"),
]  # fmt: skip
ZELENSKY = [
    ("Zelensky", "en"), ("Зеленский", "ru"), ("Зеленський", "uk"), ("ゼレンスキー", "ja"), ("Ζελένσκι", "el"), ("زيلينسكي", "ar"),
    ("Zelenskyj", "de"), ("זלנסקי", "he"),
]  # fmt: skip
TRUMP = [
    ("Trump", "en"),
    ("Трамп", "uk"),
    ("トランプ", "ja"),
    ("特朗普", "zh"),
    ("트럼프", "ko"),
    ("ترامب", "ar"),
    ("טראמפ", "he"),
]


@pytest.mark.parametrize("spellings", [JOHNSON, ZELENSKY, TRUMP])
def test_a_name_has_the_same_classes_of_consonants_in_every_script(spellings: list[tuple[str, str]]) -> None:
    assert len({consonants(romanize(word), language).classes for word, language in spellings}) == 1


def test_other_names_have_other_consonants() -> None:
    classes = {consonants(romanize(spellings[0][0]), "en").classes for spellings in (JOHNSON, ZELENSKY, TRUMP)}
    assert len(classes) == 3


@pytest.mark.parametrize("word", ["Łódź", "Škvorecký", "Ærø", "Straße", "ﬁn", "𝓐𝓑", "👍", "\ud800", "นายก", "漢字", ""])
def test_what_is_romanized_has_only_latin_letters_and_digits(word: str) -> None:
    spelled = romanize(word)
    assert not spelled or spelled.isascii()
    assert not spelled or spelled.isalnum()
    assert len(consonants(spelled, "en").classes) == len(consonants(spelled, "en").letters)


def test_each_language_says_w_and_j_its_own_way() -> None:
    assert consonants("kowalski", "pl").classes == consonants(romanize("Ковальский"), "ru").classes
    assert consonants("jansen", "nl").classes == consonants(romanize("Янсен"), "ru").classes
