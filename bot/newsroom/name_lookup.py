"""Names of countries, topics, languages and regions as people type them, and their codes.

Each `…_of` returns the code that filters use, or None; `suggest` gives close names for the error.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import cast

import pycountry

from bot.i18n import LOCALES
from bot.newsroom.regions import REGIONS
from bot.newsroom.typed_values import fold_typed, typed_spellings
from bot.newsroom.typed_values.vocabulary import babel_locale
from summarizers.labels.country_names import country_name, country_spellings, name_key, resolve_country
from summarizers.labels.topic_names import resolve_topic, topic_key, topic_spellings

__all__ = ["closest_codes", "country_of", "language_of", "region_of", "suggest", "topic_of"]


def country_of(name: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code for a code, name, demonym or native name, in any case."""
    return resolve_country(name)


def topic_of(name: str) -> str | None:
    """The slug of a topic's slug, name or alias, in any case."""
    return resolve_topic(name)


def language_of(name: str) -> str | None:
    """Return the ISO 639 code, of two letters if there is one, for a code or a name.

    `und` stands for itself.
    """
    wanted = name.strip().casefold()
    if wanted == "und":
        return wanted
    wanted = re.split(r"[-_]", wanted)[0] if re.fullmatch(r"[a-z]{2,3}[-_][a-z0-9]{2,8}", wanted) else wanted
    # A language is called En (enc): codes come before names.
    languages = pycountry.languages
    found = languages.get(alpha_2=wanted) or languages.get(alpha_3=wanted)
    if found is None and (named := _languages_by_name().get(fold_typed(wanted))) is not None:
        return named
    if found is None:
        try:
            found = languages.lookup(wanted)
        except LookupError:
            return None
    return cast("str", getattr(found, "alpha_2", found.alpha_3))


def region_of(name: str) -> str | None:
    """Return the name in `REGIONS`; blanks, hyphens, "the" and an ending -ern don't matter."""
    return _regions().get(_region_key(name))


def suggest(kind: str, name: str) -> list[str]:
    """Up to three known names of a `kind` (country, topic, lang, region) that look like `name`."""
    if kind in ("country", "topic"):
        codes = closest_codes(kind, name)
        return [country_name(code) for code in codes] if kind == "country" else codes
    known: dict[str, Callable[[], tuple[str, ...]]] = {"lang": _language_names, "region": lambda: REGIONS}
    from rapidfuzz import fuzz, process  # only a mistake needs it, and it costs 20 ms at start-up

    choices = known[kind]()
    wanted = name.strip()[:60].casefold()
    found = process.extract(wanted, choices, scorer=fuzz.WRatio, processor=str.casefold, limit=3, score_cutoff=70)
    return [choice for choice, _score, _at in found]


def closest_codes(kind: str, name: str, count: int = 3) -> list[str]:
    """Return the codes of countries, or slugs of topics, whose names look like `name`.

    At most `count`, whatever language it is in. Names that begin as typed come first, then those that are written most alike.
    """
    from rapidfuzz import fuzz, process  # only a mistake needs it, and it costs 20 ms at start-up

    spellings = country_spellings() if kind == "country" else topic_spellings()
    typed = (name_key(name) if kind == "country" else topic_key(name))[:_LONGEST_COMPARED]
    if len(typed) < _SHORTEST_COMPARED and typed.isascii():
        return []
    begun = sorted((each for each in spellings if each.startswith(typed)), key=len) if typed else []
    similar = process.extract(typed, list(spellings), scorer=fuzz.ratio, limit=10 * count, score_cutoff=_LEAST_ALIKE)
    best = max((score for _each, score, _at in similar), default=0)
    alike = [each for each, score, _at in similar if score >= best - _ALIKE_MARGIN]
    return list(dict.fromkeys(spellings[each] for each in [*begun, *alike]))[:count]


_SHORTEST_COMPARED = 3
"""Letters from which on a mistyped name is looked for: two letters resemble everything."""

_LONGEST_COMPARED = 60
"""Letters of a typed name that are compared: longer than any country's."""

_LEAST_ALIKE = 72
"""rapidfuzz's ratio (0 to 100) from which on a name is taken for a mistyped one: one slip in four letters."""

_ALIKE_MARGIN = 10
"""Names are offered down to this much below the most similar one; others are only noise."""


def _slug(name: str) -> str:
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")


def _region_key(name: str) -> str:
    words = [re.sub(r"ern$", "", word) for word in _slug(name).split("-") if word != "the"]
    return "".join(words)


@cache
def _regions() -> dict[str, str]:
    return {_region_key(name): name for name in REGIONS}


@cache
def _languages_by_name() -> dict[str, str]:
    """Return the codes of languages by their names in the interface's languages."""
    names: dict[str, str] = {}
    for tag in LOCALES:
        for code, name in babel_locale(tag).languages.items():
            if code.isalpha() and code.islower():  # not de_AT
                for spelling in typed_spellings(name):
                    names.setdefault(spelling, code)
    return names


@cache
def _language_names() -> tuple[str, ...]:
    return tuple(language.name for language in pycountry.languages if hasattr(language, "alpha_2"))
