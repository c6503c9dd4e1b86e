"""How do many deliveries share one sync of the disk?

What has to survive a power cut waits for the disk, and SQLite has one writer: were each delivery to wait by itself, a
disk that takes 20 ms would allow fifty a second and no more. So what is there when the writer is free goes into one
transaction, each in a savepoint: one that fails takes nobody along. PostgreSQL does the same for itself.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from bot.errors import GazetteError
from bot.store.database import Store, StoreConnection

__all__ = ["GroupCommit", "Work"]

Work = Callable[[StoreConnection], Awaitable[None]]

_MOST: Final = 32


class GroupCommit:
    """Durable writes of many, each told of its own end."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: deque[tuple[Work, asyncio.Future[None]]] = deque()
        self._writer: asyncio.Task[None] | None = None

    async def write(self, work: Work) -> None:
        """Do the work in a durable transaction; when this returns, it is on the disk.

        Raises what the work raises of ours, with nothing of it written, and StoreError. Who is cancelled meanwhile
        doesn't know whether it was written.
        """
        if not self._store.is_sqlite:
            async with self._store.writing(durable=True) as conn:
                await work(conn)
            return
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, written))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_all(), name="together")
        await written

    async def rest(self) -> None:
        """Wait until nothing is being written."""
        if self._writer is not None:
            with suppress(asyncio.CancelledError):
                await asyncio.wait({self._writer})

    async def _write_all(self) -> None:
        while self._waiting:
            part = [self._waiting.popleft() for _ in range(min(len(self._waiting), _MOST))]
            failed: dict[asyncio.Future[None], BaseException] = {}
            try:
                async with self._store.writing(durable=True) as conn:
                    # Who came while this transaction waited for the writer goes along.
                    part += [self._waiting.popleft() for _ in range(min(len(self._waiting), _MOST - len(part)))]
                    for work, written in part:
                        if written.done():  # cancelled before it began
                            continue
                        savepoint = await conn.begin_nested()
                        try:
                            await work(conn)
                        except GazetteError as error:
                            await savepoint.rollback()
                            failed[written] = error
                        else:
                            await savepoint.commit()
            except BaseException as error:  # then nothing of it is there, for nobody
                for _, written in part:
                    if written.done():
                        continue
                    if isinstance(error, Exception):
                        written.set_exception(error)
                    else:
                        written.cancel()
                if not isinstance(error, Exception):
                    raise
                continue
            for _, written in part:
                if written.done():
                    continue
                if (wrong := failed.get(written)) is not None:
                    written.set_exception(wrong)
                else:
                    written.set_result(None)
