"""The records of a JSON document: a story, a list of them, or objects that hold the list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, NamedTuple, TypeGuard

from bot.intake.readers.html_metadata import is_article
from bot.intake.readers.json_fields import NOTHING_SHARED, Record, SharedFields, shared_fields
from bot.intake.readers.json_shapes import COMMON, LIST_NAMES, plain_name
from bot.intake.readers.metadata import parse_label

__all__ = ["FoundRecord", "find_records"]

_DEEPEST: Final = 8
"""Levels of lists and objects around a story: reddit's have five."""

_PROBED: Final = 40
"""Elements of a list by which it is seen to hold stories."""

_NOT_STORIES: Final = frozenset(
    (
        *(
            "account",
            "actor",
            "author",
            "authors",
            "byline",
            "contributors",
            "creator",
            "owner",
            "user",
            "person",
            "persons",
        ),
        *("categories", "keywords", "links", "sections", "tags", "topics", "attachments", "gallery", "image", "images"),
        *(
            "media",
            "multimedia",
            "photos",
            "thumbnail",
            "video",
            "videos",
            "comments",
            "mentions",
            "replies",
            "related",
        ),
        *(
            "relatedarticles",
            "relatedlinks",
            "recommended",
            "seealso",
            "highlightresult",
            "pagination",
            "meta",
            "params",
        ),
        *("logo", "organization", "icon", "card", "preview", "request", "context", "breadcrumb"),
    )
)
"""Plain names of what a document or story has beside stories: people, pictures, comments, links to others."""

_TITLES: Final = ("title", "headline", "name")
_PUBLISHER_TYPE = re.compile(r"Organization|WebSite|Corporation")


class FoundRecord(NamedTuple):
    """A value that should be a story, with what its document says of all."""

    value: Any
    shared: SharedFields


def find_records(value: Any) -> list[FoundRecord]:
    """Return what should be the stories of a document, in its order.

    The document itself, if it holds no others.
    """
    return list(_records(value, NOTHING_SHARED, 0)) or [FoundRecord(value, NOTHING_SHARED)]


def _records(value: Any, shared: SharedFields, depth: int) -> Iterator[FoundRecord]:
    """Yield the stories of a value, and other elements of lists of stories, to be named."""
    if depth > _DEEPEST:
        return
    if (rows := _table_rows(value)) is not None:
        yield from (FoundRecord(row, shared) for row in rows)
    elif isinstance(value, list):
        shared = _with_organization(value, shared)
        for each in value:
            found = list(_records(each, shared, depth + 1)) if isinstance(each, Mapping | list) else []
            if found or not _is_beside(each):
                yield from found or [FoundRecord(each, shared)]
    elif isinstance(value, Mapping):
        record = Record(value)
        inner = _inner_lists(record, depth)
        if inner:
            below = shared_fields(value, shared, titles=_TITLES)
            for each in inner:
                yield from _records(each, below, depth + 1)
        elif record.is_story:
            yield FoundRecord(value, shared)


def _table_rows(value: Any) -> list[dict[str, Any]] | None:
    """Return the rows of a table: columns of values, or lists below a list of names.

    None for other values.
    """
    if isinstance(value, Mapping):
        names = {plain_name(key): each for key, each in value.items()}
        header = next((names[key] for key in ("columns", "fields", "header", "headers") if names.get(key)), None)
        cells = next((names[key] for key in ("data", "rows", "values") if isinstance(names.get(key), list)), None)
        if _is_header(header) and cells and all(isinstance(row, list) for row in cells):
            return [dict(zip(header, row, strict=False)) for row in cells]
        if _is_header(list(value)) and all(isinstance(column, Mapping) for column in value.values()):
            keys = dict.fromkeys(key for column in value.values() for key in column)
            return [{name: column.get(key) for name, column in value.items()} for key in keys]
        columns = list(value.values())
        if (
            _is_header(list(value))
            and all(isinstance(column, list) for column in columns)
            and len({len(column) for column in columns}) == 1
        ):
            return [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)]
    elif isinstance(value, list) and len(value) > 1 and all(isinstance(row, list) for row in value):
        header, *cells = value
        if _is_header(header):
            return [dict(zip(header, row, strict=False)) for row in cells]
    return None


def _is_header(names: Any) -> TypeGuard[list[str]]:
    """Return whether a list has the names of a table's columns, among them two of a story's."""
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return False
    plain = {plain_name(name) for name in names}
    kinds = (COMMON.title, (*COMMON.text, *COMMON.brief), COMMON.url, COMMON.published)
    return sum(not plain.isdisjoint(kind) for kind in kinds) > 1


def _with_organization(values: list[Any], shared: SharedFields) -> SharedFields:
    """Return the shared fields, with the publisher that a graph has beside its articles."""
    if shared.source is not None:
        return shared
    for each in values:
        if isinstance(each, Mapping) and _PUBLISHER_TYPE.search(str(each.get("@type") or "")):
            name = parse_label(each.get("name"))
            if name is not None:
                return replace(shared, source=name)
    return shared


def _is_beside(value: Any) -> bool:
    """Return whether an object has a type of schema.org that is no article's."""
    return isinstance(value, Mapping) and "@type" in value and not is_article(dict(value))


def _inner_lists(record: Record, depth: int) -> list[Any]:
    """Return the values of an object that hold stories; none if it is a story itself."""
    if record.shape is not None:
        return []
    own = record.text_length
    inner = {plain_name(key): each for key, each in record.value.items() if isinstance(each, list | Mapping)}
    for name in LIST_NAMES:
        each = inner.get(name)
        if isinstance(each, list) and _text_inside(each, depth) > own:
            return [each]
    if own or (record.is_story and record.has_time and record.has_address):
        return []
    others = {name: each for name, each in inner.items() if name not in _NOT_STORIES}
    if record.is_story:  # a list with a title and an address of its own
        others = {name: each for name, each in others.items() if isinstance(each, list)}
    return [each for each in others.values() if _text_inside(each, depth, strict=True)]


def _text_inside(value: Any, depth: int, *, strict: bool = False) -> int:
    """Return how many characters the stories in a value have, at least 1 for each.

    Only the first elements of lists count. Strings are stories in a list that says so; with `strict` they are not.
    """
    if depth > _DEEPEST:
        return 0
    if _table_rows(value) is not None:
        return 1
    if isinstance(value, list):
        # Strings are stories of their own in a list of them, and cells in a list of lists.
        return sum(_text_inside(each, depth + 1, strict=strict or isinstance(each, list)) for each in value[:_PROBED])
    if isinstance(value, Mapping):
        record = Record(value)
        if record.is_story:
            return record.text_length + record.brief_length + 1
        below = [each for key, each in value.items() if plain_name(key) not in _NOT_STORIES]
        return sum(_text_inside(each, depth + 1, strict=True) for each in below if isinstance(each, list | Mapping))
    return len(value) if isinstance(value, str) and not strict else 0
