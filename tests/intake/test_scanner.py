"""Paths under which files are stored, wherever they are and however they are reached."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.intake.scanner import SeedPaths, is_feed_item, is_ignored


def test_a_file_in_the_folder_is_stored_under_its_relative_path(tmp_path: Path) -> None:
    tree = SeedPaths(tmp_path / "seeds")
    assert tree.stored_path(tmp_path / "seeds" / "2026" / "a.txt") == "2026/a.txt"
    assert tree.stored_path(tmp_path / "seeds" / "x" / ".." / "a.txt") == "a.txt"
    assert tree.stored_path(tmp_path / "seeds") == ""
    assert tree.stored_path(tmp_path / "seeds-more" / "a.txt") == f"{tmp_path}/seeds-more/a.txt"


def test_a_folder_reached_through_a_link_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "real" / "seeds").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for root in (tmp_path / "real" / "seeds", tmp_path / "link" / "seeds"):
        for way in ("real", "link"):
            assert SeedPaths(root).stored_path(tmp_path / way / "seeds" / "a.txt") == "a.txt"
            assert SeedPaths(root).stored_path(tmp_path / way / "seeds") == ""
    monkeypatch.chdir(tmp_path / "link")
    assert SeedPaths(Path("seeds")).stored_path(Path("seeds/a.txt")) == "a.txt"


def test_stored_paths_lead_back_to_their_files(tmp_path: Path) -> None:
    tree = SeedPaths(tmp_path / "seeds")
    for place in (
        tmp_path / "seeds" / "a" / "b.txt",
        tmp_path / "other" / "b.txt",
        tmp_path / os.fsdecode(b"\xff.txt"),
    ):
        assert tree.file_path(tree.stored_path(place)) == os.fspath(place)


def test_paths_inside_the_folder_are_recognised() -> None:
    assert SeedPaths.is_inside("a.txt")
    assert SeedPaths.is_inside("feed:a/b.txt")
    assert not SeedPaths.is_inside("/elsewhere/a.txt")
    assert not SeedPaths.is_inside("C:/news/a.txt")
    assert not SeedPaths.is_inside("feed:https://x.example/feed#1")
    assert is_feed_item("feed:https://x.example/feed")


@pytest.mark.parametrize("name", [".a.txt", "a.txt~", ".a.swp", "a.PART", "#a#", "~$a.docx", "Desktop.ini", "4913"])
def test_temporary_and_hidden_names_are_ignored(name: str) -> None:
    assert is_ignored(name)
    assert not is_ignored("a.txt")
