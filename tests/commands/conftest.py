"""Commands over SQLite and PostgreSQL with a week's news, and people who ask."""

from __future__ import annotations

import pytest

from bot.commands import Asker, CommandRegistry
from bot.services import Services
from tests.services.conftest import clock, quick_services, services

__all__ = ["clock", "quick_services", "services"]


@pytest.fixture
def commands(services: Services) -> CommandRegistry:
    """All commands."""
    return CommandRegistry(services)


@pytest.fixture
def quick_commands(quick_services: Services) -> CommandRegistry:
    """The same over SQLite alone."""
    return CommandRegistry(quick_services)


@pytest.fixture
def member() -> Asker:
    """Somebody in a server, without rights."""
    return Asker(member_id=5, guild_id=7, channel_id=70)


@pytest.fixture
def manager() -> Asker:
    """Somebody who manages the same server."""
    return Asker(member_id=6, guild_id=7, channel_id=70, manager=True)
