"""Attempt: stop the commands that read rows or files with one of them that takes for ever, or isn't what it should be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[bytes]]

GOOD = "The council of Oslo voted on Monday to build a bridge over the river. It opens in May."
ENDLESS = "a\n" * 2_000_000
"""A text of more lines than can be split within the deadline below, on any machine."""

DEADLINE = {"GAZETTE_INTAKE__PARSE_SECONDS": "6", "GAZETTE_INTAKE__PARSE_SECONDS_PER_MEGABYTE": "0"}
REASON = "takes longer than 6 seconds"


@pytest.fixture
def gazette(tmp_path: Path) -> Run:
    """Run a command with a folder, a database and a short deadline of its own."""
    (tmp_path / "seeds").mkdir()
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("GAZETTE_", "DISCORD_", "DATABASE_"))}
    own = {"GAZETTE_SEEDS": str(tmp_path / "seeds"), "DATABASE_URL": f"sqlite:///{tmp_path / 'gazette.sqlite3'}"}

    def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "bot.cli", *arguments],
            input=stdin.encode(),
            capture_output=True,
            env=kept | own | DEADLINE,
            cwd=tmp_path,
            check=False,
        )

    return run


def _rows(*texts: str) -> str:
    return "\n".join(json.dumps({"id": number, "text": text}) for number, text in enumerate(texts))


def test_a_hanging_row_costs_that_row(gazette: Run) -> None:
    done = gazette("analyze", "-", "--jsonl", stdin=_rows(GOOD, ENDLESS, GOOD))
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert (done.returncode, second["id"], second["stories"]) == (1, 1, [])
    assert REASON in second["error"]
    assert first["stories"] == third["stories"] != []


def test_a_hanging_row_among_many_costs_that_row(gazette: Run) -> None:
    done = gazette("analyze", "-", "--jsonl", "--workers", "2", stdin=_rows(*[GOOD] * 70, ENDLESS, *[GOOD] * 30))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in answers] == list(range(101))
    assert [row["id"] for row in answers if "error" in row] == [70]


def test_a_hanging_file_costs_that_file(gazette: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text(ENDLESS)
    (tmp_path / "good.txt").write_text(GOOD)
    done = gazette("analyze", "bad.txt", "good.txt", "--json")
    assert done.returncode == 1
    assert [document["path"] for document in json.loads(done.stdout)["documents"]] == ["good.txt"]
    assert f"bad.txt: {REASON}" in done.stderr.decode()


@pytest.mark.parametrize("flags", [[], ["--as-they-come"]])
def test_a_bad_row_costs_that_row_in_groups(gazette: Run, flags: list[str]) -> None:
    rows = [
        json.dumps({"id": 1, "text": GOOD}),
        '{"id": 2, "text": ',
        json.dumps({"text": GOOD}),
        "[" * 100_000,
        f'{{"id": 5, "text": "{GOOD}", "published": {"9" * 6000}}}',
        "",
        json.dumps({"id": 6, "text": GOOD}),
    ]
    done = gazette("group", "-", *flags, stdin="\n".join(rows))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["id"], row["event"]) for row in answers] == [
        (1, "1"),
        (None, None),
        (None, None),
        (None, None),
        (5, "1"),
        (6, "1"),
    ]
    assert (done.returncode, b"3 rows could not be read" in done.stderr) == (1, True)


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999", "9" * 6000])
def test_a_number_that_json_lacks_is_not_printed(gazette: Run, number: str) -> None:
    done = gazette("analyze", "-", "--jsonl", stdin=f'{{"id": {number}, "text": "{GOOD}"}}')

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    assert json.loads(done.stdout, parse_constant=refuse)["id"] is None
    assert done.returncode == 0


def test_a_row_longer_than_any_file_may_be_is_not_read(gazette: Run, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(f'{{"id": 1, "text": "{"a" * 20_000_001}"}}\n' + _rows(GOOD))
    done = gazette("analyze", "rows.jsonl", "--jsonl")
    first, second = map(json.loads, done.stdout.splitlines())
    assert "line 1: is too long" in first["error"]
    assert second["stories"]


def test_a_hanging_story_of_an_import_costs_that_story(gazette: Run, tmp_path: Path) -> None:
    rows = [{"kind": "story", "title": name, "text": text} for name, text in (("Bad", ENDLESS), ("Good", GOOD))]
    (tmp_path / "all.jsonl").write_text("\n".join(map(json.dumps, rows)))
    done = gazette("import", "all.jsonl", "--json")
    assert (done.returncode, json.loads(done.stdout)["stories"]) == (1, 1)
    assert f"Bad {REASON}" in done.stderr.decode()
