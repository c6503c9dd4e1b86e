"""JSON Feed, of any version: https://www.jsonfeed.org/version/1.1/.

No other JSON is read, since a feed's answer may come from anywhere.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from bot.intake.encodings import decode
from bot.intake.readers.feed_entries import DEFAULT_RULES, EntryRules, FeedEntries, RawEntry, make_entries
from bot.intake.readers.feed_text import EntryMarkup
from bot.intake.readers.json_text import InvalidJson, parse_json
from bot.intake.readers.metadata import parse_label, parse_url
from bot.intake.types import Unreadable
from bot.newsroom.rejections import RejectReason

__all__ = ["read_json_feed"]

_VERSION = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/")
"""The beginning of a JSON Feed's version, which its specification requires."""


def read_json_feed(
    data: bytes, *, base: str | None = None, shared: bool = False, rules: EntryRules = DEFAULT_RULES
) -> FeedEntries:
    """Read the items of a JSON Feed. Raises Unreadable.

    `base` is the address that relative links start from, `shared` the former answer's (`FeedEntries`).
    """
    decoded = decode(data)
    try:
        value = parse_json(decoded.text)
    except InvalidJson as error:
        raise Unreadable(RejectReason.INVALID_JSON, error=str(error)) from error
    version, items = (value.get("version"), value.get("items")) if isinstance(value, dict) else (None, None)
    if not (isinstance(version, str) and _VERSION.match(version) and isinstance(items, list)):
        raise Unreadable(RejectReason.NOT_A_JSON_FEED)
    home = _address(value.get("home_page_url"), base)
    return make_entries(
        [_raw_entry(item, base or home) for item in items],
        decoded.encoding,
        site=parse_label(value.get("title")),
        home=home,
        language=_text(value.get("language")),
        shared=shared,
        rules=rules,
    )


def _raw_entry(item: Any, base: str | None) -> RawEntry:
    if not isinstance(item, dict):
        return RawEntry()
    title, html, plain, summary = (_text(item.get(key)) for key in ("title", "content_html", "content_text", "summary"))
    bodies = [EntryMarkup(text, is_plain=text is not html) for text in (html, plain, summary) if text]
    guid = item.get("id")
    return RawEntry(
        guid=str(guid) if isinstance(guid, str | int | float) and guid != "" else None,
        link=_address(item.get("url"), base) or _address(item.get("external_url"), base) or parse_url(guid),
        title=EntryMarkup(title, is_plain=True) if title else None,
        bodies=tuple(bodies),
        dates=(item.get("date_published"), item.get("date_modified")),
        language=_text(item.get("language")),
        picture=_address(item.get("image"), base) or _address(item.get("banner_image"), base),
        categories=tuple(tag for tag in _items(item.get("tags")) if isinstance(tag, str)),
    )


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _address(value: Any, base: str | None) -> str | None:
    """Return a web address that may be relative to the feed's."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        return parse_url(urljoin(base or "", value.strip()))
    except ValueError:  # brackets that hold no IPv6 address
        return None
