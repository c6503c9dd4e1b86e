"""Answers of all commands, in every language, and what their buttons do."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.commands import Asker, CommandRegistry, Reply, error_message
from bot.commands.custom_ids import CustomIds
from bot.commands.digest_buttons import digest_buttons, posted_buttons
from bot.errors import GazetteError, InputInvalid, NotAllowed, NotFound
from bot.i18n import LOCALES, words
from bot.newsroom.models import Subscription
from bot.newsroom.subscription_input import MAX_EVENTS
from bot.rendering.layout import Group, Page, Paragraph
from bot.rendering.pages.digest import digest_page
from bot.services import Services
from bot.settings import DigestSettings
from bot.store import deliveries, documents
from bot.store.database import Store
from bot.store.deliveries import DeliveredEvent
from tests.clock import ManualClock
from tests.commands.replies import buttons, check_reply, custom_id_of, menus, reply_to
from tests.commands.sample_options import prepare_samples
from tests.store.factories import make_analysis, make_file_facts

LINES = [
    "/news",
    "/news country:JP topic:war since:2d",
    "/news country:FR",
    "/digest country:JP since:1w",
    "/trending",
    "/trending country:JP topic:sport",
    "/catchup",
    "/search rain",
    "/search nothing-like-it",
    "/story s2",
    "/story s5",
    "/why e2",
    "/countries",
    "/topics since:today",
    "/about",
    "/help",
    "/help command:subscribe",
    "/follow time:07:00 timezone:Asia/Tokyo country:JP",
    "/following",
    "/mute topic:sport days:3",
    "/following",
    "/unmute",
    "/unfollow",
    "/forget",
    "/subscribe time:08:00,18:30 timezone:Europe/Berlin topic:sport country:BR,AR days:mon-fri",
    "/subscriptions",
    "/edit 2 look:plain country:JP filter:all",
    "/preview 2",
    "/pause 2",
    "/subscriptions",
    "/resume 2",
    "/history 2",
    "/unsubscribe 2",
    "/subscriptions",
]
"""Lines in an order in which each has an answer, with and without results."""


async def test_every_command_answers_on_both_databases(commands: CommandRegistry, manager: Asker) -> None:
    for line in LINES:
        await reply_to(commands, manager, line)


@pytest.mark.parametrize("locale", LOCALES)
async def test_every_command_answers_in_every_language(
    quick_commands: CommandRegistry, manager: Asker, locale: str
) -> None:
    asker = replace(manager, locale=locale)
    for line in LINES:
        check_answer(await reply_to(quick_commands, asker, line), locale)
    for command in quick_commands.all():
        samples = await prepare_samples(quick_commands.services, guild_id=7, channel_id=70, member_id=6)
        check_answer(await reply_to(quick_commands, asker, samples.line(command)), locale)


def check_answer(reply: Reply, locale: str) -> None:
    """A reply is private, in the language, and not empty."""
    assert reply.private
    assert reply.page.locale == locale
    assert reply.page.plain.strip()


async def test_news_is_paged_in_place_and_its_menu_opens_a_story(commands: CommandRegistry, member: Asker) -> None:
    first = await reply_to(commands, member, "/news")
    assert buttons(first.page)["Back"].disabled
    second = check_reply(await commands.handle_component(member, custom_id_of(first.page, "Next")))
    assert second.edits_original
    assert "Hamburg's coffee" in second.page.plain
    assert "Page 2 of 2" in second.page.plain
    (menu,) = menus(second.page)
    story = check_reply(await commands.handle_component(member, menu.action, (menu.choices[0].value,)))
    assert not story.edits_original
    assert "Prices rose." in story.page.plain


async def test_a_button_of_another_member_and_another_run_still_works(
    commands: CommandRegistry, services: Services, member: Asker
) -> None:
    page = (await reply_to(commands, member, "/news")).page
    restarted = CommandRegistry(services)
    other = Asker(locale="ja", member_id=99, guild_id=7)
    reply = check_reply(await restarted.handle_component(other, custom_id_of(page, "Next")))
    assert "2 / 2 ページ" in reply.page.plain


async def test_a_question_too_long_for_a_custom_id_is_stored(
    commands: CommandRegistry, services: Services, member: Asker
) -> None:
    long = " or ".join(f"harbour{number}" for number in range(15))
    page = (
        await reply_to(
            commands, member, f"/news filter:'coffee or rain or okinawa or taipei or torcida or tokyo or {long}'"
        )
    ).page
    action = custom_id_of(page, "Next")
    assert len(action) <= 100
    assert action.startswith("~")
    assert "Page 2 of 2" in (await CommandRegistry(services).handle_component(member, action)).page.plain


@pytest.mark.parametrize(
    "action",
    [
        "~n:0123456789abcdef",
        "nonsense",
        "",
        ":",
        "news",
        "news:n",
        "news:n:x:y",
        "why:",
        "about:",
        "mute:",
        "edit::1",
        "~",
    ],
)
async def test_an_expired_or_invalid_button_is_refused_in_words(
    commands: CommandRegistry, manager: Asker, action: str
) -> None:
    with pytest.raises(GazetteError) as refused:
        await commands.handle_component(manager, action)
    assert error_message(refused.value, manager.words)


@pytest.mark.parametrize("locale", LOCALES)
async def test_about_opens_the_addresses_that_are_set(
    commands: CommandRegistry, services: Services, member: Asker, locale: str
) -> None:
    services.links.update({"about-invitation": "https://discord.com/oauth2/authorize?client_id=1", "about-help": ""})
    services.links["about-privacy"] = "https://news.example.org/privacy"
    reply = await reply_to(commands, replace(member, locale=locale), "/about")
    shown = {(button.label, button.url) for button in buttons(reply.page).values()}
    assert shown == {
        (words(locale).plain("about-invitation"), "https://discord.com/oauth2/authorize?client_id=1"),
        (words(locale).plain("about-privacy"), "https://news.example.org/privacy"),
    }


async def test_more_from_a_country_shows_its_news(commands: CommandRegistry, member: Asker) -> None:
    digest = await reply_to(commands, member, "/digest topic:war")
    reply = check_reply(await commands.handle_component(member, custom_id_of(digest.page, "More from Japan")))
    assert "2 stories: Japan" in reply.page.plain


async def test_a_story_has_why_source_more_and_mute(
    commands: CommandRegistry, member: Asker, services: Services
) -> None:
    page = (await reply_to(commands, member, "/story s2")).page
    assert buttons(page)["Source"].url == "https://harbour.example/okinawa"
    why = check_reply(await commands.handle_component(member, custom_id_of(page, "Why is this here?")))
    assert "Japan: 90% of the story, based on Destr" in why.page.plain
    full = check_reply(await commands.handle_component(member, custom_id_of(why.page, "Full story")))
    assert "Nobody was hurt." in full.page.plain
    offered = check_reply(await commands.handle_component(member, custom_id_of(page, "Mute…")))
    (menu,) = menus(offered.page)
    values = {choice.label: choice.value for choice in menu.choices}
    chosen = values["Conflict, war and peace · for good"]
    muted = check_reply(await commands.handle_component(member, menu.action, (chosen,)))
    assert [each.filter for each in await services.members.mutes(5)] == ["topic:conflict-war-and-peace"]
    undone = check_reply(await commands.handle_component(member, custom_id_of(muted.page, "Undo")))
    assert undone.edits_original
    assert await services.members.mutes(5) == []


@pytest.mark.parametrize("line", ["/digest stories:all", "/digest stories:en", "/digest since:1d"])
async def test_the_pages_of_a_digest_have_each_event_once(
    commands: CommandRegistry, member: Asker, store: Store, clock: ManualClock, line: str
) -> None:
    assert more_label((await reply_to(commands, member, "/digest")).page) is None
    async with store.writing() as conn:
        for number in range(30):
            story = make_analysis(f"Number {number} was told.", headline=f"Number {number}")
            await documents.store_document(conn, f"{number}.txt", make_file_facts(str(number)), [story], now=clock())
    page = (await reply_to(commands, member, line)).page
    first, seen = told_events(page), list(told_events(page))
    while (label := more_label(page)) is not None:
        begins, total = label_range(label)
        assert begins == len(seen) + 1
        page = check_reply(await commands.handle_component(member, custom_id_of(page, label))).page
        seen += told_events(page)
    assert len(first) < len(seen) == len(set(seen)) == total


async def test_a_posted_digest_goes_on_where_it_ends(
    commands: CommandRegistry, member: Asker, store: Store, clock: ManualClock
) -> None:
    await reply_to(commands, member, "/follow time:7:00 timezone:Asia/Tokyo stories:all")
    async with store.writing() as conn:
        for number in range(30):
            story = make_analysis(f"Number {number} was told.", headline=f"Number {number}")
            await documents.store_document(conn, f"{number}.txt", make_file_facts(str(number)), [story], now=clock())
    subscription = (await commands.services.subscriptions.list_subscriptions(member_id=5))[0][0]
    clock.advance(hours=1)
    slot = clock()
    composed = await commands.services.digests.for_slot(subscription, slot)
    assert composed.digest is not None
    squeezed, *shown = composed.shown  # the best one found no room
    async with store.writing() as conn:
        await deliveries.plan_deliveries(conn, [(subscription.id, 70, slot)], slot)
        (delivery,) = await deliveries.claim_due(conn, "w", slot, limit=1, lease=timedelta(minutes=1))
        events = [DeliveredEvent(each.event_id, 0, each.story_ids, each.sentences) for each in shown]
        await deliveries.compose(conn, delivery.id, "w", [], events, slot)
    drawn = digest_page(
        composed.digest, words("en"), buttons=posted_buttons(subscription, composed.digest, words("en"), delivery.id)
    )
    seen = [f"e{each.event_id}" for each in shown]
    whys = check_reply(await commands.handle_component(member, custom_id_of(drawn, "Why these?")))
    assert [choice.value for choice in menus(whys.page)[0].choices] == seen
    assert whys.page.plain.count("source") >= len(seen)

    page = check_reply(await commands.handle_component(member, (await digest_buttons(delivery))[0])).page
    assert f"e{squeezed.event_id}" in told_events(page)
    clock.advance(hours=30)  # the pages are those of the slot, whenever they are asked for
    seen += told_events(page)
    while (label := more_label(page)) is not None:
        begins, total = label_range(label)
        assert begins == len(seen) + 1
        page = check_reply(await commands.handle_component(member, custom_id_of(page, label))).page
        seen += told_events(page)
    assert len(seen) == len(set(seen)) == total == len(composed.digest.events) + composed.digest.omitted

    asked = check_reply(await commands.handle_component(member, custom_id_of(drawn, "Mute…")))
    (stories,) = menus(asked.page)
    offered = check_reply(await commands.handle_component(member, stories.action, (stories.choices[0].value,)))
    (menu,) = menus(offered.page)
    muted = check_reply(await commands.handle_component(member, menu.action, (menu.choices[0].value,)))
    assert stories.choices[0].label in muted.page.plain
    assert stories.choices[0].label in (await reply_to(commands, member, "/following")).page.plain
    event = shown[0].event_id
    assert event not in await own_events(commands.services, subscription, clock)
    clock.advance(days=1, minutes=1)
    assert event in await own_events(commands.services, subscription, clock)


async def own_events(services: Services, subscription: Subscription, clock: ManualClock) -> set[int]:
    """The events of a digest of the last week that a new channel of the member would get now."""
    started = replace(subscription, id=99, channel_id=71, after=clock() - timedelta(days=7), limit=MAX_EVENTS)
    events: set[int] = set()
    composed = await services.digests.for_slot(started, clock())
    if composed.digest is not None:
        events |= {event.id for event in composed.digest.events}
    return events


def more_label(page: Page) -> str | None:
    """The label of the button to the next page, if there is one."""
    return next((label for label in buttons(page) if re.match(r"More \(", label)), None)


def label_range(label: str) -> tuple[int, int]:
    """The place of the first event behind a button, and the number of all."""
    numbers = [int(number) for number in re.findall(r"\d+", label)]
    return numbers[0], numbers[-1]


def told_events(page: Page) -> list[str]:
    """The events that a front page has, in its order."""
    groups = [block for block in page.blocks if isinstance(block, Group)]
    keys = [key for group in groups for key in (group.key, *(getattr(line, "key", None) for line in group.blocks))]
    return [key for key in keys if key]


async def test_a_posted_digest_has_buttons_that_hold_their_question(
    commands: CommandRegistry, member: Asker, services: Services
) -> None:
    await reply_to(commands, member, "/follow time:7:00 timezone:Asia/Tokyo topic:war")
    subscription, digest = await services.subscriptions.preview(1)
    assert digest is not None
    page = digest_page(digest, words("en"), buttons=posted_buttons(subscription, digest, words("en"), 1))
    news = check_reply(await commands.handle_component(Asker(member_id=99), custom_id_of(page, "More from Japan")))
    assert "2 stories: Japan" in news.page.plain
    await commands.handle_component(member, custom_id_of(page, "Stop this digest"))
    assert await services.subscriptions.list_subscriptions(member_id=5) == []
    assert "Stop this digest" not in buttons(
        digest_page(
            digest, words("en"), buttons=posted_buttons(replace(subscription, guild_id=7), digest, words("en"), 1)
        )
    )


async def test_countries_and_topics_open_their_news(commands: CommandRegistry, member: Asker) -> None:
    for line, choice, title in (
        ("/countries", "JP", "2 stories: Japan"),
        ("/topics since:2d", "sport", "1 story: Sport"),
    ):
        (menu,) = menus((await reply_to(commands, member, line)).page)
        reply = check_reply(await commands.handle_component(member, menu.action, (choice,)))
        assert title in reply.page.plain


async def test_countries_name_the_regions_without_news(commands: CommandRegistry, member: Asker) -> None:
    page = (await reply_to(commands, member, "/countries")).page
    assert "No news in the last seven days: " in page.plain
    assert "Oceania" in page.plain


async def test_a_personal_digest_stops_with_one_press(
    commands: CommandRegistry, member: Asker, services: Services
) -> None:
    page = (await reply_to(commands, member, "/follow time:7:00 timezone:Asia/Tokyo country:TW")).page
    assert "Subscription 1 · Taiwan" in page.plain
    stop = custom_id_of(page, "Stop this digest")
    with pytest.raises(NotFound):
        await commands.handle_component(Asker(member_id=6), stop)
    assert (await commands.handle_component(member, stop)).edits_original
    assert await services.subscriptions.list_subscriptions(member_id=5) == []


@pytest.mark.parametrize(
    "line",
    [
        "/subscribe time:08:00 timezone:UTC",
        "/subscriptions",
        "/edit 1 look:plain",
        "/pause 1",
        "/resume 1",
        "/unsubscribe 1",
        "/preview 1",
        "/history 1",
    ],
)
async def test_without_the_right_a_member_gets_the_reason(
    commands: CommandRegistry, manager: Asker, member: Asker, line: str
) -> None:
    await reply_to(commands, manager, "/subscribe time:08:00 timezone:UTC")
    with pytest.raises(NotAllowed) as refused:
        await reply_to(commands, member, line)
    assert error_message(refused.value, words("en")) == "You need the Manage Server permission for this."
    assert "„Server verwalten“" in error_message(refused.value, words("de"))
    in_a_direct_message = replace(manager, guild_id=None)
    with pytest.raises(NotAllowed):
        await reply_to(commands, in_a_direct_message, line)


async def test_buttons_of_a_subscription_ask_for_the_right_again(
    commands: CommandRegistry, manager: Asker, member: Asker
) -> None:
    page = (await reply_to(commands, manager, "/subscribe time:08:00 timezone:UTC")).page
    stranger = Asker(member_id=9, guild_id=8, manager=True)
    for label in ("Preview", "Pause", "Unsubscribe"):
        with pytest.raises(NotAllowed):
            await commands.handle_component(member, custom_id_of(page, label))
        with pytest.raises(NotFound):
            await commands.handle_component(stranger, custom_id_of(page, label))
    paused = check_reply(await commands.handle_component(manager, custom_id_of(page, "Pause")))
    assert paused.edits_original
    assert "Paused by a manager" in paused.page.plain
    resumed = check_reply(await commands.handle_component(manager, custom_id_of(paused.page, "Resume")))
    assert "Next digest" in resumed.page.plain
    question = check_reply(await commands.handle_component(manager, custom_id_of(resumed.page, "Unsubscribe")))
    assert question.edits_original
    for label in ("Delete", "Keep"):
        with pytest.raises(NotAllowed):
            await commands.handle_component(member, custom_id_of(question.page, label))
        with pytest.raises(NotFound):
            await commands.handle_component(stranger, custom_id_of(question.page, label))
    deleted = await commands.handle_component(manager, custom_id_of(question.page, "Delete"))
    assert "Subscription 1 deleted." in deleted.page.plain


async def test_a_server_lists_only_its_own(commands: CommandRegistry, manager: Asker) -> None:
    await reply_to(commands, manager, "/subscribe time:08:00 timezone:UTC topic:sport")
    elsewhere = replace(manager, guild_id=8, channel_id=80)
    assert "There are no subscriptions yet" in (await reply_to(commands, elsewhere, "/subscriptions")).page.plain
    assert "Sport" in (await reply_to(commands, manager, "/subscriptions")).page.plain
    assert "Sport" in (await reply_to(commands, Asker(operator=True), "/subscriptions")).page.plain


async def test_missing_options_of_a_subscription_are_asked_for(commands: CommandRegistry, manager: Asker) -> None:
    await reply_to(commands, manager, "/subscribe time:08:00 timezone:UTC")
    for line, key in (
        ("/subscribe", "error-time-missing"),
        ("/subscribe time:08:00", "error-timezone-missing"),
        ("/edit 1", "error-nothing-to-change"),
    ):
        with pytest.raises(GazetteError) as refused:
            await reply_to(commands, manager, line)
        assert refused.value.key == key
    with pytest.raises(InputInvalid) as nowhere:
        await reply_to(commands, replace(manager, channel_id=None), "/subscribe time:08:00 timezone:UTC")
    assert nowhere.value.key == "error-channel-missing"


async def test_help_lists_the_commands_that_the_asker_may_use(
    commands: CommandRegistry, manager: Asker, member: Asker
) -> None:
    assert "/subscribe" not in (await reply_to(commands, member, "/help")).page.plain
    assert "/subscribe" in (await reply_to(commands, manager, "/help")).page.plain
    with pytest.raises(GazetteError, match="/news"):
        await reply_to(commands, member, "/help command:nws")
    german = (await reply_to(commands, replace(member, locale="de"), "/hilfe befehl:nachrichten")).page.plain
    assert "land:" in german


async def test_catching_up_and_mutes_count_for_the_member(
    commands: CommandRegistry, member: Asker, clock: ManualClock
) -> None:
    await reply_to(commands, member, "/mute topic:sport")
    assert "Maracanã" not in (await reply_to(commands, member, "/catchup")).page.plain
    assert "Maracanã" in (await reply_to(commands, member, "/news")).page.plain
    clock.advance(minutes=1)
    again = (await reply_to(commands, member, "/catchup")).page.plain
    assert "A quiet day" in again
    assert again.startswith("New since Nov 20, 2026, 12:00 PM")


async def test_deleting_a_subscription_asks_once_and_can_be_undone(
    commands: CommandRegistry, services: Services, manager: Asker, clock: ManualClock
) -> None:
    await reply_to(commands, manager, "/subscribe time:08:00 timezone:UTC")
    question = (await reply_to(commands, manager, "/unsubscribe 1")).page
    assert "Delete subscription 1?" in question.plain
    assert buttons(question)["Delete"].danger
    kept = await commands.handle_component(manager, custom_id_of(question, "Keep"))
    assert "Subscription 1 stays" in kept.page.plain
    deleted = await commands.handle_component(manager, custom_id_of(question, "Delete"))
    assert await services.subscriptions.list_subscriptions(guild_id=manager.guild_id) == []
    undo = custom_id_of(deleted.page, "Undo")
    with pytest.raises(NotFound):
        await commands.handle_component(replace(manager, guild_id=8), undo)
    clock.advance(hours=23)
    back = await commands.handle_component(manager, undo)
    assert "Subscription 1 is back" in back.page.plain
    ((restored, slot),) = await services.subscriptions.list_subscriptions(guild_id=manager.guild_id)
    assert restored.after == clock()
    assert slot is not None
    await commands.handle_component(manager, custom_id_of(question, "Delete"))
    clock.advance(hours=25)
    with pytest.raises(InputInvalid) as late:
        await commands.handle_component(manager, undo)
    assert error_message(late.value, words("en")) == "It’s too late to undo this."


async def test_stopping_all_own_digests_asks_once_and_can_be_undone(
    commands: CommandRegistry, services: Services, member: Asker
) -> None:
    for topic in ("sport", "weather"):
        await reply_to(commands, member, f"/follow time:8 timezone:UTC topic:{topic}")
    question = (await reply_to(commands, member, "/unfollow")).page
    assert "Stop all 2 digests?" in question.plain
    assert len(await services.subscriptions.list_subscriptions(member_id=member.member_id)) == 2
    stopped = await commands.handle_component(member, custom_id_of(question, "Stop them"))
    assert await services.subscriptions.list_subscriptions(member_id=member.member_id) == []
    undo = custom_id_of(stopped.page, "Undo")
    with pytest.raises(NotFound):
        await commands.handle_component(Asker(member_id=6), undo)
    await commands.handle_component(member, undo)
    assert len(await services.subscriptions.list_subscriptions(member_id=member.member_id)) == 2


@pytest.mark.parametrize(
    ("locale", "until", "for_good"),
    [
        ("en", "Sport · until Nov 23, 2026", "Weather · for good"),
        ("de", "Sport · bis 23.11.2026", "Wetter · für immer"),
        ("ja", "（2026/11/23", "（無期限）"),
    ],
)
async def test_following_says_how_long_each_mute_lasts(
    commands: CommandRegistry, member: Asker, clock: ManualClock, locale: str, until: str, for_good: str
) -> None:
    await reply_to(commands, member, "/mute topic:sport days:3")
    await reply_to(commands, member, "/mute topic:weather")
    asker = replace(member, locale=locale)
    page = check_reply(await commands.by_name["following"].run(asker)).page
    assert until in page.plain
    assert for_good in page.plain
    assert clock() + timedelta(days=3) in [
        span.at for block in page.blocks if isinstance(block, Paragraph) for span in block.spans
    ]
    clock.advance(days=3)
    assert until not in (await commands.by_name["following"].run(asker)).page.plain


async def test_deleting_ones_data_asks_once(commands: CommandRegistry, services: Services, member: Asker) -> None:
    await reply_to(commands, member, "/mute topic:sport")
    question = (await reply_to(commands, member, "/forget")).page
    assert member.member_id is not None
    assert await services.members.mutes(member.member_id)
    await commands.handle_component(member, custom_id_of(question, "Delete my data"))
    assert await services.members.mutes(member.member_id) == []


async def test_members_choose_languages_for_all_that_is_picked_for_them(
    commands: CommandRegistry, member: Asker
) -> None:
    assert "English" in (await reply_to(commands, member, "/languages")).page.plain
    assert "German, Japanese" in (await reply_to(commands, member, "/languages stories:de,ja")).page.plain
    assert "German, Japanese" in (await reply_to(commands, member, "/languages")).page.plain
    everything = (await reply_to(commands, member, "/digest stories:all")).page.plain
    chosen = (await reply_to(commands, member, "/digest")).page.plain
    assert everything != chosen
    assert "in other languages" in chosen


async def test_a_copy_posts_the_same_in_another_channel(
    commands: CommandRegistry, services: Services, manager: Asker
) -> None:
    await reply_to(commands, manager, "/subscribe time:08:00 timezone:UTC topic:sport look:plain quiet:skip")
    await reply_to(commands, manager, "/copy 1 channel:71")
    (original, _), (copy, _) = await services.subscriptions.list_subscriptions(guild_id=manager.guild_id)
    assert replace(copy, id=original.id, channel_id=original.channel_id) == original
    assert copy.channel_id == 71
    stranger = replace(manager, guild_id=8)
    with pytest.raises(NotFound):
        await reply_to(commands, stranger, "/copy 1 channel:72")


async def test_a_copy_to_several_channels_says_what_was_copied_and_what_was_not(
    commands: CommandRegistry, services: Services, manager: Asker
) -> None:
    await reply_to(commands, manager, "/subscribe time:08:00 timezone:UTC topic:sport")
    for minute in range(DigestSettings().per_channel):
        await reply_to(commands, manager, f"/subscribe time:08:{minute:02} timezone:UTC channel:72")
    before = len(await services.subscriptions.list_subscriptions(guild_id=manager.guild_id))
    answer = (
        await reply_to(commands, manager, "/copy 1 channel:71 channel2:72 channel3:73 channel4:71 channel5:70")
    ).page
    made = (await services.subscriptions.list_subscriptions(guild_id=manager.guild_id))[before:]
    assert [each.channel_id for each, _ in made] == [71, 73]
    lines = answer.plain.splitlines()
    assert [line.partition(" · ")[0] for line in lines[1:]] == ["<#71>", "<#72>", "<#73>", "<#70>"]
    copied, full, other, same = lines[1:]
    assert f"copied as subscription {made[0][0].id}" in copied
    assert f"copied as subscription {made[1][0].id}" in other
    assert "not copied. This channel already has" in full
    assert "not copied. Subscription 1 already posts the same" in same
    with pytest.raises(NotFound):
        await reply_to(commands, replace(manager, guild_id=8), "/copy 1 channel:74 channel2:75")


async def test_members_only_commands_need_a_member(commands: CommandRegistry) -> None:
    for line in ("/follow time:8 timezone:UTC", "/unfollow", "/mute topic:sport", "/following", "/forget"):
        with pytest.raises(InputInvalid) as refused:
            await reply_to(commands, Asker(), line)
        assert refused.value.key == "error-members-only"


async def test_custom_ids_are_decoded_as_they_were_encoded(services: Services) -> None:
    actions = CustomIds(services.key_values)
    for arguments in (["1", "country:jp or %3A"], ["2", "日本"], ["x" * 300], [""], []):
        action = await actions.encode("news", *arguments, discriminator="n")
        assert len(action) <= 100
        assert action.isascii()
        assert await actions.decode(action) == ("news", arguments)
    assert await actions.encode("news", "1", discriminator="b") != await actions.encode("news", "1", discriminator="n")
    assert await actions.encode("news", "日" * 80, discriminator="b") != await actions.encode(
        "news", "日" * 80, discriminator="n"
    )


@pytest.mark.parametrize("locale", LOCALES)
async def test_errors_are_in_the_readers_language(quick_commands: CommandRegistry, manager: Asker, locale: str) -> None:
    asker = replace(manager, locale=locale)
    for line in (
        "/news country:Japn",
        "/news topic:spotr",
        "/news since:soon",
        "/news filter:'(jp'",
        "/news filter:'county:jp'",
        "/news filter:'country:Atlantis'",
        "/story x",
        "/story s999",
        "/unsubscribe 99",
        "/subscribe time:25:00 timezone:UTC",
        "/subscribe time:08:00 timezone:Nowhere/City",
        "/subscribe time:08:00 timezone:UTC days:someday",
        "/nwes",
    ):
        with pytest.raises(GazetteError) as refused:
            await reply_to(quick_commands, asker, line)
        message = error_message(refused.value, asker.words)
        assert message
        assert message != str(refused.value) or locale == "en"
        if locale != "en":
            assert message != error_message(refused.value, words("en"))


async def test_a_misspelt_country_brings_the_closest_in_the_members_language(
    commands: CommandRegistry, member: Asker
) -> None:
    with pytest.raises(GazetteError) as refused:
        await reply_to(commands, member, "/news country:Deutshland")
    assert "Deutschland" in error_message(refused.value, words("de"))


async def test_more_and_less_like_this_move_own_digests_and_are_explained(
    services: Services, commands: CommandRegistry, member: Asker
) -> None:
    page = (await reply_to(commands, member, "/story s2")).page
    asked = check_reply(await commands.handle_component(member, custom_id_of(page, "More like this")))
    assert "You asked for more of Conflict, war and peace." in asked.page.plain
    why = (await reply_to(commands, member, "/why s2")).page
    assert "You asked for more of Conflict, war and peace." in why.plain
    check_reply(await commands.handle_component(member, custom_id_of(why, "Less like this")))
    even = check_reply(await commands.handle_component(member, custom_id_of(why, "Less like this")))
    assert "You asked for less of" in even.page.plain
    following = (await reply_to(commands, member, "/following")).page
    assert "You asked for less of Conflict, war and peace." in following.plain
    check_reply(await commands.handle_component(member, custom_id_of(following, "Reset")))
    assert await services.members.taste(5) == {}
    assert "You asked" not in (await reply_to(commands, member, "/why s2")).page.plain
