"""`gazette console`: the bot's commands in a terminal, with completion.

Buttons and menus are pressed by their numbers. Without a terminal, lines are read from standard input:
`echo "/news country:Japan" | gazette console`.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import shlex
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TextIO

import structlog
from rich.console import Console
from rich.text import Text

from bot.commands.error_messages import error_message
from bot.commands.line_parser import parse_line
from bot.commands.registry import CommandRegistry
from bot.commands.typed_options import normal_values
from bot.commands.types import Asker, Command, Option, Reply
from bot.errors import GazetteError, InputInvalid
from bot.newsroom.typed_values import parse_locale
from bot.rendering.escape import clean
from bot.rendering.layout import Button, Page
from bot.rendering.terminal import draw, pressable
from bot.services.name_matching import Suggestion

if TYPE_CHECKING:
    from prompt_toolkit.completion import Completer

__all__ = ["ConsoleSession", "complete", "run_console"]

log = structlog.get_logger()

_QUIT = ("/quit", "/exit", "quit", "exit", "/q")
_BUTTON_KEYS = {"/next": "button-next", "/prev": "button-previous", "/previous": "button-previous"}
"""Words for the buttons that turn pages, with the keys of their labels."""

_PRESS = re.compile(r"#?(\d{1,3})(?:[. ](\d{1,3}))?", re.ASCII)
"""A button's number, or a menu's number and a line of it: `3`, `1.2`."""

_STORY_ID = re.compile(r"[sSeE]\d{1,18}")
_REFERENCE_BYTES = 4
"""Random bytes of the reference number under which the log has the details of an unexpected error."""


async def run_console(
    commands: CommandRegistry,
    *,
    locale: str = "en",
    timezone: str = "",
    lines: Iterable[str] | None = None,
    output: Console | None = None,
) -> int:
    """Answer lines until /quit or the end of input; return the exit code.

    It is 1 if a line could not be answered.

    `lines` replace the keyboard. At a terminal there is a prompt with completion, and no line counts as failed.
    """
    asker = Asker(locale=locale, timezone=timezone, operator=True, manager=True)
    session = ConsoleSession(commands, asker, output or Console(highlight=False))
    if lines is None and sys.stdin.isatty() and sys.stdout.isatty():
        session.print_hello()
        async for line in _prompt_lines(session):
            if not await session.answer_line(line):
                break
        return 0
    async for line in _input_lines(lines):
        if not await session.answer_line(line):
            break
    return 1 if session.failed else 0


@dataclass
class ConsoleSession:
    """The state of a session: who asks, the page shown last, and whether a line failed."""

    commands: CommandRegistry
    asker: Asker
    console: Console
    page: Page | None = None
    failed: bool = False

    def print_hello(self) -> None:
        """Print how to use the console."""
        self.console.print(Text(self.asker.words("console-hello"), style="dim"))

    async def answer_line(self, line: str) -> bool:
        """Answer one line; return False at the end of the session."""
        line = line.strip()
        if line.casefold() in _QUIT:
            return False
        if not line or line.startswith("#!"):
            return True
        try:
            reply = await self._reply(line)
        except GazetteError as error:
            self._print_error(error_message(error, self.asker.words))
        except Exception:  # a surface: the session goes on, the log has the details
            reference = secrets.token_hex(_REFERENCE_BYTES)
            log.exception("console.failed", reference=reference)
            self._print_error(self.asker.words("error", reference=reference))
        else:
            if reply is not None:
                self.page = reply.page
                self.console.print(draw(reply.page))
        return True

    async def _reply(self, line: str) -> Reply | None:
        folded = line.casefold()
        if folded in _BUTTON_KEYS:
            return await self._press_labelled(self.asker.words(_BUTTON_KEYS[folded]))
        if pressed := _PRESS.fullmatch(line):
            return await self._press(int(pressed[1]), int(pressed[2]) if pressed[2] else None)
        if folded.split()[0] == "/language":
            self.asker = replace(self.asker, locale=parse_locale(line.partition(" ")[2]))
            self.print_hello()
            return None
        if _STORY_ID.fullmatch(line):
            return await self.commands.by_name["story"].run(self.asker, id=line)
        command, values = parse_line(line, self.commands.by_name, self.asker.words)
        return await command.run(self.asker, **normal_values(command, values, self.asker.words.locale))

    async def _press(self, number: int, choice: int | None) -> Reply:
        items = pressable(self.page) if self.page is not None else []
        if not 1 <= number <= len(items):
            raise InputInvalid(f"there is no button {number}", "error-no-button", number=str(number))
        item = items[number - 1]
        if isinstance(item, Button):
            return await self.commands.handle_component(self.asker, item.action or "")
        if choice is None or not 1 <= choice <= len(item.choices):
            raise InputInvalid(
                f"choose a line of the menu: {number}.1",
                "error-which-choice",
                example=f"{number}.1",
                last=f"{number}.{len(item.choices)}",
            )
        return await self.commands.handle_component(self.asker, item.action, (item.choices[choice - 1].value,))

    async def _press_labelled(self, label: str) -> Reply:
        items = pressable(self.page) if self.page is not None else []
        for item in items:
            if isinstance(item, Button) and item.label == label:
                return await self.commands.handle_component(self.asker, item.action or "")
        raise InputInvalid("there is no further page", "error-no-page")

    def _print_error(self, message: str) -> None:
        self.failed = True
        self.console.print(Text(clean(message), style="red"))


async def complete(commands: CommandRegistry, asker: Asker, line: str) -> list[tuple[str, Suggestion]]:
    """Return completions of a line: the text that each replaces, and the suggestion.

    Commands are completed first, then their options, then an option's values, as in Discord.
    """
    words = asker.words
    text = line.lstrip()
    if " " not in text:
        typed = text.removeprefix("/").casefold()
        return [
            (text, Suggestion(command.description(words), f"/{command.name}"))
            for command in commands.all()
            if command.name.startswith(typed) or command.label(words).casefold().startswith(typed)
        ]
    command = _command_of(text, commands, asker)
    if command is None:
        return []
    last = _last_word(text)
    name, colon, typed = last.partition(":")
    names = {option.name: (option.name, option.label(words).casefold()) for option in command.options}
    option = next((each for each in command.options if name.casefold() in names[each.name]), None)
    if colon and option is not None:
        return await _complete_value(commands, asker, option, typed.strip('"'), typed)
    if len(command.options) == 1 and not colon and last:  # the only option needs no name
        return await _complete_value(commands, asker, command.options[0], last, last)
    used = {part.partition(":")[0].casefold() for part in text.split()[1:] if ":" in part}
    return [
        (last, Suggestion(each.description(command.name, words), f"{each.name}:"))
        for each in command.options
        if used.isdisjoint(names[each.name]) and any(name.startswith(last.casefold()) for name in names[each.name])
    ]


async def _complete_value(
    commands: CommandRegistry, asker: Asker, option: Option, typed: str, replaced: str
) -> list[tuple[str, Suggestion]]:
    if option.choices:
        choices = [Suggestion(option.choice_label(each, asker.words), each) for each in option.choices]
        return [(replaced, each) for each in choices if each.value.startswith(typed.casefold())]
    if option.suggest is None:
        return []
    suggestions = await commands.suggest(
        option.suggest,
        typed,
        locale=asker.locale,
        member_id=asker.reader_id,
        everything=asker.operator,
        audience=asker.audience,
    )
    return [(replaced, Suggestion(each.name, _quote(each.value))) for each in suggestions]


def _quote(value: str) -> str:
    """Quote a value, if necessary, so that `parse_line` reads it back."""
    return value if re.fullmatch(r"[^\s\"'\\]+", value) else shlex.quote(value)


def _command_of(text: str, commands: CommandRegistry, asker: Asker) -> Command | None:
    name = text.split()[0].removeprefix("/").casefold()
    for command in commands.all():
        if name in (command.name, *command.aliases, command.label(asker.words).casefold()):
            return command
    return None


def _last_word(text: str) -> str:
    """Return what comes after the last space that is not in quotes."""
    in_quotes, start = False, 0
    for position, char in enumerate(text):
        if char == '"':
            in_quotes = not in_quotes
        elif char.isspace() and not in_quotes:
            start = position + 1
    return text[start:]


async def _input_lines(lines: Iterable[str] | None) -> AsyncIterator[str]:
    """Yield the given lines, or those of standard input, read in a thread."""
    if lines is not None:
        for line in lines:
            yield line
        return
    stream: TextIO = sys.stdin
    while line := await asyncio.to_thread(stream.readline):
        yield line


async def _prompt_lines(session: ConsoleSession) -> AsyncIterator[str]:
    """Yield the lines typed at a terminal, until Ctrl-D; Ctrl-C drops a line."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.formatted_text import ANSI
    from prompt_toolkit.history import InMemoryHistory
    from prompt_toolkit.patch_stdout import patch_stdout

    prompt: PromptSession[str] = PromptSession(
        ANSI("\x1b[1mgazette\x1b[0m › "),
        completer=_completer(session),
        complete_while_typing=True,
        history=InMemoryHistory(),
    )
    while True:
        try:
            with patch_stdout(raw=True):
                line = await prompt.prompt_async()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        yield line


def _completer(session: ConsoleSession) -> Completer:
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document

    class CommandCompleter(Completer):
        """Completes lines by `complete`."""

        def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
            """Return nothing: prompt_toolkit uses the asynchronous method."""
            return []

        async def get_completions_async(
            self, document: Document, complete_event: CompleteEvent
        ) -> AsyncGenerator[Completion, None]:
            """Yield the suggestions for the text before the cursor."""
            try:
                suggestions = await complete(session.commands, session.asker, document.text_before_cursor)
            except GazetteError as error:  # a failing list must not stop the typing
                log.warning("suggestions.failed", error=str(error))
                return
            for replaced, each in suggestions:
                description = each.name if each.name != each.value else ""
                space = " " if replaced.startswith("/") else ""  # options follow a command
                yield Completion(
                    each.value + space, -len(replaced), display=each.value, display_meta=clean(description)
                )

    return CommandCompleter()
