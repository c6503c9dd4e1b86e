"""Digests as Atom feeds (RFC 4287): an entry for each event.

An entry's id stays the same for as long as the database has the event, so that a reader shows an update in its place.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID, uuid5
from xml.etree import ElementTree

from bot.i18n import Words
from bot.newsroom.models import Digest, Event, event_name
from bot.rendering.escape import clean
from bot.rendering.html_page import html_blocks, page_title
from bot.rendering.layout import Group, Paragraph
from bot.rendering.links import safe_url
from bot.rendering.pages.digest import digest_page, event_group
from bot.rendering.span_texts import paragraph_text

__all__ = ["atom_feed"]

_ATOM: Final = "http://www.w3.org/2005/Atom"
_GENERATOR: Final = "Gazette"


def atom_feed(digest: Digest, words: Words, *, installation: UUID) -> str:
    """Return a digest as an Atom document, newest event first.

    `installation` distinguishes this database's ids from those of any other one.
    """
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": words.locale})
    _add(feed, "id", uuid5(installation, f"digest {words.locale} {digest.filter}").urn)
    _add(feed, "title", page_title(digest_page(digest, words)))
    _add(feed, "updated", _moment(max((event.last_at for event in digest.events), default=digest.until)))
    _add(feed, "generator", _GENERATOR)
    _add(ElementTree.SubElement(feed, "author"), "name", _GENERATOR)
    for event in sorted(digest.events, key=lambda each: (each.last_at, each.id), reverse=True):
        _add_entry(feed, event, words, installation)
    ElementTree.indent(feed, space=" ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, encoding="unicode")}\n'


def _add_entry(feed: ElementTree.Element, event: Event, words: Words, installation: UUID) -> None:
    group = event_group(event, words)
    heading, rest = _parts(group)
    entry = ElementTree.SubElement(feed, "entry")
    _add(entry, "id", uuid5(installation, f"event {event_name(event.id)}").urn)
    _add(entry, "title", heading)
    _add(entry, "published", _moment(event.first_at))
    _add(entry, "updated", _moment(event.last_at))
    for name in dict.fromkeys(clean(ref.source or "") for ref in event.credited):
        if name:
            _add(ElementTree.SubElement(entry, "author"), "name", name)
    address = next((url for ref in event.credited if (url := safe_url(ref.url))), None)
    if address is not None:
        ElementTree.SubElement(entry, "link", {"rel": "alternate", "href": address})
    for label in (*(topic.slug for topic in event.topics), *(country.code for country in event.countries)):
        ElementTree.SubElement(entry, "category", {"term": label})
    content = _add(entry, "content", str(html_blocks(rest)))
    content.set("type", "html")
    content.set("xml:lang", event.language or words.locale)


def _parts(group: Group) -> tuple[str, list[Paragraph]]:
    """Return an event's heading as text, and the paragraphs below it."""
    lines = [block for block in group.blocks if isinstance(block, Paragraph)]
    heading = next((line for line in lines if line.size == "heading"), None)
    title = paragraph_text(heading) if heading is not None else ""
    return title or (group.key or _GENERATOR), [line for line in lines if line is not heading]


def _add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name)
    element.text = text
    return element


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
