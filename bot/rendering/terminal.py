"""Pages on a terminal, drawn by rich."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.console import Group as Lines
from rich.padding import Padding
from rich.rule import Rule as RichRule
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.rendering.escape import clean
from bot.rendering.layout import ActionRow, Block, Button, ChannelMenu, Chart, Group, Menu, Page, Paragraph, Rule, Span
from bot.rendering.links import label_of_link, safe_url
from bot.rendering.theme import accent_of

__all__ = ["WIDEST", "draw", "picture", "pressable"]

WIDEST = 100
"""Columns: a newspaper's column is not as wide as a screen."""

_NARROWEST = 16
"""Columns below which a frame would leave no room for words."""

_CHANNEL = re.compile(r"<#(\d+)>")
_LONGEST_BAR = 40
"""Columns of the longest bar of a chart, so that label and number fit beside it in 80."""

_PLAIN_EDGE = "grey50"

_SIZES = {
    "masthead": Style(bold=True),
    "title": Style(bold=True),
    "heading": Style(bold=True),
    "section": Style(bold=True),
    "body": Style(),
    "item": Style(),
    "small": Style(dim=True),
    "quote": Style(italic=True),
}
_STYLES = {
    "plain": Style(),
    "bold": Style(bold=True),
    "italic": Style(italic=True),
    "struck": Style(strike=True),
    "code": Style(color="cyan", bold=True),
}


def draw(page: Page, *, buttons: bool = True) -> RenderableType:
    """Return the page as a rich renderable; with `buttons`, each has its number in `pressable`."""
    return _Column(page, buttons=buttons)


def pressable(page: Page) -> list[Button | Menu]:
    """Return the page's enabled buttons and menus, in order: number 1 is the first."""
    items = [item for row in _rows(page.blocks) for item in row.items]
    return [item for item in items if isinstance(item, Button | Menu) and _can_press(item)]


def picture(page: Page, *, title: str = "gazette digest", width: int = WIDEST) -> str:
    """The page as an SVG drawing of a terminal, for documentation."""
    console = Console(
        record=True,
        file=io.StringIO(),
        width=width,
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
    )
    console.print(draw(page, buttons=False))
    return console.export_svg(title=title)


def _can_press(item: Button | Menu) -> bool:
    if isinstance(item, Menu):
        return bool(item.choices)
    return item.action is not None and item.url is None and not item.disabled


def _rows(blocks: Iterable[Block]) -> Iterator[ActionRow]:
    for block in blocks:
        if isinstance(block, ActionRow):
            yield block
        elif isinstance(block, Group):
            yield from _rows(block.blocks)


class _Column:
    """A page within the width of a column."""

    def __init__(self, page: Page, *, buttons: bool) -> None:
        self._page, self._buttons = page, buttons

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = max(min(options.max_width, WIDEST), min(_NARROWEST, options.max_width))
        numbers = iter(range(1, 1000))
        parts = list(self._parts(numbers))
        yield from console.render(Lines(*parts), options.update_width(width))

    def _parts(self, numbers: Iterator[int]) -> Iterator[RenderableType]:
        blocks, accent = self._page.blocks, self._page.accent
        headed = False
        for place, block in enumerate(blocks):
            following = blocks[place + 1] if place + 1 < len(blocks) else None
            if isinstance(block, Rule):
                if not headed:
                    yield RichRule(style=_edge(accent), characters="━")
                    headed = True
                elif not isinstance(following, Group) and not _heads_section(following):
                    yield RichRule(style="dim")
            elif isinstance(block, Group) and self._page.framed:
                yield from self._inner(block, numbers)
                yield Text()
            elif isinstance(block, Paragraph) and _heads_section(block):
                yield RichRule(_line(block), align="left", style=_edge(accent))
            elif isinstance(block, Group):
                yield Text()
                yield _Edge(Lines(*self._inner(block, numbers)), _edge(block.accent or accent))
                if not isinstance(following, Rule) or place + 2 == len(blocks):
                    yield Text()
            elif isinstance(block, Chart):
                yield Text()
                yield from _bars(block)
            else:
                yield from self._one(block, numbers)
        if self._page.footer:
            yield _line(self._page.footer)

    def _inner(self, group: Group, numbers: Iterator[int]) -> Iterator[RenderableType]:
        for block in group.blocks:
            yield from self._one(block, numbers)

    def _one(self, block: Paragraph | Rule | ActionRow, numbers: Iterator[int]) -> Iterator[RenderableType]:
        if isinstance(block, Paragraph):
            text = _line(block)
            if text.plain.strip():
                yield _indented(text, block)
        elif isinstance(block, Rule):
            yield RichRule(style="dim")
        elif self._buttons:
            yield from _pressed(block.items, numbers)


def _pressed(items: Sequence[Button | Menu | ChannelMenu], numbers: Iterator[int]) -> Iterator[RenderableType]:
    """Buttons in a line, each with the number that presses it; a menu with its choices below."""
    labels: list[Text] = []
    for item in items:
        if isinstance(item, ChannelMenu):  # channels are chosen in Discord; the console has its options
            continue
        label = clean(item.placeholder if isinstance(item, Menu) else item.label)
        if isinstance(item, Menu):
            if _can_press(item):
                number, last = next(numbers), len(item.choices)
                span = f"{number}.1 – {number}.{last}" if last > 1 else f"{number}.1"
                labels.append(Text.assemble((f"[{span}]", "cyan"), f" {label}"))
        elif _can_press(item):
            labels.append(Text.assemble((f"[{next(numbers)}]", "cyan"), f" {label}"))
        elif item.url is not None and (address := safe_url(item.url)):
            labels.append(Text.assemble(("↗", "cyan"), " ", (label, Style(link=address))))
        else:
            labels.append(Text(f"[–] {label}", style="dim"))
    if labels:
        yield Text("   ").join(labels)


def _bars(chart: Chart) -> Iterator[RenderableType]:
    """A line for each bar."""
    yield Text(clean(chart.title), style=_SIZES["small"])
    labels = [clean(bar.label) for bar in chart.bars]
    wide = max((cell_len(label) for label in labels), default=0)
    longest = max((bar.total for bar in chart.bars), default=1) or 1
    for label, bar in zip(labels, chart.bars, strict=True):
        text = Text(f"{label}{' ' * (wide - cell_len(label))} ", no_wrap=True, overflow="crop")
        end = 0
        for tone, count in bar.parts:
            start, end = end, end + count
            cells = max(_LONGEST_BAR * end // longest - _LONGEST_BAR * start // longest, 1)
            text.append("█" * cells, style=_edge(tone))
        yield text.append(f" {bar.total}")


def _heads_section(block: Block | None) -> bool:
    """Return whether a block is a section's heading, which has a rule of its own."""
    return isinstance(block, Paragraph) and block.size == "section"


def _indented(text: Text, line: Paragraph) -> RenderableType:
    if line.size == "item":
        row = Table.grid(padding=(0, 1, 0, 0))
        row.add_row("•", text)
        return row
    return Padding(text, (0, 0, 0, 2)) if line.size == "quote" else text


def _line(line: Paragraph) -> Text:
    text = Text(style=_SIZES[line.size])
    for span in line.spans:
        lead = " " if span.text[:1].isspace() and text.plain else ""
        tail = " " if span.text[-1:].isspace() else ""
        raw = clean(_CHANNEL.sub(r"#\1", span.text) if span.trusted else span.text)
        if raw and (url := safe_url(span.url)) is not None:
            raw = label_of_link(raw, url)
        text.append(lead)
        text.append(raw, style=_style(span) + Style(dim=span.typed or None))
        if raw:
            text.append(tail)
    return text


def _style(span: Span) -> Style:
    style = _STYLES[span.style]
    color = accent_of(span.topic)
    if color is not None:
        style += Style(color=f"#{_light(color):06x}", dim=False)
    url = safe_url(span.url)
    if url:
        style += Style(link=url, underline=True)
    return style


def _edge(topic: str | None) -> str:
    color = accent_of(topic)
    return f"#{_light(color):06x}" if color is not None else _PLAIN_EDGE


def _light(color: int) -> int:
    """A colour that is read on black as on white: dark ones are lifted."""
    parts = [color >> 16 & 255, color >> 8 & 255, color & 255]
    brightness = 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2]
    lift = max(0.0, 110 - brightness) / 255
    red, green, blue = (round(part + (255 - part) * lift) for part in parts)
    return red << 16 | green << 8 | blue


class _Edge:
    """A coloured bar at the left of what stands together."""

    def __init__(self, inner: RenderableType, color: str) -> None:
        self._inner, self._color = inner, color

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = console.render_lines(self._inner, options.update_width(max(options.max_width - 2, 8)), pad=False)
        for line in lines:
            yield Segment("▌ ", Style.parse(self._color))
            yield from line
            yield Segment.line()
