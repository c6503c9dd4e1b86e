"""What does somebody get who types the bot's commands at a terminal?

The commands of Discord, as a member would type them, with completion; buttons and menus are pressed by their numbers.
Without a terminal, lines are read from standard input: `echo "/news country:Japan" | gazette console`.
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
from bot.commands.types import Asker, Command, Option, Reply
from bot.errors import GazetteError, InputInvalid
from bot.i18n import negotiate
from bot.rendering.escape import clean
from bot.rendering.layout import Button, Page
from bot.rendering.terminal import draw, pressable
from bot.services import Suggestion

if TYPE_CHECKING:
    from prompt_toolkit.completion import Completer

__all__ = ["Conversation", "complete", "run"]

log = structlog.get_logger()

_ENDS = ("/quit", "/exit", "quit", "exit", "/q")
_PRESS = re.compile(r"#?(\d{1,3})(?:[. ](\d{1,3}))?", re.ASCII)


async def run(
    commands: CommandRegistry,
    *,
    locale: str = "en",
    timezone: str = "",
    lines: Iterable[str] | None = None,
    output: Console | None = None,
) -> int:
    """Answer what is typed until /quit or the end of input; 1 when a line that was read could not be answered, else 0.

    `lines` stand in for the keyboard. At a terminal there is a prompt with completion and nothing typed is an error.
    """
    console = output or Console(highlight=False)
    asker = Asker(locale=locale, timezone=timezone, operator=True, manager=True)
    talk = Conversation(commands, asker, console)
    if lines is None and sys.stdin.isatty() and sys.stdout.isatty():
        console.print(Text(talk.asker.words("console-hello"), style="dim"))
        async for line in _typed(talk):
            if not await talk.hear(line):
                break
        return 0
    async for line in _given(lines):
        if not await talk.hear(line):
            break
    return 1 if talk.failed else 0


@dataclass
class Conversation:
    """Who talks, what was shown last, and whether anything failed."""

    commands: CommandRegistry
    asker: Asker
    console: Console
    page: Page | None = None
    failed: bool = False

    async def hear(self, line: str) -> bool:
        """Answer one line; False at the end of the conversation."""
        line = line.strip()
        if line.casefold() in _ENDS:
            return False
        if not line or line.startswith("#!"):
            return True
        try:
            reply = await self._answer(line)
        except GazetteError as error:
            self._refuse(error_message(error, self.asker.words))
        except Exception:  # a surface: the conversation goes on, the log has the rest
            reference = secrets.token_hex(4)
            log.exception("console.failed", reference=reference)
            self._refuse(self.asker.words("error", reference=reference))
        else:
            if reply is not None:
                self.page = reply.page
                self.console.print(draw(reply.page))
        return True

    async def _answer(self, line: str) -> Reply | None:
        asker = self.asker
        if line.casefold() in ("/next", "/prev", "/previous"):
            key = "button-next" if line.casefold() == "/next" else "button-previous"
            return await self._press_label(asker.words(key))
        if pressed := _PRESS.fullmatch(line):
            return await self._press(int(pressed[1]), int(pressed[2]) if pressed[2] else None)
        if line.casefold().startswith("/language"):
            self.asker = replace(asker, locale=negotiate(line.partition(" ")[2].strip()))
            self.console.print(Text(self.asker.words("console-hello"), style="dim"))
            return None
        if re.fullmatch(r"[sSeE]\d{1,18}", line):
            return await self.commands.by_name["story"].run(asker, id=line)
        command, values = parse_line(line, self.commands.by_name, asker.words)
        return await command.run(asker, **values)

    async def _press(self, number: int, choice: int | None) -> Reply:
        items = pressable(self.page) if self.page is not None else []
        if not 1 <= number <= len(items):
            raise InputInvalid(f"there is no button {number}", "error-no-button", number=str(number))
        item = items[number - 1]
        if isinstance(item, Button):
            return await self.commands.handle_component(self.asker, item.action or "")
        if choice is None or not 1 <= choice <= len(item.choices):
            raise InputInvalid(
                f"say which line of the menu: {number}.1",
                "error-which-choice",
                example=f"{number}.1",
                last=f"{number}.{len(item.choices)}",
            )
        return await self.commands.handle_component(self.asker, item.action, (item.choices[choice - 1].value,))

    async def _press_label(self, label: str) -> Reply:
        items = pressable(self.page) if self.page is not None else []
        for item in items:
            if isinstance(item, Button) and item.label == label:
                return await self.commands.handle_component(self.asker, item.action or "")
        raise InputInvalid("there is no further page", "error-no-page")

    def _refuse(self, words: str) -> None:
        self.failed = True
        self.console.print(Text(clean(words), style="red"))


async def complete(commands: CommandRegistry, asker: Asker, line: str) -> list[tuple[str, Suggestion]]:
    """How the end of a line could go on: the characters that a suggestion replaces, and the suggestion.

    CommandRegistry first, then their options, then an option's values, as Discord completes them.
    """
    say = asker.words
    body = line.lstrip()
    if " " not in body:
        wanted = body.removeprefix("/").casefold()
        return [
            (body, Suggestion(command.description(say), f"/{command.name}"))
            for command in commands.all()
            if command.name.startswith(wanted) or command.label(say).casefold().startswith(wanted)
        ]
    command = _command_of(body, commands, asker)
    if command is None:
        return []
    last = _last_word(body)
    name, colon, typed = last.partition(":")
    named = {each.name: (each.name, each.label(say).casefold()) for each in command.options}
    option = next((each for each in command.options if name.casefold() in named[each.name]), None)
    if colon and option is not None:
        return await _values(commands, asker, option, typed.strip('"'), typed)
    if len(command.options) == 1 and not colon and last:  # the only option needs no name
        return await _values(commands, asker, command.options[0], last, last)
    used = {part.partition(":")[0].casefold() for part in body.split()[1:] if ":" in part}
    return [
        (last, Suggestion(each.description(command.name, say), f"{each.name}:"))
        for each in command.options
        if used.isdisjoint(named[each.name]) and any(one.startswith(last.casefold()) for one in named[each.name])
    ]


async def _values(
    commands: CommandRegistry, asker: Asker, option: Option, wanted: str, replaced: str
) -> list[tuple[str, Suggestion]]:
    if option.choices:
        known = [Suggestion(option.choice_label(each, asker.words), each) for each in option.choices]
        return [(replaced, each) for each in known if each.value.startswith(wanted.casefold())]
    if option.suggest is None:
        return []
    found = await commands.suggest(
        option.suggest, wanted, locale=asker.locale, member_id=asker.reader_id, everything=asker.operator
    )
    return [(replaced, Suggestion(each.name, _quoted(each.value))) for each in found]


def _quoted(value: str) -> str:
    """As `parse_line` reads it back."""
    return value if re.fullmatch(r"[^\s\"'\\]+", value) else shlex.quote(value)


def _command_of(body: str, commands: CommandRegistry, asker: Asker) -> Command | None:
    name = body.split()[0].removeprefix("/").casefold()
    for command in commands.all():
        if name in (command.name, *command.aliases, command.label(asker.words).casefold()):
            return command
    return None


def _last_word(body: str) -> str:
    """What stands after the last blank that is in no quotes."""
    inside, start = False, 0
    for place, char in enumerate(body):
        if char == '"':
            inside = not inside
        elif char.isspace() and not inside:
            start = place + 1
    return body[start:]


async def _given(lines: Iterable[str] | None) -> AsyncIterator[str]:
    """The lines that stand in for the keyboard, else those of standard input, read beside the event loop."""
    if lines is not None:
        for line in lines:
            yield line
        return
    stream: TextIO = sys.stdin
    while line := await asyncio.to_thread(stream.readline):
        yield line


async def _typed(talk: Conversation) -> AsyncIterator[str]:
    """What is typed at a terminal, until Ctrl-D; Ctrl-C drops a line."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.formatted_text import ANSI
    from prompt_toolkit.history import InMemoryHistory
    from prompt_toolkit.patch_stdout import patch_stdout

    session: PromptSession[str] = PromptSession(
        ANSI("\x1b[1mgazette\x1b[0m › "),
        completer=_completer(talk),
        complete_while_typing=True,
        history=InMemoryHistory(),
    )
    while True:
        try:
            with patch_stdout(raw=True):
                line = await session.prompt_async()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        yield line


def _completer(talk: Conversation) -> Completer:
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document

    class Typed(Completer):
        """Asks the desk while somebody types."""

        def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
            """Only the asynchronous way is used."""
            return []

        async def get_completions_async(
            self, document: Document, complete_event: CompleteEvent
        ) -> AsyncGenerator[Completion, None]:
            """The suggestions for the text before the cursor."""
            try:
                found = await complete(talk.commands, talk.asker, document.text_before_cursor)
            except GazetteError as error:  # a list that fails must not stop the typing
                log.warning("suggestions.failed", error=str(error))
                return
            for replaced, each in found:
                about = each.name if each.name != each.value else ""
                blank = " " if replaced.startswith("/") else ""  # a command goes on with its options
                yield Completion(each.value + blank, -len(replaced), display=each.value, display_meta=clean(about))

    return Typed()
