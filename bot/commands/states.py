"""How does a button remember its question over a restart, in Discord's 100 characters?

An action is `name:argument:…`. What doesn't fit is kept in the store under a short name made from its content, so
that the same question takes the same place.
"""

from __future__ import annotations

import hashlib
from typing import Protocol

__all__ = ["Actions", "StateKeeper", "split"]

_LIMIT = 100
_ROOM = 90


class StateKeeper(Protocol):
    """Where long states live."""

    async def remember(self, name: str, state: str) -> None:
        """Keep `state` under `name`; the same again changes nothing."""

    async def recall(self, name: str) -> str | None:
        """The state kept under `name`; None when it is no longer kept."""


class Actions:
    """Turns questions into actions and back."""

    def __init__(self, keeper: StateKeeper) -> None:
        self._keeper = keeper

    async def encode(self, name: str, *arguments: str, side: str = "") -> str:
        """The action's text, at most 100 characters. `side` parts two buttons of one message that lead alike."""
        text = ":".join([name, side, *(_escape(argument) for argument in arguments)])
        if len(text) <= _ROOM and text.isascii():
            return text
        key = hashlib.sha256(text.encode()).hexdigest()[:24]
        await self._keeper.remember(key, text)
        return f"~{side}:{key}"

    async def decode(self, action: str) -> tuple[str, list[str]] | None:
        """Name and arguments of an action; None when its state is no longer kept."""
        if action.startswith("~"):
            text = await self._keeper.recall(action.rpartition(":")[2])
            return split(text) if text is not None else None
        return split(action)


def split(text: str) -> tuple[str, list[str]]:
    """Name and arguments of an action's text."""
    name, _side, *arguments = [*text.split(":"), "", ""][: max(text.count(":") + 1, 2)]
    return name, [_unescape(argument) for argument in arguments]


def _escape(argument: str) -> str:
    return argument.replace("%", "%25").replace(":", "%3A")


def _unescape(argument: str) -> str:
    return argument.replace("%3A", ":").replace("%25", "%")
