"""Days, times of day and periods in normal form, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from typing import Literal

from babel.dates import format_date, format_skeleton, format_time, format_timedelta, get_day_names

from bot.i18n import Words
from bot.newsroom.typed_values import NAMED_DAYS, SPAN, WEEKDAYS, YEARLY_DATE, parse_days, parse_times

__all__ = ["clock_words", "days_words", "period_words", "span_words", "to_babel", "typed_value_words"]

_SHORTEST_RANGE = 3
"""Days in a row from which "Mon–Wed" is shorter than naming each."""

_EXACT = 10**9
"""babel's threshold above which it uses the next unit: never, so that 24 h are not 1 day."""

_UNITS: Mapping[str, tuple[Literal["minute", "hour", "day", "week"], timedelta]] = {
    "min": ("minute", timedelta(minutes=1)),
    "h": ("hour", timedelta(hours=1)),
    "d": ("day", timedelta(days=1)),
    "w": ("week", timedelta(weeks=1)),
}
"""Units of spans, with babel's names."""

_LEAP_YEAR = 2000
"""A year that has every date, for dates without a year."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def to_babel(language: str) -> str:
    """Return a language as babel writes it."""
    return language.replace("-", "_")


def days_words(days: Sequence[int], words: Words, *, width: Literal["abbreviated", "wide"] = "abbreviated") -> str:
    """Name ascending ISO weekdays: Mon–Fri; Sat, Sun; every day."""
    if len(days) == len(WEEKDAYS):
        return words.plain("days-daily")
    names = get_day_names(width, "stand-alone", locale=to_babel(words.locale))
    return words.listed([_run_words(run, names, words) for run in _day_runs(days)])


def clock_words(at: time, words: Words) -> str:
    """Return a time of day as the reader's language writes it."""
    return _plain_spaces(format_time(at, "short", locale=to_babel(words.locale)))


def span_words(value: str, words: Words) -> str | None:
    """Return a span such as 2d in words, as "2 days"; None for any other value."""
    found = SPAN.fullmatch(value)
    if found is None:
        return None
    unit, length = _UNITS[found[2]]
    try:
        return str(format_timedelta(int(found[1]) * length, unit, _EXACT, locale=to_babel(words.locale)))
    except OverflowError:
        return value


def period_words(value: str, words: Words) -> str:
    """Return a period in normal form in words: 2 days; yesterday; Monday; November 1."""
    locale = to_babel(words.locale)
    if (span := span_words(value, words)) is not None:
        return span
    if value in NAMED_DAYS:
        return words.plain(f"since-{value}")
    if value in WEEKDAYS:
        return str(get_day_names("wide", "stand-alone", locale=locale)[WEEKDAYS.index(value)])
    if yearly := YEARLY_DATE.fullmatch(value):
        return str(format_skeleton("MMMMd", date(_LEAP_YEAR, int(yearly[1]), int(yearly[2])), locale=locale))
    if _DATE.fullmatch(value):
        return str(format_date(date.fromisoformat(value), "long", locale=locale))
    return value


def typed_value_words(kind: Literal["days", "times", "period"], value: str, words: Words) -> str:
    """Return a typed value, from its normal form, in words."""
    match kind:
        case "days":
            return days_words(parse_days(value), words, width="wide")
        case "times":
            return words.listed([clock_words(each, words) for each in parse_times(value)])
        case "period":
            return period_words(value, words)


def _day_runs(days: Sequence[int]) -> list[list[int]]:
    """Split ascending ISO weekdays into runs of consecutive ones."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _run_words(run: Sequence[int], names: Mapping[int, str], words: Words) -> str:
    """Name consecutive weekdays: Sat, Sun; Mon–Fri from three on."""
    if len(run) < _SHORTEST_RANGE:
        return words.listed([names[day - 1] for day in run])
    return words.plain("days-range", first=names[run[0] - 1], last=names[run[-1] - 1])


def _plain_spaces(shown: str) -> str:
    return shown.replace("\u202f", " ").replace("\u2009", " ")
