"""What does somebody want to subscribe to? Their words, checked and turned into a subscription."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.errors import InputInvalid, UnknownName
from bot.i18n import negotiate
from bot.newsroom.filters import Filter
from bot.newsroom.models import DigestStyle, LatePolicy, PostMode, QuietPolicy, Subscription
from bot.newsroom.schedule import parse_days, parse_times
from bot.newsroom.senders import sender_avatar, sender_name
from bot.newsroom.timezones import nearest, zone
from summarizers.summarization.registry import ENGINES

__all__ = ["FIELDS", "Order", "amend", "read_order"]


@dataclass(frozen=True, slots=True)
class Order:
    """A subscription as people write it; everything but channel, times and zone has a default."""

    channel_id: int
    times: str
    timezone: str
    guild_id: int | None = None
    member_id: int | None = None
    created_by: int | None = None
    country: str | None = None
    topic: str | None = None
    filter: str | None = None
    days: str = "daily"
    language: str = "en"
    sentences: int = 3
    limit: int = 10
    engine: str | None = None
    look: str = "components"
    late: str = "post"
    late_hours: int = 2
    quiet: str = "say"
    name: str | None = None
    avatar: str | None = None
    posts: str = "digest"


FIELDS = (
    *("channel_id", "times", "timezone", "country", "topic", "filter", "days", "language", "sentences", "limit"),
    *("engine", "look", "late", "late_hours", "quiet", "name", "avatar", "posts"),
)
"""What can be changed of an order that was placed."""


def read_order(order: Order, now: datetime) -> Subscription:
    """The subscription (with id 0) that an order asks for; slots count from `now` on.

    Raises InputInvalid, UnknownName or FilterInvalid with what would do instead.
    """
    where = _zone(order.timezone)
    personal = order.guild_id is None and order.member_id is not None
    if order.channel_id <= 0 and not personal:  # a member's direct messages get their channel when one is opened
        raise InputInvalid(
            f"{order.channel_id} is not a channel's id; copy it in Discord with Copy Channel ID", "error-channel-id"
        )
    _within(order.sentences, 1, 10, "a summary has between 1 and 10 sentences", "error-sentences-range")
    _within(order.limit, 1, 25, "a digest has between 1 and 25 stories", "error-limit-range")
    _within(order.late_hours, 0, 48, "a digest can be at most 48 hours late", "error-late-range")
    if order.engine is not None and order.engine not in ENGINES:
        raise UnknownName("engine", order.engine, list(ENGINES))
    wanted = Filter.of(country=order.country, topic=order.topic, text=order.filter)
    return Subscription(
        id=0,
        channel_id=order.channel_id,
        times=parse_times(order.times),
        timezone=where.key,
        created_at=now,
        after=now,
        guild_id=order.guild_id,
        member_id=order.member_id,
        created_by=order.created_by,
        days=parse_days(order.days),
        filter=str(wanted),
        language=negotiate(order.language),
        sentences=order.sentences,
        limit=order.limit,
        engine=order.engine,
        look=_member(DigestStyle, order.look, "look"),
        late=_member(LatePolicy, order.late, "late policy"),
        late_hours=order.late_hours,
        quiet=_member(QuietPolicy, order.quiet, "quiet policy"),
        sender_name=None if personal else sender_name(order.name),
        sender_avatar=None if personal else sender_avatar(order.avatar),
        posts=_member(PostMode, order.posts, "way of posting"),
    )


def amend(placed: Subscription, changes: Mapping[str, str | int | None], now: datetime) -> Subscription:
    """A subscription with some of it changed; `changes` by the names in FIELDS, None is left out.

    `country` and `topic` each replace that part of the filter, `filter` all of it; `all` accepts everything. `-` as `name` or `avatar` takes it away. Other times, days or another zone make slots count from `now` on. Raises as `read_order`.
    """
    given = {name: value for name, value in changes.items() if value is not None}
    if not given:
        raise InputInvalid("say what to change", "error-nothing-to-change")
    for name in given:
        if name not in FIELDS:
            raise UnknownName("option", name, list(FIELDS))
    order = Order(
        channel_id=placed.channel_id,
        times=",".join(f"{each:%H:%M}" for each in placed.times),
        timezone=placed.timezone,
        guild_id=placed.guild_id,
        member_id=placed.member_id,
        created_by=placed.created_by,
        filter=placed.filter,
        days=",".join(_DAYS[number - 1] for number in placed.days),
        language=placed.language,
        sentences=placed.sentences,
        limit=placed.limit,
        engine=placed.engine,
        look=placed.look.value,
        late=placed.late.value,
        late_hours=placed.late_hours,
        quiet=placed.quiet.value,
        name=placed.sender_name,
        avatar=placed.sender_avatar,
        posts=placed.posts.value,
    )
    if "filter" in given:
        order = replace(order, filter=None)
        if str(given["filter"]).strip().casefold() in ("all", "*"):
            given["filter"] = ""
    elif "country" in given or "topic" in given:
        order = replace(order, filter=_without(placed.filter, given))
    wanted = read_order(replace(order, **given), now)  # type: ignore[arg-type] # values are checked there
    same = (wanted.times, wanted.days, wanted.timezone) == (placed.times, placed.days, placed.timezone)
    return replace(
        wanted,
        id=placed.id,
        created_at=placed.created_at,
        after=placed.after if same else now,
        paused_at=placed.paused_at,
        pause_reason=placed.pause_reason,
    )


def _without(wanted: str, keys: Iterable[str]) -> str:
    """A filter less those of its conditions that name one of the keys."""
    return str(Filter.parse(wanted).without_keys(*keys))


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _zone(name: str) -> ZoneInfo:
    try:
        return zone(name)
    except ValueError:
        raise UnknownName("time zone", name, nearest(name)) from None


def _within(number: int, least: int, most: int, problem: str, key: str) -> None:
    if not least <= number <= most:
        raise InputInvalid(problem, key)


_Policy = TypeVar("_Policy", DigestStyle, LatePolicy, PostMode, QuietPolicy)


def _member(kind: type[_Policy], value: str, what: str) -> _Policy:
    try:
        return kind(value.strip().lower())
    except ValueError:
        raise UnknownName(what, value, [str(item) for item in kind]) from None
