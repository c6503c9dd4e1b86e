"""What does a single word speak of: which country, and which subject?

Two reports are seldom from the same country and on the same subject, and a report's paragraphs mostly are, though they
share no word: "minister" and "parliament", "Lagos" and "naira". The words of countries and cities are the gazetteer's
(data/territories.json), the weights of words for subjects those that tell topics (data/topics_<language>.json). A word
is looked up alone and without its surroundings, which is less sure than `countries` and `topics` are, and much cheaper.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from summarizers.labels.country_names import table
from summarizers.labels.topics import LANGUAGES, TOPICS, term_of, term_weights

__all__ = ["PLACES", "SUBJECTS", "place_of", "subject_of", "subjects"]

PLACES = 256  # numbers of countries are below this
SUBJECTS = len(TOPICS)

_KINDS = ("name", "demonym", "city")
_SHORTEST_STEM = 4
_LONGEST_ENDING = 5


def subject_of(word: str, language: str) -> int:
    """The row of `subjects` that a casefolded word has, -1 without."""
    return _rows(language).get(term_of(word, language), -1) if language in LANGUAGES else -1


@cache
def subjects(language: str) -> NDArray[np.float32]:
    """What words say for each of TOPICS more than for the others, a row a word, in whole numbers.

    A row adds up to 0. A language without a vocabulary has one row of zeros.
    """
    if language not in LANGUAGES:
        return np.zeros((1, SUBJECTS), dtype=np.float32)
    rows = term_weights(language)[1]
    own: NDArray[np.float32] = (rows.shape[1] * rows - rows.sum(axis=1, keepdims=True)).astype(np.float32)
    # A topic that the weights were not fitted on yet says nothing.
    return np.pad(own, ((0, 0), (0, SUBJECTS - rows.shape[1])))


@cache
def _rows(language: str) -> dict[str, int]:
    return {term: row for row, term in enumerate(term_weights(language)[0])}


def place_of(word: str, language: str) -> int:
    """The number of the country that a word as it is written speaks of, -1 for none."""
    whole, stems, endings, before = _places(language)
    found = whole.get(word, -1)
    if found >= 0 or language == "en" or (len(word) < _SHORTEST_STEM and language != "ko"):
        return found
    for size in range(len(word), max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING) - 1, -1):
        if word[:size] in stems and (size == len(word) or word[size:] in endings):
            return stems[word[:size]]
    if language == "ko":  # particles: 일본은, 일본에서는
        return next((whole[word[:-size]] for size in (1, 2, 3) if word[:-size] in whole), -1)
    for size in (1, 2):
        if word[:size] in before and word[size:] in whole:
            return whole[word[size:]]
    return -1


@cache
def _places(language: str) -> tuple[dict[str, int], dict[str, int], frozenset[str], frozenset[str]]:
    """Words and stems with their countries, what may follow a stem, and what is written together with the next word."""
    numbers = {code: number for number, code in enumerate(table()["codes"].split())}
    whole: dict[str, int] = {}
    stems: dict[str, int] = {}
    for word, code in _english() if language == "en" else _foreign(language):
        if word.endswith("*"):
            stems.setdefault(word[:-1], numbers[code])
        else:
            whole.setdefault(word, numbers[code])
    rules = table()["languages"].get(language, {"endings": "", "before": ""})
    return whole, stems, frozenset(rules["endings"].split()), frozenset(rules["before"].split())


def _english() -> Iterator[tuple[str, str]]:
    """Words of the English table that stand for one country; of names of several words the last: Zealand, Lanka."""
    found = table()
    small = frozenset(found["lower"]) - {"turkey", "chad", "georgia", "jordan", "guinea", "oman", "mali"}
    for code, kinds in found["evidence"].items():
        for kind in _KINDS:
            for word in kinds.get(kind, "").split("|"):
                if word and word[-1] not in "?*":
                    last = word.rstrip("!").rpartition(" ")
                    if len(last[2]) > 2 and last[2].lower() not in small and (not last[0] or kind == "name"):
                        yield last[2], code
    for code, words in found["cities"].items():
        yield from ((word, code) for word in words.split("|") if " " not in word and word.lower() not in small)


def _foreign(language: str) -> Iterator[tuple[str, str]]:
    """Words and, with a star, stems of another language's table and of CLDR's names."""
    found = table()
    rules = found["languages"].get(language)
    if rules is None:
        return
    for code, kinds in rules["words"].items():
        for kind in _KINDS:
            yield from ((word, code) for word in kinds.get(kind, "").split("|") if word.strip("*"))
    codes = found["codes"].split()
    for code, name in zip(codes, found["names"][language].split("|"), strict=True):
        stem = name.removesuffix(name[-1]) if name[-1] in rules["cut"] else name
        yield name, code
        if rules["endings"] and " " not in name and len(stem) >= _SHORTEST_STEM:
            yield f"{stem}*", code
    for code, cities in found["zones"][language].items():
        for city in cities.split("|"):
            yield city, code
            if rules["endings"] and len(city) >= _SHORTEST_STEM:
                yield f"{city}*", code
