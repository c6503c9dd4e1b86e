"""Blocks of text of an HTML page, with what the markup says about each.

A block is as much text as a browser sets in one paragraph. Two line breaks in a row part blocks, one parts lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count, groupby
from typing import Any, Final

from lxml import etree

from bot.intake.encodings import normalize_text, remove_invisible
from bot.intake.readers.html_tree import BLOCK_TAGS, FURNITURE_TAGS, HEADING_TAGS, INVISIBLE_TAGS

__all__ = ["HINTS", "Block", "read_blocks", "visible_text"]

_BLANKS = re.compile(r"[^\S\n]+")
_NAME_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_MAX_NAMES: Final = 500
"""Characters of an element's class and id that are looked at."""

_MAX_CELL: Final = 60
"""Characters of a cell that is set in one line with its neighbours: longer ones are columns of a page's layout."""

HINTS: Final[dict[str, frozenset[str]]] = {
    "comment": frozenset(("comment", "comments", "disqus", "respond", "reply", "discussion", "livefyre", "feedback")),
    "share": frozenset(("share", "sharing", "social", "addthis", "sharebar", "follow", "sns", "tools", "toolbar")),
    "related": frozenset(
        (
            *("related", "recommend", "recommended", "recommendation", "recommendations", "readmore", "more", "also"),
            *("popular", "trending", "mostread", "teaser", "teasers", "outbrain", "taboola", "recirc", "promo", "card"),
            *("cards", "latest", "next", "prev", "previous", "carousel", "slider", "hot", "rank", "ranking", "rail"),
        )
    ),
    "offer": frozenset(
        (
            *("newsletter", "subscribe", "subscription", "signup", "paywall", "ad", "ads", "advert", "advertisement"),
            *("sponsor", "sponsored", "banner", "donate", "donation", "login", "register", "cookie", "consent", "gdpr"),
            *("modal", "popup", "overlay", "optin", "cta", "affiliate", "disclaimer", "notice", "app"),
        )
    ),
    "byline": frozenset(
        (
            *(
                "byline",
                "author",
                "authors",
                "meta",
                "timestamp",
                "date",
                "dateline",
                "datetime",
                "posted",
                "published",
            ),
            *("pubdate", "time", "bio", "contributor", "credits", "info", "infos", "writer", "reporter", "views"),
        )
    ),
    "caption": frozenset(
        (
            *("caption", "credit", "photo", "image", "img", "gallery", "media", "video", "figure", "picture", "player"),
            *("slideshow", "embed", "tweet", "twitter", "instagram", "copyright"),
        )
    ),
    "menu": frozenset(
        (
            *(
                "nav",
                "navigation",
                "menu",
                "breadcrumb",
                "breadcrumbs",
                "header",
                "footer",
                "sidebar",
                "widget",
                "tags",
            ),
            *("tag", "category", "categories", "topics", "keywords", "pagination", "pager", "search", "side", "aside"),
            *("topbar", "masthead", "copyright", "links", "sitemap", "languages", "labels"),
        )
    ),
    "content": frozenset(
        (
            *("article", "content", "story", "body", "entry", "post", "text", "paragraph", "articlebody", "main"),
            *("storytext", "articletext", "artikel", "detail", "news", "single", "hentry"),
        )
    ),
}
"""Words in the names of elements' classes, by what such elements hold. Written by hand; sites all over use English."""

_TAG_HINTS: Final = {
    "nav": "menu",
    "header": "menu",
    "footer": "menu",
    "aside": "related",
    "figure": "caption",
    "figcaption": "caption",
    "menu": "menu",
    "dialog": "offer",
    "form": "offer",
    "time": "byline",
    "address": "byline",
    "article": "content",
    "main": "content",
}


@dataclass(slots=True)
class Block:
    """A block of text.

    `tag` is the innermost element of a kind that matters (a heading, p, li, td, blockquote), else div. `links` are the
    characters inside links. `hints` count, for each group of `HINTS`, the elements around the block that are named so.
    `container` and `section` number the elements that hold it: the block's own and the one around that;
    `row` the row of a table, 0 outside of tables; `article` the innermost <article>, 0 outside of them. `furniture`
    says that it is in a menu, caption, form or the like. `link` and `time` are the first address and the first machine-readable time in the block, as they are written.
    """

    text: str
    tag: str
    links: int
    hints: tuple[int, ...]
    container: int
    section: int
    row: int
    article: int
    furniture: bool
    link: str | None
    time: str | None


@dataclass(slots=True)
class _Open:
    """An element around the position of the walk."""

    tag: str
    hints: tuple[int, ...]
    container: int
    section: int
    row: int
    article: int
    furniture: str


@dataclass(slots=True)
class _Pending:
    """The text of a block that isn't finished."""

    parts: list[str] = field(default_factory=list)
    links: int = 0
    breaks: int = 0
    """Line breaks since the last text."""

    link: str | None = None
    time: str | None = None


_NO_HINTS: Final = (0,) * len(HINTS)
_GROUPS: Final = tuple(HINTS)
_FIGURES_TEXT: Final = frozenset(("table", "blockquote", "pre"))
"""Elements whose text is no caption even in a <figure>: blogs set tables and quotations in one."""

_OWN_TAGS: Final = frozenset((*HEADING_TAGS, "p", "li", "td", "th", "dd", "dt", "blockquote", "pre", "figcaption"))


def read_blocks(tree: Any) -> list[Block]:
    """Return the blocks of a page in order. Text that a browser doesn't show is left out."""
    return [_join_cells(list(cells)) for _, cells in groupby(_read_blocks(tree), _row_of_cells())]


def visible_text(tree: Any) -> str:
    """Return the text of a tree, one line a paragraph.

    Menus, captions and the like are left out unless there is nothing else.
    """
    blocks = read_blocks(tree)
    return "\n".join(block.text for block in blocks if not block.furniture) or "\n".join(block.text for block in blocks)


def _row_of_cells() -> Callable[[Block], int]:
    """Return a key that only neighbouring short cells of one row have in common."""
    numbers = count(-1, -1)

    def key(block: Block) -> int:
        is_cell = block.tag in {"td", "th"} and block.row > 0 and len(block.text) <= _MAX_CELL
        return block.row if is_cell and "\n" not in block.text else next(numbers)

    return key


def _join_cells(cells: list[Block]) -> Block:
    """Set the cells of a row in one line."""
    first = cells[0]
    if len(cells) > 1:
        first.links = sum(cell.links for cell in cells)
        first.text = " | ".join(cell.text for cell in cells)
    return first


def _read_blocks(tree: Any) -> Iterator[Block]:
    stack = [_Open("div", _NO_HINTS, 0, 0, 0, 0, "")]
    pending = _Pending()
    link: str | None = None
    skipped = links = number = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        is_block = tag in BLOCK_TAGS
        if event == "start":
            skipped += tag in INVISIBLE_TAGS
            if skipped or not tag:
                continue
            if is_block:
                yield from _finish(pending, stack)
                number += 1
                stack.append(_enter(stack[-1], node, tag, number))
            elif tag == "br":
                if pending.breaks:
                    yield from _finish(pending, stack)
                elif pending.parts:
                    pending.parts.append("\n")
                    pending.breaks = 1
            elif tag == "time":
                pending.time = pending.time or node.get("datetime")
            if tag == "a":
                links += 1
                link = node.get("href")  # of a link around blocks, too
            pending.link = pending.link or (link if links else None)
            _add(pending, node.text, links)
        else:
            if tag in INVISIBLE_TAGS:
                skipped -= 1
            elif tag and not skipped:
                links -= tag == "a"
                if is_block:
                    yield from _finish(pending, stack)
                    stack.pop()
            if not skipped and node is not tree:
                _add(pending, node.tail, links)
    yield from _finish(pending, stack)


def _enter(around: _Open, node: Any, tag: str, number: int) -> _Open:
    names = f"{node.get('class') or ''} {node.get('id') or ''} {node.get('role') or ''} {node.get('itemprop') or ''}"
    own = _hints_of(tag, names[:_MAX_NAMES])
    hints = tuple(map(sum, zip(around.hints, own, strict=True))) if own != _NO_HINTS else around.hints
    own_tag = tag if tag in _OWN_TAGS or around.tag not in _OWN_TAGS else around.tag
    furniture = tag if tag in FURNITURE_TAGS else around.furniture
    if furniture == "figure" and tag in _FIGURES_TEXT:
        furniture = ""
    return _Open(
        own_tag,
        hints,
        number,
        around.container,
        number if tag == "tr" else around.row,
        number if tag == "article" else around.article,
        furniture,
    )


@lru_cache(maxsize=4096)
def _hints_of(tag: str, names: str) -> tuple[int, ...]:
    parts = {part.lower() for part in _NAME_PARTS.findall(names)}
    named = _TAG_HINTS.get(tag)
    return tuple(int(group == named or not parts.isdisjoint(words)) for group, words in HINTS.items())


def _add(pending: _Pending, text: str | None, links: int) -> None:
    if not text:
        return
    flat = text.replace("\n", " ")
    pending.parts.append(flat)
    if not flat.isspace():
        pending.breaks = 0
        pending.links += len(flat.strip()) if links else 0


def _finish(pending: _Pending, stack: list[_Open]) -> Iterator[Block]:
    text = remove_invisible(normalize_text("".join(pending.parts)))
    lines = [line for line in (_BLANKS.sub(" ", line).strip() for line in text.split("\n")) if line]
    if lines:
        around = stack[-1]
        yield Block(
            text="\n".join(lines),
            tag=around.tag,
            links=pending.links,
            hints=around.hints,
            container=around.container,
            section=around.section,
            row=around.row,
            article=around.article,
            furniture=bool(around.furniture),
            link=pending.link,
            time=pending.time,
        )
        pending.time = None  # an empty <time> is that of the block behind it
    pending.parts.clear()
    pending.links = pending.breaks = 0
    pending.link = None
