"""HTML: the article of a page, or each of its articles, without boilerplate.

trafilatura finds the article and its metadata; pages too small or too unusual for it are read by their paragraphs.
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
from bot.intake.readers.limits import cut_attributes
from bot.intake.readers.metadata import parse_label, parse_time, parse_url, strip_title
from bot.intake.types import DocumentPart, ReadDocument, Unreadable
from bot.newsroom.rejections import RejectReason

__all__ = ["read_html", "text_of_html"]

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_BLANKS = re.compile(r"[^\S\n]+")
_INVISIBLE_TAGS = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "select",
    "button",
    "form",
    "head",
)
_BOILERPLATE_TAGS = ("nav", "header", "footer", "aside", "figure", "figcaption", "menu", "dialog")
_BLOCK_TAGS = frozenset(
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
_MIN_ARTICLE = 120
"""Characters of an <article> that can be a story: teasers and comments are shorter."""

_MAX_ARTICLE_SHARE = 0.6
"""Share of a page's articles from which on the largest is the story and the others are teasers."""

_MIN_EXTRACTED_SHARE = 0.5
"""Share of the text in a page's paragraphs below which trafilatura missed the article."""

_MAX_DEPTH = 250
"""Nesting of elements up to which trafilatura is used: it walks by recursion."""

_MAX_ELEMENTS = 20_000
"""Elements up to which trafilatura is used: its time grows with their square, and long articles have some thousands."""


def read_html(data: bytes) -> ReadDocument:
    """Read the article of a page, or its articles if it has several of similar size.

    Raises Unreadable.
    """
    declared = _CHARSET.search(data[:4096]) or _XML_CHARSET.search(data[:256])
    decoded = decode(data, declared[1].decode("ascii") if declared else None)
    tree = _parse(decoded.text)
    if tree is None:
        raise Unreadable(RejectReason.ONLY_MARKUP)
    metadata = _PageMetadata(tree)
    articles = _find_articles(tree)
    parts = (
        [_read_article(article, metadata) for article in articles]
        if articles
        else [_read_single_article(tree, metadata)]
    )
    return ReadDocument(tuple(part for part in parts if part.text.strip()), decoded.encoding, decoded.notes)


def text_of_html(markup: str) -> str:
    """Return the text of an HTML fragment, one line a paragraph."""
    tree = _parse(markup)
    return _visible_text(tree) if tree is not None else ""


class _PageMetadata:
    """Headline, publisher, address and time that a page gives of itself."""

    def __init__(self, tree: Any) -> None:
        self._meta = {
            str(name).lower(): element.get("content")
            for element in tree.iter("meta")
            if (name := element.get("property") or element.get("name") or element.get("itemprop"))
            and element.get("content")
        }
        self._linked = list(_linked_data(tree))
        headings = [_text_in_one_line(element) for element in tree.iter("h1")]
        named = [_text_in_one_line(element) for element in tree.iter("title")]
        self.title = self._own("headline") or self._of("og:title", "twitter:title", "dc.title")
        if self.title is None:
            self.title = headings[0] if len(headings) == 1 else parse_label(named[0]) if named else None
        self.site = parse_label(self._publisher()) or self._of("og:site_name", "application-name")
        self.url = next(
            (
                url
                for link in tree.iter("link")
                if link.get("rel") == "canonical" and (url := parse_url(link.get("href")))
            ),
            parse_url(self._meta.get("og:url")),
        )
        self.published = self._published(tree)

    def _of(self, *names: str) -> str | None:
        return next((label for name in names if (label := parse_label(self._meta.get(name)))), None)

    def _own(self, name: str) -> str | None:
        return next((label for item in self._linked if (label := parse_label(item.get(name)))), None)

    def _publisher(self) -> object:
        return next((item["publisher"] for item in self._linked if isinstance(item.get("publisher"), dict)), None)

    def _published(self, tree: Any) -> datetime | None:
        candidates: list[object] = [item.get("datePublished") for item in self._linked]
        names = (
            "article:published_time",
            "datepublished",
            "date",
            "dc.date",
            "dc.date.issued",
            "pubdate",
            "publishdate",
        )
        candidates += [self._meta.get(name) for name in names]
        candidates += [element.get("datetime") for element in tree.iter("time")]
        return next((parsed for value in candidates if (parsed := parse_time(value))), None)


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Return the articles that a page describes in JSON-LD (schema.org)."""
    for script in tree.iter("script"):
        if script.get("type") != "application/ld+json" or not script.text:
            continue
        try:
            value = json.loads(script.text)
        except (ValueError, RecursionError):  # a number of thousands of digits is a ValueError, too
            continue
        items = value if isinstance(value, list) else value.get("@graph", [value]) if isinstance(value, dict) else []
        for item in items if isinstance(items, list) else []:
            if isinstance(item, dict) and "Article" in str(item.get("@type")) + str(item.get("type", "")):
                yield item


def _parse(markup: str) -> Any | None:
    """Return the page as a tree, or None if it has no elements."""
    markup = cut_attributes(_DECLARATION.sub("", markup))
    if not markup.strip():
        return None
    try:
        return html.document_fromstring(markup, parser=html.HTMLParser(huge_tree=False, remove_comments=True))
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _find_articles(tree: Any) -> list[Any]:
    """Return the articles of a page that holds several stories.

    [] if one of them, or the page, is the story.
    """
    articles = [
        element
        for element in tree.iter("article")
        if not any(True for _ in element.iterancestors("article")) and element.xpath(f".//*[{_HEADINGS}]")
    ]
    sizes = {element: len(_visible_text(element, boilerplate=False)) for element in articles}
    articles = [element for element in articles if sizes[element] >= _MIN_ARTICLE]
    total = sum(sizes[element] for element in articles)
    if len(articles) < 2 or max(sizes[element] for element in articles) > total * _MAX_ARTICLE_SHARE:
        return []
    return articles


def _read_article(article: Any, metadata: _PageMetadata) -> DocumentPart:
    heading = article.xpath(f"(.//*[{_HEADINGS}])[1]")
    title = parse_label(_text_in_one_line(heading[0])) if heading else None
    links = [parse_url(link.get("href")) for link in article.iter("a")]
    times = [parse_time(element.get("datetime")) for element in article.iter("time")]
    text = strip_title(_visible_text(article, boilerplate=False, headings=False), title)
    return DocumentPart(
        text,
        one_story=True,
        title=title,
        url=next(filter(None, links), None),
        published=next(filter(None, times), metadata.published),
        source=metadata.site,
    )


def _read_single_article(tree: Any, metadata: _PageMetadata) -> DocumentPart:
    """Read the page as one story."""
    extracted = _extract_article(tree)
    if extracted is None:
        bodies = [*tree.iter("article"), *tree.iter("main"), tree]
        text = _visible_text(bodies[0], boilerplate=False) or _visible_text(tree)
        return DocumentPart(
            strip_title(text, metadata.title), True, metadata.title, metadata.url, metadata.published, metadata.site
        )
    title = metadata.title or parse_label(extracted.title)
    published = metadata.published or parse_time(extracted.date)
    source = metadata.site or parse_label(extracted.sitename)
    text = strip_title(_BLANKS.sub(" ", normalize_text(extracted.text)), title)
    return DocumentPart(text, True, title, metadata.url or parse_url(extracted.url), published, source)


def _extract_article(tree: Any) -> Any | None:
    """Run trafilatura.

    None for a page beyond its limits, and when it finds nothing or less than half of the text in the page's paragraphs.
    """
    depth, count = _measure_tree(tree)
    if depth > _MAX_DEPTH or count > _MAX_ELEMENTS:
        return None
    bare_extraction = _trafilatura()
    extracted = bare_extraction(
        tree,
        include_comments=False,
        include_tables=False,
        deduplicate=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if extracted is None or not extracted.text:
        return None
    scopes = [
        scope for scope in tree.iter("article", "main") if next(scope.iterancestors("article", "main"), None) is None
    ]
    paragraphs = "\n".join(_text_in_one_line(element) for scope in scopes for element in scope.iter("p"))
    return extracted if len(extracted.text) >= _MIN_EXTRACTED_SHARE * len(paragraphs) else None


@cache
def _trafilatura() -> Any:
    from trafilatura import bare_extraction

    return bare_extraction


def _measure_tree(tree: Any) -> tuple[int, int]:
    """Return how deep the elements of a page are nested, and how many there are."""
    deepest = depth = count = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        deepest = max(deepest, depth)
    return deepest, count


def _text_in_one_line(element: Any) -> str:
    return _BLANKS.sub(" ", " ".join(element.itertext()).replace("\n", " ")).strip()


def _visible_text(element: Any, *, boilerplate: bool = True, headings: bool = True) -> str:
    """Return the visible text, one line a block.

    Without `boilerplate`, menus, captions and the like are left out.
    """
    skipped = {*_INVISIBLE_TAGS, *(() if boilerplate else _BOILERPLATE_TAGS), *(() if headings else ("h1",))}
    parts: list[str] = []
    hidden = 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if tag in skipped and node is not element:
                hidden += 1
            if not hidden:
                if tag in _BLOCK_TAGS or tag == "br":
                    parts.append("\n")
                if tag:
                    parts.append(" ".join((node.text or "").split("\n")))
        else:
            if tag in skipped and node is not element:
                hidden -= 1
            if not hidden:
                if tag in _BLOCK_TAGS:
                    parts.append("\n")
                if node is not element:
                    parts.append(" ".join((node.tail or "").split("\n")))
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(parts).split("\n"))
    return normalize_text("\n".join(line for line in lines if line))
