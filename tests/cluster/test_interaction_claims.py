"""Of several processes that get an interaction one carries it out, also when the first dies or hangs."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.cluster.interaction_claims import InteractionClaims
from bot.cluster.lease_clock import LeaseClock
from bot.store import claimed_interactions, key_values
from bot.store.claimed_interactions import InteractionTaken, Takeover
from bot.store.database import Store
from tests.clock import NOON, ManualClock

GONE = "elsewhere/1/1/first"
"""A holder of another host, of which can't be seen whether it lives."""


def claims_of(store: Store, clock: ManualClock, holder: str | None = None) -> InteractionClaims:
    """Make a process's claims, which run by the test's clock on PostgreSQL, too."""
    return InteractionClaims(store, clock, lease_clock=LeaseClock(clock, by_server=False), holder=holder)


async def write(store: Store, value: str) -> None:
    """Do what a command does."""
    async with store.writing() as conn:
        await key_values.set_value(conn, "effect", value, NOON)


async def effect(store: Store) -> str | None:
    async with store.reading() as conn:
        return await key_values.get_value(conn, "effect")


async def test_one_of_two_gets_each_interaction_and_the_other_changes_nothing(store: Store) -> None:
    clock = ManualClock()
    first, second = claims_of(store, clock), claims_of(store, clock)
    claims = [(first.begin(number), second.begin(number)) for number in range(100)]
    for pair in claims:
        won = [await claim.decided for claim in pair]
        assert sorted(won) == [False, True]
        loser = pair[won.index(False)]
        assert loser.is_lost()
        with loser.guarding(), pytest.raises(InteractionTaken):
            await write(store, "loser")
        with pair[won.index(True)].guarding():
            await write(store, str(loser.id))
        assert await effect(store) == str(loser.id)


async def test_what_begins_before_the_claim_is_decided_writes_only_after(store: Store) -> None:
    claim = claims_of(store, ManualClock()).begin(1)
    with claim.guarding():
        await write(store, "done")
    assert claim.decided.result()
    assert await effect(store) == "done"


async def test_a_process_that_hung_before_its_effect_is_replaced_and_changes_nothing_later(store: Store) -> None:
    clock = ManualClock()
    hung = claims_of(store, clock, GONE).begin(1)
    assert await hung.decided
    standby = claims_of(store, clock).begin(1)
    assert not await standby.decided
    clock.advance(seconds=2)
    assert await asyncio.wait_for(standby.wait_until_abandoned(), 20) == GONE
    assert await standby.take_over(GONE) is Takeover.TAKEN
    with hung.guarding(), pytest.raises(InteractionTaken):
        await write(store, "hung")
    assert await effect(store) is None
    with standby.guarding():
        await write(store, "standby")
    assert await effect(store) == "standby"


async def test_an_effect_without_an_answer_is_not_repeated(store: Store) -> None:
    clock = ManualClock()
    died = claims_of(store, clock, GONE).begin(1)
    with died.guarding():
        await write(store, "died")
    standby = claims_of(store, clock).begin(1)
    assert not await standby.decided
    assert await standby.take_over(GONE) is Takeover.CARRIED_OUT


async def test_what_was_answered_or_taken_over_is_left_alone(store: Store) -> None:
    clock = ManualClock()
    first = claims_of(store, clock, GONE)
    answered, open_one = first.begin(1), first.begin(2)
    assert await answered.decided
    answered.answered()
    await first.drain()
    claims = [claims_of(store, clock) for _ in range(3)]
    waiting = [each.begin(1) for each in claims]
    assert not any([await claim.decided for claim in waiting])
    assert await waiting[0].wait_until_abandoned() is None
    assert await waiting[0].take_over(GONE) is Takeover.LOST
    assert await open_one.decided
    outcomes = await asyncio.gather(*(each.begin(2).take_over(GONE) for each in claims))
    assert sorted(each.value for each in outcomes) == ["lost", "lost", "taken"]
    for each in claims:
        await each.drain()


async def test_a_claim_that_is_extended_is_not_abandoned(store: Store) -> None:
    clock = ManualClock()
    first = claims_of(store, clock, GONE)
    working = first.begin(1)
    assert await working.decided
    standby = claims_of(store, clock).begin(1)
    assert not await standby.decided
    clock.advance(seconds=0.9)
    working.extend()
    await first.drain()
    clock.advance(seconds=10)
    watching = asyncio.create_task(standby.wait_until_abandoned())
    await asyncio.sleep(1.5)  # longer than a claim is held at first
    assert not watching.done()
    clock.advance(seconds=10)
    assert await asyncio.wait_for(watching, 20) == GONE


async def test_old_claims_are_deleted(store: Store) -> None:
    clock = ManualClock()
    claims = claims_of(store, clock)
    assert await claims.begin(1).decided
    clock.advance(hours=2)
    assert await claims.begin(2).decided
    async with store.reading() as conn:
        assert await claimed_interactions.find_interaction(conn, 1) is None
        assert (await claimed_interactions.find_interaction(conn, 2)) is not None


async def test_a_database_that_fails_decides_nothing_and_permits_no_effect(sqlite_url: str) -> None:
    async with Store.open(sqlite_url.replace(":///", ":///file:") + "?mode=ro&uri=true") as store:
        claim = claims_of(store, ManualClock()).begin(1)
        with claim.guarding(), pytest.raises(Exception, match="can't be written"):
            await claim.wait()
        assert not claim.is_lost()


async def test_a_value_changes_for_one_of_several(store: Store) -> None:
    values = key_values.KeyValues(store, lambda: NOON + timedelta(days=1))
    assert sorted(await asyncio.gather(*(values.change("told", "gone") for _ in range(3)))) == [False, False, True]
    assert not await values.change("told", "gone")
    assert await values.change("told", "")
