"""What is a command, whoever runs it: a member in Discord or a person at the console?"""

from __future__ import annotations

import shlex
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from rapidfuzz import fuzz, process

from bot.errors import InputInvalid, NotAllowed, UnknownName
from bot.i18n import Words, words
from bot.rendering.layout import Page
from bot.services import Suggestion

__all__ = ["Asker", "Command", "Option", "Reply", "Suggestion", "nearest", "parse_line"]


_ALIKE = 60
"""Of 100: what two names have to have in common for one to be meant by the other."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and where. `locale` is the member's; ids are Discord's, None at the console.

    `manager` may change the subscriptions of the server `guild_id`; `operator` sits at the program's own console and
    sees every server's. `timezone` is "" where nobody said: see `bot.services.Desk.usual_zone`.
    """

    locale: str = "en"
    member_id: int | None = None
    guild_id: int | None = None
    channel_id: int | None = None
    manager: bool = False
    timezone: str = ""
    operator: bool = False

    @property
    def words(self) -> Words:
        """The program's words in the asker's language."""
        return words(self.locale)

    @property
    def scope(self) -> int | None:
        """The server whose subscriptions the asker may manage; None (all of them) for the operator.

        Raises NotAllowed for everybody else.
        """
        if self.operator:
            return None
        if not self.manager or self.guild_id is None:
            raise NotAllowed("manage-guild")
        return self.guild_id

    @property
    def reader(self) -> int | None:
        """Whose mutes and visits count: the member, 0 for the operator, None for nobody in particular."""
        return 0 if self.operator and self.member_id is None else self.member_id

    @property
    def person(self) -> int:
        """As `reader`. Raises InputInvalid for nobody in particular."""
        if self.reader is None:
            raise InputInvalid("that works for members in Discord", "error-members-only")
        return self.reader


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; `private` shows it to the asker alone. `replaces` puts it in the place of the pressed message."""

    page: Page
    private: bool = True
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A command's option. `suggest` names the list that completes it (see `bot.services.autocomplete.KINDS`).

    The catalogues have its name under `option-<name>`, a description under `option-<name>-about` or, where it means
    something else for one command, `option-<command>-<name>-about`, and a text for each of `choices` under
    `choice-<name>-<choice>`. `least` and `most` bound a number.
    """

    name: str
    kind: Literal["text", "number", "channel"] = "text"
    required: bool = False
    suggest: str | None = None
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A command: `run` takes the asker and the options by name.

    The catalogues have its name under `command-<name>` and a description under `command-<name>-about`. `manager`
    commands belong in a server and need its right to manage it; `personal` ones are about the member who asks.
    `aliases` are other names at the console; one such as "digest now" is a sub-command in Discord.
    """

    name: str
    run: Callable[..., Awaitable[Reply]]
    options: tuple[Option, ...] = ()
    manager: bool = False
    personal: bool = False
    aliases: tuple[str, ...] = ()


def parse_line(line: str, commands: Mapping[str, Command], say: Words | None = None) -> tuple[Command, dict[str, Any]]:
    """Read a line as a member would type it: `/news country:Japan topic:politics`.

    Names of commands and options may be English or those of the language `say`. Values with blanks stand in quotes;
    words without a name fill the first required option that is empty, else `filter` or the only option. Raises UnknownName for a command
    that there isn't, InputInvalid for a missing or unreadable value.
    """
    say = say or words()
    try:
        parts = shlex.split(line.strip().removeprefix("/"))
    except ValueError:
        raise InputInvalid("a quotation mark is missing", "error-quote") from None
    if not parts:
        raise InputInvalid("type a command, such as /news; /help lists them", "error-no-command")
    called = _names(commands, say)
    name, rest = parts[0].casefold(), parts[1:]
    if rest and f"{name} {rest[0].casefold()}" in called:
        name, rest = f"{name} {rest[0].casefold()}", rest[1:]
    if name not in called:
        raise UnknownName("command", name, nearest(name, called))
    command = called[name]
    known = {option.name: option for option in command.options}
    known |= {say.plain(f"option-{option.name}").casefold(): option for option in command.options}
    values: dict[str, Any] = {}
    loose: list[str] = []
    for part in rest:
        key, colon, value = part.partition(":")
        option = known.get(key.casefold()) if colon else None
        if option is not None:
            values[option.name] = _read(option, value, say)
        else:
            loose.append(part)
    if loose:
        homes = [o for o in command.options if o.name not in values and o.required]
        homes += [
            o for o in command.options if o.name not in values and (o.name == "filter" or len(command.options) == 1)
        ]
        if not homes:
            names = ", ".join(_called(option, say) for option in command.options) or "-"
            raise InputInvalid(
                f"/{name} does not understand {' '.join(loose)!r}; its options are {names}",
                "error-option-unknown",
                command=f"/{name}",
                given=" ".join(loose),
                options=names,
            )
        values[homes[0].name] = _read(homes[0], " ".join(_requoted(part) for part in loose), say)
    missing = next((option for option in command.options if option.required and option.name not in values), None)
    if missing is not None:
        raise InputInvalid(
            f"/{name} needs {missing.name}:", "error-option-missing", command=f"/{name}", option=_called(missing, say)
        )
    return command, values


def nearest(name: str, names: Iterable[str]) -> list[str]:
    """Up to two names of commands that look like `name`, with their strokes."""
    close = process.extract(name, list(names), scorer=fuzz.ratio, limit=2, score_cutoff=_ALIKE)
    return [f"/{found}" for found, _, _ in close]


def _names(commands: Mapping[str, Command], say: Words) -> dict[str, Command]:
    called: dict[str, Command] = {}
    for name, command in commands.items():
        called.setdefault(say.plain(f"command-{name}").casefold(), command)
        for alias in command.aliases:
            called.setdefault(alias, command)
        called[name] = command
    return called


def _requoted(part: str) -> str:
    """Words that stood in quotes on the line go back into them, so that a filter reads a phrase."""
    if " " not in part:
        return part
    key, colon, value = part.partition(":")
    return f'{key}:"{value}"' if colon and " " not in key else f'"{part}"'


def _called(option: Option, say: Words) -> str:
    """An option as it is typed in the reader's language."""
    return f"{say.plain(f'option-{option.name}')}:"


def _read(option: Option, value: str, say: Words) -> str | int:
    if not value.strip():
        raise InputInvalid(f"{option.name}: has nothing after it", "error-option-empty", option=_called(option, say))
    if option.choices:
        wanted = value.strip().casefold()
        for choice in option.choices:
            if wanted in (choice, say.plain(f"choice-{option.name}-{choice}").casefold()):
                return choice
        raise UnknownName(option.name, value, option.choices)
    if option.kind == "text":
        return value
    digits = value.strip().strip("<#>")
    if not (digits.isascii() and digits.isdigit()):
        subscription = option.suggest == "subscription"
        what = "the number of a subscription" if subscription else "a number"
        raise InputInvalid(
            f"{option.name}: has to be {what}, not {value!r}",
            "error-number-subscription" if subscription else "error-number",
            option=_called(option, say),
            given=value,
        )
    return int(digits)
