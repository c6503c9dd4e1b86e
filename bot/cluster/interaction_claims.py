"""Claims on interactions: of several processes that get one, a single one carries it out.

Two processes that have the same shards, as during a rolling deploy, get every interaction both. Each claims it in the
database by its id and meanwhile begins to work; who doesn't get the claim stays silent. What a command writes is guarded:
the transaction also records the effect under the claim, and is rolled back when the claim is another's by then. So a
process that died before its effect can be replaced by the one that stands by, and one that hung and comes back changes
nothing any more.

Claims are written together, many in a transaction, since SQLite has one writer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.cluster.lease_clock import LeaseClock
from bot.cluster.process_id import is_dead, new_holder_id
from bot.errors import StoreError
from bot.store import claimed_interactions
from bot.store.claimed_interactions import InteractionTaken, Takeover
from bot.store.database import Store, StoreConnection, write_guard

__all__ = ["InteractionClaim", "InteractionClaims"]

log = structlog.get_logger()

_FIRST_HOLD: Final = timedelta(seconds=1)
"""Time in which a claim's holder acknowledges; answers that take longer are deferred, and Discord waits 3 seconds."""

_DEFERRED_HOLD: Final = timedelta(seconds=15)
"""Time for which a claim is held while a deferred answer is worked on; it is extended until the answer is there."""

_EXTENSIONS_PER_HOLD: Final = 3
"""Extensions in that time: two may fail before another process takes over."""

_GATHER_SECONDS: Final = 0.2
"""Seconds for which what isn't a claim waits for one to be written along with: soon enough for who looks for it."""

_FIRST_LOOK_SECONDS: Final = 0.5
"""Pause before a process that stands by looks for the answer: most are given by then."""

_LONGEST_LOOK_SECONDS: Final = 5.0
"""Longest pause between two looks; each is half as long again as the one before."""

_KEPT: Final = timedelta(hours=1)
"""Time for which claims are kept: Discord repeats events for minutes, and takes answers for a quarter of an hour."""

_CLEANING_INTERVAL: Final = timedelta(minutes=5)
"""Time between deletions of old claims by one process."""


class InteractionClaim:
    """One process's claim on one interaction, and the guard of what is written for it."""

    def __init__(self, claims: InteractionClaims, number: int) -> None:
        self._claims, self.id = claims, number
        self.decided: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        """Whether the claim is this process's; a StoreError while the database doesn't tell."""

    def is_lost(self) -> bool:
        """Return True if another process certainly has the interaction."""
        return self.decided.done() and self.decided.exception() is None and not self.decided.result()

    @contextmanager
    def guarding(self) -> Iterator[None]:
        """Guard what is written in the block, and by tasks that are started in it."""
        token = write_guard.set(self)
        try:
            yield
        finally:
            write_guard.reset(token)

    async def wait(self) -> None:
        """Wait until the claim is decided. Raises InteractionTaken if it is another's, StoreError."""
        if not await asyncio.shield(self.decided):
            raise InteractionTaken(self.id)

    async def check(self, conn: StoreConnection) -> None:
        """Record the effect under the claim, in its own transaction. Raises InteractionTaken."""
        await claimed_interactions.mark_effect(conn, self.id, self._claims.holder, self._claims.clock())

    def extend(self) -> None:
        """Hold the claim for longer, since the answer was deferred."""
        self._claims.extend(self.id)

    @property
    def extension_seconds(self) -> float:
        """Seconds after which a claim has to be extended again."""
        return _DEFERRED_HOLD.total_seconds() / _EXTENSIONS_PER_HOLD

    def answered(self) -> None:
        """Record that the interaction was answered."""
        self._claims.note_answered(self.id)

    async def wait_until_abandoned(self) -> str | None:
        """Wait until the holder is gone or hangs, and return its id; None if there is an answer.

        Raises StoreError.
        """
        pause, earliest = _FIRST_LOOK_SECONDS, asyncio.get_running_loop().time() + _FIRST_HOLD.total_seconds()
        while True:
            await asyncio.sleep(pause)
            async with self._claims.store.reading() as conn:
                state = await claimed_interactions.find_interaction(conn, self.id)
                now = await self._claims.lease_clock.now(conn)
            if state is None or state.answered:
                return None
            # Never sooner than this process sees the time pass: clocks of SQLite's processes can be set.
            expired = state.held_until <= now and asyncio.get_running_loop().time() >= earliest
            if expired or is_dead(state.holder):
                return state.holder
            pause = min(pause * 1.5, _LONGEST_LOOK_SECONDS)

    async def take_over(self, former: str) -> Takeover:
        """Take the claim over from a holder that is gone or hangs. Raises StoreError."""
        claims = self._claims
        async with claims.store.writing(guarded=False) as conn:
            until = await claims.lease_clock.now(conn) + _DEFERRED_HOLD
            outcome = await claimed_interactions.take_over(conn, self.id, former, claims.holder, until)
        self.decided = asyncio.get_running_loop().create_future()
        self.decided.set_result(outcome is not Takeover.LOST)
        return outcome


class InteractionClaims:
    """One process's claims, written in the order in which they come."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        *,
        lease_clock: LeaseClock | None = None,
        holder: str | None = None,
    ) -> None:
        self.store, self.clock = store, clock
        self.lease_clock = lease_clock or LeaseClock(clock, by_server=not store.is_sqlite)
        self.holder = holder or new_holder_id()
        self._wanted: list[InteractionClaim] = []
        self._extended: set[int] = set()
        self._answered: set[int] = set()
        self._writer: asyncio.Task[None] | None = None
        self._urgent = asyncio.Event()
        self._cleaned_at: datetime | None = None

    def begin(self, interaction_id: int) -> InteractionClaim:
        """Claim an interaction; `decided` tells the result."""
        claim = InteractionClaim(self, interaction_id)
        self._wanted.append(claim)
        self._urgent.set()
        self._write_soon()
        return claim

    def extend(self, interaction_id: int) -> None:
        """Hold a claim for longer."""
        self._extended.add(interaction_id)
        self._write_soon()

    def note_answered(self, interaction_id: int) -> None:
        """Record that an interaction was answered."""
        self._answered.add(interaction_id)
        self._write_soon()

    async def drain(self) -> None:
        """Wait until everything is written."""
        if self._writer is not None:
            self._urgent.set()
            await asyncio.wait({self._writer})

    def _write_soon(self) -> None:
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_all(), name="interaction-claims")

    async def _write_all(self) -> None:
        while self._wanted or self._extended or self._answered:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._urgent.wait(), _GATHER_SECONDS)
            self._urgent.clear()
            wanted, extended, answered = self._wanted, self._extended, self._answered
            self._wanted, self._extended, self._answered = [], set(), set()
            try:
                won = await self._write(wanted, extended, answered)
            except StoreError as error:
                log.warning("interaction_claims.store_unavailable", error=str(error))
                for claim in wanted:
                    claim.decided.set_exception(error)
                    claim.decided.exception()  # not everybody asks
            else:
                for claim in wanted:
                    claim.decided.set_result(claim.id in won)

    async def _write(self, wanted: list[InteractionClaim], extended: set[int], answered: set[int]) -> set[int]:
        async with self.store.writing(guarded=False) as conn:
            now = await self.lease_clock.now(conn)
            won = await claimed_interactions.claim_interactions(
                conn, {claim.id for claim in wanted}, self.holder, now, now + _FIRST_HOLD
            )
            if extended:
                await claimed_interactions.extend_claims(conn, extended, self.holder, now + _DEFERRED_HOLD)
            if answered:
                await claimed_interactions.mark_answered(conn, answered, self.holder, now)
            if self._cleaned_at is None or now - self._cleaned_at > _CLEANING_INTERVAL:
                await claimed_interactions.delete_interactions(conn, now - _KEPT)
                self._cleaned_at = now
        return won
