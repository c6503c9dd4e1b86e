"""A worker that is killed at any point loses nothing and posts nothing twice."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from bot.newsroom.models import AlertRules
from bot.store.database import Store
from bot.store.documents import Origin, store_document
from bot.store.events import assign_stories
from bot.store.story_rows import get_lines
from tests.delivery.crash_runs import (
    BROKE_BEFORE,
    CrashingProcess,
    CrashTally,
    add_subscribed_channels,
    deliver_with_crashes,
)
from tests.delivery.delivery_fixture import EIGHT
from tests.double import Discord
from tests.store.factories import make_analysis, make_file_facts

POINTS = (
    *("compose:before", "compose:after", "send:before", "send:before 2", "send:after", "send:after 2"),
    *(f"commit:{when} {number}" for when in ("before", "after") for number in (2, 3, 4, 5)),
)


@pytest.mark.slow
async def test_killed_at_named_points_and_at_any_moment(
    database_url: str, store: Store, discord_double: Discord
) -> None:
    discord_double.nonce_lives = 0.0  # Discord forgets at once: the channel's history alone has to tell
    chance = random.Random(8)
    channels = await add_subscribed_channels(store, discord_double, 2)
    tally = CrashTally()
    async with CrashingProcess.started(discord_double, database_url) as process:
        for number, point in enumerate(POINTS):
            await deliver_with_crashes(
                process, store, channels, tally, points=[point], mode=("deliver", "run")[number % 2]
            )
        for _ in range(6):
            await deliver_with_crashes(process, store, channels, tally, moments=[chance.uniform(0.01, 0.25)])
    assert tally.kills >= 14
    assert (tally.lost, tally.twice, tally.disordered) == (0, 0, 0)


@pytest.mark.slow
async def test_killed_while_it_posts_alerts(database_url: str, store: Store, discord_double: Discord) -> None:
    """Events break a minute before each slot, so that alerts and digests go out together."""
    discord_double.nonce_lives = 0.0
    chance = random.Random(20)
    channels = await add_subscribed_channels(store, discord_double, 2, alerts=AlertRules(2, most=24))
    tally = CrashTally()
    async with CrashingProcess.started(discord_double, database_url, events=1, words=20) as process:
        for number, point in enumerate((*POINTS, "commit:after 6", "commit:before 7", "send:before 3", "send:after 4")):
            await break_an_event(store, tally.rounds)
            mode = ("deliver", "run")[number % 2]
            await deliver_with_crashes(process, store, channels, tally, points=[point], mode=mode)
        for _ in range(4):
            await break_an_event(store, tally.rounds)
            moments = [chance.uniform(0.01, 0.25) for _ in range(2)]
            await deliver_with_crashes(process, store, channels, tally, moments=moments)
    assert tally.kills >= 16
    assert tally.alerts == tally.rounds * len(channels)
    assert (tally.lost, tally.twice, tally.disordered) == (0, 0, 0)


async def break_an_event(store: Store, number: int) -> None:
    """Store an event that two sources have a minute before the slot of a round."""
    at = EIGHT + timedelta(hours=number) - BROKE_BEFORE
    ids: list[int] = []
    async with store.writing() as conn:
        for source in ("Harbour Post", "Coast Herald"):
            text = f"{source} reports matter {number} in words of its own.\n{source} has seen it {number} times."
            path = f"{source} {number}.txt"
            origin = Origin(at, source, f"https://{source.replace(' ', '-')}.example/{number}")
            analysis = make_analysis(text)
            stored = await store_document(conn, path, make_file_facts(text), [analysis], now=at, origin=origin)
            ids += stored.story_ids
        (line, _) = await get_lines(conn, ids)
        await assign_stories(conn, dict.fromkeys(ids, line.event_id))


@pytest.mark.thorough
@pytest.mark.slow
async def test_killed_while_it_posts_under_another_name(sqlite_url: str, discord_double: Discord) -> None:
    """Webhooks have no nonces: a request in flight is waited for, then its message is looked up."""
    discord_double.guild("Harbour").allow_bot("manage_webhooks")
    tally = CrashTally()
    async with Store.open(sqlite_url) as store, CrashingProcess.started(discord_double, sqlite_url) as process:
        channels = await add_subscribed_channels(store, discord_double, 2, sender_name="The Lamp")
        for points in (["send:before"], ["send:after"], ["send:after 2", "commit:before 2"]):
            await deliver_with_crashes(process, store, channels, tally, points=points)
        for moment in (0.1, 0.2):
            await deliver_with_crashes(process, store, channels, tally, moments=[moment])
    assert tally.kills >= 4
    assert (tally.lost, tally.twice, tally.disordered) == (0, 0, 0)
    assert {message.author.name for channel in channels for message in channel.messages} == {"The Lamp"}


@pytest.mark.slow
async def test_without_searching_the_channel_it_would_post_twice(sqlite_url: str, discord_double: Discord) -> None:
    """Shows that the test above can fail."""
    discord_double.nonce_lives = 0.0
    tally = CrashTally()
    async with (
        Store.open(sqlite_url) as store,
        CrashingProcess.started(discord_double, sqlite_url, blind=True) as process,
    ):
        channels = await add_subscribed_channels(store, discord_double, 2)
        await deliver_with_crashes(process, store, channels, tally, points=["send:after"])
    assert tally.twice >= 1  # and as many as were under way
