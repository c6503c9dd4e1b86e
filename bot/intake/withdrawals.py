"""Withdrawals in bulk are held, since a disk may only be unmounted.

An unmounted disk looks like a folder whose files were all deleted.
A file that is gone, or can't be read any more, is withdrawn at once, unless that happened to most of the others, too,
or to the device it was on.
Those are kept until they have been missing for as long as the settings say, or until the operator confirms.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

__all__ = ["RecentWithdrawals", "WithdrawalPlan", "plan_withdrawals"]

_MIN_ALL: Final = 3
"""Files from which on the loss of all of them is held: a folder of one or two files is often emptied by hand."""

_MIN_MOST: Final = 10
"""Files from which on the loss of more than half is held: below that, half are a handful."""

_GRADUAL: Final = timedelta(minutes=10)
"""Time over which withdrawals add up: a large folder takes minutes to be emptied and is seen in parts meanwhile."""


@dataclass(frozen=True, slots=True)
class WithdrawalPlan:
    """The files to withdraw now, and those whose withdrawal begins to be held."""

    withdraw: tuple[str, ...]
    hold: tuple[str, ...]


@dataclass(slots=True)
class RecentWithdrawals:
    """Numbers of files that were withdrawn lately without having been held.

    They are stored between scans, so that one-shot reads count as one.
    """

    _counts: deque[tuple[datetime, int]] = field(default_factory=deque)

    @classmethod
    def decode(cls, stored: str) -> RecentWithdrawals:
        """Return what `encode` wrote."""
        return cls(deque((datetime.fromisoformat(at), int(count)) for at, count in json.loads(stored)))

    def encode(self) -> str:
        """Return the numbers as JSON."""
        return json.dumps([(at.isoformat(), count) for at, count in self._counts])

    def add(self, now: datetime, count: int) -> None:
        """Count files that are withdrawn now."""
        if count:
            self._counts.append((now, count))

    def total(self, now: datetime) -> int:
        """Return how many were withdrawn within the last minutes."""
        recent = [(at, count) for at, count in self._counts if timedelta() <= now - at <= _GRADUAL]
        self._counts = deque(recent)
        return sum(count for _, count in self._counts)


def plan_withdrawals(
    gone: Sequence[str],
    known: int,
    *,
    missing_since: Mapping[str, datetime],
    lost_folders: Collection[str] = (),
    recent: int = 0,
    rejected: Collection[str] = (),
    hold: timedelta,
    now: datetime,
) -> WithdrawalPlan:
    """Decide which of the files that are gone, of `known` ones, to withdraw and which to keep.

    `missing_since` has those that were held before; `lost_folders` are folders, "" or ending in a slash, whose device
    is another one now. `recent` files were withdrawn in the last minutes, and count as lost together with these.
    `rejected` ones of the known have no stories: that they stay doesn't mean that the others were deleted one by one.
    """
    with_stories = sum(path not in rejected for path in gone)
    bulk = _is_bulk(len(gone) + recent, known + recent)
    bulk = bulk or _is_bulk(with_stories + recent, known - len(rejected) + recent)
    withdraw, begin = [], []
    for path in gone:
        since = missing_since.get(path)
        if since is not None:
            if now - since >= hold:
                withdraw.append(path)
            elif since > now:  # the clock was put back; from now on it counts anew
                begin.append(path)
        elif hold and (bulk or path.startswith(tuple(lost_folders))):
            begin.append(path)
        else:
            withdraw.append(path)
    return WithdrawalPlan(tuple(withdraw), tuple(begin))


def _is_bulk(lost: int, known: int) -> bool:
    return (known >= _MIN_ALL and lost >= known) or (known >= _MIN_MOST and lost * 2 > known)
