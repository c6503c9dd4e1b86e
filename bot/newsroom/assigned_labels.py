"""Labels assigned to a story: which of its scored topics count."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["assigned_topics"]

_CERTAIN = 0.5
"""Score from which every topic counts: by then the model is right more often than not."""

_BEST = 0.25
"""Score from which the best topic counts alone; below it the model is guessing."""


def assigned_topics(scores: Iterable[tuple[str, float]]) -> frozenset[str]:
    """Return the topics assigned to a story: those of 0.5 or more, else the best one from 0.25."""
    ranked = sorted(scores, key=lambda item: (-item[1], item[0]))
    certain = {slug for slug, score in ranked if score >= _CERTAIN}
    if ranked and ranked[0][1] >= _BEST:
        certain.add(ranked[0][0])
    return frozenset(certain)
