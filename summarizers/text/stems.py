"""Stems: word forms reduced so that inflected forms of one word meet.

Three of them. `snowball_stem` gives a linguistic stem, where topics, events and search need one. `prefix_stems` only
cuts words, which is enough for matching sentences of one story: words are lower-cased and cut after their sixth letter
(fifth in Cyrillic and Arabic, after Arabic's article and conjunctions are taken off); scripts without spaces are read
in pairs of characters. Cutting matches as well as stemming over many languages (McNamee and Mayfield, Character N-Gram
Tokenization, Information Retrieval 7, 2004) and takes a tenth of the time. `truncated_stem` cuts as well, for comparing
the paragraphs of a document, with the lengths that the boundary model was fitted to.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from operator import itemgetter
from typing import Any

from summarizers.text.scripts import (
    ARABIC_MARKS,
    HAN,
    HAN_SUPPLEMENTARY,
    KANA,
    KATAKANA,
    KATAKANA_EXTENSIONS,
    SOUTHEAST_ASIAN,
    YI_TO_HAN_COMPATIBILITY,
)
from summarizers.text.tables import language_words
from summarizers.text.words import stopwords

__all__ = [
    "PREFIX_LENGTH",
    "prefix_stems",
    "prefix_stems_of_all",
    "snowball_stem",
    "stopword_prefixes",
    "truncated_stem",
]

# Prefixes

PREFIX_LENGTH = 6
"""Letters of the longest prefix stem."""

_SHORT_PREFIX = 5
"""Letters kept in Cyrillic and Arabic, whose endings are longer for their stems."""

_TOKEN = re.compile(
    rf"[{KANA}{KATAKANA_EXTENSIONS}{HAN}{YI_TO_HAN_COMPATIBILITY}{HAN_SUPPLEMENTARY}]+|[{SOUTHEAST_ASIAN}]+|[^\W_]+"
)
_cut: Callable[[str], str] = itemgetter(slice(PREFIX_LENGTH))
_FOLD = bytes([ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(256)])
"""Latin-1 in lower case, with a space for everything that is neither letter nor digit."""
_FOLD_LINES = b"\0" + _FOLD[1:]
"""The same, with NUL kept as a separator of sentences."""
_COMMON_MARKS = "“”‘’—–"
_UNSPACED_RUN = re.compile(
    rf"[{HAN}{YI_TO_HAN_COMPATIBILITY}{HAN_SUPPLEMENTARY}]+|[{KATAKANA}{KATAKANA_EXTENSIONS}]+|[{SOUTHEAST_ASIAN}]+"
)
_ARABIC_PREFIX = re.compile(r"^(?:وال|بال|كال|فال|لل|ال|و(?=\w{4}))")
_ARABIC_MARKS = re.compile(f"[{ARABIC_MARKS}]")
_HIRAGANA = frozenset("ぁあぃいうえおかがきくけこさしすせそたちつてとなにのはひふへほまみむめもやゆよらりるれろわをん")


def prefix_stems(sentence: str) -> list[str]:
    """Return the prefix stems of a sentence's words in order, stop words included."""
    if not sentence.isascii():
        sentence = _without_common_marks(sentence)
    try:
        latin = sentence.encode("latin-1")
    except UnicodeEncodeError:
        return _prefix_stems_of_any_script(sentence)
    return list(map(_cut, latin.translate(_FOLD).decode("latin-1").split()))


def prefix_stems_of_all(sentences: Sequence[str]) -> list[list[str]]:
    """Return `prefix_stems` of each sentence.

    One pass is enough where the text is Latin-1 but for quotation marks and dashes.
    """
    whole = "\0".join(sentences)
    if not whole.isascii():
        whole = _without_common_marks(whole)
    if whole.count("\0") == len(sentences) - 1:
        with suppress(UnicodeEncodeError):
            lines = whole.encode("latin-1").translate(_FOLD_LINES).decode("latin-1").split("\0")
            return [list(map(_cut, line.split())) for line in lines]
    return [prefix_stems(sentence) for sentence in sentences]


def _without_common_marks(text: str) -> str:
    """Replace the marks that nearly every text has by spaces, so that what is left may be ASCII."""
    for mark in _COMMON_MARKS:
        text = text.replace(mark, " ")
    return text


def _prefix_stems_of_any_script(sentence: str) -> list[str]:
    """`prefix_stems` by patterns, which takes longer."""
    stems: list[str] = []
    for token in _TOKEN.findall(sentence.lower()):
        first = token[0]
        if first < "\u0400":
            stems.append(token[:PREFIX_LENGTH])
        elif first < "\u0530":
            stems.append(token[:_SHORT_PREFIX])
        elif "\u0600" <= first < "\u0780":
            bare = _ARABIC_PREFIX.sub("", _ARABIC_MARKS.sub("", token))
            stems.append(bare[:_SHORT_PREFIX] or token[:_SHORT_PREFIX])
        elif _UNSPACED_RUN.search(token):
            for run in _UNSPACED_RUN.findall(token):
                if len(run) == 1:
                    stems.append(run)
                elif run[0] >= "゠" and run[0] <= "ヿ":
                    stems.append(run[:PREFIX_LENGTH])  # katakana: a loan word
                else:
                    stems.extend(run[at : at + 2] for at in range(len(run) - 1))
        elif first not in _HIRAGANA:  # a run of hiragana alone is particles and endings
            stems.append(token[:PREFIX_LENGTH])
    return stems


@lru_cache(maxsize=64)
def stopword_prefixes(language: str) -> frozenset[str]:
    """Return the prefix stems of a language's stop words; empty for a language without a list."""
    return frozenset(stem for word in stopwords(language) for stem in prefix_stems(word))


_ENGLISH_TRUNCATED, _TRUNCATED = 7, 6
"""Letters of a truncated stem. Boundaries' weights are fitted to them; see training/boundaries.py."""


def truncated_stem(word: str, language: str) -> str:
    """Return the beginning of a casefolded word by which paragraphs are compared.

    An English word loses the s of its plural first.
    """
    if language == "en":
        return word.rstrip("s")[:_ENGLISH_TRUNCATED] if len(word) > 3 else word
    return word[:_TRUNCATED]


# Snowball

_SNOWBALL = {
    "ar": "arabic",
    "cs": "czech",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "hi": "hindi",
    "it": "italian",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
"""Snowball's name of each language that it has a stemmer for."""

_LONGEST_STEMMED = 60
"""Characters of the longest word that is stemmed; a longer one is an address or a broken line."""

_SHORTEST_STEM = 4
"""Letters that stay when an ending is cut off in a language without a Snowball stemmer."""

_SHORTEST_KOREAN_STEM = 2
"""Syllables that stay in Korean; one syllable is two to three letters."""


@lru_cache(maxsize=100_000)
def snowball_stem(word: str, language: str) -> str:
    """Return the stem of a casefolded word.

    In a language without a Snowball stemmer, a common ending is cut off.

    Endings of these languages: `endings` in data/language.toml, tried in the order of the file.
    """
    if len(word) > _LONGEST_STEMMED or not word[:1].isalpha():
        return word
    if language == "en":
        word = word.removesuffix("'s").removesuffix("’s")
    if language in _SNOWBALL:
        return _snowball(language).stemWord(word) or word
    shortest = _SHORTEST_KOREAN_STEM if language == "ko" else _SHORTEST_STEM
    for suffix in language_words(language, "endings"):
        if len(word) - len(suffix) >= shortest and word.endswith(suffix):
            return word[: -len(suffix)]
    return word


_stemmers = threading.local()


def _snowball(language: str) -> Any:
    """Return this thread's stemmer of a language; stemmers keep state between calls."""
    known: dict[str, Any] = _stemmers.__dict__
    if language not in known:
        import snowballstemmer

        known[language] = snowballstemmer.stemmer(_SNOWBALL[language])
    return known[language]
