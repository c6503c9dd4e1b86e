"""The console answers as the bot does, typed or piped."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from bot.cli import console as module
from bot.cli.console import ConsoleSession, complete, run_console
from bot.commands import Asker, CommandRegistry
from bot.store.database import Store
from tests.clock import ManualClock
from tests.services.sample_news import open_services, store_sample_news

OPERATOR = Asker(operator=True, manager=True)


@pytest_asyncio.fixture
async def commands(sqlite_url: str) -> AsyncIterator[CommandRegistry]:
    """All commands over a week's news."""
    async with Store.open(sqlite_url) as store:
        await store_sample_news(store)
        yield CommandRegistry(open_services(store, ManualClock()))


async def console_output(commands: CommandRegistry, *lines: str, locale: str = "en") -> tuple[str, int]:
    """Return what the console prints for some lines, and its exit code."""
    stream = io.StringIO()
    code = await run_console(commands, locale=locale, lines=lines, output=Console(file=stream, width=100))
    return stream.getvalue(), code


async def test_a_line_is_answered_as_in_discord(commands: CommandRegistry) -> None:
    printed, code = await console_output(commands, "/news country:Japan topic:war")
    assert "1 story: Japan · Conflict, war and peace" in printed
    assert "SEA DRILLS: Destroyers meet off Okinawa" in printed
    assert code == 0


@pytest.mark.parametrize("days", ["monday to friday", "mon – fri", "Montag bis Freitag"])
async def test_a_text_goes_on_to_the_next_option(commands: CommandRegistry, days: str) -> None:
    line = f"/subscribe channel:1 timezone:New York days:{days} time:8 Uhr"
    printed, code = await console_output(commands, line)
    assert "Mon–Fri at 8:00 AM (New York)" in printed
    assert "“" not in printed  # no word is taken for a filter
    printed, code = await console_output(commands, "/edit id:1 alerts:3 quiet 22:00-07:00 max 5")
    assert "Alert when 3 sources have an event within an hour" in printed
    assert "“" not in printed
    assert code == 0


async def test_numbers_and_words_turn_pages_and_open_stories(commands: CommandRegistry) -> None:
    printed, code = await console_output(commands, "/news", "/next", "/prev", "1.2", "s1", "e2")
    assert "Page 2 of 2" in printed
    assert printed.count("Page 1 of 2") == 2
    assert "The vote was close." in printed
    assert "Prices rose." in printed
    assert "Nobody was hurt." in printed
    assert code == 0


async def test_a_failed_line_is_explained_and_ends_with_1(commands: CommandRegistry) -> None:
    for line, words in (
        ("/nwes", "Did you mean"),
        ("7", "There is no button 7"),
        ("/next", "There are no more pages"),
        ("/news country:Japn", "Did you mean Japan?"),
        ("/follow time:8 timezone:UTC", "This works only in Discord"),
    ):
        printed, code = await console_output(commands, line)
        assert words in printed
        assert code == 1
    printed, code = await console_output(commands, "/news", "1")
    assert "Choose a menu item: 1.1 to 1.5" in printed


async def test_the_conversation_ends_at_quit_and_blank_lines_do_nothing(commands: CommandRegistry) -> None:
    printed, code = await console_output(commands, "", "  ", "/quit", "/news")
    assert (printed, code) == ("", 0)


async def test_the_language_can_change(commands: CommandRegistry) -> None:
    printed, _ = await console_output(commands, "/language de", "/themen", "/news")
    assert "Themen in den Nachrichten" in printed
    assert "6 Meldungen" in printed
    assert "6 Meldungen" in (await console_output(commands, "/nachrichten", locale="de-AT"))[0]


async def test_the_operator_subscribes_any_channel(commands: CommandRegistry) -> None:
    printed, code = await console_output(
        commands, "/subscribe channel:42 time:08:00 timezone:UTC topic:sport", "/subscriptions", "3", "/subscriptions"
    )
    assert code == 1  # the list has no button 3
    assert printed.count("#42 · Subscription 1 · Sport") >= 2


async def test_an_unexpected_error_is_logged_and_the_session_goes_on(
    commands: CommandRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(commands.services.data, "counts", broken)
    printed, code = await console_output(commands, "/about", "/topics")
    assert "The log has the details under" in printed
    assert "Topics in the news" in printed
    assert code == 1


async def test_lines_come_from_standard_input_without_a_terminal(
    commands: CommandRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("/topics\n/about"))
    stream = io.StringIO()
    assert await run_console(commands, output=Console(file=stream, width=100)) == 0
    assert "Topics in the news" in stream.getvalue()
    assert "Version" in stream.getvalue()


@pytest.mark.parametrize(
    ("line", "first", "replaced"),
    [
        ("/ne", "/news", "/ne"),
        ("ne", "/news", "ne"),
        ("/news ", "country:", ""),
        ("/news to", "topic:", "to"),
        ("/news country:jp to", "topic:", "to"),
        ("/news country:jap", "JP", "jap"),
        ("/news country:jp,taiw", "JP,TW", "jp,taiw"),
        ("/search x page", "page:", "page"),
        ("/why okin", "e2", "okin"),
        ("/why id:okin", "e2", "okin"),
        ("/subscribe look:", "front", ""),
        ("/subscribe timezone:berl", "Europe/Berlin", "berl"),
        ("/digest now coun", "country:", "coun"),
        ("/help sto", "story", "sto"),
    ],
)
async def test_the_end_of_a_line_is_completed(commands: CommandRegistry, line: str, first: str, replaced: str) -> None:
    found = await complete(commands, OPERATOR, line)
    assert (found[0][1].value, found[0][0]) == (first, replaced)


async def test_an_option_is_offered_once_and_nothing_for_unknown_commands(commands: CommandRegistry) -> None:
    assert "country:" not in [each.value for _, each in await complete(commands, OPERATOR, "/news country:jp ")]
    assert await complete(commands, OPERATOR, "/nothing cou") == []


async def test_completion_knows_the_language(commands: CommandRegistry) -> None:
    german = Asker(locale="de", operator=True, manager=True)
    assert (await complete(commands, german, "/nachr"))[0][1].value == "/news"
    assert (await complete(commands, german, "/nachrichten la"))[0][1].value == "country:"
    assert (await complete(commands, german, "/news land:deutsch"))[0][1].value == "DE"


async def test_mutes_with_blanks_are_completed_in_quotes(commands: CommandRegistry) -> None:
    await console_output(commands, "/mute filter:'sport or weather'")
    ((_, offered),) = await complete(commands, OPERATOR, "/unmute filter:")
    printed, code = await console_output(commands, f"/unmute filter:{offered.value}")
    assert code == 0
    assert "1 mute removed." in printed


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """A terminal whose keys a test presses."""
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


async def test_typed_lines_are_answered_until_ctrl_d(commands: CommandRegistry, keyboard: object) -> None:
    stream = io.StringIO()
    session = ConsoleSession(commands, OPERATOR, Console(file=stream, width=100))
    keyboard.send_text("/topics\r/abou\x03/about\r\x04")  # type: ignore[attr-defined] # Ctrl-C drops the half line
    async with asyncio.timeout(20):
        async for line in module._prompt_lines(session):
            await session.answer_line(line)
    assert "Topics in the news" in stream.getvalue()
    assert "Version" in stream.getvalue()


async def test_the_prompt_completes_by_the_same_suggestions(commands: CommandRegistry) -> None:
    session = ConsoleSession(commands, OPERATOR, Console(file=io.StringIO()))
    completer = module._completer(session)
    document = Document("/news country:jap")
    found = [each async for each in completer.get_completions_async(document, CompleteEvent())]
    assert [(each.text, each.start_position, each.display_meta_text) for each in found] == [("JP", -3, "Japan (2)")]
    assert list(completer.get_completions(document, CompleteEvent())) == []


async def test_a_completed_command_is_ready_for_its_options(commands: CommandRegistry) -> None:
    completer = module._completer(ConsoleSession(commands, OPERATOR, Console(file=io.StringIO())))
    (found,) = [each async for each in completer.get_completions_async(Document("/coun"), CompleteEvent())]
    assert (found.text, found.start_position, found.display_text) == ("/countries ", -5, "/countries")
