"""Time zones by IANA's names, and by the cities, countries and abbreviations people type.

`zone` reads what is stored and configured. `resolve_timezone` reads what people type: one zone is taken, several are
an error that names them. Names: CLDR's cities and countries, places of the gazetteer, and timezone_names.toml.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.errors import InputInvalid, UnknownName
from bot.i18n import LOCALES
from bot.newsroom.typed_values import fold_typed, typed_spellings
from bot.newsroom.typed_values.vocabulary import DAY_LANGUAGES, babel_locale

__all__ = [
    "TimezoneAmbiguous",
    "likely_zones",
    "names",
    "nearest",
    "resolve_timezone",
    "zone",
    "zone_countries",
    "zone_rank",
    "zones_named",
]

_DEFAULT = "UTC"

_MOST_CANDIDATES = 5
"""Zones that an error names; a country with more has them in the suggestions."""

_RULES_FROM = datetime(2026, 1, 1, tzinfo=UTC)
"""Clocks are the same zone to people if they agree from here on for a year, whatever they did before."""

_RULES_STEP, _RULES_STEPS = timedelta(days=7), 53
"""A week is shorter than any summer time."""


class TimezoneAmbiguous(InputInvalid):
    """A place with several time zones, likelier ones first."""

    def __init__(self, given: str, zones: Sequence[str]) -> None:
        super().__init__(
            f"{given!r} has several time zones: {', '.join(zones)}; choose one of them or type a city",
            "error-timezone-several",
            given=given,
        )
        self.zones = tuple(zones)


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


def resolve_timezone(text: str, language: str = "en") -> str:
    """Return the IANA zone of a name, abbreviation, city or country typed in a language.

    Raises TimezoneAmbiguous for a place with several zones, UnknownName with the nearest names for any other text.
    """
    zones = zones_named(text, language)
    if not zones:
        raise UnknownName("time zone", text.strip(), nearest(text))
    if len(zones) > 1:
        raise TimezoneAmbiguous(text.strip(), zones[:_MOST_CANDIDATES])
    return zones[0]


def zones_named(text: str, language: str = "en") -> list[str]:
    """Return the zones that a text names, likelier ones first and each clock once; or []."""
    normal = text.strip().replace(" ", "_")
    if normal == _DEFAULT:
        return [_DEFAULT]
    if "/" in normal:
        known = _by_folded().get(normal.casefold())
        return [known] if known else []
    folded = fold_typed(text.replace("_", " "))
    for name in dict.fromkeys((folded, _without_around(folded))):
        if name and (found := _zones_called(name, language)):
            return found
    return []


def _zones_called(name: str, language: str) -> list[str]:
    """Return the zones by a folded name, the surest kind of name first."""
    if zones := _own_names(language).get(name):
        return _distinct_clocks(zones)
    for table in (_abbreviations, _zone_cities):
        if zones := table().get(name):
            return _distinct_clocks(zones)
    from summarizers.labels.country_names import resolve_country  # loads the names of countries

    if code := resolve_country(name):
        return _distinct_clocks(_zones_of_country().get(code, ()))
    return _distinct_clocks(_further_cities().get(name) or _place_zones().get(name) or ())


def _without_around(folded: str) -> str:
    """Return a name without words such as "time" or "heure de" around it."""
    for words in sorted(map(fold_typed, _tables()["around"]["words"]), key=len, reverse=True):
        if folded.endswith(words) and len(folded) > len(words):
            return folded.removesuffix(words).strip()
        if folded.startswith(f"{words} "):
            return folded.removeprefix(words).strip()
    return folded


def nearest(name: str, count: int = 3) -> list[str]:
    """Up to `count` zones with a name like `name`."""
    folded = {key.rsplit("/", 1)[-1]: value for key, value in _by_folded().items()} | _by_folded()
    keys = difflib.get_close_matches(name.strip().casefold().replace(" ", "_"), folded, n=count, cutoff=0.6)
    return list(dict.fromkeys(folded[key] for key in keys))


def likely_zones() -> list[str]:
    """Return the zones in which most people live, the largest first."""
    zones: list[str] = _tables()["likely"]["zones"]
    return zones


@cache
def zone_rank(name: str) -> int:
    """Return a zone's place among the likely ones; the same for all others."""
    likely = likely_zones()
    return likely.index(name) if name in likely else len(likely)


@cache
def zone_countries() -> Mapping[str, str]:
    """Return the country of each of IANA's zones, in the order of its table."""
    rows = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines()
    return {row.split("\t")[2]: row.split("\t")[0] for row in rows if not row.startswith("#")}


def _distinct_clocks(zones: Iterable[str]) -> list[str]:
    """Return zones without those that show the same time as an earlier one."""
    by_clock: dict[tuple[timedelta | None, ...], str] = {}
    for name in zones:
        by_clock.setdefault(_clock(name), name)
    return list(by_clock.values())


@lru_cache(maxsize=512)  # IANA has 420 zones
def _clock(name: str) -> tuple[timedelta | None, ...]:
    """Return a zone's offsets over a year."""
    info = ZoneInfo(name)
    moments = (_RULES_FROM + step * _RULES_STEP for step in range(_RULES_STEPS))
    return tuple(moment.astimezone(info).utcoffset() for moment in moments)


@cache
def _by_folded() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads((resources.files("bot.newsroom") / "timezone_names.toml").read_text("utf-8"))


def _zones_by_name(names_by_zone: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    zones: dict[str, list[str]] = {}
    for name, words in names_by_zone.items():
        for word in words:
            for spelling in typed_spellings(word):
                zones.setdefault(spelling, []).append(name)
    return zones


@cache
def _abbreviations() -> Mapping[str, list[str]]:
    return _zones_by_name(_tables()["abbreviations"])


@cache
def _own_names(language: str) -> Mapping[str, list[str]]:
    return _zones_by_name(_tables()["own"].get(language, {}))


@cache
def _zone_cities() -> Mapping[str, list[str]]:
    """Return the zones by their cities, in IANA's and CLDR's names, and by further large ones."""
    from babel.core import get_global

    known = zone_countries()
    zones = _zones_by_name({name: [name.rpartition("/")[2].replace("_", " ")] for name in known})
    _add_cities(zones, LOCALES)
    for old, new in get_global("zone_aliases").items():
        if new in known and "/" in old:
            zones.setdefault(fold_typed(old.rpartition("/")[2].replace("_", " ")), []).append(new)
    for word, found in _zones_by_name(_tables()["cities"]).items():
        zones[word] = found  # an author's choice comes before a namesake
    return zones


@cache
def _further_cities() -> Mapping[str, list[str]]:
    """Return the zones by their cities' names in the languages of the stories."""
    zones: dict[str, list[str]] = {}
    _add_cities(zones, [tag for tag in DAY_LANGUAGES if tag not in LOCALES])
    return zones


def _add_cities(zones: dict[str, list[str]], languages: Iterable[str]) -> None:
    """Add CLDR's names of the zones' cities."""
    from babel.core import get_global

    known, current = zone_countries(), get_global("zone_aliases")
    for language in languages:
        for name, facts in babel_locale(language).time_zones.items():
            zone_now = name if name in known else current.get(name)
            for spelling in typed_spellings(facts.get("city", "")) if zone_now in known else ():
                found = zones.setdefault(spelling, [])
                if zone_now not in found:
                    found.append(str(zone_now))


@cache
def _zones_of_country() -> Mapping[str, list[str]]:
    zones: dict[str, list[str]] = {code: [name] for code, name in _tables()["primary"].items()}
    for name, code in sorted(zone_countries().items(), key=lambda row: zone_rank(row[0])):
        if code not in _tables()["primary"]:
            zones.setdefault(code, []).append(name)
    return zones


@cache
def _place_zones() -> Mapping[str, list[str]]:
    """Return the zones of the gazetteer's places in countries with a single clock."""
    from summarizers.labels.gazetteer import gazetteer_table
    from summarizers.text.tables import load_table

    places: dict[str, list[str]] = {}
    toponyms = [table["city"] for table in load_table("toponyms.json").values() if isinstance(table, dict)]
    english = {code: kinds.get("city", "") for code, kinds in gazetteer_table()["evidence"].items()}
    own = [
        {code: kinds.get("city", "") for code, kinds in rules["words"].items()}
        for rules in gazetteer_table()["languages"].values()
    ]
    for cities in (english, *own, gazetteer_table()["cities"], gazetteer_table()["towns"], *toponyms):
        for code, joined in cities.items():
            zones = _distinct_clocks(_zones_of_country().get(code, ()))
            if len(zones) == 1:
                for word in joined.split("|"):
                    for place in typed_spellings(word.rstrip("*?!²")):
                        found = places.setdefault(place, [])
                        if zones[0] not in found:
                            found.append(zones[0])
    return places
