"""Processor time of short commands, compared with importing the libraries that they are written with.

    python -m benchmarks.startup [--rounds 10]

Commands and imports alternate, each as a process of its own; the best of all rounds counts, since other programs only
ever add time.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]

IMPORTS = "import sqlalchemy, typer, pydantic"

TARGETS: Mapping[tuple[str, ...], float] = {("--version",): 1.0, ("--help",): 1.0, ("news",): 2.0}
"""The commands, and the most that each may take of the imports' time."""


def processor_seconds(command: Sequence[str], environ: Mapping[str, str]) -> float:
    """Run a command and return its user and system time. Raises CalledProcessError if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    gazette = (sys.executable, "-m", "bot.cli")
    imports, commands = [], {command: list[float]() for command in TARGETS}
    with tempfile.TemporaryDirectory() as folder:
        environ = os.environ | {"DATABASE_URL": f"sqlite:///{folder}/gazette.sqlite3"}
        processor_seconds((*gazette, "ingest"), environ)
        for _ in range(options.rounds):
            for command, seconds in commands.items():
                imports.append(processor_seconds((sys.executable, "-c", IMPORTS), environ))
                seconds.append(processor_seconds((*gazette, *command), environ))
    table = Table(title=f"processor time, best of {options.rounds} runs")
    for heading in ("process", "ms", "ratio", "target"):
        table.add_column(heading, justify="left" if heading == "process" else "right")
    table.add_row(IMPORTS, f"{min(imports) * 1000:.0f}", "1.00×", "")
    for command, seconds in commands.items():
        ratio = f"{min(seconds) / min(imports):.2f}×"
        table.add_row(f"gazette {' '.join(command)}", f"{min(seconds) * 1000:.0f}", ratio, f"{TARGETS[command]:.1f}×")
    Console().print(table)


if __name__ == "__main__":
    main()
