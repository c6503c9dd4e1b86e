"""English names that many stories share, so that sharing one is no evidence of one event.

English only: in other languages both sets are empty, and every name that isn't an everyday word counts as rare.
"""

from __future__ import annotations

import re
from functools import lru_cache

from summarizers.labels.gazetteer import gazetteer_table
from summarizers.text.dates import calendar
from summarizers.text.stems import snowball_stem

__all__ = ["city_names", "common_names"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?(?:[.,]\d+)*")


@lru_cache(maxsize=64)
def common_names(language: str) -> frozenset[str]:
    """Stems of weekdays, months, countries, their peoples and their capitals.

    Empty for other languages than English.
    """
    if language != "en":
        return frozenset()
    names = calendar("en")
    dates = {snowball_stem(word, "en") for word in (*names.days, *names.months)}
    return frozenset(dates).union(_evidence("name"), _evidence("demonym"), _evidence("city", first=True))


@lru_cache(maxsize=64)
def city_names(language: str) -> frozenset[str]:
    """Stems of the words in names of large cities; English only.

    They count only where a story is about the city.
    """
    return _evidence("city") - common_names(language) if language == "en" else frozenset()


def _evidence(kind: str, *, first: bool = False) -> frozenset[str]:
    """Stems of the country table's entries of one kind.

    With `first`, of each country's first entry alone.
    """
    entries = (evidence.get(kind, "") for evidence in gazetteer_table()["evidence"].values())
    return frozenset(
        snowball_stem(word.lower(), "en")
        for names in entries
        for word in _WORD.findall(names.partition("|")[0] if first else names)
    )
