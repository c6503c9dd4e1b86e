"""Leases, values, states and members."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.store import key_values, leases, members
from bot.store.database import Store
from bot.store.leases import Lease
from tests.store.factories import NOON
from tests.store.queries import stored_lease

LENGTH = timedelta(seconds=15)


async def _acquire(store: Store, holder: str, after: timedelta = timedelta()) -> Lease | None:
    async with store.writing() as conn:
        return await leases.acquire_lease(conn, "deliver", holder, NOON + after, LENGTH)


async def _renew(store: Store, held: Lease, after: timedelta) -> Lease | None:
    async with store.writing() as conn:
        return await leases.renew_lease(conn, held, NOON + after, LENGTH)


async def test_of_many_that_try_at_once_one_gets_the_lease(store: Store) -> None:
    found = await asyncio.gather(*(_acquire(store, f"p{number}") for number in range(5)))
    assert sum(lease is not None for lease in found) == 1


async def test_a_lease_is_refused_to_its_holder_s_second_owner(store: Store) -> None:
    assert await _acquire(store, "a") is not None
    assert await _acquire(store, "a") is None


async def test_a_lease_is_renewed_by_its_holder_and_taken_over_when_it_ends(store: Store) -> None:
    first = await _acquire(store, "a")
    assert first is not None
    assert await _acquire(store, "b", LENGTH - timedelta(microseconds=1)) is None
    longer = await _renew(store, first, timedelta(seconds=10))
    assert longer is not None
    assert longer.token == first.token
    assert await _acquire(store, "b", timedelta(seconds=20)) is None
    other = await _acquire(store, "b", timedelta(seconds=25))
    assert other is not None
    assert other.token > first.token
    assert await _renew(store, longer, timedelta(seconds=26)) is None
    back = await _acquire(store, "a", timedelta(seconds=50))
    assert back is not None
    assert back.token > other.token


async def test_the_token_grows_when_the_same_holder_was_too_late(store: Store) -> None:
    first = await _acquire(store, "a")
    assert first is not None
    assert await _renew(store, first, LENGTH) is None
    second = await _acquire(store, "a", LENGTH)
    assert second is not None
    assert second.token > first.token
    assert await _renew(store, first, LENGTH) is None


async def test_a_released_lease_can_be_acquired_at_once(store: Store) -> None:
    held = await _acquire(store, "a")
    assert held is not None
    async with store.writing() as conn:
        await leases.release_lease(conn, held, NOON)
    taken = await _acquire(store, "b")
    assert taken is not None
    async with store.writing() as conn:
        await leases.release_lease(conn, held, NOON)  # no longer ours: nothing happens
        assert await stored_lease(conn, "deliver") == taken
        assert await stored_lease(conn, "other") is None


async def test_values_and_states_are_stored_by_name(store: Store) -> None:
    async with store.writing() as conn:
        assert await key_values.get_value(conn, "commands") is None
        await key_values.set_value(conn, "commands", "abc", NOON)
        await key_values.set_value(conn, "commands", "def", NOON)
        assert await key_values.get_value(conn, "commands") == "def"
        await key_values.save_state(conn, "k", "news:1", NOON)
        await key_values.save_state(conn, "k", "news:1", NOON + LENGTH)
        assert await key_values.delete_states(conn, NOON + LENGTH) == 0
        assert await key_values.load_state(conn, "k") == "news:1"
        assert await key_values.delete_states(conn, NOON + 2 * LENGTH) == 1
        assert await key_values.load_state(conn, "k") is None


async def test_members_mute_and_catch_up(store: Store) -> None:
    async with store.writing() as conn:
        assert await members.last_seen(conn, 9) is None
        await members.mark_seen(conn, 9, NOON)
        await members.mark_seen(conn, 9, NOON + LENGTH)
        assert await members.last_seen(conn, 9) == NOON + LENGTH
        await members.add_mute(conn, 9, "topic:sport", NOON)
        await members.add_mute(conn, 9, "country:no", NOON, NOON + LENGTH)
        assert [found.filter for found in await members.list_mutes(conn, 9, NOON)] == ["country:no", "topic:sport"]
        assert [found.filter for found in await members.list_mutes(conn, 9, NOON + LENGTH)] == ["topic:sport"]
        assert await members.remove_mute(conn, 9, "topic:sport")
        assert not await members.remove_mute(conn, 9, "topic:sport")
        await members.delete_member(conn, 9)
        assert await members.last_seen(conn, 9) is None
        assert await members.list_mutes(conn, 9, NOON) == []
