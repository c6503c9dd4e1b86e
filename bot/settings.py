"""The program's options, with their types, bounds, defaults and descriptions.

Later sources win: config/gazette.toml, environment (GAZETTE_SECTION__OPTION), flags. Settings are built once by the
command line and passed down in parts; nothing else reads the environment. config/gazette.toml is generated from these
classes (`make fix`), and a test compares the two. An invalid option is reported with the source that set it and the
nearest known name, which pydantic-settings doesn't give (docs/decisions/0017-libraries-not-adopted.md).
"""

from __future__ import annotations

import difflib
import os
import re
import sys
import textwrap
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, Field, PrivateAttr, SecretStr, ValidationError, field_validator

from bot.database_url import normalize_database_url, secrets_of_database_url
from bot.errors import SettingsInvalid
from bot.newsroom.models import DigestSize, SectionOrder
from bot.newsroom.sample_news import SamplePolicy
from summarizers.summarization.registry import ENGINES

__all__ = [
    "LONGEST_LEASE_SECONDS",
    "BackupSettings",
    "DeliverySettings",
    "DigestSettings",
    "DiscordSettings",
    "IntakeSettings",
    "LogSettings",
    "MailSettings",
    "RetentionSettings",
    "Settings",
    "StoreSettings",
    "SummarySettings",
    "WatchSettings",
    "WebSettings",
    "load_settings",
    "render_commented_toml",
    "render_toml",
    "secrets_of_addresses",
]


LONGEST_LEASE_SECONDS: Final = 30
"""Longest lease that can be set: a digest is at most that late when its host dies."""


class _Section(BaseModel, frozen=True, extra="forbid", defer_build=True):
    """A table of the configuration file; its docstring heads it there.

    Validators are built on first use: `Settings` has one for all sections, and theirs would double the start.
    """


class IntakeSettings(_Section):
    """Sources of news, and limits on reading them."""

    enabled: bool = Field(
        default=True,
        description="Whether `gazette run` reads news. Turn it off where `gazette watch` does, as a process of its own.",
    )
    seeds: Path = Field(default=Path("seeds"), description="Folder whose files are read. GAZETTE_SEEDS sets it, too.")
    samples: SamplePolicy = Field(
        default=SamplePolicy.AUTO,
        description=(
            "The invented news that comes in seeds: auto reads it until a token is set or there is other news, show "
            "always, hide never."
        ),
    )
    interval_seconds: float = Field(
        default=30,
        gt=0,
        le=86400,
        description="Seconds between full scans of the folder. Most changes are noticed at once anyway.",
    )
    quiet_seconds: float = Field(
        default=2,
        ge=0,
        le=600,
        description="Seconds without a change before a file is read, so that half-written files are left alone.",
    )
    max_bytes: int = Field(
        default=20_000_000, ge=1000, le=2_000_000_000, description="Largest file in bytes; larger ones are rejected."
    )
    parse_seconds: float = Field(
        default=10, gt=0, le=86400, description="Seconds that reading and analysing one file may take."
    )
    parse_seconds_per_megabyte: float = Field(
        default=5,
        ge=0,
        le=86400,
        description="Seconds added for each megabyte of the file. A file that takes longer is rejected.",
    )
    workers: int = Field(
        default=0,
        ge=0,
        le=64,
        description="Processes that read and analyse files; 0 uses all cores but one.",
    )
    dask: str = Field(
        default="", description="Address of a Dask scheduler to analyse on instead, such as tcp://host:8786."
    )
    dask_wait_seconds: float = Field(
        default=30,
        ge=0,
        le=86400,
        description=(
            "Seconds for which `gazette ingest` waits for the Dask scheduler or its workers before it fails. "
            "`gazette run` and `gazette watch` wait for as long as it takes."
        ),
    )
    feeds: tuple[str, ...] = Field(
        default=(),
        repr=False,  # it may hold keys
        description="Addresses of RSS, Atom and JSON feeds. In GAZETTE_INTAKE__FEEDS, separate them with commas.",
    )
    dead_hours: float = Field(
        default=72,
        ge=0,
        le=24 * 365,
        description=(
            "Hours for which a source fails until the operator is told, once, that it is dead. 0 turns this off."
        ),
    )
    managers_add: bool = Field(
        default=False,
        description=(
            "Whether managers of a Discord server may add and remove sources with /sources. What they add is seen in "
            "their server alone."
        ),
    )
    oldest_days: float = Field(
        default=3,
        ge=0,
        le=36500,
        description=(
            "Days after which a feed's story is no news when it first comes: a feed that is added brings its archive. "
            "Such stories are found by search, but no digest has them. 0 posts them all."
        ),
    )
    private_hosts: tuple[str, ...] = Field(
        default=(),
        description=(
            "Hosts on your own network, as host or host:port, that feeds may redirect to or may move to. The host of "
            "a feed's own address needs no entry."
        ),
    )
    hold_hours: float = Field(
        default=1,
        ge=0,
        le=8760,
        description=(
            "Hours for which stories are kept when most files vanish at once, as when a disk isn't mounted; 0 "
            "withdraws them at once. `gazette ingest --yes` confirms that they were removed."
        ),
    )
    silence_hours: float = Field(
        default=24,
        ge=0,
        le=8760,
        description="Hours without new stories before the operator is warned; 0 never warns.",
    )

    @field_validator("private_hosts")
    @classmethod
    def _check_private_hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        from bot.newsroom.feed_addresses import address_fault

        for host in value:
            fault = "is more than a host" if re.search(r"[/?#@]", host) else address_fault(f"http://{host}")
            if fault is not None:
                raise ValueError(f"{host!r} {fault}; write host or host:port")
        return value

    @property
    def usable_feeds(self) -> tuple[str, ...]:
        """The feeds whose addresses can be fetched."""
        from bot.newsroom.feed_addresses import address_fault

        return tuple(address for address in self.feeds if address_fault(address) is None)

    def parse_deadline(self, size: int) -> float:
        """Return the seconds that a file of `size` bytes may take in a worker process."""
        return self.parse_seconds + self.parse_seconds_per_megabyte * size / 1_000_000


class StoreSettings(_Section):
    """The database."""

    url: SecretStr = Field(
        default=SecretStr(""),
        description=(
            "sqlite:///path or postgresql://user:password@host/name. Empty uses a SQLite file in your user data "
            "folder; a path that begins with / or . or ends in .sqlite3 or .db is one, too. DATABASE_URL sets it, too."
        ),
    )
    pool: int = Field(default=5, ge=1, le=50, description="Most connections to PostgreSQL at one time.")


class SummarySettings(_Section):
    """Summaries of stories."""

    engine: str = Field(
        default="newsrank",
        description="Summary engine: newsrank, lead, lexrank or another one; an unknown name lists them all.",
    )
    sentences: int = Field(default=3, ge=1, le=10, description="Sentences in a story's summary.")

    @field_validator("engine")
    @classmethod
    def _check_engine(cls, value: str) -> str:
        if value not in ENGINES:
            raise ValueError(f"there is no engine {value!r}; there are {', '.join(ENGINES)}")
        return value


class DigestSettings(_Section):
    """Digests; a subscription can override these options."""

    limit: int = Field(default=10, ge=1, le=25, description="Most events in a digest; a button opens the rest.")
    window_hours: float = Field(
        default=24,
        gt=0,
        le=8760,
        description="Hours that a digest without a subscription, or a subscription's first one, goes back.",
    )
    share: float = Field(
        default=0.5,
        gt=0,
        le=1,
        description="Largest share of a digest that one country or topic may take while others have news.",
    )
    timezone: str = Field(default="UTC", description="Time zone (IANA name) of digests that belong to no subscription.")
    per_server: int = Field(
        default=200, ge=1, le=10_000, description="Most subscriptions that the managers of one server can create."
    )
    per_channel: int = Field(default=50, ge=1, le=10_000, description="Most subscriptions that post in one channel.")
    sections: SectionOrder = Field(
        default=SectionOrder.TOPIC,
        description="Sections of the front page where no subscription says otherwise: topic or country.",
    )
    size: DigestSize = Field(
        default=DigestSize.NORMAL,
        description="Length of the front page where no subscription says otherwise: short, normal or long.",
    )
    pictures: bool = Field(
        default=True,
        description=(
            "Whether cards and embeds show the picture that a source gives with a story, small and by its address: "
            "Discord fetches it, Gazette never does."
        ),
    )

    @field_validator("timezone")
    @classmethod
    def _check_timezone(cls, value: str) -> str:
        from bot.newsroom.timezones import zone

        zone(value)
        return value


class DeliverySettings(_Section):
    """Posting of digests."""

    tick_seconds: float = Field(default=5, gt=0, le=300, description="Seconds between checks for due digests.")
    rate_per_second: float = Field(
        default=48,
        gt=0,
        le=1000,
        description="Most requests to Discord in a second, over all channels. Discord allows a bot 50.",
    )
    concurrency: int = Field(default=64, ge=1, le=1000, description="Most channels posted to at one time.")
    attempts: int = Field(default=8, ge=1, le=100, description="Attempts to post a message before giving up.")
    lease_seconds: float = Field(
        default=15,
        ge=2,
        le=LONGEST_LEASE_SECONDS,
        description="Seconds without a heartbeat before another process takes over.",
    )


class DiscordSettings(_Section):
    """The connection to Discord."""

    token: SecretStr = Field(
        default=SecretStr(""), description="The bot's token. Set DISCORD_TOKEN rather than writing it here."
    )
    api_base: str = Field(
        default="",
        description=(
            "Another address for Discord's API, such as that of a proxy (nirn) or a test server. DISCORD_API_BASE "
            "sets it, too."
        ),
    )
    shards: str = Field(
        default="",
        description="Shards that this process runs: 0-3/8 for 0 to 3 of 8. Empty runs as many as Discord recommends.",
    )
    operator_channel: int = Field(
        default=0, ge=0, description="ID of the channel for warnings to the operator; 0 only logs them."
    )
    code_link: str = Field(default="", description="Address of the program's code, which /about links to.")
    help_link: str = Field(default="", description="Address of a page or server with help, which /about links to.")
    privacy_link: str = Field(default="", description="Address of the privacy policy, which /about links to.")

    @field_validator("code_link", "help_link", "privacy_link")
    @classmethod
    def _check_link(cls, value: str) -> str:
        from urllib.parse import urlsplit

        address = urlsplit(value)
        fits = address.scheme in ("http", "https") and address.hostname and len(value) <= _LONGEST_LINK
        if value and (not fits or any(each.isspace() for each in value)):
            raise ValueError(
                f"write a web address such as https://example.org/help, of at most {_LONGEST_LINK} characters"
            )
        return value


class RetentionSettings(_Section):
    """Deletion of old stories."""

    days: float = Field(default=365, ge=0, le=36500, description="Days before a story is deleted; 0 keeps all.")
    max_stories: int = Field(
        default=0, ge=0, description="Most stories kept; beyond that, the oldest are deleted. 0 sets no limit."
    )


class BackupSettings(_Section):
    """Automatic backups of the database."""

    every_hours: float = Field(
        default=24, ge=0, le=8760, description="Hours between two automatic backups; 0 turns them off."
    )
    keep: int = Field(default=7, ge=1, le=1000, description="Automatic backups that are kept; older ones are deleted.")
    folder: Path | None = Field(
        default=None,
        description=(
            "Folder for them. Empty uses the folder backups beside a SQLite file, and makes none of PostgreSQL."
        ),
    )

    @field_validator("folder", mode="before")
    @classmethod
    def _read_folder(cls, value: Any) -> Any:
        return value or None


class WatchSettings(_Section):
    """Health checks and metrics, for monitoring."""

    host: str = Field(default="127.0.0.1", description="Address on which /healthz and /metrics are served.")
    port: int = Field(
        default=9464,
        ge=0,
        le=65535,
        description="Port for both; 0 turns them off.",
    )
    ports: int = Field(
        default=10,
        ge=1,
        le=100,
        description=(
            "Ports to try, from that one on: each process on a host serves its own, and the log says on which port."
        ),
    )


class WebSettings(_Section):
    """The web edition: the paper in a browser."""

    enabled: bool = Field(default=False, description="Whether `gazette run` serves it, too. `gazette web` always does.")
    host: str = Field(
        default="127.0.0.1",
        description=(
            "Address on which it is served. On any but this machine's own, set public or secret, too: nothing is shown "
            "to strangers by mistake."
        ),
    )
    port: int = Field(default=8080, ge=1, le=65535, description="Port on which it is served.")
    public: bool = Field(default=False, description="Whether everybody who can reach it may read it.")
    secret: SecretStr = Field(
        default=SecretStr(""), description="A password that readers have to type, shared by all of them."
    )
    address: str = Field(
        default="",
        description=(
            "Address under which readers reach it, such as https://news.example.org: for links in feeds and digests, "
            "and the only host name that it answers to."
        ),
    )
    title: str = Field(default="Gazette", min_length=1, max_length=60, description="Name of the paper.")
    indexed: bool = Field(default=False, description="Whether search engines may list its pages.")
    full_texts: tuple[str, ...] = Field(
        default=(),
        description=(
            "Publishers, as stories name them, whose terms allow that whole texts are shown. All others are shown by "
            "headline, summary and link. For a feed, `gazette sources change --terms full` says so."
        ),
    )

    @field_validator("address")
    @classmethod
    def _check_address(cls, value: str) -> str:
        from bot.newsroom.web_hosts import site_address

        address = site_address(value) if value.strip() else ""
        if address is None:
            raise ValueError("write an address such as https://news.example.org, without a path")
        return address


class MailSettings(_Section):
    """Digests by mail, with `gazette digest --mail`."""

    host: str = Field(default="", description="The SMTP server's host; without one, no mail is sent.")
    port: int = Field(default=587, ge=1, le=65535, description="Its port: 587, or 465 with implicit TLS.")
    tls: Literal["starttls", "implicit", "none"] = Field(
        default="starttls",
        description="starttls, implicit, or none: the last one only for a server on this machine, and without a user.",
    )
    user: str = Field(default="", description="User name, where the server wants one.")
    password: SecretStr = Field(
        default=SecretStr(""), description="Its password. Set GAZETTE_MAIL__PASSWORD rather than writing it here."
    )
    sender: str = Field(
        default="", description='Sender, such as "Gazette <news@example.org>". Requests to unsubscribe come to it, too.'
    )
    timeout_seconds: float = Field(
        default=30, gt=0, le=600, description="Seconds without an answer of the server before a mail counts as failed."
    )

    @field_validator("sender")
    @classmethod
    def _check_sender(cls, value: str) -> str:
        from email.utils import parseaddr

        from bot.newsroom.mail_addresses import parse_mail_address

        if value.strip():
            parse_mail_address(parseaddr(value)[1])
        return value.strip()


class LogSettings(_Section):
    """The log, written to standard error."""

    level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Lowest level that is logged: debug, info, warning or error."
    )
    form: Literal["auto", "text", "json"] = Field(
        default="auto", description="text for people, json for programs; auto is text in a terminal and json elsewhere."
    )


class Settings(BaseModel, frozen=True, extra="forbid", defer_build=True):
    """All options, by section."""

    intake: IntakeSettings = Field(default_factory=IntakeSettings)
    store: StoreSettings = Field(default_factory=StoreSettings)
    summary: SummarySettings = Field(default_factory=SummarySettings)
    digest: DigestSettings = Field(default_factory=DigestSettings)
    delivery: DeliverySettings = Field(default_factory=DeliverySettings)
    discord: DiscordSettings = Field(default_factory=DiscordSettings)
    retention: RetentionSettings = Field(default_factory=RetentionSettings)
    backup: BackupSettings = Field(default_factory=BackupSettings)
    watch: WatchSettings = Field(default_factory=WatchSettings)
    web: WebSettings = Field(default_factory=WebSettings)
    mail: MailSettings = Field(default_factory=MailSettings)
    log: LogSettings = Field(default_factory=LogSettings)
    _feeds_source: str = PrivateAttr("default")

    @property
    def feed_faults(self) -> list[str]:
        """Feeds that are left out: where each is set, its place and beginning, and its fault."""
        from bot.newsroom.feed_addresses import address_fault, redact_address

        feeds = self.intake.feeds
        faults = ((number, each, address_fault(each)) for number, each in enumerate(feeds, 1))
        return [
            f"{self._feeds_source}: [intake] feeds: address {number} of {len(feeds)}, {redact_address(each)!r}, {fault}"
            for number, each, fault in faults
            if fault is not None
        ]

    @property
    def database_url(self) -> str:
        """The database's address in SQLAlchemy's form, with an async driver. Contains the password."""
        return normalize_database_url(self.store.url.get_secret_value())

    @property
    def secrets(self) -> tuple[str, ...]:
        """Texts that must never be logged or shown: tokens, passwords, and keys in addresses."""
        found = [self.discord.token.get_secret_value(), *secrets_of_database_url(self.store.url.get_secret_value())]
        found += [self.web.secret.get_secret_value(), self.mail.password.get_secret_value()]
        if self.intake.feeds:
            from bot.newsroom.feed_addresses import redact_address

            # A feed's address is a secret unless operators see all of it anyway.
            found += [address for address in self.intake.feeds if redact_address(address) != address]
        found += [
            *secrets_of_addresses(*self.intake.feeds, self.discord.api_base, self.intake.dask),
        ]
        return tuple(filter(None, found))


def secrets_of_addresses(*addresses: str) -> frozenset[str]:
    """Return passwords and keys in addresses of feeds, proxies and other servers."""
    if not any(addresses):
        return frozenset()
    from bot.newsroom.feed_addresses import address_secrets  # takes longer to import than all of this module

    return frozenset(secret for each in addresses for secret in address_secrets(each))


_LONGEST_LINK: Final = 512
"""Characters of the longest address that a button of Discord opens."""

_COMMENT_WIDTH: Final = 106
"""Characters in a line of the file's comments, so that it can be read in a terminal."""

_SECTIONS: dict[str, type[_Section]] = {
    "intake": IntakeSettings,
    "store": StoreSettings,
    "summary": SummarySettings,
    "digest": DigestSettings,
    "delivery": DeliverySettings,
    "discord": DiscordSettings,
    "retention": RetentionSettings,
    "backup": BackupSettings,
    "watch": WatchSettings,
    "web": WebSettings,
    "mail": MailSettings,
    "log": LogSettings,
}

_SECRET_OPTIONS: Final = frozenset({"token", "password", "url", "feeds", "api_base", "dask", "secret"})
"""Options that can hold a secret, whose values no message repeats."""

_SHORT_VARIABLES = {
    "DISCORD_TOKEN": ("discord", "token"),
    "DISCORD_API_BASE": ("discord", "api_base"),
    "DATABASE_URL": ("store", "url"),
    "GAZETTE_SEEDS": ("intake", "seeds"),
}


def load_settings(
    environ: Mapping[str, str] | None = None,
    *,
    config: Path | None = None,
    overrides: Mapping[str, Mapping[str, Any]] | None = None,
) -> Settings:
    """Read settings from file, environment and flags (`overrides`, by section).

    `config` defaults to GAZETTE_CONFIG, then to config/gazette.toml in the working folder if that exists. Raises
    SettingsInvalid with one line for each fault: option, where it was set, what is wrong.
    """
    environ = os.environ if environ is None else environ
    values: dict[str, dict[str, Any]] = {section: {} for section in _SECTIONS}
    origin: dict[tuple[str, str], str] = {}

    path = config or (Path(environ["GAZETTE_CONFIG"]) if environ.get("GAZETTE_CONFIG") else None)
    if path is None and Path("config/gazette.toml").is_file():
        path = Path("config/gazette.toml")
    if path is not None:
        for section, options in _read_toml(path).items():
            _check_section(section, str(path))
            if not isinstance(options, dict):
                raise SettingsInvalid(f"{path}: {section} must be a table, written as [{section}]")
            for option, value in options.items():
                _set_option(values, origin, section, option, value, str(path))

    for name, value in environ.items():
        if name.startswith("GAZETTE_") and "__" in name:
            section, option = name.removeprefix("GAZETTE_").lower().split("__", 1)
            _check_section(section, f"environment variable {name}")
            _set_option(
                values,
                origin,
                section,
                option,
                _parse_variable(section, option, value),
                f"environment variable {name}",
            )
    for name, (section, option) in _SHORT_VARIABLES.items():
        if environ.get(name):
            _set_option(values, origin, section, option, environ[name], f"environment variable {name}")
    for section, options in (overrides or {}).items():
        for option, value in options.items():
            _set_option(values, origin, section, option, value, "command line")

    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsInvalid("\n".join(_error_line(item, origin) for item in error.errors())) from None
    if settings.feed_faults:
        settings._feeds_source = origin.get(("intake", "feeds"), "default")
    return settings


def render_toml() -> str:
    """Return the text of config/gazette.toml: every option with its description and default."""
    lines = [
        "# Gazette's options and their defaults. Each can also be set in the environment, as GAZETTE_SECTION__OPTION.",
        "",
    ]
    for name, section in _SECTIONS.items():
        lines += [f"# {section.__doc__}", f"[{name}]"]
        for option, field in section.model_fields.items():
            lines += textwrap.wrap(field.description or "", _COMMENT_WIDTH, initial_indent="# ", subsequent_indent="# ")
            bounds = _bounds(field.metadata)
            if bounds:
                lines[-1] += f" ({bounds})"
            lines.append(f"{option} = {_toml_value(field.default)}")
        lines.append("")
    return "\n".join(lines)


def render_commented_toml() -> str:
    """Return `render_toml` with each option commented out.

    Where none is set, a later version's defaults apply.
    """
    lines = render_toml().split("\n")
    own = [f"#{line}" if line and not line.startswith(("#", "[")) else line for line in lines]
    return "\n".join(["# Remove the # before an option to set it.", *own])


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise SettingsInvalid(f"{path}: no such configuration file (GAZETTE_CONFIG or --config)") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsInvalid(f"{path}: can't be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsInvalid(f"{path}: is not valid TOML: {error}") from error


def _check_section(section: str, source: str) -> None:
    if section not in Settings.model_fields:
        raise SettingsInvalid(f"{source}: there is no section {section!r}{_nearest(section, Settings.model_fields)}")


def _set_option(
    values: dict[str, dict[str, Any]],
    origin: dict[tuple[str, str], str],
    section: str,
    option: str,
    value: Any,
    source: str,
) -> None:
    fields = _fields(section)
    if option not in fields:
        raise SettingsInvalid(f"{source}: [{section}] has no option {option!r}{_nearest(option, fields)}")
    values[section][option] = value
    origin[section, option] = source


def _fields(section: str) -> dict[str, Any]:
    return dict(_SECTIONS[section].model_fields)


def _parse_variable(section: str, option: str, value: str) -> object:
    """Return the value of an environment variable; lists are separated by commas."""
    field = _fields(section).get(option)
    if field is not None and isinstance(field.default, tuple):
        return tuple(word.strip() for word in value.split(",") if word.strip())
    return value


def _nearest(name: str, known: Mapping[str, object]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else f"; there are {', '.join(known)}"


def _error_line(item: Any, origin: Mapping[tuple[str, str], str]) -> str:
    section, option = (*map(str, item["loc"]), "", "")[:2]
    source = origin.get((section, option), "default")
    given = "" if option in _SECRET_OPTIONS else f", not {item['input']!r}"
    return f"{source}: [{section}] {option}: {item['msg']}{given}"


def _bounds(metadata: list[Any]) -> str:
    words = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    return ", ".join(f"{words[key]} {getattr(item, key):,}" for item in metadata for key in words if hasattr(item, key))


def _toml_value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{item}"' for item in value) + "]"
    if isinstance(value, SecretStr):
        return f'"{value.get_secret_value()}"'
    return f'"{"" if value is None else value}"'


def _main(arguments: list[str]) -> int:
    """Write the configuration file (`--write PATH`) or check it (`--check PATH`)."""
    action, path = arguments[0], Path(arguments[1])
    if action == "--write":
        path.write_text(render_toml(), "utf-8")
        return 0
    if path.is_file() and path.read_text("utf-8") == render_toml():
        return 0
    sys.stderr.write(f"{path} differs from bot/settings.py: run make fix\n")
    return 1


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
