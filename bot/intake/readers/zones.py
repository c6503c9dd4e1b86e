"""Time zones as feeds and pages write them behind a time."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

__all__ = ["ABBREVIATIONS", "split_zone"]

_NAMES_BY_HOURS: Final = {
    0: "utc gmt z ut wet",
    1: "west bst cet mez met wat",
    2: "cest mesz mest eet cat sast",
    3: "eest msk trt eat idt",
    4: "gst",
    5: "pkt",
    5.5: "ist",
    5.75: "npt",
    7: "ict wib",
    8: "wita hkt sgt myt pht awst",
    9: "jst kst wit",
    9.5: "acst",
    10: "aest",
    10.5: "acdt",
    11: "aedt",
    12: "nzst",
    13: "nzdt",
    -2.5: "ndt",
    -3: "adt brt art",
    -3.5: "nst",
    -4: "ast edt clt",
    -5: "est cdt",
    -6: "cst mdt",
    -7: "mst pdt",
    -8: "pst akdt",
    -9: "akst",
    -10: "hst",
}
ABBREVIATIONS: Final = {name: hours for hours, names in _NAMES_BY_HOURS.items() for name in names.split()}
"""Hours east of Greenwich. Of names that several countries use, the one with most readers: IST is India's, CST and AST
are North America's, BST is Britain's summer time."""

_REGIONS: Final = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
"""Zones whose names say nothing of summer time. Only capitals: `et` is a word."""

_OFFSET: Final = re.compile(r"(?:(?<=[\s\d])(?:UTC|GMT|Z))?\s*([+−-])(\d{1,2}):?([0-5]\d)?$", re.IGNORECASE)
_NAME: Final = re.compile(r"(?<=[\s\d(])\(?([A-Za-z]{1,5})\)?$")
_REGION: Final = re.compile(r"\s\(?([A-Z][A-Za-z]+(?:/[A-Za-z_+-]+){1,2})\)?$")
_COMMENT: Final = re.compile(r"(?<=[+\-\d ]\d\d\d)\s*\([^()]{1,40}\)$|(?<=[+-]\d\d:\d\d)\s*\([^()]{1,40}\)$")
_GREATEST_OFFSET: Final = timedelta(hours=14)
"""Kiribati's, the greatest in use."""


def split_zone(text: str) -> tuple[str, tzinfo | None]:
    """Return a written time without its zone, and the zone; None where none is named.

    An offset (`+0200`, `GMT+7`), an abbreviation (`CEST`) or a name of the tz database (`Europe/Oslo`).
    """
    text = _COMMENT.sub("", text.strip())
    if (match := _REGION.search(text)) is not None and (region := _region(match[1])) is not None:
        return text[: match.start()].rstrip(), region
    if (match := _OFFSET.search(text)) is not None and ":" in text[: match.start()]:
        offset = timedelta(hours=int(match[2][:2]), minutes=int(match[3] or 0))
        if offset <= _GREATEST_OFFSET:
            return text[: match.start()].rstrip(), timezone(offset if match[1] == "+" else -offset)
    match = _NAME.search(text)
    if match is not None and match[1] in _REGIONS:
        return text[: match.start()].rstrip(" ("), _region(_REGIONS[match[1]])
    if match is not None and (hours := ABBREVIATIONS.get(match[1].lower())) is not None:
        return text[: match.start()].rstrip(" ("), UTC if hours == 0 else timezone(timedelta(hours=hours))
    return text, None


@lru_cache(maxsize=1_000)  # more names than the tz database has would fill it
def _region(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
