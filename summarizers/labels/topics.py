"""Which of the 17 IPTC Media Topics is a story about, and what are they called?

A linear model over the words and word pairs of a story: what each is worth to each topic stands in
data/topics_<language>.json, fitted by training/topics.py to text of the project's own (decision 0008).
Names and aliases: data/topics.toml.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from math import exp, log, sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarizers.labels.topic_table import topic_table
from summarizers.text.language import identify_language
from summarizers.text.scripts import HAN, KANA
from summarizers.text.stems import snowball_stem
from summarizers.types import Topic

__all__ = ["LANGUAGES", "TOPICS", "resolve", "suggestions", "term_of", "term_weights", "topic_name", "topics"]

TOPICS = tuple(topic_table())
"""The slugs, in the order of the alphabet."""

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "uk", "tr", "zh", "ja", "ko", "ar")
"""The languages that have a vocabulary; stories in others are read with the English one."""

_DATA = Path(__file__).parents[1] / "data"
_LEAST = 0.05
_ENOUGH = 20_000  # characters: what a longer text is about shows by then
_TOKEN = re.compile(r"[^\W\d_][^\W_]*(?:['’&-][^\W_]+)*")
_ASCII_TOKEN = re.compile(
    r"[a-z][a-z0-9]*(?:['&-][a-z0-9]+)*"
)  # the same for casefolded ASCII, in two thirds of the time
_EAST = re.compile(f"[{KANA}{HAN}々]+")
_LONGEST = 6  # characters of a Chinese or Japanese term


def topics(text: str, language: str | None = None) -> list[Topic]:
    """The topics of a story, best first; equal scores in the order of TOPICS.

    `text` is the story with its title. Scores are in 0..1 and calibrated: of topics scored 0.7, about 7 in 10 are
    right; they don't add up to 1, as a story may have several. Topics below 0.05 are left out, save the best one: a
    text with words has at least one topic, a text without has none. `language` is an ISO 639-1 code; without it the
    language is identified. Only the first 20,000 characters are read.
    """
    text = text[:_ENOUGH]
    if not any(map(str.isalnum, text)):
        return []
    language = language or identify_language(text)
    model = _model(language if language in LANGUAGES else "en")
    ranked = sorted(zip(model.topics, model.scores(text), strict=True), key=lambda item: -item[1])
    return [Topic(slug, score) for at, (slug, score) in enumerate(ranked) if score >= _LEAST or not at]


def topic_name(slug: str, locale: str = "en") -> str:
    """What a topic is called in a language of the interface (BCP 47, also pt_BR or de-AT), else in English.

    Raises KeyError for a slug that is not in TOPICS.
    """
    names = topic_table()[slug].names
    tag = locale.replace("_", "-").casefold()
    return names.get(tag) or names.get(_BASES.get(tag.split("-")[0], "en")) or names["en"]


def resolve(name: str) -> str | None:
    """The slug that somebody means by a slug, a name in any language of the interface or an alias, in any case."""
    return _known().get(_key(name))


def suggestions(beginning: str, locale: str = "en", limit: int = 25) -> list[tuple[str, str]]:
    """Topics for an input that somebody is still typing, as (slug, name in their language); best first.

    Names that begin with the input come first, then aliases, then what holds it anywhere; all for an empty input.
    """
    wanted = _key(beginning)
    keys: dict[str, list[str]] = {slug: [] for slug in TOPICS}
    for key, slug in _known().items():
        keys[slug].append(key)
    ranks: dict[str, int] = {}
    for slug, spelled in keys.items():
        name = _key(topic_name(slug, locale))
        if name.startswith(wanted):
            ranks[slug] = 0
        elif f"-{wanted}" in name or any(key.startswith(wanted) for key in spelled):
            ranks[slug] = 1
        elif any(wanted in key for key in spelled):
            ranks[slug] = 2
    ordered = sorted(ranks, key=lambda slug: (ranks[slug], _key(topic_name(slug, locale))))
    return [(slug, topic_name(slug, locale)) for slug in ordered[:limit]]


# Names

_BASES = {"en": "en", "de": "de", "es": "es", "fr": "fr", "ja": "ja", "pt": "pt-br", "zh": "zh-tw"}


@cache
def _known() -> dict[str, str]:
    """Every key that means a topic -> its slug."""
    found: dict[str, str] = {}
    for slug, row in topic_table().items():
        for name in (slug, *row.names.values(), *row.aliases):
            found.setdefault(_key(name), slug)
    return found


def _key(name: str) -> str:
    """A name for comparing: casefolded, accents and width as Unicode composes them, hyphens for all that parts words."""
    return _GAPS.sub("-", unicodedata.normalize("NFKC", name[:200]).casefold()).strip("-")


_GAPS = re.compile(r"[\W_]+")


# The model

_HEAD, _HEAD_WEIGHT = 400, 5
"""How many characters are the head of a story, and how much more its words count: news says first what it is about."""


_Seen = tuple[str, int | None, dict[str, int] | None]
_REMEMBERED = 100_000


class _Memory(dict[str, _Seen]):
    """What is known of each word that was met, up to a number that bounds memory; a new one is learned."""

    def __init__(self, learn: Callable[[str], _Seen]) -> None:
        super().__init__()
        self._learn = learn

    def __missing__(self, token: str) -> _Seen:
        known = self._learn(token)
        if len(self) < _REMEMBERED:
            self[token] = known
        return known


class Reader:
    """Finds the known terms of one language in texts.

    A term is a stem, two stems joined by a blank, or in Chinese and Japanese, which aren't cut into words, a run of 2
    to 6 characters. The same reader serves the fit, so that weights and use can't differ.
    """

    def __init__(self, terms: Iterable[str], language: str) -> None:
        self.language = language
        self._at = {term: at for at, term in enumerate(terms)}
        self._pairs: dict[str, dict[str, int]] = {}
        for term, at in self._at.items():
            first, blank, second = term.partition(" ")
            if blank:
                self._pairs.setdefault(first, {})[second] = at
        self._seen = _Memory(self._learn)

    def read(self, text: str) -> tuple[list[int], list[float]]:
        """The positions of the terms that a text holds, and their values: logarithmic in their number, of length 1."""
        text = text.casefold()
        counts: dict[int, int] = {}
        cut = _HEAD if len(text) <= _HEAD else text.rfind(" ", 0, _HEAD) + 1 or _HEAD
        find = self._find_east if self.language in {"zh", "ja"} else self._find
        find(text[:cut], _HEAD_WEIGHT, counts)
        if cut < len(text):
            find(text[cut:], 1, counts)
        values = [1.0 + log(times) for times in counts.values()]
        norm = sqrt(sum(value * value for value in values)) or 1.0
        return list(counts), [value / norm for value in values]

    def _find(self, text: str, weight: int, counts: dict[int, int]) -> None:
        followers: dict[str, int] | None = None
        find = _ASCII_TOKEN.findall if text.isascii() else _TOKEN.findall
        for term, at, following in map(self._seen.__getitem__, find(text)):
            if followers is not None and (pair := followers.get(term)) is not None:
                counts[pair] = counts.get(pair, 0) + weight
            if at is not None:
                counts[at] = counts.get(at, 0) + weight
            followers = following

    def _find_east(self, text: str, weight: int, counts: dict[int, int]) -> None:
        known = self._at
        for run in _EAST.findall(text):
            for start in range(len(run)):
                for size in range(2, min(_LONGEST, len(run) - start) + 1):
                    at = known.get(run[start : start + size])
                    if at is not None:
                        counts[at] = counts.get(at, 0) + weight

    def _learn(self, token: str) -> _Seen:
        """What is known of a word that is met for the first time."""
        term = term_of(token, self.language)
        at = self._at.get(term)
        if at is None and self.language in _COMPOUNDING and len(token) >= _COMPOUND:
            at = self._part(token)
        return term, at, self._pairs.get(term)

    def _part(self, token: str) -> int | None:
        """The known word that a compound ends with, the longest, else the one that it begins with."""
        for cut in range(3, len(token) - 3):
            at = self._at.get(term_of(token[cut:], self.language))
            if at is not None:
                return at
        for cut in range(len(token) - 3, 4, -1):
            at = self._at.get(term_of(token[:cut], self.language))
            if at is not None:
                return at
        return None


def words_of(text: str) -> list[str]:
    """The casefolded words that terms are made of, in order."""
    return _TOKEN.findall(text.casefold())


_COMPOUNDING, _COMPOUND = frozenset({"de", "nl"}), 8
"""Languages that write compounds as one word, and from how many characters on a word may be one."""


def term_of(token: str, language: str) -> str:
    """The stem of a casefolded word, where the stemmer doesn't throw words of different topics together."""
    token = token.replace("’", "'")
    return token if token in _KEPT and language == "en" else snowball_stem(token, language)


_KEPT = frozenset(
    (
        *("universe", "universal", "important", "importance", "organic", "organised", "organized", "generous"),
        *("generation", "policy", "policies", "arms", "armed", "news", "station", "stationed", "marine", "marines"),
        *("ration", "relay", "sciences", "wing", "winger", "wings", "secretary", "international", "communist"),
        *("interesting", "interested", "customs", "customer", "customers", "relative", "relatives", "university"),
        *("universities", "porter", "posting"),
    )
)


class _Model:
    """The weights of one language, ready to be applied."""

    def __init__(self, language: str) -> None:
        table = json.loads((_DATA / f"topics_{language}.json").read_text("utf-8"))
        unit = table["unit"]
        self.topics: tuple[str, ...] = tuple(table["topics"])
        """The topics that it was fitted on: a new one in the table is assigned after the next fit."""
        self._reader = Reader(table["terms"], language)
        rows = np.array(list(table["terms"].values()), np.float64)
        self._weights: NDArray[np.float64] = rows.reshape(len(table["terms"]), len(self.topics)) / unit
        self._bias: NDArray[np.float64] = np.array(table["bias"], np.float64) / unit
        self._scale, self._margin, self._offset = (float(number) for number in table["calibration"])

    def scores(self, text: str) -> list[float]:
        """Return a score for each of `topics`."""
        positions, values = self._reader.read(text)
        points = (self._bias + np.array(values) @ self._weights[positions] if positions else self._bias).tolist()
        return calibrated(points, self._scale, self._margin, self._offset)


def calibrated(points: list[float], scale: float, margin: float, offset: float) -> list[float]:
    """Scores in 0..1 for points of the linear model.

    Each topic's score grows with its points and with their distance to those of all the others together (the log odds
    of a softmax): a story may have several topics, but a topic that another one outdoes by far is seldom meant.
    """
    most = max(points)
    powers = [exp(max(point - most, -60.0)) for point in points]
    total = sum(powers)
    odds = [log(power / max(total - power, 1e-12)) for power in powers]
    values = (scale * point + margin * odd + offset for point, odd in zip(points, odds, strict=True))
    return [1.0 / (1.0 + exp(-min(max(value, -30.0), 30.0))) for value in values]


@cache
def _model(language: str) -> _Model:
    return _Model(language)


def term_weights(language: str) -> tuple[list[str], NDArray[np.float64]]:
    """Return the terms of one of LANGUAGES and their weights by topic, a row a term, in the file's whole steps."""
    table = json.loads((_DATA / f"topics_{language}.json").read_text("utf-8"))
    rows = np.array(list(table["terms"].values()), np.float64)
    return list(table["terms"]), rows.reshape(len(table["terms"]), len(table["topics"]))
