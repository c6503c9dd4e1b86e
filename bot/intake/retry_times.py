"""Pauses that servers ask for: Retry-After and Cache-Control (RFC 9110, RFC 9111)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.intake.readers.metadata import parse_time

__all__ = ["requested_pause"]

_MAX_PAUSE_SECONDS: Final = 24 * 3600.0
"""The longest pause that is granted, in seconds: a server that asks for more is mistaken, and its feed would be dead."""

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NOT_KEPT = re.compile(r"(?:^|[\s,])(?:no-cache|no-store)\b", re.IGNORECASE)
_SECONDS = re.compile(r"\d{1,9}")
_FAILURE: Final = 400
"""The first status of a failure, whose freshness says nothing about the feed's."""


def requested_pause(headers: Mapping[str, str], status: int, now: datetime) -> float | None:
    """Return the seconds for which an answer asks not to be repeated; None where it doesn't say."""
    after = headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(after):
        return min(float(after), _MAX_PAUSE_SECONDS)
    if (moment := parse_time(after)) is not None:
        return min(max((moment - now).total_seconds(), 0.0), _MAX_PAUSE_SECONDS)
    control = headers.get("Cache-Control", "")
    if status >= _FAILURE or _NOT_KEPT.search(control):
        return None
    age = _MAX_AGE.search(control)
    return min(float(age[1]), _MAX_PAUSE_SECONDS) if age is not None else None
