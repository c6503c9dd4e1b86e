"""Does discord.py's real client live with the double as it lives with Discord?"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import discord
import pytest
from discord import app_commands
from discord.ext import commands

from tests.double import Discord, Impossible, NoAnswer
from tests.double.fixtures import running

AnyBot = commands.Bot | commands.AutoShardedBot
Connect = Callable[[AnyBot], Awaitable[AnyBot]]


class Pages(discord.ui.LayoutView):
    """A page with text, a button and a menu."""

    def __init__(self, page: int = 1) -> None:
        super().__init__(timeout=None)
        self.page = page
        text: discord.ui.TextDisplay[Pages] = discord.ui.TextDisplay(f"Page {page}")
        button: discord.ui.Button[Pages] = discord.ui.Button(label="Next", custom_id=f"next:{page}")
        button.callback = self.next  # type: ignore[method-assign] # discord.py's way for views without classes
        menu: discord.ui.Select[Pages] = discord.ui.Select(
            custom_id="topic",
            options=[
                discord.SelectOption(label="Sport", value="sport"),
                discord.SelectOption(label="Health", value="health"),
            ],
        )
        menu.callback = self.choose  # type: ignore[method-assign] # as above
        self.menu = menu
        self.add_item(discord.ui.Container(text, discord.ui.Separator(), accent_colour=0x336699))
        self.add_item(discord.ui.ActionRow(button))
        self.add_item(discord.ui.ActionRow(menu))

    async def next(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(view=Pages(self.page + 1))

    async def choose(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"You chose {self.menu.values[0]}", ephemeral=True)


class Form(discord.ui.Modal, title="Write to us"):
    """A form with both ways of labelling."""

    words: discord.ui.Label[Form] = discord.ui.Label(
        text="Your words", component=discord.ui.TextInput(custom_id="words", max_length=50)
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert isinstance(self.words.component, discord.ui.TextInput)
        await interaction.response.send_message(f"Thanks for {self.words.component.value}", ephemeral=True)


def make_bot(kind: type[AnyBot] = commands.Bot, *, heartbeat_timeout: float = 60.0) -> AnyBot:
    """A bot with one command of each sort, that syncs at start."""
    bot = kind(
        "!",
        intents=discord.Intents(guilds=True, messages=True),
        help_command=None,
        allowed_mentions=discord.AllowedMentions.none(),
        guild_ready_timeout=0.1,
        heartbeat_timeout=heartbeat_timeout,
    )

    @bot.tree.command(description="News about a country")
    @app_commands.describe(country="Which country")
    async def news(interaction: discord.Interaction, country: str, private: bool = True) -> None:
        await interaction.response.send_message(f"News from {country} @everyone", ephemeral=private)

    @news.autocomplete("country")
    async def complete(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        names = {"Japan": "JP", "Jamaica": "JM", "Peru": "PE"}
        return [
            app_commands.Choice(name=name, value=code)
            for name, code in names.items()
            if name.lower().startswith(current)
        ]

    @bot.tree.command(description="Takes its time")
    async def slow(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(content="At last")
        await interaction.followup.send("And more", ephemeral=True)

    @bot.tree.command(description="Pages")
    async def pages(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(view=Pages(), ephemeral=True)

    @bot.tree.command(description="A form")
    async def form(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Form())

    @bot.tree.command(description="Never answers")
    async def mute(interaction: discord.Interaction) -> None:
        await asyncio.get_running_loop().create_future()

    @bot.tree.command(description="Where to")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def subscribe(interaction: discord.Interaction, channel: discord.TextChannel) -> None:
        await interaction.response.send_message(
            f"To {channel.name}, by {interaction.user.display_name}", ephemeral=True
        )

    group = app_commands.Group(name="digest", description="Digests")

    @group.command(name="now", description="At once")
    async def now(interaction: discord.Interaction, count: app_commands.Range[int, 1, 5] = 3) -> None:
        await interaction.response.send_message(f"{count} stories", ephemeral=True)

    bot.tree.add_command(group)

    @bot.tree.context_menu(name="Summarize message")
    async def summarize(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"{len(message.content)} characters", ephemeral=True)

    async def setup() -> None:
        await bot.tree.sync()

    bot.setup_hook = setup  # type: ignore[method-assign] # instead of a class of its own
    return bot


async def test_a_client_logs_in_and_registers_its_commands(discord_double: Discord, connect: Connect) -> None:
    bot = await connect(make_bot())
    assert bot.user is not None
    assert bot.user.id == discord_double.bot.id
    assert [guild.name for guild in bot.guilds] == ["Harbour"]
    names = {each["name"] for each in discord_double.commands[None].values()}
    assert names == {"news", "slow", "pages", "form", "mute", "subscribe", "digest", "Summarize message"}


async def test_a_person_uses_a_command_and_reads_a_private_answer(discord_double: Discord, connect: Connect) -> None:
    await connect(make_bot())
    aiko = discord_double.guild("Harbour").member("Aiko")
    answer = await aiko.command("news", country="JP")
    assert answer.ephemeral
    assert answer.content == "News from JP @everyone"
    assert answer.acknowledged_after is not None
    assert answer.acknowledged_after < 3
    assert not discord_double.guild("Harbour").channel("general").messages
    assert not discord_double.pings


async def test_a_person_is_offered_choices_while_typing(discord_double: Discord, connect: Connect) -> None:
    await connect(make_bot())
    teo = discord_double.guild("Harbour").member("Teo")
    assert [each["name"] for each in await teo.autocomplete("news", option="country", value="ja")] == [
        "Japan",
        "Jamaica",
    ]


async def test_a_deferred_answer_is_filled_and_followed_up(discord_double: Discord, connect: Connect) -> None:
    await connect(make_bot())
    answer = await discord_double.guild("Harbour").member("Mara").command("slow")
    assert answer.deferred
    assert answer.content == "At last"
    await answer.bell.wait_until(lambda: answer.followups, 30)
    assert answer.text == "At last\nAnd more"


async def test_buttons_and_menus_of_a_layout_answer(discord_double: Discord, connect: Connect) -> None:
    await connect(make_bot())
    mara = discord_double.guild("Harbour").member("Mara")
    answer = await mara.command("pages")
    turned = await mara.press(answer, "Next")
    assert turned.kind == "update"
    assert answer.text == "Page 2"
    turned = await mara.press(answer, "next:2")
    assert answer.text == "Page 3"
    chosen = await mara.choose(answer, "topic", "Health")
    assert chosen.content == "You chose health"
    with pytest.raises(Impossible, match="sees nothing"):
        await discord_double.guild("Harbour").member("Teo").press(answer, "Next")


async def test_a_form_is_opened_filled_in_and_sent(discord_double: Discord, connect: Connect) -> None:
    await connect(make_bot())
    mara = discord_double.guild("Harbour").member("Mara")
    opened = await mara.command("form")
    assert opened.modal is not None
    with pytest.raises(Impossible, match="0 to 50"):
        await mara.submit(opened.modal, {"Your words": "x" * 51})
    sent = await mara.submit(opened.modal, {"Your words": "the paper"})
    assert sent.content == "Thanks for the paper"


async def test_a_command_that_stays_silent_fails_for_the_person(discord_double: Discord, connect: Connect) -> None:
    discord_double.ack_within = 0.2
    await connect(make_bot())
    with pytest.raises(NoAnswer):
        await discord_double.guild("Harbour").member("Mara").command("mute")


async def test_only_what_is_registered_can_be_used(discord_double: Discord, connect: Connect) -> None:
    await connect(make_bot())
    guild = discord_double.guild("Harbour")
    mara, teo, news = guild.member("Mara"), guild.member("Teo"), guild.channel("news")
    assert (await mara.command("subscribe", channel=news)).content == "To news, by Mara"
    assert (await mara.command("digest now", count=2)).content == "2 stories"
    for attempt, words in (
        (teo.begin, ("subscribe", {"channel": news}, "hidden")),
        (mara.begin, ("subscribe", {"channel": guild.channel("Lounge")}, "types")),
        (mara.begin, ("subscribe", {}, "required")),
        (mara.begin, ("news", {"country": "JP", "colour": "red"}, "no option")),
        (mara.begin, ("gazette", {}, "no command")),
        (mara.begin, ("digest now", {"count": 9}, "takes 1 to 5")),
        (mara.begin, ("digest", {}, "sub-command")),
        (mara.dm().begin, ("subscribe", {"channel": news}, "direct messages")),
    ):
        with pytest.raises(Impossible, match=words[2]):
            attempt(words[0], **words[1])


async def test_commands_work_in_direct_messages_and_on_messages(discord_double: Discord, connect: Connect) -> None:
    await connect(make_bot())
    teo = discord_double.guild("Harbour").member("Teo")
    assert (await teo.dm().command("news", country="PE", private=False)).content.startswith("News from PE")
    message = teo.say("Ten letters")
    assert (await teo.use_on_message("Summarize message", message)).content == "11 characters"


async def test_messages_are_sent_edited_listed_and_deleted(discord_double: Discord, connect: Connect) -> None:
    bot = await connect(make_bot())
    news = discord_double.guild("Harbour").channel("news")
    channel = bot.get_channel(news.id)
    assert isinstance(channel, discord.TextChannel)
    first = await channel.send("one", nonce="slot:1")
    again = await channel.send("one", nonce="slot:1")
    assert again.id == first.id
    assert news.messages[0].duplicates == 1
    await first.edit(content="two")
    await channel.send("three", file=discord.File(__file__, filename="digest.txt"))
    assert [each.text for each in news.messages] == ["two", "three"]
    assert [each.content async for each in channel.history(limit=10)] == ["three", "two"]
    listed = [each async for each in channel.history(limit=1)]
    assert listed[0].nonce is None
    assert (await listed[0].attachments[0].read()).startswith(b'"""Does')
    await first.delete()
    assert [each.text for each in news.messages] == ["three"]


async def test_announcements_forums_threads_and_webhooks_are_served(discord_double: Discord, connect: Connect) -> None:
    bot = await connect(make_bot())
    guild = discord_double.guild("Harbour")
    dispatch, stories, news = (bot.get_channel(guild.channel(name).id) for name in ("dispatch", "stories", "news"))
    assert isinstance(dispatch, discord.TextChannel)
    assert isinstance(stories, discord.ForumChannel)
    assert isinstance(news, discord.TextChannel)
    await (await dispatch.send("Published")).publish()
    assert guild.channel("dispatch").messages[0].flags & 1
    tag = stories.get_tag(guild.channel("stories").tags[1].id)
    assert tag is not None
    post = await stories.create_thread(name="Sport today", view=Pages(), applied_tags=[tag])
    assert guild.channel("Sport today").messages[0].text == "Page 1"
    await post.thread.edit(archived=True)
    thread = await (await news.send("Talk")).create_thread(name="Talk about it")
    await thread.send("Well")
    assert guild.channel("Talk about it").messages[0].text == "Well"
    guild.allow_bot("manage_webhooks")
    hook = await news.create_webhook(name="The Harbour Post")
    sent = await hook.send("By another name", username="Evening Post", wait=True)
    assert sent.author.name == "Evening Post"
    assert guild.channel("news").messages[-1].author.name == "Evening Post"


async def test_a_dropped_connection_is_resumed_without_loss(discord_double: Discord, connect: Connect) -> None:
    await connect(make_bot())
    mara = discord_double.guild("Harbour").member("Mara")
    discord_double.gateway.drop()
    asked = mara.begin("news", country="JP")
    discord_double.ack_within = 15
    await asked.acknowledged()
    assert discord_double.gateway.resumed == 1
    assert discord_double.gateway.identified == 1


async def test_a_request_to_reconnect_is_followed(discord_double: Discord, connect: Connect) -> None:
    await connect(make_bot())
    discord_double.gateway.ask_to_reconnect()
    await discord_double.bell.wait_until(lambda: discord_double.gateway.resumed, 30)


async def test_a_line_that_went_dead_is_noticed_and_resumed(discord_double: Discord, connect: Connect) -> None:
    discord_double.gateway.heartbeat = 0.3
    await connect(make_bot(heartbeat_timeout=1.0))
    discord_double.gateway.go_deaf()
    await discord_double.bell.wait_until(lambda: discord_double.gateway.resumed, 30)


async def test_changes_in_the_guild_reach_the_client(discord_double: Discord, connect: Connect) -> None:
    bot = await connect(make_bot())
    guild = discord_double.guild("Harbour")
    gone: list[Any] = []
    done = asyncio.Event()

    async def on_guild_channel_delete(channel: discord.abc.GuildChannel) -> None:
        gone.append(channel.name)

    async def on_guild_remove(removed: discord.Guild) -> None:
        gone.append(removed.name)
        done.set()

    bot.event(on_guild_channel_delete)
    bot.event(on_guild_remove)
    guild.channel("news").delete()
    guild.kick_bot()
    await asyncio.wait_for(done.wait(), 30)
    assert gone == ["news", "Harbour"]


async def at_once(shard_id: int | None, *, initial: bool = False) -> None:
    """Instead of the 5 s that discord.py waits between two identifications."""


async def test_an_invalid_session_is_begun_anew(discord_double: Discord, connect: Connect) -> None:
    bot = make_bot()
    bot.before_identify_hook = at_once  # type: ignore[method-assign] # instead of a class of its own
    await connect(bot)
    discord_double.gateway.invalidate()
    await discord_double.bell.wait_until(lambda: discord_double.gateway.identified == 2, 30)
    assert not discord_double.gateway.resumed
    assert (await discord_double.guild("Harbour").member("Mara").command("news", country="PE")).content


async def test_shards_get_their_own_guilds(discord_double: Discord, connect: Connect) -> None:
    discord_double.gateway.shards = 2
    for name in ("North", "South", "East"):
        discord_double.add_guild(name)
    bot = make_bot(commands.AutoShardedBot)
    bot.before_identify_hook = at_once  # type: ignore[method-assign] # as above
    await connect(bot)
    assert sorted(each.shard for each in discord_double.gateway.connected) == [(0, 2), (1, 2)]
    assert {guild.name for guild in bot.guilds} == {"Harbour", "North", "South", "East"}
    for guild in discord_double.guilds.values():
        assert (await guild.member("Mara").command("news", country="PE")).content


async def test_people_type_commands_and_options_in_their_language(discord_double: Discord, connect: Connect) -> None:
    await connect(make_bot())
    news = next(each for each in discord_double.commands[None].values() if each["name"] == "news")
    news["name_localizations"], news["options"][0]["name_localizations"] = {"de": "neues"}, {"de": "land"}
    guild = discord_double.guild("Harbour")
    assert (await guild.member("Teo").command("neues", land="PE")).content.startswith("News from PE")
    with pytest.raises(Impossible, match="no command"):
        guild.member("Aiko").begin("neues", land="PE")


async def test_a_revoked_token_ends_the_connection_for_good(discord_double: Discord) -> None:
    bot = make_bot()

    async def lose_the_token() -> None:
        async with running(bot, discord_double):
            discord_double.revoke_token()
            await discord_double.bell.wait_until(bot.is_closed, 30)

    with pytest.raises(discord.ConnectionClosed) as ended:
        await lose_the_token()
    assert ended.value.code == 4004
    with pytest.raises(discord.LoginFailure):
        await running(make_bot(), discord_double, token="wrong").__aenter__()
