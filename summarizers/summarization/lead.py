"""What would a reader know who only reads how a story begins?"""

from __future__ import annotations

from collections.abc import Sequence

from summarizers.summarization.engine import Focus

__all__ = ["Lead"]


class Lead:
    """The first sentences, as they stand: the yardstick that every engine has to beat on news."""

    name = "lead"

    def select(self, sentences: Sequence[str], count: int, *, language: str, focus: Focus = None) -> list[int]:
        """The first `count` positions; see `Engine.select`."""
        return list(range(min(max(count, 0), len(sentences))))
