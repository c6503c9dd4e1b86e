"""Times in a filter: relative spans, named days and dates."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from bot.newsroom.filters.ast import Period

__all__ = ["TIME_HELP", "parse_period", "resolve_time"]

TIME_HELP = "write 12h, 2d, 1w, today, yesterday or a date such as 2026-11-01"

_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_NAMED_DAYS = {"today": 0, "yesterday": 1}
"""Days before the present one."""

_EARLIEST = datetime.min.replace(tzinfo=UTC)
_LATEST = datetime.max.replace(tzinfo=UTC)
_DATE_LENGTH = len("2026-11-01")
_SPAN = re.compile(r"(\d{1,7})([hdw])", re.ASCII)
_TYPED_SPAN = re.compile(r"(\d{1,7})\s*(h|d|w)(?:ours?|ays?|eeks?)?", re.ASCII)
_TYPED_DATE = re.compile(r"\d{4}-\d\d-\d\d([t ]\d\d:\d\d(:\d\d)?(z|[+-]\d\d:\d\d)?)?", re.ASCII)


def parse_period(typed: str) -> str | None:
    """Return the normal form of a time as people type it, or None if it can't be read.

    Whole weeks become `w`.
    """
    value = typed.strip().casefold()
    if found := _TYPED_SPAN.fullmatch(value):
        number, unit = int(found[1]), found[2]
        if unit == "d" and number % 7 == 0 and number:
            number, unit = number // 7, "w"
        return f"{number}{unit}"
    if value in _NAMED_DAYS:
        return value
    if not _TYPED_DATE.fullmatch(value):
        return None
    try:
        at = datetime.fromisoformat(value.replace("t", "T").replace("z", "+00:00"))
    except ValueError:
        return None
    return value if len(value) == _DATE_LENGTH else at.isoformat()


def resolve_time(node: Period, now: datetime) -> datetime:
    """Return the moment at which a period begins (`since`) or ends (`until`, exclusive).

    A date is a day in the zone of `now`: from its midnight, or until its end. Times outside the calendar's range
    become its first or last moment.
    """
    span = _SPAN.fullmatch(node.value)
    try:
        if span:
            return now - int(span[1]) * _UNITS[span[2]]
        if node.value in _NAMED_DAYS:
            midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
            day = midnight - timedelta(days=_NAMED_DAYS[node.value])
            return day if node.key == "since" else day + timedelta(days=1)
        at = datetime.fromisoformat(node.value)
        if at.tzinfo is None:
            at = at.replace(tzinfo=now.tzinfo)
        whole_day = len(node.value) == _DATE_LENGTH
        return at + timedelta(days=1) if whole_day and node.key == "until" else at
    except OverflowError:
        return _LATEST if node.key == "until" and not span else _EARLIEST
