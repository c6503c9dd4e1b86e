"""Lines of a text, rejoined where they were wrapped at a fixed width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

__all__ = ["iter_paragraph_spans", "paragraph_spans"]

_LINE = re.compile(r"[^\n\r\u2028\u2029\x85\x0b\x0c]+")
_TERMINAL = frozenset('.!?…。！？؟۔।॥:;|"”’»)」』')
_MARKED = re.compile(r"\s*(?:[-•*–—▪◦‣·#>|]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    """Where the lines of a text stand, those joined that were wrapped at a fixed width; blank lines are left out."""
    return [(start, end) for start, end in iter_paragraph_spans(text) if text[start:end].strip()]


def iter_paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    """Lines, joined where their breaks come from wrapping at a fixed width."""
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

    A wrapped line is one that the next line's first word would have made too long: that, and not likeness of
    lengths, tells a wrap from a list.
    """
    width = max((end - start for start, end in block), default=0)
    if len(block) < 2 or not 30 <= width <= 130:
        yield from block
        return
    wraps: list[bool] = []
    strays = breaks = continued = 0
    for (start, end), (after, after_end) in pairwise(block):
        line = text[start:end].rstrip()
        head = text[after : min(after_end, after + 80)].lstrip()
        if not line or not head or _MARKED.match(head):
            wraps.append(False)
            continue
        full = len(line) + 1 + len(head.split(None, 1)[0]) >= width - 3
        small = head[0].islower()
        if line[-1] not in _TERMINAL:
            breaks += 1
            strays += not full
            continued += small
        wraps.append(full)
    if not breaks or strays * 5 > breaks or continued * 3 < breaks:
        yield from block
        return
    start, end = block[0]
    for wrapped, (after, after_end) in zip(wraps, block[1:], strict=True):
        if not wrapped:
            yield start, end
            start = after
        end = after_end
    yield start, end
