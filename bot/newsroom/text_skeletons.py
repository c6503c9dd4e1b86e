"""Texts as people read them: skeletons in the sense of UTS 39, in short."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["text_skeleton"]

_LOOKALIKES: Final = str.maketrans(
    "асԁеһіјӏорԛѕԝхуѵАВСЕНІЈКМОРЅТХУԚԜαικνορυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "acdehijlopqswxyvABCEHIJKMOPSTXYQWaikvopuABEZHIKMNOPTYX",
)
"""Letters of the Cyrillic and Greek scripts that look like Latin ones."""

_MIXED_WORD = re.compile(
    r"[a-z][\u0370-\u03ff\u0400-\u052f]|[\u0370-\u03ff\u0400-\u052f][a-z]", re.IGNORECASE | re.ASCII
)
"""Latin beside Cyrillic or Greek letters within a word, as nobody writes who doesn't mean to disguise it."""


def text_skeleton(text: str) -> str:
    """Return text without invisible characters, unusual forms of letters and look-alikes.

    Two texts that look the same have the same skeleton; it is for comparing and not for showing.
    """
    if text.isascii():
        return text
    plain = "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    return plain.translate(_LOOKALIKES) if _MIXED_WORD.search(plain) else plain
