"""Periods are read as CLDR writes them and as people do, or refused as a whole; and become moments."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import pytest
from babel.dates import format_date, format_timedelta
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputInvalid
from bot.i18n import LOCALES, words
from bot.newsroom.typed_values import ValueNotUnderstood, parse_period, resolve_time
from bot.newsroom.typed_values.vocabulary import babel_locale
from bot.services.value_words import period_words

NOW = datetime(2026, 11, 30, 14, 30, tzinfo=UTC)  # a Monday
UNITS: dict[Literal["minute", "hour", "day", "week", "month", "year"], timedelta] = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
}


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("unit", UNITS)
@given(number=st.integers(1, 400), ago=st.booleans())
def test_a_span_of_cldr_is_read_back(
    language: str, unit: Literal["minute", "hour", "day", "week", "month", "year"], number: int, ago: bool
) -> None:
    span = number * UNITS[unit]
    shown = format_timedelta(-span if ago else span, unit, 10**9, add_direction=ago, locale=babel_locale(language))
    assert resolve_time(parse_period(shown, language), "since", NOW) == NOW - span


@pytest.mark.parametrize("language", LOCALES)
@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)), width=st.sampled_from(["medium", "long", "full"]))
def test_a_date_of_cldr_is_read_back(language: str, day: date, width: Literal["medium", "long", "full"]) -> None:
    assert parse_period(format_date(day, width, locale=babel_locale(language)), language) == day.isoformat()


@pytest.mark.parametrize("language", LOCALES)
@given(
    value=st.one_of(
        st.sampled_from(["today", "yesterday", "day-before-yesterday", "mon", "sun", "--11-01", "--02-29", "30min"]),
        st.builds(lambda number, unit: f"{number}{unit}", st.integers(1, 400), st.sampled_from("hw")),
        st.integers(1, 400).filter(lambda number: number % 7).map(lambda number: f"{number}d"),
        st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(date.isoformat),
    )
)
def test_a_period_as_answers_show_it_is_read_back(language: str, value: str) -> None:
    assert parse_period(value, language) == value
    assert parse_period(period_words(value, words(language)), language) == value


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "3 days ago", "3d"),
        ("en", "the last 3 days", "3d"),
        ("en", "last week", "1w"),
        ("en", "14 days", "2w"),
        ("en", "2 months", "60d"),
        ("en", "since monday", "mon"),
        ("en", "Nov 1, 2026", "2026-11-01"),
        ("en", "1st of November 2026", "2026-11-01"),
        ("en", "1 november", "--11-01"),
        ("en", "13/11/2026", "2026-11-13"),
        ("en", "01.11.2026", "2026-11-01"),
        ("en", "2026-11-01 08:00", "2026-11-01T08:00:00"),
        ("de", "heute", "today"),
        ("de", "vor 3 Tagen", "3d"),
        ("de", "in den letzten 3 Tagen", "3d"),
        ("de", "letzte Woche", "1w"),
        ("de", "1. November 2026", "2026-11-01"),
        ("de", "vor einer Woche", "1w"),
        ("fr", "hier", "yesterday"),
        ("fr", "les 3 derniers jours", "3d"),
        ("fr", "1er novembre 2026", "2026-11-01"),
        ("fr", "aujourd’hui", "today"),
        ("es", "hace 3 días", "3d"),
        ("es", "últimos 7 días", "1w"),
        ("es", "desde el lunes", "mon"),
        ("pt-BR", "há 3 dias", "3d"),
        ("pt-BR", "3 dias atrás", "3d"),
        ("pt-BR", "1º de novembro de 2026", "2026-11-01"),
        ("ja", "昨日", "yesterday"),
        ("ja", "過去3日間", "3d"),
        ("ja", "2026年11月1日", "2026-11-01"),
        ("ja", "11月1日", "--11-01"),
        ("zh-TW", "三天前", "3d"),
        ("zh-TW", "上週", "1w"),
        ("zh-TW", "過去24小時", "24h"),
    ],
)
def test_periods_are_read_as_people_write_them(language: str, text: str, value: str) -> None:
    assert parse_period(text, language) == value


@pytest.mark.parametrize(("text", "value"), [("gestern", "yesterday"), ("昨日", "yesterday"), ("letzte Woche", "1w"), ("上週", "1w"), ("hier", "yesterday")])  # fmt: skip
@pytest.mark.parametrize("language", LOCALES)
def test_periods_of_another_language_are_read(language: str, text: str, value: str) -> None:
    assert parse_period(text, language) == value


@pytest.mark.parametrize(("text", "readings"), [("11/1/26", ("2026-11-01", "2026-01-11")), ("3m", ("3min", "90d"))])
def test_a_period_with_two_meanings_is_not_guessed(text: str, readings: tuple[str, ...]) -> None:
    with pytest.raises(ValueNotUnderstood) as caught:
        parse_period(text)
    assert caught.value.readings == readings


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("yesterday evening", "yesterday"),
        ("3 days ago maybe", "3d"),
        ("in 3 days", ""),
        ("week", ""),
        ("3", ""),
        ("30 feb 2026", ""),
        ("2026-13-01", ""),
        ("vor Montag", ""),
        ("", ""),
    ],
)
def test_periods_that_are_understood_in_part_are_refused(text: str, understood: str) -> None:
    with pytest.raises(ValueNotUnderstood, match="2026-11-01") as caught:
        parse_period(text)
    assert caught.value.understood == understood


def test_a_date_on_another_weekday_than_typed_is_refused() -> None:
    with pytest.raises(ValueNotUnderstood):
        parse_period("Tuesday, November 30, 2026")


@pytest.mark.parametrize(
    ("value", "since", "until"),
    [
        ("yesterday", "2026-11-29", "2026-11-30"),
        ("day-before-yesterday", "2026-11-28", "2026-11-29"),
        ("mon", "2026-11-30", "2026-12-01"),
        ("sun", "2026-11-29", "2026-11-30"),
        ("tue", "2026-11-24", "2026-11-25"),
        ("--11-01", "2026-11-01", "2026-11-02"),
        ("--12-24", "2025-12-24", "2025-12-25"),
        ("--02-29", "2024-02-29", "2024-03-01"),
    ],
)
def test_a_named_day_is_the_latest_one(value: str, since: str, until: str) -> None:
    found = [resolve_time(value, key, NOW).date().isoformat() for key in ("since", "until")]
    assert found == [since, until]


@given(st.text(max_size=20), st.sampled_from(LOCALES))
def test_any_text_gives_a_period_or_is_refused(text: str, language: str) -> None:
    with suppress(InputInvalid):
        value = parse_period(text, language)
        assert parse_period(value) == value
        assert resolve_time(value, "since", NOW).tzinfo is not None
