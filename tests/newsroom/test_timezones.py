"""Time zones are found by what people type for them: cities, countries, abbreviations, in any language."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputInvalid, UnknownName
from bot.i18n import LOCALES
from bot.newsroom.timezones import TimezoneAmbiguous, names, resolve_timezone, zone, zone_countries, zones_named
from bot.services.timezone_choices import zone_name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Mumbai", "Asia/Kolkata"),
        ("New York", "America/New_York"),
        ("new_york", "America/New_York"),
        ("東京", "Asia/Tokyo"),
        ("München", "Europe/Berlin"),
        ("Muenchen", "Europe/Berlin"),
        ("the netherlands", "Europe/Amsterdam"),
        ("UK", "Europe/London"),
        ("Москва", "Europe/Moscow"),
        ("倫敦", "Europe/London"),
        ("San Francisco", "America/Los_Angeles"),
        ("EST", "America/New_York"),
        ("pst", "America/Los_Angeles"),
        ("CET", "Europe/Berlin"),
        ("IST", "Asia/Kolkata"),
        ("GMT", "UTC"),
        ("Eastern Time", "America/New_York"),
        ("台北時間", "Asia/Taipei"),
        ("Tokyo time", "Asia/Tokyo"),
        ("China", "Asia/Shanghai"),
        ("España", "Europe/Madrid"),
        ("Lyon", "Europe/Paris"),
    ],
)
def test_a_place_with_one_clock_is_taken(text: str, found: str) -> None:
    assert resolve_timezone(text) == found


@pytest.mark.parametrize(
    ("language", "found"), [("fr", "Europe/Paris"), ("es", "Europe/Madrid"), ("de", "Europe/Berlin")]
)
def test_an_abbreviation_is_that_of_the_askers_country(language: str, found: str) -> None:
    assert resolve_timezone("CET", language) == found


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("USA", ("America/New_York", "America/Chicago")),
        ("Australia", ("Australia/Sydney", "Australia/Brisbane")),
        ("Brasil", ("America/Sao_Paulo", "America/Manaus")),
        ("CST", ("America/Chicago", "Asia/Shanghai")),
    ],
)
def test_a_place_with_several_clocks_is_asked_about_the_largest_first(text: str, first: tuple[str, str]) -> None:
    with pytest.raises(TimezoneAmbiguous) as caught:
        resolve_timezone(text)
    assert caught.value.zones[:2] == first


@pytest.mark.parametrize("text", ["", " ", "Mars/Olympus", "Berln", "UTC+8", "xyzzy"])
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(UnknownName):
        resolve_timezone(text)


@pytest.mark.parametrize("language", LOCALES)
def test_the_name_that_answers_show_is_read_back(language: str) -> None:
    assert [name for name in zone_countries() if not zones_named(zone_name(name, language), language)] == []


def test_every_zone_is_read_by_its_own_name() -> None:
    for name in names():
        if "/" in name:
            assert resolve_timezone(name.lower()) == name


@given(st.text(max_size=20), st.sampled_from(LOCALES))
def test_any_text_gives_a_zone_or_is_refused(text: str, language: str) -> None:
    with suppress(InputInvalid, UnknownName):
        assert zone(resolve_timezone(text, language)).key
