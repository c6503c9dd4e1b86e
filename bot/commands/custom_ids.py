"""How does a button remember its question over a restart, in Discord's 100 characters?

An action is `name:side:argument:…`. What doesn't fit is kept in the store under a short name made from its content, so
that the same question takes the same place.
"""

from __future__ import annotations

import hashlib

from bot.store.key_values import KeyValues

__all__ = ["Actions", "plain_action", "split"]

_LIMIT = 90
"""Of Discord's 100 characters; the rest is room for a prefix of the surface."""


class Actions:
    """Turns questions into actions and back."""

    def __init__(self, key_values: KeyValues) -> None:
        self._key_values = key_values

    async def encode(self, name: str, *arguments: str, side: str = "") -> str:
        """The action's text, at most 100 characters. `side` parts two buttons of one message that lead alike."""
        text = plain_action(name, *arguments, side=side)
        if len(text) <= _LIMIT and text.isascii() and text.isprintable():
            return text
        key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        await self._key_values.remember_state(key, text)
        return f"~{side[:8]}:{key}"

    async def decode(self, action: str) -> tuple[str, list[str]] | None:
        """Name and arguments of an action; None when its state is no longer kept."""
        if action.startswith("~"):
            text = await self._key_values.recall_state(action.rpartition(":")[2])
            return split(text) if text is not None else None
        return split(action)


def plain_action(name: str, *arguments: str, side: str = "") -> str:
    """An action's text whatever its length: for arguments that are known to be short."""
    return ":".join([name, side, *(_escape(argument) for argument in arguments)])


def split(text: str) -> tuple[str, list[str]]:
    """Name and arguments of an action's text."""
    name, _side, *arguments = [*text.split(":"), ""] if ":" not in text else text.split(":")
    return name, [_unescape(argument) for argument in arguments]


def _escape(argument: str) -> str:
    return argument.replace("%", "%25").replace(":", "%3A")


def _unescape(argument: str) -> str:
    return argument.replace("%3A", ":").replace("%25", "%")
