"""Fields of a story in one record of JSON: by its shape, or by common names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any, Final
from urllib.parse import urlsplit

from bot.intake.encodings import normalize_text
from bot.intake.readers.html import is_page, read_page, text_of_html
from bot.intake.readers.html_metadata import is_article, resolve
from bot.intake.readers.json_shapes import COMMON, find_shape, plain_name, values_at, without_prefix
from bot.intake.readers.markdown_text import has_markdown, text_of_markdown
from bot.intake.readers.metadata import parse_label, parse_time, parse_url, strip_title
from bot.intake.types import DocumentPart

__all__ = ["NOTHING_SHARED", "Record", "SharedFields", "describe_record", "read_record", "shared_fields"]

_WRAPPERS: Final = (
    *("data", "attributes", "fields", "_source", "node", "item", "object", "article", "post", "story", "document"),
    *("doc", "record", "entry", "resource", "properties", "metadata", "meta", "reblog"),
)
"""Keys of an object that holds a record's fields: JSON:API, Elasticsearch, GraphQL and Airtable have one."""

_VALUE_NAMES: Final = (
    *("rendered", "main", "value", "text", "plain", "plaintext", "html", "content", "paragraphs", "children", "blocks"),
    *("sections", "articlebody", "body", "data", "iso", "href", "full", "seconds", "default"),
)
"""Plain names under which an object keeps the value that others give directly."""

_HEADING_NAMES: Final = ("heading", "headline", "title")
_DEEPEST: Final = 12
"""Levels of lists and objects in a text: editors that store blocks have six."""

_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|blockquote|figure|img)\b[^<>]*>", re.IGNORECASE
)
_CUT = re.compile(
    r"\s*(?:…|\.\.\.)?\s*\[\s*(?:\+|…|\.\.\.)?\s*\d[\d.,]*\s*(?:more\s+)?(?:chars?|characters|words)\s*\]\s*\Z",
    re.IGNORECASE,
)
"""What NewsAPI and GNews put behind content that they cut off."""

_OMISSION: Final = "[…]"
"""What stands for the rest of a text: analysis knows it, and takes no sentence that ends in it."""

_TITLE_SEPARATORS: Final = ("-", "–", "—", "|", "·")
_WHOLE_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*\s|[。！？]")
_WITHHELD = re.compile(
    r"\s*(?:\[Removed\]|ONLY AVAILABLE IN .{1,60} PLANS?|\[(?:deleted|removed)\])\s*\Z", re.IGNORECASE
)
"""What NewsAPI, NewsData and reddit put in the place of a text that they don't give."""

_DATE_DIGITS = re.compile(r"((?:19|20)\d{6})(\d{6})?")
"""A day, or a day and a time, in digits alone."""

_YEAR_LAST = re.compile(r"(\w{3}) (\w{3}) (\d\d?) (\d\d:\d\d:\d\d) ([+-]\d{4}|UTC|GMT) (\d{4})")
"""A time as Twitter's exports have it, with the year at the end."""

_FIRST_SECOND: Final = 100_000_000
"""The least number that is taken for seconds since 1970, one of 1973: lesser ones count something else."""

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2}(?:[-_][A-Za-z0-9]{2,8})*\Z")


@dataclass(frozen=True, slots=True)
class SharedFields:
    """Publisher, language and address that a document gives for all its stories."""

    source: str | None = None
    language: str | None = None
    base: str | None = None


NOTHING_SHARED: Final = SharedFields()


class Record:
    """An object of JSON that may be a story."""

    def __init__(self, value: Mapping[str, Any]) -> None:
        self.value = value
        self.shape = find_shape(value)
        outer = _wrapped(value)
        self._inner = [*outer, *(inner for each in outer for inner in _wrapped(each))]
        for inner in self._inner if self.shape is None else ():
            if (shape := find_shape(inner)) is not None:
                self.value, self.shape = inner, shape
                break

    @cached_property
    def by_name(self) -> dict[str, Any]:
        """Values by plain name, the record's own before those of an object inside it."""
        found: dict[str, Any] = {}
        self._add(found, self.value)
        for inner in self._inner:
            self._add(found, inner)
        return found

    @staticmethod
    def _add(found: dict[str, Any], value: Mapping[str, Any]) -> None:
        prefixed: list[tuple[str, Any]] = []
        for key, each in value.items():
            if each is None or each == "" or each == []:
                continue
            name = plain_name(key)
            current = found.get(name)
            if current is None or (isinstance(current, Mapping) and isinstance(each, str)):
                found[name] = each
            if (rest := without_prefix(name)) is not None:
                prefixed.append((rest, each))
        for name, each in prefixed:
            found.setdefault(name, each)

    def values(self, field: str) -> Iterator[Any]:
        """Yield what may be one of the fields of `COMMON`, the best first."""
        paths = getattr(self.shape, field, ())
        if paths:
            for path in paths:
                found = list(values_at(self.value, path))
                if found:
                    yield found if "*" in path else found[0]
        else:
            yield from (self.by_name[name] for name in getattr(COMMON, field) if name in self.by_name)

    @property
    def is_story(self) -> bool:
        """True for an object with text, or with a headline and an address or time."""
        if self.shape is not None:
            return True
        if "@type" in self.value and not (is_article(dict(self.value)) or self.value["@type"] == "ListItem"):
            return False
        if self.text_length or self.brief_length:
            return True
        # Only what has a type is a story by its name alone: people and pictures have names and addresses, too.
        names = COMMON.title if "@type" in self.value else COMMON.title[:-1]
        titles = [self.by_name[name] for name in names if name in self.by_name]
        return any(parse_label(_unwrap(title)) for title in titles) and (self.has_address or self.has_time)

    @cached_property
    def text_length(self) -> int:
        """Characters of its text, without those of a description."""
        return max((len(text) for value in self.values("text") if (text := _flatten(value))), default=0)

    @cached_property
    def brief_length(self) -> int:
        """Characters of its longest description or excerpt."""
        return max((len(text) for value in self.values("brief") if (text := _flatten(value))), default=0)

    @property
    def has_address(self) -> bool:
        """True for a record with a web address."""
        return any(_address(value, None) for value in self.values("url"))

    @property
    def has_time(self) -> bool:
        """True for a record with a time of publication."""
        return any(_time(value) for value in self.values("published"))


def _wrapped(value: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [inner for key in _WRAPPERS if isinstance(inner := value.get(key), Mapping)]


def read_record(record: Record, shared: SharedFields) -> DocumentPart | None:
    """Return the story of a record.

    None where it has neither text nor a headline with an address or time.
    """
    described = describe_record(record, shared)
    title = described.title
    if title is not None and _WITHHELD.match(title):
        return None
    content = _content(record)
    if content is None:
        if title is None or not (described.url or described.published) or not record.is_story:
            return None
        content = DocumentPart(title, brief=True)
    source = described.source or content.source or getattr(record.shape, "publisher", None) or shared.source
    title = _without_source(title or content.title, source)
    return replace(
        described,
        text=content.text if content.brief else strip_title(content.text, title),
        title=title,
        url=described.url or content.url,
        published=described.published or content.published,
        source=source,
        language=described.language or content.language or shared.language,
        brief=content.brief,
    )


def _without_source(title: str | None, source: str | None) -> str | None:
    """Return a headline without the publisher's name, which NewsAPI and Google News append."""
    if title is None or source is None or not title.casefold().endswith(source.casefold()):
        return title
    rest = title[: -len(source)].rstrip()
    return rest[:-1].rstrip() if rest.endswith(_TITLE_SEPARATORS) and rest[:-1].strip() else title


def describe_record(record: Record, shared: SharedFields) -> DocumentPart:
    """Return what a record says of its story, without the text."""
    return DocumentPart(
        "",
        one_story=True,
        title=next((label for value in record.values("title") if (label := _label(value))), None),
        url=next((url for value in record.values("url") if (url := _address(value, shared.base))), None),
        published=next((moment for value in record.values("published") if (moment := _time(value))), None),
        source=_source(record),
        language=_language_of(record),
        picture=next((url for value in record.values("picture") if (url := _address(value, shared.base))), None),
    )


def _content(record: Record) -> DocumentPart | None:
    """Return a record's text, with the metadata of a page if that is what it has.

    A description stands in for a text that is missing, or cut off before its first sentence ends.
    """
    text: DocumentPart | None = None
    for value in record.values("text"):
        part = _read_text(value)
        if part is not None and not _is_cut(part.text):
            return part
        text = text or part
    briefs = [part for value in record.values("brief") if (part := _read_text(value))]
    brief = max(briefs, key=lambda part: len(part.text), default=None)
    if text is None or brief is None:
        return text or brief
    # Of a text that is cut off before its first sentence ends, a description says more.
    return text if _WHOLE_SENTENCE.search(text.text[:-1]) else brief


def _is_cut(text: str) -> bool:
    return text.rstrip().endswith(("…", "...", _OMISSION))


def _read_text(value: Any) -> DocumentPart | None:
    text = _flatten(value)
    if not text or _WITHHELD.match(text):
        return None
    cut = _CUT.search(text)
    if cut is not None:
        text = f"{text[: cut.start()]} {_OMISSION}"
    if is_page(text):
        parts = read_page(text)
        part = parts[0] if len(parts) == 1 else DocumentPart("\n".join(part.text for part in parts))
    elif _MARKUP.search(text):
        part = DocumentPart(text_of_html(text))
    elif has_markdown(text):
        part = DocumentPart(text_of_markdown(normalize_text(text)))
    else:
        part = DocumentPart(normalize_text(text))
    return part if part.text.strip(" \n…[]") else None


def _flatten(value: Any, depth: int = 0) -> str:
    """Return the text of a value: a string, or lists and objects that hold paragraphs."""
    if isinstance(value, str):
        return value if value.strip() else ""
    if depth > _DEEPEST:
        return ""
    if isinstance(value, list):
        return "\n".join(
            filter(None, (_flatten(each, depth + 1) for each in value if not isinstance(each, int | float)))
        )
    if isinstance(value, Mapping):
        names = {plain_name(key): each for key, each in value.items()}
        heading = next((text for name in _HEADING_NAMES if (text := _flatten(names.get(name), depth + 1))), "")
        body = next((text for name in _VALUE_NAMES if (text := _flatten(names.get(name), depth + 1))), "")
        if not body:
            # Under another name, such as a language's, or deeper: {"en-US": …}, {"bodyModel": {"paragraphs": …}}.
            others = (
                names.values() if len(names) == 1 else [each for each in names.values() if not isinstance(each, str)]
            )
            body = max((_flatten(each, depth + 1) for each in others), key=len, default="")
        return "\n".join(filter(None, (heading, body))) if body else ""
    return ""


def _unwrap(value: Any) -> Any:
    """Return the value that an object or list of one stands for."""
    for _ in range(_DEEPEST):
        if isinstance(value, list) and value:
            value = value[0]
        elif isinstance(value, Mapping):
            names = {plain_name(key): each for key, each in value.items()}
            found = next((names[name] for name in _VALUE_NAMES if names.get(name)), None)
            if found is None and len(value) == 1:  # {"$date": …}, {"stringValue": …}
                found = next(iter(value.values()))
            if found is None:
                return value
            value = found
        else:
            return value
    return None


def _label(value: Any) -> str | None:
    """Return a headline or name; those of some programs are HTML."""
    text = value if isinstance(value, str) else parse_label(value) or _unwrap(value)
    if isinstance(text, str) and _MARKUP.search(text):
        text = text_of_html(text)
    return parse_label(text)


def _address(value: Any, base: str | None) -> str | None:
    """Return a web address; one without a host is resolved against the document's."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, Mapping):
            address: Any = next(
                (each[key] for key in ("@id", "url", "href", "canonical") if each.get(key)), _unwrap(each)
            )
        else:
            address = each
        if (url := parse_url(address)) is not None:
            return url
        if base is not None and isinstance(address, str) and address.startswith("/"):
            return resolve(address, base)
    return None


def _time(value: Any) -> datetime | None:
    value = _unwrap(value)
    if isinstance(value, int | str) and not isinstance(value, bool):
        text = str(value).strip()
        if (digits := _DATE_DIGITS.fullmatch(text)) is not None:
            return parse_time(f"{digits[1]}T{digits[2]}" if digits[2] else digits[1])
        if (parts := _YEAR_LAST.fullmatch(text)) is not None:
            return parse_time("{0}, {2} {1} {5} {3} {4}".format(*parts.groups()))
    if isinstance(value, int | float) and abs(value) < _FIRST_SECOND:
        return None
    return parse_time(value)


def _source(record: Record) -> str | None:
    """Return the name of a record's publisher; of an address its host."""
    addresses: list[str] = []
    for value in record.values("source"):
        each = value[0] if isinstance(value, list) and value else value
        names = [each.get(key) for key in ("name", "title", "display_name")] if isinstance(each, Mapping) else [each]
        for name in names:
            label = _label(name)
            if label is None:
                continue
            if (url := parse_url(label)) is None:
                return label
            addresses.append(url)
    return next((host for url in addresses if (host := _host(url))), None)


def _host(url: str) -> str | None:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _language_of(record: Record) -> str | None:
    """Return the tag of the language that a record names by its tag or its English name."""
    for value in record.values("language"):
        name = value.get("name") or value.get("code") if isinstance(value, Mapping) else _unwrap(value)
        if isinstance(name, str) and name.strip():
            return name if _LANGUAGE_TAG.match(name) else _tag_of(name.strip()) or name
    return None


@lru_cache(maxsize=200)  # languages that exports name
def _tag_of(name: str) -> str | None:
    import pycountry  # loads its table, which few files need

    try:
        return str(pycountry.languages.lookup(name).alpha_2)
    except (LookupError, AttributeError):
        return None


def shared_fields(value: Mapping[str, Any], before: SharedFields, *, titles: Iterable[str]) -> SharedFields:
    """Return what a document says of all its stories, on top of what a document around it says."""
    record = Record(value)
    label = next((name for key in titles if (name := _label(record.by_name.get(key)))), None)
    address = next(
        (url for key in ("homepageurl", "feedurl", "link", "url") if (url := _address(record.by_name.get(key), None))),
        None,
    )
    return SharedFields(
        _source(record) or label or before.source, _language_of(record) or before.language, address or before.base
    )
