"""Of two processes on one database, one takes over when the other dies."""

from __future__ import annotations

import pytest

from bot.store.database import Store
from tests.delivery.crash_runs import run_failover
from tests.double import Discord


@pytest.mark.slow
@pytest.mark.parametrize("seen_dead", [True, False], ids=["seen to be dead", "lease runs out"])
async def test_when_one_of_two_dies_the_other_takes_over(
    database_url: str, store: Store, discord_double: Discord, *, seen_dead: bool
) -> None:
    found = await run_failover(discord_double, store, database_url, channels=40, lease=3, seen_dead=seen_dead)
    assert (found.tally.lost, found.tally.twice) == (0, 0)
    assert found.longest_gap < 30  # the lease and a third of it are 4 s; a busy machine takes longer over everything
