"""Short commands import only what they need; `benchmarks/startup.py` measures the time that this saves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

REPORTING_MODULES = """
import atexit, sys
from bot.cli import main
atexit.register(lambda: sys.stderr.write("\\n" + " ".join(sys.modules)))
main()
"""
"""The program, with the names of all imported modules as its last line on standard error."""

NEVER = {
    "alembic",
    "apscheduler",
    "babel.messages",
    "bot.cogs",
    "bot.commands",
    "bot.delivery",
    "bot.intake",
    "bot.newsroom.clustering",
    "bot.newsroom.ranking",
    "bot.services.autocomplete",
    "bot.services.digests",
    "bot.store.documents",
    "bot.store.stories",
    "discord",
    "numpy",
    "prometheus_client",
    "rapidfuzz",
    "sqlalchemy.dialects.postgresql",
    "summarizers.analysis",
    "summarizers.events",
    "summarizers.segmentation",
    "sumy",
    "trafilatura",
}
"""Modules that no short command needs."""

NEVER_FOR_HELP = NEVER | {"aiosqlite", "bot.app", "bot.store", "pydantic.main", "sqlalchemy", "structlog"}
NEVER_FOR_VERSION = NEVER_FOR_HELP | {"bot.cli.query", "bot.newsroom", "rich.console", "summarizers"}


def imported_by(folder: Path, *arguments: str) -> set[str]:
    """Run a command, check that it succeeds, and return the names of all modules that it imported."""
    done = subprocess.run(
        [sys.executable, "-c", REPORTING_MODULES, *arguments],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{folder}/gazette.sqlite3"},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("arguments", "never", "needed"),
    [
        (("--version",), NEVER_FOR_VERSION, "typer"),
        (("--help",), NEVER_FOR_HELP, "bot.cli.subscriptions"),
        (("news",), NEVER, "bot.services.news"),
    ],
    ids=["version", "help", "news"],
)
def test_short_command_imports_only_what_it_needs(
    tmp_path: Path, arguments: tuple[str, ...], never: set[str], needed: str
) -> None:
    imported_by(tmp_path, "migrate")  # the first command on a new database runs Alembic
    imported = imported_by(tmp_path, *arguments)
    assert needed in imported
    assert imported & never == set()
