"""Commands, buttons and errors through the real client, against the double of Discord."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.cluster.interaction_claims import InteractionClaims
from bot.cogs import interactions
from bot.cogs.client import Client
from bot.delivery.api_base import set_api_base
from bot.i18n import words
from bot.rendering.layout import ActionRow, Button, Page, paragraph
from bot.store.key_values import KeyValues
from tests.cogs.sample_commands import SampleCommands
from tests.double import Discord, Impossible
from tests.double.fixtures import running

Connect = Callable[[Client], Awaitable[Client]]


@pytest.fixture
def sample(key_values: KeyValues) -> SampleCommands:
    return SampleCommands(key_values)


@pytest.fixture(autouse=True)
def nothing_is_refused_and_nobody_notified(discord_double: Discord) -> object:
    yield
    assert not discord_double.refusals
    assert not discord_double.pings


async def test_a_reader_asks_and_turns_the_page(
    discord_double: Discord, connect: Connect, sample: SampleCommands
) -> None:
    await connect(sample.client())
    aiko = discord_double.guild("Harbour").member("Aiko").at("news")
    answer = await aiko.command("news", country="JP")
    assert answer.ephemeral
    assert "Page 1 of" in answer.text
    page = await aiko.press(answer, "Next")
    assert page.kind == "update"
    assert "Page 2 of" in answer.text
    assert sample.askers[0].locale == "ja"
    assert sample.askers[0].member_id == aiko.id
    assert not sample.askers[0].manager


async def test_names_are_typed_in_the_members_language(
    discord_double: Discord, connect: Connect, sample: SampleCommands
) -> None:
    await connect(sample.client())
    registered = {each["name"]: each for each in discord_double.commands[None].values()}
    assert registered["news"]["description"] == words("en")("command-news-about")
    german = registered["news"]["name_localizations"]["de"]
    assert german == words("de")("command-news") != "news"
    assert "JP" in (await discord_double.guild("Harbour").member("Teo").command(german, country="JP")).text


async def test_a_name_of_two_words_is_a_sub_command(
    discord_double: Discord, connect: Connect, sample: SampleCommands
) -> None:
    await connect(sample.client())
    sample.gate.set()
    mara = discord_double.guild("Harbour").member("Mara")
    assert "The digest of PE" in (await mara.command("digest now", country="PE")).text
    with pytest.raises(Impossible):
        await mara.command("digest")


async def test_slow_answers_are_announced(discord_double: Discord, connect: Connect, sample: SampleCommands) -> None:
    await connect(sample.client())
    answer = discord_double.guild("Harbour").member("Mara").begin("digest now")
    await answer.acknowledged()
    assert answer.kind == "deferred"
    assert answer.acknowledged_after is not None
    assert answer.acknowledged_after < interactions.DEFER_AFTER + 0.5
    sample.gate.set()
    await answer.complete()
    assert answer.ephemeral
    assert "The digest of None" in answer.text


async def test_a_slow_page_takes_the_place_of_the_one_before(
    discord_double: Discord, connect: Connect, sample: SampleCommands
) -> None:
    await connect(sample.client())
    mara = discord_double.guild("Harbour").member("Mara")
    first = await mara.command("news", country="JP")
    second = mara.begin_press(first, "Slowly")
    await second.acknowledged()
    assert second.kind == "deferred update"
    sample.gate.set()
    await first.message.channel.bell.wait_until(lambda: "Page 2" in first.text, 30)


async def test_options_complete_within_discords_bounds(
    discord_double: Discord, connect: Connect, sample: SampleCommands
) -> None:
    await connect(sample.client())
    aiko = discord_double.guild("Harbour").member("Aiko")
    offered = await aiko.autocomplete("news", option="country", value="jap")
    assert len(offered) == 25
    assert offered[0]["value"] == "country0"
    assert sample.asked == [("country", "ja", None)]
    assert await aiko.autocomplete("news", option="country", value="!") == []


async def test_errors_are_answered_in_the_members_language(
    discord_double: Discord, connect: Connect, sample: SampleCommands
) -> None:
    await connect(sample.client())
    mara = discord_double.guild("Harbour").member("Mara")
    answer = await mara.command("story", id="s99")
    assert answer.ephemeral
    assert "s99" in answer.text
    broken = await mara.command("story", id="broken")
    assert broken.ephemeral
    assert "The log has the details under" in broken.text
    assert "fault of the program" not in broken.text


async def test_managers_commands_are_hidden_and_guarded(
    discord_double: Discord, connect: Connect, sample: SampleCommands
) -> None:
    await connect(sample.client())
    harbour = discord_double.guild("Harbour")
    aiko = harbour.member("Aiko")
    with pytest.raises(Impossible, match="manage_guild"):
        await aiko.command("subscriptions")
    with pytest.raises(Impossible, match="direct messages"):
        await harbour.member("Mara").dm().command("subscriptions")
    answer = await harbour.member("Mara").command("subscriptions", channel=harbour.channel("stories"))
    assert str(harbour.channel("stories").id) in answer.text
    registered = next(each for each in discord_double.commands[None].values() if each["name"] == "subscriptions")
    registered["default_member_permissions"] = None  # as a server may set it for everyone
    refused = await aiko.command("subscriptions")
    assert words("ja")("permission-manage-guild") in refused.text


async def test_readers_ask_in_direct_messages_and_where_the_bot_is_not(
    discord_double: Discord, connect: Connect, sample: SampleCommands
) -> None:
    await connect(sample.client())
    lena = discord_double.add_person("Lena", locale="fr")
    assert "Page 1" in (await lena.dm().command("news")).text
    assert sample.askers[-1].guild_id is None


async def test_long_answers_take_several_messages(
    discord_double: Discord, connect: Connect, sample: SampleCommands
) -> None:
    await connect(sample.client())
    answer = discord_double.guild("Harbour").member("Mara").begin("about")
    await answer.complete()
    await answer.bell.wait_until(lambda: len(answer.messages) == 4, 30)
    assert all(each.ephemeral for each in answer.messages)


async def test_a_second_start_registers_nothing_and_old_buttons_work(
    discord_double: Discord, sample: SampleCommands
) -> None:
    teo = discord_double.guild("Harbour").member("Teo")
    async with running(sample.client(), discord_double):
        first = await teo.command("news", country="DE")
    registrations = discord_double.registrations
    assert registrations == 1
    async with running(SampleCommands(sample.key_values).client(), discord_double):
        assert discord_double.registrations == registrations
        await teo.press(first, "Next")
        assert "Page 2" in first.text
    await sample.key_values.set(f"commands:{discord_double.application_id}", "changed")
    async with running(sample.client(), discord_double):
        assert discord_double.registrations == registrations + 1


async def test_a_new_session_uses_the_configured_address(
    discord_double: Discord, sample: SampleCommands, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def at_once(shard_id: int | None, *, initial: bool = False) -> None:
        """Instead of the 5 s that discord.py waits between two identifications."""

    for owner, name in ((Route, "BASE"), (DiscordWebSocket, "DEFAULT_GATEWAY")):
        monkeypatch.setattr(owner, name, getattr(owner, name))  # put back afterwards
    set_api_base(discord_double.api_base)
    client = sample.client()
    monkeypatch.setattr(client, "before_identify_hook", at_once)
    async with client:
        running_on = asyncio.create_task(client.start(discord_double.token))
        await asyncio.wait_for(client.connected.wait(), 30)
        discord_double.gateway.invalidate()
        await discord_double.bell.wait_until(lambda: discord_double.gateway.identified == 2, 30)
        assert (await discord_double.guild("Harbour").member("Teo").command("news", country="DE")).text
        await client.close()
        await running_on


async def test_others_may_press_and_get_their_own_answer(
    discord_double: Discord, connect: Connect, sample: SampleCommands
) -> None:
    client = await connect(sample.client())
    harbour = discord_double.guild("Harbour")
    channel = client.get_partial_messageable(harbour.channel("news").id)
    posted, _files = interactions.rendered_views(
        Page((paragraph("A digest"), ActionRow((Button("More", "news:n:1:JP"),))))
    )[0]
    await channel.send(view=posted)
    message = await harbour.channel("news").wait_for(lambda each: "A digest" in each.text)
    answer = await harbour.member("Aiko").at("news").press(message, "More")
    assert answer.kind == "message"
    assert answer.ephemeral
    assert "A digest" in message.text


async def test_an_answer_whose_line_was_closed_is_sent_once_more(
    discord_double: Discord, connect: Connect, sample: SampleCommands
) -> None:
    await connect(sample.client())
    discord_double.faults.drop("POST /interactions/{interaction_id}/{interaction_token}/callback", times=1)
    assert "Page 1" in (await discord_double.guild("Harbour").member("Mara").command("news")).text


async def test_beyond_the_limit_members_are_asked_to_come_back(
    discord_double: Discord, connect: Connect, sample: SampleCommands
) -> None:
    claims = InteractionClaims(sample.key_values.store, sample.key_values.clock)
    await connect(sample.client(gate=interactions.InteractionGate(claims, max_concurrent=1, max_in_flight=3)))
    mara = discord_double.guild("Harbour").member("Mara")
    waiting = [mara.begin("digest now", country=str(number)) for number in range(3)]
    for each in waiting:
        await each.acknowledged()
    refused = await mara.command("news")
    assert words("en")("error-store-unavailable") in refused.text
    sample.gate.set()
    for number, each in enumerate(waiting):
        await each.complete()
        assert f"The digest of {number}" in each.text


async def test_answers_in_flight_are_given_before_the_client_closes(
    discord_double: Discord, sample: SampleCommands
) -> None:
    async with running(sample.client(), discord_double) as client:
        answer = discord_double.guild("Harbour").member("Mara").begin("digest now")
        await answer.acknowledged()
        assert client.gate.in_flight == 1
        sample.gate.set()
    await answer.complete()
    assert "The digest" in answer.text
