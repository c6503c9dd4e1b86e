"""Publication times that HTML pages state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.intake.readers.html_blocks import Block
from bot.intake.readers.html_metadata import PageMetadata
from bot.intake.readers.metadata import parse_time

__all__ = ["publication_time"]


def publication_time(tree: Any, metadata: PageMetadata, blocks: Sequence[Block]) -> datetime | None:
    """Return the moment of publication in UTC."""
    candidates: list[object] = [item.get("datePublished") for item in metadata.linked]
    names = ("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "pubdate", "publishdate")
    candidates += [metadata.meta.get(name) for name in names]
    candidates += [block.time for block in blocks]
    candidates += [element.get("datetime") for element in tree.iter("time")]
    return next((parsed for value in candidates if (parsed := parse_time(value))), None)
