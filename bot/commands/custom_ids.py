"""Custom ids of buttons and menus: an action with its arguments, in at most 100 characters.

A custom id is `action:discriminator:argument:…`. One that is too long is stored under a short name made from its
content, so that the same question takes the same place. Nothing of it is in the program's memory: a button works after
a restart, and for anybody who presses it. discord.py's DynamicItem would allow that, too, but the console presses the
same buttons, and arguments may be longer than 100 characters.
"""

from __future__ import annotations

import hashlib

from bot.store.key_values import KeyValues

__all__ = ["CustomIds", "mark_custom_id", "parse_custom_id", "short_custom_id"]

_MAX_LENGTH = 90
"""Of Discord's 100 characters; the rest is room for a prefix."""

_MAX_DISCRIMINATOR = 8
"""Characters of the discriminator in a stored custom id's short name."""

_DIGEST_LENGTH = 24
"""Hexadecimal digits of the short name: 96 bits, so that two questions never share one."""


class CustomIds:
    """Encodes and decodes custom ids; long ones are stored."""

    def __init__(self, key_values: KeyValues) -> None:
        self._key_values = key_values

    async def encode(self, action: str, *arguments: str, discriminator: str = "") -> str:
        """Return a custom id of at most 100 characters.

        `discriminator` makes custom ids unique if two buttons of a message share action and arguments.
        """
        text = short_custom_id(action, *arguments, discriminator=discriminator)
        if len(text) <= _MAX_LENGTH and text.isascii() and text.isprintable():
            return text
        key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_LENGTH]
        await self._key_values.remember_state(key, text)
        return f"~{discriminator[:_MAX_DISCRIMINATOR]}:{key}"

    async def decode(self, custom_id: str) -> tuple[str, list[str]] | None:
        """Return the action and its arguments; None if they were stored and have expired."""
        if custom_id.startswith("~"):
            text = await self._key_values.recall_state(custom_id.rpartition(":")[2])
            return parse_custom_id(text) if text is not None else None
        return parse_custom_id(custom_id)


def mark_custom_id(custom_id: str, mark: str) -> str:
    """Return a custom id with a mark of at most 10 characters, which its handler ignores."""
    if custom_id.startswith("~"):
        return f"~{mark}{custom_id[1:]}"
    action, _, rest = custom_id.partition(":")
    return f"{action}:{mark}{rest}"


def short_custom_id(action: str, *arguments: str, discriminator: str = "") -> str:
    """Return a custom id that is never stored, for arguments that are known to be short."""
    return ":".join([action, discriminator, *(_escape(argument) for argument in arguments)])


def parse_custom_id(text: str) -> tuple[str, list[str]]:
    """Return the action and the arguments of a custom id that is not stored."""
    action, _discriminator, *arguments = [*text.split(":"), ""] if ":" not in text else text.split(":")
    return action, [_unescape(argument) for argument in arguments]


def _escape(argument: str) -> str:
    return argument.replace("%", "%25").replace(":", "%3A")


def _unescape(argument: str) -> str:
    return argument.replace("%3A", ":").replace("%25", "%")
