"""Blocks of a page or fragment that belong to no story, for the operator."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from bot.intake.readers.html_blocks import HINTS, Block, read_blocks
from bot.intake.readers.html_tree import FURNITURE_TAGS, parse_html, remove_hidden
from bot.intake.types import AsideLines, DocumentPart

__all__ = ["blocks_aside", "fragment_aside"]

_REASONS: Final = {
    "comment": "comments",
    "share": "share",
    "related": "related",
    "offer": "offers",
    "byline": "byline",
    "caption": "captions",
    "menu": "menu",
}
"""Reasons by what the names of elements say that they hold; the first that is named most is taken."""

_GROUPS: Final = tuple(HINTS)
_OPENING: Final = tuple(f"<{tag}" for tag in FURNITURE_TAGS)


def blocks_aside(blocks: Sequence[Block], parts: Sequence[DocumentPart]) -> tuple[AsideLines, ...]:
    """Return the blocks of a page that are in no story, neighbours of one reason together."""
    told = {line for part in parts for line in (*part.text.split("\n"), part.title or "")}
    left = [block for block in blocks if not told.issuperset(block.text.split("\n"))]
    return tuple(AsideLines(reason, tuple(block.text for block in run)) for reason, run in groupby(left, _reason))


def fragment_aside(markup: str, text: str) -> tuple[AsideLines, ...]:
    """Return what reading a fragment as `text` leaves out: captions, menus, forms."""
    low = markup.lower()
    if not any(tag in low for tag in _OPENING):
        return ()
    tree = parse_html(markup)
    if tree is None:
        return ()
    remove_hidden(tree)
    return blocks_aside(read_blocks(tree), (DocumentPart(text),))


def _reason(block: Block) -> str:
    """Return what a block is by the names around it, else by its links."""
    named = {group: count for group, count in zip(_GROUPS, block.hints, strict=True) if count and group in _REASONS}
    if named:
        return _REASONS[max(named, key=lambda group: named[group])]
    return "related" if block.links * 2 >= len(block.text) else "menu" if block.furniture else "other"
