"""Metadata that sources give: time of publication, address, headline, publisher.

All of it comes from outside, so what can't be used gives None and never an error.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from bot.intake.encodings import remove_invisible
from bot.intake.readers.limits import unescape
from bot.intake.readers.written_dates import parse_written_date
from bot.intake.readers.zones import split_zone

__all__ = ["parse_label", "parse_time", "parse_url", "strip_title"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MIN_SECONDS = 100_000_000
"""The least number of seconds since 1970 that is a time: smaller numbers, of March 1973 and before, are something else."""

_SECONDS_BELOW = 100_000_000_000
"""The number below which a time is in seconds: larger ones, of the year 5138, are in thousandths, or thousandths of those."""

_FINEST = 3
"""Times that a number may be divided by a thousand: to milliseconds, microseconds and nanoseconds."""

_MAX_TIME = 100
"""Characters of a written time; longer texts are something else."""

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
"""Years of news: others come from clocks that were never set and from fields that hold something else."""

_NUMBER = re.compile(r"\d{9,19}(?:\.\d{1,9})?")
_COMPACT = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?")
"""Year, month, day and perhaps the time of day without signs: no number of seconds has as many figures and is of news."""

_MIDNIGHT = re.compile(r"^(\d{4}-\d\d-\d\d[T ])24:00(?=$|:00)")
_SLASHED_DATE = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_BLANKS = re.compile(r"\s+")
_MAX_URL = 2_000
"""Characters of an address: about what browsers and servers accept."""

_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MOST_ESCAPES = 2
"""Times that a headline is unescaped: `&amp;#8216;` is found in JSON inside of HTML, more is not."""

_MAX_LABEL = 300
"""Characters of a headline or name: longer ones are texts in the wrong place."""


def parse_time(value: object, *, zone: tzinfo = UTC) -> datetime | None:
    """Read a time as feeds, pages and other programs write it; return it in UTC.

    ISO 8601, the form of e-mail with days and months in twenty languages, dates as people write them (30.11.2026 06:00,
    2026年11月30日), seconds since 1970 or their thousandths, millionths and billionths. A time without a zone is one of
    `zone`. None for what is no time, and for years that only a fault writes: before 1900, after 2200, and the very first
    second of 1970.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _parse_number(value) or (parse_time(str(value)) if _COMPACT.fullmatch(str(value)) else None)
    if not isinstance(value, str) or len(value) > _MAX_TIME:
        return None
    text = value.strip()
    if _COMPACT.fullmatch(text) is None and _NUMBER.fullmatch(text):
        return _parse_number(float(text))
    text, stated = split_zone(text)
    zone = stated or zone
    try:
        parsed = _parse_iso(text)
        return _plausible((parsed.replace(tzinfo=zone) if parsed.tzinfo is None else parsed).astimezone(UTC))
    except (ValueError, OverflowError):
        pass  # not ISO 8601
    try:
        moment = parse_written_date(text, whole=True, zone=zone)
    except OverflowError:  # of the first and last days that there are
        return None
    return moment and _plausible(moment)


def _parse_number(number: float) -> datetime | None:
    """Return the moment of a number of seconds since 1970, or of their parts."""
    try:
        for _ in range(_FINEST):
            if number >= _SECONDS_BELOW:
                number /= 1000
        return _plausible(_EPOCH + timedelta(seconds=number)) if number >= _MIN_SECONDS else None
    except (OverflowError, ValueError):
        return None


def _plausible(moment: datetime) -> datetime | None:
    return moment if _FIRST_YEAR <= moment.year <= _LAST_YEAR and moment != _EPOCH else None


def parse_url(value: object) -> str | None:
    """Return a web address, or None for anything else."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    lowered = text[:8].lower()
    if not lowered.startswith(("http://", "https://")) or len(text) > _MAX_URL or _BLANKS.search(text):
        return None
    return text


def parse_label(value: object) -> str | None:
    """Return a name or headline in one line; for an object, its name or title.

    Sources escape headlines for HTML once, twice or not at all.
    """
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    if not isinstance(value, str):
        return None
    for _ in range(_MOST_ESCAPES):
        if "&" in value:
            value = _REFERENCE.sub(lambda match: unescape(match[0]), value)
    return _BLANKS.sub(" ", remove_invisible(value.replace("\x00", ""))).strip()[:_MAX_LABEL] or None


def strip_title(text: str, title: str | None) -> str:
    """Return the text without its first line if that repeats the title."""
    if title is None:
        return text
    first, _, rest = text.lstrip().partition("\n")
    same = _BLANKS.sub(" ", first).strip().casefold() == _BLANKS.sub(" ", title).strip().casefold()
    return rest if same and rest.strip() else text


def _parse_iso(text: str) -> datetime:
    text = _SLASHED_DATE.sub(lambda match: f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}", text, 1)
    if (compact := _COMPACT.fullmatch(text)) is not None:
        text = f"{text[:8]}T{text[8:]}" if len(compact[0]) > len("20261130") else text
    if _MIDNIGHT.search(text):
        return datetime.fromisoformat(_MIDNIGHT.sub(r"\g<1>00:00", text)) + timedelta(days=1)
    return datetime.fromisoformat(text)
