"""Features of a story by which it is compared with stories in other languages.

These are its meaning, names, quantities, countries and topics. Meaning is a sentence embedding of the head, where the encoder of the `meaning` extra knows the language. Names are
romanized and compared by their consonants (`summarizers.text.romanization`), quantities are written alike
(`quantities`). Words of Latin, Cyrillic and Greek script that are spelled alike once romanized count besides: so
Czech or Greek, which the encoder doesn't know, meet the others.
"""

from __future__ import annotations

import re
from base64 import b85decode, b85encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from summarizers.events.quantities import quantities, quantities_weight
from summarizers.text import scripts
from summarizers.text.dates import calendar
from summarizers.text.embeddings import EMBEDDING_LANGUAGES, encoder
from summarizers.text.romanization import Consonants, consonants, romanize
from summarizers.text.stems import snowball_stem
from summarizers.text.tables import load_table
from summarizers.text.words import stopwords
from summarizers.types import Country, Topic

__all__ = ["UNCASED_LANGUAGES", "InterlingualFeatures", "Name", "interlingual_features"]

# The limits below define what the model was fitted on (training/interlingual_pairs.py): they were set by judgement before the
# fit and can only change together with a new one.

_TEXT_CHARACTERS = 3000
"""Characters of a story in which names are counted."""

_LEAD_CHARACTERS = 700
"""Characters in which quantities and cognates are read: two to three paragraphs, where a report says what happened."""

_UNSPACED_SHARE = 3
"""How many letters say as much as a character of Chinese or Japanese."""

_TOP_CHARACTERS = 120
"""Characters of a headline, where names count most."""

_TOP_WEIGHT, _LEAD_WEIGHT, _BODY_WEIGHT = 4, 2, 1
"""Counts of one mention of a name, by whether it is in the top, the lead or the rest."""

_MAX_COUNT = 8
"""Cap of a name's count: repetition beyond it says nothing more."""

_MAX_NAMES, _MAX_QUANTITIES, _MAX_COGNATES = 24, 24, 40
"""Names, quantities and roots that are kept of a story: bounds a comparison's time and the row in the store."""

_LEAST_NAME_LETTERS, _LEAST_UNCASED_LETTERS = 3, 2
"""Letters of a romanized name, and the same where vowels may be missing: shorter ones meet by chance."""

_COGNATE_LETTERS = 6
"""Letters by which words are matched across languages, and the least that such a word has."""

_TITLE_CASE_SHARE = 0.6
"""Share of a headline's words with a capital from which on its capitals mark no names."""

_LEAST_SALIENCE, _LEAST_TOPIC_SCORE = 0.1, 0.1
"""Salience and score from which on countries and topics are compared."""

_HASHED_NAMES = 6
_HASHED_QUANTITIES = 3
"""Hashes of a story by kind, by which it is looked up: an index row in the store each."""

_HASHED_CONSONANTS = 3
"""Consonants that a name needs to be looked up alone."""

_LEAST_HASHED_QUANTITY = 2.0
"""Weight of a quantity that is looked up: three digits or decimals."""

_CACHED_WORDS = 16384
"""Words whose roots are kept, 2 MB: most words of a day's news come again."""

_SCALE = 127
"""Bound of a quantised number: vectors are stored in signed bytes."""

UNCASED_LANGUAGES = frozenset({"ar", "he", "hi", "ko"})
"""Languages without capitals, in which any word may be a name."""

_UNSPACED_LANGUAGES = frozenset({"zh", "ja"})
_NOUN_CAPITALS = frozenset({"de"})
_PREFIXES = {
    "ar": ("وال", "بال", "كال", "فال", "ال", "لل", "و", "ب", "ل", "ف", "ك"),
    "he": ("וה", "שה", "מה", "וב", "ול", "ומ", "ה", "ו", "ב", "ל", "מ", "ש", "כ"),
}
"""Words that are written together with the next one, the longest first."""

_SUFFIXES = {
    "ko": (
        "에서는",
        "에게",
        "에서",
        "으로",
        "이라",
        "은",
        "는",
        "이",
        "가",
        "을",
        "를",
        "의",
        "에",
        "와",
        "과",
        "도",
        "로",
        "씨",
    ),
}
_LEAST_STEM = 2
"""Letters that are left of a word without these."""

_WORD = re.compile(rf"[^\W\d_][\w{scripts.COMBINING_MARKS}'’׳״]*")
_OPENING = re.compile(r"(?:^|[.!?:;\n|\"“”„‘«»(\[–—-])\s*$")
_KATAKANA_RUN = re.compile(rf"[{scripts.KATAKANA}]{{3,}}")
_HAN = re.compile(f"[{scripts.HAN}]")
_APOSTROPHE = re.compile("['’]")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z]{2,}")
_CASED = re.compile(f"[{scripts.LATIN}{scripts.CYRILLIC}{scripts.GREEK}]")
_DOUBLE = re.compile(r"(.)\1")
_OPENING_CHARACTERS = 4
"""Characters before a word that show whether it opens a sentence."""

_COGNATE_SPELLING = (
    ("ph", "f"),
    ("th", "t"),
    ("ch", "k"),
    ("qu", "kv"),
    ("c", "k"),
    ("w", "v"),
    ("y", "i"),
    ("j", "i"),
    ("x", "ks"),
    ("z", "s"),
    ("h", ""),
)
"""Letters that languages write differently in words of one origin."""


class Name(NamedTuple):
    """A name as it is compared: in Latin letters, its consonants and its weight."""

    romanized: str
    consonants: Consonants
    weight: float


@dataclass(frozen=True, slots=True)
class InterlingualFeatures:
    """Features of a story that are compared with those of stories in other languages."""

    vector: bytes
    """Embedding of the head in signed bytes; empty where there is no encoder, or none for the language."""
    names: dict[str, float]
    """Romanized names with their weights, the highest first; the sum is 1."""
    quantities: frozenset[str]
    cognates: dict[str, float]
    """First letters of romanized words, with the rarity of these in 0..1."""
    countries: dict[str, float]
    topics: dict[str, float]
    _names: tuple[Name, ...] = field(default=(), init=False, repr=False, compare=False)

    def compared_names(self, language: str) -> tuple[Name, ...]:
        """Return the names with their consonants, which are derived at the first comparison."""
        if not self._names and self.names:
            names = tuple(Name(name, consonants(name, language), weight) for name, weight in self.names.items())
            object.__setattr__(self, "_names", names)
        return self._names

    def meaning_cosine(self, other: InterlingualFeatures) -> float | None:
        """Return the cosine of two stories' vectors, in -1..1; None where one has none."""
        if not self.vector or not other.vector:
            return None
        a, b = (np.frombuffer(each.vector, np.int8).astype(np.float32) for each in (self, other))
        return float(a @ b / max(1.0, float(np.sqrt(a @ a) * np.sqrt(b @ b))))

    @property
    def signs(self) -> bytes:
        """Return the signs of the vector, a bit each; empty without a vector."""
        return np.packbits(np.frombuffer(self.vector, np.int8) > 0).tobytes() if self.vector else b""

    def hashes(self, language: str) -> tuple[int, ...]:
        """Return signed 64-bit hashes that a foreign report of the same event may share."""
        codes = [
            name.consonants.classes
            for name in self.compared_names(language)
            if len(name.consonants.classes) >= _HASHED_CONSONANTS
        ]
        figures = sorted(value for value in self.quantities if quantities_weight([value]) >= _LEAST_HASHED_QUANTITY)
        return tuple(
            dict.fromkeys(
                _hash(f"interlingual {kind}")
                for kind in (*islice(dict.fromkeys(codes), _HASHED_NAMES), *figures[:_HASHED_QUANTITIES])
            )
        )

    def packed(self) -> list[Any]:
        """Return values for JSON, from which `unpacked` makes equal features."""
        vector = b85encode(self.vector).decode("ascii")
        return [vector, self.names, sorted(self.quantities), self.cognates, self.countries, self.topics]

    @classmethod
    def unpacked(cls, values: Sequence[Any]) -> InterlingualFeatures:
        """Read what `packed` gave. Raises ValueError for anything else."""
        vector, names, figures, cognates, countries, topics = values
        return cls(b85decode(vector), names, frozenset(figures), cognates, countries, topics)


def interlingual_features(
    text: str, language: str, countries: Iterable[Country], topics: Iterable[Topic]
) -> InterlingualFeatures:
    """Compute the features of a story given as one text, its title first, and of its labels."""
    names = _names(text, language)
    unspaced = language in _UNSPACED_LANGUAGES
    lead = text[: _LEAD_CHARACTERS // _UNSPACED_SHARE if unspaced else _LEAD_CHARACTERS]
    return InterlingualFeatures(
        vector=_vector(text, language),
        names=names,
        quantities=frozenset(quantities(lead, language)[:_MAX_QUANTITIES]),
        cognates=_cognates(lead, language),
        countries={each.code: each.salience for each in countries if each.salience >= _LEAST_SALIENCE},
        topics={each.slug: each.score for each in topics if each.score >= _LEAST_TOPIC_SCORE},
    )


def _vector(text: str, language: str) -> bytes:
    """Return the embedding of a text's head as signed bytes."""
    model = encoder() if language in EMBEDDING_LANGUAGES else None
    if model is None:
        return b""
    vector = model.embed_head(text)
    quantised: bytes = np.rint(vector * (_SCALE / float(np.abs(vector).max()))).astype(np.int8).tobytes()
    return quantised


def _names(text: str, language: str) -> dict[str, float]:
    """Return the romanized names of a text with their shares of the weight, the highest first."""
    text = text[:_TEXT_CHARACTERS]
    counts: Counter[str] = Counter()
    scale, least = 1, _LEAST_NAME_LETTERS
    if language in _UNSPACED_LANGUAGES:
        mentions, scale = _unspaced_names(text, language), _UNSPACED_SHARE
    elif language in UNCASED_LANGUAGES:
        mentions, least = _uncased_words(text, language), _LEAST_UNCASED_LETTERS
    else:
        mentions = _cased_names(text, language)
    for word, start in mentions:
        spelled = romanize(word)
        if len(spelled) >= least:
            at = start * scale
            counts[spelled] += (
                _TOP_WEIGHT if at < _TOP_CHARACTERS else _LEAD_WEIGHT if at < _LEAD_CHARACTERS else _BODY_WEIGHT
            )
    kept = sorted(counts, key=lambda name: (-counts[name], name))[:_MAX_NAMES]
    weights = {name: min(counts[name], _MAX_COUNT) for name in kept}
    total = sum(weights.values())
    return {name: round(weight / total, 4) for name, weight in weights.items()}


def _unspaced_names(text: str, language: str) -> Iterator[tuple[str, int]]:
    """Yield runs of katakana, of Latin letters, and of characters that spell foreign names."""
    for pattern in (_KATAKANA_RUN, _LATIN_NAME):
        for match in pattern.finditer(text):
            yield match[0], match.start()
    if language == "zh":
        for match in _spelled_run().finditer(text):
            yield match[0], match.start()


@cache
def _spelled_run() -> re.Pattern[str]:
    """Return a pattern of the characters that Chinese spells foreign names with."""
    spelling = (letter for letter in load_table("romanization.json")["letters"] if _HAN.match(letter))
    return re.compile(f"[{''.join(spelling)}]{{{_LEAST_NAME_LETTERS},}}")


def _uncased_words(text: str, language: str) -> Iterator[tuple[str, int]]:
    """Yield the words of a script without capitals that are none of everyday."""
    everyday, ignored = _everyday(language), stopwords(language) | _dates(language)
    for match in _WORD.finditer(text):
        word = match[0].lower()
        bare = _bare(word, language)
        if not {word, bare}.isdisjoint(ignored) or len(bare) < _LEAST_STEM:
            continue
        if snowball_stem(word, language) not in everyday and snowball_stem(bare, language) not in everyday:
            yield bare, match.start()


def _cased_names(text: str, language: str) -> Iterator[tuple[str, int]]:
    """Yield the words that are written with a capital within a sentence more often than without."""
    everyday, ignored = _everyday(language), stopwords(language) | _dates(language)
    title_end = max(text.find("\n"), 0)
    title = _WORD.findall(text[:title_end])
    if sum(word[0].isupper() for word in title) < _TITLE_CASE_SHARE * len(title):
        title_end = 0
    capitals: list[tuple[str, int]] = []
    within_sentences: Counter[str] = Counter()
    for match in _WORD.finditer(text):
        word, start = _APOSTROPHE.split(match[0])[0], match.start()
        lower = word.lower()
        if lower in ignored or len(word) < _LEAST_STEM:
            continue
        if not word[0].isupper():
            within_sentences[lower] -= 1
            continue
        capitals.append((word, start))
        if start >= title_end and not _OPENING.search(text[max(0, start - _OPENING_CHARACTERS) : start]):
            within_sentences[lower] += 1
    for word, start in capitals:
        lower = word.lower()
        is_everyday = snowball_stem(lower, language) in everyday
        if within_sentences[lower] > 0 and (not is_everyday or (word.isupper() and language not in _NOUN_CAPITALS)):
            yield word, start


def _bare(word: str, language: str) -> str:
    """Return a word without an article, preposition or particle that is written onto it."""
    for prefix in _PREFIXES.get(language, ()):
        if word.startswith(prefix) and len(word) - len(prefix) > _LEAST_STEM:
            return word.removeprefix(prefix)
    for suffix in _SUFFIXES.get(language, ()):
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST_STEM:
            return word.removesuffix(suffix)
    return word


def _cognates(lead: str, language: str) -> dict[str, float]:
    """Return the roots of words in cased scripts, with their rarity."""
    everyday, stop = _everyday(language), stopwords(language)
    roots: dict[str, float] = {}
    for match in _WORD.finditer(lead):
        word = match[0].lower()
        word = _APOSTROPHE.split(word)[0]
        if word in stop or not word or _CASED.match(word) is None:
            continue
        root = _cognate_root(word)
        if root:
            rarity = everyday.get(snowball_stem(word, language), 1.0)
            roots[root] = max(rarity, roots.get(root, 0.0))
    return {root: round(roots[root], 2) for root in islice(roots, _MAX_COGNATES)}


@lru_cache(maxsize=_CACHED_WORDS)
def _cognate_root(word: str) -> str:
    """Return the first letters of a word in a common spelling; "" for a short word."""
    spelled = romanize(word)
    for own, common in _COGNATE_SPELLING:
        spelled = spelled.replace(own, common)
    spelled = _DOUBLE.sub(r"\1", spelled)
    return spelled[:_COGNATE_LETTERS] if len(spelled) >= _COGNATE_LETTERS else ""


@lru_cache(maxsize=32)
def _everyday(language: str) -> Mapping[str, float]:
    """Return the rarity of a language's everyday words, in 0..1; empty without a table."""
    frequencies = load_table("commonness.json")
    classes = frequencies.get(language, {})
    return {
        term: int(tenths) / 10 / frequencies["ceiling"] for tenths, terms in classes.items() for term in terms.split()
    }


@lru_cache(maxsize=32)
def _dates(language: str) -> frozenset[str]:
    names = calendar(language)
    return frozenset((*names.days, *names.months))


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)
