"""Matching of names to typed text, which may be a beginning or have typing errors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "MAX_LABEL",
    "MAX_SUGGESTIONS",
    "MIN_SIMILARITY",
    "NamedChoice",
    "Suggestion",
    "fit_label",
    "fold_name",
    "rank_choices",
    "suggest_choices",
]

MAX_SUGGESTIONS = 25
"""Suggestions that Discord shows."""

MAX_LABEL = 100
"""Characters of a suggestion's name or value that Discord allows."""

MIN_SIMILARITY = 72
"""Similarity (0 to 100) from which on a name is taken for a mistyped one: one slip in a name of four letters."""

_SIMILARITY_MARGIN = 8
"""Mistyped names are offered down to this much below the most similar one; others are only noise."""

_MIN_BEGINNING_SIMILARITY = 50
"""Similarity of beginnings in kanji or kana: one of two characters, since names have only two to four."""

_NO_MATCH = 9
"""The rank of a name that doesn't contain the typed text, after all ranks of `_rank`."""

_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_IDEOGRAMS = re.compile("[\u3041-\u3096\u4e00-\u9fff]")
"""Hiragana and Han: names are two to four characters, so similarity needs other limits."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggestion: what people read, and what the command gets; at most 100 characters each."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class NamedChoice:
    """A value with its name and folded `keys` to find it by; `stories` is how many are about it."""

    name: str
    value: str
    keys: tuple[str, ...]
    stories: int = 0


def fold_name(text: str) -> str:
    """Return text without case, accents, width and punctuation, for comparing names.

    Katakana becomes hiragana: people type the one on their way to the other.
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)).casefold()
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", bare)).translate(_HIRAGANA).split())


def rank_choices(text: str, choices: Sequence[NamedChoice], *, first: str | None = None) -> list[NamedChoice]:
    """Return the choices that match typed text, best first, at most 25.

    The one with the value `first` comes first; then beginnings of names, words in them, and parts of words. Mistyped names count only if no name contains the text as it is typed. Ties go to the choice with more stories.
    """
    typed = fold_name(text)
    if not typed:
        return sorted(choices, key=lambda each: -each.stories)[:MAX_SUGGESTIONS]
    scored: list[tuple[int, float, int, int]] = []
    for position, each in enumerate(choices):
        rank = 0 if each.value == first else min((_rank(typed, key) for key in each.keys if key), default=_NO_MATCH)
        if rank != _NO_MATCH:
            scored.append((rank, 0.0, -each.stories, position))
    if not scored:
        similar = _similar(typed, choices)
        limit = max(similar.values(), default=0) - _SIMILARITY_MARGIN
        scored = [(_NO_MATCH, -score, 0, position) for position, score in similar.items() if score and score >= limit]
    return [choices[position] for *_order, position in sorted(scored)[:MAX_SUGGESTIONS]]


def suggest_choices(text: str, choices: Sequence[NamedChoice]) -> list[Suggestion]:
    """Return suggestions of the choices that match typed text, best first."""
    return [Suggestion(fit_label(each.name), each.value[:MAX_LABEL]) for each in rank_choices(text, choices)]


def fit_label(name: str) -> str:
    """Return a name on one line, cut to what Discord allows."""
    flat = " ".join("".join(char if char.isprintable() else " " for char in name).split()) or "…"
    return flat if len(flat) <= MAX_LABEL else flat[: MAX_LABEL - 1].rstrip() + "…"


def _similar(typed: str, choices: Sequence[NamedChoice]) -> dict[int, float]:
    """Return the similarity of each choice by position; {} if the text is too short for any."""
    ideograms = _IDEOGRAMS.search(typed) is not None
    if len(typed) <= 2 and not ideograms:
        return {}
    similar = {position: _similarity(typed, each.keys) for position, each in enumerate(choices)}
    if ideograms and len(typed) > 1 and not any(similar.values()):
        similar = {position: _beginning_similarity(typed, each.keys) for position, each in enumerate(choices)}
    return similar


def _similarity(typed: str, keys: Sequence[str]) -> float:
    """Return the similarity to the closest name, 0 to 100."""
    from rapidfuzz import fuzz  # only a mistake needs it, and it costs 20 ms at start-up

    # Names of two letters resemble everything.
    names = [key for key in keys if len(key) > 2 or not key.isascii()]
    return max((fuzz.WRatio(typed, key, score_cutoff=MIN_SIMILARITY) for key in names), default=0)


def _beginning_similarity(typed: str, keys: Sequence[str]) -> float:
    """Return the similarity to the beginning of the closest name, 0 to 100."""
    from rapidfuzz import fuzz  # only a mistake needs it, and it costs 20 ms at start-up

    beginnings = [key[: len(typed)] for key in keys]
    scores = (fuzz.ratio(typed, each, score_cutoff=_MIN_BEGINNING_SIMILARITY) for each in beginnings)
    return max(scores, default=0)


def _rank(typed: str, key: str) -> int:
    """Return 0 for the whole name, 1 for its beginning, 2 for a word's, 3 for a part of it."""
    if key == typed:
        return 0
    if key.startswith(typed):
        return 1
    if f" {typed}" in key:
        return 2
    return 3 if len(typed) > 1 and typed in key else _NO_MATCH
