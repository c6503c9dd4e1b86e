"""The types of commands: asker, options, reply, button handlers."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.errors import InputInvalid, NotAllowed
from bot.i18n import Words, words
from bot.newsroom.audience import Audience
from bot.rendering.layout import Page

__all__ = ["OPERATOR_ID", "Asker", "ButtonHandler", "Command", "GivenFile", "Option", "Reply"]

OPERATOR_ID = 0
"""The member id under which the operator's mutes and catch-ups are stored; Discord gives none below 2**22."""


@dataclass(frozen=True, slots=True)
class Asker:
    """The person who asks, and where.

    `locale` is the member's, `guild_locale` the server's; ids are Discord's, None at the console.

    A `manager` may change the subscriptions of the server `guild_id`; the `operator` sits at the program's own console
    and sees every server's. `timezone` is "" if unknown: see `SubscriptionService.usual_timezone`.
    """

    locale: str = "en"
    member_id: int | None = None
    guild_id: int | None = None
    channel_id: int | None = None
    manager: bool = False
    timezone: str = ""
    operator: bool = False
    guild_locale: str | None = None

    @property
    def words(self) -> Words:
        """The catalogue of the asker's language."""
        return words(self.locale)

    @property
    def audience(self) -> Audience:
        """The readers whom an answer is for: an own source of their server is seen there alone."""
        return Audience(self.guild_id)

    @property
    def reader_id(self) -> int | None:
        """The id that mutes and catch-ups are stored under; None if nobody is known."""
        return OPERATOR_ID if self.operator and self.member_id is None else self.member_id

    def guild_scope(self) -> int | None:
        """Return the server whose subscriptions the asker may manage; None for the operator: all.

        Raises NotAllowed for everybody else.
        """
        if self.operator:
            return None
        if not self.manager or self.guild_id is None:
            raise NotAllowed("manage-guild")
        return self.guild_id

    def require_reader_id(self) -> int:
        """Return `reader_id`. Raises InputInvalid if nobody is known."""
        if self.reader_id is None:
            raise InputInvalid("this works only for members in Discord", "error-members-only")
        return self.reader_id

    def require_member_id(self) -> int:
        """Return the member's id. Raises InputInvalid outside Discord, also for the operator."""
        if self.member_id is None:
            raise InputInvalid("this works only for members in Discord", "error-members-only")
        return self.member_id


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer.

    `private` shows it to the asker alone; `edits_original` replaces the message whose button was pressed.
    """

    page: Page
    private: bool = True
    edits_original: bool = False


ButtonHandler = Callable[[Asker, Sequence[str], Sequence[str]], Awaitable[Reply]]
"""Answers a button or menu: takes the asker, the custom id's arguments, and the values chosen in a menu.

Raises IndexError or ValueError for arguments that it can't read, which the asker sees as a button that is too old.
"""


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file that somebody gives with a command; `read` fetches its bytes."""

    name: str
    size: int
    read: Callable[[], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a command.

    `suggest` names the list that completes it (see `bot.services.autocomplete.KINDS`).

    The catalogues have its name under `option-<name>`, a description under `option-<name>-about` or, if it means
    something else for one command, `option-<command>-<name>-about`, and a label for each of `choices` under
    `choice-<name>-<choice>`. `least` and `most` bound a number.
    """

    name: str
    kind: Literal["text", "number", "channel", "role", "file"] = "text"
    required: bool = False
    suggest: str | None = None
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None

    def label(self, catalogue: Words) -> str:
        """Return the option's name in a language."""
        return _text(catalogue, f"option-{self.name}", self.name)

    def description_key(self, command: str) -> str:
        """Return the catalogues' key for what the option means to a command."""
        own = f"option-{command}-{self.name}-about"
        return own if words().has(own) else f"option-{self.name}-about"

    def description(self, command: str, catalogue: Words) -> str:
        """Return what the option means to a command."""
        return _text(catalogue, self.description_key(command), self.name)

    def choice_label(self, choice: str, catalogue: Words) -> str:
        """Return one of `choices` as people read it."""
        return _text(catalogue, f"choice-{self.name}-{choice}", choice)


@dataclass(frozen=True, slots=True)
class Command:
    """A command: `run` takes the asker and the options by name.

    The catalogues have its name under `command-<name>` and a description under `command-<name>-about`. A name of two
    words is a sub-command in Discord; each word is a name. `manager`
    commands belong in a server and need its right to manage it; `personal` ones are about the member who asks.
    `aliases` are other names at the console; one such as "digest now" is a sub-command in Discord. `buttons` has the
    handlers of the command's buttons and menus, by the action in their custom ids.
    """

    name: str
    run: Callable[..., Awaitable[Reply]]
    options: tuple[Option, ...] = ()
    manager: bool = False
    personal: bool = False
    aliases: tuple[str, ...] = ()
    buttons: Mapping[str, ButtonHandler] = field(default_factory=dict)

    def label(self, catalogue: Words) -> str:
        """Return the command's name in a language, of two words that of each."""
        return " ".join(_text(catalogue, f"command-{word}", word) for word in self.name.split())

    @property
    def about_key(self) -> str:
        """The catalogues' key of its description."""
        return f"command-{self.name.rpartition(' ')[2]}-about"

    def description(self, catalogue: Words) -> str:
        """Return what the command does, from the catalogue or else from its code's docstring."""
        return _text(catalogue, self.about_key, self.summary)

    @property
    def summary(self) -> str:
        """The first paragraph of the docstring of the command's code, on one line."""
        return " ".join((inspect.getdoc(self.run) or self.name).split("\n\n", 1)[0].split())


def _text(catalogue: Words, key: str, default: str) -> str:
    """Return a text without isolating marks, or the default if the catalogues lack it."""
    return catalogue.plain(key) if catalogue.has(key) else default
