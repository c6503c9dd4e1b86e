"""Plain text: a dump of a page, whose stories are divided by line breaks only."""

from __future__ import annotations

from bot.intake.encodings import decode
from bot.intake.types import DocumentPart, ReadDocument

__all__ = ["read_text"]


def read_text(data: bytes) -> ReadDocument:
    """The text as one piece, to be split. Raises Unreadable."""
    decoded = decode(data)
    return ReadDocument((DocumentPart(decoded.text),), decoded.encoding, decoded.notes)
