"""A server that invites the bot is welcomed once, where everybody can see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bot.cogs.client import Client, default_cogs
from bot.commands import CommandRegistry
from bot.i18n import words
from bot.intake.worker_pool import DeadlineExecutor
from tests.clock import ManualClock
from tests.double import Channel, Discord, Guild
from tests.double.fixtures import running


@pytest.fixture
def client(
    discord_double: Discord, commands: CommandRegistry, clock: ManualClock, executor: DeadlineExecutor
) -> Callable[[], Client]:
    def made() -> Client:
        return Client(
            key_values=commands.services.key_values,
            handle_component=commands.handle_component,
            commands=commands.all(),
            suggest=commands.suggest,
            cogs=default_cogs(commands, clock=clock, executor=executor, settle_seconds=0.01),
            guild_ready_seconds=0.1,
        )

    return made


@pytest.fixture
def harbour(discord_double: Discord) -> Iterator[Guild]:
    guild = discord_double.guild("Harbour")
    yield guild
    assert not discord_double.pings


def _posted(guild: Guild) -> list[str]:
    return [message.text for channel in guild.channels for message in channel.messages]


def _system_channel(guild: Guild) -> Channel:
    assert guild.system_channel is not None
    return guild.system_channel


async def test_a_new_server_is_told_what_to_do_in_its_language(
    client: Callable[[], Client], discord_double: Discord, harbour: Guild
) -> None:
    harbour.locale = "de"
    harbour.kick_bot()
    async with running(client(), discord_double):
        discord_double.invite_bot(harbour)
        message = await _system_channel(harbour).wait_for(lambda each: "/abonnieren" in each.text)
    assert "/hilfe" in message.text
    assert words("de").plain("welcome-title") in message.text


async def test_restarts_outages_and_known_servers_get_no_welcome(
    client: Callable[[], Client], discord_double: Discord, harbour: Guild
) -> None:
    async with running(client(), discord_double):
        harbour.outage()
        harbour.outage(over=True)
    async with running(client(), discord_double):
        pass
    assert _posted(harbour) == []


async def test_a_server_is_welcomed_once_by_two_processes_and_two_invitations(
    client: Callable[[], Client], discord_double: Discord, harbour: Guild
) -> None:
    harbour.kick_bot()
    # Each process sees both joins, so four handlers ask; a later server's welcome shows that they are through.
    async with running(client(), discord_double), running(client(), discord_double):
        discord_double.invite_bot(harbour)
        await _system_channel(harbour).wait_for(lambda each: "/subscribe" in each.text)
        harbour.kick_bot()
        discord_double.invite_bot(harbour)
        island = discord_double.add_guild("Island", channels=("general",))
        island.kick_bot()
        discord_double.invite_bot(island)
        await _system_channel(island).wait_for(lambda each: "/subscribe" in each.text)
    assert len(_posted(harbour)) == 1
    assert len(_posted(island)) == 1


async def test_without_a_writable_system_channel_another_one_is_taken(
    client: Callable[[], Client], discord_double: Discord, harbour: Guild
) -> None:
    harbour.kick_bot()
    system = _system_channel(harbour)
    system.forbid(discord_double.bot, "send_messages")
    async with running(client(), discord_double):
        discord_double.invite_bot(harbour)
        await harbour.channel("news").wait_for(lambda each: "/subscribe" in each.text)
    assert not system.messages
