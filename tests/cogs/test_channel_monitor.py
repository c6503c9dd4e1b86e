"""Subscriptions pause when their channel can't be posted in, resume when it can, with one notice each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio

from bot.cogs.client import Client, default_cogs
from bot.commands import CommandRegistry
from bot.intake.worker_pool import DeadlineExecutor
from bot.newsroom.models import Subscription
from bot.newsroom.obstacles import DeliveryReason, Obstacle
from bot.newsroom.subscription_input import SubscriptionInput
from tests.clock import ManualClock
from tests.double import Channel, Discord, Guild, Member
from tests.double.fixtures import running

SEND_MESSAGES_MISSING = Obstacle(DeliveryReason.PERMISSION_MISSING, {"permission": "Send Messages"})

Waiting = Callable[[Callable[[Subscription], bool]], Awaitable[Subscription]]


class Scene:
    """A server with a subscription for #news in German, created by Teo."""

    def __init__(self, double: Discord, commands: CommandRegistry, client: Callable[[], Client]) -> None:
        self.double, self.commands, self.client = double, commands, client
        self.harbour: Guild = double.guild("Harbour")
        self.news: Channel = self.harbour.channel("news")
        self.teo: Member = self.harbour.member("Teo")
        self.number = 0

    async def subscribe(self, channel: Channel) -> int:
        given = SubscriptionInput(
            channel_id=channel.id,
            times="08:00",
            timezone="UTC",
            guild_id=self.harbour.id,
            created_by=self.teo.id,
            language="de",
        )
        made, _ = await self.commands.services.subscriptions.create(given)
        return made.id

    async def subscription(self, number: int | None = None) -> Subscription:
        found, _ = await self.commands.services.subscriptions.get(number or self.number)
        return found

    async def until(self, wanted: Callable[[Subscription], bool], number: int | None = None) -> Subscription:
        async with asyncio.timeout(30):
            while not wanted(found := await self.subscription(number)):  # noqa: ASYNC110 - the store sends no notifications
                await asyncio.sleep(0.02)
        return found

    def notices(self) -> list[str]:
        return [message.text for message in self.teo.dm().place.messages]


@pytest_asyncio.fixture
async def scene(
    discord_double: Discord, commands: CommandRegistry, clock: ManualClock, executor: DeadlineExecutor
) -> AsyncIterator[Scene]:
    def client() -> Client:
        return Client(
            key_values=commands.services.key_values,
            handle_component=commands.handle_component,
            commands=commands.all(),
            suggest=commands.suggest,
            cogs=default_cogs(commands, clock=clock, executor=executor, settle_seconds=0.01),
            guild_ready_seconds=0.1,
        )

    made = Scene(discord_double, commands, client)
    made.number = await made.subscribe(made.news)
    yield made
    assert not discord_double.pings


def is_paused(subscription: Subscription) -> bool:
    return subscription.paused_at is not None


def is_active(subscription: Subscription) -> bool:
    return subscription.paused_at is None


async def test_a_lost_permission_pauses_with_one_notice_and_its_return_resumes(scene: Scene) -> None:
    async with running(scene.client(), scene.double):
        scene.news.forbid(scene.double.bot, "send_messages")
        paused = await scene.until(is_paused)
        assert paused.pause_reason == SEND_MESSAGES_MISSING
        await scene.teo.dm().place.wait_for_count(1)
        scene.news.forbid(scene.double.bot, "send_messages", "embed_links")
        scene.news.permit(scene.double.bot, "send_messages")
        await scene.until(is_active)
        await scene.teo.dm().place.wait_for_count(2)
    first, second = scene.notices()
    assert "#news" in first
    assert "Nachrichten senden" in first
    assert "fortgesetzt" in second


async def test_subscriptions_with_one_cause_have_one_notice_that_names_them(scene: Scene) -> None:
    others = [await scene.subscribe(scene.news) for _ in range(2)]
    numbers = [scene.number, *others]
    async with running(scene.client(), scene.double):
        scene.news.forbid(scene.double.bot, "send_messages")
        for number in numbers:
            await scene.until(lambda found: found.paused_at is not None, number)
        await scene.teo.dm().place.bell.wait_until(lambda: len(scene.notices()) == 1, 30)
        (notice,) = scene.notices()
        assert "Harbour" in notice
        assert all(f"Abonnement {number}" in notice for number in numbers)
        assert notice.count("setze ich es von selbst fort") == 1
        scene.news.permit(scene.double.bot, "send_messages")
        for number in numbers:
            await scene.until(lambda found: found.paused_at is None, number)
        await scene.teo.dm().place.bell.wait_until(lambda: len(scene.notices()) == 2, 30)
        assert all(f"Abonnement {number} in #news fortgesetzt" in scene.notices()[1] for number in numbers)


async def test_a_deleted_channel_pauses_with_advice(scene: Scene) -> None:
    async with running(scene.client(), scene.double):
        scene.news.delete()
        assert (await scene.until(is_paused)).pause_reason == Obstacle(DeliveryReason.CHANNEL_GONE)
        (message,) = await scene.teo.dm().place.wait_for_count(1)
        assert "/abbestellen" in message.text


async def test_without_direct_messages_the_notice_goes_to_the_system_channel(scene: Scene) -> None:
    scene.teo.user.closed_dms = True
    async with running(scene.client(), scene.double):
        scene.news.forbid(scene.double.bot, "view_channel")
        await scene.until(is_paused)
        system = scene.harbour.system_channel
        assert system is not None
        message = await system.wait_for(lambda each: "angehalten" in each.text)
        assert "Kanal" in message.text


async def test_removed_and_invited_again(scene: Scene) -> None:
    async with running(scene.client(), scene.double):
        scene.harbour.kick_bot()
        assert (await scene.until(is_paused)).pause_reason == Obstacle(DeliveryReason.CHANNEL_GONE)
        scene.double.invite_bot(scene.harbour)
        await scene.until(is_active)


async def test_changes_while_the_bot_was_away_are_noticed_at_its_return(scene: Scene) -> None:
    other = scene.double.add_guild("Elsewhere")
    async with running(scene.client(), scene.double):
        pass
    scene.harbour.kick_bot()
    async with running(scene.client(), scene.double):
        assert (await scene.until(is_paused)).pause_reason == Obstacle(DeliveryReason.CHANNEL_GONE)
    scene.double.invite_bot(scene.harbour)
    async with running(scene.client(), scene.double):
        await scene.until(is_active)
    assert other.has_bot


async def test_subscriptions_that_delivery_paused_are_notified_and_resumed(scene: Scene) -> None:
    await scene.commands.services.subscriptions.pause(scene.number, reason=SEND_MESSAGES_MISSING)
    scene.news.forbid(scene.double.bot, "send_messages")
    async with running(scene.client(), scene.double):
        await scene.teo.dm().place.wait_for_count(1)
        scene.news.permit(scene.double.bot, "send_messages")
        await scene.until(is_active)


@pytest.mark.parametrize("change", ["forbid", "outage"])
async def test_a_managers_pause_and_an_outage_are_left_alone(scene: Scene, change: str) -> None:
    if change == "forbid":
        await scene.commands.services.subscriptions.pause(scene.number)
    before = await scene.subscription()
    general = scene.harbour.channel("general")
    later = await scene.subscribe(general)
    async with running(scene.client(), scene.double):
        if change == "forbid":
            scene.news.forbid(scene.double.bot, "send_messages")
            scene.news.permit(scene.double.bot, "send_messages")
        else:
            scene.harbour.outage()
            scene.harbour.outage(over=True)
        general.forbid(scene.double.bot, "send_messages")
        await scene.until(is_paused, later)  # what came before is looked at by then
    after = await scene.subscription()
    assert (after.paused_at, after.pause_reason) == (before.paused_at, before.pause_reason)
    assert not any("#news" in text for text in scene.notices())
