"""Fault injection: what becomes of digests when something goes wrong while they go out.

    python -m benchmarks.fault_injection

Lets each fault of tests/delivery/fault_scenarios.py strike on SQLite, and prints the matrix: three channels, digests of
several messages, a Discord that forgets nonces at once.
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
    """Return the outcome of each fault, and the seconds that it took."""
    outcomes = []
    for number, fault in enumerate(FAULTS):
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="gazette-faults-") as folder:
            path = Path(folder) / f"{number}.sqlite3"
            async with Store.open(f"sqlite+aiosqlite:///{path}") as store, Discord() as double:
                double.gateway.identify_every = 0.0
                double.furnish()
                await store.migrate()
                outcome = await run_fault(fault, store, double)
        outcomes.append((fault.name, outcome, time.monotonic() - began))
        print(f"  {fault.name}", file=sys.stderr, flush=True)
    return outcomes


def main() -> None:
    """Print the matrix."""
    outcomes = asyncio.run(measure())
    print("| fault | messages | lost | twice | deliveries in the end | seconds |\n|---|---|---|---|---|---|")
    for name, outcome, took in outcomes:
        endings = ", ".join(f"{count} {ending}" for ending, count in outcome.endings.items())
        print(f"| {name} | {outcome.expected} | {outcome.lost} | {outcome.twice} | {endings} | {took:.1f} |")
    sys.exit(1 if any(outcome.lost or outcome.twice for _, outcome, _ in outcomes) else 0)


if __name__ == "__main__":
    main()
