"""Hostile text, custom ids and stories get an answer or a message, and do no harm."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.commands import Asker, CommandRegistry, error_message
from bot.errors import GazetteError
from bot.store import documents
from bot.store.database import Store
from tests.clock import ManualClock
from tests.commands.replies import check_reply
from tests.services.sample_news import open_services
from tests.store.factories import make_analysis, make_file_facts

MEMBER = Asker(locale="de", member_id=5, guild_id=7, channel_id=70, manager=True)
TYPED = st.text(max_size=60) | st.text(alphabet='"()-:, orandjp*\x00\ud800日', max_size=30)
LASTING = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@LASTING
@given(
    name=st.sampled_from(
        ["news", "digest", "search", "story", "why", "mute", "unmute", "subscribe", "follow", "topics"]
    ),
    typed=st.lists(TYPED, min_size=5, max_size=5),
)
async def test_any_values_are_answered_or_refused_in_words(
    commands: CommandRegistry, name: str, typed: list[str]
) -> None:
    command = commands.by_name[name]
    texts = [option for option in command.options if option.kind == "text" and not option.choices]
    values = {option.name: text for option, text in zip(texts, typed, strict=False)}
    try:
        reply = await command.run(MEMBER, **values)
    except GazetteError as error:
        refused = error
    else:
        check_reply(reply)
        return
    assert error_message(refused, MEMBER.words)


@LASTING
@given(
    name=st.sampled_from(["news", "search", "story", "why", "about", "mute", "unmute", "unfollow", "pause", "preview"]),
    rest=st.lists(TYPED | st.integers(-(2**70), 2**70).map(str), max_size=4),
    values=st.lists(TYPED, max_size=2),
)
async def test_any_action_is_answered_or_refused_in_words(
    commands: CommandRegistry, name: str, rest: list[str], values: list[str]
) -> None:
    try:
        reply = await commands.handle_component(MEMBER, ":".join([name, *rest]), tuple(values))
    except GazetteError as error:
        refused = error
    else:
        check_reply(reply)
        return
    assert error_message(refused, MEMBER.words)


@pytest.mark.parametrize("locale", ["en", "ja"])
async def test_stories_that_mean_harm_are_shown_harmless(store: Store, clock: ManualClock, locale: str) -> None:
    harm = (
        "@everyone <@1> **x ```py\n\u202etfel [a](https://evil.example) \x00\x1b[2J " + "e" + "\u0301" * 50 + "?" * 3000
    )
    story = make_analysis(harm, headline=harm, kicker=harm, countries=["JP"], topics=["sport"])
    async with store.writing() as conn:
        for number in range(7):
            await documents.store_document(conn, f"{number}.txt", make_file_facts(str(number)), [story], now=clock())
    commands = CommandRegistry(open_services(store, clock))
    asker = Asker(locale=locale, member_id=5)
    for name, values in (
        ("news", {}),
        ("digest", {}),
        ("search", {"words": "everyone"}),
        ("story", {"id": "s1"}),
        ("why", {"id": "e1"}),
        ("catchup", {}),
    ):
        check_reply(await commands.by_name[name].run(asker, **values))
