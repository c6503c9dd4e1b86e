"""`gazette web`: the web edition."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.common import load_configured, print_note, run, run_in_newsroom
from bot.errors import InputInvalid

if TYPE_CHECKING:
    from bot.app import Newsroom

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
    admin_link: Annotated[
        bool, typer.Option("--admin-link", help="Print a link to the operator's page, which works once, and exit.")
    ] = False,
) -> None:
    """Serve the paper in a browser, with feeds."""
    if public and secret:
        raise InputInvalid("choose --public or --secret")
    given: dict[str, Any] = {"host": host, "port": port, "public": True if public else None}
    overrides = {name: value for name, value in given.items() if value is not None}
    if public:
        overrides["secret"] = ""
    if secret:
        overrides |= {"secret": typer.prompt("Password for readers", hide_input=True, err=True), "public": False}
    if admin_link:
        _print_admin_link(overrides)
        return
    settings = load_configured(web=overrides)
    from bot.app import run_web

    print_note("The paper is served until you press Ctrl-C.")
    raise typer.Exit(run(run_web(settings)))


def _print_admin_link(overrides: dict[str, Any]) -> None:
    async def make(newsroom: Newsroom) -> tuple[str, str]:
        settings = newsroom.settings.web
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        return settings.address or f"http://{host}:{settings.port}", await newsroom.services.operator_access.make_link()

    base, token = run_in_newsroom(make, web=overrides)
    sys.stdout.write(f"{base}/operator/enter?token={token}\n")
    print_note("The link works once, within 15 minutes. The web edition has to run: gazette web, or web.enabled.")
