"""Queues of members' questions: a burst waits in the member's own queue."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.errors import InputInvalid

__all__ = ["MemberQueues"]

_CONCURRENT = 2
"""Questions of one member that are worked on at once: a quarter of all, so that a burst leaves room for others."""

_MOST_WAITING = 20
"""Questions of one member that may wait: more than a person presses before the first answer is there."""


class MemberQueues:
    """Queues by member: `concurrent` questions at once, `most_waiting` more wait in order."""

    def __init__(self, concurrent: int = _CONCURRENT, most_waiting: int = _MOST_WAITING) -> None:
        self._concurrent, self._most = concurrent, concurrent + most_waiting
        self._turns: dict[int, asyncio.Semaphore] = {}
        self._counts: dict[int, int] = {}

    @asynccontextmanager
    async def turn(self, member_id: int) -> AsyncIterator[None]:
        """Wait for the member's turn.

        Raises InputInvalid if too many of the member's questions wait.
        """
        count = self._counts.get(member_id, 0)
        if count >= self._most:
            raise InputInvalid("too many questions at once; wait for the answers on their way", "error-burst")
        self._counts[member_id] = count + 1
        turns = self._turns.setdefault(member_id, asyncio.Semaphore(self._concurrent))
        try:
            async with turns:
                yield
        finally:
            self._counts[member_id] -= 1
            if not self._counts[member_id]:  # nobody waits: a queue is kept only while it is used
                del self._counts[member_id], self._turns[member_id]
