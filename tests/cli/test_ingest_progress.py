"""The progress of a long `gazette ingest`: a bar for people, a line a minute for logs."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import ingest
from bot.intake.types import ScanProgress


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (
            ScanProgress(3_200, 100_000, 4_160, 80.0),
            "3,200 of 100,000 files · 4,160 stories · 52 a second · 40 min left",
        ),
        (ScanProgress(1, 2, 1, 5.0), "1 of 2 files · 1 story · 0 a second · 5 s left"),
        (ScanProgress(10, 1_000, 100, 60.0), "10 of 1,000 files · 100 stories · 2 a second · 1 h 39 min left"),
        (ScanProgress(40, 40, 40, 2.0), "40 of 40 files · 40 stories · 20 a second"),
        (ScanProgress(0, 40, 0, 0.0), "0 of 40 files · 0 stories · 0 a second"),
    ],
)
def test_progress_names_files_stories_rate_and_time_left(progress: ScanProgress, words: str) -> None:
    assert ingest.describe_progress(progress) == words


def test_without_a_terminal_a_line_a_minute_goes_to_standard_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    moments = iter([0.0, 59.0, 60.0, 61.0, 119.0, 121.0])
    monkeypatch.setattr(ingest, "monotonic", lambda: next(moments))
    notes = ingest.MinuteNotes()
    for done in range(1, 6):
        notes(ScanProgress(done, 10, done, 1.0))
    captured = capsys.readouterr()
    assert captured.out == ""
    assert [line.split(" of ")[0] for line in captured.err.splitlines()] == ["gazette: read 2", "gazette: read 5"]


@pytest.mark.e2e
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_terminal_a_bar_shows_how_far_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for at in range(40):
        (folder / f"{at}.txt").write_text(f"The harbour of town number {at} reopened on Monday, officials said.")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "DATABASE_URL": str(tmp_path / "news.sqlite3"), "TERM": "xterm", "COLUMNS": "120"}
    try:
        with subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "ingest", str(folder)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=theirs,
        ) as process:
            os.close(theirs)
            shown = b""
            while chunk := _read(ours):
                shown += chunk
        assert process.returncode == 0
    finally:
        os.close(ours)
    text = shown.decode()
    assert "of 40 files" in text
    assert "40 files: 40 new" in text


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # the other end is closed
        return b""
