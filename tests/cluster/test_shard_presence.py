"""Bots that hold the same shards are found, and each of them says so."""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.cluster.lease_clock import LeaseClock
from bot.cluster.shard_presence import (
    ShardHolder,
    find_shard_holders,
    missing_shards,
    overlapping,
    present_with_shards,
)
from bot.runtime import parse_shards
from bot.store.database import Store


def present() -> datetime:
    return datetime.now(UTC)


@pytest.mark.parametrize(
    ("shards", "overlap"),
    [
        (("", ""), True),
        (("", "0-0/2"), True),
        (("0-0/2", "1-1/2"), False),
        (("0-3/8", "3-7/8"), True),
        (("0-3/8", "4-7/8"), False),
        (("0-0/2", "1-3/4"), True),
    ],
)
async def test_two_bots_with_the_same_shards_are_told(store: Store, shards: tuple[str, str], *, overlap: bool) -> None:
    clock = LeaseClock(present, by_server=not store.is_sqlite)
    with capture_logs() as logs:
        async with AsyncExitStack() as stack:
            for each in shards:
                await stack.enter_async_context(
                    present_with_shards(
                        store, parse_shards(each), length=timedelta(seconds=15), clock=clock, now=present
                    )
                )
            holders = await find_shard_holders(store, present)
            assert len(holders) == 2
            assert bool(overlapping(holders)) is overlap
        assert await find_shard_holders(store, present) == []
    told = [each for each in logs if each["event"] == "gateway.shards_overlap"]
    assert bool(told) is overlap
    assert all(each["log_level"] == "warning" and "discord.shards" in each["hint"] for each in told)


@pytest.mark.parametrize(
    ("held", "missing"),
    [
        ([], ""),
        ([""], ""),
        (["0-0/2", "1-1/2"], ""),
        (["0-0/2"], "1-1/2"),
        (["1-1/2"], "0-0/2"),
        (["0-1/8", "4-5/8"], "2-3/8 and 6-7/8"),
        (["0-3/8", "2-7/8"], ""),
        (["0-0/2", ""], ""),
        (["0-0/2", "1-1/4"], ""),
    ],
)
def test_shards_that_no_bot_holds_are_found(held: list[str], missing: str) -> None:
    ranges = [parse_shards(each) or (range(0), 0) for each in held]
    assert missing_shards([ShardHolder(f"host/{at}", *each) for at, each in enumerate(ranges)]) == missing
