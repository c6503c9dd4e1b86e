"""Pages as HTML that stands by itself: for files, mails and entries of feeds.

It runs no script and fetches nothing: styles are in the document, pictures are left out. The preview of what Discord
shows is in `bot.rendering.html`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.rendering.escape import clean
from bot.rendering.layout import ActionRow, Block, Chart, Group, Page, Paragraph
from bot.rendering.links import safe_url
from bot.rendering.span_texts import SpanText, paragraph_text, span_texts
from bot.rendering.theme import accent_of

__all__ = ["TEMPLATES", "html_blocks", "html_page", "page_title"]

TEMPLATES: Final = Environment(
    loader=PackageLoader("bot.rendering", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

_NOTHING: Final = Markup("")
_LINE_END: Final = Markup("\n")
_SIZES: Final = {
    "masthead": Markup('<h1 dir="auto">{}</h1>'),
    "title": Markup('<h1 dir="auto">{}</h1>'),
    "heading": Markup('<h2 dir="auto">{}</h2>'),
    "section": Markup('<h2 dir="auto">{}</h2>'),
    "body": Markup('<p dir="auto">{}</p>'),
    "item": Markup('<p dir="auto">• {}</p>'),
    "small": Markup('<p class="small" dir="auto">{}</p>'),
    "quote": Markup('<blockquote dir="auto">{}</blockquote>'),
}
_STYLES: Final = {
    "plain": Markup("{}"),
    "bold": Markup("<strong>{}</strong>"),
    "italic": Markup("<em>{}</em>"),
    "struck": Markup("<s>{}</s>"),
    "code": Markup("<code>{}</code>"),
}
_LINK: Final = Markup('<a href="{}" rel="noopener noreferrer">{}</a>')
_MOMENT: Final = Markup('<time datetime="{}">{}</time>')
_ARTICLE: Final = Markup("<article{}{}>\n{}</article>")
_NAMED: Final = Markup(' id="{}"')
_COLORED: Final = Markup(' style="border-color: #{:06x}"')


def html_page(page: Page, *, foot: Iterable[Paragraph] = ()) -> str:
    """Return a page as an HTML document, with paragraphs below it."""
    return TEMPLATES.get_template("page.html.j2").render(
        locale=page.locale,
        title=page_title(page),
        body=html_blocks(page.blocks),
        foot=html_blocks([*foot, *([page.footer] if page.footer is not None else [])]),
    )


def page_title(page: Page) -> str:
    """Return the first title or heading of a page."""
    lines = (block for block in page.blocks if isinstance(block, Paragraph) and block.is_heading)
    return next((paragraph_text(line) for line in lines), "Gazette")


def html_blocks(blocks: Iterable[Block]) -> Markup:
    """Return blocks as HTML elements, each on a line of its own.

    Rules are drawn by the style. Of buttons only those are left that open an address; a chart is told in words.
    """
    return _NOTHING.join(element + _LINE_END for block in blocks if (element := _block(block)))


def _block(block: Block) -> Markup:
    if isinstance(block, Paragraph):
        inner = _NOTHING.join(_span(span, heads=block.is_heading) for span in span_texts(block))
        return _SIZES[block.size].format(inner) if inner.strip() else _NOTHING
    if isinstance(block, Group):
        color = accent_of(block.accent)
        return _ARTICLE.format(
            _NAMED.format(block.key) if block.key else _NOTHING,
            _COLORED.format(color) if color is not None else _NOTHING,
            html_blocks(block.blocks),
        )
    if isinstance(block, ActionRow):
        labels = ((getattr(item, "label", ""), safe_url(getattr(item, "url", None))) for item in block.items)
        links = [_LINK.format(url, label) for label, url in labels if url is not None]
        return _SIZES["body"].format(Markup(" · ").join(links)) if links else _NOTHING
    return _SIZES["small"].format(clean(block.alt_text)) if isinstance(block, Chart) else _NOTHING


def _span(span: SpanText, *, heads: bool) -> Markup:
    if not span.text:
        return escape(span.before)
    style = "plain" if heads and span.style == "bold" else span.style  # a heading is bold by itself
    inner = _STYLES[style].format(span.text)
    if span.at is not None:
        inner = _MOMENT.format(span.at.isoformat(), inner)
    if span.url is not None:
        inner = _LINK.format(span.url, inner)
    return Markup("{}{}{}").format(span.before, inner, span.after)
