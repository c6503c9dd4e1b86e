"""The input formats: how each is recognised, and which reader turns it into parts of text.

A format is one row of `FORMATS` and one module of this package. Everything that depends on which formats there are
(the scan, the refusals and their messages, attachments in Discord) is derived from the rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath

import structlog

from bot.intake.readers.epub import read_epub
from bot.intake.readers.html import read_html
from bot.intake.readers.json_records import read_json, read_jsonl
from bot.intake.readers.markdown import read_markdown
from bot.intake.readers.pdf import read_pdf
from bot.intake.readers.plain_text import read_text
from bot.intake.readers.syndication import read_feed
from bot.intake.readers.word_document import read_word_document
from bot.intake.readers.zip_members import ZIP_ARCHIVE
from bot.intake.types import ReadDocument, Unreadable
from bot.newsroom.rejections import RejectReason
from summarizers.plugins import FORMATS_GROUP, load_plugins

__all__ = [
    "ATTACHMENT_EXTENSIONS",
    "FORMATS",
    "REFUSED_FORMATS",
    "InputFormat",
    "read_parts",
    "reader_for",
    "reject_unsupported",
]

log = structlog.get_logger()

Reader = Callable[[bytes], ReadDocument]
"""Turns a file's bytes into parts of text. Raises Unreadable."""


@dataclass(frozen=True, slots=True)
class InputFormat:
    """A kind of file that is read, or that is recognised and refused.

    `name` goes into the refusal's message. `extensions` are what names end in, in lower case, "" for none; people are
    shown the first. `magic` matches the first bytes, whatever the name, and `contains` are bytes that the file has
    somewhere besides, for formats inside of another. With a `reader` the format is read, otherwise
    refused with `refusal`. `as_attachment` says that Discord's *Summarize message* reads it, too.
    """

    name: str
    extensions: tuple[str, ...] = ()
    magic: bytes | None = None
    contains: bytes = b""
    reader: Reader | None = None
    refusal: RejectReason = RejectReason.NOT_TEXT
    as_attachment: bool = False


_DOCUMENT, _ARCHIVE = RejectReason.UNSUPPORTED_DOCUMENT, RejectReason.ARCHIVE

FORMATS = (
    InputFormat("plain text", (".txt", ".text", ""), reader=read_text, as_attachment=True),
    InputFormat("Markdown", (".md", ".markdown"), reader=read_markdown, as_attachment=True),
    InputFormat("HTML", (".html", ".htm", ".xhtml"), reader=read_html),
    InputFormat("JSON", (".json",), reader=read_json),
    InputFormat("JSON Lines", (".jsonl", ".ndjson"), reader=read_jsonl),
    InputFormat("RSS or Atom", (".xml", ".rss", ".atom", ".rdf"), reader=read_feed),
    InputFormat("PDF", (".pdf",), magic=rb"%PDF-", reader=read_pdf, refusal=_DOCUMENT),
    InputFormat(
        *("Word document", (".docx",), rb"PK\x03\x04", b"word/document.xml"),
        reader=read_word_document,
        refusal=_DOCUMENT,
    ),
    InputFormat(*("EPUB", (".epub",), rb"PK\x03\x04", b"META-INF/container.xml"), reader=read_epub, refusal=_DOCUMENT),
    InputFormat("a rich text document (RTF)", magic=rb"\{\\rtf", refusal=_DOCUMENT),
    InputFormat("an old Office document", magic=rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", refusal=_DOCUMENT),
    InputFormat(ZIP_ARCHIVE, magic=rb"PK(?:\x03\x04|\x05\x06)", refusal=_ARCHIVE),
    InputFormat("compressed (gzip)", magic=rb"\x1f\x8b", refusal=_ARCHIVE),
    InputFormat("compressed (bzip2)", magic=rb"BZh", refusal=_ARCHIVE),
    InputFormat("compressed (xz)", magic=rb"\xfd7zXZ\x00", refusal=_ARCHIVE),
    InputFormat("compressed (zstd)", magic=rb"\x28\xb5\x2f\xfd", refusal=_ARCHIVE),
    InputFormat("a 7z archive", magic=rb"7z\xbc\xaf\x27\x1c", refusal=_ARCHIVE),
    InputFormat("a rar archive", magic=rb"Rar!\x1a\x07", refusal=_ARCHIVE),
    InputFormat("an image (PNG)", magic=rb"\x89PNG\r\n\x1a\n"),
    InputFormat("an image (JPEG)", magic=rb"\xff\xd8\xff"),
    InputFormat("an image (GIF)", magic=rb"GIF8[79]a"),
    InputFormat("an image (TIFF)", magic=rb"II\*\x00|MM\x00\*"),
    InputFormat("an image, sound or video", magic=rb"RIFF....(?:WEBP|WAVE|AVI )"),
    InputFormat("a video or image (MP4, HEIC, AVIF)", magic=rb"....ftyp"),
    InputFormat("sound (MP3)", magic=rb"ID3"),
    InputFormat("sound (Ogg)", magic=rb"OggS"),
    InputFormat("sound (FLAC)", magic=rb"fLaC"),
    # A text can begin with MZ; a Windows program has NUL bytes within its header of 512 bytes.
    InputFormat("a program", magic=rb"\x7fELF|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|MZ.{0,509}\x00"),
    InputFormat("a database", magic=rb"SQLite format 3\x00"),
)
"""All formats; of several whose first bytes match, the earlier row counts."""

_BY_EXTENSION = {extension: row.reader for row in FORMATS if row.reader for extension in row.extensions}
_BY_MAGIC = tuple((re.compile(row.magic, re.DOTALL), row) for row in FORMATS if row.magic is not None)
_SUPPORTED = ", ".join(row.extensions[0] for row in FORMATS if row.reader and row.extensions)

REFUSED_FORMATS = frozenset(row.name for row in FORMATS if row.reader is None)
"""Names of the formats that are recognised and refused."""

ATTACHMENT_EXTENSIONS = tuple(row.extensions[0] for row in FORMATS if row.as_attachment)
"""The endings of attached files that Discord's *Summarize message* reads."""


def reader_for(name: str) -> Reader:
    """Return the reader of files with that name.

    Raises Unreadable when their format isn't supported.
    """
    extension = PurePath(name).suffix.lower()
    reader = _BY_EXTENSION.get(extension) or _plugin_reader(extension)
    if reader is None:
        raise Unreadable(RejectReason.UNSUPPORTED_EXTENSION, extension=extension, supported=_SUPPORTED)
    return reader


def _plugin_reader(extension: str) -> Reader | None:
    """Return the reader that another package has for an ending, guarded against its failures."""
    for name, plugin in load_plugins(FORMATS_GROUP).items():
        reader: Reader | None = getattr(plugin, "reader", None)
        if reader is not None and extension and extension in getattr(plugin, "extensions", ()):
            return partial(_read_guarded, name, reader)
    return None


def _read_guarded(name: str, reader: Reader, data: bytes) -> ReadDocument:
    try:
        document: object = reader(data)
    except Unreadable:
        raise
    except Exception as error:
        log.warning("intake.format_failed", format=name, error=f"{type(error).__name__}: {error}")
        raise Unreadable(RejectReason.NOT_TEXT, format=name) from error
    if not isinstance(document, ReadDocument):
        log.warning("intake.format_failed", format=name, error=f"returned {type(document).__name__}")
        raise Unreadable(RejectReason.NOT_TEXT, format=name)
    return document


def reject_unsupported(data: bytes) -> None:
    """Raise Unreadable when the first bytes are those of anything but text."""
    row = _match_magic(data)
    if row is not None:
        raise Unreadable(row.refusal, format=row.name)


def read_parts(data: bytes, name: str) -> ReadDocument:
    """Read the parts of text in a file of that name; at least one has text. Raises Unreadable.

    The first bytes decide on the format before the name does.
    """
    reader = reader_for(name)
    row = _match_magic(data)
    if row is not None:
        if row.reader is None:
            raise Unreadable(row.refusal, format=row.name)
        reader = row.reader
    document = reader(data)
    if not any(part.text.strip() for part in document.parts):
        raise Unreadable(RejectReason.NO_TEXT)
    return document


def _match_magic(data: bytes) -> InputFormat | None:
    return next((row for pattern, row in _BY_MAGIC if pattern.match(data) and row.contains in data), None)
