"""Moving a newsroom to another database: stop, back up, restore, start, as one command."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.cluster.process_id import describe_holder, is_dead
from bot.errors import InputInvalid, StoreError
from bot.services.data import DataService
from bot.store import backup, moved
from bot.store.database import Store
from bot.store.leases import Lease, all_active_leases, lock_leases, server_time

__all__ = ["Move", "move_newsroom", "undo_move"]


@dataclass(frozen=True, slots=True)
class Move:
    """A move that was made.

    Both addresses without passwords, the backup by which it moved, and the visible stories.
    """

    source: str
    target: str
    backup: Path
    stories: int


async def move_newsroom(
    source_url: str, target_url: str, clock: Callable[[], datetime], *, file: Path | None = None, replace: bool = False
) -> Move:
    """Move everything to another database, and mark the former one as not to be used.

    The backup by which it moves is kept as `file`, by default under a name with the time. Raises StoreError when a
    process uses the source, or when the target has something and not `replace`; then the source isn't marked.
    """
    if source_url == target_url:
        raise InputInvalid("this is the database that the newsroom is in already")
    async with Store.open(source_url) as source, Store.open(target_url) as target:
        await source.migrate()
        async with source.writing(durable=True) as conn:
            await moved.refuse_moved(conn)
            now = clock() if source.is_sqlite else await server_time(conn)
            await lock_leases(conn)
            in_use = [each for each in await all_active_leases(conn, now) if not is_dead(each.holder)]
            if in_use:
                raise StoreError(f"{source.url} is in use: stop {_describe(in_use)}, then try again")
            await moved.set_mark(conn, source.url, target.url, now)  # from now on nobody gets a lease
        try:
            made = await DataService(source, clock).back_up(file)
            restored = await backup.restore(target_url, made.path, replace=replace)
            async with target.writing(durable=True) as conn:
                await moved.note_copy(conn, now)
                await moved.forget_copy(conn)  # the original is marked
        except BaseException:
            await _remove_mark(source)
            raise
        return Move(source.url, target.url, made.path, restored.stories)


async def undo_move(url: str) -> str:
    """Remove the mark from a database whose newsroom was moved; return its address.

    Raises InputInvalid if it wasn't.
    """
    async with Store.open(url) as store:
        await store.migrate()
        if not await _remove_mark(store):
            raise InputInvalid(f"nothing was moved from {store.url}")
        return store.url


async def _remove_mark(store: Store) -> bool:
    async with store.writing(durable=True) as conn:
        return await moved.remove_mark(conn)


def _describe(leases: Iterable[Lease]) -> str:
    """Return which processes hold leases, for what, and until when."""
    jobs: dict[str, set[str]] = defaultdict(set)
    ends: dict[str, datetime] = {}
    for each in leases:
        process = describe_holder(each.holder)
        jobs[process].add(each.name.partition("/")[0])
        ends[process] = max(ends.get(process, each.expires_at), each.expires_at)
    return "; ".join(
        f"{process} ({', '.join(sorted(jobs[process]))}; if it is gone, wait until {ends[process]:%H:%M:%S} UTC)"
        for process in sorted(jobs)
    )
