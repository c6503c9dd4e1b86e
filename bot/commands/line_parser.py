"""Parsing of a command as somebody types it: `/news country:Japan topic:politics`."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from bot.commands.types import Command, GivenFile, Option
from bot.errors import InputInvalid, UnknownName
from bot.i18n import Words, words

__all__ = ["closest_commands", "parse_line"]

_MIN_SIMILARITY = 60
"""Similarity (0 to 100) from which on a mistyped name is taken for a command's: one slip in a name of three letters."""


def parse_line(
    line: str, commands: Mapping[str, Command], catalogue: Words | None = None
) -> tuple[Command, dict[str, Any]]:
    """Return the command that a line names and the values of its options.

    Names of commands and options may be English or in the language of `catalogue`. A text goes on to the next option,
    as in Discord: `days:monday to friday`. Other words fill the first required option that is empty, else `filter` or
    the only option. Raises UnknownName for an unknown command or choice, InputInvalid for a missing or unreadable
    value.
    """
    catalogue = catalogue or words()
    try:
        parts = shlex.split(line.strip().removeprefix("/"))
    except ValueError:
        raise InputInvalid("a quotation mark is missing", "error-quote") from None
    if not parts:
        raise InputInvalid("type a command, such as /news; /help lists them", "error-no-command")
    by_name = _names(commands, catalogue)
    name, rest = parts[0].casefold(), parts[1:]
    if rest and f"{name} {rest[0].casefold()}" in by_name:
        name, rest = f"{name} {rest[0].casefold()}", rest[1:]
    if name not in by_name:
        raise UnknownName("command", name, closest_commands(name, by_name))
    command = by_name[name]
    values, unnamed = _named_values(command, rest, catalogue)
    if unnamed:
        option = _option_for_unnamed(command, values)
        if option is None:
            raise _unknown_options(name, command, unnamed, catalogue)
        values[option.name] = _parse_value(option, " ".join(map(_requote, unnamed)), catalogue)
    missing = next((option for option in command.options if option.required and option.name not in values), None)
    if missing is not None:
        raise InputInvalid(
            f"/{name} needs {missing.name}:",
            "error-option-missing",
            command=f"/{name}",
            option=_typed_name(missing, catalogue),
        )
    return command, values


def closest_commands(name: str, names: Iterable[str]) -> list[str]:
    """Return up to two names of commands that look like `name`, with their slashes."""
    close = process.extract(name, list(names), scorer=fuzz.ratio, limit=2, score_cutoff=_MIN_SIMILARITY)
    return [f"/{match}" for match, _score, _index in close]


def _names(commands: Mapping[str, Command], catalogue: Words) -> dict[str, Command]:
    """Return the commands by all their names; an English name wins over a translated one."""
    by_name: dict[str, Command] = {}
    for name, command in commands.items():
        by_name.setdefault(command.label(catalogue).casefold(), command)
        for alias in command.aliases:
            by_name.setdefault(alias, command)
        by_name[name] = command
    return by_name


def _named_values(command: Command, parts: Iterable[str], catalogue: Words) -> tuple[dict[str, Any], list[str]]:
    """Return the values given as `name:value`, and the parts that belong to no option.

    Plain words belong to the text before them; a phrase in quotes and a condition of the filter stand for themselves.
    """
    options = {option.name: option for option in command.options}
    options |= {option.label(catalogue).casefold(): option for option in command.options}
    given: dict[str, list[str]] = {}
    unnamed: list[str] = []
    text: Option | None = None
    for part in parts:
        key, colon, value = part.partition(":")
        option = options.get(key.casefold()) if colon else None
        if option is not None:
            given[option.name] = [value]
            text = option if option.kind == "text" and value.strip() else None
        elif text is not None and _is_plain_word(part):
            given[text.name].append(part)
        else:
            unnamed.append(part)
            text = None
    by_name = {option.name: option for option in command.options}
    return {name: _parse_value(by_name[name], " ".join(typed), catalogue) for name, typed in given.items()}, unnamed


def _is_plain_word(part: str) -> bool:
    key, colon, _ = part.partition(":")  # a time such as 22:00 has a colon, too
    return " " not in part and not part.startswith("-") and not (colon and key.isalpha())


def _option_for_unnamed(command: Command, values: Mapping[str, object]) -> Option | None:
    empty = [option for option in command.options if option.name not in values]
    required = [option for option in empty if option.required]
    fallback = [option for option in empty if option.name == "filter" or len(command.options) == 1]
    return next(iter(required + fallback), None)


def _unknown_options(name: str, command: Command, unnamed: list[str], catalogue: Words) -> InputInvalid:
    names = ", ".join(_typed_name(option, catalogue) for option in command.options) or "-"
    given = " ".join(unnamed)
    return InputInvalid(
        f"/{name} does not understand {given!r}; its options are {names}",
        "error-option-unknown",
        command=f"/{name}",
        given=given,
        options=names,
    )


def _local_file(path: Path) -> GivenFile:
    """Return a file of this computer. Raises InputInvalid."""

    async def read() -> bytes:
        return await asyncio.to_thread(path.read_bytes)

    try:
        return GivenFile(path.name, path.stat().st_size, read)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputInvalid(f"{path} can't be read: {reason}") from None


def _requote(part: str) -> str:
    """Put words that were in quotes on the line back into them, so that a filter reads a phrase."""
    if " " not in part:
        return part
    key, colon, value = part.partition(":")
    return f'{key}:"{value}"' if colon and " " not in key else f'"{part}"'


def _typed_name(option: Option, catalogue: Words) -> str:
    return f"{option.label(catalogue)}:"


def _parse_value(option: Option, value: str, catalogue: Words) -> str | int | GivenFile:
    typed = _typed_name(option, catalogue)
    if not value.strip():
        raise InputInvalid(f"{option.name}: has nothing after it", "error-option-empty", option=typed)
    if option.choices:
        folded = value.strip().casefold()
        for choice in option.choices:
            if folded in (choice, option.choice_label(choice, catalogue).casefold()):
                return choice
        raise UnknownName(option.name, value, option.choices)
    if option.kind == "text":
        return value
    if option.kind == "file":
        return _local_file(Path(value.strip()).expanduser())
    digits = value.strip().strip("<#@&>")
    if not (digits.isascii() and digits.isdigit()):
        subscription = option.suggest == "subscription"
        what = "the number of a subscription" if subscription else "a number"
        raise InputInvalid(
            f"{option.name}: has to be {what}, not {value!r}",
            "error-number-subscription" if subscription else "error-number",
            option=typed,
            given=value,
        )
    return int(digits)
