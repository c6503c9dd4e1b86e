"""Words of a text, stop words, and normalisation for comparing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from summarizers.text.tables import language_words

__all__ = ["MARKED_WORD", "normalise", "stopwords", "words"]


@cache
def stopwords(language: str) -> frozenset[str]:
    """Return a language's casefolded function words; empty for a language without a list."""
    return frozenset(language_words(language, "stop"))


def normalise(text: str) -> str:
    """The text in NFC with soft hyphens, zero-width and control characters taken out and blanks made plain.

    For comparing and counting, never for showing: extracts stay verbatim.
    """
    text = unicodedata.normalize("NFC", text)
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text))


_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f]")
_BLANKS = re.compile(r"[^\S\n]+")


_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+|(?<=\d)[.,](?=\d)[^\W_]+|\.(?=[A-Za-z]\b)[A-Za-z])*")
_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05f3\u05f4\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a4d"
    "\u0abc-\u0acd\u0b3c-\u0b4d\u0bbe-\u0bcd\u0c3e-\u0c4d\u0cbc-\u0ccd\u0d3e-\u0d4d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
)
MARKED_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}]|\u200c|['’\"״](?=[^\W_])|(?<=\d)[.,](?=\d))*")
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_EAST_RUN = re.compile(
    r"(?P<han>[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々]+)|(?P<kata>[\u30a0-\u30ff]+)|(?P<hira>[\u3040-\u309f]+)|[^\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)


def words(text: str, language: str | None = None) -> list[str]:
    """The words of a text as they are written, in order, without punctuation.

    Han characters are given in overlapping pairs, kana in runs, unless the package of the `cjk` extra for the
    `language` (zh: jieba, ja: sudachipy) is installed.
    """
    if text.isascii():
        return _WORD.findall(text)
    if not _EAST.search(text):
        return MARKED_WORD.findall(text)
    segment = _segmenter(language) if language in {"zh", "ja"} else None
    found: list[str] = []
    for token in MARKED_WORD.findall(text):
        if not _EAST.search(token):
            found.append(token)
        elif segment is not None:
            found.extend(segment(token))
        else:
            found.extend(_pairs(token))
    return found


def _pairs(token: str) -> Iterator[str]:
    """Han runs in overlapping pairs, other runs whole."""
    for match in _EAST_RUN.finditer(token):
        run = match[0]
        if match["han"] and len(run) > 2:
            yield from (run[at : at + 2] for at in range(len(run) - 1))
        else:
            yield run


@cache
def _segmenter(language: str | None) -> Any:
    """A word finder for Chinese or Japanese when its package is installed, else None."""
    try:
        if language == "zh":
            import jieba

            jieba.setLogLevel(60)
            return jieba.lcut
        from sudachipy import Dictionary

        tokenizer = Dictionary().create()
    except ImportError:
        return None
    # Sudachi refuses more than 49,149 bytes at once.
    return lambda run: [m.surface() for at in range(0, len(run), 8000) for m in tokenizer.tokenize(run[at : at + 8000])]
