"""The layout of answers and digests, independent of where they are drawn.

A `Page` is a list of blocks. Their texts are raw, as they came from outside; each surface escapes them for itself.
Nothing here knows Discord, a terminal or HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

__all__ = [
    "ActionRow",
    "Bar",
    "Block",
    "Button",
    "ChannelMenu",
    "Chart",
    "Group",
    "Menu",
    "MenuOption",
    "Page",
    "Paragraph",
    "Rule",
    "Size",
    "Span",
    "bold",
    "link",
    "paragraph",
    "text",
    "timestamp",
]

Style = Literal["plain", "bold", "italic", "struck", "code"]
Size = Literal["masthead", "title", "heading", "section", "body", "item", "small", "quote"]
"""`masthead` is the title of a front page, `section` heads several stories, `item` is a line of a list."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters in one style; `url` makes them a link, `at` a moment in the reader's zone.

    `trusted` text is the program's own and may hold Discord's markup, such as a channel's mention. `topic` is a slug in
    whose colour surfaces that have colours show the characters.
    """

    text: str
    style: Style = "plain"
    url: str | None = None
    at: datetime | None = None
    trusted: bool = False
    topic: str | None = None
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading or note; `key` names what it alone is about, as a group's does."""

    spans: tuple[Span, ...]
    size: Size = "body"
    key: str | None = None

    @property
    def is_heading(self) -> bool:
        """True for a line that heads what follows: surfaces show it in bold anyway."""
        return self.size in ("masthead", "title", "heading", "section")

    @property
    def plain(self) -> str:
        """Its characters without styles."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button: `action` is the custom id of its handler, or `url` the address that it opens.

    A `danger` deletes something: surfaces with colours show it red.
    """

    label: str
    action: str | None = None
    url: str | None = None
    primary: bool = False
    disabled: bool = False
    danger: bool = False


@dataclass(frozen=True, slots=True)
class MenuOption:
    """One option of a menu."""

    label: str
    value: str
    description: str | None = None
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """A select menu; `max_values` above 1 allows several options."""

    action: str
    placeholder: str
    choices: tuple[MenuOption, ...]
    min_values: int = 1
    max_values: int = 1


@dataclass(frozen=True, slots=True)
class ChannelMenu:
    """A menu of the channels that can have a digest; `selected` is the present one's id."""

    action: str
    placeholder: str
    selected: int | None = None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """Buttons side by side, or a menu."""

    items: tuple[Button | Menu | ChannelMenu, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that belong together, such as a story; kept in one message whenever they fit.

    `accent` is a topic's slug, which gives the colour. `aside` stands beside the text where there is room. `key` names
    what the group is about, such as `e12`, so that the caller learns which message shows it. `picture` is an address,
    shown small beside the text where nothing else is.
    """

    blocks: tuple[Paragraph | Rule | ActionRow, ...]
    accent: str | None = None
    aside: Button | None = None
    key: str | None = None
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: `label` names it, `short_label` in a few ASCII characters.

    `parts` are its segments: a topic's slug, which gives the colour, and a count above 0.
    """

    label: str
    short_label: str
    parts: tuple[tuple[str | None, int], ...]

    @property
    def total(self) -> int:
        """The sum of the segments."""
        return sum(count for _tone, count in self.parts)


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart, longest bar first; surfaces that can't show one leave it out."""

    title: str
    bars: tuple[Bar, ...]

    @property
    def alt_text(self) -> str:
        """The chart in words, for those who don't see it."""
        return f"{self.title}: " + ", ".join(f"{bar.label} {bar.total}" for bar in self.bars)


Block = Paragraph | Rule | ActionRow | Group | Chart


@dataclass(frozen=True, slots=True)
class Page:
    """An answer or a digest; `footer` is repeated on every message.

    A `framed` page is one sheet: its groups have no frames of their own.
    """

    blocks: tuple[Block, ...]
    accent: str | None = None
    framed: bool = False
    footer: Paragraph | None = None
    locale: str = "en"

    @property
    def plain(self) -> str:
        """All its characters, a block a line: for searching, logs and tests."""
        return "\n".join(_plain(block) for block in self.blocks)


def text(value: str) -> Span:
    """Return raw text."""
    return Span(value)


def bold(value: str) -> Span:
    """Return raw text in bold."""
    return Span(value, "bold")


def link(value: str, url: str) -> Span:
    """Return raw text that links to `url`; drawn without the link unless `safe_url` accepts it."""
    return Span(value, url=url)


def timestamp(at: datetime, shown: str) -> Span:
    """Return a moment that Discord shows in each reader's time, and other surfaces as `shown`."""
    return Span(shown, at=at)


def paragraph(*spans: Span | str, size: Size = "body") -> Paragraph:
    """Return a paragraph of spans; bare strings are raw text."""
    return Paragraph(tuple(Span(span) if isinstance(span, str) else span for span in spans), size)


def _plain(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.plain
    if isinstance(block, Group):
        return "\n".join(_plain(inner) for inner in block.blocks)
    return ""
