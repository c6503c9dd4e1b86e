"""Pages that list stories: front pages, sections, blogs with several posts.

Such a page has several headings, each with a text of its own, and no text that is longer than all of them. A page with
an article is none, however many cards of other stories stand around it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.intake.readers.html_blocks import Block
from bot.intake.readers.html_tree import HEADING_TAGS
from bot.intake.readers.metadata import parse_label

__all__ = ["Teaser", "find_teasers", "without_cards"]

_MIN_TEXT: Final = 60
"""Characters of a teaser's text that can be a story: a sentence of a dozen words."""

_MAX_LINKED: Final = 0.5
"""Share of a block's characters in links up to which it is text; headings of cards are links as a whole."""

_STOPS: Final = ".!?…。！？।"

_LINKED_HEADING: Final = 0.8
"""Share of a heading's characters in links from which on it leads to a story elsewhere."""

_MAX_CARD: Final = 600
"""Characters of a card with its heading: longer texts between linked headings are sections of an article."""

_MAX_SHARE: Final = 0.6
"""Share of the text from which on one of several stories is the page's own and the others are teasers beside it."""

_MAX_OUTSIDE: Final = 0.5
"""Characters of an article outside of teasers for each of theirs, from which on the page has a story of its own. By
judgement."""


_LONG_OUTSIDE: Final = 800
"""Characters of an article outside of teasers that are a story of the page's own, however much it lists. By judgement:
some five paragraphs."""


_MOST_TIMES: Final = 3
"""Times the length of the second longest story, from which on a long one is the page's own. By judgement."""


@dataclass(slots=True)
class Teaser:
    """A story of a list, with its link and time as they are written."""

    title: str
    link: str | None
    time: str | None
    paragraphs: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The paragraphs, one line each."""
        return "\n".join(self.paragraphs)


def find_teasers(blocks: Sequence[Block], article: Sequence[Block]) -> list[Teaser]:
    """Return the stories of a page that lists them, [] for one that has a story of its own.

    `article` are those of `blocks` that belong to the page's article, if it has one.
    """
    teasers: list[Teaser] = []
    listed: dict[int, int] = {}
    teaser: Teaser | None = None
    around: Block | None = None
    opened = {0}
    for block in blocks:
        if block.tag in HEADING_TAGS and (block.article not in opened or _is_link(block)):
            opened.add(block.article)
            teaser, around = _begin(block), block
            teasers.append(teaser)
        elif block.tag in HEADING_TAGS and not block.article:
            teaser = around = None
        elif teaser is not None and around is not None and block.article == around.article:
            teaser.time = teaser.time or block.time
            teaser.link = teaser.link or block.link
            if _is_text(block):
                teaser.paragraphs.append(block.text)
                listed[id(block)] = len(teasers)
        elif block.article and around is not None and block.article != around.article:
            teaser = around = None
    teasers = [teaser for teaser in teasers if teaser.paragraphs]
    if len(teasers) < 2:
        return []
    total = sum(len(teaser.text) for teaser in teasers)
    own = [block for block in article if len(block.text) >= _MIN_TEXT]
    size = sum(len(block.text) for block in own)
    of_teasers: Counter[int] = Counter()
    for block in own:
        of_teasers[listed.get(id(block), -1)] += len(block.text)
    if (
        of_teasers[-1] > min(total * _MAX_OUTSIDE, _LONG_OUTSIDE)
        or max(of_teasers.values(), default=0) > max(size, total) * _MAX_SHARE
    ):
        return []
    second, longest = sorted(len(teaser.text) for teaser in teasers)[-2:]
    return [] if longest > min(total * _MAX_SHARE, max(_LONG_OUTSIDE, second * _MOST_TIMES)) else teasers


def without_cards(article: Sequence[Block], blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks of an article without the cards of other stories among them.

    A card is an element that holds a heading with a link, a little text, and nothing else; a page has several.
    """
    sections: dict[int, list[Block]] = {}
    for block in blocks:
        sections.setdefault(block.section, []).append(block)
    cards = {number for number, inside in sections.items() if _is_card(inside)}
    return [block for block in article if block.section not in cards] if len(cards) > 1 else list(article)


def _is_card(inside: Sequence[Block]) -> bool:
    headings = [block for block in inside if block.tag in HEADING_TAGS]
    size = sum(len(block.text) for block in inside)
    return len(headings) == 1 and len(inside) > 1 and size <= _MAX_CARD and _is_link(headings[0])


def _is_text(block: Block) -> bool:
    """Tell whether a block is text of a teaser; some cards are links as a whole."""
    parted = block.links <= len(block.text) * _MAX_LINKED or block.text[-1] in _STOPS
    return len(block.text) >= _MIN_TEXT and parted


def _is_link(heading: Block) -> bool:
    """Tell whether a heading leads to a story elsewhere, and not to a place in the page."""
    elsewhere = heading.link is not None and not heading.link.startswith("#")
    return elsewhere and heading.links >= len(heading.text) * _LINKED_HEADING


def _begin(heading: Block) -> Teaser:
    return Teaser(parse_label(heading.text) or heading.text, heading.link, heading.time)
