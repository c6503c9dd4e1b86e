"""Commands in messages name the program as it was called."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.cli.common import as_called, program
from bot.cli.lazy_group import COMMAND_NAMES


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


@pytest.mark.parametrize("called", [".venv/bin/gazette", "/opt/my bot/gazette"])
def test_each_command_of_a_message_is_printed_so(monkeypatch: pytest.MonkeyPatch, called: str) -> None:
    monkeypatch.setattr(sys, "argv", [called, "doctor"])
    for name in COMMAND_NAMES:
        printed = as_called(f"run `gazette {name}`, or gazette {name} --help")
        assert printed == f"run `{program()} {name}`, or {program()} {name} --help"
        assert as_called(printed) == printed


@pytest.mark.parametrize(
    "text",
    ["gazette: no stories yet", "this version of gazette where the workers run", "gazette runs", "my-gazette run"],
)
def test_the_name_alone_stays(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "argv", ["bin/gazette"])
    assert as_called(text) == text


def test_another_program_prints_the_usual_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["/usr/bin/pytest"])
    assert as_called("run gazette ingest") == "run gazette ingest"
