"""What becomes of digests when something goes wrong while they go out?

    python -m benchmarks.fault_injection

Lets each fault of tests/delivery/fault_scenarios.py strike on SQLite, and prints the matrix: three channels, digests of several
messages, a Discord that forgets nonces at once.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from bot.store.database import Store
from tests.delivery.fault_scenarios import FAULTS, FaultOutcome, run_fault
from tests.double import Discord


async def measure() -> list[tuple[str, FaultOutcome, float]]:
    """The outcome of each fault, and how long it took."""
    found = []
    for number, fault in enumerate(FAULTS):
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="gazette-faults-") as folder:
            path = Path(folder) / f"{number}.sqlite3"
            async with Store.open(f"sqlite+aiosqlite:///{path}") as store, Discord() as town:
                town.gateway.identify_every = 0.0
                town.furnish()
                await store.migrate()
                outcome = await run_fault(fault, store, town)
        found.append((fault.name, outcome, time.monotonic() - began))
        print(f"  {fault.name}", file=sys.stderr, flush=True)
    return found


def main() -> None:
    """Print the matrix."""
    found = asyncio.run(measure())
    print("| fault | messages | lost | twice | deliveries in the end | seconds |\n|---|---|---|---|---|---|")
    for name, outcome, took in found:
        endings = ", ".join(f"{count} {ending}" for ending, count in outcome.endings.items())
        print(f"| {name} | {outcome.expected} | {outcome.lost} | {outcome.twice} | {endings} | {took:.1f} |")
    sys.exit(1 if any(outcome.lost or outcome.twice for _, outcome, _ in found) else 0)


if __name__ == "__main__":
    main()
