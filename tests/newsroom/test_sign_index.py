from __future__ import annotations

import numpy as np
import pytest

from bot.newsroom.sign_index import SIGN_BYTES, SignIndex


def signs(seed: int, *, flipped: int = 0) -> bytes:
    """Random signs, of which the first `flipped` differ from those of the same seed."""
    bits = np.random.default_rng(seed).integers(0, 2, SIGN_BYTES * 8, dtype=np.uint8)
    bits[:flipped] ^= 1
    return np.packbits(bits).tobytes()


def test_the_nearest_stories_in_other_languages_are_found() -> None:
    index = SignIndex()
    for story in range(3000):
        index.add(story, "en" if story % 2 else "de", signs(story))
    index.add(9001, "de", signs(77, flipped=20))
    index.add(9002, "fr", signs(77, flipped=60))
    index.add(9003, "en", signs(77))
    assert index.nearest(signs(77), "en", 5)[:2] == [9001, 9002]
    assert 9003 not in index.nearest(signs(77), "en", 3003)


def test_stories_that_mean_something_else_are_not_found() -> None:
    index = SignIndex()
    for story in range(200):
        index.add(story, "de", signs(story))
    assert index.nearest(signs(5000), "en", 10) == []


def test_the_oldest_stories_make_room() -> None:
    index = SignIndex(max_stories=1500)
    for story in range(4000):
        index.add(story, "de", signs(story))
    assert len(index) == 1500
    assert index.nearest(signs(3999), "en", 1) == [3999]
    assert index.nearest(signs(2499), "en", 1) == []


def test_a_story_that_changes_is_found_by_its_new_meaning() -> None:
    index = SignIndex()
    index.add(1, "de", signs(1))
    index.add(1, "de", signs(2))
    assert len(index) == 1
    assert (index.nearest(signs(1), "en", 1), index.nearest(signs(2), "en", 1)) == ([], [1])


@pytest.mark.parametrize("count", [1, 24])
def test_an_empty_index_finds_nothing(count: int) -> None:
    assert SignIndex().nearest(signs(1), "en", count) == []


def test_a_story_without_signs_is_only_known_by_its_language() -> None:
    index = SignIndex()
    index.add(1, "cs", b"")
    index.add(2, "de", signs(2))
    assert index.nearest(signs(2), "en", 5) == [2]
    assert index.nearest(b"", "en", 5) == []
    assert [index.is_foreign(story, "cs") for story in (1, 2, 3)] == [False, True, False]
