"""An installed package brings an engine and a format; what is broken in it stops nothing and is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import summarizers
from bot.cli.health import check_installation
from bot.intake.readers import read_parts
from bot.intake.types import Unreadable
from bot.settings import load_settings
from summarizers import plugins

EXAMPLE = Path(__file__).parent / "example_package"
BODY = (
    "It rained. The rain in the mountains lasted for eleven days and nights. Nobody came. The dam held, engineers said."
)


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The example package, found as an installed one is."""
    monkeypatch.syspath_prepend(str(EXAMPLE))
    plugins._loaded.cache_clear()
    yield
    plugins._loaded.cache_clear()


def test_an_engine_of_another_package_is_chosen_by_name() -> None:
    assert "longest" in summarizers.ENGINES
    assert list(summarizers.ENGINES)[-1] == "longest"
    assert load_settings({"GAZETTE_SUMMARY__ENGINE": "longest"}).summary.engine == "longest"
    chosen = summarizers.summarise(BODY, engine="longest", sentences=2)
    assert [each.position for each in chosen] == [1, 3]


def test_a_failing_engine_is_replaced_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    body = "Fail it did. " + BODY
    chosen = summarizers.summarise(body, engine="longest", sentences=2)
    assert chosen == summarizers.summarise(body, engine="newsrank", sentences=2)
    assert "longest failed (ValueError: on purpose)" in caplog.text


def test_a_format_of_another_package_is_read_and_its_failure_rejects_one_file() -> None:
    (part,) = read_parts(b"Rain in Turin STOP Bridges hold STOP", "today.telegram").parts
    assert part.text == "Rain in Turin. Bridges hold."
    with pytest.raises(Unreadable):
        read_parts(b"caf\xc3\xa9 closed STOP", "today.telegram")
    with pytest.raises(Unreadable):
        read_parts(b"Rain", "today.unknown")


async def test_doctor_names_a_broken_extension(tmp_path: Path) -> None:
    settings = load_settings({"GAZETTE_SEEDS": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'new.sqlite3'}"})
    findings = [each async for each in check_installation(settings)]
    (found,) = [each for each in findings if each.what == "extension"]
    assert found.level == "warning"
    assert "broken is left out" in found.says
    assert "broken" not in summarizers.ENGINES
