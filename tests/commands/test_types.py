"""Parsing of typed lines, and who may do what."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.commands import Asker, CommandRegistry, error_message, parse_line
from bot.errors import GazetteError, InputInvalid, NotAllowed, UnknownName
from bot.i18n import words
from tests.services.sample_news import unconnected_services

BOOK = CommandRegistry(unconnected_services()).by_name


@pytest.mark.parametrize(
    ("line", "name", "values"),
    [
        ("/news", "news", {}),
        ("news", "news", {}),
        ("  /NEWS  Country:Japan ", "news", {"country": "Japan"}),
        ("/news country:Japan topic:politics", "news", {"country": "Japan", "topic": "politics"}),
        ('/news country:"United States" page:2', "news", {"country": "United States", "page": 2}),
        ("/news sea drills", "news", {"filter": "sea drills"}),
        ('/news "sea drills" lang:en', "news", {"filter": '"sea drills" lang:en'}),
        ('/news kicker:"next generation"', "news", {"filter": 'kicker:"next generation"'}),
        ("/digest now country:JP", "digest", {"country": "JP"}),
        ("/digest country:JP", "digest", {"country": "JP"}),
        ("/search two words", "search", {"words": "two words"}),
        ("/story s12", "story", {"id": "s12"}),
        ("/help news", "help", {"command": "news"}),
        ("/unfollow 3", "unfollow", {"id": 3}),
        ("/subscribe time:08:00,18:30 channel:<#42>", "subscribe", {"time": "08:00,18:30", "channel": 42}),
        ("/subscribe look:Cards", "subscribe", {"look": "cards"}),
        ("/subscribe look:plain", "subscribe", {"look": "plain"}),
    ],
)
def test_a_line_is_a_command_with_values(line: str, name: str, values: dict[str, Any]) -> None:
    command, found = parse_line(line, BOOK)
    assert (command.name, found) == (name, values)


def test_names_of_the_readers_language_serve_as_well() -> None:
    command, values = parse_line("/nachrichten land:Japan thema:Sport", BOOK, words("de"))
    assert (command.name, values) == ("news", {"country": "Japan", "topic": "Sport"})
    assert parse_line("/news country:Japan", BOOK, words("de"))[0].name == "news"
    assert parse_line("/ニュース 国:日本", BOOK, words("ja")) == (BOOK["news"], {"country": "日本"})


def test_errors_use_the_readers_names_of_options() -> None:
    with pytest.raises(InputInvalid) as missing:
        parse_line("/suchen", BOOK, words("de"))
    assert error_message(missing.value, words("de")).endswith("wörter:")
    with pytest.raises(UnknownName) as unknown:
        parse_line("/nwes", BOOK)
    assert error_message(unknown.value, words("en")) == "There is no command called “nwes”. Did you mean /news?"
    with pytest.raises(UnknownName) as choice:
        parse_line("/subscribe look:hologram", BOOK)
    assert error_message(choice.value, words("en")).endswith("front, cards, chart, embeds, or plain?")


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("", "error-no-command"),
        ("/", "error-no-command"),
        ('/news country:"Japan', "error-quote"),
        ("/nwes", "error-unknown-name"),
        ("/story", "error-option-missing"),
        ("/news page:two", "error-number"),
        ("/edit id:first time:09:00", "error-number-subscription"),
        ("/edit id:1,2 time:09:00", "error-number-subscription"),
        ("/edit id:[1]", "error-number-subscription"),
        ("/edit id:", "error-option-empty"),
        ("/edit id:1 time:", "error-option-empty"),
        ('/news country:" "', "error-option-empty"),
        ("/news page:１", "error-number"),
        ("/about me", "error-option-unknown"),
        ("/subscribe look:shiny", "error-unknown-name"),
    ],
)
def test_an_unreadable_line_is_refused_with_its_reason(line: str, key: str) -> None:
    with pytest.raises((InputInvalid, UnknownName)) as refused:
        parse_line(line, BOOK)
    assert refused.value.key == key


def test_a_misspelt_command_brings_the_closest() -> None:
    with pytest.raises(UnknownName) as refused:
        parse_line("/nwes", BOOK)
    assert "/news" in refused.value.suggestions


@settings(deadline=None)
@given(line=st.text(max_size=80))
def test_any_line_is_read_or_refused_in_words(line: str) -> None:
    try:
        command, _values = parse_line(line, BOOK)
    except GazetteError as error:
        refused = error
    else:
        assert command.name in BOOK
        return
    assert error_message(refused, words("ja"))


@settings(deadline=None)
@given(value=st.text(alphabet=st.characters(blacklist_characters="'\"\\\x00"), min_size=1, max_size=40))
@example(value=" a  b ")
def test_a_quoted_value_is_not_changed(value: str) -> None:
    assume(value.strip())  # blanks alone are refused
    assert parse_line(f'/search words:"{value}"', BOOK) == (BOOK["search"], {"words": value})


def test_managers_are_limited_to_their_server() -> None:
    assert Asker(operator=True).guild_scope() is None
    assert Asker(guild_id=7, manager=True).guild_scope() == 7
    for nobody in (Asker(), Asker(guild_id=7), Asker(manager=True), Asker(member_id=5)):
        with pytest.raises(NotAllowed):
            nobody.guild_scope()


def test_only_members_and_the_operator_have_a_reader_id() -> None:
    assert Asker(member_id=5).require_reader_id() == 5
    assert Asker(operator=True).require_reader_id() == 0
    with pytest.raises(InputInvalid):
        Asker().require_reader_id()
    with pytest.raises(InputInvalid):
        Asker(operator=True).require_member_id()


@pytest.mark.parametrize(
    ("typed", "locale", "found"),
    [
        ("nwes", "en", "news"),
        ("Abonieren", "de", "subscribe"),
        ("historiqe", "fr", "history"),
        ("購読解", "ja", "unsubscribe"),
    ],
)
async def test_names_of_commands_are_completed_with_slips(typed: str, locale: str, found: str) -> None:
    commands = CommandRegistry(unconnected_services())
    assert found in [each.value for each in await commands.suggest("command", typed, locale=locale)]
