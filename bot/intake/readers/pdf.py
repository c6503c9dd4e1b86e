"""PDF documents with a text layer, by pypdf, an extra: lines of pages become paragraphs.

What stands at the edge of many pages (running titles, page numbers) is left out. A scanned page has no text, and
nothing here recognises it.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import quantiles
from typing import Any, Final

from bot.intake.encodings import normalize_text
from bot.intake.types import DocumentPart, ReadDocument, Unreadable
from bot.newsroom.rejections import RejectReason

__all__ = ["read_pdf"]

_MOST_PAGES: Final = 300
"""Pages that are read; reports have dozens."""

_MOST_CHARACTERS: Final = 3_000_000
"""Characters that are read, those of a long book."""

_EDGE_LINES: Final = 2
"""Lines at the top and bottom of a page among which running titles and page numbers are."""

_FEWEST_PAGES: Final = 3
"""Pages from which on a line at their edges can be seen to repeat."""

_SHORT_LINE: Final = 0.75
"""Share of the usual length up to which a line ends its paragraph, if it ends like a sentence."""

_HEADING_LINE: Final = 0.6
"""Share of the usual length up to which a line without a full stop before a capital stands alone."""

_NUMBERS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|seite|página|pagina|стр\.?|p\.)?\W*\d{1,4}\W*(?:(?:of|/|von|de)\W*\d{1,4})?\W*", re.IGNORECASE
)
_BROWSER_EDGE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d\d\b.*|.*(?:https?|file)://\S+(?: .*)?\d+/\d+", re.IGNORECASE
)
"""What browsers print at the edges of a page: the time with the title, the address with the page's number."""

_LIGATURES: Final = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
"""Letters that fonts draw as one, and that no text has: search would not find the words."""

_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\Z")
_STOPS: Final = tuple('.!?…。！？।؟:”"’»)]')
_ERROR: Final = 120
"""Characters of the library's error that a rejection keeps."""


def read_pdf(data: bytes) -> ReadDocument:
    """Read the text of all pages as one part. Raises Unreadable."""
    reader = _open(data)
    pages: list[list[str]] = []
    faults: list[int] = []
    size = 0
    total = len(reader.pages)
    for number in range(min(total, _MOST_PAGES)):
        try:
            text = normalize_text(reader.pages[number].extract_text()).translate(_LIGATURES)
        except Exception:  # noqa: BLE001,RUF100 - the library meets hostile bytes here; the notes name the page
            faults.append(number + 1)
            continue
        size += len(text)
        pages.append([line.strip() for line in text.split("\n")])
        if size > _MOST_CHARACTERS:
            break
    lines = [line for page in _without_edges(pages) for line in page]
    text = "\n".join(_paragraphs(lines))
    if not text.strip():
        raise Unreadable(RejectReason.NO_TEXT_LAYER)
    notes = [f"{len(faults)} of {total} pages can't be read and were left out: page {faults[0]}"] if faults else []
    if len(pages) + len(faults) < total:
        notes.append(f"only the first {len(pages) + len(faults)} of {total} pages were read")
    return ReadDocument((DocumentPart(text),), "pdf", tuple(notes))


def _open(data: bytes) -> Any:
    """Return the library's reader of a document. Raises Unreadable."""
    try:
        import pypdf
    except ImportError as error:
        raise Unreadable(RejectReason.PACKAGE_MISSING, format="a PDF document", package="pypdf", extra="pdf") from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs each oddity of a file
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        # Many documents have a password for changes only, and an empty one for reading.
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(RejectReason.ENCRYPTED)
        len(reader.pages)
    except pypdf.errors.DependencyError as error:
        raise Unreadable(RejectReason.ENCRYPTED) from error
    except (MemoryError, RecursionError, Unreadable):
        raise
    except Exception as error:
        raise Unreadable(
            RejectReason.DAMAGED, document="PDF document", error=str(error)[:_ERROR] or type(error).__name__
        ) from error
    return reader


def _without_edges(pages: Sequence[list[str]]) -> Iterator[list[str]]:
    """Yield the pages' lines without running titles and page numbers at their edges."""
    filled = [[line for line in page if line] for page in pages]
    counts = Counter(key for page in filled for key in {_key(line) for line in _edges(page)})
    repeated = {key for key, count in counts.items() if count >= _FEWEST_PAGES and 2 * count >= len(pages)}
    for page, lines in zip(pages, filled, strict=True):
        edges = set(_edges(lines))
        yield [
            line
            for line in page
            if line not in edges
            or not (_key(line) in repeated or _PAGE_NUMBER.fullmatch(line) or _BROWSER_EDGE.fullmatch(line))
        ]


def _edges(lines: Sequence[str]) -> Sequence[str]:
    return [*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]]


def _key(line: str) -> str:
    """Return a line by which it is the same on every page: without its numbers."""
    return _NUMBERS.sub("0", line).casefold()


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Join lines to paragraphs by how they end, how long they are, and empty lines between them."""
    lengths = sorted(len(line) for line in lines if line)
    usual = quantiles(lengths, n=4)[-1] if len(lengths) > 1 else 0
    paragraph = ""
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else ""
        if not line:
            # Some writers put an empty line behind each line; one inside a sentence ends nothing.
            if paragraph and (paragraph.endswith(_STOPS) or not following[:1].islower()):
                yield paragraph
                paragraph = ""
            continue
        if paragraph and _BROKEN_WORD.search(paragraph) and line[:1].islower():
            paragraph = paragraph[:-1] + line
        else:
            paragraph = f"{paragraph} {line}" if paragraph else line
        ends = line.endswith(_STOPS)
        if (ends and len(line) < _SHORT_LINE * usual) or (
            not ends and paragraph == line and len(line) < _HEADING_LINE * usual and following[:1].isupper()
        ):
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph
