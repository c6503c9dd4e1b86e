"""Digests become posts of forums, and are published from announcement channels."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import discord
import pytest

from bot.delivery.forums import post_name
from bot.delivery.rest import DiscordMessagePort
from bot.newsroom.models import DeliveryState, PostMode
from bot.store import deliveries
from bot.store.database import Store
from tests.clock import ManualClock
from tests.delivery.delivery_fixture import EIGHT, FakeComposer, make_worker, open_port, subscribe
from tests.double import Discord

Connect = Callable[[Any], Awaitable[Any]]


async def test_a_digest_is_one_post_of_a_forum(store: Store, discord_double: Discord) -> None:
    stories = discord_double.guild("Harbour").channel("stories")
    (one,) = await subscribe(store, [stories.id])
    async with open_port(discord_double) as port:
        report = await make_worker(store, FakeComposer(9, 150), port, ManualClock(EIGHT)).deliver_due(EIGHT)
        assert (report.sent, report.failed) == (1, [])
    (thread,) = stories.threads
    assert "2026" in thread.name
    async with store.reading() as conn:
        (found,) = await deliveries.history(conn, one.id)
    assert [message.id for message in thread.messages] == [message.message_id for message in found.messages]
    assert len(thread.messages) > 1


async def test_each_digest_has_a_post_of_its_own(store: Store, discord_double: Discord) -> None:
    stories = discord_double.guild("Harbour").channel("stories")
    await subscribe(store, [stories.id], at="08:00,09:00")
    async with open_port(discord_double) as port:
        clock = ManualClock(EIGHT)
        worker = make_worker(store, FakeComposer(), port, clock)
        await worker.deliver_due(EIGHT)
        await worker.deliver_due(clock.advance(hours=1))
    assert len(stories.threads) == 2


@pytest.mark.parametrize("lost", [0, 1])
async def test_a_post_whose_answer_was_lost_is_not_opened_twice(
    store: Store, discord_double: Discord, lost: int
) -> None:
    stories = discord_double.guild("Harbour").channel("stories")
    (one,) = await subscribe(store, [stories.id])
    clock = ManualClock(EIGHT)
    route = "POST /channels/{channel_id}/threads" if lost == 0 else "POST /channels/{channel_id}/messages"
    discord_double.faults.drop_after(route, times=1, skip=lost)
    for _ in range(6):
        async with open_port(discord_double) as port:  # each time as after a restart
            await make_worker(store, FakeComposer(9, 150), port, clock).deliver_due(clock.now)
        clock.advance(seconds=70)
    async with store.reading() as conn:
        (found,) = await deliveries.history(conn, one.id)
    assert found.state is DeliveryState.SENT
    (thread,) = stories.threads
    markers = [message.marker for message in found.messages]
    assert [sum(marker in message.traces for message in thread.messages) for marker in markers] == [1] * len(markers)


@pytest.mark.parametrize("options", [{}, {"sender_name": "The Lamp"}], ids=["the bot", "a webhook"])
async def test_each_story_can_be_a_post_of_its_own(
    store: Store, discord_double: Discord, options: dict[str, str]
) -> None:
    stories = discord_double.guild("Harbour").channel("stories")
    stories.permit(discord_double.bot, "manage_webhooks")
    (one,) = await subscribe(store, [stories.id], posts=PostMode.EVENT, **options)
    async with open_port(discord_double) as port:
        report = await make_worker(store, FakeComposer(3), port, ManualClock(EIGHT)).deliver_due(EIGHT)
    assert (report.sent, report.failed) == (1, [])
    assert [thread.name for thread in stories.threads] == ["Headline 1", "Headline 2", "Headline 3"]
    assert [len(thread.messages) for thread in stories.threads] == [1, 1, 1]
    assert "Headline 2" not in stories.threads[0].messages[0].text
    async with store.reading() as conn:
        (found,) = await deliveries.history(conn, one.id)
    assert [message.message_id for message in found.messages] == [thread.messages[0].id for thread in stories.threads]


async def test_outside_forums_each_story_is_a_message(store: Store, discord_double: Discord) -> None:
    news = discord_double.guild("Harbour").channel("news")
    await subscribe(store, [news.id], posts=PostMode.EVENT)
    async with open_port(discord_double) as port:
        await make_worker(store, FakeComposer(12), port, ManualClock(EIGHT)).deliver_due(EIGHT)
    assert len(news.messages) == 12
    assert all(f"Headline {number}" in message.text for number, message in enumerate(news.messages, 1))


@pytest.mark.parametrize("lost", [0, 1, 2])
async def test_a_storys_post_whose_answer_was_lost_is_not_opened_twice(
    store: Store, discord_double: Discord, lost: int
) -> None:
    stories = discord_double.guild("Harbour").channel("stories")
    await subscribe(store, [stories.id], posts=PostMode.EVENT)
    clock = ManualClock(EIGHT)
    discord_double.faults.drop_after("POST /channels/{channel_id}/threads", times=1, skip=lost)
    for _ in range(4):
        async with open_port(discord_double) as port:  # each time as after a restart
            await make_worker(store, FakeComposer(3), port, clock).deliver_due(clock.now)
        clock.advance(seconds=70)
    assert sorted(thread.name for thread in stories.threads) == ["Headline 1", "Headline 2", "Headline 3"]


async def test_a_post_gets_the_tags_that_the_digest_names(discord_double: Discord) -> None:
    stories = discord_double.guild("Harbour").channel("stories")
    async with open_port(discord_double) as port:
        await port.send(stories.id, {"content": "## The news\nSport and more"}, "abcdefgh12345678.0", lambda: True)
    (thread,) = stories.threads
    names = {int(tag["id"]): tag["name"] for tag in stories.json()["available_tags"]}
    assert [names[tag] for tag in thread.applied_tags] == ["Sport"]


async def test_a_message_in_a_post_can_be_changed(discord_double: Discord) -> None:
    stories = discord_double.guild("Harbour").channel("stories")
    async with open_port(discord_double) as port:
        first = await port.send(stories.id, {"content": "one abcdefgh-0"}, "abcdefgh12345678.0", lambda: True)
        second = await port.send(stories.id, {"content": "two abcdefgh-1"}, "abcdefgh12345678.1", lambda: True)
    async with open_port(discord_double) as port:
        assert await port.edit(stories.id, first, {"content": "changed"})
        assert await port.edit(stories.id, second, {"content": "changed, too"})
        assert not await port.edit(stories.id, second + 1, {"content": "never was"})
    assert [message.text for message in stories.threads[0].messages] == ["changed", "changed, too"]


async def test_announcements_are_published_and_a_refusal_is_no_failure(
    discord_double: Discord, connect: Connect
) -> None:
    client = await connect(discord.Client(intents=discord.Intents(guilds=True)))
    dispatch = discord_double.guild("Harbour").channel("dispatch")
    news = discord_double.guild("Harbour").channel("news")
    port = DiscordMessagePort(client)
    await port.send(dispatch.id, {"content": "published"}, "a.0", lambda: True)
    await port.send(news.id, {"content": "not published"}, "b.0", lambda: True)
    crossposts = [name for name in discord_double.requests if "crosspost" in name]
    assert len(crossposts) == 1
    discord_double.faults.fail("POST /channels/{channel_id}/messages/{message_id}/crosspost", 400, times=1)
    assert await port.send(dispatch.id, {"content": "there all the same"}, "c.0", lambda: True)


async def test_without_embed_links_a_digest_is_plain(store: Store, discord_double: Discord, connect: Connect) -> None:
    client = await connect(discord.Client(intents=discord.Intents(guilds=True)))
    harbour = discord_double.guild("Harbour")
    news, general = harbour.channel("news"), harbour.channel("general")
    await subscribe(store, [news.id, general.id])
    news.forbid(discord_double.bot, "embed_links")
    await client.wait_for("guild_channel_update", timeout=30)
    await make_worker(store, FakeComposer(), DiscordMessagePort(client), ManualClock(EIGHT)).deliver_due(EIGHT)
    (plain,), (whole,) = news.messages, general.messages
    assert "Headline 1" in plain.content
    assert whole.content == ""
    assert "Headline 1" in whole.text


def test_a_post_is_named_after_title_and_day() -> None:
    shown = {"components": [{"type": 17, "components": [{"content": "## The **news**\n-# Friday, 20 November\nmore"}]}]}
    assert post_name(shown) == "The news · Friday, 20 November"
    assert post_name({"components": []}) == "Gazette"
