"""Two processes that have the same shards, as during a rolling deploy, carry out everything once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio

from bot.cogs.client import Client, default_cogs
from bot.commands import CommandRegistry
from bot.intake.worker_pool import DeadlineExecutor
from bot.newsroom.models import Subscription
from bot.newsroom.obstacles import DeliveryReason
from bot.services import Services
from bot.store.database import Store
from tests.clock import ManualClock
from tests.cogs.test_subscribe_form import choose, finish, submit, to_second_step
from tests.double import Discord
from tests.double.fixtures import running
from tests.services.sample_news import open_services, store_sample_news


@pytest_asyncio.fixture
async def services(
    database_url: str, discord_double: Discord, clock: ManualClock, executor: DeadlineExecutor
) -> AsyncIterator[Services]:
    """Two bots with all shards and a store each, over the same database; the services of the second."""
    async with AsyncExitStack() as stack:
        for number in range(2):
            store = await stack.enter_async_context(Store.open(database_url))
            if not number:
                await store_sample_news(store)
            commands = CommandRegistry(open_services(store, clock))
            client = Client(
                key_values=commands.services.key_values,
                handle_component=commands.handle_component,
                commands=commands.all(),
                suggest=commands.suggest,
                cogs=default_cogs(commands, clock=clock, executor=executor, settle_seconds=0.05),
                guild_ready_seconds=0.1,
            )
            await stack.enter_async_context(running(client, discord_double))
        assert len(discord_double.gateway.connected) == 2
        yield commands.services


@pytest.fixture(autouse=True)
def second_answers_are_not_even_tried(
    discord_double: Discord, caplog: pytest.LogCaptureFixture, services: Services
) -> object:
    yield
    tried = [each for each in discord_double.refusals if "40060" in each]
    assert len(tried) == sum(each.interaction_kind == 4 for each in discord_double.answers.values()), tried
    assert not [each for each in caplog.records if each.levelname in ("ERROR", "CRITICAL")]


async def listed(services: Services, **whose: int) -> list[Subscription]:
    return [each for each, _slot in await services.subscriptions.list_subscriptions(**whose)]


async def test_a_command_leaves_one_subscription(discord_double: Discord, services: Services) -> None:
    harbour = discord_double.guild("Harbour")
    mara = harbour.member("Mara").at("news")
    for number in range(1, 6):
        answer = await mara.command("subscribe", time="08:00", timezone="Europe/Berlin", country="JP")
        assert str(number) in answer.text
        assert len(await listed(services, guild_id=harbour.id)) == number


async def test_following_and_its_buttons_take_effect_once(discord_double: Discord, services: Services) -> None:
    mara = discord_double.guild("Harbour").member("Mara").at("news")
    answer = await mara.command("follow", country="JP", time="08:00", timezone="Asia/Tokyo")
    (followed,) = await listed(services, member_id=mara.id)
    assert followed.filter == "country:jp"
    before = answer.text
    await mara.press(answer, "Stop this digest")
    await answer.message.channel.bell.wait_until(lambda: answer.text != before, 30)
    assert await listed(services, member_id=mara.id) == []
    assert "unknown" not in answer.text.lower()


async def test_the_form_with_its_modal_leaves_one_subscription(discord_double: Discord, services: Services) -> None:
    harbour = discord_double.guild("Harbour")
    mara = harbour.member("Mara").at("general")
    form = await mara.command("subscribe")
    await choose(mara, form, "Choose a channel", [harbour.channel("news")])
    await submit(mara, form, "Filter…", {"filter": "topic:politics"})
    await to_second_step(mara, form)
    await submit(mara, form, "Other times, time zone…", {"times": "7:45", "zone": "asia/tokyo"})
    await finish(mara, form, "Subscribe")
    (made,) = await listed(services, guild_id=harbour.id)
    assert made.filter == "topic:politics-and-government"


async def test_reading_suggestions_and_errors_come_once(discord_double: Discord, services: Services) -> None:
    aiko = discord_double.guild("Harbour").member("Aiko").at("news")
    assert "Okinawa" in (await aiko.command("news", country="JP")).text
    assert await aiko.autocomplete("news", option="country", value="jap")
    assert "s99" in (await aiko.command("story", id="s99")).text
    answers = await asyncio.gather(*(aiko.command("news") for _ in range(30)))
    assert all(each.text for each in answers)


async def test_a_deleted_channel_pauses_and_notifies_once(discord_double: Discord, services: Services) -> None:
    harbour = discord_double.guild("Harbour")
    mara = harbour.member("Mara").at("general")
    channel = harbour.channel("news")
    await mara.command("subscribe", channel=channel, time="08:00", timezone="Europe/Berlin")
    channel.delete()
    direct = discord_double.dm_of(mara.user)
    await direct.wait_for(timeout=30)
    (paused,) = await listed(services, guild_id=harbour.id)
    assert paused.pause_reason is not None
    assert paused.pause_reason.reason is DeliveryReason.CHANNEL_GONE
    await asyncio.sleep(1)  # nothing says that the second process has nothing to say
    assert len(direct.messages) == 1
