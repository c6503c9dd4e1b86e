"""Evaluation of shipped models: the same as their definition, and loud about a table that doesn't fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import summarizers
from summarizers.models import LEAF, LinearModel, Tree, TreeEnsemble, logistic

DATA = Path(summarizers.__file__).parent / "data"

# value <= 1 ? 10 : (second <= 2 ? 20 : 30)
TREE = Tree(
    feature=(0, LEAF, 1, LEAF, LEAF), value=(1.0, 10.0, 2.0, 20.0, 30.0), left=(1, 0, 3, 0, 0), right=(2, 0, 4, 0, 0)
)


@pytest.mark.parametrize(("row", "leaf"), [((1.0, 9.0), 10.0), ((1.1, 2.0), 20.0), ((1.1, 2.1), 30.0)])
def test_a_row_up_to_the_threshold_goes_left(row: tuple[float, float], leaf: float) -> None:
    assert TREE.leaf(row) == leaf


def test_leaves_add_up_exactly_in_any_order() -> None:
    constant = [Tree((LEAF,), (value,), (0,), (0,)) for value in (0.1, 0.2, 0.3, 1e9, -1e9)]
    assert TreeEnsemble(0.0, tuple(constant)).logit(()) == TreeEnsemble(0.0, tuple(reversed(constant))).logit(())


def test_weights_are_put_in_the_order_of_the_features() -> None:
    model = LinearModel.from_table(1.0, {"b": 20.0, "a": 3.0}, ("a", "b"))
    assert model.logit((1.0, 0.5)) == 14.0


@pytest.mark.parametrize("weights", [{"a": 1.0}, {"a": 1.0, "b": 1.0, "c": 1.0}])
def test_weights_of_other_features_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="differ in"):
        LinearModel.from_table(0.0, weights, ("a", "b"))


def test_trees_of_other_features_are_refused() -> None:
    with pytest.raises(ValueError, match="other features"):
        TreeEnsemble.from_table(0.0, [], ("a", "b"), ("b", "a"))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_probability_is_within_0_and_1_for_any_logit(logit: float) -> None:
    assert 0.0 < logistic(logit) <= 1.0


@pytest.mark.parametrize(
    "name", [path.name for path in DATA.glob("*.json") if '"thresholds"' in path.read_text("utf-8")]
)
def test_every_threshold_says_what_it_limits_and_how_it_was_set(name: str) -> None:
    table = json.loads((DATA / name).read_text("utf-8"))["thresholds"]
    entries = [entry for value in table.values() for entry in ([value] if "value" in value else value.values())]
    assert entries
    for entry in entries:
        assert entry["basis"] in {"fitted", "by judgement"}
        assert entry["run"]
        assert entry["limits"]
