"""How is a page drawn on a terminal?"""

from __future__ import annotations

from rich.console import Console, RenderableType
from rich.console import Group as Lines
from rich.padding import Padding
from rich.rule import Rule as RichRule
from rich.style import Style
from rich.text import Text

from bot.rendering.layout import Block, Button, Line, Page, Row, Rule
from bot.rendering.palette import accent_of
from bot.rendering.safe import clean, safe_url

__all__ = ["draw"]

_SIZES = {
    "title": Style(bold=True, color="bright_white", reverse=False),
    "heading": Style(bold=True),
    "body": Style(),
    "small": Style(dim=True),
    "quote": Style(italic=True),
}
_STYLES = {
    "plain": Style(),
    "bold": Style(bold=True),
    "italic": Style(italic=True),
    "struck": Style(strike=True),
    "code": Style(color="cyan"),
}


def draw(page: Page, *, buttons: bool = True) -> RenderableType:
    """The page as something that rich prints; `buttons` shows what could be pressed."""
    parts: list[RenderableType] = []
    for block in page.blocks:
        parts += _draw(block, page.accent, buttons=buttons)
    if page.footer:
        parts.append(_line(page.footer))
    return Lines(*parts)


def width_of(console: Console) -> int:
    """Columns to draw in: a newspaper column is not as wide as a screen."""
    return min(console.width, 100)


def _draw(block: Block, accent: str | None, *, buttons: bool) -> list[RenderableType]:
    if isinstance(block, Line):
        return [_line(block)]
    if isinstance(block, Rule):
        return [RichRule(style="dim")]
    if isinstance(block, Row):
        labels = [f"[{clean(item.label)}]" for item in block.items if isinstance(item, Button)]
        return [Text("  ".join(labels), style="cyan")] if labels and buttons else []
    inner: list[RenderableType] = []
    for part in block.blocks:
        inner += _draw(part, accent, buttons=buttons)
    color = accent_of(block.accent or accent)
    return [_Edge(Lines(*inner), f"#{color:06x}" if color is not None else "white"), Text()]


def _line(line: Line) -> Text:
    text = Text(style=_SIZES[line.size])
    for span in line.spans:
        lead = " " if span.text[:1].isspace() and text.plain else ""
        tail = " " if span.text[-1:].isspace() else ""
        raw = clean(span.text)
        style = _STYLES[span.style]
        url = safe_url(span.url)
        if url:
            style += Style(link=url, underline=True)
        text.append(lead)
        text.append(raw, style=style)
        if raw:
            text.append(tail)
    return text


class _Edge:
    """A coloured bar at the left of a story."""

    def __init__(self, inner: RenderableType, color: str) -> None:
        self.inner, self.color = inner, color

    def __rich_console__(self, console: Console, options):  # type: ignore[no-untyped-def]
        from rich.segment import Segment

        lines = console.render_lines(Padding(self.inner, 0), options.update_width(max(options.max_width - 2, 10)))
        bar = Segment("▌ ", Style(color=self.color))
        for line in lines:
            yield bar
            yield from line
            yield Segment.line()
