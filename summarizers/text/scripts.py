"""Unicode ranges of scripts, for use inside the brackets of a character class.

The only module that holds such ranges (tests/test_house.py guards it). Where two uses need different extents of one
script, both stand here under names that say what they add.
"""

from __future__ import annotations

import re

__all__ = [
    "ARABIC",
    "ARABIC_LETTERS",
    "ARABIC_MARKS",
    "COMBINING_MARKS",
    "CYRILLIC",
    "CYRILLIC_CAPITALS",
    "CYRILLIC_SMALL",
    "DEVANAGARI",
    "DEVANAGARI_LETTERS",
    "GREEK",
    "GREEK_CAPITALS",
    "GREEK_SMALL",
    "HAN",
    "HANGUL",
    "HAN_BASIC",
    "HAN_COMPATIBILITY",
    "HAN_SUPPLEMENTARY",
    "HEBREW",
    "HEBREW_LETTERS",
    "HIRAGANA",
    "IDEOGRAPHIC",
    "INVISIBLE",
    "KANA",
    "KATAKANA",
    "KATAKANA_EXTENSIONS",
    "LATIN",
    "LATIN_CAPITALS",
    "LATIN_CAPITALS_TO_THORN",
    "LATIN_SMALL",
    "MARKS_IN_WORDS",
    "RUSSIAN_CAPITALS",
    "RUSSIAN_SMALL",
    "SOUTHEAST_ASIAN",
    "THAI",
    "THAI_AND_LAO",
    "THAI_LETTERS",
    "UKRAINIAN_CAPITALS",
    "UKRAINIAN_SMALL",
    "UNSPACED",
    "YI_TO_HAN_COMPATIBILITY",
    "holds_ideographs",
]

# Latin, Cyrillic, Greek

LATIN = "A-Za-z\u00c0-\u024f"
LATIN_CAPITALS = "A-ZÀ-ÖØ-Þ"
LATIN_CAPITALS_TO_THORN = "A-ZÀ-Þ"
"""`LATIN_CAPITALS` with the multiplication sign, which lies between them."""
LATIN_SMALL = "a-zß-öø-ÿ"
CYRILLIC = "\u0400-\u04ff"
CYRILLIC_CAPITALS = "А-Я"
CYRILLIC_SMALL = "а-я"
RUSSIAN_CAPITALS = "А-ЯЁ"
RUSSIAN_SMALL = "а-яё"
UKRAINIAN_CAPITALS = "А-ЯЁІЇЄҐ"
UKRAINIAN_SMALL = "а-яёіїєґ"
GREEK = "\u0370-\u03ff"
GREEK_CAPITALS = "Α-Ω"
GREEK_SMALL = "α-ω"

# Scripts of the Near East and India

HEBREW = "\u0590-\u05ff"
HEBREW_LETTERS = "\u05d0-\u05ea"
ARABIC = "\u0600-\u06ff"
ARABIC_LETTERS = "\u0620-\u06d3"
ARABIC_MARKS = "\u064b-\u065f\u0670\u0640"
"""Vowel signs and the stretching of letters, which spelling leaves out or not."""
DEVANAGARI = "\u0900-\u097f"
DEVANAGARI_LETTERS = "\u0904-\u0939"

# Scripts without spaces between words

THAI = "\u0e00-\u0e7f"
THAI_LETTERS = "\u0e01-\u0e30"
THAI_AND_LAO = "\u0e00-\u0eff"
SOUTHEAST_ASIAN = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese, Khmer."""

HIRAGANA = "\u3040-\u309f"
KATAKANA = "\u30a0-\u30ff"
KANA = "\u3040-\u30ff"
KATAKANA_EXTENSIONS = "\u31f0-\u31ff\uff66-\uff9f"
"""Small katakana for Ainu, and half-width katakana."""
HAN_BASIC = "\u4e00-\u9fff"
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
HAN_COMPATIBILITY = "\uf900-\ufaff"
YI_TO_HAN_COMPATIBILITY = "\ua000-\ufaff"
"""Yi, Hangul and all between them and the compatibility ideographs: scripts that are compared in pairs of characters."""
HAN_SUPPLEMENTARY = "\U00020000-\U0003ffff"
"""Rare ideographs outside the Basic Multilingual Plane."""
IDEOGRAPHIC = KANA + HAN + HAN_COMPATIBILITY
"""Characters of Chinese and Japanese text."""
HANGUL = "\uac00-\ud7a3"
UNSPACED = KANA + HAN + YI_TO_HAN_COMPATIBILITY + SOUTHEAST_ASIAN
"""Scripts without spaces between words, and Korean, whose particles are written onto words: compared in pairs."""

# Marks and characters without a glyph

MARKS_IN_WORDS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0970-\u097f"
"""Accents, points and vowel signs, with the letters of Devanagari, whose signs `\\w` leaves out."""
COMBINING_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05f3\u05f4\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a4d"
    "\u0abc-\u0acd\u0b3c-\u0b4d\u0bbe-\u0bcd\u0c3e-\u0c4d\u0cbc-\u0ccd\u0d3e-\u0d4d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
)
"""Marks that belong to the letter before them in Latin, Hebrew, Arabic, Indian scripts and Thai."""
INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f"
"""Soft hyphens, zero-width and directional characters, control characters other than white space."""

_IDEOGRAPH = re.compile(f"[{IDEOGRAPHIC}]")


def holds_ideographs(text: str) -> bool:
    """Return whether a text has a Chinese or Japanese character."""
    return _IDEOGRAPH.search(text) is not None
