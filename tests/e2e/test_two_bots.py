"""Two bots with the same shards, each killed or frozen, serve every command and every digest once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.database import Store
from tests.double import Discord
from tests.double.fixtures import discord_double

from .two_bots import run_two_bots

__all__ = ["discord_double"]

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.mark.timeout(500)
async def test_commands_and_digests_of_two_bots_come_once(
    database_url: str, store: Store, discord_double: Discord, tmp_path: Path
) -> None:
    result = await run_two_bots(
        discord_double, store, database_url, tmp_path, commands=40, channels=40, deeds=1, seed=7
    )
    assert (result.lost, result.twice, result.expected) == (0, 0, 80), result
    assert result.effects[0] + result.effects[1] == 40, result
    assert result.answered_without_effect == 0, result
    assert result.effects[1] == result.answered, result
