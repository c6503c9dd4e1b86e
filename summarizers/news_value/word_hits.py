"""Words of news value in a text, by data/news_value_words.toml: kinds and places."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

import ahocorasick

from summarizers.text.dates import calendar
from summarizers.text.scripts import DEVANAGARI
from summarizers.text.tables import load_table

__all__ = ["WORDS_TABLE", "WordHit", "find_words", "word_languages"]

WORDS_TABLE = "news_value_words.toml"

_UNSPACED = frozenset({"zh", "ja"})
"""Languages without blanks between words: entries match anywhere."""

_AGGLUTINATED = frozenset({"ko"})
"""Languages whose particles are written behind the word: every entry is the beginning of a word."""

_DEVANAGARI = re.compile(f"[{DEVANAGARI}]")

_LEAST_MONTH = 3
"""Letters of the shortest month name that is looked for: shorter abbreviations are other words, too."""

_PREFIXES = {
    "ar": frozenset({"ال", "و", "وال", "ب", "بال", "ل", "لل", "ف", "فال", "ك", "كال", "ول", "وب"}),
    "he": frozenset({"ה", "ו", "ב", "ל", "מ", "ש", "כ", "וה", "שה", "מה", "בה", "לה", "וב", "ול", "כש", "של"}),
}
"""Articles, conjunctions and prepositions that Arabic and Hebrew write together with the next word."""


class WordHit(NamedTuple):
    """An entry of the table in a text: characters `start` to `end` (excluded), and its kinds.

    `value` is the number that an entry of `number` or `scale` stands for, else 0.
    """

    start: int
    end: int
    kinds: tuple[str, ...]
    value: float


class _Entry(NamedTuple):
    """An entry as the automaton has it: where it may stand, what follows its first part."""

    length: int
    inside: bool
    open_ended: bool
    rest: re.Pattern[str] | None
    kinds: tuple[str, ...]
    value: float


def word_languages() -> frozenset[str]:
    """Return the languages that the table has words of, as ISO 639-1 codes."""
    return frozenset(load_table(WORDS_TABLE))


def find_words(text: str, language: str) -> list[WordHit]:
    """Return the hits in a casefolded text, in order and without overlap.

    Of two that overlap the one that begins first counts, of two that begin together the longer one. A language without
    words gives [].
    """
    automaton = _automaton(language)
    if automaton is None:
        return []
    found: list[tuple[int, int, _Entry]] = []
    prefixes = _PREFIXES.get(language)
    for last, entries in automaton.iter(text):
        for entry in entries:
            start, end = last + 1 - entry.length, last + 1
            within_word = start > 0 and not entry.inside and _in_word(text[start - 1])
            if within_word and (prefixes is None or _word_start(text, start) not in prefixes):
                continue
            if entry.rest is not None:
                match = entry.rest.match(text, end)
                if match is None:
                    continue
                end = match.end()
            if entry.open_ended or end == len(text) or not _in_word(text[end]):
                found.append((start, -end, entry))
    found.sort(key=lambda hit: hit[:2])
    hits: list[WordHit] = []
    free = 0
    for start, negative_end, entry in found:
        if start >= free:
            free = -negative_end
            hits.append(WordHit(start, free, entry.kinds, entry.value))
    return hits


def _in_word(character: str) -> bool:
    """Return whether a character belongs to a word; vowel signs of Devanagari do."""
    return character.isalnum() or (character > "\u08ff" and _DEVANAGARI.match(character) is not None)


def _word_start(text: str, end: int) -> str:
    """Return a word's letters before a place in it, at most one more than a prefix has."""
    start = end
    while start and end - start < 4 and _in_word(text[start - 1]):
        start -= 1
    return text[start:end]


@cache
def _automaton(language: str) -> ahocorasick.Automaton | None:
    table = load_table(WORDS_TABLE).get(language)
    if table is None:
        return None
    kinds: dict[_Form, list[str]] = defaultdict(list)
    values: dict[_Form, float] = {}
    for kind, words in table.items():
        for word in words.split():
            entry, _, value = word.partition("=")
            form = _form(entry, language)
            kinds[form].append(kind)
            if value:
                values[form] = float(value)
    for month in calendar(language).months:
        if len(month) >= _LEAST_MONTH or language in _UNSPACED:
            kinds[_Form(month.casefold(), "", language in _UNSPACED, False)].append("month")
    entries: dict[str, list[_Entry]] = defaultdict(list)
    for form, named in kinds.items():
        rest = re.compile(r"\w*" + r"\w*".join(map(re.escape, form.rest.split("*")))) if form.rest else None
        kinds_named = tuple(dict.fromkeys(named))
        entry = _Entry(len(form.first), form.inside, form.open_ended, rest, kinds_named, values.get(form, 0.0))
        entries[form.first].append(entry)
    automaton = ahocorasick.Automaton()
    for first, alternatives in entries.items():
        automaton.add_word(first, tuple(alternatives))
    automaton.make_automaton()
    return automaton


class _Form(NamedTuple):
    """An entry of the table, casefolded: its text up to the first star within it, and the rest."""

    first: str
    rest: str
    inside: bool
    open_ended: bool


def _form(entry: str, language: str) -> _Form:
    inside = entry.startswith("*") or language in _UNSPACED
    open_ended = entry.endswith("*") or language in _UNSPACED | _AGGLUTINATED
    first, _, rest = entry.strip("*").replace("_", " ").casefold().partition("*")
    return _Form(first, rest, inside, open_ended)
