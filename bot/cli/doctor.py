"""Is everything in order, and if not, what is to be done? `gazette doctor`."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from bot.cli.common import emit, run, screen, settings
from bot.cli.query import Json
from bot.errors import SettingsInvalid
from bot.rendering.escape import clean

__all__ = ["doctor"]

_SIGNS = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "error": ("✗", "red")}


def doctor(
    *,
    live: Annotated[bool, typer.Option("--live", help="Ask Discord, too: token, servers, permissions.")] = False,
    migrate: Annotated[bool, typer.Option("--migrate", help="Bring the database up to date first.")] = False,
    as_json: Json = False,
) -> None:
    """Look whether everything is in order; say what to do.

    Configuration, token, permissions, database, seeds folder.
    """
    from bot.cli.health import Finding, examine

    async def collect() -> list[Finding]:
        try:
            loaded = settings(log={"level": "error"})
        except SettingsInvalid as error:
            return [Finding("configuration", "error", str(error), "config/gazette.toml explains each option")]
        return [finding async for finding in examine(loaded, live=live, migrate=migrate)]

    findings = run(collect())
    bad = any(finding.level == "error" for finding in findings)
    if as_json:
        shape = [{"what": each.what, "level": each.level, "says": each.says, "todo": each.todo} for each in findings]
        emit({"ok": not bad, "findings": shape})
    else:
        for each in findings:
            sign, color = _SIGNS[each.level]
            screen().print(Text.assemble((f"{sign} ", color), (f"{each.what}: ", "bold"), clean(each.says)))
            if each.todo:
                screen().print(Text(f"    → {clean(each.todo)}", style="cyan"))
    if bad:
        raise typer.Exit(1)
