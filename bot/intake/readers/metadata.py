"""Metadata that sources give: time of publication, address, headline, publisher.

All of it comes from outside, so what can't be used gives None and never an error.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from bot.intake.encodings import remove_invisible
from bot.intake.readers.limits import unescape
from bot.intake.readers.written_dates import month_number, parse_written_date
from bot.intake.readers.zones import split_zone

__all__ = ["parse_label", "parse_time", "parse_url", "strip_title"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MIN_MILLISECONDS = 100_000_000_000
"""The number from which on a time is in milliseconds since 1970: as seconds it would be in the year 5138."""

_MAX_TIME = 100
"""Characters of a written time; longer texts are something else."""

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
"""Years of news: others come from clocks that were never set and from fields that hold something else."""

_SECONDS = re.compile(r"\d{9,13}(?:\.\d+)?")
_MIDNIGHT = re.compile(r"^(\d{4}-\d\d-\d\d[T ])24:00(?=$|:00)")
_CLOCK = r"(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d|60))?"
_MAIL_DATE = re.compile(
    rf"(?:[^\W\d]+\.?,?\s+)?(?P<day>\d{{1,2}})\.?[\s-]+(?:de\s+)?(?P<month>[^\W\d]+)\.?,?[\s-]+(?:de\s+)?"
    rf"(?P<year>\d{{4}}|\d\d)(?:,?\s+(?:[-–à]\s+)?{_CLOCK})?",
    re.IGNORECASE,
)
_MAIL_DATE_MONTH_FIRST = re.compile(
    rf"(?:[^\W\d]+\.?,?\s+)?(?P<month>[^\W\d]+)\.?\s+(?P<day>\d{{1,2}}),?\s+(?:(?P<year>\d{{4}})(?:,?\s+{_CLOCK})?)",
    re.IGNORECASE,
)
_YEAR_WITHOUT_CENTURY, _FIRST_YEAR_OF_1900S = 2, 70
"""Figures of a year that names no century, and from which of them on it is one of the 1900s (RFC 5322 has 50)."""

_SLASHED_DATE = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_BLANKS = re.compile(r"\s+")
_MAX_URL = 2_000
"""Characters of an address: about what browsers and servers accept."""

_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MOST_ESCAPES = 2
"""Times that a headline is unescaped: `&amp;#8216;` is found in JSON inside of HTML, more is not."""

_MAX_LABEL = 300
"""Characters of a headline or name: longer ones are texts in the wrong place."""


def parse_time(value: object) -> datetime | None:
    """Read a time as feeds, pages and other programs write it; return it in UTC.

    ISO 8601, the form of e-mail with days and months in twenty languages, dates as people write them (30.11.2026 06:00,
    2026年11月30日), seconds or milliseconds since 1970. A time without a zone is taken for UTC. None for what is no
    time, and for years that only a fault writes: before 1900, after 2200, and the very first second of 1970.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        try:
            seconds = value / 1000 if abs(value) >= _MIN_MILLISECONDS else value
            return _plausible(_EPOCH + timedelta(seconds=seconds))
        except (OverflowError, ValueError):
            return None
    if not isinstance(value, str) or len(value) > _MAX_TIME:
        return None
    if _SECONDS.fullmatch(value.strip()):
        return parse_time(float(value))
    text, zone = split_zone(value)
    for parse in (_parse_iso, _parse_mail_date, parse_written_date):
        try:
            parsed = parse(text)
            if parsed is not None:
                aware = parsed.replace(tzinfo=zone or UTC) if zone or parsed.tzinfo is None else parsed
                return _plausible(aware.astimezone(UTC))
        except (ValueError, OverflowError, TypeError):
            continue
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
    if _MIDNIGHT.search(text):
        return datetime.fromisoformat(_MIDNIGHT.sub(r"\g<1>00:00", text)) + timedelta(days=1)
    return datetime.fromisoformat(text)


def _parse_mail_date(text: str) -> datetime | None:
    """Return the time of RFC 5322's form, in any language and in either order of day and month."""
    match = _MAIL_DATE.fullmatch(text) or _MAIL_DATE_MONTH_FIRST.fullmatch(text)
    month = match and month_number(match["month"])
    if match is None or month is None:
        return None
    year = int(match["year"])
    if len(match["year"]) == _YEAR_WITHOUT_CENTURY:
        year += 1900 if year >= _FIRST_YEAR_OF_1900S else 2000
    hour = int(match["hour"] or 0)
    moment = datetime(year, month, int(match["day"]), hour % 24, int(match["minute"] or 0), int(match["second"] or 0))  # noqa: DTZ001 - the caller has the zone
    return moment + timedelta(days=hour == 24)  # a day's end
