"""JSON: one story, a list of them, or an object that holds the list; and JSON Lines, a story a line.

The names that news services give the parts of a story are all understood: title or headline, text or body or content,
url or link, published or date, source or publisher (NewsAPI, JSON Feed and schema.org among them).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import orjson

from bot.intake.encodings import decode, normalize_text
from bot.intake.readers.html import text_of_html
from bot.intake.readers.metadata import parse_label, parse_time, parse_url, strip_title
from bot.intake.types import DocumentPart, ReadDocument, Unreadable
from bot.newsroom.rejections import RejectReason

__all__ = ["read_json", "read_jsonl"]

_LISTS = ("stories", "items", "articles", "entries", "documents", "news", "results", "data", "rows")
_TITLE = ("title", "headline", "name")
_TEXT = (
    *("text", "body", "content", "content_text", "articleBody", "article_body", "full_text", "story", "article"),
    *("content_html", "html", "paragraphs", "description", "summary", "abstract", "lead"),
)
_URL = ("url", "link", "href", "external_url", "canonical_url", "id")
_PUBLISHED = (
    *("published", "published_at", "publishedAt", "date_published", "datePublished", "pubDate", "published_date"),
    *("publication_date", "pubdate", "datetime", "date", "time", "timestamp", "created_at", "createdAt"),
)
_SOURCE = ("source", "publisher", "site", "sitename", "site_name", "outlet", "feed", "provider")
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|blockquote|figure|img)\b[^>]*>", re.IGNORECASE
)


def read_json(data: bytes) -> ReadDocument:
    """The stories of a JSON text, each a whole piece. Raises Unreadable."""
    decoded = decode(data)
    try:
        value = _parsed(decoded.text)
    except _NoJson as error:
        lines = [line for line in decoded.text.split("\n") if line.strip()]
        if len(lines) > 1 and _parses(lines[0]) and _parses(lines[-1]):
            return read_jsonl(data)  # JSON Lines under another name
        raise Unreadable(RejectReason.INVALID_JSON, error=str(error)) from error
    found = [piece for item in _items(value) if (piece := _piece(item, _source(value))) is not None]
    total = sum(1 for _ in _items(value))
    if not found:
        raise Unreadable(RejectReason.NO_JSON_TEXT)
    left_out = total - len(found)
    notes = (f"{left_out} of {total} objects have no text",) if left_out else ()
    return ReadDocument(tuple(found), decoded.encoding, (*decoded.notes, *notes))


def read_jsonl(data: bytes) -> ReadDocument:
    """The stories of JSON Lines; lines that are none are left out and counted. Raises Unreadable when all are."""
    decoded = decode(data)
    pieces: list[DocumentPart] = []
    faults: list[str] = []
    total = 0
    for number, line in enumerate(decoded.text.split("\n"), 1):
        if not line.strip():
            continue
        total += 1
        try:
            value = _parsed(line)
        except _NoJson as error:
            faults.append(f"line {number} is no valid JSON: {error.what}")
            continue
        piece = _piece(value, None)
        if piece is None:
            faults.append(f'line {number} has no "text"')
        else:
            pieces.append(piece)
    if not pieces:
        if faults:
            raise Unreadable(RejectReason.NO_JSON_STORY, error=faults[0])
        raise Unreadable(RejectReason.NO_TEXT)
    notes = (f"{len(faults)} of {total} lines were left out: {faults[0]}",) if faults else ()
    return ReadDocument(tuple(pieces), decoded.encoding, (*decoded.notes, *notes))


class _NoJson(Exception):
    def __init__(self, what: str, line: int = 0, column: int = 0) -> None:
        super().__init__(f"{what}, at line {line}, column {column}" if line else what)
        self.what = what


def _parsed(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass  # the library below takes a little more, NaN and halves of surrogate pairs, and knows the place
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise _NoJson(error.msg, error.lineno, error.colno) from error
    except RecursionError as error:
        raise _NoJson("it is nested too deep") from error
    except ValueError as error:
        raise _NoJson(str(error)[:200]) from error


def _parses(line: str) -> bool:
    try:
        return isinstance(_parsed(line), dict)
    except _NoJson:
        return False


def _items(value: Any) -> Iterator[Any]:
    """The objects of a document that may be stories."""
    if isinstance(value, list):
        yield from value
        return
    if isinstance(value, dict) and _text(value) is None:
        for name in _LISTS:
            inner = value.get(name)
            if isinstance(inner, list):
                yield from inner
                return
    yield value


def _source(value: Any) -> str | None:
    """Who publishes a document's stories, where the document as a whole says so."""
    return parse_label(_first(value, (*_SOURCE, *_TITLE))) if isinstance(value, dict) and _text(value) is None else None


def _piece(value: Any, source: str | None) -> DocumentPart | None:
    if isinstance(value, str):
        value = {"text": value}
    if not isinstance(value, dict):
        return None
    text = _text(value)
    if text is None:
        return None
    title = parse_label(_first(value, _TITLE))
    url = next((found for name in _URL if (found := parse_url(value.get(name)))), None)
    published = next((when for name in _PUBLISHED if (when := parse_time(value.get(name)))), None)
    return DocumentPart(
        strip_title(text, title),
        one_story=True,
        title=title,
        url=url,
        published=published,
        source=parse_label(_first(value, _SOURCE)) or source,
    )


def _text(value: dict[str, Any]) -> str | None:
    for name in _TEXT:
        found = value.get(name)
        if isinstance(found, list) and all(isinstance(part, str) for part in found):
            found = "\n".join(found)
        if isinstance(found, str) and found.strip():
            text = text_of_html(found) if name.endswith("html") or _MARKUP.search(found) else normalize_text(found)
            if text.strip():
                return text
    return None


def _first(value: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((value[name] for name in names if value.get(name)), None)
