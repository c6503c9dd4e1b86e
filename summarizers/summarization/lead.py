"""The lead as a summary: the first sentences, the baseline on news."""

from __future__ import annotations

from collections.abc import Sequence

from summarizers.summarization.engine import Focus

__all__ = ["LEAD"]


class _Lead:
    """Takes the first sentences."""

    name = "lead"

    def select(self, sentences: Sequence[str], count: int, *, language: str, focus: Focus = None) -> list[int]:
        """Return the first `count` positions; see `Engine.select`."""
        return list(range(min(max(count, 0), len(sentences))))


LEAD = _Lead()
