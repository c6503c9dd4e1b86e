"""Choices of time zones, with city, country and time of day in the member's language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache, lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_time

from bot.i18n import LOCALES
from bot.newsroom import timezones
from bot.services.name_matching import (
    MAX_SUGGESTIONS,
    NamedChoice,
    Suggestion,
    fit_label,
    fold_name,
    rank_choices,
)
from bot.services.value_words import to_babel
from summarizers.labels.country_names import country_names

__all__ = ["suggest_timezones"]

_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})", re.ASCII)
"""A typed time of day: zones where it is that time now."""

_CLOCK_TOLERANCE = 10
"""Minutes by which a typed time may differ from a zone's: people look at a clock and then type."""

_DAY = 24 * 60
"""Minutes of a day."""

_OWN_ZONES = 5
"""Zones of the member's own country that come first; some countries have a dozen."""

_BUSY_ZONES = (
    *("UTC", "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Istanbul", "Europe/Moscow"),
    *("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Mexico_City"),
    *("America/Sao_Paulo", "America/Argentina/Buenos_Aires", "Africa/Lagos", "Africa/Johannesburg", "Asia/Dubai"),
    *("Asia/Kolkata", "Asia/Jakarta", "Asia/Shanghai", "Asia/Taipei", "Asia/Seoul", "Asia/Tokyo"),
    *("Australia/Sydney", "Pacific/Auckland"),
)
"""Zones in which most people live."""


def suggest_timezones(text: str, locale: str, language: str, used: Sequence[str], now: datetime) -> list[Suggestion]:
    """Return zones that match a typed name or time of day; without text, `used` and likely ones.

    `locale` is the member's, whose country's zones are likely, `language` that of the names.
    """
    names = _zone_names(language)
    if clock := _CLOCK.fullmatch(text):
        minutes = int(clock[1]) * 60 + int(clock[2])
        matching = [zone for zone in names if _minutes_apart(now, zone, minutes) <= _CLOCK_TOLERANCE]
        likely = [zone for zone in (*used, *_likely_zones(locale)) if zone in matching]
        zones = list(dict.fromkeys([*likely, *matching]))[:MAX_SUGGESTIONS]
    elif text:
        zones = [each.value for each in rank_choices(text, _zone_choices(language))]
    else:
        zones = list(dict.fromkeys([*used, *_likely_zones(locale)]))[:MAX_SUGGESTIONS]
    return [
        Suggestion(fit_label(f"{_time_there(now, zone, language)} · {names.get(zone, zone)} · {zone}"), zone)
        for zone in zones
    ]


@lru_cache(maxsize=len(LOCALES))
def _zone_names(language: str) -> dict[str, str]:
    """Return the IANA zones with city and country in a language: `Berlin, Deutschland`."""
    cities, countries = Locale.parse(to_babel(language)).time_zones, country_names(language)
    former_names = {new: old for old, new in get_global("zone_aliases").items() if old in cities}
    names = {"UTC": "UTC"}
    for row in (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        if row.startswith("#"):
            continue
        code, _coordinates, zone = row.split("\t")[:3]
        city = cities.get(zone, {}).get("city") or cities.get(former_names.get(zone, ""), {}).get("city")
        names[zone] = f"{city or zone.rpartition('/')[2].replace('_', ' ')}, {countries.get(code, code)}"
    return names


@lru_cache(maxsize=len(LOCALES))
def _zone_choices(language: str) -> tuple[NamedChoice, ...]:
    return tuple(
        NamedChoice(name, zone, (fold_name(zone), *map(fold_name, zone.split("/")), fold_name(name)))
        for zone, name in _zone_names(language).items()
    )


@cache
def _zone_info(zone: str) -> ZoneInfo:
    """Return a zone from a cache of all: ZoneInfo's own holds eight, and reads others anew."""
    return timezones.zone(zone)


def _likely_zones(locale: str) -> list[str]:
    """Return zones of the locale's country, or of its language's largest, then busy ones."""
    try:
        territory = Locale.parse(to_babel(locale)).territory
        if territory is None:
            likely = get_global("likely_subtags").get(Locale.parse(to_babel(locale)).language, "")
            territory = likely.rpartition("_")[2]
    except (UnknownLocaleError, ValueError):
        territory = ""
    own = get_global("territory_zones").get(territory or "", [])
    ranked = [zone for zone in _BUSY_ZONES if zone in own] + [zone for zone in own if zone not in _BUSY_ZONES]
    known = _zone_names("en")
    return list(dict.fromkeys(zone for zone in [*ranked[:_OWN_ZONES], *_BUSY_ZONES] if zone in known))


def _time_there(now: datetime, zone: str, language: str) -> str:
    there = now.astimezone(_zone_info(zone))
    return str(format_time(there, "short", tzinfo=there.tzinfo, locale=to_babel(language))).replace("\u202f", " ")


def _minutes_apart(now: datetime, zone: str, minutes: int) -> int:
    """Return the minutes between a zone's time of day and one in minutes since midnight."""
    there = now.astimezone(_zone_info(zone))
    difference = abs(there.hour * 60 + there.minute - minutes) % _DAY
    return min(difference, _DAY - difference)
