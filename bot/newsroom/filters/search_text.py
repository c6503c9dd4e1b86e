"""Words that people search for, where they are no filter: `:)`, `Re: budget`, an address."""

from __future__ import annotations

import re

from bot.errors import FilterInvalid, InputInvalid
from bot.newsroom.filters.filter import Filter
from bot.newsroom.filters.normal_form import OPERATORS
from bot.newsroom.filters.parser import LIMITS
from bot.newsroom.search_terms import search_terms

__all__ = ["readable_search"]

_SLIPS = frozenset(
    {"no-word", "bracket-closes", "bracket-open", "bracket-before", "end", "before", "key", "value", "deep"}
)
"""Faults of a filter that people make who only search for words; other faults are those of somebody who filters."""

_WORD = re.compile(r"[^\W_]+")


def readable_search(text: str) -> str:
    """Return text that a search can read: as it is if it is a filter, else its words.

    Raises FilterInvalid for a filter that is meant as one, such as a mistyped key or an unknown country, and
    InputInvalid for text without words.
    """
    try:
        Filter.parse(text)
    except FilterInvalid as error:
        if error.name not in _SLIPS or error.problem_facts.get("near"):
            raise
    else:
        return text
    words = [word for word in _WORD.findall(text) if search_terms(word, "und")][: LIMITS["words"]]
    if not words:
        raise InputInvalid(f"{text.strip()!r} has no words to search for", "error-words-nothing", given=text.strip())
    return " ".join(f'"{word}"' if word.casefold() in OPERATORS else word for word in words)
