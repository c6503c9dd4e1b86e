"""What can be left out of a sentence without changing what it says?"""

from __future__ import annotations

import re

__all__ = ["compress_sentence"]

_ASIDE = re.compile(r"\s*(?:\([^()]{1,200}\)|（[^（）]{1,200}）|\[[^\[\]]{1,200}\])")
_SAYS = r"(?:said|says|told \w+|added|reported|announced|wrote|confirmed)"
_WHEN = r"(?:\s(?:on\s\w+|yesterday|today|late\s\w+|earlier\s\w+|in\sa\sstatement))*"
_TAIL = re.compile(
    rf"^(?P<rest>[^\"“”]{{25,}}[^,\"“”]), (?:according to [^,;\"“”]{{3,80}}|"
    rf"(?:[A-Z][\w.’'-]*|the|a|an|he|she|they|officials|police|sources)(?:\s[\w.’'-]+){{0,7}}\s{_SAYS}{_WHEN}"
    rf"|{_SAYS}\s(?:[\w.’'-]+\s?){{1,8}})(?P<stop>[.!?]?)$"
)
_HEAD = re.compile(r"^According to [^,;\"“”]{3,80}, (?P<rest>[^\s\"“”].{24,})$", re.DOTALL)


def compress_sentence(sentence: str) -> str:
    """A sentence without its parentheses and without the words that say who said so.

    The rest keeps its wording and order, but is no longer the source verbatim. Attributions are taken off
    English sentences only and never off a quotation: there they carry the meaning. A sentence of which
    nothing would be left comes back as it is.
    """
    short = _ASIDE.sub("", sentence).strip()
    tail = _TAIL.match(short)
    if tail:
        short = tail["rest"] + (tail["stop"] or ".")
    head = _HEAD.match(short)
    if head:
        short = head["rest"][0].upper() + head["rest"][1:]
    return short if any(character.isalnum() for character in short) else sentence
