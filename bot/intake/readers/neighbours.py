"""Languages of the parts around each part of a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from bot.intake.types import DocumentPart
from summarizers.text.language import clear_language

__all__ = ["with_neighbours"]

_SHORT_TEXT: Final = 400
"""Characters from which on a text shows its language by itself: some sixty words."""

_NEIGHBOURS: Final = 5
"""Parts on each side that count, so that a list of any length takes linear time."""


def with_neighbours(parts: Sequence[DocumentPart]) -> tuple[DocumentPart, ...]:
    """Return the parts, each short one with the clear languages of those around it."""

    @lru_cache(maxsize=2 * _NEIGHBOURS + 1)
    def language(at: int) -> str | None:
        return clear_language("\n".join(filter(None, (parts[at].title, parts[at].text))))

    return tuple(
        replace(part, neighbours=tuple(code for other in _around(at, len(parts)) if (code := language(other))))
        if len(part.text) < _SHORT_TEXT
        else part
        for at, part in enumerate(parts)
    )


def _around(at: int, size: int) -> list[int]:
    return [other for other in range(max(0, at - _NEIGHBOURS), min(size, at + _NEIGHBOURS + 1)) if other != at]
