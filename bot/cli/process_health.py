"""Checks of `gazette doctor` on PostgreSQL servers, processes, shards and folders."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Final

from bot.app import Newsroom
from bot.cli.finding import Finding
from bot.errors import StoreMoved
from bot.store import moved
from bot.store.leases import all_active_leases, server_time
from bot.store.postgres import Server

__all__ = ["check_processes", "check_server"]

_CLOCK_SECONDS: Final = 5.0
"""Difference of clocks from which on it matters: slots are due by each machine's own, and are looked for as often."""

_RESERVED_CONNECTIONS: Final = 3
"""Connections that PostgreSQL keeps for superusers (superuser_reserved_connections)."""


async def check_server(newsroom: Newsroom) -> AsyncIterator[Finding]:
    """Check version, encoding, TLS, rights, connections and clock of a PostgreSQL server.

    Yields nothing on SQLite.
    """
    server = await newsroom.store.describe_server(newsroom.clock())
    if server is None:
        return
    tls = "with TLS" if server.has_tls else "on this machine" if server.is_local else "without TLS"
    pooler = ", through a pooler" if server.is_pooled else ""
    used = f"{server.connections} of {server.max_connections} connections used"
    says = f"PostgreSQL {server.version}, {server.encoding}, {tls}{pooler}, role {server.role}, {used}"
    yield Finding("database server", "ok", says)
    for finding in _server_faults(server, newsroom.settings.store.pool):
        yield finding


def _server_faults(server: Server, pool: int) -> Iterator[Finding]:
    if server.encoding != "UTF8":
        todo = "gazette move to a database made with createdb --encoding UTF8 --template template0"
        yield Finding("encoding", "error", f"{server.encoding} can't hold texts in all languages", todo)
    if not (server.has_tls or server.is_local):
        todo = "add sslmode=require to DATABASE_URL (…?sslmode=require) unless you trust the network"
        yield Finding("TLS", "warning", "passwords and texts go to the database unencrypted", todo)
    if server.schema is None:
        todo = "create that schema, or correct search_path (ALTER ROLE … SET)"
        yield Finding("rights", "error", f"no schema in the search_path of the role {server.role} exists", todo)
    elif server.foreign_tables or not server.may_create:
        says = f"the role {server.role} can't change the tables in the schema {server.schema}: upgrades will fail"
        todo = (
            f"run gazette migrate with the role that owns them, or GRANT USAGE, CREATE ON SCHEMA {server.schema} TO "
            f"{server.role} and make it their owner"
        )
        yield Finding("rights", "warning", says, todo)
    if server.max_connections - server.connections < pool + _RESERVED_CONNECTIONS:
        says = f"{server.connections} of {server.max_connections} are used, and each process takes up to {pool}"
        yield Finding("connections", "warning", says, "raise max_connections, or lower store.pool")
    offset = server.clock_offset_seconds
    if abs(offset) > _CLOCK_SECONDS:
        direction = "ahead of" if offset > 0 else "behind"
        says = f"the database server's clock is {abs(offset):,.0f} s {direction} this machine's"
        yield Finding("clock", "warning", says, "set both by NTP: digests are due by the clock of each bot's machine")


async def check_processes(newsroom: Newsroom) -> AsyncIterator[Finding]:
    """Check the newsroom's place, its processes with their shards, and the folder that is read."""
    async for finding in _check_place(newsroom):
        yield finding
    async for finding in _check_shards(newsroom):
        yield finding
    from bot.intake.folder_identity import is_other_folder

    if newsroom.settings.intake.enabled and await is_other_folder(newsroom.store, newsroom.settings.intake.seeds):
        says = "is not the folder whose files the database has: its files are added, the others are kept"
        todo = "set GAZETTE_SEEDS to that folder, or confirm with gazette ingest --yes that this one takes its place"
        yield Finding("seeds folder", "warning", says, todo)


async def _check_place(newsroom: Newsroom) -> AsyncIterator[Finding]:
    """Yield whether the newsroom was moved or is a copy, and which processes use it."""
    from bot.cluster.process_id import describe_holder, is_dead

    store = newsroom.store
    async with store.reading() as conn:
        copied_at = await moved.find_copy(conn)
        try:
            await moved.refuse_moved(conn)
            elsewhere = ""
        except StoreMoved as error:
            elsewhere = str(error)
        now = newsroom.clock() if store.is_sqlite else await server_time(conn)
        leases = [each for each in await all_active_leases(conn, now) if not is_dead(each.holder)]
    if elsewhere:
        yield Finding("moved", "error", elsewhere)
    if copied_at is not None:
        says = f"this database was restored from a backup on {copied_at:.16}, and nothing has posted from it yet"
        yield Finding("copy", "warning", says, "let only one copy run: two post everything twice")
    jobs: dict[str, set[str]] = {}
    for lease in leases:
        if (job := lease.name.partition("/")[0]) in _JOBS:
            jobs.setdefault(describe_holder(lease.holder), set()).add(_JOBS[job])
    shown = "; ".join(f"{process} ({', '.join(sorted(jobs[process]))})" for process in sorted(jobs))
    yield Finding("processes", "ok", shown or "none uses the database now")


_JOBS: Final = {
    "backup": "backups",
    "corrections": "corrections",
    "delivery": "posting",
    "gateway": "answering",
    "intake": "reading",
}
"""What the holder of a lease does, by the lease's name."""


async def _check_shards(newsroom: Newsroom) -> AsyncIterator[Finding]:
    """Yield shards that are held twice or by nobody, and bots without a process that reads."""
    from bot.cluster.shard_presence import find_shard_holders, missing_shards, overlapping

    holders = await find_shard_holders(newsroom.store, newsroom.clock)
    pairs, missing = overlapping(holders), missing_shards(holders)
    for first, second in pairs:
        says = f"{first.described} on {first.host} and {second.described} on {second.host}: each gets the same commands"
        todo = "they are carried out once; set discord.shards, such as 0-0/2 for one bot and 1-1/2 for the other"
        yield Finding("shards", "warning", says, todo)
    if missing:
        says = f"no bot holds {missing}: commands from their servers get no answer"
        yield Finding("shards", "warning", says, f"start one with discord.shards set to {missing}")
    if holders and not pairs and not missing:
        yield Finding("shards", "ok", ", ".join(f"{each.described} on {each.host}" for each in holders))
    if holders and not await newsroom.services.data.is_intake_running():
        todo = "start gazette watch, or set intake.enabled to true for a bot"
        yield Finding("intake", "warning", "bots are running, but no process reads news", todo)
