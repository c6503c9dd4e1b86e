"""Which of the 17 IPTC Media Topics is a story about, and what are they called?

A linear model over the words and word pairs of a story: what each is worth to each topic stands in
data/topics_<language>.json, fitted by data/build/topics_train.py to text of the project's own (decision 0008).
Names and aliases: data/topics.toml.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from math import exp, log, sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarizers.model import Topic
from summarizers.text import identify, stem

__all__ = ["LANGUAGES", "TOPICS", "resolve", "signs", "suggestions", "topic_name", "topics"]

TOPICS = (
    *("arts-culture-entertainment-and-media", "conflict-war-and-peace", "crime-law-and-justice"),
    *("disaster-accident-and-emergency", "economy-business-and-finance", "education", "environment", "health"),
    *("human-interest", "labour", "lifestyle-and-leisure", "politics-and-government", "religion"),
    *("science-and-technology", "society", "sport", "weather"),
)
"""The slugs, in the order of the alphabet."""

LANGUAGES = ("en",)
"""The languages that have a vocabulary; stories in others are read with the English one."""

_DATA = Path(__file__).parent / "data"
_LEAST = 0.05
_ENOUGH = 20_000  # characters: what a longer text is about shows by then
_TOKEN = re.compile(r"[^\W\d_][^\W_]*(?:['’&-][^\W_]+)*")
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff々]+")
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
    language = language or identify(text)
    scores = _model(language if language in LANGUAGES else "en").scores(text)
    ranked = sorted(zip(TOPICS, scores, strict=True), key=lambda item: -item[1])
    return [Topic(slug, score) for at, (slug, score) in enumerate(ranked) if score >= _LEAST or not at]


def topic_name(slug: str, locale: str = "en") -> str:
    """What a topic is called in a language of the interface (BCP 47, also pt_BR or de-AT), else in English.

    Raises KeyError for a slug that is not in TOPICS.
    """
    names = _names()[slug]
    tag = locale.replace("_", "-").casefold()
    return names.get(tag) or names.get(_BASES.get(tag.split("-")[0], "en")) or names["en"]


def resolve(name: str) -> str | None:
    """The slug that somebody means by a slug, a name in any language of the interface or an alias, in any case."""
    return _known().get(_key(name))


def suggestions(beginning: str, locale: str = "en", limit: int = 25) -> list[tuple[str, str]]:
    """Topics for an input that somebody is still typing, as (slug, name in their language); best first.

    Those whose name, slug or alias begins with the input come before those that hold it; all for an empty input.
    """
    wanted = _key(beginning)
    keys: dict[str, list[str]] = {slug: [_key(topic_name(slug, locale))] for slug in TOPICS}
    for key, slug in _known().items():
        keys[slug].append(key)
    ranks: dict[str, int] = {}
    for slug, spelled in keys.items():
        if any(key.startswith(wanted) for key in spelled):
            ranks[slug] = 0
        elif any(f"-{wanted}" in key for key in spelled):
            ranks[slug] = 1
        elif any(wanted in key for key in spelled):
            ranks[slug] = 2
    ordered = sorted(ranks, key=lambda slug: (ranks[slug], _key(topic_name(slug, locale))))
    return [(slug, topic_name(slug, locale)) for slug in ordered[:limit]]


# Names

_BASES = {"en": "en", "de": "de", "es": "es", "fr": "fr", "ja": "ja", "pt": "pt-br", "zh": "zh-tw"}


@cache
def _table() -> dict[str, dict[str, str | list[str]]]:
    """The hand-written table, read once."""
    with (_DATA / "topics.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _names() -> dict[str, dict[str, str]]:
    """Slug -> casefolded locale -> name."""
    return {
        slug: {locale.casefold(): name for locale, name in entry.items() if isinstance(name, str)}
        for slug, entry in _table().items()
    }


@cache
def _known() -> dict[str, str]:
    """Every key that means a topic -> its slug."""
    found: dict[str, str] = {}
    for slug, entry in _table().items():
        for name in (slug, *_names()[slug].values(), *entry["aliases"]):
            found.setdefault(_key(name), slug)
    return found


def _key(name: str) -> str:
    """A name for comparing: casefolded, accents and width as Unicode composes them, hyphens for all that parts words."""
    return _GAPS.sub("-", unicodedata.normalize("NFKC", name[:200]).casefold()).strip("-")


_GAPS = re.compile(r"[\W_]+")


# The model


def signs(text: str, language: str) -> list[str]:
    """What the model looks at: the stems of a text, those of two words on end joined by a blank, in order.

    Chinese and Japanese are not cut into words: every run of 2 to 6 characters is a sign.
    """
    if language in {"zh", "ja"}:
        found: list[str] = []
        for run in _EAST.findall(text):
            for start in range(len(run)):
                found += [run[start : start + size] for size in range(2, min(_LONGEST, len(run) - start) + 1)]
        return found
    stems = [_stem(token, language) for token in _tokens(text)]
    return stems + [f"{first} {second}" for first, second in pairwise(stems)]


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.casefold().replace("’", "'"))


def _stem(token: str, language: str) -> str:
    """The stem, where it doesn't throw words of different topics together."""
    return _KEPT.get(token) or stem(token, language)


_KEPT = {
    word: word
    for word in (
        *(
            "universe",
            "universal",
            "important",
            "importance",
            "organic",
            "organised",
            "organized",
            "generous",
            "generation",
        ),
        *(
            "policy",
            "policies",
            "arms",
            "armed",
            "news",
            "station",
            "stationed",
            "marine",
            "marines",
            "ration",
            "relay",
        ),
        *(
            "sciences",
            "wing",
            "winger",
            "wings",
            "secretary",
            "international",
            "communist",
            "interesting",
            "interested",
        ),
        *(
            "customs",
            "customer",
            "customers",
            "relative",
            "relatives",
            "university",
            "universities",
            "porter",
            "posting",
        ),
    )
}


class _Model:
    """The weights of one language, ready to be applied."""

    def __init__(self, language: str) -> None:
        table = json.loads((_DATA / f"topics_{language}.json").read_text("utf-8"))
        self.language = language
        self._bias: NDArray[np.float64] = np.array(table["bias"], np.float64)
        self._at: Mapping[str, int] = {term: at for at, term in enumerate(table["terms"])}
        weights = np.array(list(table["terms"].values()), np.float64).reshape(len(self._at), len(TOPICS))
        self._weights: NDArray[np.float64] = weights / table["unit"]
        self._pairs: dict[str, dict[str, int]] = {}
        for term, at in self._at.items():
            first, blank, second = term.partition(" ")
            if blank:
                self._pairs.setdefault(first, {})[second] = at
        self._stems: dict[str, str] = {}

    def scores(self, text: str) -> list[float]:
        """A score for each topic, in the order of TOPICS."""
        counts = self._counts(text)
        if not counts:
            return _squash(self._bias)
        values = [1.0 + log(times) for times in counts.values()]
        norm = sqrt(sum(value * value for value in values))
        return _squash(self._bias + np.array(values) @ self._weights[list(counts)] / norm)

    def _counts(self, text: str) -> dict[int, int]:
        """How often each known sign stands in a text."""
        counts: dict[int, int] = {}
        if self.language in {"zh", "ja"}:
            for sign in signs(text, self.language):
                at = self._at.get(sign)
                if at is not None:
                    counts[at] = counts.get(at, 0) + 1
            return counts
        stems, known, pairs = self._stems, self._at, self._pairs
        followers: dict[str, int] | None = None
        for token in _tokens(text):
            found = stems.get(token)
            if found is None:
                found = _stem(token, self.language)
                if len(stems) < 200_000:
                    stems[token] = found
            if followers and (at := followers.get(found)) is not None:
                counts[at] = counts.get(at, 0) + 1
            if (at := known.get(found)) is not None:
                counts[at] = counts.get(at, 0) + 1
            followers = pairs.get(found)
        return counts


@cache
def _model(language: str) -> _Model:
    return _Model(language)


def _squash(values: NDArray[np.float64]) -> list[float]:
    """The logistic function."""
    return [1.0 / (1.0 + exp(-min(max(value, -30.0), 30.0))) for value in values.tolist()]
