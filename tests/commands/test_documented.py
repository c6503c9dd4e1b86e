"""docs/commands.md lists every command and option, as the program describes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands import Command, CommandRegistry
from bot.i18n import words
from tests.services.sample_news import unconnected_services

TEXT = (Path(__file__).parents[2] / "docs" / "commands.md").read_text("utf-8")
ROWS = {line for line in TEXT.splitlines() if line.startswith("|")}
ALL = CommandRegistry(unconnected_services()).all()


@pytest.mark.parametrize("command", ALL, ids=lambda command: command.name)
def test_a_command_is_documented_with_its_options(command: Command) -> None:
    say = words("en")
    name = next((alias for alias in command.aliases if alias.startswith(f"{command.name} ")), command.name)
    options = " ".join(f"`{option.name}:`" + "*" * option.required for option in command.options) or "–"
    assert f"| `/{name}` | {say(command.about_key)} | {options} |" in ROWS
    for option in command.options:
        own = f"option-{command.name}-{option.name}-about"
        about = say(own if say.has(own) else f"option-{option.name}-about")
        choices = "; one of " + ", ".join(f"`{each}`" for each in option.choices) if option.choices else ""
        where = f" of `/{command.name}`" if say.has(own) else ""
        assert f"| `{option.name}:`{where} | {about}{choices} |" in ROWS


def test_no_other_command_is_documented() -> None:
    documented = {row.split("`")[1] for row in ROWS if row.startswith("| `/")}
    assert len(documented) == len(ALL)
