"""The commands of `gazette`, each imported when it is called or listed.

`gazette news` would otherwise import what `analyze`, `backup` and `run` need, which takes longer than its answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, Final

import typer
import typer.core
import typer.main

__all__ = ["COMMAND_NAMES", "LazyGroup"]

_FUNCTIONS: Final = {
    "start": "bot.cli.run:start",
    "init": "bot.cli.init:init",
    "run": "bot.cli.run:run_bot",
    "deliver": "bot.cli.run:deliver",
    "watch": "bot.cli.ingest:watch",
    "web": "bot.cli.web:web",
    "console": "bot.cli.run:console",
    "doctor": "bot.cli.doctor:doctor",
    "analyze": "bot.cli.analyze:analyze",
    "ingest": "bot.cli.ingest:ingest",
    "sources": "bot.cli.sources:app",
    "group": "bot.cli.analyze:group",
    "digest": "bot.cli.query:digest",
    "news": "bot.cli.query:news",
    "search": "bot.cli.query:search",
    "ask": "bot.cli.query:ask",
    "story": "bot.cli.query:story",
    "why": "bot.cli.query:why",
    "preview": "bot.cli.run:preview",
    "mail": "bot.cli.mail:app",
    "mcp": "bot.cli.mcp:mcp",
    "subscribe": "bot.cli.subscriptions:subscribe",
    "subscriptions": "bot.cli.subscriptions:subscriptions",
    "unsubscribe": "bot.cli.subscriptions:unsubscribe",
    "history": "bot.cli.subscriptions:history",
    "stats": "bot.cli.data:stats",
    "backup": "bot.cli.data:backup",
    "restore": "bot.cli.data:restore",
    "move": "bot.cli.data:move",
    "export": "bot.cli.data:export",
    "import": "bot.cli.data:import_",
    "prune": "bot.cli.data:prune",
    "split": "bot.cli.events:split",
    "join": "bot.cli.events:join",
    "withhold": "bot.cli.withholdings:withhold",
    "release": "bot.cli.withholdings:release",
    "withheld": "bot.cli.withholdings:withheld",
    "migrate": "bot.cli.run:migrate",
}
"""Module and function of each command, or its group of commands, in the order of `gazette --help`."""

COMMAND_NAMES: Final = tuple(_FUNCTIONS)
"""The names of all commands."""


class _Commands(Mapping[str, Any]):
    """Commands by name, built from their function on first access."""

    def __init__(self) -> None:
        self._built: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._built:
            module, function = _FUNCTIONS[name].split(":")
            found = getattr(import_module(module), function)
            if not isinstance(found, typer.Typer):
                single = typer.Typer(add_completion=False, rich_markup_mode=None)
                single.command(name)(found)
                found = single
            self._built[name] = typer.main.get_command(found)
        return self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_FUNCTIONS)

    def __len__(self) -> int:
        return len(_FUNCTIONS)


class LazyGroup(typer.core.TyperGroup):
    """The group `gazette`; its commands are those of _FUNCTIONS."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"commands": _Commands()})
