"""What does somebody want to subscribe to? Their words, checked and turned into a subscription."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.errors import InputInvalid, UnknownName
from bot.i18n import negotiate
from bot.newsroom.filters import Filter
from bot.newsroom.models import LatePolicy, Look, QuietPolicy, Subscription
from bot.newsroom.slots import parse_days, parse_times
from bot.newsroom.zones import nearest, zone
from summarizers.engines import ENGINES

__all__ = ["Order", "read_order"]


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


def read_order(order: Order, now: datetime) -> Subscription:
    """The subscription (with id 0) that an order asks for; slots count from `now` on.

    Raises InputInvalid, UnknownName or FilterInvalid with what would do instead.
    """
    try:
        where = zone(order.timezone)
    except ValueError:
        raise UnknownName("time zone", order.timezone, nearest(order.timezone)) from None
    if order.channel_id <= 0:
        raise InputInvalid(f"{order.channel_id} is not a channel's id; copy it in Discord with Copy Channel ID")
    if not 1 <= order.sentences <= 10:
        raise InputInvalid("a summary has between 1 and 10 sentences")
    if not 1 <= order.limit <= 25:
        raise InputInvalid("a digest has between 1 and 25 stories")
    if not 0 <= order.late_hours <= 48:
        raise InputInvalid("a digest can be at most 48 hours late")
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
        look=_member(Look, order.look, "look"),
        late=_member(LatePolicy, order.late, "late policy"),
        late_hours=order.late_hours,
        quiet=_member(QuietPolicy, order.quiet, "policy for quiet days"),
    )


_Policy = TypeVar("_Policy", Look, LatePolicy, QuietPolicy)


def _member(kind: type[_Policy], value: str, what: str) -> _Policy:
    try:
        return kind(value.strip().lower())
    except ValueError:
        raise UnknownName(what, value, [str(item) for item in kind]) from None
