"""Lists of feeds as OPML, which all feed readers export and import."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from bot.errors import InputInvalid
from bot.newsroom.sources import Source

__all__ = ["MAX_OPML_BYTES", "ListedFeed", "read_opml", "write_opml"]

MAX_OPML_BYTES: Final = 5_000_000
"""Bytes of a list that is read: some 20,000 feeds."""

_BARE_AMPERSAND = re.compile(rb"&(?!#?[0-9A-Za-z]{1,31};)")
"""An & that begins no reference: many programs write one as it is."""

_INVALID_XML: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))
"""Characters that XML can't hold."""


@dataclass(frozen=True, slots=True)
class ListedFeed:
    """A feed of a list: its address as written, and its title."""

    url: str
    title: str | None


def read_opml(data: bytes) -> list[ListedFeed]:
    """Return the feeds of a list in order, each address once. Raises InputInvalid."""
    if len(data) > MAX_OPML_BYTES:
        raise InputInvalid(f"the list is larger than {MAX_OPML_BYTES:,} bytes")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(_BARE_AMPERSAND.sub(b"&amp;", data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputInvalid(f"the list is no OPML: {error}") from error
    if root is None:
        raise InputInvalid("the list is no OPML: it has no elements")
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise InputInvalid("the list declares entities, which no list of feeds needs")
    if _name(root.tag) != "opml":
        raise InputInvalid(f"the list is no OPML: it begins with <{_name(root.tag)}>")
    by_address: dict[str, ListedFeed] = {}
    for feed in _feeds(root):
        by_address.setdefault(feed.url, feed)
    return list(by_address.values())


def _feeds(root: etree._Element) -> Iterator[ListedFeed]:
    for outline in root.iter():
        if _name(outline.tag) != "outline":
            continue
        values = {_name(name): str(value) for name, value in outline.attrib.items()}
        url = (values.get("xmlurl") or "").strip()
        if url:
            yield ListedFeed(url, (values.get("title") or values.get("text") or "").strip() or None)


def _name(tag: object) -> str:
    """Return the local name of a tag or attribute in lower case; "" for comments and the like."""
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def write_opml(sources: Iterable[Source]) -> bytes:
    """Return a list of these sources, with their whole addresses."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Gazette"
    body = etree.SubElement(root, "body")
    for each in sources:
        title = each.name.translate(_INVALID_XML)
        etree.SubElement(body, "outline", type="rss", text=title, title=title, xmlUrl=each.url)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))
