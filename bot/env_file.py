"""Variables from a file `.env`, which `gazette init` writes.

Compose and systemd read the same file.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from pathlib import Path
from typing import Final

from bot.errors import SettingsInvalid

__all__ = ["ENV_FILE", "read_env_file"]

ENV_FILE: Final = Path(".env")
"""The file in the present folder."""

_LINE: Final = re.compile(r"(?:export\s+)?(?P<name>[A-Za-z_][A-Za-z0-9_]*)\s*=\s*(?P<value>.*)")
_OURS: Final = re.compile(r"DISCORD_\w+|DATABASE_URL|PG[A-Z]+|POSTGRES_PASSWORD|GAZETTE_\w+")

_MAX_BYTES: Final = 65_536
"""Size from which on a file is something else: a dozen variables take less than a thousandth."""


def read_env_file(path: Path, environ: MutableMapping[str, str]) -> None:
    """Add Gazette's variables from a file to `environ`; those that are set already stay.

    Each line is NAME=value; quotation marks around the value are left out, lines with # are comments. Variables of
    other programs are ignored. Does nothing if there is no file. Raises SettingsInvalid.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise SettingsInvalid(f"{path}: is too large for a file of variables")
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsInvalid(f"{path}: can't be read: {error}") from error
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            raise SettingsInvalid(f"{path}, line {number}: write NAME=value")
        name, value = found["name"], found["value"].strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        if value and _OURS.fullmatch(name):
            environ.setdefault(name, value)
