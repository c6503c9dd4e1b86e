"""Romanization of words, and their consonants, by which names meet across languages.

The table (data/romanization.json, made by training/transliteration.py) gives sounds, not a standard: "Джонсон", "ジョンソン"
and "جونسون" are to come near "Johnson". Vowels aren't written in Arabic and Hebrew and differ elsewhere, so names are
compared by their consonants in six classes of sound, as in Soundex (Russell, 1918).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from summarizers.text.scripts import HANGUL
from summarizers.text.tables import load_table

__all__ = ["Consonants", "consonants", "romanize"]

_CACHED_WORDS = 16384
"""Words whose spelling is kept, 2 MB: most words of a day's news come again."""

_FIRST_SYLLABLE, _VOWELS, _FINALS = 0xAC00, 21, 28
"""Hangul syllables in Unicode: the first one, and the numbers of vowels and of finals by which they are ordered."""

_INITIAL = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
_VOWEL = (
    *("a", "e", "ya", "ye", "o", "e", "yo", "ye", "o", "wa", "we", "we", "yo", "u"),
    *("wo", "we", "wi", "yu", "eu", "ui", "i"),
)
_FINAL = ("", *"kkknnntlkmlllplmpptt", "ng", *"ttktpt")
"""Sounds of the parts of a syllable, in Unicode's order."""

_HANGUL = re.compile(f"[{HANGUL}]")

_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"tsch|tch|sch|sh|zh|dzh|cz|sz|ts|tz", "s"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"(?<=[aeiou])gh(?![aeiou])", ""),
        (r"gh|kh|ck|qu|q", "k"),
        (r"ch", "s"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"ng(?![aeiou])", "n"),
        (r"(?<!^)w", ""),
        (r"h", ""),
    )
)
"""Groups of letters and the letter that stands for their sound, in the order in which they are replaced."""

_W_IS_V = frozenset({"de", "pl"})
_J_IS_VOWEL = frozenset({"de", "pl", "cs", "sv", "nl"})
_CLASSES = str.maketrans(
    {
        **dict.fromkeys("bpfvw", "P"),
        **dict.fromkeys("td", "T"),
        **dict.fromkeys("kgq", "K"),
        **dict.fromkeys("szj", "S"),
        **dict.fromkeys("mn", "N"),
        **dict.fromkeys("rl", "R"),
    }
)
_NOT_CONSONANT = re.compile("[^bpfvwtdkgszjmnrl]+")


class Consonants(NamedTuple):
    """Consonants of a name, once as classes of sound and once as letters, of equal length."""

    classes: str
    letters: str


@lru_cache(maxsize=_CACHED_WORDS)
def romanize(word: str) -> str:
    """Return a word in small letters a to z and digits, without what has no such spelling."""
    if word.isascii():
        return word.lower()
    letters, longest = _letters()
    word = unicodedata.normalize("NFC", word.lower())
    spelled: list[str] = []
    position = 0
    while position < len(word):
        for length in range(min(longest, len(word) - position), 0, -1):
            sound = letters.get(word[position : position + length])
            if sound is not None:
                spelled.append(sound)
                position += length
                break
        else:
            spelled.append(_spell(word[position]))
            position += 1
    return "".join(spelled)


def _spell(character: str) -> str:
    """Return the spelling of a syllable of Hangul, or of a letter without its marks."""
    if character.isascii():
        return character
    if _HANGUL.match(character):
        number = ord(character) - _FIRST_SYLLABLE
        initial, rest = divmod(number, _VOWELS * _FINALS)
        vowel, final = divmod(rest, _FINALS)
        return _INITIAL[initial] + _VOWEL[vowel] + _FINAL[final] if 0 <= initial < len(_INITIAL) else ""
    plain = unicodedata.normalize("NFKD", _UNDECOMPOSED.get(character, character))
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())


_UNDECOMPOSED = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
"""Latin letters that Unicode doesn't decompose."""


@cache
def _letters() -> tuple[dict[str, str], int]:
    """Return the table of letters, and the length of its longest entry."""
    letters: dict[str, str] = load_table("romanization.json")["letters"]
    return letters, max(map(len, letters))


@lru_cache(maxsize=_CACHED_WORDS)
def consonants(romanized: str, language: str) -> Consonants:
    """Return the consonants of a romanized word as a language speaks it.

    Neighbours of one class count as one.
    """
    if language in _W_IS_V:
        romanized = romanized.replace("w", "v")
    if language in _J_IS_VOWEL:
        romanized = romanized.replace("j", "")
    for pattern, sound in _SOUNDS:
        romanized = pattern.sub(sound, romanized)
    letters = _NOT_CONSONANT.sub("", romanized)
    classes = letters.translate(_CLASSES)
    kept = [index for index in range(len(classes)) if not index or classes[index] != classes[index - 1]]
    return Consonants("".join(classes[index] for index in kept), "".join(letters[index] for index in kept))
