"""How do the descriptions of commands become what Discord registers?

`register` puts every `Command` on a command tree: a name of two words ("digest now") becomes a group with a
sub-command. Managers' commands show themselves to those with Manage Server in a server that has the bot; readers'
work there, in direct messages, and anywhere for who installed the bot for themselves. Servers may allow each command
to roles, members and channels under Server Settings > Integrations.

Words come from the catalogues, by these keys: `command-NAME` and `command-NAME-about`, `option-NAME` and
`option-NAME-about` (or `option-COMMAND-NAME-about` where an option means something else for one command), and
`choice-OPTION-VALUE`. Names are lower case without blanks, at most 32 characters; abouts at most 100.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol, cast

import discord
import structlog
from discord import AppCommandOptionType, ChannelType, app_commands

from bot.cogs.interactions import answer, asker_of
from bot.commands.types import Command, Option, Reply
from bot.i18n import DEFAULT, Words, negotiate, words
from bot.rendering.escape import clean, truncate

__all__ = [
    "CHANNEL_TYPES",
    "Companion",
    "Opener",
    "Suggest",
    "Suggested",
    "WordsTranslator",
    "register",
    "registered_name",
]

log = structlog.get_logger()

CHANNEL_TYPES = [
    ChannelType.text,
    ChannelType.news,
    ChannelType.forum,
    ChannelType.voice,
    ChannelType.public_thread,
    ChannelType.private_thread,
    ChannelType.news_thread,
]
"""The kinds of channel that can have a digest: stages and categories take no messages of ours."""

_CHOICES = 25
_NAME_LIMIT = 100
_TEXT_LIMIT = 400


class Suggest(Protocol):
    """What completes an option, as `Desk.suggest` does: at most 25 suggestions, the best first."""

    def __call__(
        self, kind: str, text: str, *, locale: str, guild_id: int | None, member_id: int | None
    ) -> Awaitable[Sequence[Suggested]]:
        """Suggestions of a kind (country, topic, timezone …) for what was typed so far, "" included."""


class Suggested(Protocol):
    """A choice."""

    @property
    def name(self) -> str:
        """What people read."""

    @property
    def value(self) -> str:
        """What the command gets."""


class WordsTranslator(app_commands.Translator):
    """Gives names and descriptions in the languages of the catalogues; Discord shows English in all others."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """The words of `string`'s key for a locale; None where English serves."""
        key = string.extras.get("key")
        name = negotiate(locale.value)
        if key is None or name == DEFAULT:
            return None
        try:
            found = words(name).plain(key)
        except KeyError:
            return None
        return found if found != string.message else None


Opener = Callable[[discord.Interaction[Any]], Awaitable[None]]
"""What answers a command that is used without any option, such as a form."""

Companion = Callable[[discord.Interaction[Any], Mapping[str, Any], Reply], Awaitable[Reply]]
"""What has a word to add to a command's answer, such as what stands in the way; takes the options by name."""


def register(
    tree: app_commands.CommandTree[Any],
    commands: Sequence[Command],
    suggest: Suggest,
    openers: Mapping[str, Opener] | None = None,
    companions: Mapping[str, Companion] | None = None,
) -> None:
    """Put all commands on the tree; `openers`, which are looked up when a command is used, go before it, `companions` after.

    Raises ValueError or TypeError, at start, for a command that Discord would refuse.
    """
    made = _Maker(suggest, openers if openers is not None else {}, companions if companions is not None else {})
    groups: dict[str, app_commands.Group] = {}
    for command in commands:
        group_name, _, name = registered_name(command).rpartition(" ")
        if not group_name:
            tree.add_command(made.leaf(command, name))
            continue
        if group_name not in groups:
            groups[group_name] = _group(command, group_name)
            tree.add_command(groups[group_name])
        groups[group_name].add_command(made.leaf(command, name))


def registered_name(command: Command) -> str:
    """The name in Discord: an alias that makes a sub-command of the name ("digest now") goes before the name."""
    return next((alias for alias in command.aliases if alias.startswith(f"{command.name} ")), command.name)


def _group(command: Command, name: str) -> app_commands.Group:
    made = app_commands.Group(
        name=_named(f"command-{name}", name),
        description=_named(f"command-{name}-about", _about(command)),
        auto_locale_strings=False,
    )
    _fence(made, command)
    return made


def _fence(made: app_commands.Command[Any, ..., Any] | app_commands.Group, command: Command) -> None:
    """Say who sees the command, and where."""
    if command.manager:
        made.default_permissions = discord.Permissions(manage_guild=True)
        made.allowed_contexts = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
        made.allowed_installs = app_commands.AppInstallationType(guild=True, user=False)
    else:
        made.allowed_contexts = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
        made.allowed_installs = app_commands.AppInstallationType(guild=True, user=True)


class _Maker:
    """Makes slash commands out of descriptions."""

    def __init__(self, suggest: Suggest, openers: Mapping[str, Opener], companions: Mapping[str, Companion]) -> None:
        self._suggest, self._openers, self._companions = suggest, openers, companions

    def leaf(self, command: Command, name: str) -> app_commands.Command[Any, ..., Any]:
        """The slash command, by its own name or as a sub-command."""
        made: app_commands.Command[Any, ..., Any] = app_commands.Command(
            name=_named(f"command-{name}", name),
            description=_named(f"command-{name}-about", _about(command)),
            callback=self._callback(command),
            auto_locale_strings=False,
        )
        _fence(made, command)
        return made

    async def _answered(
        self, command: Command, interaction: discord.Interaction[Any], values: Mapping[str, Any]
    ) -> Reply:
        reply = await command.run(asker_of(interaction), **values)
        companion = self._companions.get(command.name)
        return reply if companion is None else await companion(interaction, values, reply)

    def _callback(self, command: Command) -> Callable[..., Any]:
        async def run(interaction: discord.Interaction, **given: Any) -> None:
            values = {name: value for name, value in given.items() if value is not None}
            opener = self._openers.get(command.name)
            if opener is not None and not values:
                await opener(interaction)
            else:
                await answer(interaction, lambda: self._answered(command, interaction, values))

        # discord.py reads a command's options off its callback; ours come from a description.
        keyword = inspect.Parameter.KEYWORD_ONLY
        positional = inspect.Parameter.POSITIONAL_OR_KEYWORD
        parameters = [inspect.Parameter("interaction", positional, annotation=discord.Interaction)]
        for option in command.options:
            kind = (_Given if option.suggest is None else _Completed)(option, self._suggest)
            default = inspect.Parameter.empty if option.required else None
            parameters.append(inspect.Parameter(option.name, keyword, annotation=kind, default=default))
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined] # inspect honours it
        own = command.name.replace(" ", "-")
        app_commands.rename(**{each.name: _named(f"option-{each.name}", each.name) for each in command.options})(run)
        app_commands.describe(**{each.name: _described(own, each) for each in command.options})(run)
        return run


class _Given(app_commands.Transformer):
    """An option's value as the command takes it: text, a number, or a channel's id."""

    def __init__(self, option: Option, suggest: Suggest) -> None:
        self._option, self._suggest = option, suggest

    @property
    def type(self) -> AppCommandOptionType:
        """As Discord knows it."""
        kinds = {
            "text": AppCommandOptionType.string,
            "number": AppCommandOptionType.integer,
            "channel": AppCommandOptionType.channel,
        }
        return kinds[self._option.kind]

    @property
    def channel_types(self) -> list[ChannelType]:
        """Those that can have a digest."""
        return CHANNEL_TYPES if self._option.kind == "channel" else []

    @property
    def min_value(self) -> int | None:
        """Numbers count from 1 unless the option says otherwise."""
        return (self._option.least or 1) if self._option.kind == "number" else None

    @property
    def max_value(self) -> int | None:
        """What people type is short; numbers are what JSON counts with."""
        if self._option.choices:
            return None
        return {"text": _TEXT_LIMIT, "number": self._option.most or 2**53 - 1}.get(self._option.kind)

    @property
    def choices(self) -> list[app_commands.Choice[int | float | str]] | None:
        """The few values that there are, under names that people read."""
        named = [
            app_commands.Choice(name=_named(f"choice-{self._option.name}-{value}", value), value=value)
            for value in self._option.choices
        ]
        return cast("list[app_commands.Choice[int | float | str]]", named) or None

    async def transform(self, interaction: discord.Interaction, value: Any, /) -> str | int:
        """The plain value."""
        return int(value.id) if self._option.kind == "channel" else value


class _Completed(_Given):
    """The same with suggestions while typing."""

    async def autocomplete(
        self, interaction: discord.Interaction, value: float | str, /
    ) -> list[app_commands.Choice[Any]]:
        """At most 25 choices; none when the desk can't answer, since a list that fails must not stop the typing."""
        asker = asker_of(interaction)
        text = clean(str(value))[:_NAME_LIMIT]
        try:
            found = await self._suggest(
                self._option.suggest or "",
                text,
                locale=asker.locale,
                guild_id=asker.guild_id if asker.manager else None,  # nothing of a server for those without the right
                member_id=asker.member_id,
            )
        except Exception:  # a surface: there is no place for words in a list of choices
            log.exception("suggestions.failed", kind=self._option.suggest)
            return []
        choices: list[app_commands.Choice[Any]] = []
        for each in found[:_CHOICES]:
            name, chosen = truncate(clean(each.name), _NAME_LIMIT) or "…", each.value
            if self._option.kind == "number":
                choices.append(app_commands.Choice(name=name, value=int(chosen)))
            elif len(chosen) <= _NAME_LIMIT:
                choices.append(app_commands.Choice(name=name, value=chosen))
        return choices


def _named(key: str, otherwise: str) -> app_commands.locale_str:
    """English words with the key under which the translator finds the others."""
    return app_commands.locale_str(_english(key) or otherwise, key=key)


def _described(command: str, option: Option) -> app_commands.locale_str:
    own, shared = f"option-{command}-{option.name}-about", f"option-{option.name}-about"
    key = own if _english(own) is not None else shared
    return _named(key, option.name)


def _english(key: str) -> str | None:
    try:
        return _ENGLISH.plain(key)
    except KeyError:
        return None


_ENGLISH: Words = words(DEFAULT)


def _about(command: Command) -> str:
    """The first sentence of what the command's own code says, for commands that the catalogues don't know."""
    text = (inspect.getdoc(command.run) or command.name).split("\n\n", 1)[0]
    return truncate(" ".join(text.split()), _NAME_LIMIT)
