"""Addresses of mail: one mailbox each, in the form in which it is compared and sent."""

from __future__ import annotations

import re
from typing import Final

from bot.errors import InputInvalid
from bot.newsroom.web_hosts import ascii_host

__all__ = ["parse_mail_address"]

_LOCAL_PART = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
"""What stands before the @ (RFC 5321 and 6531); quoted parts, which nobody has, are refused."""

_MAX_LOCAL: Final = 64
"""Bytes before the @, by RFC 5321."""

_MAX_ADDRESS: Final = 254
"""Bytes of an address, by RFC 5321."""


def parse_mail_address(text: str) -> str:
    """Return an address with its host in lower-case ASCII. Raises InputInvalid."""
    local, separator, host = text.strip().rpartition("@")
    domain = ascii_host(host) if separator and not host.startswith("[") else None
    if not _LOCAL_PART.fullmatch(local) or domain is None or ":" in domain:
        raise InputInvalid(f"{text!r} is no mail address; write name@example.org")
    address = f"{local}@{domain}"
    if len(local.encode()) > _MAX_LOCAL or len(address.encode()) > _MAX_ADDRESS:
        raise InputInvalid(f"the mail address {text!r} is too long")
    return address
