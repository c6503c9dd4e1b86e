"""Digests under a name of their own go through the bot's webhook, exactly once."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import discord
import orjson
import pytest
import structlog
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.delivery.corrections import Corrections
from bot.delivery.message_port import SendAborted
from bot.delivery.rest import DiscordMessagePort
from bot.newsroom.models import DeliveryState, DigestStyle, Subscription
from bot.store import deliveries, documents
from bot.store.database import Store
from bot.store.schema import metadata
from tests.clock import ManualClock
from tests.delivery.delivery_fixture import EIGHT, FakeComposer, make_worker, open_port, subscribe
from tests.delivery.test_corrections import StoriesComposer
from tests.double import Channel, Discord
from tests.store.factories import make_analysis, make_file_facts

Connect = Callable[[Any], Awaitable[Any]]

POSTING = "POST /webhooks/{webhook_id}/{webhook_token}"
LAMP: dict[str, Any] = {"sender_name": "The Lamp", "sender_avatar": "https://example.org/lamp.png"}


@pytest.fixture
def news(discord_double: Discord) -> Channel:
    """A channel where the bot may have webhooks."""
    harbour = discord_double.guild("Harbour")
    harbour.allow_bot("manage_webhooks")
    return harbour.channel("news")


async def _state(store: Store, subscription: Subscription) -> DeliveryState:
    async with store.reading() as conn:
        (found,) = await deliveries.history(conn, subscription.id)
    return found.state


async def _deliver(store: Store, double: Discord, clock: ManualClock, composer: FakeComposer | None = None) -> int:
    async with open_port(double) as port:
        return (await make_worker(store, composer or FakeComposer(), port, clock).deliver_due(clock.now)).sent


@pytest.mark.parametrize("look", list(DigestStyle))
async def test_the_name_and_the_picture_arrive(
    store: Store, discord_double: Discord, news: Channel, look: DigestStyle
) -> None:
    await subscribe(store, [news.id], look=look, **LAMP)
    assert await _deliver(store, discord_double, ManualClock(EIGHT)) == 1
    (message,) = news.messages
    assert (message.author.name, message.avatar_url) == ("The Lamp", "https://example.org/lamp.png")
    assert "Headline 1" in message.text
    assert not message.pings
    assert [hook.name for hook in discord_double.webhooks.values()] == ["Gazette"]


async def test_with_a_name_alone_the_picture_is_the_bots(store: Store, discord_double: Discord, news: Channel) -> None:
    await subscribe(store, [news.id], sender_name="The Lamp")
    await _deliver(store, discord_double, ManualClock(EIGHT))
    assert (news.messages[0].avatar_url or "").startswith("https://cdn.discordapp.com/")


async def test_a_channel_has_one_webhook_of_ours_after_restarts_too(
    store: Store, discord_double: Discord, news: Channel
) -> None:
    await subscribe(store, [news.id], at="08:00,09:00", **LAMP)
    await subscribe(store, [news.id], at="09:00", sender_name="The Other")
    clock = ManualClock(EIGHT)
    await _deliver(store, discord_double, clock)
    clock.advance(hours=1)
    await _deliver(store, discord_double, clock)
    assert sorted(message.author.name for message in news.messages) == ["The Lamp", "The Lamp", "The Other"]
    assert len(discord_double.webhooks) == 1


async def test_a_long_digest_arrives_in_order(store: Store, discord_double: Discord, news: Channel) -> None:
    (one,) = await subscribe(store, [news.id], **LAMP)
    await _deliver(store, discord_double, ManualClock(EIGHT), FakeComposer(9, 150))
    async with store.reading() as conn:
        (found,) = await deliveries.history(conn, one.id)
    assert [message.id for message in news.messages] == [message.message_id for message in found.messages]
    assert len(news.messages) > 1


async def test_a_thread_is_posted_to_through_its_channels_webhook(
    store: Store, discord_double: Discord, news: Channel
) -> None:
    async with open_port(discord_double) as port:
        started = await port._request(
            discord.http.Route("POST", "/channels/{channel_id}/threads", channel_id=news.id),
            json={"name": "Daily", "type": 11},
        )
    thread = discord_double.channels[int(started["id"])]
    await subscribe(store, [thread.id], **LAMP)
    assert await _deliver(store, discord_double, ManualClock(EIGHT)) == 1
    assert thread.messages[-1].author.name == "The Lamp"
    assert [hook.channel for hook in discord_double.webhooks.values()] == [news]


async def test_a_digest_is_one_post_of_a_forum(store: Store, discord_double: Discord, news: Channel) -> None:
    stories = discord_double.guild("Harbour").channel("stories")
    await subscribe(store, [stories.id], **LAMP)
    assert await _deliver(store, discord_double, ManualClock(EIGHT), FakeComposer(9, 150)) == 1
    (thread,) = stories.threads
    assert "2026" in thread.name
    assert {message.author.name for message in thread.messages} == {"The Lamp"}
    assert len(thread.messages) > 1
    assert not news.messages


@pytest.mark.parametrize("lost", [0, 1])
async def test_a_post_whose_answer_was_lost_is_not_opened_twice(
    store: Store, discord_double: Discord, news: Channel, lost: int
) -> None:
    stories = discord_double.guild("Harbour").channel("stories")
    (one,) = await subscribe(store, [stories.id], **LAMP)
    discord_double.faults.drop_after(POSTING, times=1, skip=lost)
    clock = ManualClock(EIGHT)
    for _ in range(4):
        await _deliver(store, discord_double, clock, FakeComposer(9, 150))
        clock.advance(minutes=2)
    (thread,) = stories.threads
    async with store.reading() as conn:
        (found,) = await deliveries.history(conn, one.id)
    assert [message.id for message in thread.messages] == [message.message_id for message in found.messages]
    assert not news.messages


async def test_a_message_in_a_post_can_be_changed(discord_double: Discord, news: Channel) -> None:
    stories = discord_double.guild("Harbour").channel("stories")
    async with open_port(discord_double) as port:
        first, second = [
            await port.send(
                stories.id, {"content": f"abcdefgh-{n}", "username": "The Lamp"}, f"abcdefgh.{n}", lambda: True
            )
            for n in (0, 1)
        ]
    async with open_port(discord_double) as port:  # as after a restart
        assert await port.edit(stories.id, first, {"content": "one"})
        assert await port.edit(stories.id, second, {"content": "two"})
        assert not await port.edit(stories.id, second + 1, {"content": "never was"})
    assert [message.content for message in stories.threads[0].messages] == ["one", "two"]
    assert not news.messages


@pytest.mark.parametrize("words", [12, 150])
@pytest.mark.parametrize("lost", [0, 1])
@pytest.mark.parametrize("fault", ["drop_after", "fail_after"])
async def test_what_discord_took_before_a_crash_is_not_posted_again(
    store: Store, discord_double: Discord, news: Channel, words: int, lost: int, fault: str
) -> None:
    (one,) = await subscribe(store, [news.id], **LAMP)
    getattr(discord_double.faults, fault)(POSTING, times=1, skip=lost)
    clock = ManualClock(EIGHT)
    for _ in range(4):  # each time as after a restart
        await _deliver(store, discord_double, clock, FakeComposer(9, words))
        clock.advance(minutes=2)
    async with store.reading() as conn:
        (found,) = await deliveries.history(conn, one.id)
    assert found.state is DeliveryState.SENT
    markers = [message.marker for message in found.messages]
    assert [sum(marker in message.traces for message in news.messages) for marker in markers] == [1] * len(markers)


async def test_an_error_is_no_reason_to_send_twice(store: Store, discord_double: Discord, news: Channel) -> None:
    """Discord may answer 502 for a message that it took, so the message is looked up."""
    (one,) = await subscribe(store, [news.id], **LAMP)
    discord_double.faults.fail(POSTING, 502, times=1)
    clock = ManualClock(EIGHT)
    assert await _deliver(store, discord_double, clock) == 0
    assert discord_double.requests[POSTING] == 1
    clock.advance(minutes=2)
    assert await _deliver(store, discord_double, clock) == 1
    assert len(news.messages) == 1
    assert await _state(store, one) is DeliveryState.SENT


async def test_a_limit_is_waited_for(store: Store, discord_double: Discord, news: Channel) -> None:
    await subscribe(store, [news.id], **LAMP)
    discord_double.faults.limit(POSTING, retry_after=0.05)
    assert await _deliver(store, discord_double, ManualClock(EIGHT)) == 1
    assert len(news.messages) == 1


async def test_what_cannot_be_looked_up_is_not_sent_again(store: Store, discord_double: Discord, news: Channel) -> None:
    (one,) = await subscribe(store, [news.id], **LAMP)
    news.forbid(discord_double.bot, "read_message_history")
    discord_double.faults.drop_after(POSTING, times=1)
    clock = ManualClock(EIGHT)
    for _ in range(2):
        await _deliver(store, discord_double, clock)
        clock.advance(seconds=30)
    assert len(news.messages) == 1
    assert await _state(store, one) is DeliveryState.FAILED


async def test_without_the_permission_it_comes_from_the_bot(store: Store, discord_double: Discord) -> None:
    news = discord_double.guild("Harbour").channel("news")
    (one,) = await subscribe(store, [news.id], **LAMP)
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        assert await _deliver(store, discord_double, ManualClock(EIGHT)) == 1
    assert news.messages[0].author is discord_double.bot
    told = next(line for line in lines if line.get("why") == "Manage Webhooks is missing")
    async with store.reading() as conn:
        (found,) = await deliveries.history(conn, one.id)
    assert told["delivery"] == found.id


async def test_a_permission_that_is_known_to_be_missing_is_not_tried(discord_double: Discord, connect: Connect) -> None:
    client = await connect(discord.Client(intents=discord.Intents(guilds=True)))
    news = discord_double.guild("Harbour").channel("news")
    await DiscordMessagePort(client).send(news.id, {"content": "x", "username": "The Lamp"}, "a.0", lambda: True)
    assert news.messages[0].author is discord_double.bot
    assert not discord_double.requests["GET /channels/{channel_id}/webhooks"]


async def test_what_the_gateway_told_is_not_asked_for(discord_double: Discord, news: Channel, connect: Connect) -> None:
    client = await connect(discord.Client(intents=discord.Intents(guilds=True)))
    port = DiscordMessagePort(client)
    for number in range(2):
        await port.send(news.id, {"content": "x", "username": "The Lamp"}, f"a.{number}", lambda: True)
    assert [message.author.name for message in news.messages] == ["The Lamp"] * 2
    assert not discord_double.requests["GET /channels/{channel_id}"]
    assert discord_double.requests["GET /channels/{channel_id}/webhooks"] == 1
    stories = discord_double.guild("Harbour").channel("stories")
    await port.send(stories.id, {"content": "x", "username": "The Lamp"}, "b.0", lambda: True)
    assert [message.author.name for message in stories.threads[0].messages] == ["The Lamp"]


async def test_where_no_webhook_can_be_made_it_comes_from_the_bot(
    store: Store, discord_double: Discord, news: Channel, connect: Connect
) -> None:
    other = discord_double.guild("Harbour").channel("general")
    private = discord_double.dm_of(discord_double.guild("Harbour").member("Teo").user)
    async with open_port(discord_double) as port:
        route = discord.http.Route("POST", "/channels/{channel_id}/webhooks", channel_id=news.id)
        for number in range(15):
            hook = await port._request(route, json={"name": f"h{number}"})
            discord_double.webhooks[int(hook["id"])].application = None  # made by a person
        for channel in (news, private, other):
            await port.send(channel.id, {"content": "x", "username": "The Lamp"}, f"{channel.id}.0", lambda: True)
    assert news.messages[-1].author is discord_double.bot
    assert private.messages[-1].author is discord_double.bot
    assert other.messages[-1].author.name == "The Lamp"


async def test_a_name_that_discord_refuses_is_left_out(discord_double: Discord, news: Channel) -> None:
    async with open_port(discord_double) as port:
        await port.send(news.id, {"content": "x", "username": "Discord"}, "a.0", lambda: True)
    assert news.messages[-1].author is discord_double.bot


async def test_a_deleted_webhook_is_made_again(discord_double: Discord, news: Channel) -> None:
    async with open_port(discord_double) as port:
        await port.send(news.id, {"content": "x", "username": "The Lamp"}, "a.0", lambda: True)
        discord_double.webhooks.clear()
        await port.send(news.id, {"content": "y", "username": "The Lamp"}, "a.1", lambda: True)
        (hook,) = discord_double.webhooks.values()
        hook.token = "another-token-of-the-webhook"
        await port.send(news.id, {"content": "z", "username": "The Lamp"}, "a.2", lambda: True)
    assert [message.author.name for message in news.messages] == ["The Lamp"] * 3


@pytest.mark.parametrize("look", list(DigestStyle))
async def test_what_is_withdrawn_is_struck_through(
    store: Store, discord_double: Discord, news: Channel, look: DigestStyle
) -> None:
    async with store.writing() as conn:
        stored = await documents.store_document(
            conn, "a.txt", make_file_facts("a.txt"), [make_analysis("From a.")], now=EIGHT
        )
    await subscribe(store, [news.id], look=look, **LAMP)
    await _deliver(store, discord_double, ManualClock(EIGHT), StoriesComposer(*stored.story_ids))
    later = EIGHT + timedelta(hours=1)
    async with store.writing() as conn:
        await documents.withdraw_document(conn, "a.txt", now=later)
    async with open_port(discord_double) as port:  # as after a restart
        assert await Corrections(store, port, lambda: later + timedelta(minutes=1)).correct() == 1
    (message,) = news.messages
    assert "~~" in message.text
    assert message.author.name == "The Lamp"


async def test_a_message_that_is_gone_cannot_be_changed(discord_double: Discord, news: Channel) -> None:
    async with open_port(discord_double) as port:
        number = await port.send(news.id, {"content": "x", "username": "The Lamp"}, "a.0", lambda: True)
        assert await port.edit(news.id, number, {"content": "y"})
        discord_double.webhooks.clear()
        assert not await port.edit(news.id, number, {"content": "z"})
    assert news.messages[-1].content == "y"


async def test_a_claim_that_was_lost_at_the_last_moment_sends_nothing(discord_double: Discord, news: Channel) -> None:
    async with open_port(discord_double) as port:
        with pytest.raises(SendAborted):
            await port.send(news.id, {"content": "x", "username": "The Lamp"}, "a.0", lambda: False)
    assert not news.messages
    assert not discord_double.requests[POSTING]


async def test_the_token_is_written_nowhere(
    store: Store, discord_double: Discord, news: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    (one,) = await subscribe(store, [news.id], **LAMP)
    clock = ManualClock(EIGHT)
    with capture_logs() as lines:
        for fault in ("drop_after", "fail", ""):
            if fault == "drop_after":
                discord_double.faults.drop_after(POSTING, times=1)
            elif fault == "fail":
                discord_double.faults.fail(POSTING, 400, times=1)
            await _deliver(store, discord_double, clock)
            clock.advance(minutes=5)
    (token,) = [hook.token for hook in discord_double.webhooks.values()]
    async with store.reading() as conn:
        tables = list(metadata.tables)
        kept = [str(tuple(row)) for table in tables for row in await conn.execute(text(f'SELECT * FROM "{table}"'))]
        assert await deliveries.history(conn, one.id)
    assert not [row for row in kept if token in row]
    assert token not in orjson.dumps(lines, default=str).decode()
    assert token not in caplog.text
