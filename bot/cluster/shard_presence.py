"""Shards of Discord's gateway, by the processes that hold them.

Each bot holds a lease that names its shards. Two with the same ones, as during a rolling deploy, get every command both; it
is carried out once (`bot.cluster.interaction_claims`), but each of them pays for it, so the operator is told.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.cluster.leader import Leadership
from bot.cluster.lease_clock import LeaseClock
from bot.cluster.process_id import is_dead
from bot.errors import StoreError
from bot.store.database import Store
from bot.store.leases import active_leases

__all__ = ["ShardHolder", "find_shard_holders", "missing_shards", "overlapping", "present_with_shards"]

log = structlog.get_logger()

_JOB: Final = "gateway"
_ALL: Final = "all"
"""In the name of a lease: as many shards as Discord recommends, all of them in one process."""


@dataclass(frozen=True, slots=True)
class ShardHolder:
    """A process that holds shards of the gateway.

    `count` is the number of all shards, 0 where Discord decides.
    """

    holder: str
    shards: range
    count: int

    @property
    def described(self) -> str:
        """The shards as `discord.shards` has them."""
        if not self.count:
            return "all shards"
        last = self.shards.stop - 1
        return f"shards {self.shards.start}-{last}/{self.count}"

    @property
    def host(self) -> str:
        """The host that the process runs on."""
        return self.holder.partition("+")[0]

    def overlaps(self, other: ShardHolder) -> bool:
        """Return whether a server's events reach both."""
        if not (self.count and other.count) or self.count != other.count:
            return True
        return bool(range(max(self.shards.start, other.shards.start), min(self.shards.stop, other.shards.stop)))


async def find_shard_holders(store: Store, now: Callable[[], datetime]) -> list[ShardHolder]:
    """Return the processes that hold the gateway now. Raises StoreError."""
    clock = LeaseClock(now, by_server=not store.is_sqlite)
    async with store.writing() as conn:
        leases = await active_leases(conn, _JOB, await clock.now(conn))
    return [_parse(each.name, each.holder) for each in leases if not is_dead(each.holder)]


def overlapping(holders: list[ShardHolder]) -> list[tuple[ShardHolder, ShardHolder]]:
    """Return the pairs of processes that share a shard."""
    return [
        (first, second) for at, first in enumerate(holders) for second in holders[at + 1 :] if first.overlaps(second)
    ]


def missing_shards(holders: list[ShardHolder]) -> str:
    """Return the shards that nobody holds, as `discord.shards` has them.

    "" where none is missing, or the bots don't agree on their number.
    """
    counts = {each.count for each in holders}
    if len(counts) != 1 or 0 in counts:
        return ""
    count = counts.pop()
    free = [shard for shard in range(count) if not any(shard in each.shards for each in holders)]
    ranges: list[tuple[int, int]] = []
    for shard in free:
        if ranges and ranges[-1][1] == shard - 1:
            ranges[-1] = (ranges[-1][0], shard)
        else:
            ranges.append((shard, shard))
    return " and ".join(f"{first}-{last}/{count}" for first, last in ranges)


@asynccontextmanager
async def present_with_shards(
    store: Store, shards: tuple[range, int] | None, *, length: timedelta, clock: LeaseClock, now: Callable[[], datetime]
) -> AsyncIterator[None]:
    """Announce this process's shards within the block, and log overlaps with others."""
    told: set[str] = set()

    async def look() -> None:
        await presence.acquire()
        holders = await find_shard_holders(store, now)
        own = next((each for each in holders if each.holder == presence.holder), None)
        same = [each for each in holders if own is not None and each is not own and each.overlaps(own)]
        for other in same:
            if other.holder not in told:
                log.warning(
                    "gateway.shards_overlap",
                    own=own.described if own is not None else "",
                    other=other.described,
                    host=other.host,
                    hint="commands are carried out once, by either; give each bot its own discord.shards, "
                    "such as 0-0/2 and 1-1/2",
                )
        told.clear()
        told.update(each.holder for each in same)

    name = f"{_JOB}/{_ALL}" if shards is None else f"{_JOB}/{shards[0].start}-{shards[0].stop - 1}:{shards[1]}"
    presence = Leadership(store, name, length=length, clock=clock, shared=True, on_renewal=look)
    async with presence:
        try:
            await look()
        except StoreError as error:
            log.warning("gateway.presence_unknown", error=str(error))
        yield


def _parse(name: str, holder: str) -> ShardHolder:
    text = name.split("/")[1]
    if text == _ALL:
        return ShardHolder(holder, range(0), 0)
    own, _, count = text.partition(":")
    first, _, last = own.partition("-")
    return ShardHolder(holder, range(int(first), int(last) + 1), int(count))
