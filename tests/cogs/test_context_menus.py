"""The context menus of messages: summaries and reasons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from discord.http import Route

from bot.cogs.client import Client
from bot.commands import CommandRegistry
from bot.delivery.rest import DiscordMessagePort
from bot.i18n import words
from bot.newsroom.filters import EVERYTHING
from bot.rendering.discord import draw
from bot.rendering.pages.digest import digest_page
from tests.double import Discord

Connect = Callable[[Client], Awaitable[Client]]

LONG = (
    "The harbour of Lisbon closed on Monday after a storm broke two cranes. "
    "The port authority said that no one was hurt when the cranes fell. "
    "Forty ships wait outside for a place at the quay. "
    "Fishermen brought their boats up the river in the night. "
    "The weather service expects calmer winds from Wednesday on. "
    "Two ferries to the southern bank run again since noon."
)
FILE = (
    "Parliament in Nairobi votes on the budget\n"
    "NAIROBI - Members of parliament in Nairobi debated the national budget on Tuesday until midnight.\n"
    "The finance minister defended higher taxes on fuel. The opposition walked out before the vote.\n"
    "The budget passed with a majority of nine votes.\n"
)


async def test_a_message_is_summarized_in_its_own_sentences(
    discord_double: Discord, connect: Connect, gazette: Client
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    message = harbour.member("Aiko").at("news").say(f"{LONG} @everyone <@{harbour.member('Teo').id}>")
    answer = await harbour.member("Mara").at("news").use_on_message("Summarize message", message)
    assert answer.ephemeral
    assert answer.text.startswith("## Summary")
    assert "Lisbon" in answer.text
    assert "Two ferries" not in answer.text or "Forty ships" not in answer.text
    assert not discord_double.pings
    assert not discord_double.refusals


async def test_embeds_and_text_files_are_read_and_large_ones_left_out(
    discord_double: Discord, connect: Connect, gazette: Client
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    files = [
        ("budget.txt", FILE.encode("utf-16")),
        ("huge.txt", b"word " * 200_000),
        ("picture.png", b"\x89PNG"),
        ("fake.txt", b"\x89PNG\r\n\x1a\n" + bytes(200)),
    ]
    message = (
        harbour.member("Aiko")
        .at("news")
        .say("", files=files, embeds=[{"title": "A storm at the harbour", "description": LONG}])
    )
    answer = await harbour.member("Mara").at("news").use_on_message("Summarize message", message)
    assert "Lisbon" in answer.text
    assert "budget" in answer.text
    assert "huge.txt" in answer.text
    assert "fake.txt" in answer.text
    assert "picture.png" not in answer.text


async def test_a_message_without_text_is_refused(discord_double: Discord, connect: Connect, gazette: Client) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    message = harbour.member("Aiko").at("news").say("", files=[("cat.png", b"\x89PNG")])
    answer = await harbour.member("Teo").at("news").use_on_message("Summarize message", message)
    assert answer.ephemeral
    assert ".txt" in answer.text


async def test_why_offers_the_stories_of_a_digest(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry
) -> None:
    client = await connect(gazette)
    harbour = discord_double.guild("Harbour")
    digest = await commands.services.digests.compose(EVERYTHING)
    (payload,) = draw(digest_page(digest, words("en"), details=await commands.custom_ids.encode("story")))
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=harbour.channel("news").id)
    await client.http.request(route, json=payload)
    message = await harbour.channel("news").wait_for(lambda each: "Okinawa" in each.text)
    mara = harbour.member("Mara").at("news")
    asked = await mara.use_on_message("Why is this here?", message)
    answer = await mara.choose(asked, "Which story?", ["Destroyers meet off Okinawa"])
    assert answer.ephemeral
    assert "Okinawa" in answer.text
    assert "today.txt" in answer.text
    others = harbour.member("Aiko").at("news").say("e1 is nothing of the bot's")
    refused = await mara.use_on_message("Why is this here?", others)
    assert "isn’t one of my messages" in refused.text
    assert not discord_double.refusals


async def test_a_digest_under_a_name_of_its_own_is_the_bots(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry
) -> None:
    client = await connect(gazette)
    harbour = discord_double.guild("Harbour")
    harbour.allow_bot("manage_webhooks")
    digest = await commands.services.digests.compose(EVERYTHING)
    (payload,) = draw(digest_page(digest, words("en"), details=await commands.custom_ids.encode("story")))
    await DiscordMessagePort(client).send(
        harbour.channel("news").id, {**payload, "username": "The Lamp"}, "a.0", lambda: True
    )
    message = await harbour.channel("news").wait_for(lambda each: "Okinawa" in each.text)
    assert message.author.name == "The Lamp"
    mara = harbour.member("Mara").at("news")
    asked = await mara.use_on_message("Why is this here?", message)
    answer = await mara.choose(asked, "Which story?", ["Destroyers meet off Okinawa"])
    assert "today.txt" in answer.text
    (hook,) = discord_double.webhooks.values()
    hook.application = None  # as if a person had made it
    strange = {"content": "e1 is nothing of the bot's"}
    route = Route("POST", f"/webhooks/{hook.id}/{hook.token}")
    await client.http.request(route, json=strange)
    forged = await harbour.channel("news").wait_for(lambda each: "nothing of" in each.text)
    refused = await mara.use_on_message("Why is this here?", forged)
    assert "isn’t one of my messages" in refused.text
    assert not discord_double.refusals


async def test_the_menu_of_a_digest_under_a_name_of_its_own_opens_stories(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry
) -> None:
    client = await connect(gazette)
    harbour = discord_double.guild("Harbour")
    harbour.allow_bot("manage_webhooks")
    digest = await commands.services.digests.compose(EVERYTHING)
    say = words("en")
    (payload,) = draw(digest_page(digest, say, details=await commands.custom_ids.encode("story")))
    await DiscordMessagePort(client).send(
        harbour.channel("news").id, {**payload, "username": "The Lamp"}, "a.0", lambda: True
    )
    message = await harbour.channel("news").wait_for(lambda each: "Okinawa" in each.text)
    answer = await harbour.member("Mara").at("news").choose(message, say("menu-full"), ["Destroyers meet off Okinawa"])
    assert answer.ephemeral
    assert "Okinawa" in answer.text
