"""Which reader takes a file? One module per format; each turns bytes into pieces of text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from bot.intake.readers.html import read_html
from bot.intake.readers.json_records import read_json, read_jsonl
from bot.intake.readers.markdown import read_markdown
from bot.intake.readers.plain_text import read_text
from bot.intake.readers.syndication import read_feed
from bot.intake.types import ReadDocument, Unreadable

__all__ = ["EXTENSIONS", "read_parts", "reader_for"]

Reader = Callable[[bytes], ReadDocument]

_READERS: dict[str, Reader] = {
    "": read_text,
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".xml": read_feed,
    ".rss": read_feed,
    ".atom": read_feed,
    ".rdf": read_feed,
}

EXTENSIONS = frozenset(_READERS)
"""What a name may end on, in small letters; names without an ending are taken for text."""


def reader_for(name: str) -> Reader:
    """The reader of files with that name. Raises Unreadable when there is none."""
    extension = PurePath(name).suffix.lower()
    found = _READERS.get(extension)
    if found is None:
        raise Unreadable(f"is of a kind that is not read ({extension}): .txt, .md, .html, .json, .jsonl, .xml are")
    return found


def read_parts(data: bytes, name: str) -> ReadDocument:
    """The pieces of text in the bytes of a file with that name. Raises Unreadable; a text has something to read."""
    read = reader_for(name)(data)
    if not any(piece.text.strip() for piece in read.parts):
        raise Unreadable("has no text: nothing but blanks")
    return read
