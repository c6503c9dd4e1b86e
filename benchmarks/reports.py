"""How do the measurements become a page of the documentation?"""

from __future__ import annotations

import datetime
import os
import platform
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Part", "report"]

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Part:
    """A section: what it is about, and the module that measures it and prints the tables."""

    title: str
    module: str
    arguments: tuple[str, ...] = ()
    note: str = ""


def report(title: str, intro: str, parts: Sequence[Part], target: Path) -> int:
    """Run each part, show what it prints, and write all of it to `target`; how many failed."""
    wanted = set(sys.argv[1:])
    sections = _sections(target)
    failed = 0
    for part in parts:
        if wanted and part.module not in wanted:
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
        sections[part.title] = (
            f"## {part.title}\n\n{part.note}{chr(10) * 2 if part.note else ''}"
            f"`{words}`, {datetime.datetime.now(datetime.UTC):%Y-%m-%d}:\n\n```\n{done.stdout.strip()}\n```\n"
        )
    order = [part.title for part in parts]
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    body = "\n".join(sections[name] for name in order if name in sections)
    target.write_text(f"# {title}\n\n{intro}\n\nMeasured on {machine}.\n\n{body}", "utf-8")
    return failed


def _sections(target: Path) -> dict[str, str]:
    """What stands in the page already, by title: a part that is not run again keeps its figures."""
    if not target.is_file():
        return {}
    found = re.split(r"^(?=## )", target.read_text("utf-8"), flags=re.MULTILINE)
    return {part.splitlines()[0][3:]: part.rstrip() + "\n" for part in found if part.startswith("## ")}
