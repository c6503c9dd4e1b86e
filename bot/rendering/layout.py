"""What does an answer or a digest look like, whatever it is drawn on?

A `Page` is a list of blocks; texts in it are raw, as they came from outside, and each surface escapes them for
itself. Nothing here knows Discord, a terminal or HTML.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

__all__ = [
    "Bar",
    "Block",
    "Button",
    "ChannelMenu",
    "Chart",
    "Choice",
    "Group",
    "Line",
    "Menu",
    "Page",
    "Row",
    "Rule",
    "Span",
    "bold",
    "italic",
    "line",
    "link",
    "moment",
    "struck",
    "text",
]

Style = Literal["plain", "bold", "italic", "struck", "code"]
Size = Literal["title", "heading", "body", "small", "quote"]


@dataclass(frozen=True, slots=True)
class Span:
    """Some characters in one style; `url` makes them a link, `at` a moment that each reader sees in local time.

    `trusted` text is the program's own and may hold Discord's markup, such as a channel's mention. `tone` is the slug of
    a topic, in whose colour surfaces that can show the characters.
    """

    text: str
    style: Style = "plain"
    url: str | None = None
    at: datetime | None = None
    trusted: bool = False
    tone: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, heading or note."""

    spans: tuple[Span, ...]
    size: Size = "body"

    @property
    def plain(self) -> str:
        """Its characters without styles."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press: `action` names what happens (see bot.views.actions), or `url` where it leads."""

    label: str
    action: str | None = None
    url: str | None = None
    primary: bool = False
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a menu."""

    label: str
    value: str
    description: str | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """Something to choose from; `most` above 1 allows several."""

    action: str
    placeholder: str
    choices: tuple[Choice, ...]
    least: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True)
class ChannelMenu:
    """One of the server's channels that can have a digest; `chosen` is the id of the one that is shown as chosen."""

    action: str
    placeholder: str
    chosen: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Buttons side by side, or a menu."""

    items: tuple[Button | Menu | ChannelMenu, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that belong together, such as a story: never parted over two messages while they fit in one.

    `accent` is a topic's slug, which gives the colour. `aside` stands beside the text where there is room. `key` says
    what the group is about, such as `e12`: whoever draws the page learns which message shows it.
    """

    blocks: tuple[Line | Rule | Row, ...]
    accent: str | None = None
    aside: Button | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: `label` is its name in words, `mark` a short one in ASCII.

    `parts` are what it is put together of: a topic's slug, which gives the colour, and a count above 0.
    """

    label: str
    mark: str
    parts: tuple[tuple[str | None, int], ...]

    @property
    def total(self) -> int:
        """How much it stands for."""
        return sum(count for _tone, count in self.parts)


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, the longest first; `title` says of what. Surfaces that can't show one leave it out."""

    title: str
    bars: tuple[Bar, ...]

    @property
    def told(self) -> str:
        """The same in words, for those who don't see it."""
        return f"{self.title}: " + ", ".join(f"{bar.label} {bar.total}" for bar in self.bars)


Block = Line | Rule | Row | Group | Chart


@dataclass(frozen=True, slots=True)
class Page:
    """One answer or digest. `footer` is repeated on every message that it takes."""

    blocks: tuple[Block, ...]
    accent: str | None = None
    footer: Line | None = None
    locale: str = "en"

    @property
    def plain(self) -> str:
        """All its characters, a block a line: for searching, logs and tests."""
        return "\n".join(_plain(block) for block in self.blocks)


def text(value: str) -> Span:
    """Raw text."""
    return Span(value)


def bold(value: str) -> Span:
    """Raw text that stands out."""
    return Span(value, "bold")


def italic(value: str) -> Span:
    """Raw text in italics."""
    return Span(value, "italic")


def struck(value: str) -> Span:
    """Raw text that no longer holds."""
    return Span(value, "struck")


def link(value: str, url: str) -> Span:
    """Raw text that leads to `url`; drawn without a link unless the address is http or https."""
    return Span(value, url=url)


def moment(at: datetime, shown: str) -> Span:
    """A moment: Discord shows it in each reader's own time, other surfaces show `shown`."""
    return Span(shown, at=at)


def line(*spans: Span | str, size: Size = "body") -> Line:
    """A line of spans; bare strings are raw text."""
    return Line(tuple(Span(span) if isinstance(span, str) else span for span in spans), size)


def joined(spans: Iterable[Sequence[Span]], separator: str) -> tuple[Span, ...]:
    """Several runs of spans with `separator` between them."""
    result: list[Span] = []
    for run in spans:
        if result:
            result.append(Span(separator))
        result.extend(run)
    return tuple(result)


def _plain(block: Block) -> str:
    if isinstance(block, Line):
        return block.plain
    if isinstance(block, Group):
        return "\n".join(_plain(inner) for inner in block.blocks)
    return ""
