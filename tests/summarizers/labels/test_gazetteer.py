"""The gazetteer's tables: sources, completeness, and when they are read."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from summarizers.labels.country_names import country_names
from summarizers.labels.gazetteer import gazetteer_table

DATA = Path(__file__).parents[3] / "summarizers" / "data"


def test_importing_reads_no_table() -> None:
    script = (
        "import sys; import summarizers.labels.countries, summarizers.labels.country_names;"
        "from summarizers.text.tables import load_table; assert load_table.cache_info().currsize == 0; assert 'babel' not in sys.modules and 'pycountry' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_the_tables_name_their_sources() -> None:
    assert "CLDR" in gazetteer_table()["source"]
    assert "geonames.org" in gazetteer_table()["source"]
    for name in ("territories.toml", "territories_traps.toml", "territories_languages.toml"):
        assert (DATA / name).read_text(encoding="utf-8").startswith("#")


def test_the_table_is_what_the_training_script_makes() -> None:
    pytest.importorskip("geotext", reason="geotext carries GeoNames' cities; it is in the bench group")
    from training.territories import build

    assert json.loads(build()) == gazetteer_table()


def test_toponyms_name_their_sources_and_hold_names_of_known_countries() -> None:
    toponyms = json.loads((DATA / "toponyms.json").read_text(encoding="utf-8"))
    source = toponyms.pop("source")
    assert "CLDR" in source
    assert "geonames.org" in source
    assert set(toponyms) == set(gazetteer_table()["names"]) - {"en"}
    for language, kinds in toponyms.items():
        assert set(kinds) == {"name", "city"}
        for places in kinds.values():
            assert set(places) <= set(country_names("en"))
        assert sum(names.count("|") for names in kinds["city"].values()) > 150, language


def test_every_country_has_its_evidence() -> None:
    evidence = tomllib.loads((DATA / "territories.toml").read_text(encoding="utf-8"))
    assert set(evidence) == set(country_names("en"))
    assert all("name" in kinds for kinds in evidence.values())
