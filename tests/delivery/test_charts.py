"""A digest with a chart arrives everywhere, without the chart where files are forbidden."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import discord
import orjson
import pytest

from bot.delivery.posted_events import edit_messages, strike
from bot.delivery.rest import DiscordMessagePort
from bot.newsroom.models import DigestStyle, Subscription
from bot.services.digests import ComposedDigest
from bot.store import deliveries
from bot.store.database import Store
from summarizers.types import Country
from tests.clock import ManualClock
from tests.delivery.delivery_fixture import EIGHT, FakeComposer, make_worker, open_port, subscribe
from tests.double import Discord, Message
from tests.double.state import walk

Connect = Callable[[Any], Awaitable[Any]]


class CountriesComposer(FakeComposer):
    """Composes events that are each about another country."""

    async def for_slot(self, subscription: Subscription, slot_at: datetime) -> ComposedDigest:
        composed = await super().for_slot(subscription, slot_at)
        assert composed.digest is not None
        about = [(Country(code, 0.9),) for code in ("JP", "PE", "DE")]
        events = [replace(one, countries=its) for one, its in zip(composed.digest.events, about, strict=False)]
        return replace(composed, digest=replace(composed.digest, events=tuple(events)))


def pictures(message: Message) -> list[str]:
    """Return the alternative texts of a message's pictures."""
    return [item["description"] for each in walk(message.components) if each["type"] == 12 for item in each["items"]]


@pytest.mark.parametrize("options", [{}, {"sender_name": "The Lamp"}], ids=["the bot", "a webhook"])
@pytest.mark.parametrize("place", ["news", "stories"])
async def test_the_picture_comes_with_the_digest(
    store: Store, discord_double: Discord, place: str, options: dict[str, str]
) -> None:
    channel = discord_double.guild("Harbour").channel(place)
    channel.permit(discord_double.bot, "manage_webhooks")
    await subscribe(store, [channel.id], look=DigestStyle.CHART, **options)
    async with open_port(discord_double) as port:
        report = await make_worker(store, CountriesComposer(), port, ManualClock(EIGHT)).deliver_due(EIGHT)
    assert (report.sent, report.failed) == (1, [])
    (message,) = channel.threads[0].messages if place == "stories" else channel.messages
    assert pictures(message) == ["Reports by country: Japan 1, Peru 1"]
    (file,) = message.attachments
    assert file.filename == "chart-1.png"
    assert "Headline 1" in message.text


async def test_a_changed_digest_keeps_its_picture(store: Store, discord_double: Discord) -> None:
    news = discord_double.guild("Harbour").channel("news")
    (one,) = await subscribe(store, [news.id], look=DigestStyle.CHART)
    async with open_port(discord_double) as port:
        await make_worker(store, CountriesComposer(), port, ManualClock(EIGHT)).deliver_due(EIGHT)
        async with store.reading() as conn:
            (found,) = await deliveries.history(conn, one.id)
        payload = orjson.loads(found.messages[0].payload)
        (changed,) = edit_messages([payload], {"e1": (0, strike("withdrawn"))})
        assert await port.edit(news.id, news.messages[0].id, {"components": changed["components"]})
    (message,) = news.messages
    assert "~~" in message.text
    assert pictures(message) == ["Reports by country: Japan 1, Peru 1"]
    assert [each.filename for each in message.attachments] == ["chart-1.png"]


@pytest.mark.parametrize("known", [True, False], ids=["from the gateway", "from the answer"])
async def test_without_attach_files_there_is_none(
    store: Store, discord_double: Discord, connect: Connect, known: bool
) -> None:
    news = discord_double.guild("Harbour").channel("news")
    news.forbid(discord_double.bot, "attach_files")
    await subscribe(store, [news.id], look=DigestStyle.CHART)
    if known:
        client = await connect(discord.Client(intents=discord.Intents(guilds=True)))
        report = await make_worker(
            store, CountriesComposer(), DiscordMessagePort(client), ManualClock(EIGHT)
        ).deliver_due(EIGHT)
    else:
        async with open_port(discord_double) as port:
            report = await make_worker(store, CountriesComposer(), port, ManualClock(EIGHT)).deliver_due(EIGHT)
    assert (report.sent, report.failed) == (1, [])
    (message,) = news.messages
    assert "Headline 1" in message.text
    assert message.components
    assert not message.attachments
