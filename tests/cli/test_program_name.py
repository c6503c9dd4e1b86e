"""Commands in messages name the program as it was called."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.cli.common import program


@pytest.fixture
def script(tmp_path: Path) -> Path:
    made = tmp_path / "bin" / "gazette"
    made.parent.mkdir()
    made.write_text("#!/bin/sh\n", "utf-8")
    made.chmod(0o755)
    return made


@pytest.mark.parametrize(
    ("called", "printed"),
    [(".venv/bin/gazette", ".venv/bin/gazette"), ("/opt/my bot/gazette", "'/opt/my bot/gazette'")],
)
def test_a_path_is_printed_as_it_was_typed(monkeypatch: pytest.MonkeyPatch, called: str, printed: str) -> None:
    monkeypatch.setattr(sys, "argv", [called, "news"])
    assert program() == printed


def test_a_program_on_the_path_goes_by_its_name(monkeypatch: pytest.MonkeyPatch, script: Path) -> None:
    monkeypatch.setattr(sys, "argv", [str(script), "news"])
    monkeypatch.setenv("PATH", str(script.parent))
    assert program() == "gazette"
    monkeypatch.setenv("PATH", str(script.parent.parent))
    assert program() == str(script)


def test_a_module_is_printed_with_its_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["/somewhere/bot/cli/__main__.py", "news"])
    monkeypatch.setattr(sys, "orig_argv", [".venv/bin/python", "-m", "bot.cli", "news"])
    assert program() == ".venv/bin/python -m bot.cli"
