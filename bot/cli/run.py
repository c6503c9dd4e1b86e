"""`gazette start`, `run`, `deliver`, `console`, `migrate`, `preview`."""

from __future__ import annotations

import webbrowser
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text

from bot.cli import ingest, query
from bot.cli.common import load_configured, print_json, print_note, program, run, run_in_newsroom, stdout_console
from bot.cli.json_output import deliver_shape
from bot.cli.options import Countries, FilterText, JsonFlag, Since, Topics, filter_of
from bot.cli.reader import Language, StoriesIn, story_languages, system_locale
from bot.errors import InputInvalid
from bot.newsroom.models import DigestStyle
from bot.newsroom.sample_news import find_sample_folder

if TYPE_CHECKING:
    from bot.app import Newsroom
    from bot.newsroom.models import Digest

__all__ = ["console", "deliver", "migrate", "preview", "run_bot", "start"]

_FIRST_STEPS = """\
This is the digest that a channel would get. To post it in Discord:
 1. Open https://discord.com/developers/applications and press New Application.
 2. Under Bot, press Reset Token and copy the token.
 3. Run: DISCORD_TOKEN=the-token {program} start
The bot then prints the link that invites it to your server. There, /subscribe sets up the daily digest.
Until then, `{program} console` runs the same commands in this terminal."""

_RUNNING = """\
Gazette is running. This link invites it to your server:

{link}

There, type /subscribe in the channel that should get the digest. Ctrl+C stops the bot."""


def start() -> None:
    """Run the bot, or without a token print today's digest.

    Without DISCORD_TOKEN, the seeds folder is read first.
    """
    settings = load_configured()
    if settings.discord.token.get_secret_value():
        run_bot()
        return
    if not settings.intake.seeds.expanduser().is_dir() and (samples := find_sample_folder()) is not None:
        print_note(f"gazette: there is no folder {settings.intake.seeds} here, so this is the sample news")
        ingest.ingest([samples], as_json=False)
    else:
        ingest.ingest(None, as_json=False)
    languages = story_languages(None, None, filter_of(None, None, None))
    digest = run_in_newsroom(
        lambda newsroom: newsroom.services.digests.compose_latest(
            language=system_locale(), stories=languages.stories, or_all_languages=languages.or_all_languages
        )
    )
    query.show_digest(digest, as_json=False)
    if digest.omitted:
        query.print_next_page(2)
    steps = Text(_FIRST_STEPS.format(program=program()))
    stdout_console().print(Panel(steps, title="DISCORD_TOKEN is not set", border_style="yellow", expand=False))


def run_bot() -> None:
    """Run the bot; needs DISCORD_TOKEN."""
    from bot.app import run_bot as run_until_stopped

    raise typer.Exit(run(run_until_stopped(load_configured(), show_invitation=_show_invitation)))


def _show_invitation(link: str) -> None:
    """Print the link on a line of its own, whole however narrow the terminal is."""
    out = stdout_console()
    out.print(Rule(style="green"))
    out.print(_RUNNING.format(link=link), markup=False, soft_wrap=True)
    out.print(Rule(style="green"))
    out.file.flush()


def deliver(
    *,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Post what is due by this time, in ISO 8601 (default: now).")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Connect, post what is due and exit; for cron."""
    from bot.app import deliver_once

    moment = _parse_moment(as_of) if as_of is not None else None
    report = run(deliver_once(load_configured(), moment))
    if as_json:
        print_json(deliver_shape(report))
    else:
        counts = f"{report.sent} sent, {report.skipped} skipped, {len(report.failed)} failed"
        stdout_console().print(f"{report.due} due: {counts}")
        for channel, reason in report.failed:
            print_note(f"gazette: channel {channel}: {reason}")
    if report.failed:
        raise typer.Exit(1)


def _parse_moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InputInvalid(f"--as-of {text!r} is not a time; write 2026-11-01T08:00:00+08:00") from None
    if moment.tzinfo is None:
        raise InputInvalid(
            f"--as-of {text!r} has no offset from UTC; write 2026-11-01T08:00:00+08:00, or add Z for UTC"
        )
    return moment


def console(
    *, locale: Annotated[str, typer.Option(help="Language of the answers: en, de, ja and so on.")] = "en"
) -> None:
    """Use the bot's commands in this terminal.

    They are typed as in Discord: /news country:Japan topic:sport.
    """
    settings = load_configured()

    async def converse() -> int:
        from bot.app import open_newsroom
        from bot.cli.console import run_console
        from bot.commands import CommandRegistry

        async with open_newsroom(settings) as newsroom:
            return await run_console(CommandRegistry(newsroom.services), locale=locale)

    if code := run(converse()):
        raise typer.Exit(code)


def migrate(
    *,
    for_schema: Annotated[
        str | None,
        typer.Option("--for-schema", help="Before a rollback: let an older version, which knows this schema, open it."),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Create the database's tables, or update them.

    This is the release step of hosts with a Procfile.
    """

    async def update(newsroom: Newsroom) -> tuple[str, bool]:
        url = await newsroom.services.data.check()
        if for_schema is not None:
            await newsroom.services.data.label_schema(for_schema)
        return url, newsroom.is_new

    url, is_new = run_in_newsroom(update)
    if as_json:
        print_json({"database": url, "new": is_new})
    elif for_schema is not None:
        stdout_console().print(f"{url} can be opened by the version with schema {for_schema}.", markup=False)
    elif is_new:
        stdout_console().print(f"Made a new, empty database at {url}.", markup=False, soft_wrap=True)
    else:
        stdout_console().print(f"{url} is up to date.", markup=False, soft_wrap=True)


def preview(
    *,
    out: Annotated[Path, typer.Option(help="File to write.")] = Path("preview.html"),
    show: Annotated[bool, typer.Option("--open", help="Open the file in a browser.")] = False,
    country: Countries = None,
    topic: Topics = None,
    filter_text: FilterText = None,
    since: Since = None,
    look: Annotated[DigestStyle, typer.Option(help="Look of the digest.")] = DigestStyle.FRONT,
    language: Language = None,
    stories_in: StoriesIn = None,
) -> None:
    """Write an HTML page with the digest as Discord shows it."""
    from bot.i18n import words
    from bot.rendering.html import write_preview
    from bot.rendering.pages.looks import page_of_digest

    selection = filter_of(country, topic, filter_text)
    locale = language or system_locale()
    languages = story_languages(stories_in, language, selection)

    async def compose(newsroom: Newsroom) -> Digest:
        stories, or_all = languages.stories, languages.or_all_languages
        digests = newsroom.services.digests
        if since is None and not selection:
            return await digests.compose_latest(language=locale, stories=stories, or_all_languages=or_all)
        return await digests.compose(selection, since=since, language=locale, stories=stories, or_all_languages=or_all)

    page = page_of_digest(run_in_newsroom(compose), words(locale), look)
    try:
        write_preview([page], out, look=look)
    except OSError as error:
        raise InputInvalid(f"{out} can't be written: {error.strerror}") from None
    stdout_console().print(f"{out} shows the digest; open it in a browser.", markup=False)
    if show:
        webbrowser.open(out.resolve().as_uri())
