"""Withholding: stories and events that the editor takes back, for good or until a time.

A legal demand, an embargo, a mistake. Who withheld what and why is the operator's to see, never a member's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.errors import InputInvalid, NotFound
from bot.newsroom.models import event_name, story_name
from bot.newsroom.timezones import zone
from bot.services.ids import require_id
from bot.store import withholdings
from bot.store.database import Store, StoreConnection
from bot.store.due_withholdings import due_withholdings
from bot.store.withholdings import Withholding

__all__ = ["Released", "Withheld", "Withholding", "WithholdingService", "release_due", "target_name"]

log = structlog.get_logger()

_SCHEDULE: Final = "schedule"
"""Who ends a withholding at the time that it was given."""

_MAX_REASON: Final = 1000
"""Characters of a reason: a paragraph, and not a document."""

_SPAN: Final = re.compile(r"(\d{1,5})\s*([hdw])", re.ASCII)
_SPAN_UNITS: Final = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


@dataclass(frozen=True, slots=True)
class Withheld:
    """The result of withholding: what is hidden now, and how many posted messages told it.

    `left` are the ids of the events' other reports, which stay.
    """

    withholding: Withholding
    hidden: tuple[int, ...]
    messages: int
    left: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Released:
    """The withholdings that ended, and the stories that are visible again."""

    withholdings: tuple[Withholding, ...]
    visible: tuple[int, ...]


class WithholdingService:
    """Withholds and releases stories and events; `timezone` is that of times without one."""

    def __init__(self, store: Store, clock: Callable[[], datetime], timezone: str) -> None:
        self._store, self._clock, self._timezone = store, clock, timezone

    async def withhold(
        self, identity: str, *, by: str, reason: str | None = None, until: str | None = None
    ) -> Withheld:
        """Withhold a story (s12) or an event (e12), until a time or until it is released.

        Withholding it again replaces its time and reason. Raises InputInvalid for an id without its letter, and for a
        time that can't be read or is over; NotFound.
        """
        kind, number = _require_kind(identity)
        now = self._clock()
        end = self._parse_until(until, now) if until is not None else None
        why = _clean_reason(reason)
        async with self._store.writing(durable=True) as conn:
            found = await withholdings.find_target(conn, kind, number)
            if found is None:
                raise NotFound(kind, identity)
            target, story_ids = found
            former = [each.id for each in await _active(conn, kind, target)]
            visible = await withholdings.visible_ids(conn, story_ids)
            created = await withholdings.add_withholding(
                conn, kind, target, story_ids, made_by=by, now=now, reason=why, until=end
            )
            if former:
                await withholdings.release(conn, former, released_by=by, now=now, reason="replaced")
            (made,) = await withholdings.list_withholdings(conn, numbers=[created])
            messages = await withholdings.count_messages(conn, story_ids)
            left = await withholdings.reports_left(conn, story_ids)
        return Withheld(made, visible, messages, tuple(left))

    async def release(self, identity: str, *, by: str, reason: str | None = None) -> Released:
        """End the withholding of a story or event.

        Raises InputInvalid for what is withheld only as a copy or with its event, and NotFound.
        """
        kind, number = _require_kind(identity)
        now, why = self._clock(), _clean_reason(reason)
        async with self._store.writing(durable=True) as conn:
            found = await withholdings.find_target(conn, kind, number)
            target = found[0] if found is not None else number
            ending = await _active(conn, kind, target) or await _active(conn, kind, -number)
            if not ending:
                covering = await withholdings.covering(conn, found[1] if found is not None else [number])
                raise await _not_withheld(conn, identity, {each for ids in covering.values() for each in ids})
            numbers = [each.id for each in ending]
            visible = await withholdings.release(conn, numbers, released_by=by, now=now, reason=why)
            ended = await withholdings.list_withholdings(conn, active_only=False, numbers=numbers)
        return Released(tuple(ended), visible)

    async def list_withholdings(self, *, active_only: bool = True) -> list[Withholding]:
        """Return what is withheld, the newest first; with the log of what was, if asked."""
        async with self._store.reading() as conn:
            return await withholdings.list_withholdings(conn, active_only=active_only)

    async def explain(self, identity: str) -> list[Withholding]:
        """Return the active withholdings of a story or event, its own and those that cover it."""
        kind, number = require_id(identity)
        async with self._store.reading() as conn:
            numbers: set[int] = set()
            for each in [kind] if kind is not None else ["story", "event"]:
                found = await withholdings.find_target(conn, each, number)
                story_ids = found[1] if found is not None else ([number] if each == "story" else [])
                for covering in (await withholdings.covering(conn, story_ids)).values():
                    numbers.update(covering)
            return await withholdings.list_withholdings(conn, numbers=sorted(numbers)) if numbers else []

    def _parse_until(self, typed: str, now: datetime) -> datetime:
        """Return the time at which a withholding ends."""
        text = typed.strip()
        try:
            if found := _SPAN.fullmatch(text.casefold()):
                end = now + int(found[1]) * _SPAN_UNITS[found[2]]
            else:
                end = datetime.fromisoformat(text)
                if end.tzinfo is None:
                    end = end.replace(tzinfo=zone(self._timezone))
        except (ValueError, OverflowError):
            raise InputInvalid(
                f"--until {typed!r} is not a time; write 2026-11-01T08:00+08:00, or 12h, 2d, 1w from now"
            ) from None
        if end <= now:
            here = now.astimezone(end.tzinfo)
            raise InputInvalid(
                f"--until {typed!r} is in the past: it is already {here:%Y-%m-%d %H:%M} ({here.tzname()})"
            )
        return end


async def release_due(store: Store, now: datetime) -> int:
    """End the withholdings whose time is over; return how many.

    Each ends at its own time, so that the digest of that very time has the stories. One query while there are none.
    """
    async with store.reading() as conn:
        due = await due_withholdings(conn, now)
    if not due:
        return 0
    async with store.writing(durable=True) as conn:
        due = await due_withholdings(conn, now)
        for number, until in due.items():
            await withholdings.release(conn, [number], released_by=_SCHEDULE, now=until)
    for number, until in due.items():
        log.info("withholding.released", withholding=number, until=until.isoformat())
    return len(due)


async def _active(conn: StoreConnection, kind: str, target: int) -> list[Withholding]:
    """Return the active withholdings of a target and of events that were merged into it."""
    same = []
    for each in await withholdings.list_withholdings(conn):
        current = each.target_id
        if each.kind == kind == "event" and current != target:
            found = await withholdings.find_target(conn, kind, current)
            current = found[0] if found is not None else current
        if (each.kind, current) == (kind, target):
            same.append(each)
    return same


def _require_kind(identity: str) -> tuple[str, int]:
    kind, number = require_id(identity)
    if kind is None:
        raise InputInvalid(f"write {story_name(number)} for the story or {event_name(number)} for the event")
    return kind, number


def _clean_reason(reason: str | None) -> str | None:
    cleaned = " ".join(reason.split()) if reason else ""
    if len(cleaned) > _MAX_REASON:
        raise InputInvalid(f"a reason has at most {_MAX_REASON:,} characters")
    return cleaned or None


async def _not_withheld(conn: StoreConnection, identity: str, covering: set[int]) -> Exception:
    """Return the error for something that isn't withheld itself."""
    others = await withholdings.list_withholdings(conn, numbers=sorted(covering)) if covering else []
    if not others:
        return NotFound("withheld story or event", identity)
    names = " and ".join(target_name(each) for each in others)
    return InputInvalid(f"{identity} is withheld with {names}: release that")


def target_name(withholding: Withholding) -> str:
    """Return the id of what is withheld, as people type it.

    What is in another database only has a negative number here, and is named as there.
    """
    name = story_name if withholding.kind == "story" else event_name
    return name(abs(withholding.target_id))
