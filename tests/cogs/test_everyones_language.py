"""Does every command answer every reader in their language, typed in their language?"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.cogs.client import Client
from bot.cogs.command_tree import registered_name
from bot.commands import Commands
from bot.i18n import negotiate, words
from tests.double import Discord, Impossible, Member

Connect = Callable[[Client], Awaitable[Client]]

LOCALES = ("en-US", "de", "fr", "es-ES", "pt-BR", "ja", "zh-TW")
"""As Discord names the seven languages of the interface."""

STEPS: list[tuple[str, dict[str, Any]]] = [
    ("news", {"country": "JP", "topic": "conflict-war-and-peace"}),
    ("digest now", {}),
    ("trending", {}),
    ("catchup", {}),
    ("search", {"words": "navies"}),
    ("story", {"id": "s1"}),
    ("why", {"id": "s1"}),
    ("countries", {}),
    ("topics", {}),
    ("about", {}),
    ("help", {}),
    ("follow", {"time": "08:00", "timezone": "Asia/Tokyo", "topic": "sport"}),
    ("following", {}),
    ("mute", {"topic": "weather"}),
    ("unmute", {}),
    ("unfollow", {}),
    ("forget", {}),
    ("subscribe", {}),
    ("subscribe", {"time": "08:00", "timezone": "Europe/Berlin", "country": "JP"}),
    ("subscriptions", {}),
    ("edit", {"id": 1, "time": "09:00"}),
    ("pause", {"id": 1}),
    ("resume", {"id": 1}),
    ("preview", {"id": 1}),
    ("history", {"id": 1}),
    ("unsubscribe", {"id": 1}),
]


def in_their_words(name: str, options: dict[str, Any], locale: str) -> tuple[str, dict[str, Any]]:
    """A command as somebody types whose client shows them only their own language."""
    say = words(locale)
    parts = [say.plain(f"command-{part}") for part in name.split()]
    return " ".join(parts), {say.plain(f"option-{option}"): value for option, value in options.items()}


@pytest.mark.parametrize("locale", LOCALES)
async def test_every_command_in_the_members_language(
    discord_town: Discord, connect: Connect, gazette: Client, commands: Commands, locale: str
) -> None:
    assert {registered_name(each) for each in commands.all()} == {name for name, _ in STEPS}
    await connect(gazette)
    harbour = discord_town.guild("Harbour")
    member = discord_town.add_member(harbour, "Robin", locale=locale)
    member.give("manage_guild")
    robin = member.at("news")
    for name, options in STEPS:
        own_name, own_options = in_their_words(name, options, locale)
        answer = await robin.command(own_name, **own_options)
        assert answer.ephemeral, name
        assert answer.text, name
        assert words(locale)("error", reference="").rstrip(".。") not in answer.text, name
        assert "{" not in answer.text, name
    assert not discord_town.refusals
    assert not discord_town.pings


@pytest.mark.parametrize("locale", LOCALES[1:])
async def test_answers_are_not_english_elsewhere(
    discord_town: Discord, connect: Connect, gazette: Client, locale: str
) -> None:
    await connect(gazette)
    harbour = discord_town.guild("Harbour")
    local = discord_town.add_member(harbour, "Robin", locale=locale)
    english = discord_town.add_member(harbour, "Sam")
    for name in ("about", "help", "countries", "topics", "trending"):
        theirs = await local.command(name)
        assert theirs.text != (await english.command(name)).text, name
    refused = await local.command("story", id="s999")
    assert words(negotiate(locale))("error-not-found", what=words(locale)("what-story"), id="s999") in refused.text


@pytest.mark.parametrize("locale", LOCALES)
async def test_options_complete_in_the_members_language(
    discord_town: Discord, connect: Connect, gazette: Client, locale: str
) -> None:
    await connect(gazette)
    robin = discord_town.add_member(discord_town.guild("Harbour"), "Robin", locale=locale)
    typed = {"en-US": "jap", "de": "jap", "fr": "jap", "es-ES": "jap", "pt-BR": "jap", "ja": "日", "zh-TW": "日"}
    offered = await robin.autocomplete("news", option="country", value=typed[locale])
    assert offered[0]["value"] == "JP"
    mistyped = await robin.autocomplete("news", option="country", value="Tiawan")
    assert mistyped[0]["value"] == "TW"
    zones = await robin.autocomplete("follow", option="timezone", value="")
    assert 0 < len(zones) <= 25


async def test_readers_commands_work_in_direct_messages_and_managers_do_not(
    discord_town: Discord, connect: Connect, gazette: Client, commands: Commands
) -> None:
    await connect(gazette)
    lena: Member = discord_town.add_person("Lena", locale="fr").dm()
    options: dict[str, dict[str, Any]] = dict(STEPS)
    for command in commands.all():
        name = registered_name(command)
        if command.manager:
            with pytest.raises(Impossible):
                await lena.command(name, **options[name])
        else:
            assert (await lena.command(name, **options[name])).text
    assert not discord_town.refusals


async def test_nobody_reaches_another_servers_subscriptions(
    discord_town: Discord, connect: Connect, gazette: Client, commands: Commands
) -> None:
    await connect(gazette)
    other = discord_town.add_guild("Elsewhere", people={"Nadia": "en-US"})
    mara = discord_town.guild("Harbour").member("Mara").at("news")
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
