"""Languages of the parts around each part of a document, of the same source where there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from bot.intake.types import DocumentPart
from summarizers.text.language import clear_language

__all__ = ["with_neighbours"]

_SHORT_TEXT: Final = 400
"""Characters from which on a text shows its language by itself: some sixty words."""

_NEIGHBOURS: Final = 5
"""Parts on each side that count, so that a list of any length takes linear time."""


def with_neighbours(parts: Sequence[DocumentPart]) -> tuple[DocumentPart, ...]:
    """Return the parts, each short one with the clear languages of those around it.

    A source keeps to its language: beside other parts of the same source, those of other ones don't count.
    """

    @cache
    def language(at: int) -> str | None:
        return clear_language("\n".join(filter(None, (parts[at].title, parts[at].text))))

    of_source: dict[str, list[int]] = {}
    for at, part in enumerate(parts):
        if part.source is not None:
            of_source.setdefault(part.source, []).append(at)
    everywhere: Sequence[int] = range(len(parts))
    with_languages = []
    place: Counter[str] = Counter()
    for at, part in enumerate(parts):
        among, rank = everywhere, at
        if part.source is not None:
            same = of_source[part.source]
            if len(same) > 1:
                among, rank = same, place[part.source]
            place[part.source] += 1
        if len(part.text) < _SHORT_TEXT:
            codes = (language(other) for other in _around(among, rank))
            part = replace(part, neighbours=tuple(code for code in codes if code))
        with_languages.append(part)
    return tuple(with_languages)


def _around(among: Sequence[int], rank: int) -> list[int]:
    return [*among[max(0, rank - _NEIGHBOURS) : rank], *among[rank + 1 : rank + _NEIGHBOURS + 1]]
