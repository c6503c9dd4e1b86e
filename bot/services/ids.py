"""Ids of stories and events as people type them: `s12`, `e34`, `12`."""

from __future__ import annotations

from bot.errors import InputInvalid
from bot.newsroom.models import parse_id

__all__ = ["require_id"]


def require_id(text: str) -> tuple[str | None, int]:
    """Return the kind ("story", "event", or None if not given) and the number of an id.

    Raises InputInvalid for anything else.
    """
    parsed = parse_id(text)
    if parsed is None:
        raise InputInvalid(f"{text!r} is not an id; write s12 for a story or e34 for an event", "error-id", given=text)
    return parsed
