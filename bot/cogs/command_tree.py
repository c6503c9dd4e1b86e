"""Registration of commands with Discord, from their descriptions.

`register_commands` puts every `Command` on a command tree; one with an alias of two words ("digest now") becomes a
group with a subcommand. Managers' commands are visible to members with Manage Server, in servers that have the bot;
readers' work there, in direct messages, and everywhere for members who installed the bot for themselves. Servers may
allow each command to roles, members and channels under Server Settings > Integrations.

Texts come from the catalogues, by these keys: `command-NAME` and `command-NAME-about`, `option-NAME` and
`option-NAME-about` (or `option-COMMAND-NAME-about` if an option means something else for one command), and
`choice-OPTION-VALUE`. Names are lower case without spaces, at most 32 characters; descriptions at most 100.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

import discord
import structlog
from discord import AppCommandOptionType, ChannelType, app_commands

from bot.cogs.interactions import InteractionGate, asker_of
from bot.commands.typed_options import normal_values
from bot.commands.types import Command, GivenFile, Option, Reply
from bot.errors import InputInvalid, NotAllowed
from bot.i18n import DEFAULT, Words, negotiate, words
from bot.newsroom.audience import Audience
from bot.rendering.escape import clean, truncate
from bot.services.name_matching import Suggestion

__all__ = [
    "CHANNEL_TYPES",
    "CatalogueTranslator",
    "CommandHooks",
    "EmptyCallHandler",
    "ReplyHook",
    "Suggest",
    "given_file",
    "register_commands",
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
"""The kinds of channel that can have a digest: the bot can't post to stages and categories."""

_MAX_CHOICES = 25
"""Suggestions that Discord shows."""

_MAX_LABEL = 100
"""Characters of a description, a suggestion or a typed name that Discord allows."""

_MAX_TEXT = 400
"""Characters of a typed option: longer than any filter that people have written."""

_MAX_NUMBER = 2**53 - 1
"""The largest integer that JSON carries exactly, which is Discord's bound."""


class Suggest(Protocol):
    """Completes an option, as `CommandRegistry.suggest` does."""

    def __call__(
        self,
        kind: str,
        text: str,
        *,
        locale: str,
        guild_id: int | None,
        member_id: int | None,
        audience: Audience,
        channels: Mapping[int, str] | None,
    ) -> Awaitable[Sequence[Suggestion]]:
        """Return at most 25 suggestions of a kind (country, topic …) for the typed text, best first."""


EmptyCallHandler = Callable[[discord.Interaction[Any]], Awaitable[None]]
"""Answers a command that is used without any option, for example with a form."""

ReplyHook = Callable[[discord.Interaction[Any], Mapping[str, Any], Reply], Awaitable[Reply]]
"""Adds to a command's reply, for example warnings; takes the options by name."""


@dataclass(frozen=True, slots=True)
class CommandHooks:
    """Additions of cogs to commands, by the command's name; looked up when a command is used."""

    empty_call_handlers: dict[str, EmptyCallHandler] = field(default_factory=dict)
    reply_hooks: dict[str, ReplyHook] = field(default_factory=dict)


class CatalogueTranslator(app_commands.Translator):
    """Gives names and descriptions in the languages of the catalogues.

    Discord shows English in all others.
    """

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return the text of `string`'s key in a language; None if it is the English one."""
        key = string.extras.get("key")
        name = negotiate(locale.value)
        if key is None or name == DEFAULT or not words(name).has(key):
            return None
        text = words(name).plain(key)
        return text if text != string.message else None


def register_commands(
    tree: app_commands.CommandTree[Any],
    commands: Sequence[Command],
    *,
    suggest: Suggest,
    gate: InteractionGate,
    hooks: CommandHooks,
) -> None:
    """Put all commands on the tree.

    Raises ValueError or TypeError for a command that Discord would refuse.
    """
    builder = _CommandBuilder(suggest, gate, hooks)
    groups: dict[str, app_commands.Group] = {}
    for command in commands:
        group_name, _, name = registered_name(command).rpartition(" ")
        if not group_name:
            tree.add_command(builder.build(command, name))
            continue
        if group_name not in groups:
            groups[group_name] = _build_group(command, group_name)
            tree.add_command(groups[group_name])
        groups[group_name].add_command(builder.build(command, name))


def registered_name(command: Command) -> str:
    """Return the name in Discord: an alias of two words ("digest now"), or the command's own."""
    return next((alias for alias in command.aliases if alias.startswith(f"{command.name} ")), command.name)


def _build_group(command: Command, name: str) -> app_commands.Group:
    group = app_commands.Group(
        name=_translatable(f"command-{name}", name),
        description=_translatable(f"command-{name}-about", _fallback_description(command)),
        auto_locale_strings=False,
    )
    _set_visibility(group, command)
    return group


def _set_visibility(registered: app_commands.Command[Any, ..., Any] | app_commands.Group, command: Command) -> None:
    """Set who sees the command, and where."""
    if command.manager:
        registered.default_permissions = discord.Permissions(manage_guild=True)
        registered.allowed_contexts = app_commands.AppCommandContext(
            guild=True, dm_channel=False, private_channel=False
        )
        registered.allowed_installs = app_commands.AppInstallationType(guild=True, user=False)
    else:
        registered.allowed_contexts = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
        registered.allowed_installs = app_commands.AppInstallationType(guild=True, user=True)


class _CommandBuilder:
    """Builds discord.py's commands from descriptions."""

    def __init__(self, suggest: Suggest, gate: InteractionGate, hooks: CommandHooks) -> None:
        self._suggest, self._gate, self._hooks = suggest, gate, hooks

    def build(self, command: Command, name: str) -> app_commands.Command[Any, ..., Any]:
        """Return the slash command under its own name, or under that of a subcommand."""
        built: app_commands.Command[Any, ..., Any] = app_commands.Command(
            name=_translatable(f"command-{name}", name),
            description=_translatable(f"command-{name}-about", _fallback_description(command)),
            callback=self._callback(command),
            auto_locale_strings=False,
        )
        _set_visibility(built, command)
        return built

    async def _reply(self, command: Command, interaction: discord.Interaction[Any], values: Mapping[str, Any]) -> Reply:
        asker = asker_of(interaction)
        reply = await command.run(asker, **normal_values(command, values, asker.words.locale))
        hook = self._hooks.reply_hooks.get(command.name)
        return reply if hook is None else await hook(interaction, values, reply)

    def _callback(self, command: Command) -> Callable[..., Any]:
        async def callback(interaction: discord.Interaction, **given: Any) -> None:
            values = {name: value for name, value in given.items() if value is not None}
            handler = self._hooks.empty_call_handlers.get(command.name)
            if handler is not None and not values:
                await handler(interaction)
            else:
                await self._gate.answer(interaction, lambda: self._reply(command, interaction, values))

        # discord.py takes a command's options from its callback's signature; ours come from a description.
        keyword = inspect.Parameter.KEYWORD_ONLY
        positional = inspect.Parameter.POSITIONAL_OR_KEYWORD
        parameters = [inspect.Parameter("interaction", positional, annotation=discord.Interaction)]
        for option in command.options:
            kind = (_OptionTransformer if option.suggest is None else _CompletedTransformer)(option, self._suggest)
            default = inspect.Parameter.empty if option.required else None
            parameters.append(inspect.Parameter(option.name, keyword, annotation=kind, default=default))
        callback.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined] # inspect reads it
        names = {each.name: _translatable(f"option-{each.name}", each.name) for each in command.options}
        descriptions = {
            each.name: _translatable(each.description_key(command.name), each.name) for each in command.options
        }
        app_commands.rename(**names)(callback)
        app_commands.describe(**descriptions)(callback)
        return callback


class _OptionTransformer(app_commands.Transformer):
    """An option's value as the command takes it: text, a number, or a channel's id."""

    def __init__(self, option: Option, suggest: Suggest) -> None:
        self._option, self._suggest = option, suggest

    @property
    def type(self) -> AppCommandOptionType:
        """The option's type in Discord."""
        kinds = {
            "text": AppCommandOptionType.string,
            "number": AppCommandOptionType.integer,
            "channel": AppCommandOptionType.channel,
            "role": AppCommandOptionType.role,
            "file": AppCommandOptionType.attachment,
        }
        return kinds[self._option.kind]

    @property
    def channel_types(self) -> list[ChannelType]:
        """The kinds of channel that can be chosen."""
        return CHANNEL_TYPES if self._option.kind == "channel" else []

    @property
    def min_value(self) -> int | None:
        """The least number: 1 unless the option has another."""
        return (self._option.least or 1) if self._option.kind == "number" else None

    @property
    def max_value(self) -> int | None:
        """The largest number, or the longest text."""
        if self._option.choices:
            return None
        return {"text": _MAX_TEXT, "number": self._option.most or _MAX_NUMBER}.get(self._option.kind)

    @property
    def choices(self) -> list[app_commands.Choice[int | float | str]] | None:
        """The values of an option that has only a few, under names that people read."""
        choices = [
            app_commands.Choice(name=_translatable(f"choice-{self._option.name}-{value}", value), value=value)
            for value in self._option.choices
        ]
        return cast("list[app_commands.Choice[int | float | str]]", choices) or None

    async def transform(self, interaction: discord.Interaction, value: Any, /) -> str | int | GivenFile:
        """Return the plain value."""
        if self._option.kind == "file":
            return given_file(value)
        if self._option.kind == "role":
            return mentionable_role(interaction, value)
        return int(value.id) if self._option.kind == "channel" else value


class _CompletedTransformer(_OptionTransformer):
    """The same, with suggestions while somebody types."""

    async def autocomplete(
        self, interaction: discord.Interaction, value: float | str, /
    ) -> list[app_commands.Choice[Any]]:
        """Return at most 25 choices; none if suggesting fails, since that must not stop the typing."""
        asker = asker_of(interaction)
        text = clean(str(value))[:_MAX_LABEL]
        try:
            suggestions = await self._suggest(
                self._option.suggest or "",
                text,
                locale=asker.locale,
                guild_id=asker.guild_id if asker.manager else None,  # other members see nothing of the server's
                member_id=asker.member_id,
                audience=asker.audience,
                channels=_channel_names(interaction) if self._option.suggest == "subscription" else None,
            )
        except Exception:  # a surface: a list of choices has no place for words
            log.exception("suggestions.failed", kind=self._option.suggest)
            return []
        choices: list[app_commands.Choice[Any]] = []
        for suggestion in suggestions[:_MAX_CHOICES]:
            name, chosen = truncate(clean(suggestion.name), _MAX_LABEL) or "…", suggestion.value
            if self._option.kind == "number":
                choices.append(app_commands.Choice(name=name, value=int(chosen)))
            elif len(chosen) <= _MAX_LABEL:
                choices.append(app_commands.Choice(name=name, value=chosen))
        return choices


def mentionable_role(interaction: discord.Interaction, role: discord.Role) -> int:
    """Return a role's id. Raises NotAllowed if the member may not mention it.

    @everyone stands for no role: the bot never mentions it.
    """
    if role.is_default() or role.mentionable or interaction.permissions.mention_everyone:
        return role.id
    raise NotAllowed("mention-everyone")


def _channel_names(interaction: discord.Interaction) -> dict[int, str]:
    """Return the names of the server's channels and threads by id."""
    guild = interaction.guild
    return {each.id: f"#{each.name}" for each in (*guild.channels, *guild.threads)} if guild is not None else {}


def given_file(attachment: discord.Attachment) -> GivenFile:
    """Return an attached file as commands take it."""

    async def read() -> bytes:
        try:
            return await attachment.read()
        except discord.HTTPException as error:
            raise InputInvalid(f"{attachment.filename} can't be fetched from Discord") from error

    return GivenFile(attachment.filename, attachment.size, read)


def _translatable(key: str, default: str) -> app_commands.locale_str:
    """Return the English text with the key by which the translator finds the others."""
    return app_commands.locale_str(_ENGLISH.plain(key) if _ENGLISH.has(key) else default, key=key)


_ENGLISH: Words = words(DEFAULT)


def _fallback_description(command: Command) -> str:
    """Return the description of a command that the catalogues lack."""
    return truncate(command.summary, _MAX_LABEL)
