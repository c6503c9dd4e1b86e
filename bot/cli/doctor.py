"""`gazette doctor`: checks the installation and suggests fixes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from bot.cli.common import as_called, load_configured, print_json, redact, run, stdout_console
from bot.cli.options import JsonFlag
from bot.errors import SettingsInvalid
from bot.rendering.escape import clean

if TYPE_CHECKING:
    from bot.cli.health import Finding

__all__ = ["doctor"]

_SIGNS = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "error": ("✗", "red")}


def doctor(
    *,
    live: Annotated[
        bool, typer.Option("--live", help="Also ask Discord about the token, servers and permissions.")
    ] = False,
    migrate: Annotated[bool, typer.Option("--migrate", help="Update the database first.")] = False,
    repair: Annotated[
        bool, typer.Option("--repair", help="Save what can be read of a damaged SQLite file; keep the file as well.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Check the installation and suggest fixes.

    Checks configuration, token, permissions, database and seeds folder.
    """
    from bot.cli.health import Finding, check_installation

    async def collect() -> list[Finding]:
        try:
            settings = load_configured(log={"level": "error"})
        except SettingsInvalid as error:
            return [Finding("configuration", "error", redact(str(error)), "config/gazette.toml explains each option")]
        found = [finding async for finding in check_installation(settings, live=live, migrate=migrate, repair=repair)]
        return [replace(each, says=as_called(redact(each.says)), todo=as_called(redact(each.todo))) for each in found]

    findings = run(collect())
    ok = all(finding.level != "error" for finding in findings)
    if as_json:
        shapes = [{"what": each.what, "level": each.level, "says": each.says, "todo": each.todo} for each in findings]
        print_json({"ok": ok, "findings": shapes})
    else:
        for finding in findings:
            _show(finding)
    if not ok:
        raise typer.Exit(1)


def _show(finding: Finding) -> None:
    sign, color = _SIGNS[finding.level]
    out = stdout_console()
    out.print(Text.assemble((f"{sign} ", color), (f"{finding.what}: ", "bold"), clean(finding.says)))
    if finding.todo:
        out.print(Text(f"    → {clean(finding.todo)}", style="cyan"))
