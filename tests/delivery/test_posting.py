"""Roles, silence, threads for talk and weekly digests, as Discord gets them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.newsroom.models import DigestStyle, Notification, PostMode, TalkMode
from bot.store.database import Store
from tests.clock import ManualClock
from tests.delivery.crash_runs import CrashingProcess, CrashTally, add_subscribed_channels, deliver_with_crashes
from tests.delivery.delivery_fixture import EIGHT, FakeComposer, make_worker, open_port, subscribe
from tests.double import Channel, Discord

_SUPPRESS_NOTIFICATIONS = 1 << 12


async def post(store: Store, double: Discord, channel: Channel, **values: Any) -> None:
    """Post the digest of eight o'clock, of two events."""
    await subscribe(store, [channel.id], **values)
    async with open_port(double) as port:
        report = await make_worker(store, FakeComposer(), port, ManualClock(EIGHT)).deliver_due(EIGHT)
    assert report.sent == 1


@pytest.mark.parametrize("look", list(DigestStyle))
async def test_the_first_message_mentions_the_role_and_nothing_else(
    store: Store, discord_double: Discord, look: DigestStyle
) -> None:
    harbour = discord_double.guild("Harbour")
    role = harbour.add_role("readers", mentionable=True)
    news = harbour.channel("news")
    await post(store, discord_double, news, mention_role=role.id, look=look, posts=PostMode.EVENT)
    first, second = news.messages
    assert first.pings.roles == {role.id}
    assert not second.pings.roles
    assert not any(message.pings.everyone or message.pings.users for message in news.messages)


async def test_a_silent_post_notifies_nobody(store: Store, discord_double: Discord) -> None:
    news = discord_double.guild("Harbour").channel("news")
    await post(store, discord_double, news, notify=Notification.SILENT)
    assert all(message.flags & _SUPPRESS_NOTIFICATIONS for message in news.messages)


async def test_a_thread_is_opened_below_the_digest(store: Store, discord_double: Discord) -> None:
    news = discord_double.guild("Harbour").channel("news")
    await post(store, discord_double, news, talk=TalkMode.DIGEST)
    (message,) = news.messages
    assert message.thread is not None
    assert message.thread.id == message.id
    assert "2026" in message.thread.name


async def test_a_thread_is_opened_below_each_story(store: Store, discord_double: Discord) -> None:
    news = discord_double.guild("Harbour").channel("news")
    await post(store, discord_double, news, talk=TalkMode.STORY, posts=PostMode.EVENT)
    assert [message.thread and message.thread.name for message in news.messages] == ["Headline 1", "Headline 2"]


async def test_without_the_permission_the_digest_comes_without_a_thread(store: Store, discord_double: Discord) -> None:
    harbour = discord_double.guild("Harbour")
    news = harbour.channel("news")
    harbour.forbid_bot("create_public_threads")
    await post(store, discord_double, news, talk=TalkMode.DIGEST)
    assert [message.thread for message in news.messages] == [None]


@pytest.mark.slow
async def test_threads_are_opened_once_though_the_worker_is_killed(
    database_url: str, store: Store, discord_double: Discord
) -> None:
    channels = await add_subscribed_channels(store, discord_double, 2, talk=TalkMode.DIGEST)
    tally = CrashTally()
    async with CrashingProcess.started(discord_double, database_url, events=1, words=20) as process:
        for point in ("thread:before", "thread:after", "thread:after 2", "send:after", "commit:before 4"):
            await deliver_with_crashes(process, store, channels, tally, points=[point])
    assert tally.kills >= 4
    assert (tally.lost, tally.twice) == (0, 0)
    assert all(message.thread is not None for channel in channels for message in channel.messages)


async def test_a_role_is_mentioned_only_where_the_bot_may(store: Store, discord_double: Discord) -> None:
    """The double answers as Discord does: without the right the name is shown, and nobody is notified."""
    harbour = discord_double.guild("Harbour")
    role = harbour.add_role("editors")
    harbour.forbid_bot("mention_everyone")
    news = harbour.channel("news")
    await post(store, discord_double, news, mention_role=role.id)
    assert not news.messages[0].pings
