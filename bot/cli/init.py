"""`gazette init`: the files of a new installation."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.cli.common import print_note, program, stdout_console

__all__ = ["init"]

_ENV: Final = """\
# Gazette's secrets. Keep this file to yourself: whoever has the token is the bot.
# `gazette`, compose.yaml and the systemd units read it.

# The bot's token: https://discord.com/developers/applications, your application, Bot, Reset Token.
DISCORD_TOKEN=

# Where stories and subscriptions are kept. Without it: a SQLite file in your user's data folder.
# DATABASE_URL=sqlite:////var/lib/gazette/gazette.sqlite3
# DATABASE_URL=postgresql://gazette@localhost/gazette

# The folder whose files are read. Without it: the folder seeds beside this file.
# GAZETTE_SEEDS=/srv/news
"""


def init(
    folder: Annotated[Path, typer.Argument(help="Folder of the installation (default: this one).")] = Path(),
) -> None:
    """Write a configuration, an .env file and a seeds folder.

    Files that exist are left alone.
    """
    from bot.settings import render_commented_toml

    written = [
        _write(folder / "config" / "gazette.toml", render_commented_toml(), mode=0o644),
        _write(folder / ".env", _ENV, mode=0o600),
    ]
    seeds = folder / "seeds"
    if not seeds.is_dir():
        seeds.mkdir(parents=True)
        stdout_console().print(f"made {seeds}", markup=False, highlight=False)
    if any(written):
        steps = (
            f"Next: put your token into {folder / '.env'}, and news into {seeds}. "
            f"Then run `{program()} doctor` there to check, and `{program()} run` to start."
        )
        stdout_console().print(steps, markup=False, highlight=False)


def _write(path: Path, text: str, *, mode: int) -> bool:
    """Write a new file; return whether there was none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        print_note(f"gazette: {path} exists and was left alone")
        return False
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    stdout_console().print(f"wrote {path}", markup=False, highlight=False)
    return True
