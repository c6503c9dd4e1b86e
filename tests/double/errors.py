"""How does Discord say no?

Every refusal is a `Refusal`: an HTTP status, Discord's own code and, for a malformed body, the nested `errors`.
Codes and messages follow Discord's documentation of opcodes and status codes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

__all__ = [
    "ALREADY_ACKNOWLEDGED",
    "CANNOT_EDIT_OTHERS",
    "CANNOT_SEND_TO_USER",
    "EMPTY_MESSAGE",
    "MISSING_ACCESS",
    "MISSING_PERMISSIONS",
    "UNKNOWN_CHANNEL",
    "UNKNOWN_INTERACTION",
    "UNKNOWN_MESSAGE",
    "Faultfinder",
    "Refusal",
    "refusal",
]

UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
UNKNOWN_INTERACTION = 10062
ALREADY_ACKNOWLEDGED = 40060
MISSING_ACCESS = 50001
CANNOT_EDIT_OTHERS = 50005
EMPTY_MESSAGE = 50006
CANNOT_SEND_TO_USER = 50007
MISSING_PERMISSIONS = 50013

_KNOWN: dict[int, tuple[int, str]] = {
    0: (404, "404: Not Found"),
    10002: (404, "Unknown Application"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10011: (404, "Unknown Role"),
    10013: (404, "Unknown User"),
    10014: (404, "Unknown Emoji"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    10087: (404, "Unknown Tag"),
    30003: (400, "Maximum number of pins reached (50)"),
    30007: (400, "Maximum number of webhooks reached (15)"),
    30032: (400, "Maximum number of application commands reached (100)"),
    40005: (413, "Request entity too large"),
    40033: (400, "This message has already been crossposted."),
    40060: (400, "Interaction has already been acknowledged."),
    40066: (400, "There are no tags available that can be set by non-moderators"),
    40067: (400, "A tag is required to create a forum post in this channel"),
    40094: (400, "This interaction has reached the maximum number of follow-up messages"),
    50001: (403, "Missing Access"),
    50003: (403, "Cannot execute action on a DM channel"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50019: (403, "A message can only be pinned in the channel it was sent in"),
    50024: (403, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50068: (400, "Invalid message type"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
    50160: (400, "Thread is locked"),
    160004: (400, "A thread has already been created for this message"),
    220001: (400, "Webhooks posted to forum channels must have a thread_name or thread_id"),
    220003: (400, "Webhooks can only create threads in forum channels"),
}


class Refusal(Exception):
    """An answer that is not what was asked for: `status`, Discord's `code` and `message`, and `errors` by field."""

    def __init__(self, status: int, code: int, message: str, errors: dict[str, Any] | None = None) -> None:
        super().__init__(f"{status} {code}: {message} {errors or ''}".rstrip())
        self.status, self.code, self.message, self.errors = status, code, message, errors

    def body(self) -> dict[str, Any]:
        """The JSON that Discord sends."""
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        if self.errors:
            body["errors"] = self.errors
        return body


def refusal(code: int) -> Refusal:
    """The refusal that Discord gives under this code."""
    status, message = _KNOWN[code]
    return Refusal(status, code, message)


class Faultfinder:
    """Collects what is wrong with a body, field by field, and refuses it once with all of that."""

    def __init__(self) -> None:
        self.found: list[tuple[tuple[str | int, ...], str, str]] = []

    def __bool__(self) -> bool:
        return bool(self.found)

    def add(self, where: Iterable[str | int], code: str, message: str) -> None:
        """Note that the field at `where` (names and positions from the body's root) is wrong."""
        self.found.append((tuple(where), code, message))

    def tree(self) -> dict[str, Any]:
        """The faults as Discord nests them: field by field, with a list `_errors` at each end."""
        root: dict[str, Any] = {}
        for where, code, message in self.found:
            node = root
            for step in where:
                node = node.setdefault(str(step), {})
            node.setdefault("_errors", []).append({"code": code, "message": message})
        return root

    def check(self) -> None:
        """Refuse with 50035 if anything was found."""
        if self.found:
            raise Refusal(400, 50035, "Invalid Form Body", self.tree())
