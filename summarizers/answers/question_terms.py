"""The kind of thing that a question asks for, and the terms that texts share with it.

Question words of the 20 languages are in data/questions.toml. Terms of two languages meet by their figures, by their
romanized spelling and by its consonants, as names do; terms of one language also by their stems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from summarizers.text.romanization import consonants, romanize
from summarizers.text.scripts import holds_ideographs
from summarizers.text.stems import snowball_stem
from summarizers.text.tables import load_table
from summarizers.text.words import normalise, stopwords, words

__all__ = ["ASKED_KINDS", "Question", "question_words", "read_question", "text_terms"]

ASKED_KINDS = ("number", "person", "time", "place")
"""What a question may ask for, beside anything."""

_UNSPACED = frozenset({"ja", "ko", "zh"})
"""Languages whose question words stand between no blanks, or have endings written onto them."""

_LEAST_CONSONANTS = 3
"""Consonants by which words of two languages are compared: two are in too many words."""

_LEAST_LETTERS = 5
"""Romanized letters of the same: shorter words are seldom names."""

_LEAST_SPELLED = 4
"""Romanized letters by which words of two languages are the same: "Peru", but not "die", which is two words."""

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_SEPARATORS = re.compile(r"[.,](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is compared.

    `terms` are the keys of each of its content words; `kind` is one of ASKED_KINDS, or "" for anything.
    """

    text: str
    language: str
    kind: str
    terms: tuple[frozenset[str], ...]


def read_question(text: str, language: str) -> Question:
    """Return what a question in a language asks for."""
    folded = normalise(text).casefold()
    found = [(match, kind) for kind in ASKED_KINDS if (match := _pattern(language, kind).search(folded))]
    # The first word asks, and the longest of those that begin there: "who" of "when did the man who …" doesn't.
    kind = min(found, key=lambda each: (each[0].start(), -each[0].end()))[1] if found else ""
    return Question(text, language, kind, tuple(_keys(word, language) for word in question_words(text, language)))


def question_words(text: str, language: str) -> list[str]:
    """Return the words of a question that say what it is about, in order, folded."""
    rest = normalise(text).casefold()
    for each in (*ASKED_KINDS, "other"):
        rest = _pattern(language, each).sub(" ", rest)
    stop = stopwords(language)
    return [word for word in dict.fromkeys(words(rest, language)) if word not in stop]


def text_terms(text: str, language: str) -> set[str]:
    """Return the keys of all words of a text, by which questions in any language find them."""
    stop = stopwords(language)
    keys: set[str] = set()
    for word in set(words(normalise(text), language)):
        if word.casefold() not in stop:
            keys |= _keys(word, language)
    return keys


def _keys(word: str, language: str) -> frozenset[str]:
    """Return what a word is found by: its stem in its language, and its figure or sound in any."""
    return frozenset(_iter_keys(word, language))


def _iter_keys(word: str, language: str) -> Iterator[str]:
    folded = word.casefold()
    if _DIGITS.fullmatch(folded):
        yield "#" + _SEPARATORS.sub("", folded)
        return
    script = "han" if holds_ideographs(folded) else language
    yield f"{script}:{snowball_stem(folded, language)}"
    spelled = romanize(folded)
    if len(spelled) >= _LEAST_SPELLED:
        yield f"={spelled}"
    if len(spelled) >= _LEAST_LETTERS:
        sound = consonants(spelled, language).classes
        if len(sound) >= _LEAST_CONSONANTS:
            yield f"~{sound}"


@cache
def _pattern(language: str, kind: str) -> re.Pattern[str]:
    """Return a pattern of a language's question words of one kind, by default of English."""
    table = load_table("questions.toml")
    listed = table.get(language, table["en"])[kind].split("|")
    choices = "|".join(re.escape(word) for word in sorted(listed, key=len, reverse=True))
    return re.compile(choices if language in _UNSPACED else rf"(?<!\w)(?:{choices})(?!\w)")
