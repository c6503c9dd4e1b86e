"""The registry of commands: descriptions, button presses, completion of options."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from bot.commands.browse import BrowseCommands
from bot.commands.custom_ids import CustomIds
from bot.commands.help import HelpCommands
from bot.commands.line_parser import closest_commands
from bot.commands.personal import PersonalCommands
from bot.commands.sources import SourceCommands
from bot.commands.subscriptions import SubscriptionCommands
from bot.commands.types import Asker, ButtonHandler, Command, Reply
from bot.errors import InputInvalid
from bot.i18n import words
from bot.newsroom.audience import PUBLIC, Audience
from bot.services import Services
from bot.services.autocomplete import MAX_SUGGESTIONS
from bot.services.name_matching import Suggestion

__all__ = ["COMMAND_GROUPS", "CommandGroup", "CommandRegistry"]


class CommandGroup(Protocol):
    """Some commands that belong together."""

    def commands(self) -> list[Command]:
        """Return the commands with their options and buttons."""


COMMAND_GROUPS: Sequence[Callable[[Services, CustomIds], CommandGroup]] = (
    BrowseCommands,
    PersonalCommands,
    SubscriptionCommands,
    SourceCommands,
)
"""The groups of commands, in the order of /help. A new command needs only a line in one of their modules."""


class CommandRegistry:
    """All commands over a set of services."""

    def __init__(
        self,
        services: Services,
        groups: Sequence[Callable[[Services, CustomIds], CommandGroup]] = COMMAND_GROUPS,
    ) -> None:
        self.services = services
        self.custom_ids = CustomIds(services.key_values)
        made = [group(services, self.custom_ids) for group in groups]
        commands = [command for group in (*made, HelpCommands(self.all)) for command in group.commands()]
        self.by_name: Mapping[str, Command] = MappingProxyType({command.name: command for command in commands})
        self._button_handlers = _button_handlers(commands)

    def all(self) -> list[Command]:
        """Return the commands, readers' first."""
        return list(self.by_name.values())

    async def handle_component(self, asker: Asker, custom_id: str, values: Sequence[str] = ()) -> Reply:
        """Answer a pressed button, or a menu from which `values` were chosen.

        The question is in the custom id or stored under it, so that a button works after a restart and for members who
        did not open the message. A handler that needs a permission checks it again. Raises InputInvalid for a button
        that is too old, and what the command raises.
        """
        decoded = await self.custom_ids.decode(custom_id)
        if decoded is None or decoded[0] not in self._button_handlers:
            raise InputInvalid("this button is too old; ask again", "error-button-old")
        action, arguments = decoded
        try:
            return await self._button_handlers[action](asker, arguments, values)
        except (IndexError, ValueError) as error:
            raise InputInvalid("this button is too old; ask again", "error-button-old") from error

    async def suggest(
        self,
        kind: str,
        text: str,
        *,
        locale: str = "en",
        guild_id: int | None = None,
        member_id: int | None = None,
        everything: bool = False,
        audience: Audience = PUBLIC,
        channels: Mapping[int, str] | None = None,
    ) -> list[Suggestion]:
        """Return what completes an option: as `Autocomplete.suggest`, and names of commands."""
        if kind == "command":
            return self._suggest_commands(text, locale)
        return await self.services.autocomplete.suggest(
            kind,
            text,
            locale=locale,
            guild_id=guild_id,
            member_id=member_id,
            everything=everything,
            audience=audience,
            channels=channels,
        )

    def _suggest_commands(self, text: str, locale: str) -> list[Suggestion]:
        typed, catalogue = text.strip().removeprefix("/").casefold(), words(locale)
        labels = {name: command.label(catalogue) for name, command in self.by_name.items()}
        matches = [name for name, label in labels.items() if typed in name or typed in label.casefold()]
        if not matches:
            matches = [name for name, label in labels.items() if closest_commands(typed, (name, label.casefold()))]
        return [Suggestion(f"/{labels[name]}", name) for name in matches[:MAX_SUGGESTIONS]]


def _button_handlers(commands: Sequence[Command]) -> Mapping[str, ButtonHandler]:
    """Return the handlers by action. Raises ValueError if two commands declare the same."""
    handlers: dict[str, ButtonHandler] = {}
    for command in commands:
        if duplicates := handlers.keys() & command.buttons.keys():
            raise ValueError(f"/{command.name} declares buttons of another command: {sorted(duplicates)}")
        handlers.update(command.buttons)
    return MappingProxyType(handlers)
