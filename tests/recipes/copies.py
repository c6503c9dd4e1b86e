"""A copy of the repository to change, as a contributor would."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

_LEFT_OUT = {".git", ".venv", "build", "var", "__pycache__"}


@dataclass(frozen=True)
class Checkout:
    """A copy of the repository in `folder`; `changed` are the files that were touched, as paths below it."""

    folder: Path
    changed: set[str]

    def edit(self, path: str, pattern: str, replacement: str) -> None:
        """Replace the one match of a regular expression. Fails where the recipe no longer fits the file."""
        file = self.folder / path
        text, count = re.subn(pattern, lambda _: replacement, file.read_text("utf-8"), flags=re.MULTILINE)
        assert count == 1, f"{pattern!r} is found {count} times in {path}"
        file.write_text(text, "utf-8")
        self.changed.add(path)

    def insert_after(self, path: str, pattern: str, text: str) -> None:
        """Insert `text` behind the first match of a regular expression."""
        file = self.folder / path
        before = file.read_text("utf-8")
        match = re.search(pattern, before, flags=re.MULTILINE)
        assert match, f"{pattern!r} is not found in {path}"
        file.write_text(before[: match.end()] + text + before[match.end() :], "utf-8")
        self.changed.add(path)

    def append(self, path: str, text: str) -> None:
        """Add text to the end of a file."""
        file = self.folder / path
        file.write_text(file.read_text("utf-8") + text, "utf-8")
        self.changed.add(path)

    def write(self, path: str, text: str) -> None:
        """Write a new file."""
        assert not (self.folder / path).exists(), path
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, "utf-8")
        self.changed.add(path)

    def run(self, *arguments: str, stdin: str = "", expect: int = 0) -> str:
        """Run `python` with these arguments in the copy; its standard output. Fails unless it ends with `expect`."""
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("GAZETTE_", "COV_"))},
            "DATABASE_URL": f"sqlite:///{self.folder / 'recipe.sqlite3'}",
            "PYTHONPATH": str(self.folder),
        }
        done = subprocess.run(
            [sys.executable, *arguments], cwd=self.folder, env=environment, input=stdin, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == expect, f"{' '.join(arguments)}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
        return done.stdout

    def test(self, *paths: str) -> None:
        """Run tests of the copy."""
        self.run(
            "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly", "-m", "not postgres", *paths
        )


def check_out(folder: Path) -> Checkout:
    """Copy the repository into `folder`, without what git ignores."""
    shutil.copytree(ROOT, folder, ignore=lambda _, names: [name for name in names if name in _LEFT_OUT])
    return Checkout(folder, set())
