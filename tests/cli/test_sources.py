"""`gazette sources` in a terminal: what it prints, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FEED = "https://feeds.example/rss"


class Terminal:
    """Runs `gazette` over a database of its own."""

    def __init__(self, folder: Path) -> None:
        self._environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder / 'gazette.sqlite3'}",
            "GAZETTE_SEEDS": str(folder),
            "GAZETTE_CONFIG": "",
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bot.cli", *arguments]
        return subprocess.run(command, env=self._environment, capture_output=True, text=True, timeout=120, check=False)

    def json(self, *arguments: str) -> Any:
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


def test_a_source_is_added_changed_paused_listed_and_removed(terminal: Terminal) -> None:
    added = terminal.json("sources", "add", f"{FEED}?token=abc12345678", "--unchecked", "--title", "Post")
    assert (added["id"], added["scope"], added["state"]) == (1, "all", "new")
    assert "abc12345678" not in json.dumps(added)
    own = terminal.json("sources", "add", f"{FEED}2", "--unchecked", "--server", "77", "--timezone", "asia/taipei")
    assert (own["scope"], own["timezone"]) == ("77", "Asia/Taipei")
    assert terminal.json("sources", "change", "Post", "--interval", "30")["interval"] == 30
    assert terminal.json("sources", "pause", "1")["state"] == "paused"
    listed = terminal.json("sources", "list")["sources"]
    assert [(each["id"], each["state"]) for each in listed] == [(1, "paused"), (2, "new")]
    assert terminal.json("sources", "resume", "1")["state"] == "new"
    assert terminal.json("sources", "remove", "2")["id"] == 2
    assert "Post" in terminal.run("sources", "list").stdout
    assert terminal.json("stats")["feeds"] == {"new": 1}


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("sources", "add", "ftp://h.example/", "--unchecked"), 2, "ftp://h.example/"),
        (("sources", "add", "no address", "--unchecked"), 2, "no "),
        (("sources", "test", "http://"), 2, "has no host"),
        (("sources", "remove", "9"), 1, "there is no source 9"),
        (("sources", "change", "9"), 2, "name what to change"),
        (("sources", "import", "missing.opml"), 2, "missing.opml"),
        (("sources", "add", FEED, "--unchecked", "--timezone", "Mars/Base"), 2, "Mars/Base"),
    ],
)
def test_what_cant_be_done_is_said_in_one_line(
    terminal: Terminal, arguments: tuple[str, ...], code: int, says: str
) -> None:
    done = terminal.run(*arguments)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_lists_of_feeds_go_in_and_out(terminal: Terminal, tmp_path: Path) -> None:
    given, written = tmp_path / "in.opml", tmp_path / "out.opml"
    given.write_text(f'<opml><body><outline text="Post" xmlUrl="{FEED}"/><outline xmlUrl="x"/></body></opml>')
    report = terminal.json("sources", "import", str(given))
    assert (report["added"], report["known"], len(report["refused"])) == (1, 0, 1)
    assert terminal.json("sources", "export", str(written)) == {"path": str(written), "sources": 1}
    assert FEED in written.read_text()
    assert terminal.run("sources", "export", str(written)).returncode == 2
