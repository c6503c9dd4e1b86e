"""Two bots with the same shards: commands and digests while each is killed and frozen at random.

    python -m benchmarks.two_bots [--commands 200] [--channels 300] [--deeds 2] [--seed 1] [--sqlite]

Starts two real bots over one database against the double of Discord. Members subscribe while the channels' two slots come;
each bot is killed (SIGKILL, started again a second later) or frozen (SIGSTOP for 4 to 18 s) at random moments, never both
at once. Ends with 1 when a command took effect twice, was answered without its effect, or a digest was lost or doubled.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from benchmarks.crash_recovery import database
from bot.store.database import Store
from tests.double import Discord
from tests.e2e.two_bots import TwoBotsResult, run_two_bots


async def measure(commands: int, channels: int, deeds: int, seed: int, *, postgres: bool) -> TwoBotsResult:
    """Run once against a double of its own."""
    with tempfile.TemporaryDirectory(prefix="gazette-two-bots-") as folder:
        async with database(postgres=postgres) as url, Discord() as double, Store.open(url) as store:
            double.gateway.identify_every = 0.0
            double.furnish()
            await store.migrate()
            return await run_two_bots(
                double, store, url, Path(folder), commands=commands, channels=channels, deeds=deeds, seed=seed
            )


def main() -> None:
    """Print what was counted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--commands", type=int, default=200)
    parser.add_argument("--channels", type=int, default=300)
    parser.add_argument("--deeds", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sqlite", action="store_true")
    given = parser.parse_args()
    result = asyncio.run(measure(given.commands, given.channels, given.deeds, given.seed, postgres=not given.sqlite))
    print("SQLite" if given.sqlite else "PostgreSQL", "; ".join(result.deeds))
    print(f"commands  {result.commands}, answered {result.answered}, effects {dict(sorted(result.effects.items()))}")
    print(f"digests   {result.expected}, lost {result.lost}, twice {result.twice}")
    print(f"longest silence within a slot  {result.longest_silence:.1f} s")
    several = sum(count for effects, count in result.effects.items() if effects > 1)
    sys.exit(1 if several or result.answered_without_effect or result.lost or result.twice else 0)


if __name__ == "__main__":
    main()
