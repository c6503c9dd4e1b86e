"""A worker that is killed at any point loses nothing and posts nothing twice."""

from __future__ import annotations

import random

import pytest

from bot.store.database import Store
from tests.delivery.crash_runs import CrashingProcess, CrashTally, add_subscribed_channels, deliver_with_crashes
from tests.double import Discord

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
