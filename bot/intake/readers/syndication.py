"""RSS and Atom: each entry is a story. Used for files and for feeds that are fetched."""

from __future__ import annotations

import calendar
import io
from datetime import UTC, datetime
from typing import Any, Final

from bot.intake.readers.html import text_of_html
from bot.intake.readers.metadata import parse_label, parse_url, strip_title
from bot.intake.types import DocumentPart, ReadDocument, Unreadable
from bot.newsroom.rejections import RejectReason

__all__ = ["feed_entries", "read_feed"]

_MAX_ERROR: Final = 120
"""Characters of the parser's error that a rejection keeps."""


def read_feed(data: bytes) -> ReadDocument:
    """Read the entries of a feed, each as one story. Raises Unreadable."""
    entries, encoding, total = feed_entries(data)
    parts = tuple(part for _, part in entries)
    if not parts:
        raise Unreadable(RejectReason.FEED_WITHOUT_TEXT if total else RejectReason.EMPTY_FEED)
    notes = (f"{total - len(parts)} of {total} entries have no text",) if total > len(parts) else ()
    return ReadDocument(parts, encoding, notes)


def feed_entries(data: bytes) -> tuple[list[tuple[str, DocumentPart]], str, int]:
    """Return a feed's entries with text, each with its own id; the encoding.

    The number of all entries. Raises Unreadable for what isn't a feed.
    """
    import feedparser

    # Given bytes, feedparser would take them for a file name or an address to fetch.
    parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.version and not parsed.entries:
        fault = parsed.get("bozo_exception")
        detail = str(fault)[:_MAX_ERROR] if fault is not None else "no such element found"
        raise Unreadable(RejectReason.NOT_A_FEED, error=detail)
    site = parse_label(text_of_html(parsed.feed.get("title") or ""))
    entries = [
        (_entry_name(entry, at), part) for at, entry in enumerate(parsed.entries) if (part := _read_entry(entry, site))
    ]
    return entries, str(parsed.get("encoding") or "utf-8").lower(), len(parsed.entries)


def _entry_name(entry: Any, at: int) -> str:
    return str(entry.get("id") or entry.get("link") or entry.get("title") or at)


def _read_entry(entry: Any, site: str | None) -> DocumentPart | None:
    title = parse_label(text_of_html(entry.get("title") or ""))
    bodies = [content.get("value") or "" for content in entry.get("content") or []]
    texts = [text_of_html(body) for body in (*bodies, entry.get("summary") or "")]
    text = max(texts, key=len)
    if not text.strip():
        return None
    own = entry.get("source")
    return DocumentPart(
        strip_title(text, title),
        one_story=True,
        title=title,
        url=parse_url(entry.get("link")),
        published=_parse_struct_time(entry.get("published_parsed") or entry.get("updated_parsed")),
        source=parse_label(own) or site,
    )


def _parse_struct_time(parsed: Any) -> datetime | None:
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (OverflowError, ValueError, OSError):
        return None
