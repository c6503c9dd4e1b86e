"""The facts of a story that a filter looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

__all__ = ["FilterSubject"]


@dataclass(frozen=True, slots=True)
class FilterSubject:
    """One story as a filter sees it.

    `countries` and `topics` are those assigned to the story (`bot.newsroom.assigned_labels`); `fields` are the search
    terms of head and body as `search_terms.search_fields` gives them, in the story's `language`.
    """

    published_at: datetime
    language: str = "und"
    countries: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    source: str | None = None
    path: str = ""
    kicker: str | None = None
    event_id: int = 0
    fields: tuple[tuple[str, ...], ...] = ()
