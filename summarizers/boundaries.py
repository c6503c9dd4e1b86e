"""Does a story begin at this paragraph?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarizers.furniture import dateline_at, kicker_at
from summarizers.text import is_fragment, stopwords

if TYPE_CHECKING:
    from summarizers.stories import Paragraph

__all__ = ["starts"]

_WORD = re.compile(r"[^\W\d_]{3,}")


def starts(text: str, paragraphs: Sequence[Paragraph]) -> list[int]:
    """The paragraphs other than the first that begin a story, ascending."""
    stop = stopwords("en")
    vocabulary = [
        {word[:6].casefold() for word in _WORD.findall(text[p.start : p.end]) if word.casefold() not in stop}
        for p in paragraphs
    ]
    found = []
    for at in range(1, len(paragraphs)):
        paragraph, before = paragraphs[at], paragraphs[at - 1]
        words = text[paragraph.start : paragraph.end]
        shared = len(vocabulary[at] & set().union(*vocabulary[max(0, at - 4) : at])) / (len(vocabulary[at]) or 1)
        score = 3.0 * bool(paragraph.titles) + 5.0 * paragraph.rule - 8 * shared
        score += 3.0 * (dateline_at(words) is not None) + 3.0 * (kicker_at(words) is not None)
        score += 2.0 * (len(words) > 350) + 2.0 * is_fragment(text[before.start : before.end], "en")
        if score > 3.0:
            found.append(at)
    return found
