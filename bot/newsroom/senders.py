"""Names and pictures under which a digest may be posted.

Discord's rules for the names of webhooks: 1 to 80 characters, without "discord" or "clyde" (Webhook Resource, Create
Webhook) and without what names of users may not have (Users Resource, Usernames and Nicknames). Invisible characters
are refused, too: they only serve to impersonate somebody.
"""

from __future__ import annotations

import unicodedata
from typing import Final
from urllib.parse import urlsplit

from bot.errors import InputInvalid

__all__ = ["NOBODY", "sender_avatar", "sender_name"]

NOBODY: Final = "-"
"""What is said to post as the bot itself again."""

_LONGEST_NAME: Final = 80
"""Characters of a webhook's name, by Discord's limit."""

_LONGEST_AVATAR: Final = 2000
"""Characters of a picture's address, by judgement: Discord documents no limit."""

_NOT_WITHIN: Final = ("discord", "clyde", "@", "```")
_NOT_WHOLE: Final = ("everyone", "here")
_UNSEEN: Final = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def sender_name(given: str | None) -> str | None:
    """Return a name to post under, with single blanks, or None for none or `NOBODY`.

    Raises InputInvalid.
    """
    name = " ".join((given or "").split())
    if name in ("", NOBODY):
        return None
    low = unicodedata.normalize("NFKC", name).casefold()
    if (
        len(name) > _LONGEST_NAME
        or low in _NOT_WHOLE
        or any(part in low for part in _NOT_WITHIN)
        or any(unicodedata.category(each) in _UNSEEN for each in name)
    ):
        raise InputInvalid(
            'a name has at most 80 characters, none of them "@", and neither "discord" nor "clyde" in it',
            "error-sender-name",
        )
    return name


def sender_avatar(given: str | None) -> str | None:
    """Return the address of a picture to post with, or None for none or `NOBODY`.

    Discord fetches the picture; nothing here does. Raises InputInvalid.
    """
    address = (given or "").strip()
    if address in ("", NOBODY):
        return None
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if (
        not host
        or parts.scheme.lower() not in ("http", "https")
        or parts.username is not None
        or len(address) > _LONGEST_AVATAR
        or not (address.isascii() and address.isprintable())
        or " " in address
    ):
        raise InputInvalid("a picture is an address that begins with https:// or http://", "error-sender-avatar")
    return address
