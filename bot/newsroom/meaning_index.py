"""Stories by what they mean: the nearest ones to a vector, by the signs of their own.

A story is kept as the signs of its embedding, 64 bytes; the query keeps its numbers (asymmetric distance: Dong, Charikar
and Li, Asymmetric Distance Estimation with Sketches, SIGIR 2008). The signs in which the two differ are counted for all
stories, and the cosine is estimated for the nearest.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import pi, sqrt

import numpy as np
from numpy.typing import NDArray

from bot.newsroom.sign_index import SIGN_BYTES

__all__ = ["MAX_STORIES", "MeaningIndex"]

MAX_STORIES = 1_000_000
"""Newest stories that are kept: 72 MB."""

_WORDS = SIGN_BYTES // 8
"""Words of 64 bits in a story's signs."""

_FIRST_STORIES = 1024
"""Stories for which there is room at first."""

_PORTION = 65_536
"""Stories compared at once, so that the intermediate results stay at 4 MB."""

_ESTIMATED = 512
"""Stories nearest by their signs whose cosine is estimated."""

_SIGN_LENGTH = sqrt(2 / pi)
"""What the cosine with a vector's signs is of the cosine with the vector itself, on average."""


class MeaningIndex:
    """Signs of stories in the order of their ids."""

    def __init__(self, max_stories: int = MAX_STORIES) -> None:
        self._max_stories = max_stories
        self._ids: NDArray[np.int64] = np.zeros(_FIRST_STORIES, np.int64)
        self._signs: NDArray[np.uint64] = np.zeros((_FIRST_STORIES, _WORDS), np.uint64)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def last_id(self) -> int:
        """The highest id; 0 for an empty index."""
        return int(self._ids[self._count - 1]) if self._count else 0

    def add(self, rows: Sequence[tuple[int, bytes]]) -> None:
        """Add stories in the order of their ids, in place of the oldest.

        Those that are there get new signs.
        """
        if not rows:
            return
        ids = np.array([story_id for story_id, _ in rows], np.int64)
        signs = np.frombuffer(b"".join(each for _, each in rows), np.uint64).reshape(len(rows), _WORDS)
        start = int(np.searchsorted(self._ids[: self._count], ids[0]))
        kept = ~np.isin(self._ids[start : self._count], ids)
        if kept.any():
            ids = np.concatenate([self._ids[start : self._count][kept], ids])
            signs = np.concatenate([self._signs[start : self._count][kept], signs])
            order = np.argsort(ids)
            ids, signs = ids[order], signs[order]
        ids, signs = ids[-self._max_stories :], signs[-self._max_stories :]
        dropped = max(0, start + len(ids) - self._max_stories)
        if dropped:
            self._ids[: start - dropped] = self._ids[dropped:start]
            self._signs[: start - dropped] = self._signs[dropped:start]
            start -= dropped
        self._make_room(start + len(ids))
        self._ids[start : start + len(ids)] = ids
        self._signs[start : start + len(ids)] = signs
        self._count = start + len(ids)

    def _make_room(self, count: int) -> None:
        if count > len(self._ids):
            room = max(count, min(2 * len(self._ids), self._max_stories)) - len(self._ids)
            self._ids = np.concatenate([self._ids, np.zeros(room, np.int64)])
            self._signs = np.concatenate([self._signs, np.zeros((room, _WORDS), np.uint64)])

    def nearest(self, vector: NDArray[np.float32], *, least: float, limit: int) -> list[int]:
        """Return the ids of the stories nearest to a unit vector, best first.

        At most `limit`, with a cosine of at least `least`.
        """
        if not self._count:
            return []
        asked = np.packbits(vector > 0).view(np.uint64)
        distances = np.empty(self._count, np.uint16)
        for start in range(0, self._count, _PORTION):
            end = min(start + _PORTION, self._count)
            differing = np.bitwise_count(self._signs[start:end] ^ asked)
            np.sum(differing, axis=1, dtype=np.uint16, out=distances[start:end])
        most = min(_ESTIMATED, self._count)
        near = np.argpartition(distances, most - 1)[:most]
        signs = np.unpackbits(self._signs[near].view(np.uint8), axis=1).astype(np.float32) * 2 - 1
        cosines = signs @ vector / (sqrt(signs.shape[1]) * _SIGN_LENGTH)
        # the later of two equally near stories comes first
        order = np.lexsort((-self._ids[near], -cosines))[:limit]
        return [int(self._ids[near[place]]) for place in order if cosines[place] >= least]
