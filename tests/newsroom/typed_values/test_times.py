"""Times of day are read as CLDR writes them and as people do, or refused as a whole."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, time

import pytest
from babel.dates import format_skeleton, format_time
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputInvalid
from bot.i18n import LOCALES, words
from bot.newsroom.typed_values import ValueNotUnderstood, format_times, parse_times
from bot.newsroom.typed_values.vocabulary import babel_locale
from bot.services.value_words import clock_words

CLOCK = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))


@pytest.mark.parametrize("language", LOCALES)
@given(at=CLOCK)
def test_a_time_of_cldr_is_read_back(language: str, at: time) -> None:
    locale = babel_locale(language)
    shown = [format_time(at, "short", locale=locale), clock_words(at, words(language))]
    shown += [
        format_skeleton(skeleton, datetime.combine(datetime(2026, 11, 2).date(), at), locale=locale)  # noqa: DTZ001
        for skeleton in ("Hm", "hm", "Bhm")
        if skeleton in locale.datetime_skeletons
    ]
    assert {parse_times(each, language) for each in shown} == {(at,)}


@pytest.mark.parametrize("language", LOCALES)
@given(times=st.sets(CLOCK, min_size=1, max_size=5))
def test_the_normal_form_is_read_in_every_language(language: str, times: set[time]) -> None:
    chosen = tuple(sorted(times))
    assert parse_times(format_times(chosen), language) == chosen


@pytest.mark.parametrize(
    ("language", "text", "times"),
    [
        ("en", "08:00", "08:00"),
        ("en", "18:30, 8:05", "08:05,18:30"),
        ("en", "8am;8pm", "08:00,20:00"),
        ("en", "12am,12pm", "00:00,12:00"),
        ("en", "7.15", "07:15"),
        ("en", "8:00,08:00", "08:00"),
        ("en", "8:30 p.m.", "20:30"),
        ("en", "noon", "12:00"),
        ("en", "midnight", "00:00"),
        ("en", "12 noon", "12:00"),
        ("en", "8 in the evening", "20:00"),
        ("en", "half past eight", "08:30"),
        ("en", "quarter to nine", "08:45"),
        ("en", "1830", "18:30"),
        ("en", "20:00 in the evening", "20:00"),
        ("de", "8 Uhr", "08:00"),
        ("de", "8 Uhr 30", "08:30"),
        ("de", "8.30 Uhr", "08:30"),
        ("de", "halb neun", "08:30"),
        ("de", "halb 9 abends", "20:30"),
        ("de", "viertel nach acht", "08:15"),
        ("de", "8 Uhr und 18 Uhr", "08:00,18:00"),
        ("de", "12 am", "00:00"),
        ("fr", "8h30", "08:30"),
        ("fr", "8 h 30", "08:30"),
        ("fr", "8 heures et demie", "08:30"),
        ("fr", "midi", "12:00"),
        ("fr", "1h du matin", "01:00"),
        ("fr", "20 h", "20:00"),
        ("es", "a las ocho y media", "08:30"),
        ("es", "8:30 p. m.", "20:30"),
        ("es", "8 de la tarde", "20:00"),
        ("es", "las 8 y las 20", "08:00,20:00"),
        ("pt-BR", "oito e meia", "08:30"),
        ("pt-BR", "meio-dia", "12:00"),
        ("pt-BR", "8 da noite", "20:00"),
        ("ja", "午前8時", "08:00"),
        ("ja", "午後8時30分", "20:30"),
        ("ja", "8時半", "08:30"),
        ("ja", "夜8時", "20:00"),
        ("ja", "午前0時", "00:00"),
        ("zh-TW", "早上八點", "08:00"),
        ("zh-TW", "八點半", "08:30"),
        ("zh-TW", "下午三點", "15:00"),
        ("zh-TW", "十二點三十分", "12:30"),
    ],
)
def test_times_are_read_as_people_write_them(language: str, text: str, times: str) -> None:
    assert format_times(parse_times(text, language)) == times


@pytest.mark.parametrize("text", ["8 Uhr", "8 heures", "午前8時", "早上八點", "8h"])
@pytest.mark.parametrize("language", LOCALES)
def test_times_of_another_language_are_read(language: str, text: str) -> None:
    assert format_times(parse_times(text, language)) == "08:00"


@pytest.mark.parametrize(
    ("text", "readings"),
    [("8 and 6pm", ("08:00,18:00", "18:00,20:00")), ("午後12時", ("00:00", "12:00"))],
)
def test_a_time_with_two_meanings_is_not_guessed(text: str, readings: tuple[str, ...]) -> None:
    with pytest.raises(ValueNotUnderstood) as caught:
        parse_times(text, "ja" if not text.isascii() else "en")
    assert caught.value.readings == readings


@pytest.mark.parametrize("text", ["", "25:00", "8:7", "13pm", "0am", "8:60", "-1", "08:00:00", "٨:٠٠", "9-17", "8 30", "8,", "20:00 in the morning", "around 8"])  # fmt: skip
def test_other_times_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(InputInvalid, match="08:00"):
        parse_times(text)


def test_a_refusal_says_what_was_understood() -> None:
    with pytest.raises(ValueNotUnderstood) as caught:
        parse_times("8:30 tomorrow")
    assert (caught.value.understood, caught.value.facts["rest"]) == ("08:30", "tomorrow")


def test_more_than_one_time_an_hour_is_refused() -> None:
    with pytest.raises(InputInvalid, match="24 times"):
        parse_times(",".join(f"{hour:02}:{minute}" for hour in range(24) for minute in (10, 40)))


@pytest.mark.parametrize("language", LOCALES)
@given(at=CLOCK, place=st.booleans())
def test_an_unknown_word_refuses_the_whole(language: str, at: time, place: bool) -> None:
    shown = clock_words(at, words(language))
    with pytest.raises(ValueNotUnderstood):
        parse_times(f"{shown} xyzzy" if place else f"xyzzy {shown}", language)


@given(st.text(max_size=20), st.sampled_from(LOCALES))
def test_any_text_gives_times_or_is_refused(text: str, language: str) -> None:
    with suppress(InputInvalid):
        times = parse_times(text, language)
        assert times
        assert list(times) == sorted(set(times))
