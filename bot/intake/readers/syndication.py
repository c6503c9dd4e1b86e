"""RSS and Atom: each entry is a story. Used for files and for feeds that are fetched."""

from __future__ import annotations

import codecs
import io
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final

from bot.intake.readers.html import text_of_html
from bot.intake.readers.html_aside import fragment_aside
from bot.intake.readers.limits import cut_attributes, cut_feed_head, cut_references, rename_categories
from bot.intake.readers.metadata import parse_label, parse_time, parse_url, strip_title
from bot.intake.readers.neighbours import with_neighbours
from bot.intake.types import DocumentPart, ReadDocument, Unreadable
from bot.newsroom.rejections import RejectReason

__all__ = ["FeedEntries", "feed_entries", "read_feed"]

_WIDE_ENCODINGS: Final = (
    *((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16")),
    *((codecs.BOM_UTF16_BE, "utf-16"), (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be")),
)
"""First bytes of encodings in which markup isn't ASCII."""

_MAX_ERROR: Final = 120
"""Characters of the parser's error that a rejection keeps."""


def read_feed(data: bytes) -> ReadDocument:
    """Read the entries of a feed, each as one story. Raises Unreadable."""
    feed = feed_entries(data)
    if not feed.entries:
        raise Unreadable(RejectReason.FEED_WITHOUT_TEXT if feed.total else RejectReason.EMPTY_FEED)
    return ReadDocument(tuple(part for _, part in feed.entries), feed.encoding, feed.notes)


@dataclass(frozen=True, slots=True)
class FeedEntries:
    """A feed's entries with text, each with its id.

    `total` counts all entries, and `notes` say which were left out.
    """

    entries: tuple[tuple[str, DocumentPart], ...]
    encoding: str
    total: int
    notes: tuple[str, ...]


def feed_entries(data: bytes) -> FeedEntries:
    """Read a feed. Raises Unreadable for what isn't one."""
    # Given bytes, feedparser would take them for a file name or an address to fetch.
    try:
        parsed = _feedparser().parse(io.BytesIO(_limit(data)), sanitize_html=False, resolve_relative_uris=False)
    except UnicodeError as error:  # of an encoding that no feed has, such as punycode
        raise Unreadable(RejectReason.NOT_A_FEED, error=str(error)[:_MAX_ERROR]) from error
    if not parsed.get("version") and not parsed.entries:
        fault = parsed.get("bozo_exception")
        detail = str(fault)[:_MAX_ERROR] if fault is not None else "no such element found"
        raise Unreadable(RejectReason.NOT_A_FEED, error=detail)
    site = parse_label(text_of_html(parsed.feed.get("title") or ""))
    entries: list[tuple[str, DocumentPart]] = []
    faults: list[str] = []
    for at, entry in enumerate(parsed.entries):
        try:
            part = _read_entry(entry, site, parsed.feed.get("language"))
        except Exception as error:  # noqa: BLE001,RUF100 - one bad entry must not cost the others
            faults.append(f"entry {at + 1} can't be read: {type(error).__name__}: {str(error)[:_MAX_ERROR]}")
            continue
        if part is None:
            faults.append(f"entry {at + 1} has no text")
        else:
            entries.append((_entry_name(entry, at), part))
    total = len(parsed.entries)
    notes = (f"{len(faults)} of {total} entries were left out: {faults[0]}",) if faults else ()
    parts = with_neighbours([part for _, part in entries])
    named = tuple((name, part) for (name, _), part in zip(entries, parts, strict=True))
    return FeedEntries(named, str(parsed.get("encoding") or "utf-8").lower(), total, notes)


def _limit(data: bytes) -> bytes:
    """Return a feed with what makes feedparser slow cut away; the same bytes where nothing is."""
    encoding = next((name for mark, name in _WIDE_ENCODINGS if data.startswith(mark)), "latin-1")
    markup = data.decode(encoding, "replace")  # every byte is a character of Latin-1, so that no other is changed
    limited = cut_references(rename_categories(cut_attributes(cut_feed_head(markup))))
    return data if limited == markup else limited.encode(encoding, "replace")


@cache
def _feedparser() -> Any:
    """Return the library, without its treatment of authors and categories.

    They aren't used here, and many or long ones take time with the square of their number or length.
    """
    import feedparser

    parser = import_module("feedparser.mixin")._FeedParserMixin
    for name, method in (("_sync_author_detail", _ignore_author), ("_add_tag", _add_tag)):
        setattr(parser, name, method)
    return feedparser


def _ignore_author(parser: Any, key: str = "author") -> None:
    """Don't look for an address in an author's name."""


def _add_tag(parser: Any, term: str | None, scheme: str | None, label: str | None) -> None:
    """Add a category without looking whether it is there already."""
    parser._get_context().setdefault("tags", []).append({"term": term, "scheme": scheme, "label": label})


def _entry_name(entry: Any, at: int) -> str:
    return str(entry.get("id") or entry.get("link") or entry.get("title") or at)


def _read_entry(entry: Any, site: str | None, language: str | None) -> DocumentPart | None:
    title = parse_label(text_of_html(entry.get("title") or ""))
    bodies = [content.get("value") or "" for content in entry.get("content") or []]
    bodies.append(entry.get("summary") or "")
    text, body = max(((text_of_html(body), body) for body in bodies), key=lambda pair: len(pair[0]))
    if not text.strip():
        return None
    own = entry.get("source")
    return DocumentPart(
        strip_title(text, title),
        one_story=True,
        title=title,
        url=parse_url(entry.get("link")),
        published=parse_time(entry.get("published")) or parse_time(dict.get(entry, "updated")),  # its own `get` warns
        source=parse_label(own) or site,
        language=_language(entry) or language,
        left_out=fragment_aside(body, text),
    )


def _language(entry: Any) -> str | None:
    """Return the language that an entry declares of its text (xml:lang, dc:language)."""
    details = [*(entry.get("content") or []), entry.get("summary_detail") or {}, entry.get("title_detail") or {}]
    return next((str(tag) for tag in (entry.get("language"), *(each.get("language") for each in details)) if tag), None)
