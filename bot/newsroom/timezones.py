"""Time zones by name."""

from __future__ import annotations

import difflib
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

__all__ = ["names", "nearest", "zone"]

_DEFAULT = "UTC"


@cache
def names() -> tuple[str, ...]:
    """Return the IANA zones that people choose from, sorted, without Etc/, posix/ and right/."""
    hidden = ("Etc/", "posix", "right/", "SystemV/", "localtime", "Factory")
    return tuple(sorted(name for name in available_timezones() if not name.startswith(hidden)))


def zone(name: str) -> ZoneInfo:
    """The zone called `name`; case and blanks don't matter.

    Raises ValueError with the nearest names when there is none.
    """
    normal = name.strip().replace(" ", "_")
    # The default is known without reading the names of all zones from disk, which takes 15 ms.
    known = _DEFAULT if normal == _DEFAULT else _by_folded().get(normal.casefold(), normal)
    try:
        return ZoneInfo(known)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        close = nearest(normal)
        hint = f"; did you mean {' or '.join(close)}?" if close else "; Europe/Berlin is an example"
        raise ValueError(f"there is no time zone called {name!r}{hint}") from None


def nearest(name: str, count: int = 3) -> list[str]:
    """Up to `count` zones with a name like `name`."""
    folded = {key.rsplit("/", 1)[-1]: value for key, value in _by_folded().items()} | _by_folded()
    keys = difflib.get_close_matches(name.casefold().replace(" ", "_"), folded, n=count, cutoff=0.6)
    return list(dict.fromkeys(folded[key] for key in keys))


@cache
def _by_folded() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}
