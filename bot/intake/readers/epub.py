"""E-books (EPUB): a zip of pages, each read as a saved web page is."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import unquote

from lxml import etree

from bot.intake.readers.html import read_html
from bot.intake.readers.metadata import parse_label, parse_time
from bot.intake.readers.neighbours import with_neighbours
from bot.intake.readers.zip_members import ZipMembers
from bot.intake.types import DocumentPart, ReadDocument, Unreadable
from bot.newsroom.rejections import RejectReason

__all__ = ["read_epub"]

_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_MOST_PAGES: Final = 1_000
"""Pages of a book that are read; a newspaper's issue has some hundred."""

_PAGE_TYPES: Final = ("application/xhtml+xml", "text/html")
_TITLE = re.compile(rb"<title[^<>]{0,200}>([^<>]{0,1000})</title\s*>", re.IGNORECASE)
_HEAD_BYTES: Final = 20_000
"""Bytes of a page in which its title stands."""

_STOPS: Final = frozenset(".!?…。！？।؟")


@dataclass(frozen=True, slots=True)
class _Book:
    """Metadata of a book, and the names of its pages in order."""

    about: DocumentPart
    pages: tuple[str, ...]


def read_epub(data: bytes) -> ReadDocument:
    """Read the pages that have text. Raises Unreadable."""
    members = ZipMembers(data, _CONTAINER)
    book = _read_package(members)
    protected = members.read(_ENCRYPTION).decode("utf-8", "replace") if _ENCRYPTION in members else ""
    if any(posixpath.basename(page) in protected for page in book.pages):
        raise Unreadable(RejectReason.ENCRYPTED)
    parts: list[DocumentPart] = []
    faults: list[str] = []
    titles: Counter[bytes] = Counter()
    for page in book.pages[:_MOST_PAGES]:
        try:
            markup = members.read(page)
            title = _TITLE.search(markup[:_HEAD_BYTES])
            titles[title[1] if title else b""] += 1
            if title is not None and _is_of_book(title[1], book, titles):
                markup = markup[: title.start()] + markup[title.end() :]
            found = [part for part in read_html(markup).parts if not _STOPS.isdisjoint(part.text)]
        except Unreadable as error:
            if error.rejection.reason in (RejectReason.UNPACKS_TOO_LARGE, RejectReason.ENCRYPTED):
                raise
            found = []
        parts += found
        if not found:
            faults.append(posixpath.basename(page))
    if not parts:
        raise Unreadable(RejectReason.NO_TEXT)
    named = [f"{len(faults)} of {len(book.pages)} pages hold no text and were left out: {faults[0]}"] if faults else []
    if len(book.pages) > _MOST_PAGES:
        named.append(f"only the first {_MOST_PAGES} of {len(book.pages)} pages were read")
    return ReadDocument(with_neighbours(_described(parts, book.about)), "utf-8", tuple(named))


def _is_of_book(title: bytes, book: _Book, titles: Counter[bytes]) -> bool:
    """Return whether a title is the book's, or one of several pages: headings say more."""
    return titles[title] > 1 or parse_label(title.decode("utf-8", "replace")) == book.about.title


def _described(parts: list[DocumentPart], about: DocumentPart) -> list[DocumentPart]:
    """Return the pages with the metadata of the book, where they have none of their own."""
    return [
        replace(
            part,
            title=part.title if part.title != about.title else None,
            published=part.published or about.published,
            source=part.source or about.source or about.title,
            language=part.language or about.language,
        )
        for part in parts
    ]


def _read_package(members: ZipMembers) -> _Book:
    """Read the file that lists a book's pages."""
    roots = [element.get("full-path") for element in _named(members.read_xml(_CONTAINER), "rootfile")]
    path = next((root for root in roots if root), "")
    package = members.read_xml(path)
    hrefs = {
        item.get("id"): item.get("href") or ""
        for item in _named(package, "item")
        if item.get("media-type") in _PAGE_TYPES and "nav" not in (item.get("properties") or "").split()
    }
    folder = posixpath.dirname(path)
    ordered = [hrefs[name] for item in _named(package, "itemref") if (name := item.get("idref")) in hrefs]
    pages = dict.fromkeys(
        posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0]))) for href in ordered
    )
    values = {name: next((each.text for each in _named(package, name) if each.text), None) for name in _ABOUT}
    about = DocumentPart(
        "",
        title=parse_label(values["title"]),
        published=parse_time(values["date"]),
        source=parse_label(values["publisher"]),
        language=values["language"],
    )
    return _Book(about, tuple(page for page in pages if page in members))


_ABOUT: Final = ("title", "date", "publisher", "language")
"""Elements of a book's metadata."""


def _named(root: Any, name: str) -> Iterator[Any]:
    """Return the elements of that name, in any namespace."""
    return (each for each in root.iter() if isinstance(each.tag, str) and etree.QName(each).localname == name)
