"""Names of places in a text, by the words beside them.

A place says little about which of its happenings a story reports. Table: data/locatives.toml.
"""

from __future__ import annotations

import re
from functools import cache

from summarizers.text.scripts import CYRILLIC_CAPITALS, GREEK_CAPITALS, HAN, HANGUL, LATIN_CAPITALS
from summarizers.text.tables import load_table

__all__ = ["marks_names", "place_names"]

_CASELESS = frozenset({"ar", "he", "hi"})
"""Languages without capitals: the word beside a sign is taken for the name."""

_NOUNS_IN_CAPITALS = "de"
"""The language in which a capital says nothing: there a name is one word."""


def marks_names(language: str) -> bool:
    """Return whether a capital within a sentence marks a name in a language."""
    return language not in _CASELESS and language != _NOUNS_IN_CAPITALS


def place_names(text: str, language: str) -> list[str]:
    """Return the names beside a word of place, or with an ending of one, as written, in order."""
    pattern = _pattern(language)
    return [] if pattern is None else [match[match.lastgroup or 0] for match in pattern.finditer(text)]


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    """Pattern of a language's names of places; None for a language without a table."""
    own = load_table("locatives.toml").get(language)
    if own is None:
        return None
    if units := own.get("units"):
        # two syllables or two to three ideographs are the usual length of a name
        if language == "ko":
            return re.compile(f"[{HANGUL}]{{2}}[{units}](?=[{HANGUL}]{{0,2}}(?![{HANGUL}]))")
        return re.compile(f"[{HAN}]{{2,3}}[{units}]")
    word = r"[^\W\d_]{2,}"
    if endings := own.get("endings"):
        return re.compile(rf"(?P<ended>\b{word}['’](?:{'|'.join(endings)})\b)")
    if after := own.get("after"):
        return re.compile(rf"(?P<followed>{word})(?= (?:{'|'.join(after)})(?!\w))")
    name = word
    if language not in _CASELESS:
        name = rf"[{LATIN_CAPITALS}{CYRILLIC_CAPITALS}{GREEK_CAPITALS}][^\W\d_]+"
        if language != _NOUNS_IN_CAPITALS:
            name = rf"{name}(?:[ -]{name})*"
    signs = sorted(own["before"], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?i:{'|'.join(map(re.escape, signs))}) (?P<preceded>{name})(?!['’]s)\b")
