"""What do a source's own words about a story mean: when it was published, where it stands, who says it?

All of it comes from outside: what can't be used is None, and never an error.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

__all__ = ["parse_label", "parse_time", "parse_url", "strip_title"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS_FROM = 100_000_000_000
_DAY_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_BLANKS = re.compile(r"\s+")
_LONGEST_ADDRESS = 2_000
_LONGEST_LABEL = 300


def parse_time(value: object) -> datetime | None:
    """A time in ISO 8601, as e-mail writes it, or in seconds or milliseconds since 1970; in UTC, also where it says none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        seconds = value / 1000 if abs(value) >= _MILLISECONDS_FROM else value
        try:
            return _EPOCH + timedelta(seconds=seconds)
        except (OverflowError, ValueError):
            return None
    if not isinstance(value, str) or len(value) > 100:
        return None
    text = value.strip()
    for read in (_iso, _mail):
        try:
            found = read(text)
            return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        except (ValueError, OverflowError, TypeError):
            continue
    return parse_time(int(text)) if re.fullmatch(r"\d{9,13}", text) else None


def parse_url(value: object) -> str | None:
    """A web address; None for anything else."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    lowered = text[:8].lower()
    if not lowered.startswith(("http://", "https://")) or len(text) > _LONGEST_ADDRESS or _BLANKS.search(text):
        return None
    return text


def parse_label(value: object) -> str | None:
    """A name or headline in one line; of an object its name or title."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    if not isinstance(value, str):
        return None
    return _BLANKS.sub(" ", value.replace("\x00", "")).strip()[:_LONGEST_LABEL] or None


def strip_title(text: str, title: str | None) -> str:
    """The text without its first line when that is the title, which stands beside it already."""
    if title is None:
        return text
    first, _, rest = text.lstrip().partition("\n")
    same = _BLANKS.sub(" ", first).strip().casefold() == _BLANKS.sub(" ", title).strip().casefold()
    return rest if same and rest.strip() else text


def _iso(text: str) -> datetime:
    if text.upper().endswith(" UTC") or text.upper().endswith(" GMT"):
        text = text[:-4]
    return datetime.fromisoformat(_DAY_FIRST.sub(lambda found: f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}", text, 1))


def _mail(text: str) -> datetime:
    return parsedate_to_datetime(text)
