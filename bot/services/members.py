"""Members' mutes, and deletion of everything that is stored about a member.

A mute applies to what is chosen for the member (/catchup, /trending, /digest, their own digest), not to what they ask
for by name.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.errors import InputInvalid, NotFound
from bot.newsroom.filters import Filter
from bot.store import members, subscriptions
from bot.store.database import Store

__all__ = ["MemberService"]

_MAX_MUTE_LENGTH = 500
"""Characters of a muted filter: what the column holds."""


class MemberService:
    """Looks after members' mutes and data."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    async def mute(self, member_id: int, query: Filter, *, days: float | None = None) -> str:
        """Mute a filter for a member, for some days or until it is removed; return its normal form.

        Raises InputInvalid for a filter that matches everything or is too long.
        """
        text = str(query)
        if not text:
            raise InputInvalid("choose what to mute: a topic, a country or a filter", "error-mute-everything")
        if len(text) > _MAX_MUTE_LENGTH:
            raise InputInvalid(
                f"a mute has at most {_MAX_MUTE_LENGTH} characters", "error-mute-long", most=_MAX_MUTE_LENGTH
            )
        now = self._clock()
        async with self._store.writing() as conn:
            await members.add_mute(conn, member_id, text, now, now + timedelta(days=days) if days else None)
        return text

    async def unmute(self, member_id: int, query: Filter | None = None) -> list[str]:
        """Remove one mute, or all; return the normal forms of those removed. Raises NotFound."""
        async with self._store.writing() as conn:
            muted = [mute.filter for mute in await members.list_mutes(conn, member_id, self._clock())]
            removed = [text for text in muted if query is None or text == str(query)]
            if query is not None and not removed:
                raise NotFound("mute", str(query))
            for text in removed:
                await members.remove_mute(conn, member_id, text)
        return removed

    async def mutes(self, member_id: int) -> list[members.Mute]:
        """Return a member's mutes, ordered by filter."""
        async with self._store.reading() as conn:
            return await members.list_mutes(conn, member_id, self._clock())

    async def forget(self, member_id: int) -> None:
        """Delete a member's own digests with their deliveries, mutes, and last catch-up.

        Subscriptions that they made for a server stay with the server, without their name.
        """
        async with self._store.writing() as conn:
            await subscriptions.erase_member(conn, member_id, self._clock())
            await members.delete_member(conn, member_id)
