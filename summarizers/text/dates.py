"""Names of days, months and small numbers: the one table of dates.

Table: data/calendar.json, from CLDR and by hand, made by training/calendar_words.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from summarizers.text.tables import load_table

__all__ = ["Calendar", "any_of", "calendar", "date_forms"]


@dataclass(frozen=True, slots=True)
class Calendar:
    """A language's names of days, months and small numbers, in lower case.

    Days count from 0 for Monday, months from 1; numbers are their digits.
    """

    days: dict[str, int]
    months: dict[str, int]
    numbers: dict[str, str]


@cache
def calendar(language: str) -> Calendar:
    """Return a language's calendar; an empty one for a language without a table."""
    own = load_table("calendar.json").get(language, {})
    return Calendar(own.get("days", {}), own.get("months", {}), own.get("numbers", {}))


@cache
def date_forms(language: str, kind: str) -> tuple[str, ...]:
    """Return the forms of one kind for a language or `any`; empty where there are none.

    `month_before_number`: casefolded months whose full stop ends no sentence before a number. `after_time`: casefolded
    words that may follow a time of day. `day_in_phrase`, `month_in_phrase`: names as written within a sentence.
    """
    return tuple(load_table("calendar.json").get(language, {}).get(kind, ()))


def any_of(names: tuple[str, ...]) -> str:
    """Return a regular expression's group that matches any of these names, the longest first."""
    return f"(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})"
