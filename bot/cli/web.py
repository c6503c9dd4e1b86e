"""`gazette web`: the web edition."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bot.cli.common import load_configured, print_note, run
from bot.errors import InputInvalid

__all__ = ["web"]


def web(
    *,
    host: Annotated[
        str | None, typer.Option(help="Address to serve on (default: web.host, this machine only).")
    ] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port to serve on (default: web.port).")] = None,
    public: Annotated[bool, typer.Option("--public", help="Let everybody read who can reach it.")] = False,
    secret: Annotated[
        bool, typer.Option("--secret", help="Ask readers for a password, which is read from standard input.")
    ] = False,
) -> None:
    """Serve the paper in a browser: front page, archive, search, feeds."""
    if public and secret:
        raise InputInvalid("choose --public or --secret")
    given: dict[str, Any] = {"host": host, "port": port, "public": True if public else None}
    overrides = {name: value for name, value in given.items() if value is not None}
    if public:
        overrides["secret"] = ""
    if secret:
        overrides |= {"secret": typer.prompt("Password for readers", hide_input=True, err=True), "public": False}
    settings = load_configured(web=overrides)
    from bot.app import run_web

    print_note("The paper is served until you press Ctrl-C.")
    raise typer.Exit(run(run_web(settings)))
