"""HTML: the article of a page, or each of its articles, without menus, comments and other furniture.

trafilatura finds a page's article and what it says about itself; pages too small or too odd for it are read by their
paragraphs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from lxml import etree, html

from bot.intake.encodings import decode, normalize_text
from bot.intake.readers.metadata import parse_label, parse_time, parse_url, strip_title
from bot.intake.types import DocumentPart, ReadDocument, Unreadable
from bot.newsroom.rejections import RejectReason

__all__ = ["read_html", "text_of_html"]

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_BLANKS = re.compile(r"[^\S\n]+")
_UNSEEN = ("script", "style", "noscript", "template", "svg", "iframe", "object", "select", "button", "form", "head")
_FURNITURE = ("nav", "header", "footer", "aside", "figure", "figcaption", "menu", "dialog")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HEADINGS = "self::h1 or self::h2 or self::h3"
_LEAST_ARTICLE = 120
_LARGEST_SHARE = 0.6
_DEEPEST = 250


def read_html(data: bytes) -> ReadDocument:
    """The article of a page, or its articles where it has several of like weight. Raises Unreadable."""
    declared = _CHARSET.search(data[:4096]) or _XML_CHARSET.search(data[:256])
    decoded = decode(data, declared[1].decode("ascii") if declared else None)
    tree = _tree(decoded.text)
    if tree is None:
        raise Unreadable(RejectReason.ONLY_MARKUP)
    about = _About(tree)
    articles = _articles(tree)
    pieces = [_piece_of(article, about) for article in articles] if articles else [_main(tree, about)]
    return ReadDocument(tuple(piece for piece in pieces if piece.text.strip()), decoded.encoding, decoded.notes)


def text_of_html(markup: str) -> str:
    """The text of a piece of HTML, a line a paragraph."""
    tree = _tree(markup)
    return _text(tree) if tree is not None else ""


class _About:
    """What a page says about itself."""

    def __init__(self, tree: Any) -> None:
        self._meta = {
            str(name).lower(): element.get("content")
            for element in tree.iter("meta")
            if (name := element.get("property") or element.get("name") or element.get("itemprop"))
            and element.get("content")
        }
        self._linked = list(_linked_data(tree))
        headings = [_line(element) for element in tree.iter("h1")]
        named = [_line(element) for element in tree.iter("title")]
        self.title = self._own("headline") or self._of("og:title", "twitter:title", "dc.title")
        if self.title is None:
            self.title = headings[0] if len(headings) == 1 else parse_label(named[0]) if named else None
        self.site = parse_label(self._publisher()) or self._of("og:site_name", "application-name")
        self.url = next(
            (
                found
                for link in tree.iter("link")
                if link.get("rel") == "canonical" and (found := parse_url(link.get("href")))
            ),
            parse_url(self._meta.get("og:url")),
        )
        self.published = self._published(tree)

    def _of(self, *names: str) -> str | None:
        return next((found for name in names if (found := parse_label(self._meta.get(name)))), None)

    def _own(self, name: str) -> str | None:
        return next((found for item in self._linked if (found := parse_label(item.get(name)))), None)

    def _publisher(self) -> object:
        return next((item["publisher"] for item in self._linked if isinstance(item.get("publisher"), dict)), None)

    def _published(self, tree: Any) -> datetime | None:
        said: list[object] = [item.get("datePublished") for item in self._linked]
        names = (
            "article:published_time",
            "datepublished",
            "date",
            "dc.date",
            "dc.date.issued",
            "pubdate",
            "publishdate",
        )
        said += [self._meta.get(name) for name in names]
        said += [element.get("datetime") for element in tree.iter("time")]
        return next((found for value in said if (found := parse_time(value))), None)


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The articles that a page describes in JSON-LD (schema.org)."""
    for script in tree.iter("script"):
        if script.get("type") != "application/ld+json" or not script.text:
            continue
        try:
            value = json.loads(script.text)
        except (ValueError, RecursionError):
            continue
        items = value if isinstance(value, list) else value.get("@graph", [value]) if isinstance(value, dict) else []
        for item in items if isinstance(items, list) else []:
            if isinstance(item, dict) and "Article" in str(item.get("@type")) + str(item.get("type", "")):
                yield item


def _tree(markup: str) -> Any | None:
    """The page as a tree; None for one without elements."""
    markup = _DECLARATION.sub("", markup)
    if not markup.strip():
        return None
    try:
        return html.document_fromstring(markup, parser=html.HTMLParser(huge_tree=False, remove_comments=True))
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _articles(tree: Any) -> list[Any]:
    """The articles of a page that holds several; [] when one of them, or the page, is the story."""
    found = [
        element
        for element in tree.iter("article")
        if not any(True for _ in element.iterancestors("article")) and element.xpath(f".//*[{_HEADINGS}]")
    ]
    sizes = {element: len(_text(element, furniture=False)) for element in found}
    found = [element for element in found if sizes[element] >= _LEAST_ARTICLE]
    total = sum(sizes[element] for element in found)
    if len(found) < 2 or max(sizes[element] for element in found) > total * _LARGEST_SHARE:
        return []
    return found


def _piece_of(article: Any, about: _About) -> DocumentPart:
    heading = article.xpath(f"(.//*[{_HEADINGS}])[1]")
    title = parse_label(_line(heading[0])) if heading else None
    links = [parse_url(link.get("href")) for link in article.iter("a")]
    times = [parse_time(element.get("datetime")) for element in article.iter("time")]
    text = strip_title(_text(article, furniture=False, headings=False), title)
    return DocumentPart(
        text,
        one_story=True,
        title=title,
        url=next(filter(None, links), None),
        published=next(filter(None, times), about.published),
        source=about.site,
    )


def _main(tree: Any, about: _About) -> DocumentPart:
    """The one article of a page."""
    found = _extracted(tree)
    if found is None:
        bodies = [*tree.iter("article"), *tree.iter("main"), tree]
        text = _text(bodies[0], furniture=False) or _text(tree)
        return DocumentPart(strip_title(text, about.title), True, about.title, about.url, about.published, about.site)
    title = about.title or parse_label(found.title)
    published = about.published or parse_time(found.date)
    source = about.site or parse_label(found.sitename)
    text = strip_title(_BLANKS.sub(" ", normalize_text(found.text)), title)
    return DocumentPart(text, True, title, about.url or parse_url(found.url), published, source)


def _extracted(tree: Any) -> Any | None:
    """What trafilatura makes of a page; None when it finds nothing, or less than half of what the paragraphs hold."""
    if _depth(tree) > _DEEPEST:
        return None  # trafilatura walks by recursion
    bare_extraction = _trafilatura()
    found = bare_extraction(
        tree,
        include_comments=False,
        include_tables=False,
        deduplicate=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None or not found.text:
        return None
    paragraphs = "\n".join(_line(element) for scope in tree.iter("article", "main") for element in scope.iter("p"))
    return found if len(found.text) * 2 >= len(paragraphs) else None


@cache
def _trafilatura() -> Any:
    from trafilatura import bare_extraction

    return bare_extraction


def _depth(tree: Any) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _line(element: Any) -> str:
    return _BLANKS.sub(" ", " ".join(element.itertext()).replace("\n", " ")).strip()


def _text(element: Any, *, furniture: bool = True, headings: bool = True) -> str:
    """The text that a reader sees, a line a block; `furniture` False leaves menus, captions and the like out."""
    skipped = {*_UNSEEN, *(() if furniture else _FURNITURE), *(() if headings else ("h1",))}
    parts: list[str] = []
    silent = 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if tag in skipped and node is not element:
                silent += 1
            if not silent:
                if tag in _BLOCKS or tag == "br":
                    parts.append("\n")
                if tag:
                    parts.append(" ".join((node.text or "").split("\n")))
        else:
            if tag in skipped and node is not element:
                silent -= 1
            if not silent:
                if tag in _BLOCKS:
                    parts.append("\n")
                if node is not element:
                    parts.append(" ".join((node.tail or "").split("\n")))
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(parts).split("\n"))
    return normalize_text("\n".join(line for line in lines if line))
