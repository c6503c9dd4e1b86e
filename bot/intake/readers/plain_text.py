"""Plain text: a page copied as text, with nothing but line breaks between its stories."""

from __future__ import annotations

from bot.intake.encodings import decode
from bot.intake.types import DocumentPart, ReadDocument

__all__ = ["read_text"]


def read_text(data: bytes) -> ReadDocument:
    """Read the text as one part, which may hold several stories. Raises Unreadable."""
    decoded = decode(data)
    return ReadDocument((DocumentPart(decoded.text),), decoded.encoding, decoded.notes)
