"""A value for every option of a command, so that tests of all commands need no list of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.commands.types import Command, Option
from bot.newsroom.filters import Filter
from bot.newsroom.subscription_input import SubscriptionInput
from bot.services import Services

__all__ = ["SampleOptions", "prepare_samples"]

_MUTED = "topic:weather"

_BY_LIST: dict[str | None, str] = {
    "country": "JP",
    "topic": "conflict-war-and-peace",
    "since": "2d",
    "story": "s2",
    "event": "e2",
    "timezone": "Europe/Berlin",
    "time": "08:00",
    "days": "mon-fri",
    "language": "de",
    "mute": _MUTED,
    "command": "subscribe",
}
"""A value from each list that completes options."""

_BY_NAME = {"avatar": "https://example.org/lamp.png", "name": "The Lamp"}
"""A value for options that take only some texts."""


@dataclass(frozen=True, slots=True)
class SampleOptions:
    """Values that options accept, with the subscriptions that they name."""

    subscription_id: int
    own_digest_id: int

    def of(self, command: Command) -> dict[str, Any]:
        """Return a value for each option of a command but channels, which stand for where it is used."""
        return {option.name: self._value(option) for option in command.options if option.kind != "channel"}

    def line(self, command: Command) -> str:
        """Return a line of the console that uses all these options."""
        return " ".join([f"/{command.name}", *(f"{name}:{value!r}" for name, value in self.of(command).items())])

    def _value(self, option: Option) -> str | int:
        if option.choices:
            return option.choices[-1]
        if option.kind == "number":
            by_list = {"subscription": self.subscription_id, "follow": self.own_digest_id}
            return by_list.get(option.suggest or "", option.least or 1)
        return _BY_LIST.get(option.suggest) or _BY_NAME.get(option.name, "navies")


async def prepare_samples(services: Services, *, guild_id: int, channel_id: int, member_id: int) -> SampleOptions:
    """Create what commands can be about: a server's subscription, a member's own digest and mute."""
    subscription, _ = await services.subscriptions.create(
        SubscriptionInput(channel_id=channel_id, times="08:00", timezone="UTC", guild_id=guild_id, created_by=member_id)
    )
    own_digest, _ = await services.subscriptions.follow(
        SubscriptionInput(channel_id=0, times="08:00", timezone="UTC", member_id=member_id, topic="sport")
    )
    await services.members.mute(member_id, Filter.parse(_MUTED))
    return SampleOptions(subscription.id, own_digest.id)
