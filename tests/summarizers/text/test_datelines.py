"""Datelines: recognised in many agencies' styles, and not where a dash only looks like one."""

from __future__ import annotations

import pytest

from summarizers.text.datelines import find_dateline


@pytest.mark.parametrize(
    ("line", "dateline", "rest"),
    [
        ("TOKYO, March 3 (Reuters) - The bank", "TOKYO, March 3 (Reuters)", "The bank"),
        ("PARIS — The bank", "PARIS", "The bank"),
        ("(CNN) -- A bank", "(CNN)", "A bank"),
        ("Berlin (dpa) - Die Bank", "Berlin (dpa)", "Die Bank"),
        ("Madrid, 3 mar (EFE).- El banco", "Madrid, 3 mar (EFE)", "El banco"),
        ("МОСКВА, 3 марта. /ТАСС/. Банк", "МОСКВА, 3 марта. /ТАСС/.", "Банк"),
        ("新华社北京3月3日电 银行", "新华社北京3月3日电", "银行"),
        ("Washington, D.C. – The bank", "Washington, D.C.", "The bank"),
    ],
)
def test_a_dateline_is_separated_from_the_body(line: str, dateline: str, rest: str) -> None:
    found = find_dateline(line)
    assert found is not None
    assert (found.text, line[found.body :]) == (dateline, rest)


@pytest.mark.parametrize(
    "line", ["Jean-Pierre - a man", "Ann said - no", "The bank, May 3, fell", "well - PARIS - yes"]
)
def test_a_dash_alone_makes_no_dateline(line: str) -> None:
    assert find_dateline(line) is None
