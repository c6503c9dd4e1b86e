"""Documents that this program can't read, remembered by their bytes.

A refusal for time, memory or a fault lies in the program as much as in the document. The same bytes aren't tried again
under any name, nor after they were gone for a time, until the program or the deadline changes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import PurePath
from typing import Final

from bot.intake.program import program_fingerprint
from bot.newsroom.rejections import Rejection, RejectReason
from bot.settings import IntakeSettings, SummarySettings
from bot.store import key_values
from bot.store.database import Store

__all__ = ["FEED_KIND", "REMEMBERED_REASONS", "Refusals", "kind_of_file"]

REMEMBERED_REASONS = frozenset(
    {RejectReason.TIMEOUT, RejectReason.TOO_COMPLEX, RejectReason.WORKER_DIED, RejectReason.INTERNAL_ERROR}
)
"""Reasons that lie in the program as much as in the document."""

FEED_KIND: Final = "feed"
"""Kind of the bytes of a feed that was fetched."""

_PREFIX: Final = "refused:"
"""Beginning of the names under which refusals are stored, followed by the bytes' hash and kind."""

_MAX_STORED: Final = 10_000
"""Refusals that are kept, the latest ones: some megabytes."""

_MAX_KIND: Final = 40
"""Characters of a kind: a name has at most 200, and no extension that is read is longer."""


def kind_of_file(path: str) -> str:
    """Return the kind of a file's bytes.

    The name decides on the reader, and another reader may be able to read the same bytes.
    """
    return PurePath(path).suffix.lower()[:_MAX_KIND]


class Refusals:
    """The refusals of the present program, kept in memory and in the store."""

    def __init__(
        self, store: Store, settings: IntakeSettings, summary: SummarySettings, clock: Callable[[], datetime]
    ) -> None:
        self._store, self._settings, self._engine, self._clock = store, settings, summary.engine, clock
        self._known: dict[str, Rejection] | None = None

    async def find(self, sha256: str, kind: str, size: int) -> Rejection | None:
        """Return the rejection of these bytes if it still holds, or None."""
        rejection = (await self.load()).get(_name(sha256, kind))
        return None if rejection is None or self.may_succeed_now(rejection, size) else rejection

    async def remember(self, sha256: str, kind: str, rejection: Rejection) -> Rejection:
        """Remember a rejection whose reason may lie in the program.

        Return it, then with the program's identity.
        """
        if rejection.reason not in REMEMBERED_REASONS:
            return rejection
        known, name = await self.load(), _name(sha256, kind)
        rejection = Rejection(rejection.reason, {**rejection.facts, "program": self._program()})
        async with self._store.writing() as conn:
            await key_values.set_value(conn, name, rejection.encode(), self._clock())
            if len(known) >= _MAX_STORED:
                await key_values.delete_oldest(conn, _PREFIX, keep=_MAX_STORED // 2)
        known[name] = rejection
        return rejection

    def may_succeed_now(self, rejection: Rejection, size: int) -> bool:
        """Return whether another version or other settings may read what was refused."""
        if rejection.reason not in REMEMBERED_REASONS:
            return False
        if rejection.facts.get("program") != self._program():
            return True
        if rejection.reason is RejectReason.TIMEOUT:
            return self._settings.parse_deadline(size) > float(rejection.facts["seconds"])
        return False

    def forget(self) -> None:
        """Forget what is in memory, as others may have changed the store."""
        self._known = None

    async def load(self) -> dict[str, Rejection]:
        """Return all refusals by name, read from the store if they aren't in memory."""
        if self._known is None:
            await asyncio.to_thread(program_fingerprint)  # reads the program's files, once
            async with self._store.reading() as conn:
                stored = await key_values.list_values(conn, _PREFIX)
            self._known = {name: Rejection.decode(value) for name, value in stored.items()}
        return self._known

    def _program(self) -> str:
        """Return an identity of the code that reads documents, and of the summarizer that it uses."""
        return f"{program_fingerprint()} {self._engine}"


def _name(sha256: str, kind: str) -> str:
    return f"{_PREFIX}{sha256}:{kind}"
