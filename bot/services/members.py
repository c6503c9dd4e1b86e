"""Members' mutes, and deletion of everything that is stored about a member.

A mute applies to what is chosen for the member (/catchup, /trending, /digest, their own digest), not to what they ask
for by name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.errors import InputInvalid, NotMuted, UnknownName
from bot.newsroom.filters import Filter
from bot.newsroom.reader_languages import format_languages, parse_languages
from bot.newsroom.taste import Taste, dump_taste, load_taste, moved_taste
from bot.store import members, subscriptions
from bot.store.database import Store
from summarizers.labels.topic_table import topic_table

__all__ = ["TASTE_SETTING", "MemberService"]

TASTE_SETTING = "taste"
"""Name of the setting that has the topics of which a member asked for more or less."""

_STORY_LANGUAGES = "stories"
"""Name of the setting that has the languages of a member's stories."""

_MAX_MUTES = 100
"""Mutes that one member can have: enough for anyone, and a digest without them all takes no second."""

_MAX_MUTE_LENGTH = 500
"""Characters of a muted filter: what the column holds."""


class MemberService:
    """Looks after members' mutes and data."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    async def mute(self, member_id: int, query: Filter, *, days: float | None = None) -> str:
        """Mute a filter for a member, for some days or until it is removed; return its normal form.

        Raises InputInvalid for a filter that matches everything or is too long, and for one mute too many.
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
            muted = {each.filter for each in await members.list_mutes(conn, member_id, now)}
            if text not in muted and len(muted) >= _MAX_MUTES:
                raise InputInvalid(
                    f"you have {_MAX_MUTES} mutes already; /unmute one first", "error-mutes-most", most=_MAX_MUTES
                )
            await members.add_mute(conn, member_id, text, now, now + timedelta(days=days) if days else None)
        return text

    async def unmute(self, member_id: int, query: Filter | None = None) -> list[str]:
        """Remove one mute, or all; return the normal forms of those removed. Raises NotFound."""
        async with self._store.writing() as conn:
            muted = [mute.filter for mute in await members.list_mutes(conn, member_id, self._clock())]
            removed = [text for text in muted if query is None or text == str(query)]
            if query is not None and not removed:
                raise NotMuted(str(query))
            for text in removed:
                await members.remove_mute(conn, member_id, text)
        return removed

    async def mutes(self, member_id: int) -> list[members.Mute]:
        """Return a member's mutes, ordered by filter."""
        async with self._store.reading() as conn:
            return await members.list_mutes(conn, member_id, self._clock())

    async def story_languages(self, member_id: int) -> tuple[str, ...] | None:
        """Return the languages of stories that a member chose, () for all; None without a choice."""
        async with self._store.reading() as conn:
            stored = await members.get_setting(conn, member_id, _STORY_LANGUAGES)
        return parse_languages(stored) if stored is not None else None

    async def choose_story_languages(self, member_id: int, codes: Sequence[str]) -> None:
        """Remember the languages of the stories that are chosen for a member; () for all."""
        async with self._store.writing() as conn:
            await members.set_setting(conn, member_id, _STORY_LANGUAGES, format_languages(codes))

    async def taste(self, member_id: int) -> Taste:
        """Return the topics of which a member asked for more or less in their own digests."""
        async with self._store.reading() as conn:
            return load_taste(await members.get_setting(conn, member_id, TASTE_SETTING))

    async def ask_for(self, member_id: int, topic: str, *, more: bool) -> Taste:
        """Move a topic by a step in the member's own digests; return all of their taste.

        Raises UnknownName for text that is no topic's slug.
        """
        if topic not in topic_table():
            raise UnknownName("topic", topic)
        async with self._store.writing() as conn:
            taste = moved_taste(load_taste(await members.get_setting(conn, member_id, TASTE_SETTING)), topic, more=more)
            await members.set_setting(conn, member_id, TASTE_SETTING, dump_taste(taste))
        return taste

    async def reset_taste(self, member_id: int) -> None:
        """Forget what the member asked for more or less of."""
        async with self._store.writing() as conn:
            await members.set_setting(conn, member_id, TASTE_SETTING, dump_taste({}))

    async def forget(self, member_id: int) -> None:
        """Delete a member's own digests, mutes, languages, taste, and last catch-up.

        Subscriptions that they made for a server stay with the server, without their name.
        """
        async with self._store.writing() as conn:
            await subscriptions.erase_member(conn, member_id, self._clock())
            await members.delete_member(conn, member_id)
