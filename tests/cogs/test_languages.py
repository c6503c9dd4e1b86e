"""Every command works in every language, typed and answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.cogs.client import Client
from bot.cogs.command_tree import registered_name
from bot.commands import CommandRegistry
from bot.i18n import negotiate, words
from tests.commands.sample_options import prepare_samples
from tests.double import Discord, Impossible, Member

Connect = Callable[[Client], Awaitable[Client]]

LOCALES = ("en-US", "de", "fr", "es-ES", "pt-BR", "ja", "zh-TW")
"""As Discord names the seven languages of the interface."""


def in_their_words(name: str, options: dict[str, Any], locale: str) -> tuple[str, dict[str, Any]]:
    """A command as somebody types whose client shows them only their own language."""
    say = words(locale)
    parts = [say.plain(f"command-{part}") for part in name.split()]
    return " ".join(parts), {say.plain(f"option-{option}"): value for option, value in options.items()}


@pytest.mark.parametrize("locale", LOCALES)
async def test_every_command_in_the_members_language(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry, locale: str
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    member = discord_double.add_member(harbour, "Robin", locale=locale)
    member.give("manage_guild")
    robin = member.at("news")
    for command in commands.all():
        name = registered_name(command)
        samples = await prepare_samples(
            commands.services, guild_id=harbour.id, channel_id=harbour.channel("news").id, member_id=member.id
        )
        own_name, own_options = in_their_words(name, samples.of(command), locale)
        for options in ({}, own_options) if name == "subscribe" else (own_options,):
            answer = await robin.command(own_name, **options)
            assert answer.ephemeral, name
            assert answer.text, name
            assert words(locale)("error", reference="").rstrip(".。") not in answer.text, name
            assert "{" not in answer.text, name
    assert not discord_double.refusals
    assert not discord_double.pings


@pytest.mark.parametrize("locale", LOCALES[1:])
async def test_answers_are_not_english_elsewhere(
    discord_double: Discord, connect: Connect, gazette: Client, locale: str
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    local = discord_double.add_member(harbour, "Robin", locale=locale)
    english = discord_double.add_member(harbour, "Sam")
    for name in ("about", "help", "countries", "topics", "trending"):
        theirs = await local.command(name)
        assert theirs.text != (await english.command(name)).text, name
    refused = await local.command("story", id="s999")
    assert words(negotiate(locale))("error-not-found", what=words(locale)("what-story"), id="s999") in refused.text


@pytest.mark.parametrize("locale", LOCALES)
async def test_options_complete_in_the_members_language(
    discord_double: Discord, connect: Connect, gazette: Client, locale: str
) -> None:
    await connect(gazette)
    robin = discord_double.add_member(discord_double.guild("Harbour"), "Robin", locale=locale)
    typed = {"en-US": "jap", "de": "jap", "fr": "jap", "es-ES": "jap", "pt-BR": "jap", "ja": "日", "zh-TW": "日"}
    offered = await robin.autocomplete("news", option="country", value=typed[locale])
    assert offered[0]["value"] == "JP"
    mistyped = await robin.autocomplete("news", option="country", value="Tiawan")
    assert mistyped[0]["value"] == "TW"
    zones = await robin.autocomplete("follow", option="timezone", value="")
    assert 0 < len(zones) <= 25


async def test_readers_commands_work_in_direct_messages_and_managers_do_not(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry
) -> None:
    await connect(gazette)
    lena: Member = discord_double.add_person("Lena", locale="fr").dm()
    for command in commands.all():
        name = registered_name(command)
        samples = await prepare_samples(commands.services, guild_id=1, channel_id=1, member_id=lena.id)
        if command.manager and " " in command.name:  # in a group of readers' commands
            refused = (await lena.command(name, **samples.of(command))).text
            assert words("fr")("permission-manage-guild") in refused, name
        elif command.manager:
            with pytest.raises(Impossible):
                await lena.command(name, **samples.of(command))
        else:
            assert (await lena.command(name, **samples.of(command))).text
    assert not discord_double.refusals


async def test_managers_cannot_reach_another_servers_subscriptions(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry
) -> None:
    await connect(gazette)
    other = discord_double.add_guild("Elsewhere", people={"Nadia": "en-US"})
    mara = discord_double.guild("Harbour").member("Mara").at("news")
    nadia = other.member("Nadia")
    await mara.command("subscribe", time="08:00", timezone="Europe/Berlin", country="JP")
    assert "08:00" not in (await nadia.command("subscriptions")).text
    assert await nadia.autocomplete("pause", option="id", value="") == []
    for name in ("edit", "pause", "resume", "preview", "history", "unsubscribe"):
        more = {"time": "10:00"} if name == "edit" else {}
        refused = await nadia.command(name, id=1, **more)
        assert words("en")("error-not-found", what=words("en")("what-subscription"), id="1") in refused.text
    ((still, _),) = await commands.services.subscriptions.list_subscriptions()
    assert still.paused_at is None
    assert f"{still.times[0]:%H:%M}" == "08:00"
