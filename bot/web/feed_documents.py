"""Feeds as documents: Atom 1.0 (RFC 4287) and JSON Feed 1.1, from the same entries.

Pure: whoever has stories or a digest makes a `FeedDocument` and gets text. Ids of entries stay the same when titles,
addresses of pages or languages of headings change.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from bot.newsroom.models import Event, StoryLine, event_name, story_name
from bot.rendering.escape import clean, truncate
from bot.rendering.links import safe_url
from bot.rendering.pages.parts import join_sentences

__all__ = ["FeedDocument", "FeedEntry", "atom_document", "event_entry", "json_document", "story_entry"]

_ATOM: Final = "http://www.w3.org/2005/Atom"
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", re.ASCII)

_MINTED: Final = "2026"
"""The year in tag URIs (RFC 4151): in it the scheme of the ids was made."""

_LONGEST_TITLE: Final = 300
"""Characters of a title: five times a long headline."""

_LONGEST_SUMMARY: Final = 1_200
"""Characters of a summary: three long sentences."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A story or event in a feed.

    `name` is its lasting number, such as s12, `url` its page, `source_url` the original. Texts are as they came from outside.
    """

    name: str
    url: str
    title: str
    summary: str
    published: datetime
    updated: datetime
    language: str = ""
    source: str = ""
    source_url: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A feed: `url` is its own address, `page_url` that of the page with the same stories."""

    title: str
    url: str
    page_url: str
    updated: datetime
    language: str
    entries: tuple[FeedEntry, ...]

    def tag(self, name: str) -> str:
        """Return a lasting id."""
        return f"tag:{urlsplit(self.page_url).hostname or 'localhost'},{_MINTED}:gazette:{name}"


def story_entry(story: StoryLine, url: str) -> FeedEntry:
    """Return a story as an entry; `url` is the address of its page."""
    return FeedEntry(
        story_name(story.id),
        url,
        story.headline,
        join_sentences([each.text for each in story.summary], story.language),
        story.published_at,
        max(story.published_at, story.arrived_at),
        story.language,
        story.ref.source or "",
        safe_url(story.ref.url),
        _tags(story),
    )


def event_entry(event: Event, url: str) -> FeedEntry:
    """Return an event of a digest as an entry; `url` is the address of its page."""
    credited = event.credited[0] if event.credited else None
    return FeedEntry(
        event_name(event.id),
        url,
        event.headline,
        join_sentences([each.text for each in event.summary], event.language),
        event.first_at,
        event.last_at,
        event.language,
        (credited.source or "") if credited is not None else "",
        safe_url(credited.url) if credited is not None else None,
        _tags(event),
    )


def atom_document(feed: FeedDocument) -> str:
    """Return a feed as Atom."""
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed")
    if _LANGUAGE.fullmatch(feed.language):
        root.set(_XML_LANG, feed.language)
    _add(root, "id", feed.tag(urlsplit(feed.url).path.strip("/") + "?" + urlsplit(feed.url).query))
    _add(root, "title", clean(feed.title))
    _add(root, "updated", _moment(feed.updated))
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.url)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page_url)
    _add(root, "generator", "Gazette")
    _add(_add(root, "author"), "name", clean(feed.title))
    for entry in feed.entries:
        _add_entry(root, feed, entry)
    return "<?xml version='1.0' encoding='utf-8'?>\n" + ET.tostring(root, encoding="unicode")


def _add_entry(root: ET.Element, feed: FeedDocument, entry: FeedEntry) -> None:
    element = _add(root, "entry")
    if _LANGUAGE.fullmatch(entry.language):
        element.set(_XML_LANG, entry.language)
    _add(element, "id", feed.tag(entry.name))
    _add(element, "title", truncate(clean(entry.title), _LONGEST_TITLE) or entry.name)
    _add(element, "link", rel="alternate", type="text/html", href=entry.url)
    if entry.source_url:
        _add(element, "link", rel="via", href=entry.source_url)
    _add(element, "published", _moment(entry.published))
    _add(element, "updated", _moment(entry.updated))
    if entry.source:
        _add(_add(element, "author"), "name", clean(entry.source))
    for tag in entry.tags:
        _add(element, "category", term=tag)
    if entry.summary:
        _add(element, "summary", truncate(clean(entry.summary), _LONGEST_SUMMARY), type="text")


def json_document(feed: FeedDocument) -> str:
    """Return a feed as JSON Feed."""
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(feed.title),
        "home_page_url": feed.page_url,
        "feed_url": feed.url,
        "language": feed.language,
        "items": [_item(feed, entry) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)


def _item(feed: FeedDocument, entry: FeedEntry) -> dict[str, Any]:
    title = truncate(clean(entry.title), _LONGEST_TITLE)
    item: dict[str, Any] = {
        "id": feed.tag(entry.name),
        "url": entry.url,
        "title": title,
        "content_text": truncate(clean(entry.summary), _LONGEST_SUMMARY) or title,
        "date_published": _moment(entry.published),
        "date_modified": _moment(entry.updated),
    }
    if entry.source_url:
        item["external_url"] = entry.source_url
    if entry.source:
        item["authors"] = [{"name": clean(entry.source)}]
    if entry.tags:
        item["tags"] = list(entry.tags)
    if _LANGUAGE.fullmatch(entry.language):
        item["language"] = entry.language
    return item


def _tags(labelled: Event | StoryLine) -> tuple[str, ...]:
    """Return the codes of countries and slugs of topics that something is most about."""
    codes: Iterable[str] = (country.code for country in labelled.countries[:3])
    return (*codes, *(topic.slug for topic in labelled.topics[:2]))


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = text
    return element
