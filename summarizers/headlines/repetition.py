"""Sentences that a headline made from them repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from summarizers.text.scripts import HAN
from summarizers.text.words import stopwords

__all__ = ["repeated_sentence"]

_SENTENCES_READ = 5
"""Sentences of a body among which a made headline's is looked for: it is one of the first three of twenty characters."""

_REPEATED = 1 / 3
"""Share of a sentence's content words that a headline says, from which on the sentence is the headline again.

The rest is usually who said it, and when. By reading 500 made headlines: those that say less of their sentence are a part
of it that tells little, so that the sentence is needed.
"""

_WORD = re.compile(r"\w+")
_WIDE_UNIT = re.compile(rf"[{HAN}]|[A-Za-z0-9]+")
"""A character that carries meaning in Chinese and Japanese, or a word or number in Latin letters."""


def repeated_sentence(headline: str, sentences: Sequence[str], language: str) -> int | None:
    """Return the position of the sentence that a headline was made from and repeats.

    None where the headline comes from elsewhere, breaks off with an ellipsis, or says little of the sentence.
    """
    said = Counter(_units(headline, language))
    if not said or headline.endswith("…"):
        return None
    ignored = stopwords(language)
    for position, sentence in enumerate(sentences[:_SENTENCES_READ]):
        units = _units(sentence, language)
        if said <= Counter(units):
            content = [unit for unit in units if unit not in ignored]
            told = sum(unit in said for unit in content)
            return position if told > _REPEATED * len(content) else None
    return None


def _units(text: str, language: str) -> list[str]:
    """Return the words of a text in small letters; in Chinese and Japanese its ideographs."""
    pattern = _WIDE_UNIT if language in {"zh", "ja"} else _WORD
    return pattern.findall(text.lower())
