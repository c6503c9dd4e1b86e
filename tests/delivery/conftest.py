"""Delivery's tests run the real discord.py against the double."""

from __future__ import annotations

from tests.double.fixtures import connect, discord_double

__all__ = ["connect", "discord_double"]
