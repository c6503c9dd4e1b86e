"""Names of the formats in which a digest is written for other programs."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["DigestFormat"]


class DigestFormat(StrEnum):
    """A format in which a digest is written."""

    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"
    ATOM = "atom"
    JSON = "json"
