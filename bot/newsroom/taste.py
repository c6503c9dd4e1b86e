"""Members' tastes: topics of which they asked for more or less in their own digests.

A press moves a topic by a step, up to three either way. An event's score moves by half a point a step of its topics, by
a point and a half at most: as much as freshness can, so that taste orders the news and hides none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

__all__ = ["MAX_TASTE_POINTS", "Taste", "dump_taste", "load_taste", "moved_taste", "taste_points"]

Taste = Mapping[str, int]
"""Steps by topic slug: above 0 for more, below for less."""

_MOST_STEPS: Final = 3
"""Steps either way: further presses say nothing new."""

_STEP_POINTS: Final = 0.5
"""Points of an event's score for a step: two outweigh a second report by the same source, by judgement."""

MAX_TASTE_POINTS: Final = _MOST_STEPS * _STEP_POINTS
"""Points by which taste moves a score at most: as much as freshness."""


def moved_taste(taste: Taste, topic: str, *, more: bool) -> dict[str, int]:
    """Return a taste with a topic moved by a step; one that is back at 0 is forgotten."""
    steps = taste.get(topic, 0) + (1 if more else -1)
    moved = {**taste, topic: max(-_MOST_STEPS, min(_MOST_STEPS, steps))}
    return {slug: value for slug, value in moved.items() if value}


def taste_points(taste: Taste, topics: Iterable[str]) -> float:
    """Return the points by which a taste moves the score of an event about these topics."""
    points = _STEP_POINTS * sum(taste.get(topic, 0) for topic in topics)
    return max(-MAX_TASTE_POINTS, min(MAX_TASTE_POINTS, points))


def dump_taste(taste: Taste) -> str:
    """Return the text that the store keeps."""
    return json.dumps(dict(taste), sort_keys=True)


def load_taste(text: str | None) -> dict[str, int]:
    """Read what `dump_taste` wrote."""
    return {str(topic): int(steps) for topic, steps in json.loads(text or "{}").items()}
