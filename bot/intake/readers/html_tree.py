"""Trees of HTML pages and fragments: parsing, and what a browser doesn't show.

Every walk over a tree is a single pass, so that time grows linearly with the length of the markup.
"""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree, html

from bot.intake.encodings import normalize_text, remove_invisible
from bot.intake.readers.limits import cut_attributes

__all__ = [
    "BLOCK_TAGS",
    "FURNITURE_TAGS",
    "HEADING_TAGS",
    "INVISIBLE_TAGS",
    "in_one_line",
    "parse_html",
    "remove_hidden",
    "within_limits",
]

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ALL_BLANKS = re.compile(r"\s+")
_NOT_SHOWN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)

INVISIBLE_TAGS: Final = frozenset(
    (
        *("script", "style", "noscript", "template", "svg", "iframe", "object", "head", "rt", "rp", "rtc"),
        *("select", "button", "textarea", "option", "datalist", "math", "canvas", "audio", "video"),
    )
)
"""Elements whose content isn't text of the page; those of ruby say how the characters before them are read."""

FURNITURE_TAGS: Final = frozenset(
    ("nav", "header", "footer", "aside", "figure", "figcaption", "menu", "dialog", "form")
)
HEADING_TAGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCK_TAGS: Final = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", *HEADING_TAGS, "header", "hr", "html"),
        *("legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot"),
        *("th", "thead", "tr", "ul"),
    )
)

_MAX_DEPTH: Final = 250
"""Nesting of elements up to which trafilatura and htmldate are used: they walk by recursion."""

_MAX_ELEMENTS: Final = 20_000
"""Elements up to which they are used: trafilatura's time grows with their square, and long articles have some thousands."""

_MAX_PARAGRAPHS: Final = 6_000
"""Elements that begin a paragraph up to which they are used: within trafilatura, justext looks for each one's next good
neighbour, which takes a second for so many empty ones and grows with their square."""

_MAX_HIDDEN_SHARE: Final = 0.5
"""Share of a page's paragraphs in a hidden element from which on a script is meant to show it. By judgement."""


def parse_html(markup: str) -> Any | None:
    """Return markup as a tree, or None if it has no elements."""
    markup = cut_attributes(_DECLARATION.sub("", markup))
    if not markup.strip():
        return None
    try:
        return html.document_fromstring(markup, parser=html.HTMLParser(huge_tree=False, remove_comments=True))
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def remove_hidden(tree: Any) -> None:
    """Empty the elements that a browser doesn't show.

    A hidden element that holds most of the page's paragraphs stays: a script is meant to show it.
    """
    total = sum(_paragraph_length(tree) for tree in tree.iter("p"))
    for element in _hidden_elements(tree):
        inside = sum(_paragraph_length(paragraph) for paragraph in element.iter("p"))
        if element.getparent() is not None and inside <= total * _MAX_HIDDEN_SHARE:
            element.clear(keep_tail=True)  # removing it would copy the text beside it, once for each hidden neighbour


def _hidden_elements(tree: Any) -> list[Any]:
    """Return the outermost hidden elements, and the elements that hold readings of ruby."""
    found: list[Any] = []
    outer: Any = None
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if event == "start" and outer is None and isinstance(node.tag, str) and _is_hidden(node):
            outer = node
            found.append(node)
        elif event == "end" and node is outer:
            outer = None
    return found


def _is_hidden(node: Any) -> bool:
    if node.tag in {"rt", "rp", "rtc", "template", "noscript"}:
        return True
    if node.tag in {"html", "head", "body"}:
        return False
    return (
        node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or bool((style := node.get("style")) and _NOT_SHOWN_STYLE.search(style))
    )


def _paragraph_length(paragraph: Any) -> int:
    return sum(map(len, paragraph.itertext()))


def within_limits(tree: Any) -> bool:
    """Tell whether libraries read a page in time and without exhausting the stack."""
    depth = count = paragraphs = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        count += 1
        paragraphs += node.tag in BLOCK_TAGS
        if depth > _MAX_DEPTH or count > _MAX_ELEMENTS or paragraphs > _MAX_PARAGRAPHS:
            return False
    return True


def in_one_line(element: Any) -> str:
    """Return an element's text in one line."""
    return remove_invisible(normalize_text(_ALL_BLANKS.sub(" ", " ".join(element.itertext())))).strip()
