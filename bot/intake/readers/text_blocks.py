"""Blocks of text with headings among them, and the stories that they make.

For formats that mark headings: Markdown and documents of word processors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

__all__ = ["RULE", "BlockStory", "TextBlock", "stories_of_blocks"]

RULE: Final = "* * *"
"""A thematic break in text: a line that splitting knows as one."""

_STOPS: Final = tuple('.!?…。！？"”’»)』」')
_PROSE: Final = 160
"""Characters from which on a line is text without a full stop; datelines, bylines and dates are shorter."""

_HEADLINE_WORDS: Final = 4
"""Words that headings have on average which are headlines; those inside an article ("Background") have fewer."""

_LONGEST_INTRODUCTION: Final = 400
"""Characters before the first headline of a list; an article's lead is longer. By judgement: of 122 articles in
Markdown without front matter, 106 stay whole without this rule, and 117 with it."""

_WIDE_WORD: Final = 2.5
"""Characters of a word in scripts without blanks."""

_LISTED_SHARE: Final = 0.6
"""Share of a page's paragraphs that begin with a link, from which on it is a list of links."""

_SEPARATORS: Final = " \t-–—:·|"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, heading, cell row or rule; `level` is a heading's, 0 for others.

    `link` is the address of the link that it begins with, and `linked` that link's text. Items are paragraphs of lists.
    """

    text: str
    level: int = 0
    link: str | None = None
    linked: str = ""
    is_item: bool = False


@dataclass(slots=True)
class _Section:
    """A heading and the blocks below it, up to the next heading.

    `heading` is None for what stands before the first.
    """

    heading: TextBlock | None
    blocks: list[TextBlock] = field(default_factory=list)

    @property
    def level(self) -> int:
        return self.heading.level if self.heading is not None else 0

    @property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks if block.text != RULE)

    @property
    def has_prose(self) -> bool:
        """True for a section with text below the heading, and more than a byline or date."""
        return any(block.text.endswith(_STOPS) or len(block.text) > _PROSE for block in self.blocks)


@dataclass(frozen=True, slots=True)
class BlockStory:
    """A story of a page: its text, and the heading over it."""

    text: str
    heading: TextBlock | None = None
    one_story: bool = True


def stories_of_blocks(blocks: Sequence[TextBlock], *, titled: bool) -> Iterator[BlockStory]:
    """Yield the stories of a page; `titled` says that its front matter names one."""
    if (items := _listed(blocks)) is not None:
        yield from items
        return
    sections = _sections(blocks)
    heads = _heads(sections, titled=titled)
    if not heads:
        headed = any(section.heading is not None for section in sections)
        # Rules tell splitting where a story ends; inside one article they say nothing.
        text = _text(sections) if titled or headed else "\n".join(block.text for block in blocks)
        yield BlockStory(text, one_story=headed)
        return
    level = sections[heads[0]].level
    ends = [*(at for at, section in enumerate(sections) if section.level <= level), len(sections)]
    for start, end in pairwise(ends):
        first, *others = sections[start:end]
        if start in heads:
            yield BlockStory("\n".join(filter(None, (first.text, _text(others)))), first.heading)
        elif first.has_prose:  # before the first story, or below the heading of a group of them
            yield BlockStory(first.text, one_story=False)


def _text(sections: Sequence[_Section]) -> str:
    """Return the text of sections with their headings, a line each."""
    lines = [line for each in sections for line in (each.heading.text if each.heading else "", each.text)]
    return "\n".join(filter(None, lines))


def _sections(blocks: Sequence[TextBlock]) -> list[_Section]:
    sections = [_Section(None)]
    for block in blocks:
        if block.level:
            sections.append(_Section(block))
        else:
            sections[-1].blocks.append(block)
    return sections


def _heads(sections: Sequence[_Section], *, titled: bool) -> list[int]:
    """Return the sections with which stories begin.

    There are none if the page is one article, or has no headings. Those of the highest level begin one each, unless they only group stories of the next level. A single one is the
    headline of an article if text follows it at once, and otherwise the page's.
    """
    levels = sorted({section.level for section in sections if section.level})
    for at, level in enumerate(levels):
        heads = [place for place, section in enumerate(sections) if section.level == level]
        inside = [section for section in sections if section.level > level]
        if titled:
            if _are_linked([sections[head] for head in heads]):
                return heads
            continue
        grouping = [head for head in heads if not sections[head].has_prose]
        if at + 1 < len(levels) and 2 * len(grouping) > len(heads):
            below = [section for section in inside if section.level == levels[at + 1]]
            bare = all(not sections[head].text for head in grouping)
            if len(below) > 1 and (bare or _are_headlines(below)):
                continue
        before = [section for section in sections[: heads[0]] if section.has_prose]
        if before:
            own = [sections[head] for head in heads]
            is_long = sum(len(section.text) for section in before) > _LONGEST_INTRODUCTION
            if not _are_linked(own) and (is_long or not _are_headlines(own)):
                return []  # an article without a headline, and the headings inside it
        return heads
    return []


def _are_linked(sections: Sequence[_Section]) -> bool:
    """Return whether most of these headings lead to pages of their own."""
    links = {section.heading.link for section in sections if section.heading is not None and section.heading.link}
    return len(links) > 1 and 2 * len(links) > len(sections)


def _are_headlines(sections: Sequence[_Section]) -> bool:
    """Return whether headings are headlines, and not names of an article's sections."""
    if _are_linked(sections):
        return True
    lengths = [_words(section.heading.text) for section in sections if section.heading is not None]
    return sum(lengths) >= _HEADLINE_WORDS * len(lengths)


def _words(text: str) -> float:
    wide = sum(character >= "\u2e80" for character in text)
    return wide / _WIDE_WORD if wide * 2 > len(text) else len(text.split())


def _listed(blocks: Sequence[TextBlock]) -> list[BlockStory] | None:
    """Return the stories of a page that is a list of links, or None for other pages."""
    texts = [block for block in blocks if not block.level and block.text != RULE]
    linked = [block for block in texts if block.is_item and block.link]
    if len({block.link for block in linked}) < 2 or len(linked) < _LISTED_SHARE * len(texts):
        return None
    stories: list[BlockStory] = []
    for block in texts:
        if block.is_item and block.link:
            about = block.text.removeprefix(block.linked).strip(_SEPARATORS)
            heading = TextBlock(block.linked or about, link=block.link)
            stories.append(BlockStory(about or heading.text, heading))
        elif stories:
            stories[-1] = replace(stories[-1], text=f"{stories[-1].text}\n{block.text}")
    return stories
