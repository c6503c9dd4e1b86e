"""Words of a text, stop words, and normalisation for comparing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from summarizers.text.scripts import (
    COMBINING_MARKS,
    HAN,
    HAN_COMPATIBILITY,
    HIRAGANA,
    IDEOGRAPHIC,
    INVISIBLE,
    KATAKANA,
    holds_ideographs,
)
from summarizers.text.tables import language_words

__all__ = ["MARKED_WORD", "normalise", "stopwords", "words"]


@cache
def stopwords(language: str) -> frozenset[str]:
    """Return a language's casefolded function words; empty for a language without a list."""
    return frozenset(language_words(language, "stop"))


def normalise(text: str) -> str:
    """Return a text in NFC, without invisible characters and with plain spaces.

    For comparing and counting, never for showing: extracts stay verbatim.
    """
    text = unicodedata.normalize("NFC", text)
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text))


_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_BLANKS = re.compile(r"[^\S\n]+")

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+|(?<=\d)[.,](?=\d)[^\W_]+|\.(?=[A-Za-z]\b)[A-Za-z])*")
MARKED_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{COMBINING_MARKS}]|\u200c|['’\"״](?=[^\W_])|(?<=\d)[.,](?=\d))*")
"""A word in any script, with the marks that belong to its letters."""

_IDEOGRAPHIC_RUN = re.compile(rf"(?P<han>[{HAN}{HAN_COMPATIBILITY}々]+)|[{KATAKANA}]+|[{HIRAGANA}]+|[^{IDEOGRAPHIC}]+")


def words(text: str, language: str | None = None) -> list[str]:
    """Return the words of a text as they are written, in order, without punctuation.

    Han characters are given in overlapping pairs, kana in runs, unless the package of the `cjk` extra for the
    `language` (zh: jieba, ja: sudachipy) is installed.
    """
    if text.isascii():
        return _WORD.findall(text)
    if not holds_ideographs(text):
        return MARKED_WORD.findall(text)
    segment = _segmenter(language) if language in {"zh", "ja"} else None
    split: list[str] = []
    for token in MARKED_WORD.findall(text):
        if not holds_ideographs(token):
            split.append(token)
        elif segment is not None:
            split.extend(segment(token))
        else:
            split.extend(_pairs(token))
    return split


def _pairs(token: str) -> Iterator[str]:
    """Yield Han runs in overlapping pairs, other runs whole."""
    for match in _IDEOGRAPHIC_RUN.finditer(token):
        run = match[0]
        if match["han"] and len(run) > 2:
            yield from (run[at : at + 2] for at in range(len(run) - 1))
        else:
            yield run


_SUDACHI_CHARACTERS = 8000
"""Characters that Sudachi gets at once; it refuses more than 49,149 bytes."""

_SILENT = 60
"""A level above CRITICAL: jieba reports the loading of its dictionary on standard error."""


@cache
def _segmenter(language: str | None) -> Any:
    """Return a word segmenter for Chinese or Japanese if its package is installed, else None."""
    try:
        if language == "zh":
            import jieba

            jieba.setLogLevel(_SILENT)
            return jieba.lcut
        from sudachipy import Dictionary

        tokenizer = Dictionary().create()
    except ImportError:
        return None
    return lambda run: [
        morpheme.surface()
        for at in range(0, len(run), _SUDACHI_CHARACTERS)
        for morpheme in tokenizer.tokenize(run[at : at + _SUDACHI_CHARACTERS])
    ]
