"""Towns for the tests of what Discord shows."""

from __future__ import annotations

from tests.double.fixtures import connect, discord_town

__all__ = ["connect", "discord_town"]
