"""Countries and topics are found however people spell them, and a typo gets the name that was meant."""

from __future__ import annotations

import pytest

from bot.newsroom.name_lookup import closest_codes, country_of, topic_of


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Grossbritannien", "GB"),
        ("GROSSBRITANNIEN", "GB"),
        ("Vereinigtes Königreich", "GB"),
        ("Vereinigtes Koenigreich", "GB"),
        ("U.K.", "GB"),
        ("Inglaterra", "GB"),
        ("イギリス", "GB"),
        ("ｲｷﾞﾘｽ", "GB"),
        ("英國", "GB"),
        ("英国", "GB"),
        ("Holland", "NL"),
        ("países bajos", "NL"),
        ("paises bajos", "NL"),
        ("USA", "US"),
        ("E.U.A.", "US"),
        ("EEUU", "US"),
        ("États-Unis", "US"),
        ("にほん", "JP"),
        ("日本国", "JP"),
        ("Suedkorea", "KR"),
        ("Sudkorea", "KR"),
        ("Oesterreich", "AT"),
        ("Weißrussland", "BY"),
    ],
)
def test_a_country_is_found_in_any_spelling(name: str, code: str) -> None:
    assert country_of(name) == code


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Fussball", "sport"),
        ("FUßBALL", "sport"),
        ("santé", "health"),
        ("sante", "health"),
        ("educacao", "education"),
        ("meteo", "weather"),
        ("體育", "sport"),
        ("体育", "sport"),
    ],
)
def test_a_topic_is_found_in_any_spelling(name: str, slug: str) -> None:
    assert topic_of(name) == slug


@pytest.mark.parametrize(
    ("kind", "typed", "meant"),
    [
        ("country", "Grossbritanien", "GB"),
        ("country", "Grosbritannien", "GB"),
        ("country", "Germny", "DE"),
        ("country", "Frankreih", "FR"),
        ("country", "Untied States", "US"),
        ("country", "Osterich", "AT"),
        ("country", "Philipinen", "PH"),
        ("country", "Brasilen", "BR"),
        ("topic", "fuß", "sport"),
        ("topic", "Fusball", "sport"),
        ("topic", "wirtschft", "economy-business-and-finance"),
        ("topic", "polticis", "politics-and-government"),
    ],
)
def test_a_typo_gets_the_name_that_was_meant(kind: str, typed: str, meant: str) -> None:
    assert closest_codes(kind, typed)[0] == meant


@pytest.mark.parametrize("typed", ["", "xq", "xqzzzzq"])
def test_nonsense_gets_no_suggestion(typed: str) -> None:
    assert closest_codes("country", typed) == []
