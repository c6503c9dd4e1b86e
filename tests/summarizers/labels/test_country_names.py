"""Names of countries in every locale, and the words that people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizers.labels.country_names import country_name, country_names, resolve_country
from summarizers.labels.gazetteer import gazetteer_table


def test_names_are_in_the_language_of_the_locale() -> None:
    assert country_name("JP") == "Japan"
    assert country_name("jp", "pt-BR") == "Japão"
    assert country_name("DE", "fr") == "Allemagne"
    assert country_name("CN", "zh-TW") == "中國"
    assert country_name("NO", "da") == "Norge"
    assert country_name("NO", "xx-YY") == "Norway"
    assert country_name("??", "de") == "??"
    assert set(country_names("de")) == set(country_names("hi")) == set(gazetteer_table()["codes"].split())


@pytest.mark.parametrize(
    ("word", "code"),
    [
        *[("jp", "JP"), ("JPN", "JP"), ("japan", "JP"), ("Japanese", "JP"), ("日本", "JP"), (" JAPÓN ", "JP")],
        *[("Deutschland", "DE"), ("uk", "GB"), ("UK", "GB"), ("Great Britain", "GB"), ("usa", "US"), ("US", "US")],
        *[("Ivory Coast", "CI"), ("cote d'ivoire", "CI"), ("Côte d’Ivoire", "CI"), ("South Korea", "KR")],
        *[("korea", "KR"), ("holland", "NL"), ("the netherlands", "NL"), ("Dutch", "NL"), ("türkiye", "TR")],
        *[("Turkey", "TR"), ("Росія", "RU"), ("россия", "RU"), ("ألمانيا", "DE"), ("भारत", "IN"), ("Ελλάδα", "GR")],
        *[("ישראל", "IL"), ("한국", "KR"), ("대한민국", "KR"), ("臺灣", "TW"), ("taiwan", "TW"), ("czechia", "CZ")],
        *[("Burma", "MM"), ("Federal Republic of Germany", "DE"), ("Bosnia", "BA"), ("Russian Federation", "RU")],
        *[("guinea bissau", "GW"), ("guinea", "GN"), ("niger", "NE"), ("Nigerian", "NG"), ("🇧🇷", "BR"), ("xk", "XK")],
    ],
)
def test_a_country_is_found_by_every_name_that_people_type(word: str, code: str) -> None:
    assert resolve_country(word) == code


@pytest.mark.parametrize(
    "word",
    ["", " ", "atlantis", "tokyo", "Tibet", "Catalogne", "Siberia", "🇦", "🇽🇽", "the", "eur", "\ud800", "x" * 10_000],
)
def test_a_word_for_no_country_gives_none(word: str) -> None:
    assert resolve_country(word) is None


@given(st.text(max_size=120))
def test_resolve_gives_a_code_or_none_for_any_word(word: str) -> None:
    code = resolve_country(word)
    assert code is None or code in country_names("en")


def test_every_name_in_twenty_languages_resolves_to_a_country() -> None:
    for language in gazetteer_table()["names"]:
        for name in country_names(language).values():
            assert resolve_country(name) is not None, (language, name)


def test_a_code_means_the_country_of_that_code() -> None:
    for code in country_names("en"):
        assert resolve_country(code) == resolve_country(code.lower()) == code
