"""Topics of a story, out of the 17 IPTC Media Topics, and their names.

A linear model over the words and word pairs of a story, and a second one over the embedding of its head where the
words alone leave it open and an encoder is installed. Weights: data/topics_<language>.json and topics_embeddings.json,
fitted by training/topics.py to text of the project's own (decision 0008). Names and aliases: data/topics.toml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from functools import cache
from math import exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

from summarizers.models import read_thresholds
from summarizers.text.embeddings import EMBEDDING_LANGUAGES, Encoder, encoder
from summarizers.text.language import identify_language
from summarizers.text.scripts import HAN, KANA, MARKS_IN_WORDS
from summarizers.text.stems import snowball_stem
from summarizers.text.tables import load_table
from summarizers.types import Topic

__all__ = [
    "TOPIC_LANGUAGES",
    "TermReader",
    "calibrate",
    "term_weights",
    "topic_term",
    "topic_words",
    "topics",
    "without_hebrew_prefixes",
]


TOPIC_LANGUAGES = (
    *("en", "de", "fr", "es", "pt", "it", "nl", "sv", "pl", "cs", "ru", "uk", "el", "tr", "zh", "ja", "ko", "ar"),
    *("he", "hi"),
)
"""Languages with a vocabulary; stories in others are read with the English one."""


_LEAST_SCORE = 0.05
"""Score below which a topic is left out, unless it is the best: a twentieth of these would be right."""


_TEXT_CHARACTERS = 20_000
"""Characters of a story that are read: the topics of a longer text are clear by then."""


_HEAD_CHARACTERS, _HEAD_WEIGHT = 400, 5
"""Characters of a story's head, and how much more its words count: news says first what it is about. Weights of 1, 3,
5 and 8 were tried (docs/quality.md)."""


_LONG_CHARACTERS = 1_000
"""Characters from which on a story's words say enough to ask for its meaning only where they hardly differ."""


_CACHED_WORDS = 100_000
"""Words whose terms are cached for each language: bounds memory, and is more than a day's news has."""


_TERM_CHARACTERS = 6
"""Characters of the longest Chinese or Japanese term."""


_COMPOUND_LANGUAGES, _COMPOUND_LETTERS = frozenset({"de", "nl"}), 8
"""Languages that write compounds as one word, and the letters from which on a word may be one."""


_COMPOUND_PART, _COMPOUND_BEGINNING = 3, 5
"""Least letters of a compound's parts, and of a beginning that is looked up when no ending is known."""


_HEBREW_PREFIXES, _HEBREW_PREFIX_LETTERS, _HEBREW_REST = frozenset("והבלמשכ"), 3, 2
"""Letters that Hebrew writes before a word for "and", "the", "in", "to", "from", "that" and "as"; how many of them may
stand there, and letters that stay."""


_MAX_LOGIT, _MIN_ODDS = 30.0, 1e-12
"""Limits that keep a score's exponential and logarithm finite; they are far beyond any score's last digit."""


_MIN_LOGIT_DIFFERENCE = -60.0
"""Distance to the best topic beyond which a topic's share is 0 in double precision, next to the others."""


_LETTER = rf"(?:[^\W_]|[{MARKS_IN_WORDS}])"
"""A letter or figure; Python's \\w has no vowel signs."""


_WORD = re.compile(rf"[^\W\d_]{_LETTER}*(?:['’&״׳\"-]{_LETTER}+)*")


_ASCII_WORD = re.compile(r"[a-z][a-z0-9]*(?:['&-][a-z0-9]+)*")
"""The same for casefolded ASCII, in two thirds of the time."""


_UNSPACED_RUN = re.compile(rf"[{KANA}{HAN}々]+")


def topics(text: str, language: str | None = None, *, words_only: bool = False) -> list[Topic]:
    """Return the topics of a story, best first; equal scores in the order of TOPICS.

    `text` is the story with its title. Scores are in 0..1 and calibrated: of topics scored 0.7, about 7 in 10 are
    right; they don't add up to 1, as a story may have several. Topics below 0.05 are left out except the best one: a
    text with words has at least one topic, a text without has none. `language` is an ISO 639-1 code; without it the
    language is identified. Only the first 20,000 characters are read. `words_only` does without embeddings, so that the
    scores are the same wherever the program is installed.
    """
    text = text[:_TEXT_CHARACTERS]
    if not any(map(str.isalnum, text)):
        return []
    language = language or identify_language(text)
    model = _model(language if language in TOPIC_LANGUAGES else "en")
    ranked = sorted(
        zip(model.topics, model.scores(text, language, words_only=words_only), strict=True), key=lambda item: -item[1]
    )
    return [Topic(slug, score) for rank, (slug, score) in enumerate(ranked) if score >= _LEAST_SCORE or not rank]


_KnownWord = tuple[str, int | None, dict[str, int] | None]
"""A word's term, its index if the model has it, and the indexes of pairs by their second term."""


class _WordCache(dict[str, _KnownWord]):
    """Words already looked up; bounded."""

    def __init__(self, look_up: Callable[[str], _KnownWord]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, word: str) -> _KnownWord:
        word_terms = self._look_up(word)
        if len(self) < _CACHED_WORDS:
            self[word] = word_terms
        return word_terms


class TermReader:
    """Finds the model's terms of one language in texts.

    A term is a stem, two stems joined by a blank, or in Chinese and Japanese, which aren't cut into words, a run of 2
    to 6 characters. The fit uses the same reader, so that weights and use can't differ.
    """

    def __init__(self, terms: Iterable[str], language: str) -> None:
        self.language = language
        self._index = {term: index for index, term in enumerate(terms)}
        self._pairs: dict[str, dict[str, int]] = {}
        for term, index in self._index.items():
            first, blank, second = term.partition(" ")
            if blank:
                self._pairs.setdefault(first, {})[second] = index
        self._parts = {*self._index, *self._pairs, *(second for seconds in self._pairs.values() for second in seconds)}
        self._words = _WordCache(self._look_up)

    def read(self, text: str) -> tuple[list[int], list[float]]:
        """Return the indexes of a text's terms and their log-scaled values, of length 1."""
        text = text.casefold()
        counts: dict[int, int] = {}
        head = (
            _HEAD_CHARACTERS
            if len(text) <= _HEAD_CHARACTERS
            else text.rfind(" ", 0, _HEAD_CHARACTERS) + 1 or _HEAD_CHARACTERS
        )
        count = self._count_unspaced if self.language in {"zh", "ja"} else self._count
        count(text[:head], _HEAD_WEIGHT, counts)
        if head < len(text):
            count(text[head:], 1, counts)
        values = [1.0 + log(number) for number in counts.values()]
        norm = sqrt(sum(value * value for value in values)) or 1.0
        return list(counts), [value / norm for value in values]

    def _count(self, text: str, weight: int, counts: dict[int, int]) -> None:
        pairs: dict[str, int] | None = None
        find = _ASCII_WORD.findall if text.isascii() else _WORD.findall
        for term, index, next_pairs in map(self._words.__getitem__, find(text)):
            if pairs is not None and (pair := pairs.get(term)) is not None:
                counts[pair] = counts.get(pair, 0) + weight
            if index is not None:
                counts[index] = counts.get(index, 0) + weight
            pairs = next_pairs

    def _count_unspaced(self, text: str, weight: int, counts: dict[int, int]) -> None:
        indexes = self._index
        for run in _UNSPACED_RUN.findall(text):
            for start in range(len(run)):
                for size in range(2, min(_TERM_CHARACTERS, len(run) - start) + 1):
                    index = indexes.get(run[start : start + size])
                    if index is not None:
                        counts[index] = counts.get(index, 0) + weight

    def _look_up(self, word: str) -> _KnownWord:
        term = topic_term(word, self.language)
        if self.language == "he" and term not in self._parts:
            term = without_hebrew_prefixes(term, self._parts)
        index = self._index.get(term)
        if index is None and self.language in _COMPOUND_LANGUAGES and len(word) >= _COMPOUND_LETTERS:
            index = self._compound_part(word)
        return term, index, self._pairs.get(term)

    def _compound_part(self, word: str) -> int | None:
        """Return the index of the longest known word that ends a compound, or that begins it."""
        for cut in range(_COMPOUND_PART, len(word) - _COMPOUND_PART):
            index = self._index.get(topic_term(word[cut:], self.language))
            if index is not None:
                return index
        for cut in range(len(word) - _COMPOUND_PART, _COMPOUND_BEGINNING - 1, -1):
            index = self._index.get(topic_term(word[:cut], self.language))
            if index is not None:
                return index
        return None


def without_hebrew_prefixes(word: str, known: Container[str]) -> str:
    """Return a Hebrew word without as few prefixes as make it a known one; unchanged if none do."""
    for cut in range(1, min(_HEBREW_PREFIX_LETTERS, len(word) - _HEBREW_REST) + 1):
        if word[cut - 1] not in _HEBREW_PREFIXES:
            break
        if word[cut:] in known:
            return word[cut:]
    return word


def topic_words(text: str) -> list[str]:
    """Return the casefolded words that terms are made of, in order."""
    return _WORD.findall(text.casefold())


def topic_term(word: str, language: str) -> str:
    """Return a word's stem, or the casefolded word if words of other topics share its stem."""
    word = word.replace("’", "'")
    if word in _UNSTEMMED and language == "en":
        return word
    stem = snowball_stem(word, language)
    if stem[-1:] in _FINAL_CONSONANTS and language == "cs":
        return stem[:-1] + _FINAL_CONSONANTS[stem[-1]]
    return stem


_FINAL_CONSONANTS = {"c": "k", "č": "k", "z": "h", "ž": "h", "ř": "r"}
"""Last letters of Czech stems before some endings, and before the others: vědci and vědců, nemocnice and nemocnic."""


_UNSTEMMED = frozenset(
    (
        *("universe", "universal", "important", "importance", "organic", "organised", "organized", "generous"),
        *("generation", "policy", "policies", "arms", "armed", "news", "station", "stationed", "marine", "marines"),
        *("ration", "relay", "sciences", "wing", "winger", "wings", "secretary", "international", "communist"),
        *("interesting", "interested", "customs", "customer", "customers", "relative", "relatives", "university"),
        *("universities", "porter", "posting"),
        *("according", "aide", "aides", "aids", "airliner", "airliners", "anime", "ashes", "authorities", "authority"),
        *("booking", "bookings", "camping", "caste", "celebrities", "celebrity", "conservation", "confession"),
        *("defender", "defenders", "doctorate", "equality", "equaliser", "equalizer", "executive", "executives"),
        *("experiment", "experiments", "futures", "ganges", "greens", "groom", "hazing", "hurling", "iced", "liberal"),
        *("liberals", "premiere", "premieres", "protestant", "protestants", "rebounds", "reporter", "reporters"),
        *("rowing", "securities", "severance", "spelling", "sunny", "training"),
    )
)
"""English words whose stem means another topic: "universe" and "university", "policy" and "police"."""


class _TopicModel:
    """Weights of one language, ready to be applied."""

    def __init__(self, language: str) -> None:
        table = load_table(f"topics_{language}.json")
        unit = table["unit"]
        self.topics: tuple[str, ...] = tuple(table["topics"])
        """Topics that it was fitted on: a new one in the table is assigned after the next fit."""
        self._reader = TermReader(table["terms"], language)
        self._weights: NDArray[np.float64] = term_weights(language)[1] / unit
        self._bias: NDArray[np.float64] = np.array(table["bias"], np.float64) / unit
        self._scale, self._margin, self._offset = (float(number) for number in table["calibration"])

    def scores(self, text: str, language: str, *, words_only: bool = False) -> list[float]:
        """Return a score for each of `topics`.

        `language` is the text's, which may be one without a vocabulary.
        """
        indexes, values = self._reader.read(text)
        logits = self._bias + np.array(values) @ self._weights[indexes] if indexes else self._bias
        if not words_only and language in EMBEDDING_LANGUAGES and (meaning := _meaning()) is not None:
            logits = meaning.add(logits, text, language)
        return calibrate(logits.tolist(), self._scale, self._margin, self._offset)


class _MeaningModel:
    """Weights over a story's embedding, the same for all languages."""

    def __init__(self, model: Encoder) -> None:
        table = load_table("topics_embeddings.json")
        self._encoder = model
        self._weights = np.array(table["weights"], np.float32) / table["unit"]
        self._bias = np.array(table["bias"], np.float64) / table["unit"]
        self._thresholds = read_thresholds(table["thresholds"])

    def add(self, logits: NDArray[np.float64], text: str, language: str) -> NDArray[np.float64]:
        """Return logits of words and meaning together where the words leave the topic open."""
        kind = "english" if language == "en" else "others"
        size = "long" if kind == "english" and len(text) > _LONG_CHARACTERS else kind
        second, best = np.partition(logits, -2)[-2:]
        if best - second >= self._thresholds[f"open_margin_{size}"]:
            return logits
        own = self._bias + (self._encoder.embed_head(text) @ self._weights).astype(np.float64)
        weight = self._thresholds[f"weight_{kind}"]
        both: NDArray[np.float64] = (logits + weight * own) / (1 + weight * self._thresholds["agreement"])
        return both


@cache
def _meaning() -> _MeaningModel | None:
    model = encoder()
    return None if model is None else _MeaningModel(model)


def calibrate(logits: list[float], scale: float, margin: float, offset: float) -> list[float]:
    """Turn the linear model's logits into scores in 0..1.

    Each topic's score grows with its logit and with the distance to all others together (the log odds of a softmax):
    a story may have several topics, but a topic that another one outdoes by far is seldom meant.
    """
    highest = max(logits)
    powers = [exp(max(logit - highest, _MIN_LOGIT_DIFFERENCE)) for logit in logits]
    total = sum(powers)
    log_odds = [log(power / max(total - power, _MIN_ODDS)) for power in powers]
    values = (scale * logit + margin * odds + offset for logit, odds in zip(logits, log_odds, strict=True))
    return [1.0 / (1.0 + exp(-min(max(value, -_MAX_LOGIT), _MAX_LOGIT))) for value in values]


@cache
def _model(language: str) -> _TopicModel:
    return _TopicModel(language)


def term_weights(language: str) -> tuple[list[str], NDArray[np.float64]]:
    """Return a language's terms and their weights by topic, a row a term, in whole steps."""
    table = load_table(f"topics_{language}.json")
    terms = table["terms"]
    return list(terms), np.array(list(terms.values()), np.float64).reshape(len(terms), len(table["topics"]))
