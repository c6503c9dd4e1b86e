"""Where do a text's title, dateline and sentences stand?

For weighing where a country is named, by rough rules that take no language; text.py has the sentences that are shown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

__all__ = ["Layout", "layout"]


@dataclass(slots=True)
class Layout:
    """Where a text's parts stand: its title's end (0 without one), the place of its dateline, its sentences' starts."""

    title_end: int
    dateline: tuple[int, int] | None
    starts: list[int]

    def sentence(self, at: int) -> int:
        """The index of the sentence that holds a character of the body."""
        return max(0, bisect_right(self.starts, at) - 1)


# One set of characters first, so that the search runs from stop to stop.
_SENTENCE_END = re.compile(r"[.!?…\n。！？](?:(?<=[.!?…])[\"'”’)]{0,2}\s+(?=[^\sa-z])|(?<=\n)\n*|(?<=[。！？]))")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gov|Sen|Rep|Gen|Col|Lt|Sgt|Inc|Corp|Co|Ltd|No|Jr|Sr|vs|Prof)|U\.S|U\.K)\Z"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_DATELINE = re.compile(
    rf"^[^\w\n]{{0,6}}(?P<place>[^\W\d_][^\n\d(:]{{1,70}}?)"
    rf"(?:,?[ ](?P<date>{_MONTH}\.?[ ]\d{{1,2}}(?:,?[ ]\d{{4}})?[ ]*(?:\([^)\n]{{2,40}}\)[ ]*)?)(?:[-–—]+(?=\s)|$)"
    r"|[ ](?P<agency>\([A-Z][^)\n]{1,30}\))[ ]*[-–—]+(?=\s)"
    r"|[ ]?[-–—]{1,2}(?=\s))",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST_TITLE = 200
_LATEST_DATELINE = 400


def layout(text: str) -> Layout:
    """Title, dateline and sentences of a text.

    The title is a first line of at most 200 characters that ends without a full stop and has more text behind it.
    A dateline is a place with a date or an agency's name behind it, or a place in capitals with a dash, near the
    start of the text.
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
    dateline = None
    for match in _DATELINE.finditer(text, title_end, min(len(text), body + _LATEST_DATELINE)):
        place = match["place"]
        if (match["date"] or match["agency"] or place.isupper()) and place.count(" ") < 7:
            dateline = match.span("place")
            break
    return Layout(title_end, dateline, starts)
