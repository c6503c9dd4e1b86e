"""Features of gaps between paragraphs."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizers.segmentation.boundary_features import (
    _OVERLAPS,
    FIRST_PASS,
    SECOND_PASS,
    _find_windows,
    _Measured,
    _Set,
    _write_overlap_columns,
    first_pass_features,
    read_terms,
)
from summarizers.segmentation.boundary_model import boundary_logits, model_for
from summarizers.segmentation.paragraphs import read_paragraphs
from summarizers.text.language import identify_language
from tests.summarizers.golden_stories import BODIES


def test_terms_are_the_same_when_their_words_are_known() -> None:
    text = "Ports of Danvers closed. Ports open. The port of Danvers.\nPORTS said 25 of 25 ports."
    units = read_terms(text, read_paragraphs(text), "en", model_for("en").common)
    assert units.sizes == [4, 3]
    again = read_terms(text, read_paragraphs(text), "en", model_for("en").common)
    assert units.terms.tolist() == again.terms.tolist()


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 60), min_size=2, max_size=40), st.randoms(use_true_random=False))
def test_windows_end_at_boundaries_and_reach_no_farther_than_they_may(sizes: list[int], rng: random.Random) -> None:
    reached = [0]
    for size in sizes:
        reached.append(reached[-1] + size)
    bounds = sorted(rng.sample(range(1, len(sizes)), rng.randint(0, min(3, len(sizes) - 1))))
    windows = _find_windows(reached, bounds)
    left, outer_left, right, outer_right = windows.left, windows.outer_left, windows.right, windows.outer_right
    for gap in range(1, len(sizes)):
        at = gap - 1
        assert gap - 8 <= left[at] < gap < right[at] <= gap + 8
        assert outer_left[at] <= gap - 1
        assert outer_right[at] >= gap + 1
        assert not [bound for bound in bounds if left[at] < bound < gap or gap < bound < right[at]]
        assert not [bound for bound in bounds if outer_left[at] < bound <= gap - 1 and bound != gap - 1]


def test_each_gap_has_a_row_of_features() -> None:
    text = "\n".join(line for body in BODIES for line in body)
    paragraphs = read_paragraphs(text)
    model = model_for(identify_language(text))
    rows = first_pass_features(read_terms(text, paragraphs, "en", model.common))
    assert rows.shape == (len(paragraphs) - 1, len(FIRST_PASS))
    assert SECOND_PASS[: len(FIRST_PASS)] == FIRST_PASS
    assert len(boundary_logits(text, paragraphs, "en", model)) == len(paragraphs) - 1


def test_every_overlap_but_the_title_is_written_from_the_sets() -> None:
    result = np.full((2, len(_OVERLAPS)), np.nan)
    sums = np.ones((len(_Set), 2))
    _write_overlap_columns(_Measured(sums, sums, sums), result)
    missing = [name for name, column in zip(_OVERLAPS, result.T, strict=True) if np.isnan(column).any()]
    assert missing == ["title overlap with left window"]
