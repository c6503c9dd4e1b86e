"""Nearest stories by the signs of their embeddings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bot.newsroom.meaning_index import MeaningIndex

RANDOM = np.random.default_rng(7)


def unit(vector: NDArray[np.float64]) -> NDArray[np.float32]:
    """The vector with length 1."""
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def signs(vector: NDArray[np.float32]) -> bytes:
    """Signs as the store has them."""
    return np.packbits(vector > 0).tobytes()


def test_the_nearest_come_first_and_far_ones_not_at_all() -> None:
    asked = unit(RANDOM.normal(size=512))
    index = MeaningIndex()
    near = {
        story: unit(asked + share * unit(RANDOM.normal(size=512))) for story, share in ((3, 0.4), (5, 0.9), (9, 1.6))
    }
    far = {story: unit(RANDOM.normal(size=512)) for story in range(10, 200)}
    index.add([(story, signs(vector)) for story, vector in sorted((near | far).items())])
    assert index.nearest(asked, least=0.3, limit=10) == [3, 5, 9]
    assert index.nearest(asked, least=0.3, limit=2) == [3, 5]
    assert index.nearest(asked, least=-1, limit=300)[:3] == [3, 5, 9]


def test_stories_that_come_again_get_new_signs_and_late_ones_their_place() -> None:
    asked, other = unit(RANDOM.normal(size=512)), unit(RANDOM.normal(size=512))
    index = MeaningIndex()
    index.add([(1, signs(other)), (4, signs(other)), (6, signs(other))])
    index.add([(4, signs(asked)), (5, signs(asked)), (7, signs(other))])
    assert (len(index), index.last_id) == (5, 7)
    assert index.nearest(asked, least=0.5, limit=10) == [5, 4], "the later one of two equals first"


def test_the_oldest_give_way() -> None:
    asked, other = unit(RANDOM.normal(size=512)), unit(RANDOM.normal(size=512))
    index = MeaningIndex(max_stories=3000)
    for start in range(1, 5001, 1250):
        index.add(
            [(story, signs(asked if story in (1, 2000, 2001, 5000) else other)) for story in range(start, start + 1250)]
        )
    assert (len(index), index.last_id) == (3000, 5000)
    assert index.nearest(asked, least=0.5, limit=9) == [5000, 2001]


def test_an_empty_index_finds_nothing() -> None:
    assert MeaningIndex().nearest(unit(RANDOM.normal(size=512)), least=-1, limit=5) == []
