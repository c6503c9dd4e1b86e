"""The errors of the program, which say what happened, where, and what to do.

    GazetteError
    ├── SettingsInvalid          the configuration can't be used
    ├── SeedRejected             intake can't take a file; the others are read
    │   └── SeedsUnavailable     the seeds folder doesn't exist or can't be listed
    ├── SourceUnreadable         there is no feed at an address, or it can't be fetched
    ├── PackageMissing           an optional package that a command needs isn't installed
    ├── ClusterUnavailable       there are no workers to read documents with
    ├── StoreError               the database
    │   ├── StoreUnavailable     can't be opened, reached or written (full, read-only, locked, down)
    │   │   └── StoreDamaged     its file or its rows are damaged, or tables are missing
    │   ├── StoreMoved           its newsroom was moved to another database
    │   └── StoreOutdated        its schema is older or newer than the program
    ├── FilterInvalid            a filter that doesn't parse, with the position
    ├── UnknownName              an unknown country, topic, time zone, engine …, with suggestions
    ├── NotFound                 no story, event, subscription with that id
    │   └── NotMuted             a member has not muted that filter
    ├── NotAllowed               the member lacks a permission
    ├── InputInvalid             any other value that can't be used
    └── DeliveryError            a digest that can't be posted
        ├── ChannelGone          deleted, or the bot was removed
        ├── PermissionMissing    the bot lacks a permission in the channel
        ├── MessageRefused       Discord rejects the message as it is
        ├── DiscordUnavailable   Discord answers with errors or not at all
        ├── MailFailed           a mail server refuses a mail, or can't be reached
        └── TokenRefused         the token is wrong or was revoked

Each error keeps its facts as attributes. `key` names its message in the catalogues and `facts` fills it;
`str(error)` is the English sentence for logs and terminals. Three surfaces turn errors into words: the command
tree's handler, the command line, the log.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = [
    "ChannelGone",
    "ClusterUnavailable",
    "DeliveryError",
    "DiscordUnavailable",
    "FilterInvalid",
    "GazetteError",
    "InputInvalid",
    "MailFailed",
    "MessageRefused",
    "NotAllowed",
    "NotFound",
    "NotMuted",
    "PackageMissing",
    "PermissionMissing",
    "SeedRejected",
    "SeedsUnavailable",
    "SettingsInvalid",
    "SourceUnreadable",
    "StoreDamaged",
    "StoreError",
    "StoreMoved",
    "StoreOutdated",
    "StoreUnavailable",
    "TokenRefused",
    "UnknownName",
]


class GazetteError(Exception):
    """Root of all errors that the program raises itself."""

    key: str = "error"

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.facts = facts


class SettingsInvalid(GazetteError):
    """A configuration that can't be used; the message names the option and what is allowed."""

    key = "error-settings"


class SeedRejected(GazetteError):
    """A file that intake can't take; the others are read.

    `reason` is the English message, `code` the value of `bot.newsroom.rejections.RejectReason` where there is one.
    """

    key = "error-seed-rejected"

    def __init__(self, path: str, reason: str, code: str = "") -> None:
        super().__init__(f"{path}: {reason}", path=path, reason=reason)
        self.path, self.reason, self.code = path, reason, code

    def __reduce__(self) -> tuple[type[SeedRejected], tuple[str, str, str]]:
        return type(self), (self.path, self.reason, self.code)  # it comes from worker processes


class SeedsUnavailable(SeedRejected):
    """The seeds folder doesn't exist or can't be listed; no stories are withdrawn because of it."""


class SourceUnreadable(GazetteError):
    """There is no feed at an address, or it can't be fetched: `reason` is the English message."""

    key = "error-source-unreadable"

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"{address} {reason}", address=address, reason=reason)


class PackageMissing(GazetteError):
    """An optional package isn't installed.

    `extra` is the name by which pip installs it with Gazette.
    """

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs a package that isn't installed; run: pip install 'gazette[{extra}]'")
        self.extra = extra


class ClusterUnavailable(GazetteError):
    """The Dask cluster can't be reached, or none of its workers can analyse documents."""


class StoreError(GazetteError):
    """The database can't be used."""

    key = "error-store"


class StoreUnavailable(StoreError):
    """The database can't be opened, reached or written."""

    key = "error-store-unavailable"


class StoreDamaged(StoreUnavailable):
    """The database's file or rows are damaged, or tables are missing."""


class StoreMoved(StoreError):
    """The newsroom was moved to another database, and may not be used in this one."""


class StoreOutdated(StoreError):
    """The database's schema is not the one this program needs."""

    key = "error-store-outdated"


class FilterInvalid(GazetteError):
    """A filter that doesn't parse: `at` is the 0-based character where it goes wrong.

    `name` is that of the message `filter-wrong-<name>`, which says the same as `problem`, filled with `facts`.
    """

    key = "error-filter"

    def __init__(self, text: str, at: int, problem: str, name: str = "", **facts: object) -> None:
        pointer = " " * at + "^"
        super().__init__(f"{problem} (at character {at + 1})\n  {text}\n  {pointer}", at=at + 1, problem=problem)
        self.text, self.at, self.problem, self.name = text, at, problem, name
        self.problem_facts = facts


class UnknownName(GazetteError):
    """An unknown name; `what` says of what kind: country, topic, time zone, engine …"""

    key = "error-unknown-name"

    def __init__(self, what: str, name: str, suggestions: Sequence[str] = ()) -> None:
        hint = f"; did you mean {' or '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"there is no {what} called {name!r}{hint}", what=what, name=name, hint=", ".join(suggestions))
        self.what, self.name, self.suggestions = what, name, tuple(suggestions)


class NotFound(GazetteError):
    """Nothing of that kind has that id."""

    key = "error-not-found"

    def __init__(self, what: str, identity: object) -> None:
        super().__init__(f"there is no {what} {identity}", what=what, id=str(identity))
        self.what, self.identity = what, identity


class NotMuted(NotFound):
    """A member has not muted that filter."""

    key = "error-not-muted"

    def __init__(self, filter_text: str) -> None:
        super().__init__("mute", filter_text)


class NotAllowed(GazetteError):
    """A request by somebody who lacks the permission named in `permission`."""

    key = "error-not-allowed"

    def __init__(self, permission: str) -> None:
        super().__init__(f"this needs the permission {permission}", permission=permission)
        self.permission = permission


class InputInvalid(GazetteError):
    """A value that can't be used; the message says why and what is allowed.

    `key` names a message of the catalogues that says the same as `problem`, filled with `facts`; without one, people read
    the English sentence.
    """

    key = "error-input"

    def __init__(self, problem: str, key: str | None = None, **facts: object) -> None:
        super().__init__(problem, problem=problem, **facts)
        if key is not None:
            self.key = key


class DeliveryError(GazetteError):
    """A digest that can't be posted now."""

    key = "error-delivery"


class ChannelGone(DeliveryError):
    """The channel was deleted, or the bot was removed from its server."""

    key = "error-channel-gone"

    def __init__(self, channel: int) -> None:
        super().__init__(
            f"channel {channel} is gone, or the bot is no longer in its server; "
            "invite the bot again or unsubscribe the channel",
            channel=channel,
        )
        self.channel = channel


class PermissionMissing(DeliveryError):
    """The bot lacks a permission in a channel."""

    key = "error-permission-missing"

    def __init__(self, channel: int, permission: str) -> None:
        super().__init__(
            f"the bot may not post in channel {channel}: give it the permission {permission} "
            "in the channel's settings under Permissions",
            channel=channel,
            permission=permission,
        )
        self.channel, self.permission = channel, permission


class MessageRefused(DeliveryError):
    """Discord rejects a message as it is; trying again won't help."""

    def __init__(self, channel: int, answer: str) -> None:
        super().__init__(f"Discord refuses a message for channel {channel}: {answer}", channel=channel, answer=answer)
        self.channel, self.answer = channel, answer


class DiscordUnavailable(DeliveryError):
    """Discord answers with errors or not at all; trying again later may help."""

    key = "error-discord-unavailable"


class MailFailed(DeliveryError):
    """A mail server refuses a mail, or can't be reached.

    `uncertain` says that the mail may have arrived.
    """

    def __init__(self, problem: str, *, uncertain: bool = False) -> None:
        super().__init__(problem, problem=problem)
        self.uncertain = uncertain


class TokenRefused(DeliveryError):
    """Discord refuses the token."""

    key = "error-token"

    def __init__(self) -> None:
        super().__init__(
            "Discord refuses the token: make a new one under Bot > Reset Token in the Developer Portal "
            "and set it as DISCORD_TOKEN"
        )
