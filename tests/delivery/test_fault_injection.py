"""After each fault, channels and deliveries hold what they should.

The table is `FAULTS`; `python -m benchmarks.fault_injection` prints it with the outcomes.
"""

from __future__ import annotations

import pytest

from bot.store.database import Store
from tests.delivery.fault_scenarios import FAULTS, DeliveryFault, run_fault
from tests.double import Discord


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_every_fault_is_survived(fault: DeliveryFault, store: Store, discord_double: Discord) -> None:
    if fault.sqlite_only and not store.is_sqlite:
        pytest.skip("a fault of files")
    outcome = await run_fault(fault, store, discord_double)
    assert (outcome.lost, outcome.twice) == (0, 0)
    assert outcome.endings == {fault.ending: 3}
