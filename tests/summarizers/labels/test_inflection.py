"""Forms of places' names: cases of their words, stems, consonants that change."""

from __future__ import annotations

import pytest

from summarizers.labels.gazetteer import fold_accents, gazetteer_table
from summarizers.labels.inflection import name_forms


def is_form(text: str, name: str, language: str) -> bool:
    """Return whether a text is a name in one of its forms, by the rules of a language."""
    rules = gazetteer_table()["languages"][language]
    endings = {fold_accents(ending) for ending in rules["endings"].split()}
    folded = fold_accents(text)
    return any(
        folded == (form := fold_accents(word)) or (stem and folded.startswith(form) and folded[len(form) :] in endings)
        for word, stem in name_forms(name, rules)
    )


@pytest.mark.parametrize(
    ("language", "name", "forms"),
    [
        ("cs", "Kalifornie", ("Kalifornii", "Kalifornií")),
        ("cs", "Nové Mexiko", ("Novém Mexiku", "Nového Mexika")),
        ("cs", "Jižní Karolína", ("Jižní Karolíně", "Jižní Karolínou")),
        ("cs", "Ostrava", ("Ostravě", "Ostravy")),
        ("cs", "Soluňka", ("Soluňce",)),
        ("cs", "Kuba", ("Kubě", "Kubu", "Kuby")),
        ("ru", "Куба", ("Кубе", "Кубу", "Кубой")),
        ("ar", "كندا", ("كندي", "كندية")),
        ("pl", "Karolina Południowa", ("Karolinie Południowej", "Karolinę Południową")),
        ("pl", "Filadelfia", ("Filadelfii", "Filadelfię")),
        ("pl", "Nowy Meksyk", ("Nowym Meksyku", "Nowego Meksyku")),
        ("ru", "Южная Каролина", ("Южной Каролине", "Южную Каролину")),
        ("ru", "Новый Южный Уэльс", ("Новом Южном Уэльсе", "Нового Южного Уэльса")),
        ("ru", "Калифорния", ("Калифорнии", "Калифорнию", "Калифорнией")),
        ("uk", "Північна Кароліна", ("Північній Кароліні", "Північної Кароліни")),
        ("uk", "Миколаїв", ("Миколаєва", "Миколаєві")),
        ("uk", "Аляска", ("Алясці", "Аляску")),
        ("el", "Καλιφόρνια", ("Καλιφόρνιας",)),
        ("tr", "Kaliforniya", ("Kaliforniya",)),
        ("de", "Kalifornien", ("Kaliforniens",)),
    ],
)
def test_a_name_is_known_in_its_cases(language: str, name: str, forms: tuple[str, ...]) -> None:
    for form in (name, *forms):
        assert is_form(form, name, language), form


@pytest.mark.parametrize(
    ("language", "name", "other"),
    [("ru", "Юта", "Ютуб"), ("cs", "Ohio", "Ohištěm"), ("pl", "Utah", "Utahuje"), ("zh", "加利福尼亚", "加利福尼亚州")],
)
def test_other_words_are_no_forms_of_a_name(language: str, name: str, other: str) -> None:
    assert not is_form(other, name, language)
