"""Words of days, times and periods in one language, and typed text cut into them.

Names come from CLDR (babel), the words around them from bot/i18n/typed_words.toml. A lexicon is made for one reader
(days, times or periods), so a word such as 日 (Sunday, day) has one meaning in it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from bot.i18n import LOCALES

if TYPE_CHECKING:
    from babel import Locale

__all__ = [
    "DAY_LANGUAGES",
    "LANGUAGES",
    "Lexicon",
    "TypedWord",
    "babel_locale",
    "fold_typed",
    "typed_spellings",
    "typed_words",
]

LANGUAGES = LOCALES
"""Languages whose times and periods are read."""

DAY_LANGUAGES = (*LOCALES, "it", "nl", "sv", "pl", "cs", "ru", "uk", "el", "tr", "ar", "he", "hi", "ko", "zh-Hans")
"""Languages whose days are read: those of the interface and, by CLDR's names alone, those of the stories."""

_DASHES = re.compile("[\u2010-\u2015\u2212\u30fc\uff0d-]")
_WAVES = re.compile("[\u301c\uff5e~]")
_DOT_OUTSIDE_NUMBERS = re.compile(r"\.(?!\d)|(?<!\d)\.")
_ACCENTS = range(0x300, 0x370)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Characters of scripts without blanks between words: a word may end next to any of them."""

_NUMERALS = {char: number for number, chars in enumerate(("〇零", "一", "二兩两", "三", "四", "五", "六", "七", "八", "九")) for char in chars}  # fmt: skip
_HAN_NUMBER = re.compile(f"[{''.join(_NUMERALS)}十]+")
_NUMBER = re.compile(r"[0-9]+")
_WORD = re.compile(r"[^\W\d_]+")
_LITERALS = {":": ":", ".": ".", "/": "/", "-": "to", "~": "to", ",": ",", "、": ",", ";": ",", "&": ",", "+": ","}
"""Marks with a meaning in every language: those of a range are words of the kind `to`."""


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A word, number or mark of typed text; the kind `?` is a word that the lexicon lacks."""

    kind: str
    value: Any
    text: str


def fold_typed(text: str) -> str:
    """Return text without case, accents, width and dots outside numbers, dashes plain."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'").replace("ß", "ss")
    folded = _WAVES.sub("~", _DASHES.sub("-", folded))
    bare = "".join(char for char in unicodedata.normalize("NFD", folded) if ord(char) not in _ACCENTS)
    return " ".join(_DOT_OUTSIDE_NUMBERS.sub("", unicodedata.normalize("NFC", bare)).split())


@dataclass(slots=True)
class Lexicon:
    """Phrases of a language with their kind and value; the first meaning of a phrase stays."""

    language: str
    phrases: dict[str, tuple[str, Any]] = field(default_factory=dict)
    _lengths: tuple[int, ...] = ()

    def add(self, kind: str, value: Any, phrases: Iterable[str]) -> None:
        """Add phrases of a kind; those with ä, ö, ü also as ae, oe, ue."""
        for phrase in phrases:
            for folded in typed_spellings(phrase):
                self.phrases.setdefault(folded, (kind, value))
        self._lengths = tuple(sorted({len(each) for each in self.phrases}, reverse=True))

    def tokens(self, text: str) -> list[TypedWord]:
        """Cut text into the longest phrases, numbers and marks; other words are unknown tokens."""
        folded, at, tokens = fold_typed(text), 0, []
        while at < len(folded):
            if folded[at] == " ":
                at += 1
                continue
            token = self._token_at(folded, at)
            tokens.append(token)
            at += len(token.text)
        return tokens

    def _token_at(self, text: str, at: int) -> TypedWord:
        phrase = self._phrase_at(text, at)
        number = _NUMBER.match(text, at)
        han = _HAN_NUMBER.match(text, at) if number is None else None
        digits = number or han
        if digits is not None and len(digits[0]) > len(phrase):
            value = int(digits[0]) if number is not None else _han_value(digits[0])
            if value is not None:
                return TypedWord("number", value, digits[0])
        if phrase:
            return TypedWord(*self.phrases[phrase], phrase)
        if (mark := text[at]) in _LITERALS:
            return TypedWord(_LITERALS[mark], mark, mark)
        word = _WORD.match(text, at)
        return TypedWord("?", None, word[0] if word else text[at])

    def _phrase_at(self, text: str, at: int) -> str:
        """Return the longest phrase that begins at a place and ends with a word, or ""."""
        for length in self._lengths:
            phrase = text[at : at + length]
            if len(phrase) == length and phrase in self.phrases and _ends_word(text, at + length):
                return phrase
        return ""


def _ends_word(text: str, end: int) -> bool:
    if end == len(text) or not text[end].isalpha():
        return True
    return _UNSPACED.match(text[end]) is not None or _UNSPACED.match(text[end - 1]) is not None


def typed_spellings(phrase: str) -> list[str]:
    """Return the folded spellings of a phrase, ä, ö and ü also as ae, oe and ue."""
    composed = unicodedata.normalize("NFC", phrase).casefold()
    expanded = composed.translate(_UMLAUTS)
    spellings = [phrase] if expanded == composed else [phrase, expanded]
    return [each for each in map(fold_typed, spellings) if each]


def _han_value(text: str) -> int | None:
    """Return the value of Han numerals below 100, or of digits in a row; None for others."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(_NUMERALS[char]) for char in text))
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return None
    return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)


@cache
def typed_words(language: str) -> Mapping[str, Any]:
    """Return a language's part of bot/i18n/typed_words.toml; {} for one that has none."""
    words: Mapping[str, Any] = _tables().get(language, {})
    return words


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads((resources.files("bot.i18n") / "typed_words.toml").read_text("utf-8"))


def babel_locale(language: str) -> Locale:
    """Return babel's locale of a language."""
    from babel import Locale  # not at import: the command line's help needs none

    return Locale.parse(language.replace("-", "_"))
