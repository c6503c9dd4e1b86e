"""The country and topics that a single word indicates.

Two reports are seldom from the same country and on the same topic, and a report's paragraphs mostly are, though they
share no word: "minister" and "parliament", "Lagos" and "naira". Words of countries and cities come from the gazetteer
(data/territories.json), weights of words for topics from the topic model (data/topics_<language>.json). A word is
looked up alone, without its context, which is less sure than `countries` and `topics` and much cheaper.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from summarizers.labels.gazetteer import gazetteer_table
from summarizers.labels.inflection import LEAST_STEM
from summarizers.labels.topic_names import TOPICS
from summarizers.labels.topics import TOPIC_LANGUAGES, term_weights, topic_term, without_hebrew_prefixes

__all__ = ["COUNTRY_NUMBERS", "TOPIC_COUNT", "country_number", "topic_row", "topic_weights"]

COUNTRY_NUMBERS = 256
"""Countries' numbers are below this: there are 250 codes."""

TOPIC_COUNT = len(TOPICS)

_ENDING_LETTERS = 5
"""Letters of the longest ending that is taken off a word to find a stem."""

_PARTICLE_LETTERS = (1, 2, 3)
"""Letters of Korean particles behind a name: 일본은, 일본에서는."""

_PREFIX_LETTERS = (1, 2)
"""Letters of words that are written together with the next one, such as Arabic's article and conjunctions."""

_LEAST_WORD = 3
"""Letters of an English name's last word that is looked up; shorter ones are no names."""

_KINDS = ("name", "demonym", "city")

_CAPITALISED_NAMES = frozenset({"turkey", "chad", "georgia", "jordan", "guinea", "oman", "mali"})
"""Countries whose names are plain words or first names in lower case, but hardly ever with a capital in news."""


def topic_row(word: str, language: str) -> int:
    """Return the row of `topic_weights` for a casefolded word; -1 if there is none."""
    if language not in TOPIC_LANGUAGES:
        return -1
    rows, term = _rows(language), topic_term(word, language)
    if language == "he" and term not in rows:
        term = without_hebrew_prefixes(term, rows)
    return rows.get(term, -1)


@cache
def topic_weights(language: str) -> NDArray[np.float32]:
    """Return each term's weights for TOPICS, relative to their mean, a row a term.

    They are whole numbers. A row adds up to 0. A language without a vocabulary has one row of zeros.
    """
    if language not in TOPIC_LANGUAGES:
        return np.zeros((1, TOPIC_COUNT), dtype=np.float32)
    rows = term_weights(language)[1]
    count = rows.shape[1]
    centred: NDArray[np.float32] = (count * rows - rows.sum(axis=1, keepdims=True)).astype(np.float32)
    # A topic that the weights were not fitted on yet has none.
    return np.pad(centred, ((0, 0), (0, TOPIC_COUNT - count)))


@cache
def _rows(language: str) -> dict[str, int]:
    return {term: row for row, term in enumerate(term_weights(language)[0])}


def country_number(word: str, language: str) -> int:
    """Return the number of the country that a word, as written, is evidence for; -1 for none."""
    words, stems, endings, prefixes = _country_words(language)
    number = words.get(word, -1)
    if number >= 0 or language == "en" or (len(word) < LEAST_STEM and language != "ko"):
        return number
    for size in range(len(word), max(LEAST_STEM, len(word) - _ENDING_LETTERS) - 1, -1):
        if word[:size] in stems and (size == len(word) or word[size:] in endings):
            return stems[word[:size]]
    if language == "ko":
        return next((words[word[:-size]] for size in _PARTICLE_LETTERS if word[:-size] in words), -1)
    for size in _PREFIX_LETTERS:
        if word[:size] in prefixes and word[size:] in words:
            return words[word[size:]]
    return -1


@cache
def _country_words(language: str) -> tuple[dict[str, int], dict[str, int], frozenset[str], frozenset[str]]:
    """Numbers of countries by word and by stem, with the suffixes and prefixes allowed."""
    numbers = {code: number for number, code in enumerate(gazetteer_table()["codes"].split())}
    words: dict[str, int] = {}
    stems: dict[str, int] = {}
    for word, code in _english_words() if language == "en" else _foreign_words(language):
        if word.endswith("*"):
            stems.setdefault(word[:-1], numbers[code])
        else:
            words.setdefault(word, numbers[code])
    rules = gazetteer_table()["languages"].get(language, {"endings": "", "before": ""})
    return words, stems, frozenset(rules["endings"].split()), frozenset(rules["before"].split())


def _english_words() -> Iterator[tuple[str, str]]:
    """Words of the English table that stand for one country.

    Of names of several words the last: Zealand, Lanka.
    """
    table = gazetteer_table()
    plain_words = frozenset(table["lower"]) - _CAPITALISED_NAMES
    for code, kinds in table["evidence"].items():
        for kind in _KINDS:
            for word in kinds.get(kind, "").split("|"):
                if word and word[-1] not in "?*":
                    first, _, last = word.rstrip("!").rpartition(" ")
                    if len(last) >= _LEAST_WORD and last.lower() not in plain_words and (not first or kind == "name"):
                        yield last, code
    for code, cities in table["cities"].items():
        yield from ((city, code) for city in cities.split("|") if " " not in city and city.lower() not in plain_words)


def _foreign_words(language: str) -> Iterator[tuple[str, str]]:
    """Words and, with a star, stems of another language's table and of CLDR's names."""
    table = gazetteer_table()
    rules = table["languages"].get(language)
    if rules is None:
        return
    for code, kinds in rules["words"].items():
        for kind in _KINDS:
            yield from ((word, code) for word in kinds.get(kind, "").split("|") if word.strip("*"))
    codes = table["codes"].split()
    for code, name in zip(codes, table["names"][language].split("|"), strict=True):
        stem = name.removesuffix(name[-1]) if name[-1] in rules["cut"] else name
        yield name, code
        if rules["endings"] and " " not in name and len(stem) >= LEAST_STEM:
            yield f"{stem}*", code
    for code, cities in table["zones"][language].items():
        for city in cities.split("|"):
            yield city, code
            if rules["endings"] and len(city) >= LEAST_STEM:
                yield f"{city}*", code
