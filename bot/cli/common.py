"""Helpers of all commands: settings, the open newsroom, printing.

Settings and rich are imported where they are used: `gazette --help` and `--version` need neither, and both together
take longer than their answer.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import re
import shlex
import shutil
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar, cast

from bot.cli.lazy_group import COMMAND_NAMES

if TYPE_CHECKING:
    from rich.console import Console

    from bot.app import Newsroom
    from bot.settings import Settings

__all__ = [
    "TARGET_VARIABLE",
    "GlobalOptions",
    "as_called",
    "count_noun",
    "load_configured",
    "print_json",
    "print_json_line",
    "print_note",
    "print_text",
    "program",
    "protect_stderr",
    "redact",
    "run",
    "run_in_newsroom",
    "set_global_options",
    "stdout_console",
]

T = TypeVar("T")

TARGET_VARIABLE = "TARGET_DATABASE_URL"
"""Variable with the address that `gazette move` moves to: arguments can be seen by every user of the machine."""

_COMMAND = re.compile(rf"(?<![\w./-])gazette (?=(?:{'|'.join(COMMAND_NAMES)})(?![\w-]))")
"""The program's name in a command that a message tells to type."""

_USUAL_THRESHOLDS = gc.get_threshold()
"""Python's thresholds of garbage collection, before `bot.cli.main` raises the first one for the imports."""


@dataclass(frozen=True, slots=True)
class GlobalOptions:
    """The options before the command."""

    config: Path | None = None
    database: str | None = None
    seeds: Path | None = None
    verbose: bool = False
    quiet: bool = False


_options = GlobalOptions()


def set_global_options(options: GlobalOptions) -> None:
    """Keep the options before the command."""
    global _options
    _options = options


def load_configured(**overrides: dict[str, Any]) -> Settings:
    """Load the settings of this call (file, environment, then options) and set up the log.

    Raises SettingsInvalid.
    """
    from bot.observability.logs import configure_logging
    from bot.settings import load_settings

    given: dict[str, dict[str, Any]] = {name: dict(options) for name, options in overrides.items()}
    if _options.database is not None:
        given.setdefault("store", {})["url"] = _options.database
    if _options.seeds is not None:
        given.setdefault("intake", {})["seeds"] = _options.seeds
    if _options.verbose:
        given.setdefault("log", {})["level"] = "debug"
    elif _options.quiet:
        given.setdefault("log", {})["level"] = "error"
    settings = load_settings(config=_options.config, overrides=given)
    secrets = (*settings.secrets, *_secrets_of_environment())
    _set_redactor(secrets)
    configure_logging(settings.log, secrets=secrets)
    return settings


_redact: Callable[[str], str] | None = None


def redact(text: str) -> str:
    """Return `text` without the secrets of the settings and the environment."""
    return (_redact or _set_redactor(_secrets_of_environment()))(text)


def protect_stderr() -> None:
    """Remove secrets from what is written to standard error, tracebacks included."""
    from bot.observability.redaction import RedactedStream

    sys.stderr = cast("TextIO", RedactedStream(sys.stderr, redact))


def _set_redactor(secrets: Iterable[str]) -> Callable[[str], str]:
    from bot.observability.redaction import SecretRedactor

    global _redact
    _redact = SecretRedactor(secrets)
    return _redact


def _secrets_of_environment() -> tuple[str, ...]:
    """Return the secrets of variables and options, whether these can be used or not."""
    from bot.database_url import secrets_of_database_url
    from bot.settings import secrets_of_addresses

    variables = os.environ
    tokens = (variables.get(name, "") for name in ("DISCORD_TOKEN", "GAZETTE_DISCORD__TOKEN", "GAZETTE_MAIL__PASSWORD"))
    names = ("DATABASE_URL", "GAZETTE_STORE__URL", TARGET_VARIABLE)
    databases = (_options.database or "", *(variables.get(name, "") for name in names))
    password = variables.get("PGPASSWORD", "")
    if any(password in each for each in databases):  # also the user's or the database's name, which is in many lines
        password = ""
    addresses = [variables.get(name, "") for name in ("DISCORD_API_BASE", "GAZETTE_DISCORD__API_BASE")]
    addresses += variables.get("GAZETTE_INTAKE__FEEDS", "").split(",")
    addresses += [value for name, value in variables.items() if name.lower().endswith("_proxy")]
    return (
        *tokens,
        password,
        *(secret for each in databases for secret in secrets_of_database_url(each)),
        *secrets_of_addresses(*addresses),
    )


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a program's coroutine to its end.

    What was imported until now is never garbage: collections, at Python's usual rate again, leave it out.
    """
    gc.freeze()
    gc.set_threshold(*_USUAL_THRESHOLDS)
    return asyncio.run(work)


def run_in_newsroom(
    work: Callable[[Newsroom], Awaitable[T]], *, level: str = "warning", **overrides: dict[str, Any]
) -> T:
    """Open the newsroom, await `work` on it, close it.

    Commands that end log from `level` on unless told otherwise.
    """
    if not (_options.verbose or _options.quiet or "GAZETTE_LOG__LEVEL" in os.environ):
        overrides.setdefault("log", {}).setdefault("level", level)
    settings = load_configured(**overrides)
    from bot.app import open_newsroom  # imports SQLAlchemy

    async def open_and_work() -> T:
        async with open_newsroom(settings) as newsroom:
            return await work(newsroom)

    return asyncio.run(open_and_work())  # not `run`: the services are imported yet, and the command ends soon


def print_json(value: object) -> None:
    """Print one JSON document to standard output."""
    _write(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def print_json_line(value: object) -> None:
    """Print one JSON value on a line of its own, at once."""
    _write(json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n")


def print_text(text: str) -> None:
    """Print a text to standard output as it is, in UTF-8."""
    _write(text)


def _write(text: str) -> None:
    # Halves of surrogate pairs can come from paths and JSON input, and no encoding takes them.
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def program() -> str:
    """Return how this program was called, so that commands work as printed."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return f"{shlex.quote(sys.orig_argv[0])} -m bot.cli"
    found = shutil.which(called.name)
    return called.name if found is not None and Path(found) == called else shlex.quote(str(called))


def as_called(text: str) -> str:
    """Return a text for people in which each `gazette COMMAND` works as printed."""
    if Path(sys.argv[0]).stem not in ("gazette", "__main__"):  # a part of another program
        return text
    return _COMMAND.sub(lambda _: f"{program()} ", text)


def stdout_console() -> Console:
    """Return standard output as a console for people."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


def count_noun(number: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun: 1 story, 1,200 stories.

    `plural` can be left out if it only adds an s.
    """
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def print_note(text: str) -> None:
    """Print a line for people to standard error, with commands as the program was called."""
    from rich.console import Console

    Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(as_called(text))
