"""Choices of time zones, with city, country and time of day in the member's language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_time

from bot.i18n import LOCALES
from bot.newsroom import timezones
from bot.services.name_matching import (
    MAX_LABEL,
    MAX_SUGGESTIONS,
    NamedChoice,
    Suggestion,
    fit_label,
    fold_name,
    rank_choices,
)
from bot.services.value_words import to_babel
from summarizers.labels.country_names import country_names

__all__ = ["closest_timezones", "suggest_timezones", "zone_name"]

_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})", re.ASCII)
"""A typed time of day: zones where it is that time now."""

_CLOCK_TOLERANCE = 10
"""Minutes by which a typed time may differ from a zone's: people look at a clock and then type."""

_DAY = 24 * 60
"""Minutes of a day."""

_OWN_ZONES = 5
"""Zones of the member's own country that come first; some countries have a dozen."""

_CLOSEST = 2
"""Cities that an error message offers for an unknown one."""


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
        ranked = [each.value for each in rank_choices(text, _zone_choices(language))]
        named = [zone for zone in timezones.zones_named(text, language) if zone in names]
        zones = list(dict.fromkeys([*named, *ranked]))[:MAX_SUGGESTIONS]
    else:
        zones = list(dict.fromkeys([*used, *_likely_zones(locale)]))[:MAX_SUGGESTIONS]
    return [
        Suggestion(fit_label(f"{_time_there(now, zone, language)} · {names.get(zone, zone)}"), zone) for zone in zones
    ]


def zone_name(zone: str, language: str) -> str:
    """Return the city of an IANA zone in a language, as people can type it again."""
    return _zone_cities(language).get(zone, zone)


def closest_timezones(text: str, language: str) -> list[str]:
    """Return up to two cities of zones that look like a mistyped one."""
    ranked = rank_choices(text[:MAX_LABEL], _zone_choices(language))
    return [zone_name(each.value, language) for each in ranked[:_CLOSEST]]


@lru_cache(maxsize=len(LOCALES))
def _zone_cities(language: str) -> dict[str, str]:
    """Return the city of each IANA zone in a language: `Berlin`."""
    cities = Locale.parse(to_babel(language)).time_zones
    former_names = {new: old for old, new in get_global("zone_aliases").items() if old in cities}
    names = {"UTC": "UTC"}
    for zone in timezones.zone_countries():
        city = cities.get(zone, {}).get("city") or cities.get(former_names.get(zone, ""), {}).get("city")
        names[zone] = city or zone.rpartition("/")[2].replace("_", " ")
    return names


@lru_cache(maxsize=len(LOCALES))
def _zone_names(language: str) -> dict[str, str]:
    """Return the IANA zones with city and country in a language: `Berlin, Deutschland`."""
    countries, owners = country_names(language), timezones.zone_countries()
    return {
        zone: f"{city}, {countries.get(owners[zone], owners[zone])}" if zone in owners else city
        for zone, city in _zone_cities(language).items()
    }


@lru_cache(maxsize=len(LOCALES))
def _zone_choices(language: str) -> tuple[NamedChoice, ...]:
    """Return all zones, the likely ones with the most weight, to be found by city or country."""
    english, owners = country_names("en"), timezones.zone_countries()
    likely = len(timezones.likely_zones())
    choices = []
    for zone, name in _zone_names(language).items():
        country = english.get(owners.get(zone, ""), "")
        keys = (zone, *zone.split("/"), name, name.rpartition(", ")[2], country, f"the {country}" if country else "")
        folded = tuple(dict.fromkeys(filter(None, map(fold_name, keys))))
        choices.append(NamedChoice(name, zone, folded, stories=likely - timezones.zone_rank(zone)))
    return tuple(choices)


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
    ranked = sorted(own, key=timezones.zone_rank)
    known = _zone_names("en")
    return list(dict.fromkeys(zone for zone in [*ranked[:_OWN_ZONES], *timezones.likely_zones()] if zone in known))


def _time_there(now: datetime, zone: str, language: str) -> str:
    there = now.astimezone(_zone_info(zone))
    return str(format_time(there, "short", tzinfo=there.tzinfo, locale=to_babel(language))).replace("\u202f", " ")


def _minutes_apart(now: datetime, zone: str, minutes: int) -> int:
    """Return the minutes between a zone's time of day and one in minutes since midnight."""
    there = now.astimezone(_zone_info(zone))
    difference = abs(there.hour * 60 + there.minute - minutes) % _DAY
    return min(difference, _DAY - difference)
