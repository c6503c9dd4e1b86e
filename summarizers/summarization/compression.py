"""Sentence compression: leave out parentheses and attributions.

English only as far as attributions go: other languages keep theirs.
"""

from __future__ import annotations

import re
from functools import cache

from summarizers.text.speech import speech_group

__all__ = ["compress_sentence"]

_PARENTHESIS = re.compile(r"\s*(?:\([^()]{1,200}\)|（[^（）]{1,200}）|\[[^\[\]]{1,200}\])")

_TIME = r"(?:\s(?:on\s\w+|yesterday|today|late\s\w+|earlier\s\w+|in\sa\sstatement))*"
_INITIAL_ATTRIBUTION = re.compile(r"^According to [^,;\"“”]{3,80}, (?P<rest>[^\s\"“”].{24,})$", re.DOTALL)


def compress_sentence(sentence: str) -> str:
    """Return a sentence without its parentheses and without the clause that names its source.

    The rest keeps its wording and order, but is no longer the source verbatim. Attributions are taken off English
    sentences only and never off a quotation: there they carry the meaning. A sentence of which nothing would be left
    is returned as it is.
    """
    short = _PARENTHESIS.sub("", sentence).strip()
    final = _final_attribution().match(short)
    if final:
        short = final["rest"] + (final["stop"] or ".")
    initial = _INITIAL_ATTRIBUTION.match(short)
    if initial:
        short = initial["rest"][0].upper() + initial["rest"][1:]
    return short if any(character.isalnum() for character in short) else sentence


@cache
def _final_attribution() -> re.Pattern[str]:
    verb = speech_group("en", "compression")
    return re.compile(
        rf"^(?P<rest>[^\"“”]{{25,}}[^,\"“”]), (?:according to [^,;\"“”]{{3,80}}|"
        rf"(?:[A-Z][\w.’'-]*|the|a|an|he|she|they|officials|police|sources)(?:\s[\w.’'-]+){{0,7}}\s{verb}{_TIME}"
        rf"|{verb}\s(?:[\w.’'-]+\s?){{1,8}})(?P<stop>[.!?]?)$"
    )
