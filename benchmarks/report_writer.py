"""Write the output of measurements into a page of the documentation.

A page has an introduction, a section for each part, and at its end the section `HISTORY`, which is written by hand:
figures that were measured once, for a decision record. A run replaces the parts it measured and keeps everything else.
"""

from __future__ import annotations

import datetime
import os
import platform
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["HISTORY", "Part", "compose", "report"]

ROOT = Path(__file__).parents[1]

HISTORY = "Measured for the decision records"
"""Title of the section that is written by hand and kept by every run."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page: its title, and the module that prints its tables."""

    title: str
    module: str
    arguments: tuple[str, ...] = ()
    note: str = ""


def report(title: str, intro: str, parts: Sequence[Part], target: Path) -> int:
    """Run each part, write what it prints to the page `target`, and return how many failed.

    Arguments of the program name the modules to run; without any, all parts run.
    """
    selected = set(sys.argv[1:])
    page = target.read_text("utf-8") if target.is_file() else ""
    measured: dict[str, str] = {}
    failed = 0
    for part in parts:
        if selected and part.module not in selected:
            continue
        print(f"\n== {part.title}\n", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{part.module}", *part.arguments]
        done = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False, env=os.environ | {"COLUMNS": "110"}
        )
        print(done.stdout, flush=True)
        if done.returncode:
            failed += 1
            print(f"{part.module} failed with exit code {done.returncode}", file=sys.stderr)
            continue
        words = " ".join(["python", "-m", *command[2:]])
        measured[part.title] = (
            f"## {part.title}\n\n{part.note}{chr(10) * 2 if part.note else ''}"
            f"`{words}`, {datetime.datetime.now(datetime.UTC):%Y-%m-%d}:\n\n```\n{done.stdout.strip()}\n```\n"
        )
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    head = f"# {title}\n\n{intro}\n\nMeasured on {machine}.\n\n"
    target.write_text(head + compose(page, measured, [part.title for part in parts]), "utf-8")
    return failed


def compose(page: str, measured: Mapping[str, str], titles: Sequence[str]) -> str:
    """Return the sections of `page` in the order of `titles`, its history last.

    Sections in `measured` are replaced.
    """
    sections = {**_sections(page), **measured}
    return "\n".join(sections[title] for title in [*titles, HISTORY] if title in sections)


def _sections(page: str) -> dict[str, str]:
    """Return the sections of a page by title."""
    parts = re.split(r"^(?=## )", page, flags=re.MULTILINE)
    return {part.splitlines()[0][3:]: part.rstrip() + "\n" for part in parts if part.startswith("## ")}
