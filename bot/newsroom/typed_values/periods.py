"""Periods as people type them: spans back from now, named days, weekdays and dates.

`3 days ago`, `vor 3 Tagen`, 昨日, `last week`, `since monday`, `1 novembre 2026`, `2026-11-01`. The normal form is
relative where the text is: `12h`, `2d`, `1w`, `30min`, `today`, `yesterday`, `day-before-yesterday`, `mon` (the latest
Monday), `--11-01` (the latest 1 November), else a date or a date with a time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from bot.newsroom.typed_values.days import WEEKDAYS, add_day_names
from bot.newsroom.typed_values.reading import Partial, read_typed
from bot.newsroom.typed_values.vocabulary import LANGUAGES, Lexicon, TypedWord, babel_locale, typed_words

__all__ = ["NAMED_DAYS", "SPAN", "SPAN_UNITS", "YEARLY_DATE", "parse_period", "resolve_time"]

SPAN_UNITS = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
"""Units of spans in normal form."""

NAMED_DAYS = {"today": 0, "yesterday": 1, "day-before-yesterday": 2}
"""Days before the present one, by name."""

SPAN = re.compile(r"(\d{1,7})(min|h|d|w)", re.ASCII)
YEARLY_DATE = re.compile(r"--(\d\d)-(\d\d)", re.ASCII)
"""A date without a year, as ISO 8601 truncates it."""

_UNIT_SPANS = {"minute": (1, "min"), "hour": (1, "h"), "day": (1, "d"), "week": (1, "w"), "month": (30, "d"), "year": (365, "d")}  # fmt: skip
"""CLDR's units in those of the normal form; a month has 30 days and a year 365, as in babel's timedeltas."""

_MOST_DIGITS = 7
"""Digits of a span: ten million hours are more than a thousand years."""

_EARLIEST = datetime.min.replace(tzinfo=UTC)
_LATEST = datetime.max.replace(tzinfo=UTC)
_DATE_LENGTH = len("2026-11-01")
_NORMAL_MOMENT = re.compile(r"\d{4}-\d\d-\d\d([t ]\d\d:\d\d(:\d\d)?(z|[+-]\d\d:\d\d)?)?", re.ASCII)
_LEAP_YEAR = 2000
"""A year that has every date, for dates without a year."""

_THIS_CENTURY = 2000
"""The century of years of two digits."""


def parse_period(text: str, language: str = "en") -> str:
    """Return the normal form of a time typed in a language, or unmistakably in another one.

    Whole weeks become `w`. Raises ValueNotUnderstood.
    """
    return _normal_form(text.strip().casefold()) or read_typed("period", text, language, LANGUAGES, _read)


def resolve_time(value: str, key: str, now: datetime) -> datetime:
    """Return the moment at which a period begins (`since`) or ends (`until`, exclusive).

    A date is a day in the zone of `now`: from its midnight, or until its end. Times outside the calendar's range
    become its first or last moment.
    """
    span = SPAN.fullmatch(value)
    try:
        if span:
            return now - int(span[1]) * SPAN_UNITS[span[2]]
        day = _latest_day(value, now.date())
        if day is not None:
            midnight = datetime.combine(day, datetime.min.time(), now.tzinfo)
            return midnight if key == "since" else midnight + timedelta(days=1)
        at = datetime.fromisoformat(value)
        if at.tzinfo is None:
            at = at.replace(tzinfo=now.tzinfo)
        whole_day = len(value) == _DATE_LENGTH
        return at + timedelta(days=1) if whole_day and key == "until" else at
    except OverflowError:
        return _LATEST if key == "until" and not span else _EARLIEST


def _latest_day(value: str, today: date) -> date | None:
    """Return the day that a named day, weekday or yearly date means; None for other values."""
    if value in NAMED_DAYS:
        return today - timedelta(days=NAMED_DAYS[value])
    if value in WEEKDAYS:
        return today - timedelta(days=(today.weekday() - WEEKDAYS.index(value)) % len(WEEKDAYS))
    if yearly := YEARLY_DATE.fullmatch(value):
        month, day = int(yearly[1]), int(yearly[2])
        years = range(today.year, today.year - 9, -1)  # nine years always hold a 29 February
        days = (date(year, month, day) for year in years if _is_date(year, month, day))
        return next((each for each in days if each <= today), None)
    return None


def _normal_form(value: str) -> str | None:
    """Return the normal form of what is nearly in it already; None for words."""
    if found := SPAN.fullmatch(value):
        return _span(int(found[1]), found[2])
    if value in NAMED_DAYS or value in WEEKDAYS:
        return value
    if yearly := YEARLY_DATE.fullmatch(value):
        return value if _is_date(_LEAP_YEAR, int(yearly[1]), int(yearly[2])) else None
    if not _NORMAL_MOMENT.fullmatch(value):
        return None
    try:
        at = datetime.fromisoformat(value.replace("t", "T").replace("z", "+00:00"))
    except ValueError:
        return None
    return value if len(value) == _DATE_LENGTH else at.isoformat()


def _span(number: int, unit: str) -> str:
    if unit == "d" and number and number % 7 == 0:
        number, unit = number // 7, "w"
    return f"{number}{unit}"


def _read(text: str, language: str) -> str | Partial:
    """Read a period in one language."""
    tokens = [token for token in _lexicon(language).tokens(text) if token.kind != "fill"]
    answer = _value(tokens, language)
    if answer is not None:
        return answer
    for end in range(len(tokens) - 1, 0, -1):
        understood = _value(tokens[:end], language)
        if isinstance(understood, str):
            return Partial(understood, " ".join(token.text for token in tokens[end:]))
    return Partial("", text)


def _value(tokens: Sequence[TypedWord], language: str) -> str | Partial | None:
    """Return what all tokens together say; None if they say nothing."""
    match [token.kind for token in tokens]:
        case ["value"]:
            return str(tokens[0].value)
        case ["day"]:
            return WEEKDAYS[tokens[0].value - 1]
    number_and_unit = [token for token in tokens if token.kind != "back"]
    if [token.kind for token in number_and_unit] == ["number", "unit"]:
        number, unit = number_and_unit
        if len(number.text) <= _MOST_DIGITS:
            factor, span_unit = _UNIT_SPANS[unit.value]
            return _span(number.value * factor, span_unit)
    return _date(tokens, language)


def _date(tokens: Sequence[TypedWord], language: str) -> str | Partial | None:
    """Return a date's normal form; two readings for one such as 1/11/2026 in English."""
    weekdays = {token.value for token in tokens if token.kind == "day"}
    marks = [token for token in tokens if token.kind not in ("day", ",") and not _is_date_mark(token)]
    numbers = [token for token in marks if token.kind == "number"]
    match [token.kind for token in marks]:
        case ["number", "month", "number"]:
            year_first = len(numbers[0].text) == 4
            year, day = numbers if year_first else reversed(numbers)
            return _normal_date(year, marks[1].value, day.value, weekdays)
        case ["month", "number", "number"]:
            return _normal_date(numbers[1], marks[0].value, numbers[0].value, weekdays)
        case ["number", "month"] | ["month", "number"] if not weekdays and len(numbers[0].text) <= 2:
            month, day = next(token.value for token in marks if token.kind == "month"), numbers[0].value
            return f"--{month:02}-{day:02}" if _is_date(_LEAP_YEAR, month, day) else None
        case ["number", ("/" | "." | "to") as first, "number", ("/" | "." | "to") as second, "number"] if (
            first == second
        ):
            return _numeric_date(numbers, first, language, weekdays)
    return None


def _is_date_mark(token: TypedWord) -> bool:
    return token.text in ("年", "日")


def _numeric_date(numbers: Sequence[TypedWord], mark: str, language: str, weekdays: set[int]) -> str | Partial | None:
    """Return the date of three numbers, the year first if that has four digits.

    Otherwise the day is first; in English it may be the month.
    """
    first, second, third = numbers
    if len(first.text) == 4:
        return _normal_date(first, second.value, third.value, weekdays)
    day_first = _normal_date(third, second.value, first.value, weekdays)
    if language != "en" or mark == ".":
        return day_first
    month_first = _normal_date(third, first.value, second.value, weekdays)
    readings = [each for each in (month_first, day_first) if each is not None]
    return Partial("", "", tuple(readings)) if len(set(readings)) == 2 else next(iter(readings), None)


def _normal_date(year: TypedWord, month: int, day: int, weekdays: set[int]) -> str | None:
    """Return a date in normal form; None if it doesn't exist or falls on another weekday."""
    if len(year.text) not in (2, 4) or not year.text.isascii():
        return None
    number = year.value + (_THIS_CENTURY if len(year.text) == 2 else 0)
    if not _is_date(number, month, day):
        return None
    found = date(number, month, day)
    return found.isoformat() if weekdays <= {found.isoweekday()} else None


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=len(LANGUAGES))
def _lexicon(language: str) -> Lexicon:
    words, locale, lexicon = typed_words(language)["periods"], babel_locale(language), Lexicon(language)
    for name, key in (("today", "today"), ("yesterday", "yesterday"), ("day-before-yesterday", "before_yesterday")):
        lexicon.add("value", name, words[key])
    lexicon.add("value", "mon", words["this_week"])
    for value, phrases in words["spans"].items():
        lexicon.add("value", value, phrases)
    for widths in locale.months.values():
        for width in ("wide", "abbreviated"):
            for number, name in widths[width].items():
                lexicon.add("month", number, [name])
    _add_units(lexicon, words["units"], locale._data)
    add_day_names(lexicon, language, widths=("wide", "abbreviated"), shortest=2)
    for number, names in enumerate(typed_words(language)["numbers"], 1):
        lexicon.add("number", number, names.split("|"))
    lexicon.add("back", None, words["back"])
    lexicon.add("fill", None, words["fill"])
    return lexicon


def _add_units(lexicon: Lexicon, extra: Mapping[str, Sequence[str]], data: Mapping[str, Any]) -> None:
    """Add names of units, the extra ones first.

    In CLDR's patterns they stand behind the number, some with an "ago".
    """
    names: dict[str, set[str]] = {}
    for unit in _UNIT_SPANS:
        lexicon.add("unit", unit, extra.get(unit, ()))
        patterns = [text for width in data["unit_patterns"].get(f"duration-{unit}", {}).values() for text in width.values()]  # fmt: skip
        for suffix in ("", "-short", "-narrow"):
            patterns += data["date_fields"].get(f"{unit}{suffix}", {}).get("past", {}).values()
        for pattern in patterns:
            before, _, after = pattern.partition("{0}")
            lexicon.add("back", None, [before])
            if after.strip() and not after.startswith("/"):
                names.setdefault(after, set()).add(unit)
    for name, units in names.items():
        if len(units) == 1:  # a narrow m is a minute or a month
            lexicon.add("unit", next(iter(units)), [name])
