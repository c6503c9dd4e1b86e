"""A clock that is set, forwards or back, neither stops the work nor lets two do it."""

from __future__ import annotations

import json
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from sqlalchemy import update

from bot.cluster.leader import Leadership
from bot.cluster.lease_clock import LeaseClock
from bot.store import deliveries, leases
from bot.store.database import Store
from bot.store.schema import delivery, lease, to_micros
from tests.clock import NOON, ManualClock
from tests.delivery.delivery_fixture import EIGHT, FakeComposer, make_worker, open_port, subscribe
from tests.double import Discord
from tests.e2e.programs import environment, gazette
from tests.store.queries import stored_lease

LENGTH = timedelta(seconds=2)
HOURS = timedelta(hours=3)
ELSEWHERE = "another-host+pid:[1]/7/123/abcdef00"
"""The holder's id of a process on another host, which nobody here can see die."""


class Machine:
    """A machine: a clock that somebody sets, and seconds that pass whatever it shows."""

    def __init__(self) -> None:
        self.clock, self.seconds = ManualClock(), 0.0

    def pass_time(self, span: timedelta) -> None:
        self.seconds += span.total_seconds()
        self.clock.now += span

    def lease_clock(self) -> LeaseClock:
        return LeaseClock(self.clock, by_server=False, elapsed=lambda: self.seconds)


def lead(store: Store, clock: LeaseClock, *, holder: str | None = None, shared: bool = False) -> Leadership:
    return Leadership(store, "intake", length=LENGTH, clock=clock, holder=holder, shared=shared)


@pytest.fixture
def machine() -> Machine:
    """The one machine that all processes of a SQLite store are on."""
    return Machine()


@pytest_asyncio.fixture
async def postgres_store(postgres_url: str) -> AsyncIterator[Store]:
    """An open, empty store on PostgreSQL, whose hosts have clocks of their own."""
    async with Store.open(postgres_url) as opened:
        yield opened


async def grant_far_ahead(store: Store, name: str, now: datetime, *, length: timedelta | None = LENGTH) -> None:
    """Store the lease of a process elsewhere that ends three hours from now."""
    async with store.writing() as conn:
        held = await leases.acquire_lease(conn, name, ELSEWHERE, now, LENGTH)
        assert held is not None
        seconds = None if length is None else length.total_seconds()
        query = update(lease).where(lease.c.name == name)
        await conn.execute(query.values(expires_at=now + HOURS, length_seconds=seconds))


@pytest.mark.parametrize("stored", [LENGTH, None], ids=["its length is stored", "an older program's"])
async def test_a_lease_from_three_hours_ahead_ends_after_its_length(
    store: Store, machine: Machine, stored: timedelta | None
) -> None:
    await grant_far_ahead(store, "intake", NOON, length=stored)
    other = lead(store, machine.lease_clock())
    assert not await other.acquire()
    assert other.describe_role() == {"role": "standing by", "until": (NOON + LENGTH).isoformat(timespec="seconds")}
    machine.pass_time(LENGTH - timedelta(milliseconds=1))
    assert not await other.acquire()
    machine.pass_time(timedelta(milliseconds=1))
    assert await other.acquire()
    assert other.describe_role() == {"role": "leading"}


async def test_a_longer_lease_of_another_configuration_is_no_lie(store: Store, machine: Machine) -> None:
    longer = 10 * LENGTH
    async with store.writing() as conn:
        assert await leases.acquire_lease(conn, "intake", ELSEWHERE, NOON, longer) is not None
    other = lead(store, machine.lease_clock())
    assert not await other.acquire()
    machine.pass_time(longer - timedelta(milliseconds=1))
    assert not await other.acquire()


async def test_a_clock_set_back_while_leading_changes_nothing(store: Store, machine: Machine) -> None:
    first, second = lead(store, machine.lease_clock()), lead(store, machine.lease_clock(), holder=ELSEWHERE)
    assert await first.acquire()
    machine.clock.now -= HOURS
    assert first.held
    assert not await second.acquire()  # which shortens the lease that now ends in three hours
    machine.pass_time(LENGTH / 3)
    await first._renew_or_acquire()
    async with store.reading() as conn:
        renewed = await stored_lease(conn, "intake")
    assert renewed is not None
    assert (renewed.holder, renewed.expires_at) == (first.holder, machine.clock.now + LENGTH)
    machine.pass_time(LENGTH / 2)
    assert first.held
    assert not await second.acquire()


async def test_a_leader_that_dies_after_its_clock_was_set_back_is_replaced(store: Store, machine: Machine) -> None:
    first, second = lead(store, machine.lease_clock(), holder=ELSEWHERE), lead(store, machine.lease_clock())
    assert await first.acquire()
    machine.clock.now -= HOURS
    machine.pass_time(LENGTH)  # in which it renewed nothing
    assert not first.held
    assert not await second.acquire()
    machine.pass_time(LENGTH)
    assert await second.acquire()


@pytest.mark.parametrize("hours", [-3, 3])
async def test_two_processes_never_lead_at_once_while_their_clock_jumps(
    store: Store, machine: Machine, hours: int
) -> None:
    first, second = lead(store, machine.lease_clock()), lead(store, machine.lease_clock())
    for step in range(30):
        if step % 10 == 5:
            machine.clock.now += timedelta(hours=hours)
        for each in (first, second) if step % 2 else (second, first):
            await each.acquire()
            assert [first.held, second.held].count(True) <= 1
        machine.pass_time(LENGTH / 4)
    assert first.held or second.held


@pytest.mark.postgres
@pytest.mark.parametrize("hours", [-3, 3])
async def test_one_host_s_jump_neither_stops_nor_steals_another_s_work(postgres_store: Store, hours: int) -> None:
    def host(shown: Callable[[], datetime]) -> LeaseClock:
        return LeaseClock(shown, by_server=True)

    good = lead(postgres_store, host(lambda: datetime.now(UTC)))
    wrong = lead(postgres_store, host(lambda: datetime.now(UTC) + timedelta(hours=hours)))
    async with good:
        assert await good.acquire()
        assert not await wrong.acquire()
        assert good.held
    async with wrong:
        assert await wrong.acquire()
        assert not await good.acquire()
    left_behind = lead(postgres_store, host(lambda: datetime.now(UTC) + timedelta(hours=hours)), holder=ELSEWHERE)
    assert await left_behind.acquire()
    assert await good.wait_until_leading()


@pytest.mark.postgres
async def test_the_server_s_own_clock_may_be_set_back(postgres_store: Store) -> None:
    async with postgres_store.writing() as conn:
        now = await leases.server_time(conn)
    await grant_far_ahead(postgres_store, "intake", now)
    clock = LeaseClock(lambda: datetime.now(UTC), by_server=True)
    assert await lead(postgres_store, clock).wait_until_leading()


async def test_a_worker_that_is_gone_doesn_t_halve_the_rate_for_hours(store: Store, machine: Machine) -> None:
    await grant_far_ahead(store, f"intake/{ELSEWHERE}", NOON)
    mine = lead(store, machine.lease_clock(), shared=True)
    assert await mine.acquire()
    assert mine.leaders == 2
    machine.pass_time(LENGTH)
    assert await mine.acquire()
    assert mine.leaders == 1


async def test_a_delivery_claimed_until_hours_from_now_goes_out(store: Store, discord_double: Discord) -> None:
    channel = discord_double.guild("Harbour").channel("news")
    await subscribe(store, [channel.id])
    clock = ManualClock(EIGHT)
    async with store.writing() as conn:
        await deliveries.plan_deliveries(conn, [(1, channel.id, EIGHT)], EIGHT)
        (claimed,) = await deliveries.claim_due(conn, ELSEWHERE, EIGHT, limit=1, lease=LENGTH)
        await conn.execute(update(delivery).where(delivery.c.id == claimed.id).values(held_until=EIGHT + HOURS))
    async with open_port(discord_double) as port:
        assert (await make_worker(store, FakeComposer(), port, clock).deliver_due(clock())).sent == 0
        clock.advance(seconds=30)
        assert (await make_worker(store, FakeComposer(), port, clock).deliver_due(clock())).sent == 1


async def test_a_program_behind_a_lease_from_hours_ahead_says_so_and_takes_over(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = int(taken.getsockname()[1])
    env = environment(tmp_path, GAZETTE_WATCH__PORT=str(port), GAZETTE_DELIVERY__LEASE_SECONDS="8")
    async with gazette("migrate", env=env, cwd=tmp_path) as made:
        assert await made.ended() == 0, made.log
    ahead = to_micros(datetime.now(UTC) + HOURS)
    with closing(sqlite3.connect(tmp_path / "gazette.sqlite3")) as conn, conn:
        row = ("intake", ELSEWHERE, 4, ahead)
        conn.execute("INSERT INTO lease (name, holder, token, expires_at) VALUES (?, ?, ?, ?)", row)
    (tmp_path / "seeds" / "ferry.txt").write_text("A ferry sank off Osaka on Monday. Nobody was hurt.", "utf-8")
    async with gazette("watch", env=env, cwd=tmp_path) as program:
        await program.says("leadership.standing_by")
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/healthz") as response:
            health = await response.json()
        assert (response.status, health["roles"]["intake"]["role"]) == (200, "standing by")
        await program.says("leadership.acquired")
        await program.says("intake.scanned")
        assert await program.stop() == 0
    events = [json.loads(line) for line in program.log.splitlines()]
    standing_by = [each for each in events if each["event"] == "leadership.standing_by"]
    assert [(each["job"], each["leader"], each["level"]) for each in standing_by] == [("intake", ELSEWHERE, "info")]
    assert any(each["event"] == "leadership.lease_shortened" and each["seconds"] > 10000 for each in events)
