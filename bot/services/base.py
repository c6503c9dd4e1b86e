"""What do all parts of the desk stand on?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.errors import InputInvalid
from bot.newsroom.filters.parser import EVERYTHING, Filter
from bot.newsroom.filters.parser import Not as NotNode
from bot.newsroom.models import Digest, Event, StoryDetail, Subscription, parse_id
from bot.settings import DigestSettings
from bot.store import members
from bot.store.database import Store

__all__ = ["Answering", "Composition", "DigestMaker", "read_id", "without"]


class Composition(Protocol):
    """What came of a slot: a digest, or why there is none."""

    @property
    def digest(self) -> Digest | None:
        """None when there is nothing to post."""

    @property
    def reason(self) -> str:
        """Why there is none."""


class DigestMaker(Protocol):
    """Who composes: `bot.services.digests.Digests`."""

    async def now(
        self,
        wanted: Filter,
        *,
        since: str | None = None,
        limit: int | None = None,
        timezone: str = "UTC",
        language: str = "en",
    ) -> Digest:
        """The digest that somebody would get now."""

    async def catchup(
        self,
        wanted: Filter,
        since: datetime,
        *,
        limit: int | None = None,
        timezone: str = "UTC",
        language: str = "en",
    ) -> Digest:
        """What arrived since a moment."""

    async def for_slot(self, subscription: Subscription, slot_at: datetime) -> Composition:
        """What a subscription gets at a slot."""

    async def why(self, identity: str) -> tuple[Event, list[StoryDetail]]:
        """An event or story with its reports."""

    async def trending(self, wanted: Filter, limit: int) -> Sequence[Event]:
        """The events that rise fastest."""


class Answering:
    """Store, composer, settings and clock."""

    def __init__(
        self, store: Store, digests: DigestMaker, settings: DigestSettings, clock: Callable[[], datetime]
    ) -> None:
        self._store, self._digests, self._settings, self._clock = store, digests, settings, clock

    async def _muted(self, member_id: int | None) -> list[str]:
        """The filters, in normal form, that a member muted; none of nobody's."""
        if member_id is None:
            return []
        async with self._store.reading() as conn:
            return [mute.filter for mute in await members.list_mutes(conn, member_id, self._clock())]


def read_id(text: str) -> tuple[str | None, int]:
    """Kind ("story", "event" or None where unsaid) and number of an id as people type it. Raises InputInvalid."""
    found = parse_id(text)
    if found is None:
        raise InputInvalid(f"{text!r} is not an id; write s12 for a story or e34 for an event", "error-id", given=text)
    return found


def without(wanted: Filter, unwanted: Sequence[str]) -> Filter:
    """`wanted` less the stories that any filter of `unwanted`, in normal form, accepts."""
    for text in unwanted:
        hidden = Filter.parse(text)
        if hidden != EVERYTHING:
            wanted = wanted & Filter(hidden.node.node if isinstance(hidden.node, NotNode) else NotNode(hidden.node))
    return wanted
