"""Title, dateline and sentences of a text, for weighing where in it a country is named.

Found by rough rules that need no language; text/sentences.py has the sentences that readers see.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizers.text.datelines import find_dateline_place

__all__ = ["TextRegions", "find_regions"]


@dataclass(slots=True)
class TextRegions:
    """Regions of a text: end of its title (0 without), dateline's place, starts of sentences."""

    title_end: int
    dateline: tuple[int, int] | None
    starts: list[int]


# One set of characters first, so that the search runs from stop to stop.
_SENTENCE_END = re.compile(r"[.!?…\n。！？](?:(?<=[.!?…])[\"'”’)]{0,2}\s+(?=[^\sa-z])|(?<=\n)\n*|(?<=[。！？]))")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gov|Sen|Rep|Gen|Col|Lt|Sgt|Inc|Corp|Co|Ltd|No|Jr|Sr|vs|Prof)|U\.S|U\.K)\Z"
)
_LONGEST_TITLE = 200
"""Characters of the longest first line that is taken for a title."""

_LATEST_DATELINE = 400
"""Characters of the body within which a dateline has to stand."""


def find_regions(text: str) -> TextRegions:
    """Return the regions of a text.

    The title is a first line of at most 200 characters that ends without a full stop and has more text behind it. The
    dateline stands near the start of the text.
    """
    cut = text.find("\n")
    title_end = 0
    if 0 < cut <= _LONGEST_TITLE and text[:cut].rstrip()[-1:] not in {".", "。", ""} and not text[cut:].isspace():
        title_end = cut
    body = title_end + 1 if title_end else 0
    starts = [body]
    for match in _SENTENCE_END.finditer(text, body):
        at, end = match.span()
        if text[at] == "." and _ABBREVIATED.search(text, max(0, at - 6), at):
            continue
        if end == starts[-1] + 1:
            starts[-1] = end
        elif end < len(text):
            starts.append(end)
    dateline = find_dateline_place(text, title_end, min(len(text), body + _LATEST_DATELINE))
    return TextRegions(title_end, dateline, starts)
