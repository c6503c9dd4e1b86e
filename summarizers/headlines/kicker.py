"""Kickers: the short label before a story, such as `AUKUS:`."""

from __future__ import annotations

import re
from typing import NamedTuple

from summarizers.text.datelines import opens_with_bracketed_dateline

__all__ = ["Kicker", "find_kicker", "shown_kicker"]


class Kicker(NamedTuple):
    """A kicker without its colon or brackets, and where the text behind it begins."""

    text: str
    body: int


_KICKER = re.compile(r"(?P<label>[‘“\"'«„]?[^\W_][^:：\n]{1,38}?[’”\"'»“!?]?)\s?[:：](?:\s+(?=\S)|\Z)")
_CJK_KICKER = re.compile(r"[【〈《［\[](?P<label>[^】〉》］\]\d\s][^】〉》］\]]{1,14})[】〉》］\]]\s*(?=\S)")
_NOT_KICKERS = frozenset(
    {"ceo", "cfo", "cto", "faq", "note", "update", "photo", "photos", "video", "watch", "source", "sources", "caption",
     "tip", "tel", "fax", "isbn", "url", "editor", "correction"}
)  # fmt: skip
_READ = 60
"""Characters that may hold a kicker and its colon."""

_MOST_WORDS, _FEWEST_LETTERS = 6, 3
"""Words and letters of a kicker."""


def find_kicker(paragraph: str) -> Kicker | None:
    """Return the kicker that a paragraph begins with, or None.

    A kicker is a few words in capitals before a colon, or a label in CJK brackets that is no dateline.
    """
    first = paragraph[:1]
    if first in "【〈《［":
        match = _CJK_KICKER.match(paragraph)
        if match and not opens_with_bracketed_dateline(paragraph):
            return Kicker(match["label"].strip(), match.end())
        return None
    head = paragraph[:_READ]
    match = _KICKER.match(head) if ":" in head or "：" in head else None
    if match is None:
        return None
    label = match["label"]
    letters = [letter for letter in label if letter.isalpha()]
    if len(letters) < _FEWEST_LETTERS or any(
        letter != letter.upper() or letter == letter.lower() for letter in letters
    ):
        return None
    if len(label.split()) > _MOST_WORDS or label.strip("‘’“”\"'«»„").casefold() in _NOT_KICKERS:
        return None
    return Kicker(label, match.end())


_QUOTES = "‘’“”\"'«»„"


def shown_kicker(kicker: str | None, headline: str) -> str | None:
    """Return the kicker that stands before a headline, None if there is none.

    What somebody says in the story ("‘WORLD WAR III’:") belongs to the deck below it, and stands only before a headline
    that quotes it, too.
    """
    if not kicker:
        return None
    words = kicker.strip(_QUOTES)
    quoted = kicker[0] in _QUOTES and kicker[-1] in _QUOTES
    return None if quoted and words.casefold() not in headline.casefold() else kicker
