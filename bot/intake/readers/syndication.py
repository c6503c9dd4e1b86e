"""RSS and Atom: each entry is a story. Used for files and for feeds that are fetched."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urljoin

from bot.intake.readers.feed_entries import DEFAULT_RULES, EntryRules, FeedEntries, RawEntry, make_entries
from bot.intake.readers.feed_text import EntryMarkup, has_markup, read_title
from bot.intake.readers.limits import cut_attributes, cut_feed_head, cut_references, rename_unread
from bot.intake.readers.metadata import parse_label, parse_url
from bot.intake.types import ReadDocument, Unreadable
from bot.newsroom.rejections import RejectReason

__all__ = ["feed_entries", "read_feed"]

_WIDE_ENCODINGS: Final = (
    *((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16")),
    *((codecs.BOM_UTF16_BE, "utf-16"), (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be")),
)
"""First bytes of encodings in which markup isn't ASCII."""

_MAX_ERROR: Final = 120
"""Characters of the parser's error that a rejection keeps."""

_XML_ENCODING = re.compile(rb"\s*<\?xml[^>]{0,200}?\sencoding\s*=")
_MEDIA_PREFIX = re.compile(r"""xmlns:([\w.-]{1,50})\s*=\s*["']http://search\.yahoo\.com/mrss/?["']""")
_CAPTION: Final = "gazette-caption"
"""Name under which descriptions of pictures are read: the library would take them for the entry's text."""

_CLOSING_TAG = re.compile(r"</\w+>")
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_PICTURE_TYPE = re.compile(r"image/(?!svg|x-icon)", re.IGNORECASE)
_PICTURE_NAME = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|[?#])", re.IGNORECASE)

_DATE_FIELDS: Final = ("published", "updated", "created", "prism_publicationdate")
"""Where entries give a time, the best first."""


def read_feed(data: bytes) -> ReadDocument:
    """Read the entries of a feed, each as one story. Raises Unreadable."""
    feed = feed_entries(data)
    if not feed.entries:
        raise Unreadable(RejectReason.FEED_WITHOUT_TEXT if feed.total else RejectReason.EMPTY_FEED)
    return ReadDocument(tuple(part for _, part in feed.entries), feed.encoding, feed.notes)


def feed_entries(
    data: bytes,
    *,
    base: str | None = None,
    charset: str | None = None,
    strict: bool = False,
    shared: bool = False,
    rules: EntryRules = DEFAULT_RULES,
) -> FeedEntries:
    """Read a feed. Raises Unreadable for what isn't one.

    `base` is the address that relative links start from, `charset` the encoding that the server names, which counts
    where the feed names none. `strict` takes only what says that it is a feed, and not any XML with entries; `shared`
    is the former answer's (`FeedEntries`).
    """
    import feedparser

    headers: dict[str, str] = {}
    if charset and not _names_encoding(data):
        headers["content-type"] = f"application/xml; charset={charset}"
    try:
        # Given bytes, feedparser would take them for a file name or an address to fetch.
        parsed = feedparser.parse(
            io.BytesIO(_limit(data, with_categories=rules.trust_categories)),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except UnicodeError as error:  # of an encoding that no feed has, such as punycode
        raise Unreadable(RejectReason.NOT_A_FEED, error=str(error)[:_MAX_ERROR]) from error
    if not parsed.get("version") and (strict or not parsed.entries):
        fault = parsed.get("bozo_exception")
        detail = str(fault)[:_MAX_ERROR] if fault is not None else "no such element found"
        raise Unreadable(RejectReason.NOT_A_FEED, error=detail)
    home = _web_address(parsed.feed.get("link"), base)
    return make_entries(
        [_raw_entry(entry, base or home, str(parsed.get("version") or "")) for entry in parsed.entries],
        str(parsed.get("encoding") or "utf-8").lower(),
        site=read_title(_markup(parsed.feed, "title")),
        home=home,
        language=parsed.feed.get("language"),
        shared=shared,
        rules=rules,
    )


def _names_encoding(data: bytes) -> bool:
    """Return whether a feed says itself which encoding it has, or shows it by being UTF-8."""
    if _XML_ENCODING.match(data) or any(data.startswith(mark) for mark, _ in _WIDE_ENCODINGS):
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _limit(data: bytes, *, with_categories: bool) -> bytes:
    """Return a feed with what makes feedparser slow cut away; the same bytes where nothing is."""
    encoding = next((name for mark, name in _WIDE_ENCODINGS if data.startswith(mark)), "latin-1")
    markup = data.decode(encoding, "replace")  # every byte is a character of Latin-1, so that no other is changed
    limited = cut_references(rename_unread(cut_attributes(cut_feed_head(markup)), with_categories=with_categories))
    for prefix in sorted(set(_MEDIA_PREFIX.findall(limited))):
        caption = re.compile(rf"<(/?){re.escape(prefix)}:description\b[^<>]*+>", re.IGNORECASE)
        limited = caption.sub(rf"<\1{prefix}:{_CAPTION}>", limited)
    if encoding != "latin-1":  # which the library recognises only where the feed names it
        return _XML_DECLARATION.sub("", limited.removeprefix("\ufeff"), count=1).encode("utf-8", "replace")
    return data if limited == markup else limited.encode(encoding, "replace")


def _raw_entry(entry: Any, base: str | None, version: str) -> RawEntry:
    bodies = [_detail(content) for content in entry.get("content") or []]
    summary = _markup(entry, "summary")
    caption = next((str(entry[name]) for name in entry if name.endswith(_CAPTION) and entry[name]), None)
    return RawEntry(
        guid=entry.get("id") or None,
        link=_link(entry, base),
        title=_title(entry, version),
        bodies=tuple(bodies) if summary is None else (*bodies, summary),
        caption=EntryMarkup(caption) if caption else None,
        dates=tuple(dict.get(entry, name) for name in _DATE_FIELDS),  # its own `get` warns
        source=parse_label(entry.get("source")),
        language=_language(entry),
        picture=next((address for each in _pictures(entry) if (address := _web_address(each, base))), None),
        categories=tuple(str(tag["term"]) for tag in entry.get("tags") or [] if tag.get("term")),
    )


def _link(entry: Any, base: str | None) -> str | None:
    """Return the address of an entry's page, else another one of it, else its id if that is one."""
    links = entry.get("links") or []
    if links and (link := _web_address(entry.get("link"), base)) is not None:
        return link
    others = (_web_address(each.get("href"), base) for each in links if each.get("rel") == "alternate")
    return next(filter(None, others), None) or parse_url(entry.get("link")) or parse_url(entry.get("id"))


def _markup(source: Any, name: str) -> EntryMarkup | None:
    value = source.get(name)
    return _detail({"type": "text/html", **(source.get(f"{name}_detail") or {}), "value": value}) if value else None


def _detail(detail: Any) -> EntryMarkup:
    value = str(detail.get("value") or "")
    return EntryMarkup(value, is_plain=detail.get("type") == "text/plain" and not has_markup(value))


def _title(entry: Any, version: str) -> EntryMarkup | None:
    """Return an entry's headline; only Atom says reliably that one holds no markup."""
    title = _markup(entry, "title")
    declared = (entry.get("title_detail") or {}).get("type")
    is_plain = version.startswith("atom") and declared == "text/plain"
    return title and EntryMarkup(title.value, is_plain=is_plain and _CLOSING_TAG.search(title.value) is None)


def _web_address(value: Any, base: str | None) -> str | None:
    """Return a web address that may be relative to the feed's."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        return parse_url(urljoin(base or "", value.strip()))
    except ValueError:  # brackets that hold no IPv6 address
        return None


def _pictures(entry: Any) -> Iterator[Any]:
    """Yield the addresses of an entry's pictures, the best first."""
    for media in entry.get("media_content") or []:
        if media.get("medium") == "image" or _is_picture(media.get("type"), media.get("url")):
            yield media.get("url")
    for media in entry.get("media_thumbnail") or []:
        yield media.get("url")
    for link in entry.get("links") or []:
        if link.get("rel") == "enclosure" and _is_picture(link.get("type"), link.get("href")):
            yield link.get("href")
    image = entry.get("image")
    yield image.get("href") if isinstance(image, dict) else image


def _is_picture(kind: Any, address: Any) -> bool:
    if kind:
        return _PICTURE_TYPE.match(str(kind)) is not None
    return _PICTURE_NAME.search(str(address or "")) is not None


def _language(entry: Any) -> str | None:
    """Return the language that an entry declares of its text (xml:lang, dc:language)."""
    details = [*(entry.get("content") or []), entry.get("summary_detail") or {}, entry.get("title_detail") or {}]
    return next((str(tag) for tag in (entry.get("language"), *(each.get("language") for each in details)) if tag), None)
