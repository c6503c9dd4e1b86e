"""What keeps going? `gazette start`, `run`, `deliver`, `console`, `migrate`, `preview`."""

from __future__ import annotations

import webbrowser
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.panel import Panel

from bot.cli import analyze, query
from bot.cli.common import emit, in_newsroom, note, run, screen, settings
from bot.cli.query import Json
from bot.errors import InputInvalid
from bot.newsroom.models import DigestStyle

__all__ = ["console", "deliver", "migrate", "preview", "run_bot", "start"]

_INVITATION = """\
This is the digest that a channel gets. To have it in Discord:
 1. open https://discord.com/developers/applications and press New Application
 2. under Bot press Reset Token and copy the token
 3. DISCORD_TOKEN=the-token make run
The bot then prints the link that invites it to your server; there, /subscribe orders the daily digest.
Until then, `gazette console` takes the same commands here."""


def start() -> None:
    """Start the bot; without a token, print today's digest.

    With DISCORD_TOKEN the bot starts; without, the seeds folder is read and today's digest printed.
    """
    loaded = settings()
    if loaded.discord.token.get_secret_value():
        run_bot()
        return
    analyze.ingest(None, as_json=False)

    async def work(newsroom: Any) -> Any:
        return await newsroom.services.digests.compose_latest()

    query.show_digest(in_newsroom(work), as_json=False)
    screen().print(Panel(_INVITATION, title="No DISCORD_TOKEN is set", border_style="yellow", expand=False))


def run_bot() -> None:
    """Start the bot; needs DISCORD_TOKEN."""
    from bot.app import run_bot as work

    raise typer.Exit(run(work(settings())))


def deliver(
    *,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Post what is due by this moment (ISO 8601); now by default.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Connect, post what is due, exit: for cron."""
    moment = None
    if as_of is not None:
        try:
            moment = datetime.fromisoformat(as_of)
        except ValueError:
            raise InputInvalid(f"--as-of {as_of!r} is not a moment; write 2026-11-01T08:00:00+08:00") from None
        if moment.tzinfo is None:
            raise InputInvalid(
                f"--as-of {as_of!r} says no offset from UTC; write 2026-11-01T08:00:00+08:00, or Z at its end"
            )
    loaded = settings()

    async def work() -> Any:
        from bot.app import deliver_once

        return await deliver_once(loaded, moment)

    report = run(work())
    failed = [{"channel": str(channel), "reason": reason} for channel, reason in report.failed]
    if as_json:
        emit({"due": report.due, "sent": report.sent, "skipped": report.skipped, "failed": failed})
    else:
        screen().print(f"{report.due} due: {report.sent} sent, {report.skipped} skipped, {len(failed)} failed")
        for item in failed:
            note(f"gazette: channel {item['channel']}: {item['reason']}")
    if failed:
        raise typer.Exit(1)


def console(*, locale: Annotated[str, typer.Option(help="Language of the answers: en, de, ja …")] = "en") -> None:
    """The bot's commands here: /news country:Japan topic:sport.

    As a member would type them in Discord, with completion.
    """
    loaded = settings()

    async def work() -> int:
        from bot.app import open_newsroom
        from bot.cli.console import run as talk
        from bot.commands import CommandRegistry

        async with open_newsroom(loaded) as newsroom:
            return await talk(CommandRegistry(newsroom.services), locale=locale)

    if code := run(work()):
        raise typer.Exit(code)


def migrate(*, as_json: Json = False) -> None:
    """Make the database's tables, or bring them up to date.

    The release step of hosts with a Procfile.
    """

    async def work(newsroom: Any) -> Any:
        return newsroom.store.url

    url = in_newsroom(work)
    if as_json:
        emit({"database": url})
    else:
        screen().print(f"{url} is up to date.", markup=False)


def preview(
    *,
    out: Annotated[Path, typer.Option(help="Where to write the page.")] = Path("preview.html"),
    show: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
    country: query.Countries = None,
    topic: query.Topics = None,
    filter_text: query.FilterText = None,
    since: query.Since = None,
    look: Annotated[DigestStyle, typer.Option(help="How it is drawn.")] = DigestStyle.COMPONENTS,
) -> None:
    """Write a page that shows the digest as Discord draws it."""
    from bot.i18n import words
    from bot.rendering.html import write_preview
    from bot.rendering.pages.digest import digest_page

    asked = query.wanted(country, topic, filter_text)

    async def work(newsroom: Any) -> Any:
        if since is None and not asked:
            return await newsroom.services.digests.compose_latest()
        return await newsroom.services.digests.compose(asked, since=since, timezone=newsroom.settings.digest.timezone)

    digest = in_newsroom(work)
    try:
        write_preview([digest_page(digest, words(), chart=look is DigestStyle.CHART)], out, look=look)
    except OSError as error:
        raise InputInvalid(f"{out} can't be written: {error.strerror}") from None
    screen().print(f"{out} shows the digest; open it in a browser.", markup=False)
    if show:
        webbrowser.open(out.resolve().as_uri())
