"""HTML pages and fragments: the article of a page, or the stories that it lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from bot.intake.encodings import decode
from bot.intake.readers.html_article import article_blocks, extracted_texts, page_language, recovered_text
from bot.intake.readers.html_aside import blocks_aside
from bot.intake.readers.html_blocks import Block, read_blocks, visible_text
from bot.intake.readers.html_dates import SENTENCE_STOPS, publication_time
from bot.intake.readers.html_lists import Teaser, find_teasers, without_cards
from bot.intake.readers.html_metadata import (
    PageMetadata,
    confirm_title,
    declares_article,
    page_picture,
    read_metadata,
    resolve,
)
from bot.intake.readers.html_tree import parse_html, remove_hidden
from bot.intake.readers.metadata import parse_time, strip_title
from bot.intake.readers.neighbours import with_neighbours
from bot.intake.types import DocumentPart, ReadDocument, Unreadable
from bot.newsroom.rejections import RejectReason
from summarizers.segmentation.furniture import classify_line

__all__ = ["is_page", "read_html", "read_page", "text_of_html"]

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)*<(?:!doctype\s+html|html|head)\b", re.IGNORECASE)
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ALNUM = re.compile(r"[\W_]+")

_SMALL_PAGE: Final = 600
"""Characters outside of menus up to which a page is read whole if hardly any of it was taken for an article: there is
too little to tell one from. By judgement; pages of news have thousands."""

_MIN_SHARE: Final = 1 / 3
"""Share of a small page's text that an article has at least. By judgement."""

_MOST_BLOCKS: Final = 20_000
"""Blocks up to which an article is looked for, at some 3 kB of memory each: a page of more is a book or a list, and is
read whole."""


def read_html(data: bytes, *, charset: str | None = None) -> ReadDocument:
    """Read the article of a page, or the stories of one that lists several. Raises Unreadable.

    `charset` is the encoding that a server names, which counts where the page names none.
    """
    declared = _CHARSET.search(data[:4096]) or _XML_CHARSET.search(data[:256])
    decoded = decode(data, declared[1].decode("ascii") if declared else charset)
    parts, blocks = _read_page(decoded.text)
    return ReadDocument(parts, decoded.encoding, decoded.notes, blocks_aside(blocks, parts))


def is_page(markup: str) -> bool:
    """Tell whether markup is a whole page and not a fragment of one."""
    return _PAGE.match(markup) is not None


def read_page(markup: str) -> tuple[DocumentPart, ...]:
    """Read a whole page; none of the parts is empty. Raises Unreadable."""
    return _read_page(markup)[0]


def _read_page(markup: str) -> tuple[tuple[DocumentPart, ...], list[Block]]:
    """Read a whole page; return its stories and all of its blocks."""
    tree = parse_html(markup)
    if tree is None:
        raise Unreadable(RejectReason.ONLY_MARKUP)
    metadata = read_metadata(tree)
    language = _language(tree, metadata)
    remove_hidden(tree)
    blocks = read_blocks(tree)
    published, date_origin = publication_time(tree, metadata, blocks)
    article: list[Block] = []
    if len(blocks) <= _MOST_BLOCKS:
        votes = (*extracted_texts(tree), metadata.body)
        article = article_blocks(blocks, votes, metadata.title, page_language(tree, votes))
    title = confirm_title(metadata.title, [block.text for block in blocks])
    text = _article_text(without_cards(article, blocks), title)
    if not (text and declares_article(metadata)) and (teasers := find_teasers(blocks, article)):
        return with_neighbours([_teaser_part(teaser, metadata, language) for teaser in teasers]), blocks
    shown = [block for block in blocks if not block.furniture]
    whole = _article_text([block for block in shown if block.links * 2 < len(block.text)] or shown, title)
    if metadata.body and len(text) < len(metadata.body) * _MIN_SHARE:
        text = strip_title(metadata.body, title)
    if len(whole) <= _SMALL_PAGE and len(text) < len(whole) * _MIN_SHARE:
        text = strip_title(whole, title)
    if not text:
        text = recovered_text(tree, blocks) or whole or "\n".join(block.text for block in blocks)
        text = strip_title(text, title)
    if len(text) <= _SMALL_PAGE and not declares_article(metadata) and _is_navigation(blocks):
        raise Unreadable(RejectReason.NAVIGATION_PAGE)
    part = DocumentPart(
        text,
        True,
        title,
        metadata.url,
        published,
        metadata.site,
        language,
        picture=page_picture(metadata),
        date_origin=date_origin,
    )
    return ((part,) if text.strip() else ()), blocks


def _is_navigation(blocks: Sequence[Block]) -> bool:
    """Return whether a page has links or a list of names, but no text of its own."""
    if any(_is_text(block) for block in blocks):
        return False
    names = sum(len(_NAME_SEPARATORS.findall(block.text)) + 1 for block in blocks)
    return any(block.links for block in blocks) or names >= _FEWEST_NAMES


_FEWEST_NAMES: Final = 6
"""Names without a link that are a menu: fewer may be all that a small page says."""

_NAME_SEPARATORS = re.compile(r"\s[|·•»/]\s?")
_FEWEST_SEPARATORS: Final = 3
"""Separators between the names of a menu in one line."""

_SHORTEST_TEXT, _SHORTEST_WIDE_TEXT = 5, 15
"""Spaces, or characters of Chinese, Japanese and Korean, of a text without a full stop."""


def _is_text(block: Block) -> bool:
    """Return whether a block is text: mostly outside of links, no heading, and more than names.

    In menus and footers it has to be a sentence as well.
    """
    if block.links * 2 >= len(block.text):
        return False
    stopped = block.text[-1:] in SENTENCE_STOPS
    if block.furniture:
        return stopped
    if block.tag in _HEADINGS or classify_line(block.text) in {"boilerplate", "credit", "rule"}:
        return False
    if len(_NAME_SEPARATORS.findall(block.text)) >= _FEWEST_SEPARATORS and not stopped:
        return False
    wide = sum(character >= "\u2e80" for character in block.text)
    return (
        stopped
        or any(map(str.isdigit, block.text))
        or block.text.count(" ") >= _SHORTEST_TEXT
        or wide >= _SHORTEST_WIDE_TEXT
    )


def _article_text(article: Sequence[Block], title: str | None) -> str:
    """Return the blocks' text, one line a block, without the headline."""
    name = _letters(title or "")
    return "\n".join(block.text for block in article if not name or _letters(block.text) != name)


def _language(tree: Any, metadata: PageMetadata) -> str | None:
    """Return the tag of the language that a page declares."""
    root = next(tree.iter("html"), tree)
    return root.get("lang") or root.get("xml:lang") or metadata.meta.get("og:locale") or None


def _letters(text: str) -> str:
    return _ALNUM.sub("", text).casefold()


def _teaser_part(teaser: Teaser, metadata: PageMetadata, language: str | None) -> DocumentPart:
    return DocumentPart(
        teaser.text,
        one_story=True,
        title=teaser.title,
        url=resolve(teaser.link, metadata.base),
        published=parse_time(teaser.time),
        source=metadata.site,
        language=language,
    )


def text_of_html(markup: str) -> str:
    """Return the text of an HTML fragment, or of the stories of a page, one line a paragraph."""
    if is_page(markup):
        return "\n".join(part.text for part in read_page(markup))
    tree = parse_html(markup)
    if tree is None:
        return ""
    remove_hidden(tree)
    return visible_text(tree)
