"""Group commit: many small durable writes share one transaction and one sync of the disk.

A write that has to survive a power cut waits for the disk, and SQLite has one writer: by themselves, deliveries could
write fifty times a second on a disk that takes 20 ms, and no more. So what is waiting when the writer is free goes into
one transaction, each write in a savepoint, so that one that fails takes no other along. PostgreSQL does this by itself.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from bot.errors import GazetteError
from bot.store.database import Store, StoreConnection

__all__ = ["GroupCommit", "Write"]

Write = Callable[[StoreConnection], Awaitable[None]]
"""Writes something over the connection that it is given."""

_WRITES_LIMIT: Final = 32
"""Writes in one transaction at most: as many take some milliseconds, and later ones don't wait long."""


class GroupCommit:
    """Durable writes of many callers, each of which learns whether its own succeeded."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: deque[tuple[Write, asyncio.Future[None]]] = deque()
        self._writer: asyncio.Task[None] | None = None

    async def write(self, write: Write) -> None:
        """Run `write` in a durable transaction; it is on the disk when this returns.

        Raises the GazetteError that `write` raises, with nothing of it written, and StoreError. A caller that is
        cancelled meanwhile doesn't know whether it was written.
        """
        if not self._store.is_sqlite:
            async with self._store.writing(durable=True, guarded=False) as conn:
                await write(conn)
            return
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((write, written))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_all(), name="group-commit")
        await written

    async def drain(self) -> None:
        """Wait until nothing is being written."""
        if self._writer is not None:
            with suppress(asyncio.CancelledError):
                await asyncio.wait({self._writer})

    async def _write_all(self) -> None:
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), _WRITES_LIMIT))]
            failed: dict[asyncio.Future[None], BaseException] = {}
            try:
                # The guard of whoever came first says nothing about the others.
                async with self._store.writing(durable=True, guarded=False) as conn:
                    # Writes that arrived while this transaction waited for the writer go along.
                    batch += [
                        self._waiting.popleft() for _ in range(min(len(self._waiting), _WRITES_LIMIT - len(batch)))
                    ]
                    for write, written in batch:
                        if written.done():  # cancelled before it began
                            continue
                        savepoint = await conn.begin_nested()
                        try:
                            await write(conn)
                        except GazetteError as error:
                            await savepoint.rollback()
                            failed[written] = error
                        else:
                            await savepoint.commit()
            except BaseException as error:  # nothing of the batch was written
                for _, written in batch:
                    if written.done():
                        continue
                    if isinstance(error, Exception):
                        written.set_exception(error)
                    else:
                        written.cancel()
                if not isinstance(error, Exception):
                    raise
                continue
            for _, written in batch:
                if written.done():
                    continue
                if (failure := failed.get(written)) is not None:
                    written.set_exception(failure)
                else:
                    written.set_result(None)
