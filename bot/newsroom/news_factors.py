"""Stored form of what decided a story's news value: names of factors, with their figures.

`dead=14 leader -interview`: the strongest first, those that speak against the story with a minus. A figure is left out
where the text names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from summarizers.types import NewsFactor

__all__ = ["decode_factors", "encode_factors"]

_FACTOR = re.compile(r"(-?)([a-z_:-]+?)(?:=([\d.e+]+))?")


def encode_factors(factors: Iterable[NewsFactor]) -> str:
    """Return the text that the store keeps; "" for none."""
    return " ".join(
        f"{'' if factor.favourable else '-'}{factor.name}{f'={factor.amount:.15g}' if factor.amount else ''}"
        for factor in factors
    )


def decode_factors(text: str) -> tuple[NewsFactor, ...]:
    """Read a stored text; parts that are in another form, as of a later version, are left out."""
    matches = [match for part in text.split() if (match := _FACTOR.fullmatch(part))]
    return tuple(NewsFactor(match[2], not match[1], _amount(match[3])) for match in matches)


def _amount(written: str | None) -> float | None:
    try:
        return float(written) if written else None
    except ValueError:
        return None
