"""`gazette …`: everything that the bot can do, from a terminal.

Exit codes: 0 success, 1 failure (the message is on standard error), 2 wrong usage, 3 Discord rejects the token.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import (
    TARGET_VARIABLE,
    GlobalOptions,
    load_configured,
    print_note,
    protect_stderr,
    set_global_options,
)
from bot.cli.lazy_group import LazyGroup
from bot.env_file import ENV_FILE, read_env_file
from bot.errors import FilterInvalid, GazetteError, InputInvalid, StoreDamaged, TokenRefused, UnknownName

__all__ = ["app", "main"]

_INTERRUPTED = 130
"""Exit code of a program that Ctrl-C ended, as shells have it: 128 + SIGINT."""

_COLLECTION_THRESHOLD = 200_000
"""Objects made between two garbage collections, for the imports of a command: they free next to nothing, and with
Python's 700 objects collections take a tenth of the processor time of `gazette news`."""

app = typer.Typer(
    name="gazette",
    cls=LazyGroup,
    help="A newspaper for your Discord server: digests of the news files and feeds that you give it.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(requested: bool) -> None:
    if requested:
        from importlib.metadata import version as version_of  # 30 ms, and only this option needs it

        sys.stdout.write(f"gazette {version_of('gazette')}\n")
        raise typer.Exit


@app.callback()
def _read_global_options(
    *,
    config: Annotated[
        Path | None, typer.Option(help="Config file (default: config/gazette.toml; env: GAZETTE_CONFIG).")
    ] = None,
    database: Annotated[str | None, typer.Option(help="Database URL (env: DATABASE_URL).")] = None,
    seeds: Annotated[Path | None, typer.Option(help="Seeds folder (default: ./seeds; env: GAZETTE_SEEDS).")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log debug messages to standard error.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Log errors only.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    set_global_options(GlobalOptions(config=config, database=database, seeds=seeds, verbose=verbose, quiet=quiet))


def main() -> None:
    """Run a command; turn errors into messages and exit codes."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # there are none, and looking for them takes 5 ms
    for library in ("OMP", "OPENBLAS", "MKL"):  # numpy reads these when imported; threads slow small products down
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    gc.set_threshold(_COLLECTION_THRESHOLD)
    # The interpreter's last collections go through all modules, which takes 0.2 s and frees nothing that anybody needs.
    atexit.register(gc.freeze)
    _hide_database_option()
    protect_stderr()
    try:
        read_env_file(ENV_FILE, os.environ)
        app(prog_name="gazette")
    except (InputInvalid, UnknownName, FilterInvalid) as error:
        _exit_with(error, 2)
    except TokenRefused as error:
        _exit_with(error, 3)
    except StoreDamaged as error:
        print_note(f"gazette: {error}; {_advice()}")
        sys.exit(1)
    except GazetteError as error:
        _exit_with(error, 1)
    except Exception as error:
        damage = _damage_behind(error)
        if damage is None:
            raise
        print_note(f"gazette: {damage}; {_advice()}")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output closed it; the interpreter must not complain when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _hide_database_option() -> None:
    """Start the program anew without addresses in its arguments that may hold a password.

    Every user of the machine can list the arguments of its processes.
    """
    arguments = sys.orig_argv
    for place, argument in enumerate(arguments):
        if "move" in arguments[:place] and "://" in argument and "@" in argument and sys.platform != "win32":
            os.environ[TARGET_VARIABLE] = argument
            rest = arguments[place + 1 :]
            os.execv(sys.executable, [sys.executable, *arguments[1:place], *rest])  # noqa: S606 - this program itself
        name, _, value = argument.partition("=")
        if name != "--database":
            continue
        if "=" not in argument:
            value = arguments[place + 1] if place + 1 < len(arguments) else ""
        if "@" in value and sys.platform != "win32":  # Windows shows a user's arguments to that user only
            os.environ["DATABASE_URL"] = value
            rest = arguments[place + (1 if "=" in argument else 2) :]
            os.execv(sys.executable, [sys.executable, *arguments[1:place], *rest])  # noqa: S606 - this program itself


def _advice() -> str:
    """Return how to bring the last backup back."""
    from bot.cli.health import advise_backup

    return advise_backup(load_configured(log={"level": "error"}))


def _damage_behind(error: Exception) -> str | None:
    """Return the damage of a SQLite database behind an unexpected error, or None."""
    from bot.services.data import sqlite_path
    from bot.store.salvage import find_damage

    try:
        path = sqlite_path(load_configured(log={"level": "error"}).database_url)
    except GazetteError:
        return None
    damage = find_damage(path) if path is not None else None
    if damage is None:
        return None
    return f"the database {path} is damaged ({damage}; {type(error).__name__}): run gazette doctor --repair"


def _exit_with(error: GazetteError, code: int) -> None:
    print_note(f"gazette: {error}")
    sys.exit(code)
