"""The /help command: what the asker can use, or the options of one command."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.commands.line_parser import closest_commands
from bot.commands.types import Asker, Command, Option, Reply
from bot.errors import UnknownName
from bot.i18n import Words
from bot.rendering.pages.help import command_help_page, help_page
from bot.services.value_choices import language_choices

__all__ = ["HelpCommands"]


class HelpCommands:
    """Describes the commands that `all_commands` returns."""

    def __init__(self, all_commands: Callable[[], Sequence[Command]]) -> None:
        self._all_commands = all_commands

    def commands(self) -> list[Command]:
        """Return the command with its option."""
        return [Command("help", self.help, (Option("command", suggest="command"),))]

    async def help(self, asker: Asker, *, command: str | None = None) -> Reply:
        """List the commands that the asker can use, or the options of one."""
        return self._options(asker, command) if command else self._overview(asker)

    def _options(self, asker: Asker, typed: str) -> Reply:
        words, commands = asker.words, self._all_commands()
        name = typed.strip().removeprefix("/").casefold()
        command = next((each for each in commands if name in (each.name, *each.aliases, each.label(words))), None)
        if command is None:
            raise UnknownName("command", name, closest_commands(name, [each.name for each in commands]))
        rows = [(f"{each.label(words)}:", _option_help(each, command, words)) for each in command.options]
        return Reply(command_help_page(f"/{command.label(words)}", command.description(words), rows, words))

    def _overview(self, asker: Asker) -> Reply:
        words, commands = asker.words, self._all_commands()
        groups = [
            ("help-reading", [each for each in commands if not each.manager and not each.personal]),
            ("help-personal", [each for each in commands if each.personal]),
        ]
        if asker.manager or asker.operator:
            groups.append(("help-managing", [each for each in commands if each.manager]))
        return Reply(
            help_page(
                [
                    (words(key), [(f"/{each.label(words)}", each.description(words)) for each in group])
                    for key, group in groups
                ],
                words,
                note=words("help-note"),
            )
        )


def _option_help(option: Option, command: Command, words: Words) -> str:
    """Return what an option means, with the values that it takes."""
    if option.suggest == "language":
        values = [choice.name.partition(" · ")[0] for choice in language_choices(words.locale)]
    else:
        values = [option.choice_label(choice, words) for choice in option.choices]
    about = option.description(command.name, words)
    if option.required:
        about = words.plain("help-required", about=about)
    return words.plain("help-values", about=about, values=" · ".join(values)) if values else about
