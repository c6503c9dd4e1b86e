"""JSON: one story, a list of stories, or an object that holds the list.

And JSON Lines, one story a line. All common names of a story's fields are understood: title or headline, text or body
or content, url or link, published or date, source or publisher. They include those of NewsAPI, JSON Feed and
schema.org.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from bot.intake.encodings import decode, normalize_text
from bot.intake.readers.html import is_page, read_page, text_of_html
from bot.intake.readers.json_text import InvalidJson, parse_json
from bot.intake.readers.metadata import parse_label, parse_time, parse_url, strip_title
from bot.intake.readers.neighbours import with_neighbours
from bot.intake.types import DocumentPart, ReadDocument, Unreadable
from bot.newsroom.rejections import RejectReason

__all__ = ["read_json", "read_jsonl"]

_LIST_KEYS = ("stories", "items", "articles", "entries", "documents", "news", "results", "data", "rows")
_TITLE_KEYS = ("title", "headline", "name")
_TEXT_KEYS = (
    *("text", "body", "content", "content_text", "articleBody", "article_body", "full_text", "story", "article"),
    *("content_html", "html", "paragraphs", "description", "summary", "abstract", "lead"),
)
_URL_KEYS = ("url", "link", "href", "external_url", "canonical_url", "id")
_PUBLISHED_KEYS = (
    *("published", "published_at", "publishedAt", "date_published", "datePublished", "pubDate", "published_date"),
    *("publication_date", "pubdate", "datetime", "date", "time", "timestamp", "created_at", "createdAt"),
)
_SOURCE_KEYS = ("source", "publisher", "site", "sitename", "site_name", "outlet", "feed", "provider")
_LANGUAGE_KEYS = ("language", "lang", "inLanguage", "in_language", "locale")
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|blockquote|figure|img)\b[^<>]*>", re.IGNORECASE
)

_MAX_ERROR = 120
"""Characters of an unexpected error that a file's notes keep."""


def read_json(data: bytes) -> ReadDocument:
    """Read the stories of a JSON text. Raises Unreadable."""
    decoded = decode(data)
    try:
        value = parse_json(decoded.text)
    except InvalidJson as error:
        lines = [line for line in decoded.text.split("\n") if line.strip()]
        if len(lines) > 1 and _is_object(lines[0]) and _is_object(lines[-1]):
            return read_jsonl(data)  # JSON Lines under another name
        raise Unreadable(RejectReason.INVALID_JSON, error=str(error)) from error
    records, shared = list(_records(value)), _shared(value)
    parts: list[DocumentPart] = []
    faults: list[str] = []
    for number, record in enumerate(records, 1):
        part, fault = _try_record(record, shared)
        if part is not None:
            parts.append(part)
        else:
            faults.append(f"object {number} {fault}")
    if not parts:
        raise Unreadable(RejectReason.NO_JSON_TEXT)
    notes = (f"{len(faults)} of {len(records)} objects were left out: {faults[0]}",) if faults else ()
    return ReadDocument(with_neighbours(parts), decoded.encoding, (*decoded.notes, *notes))


def read_jsonl(data: bytes) -> ReadDocument:
    """Read the stories of JSON Lines, leaving out invalid lines.

    Raises Unreadable when no line is a story.
    """
    decoded = decode(data)
    parts: list[DocumentPart] = []
    faults: list[str] = []
    total = 0
    for number, line in enumerate(decoded.text.split("\n"), 1):
        if not line.strip():
            continue
        total += 1
        try:
            value = parse_json(line)
        except InvalidJson as error:
            faults.append(f"line {number} is not valid JSON: {error.problem}")
            continue
        part, fault = _try_record(value, _NOTHING_SHARED)
        if part is not None:
            parts.append(part)
        else:
            faults.append(f"line {number} {fault}")
    if not parts:
        if faults:
            raise Unreadable(RejectReason.NO_JSON_STORY, error=faults[0])
        raise Unreadable(RejectReason.NO_TEXT)
    notes = (f"{len(faults)} of {total} lines were left out: {faults[0]}",) if faults else ()
    return ReadDocument(with_neighbours(parts), decoded.encoding, (*decoded.notes, *notes))


def _is_object(line: str) -> bool:
    try:
        return isinstance(parse_json(line), dict)
    except InvalidJson:
        return False


def _records(value: Any) -> Iterator[Any]:
    """Return the objects of a document that may be stories."""
    if isinstance(value, list):
        yield from value
        return
    if isinstance(value, dict) and _record_text(value) is None:
        for name in _LIST_KEYS:
            inner = value.get(name)
            if isinstance(inner, list):
                yield from inner
                return
    yield value


class _Shared(NamedTuple):
    """Publisher and language of all stories of a document, as far as the document names them."""

    source: str | None
    language: str | None


_NOTHING_SHARED = _Shared(None, None)


def _shared(value: Any) -> _Shared:
    """Return what a document says of all its stories."""
    if not isinstance(value, dict) or _record_text(value) is not None:
        return _NOTHING_SHARED
    return _Shared(parse_label(_first(value, (*_SOURCE_KEYS, *_TITLE_KEYS))), _language(value))


def _language(value: dict[str, Any]) -> str | None:
    """Return the tag of a language that an object names."""
    return next((tag for key in _LANGUAGE_KEYS if isinstance(tag := value.get(key), str) and tag), None)


def _try_record(value: Any, shared: _Shared) -> tuple[DocumentPart | None, str]:
    """Return a record's part, or why there is none: one bad record must not cost the others."""
    try:
        part = _read_record(value, shared)
    except Exception as error:  # noqa: BLE001,RUF100 - libraries meet hostile markup here; the file's notes name it
        return None, f"can't be read: {type(error).__name__}: {str(error)[:_MAX_ERROR]}"
    return part, "" if part is not None else 'has no "text"'


def _read_record(value: Any, shared: _Shared) -> DocumentPart | None:
    if isinstance(value, str):
        value = {"text": value}
    if not isinstance(value, dict):
        return None
    content = _record_content(value)
    if content is None:
        return None
    title = parse_label(_first(value, _TITLE_KEYS)) or content.title
    url = next((address for key in _URL_KEYS if (address := parse_url(value.get(key)))), None)
    published = next((moment for key in _PUBLISHED_KEYS if (moment := parse_time(value.get(key)))), None)
    return DocumentPart(
        strip_title(content.text, title),
        one_story=True,
        title=title,
        url=url or content.url,
        published=published or content.published,
        source=parse_label(_first(value, _SOURCE_KEYS)) or content.source or shared.source,
        language=_language(value) or content.language or shared.language,
    )


def _record_text(value: dict[str, Any]) -> str | None:
    content = _record_content(value)
    return content.text if content is not None else None


def _record_content(value: dict[str, Any]) -> DocumentPart | None:
    """Return a record's text; for a whole HTML page with what it says of itself."""
    for key in _TEXT_KEYS:
        content = value.get(key)
        if isinstance(content, list) and all(isinstance(part, str) for part in content):
            content = "\n".join(content)
        if isinstance(content, str) and content.strip():
            if is_page(content):
                parts = read_page(content)
                part = parts[0] if len(parts) == 1 else DocumentPart("\n".join(part.text for part in parts))
            elif key.endswith("html") or _MARKUP.search(content):
                part = DocumentPart(text_of_html(content))
            else:
                part = DocumentPart(normalize_text(content))
            if part.text.strip():
                return part
    return None


def _first(value: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((value[name] for name in names if value.get(name)), None)
