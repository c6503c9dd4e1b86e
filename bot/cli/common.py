"""What do all commands of the terminal share: settings, the open newsroom, and how values are printed?"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from rich.console import Console

from bot.settings import Settings, load_settings

__all__ = [
    "Given",
    "counted",
    "emit",
    "emit_line",
    "in_newsroom",
    "note",
    "run",
    "screen",
    "set_given",
    "settings",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Given:
    """The options that stand before the command."""

    config: Path | None = None
    database: str | None = None
    seeds: Path | None = None
    verbose: bool = False
    quiet: bool = False


_given = Given()


def set_given(value: Given) -> None:
    """Keep the options that stood before the command."""
    global _given
    _given = value


def settings(**overrides: dict[str, Any]) -> Settings:
    """The settings of this call: file, environment, then flags. Configures the log. Raises SettingsInvalid."""
    from bot.observability.logs import configure_logging

    found: dict[str, dict[str, Any]] = {name: dict(options) for name, options in overrides.items()}
    if _given.database is not None:
        found.setdefault("store", {})["url"] = _given.database
    if _given.seeds is not None:
        found.setdefault("intake", {})["seeds"] = _given.seeds
    if _given.verbose:
        found.setdefault("log", {})["level"] = "debug"
    elif _given.quiet:
        found.setdefault("log", {})["level"] = "error"
    loaded = load_settings(config=_given.config, overrides=found)
    configure_logging(loaded.log, secrets=loaded.secrets)
    return loaded


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's coroutine to its end."""
    return asyncio.run(work)


def in_newsroom(work: Callable[[Any], Awaitable[T]], *, level: str = "warning", **overrides: dict[str, Any]) -> T:
    """Open the newsroom, let `work` ask it, close it. One-shot commands log from `level` on unless told otherwise."""
    if not (_given.verbose or _given.quiet or "GAZETTE_LOG__LEVEL" in os.environ):
        overrides.setdefault("log", {}).setdefault("level", level)
    loaded = settings(**overrides)

    async def ask() -> T:
        from bot.app import open_newsroom

        async with open_newsroom(loaded) as newsroom:
            return await work(newsroom)

    return run(ask())


def emit(value: object) -> None:
    """Print one JSON document to standard output."""
    _write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def emit_line(value: object) -> None:
    """Print one JSON value on a line of its own, at once."""
    _write(json.dumps(value, ensure_ascii=False) + "\n")


def _write(text: str) -> None:
    # Half surrogate pairs can come from paths and JSON input, and no encoding takes them.
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def screen() -> Console:
    """Standard output for people."""
    return Console(highlight=False, soft_wrap=False)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 story, 1,200 stories. `many` may be left out where it only adds an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def note(text: str) -> None:
    """A line for people on standard error."""
    Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(text)
