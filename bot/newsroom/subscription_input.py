"""A subscription as people type it: the one list of its settings.

Every setting is a field of `SubscriptionInput`; the field's `Setting` says how it is named, typed, checked, stored and
offered. Options of slash commands, the form, options of the command line, exported rows and /edit are derived from it.
The command line imports this module to show its help, so nothing here loads tables or models at import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, Self

import summarizers
from bot.errors import InputInvalid, UnknownName
from bot.i18n import LOCALES
from bot.newsroom.alerts import format_alerts, parse_alerts
from bot.newsroom.models import (
    DigestSize,
    DigestStyle,
    LatePolicy,
    Notification,
    PostMode,
    QuietPolicy,
    Rhythm,
    SectionOrder,
    Subscription,
    TalkMode,
)
from bot.newsroom.senders import sender_avatar, sender_name
from bot.newsroom.timezones import resolve_timezone
from bot.newsroom.typed_values import format_days, format_times, parse_days, parse_locale, parse_times

__all__ = [
    "MAX_EVENTS",
    "Setting",
    "SubscriptionInput",
    "parse_subscription",
    "setting",
    "settings_of",
    "update_subscription",
]

MAX_EVENTS = 25
"""Events in a digest at most: what fits in the messages that one slot may take."""

_MAX_SENTENCES = 10
"""Sentences in a summary at most: a longer one is no summary."""

_MAX_LATE_HOURS = 48
"""Hours by which a digest may be late at most; by then two newer ones have been due."""

_WEEK = 7
"""Days of a week."""

_ALL = ("all", "*")
"""Words that, as a filter, match everything."""


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting of a subscription: how it is named, typed, checked, stored and offered.

    `parse` turns typed values into what a Subscription stores under `attribute`, and raises InputInvalid, UnknownName
    or FilterInvalid; `format` is its inverse. Without `attribute` the setting is part of the filter.
    """

    help: str
    """What it means, for the command line; the catalogues have it for slash commands, under `option-<option>-about`."""
    name: str = ""
    """Its name on the command line and in exported rows, if not the field's."""
    option: str = ""
    """Its name in slash commands, if it has another there."""
    attribute: str | None = None
    parse: Callable[[Any], Any] = _same
    format: Callable[[Any], Any] = _same
    kind: Literal["text", "number", "channel", "role"] = "text"
    suggest: str | None = None
    """The list that completes it (see `bot.services.autocomplete.KINDS`)."""
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    repeatable: bool = False
    """On the command line it can be given several times."""
    editable: bool = True
    in_commands: bool = True
    in_own_digests: bool = False
    """/follow offers it."""
    in_cli: bool = True
    in_rows: bool = True
    server_only: bool = False
    """A member's own digest has no such setting."""


def setting(spec: Setting, **default: Any) -> Any:
    """Declare a field of `SubscriptionInput`; `default=` as for dataclasses.field."""
    return field(metadata={"setting": spec}, **default)


def _parse_story_languages(text: str) -> tuple[str, ...]:
    from bot.newsroom.reader_languages import parse_languages  # loads the filters

    return parse_languages(text)


def _format_story_languages(codes: tuple[str, ...]) -> str:
    from bot.newsroom.reader_languages import format_languages  # loads the filters

    return format_languages(codes)


def _parse_engine(name: str | None) -> str | None:
    if name is not None and name not in summarizers.ENGINES:
        raise UnknownName("engine", name, list(summarizers.ENGINES))
    return name


def _parse_number(least: int, most: int, problem: str, key: str) -> Callable[[int], int]:
    def parse(number: int) -> int:
        if not least <= number <= most:
            raise InputInvalid(problem, key)
        return number

    return parse


def _choice(kind: type[StrEnum], what: str, **spec: Any) -> Setting:
    """Return the Setting for one of a few values."""

    def parse(text: str) -> StrEnum:
        try:
            return kind(text.strip().lower())
        except ValueError:
            raise UnknownName(what, text, [each.value for each in kind]) from None

    return Setting(parse=parse, format=str, choices=tuple(each.value for each in kind), **spec)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionInput:
    """A subscription as people type it; everything but times, zone and channel has a default.

    `guild_id` is the server it belongs to, `member_id` whose own digest it is, `created_by` who created it.
    """

    times: str = setting(
        Setting(
            name="at",
            option="time",
            attribute="times",
            help="Local times, such as 08:00 or 08:00,18:30.",
            parse=parse_times,
            format=format_times,
            suggest="time",
            in_own_digests=True,
        )
    )
    timezone: str = setting(
        Setting(
            attribute="timezone",
            help="City, country or IANA time zone, such as Taipei or Asia/Taipei.",
            parse=resolve_timezone,
            suggest="timezone",
            in_own_digests=True,
        )
    )
    channel_id: int = setting(
        Setting(
            name="channel",
            attribute="channel_id",
            help="Channel id: in Discord, right-click the channel and choose Copy Channel ID.",
            kind="channel",
            server_only=True,
        )
    )
    country: str | None = setting(
        Setting(
            help="Country code, name, demonym or native name; repeatable.",
            suggest="country",
            repeatable=True,
            in_own_digests=True,
            in_rows=False,
        ),
        default=None,
    )
    topic: str | None = setting(
        Setting(
            help="Topic, such as politics; repeatable.",
            suggest="topic",
            repeatable=True,
            in_own_digests=True,
            in_rows=False,
        ),
        default=None,
    )
    filter: str | None = setting(
        Setting(
            help='Filter expression, such as country:jp,kr -topic:sport "sea drills" since:2d.', in_own_digests=True
        ),
        default=None,
    )
    days: str = setting(
        Setting(
            attribute="days",
            help="Days of the week: daily, mon-fri, or sat,sun.",
            parse=parse_days,
            format=format_days,
            suggest="days",
            in_own_digests=True,
        ),
        default="daily",
    )
    language: str = setting(
        Setting(
            attribute="language",
            help=f"Language of headings and buttons: {', '.join(LOCALES)}.",
            parse=parse_locale,
            suggest="language",
            in_own_digests=True,
        ),
        default="en",
    )
    stories: str = setting(
        Setting(
            attribute="stories",
            help="Languages of the stories, such as en or de,en; all for every language.",
            parse=_parse_story_languages,
            format=_format_story_languages,
            suggest="stories",
            in_own_digests=True,
        ),
        default="all",
    )
    sentences: int = setting(
        Setting(
            attribute="sentences",
            help=f"Sentences per summary, 1 to {_MAX_SENTENCES}.",
            parse=_parse_number(
                1,
                _MAX_SENTENCES,
                f"a summary has between 1 and {_MAX_SENTENCES} sentences",
                "error-sentences-range",
            ),
            kind="number",
            least=1,
            most=_MAX_SENTENCES,
        ),
        default=3,
    )
    limit: int = setting(
        Setting(
            attribute="limit",
            help=f"Stories per digest, 1 to {MAX_EVENTS}.",
            parse=_parse_number(1, MAX_EVENTS, f"a digest has between 1 and {MAX_EVENTS} stories", "error-limit-range"),
            kind="number",
            least=1,
            most=MAX_EVENTS,
        ),
        default=10,
    )
    engine: str | None = setting(
        Setting(
            attribute="engine",
            help="Summarizer: newsrank, lead, lexrank and others; an unknown name lists them.",
            parse=_parse_engine,
            in_commands=False,
        ),
        default=None,
    )
    look: str = setting(
        _choice(
            DigestStyle, "look", attribute="look", help="Look of the digest: front, cards, chart, embeds or plain."
        ),
        default=DigestStyle.FRONT.value,
    )
    sections: str = setting(
        _choice(
            SectionOrder,
            "order of sections",
            attribute="sections",
            help="Sections of the front page: by topic or by country.",
            in_own_digests=True,
        ),
        default=SectionOrder.TOPIC.value,
    )
    size: str = setting(
        _choice(
            DigestSize,
            "size",
            attribute="size",
            help="Length of the front page: short, normal or long.",
            in_own_digests=True,
        ),
        default=DigestSize.NORMAL.value,
    )
    late: str = setting(
        _choice(
            LatePolicy,
            "late policy",
            attribute="late",
            help="When a digest is missed: post it late, merge it into the next one, or skip it.",
        ),
        default=LatePolicy.POST.value,
    )
    late_hours: int = setting(
        Setting(
            attribute="late_hours",
            help=f"Hours by which a digest may be posted late, 0 to {_MAX_LATE_HOURS}.",
            parse=_parse_number(
                0, _MAX_LATE_HOURS, f"a digest can be at most {_MAX_LATE_HOURS} hours late", "error-late-range"
            ),
            kind="number",
            least=0,
            most=_MAX_LATE_HOURS,
            in_commands=False,
        ),
        default=2,
    )
    quiet: str = setting(
        _choice(
            QuietPolicy,
            "quiet policy",
            attribute="quiet",
            help="When there are no new stories: say so, skip the digest, or widen it to older stories.",
        ),
        default=QuietPolicy.SAY.value,
    )
    name: str | None = setting(
        Setting(
            attribute="sender_name",
            help="Name to post under instead of the bot's; needs Manage Webhooks.",
            parse=sender_name,
            server_only=True,
        ),
        default=None,
    )
    avatar: str | None = setting(
        Setting(
            attribute="sender_avatar",
            help="Link to the avatar to post with; needs Manage Webhooks.",
            parse=sender_avatar,
            server_only=True,
        ),
        default=None,
    )
    posts: str = setting(
        _choice(
            PostMode,
            "way of posting",
            attribute="posts",
            help="One post per digest, or one per event: a forum post or a message.",
        ),
        default=PostMode.DIGEST.value,
    )
    alerts: str = setting(
        Setting(
            attribute="alerts",
            help="Post an event at once when so many sources have it within an hour: 3, 3 quiet 22:00-07:00 max 5, or off.",
            parse=parse_alerts,
            format=format_alerts,
            suggest="alerts",
            in_own_digests=True,
        ),
        default="off",
    )
    role: int | None = setting(
        Setting(
            attribute="mention_role",
            help="Role id that a post mentions; in Discord choose the role, and @everyone for none.",
            kind="role",
            server_only=True,
        ),
        default=None,
    )
    notify: str = setting(
        _choice(
            Notification,
            "notification",
            attribute="notify",
            help="Posts notify as usual, or come silently.",
        ),
        default=Notification.NORMAL.value,
    )
    talk: str = setting(
        _choice(
            TalkMode,
            "kind of thread",
            attribute="talk",
            help="Threads for talk: none, one below the digest, or one below each story (with posts:event).",
            server_only=True,
        ),
        default=TalkMode.NONE.value,
    )
    every: str = setting(
        _choice(
            Rhythm,
            "rhythm",
            attribute="every",
            help="What a digest covers: what is new (day), or the week's events by weight, once a week (week).",
            in_own_digests=True,
        ),
        default=Rhythm.DAY.value,
    )
    guild_id: int | None = setting(
        Setting(
            name="guild",
            attribute="guild_id",
            help="Server ID, so that the server's managers can see and change the subscription.",
            kind="channel",
            editable=False,
            in_commands=False,
        ),
        default=None,
    )
    member_id: int | None = setting(
        Setting(
            name="member",
            attribute="member_id",
            help="Whose own digest it is.",
            kind="channel",
            editable=False,
            in_commands=False,
            in_cli=False,
        ),
        default=None,
    )
    created_by: int | None = None

    @property
    def own_digest(self) -> bool:
        """True for a member's own digest, sent by direct message."""
        return self.guild_id is None and self.member_id is not None

    @classmethod
    def of(cls, subscription: Subscription) -> Self:
        """Return the input that a subscription could have been created with."""
        values = {
            name: spec.format(getattr(subscription, spec.attribute))
            for name, spec in settings_of(cls)
            if spec.attribute is not None
        }
        return cls(**values, filter=subscription.filter, created_by=subscription.created_by)

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """Return the input that `to_row` wrote. Raises InputInvalid for an incomplete row."""
        values: dict[str, Any] = {}
        try:
            for name, spec in settings_of(cls):
                value = row.get(spec.name) if spec.in_rows else None
                if value is not None:
                    values[name] = str(value) if spec.kind == "text" else int(value)
            return cls(**values)
        except (ValueError, TypeError) as error:
            raise InputInvalid(
                f"a subscription can't be read ({error}); was the file written by `gazette export`?"
            ) from None

    def to_row(self) -> dict[str, str | int | None]:
        """Return the settings by their names in rows; ids as strings, exact in every JSON reader."""
        row = {}
        for name, spec in settings_of(type(self)):
            if spec.in_rows:
                value = getattr(self, name)
                row[spec.name] = str(value) if spec.kind in ("channel", "role") and value is not None else value
        return row


def settings_of(model: type[SubscriptionInput] = SubscriptionInput) -> Iterator[tuple[str, Setting]]:
    """Return the fields that are settings, in order, each with its Setting; names are filled in."""
    for each in fields(model):
        spec: Setting | None = each.metadata.get("setting")
        if spec is not None:
            name = spec.name or each.name
            yield each.name, replace(spec, name=name, option=spec.option or name)


def parse_subscription(given: SubscriptionInput, now: datetime) -> Subscription:
    """Return the subscription, with id 0, that is asked for; its slots count from `now` on.

    Raises InputInvalid, UnknownName or FilterInvalid, each of which says what would work instead.
    """
    if given.channel_id <= 0 and not given.own_digest:  # direct messages get their channel when one is opened
        raise InputInvalid(
            f"{given.channel_id} is not a channel's id; copy it in Discord with Copy Channel ID", "error-channel-id"
        )
    values: dict[str, Any] = {
        spec.attribute: spec.parse(getattr(given, name))
        for name, spec in settings_of(type(given))
        if spec.attribute is not None and not (spec.server_only and given.own_digest)
    }
    from bot.newsroom.filters import Filter  # loads the names of countries and topics

    values = _checked_rhythm(values)
    if values.get("talk") is TalkMode.STORY and values["posts"] is not PostMode.EVENT:
        raise InputInvalid("a thread for each story needs a post for each: posts:event", "error-talk-story")
    if values.get("mention_role") == given.guild_id:  # the id of @everyone, which stands for no role
        values["mention_role"] = None
    query = Filter.of(country=given.country, topic=given.topic, text=given.filter)
    return Subscription(
        **{"channel_id": given.channel_id, **values},
        id=0,
        filter=str(query),
        created_at=now,
        after=now,
        created_by=given.created_by,
    )


def _checked_rhythm(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with the one day of a weekly digest, Monday unless another was chosen.

    Raises InputInvalid for several days or times.
    """
    if values["every"] is not Rhythm.WEEK:
        return values
    days = values["days"]
    if len(days) == _WEEK:
        days = (1,)
    if len(days) != 1 or len(values["times"]) != 1:
        raise InputInvalid("a weekly digest has one day and one time: days:mon time:08:00", "error-weekly")
    return {**values, "days": days}


def update_subscription(
    subscription: Subscription, changes: Mapping[str, str | int | None], now: datetime
) -> Subscription:
    """Return a subscription with some settings changed, by `SubscriptionInput`'s field names.

    None leaves a setting as it is. `country` and `topic` each replace that part of the filter, `filter` replaces all
    of it; `all` matches everything. `-` as `name` or `avatar` removes it. With other times, days or another zone, slots
    count from `now` on. Raises as `parse_subscription`.
    """
    given = {name: value for name, value in changes.items() if value is not None}
    if not given:
        raise InputInvalid("choose what to change, for example the time", "error-nothing-to-change")
    editable = [name for name, spec in settings_of() if spec.editable]
    for name in given:
        if name not in editable:
            raise UnknownName("option", name, editable)
    current = SubscriptionInput.of(subscription)
    if "filter" in given:
        if str(given["filter"]).strip().casefold() in _ALL:
            given["filter"] = ""
    elif "country" in given or "topic" in given:
        from bot.newsroom.filters import Filter  # loads the names of countries and topics

        current = replace(current, filter=str(Filter.parse(subscription.filter).without_keys(*given)))
    if subscription.every is Rhythm.WEEK and given.get("every") == Rhythm.DAY.value and "days" not in given:
        current = replace(current, days="daily")
    values: dict[str, Any] = given
    changed = parse_subscription(replace(current, **values), now)
    same_slots = all(getattr(changed, name) == getattr(subscription, name) for name in ("times", "days", "timezone"))
    return replace(
        changed,
        id=subscription.id,
        created_at=subscription.created_at,
        after=subscription.after if same_slots else now,
        paused_at=subscription.paused_at,
        pause_reason=subscription.pause_reason,
    )
