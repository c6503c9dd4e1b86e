"""Dates as people and programs write them, in every language of data/calendar.json.

Only whole dates count, with day, month and year; a time of day behind or before one is read, too. A text that is nothing
but a date, such as a field of a feed, may abbreviate months as it likes and years to two figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Final

from bot.intake.encodings import remove_invisible
from bot.intake.readers.zones import ABBREVIATIONS
from summarizers.text.tables import load_table

__all__ = ["parse_written_date"]

_READ: Final = 400
"""Characters in which a date is looked for: lines with one are short."""

_PLAIN_DIGITS = re.compile(r"(?![0-9])\d")
"""Digits of other scripts, such as Arabic and Devanagari."""

_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
"""Marks of the direction of writing, which stand within Arabic and Hebrew dates."""

_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)")
_YEAR_OF_TWO_FIGURES = re.compile(r"(?<![\d.:/-])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d\d)(?![\d:])")
_MONTH_BETWEEN = re.compile(r"(?<!\d)(\d{1,2})\s+(\d{1,2})\s?[月월]\s*,?\s+((?:19|20)\d\d)(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?((?:19|20)\d\d)(?!\d)")
_WORD = re.compile(r"\d+|[^\W\d_][^\W\d_\u0303]*(?:[\u0900-\u097f॰]+)?")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_TWO_FIGURES = re.compile(r"\d\d\Z")
_FIRST_OF_1900S: Final = 70
"""Years of two figures from which on they are of the 1900s; RFC 5322 has 50, but news is younger than 1970."""

_ANY_YEAR = re.compile(r"\d{4}\Z")
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\Z")
_HEBREW_IN: Final = "ב"
"""`In`, which Hebrew writes in one word with the month."""

_ORDINALS: Final = frozenset(("st", "nd", "rd", "th", "er", "º", "ª", "de", "of", "del", "den", _HEBREW_IN))
"""Words between the parts of a date."""

_LEAST_OF_A_MONTH: Final = 3
"""Letters of a month's shortest abbreviation that is recognised without being in the table."""

_NEAR: Final = 3
"""Words between a month and its year: `November 18th, 2019` has the most."""

_ZONES: Final = (
    *("utc", "gmt", "z", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "cet", "cest", "mez", "mesz", "bst"),
    *("eet", "eest", "msk", "jst", "kst", "aest", "aedt"),
)
"""Zones that are read in running text, where others are words ("ist", "art")."""

_TIME = re.compile(
    r"(?<![\d.:/-])(?P<hour>[01]?\d|2[0-4])\s?[:h時时시점点]\s?(?P<minute>[0-5]\d)?(?:[:分분]\s?(?P<second>[0-5]\d)?)?"
    r"(?:\s?(?:(?P<half>[ap])\.?\s?m\b\.?|(?P<greek>[πμ])\.\s?μ\b\.?|(?P<arabic>[صم])(?!\w)))?"
    rf"(?:\s?\(?(?P<zone>{'|'.join(_ZONES)})\b|\s?(?:UTC|GMT)?(?P<hours>[+-]\d\d):?(?P<minutes>\d\d)\b)?",
    re.IGNORECASE,
)
_AFTERNOON = re.compile("오후|下午|午後|晚上|午后|pm")
_MORNING = re.compile("오전|上午|午前|am")
_AFTERNOON_LETTERS: Final = frozenset("pμم")
"""First letters of what stands behind a time after noon."""

_HOURS, _MONTHS = 24, 12
"""Hours of a day and months of a year."""

_HALF_OF_DAY: Final = 4
"""Characters before a time that may say which half of the day it is in."""

_TIME_REACH: Final = 30
"""Characters between a date and its time of day: `at`, weekdays and separators stand there."""


def parse_written_date(
    text: str, *, day_first: bool = True, whole: bool = False, zone: tzinfo = UTC
) -> datetime | None:
    """Return the first date of a text in UTC, None if there is none.

    `day_first` decides on 3/4/2026. `whole` says that the text is nothing but a date. Without a time of day it is
    midnight; a time without a zone is one of `zone`.
    """
    text = _PLAIN_DIGITS.sub(lambda match: str(int(match[0])), _MARKS.sub("", remove_invisible(text[:_READ])).lower())
    for year, month, day, start, end in _dates(text, day_first, whole):
        try:
            return _with_time(datetime(year, month, day, tzinfo=zone), text, start, end).astimezone(UTC)
        except ValueError:
            continue
    return None


def _dates(text: str, day_first: bool, whole: bool) -> Iterator[tuple[int, int, int, int, int]]:
    """Yield year, month, day, start and end of what may be dates."""
    for match in _YEAR_FIRST.finditer(text):
        yield int(match[1]), int(match[2]), int(match[3]), match.start(), match.end()
    yield from _named_dates(text, whole)
    for match in _YEAR_LAST.finditer(text):
        day, month = _in_order(int(match[1]), int(match[2]), day_first)
        yield int(match[3]), month, day, match.start(), match.end()
    if not whole:
        return
    for match in _MONTH_BETWEEN.finditer(text):
        yield int(match[3]), int(match[2]), int(match[1]), match.start(), match.end()
    for match in _YEAR_OF_TWO_FIGURES.finditer(text):
        day, month = _in_order(int(match[1]), int(match[3]), day_first)
        yield _full_year(match[4]), month, day, match.start(), match.end()


def _in_order(first: int, second: int, day_first: bool) -> tuple[int, int]:
    """Return day and month; what is no month is the day."""
    return (first, second) if (day_first and second <= _MONTHS) or first > _MONTHS else (second, first)


def _full_year(figures: str) -> int:
    year = int(figures)
    return year if len(figures) > len("99") else year + (1900 if year >= _FIRST_OF_1900S else 2000)


def _named_dates(text: str, whole: bool) -> Iterator[tuple[int, int, int, int, int]]:
    words = [word for word in _WORD.finditer(text) if word[0] not in _ORDINALS]
    written = _ANY_YEAR if whole else _YEAR
    found: list[tuple[int, int, int, int, int]] = []
    for at, word in enumerate(words):
        month = _months().get(word[0]) or _months().get(word[0].removeprefix(_HEBREW_IN))
        if month is None and whole:
            month = _month_of(word[0]) or _month_of(word[0].removeprefix(_HEBREW_IN))
        if month is None:
            continue
        before, behind = words[max(0, at - 1) : at], words[at + 1 : at + 1 + _NEAR]
        years = [other for other in (*behind, *words[max(0, at - 2) : at]) if written.match(other[0])]
        days = [other for other in (*before, *behind[:1]) if _DAY.match(other[0])]
        if whole and not years and days:
            rest = behind[1:] if days[0] in behind else behind
            years = [other for other in rest[:1] if _TWO_FIGURES.match(other[0])]
        if years and days:
            parts = (word, years[0], days[0])
            start, end = min(part.start() for part in parts), max(part.end() for part in parts)
            found.append((_full_year(years[0][0]), month, int(days[0][0]), start, end))
    # Of "mar. 1 déc. 2026", the shorter one: the first word is a Tuesday and no March.
    yield from sorted(found, key=lambda date: date[4] - date[3]) if whole else found


def _month_of(name: str) -> int | None:
    """Return a month's number by any abbreviation of its name, in any of the languages."""
    if len(name) < _LEAST_OF_A_MONTH:
        return None
    months = {month for full, month in _months().items() if full.startswith(name)}
    return months.pop() if len(months) == 1 else None


@cache
def _months() -> dict[str, int]:
    """Return the names of months in all languages: none means two months."""
    return {
        name: month
        for language, forms in load_table("calendar.json").items()
        if language != "source"
        for name, month in forms.get("months", {}).items()
    }


def _with_time(date: datetime, text: str, start: int, end: int) -> datetime:
    match = _TIME.search(text, end, end + _TIME_REACH) or _TIME.search(text, max(0, start - _TIME_REACH), start)
    if match is None or (match["minute"] is None and match["half"] is None):
        return date
    half = match["half"] or match["greek"] or match["arabic"]
    before = (max(0, match.start() - _HALF_OF_DAY), match.start())
    afternoon = half in _AFTERNOON_LETTERS or (half is None and _AFTERNOON.search(text, *before) is not None)
    hour = int(match["hour"])
    if half is not None or afternoon or _MORNING.search(text, *before) is not None:
        hour = hour % 12 + 12 * afternoon
    if match["zone"]:
        date = date.replace(tzinfo=timezone(timedelta(hours=ABBREVIATIONS[match["zone"]])))
    elif match["hours"]:
        offset = timedelta(hours=int(match["hours"]), minutes=int(match["hours"][0] + match["minutes"]))
        date = date.replace(tzinfo=timezone(offset))
    moment = date.replace(hour=hour % _HOURS, minute=int(match["minute"] or 0), second=int(match["second"] or 0))
    return moment + timedelta(days=hour // _HOURS)  # 24:00
