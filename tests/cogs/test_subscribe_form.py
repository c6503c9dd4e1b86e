"""Subscribing by the form, with the permissions that are missing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.cogs.client import Client, default_cogs
from bot.cogs.subscribe_draft import apply_choice
from bot.commands import CommandRegistry
from bot.intake.worker_pool import DeadlineExecutor
from bot.newsroom.subscription_input import SubscriptionInput
from bot.store.database import Store
from bot.store.key_values import delete_states
from tests.clock import ManualClock
from tests.double import Answer, Discord, Impossible, Member
from tests.double.fixtures import running
from tests.double.permissions import bits
from tests.double.state import walk

CONTAINER = 17
"""Discord's type of the component that frames others."""

Connect = Callable[[Client], Awaitable[Client]]


def menu(answer: Answer, placeholder: str) -> dict[str, Any]:
    return next(each for each in walk(answer.components) if each.get("placeholder") == placeholder)


async def choose(member: Member, form: Answer, what: str, values: list[Any]) -> None:
    """Choose, and wait until the form shows it: on a busy machine the answer is deferred first."""
    await _until_drawn_anew(form, member.choose(form, what, values))


async def finish(member: Member, form: Answer, what: str) -> None:
    """Press a button that ends the form."""
    await _until_drawn_anew(form, member.press(form, what))


async def _until_drawn_anew(form: Answer, deed: Awaitable[Answer]) -> None:
    before = list(form.components)
    await deed
    await form.message.channel.bell.wait_until(lambda: form.components != before, 30)


async def submit(member: Member, form: Answer, button: str, values: dict[str, Any]) -> None:
    """Open a modal and send it, until the form shows it."""
    opened = await member.press(form, button)
    assert opened.modal is not None
    await _until_drawn_anew(form, member.submit(opened.modal, values))


async def post_a_test(member: Member, form: Answer) -> None:
    """Post a test, and wait until the form says that it is there."""
    answer = await member.press(form, "Post a test now")
    await form.message.channel.bell.wait_until(lambda: "I posted a test" in answer.text, 30)


async def to_second_step(member: Member, form: Answer) -> None:
    """Go on to the second step, and choose a time zone there."""
    await finish(member, form, "Next")
    await choose(member, form, "Choose a time zone", ["Europe/Berlin"])


def chosen(answer: Answer, placeholder: str) -> list[str]:
    return [each["value"] for each in menu(answer, placeholder)["options"] if each.get("default")]


async def test_a_manager_subscribes_by_the_form(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    mara = harbour.member("Mara").at("general")
    form = await mara.command("subscribe")
    assert form.ephemeral
    assert "I can post there" in form.text
    labels = [each["label"] for each in menu(form, "All countries")["options"]]
    assert labels[0] == "Japan"
    assert menu(form, "All countries")["options"][0]["description"] == "2 stories right now"

    await choose(mara, form, "Choose a channel", [harbour.channel("news")])
    await choose(mara, form, "All countries", ["Japan", "Taiwan"])
    assert chosen(form, "All countries") == ["JP", "TW"]
    await choose(mara, form, "Languages of the stories", ["all"])
    assert chosen(form, "Languages of the stories") == ["all"]
    await finish(mara, form, "Next")
    await choose(mara, form, "Times of day", ["08:00", "18:00"])
    await choose(mara, form, "Days", ["Monday", "Friday"])
    assert "First digest:" not in form.text
    assert "Time zone: not chosen yet. My guess:" in form.text.replace("*", "")
    with pytest.raises(Impossible, match="disabled"):
        await mara.press(form, "Subscribe")
    await choose(mara, form, "Choose a time zone", ["Europe/Berlin"])
    await choose(mara, form, "Language of headings and buttons", ["de"])
    await choose(mara, form, "How long the front page is", ["short"])
    await choose(mara, form, "Sections of the front page: by topic or by country", ["country"])
    assert chosen(form, "Sections of the front page: by topic or by country") == ["country"]
    await choose(mara, form, "Look", ["embeds"])
    await choose(mara, form, "Length", ["1x10"])
    assert "First digest:" in form.text
    await finish(mara, form, "Preview")
    assert "Destroyers meet off Okinawa" in form.text
    assert "Hamburg" not in form.text
    await finish(mara, form, "Back")
    assert "First digest:" in form.text
    await finish(mara, form, "Subscribe")
    assert f"<#{harbour.channel('news').id}>" in form.text
    ((made, slot),) = await commands.services.subscriptions.list_subscriptions(guild_id=harbour.id)
    assert (made.channel_id, made.timezone, made.language) == (harbour.channel("news").id, "Europe/Berlin", "de")
    assert [f"{each:%H:%M}" for each in made.times] == ["08:00", "18:00"]
    assert (made.days, made.sentences, made.look.value) == ((1, 5), 1, "embeds")
    assert made.size.value == "short"
    assert made.filter == "country:jp,tw"
    assert made.created_by == mara.id
    assert slot is not None
    assert f"<t:{int(slot.at.timestamp())}" in form.text
    assert not discord_double.refusals
    assert not discord_double.pings


async def test_other_times_zones_countries_and_filters_are_typed(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    mara = harbour.member("Mara").at("news")
    form = await mara.command("subscribe")
    await submit(mara, form, "Find a country…", {"country": "Grossbritannien, ghana、 日本"})
    assert chosen(form, "All countries") == ["GB", "GH", "JP"]
    opened = await mara.press(form, "Find a country…")
    assert opened.modal is not None
    assert "Atlantis" in (await mara.submit(opened.modal, {"country": "Atlantis"})).text
    await submit(mara, form, "Find a country…", {"country": ""})
    assert chosen(form, "All countries") == []
    await submit(mara, form, "Filter…", {"filter": "country:jp and not topic:sport"})
    assert "Filter:" in form.text
    await finish(mara, form, "Next")
    values = {"times": "7:45, 6pm", "zone": "asia/tokyo"}
    await submit(mara, form, "Other times, time zone…", values)
    assert chosen(form, "Times of day") == ["07:45", "18:00"]
    assert chosen(form, "Choose a time zone") == ["Asia/Tokyo"]
    wrong = await mara.press(form, "Other times, time zone…")
    assert wrong.modal is not None
    refused = await mara.submit(wrong.modal, values | {"times": "whenever"})
    assert refused.kind == "message"
    assert "whenever" in refused.text
    wrong = await mara.press(form, "Other times, time zone…")
    assert wrong.modal is not None
    assert "Berlin" in (await mara.submit(wrong.modal, values | {"zone": "Europe/Berlim"})).text
    await finish(mara, form, "Subscribe")
    ((made, _),) = await commands.services.subscriptions.list_subscriptions(guild_id=harbour.id)
    assert made.timezone == "Asia/Tokyo"
    assert made.filter == "country:jp -topic:sport"
    assert not discord_double.refusals


async def test_a_test_is_posted_as_one_and_counts_for_nothing(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    mara = harbour.member("Mara").at("news")
    form = await mara.command("subscribe")
    await to_second_step(mara, form)
    await post_a_test(mara, form)
    (posted,) = harbour.channel("news").messages
    assert "Test digest" in posted.text
    assert "Mara is trying out this digest" in posted.text
    await finish(mara, form, "Subscribe")
    ((made, _),) = await commands.services.subscriptions.list_subscriptions(guild_id=harbour.id)
    _, digest = await commands.services.subscriptions.preview(made.id)
    assert digest is not None
    assert digest.events
    assert not any(event.update for event in digest.events)
    assert not discord_double.refusals
    assert not discord_double.pings


@pytest.mark.parametrize("look", ["front", "cards", "embeds", "plain", "chart"])
async def test_a_test_has_the_chosen_look(
    discord_double: Discord, connect: Connect, gazette: Client, look: str
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    mara = harbour.member("Mara").at("news")
    form = await mara.command("subscribe")
    await to_second_step(mara, form)
    if look not in chosen(form, "Look"):
        await choose(mara, form, "Look", [look])
    await post_a_test(mara, form)
    (posted,) = harbour.channel("news").messages
    assert "Mara is trying out this digest" in posted.text
    assert (bool(posted.embeds), bool(posted.content)) == (look == "embeds", look == "plain")
    framed = [each for each in posted.components if each["type"] == CONTAINER]
    assert len(framed) == {"front": 1, "embeds": 0, "plain": 0}.get(look, len(framed))
    assert [each.filename for each in posted.attachments] == (["chart-1.png"] if look == "chart" else [])
    assert any(each.get("placeholder") == "Read a full story…" for each in walk(posted.components))
    assert not discord_double.refusals
    assert not discord_double.pings


async def test_a_test_is_plain_where_embeds_are_forbidden(
    discord_double: Discord, connect: Connect, gazette: Client
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    harbour.channel("news").forbid(discord_double.bot, "embed_links")
    mara = harbour.member("Mara").at("news")
    form = await mara.command("subscribe")
    await to_second_step(mara, form)
    await post_a_test(mara, form)
    posted = harbour.channel("news").messages
    assert posted
    assert all(each.content for each in posted)
    assert not discord_double.refusals


async def test_a_test_of_posts_by_event_marks_each(discord_double: Discord, connect: Connect, gazette: Client) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    mara = harbour.member("Mara").at("news")
    form = await mara.command("subscribe")
    await to_second_step(mara, form)
    opened = await mara.press(form, "Name, avatar, missed digests…")
    assert opened.modal is not None
    await _until_drawn_anew(form, mara.submit(opened.modal, {"posts": "event"}))
    await post_a_test(mara, form)
    posted = harbour.channel("news").messages
    assert len(posted) > 1
    assert all("Test digest" in each.text for each in posted)
    assert ["Mara is trying out" in each.text for each in posted] == [True] + [False] * (len(posted) - 1)
    assert not discord_double.refusals


async def test_a_second_identical_subscription_is_pointed_out(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    mara = harbour.member("Mara").at("news")
    for expected in (False, True):
        form = await mara.command("subscribe")
        await to_second_step(mara, form)
        assert ("already posts the same in this channel" in form.text) is expected
        await finish(mara, form, "Subscribe")
    assert len(await commands.services.subscriptions.list_subscriptions(guild_id=harbour.id)) == 2


async def test_two_people_use_the_form_at_once(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    mara, yuki = harbour.member("Mara").at("news"), harbour.member("Aiko").at("general")
    yuki.give("manage_guild")
    hers, theirs = await mara.command("subscribe"), await yuki.command("subscribe")
    await choose(mara, hers, "All countries", ["Japan"])
    await finish(yuki, theirs, "次へ")
    await choose(yuki, theirs, "タイムゾーンを選択", ["Asia/Tokyo"])
    await to_second_step(mara, hers)
    await finish(yuki, theirs, "購読する")
    await finish(mara, hers, "Subscribe")
    listed = [each for each, _ in await commands.services.subscriptions.list_subscriptions(guild_id=harbour.id)]
    assert {(each.created_by, each.timezone, each.filter) for each in listed} == {
        (yuki.id, "Asia/Tokyo", ""),
        (mara.id, "Europe/Berlin", "country:jp"),
    }


async def test_an_expired_form_says_so(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry, store: Store
) -> None:
    await connect(gazette)
    mara = discord_double.guild("Harbour").member("Mara").at("news")
    form = await mara.command("subscribe")
    async with store.writing() as conn:
        await delete_states(conn, commands.services.clock() + timedelta(days=1))
    assert "This form has expired" in (await mara.press(form, "Next")).text


async def test_name_picture_and_policies_are_part_of_the_form(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    mara = harbour.member("Mara").at("news")
    form = await mara.command("subscribe")
    await to_second_step(mara, form)
    opened = await mara.press(form, "Name, avatar, missed digests…")
    assert opened.modal is not None
    values = {
        "name": "The Lamp",
        "avatar": "https://example.org/lamp.png",
        "Posts": ["one post per story"],
        "When a digest is missed": ["include it in the next digest"],
        "When there are no new stories": ["post nothing"],
    }
    await _until_drawn_anew(form, mara.submit(opened.modal, values))
    assert "Posted as The Lamp" in form.text
    assert "I don’t have Manage Webhooks there" in form.text
    harbour.channel("news").permit(discord_double.bot, "manage_webhooks")
    await choose(mara, form, "Days", ["Monday"])
    assert "Manage Webhooks" not in form.text
    wrong = await mara.press(form, "Name, avatar, missed digests…")
    assert wrong.modal is not None
    assert "80 characters" in (await mara.submit(wrong.modal, {"name": "Discord News"})).text
    assert "The avatar has to be a link" in (await mara.submit(wrong.modal, {"avatar": "lamp.png"})).text
    await finish(mara, form, "Subscribe")
    ((made, _),) = await commands.services.subscriptions.list_subscriptions(guild_id=harbour.id)
    assert (made.sender_name, made.sender_avatar) == ("The Lamp", "https://example.org/lamp.png")
    assert (made.late.value, made.quiet.value, made.posts.value) == ("merge", "skip", "event")
    assert not discord_double.refusals


async def test_a_chart_is_in_the_preview_and_its_permission_is_asked_for(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    harbour.channel("news").forbid(discord_double.bot, "attach_files")
    mara = harbour.member("Mara").at("news")
    form = await mara.command("subscribe")
    await to_second_step(mara, form)
    await choose(mara, form, "Look", ["chart"])
    assert "I don’t have Attach Files there" in form.text
    await finish(mara, form, "Preview")
    gallery = next(each for each in walk(form.components) if each["type"] == 12)
    assert "Japan 2" in gallery["items"][0]["description"]
    assert [each.filename for each in form.message.attachments] == ["chart-1.png"]
    await finish(mara, form, "Subscribe")
    ((made, _),) = await commands.services.subscriptions.list_subscriptions(guild_id=harbour.id)
    shown = await mara.command("preview", id=made.id)
    assert [each.filename for each in shown.messages[0].attachments] == ["chart-1.png"]
    assert not discord_double.refusals


async def test_missing_permissions_are_shown_in_the_form(
    discord_double: Discord, connect: Connect, gazette: Client
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    news = harbour.channel("news")
    news.forbid(discord_double.bot, "send_messages", "read_message_history")
    mara = harbour.member("Mara").at("general")
    form = await mara.command("subscribe")
    await choose(mara, form, "Choose a channel", [news])
    assert "I can’t post there: I need Send Messages, Read Message History" in form.text
    await to_second_step(mara, form)
    assert "I can’t post there: I need Send Messages, Read Message History" in form.text
    with pytest.raises(Impossible, match="disabled"):
        await mara.press(form, "Subscribe")
    await finish(mara, form, "Back")
    news.permit(discord_double.bot, "send_messages", "read_message_history")
    news.forbid(discord_double.bot, "embed_links")
    await choose(mara, form, "Choose a channel", [news])
    assert "plain text" in form.text
    news.forbid(discord_double.bot, "view_channel")
    await choose(mara, form, "Choose a channel", [news])
    assert "I can’t see that channel" in form.text
    assert not discord_double.refusals


async def test_a_permission_lost_meanwhile_stops_the_subscription(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    aiko = harbour.member("Aiko").at("news")
    role = aiko.give("manage_guild")
    form = await aiko.command("subscribe")
    await finish(aiko, form, "次へ")
    await choose(aiko, form, "タイムゾーンを選択", ["Asia/Tokyo"])
    aiko.take(role)
    refused = await aiko.press(form, "購読する")
    assert refused.kind == "message"
    assert await commands.services.subscriptions.list_subscriptions(guild_id=harbour.id) == []


async def test_the_form_works_after_a_restart_and_can_be_cancelled(
    discord_double: Discord, gazette: Client, commands: CommandRegistry, clock: ManualClock, executor: DeadlineExecutor
) -> None:
    mara = discord_double.guild("Harbour").member("Mara").at("news")
    async with running(gazette, discord_double):
        form = await mara.command("subscribe")
        await choose(mara, form, "All countries", ["Japan"])
        await finish(mara, form, "Next")
        await choose(mara, form, "Choose a time zone", ["Asia/Tokyo"])
    again = Client(
        key_values=commands.services.key_values,
        handle_component=commands.handle_component,
        commands=commands.all(),
        suggest=commands.suggest,
        cogs=default_cogs(commands, clock=clock, executor=executor),
        guild_ready_seconds=0.1,
    )
    async with running(again, discord_double):
        await choose(mara, form, "Look", ["plain"])
        assert chosen(form, "Choose a time zone") == ["Asia/Tokyo"]
        await finish(mara, form, "Back")
        assert chosen(form, "All countries") == ["JP"]
        await finish(mara, form, "Cancel")
        assert form.text == "Cancelled. I didn’t create a subscription."
    assert not discord_double.refusals


@pytest.mark.parametrize("kind", ["dispatch", "stories", "Lounge"])
async def test_announcements_forums_and_voice_chats_can_have_digests(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry, kind: str
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    mara = harbour.member("Mara").at("general")
    form = await mara.command("subscribe")
    await choose(mara, form, "Choose a channel", [harbour.channel(kind)])
    await to_second_step(mara, form)
    await finish(mara, form, "Subscribe")
    ((made, _),) = await commands.services.subscriptions.list_subscriptions(guild_id=harbour.id)
    assert made.channel_id == harbour.channel(kind).id


async def test_with_options_the_command_subscribes_at_once(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    answer = await harbour.member("Mara").at("news").command("subscribe", time="8am", timezone="Europe/Berlin")
    assert answer.ephemeral
    assert len(await commands.services.subscriptions.list_subscriptions(guild_id=harbour.id)) == 1


async def test_subscribing_by_options_shows_missing_permissions(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    news = harbour.channel("news")
    news.forbid(discord_double.bot, "send_messages")
    mara = harbour.member("Mara").at("general")
    when = {"time": "8am", "timezone": "Europe/Berlin"}
    assert "I can’t post there: I need Send Messages" in (await mara.command("subscribe", channel=news, **when)).text
    assert "I can’t post" not in (await mara.command("subscribe", **when)).text
    (_, (here, _slot)) = await commands.services.subscriptions.list_subscriptions(guild_id=harbour.id)
    assert "I can’t post" not in (await mara.command("edit", id=here.id, limit=5)).text
    assert "I can’t post there: I need Send Messages" in (await mara.command("edit", id=here.id, channel=news)).text
    assert not discord_double.refusals


async def test_a_server_gives_its_digests_a_name_and_takes_it_back(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    mara = harbour.member("Mara").at("news")
    own = {"name": "The Lamp", "avatar": "https://example.org/lamp.png"}
    answer = await mara.command("subscribe", time="8am", timezone="Europe/Berlin", **own)
    assert "The Lamp" in answer.text
    assert "Manage Webhooks" in answer.text
    ((made, _slot),) = await commands.services.subscriptions.list_subscriptions(guild_id=harbour.id)
    assert (made.sender_name, made.sender_avatar) == tuple(own.values())
    refused = await mara.command("edit", id=made.id, name="Discord News")
    assert "80 characters" in refused.text
    await mara.command("edit", id=made.id, name="-")
    ((plain, _slot),) = await commands.services.subscriptions.list_subscriptions(guild_id=harbour.id)
    assert (plain.sender_name, plain.sender_avatar) == (None, own["avatar"])


async def test_copying_to_several_channels_names_what_each_lacks(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    mara = harbour.member("Mara").at("general")
    news, general = harbour.channel("news"), harbour.channel("general")
    await mara.command("subscribe", time="8am", timezone="Europe/Berlin")
    news.forbid(discord_double.bot, "send_messages")
    answer = await mara.command("copy", id=1, channel=general, channel2=news)
    assert f"<#{general.id}> · not copied. Subscription 1 already posts the same" in answer.text
    assert f"<#{news.id}> · copied as subscription 2." in answer.text
    assert "Send Messages" in answer.text
    listed = await commands.services.subscriptions.list_subscriptions(guild_id=harbour.id)
    assert [each.channel_id for each, _ in listed] == [general.id, news.id]
    assert not discord_double.refusals


def test_a_choice_that_no_menu_offers_changes_nothing() -> None:
    with pytest.raises(ValueError):
        apply_choice(SubscriptionInput(times="08:00", timezone="UTC", channel_id=1), "look", ["holographic"])


async def test_a_role_is_chosen_only_by_managers_who_may_mention_it(
    discord_double: Discord, connect: Connect, gazette: Client, commands: CommandRegistry
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    editors, readers = harbour.add_role("editors"), harbour.add_role("readers", mentionable=True)
    harbour.everyone.permissions &= ~bits("mention_everyone")
    teo = harbour.member("Teo").at("general")
    teo.give("manage_guild")
    wanted: dict[str, Any] = {"time": "08:00", "timezone": "Europe/Berlin", "channel": harbour.channel("news")}
    refused = await teo.command("subscribe", **wanted, role=editors)
    assert "alle Rollen erwähnen" in refused.text
    assert not await commands.services.subscriptions.list_subscriptions(guild_id=harbour.id)
    accepted = await teo.command("subscribe", **wanted, role=readers)
    assert f"Erwähnt <@&{readers.id}>" in accepted.text
    cleared = await teo.command("edit", id=1, role=harbour.everyone)
    assert "Erwähnt" not in cleared.text
    teo.give("mention_everyone")
    harbour.forbid_bot("mention_everyone")
    noted = await teo.command("edit", id=1, role=editors)
    assert f"Erwähnt <@&{editors.id}>" in noted.text
    assert "benachrichtigt deshalb niemanden" in noted.text


async def test_a_missing_permission_for_threads_is_named_when_they_are_chosen(
    discord_double: Discord, connect: Connect, gazette: Client
) -> None:
    await connect(gazette)
    harbour = discord_double.guild("Harbour")
    harbour.forbid_bot("create_public_threads")
    mara = harbour.member("Mara").at("general")
    answer = await mara.command("subscribe", time="08:00", timezone="Europe/Berlin", talk="digest")
    assert "Create Public Threads" in answer.text
    assert "Create Public Threads" not in (await mara.command("edit", id=1, talk="none")).text
