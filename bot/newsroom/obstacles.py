"""Obstacles to posting: stable reasons, with facts, for unsent digests and pauses.

The store keeps reason and facts (`Obstacle.encode`); the catalogues have a message for each reason, under `reason-` and
its value. Nothing in the program reads a message back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.newsroom.reason_codec import Fact, decode_reason, encode_reason

__all__ = ["DeliveryReason", "Obstacle"]


class DeliveryReason(StrEnum):
    """Reasons for which a digest isn't posted; the values are kept in the database."""

    QUIET = "quiet"
    """There were no new stories."""
    LATE = "late"
    """Later than the subscription's hours allow."""
    LATE_SKIPPED = "late-skipped"
    """Late, and the subscription skips late digests."""
    LATE_MERGED = "late-merged"
    """Late, and the next digest includes it."""
    QUIET_HOURS = "quiet-hours"
    """An event that broke in the hours in which the subscription has no alerts; the next digest includes it."""
    ALERT_LIMIT = "alert-limit"
    """There were as many alerts that day as the subscription allows; the next digest includes it."""
    ALREADY_TOLD = "already-told"
    """The channel got the event meanwhile, in a digest or as another alert."""
    NOT_BREAKING = "not-breaking"
    """Too few sources have the event any more, or the subscription has no alerts any more."""
    PAUSED = "paused"
    UNSUBSCRIBED = "unsubscribed"
    CHANNEL_GONE = "channel-gone"
    PERMISSION_MISSING = "permission-missing"
    """The fact `permission` names it as Discord does."""
    REFUSED = "refused"
    """Discord rejects the message; the fact `error` is its answer."""
    UNSURE = "unsure"
    """Whether a message arrived can't be found out, so it is not sent again."""
    GAVE_UP = "gave-up"
    """Too many attempts; the fact `error` is the last one's."""
    OTHER = "other"
    """Anything else, such as an attempt that is repeated; the fact `text` says what, in English."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A reason for not posting a digest, or for pausing a subscription."""

    reason: DeliveryReason
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return reason and facts for the log and for JSON: `permission-missing: Send Messages`."""
        facts = ", ".join(map(str, self.facts.values()))
        if self.reason is DeliveryReason.OTHER:
            return facts
        return f"{self.reason.value}: {facts}" if facts else self.reason.value

    def encode(self) -> str:
        """Return the text that the store keeps."""
        return encode_reason(self.reason, self.facts)

    @classmethod
    def decode(cls, text: str) -> Obstacle:
        """Read a stored text, also in the forms of version 0.1.

        Those were `permission-missing: Send Messages`, or a sentence.
        """
        found = decode_reason(text, DeliveryReason)
        if found is not None:
            return cls(*found)
        code, separator, detail = text.partition(": ")
        if separator and code in _FACT_IN_0_1:
            return cls(DeliveryReason(code), {_FACT_IN_0_1[code]: detail})
        return cls(DeliveryReason.OTHER, {"text": text})


_FACT_IN_0_1: Mapping[str, str] = {
    DeliveryReason.PERMISSION_MISSING: "permission",
    DeliveryReason.REFUSED: "error",
    DeliveryReason.GAVE_UP: "error",
}
"""The fact that version 0.1 kept after a reason and a colon."""
