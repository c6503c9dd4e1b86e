"""Does the rest of what a bot does every day work through discord.py?"""

from __future__ import annotations

import asyncio
import io
from typing import Any

import discord
import pytest
from discord import app_commands
from discord.ext import commands

from tests.double import Discord, Impossible
from tests.double.test_double_client import AnyBot, Connect, Pages, make_bot


def text_channel(bot: AnyBot, double: Discord, name: str) -> discord.TextChannel:
    channel = bot.get_channel(double.guild("Harbour").channel(name).id)
    assert isinstance(channel, discord.TextChannel)
    return channel


async def test_guilds_members_roles_and_the_application_are_looked_up(
    discord_double: Discord, connect: Connect
) -> None:
    bot = await connect(make_bot())
    town_guild = discord_double.guild("Harbour")
    editors = town_guild.add_role("Editors", "manage_guild", mentionable=True)
    guild = await bot.fetch_guild(town_guild.id)
    assert (guild.name, guild.approximate_member_count) == ("Harbour", 4)
    assert {each.name for each in await guild.fetch_channels()} == {"general", "news", "dispatch", "stories", "Lounge"}
    assert {each.name for each in await guild.fetch_roles()} == {"@everyone", "Gazette", "Editors"}
    teo = town_guild.member("Teo")
    teo.roles.append(editors)
    member = await guild.fetch_member(teo.id)
    assert [role.name for role in member.roles[1:]] == ["Editors"]
    assert [each.display_name for each in await bot.guilds[0].query_members("te")] == ["Teo"]
    with pytest.raises(discord.NotFound) as gone:
        await guild.fetch_member(1)
    assert gone.value.code == 10013
    assert (await bot.fetch_user(teo.id)).name == "teo"
    info = await bot.application_info()
    assert (info.id, info.owner.name) == (discord_double.application_id, "mara")
    assert not await bot.fetch_application_emojis()
    assert [each.name async for each in bot.fetch_guilds()] == ["Harbour"]
    assert not await guild.fetch_emojis()
    assert not await guild.active_threads()
    for name, places in (("news", 1), ("Lounge", 2)):
        channel = await bot.fetch_channel(town_guild.channel(name).id)
        assert not isinstance(channel, discord.abc.PrivateChannel)
        assert channel.name == name, places
    await bot.guilds[0].leave()
    assert not town_guild.has_bot


async def test_commands_are_fetched_changed_and_taken_back(discord_double: Discord, connect: Connect) -> None:
    bot = await connect(make_bot())
    listed = await bot.tree.fetch_commands()
    assert len(listed) == 8
    one = await bot.tree.fetch_command(listed[0].id)
    await one.delete()
    assert len(await bot.tree.fetch_commands()) == 7
    with pytest.raises(discord.NotFound):
        await bot.tree.fetch_command(one.id)
    guild = discord.Object(discord_double.guild("Harbour").id)
    bot.tree.copy_global_to(guild=guild)
    await bot.tree.sync(guild=guild)
    assert len(discord_double.commands[guild.id]) == 8
    assert (await discord_double.guild("Harbour").member("Teo").command("news", country="PE")).content


async def test_history_is_read_in_every_direction(discord_double: Discord, connect: Connect) -> None:
    bot = await connect(make_bot())
    channel = text_channel(bot, discord_double, "news")
    sent = [await channel.send(str(number)) for number in range(6)]
    assert [each.content async for each in channel.history(before=sent[3])] == ["2", "1", "0"]
    assert [each.content async for each in channel.history(after=sent[3])] == ["4", "5"]
    assert [each.content async for each in channel.history(around=sent[2], limit=3)] == ["3", "2", "1"]
    assert [each.content async for each in channel.history(limit=2, oldest_first=True)] == ["0", "1"]
    assert (await channel.fetch_message(sent[4].id)).content == "4"
    discord_double.guild("Harbour").allow_bot("manage_messages")
    await channel.delete_messages(sent[:3])
    with pytest.raises(discord.NotFound) as gone:
        await channel.fetch_message(sent[0].id)
    assert gone.value.code == 10008


async def test_messages_are_replied_to_reacted_to_and_pinned(discord_double: Discord, connect: Connect) -> None:
    bot = await connect(make_bot())
    town_guild = discord_double.guild("Harbour")
    channel = text_channel(bot, discord_double, "news")
    question = town_guild.member("Teo").at("news").say("What's new?")
    partial = channel.get_partial_message(question.id)
    reply = await partial.reply("This", mention_author=True)
    assert reply.reference is not None
    assert reply.reference.message_id == question.id
    assert town_guild.channel("news").messages[-1].pings.users == {town_guild.member("Teo").id}
    await reply.add_reaction("👍")
    town_guild.member("Teo").react(town_guild.channel("news").messages[-1], "👍")
    assert (await channel.fetch_message(reply.id)).reactions[0].count == 2
    await reply.remove_reaction("👍", discord.Object(discord_double.bot.id))
    with pytest.raises(discord.NotFound):
        await reply.add_reaction("thumb")
    with pytest.raises(discord.Forbidden):
        await reply.pin()
    town_guild.allow_bot("pin_messages")
    await reply.pin()
    assert [each.id async for each in channel.pins()] == [reply.id]
    await reply.unpin()
    assert not [each async for each in channel.pins()]
    await channel.typing()


async def test_threads_are_opened_locked_and_listed(discord_double: Discord, connect: Connect) -> None:
    bot = await connect(make_bot())
    channel = text_channel(bot, discord_double, "news")
    thread = await channel.create_thread(name="By itself", type=discord.ChannelType.public_thread)
    await thread.join()
    await thread.send("Here")
    await thread.edit(archived=True)
    assert [each.name async for each in channel.archived_threads()] == ["By itself"]
    town_thread = discord_double.guild("Harbour").channel("By itself")
    await thread.send("And again")
    assert not town_thread.archived
    await thread.edit(archived=True, locked=True)
    with pytest.raises(discord.HTTPException) as locked:
        await thread.send("No more")
    assert locked.value.code == 50160
    with pytest.raises(discord.Forbidden):
        await thread.delete()
    message = await channel.send("Twice?")
    await message.create_thread(name="Once")
    with pytest.raises(discord.HTTPException) as twice:
        await message.create_thread(name="Twice")
    assert twice.value.code == 160004


async def test_webhooks_post_edit_and_go(discord_double: Discord, connect: Connect) -> None:
    bot = await connect(make_bot())
    town_guild = discord_double.guild("Harbour")
    channel = text_channel(bot, discord_double, "news")
    with pytest.raises(discord.Forbidden):
        await channel.create_webhook(name="Post")
    town_guild.allow_bot("manage_webhooks")
    with pytest.raises(discord.HTTPException, match="cannot contain"):
        await channel.create_webhook(name="Discord News")
    hook = await channel.create_webhook(name="Post")
    assert (
        [each.id for each in await channel.webhooks()]
        == [each.id for each in await bot.guilds[0].webhooks()]
        == [hook.id]
    )
    assert (await bot.fetch_webhook(hook.id)).token == hook.token
    sent = await hook.send(view=Pages(), wait=True)
    await hook.edit_message(sent.id, view=Pages(2))
    assert town_guild.channel("news").messages[-1].text == "Page 2"
    assert (await hook.fetch_message(sent.id)).id == sent.id
    with pytest.raises(discord.Forbidden):
        await channel.get_partial_message(sent.id).edit(content="x")
    await hook.delete_message(sent.id)
    await hook.edit(name="Courier")
    forum = bot.get_channel(town_guild.channel("stories").id)
    assert isinstance(forum, discord.ForumChannel)
    other = await forum.create_webhook(name="Post")
    with pytest.raises(discord.HTTPException) as nameless:
        await other.send("x", wait=True)
    assert nameless.value.code == 220001
    post = await other.send("First", thread_name="A post", wait=True)
    await other.send("Second", thread=discord.Object(post.channel.id))
    assert [each.text for each in town_guild.channel("A post").messages] == ["First", "Second"]
    await hook.delete()
    with pytest.raises(discord.NotFound) as gone:
        await hook.send("x")
    assert gone.value.code == 10015


async def test_people_are_written_to(discord_double: Discord, connect: Connect) -> None:
    bot = await connect(make_bot())
    teo = discord_double.guild("Harbour").member("Teo")
    user = await bot.fetch_user(teo.id)
    await user.send("Your digest")
    assert [each.text for each in discord_double.dm_of(teo.user).messages] == ["Your digest"]
    discord_double.guild("Harbour").kick_bot()
    with pytest.raises(discord.Forbidden) as refused:
        await user.send("Another")
    assert refused.value.code == 50007


class Everything(discord.ui.Modal, title="Everything"):
    """A form with fields of several kinds."""

    where: discord.ui.Label[Everything] = discord.ui.Label(
        text="Where", component=discord.ui.ChannelSelect(custom_id="where", channel_types=[discord.ChannelType.text])
    )
    topics: discord.ui.Label[Everything] = discord.ui.Label(
        text="Topics",
        component=discord.ui.Select(
            custom_id="topics",
            max_values=2,
            options=[discord.SelectOption(label="Sport", value="s"), discord.SelectOption(label="Health", value="h")],
        ),
    )
    when = discord.ui.TextInput["Everything"](label="When", custom_id="when", default="08:00")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert isinstance(self.where.component, discord.ui.ChannelSelect)
        assert isinstance(self.topics.component, discord.ui.Select)
        names = [each.name for each in self.where.component.values]
        await interaction.response.send_message(
            f"{names} {self.topics.component.values} {self.when.value}", ephemeral=True
        )


def wizard() -> AnyBot:
    bot = make_bot()

    @bot.tree.command(description="All kinds of options")
    async def kinds(
        interaction: discord.Interaction,
        who: discord.Member,
        role: discord.Role,
        file: discord.Attachment,
        share: float = 0.5,
        loud: bool = False,
    ) -> None:
        size = len(await file.read())
        await interaction.response.send_message(f"{who.display_name} {role.name} {size} {share} {loud}", ephemeral=True)

    @bot.tree.command(description="Pick")
    @app_commands.choices(
        topic=[app_commands.Choice(name="Sport", value="s"), app_commands.Choice(name="Health", value="h")]
    )
    async def pick(interaction: discord.Interaction, topic: app_commands.Choice[str]) -> None:
        view = discord.ui.View(timeout=None)
        roles = discord.ui.RoleSelect[discord.ui.View](custom_id="roles", min_values=0)
        people = discord.ui.UserSelect[discord.ui.View](custom_id="people", max_values=2)

        async def chosen(inner: discord.Interaction) -> None:
            await inner.response.defer()
            await inner.edit_original_response(content=f"{[each.name for each in roles.values]}", view=None)

        roles.callback = chosen  # type: ignore[method-assign,assignment] # discord.py's way for views without classes
        view.add_item(roles)
        view.add_item(people)
        await interaction.response.send_message(f"You picked {topic.name}", view=view)

    @bot.tree.command(description="Everything")
    async def everything(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Everything())

    @bot.tree.context_menu(name="Greet")
    async def greet(interaction: discord.Interaction, member: discord.Member) -> None:
        await interaction.response.send_message(f"Hello {member.display_name}", ephemeral=True)

    return bot


async def test_options_menus_and_forms_of_every_kind_arrive(discord_double: Discord, connect: Connect) -> None:
    await connect(wizard())
    guild = discord_double.guild("Harbour")
    mara, teo = guild.member("Mara"), guild.member("Teo")
    editors = guild.add_role("Editors")
    answer = await mara.command("kinds", who=teo, role=editors, file=("a.txt", b"12345"), share=0.25, loud=True)
    assert answer.content == "Teo Editors 5 0.25 True"
    picked = await mara.command("pick", topic="Health")
    assert picked.content == "You picked Health"
    assert not picked.ephemeral
    chosen = await teo.choose(picked, "roles", editors)
    assert chosen.kind == "deferred update"
    await chosen.bell.wait_until(lambda: "Editors" in picked.content, 30)
    opened = await mara.command("everything")
    assert opened.modal is not None
    assert [label for label, _ in opened.modal.fields()] == ["Where", "Topics", "When"]
    with pytest.raises(Impossible, match="must be chosen"):
        await mara.submit(opened.modal, {"Where": guild.channel("news")})
    with pytest.raises(Impossible, match="no field"):
        await mara.submit(opened.modal, {"Where": guild.channel("news"), "Topics": "Sport", "Why": "x"})
    sent = await mara.submit(opened.modal, {"Where": guild.channel("news"), "Topics": ["Sport", "h"]})
    assert sent.content == "['news'] ['s', 'h'] 08:00"
    assert (await mara.use_on_user("Greet", teo)).content == "Hello Teo"
    for options in (
        {"who": "Teo", "role": editors, "file": ("a", b"")},
        {"who": teo, "role": editors, "file": "a.txt"},
        {"who": teo, "role": editors, "file": ("a", b""), "loud": "yes"},
        {"who": teo, "role": editors, "file": ("a", b""), "share": "half"},
    ):
        with pytest.raises(Impossible):
            mara.begin("kinds", **options)
    with pytest.raises(Impossible, match="no choice"):
        mara.begin("pick", topic="Weather")


async def test_files_and_embeds_are_kept(discord_double: Discord, connect: Connect) -> None:
    bot = await connect(make_bot())
    channel = text_channel(bot, discord_double, "news")
    embed = discord.Embed(title="Map", description="Of the harbour", url="https://example.org").set_image(
        url="attachment://map.png"
    )
    embed.add_field(name="Scale", value="1:1000").set_footer(text="Drawn today").set_author(name="The Post")
    await channel.send(embed=embed, file=discord.File(io.BytesIO(b"PNG"), "map.png"))
    kept = discord_double.guild("Harbour").channel("news").messages[-1]
    assert kept.text == "The Post\nMap\nOf the harbour\nScale\n1:1000\nDrawn today"
    assert kept.embeds[0]["image"]["url"] == kept.attachments[0].url


async def test_an_outage_and_a_new_invitation_reach_the_client(discord_double: Discord, connect: Connect) -> None:
    bot = await connect(make_bot())
    heard: list[str] = []
    done = asyncio.Event()

    def listen(name: str) -> None:
        async def heard_it(*_: Any) -> None:
            heard.append(name)
            if len(heard) == 4:
                done.set()

        bot.add_listener(heard_it, name)

    for name in ("on_guild_unavailable", "on_guild_available", "on_guild_remove", "on_guild_join"):
        listen(name)
    guild = discord_double.guild("Harbour")
    guild.outage()
    guild.outage(over=True)
    guild.kick_bot()
    discord_double.invite_bot(guild)
    await asyncio.wait_for(done.wait(), 30)
    assert heard == ["on_guild_unavailable", "on_guild_available", "on_guild_remove", "on_guild_join"]


async def test_an_even_load_is_measured(discord_double: Discord, connect: Connect) -> None:
    await connect(make_bot(commands.AutoShardedBot))
    people = list(discord_double.guild("Harbour").members.values())[:3]
    report = await discord_double.load(
        people, "news", [{"country": "JP"}, {"country": "PE"}], a_second=100, seconds=0.3
    )
    assert (report["sent"], report["acknowledged"], report["late"]) == (30, 30, 0)
    assert report["p50"] <= report["p99"] <= report["max"] < 3
