"""The commands over each kind of database, with a week's news, and people who ask."""

from __future__ import annotations

import pytest

from bot.commands import Asker, Commands
from bot.services import Desk
from tests.services.conftest import clock, desk, quick_desk

__all__ = ["clock", "desk", "quick_desk"]


@pytest.fixture
def commands(desk: Desk) -> Commands:
    """All commands."""
    return Commands(desk)


@pytest.fixture
def quick_commands(quick_desk: Desk) -> Commands:
    """The same over SQLite alone."""
    return Commands(quick_desk)


@pytest.fixture
def member() -> Asker:
    """Somebody in a server, without rights."""
    return Asker(member_id=5, guild_id=7, channel_id=70)


@pytest.fixture
def manager() -> Asker:
    """Somebody who manages the same server."""
    return Asker(member_id=6, guild_id=7, channel_id=70, manager=True)
