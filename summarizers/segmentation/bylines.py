"""Bylines: lines that say who wrote a text."""

from __future__ import annotations

import re
from functools import cache

from summarizers.text.furniture_words import byline_begins

__all__ = ["is_byline", "may_be_byline"]

_NAMED = r"[^\W\d_a-z][\w.'’-]*(?:\s(?:[^\W\d_a-z][\w.'’-]*|de|da|di|del|der|den|van|von|bin|al|el|la|le|du|dos|ter|y|e)){0,4}"
_BYLINE_NAME = re.compile(
    rf"{_NAMED}(?:\s*(?:,|and|und|et|y|e|en|og|och|i|&|/|и|та)\s*{_NAMED}){{0,5}}"
    r"(?:\s*(?:,|\||-|–|—|/|\bin\b|\bat\b|\bfor\b|\bof\b|@)\s*[^\Wa-z].{1,60})?\s*(?:\|.*)?\Z"
)
_ROLE_WORD = re.compile(
    r"staff|report|writer|correspond|editor|column|contrib|photographer|bureau|redakt|korresp|redac|redaz",
    re.IGNORECASE,
)
_ROLE_SIGN = re.compile(r"[,|–—/-]")
"""Sign between a name and what its bearer is."""

_ROLE = re.compile(
    rf"{_NAMED}\s*(?:,|\||-|–|—|/)\s*(?:[A-Z][\w'’&.]*\s){{0,4}}(?:(?i:staff|senior|chief|political|sports?|business|science|special|"
    r"contributing|local|foreign|health|technology|education|deputy)\s)*(?i:staff|reporter|writer|correspondent|editor|columnist|"
    r"contributor|photographer|bureau|redakteur(?:in)?|korrespondent(?:in)?|correspondant|corresponsal|redactor|redazione)"
    r"(?:\s(?:in|at|for|of)\s.{2,40})?\Z"
)


def may_be_byline(line: str) -> bool:
    """Return whether a line begins as bylines do: "By "."""
    return line[:2] in _openings() and line.startswith(byline_begins())


@cache
def _openings() -> frozenset[str]:
    """Return the first two characters of bylines, in which nearly all other lines differ."""
    return frozenset(begin[:2] for begin in byline_begins())


def is_byline(line: str) -> bool:
    """Return whether a line names who wrote a text: "By Jane Doe", "Jane Doe, Reporter"."""
    if may_be_byline(line) and _BYLINE_NAME.match(_named_in(line)):
        return True
    return (
        line[0].isupper()
        and _ROLE_SIGN.search(line) is not None
        and _ROLE_WORD.search(line) is not None
        and _ROLE.match(line.rstrip(".")) is not None
    )


def _named_in(line: str) -> str:
    """Return what follows a byline's first word, or its "by"."""
    return (
        re.split(r"\bby\s", line, maxsplit=1)[-1].rstrip(" .")
        if " by " in line[:14]
        else line.split(None, 1)[-1].rstrip(" .")
    )
