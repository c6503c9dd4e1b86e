from __future__ import annotations

import json
from importlib.resources import files

import pytest

DATA = files("summarizers").joinpath("data")
SECTIONS = json.loads(DATA.joinpath("events.json").read_text("utf-8"))["thresholds"]
SECTIONS["interlingual"] = json.loads(DATA.joinpath("interlingual.json").read_text("utf-8"))["thresholds"]


@pytest.mark.parametrize(("section", "name"), [(section, name) for section in SECTIONS for name in SECTIONS[section]])
def test_every_threshold_states_its_basis_the_run_that_set_it_and_what_it_limits(section: str, name: str) -> None:
    entry = SECTIONS[section][name]
    assert isinstance(entry["value"], float)
    assert entry["basis"] in {"fitted", "by judgement"}
    assert entry["run"]
    assert len(entry["limits"]) > 20
