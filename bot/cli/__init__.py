"""`gazette …`: all that the bot does, from a terminal.

Exit codes: 0 done, 1 failed (the message is on standard error), 2 wrong usage, 3 Discord refuses the token.
"""

from __future__ import annotations

import os
import sys
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import analyze, data, doctor, events, query, run, subscriptions
from bot.cli.common import Given, note, set_given
from bot.errors import FilterInvalid, GazetteError, InputInvalid, TokenRefused, UnknownName

__all__ = ["app", "main"]

app = typer.Typer(
    name="gazette",
    help="A Discord bot that gives a community its newspaper: a digest instead of a flood, in the sources' own sentences.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"gazette {version_of('gazette')}\n")
        raise typer.Exit


@app.callback()
def _before(
    *,
    config: Annotated[Path | None, typer.Option(help="Another file than config/gazette.toml; GAZETTE_CONFIG.")] = None,
    database: Annotated[str | None, typer.Option(help="Another database; DATABASE_URL.")] = None,
    seeds: Annotated[Path | None, typer.Option(help="Another seeds folder; GAZETTE_SEEDS.")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log everything, to standard error.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Log errors only.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which this is.")
    ] = False,
) -> None:
    set_given(Given(config=config, database=database, seeds=seeds, verbose=verbose, quiet=quiet))


for _name, _command, _panel in (
    ("start", run.start, "Run"),
    ("run", run.run_bot, "Run"),
    ("deliver", run.deliver, "Run"),
    ("watch", analyze.watch, "Run"),
    ("console", run.console, "Run"),
    ("doctor", doctor.doctor, "Run"),
    ("analyze", analyze.analyze, "Read"),
    ("ingest", analyze.ingest, "Read"),
    ("group", analyze.group, "Read"),
    ("digest", query.digest, "Ask"),
    ("news", query.news, "Ask"),
    ("search", query.search, "Ask"),
    ("story", query.story, "Ask"),
    ("why", query.why, "Ask"),
    ("preview", run.preview, "Ask"),
    ("subscribe", subscriptions.subscribe, "Order"),
    ("subscriptions", subscriptions.subscriptions, "Order"),
    ("unsubscribe", subscriptions.unsubscribe, "Order"),
    ("history", subscriptions.history, "Order"),
    ("stats", data.stats, "Keep"),
    ("backup", data.backup, "Keep"),
    ("restore", data.restore, "Keep"),
    ("export", data.export, "Keep"),
    ("import", data.import_, "Keep"),
    ("prune", data.prune, "Keep"),
    ("split", events.split, "Keep"),
    ("join", events.join, "Keep"),
    ("migrate", run.migrate, "Keep"),
):
    app.command(_name, rich_help_panel=_panel)(_command)


def main() -> None:
    """Run a command; turn errors into words and exit codes."""
    try:
        app(prog_name="gazette")
    except (InputInvalid, UnknownName, FilterInvalid) as error:
        _leave(error, 2)
    except TokenRefused as error:
        _leave(error, 3)
    except GazetteError as error:
        _leave(error, 1)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read our output has seen enough; the interpreter must not complain of it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _leave(error: GazetteError, code: int) -> None:
    note(f"gazette: {error}")
    sys.exit(code)
