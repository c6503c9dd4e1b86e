"""Lines of a text, rejoined where they were wrapped at a fixed width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

__all__ = ["iter_paragraph_spans"]

_LINE = re.compile(r"[^\n\r\u2028\u2029\x85\x0b\x0c]+")
_TERMINAL = frozenset('.!?…。！？؟۔।॥:;|"”’»)」』')
_LIST_ITEM = re.compile(r"\s*(?:[-•*–—▪◦‣·#>|]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")

# By judgement: these widths are those of e-mail, terminals and typewriters.
_NARROWEST, _WIDEST = 30, 130
"""Characters of the longest line of a text that may be wrapped."""

_SLACK = 3
"""Characters by which a wrapped line may be shorter than the width allows: a hyphen or two blanks behind a stop."""

_NEXT_WORD_READ = 80
"""Characters of the next line that are read for its first word."""

_MOST_STRAYS = 1 / 5
"""Share of a text's open lines that may end early for it to be wrapped."""

_LEAST_CONTINUED = 1 / 3
"""Share of a text's open lines after which the next begins with a small letter, at least, for it to be wrapped."""


def iter_paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of a text's lines, joined where they were wrapped at a fixed width."""
    lines = [match.span() for match in _LINE.finditer(text)]
    if len(lines) < 2:
        yield from lines
        return
    block: list[tuple[int, int]] = []
    for line in lines:
        blank = not text[line[0] : line[1]].strip()
        if blank or (block and text.count("\n", block[-1][1], line[0]) > 1):
            yield from _unwrapped(text, block)
            block = []
        if not blank:
            block.append(line)
    yield from _unwrapped(text, block)


def _unwrapped(text: str, block: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Undo greedy wrapping in lines between blank ones.

    A wrapped line is one that the next line's first word would have made too long: that, and not the likeness of
    lengths, distinguishes a wrap from a list.
    """
    width = max((end - start for start, end in block), default=0)
    if len(block) < 2 or not _NARROWEST <= width <= _WIDEST:
        yield from block
        return
    wraps: list[bool] = []
    strays = open_lines = continued = 0
    for (start, end), (after, after_end) in pairwise(block):
        line = text[start:end].rstrip()
        head = text[after : min(after_end, after + _NEXT_WORD_READ)].lstrip()
        if not line or not head or _LIST_ITEM.match(head):
            wraps.append(False)
            continue
        full = len(line) + 1 + len(head.split(None, 1)[0]) >= width - _SLACK
        if line[-1] not in _TERMINAL:
            open_lines += 1
            strays += not full
            continued += head[0].islower()
        wraps.append(full)
    if not open_lines or strays > open_lines * _MOST_STRAYS or continued < open_lines * _LEAST_CONTINUED:
        yield from block
        return
    start, end = block[0]
    for wrapped, (after, after_end) in zip(wraps, block[1:], strict=True):
        if not wrapped:
            yield start, end
            start = after
        end = after_end
    yield start, end
