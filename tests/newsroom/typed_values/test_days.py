"""Days of the week are read as CLDR writes them and as people do, or refused as a whole."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

import pytest
from babel.dates import get_day_names
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputInvalid
from bot.i18n import LOCALES, words
from bot.newsroom.typed_values import WEEKDAYS, ValueNotUnderstood, format_days, parse_days
from bot.newsroom.typed_values.vocabulary import DAY_LANGUAGES, babel_locale
from bot.services.value_words import days_words

Width = Literal["wide", "abbreviated"]
DAYS = st.integers(1, 7)
ALL_DAYS, WORKDAYS, WEEKEND = (1, 2, 3, 4, 5, 6, 7), (1, 2, 3, 4, 5), (6, 7)


def between(first: int, last: int) -> tuple[int, ...]:
    """The days from one to another, over the end of the week."""
    return tuple(sorted((first - 1 + step) % 7 + 1 for step in range((last - first) % 7 + 1)))


@pytest.mark.parametrize("language", DAY_LANGUAGES)
@pytest.mark.parametrize("width", ["wide", "abbreviated"])
@pytest.mark.parametrize("context", ["format", "stand-alone"])
def test_a_weekday_of_cldr_is_read_back(language: str, width: Width, context: Literal["format", "stand-alone"]) -> None:
    names = get_day_names(width, context, locale=babel_locale(language))
    assert [parse_days(names[index], language) for index in range(7)] == [(day,) for day in ALL_DAYS]


@pytest.mark.parametrize("language", LOCALES)
@given(first=DAYS, last=DAYS, width=st.sampled_from(["wide", "abbreviated"]))
def test_a_range_as_cldr_writes_it_is_read_back(language: str, first: int, last: int, width: Width) -> None:
    locale = babel_locale(language)
    names = get_day_names(width, locale=locale)
    shown = str(locale.interval_formats[None]).format(names[first - 1], names[last - 1])
    assert parse_days(shown, language) == between(first, last)


@pytest.mark.parametrize("language", LOCALES)
@given(days=st.sets(DAYS, min_size=1), width=st.sampled_from(["wide", "abbreviated"]))
def test_days_as_answers_show_them_are_read_back(language: str, days: set[int], width: Width) -> None:
    chosen = tuple(sorted(days))
    assert parse_days(days_words(chosen, words(language), width=width), language) == chosen


@pytest.mark.parametrize("language", LOCALES)
@given(days=st.sets(DAYS, min_size=1))
def test_the_normal_form_is_read_in_every_language(language: str, days: set[int]) -> None:
    chosen = tuple(sorted(days))
    assert parse_days(format_days(chosen), language) == chosen


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", "monday to friday", WORKDAYS),
        ("en", "mon–fri", WORKDAYS),
        ("en", "monday through friday", WORKDAYS),
        ("en", "Mo-Fr", WORKDAYS),
        ("en", "mon fri", (1, 5)),
        ("en", "monday and friday", (1, 5)),
        ("en", "tues & thurs", (2, 4)),
        ("en", "every day", ALL_DAYS),
        ("en", "workdays", WORKDAYS),
        ("en", "weekdays", WORKDAYS),
        ("en", "fri-mon", (1, 5, 6, 7)),
        ("en", "Sat, and Sun", WEEKEND),
        ("de", "Montag bis Freitag", WORKDAYS),
        ("de", "Mo.–Fr.", WORKDAYS),
        ("de", "täglich", ALL_DAYS),
        ("de", "taeglich", ALL_DAYS),
        ("de", "jeden Montag", (1,)),
        ("de", "montags und freitags", (1, 5)),
        ("fr", "du lundi au vendredi", WORKDAYS),
        ("fr", "tous les jours", ALL_DAYS),
        ("es", "lunes a viernes", WORKDAYS),
        ("es", "miercoles", (3,)),
        ("es", "entre semana", WORKDAYS),
        ("pt-BR", "de segunda a sexta", WORKDAYS),
        ("pt-BR", "2ª a 6ª", WORKDAYS),
        ("pt-BR", "terça e quinta", (2, 4)),
        ("ja", "月曜日", (1,)),
        ("ja", "平日", WORKDAYS),
        ("ja", "月曜から金曜まで", WORKDAYS),
        ("ja", "月火水", (1, 2, 3)),
        ("ja", "土日", WEEKEND),
        ("zh-TW", "週一到週五", WORKDAYS),
        ("zh-TW", "每週一、三、五", (1, 3, 5)),
        ("zh-TW", "星期一至星期五", WORKDAYS),
        ("zh-TW", "每天", ALL_DAYS),
    ],
)
def test_days_are_read_as_people_write_them(language: str, text: str, days: tuple[int, ...]) -> None:
    assert parse_days(text, language) == days


@pytest.mark.parametrize("text", ["Montag bis Freitag", "lunes a viernes", "月曜から金曜まで", "週一至週五", "понедельник-пятница"])  # fmt: skip
@pytest.mark.parametrize("language", LOCALES)
def test_days_of_another_language_are_read(language: str, text: str) -> None:
    assert parse_days(text, language) == WORKDAYS


def test_the_askers_language_comes_before_others() -> None:
    assert parse_days("do", "de") == (4,)
    assert parse_days("do", "es") == (7,)


def test_languages_that_disagree_are_not_guessed() -> None:
    with pytest.raises(ValueNotUnderstood) as caught:
        parse_days("do", "en")
    assert caught.value.readings == ("thu", "sun")


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("daily except sunday", "mon,tue,wed,thu,fri,sat,sun"),
        ("monday sometimes", "mon"),
        ("mon-wed-fri", "mon,tue,wed"),
        ("mon,", "mon"),
        ("every other day", ""),
        (",mon", ""),
        ("every", ""),
        ("", ""),
        ("mondaytofriday", ""),
        ("x" * 300, ""),
    ],
)
def test_days_that_are_understood_in_part_are_refused(text: str, understood: str) -> None:
    with pytest.raises(ValueNotUnderstood, match="mon-fri") as caught:
        parse_days(text)
    assert caught.value.understood == understood


@pytest.mark.parametrize("language", LOCALES)
@given(days=st.sets(DAYS, min_size=1), place=st.booleans())
def test_an_unknown_word_refuses_the_whole(language: str, days: set[int], place: bool) -> None:
    shown = days_words(tuple(sorted(days)), words(language))
    with pytest.raises(ValueNotUnderstood):
        parse_days(f"{shown} xyzzy" if place else f"xyzzy {shown}", language)


@given(st.text(max_size=20), st.sampled_from(LOCALES))
def test_any_text_gives_days_or_is_refused(text: str, language: str) -> None:
    with suppress(InputInvalid):
        days = parse_days(text, language)
        assert days
        assert list(days) == sorted(set(days))
        assert all(1 <= day <= len(WEEKDAYS) for day in days)
