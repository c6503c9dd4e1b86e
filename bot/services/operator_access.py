"""One-time links and sessions of the operator's page.

A link is good once and for some minutes. What it opens is a session, which ends by itself. The database has both only as hashes:
whoever reads it, or a backup, gets in by neither.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.store import key_values
from bot.store.database import Store

__all__ = ["LINK_LIFETIME", "SESSION_LIFETIME", "OperatorAccess"]

LINK_LIFETIME: Final = timedelta(minutes=15)
"""Time in which a link has to be opened: long enough to copy it to another machine."""

SESSION_LIFETIME: Final = timedelta(hours=12)
"""Time after which a new link is needed: a working day."""

_TOKEN_BYTES: Final = 32
"""Random bytes of a token, which nobody guesses."""

_MAX_TOKEN: Final = 200
"""Characters of a token that are looked at."""

_KEPT: Final = 20
"""Links and sessions that are kept, each: more than one operator opens in a day."""

_LINK: Final = "operator-link/"
_SESSION: Final = "operator-session/"


class OperatorAccess:
    """Makes links, exchanges them for sessions, and knows the sessions that are open."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    async def make_link(self) -> str:
        """Return the token of a new link."""
        return await self._issue(_LINK, LINK_LIFETIME)

    async def open_session(self, link: str) -> str | None:
        """Use up a link; return the token of a new session, or None if the link isn't good."""
        async with self._store.writing(durable=True) as conn:
            expires = await key_values.take_value(conn, _LINK + _hash(link))
        if expires is None or datetime.fromisoformat(expires) <= self._clock():
            return None
        return await self._issue(_SESSION, SESSION_LIFETIME)

    async def is_open(self, session: str) -> bool:
        """Return whether a token is that of an open session."""
        if not session:
            return False
        async with self._store.reading() as conn:
            expires = await key_values.get_value(conn, _SESSION + _hash(session))
        return expires is not None and self._clock() < datetime.fromisoformat(expires)

    async def close_session(self, session: str) -> None:
        """End a session."""
        async with self._store.writing() as conn:
            await key_values.take_value(conn, _SESSION + _hash(session))

    async def _issue(self, kind: str, lifetime: timedelta) -> str:
        token, now = secrets.token_urlsafe(_TOKEN_BYTES), self._clock()
        async with self._store.writing(durable=True) as conn:
            await key_values.set_value(conn, kind + _hash(token), (now + lifetime).isoformat(), now)
            await key_values.delete_oldest(conn, kind, keep=_KEPT)
        return token


def _hash(token: str) -> str:
    return hashlib.sha256(token[:_MAX_TOKEN].encode("utf-8", "replace")).hexdigest()
