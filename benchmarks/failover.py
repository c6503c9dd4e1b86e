"""Failover: the rate of two processes on one database, and the silence when one dies.

    python -m benchmarks.failover [--channels 400] [--lease 15]

On PostgreSQL both work; on SQLite one does and the other stands by. One is killed (SIGKILL) when a third is done. In one
run the other can see that it is dead (same host), in another it has to wait until the lease expires.
"""

from __future__ import annotations

import argparse
import asyncio
import sys

from benchmarks.crash_recovery import database
from bot.store.database import Store
from tests.delivery.crash_runs import FailoverResult, run_failover
from tests.double import Discord


async def measure(channels: int, lease: float, *, postgres: bool, seen_dead: bool) -> FailoverResult:
    """Run once against a double of its own."""
    async with database(postgres=postgres) as url, Discord() as double, Store.open(url) as store:
        double.gateway.identify_every = 0.0
        double.furnish()
        await store.migrate()
        return await run_failover(double, store, url, channels=channels, lease=lease, seen_dead=seen_dead)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--channels", type=int, default=400)
    parser.add_argument("--lease", type=float, default=15)
    given = parser.parse_args()
    bad = False
    print(
        "| database | the dead one | deliveries a second | longest silence (s) | lost | twice |\n|---|---|---|---|---|---|"
    )
    for postgres in (False, True):
        for seen_dead in (True, False):
            result = asyncio.run(measure(given.channels, given.lease, postgres=postgres, seen_dead=seen_dead))
            where = "PostgreSQL" if postgres else "SQLite"
            how = "is seen to be dead" if seen_dead else f"holds a lease of {given.lease:.0f} s"
            tally = result.tally
            print(
                f"| {where} | {how} | {result.per_second:.0f} | {result.longest_gap:.1f} | {tally.lost} | {tally.twice} |",
                flush=True,
            )
            bad |= bool(tally.lost or tally.twice)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
