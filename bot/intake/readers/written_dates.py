"""Dates as people write them on pages, in every language of data/calendar.json.

Only whole dates count, with day, month and year; a time of day behind or before one is read, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Final

from bot.intake.readers.zones import ABBREVIATIONS
from summarizers.text.tables import load_table

__all__ = ["month_number", "parse_written_date"]

_READ: Final = 400
"""Characters in which a date is looked for: lines with one are short."""

_PLAIN_DIGITS = re.compile(r"(?![0-9])\d")
"""Digits of other scripts, such as Arabic and Devanagari."""

_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?((?:19|20)\d\d)(?!\d)")
_WORD = re.compile(r"\d+|[^\W\d_][^\W\d_\u0303]*(?:[\u0900-\u097f॰]+)?")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
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
    r"(?<![\d.:/-])([01]?\d|2[0-3])\s?[:h時시点]\s?([0-5]\d)?(?:[:分분]\s?([0-5]\d)?)?(?:\s?([ap])\.?\s?m\b\.?)?"
    rf"(?:\s?\(?({'|'.join(_ZONES)})\b|\s?(?:UTC|GMT)?([+-]\d\d):?(\d\d)\b)?",
    re.IGNORECASE,
)
_AFTERNOON = re.compile("오후|下午|午後|晚上|午后")
_HALF_OF_DAY: Final = 4
"""Characters before a time that may say which half of the day it is in."""

_TIME_REACH: Final = 30
"""Characters between a date and its time of day: `at`, weekdays and separators stand there."""


def parse_written_date(text: str, *, day_first: bool = True) -> datetime | None:
    """Return the first date of a text in UTC, None if there is none.

    `day_first` decides on 3/4/2026. Without a time of day it is midnight; a time without a zone is taken for UTC.
    """
    text = _PLAIN_DIGITS.sub(lambda match: str(int(match[0])), text[:_READ].lower())
    for year, month, day, start, end in _dates(text, day_first):
        try:
            return _with_time(datetime(year, month, day, tzinfo=UTC), text, start, end)
        except ValueError:
            continue
    return None


def _dates(text: str, day_first: bool) -> Iterator[tuple[int, int, int, int, int]]:
    """Yield year, month, day, start and end of what may be dates."""
    for match in _YEAR_FIRST.finditer(text):
        yield int(match[1]), int(match[2]), int(match[3]), match.start(), match.end()
    yield from _named_dates(text)
    for match in _YEAR_LAST.finditer(text):
        day, month = (
            (match[1], match[2]) if (day_first and int(match[2]) <= 12) or int(match[1]) > 12 else (match[2], match[1])
        )
        yield int(match[3]), int(month), int(day), match.start(), match.end()


def _named_dates(text: str) -> Iterator[tuple[int, int, int, int, int]]:
    words = [word for word in _WORD.finditer(text) if word[0] not in _ORDINALS]
    for at, word in enumerate(words):
        month = _months().get(word[0]) or _months().get(word[0].removeprefix(_HEBREW_IN))
        if month is None:
            continue
        before, behind = words[max(0, at - 1) : at], words[at + 1 : at + 1 + _NEAR]
        years = [other for other in (*behind, *words[max(0, at - 2) : at]) if _YEAR.match(other[0])]
        days = [other for other in (*before, *behind[:1]) if _DAY.match(other[0])]
        if years and days:
            parts = (word, years[0], days[0])
            yield int(years[0][0]), month, int(days[0][0]), min(p.start() for p in parts), max(p.end() for p in parts)


def month_number(name: str) -> int | None:
    """Return a month's number by its name or any abbreviation of it, in any of the languages."""
    name = name.lower().rstrip(".")
    months = {_months()[name]} if name in _months() else set()
    if not months and len(name) >= _LEAST_OF_A_MONTH:
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
    if match is None or (match[2] is None and match[4] is None):
        return date
    afternoon = (
        match[4] == "p" or _AFTERNOON.search(text, max(0, match.start() - _HALF_OF_DAY), match.start()) is not None
    )
    hour = int(match[1]) % 12 + 12 * afternoon if match[4] or afternoon else int(match[1])
    offset = timedelta(hours=ABBREVIATIONS[match[5] or "utc"])
    if match[6]:
        offset = timedelta(hours=int(match[6]), minutes=int(match[6][0] + match[7]))
    moment = date.replace(hour=hour, minute=int(match[2] or 0), second=int(match[3] or 0))
    return moment.replace(tzinfo=timezone(offset)).astimezone(UTC)
