"""The fixtures of intake and of the double, which most attacks go through."""

from __future__ import annotations

from tests.double.fixtures import connect, discord_double
from tests.intake.conftest import clock, folder, harness, harness_on_both, machine, open_harness, sqlite_store, threads

__all__ = [
    "clock",
    "connect",
    "discord_double",
    "folder",
    "harness",
    "harness_on_both",
    "machine",
    "open_harness",
    "sqlite_store",
    "threads",
]
