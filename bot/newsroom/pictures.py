"""Addresses of pictures that sources give with their stories.

A picture is shown by its address and never downloaded here. Discord fetches it when a message is posted, so the address
is one that leads to a public host and carries nobody's password.
"""

from __future__ import annotations

import ipaddress
from typing import Final
from urllib.parse import urlsplit

from bot.newsroom.web_hosts import ascii_host

__all__ = ["picture_address"]

_MAX_ADDRESS: Final = 2_000
"""Characters of an address: Discord takes 2,048."""

_PRIVATE_DOMAINS: Final = (
    *(".local", ".localhost", ".internal", ".intranet", ".lan", ".home", ".corp", ".private", ".test", ".invalid"),
    *(".onion", ".arpa"),
)
"""Domains that lead to nothing public (RFC 6761, RFC 6762, RFC 7686, and names that networks use for themselves)."""


def picture_address(value: object) -> str | None:
    """Return the address of a picture if anybody may be shown it, else None.

    Only https on its usual port, at a host with a public name.
    """
    if not isinstance(value, str) or len(value) > _MAX_ADDRESS or not value.isprintable() or " " in value:
        return None
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:  # brackets that hold no IPv6 address, or no number
        return None
    host = ascii_host(parts.hostname or "")
    if parts.scheme != "https" or port is not None or "@" in parts.netloc or "\\" in value or host is None:
        return None
    name = host.rstrip(".").lower()
    return value if "." in name and not name.endswith(_PRIVATE_DOMAINS) and not _is_number(name) else None


def _is_number(host: str) -> bool:
    """Return whether a host is an IP address in any spelling, or ends as one does."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return not host.rpartition(".")[2][:1].isalpha()
    return True
