"""The fit of the boundary model: repeatable, and comparable with the shipped file."""

from __future__ import annotations

import json

import pytest


def test_verification_reports_what_differs_from_the_shipped_weights(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is in the bench group")
    from training.boundaries import SOURCE, TABLE, verified

    shipped = TABLE.read_text("utf-8")
    assert json.loads(shipped)["source"] == SOURCE
    assert verified(shipped, shipped)
    other = json.loads(shipped)
    other["models"]["any"]["second"]["start"] += 1
    assert not verified(shipped, json.dumps(other))
    assert "any: differs in second" in capsys.readouterr().out


def test_words_of_equal_frequency_are_ranked_in_a_fixed_order() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is in the bench group")
    from training.boundaries import common_words
    from training.concatenations import Report

    reports = [Report(str(n), f"source {n % 4}", None, ("zebra apple mango kiwi",)) for n in range(40)]
    assert list(common_words(reports)) == ["apple", "kiwi", "mango", "zebra"]
