"""Which countries is a story about, and what is a country called?

`countries` finds names of countries, then weighs each by where it stands and how often.
Names: Unicode CLDR, by way of babel.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import pycountry
from babel import Locale, UnknownLocaleError

from summarizers.model import Country, Evidence

__all__ = ["countries", "country_name", "names", "resolve"]

_LANGUAGES = (
    *("en", "de", "fr", "es", "pt", "it", "nl", "pl", "cs", "sv"),
    *("uk", "ru", "tr", "ar", "he", "hi", "el", "zh", "ja", "ko"),
)


def countries(text: str, language: str | None = None) -> list[Country]:
    """The countries that a text names, the most salient first; equal ones in the order of their codes.

    `language` is an ISO 639-1 code. Evidence spans index into `text`.
    """
    found: dict[str, list[Evidence]] = {}
    for match in _pattern(language or "en").finditer(text):
        code = resolve(match[0])
        if code is not None:
            found.setdefault(code, []).append(Evidence(match.start(), match.end(), match[0], "name"))
    length = max(len(text), 1)
    rated = []
    for code, evidence in found.items():
        weight = sum(1.0 - 0.8 * (one.start / length) for one in evidence)
        rated.append(Country(code, min(1.0, weight / 3.0), tuple(evidence)))
    return sorted(rated, key=lambda country: (-country.salience, country.code))


def country_name(code: str, locale: str = "en") -> str:
    """The name of a country by its ISO 3166-1 alpha-2 code in a locale such as `de` or `pt-BR`; the code if unknown."""
    return names(locale).get(code.upper(), code)


@cache
def names(locale: str) -> Mapping[str, str]:
    """Every country's name in a locale by its code; in English for a locale that CLDR doesn't know."""
    territories: Mapping[str, str] = {}
    for wanted in (locale, re.split("[-_]", locale)[0]):
        try:
            territories = Locale.parse(wanted.replace("-", "_")).territories
            break
        except (UnknownLocaleError, ValueError):
            continue
    english = Locale.parse("en").territories
    codes = [country.alpha_2 for country in pycountry.countries] + ["XK"]
    return MappingProxyType({code: territories.get(code) or english[code] for code in sorted(codes)})


def resolve(name: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country's code, name or native name in any case; None for anything else."""
    return _known().get(_plain(name))


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.strip()[:80].casefold())
    return re.sub(r"[\W_]+", " ", "".join(c for c in letters if not unicodedata.combining(c))).strip()


@cache
def _known() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in names(language).items():
            found.setdefault(_plain(name), code)
    for country in pycountry.countries:
        for key in ("alpha_2", "alpha_3", "name", "official_name", "common_name"):
            if hasattr(country, key):
                found.setdefault(_plain(getattr(country, key)), country.alpha_2)
    found.update({"uk": "GB", "usa": "US", "korea": "KR", "holland": "NL", "ivory coast": "CI", "england": "GB"})
    return found


@cache
def _pattern(language: str) -> re.Pattern[str]:
    listed = sorted({*names("en").values(), *names(language).values(), "US", "U.S.", "UK"}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, listed)) + r")(?!\w)")
