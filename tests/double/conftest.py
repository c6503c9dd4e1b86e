"""The double's own tests use its fixtures, whether or not the whole suite loads them as a plugin."""

from __future__ import annotations

from tests.double.fixtures import connect, discord_double

__all__ = ["connect", "discord_double"]
