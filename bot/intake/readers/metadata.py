"""Metadata that sources give: time of publication, address, headline, publisher.

All of it comes from outside, so what can't be used gives None and never an error.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.intake.encodings import remove_invisible
from bot.intake.readers.limits import unescape

__all__ = ["parse_label", "parse_time", "parse_url", "strip_title"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MIN_MILLISECONDS = 100_000_000_000
"""The number from which on a time is in milliseconds since 1970: as seconds it would be in the year 5138."""

_MAX_TIME = 100
"""Characters of a written time; longer texts are something else."""

_SLASHED_DATE = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_BLANKS = re.compile(r"\s+")
_MAX_URL = 2_000
"""Characters of an address: about what browsers and servers accept."""

_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MOST_ESCAPES = 2
"""Times that a headline is unescaped: `&amp;#8216;` is found in JSON inside of HTML, more is not."""

_MAX_LABEL = 300
"""Characters of a headline or name: longer ones are texts in the wrong place."""


def parse_time(value: object) -> datetime | None:
    """Read a time in ISO 8601, in the form of e-mail, or in seconds or milliseconds since 1970.

    Return it in UTC. A time without a zone is taken for UTC.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        try:
            seconds = value / 1000 if abs(value) >= _MIN_MILLISECONDS else value
            return _EPOCH + timedelta(seconds=seconds)
        except (OverflowError, ValueError):
            return None
    if not isinstance(value, str) or len(value) > _MAX_TIME:
        return None
    text = value.strip()
    for parse in (_parse_iso, _parse_mail_date):
        try:
            parsed = parse(text)
            return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
        except (ValueError, OverflowError, TypeError):
            continue
    return parse_time(int(text)) if re.fullmatch(r"\d{9,13}", text) else None


def parse_url(value: object) -> str | None:
    """Return a web address, or None for anything else."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    lowered = text[:8].lower()
    if not lowered.startswith(("http://", "https://")) or len(text) > _MAX_URL or _BLANKS.search(text):
        return None
    return text


def parse_label(value: object) -> str | None:
    """Return a name or headline in one line; for an object, its name or title.

    Sources escape headlines for HTML once, twice or not at all.
    """
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    if not isinstance(value, str):
        return None
    for _ in range(_MOST_ESCAPES):
        if "&" in value:
            value = _REFERENCE.sub(lambda match: unescape(match[0]), value)
    return _BLANKS.sub(" ", remove_invisible(value.replace("\x00", ""))).strip()[:_MAX_LABEL] or None


def strip_title(text: str, title: str | None) -> str:
    """Return the text without its first line if that repeats the title."""
    if title is None:
        return text
    first, _, rest = text.lstrip().partition("\n")
    same = _BLANKS.sub(" ", first).strip().casefold() == _BLANKS.sub(" ", title).strip().casefold()
    return rest if same and rest.strip() else text


def _parse_iso(text: str) -> datetime:
    if text.upper().endswith(" UTC") or text.upper().endswith(" GMT"):
        text = text[:-4]
    return datetime.fromisoformat(_SLASHED_DATE.sub(lambda match: f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}", text, 1))


def _parse_mail_date(text: str) -> datetime:
    return parsedate_to_datetime(text)
