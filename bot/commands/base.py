"""What is a command, whoever runs it: a member in Discord or a person at the console?"""

from __future__ import annotations

import shlex
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from rapidfuzz import process

from bot.errors import InputInvalid, UnknownName
from bot.i18n import Words, words
from bot.rendering.layout import Page

__all__ = ["Asker", "Command", "Option", "Reply", "Suggestion", "parse_line"]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and where. `locale` is the member's; ids are Discord's, None at the console."""

    locale: str = "en"
    member_id: int | None = None
    guild_id: int | None = None
    channel_id: int | None = None
    manager: bool = False
    timezone: str = "UTC"

    @property
    def words(self) -> Words:
        """The program's words in the asker's language."""
        return words(self.locale)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; `private` shows it to the asker alone. `replaces` puts it in the place of the pressed message."""

    page: Page
    private: bool = True
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A choice for autocompletion: what people read, and what the command gets."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Option:
    """A command's option. `suggest` names the list that completes it."""

    name: str
    kind: Literal["text", "number", "channel"] = "text"
    required: bool = False
    suggest: str | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A command: `run` takes the asker and the options by name."""

    name: str
    run: Callable[..., Awaitable[Reply]]
    options: tuple[Option, ...] = ()
    manager: bool = False
    aliases: tuple[str, ...] = field(default=())


def parse_line(line: str, commands: Mapping[str, Command]) -> tuple[Command, dict[str, Any]]:
    """Read a line as a member would type it: `/news country:Japan topic:politics`.

    Values with blanks stand in quotes; words without a name fill the first option of kind text. Raises UnknownName
    for a command or option that there isn't, InputInvalid for a missing or unreadable value.
    """
    try:
        parts = shlex.split(line.strip().removeprefix("/"))
    except ValueError as error:
        raise InputInvalid(f"a quotation mark is missing: {error}") from None
    if not parts:
        raise InputInvalid("type a command, such as /news; /help lists them")
    name, rest = parts[0].lower(), parts[1:]
    if rest and f"{name} {rest[0].lower()}" in commands:
        name, rest = f"{name} {rest[0].lower()}", rest[1:]
    if name not in commands:
        raise UnknownName("command", name, [found for found, _, _ in process.extract(name, list(commands), limit=2)])
    command = commands[name]
    known = {option.name: option for option in command.options}
    values: dict[str, Any] = {}
    loose: list[str] = []
    for part in rest:
        key, colon, value = part.partition(":")
        if colon and key.lower() in known:
            values[key.lower()] = _read(known[key.lower()], value)
        else:
            loose.append(part)
    if loose:
        home = next((o for o in command.options if o.name not in values and (o.required or o.name == "filter")), None)
        if home is None:
            names = ", ".join(f"{option.name}:" for option in command.options) or "none"
            raise InputInvalid(f"/{name} does not understand {' '.join(loose)!r}; its options are {names}")
        values[home.name] = _read(home, " ".join(loose))
    missing = [option.name for option in command.options if option.required and option.name not in values]
    if missing:
        raise InputInvalid(f"/{name} needs {missing[0]}:")
    return command, values


def _read(option: Option, value: str) -> str | int:
    if option.kind == "text":
        return value
    digits = value.strip("<#>")
    if not (digits.isascii() and digits.isdigit()):
        raise InputInvalid(f"{option.name}: has to be a number, not {value!r}")
    return int(digits)
