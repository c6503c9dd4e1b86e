"""Hosts of web addresses: whether one is valid, and the form in which it is sent.

A host is read as browsers read it (WHATWG URL): percent-encoding is decoded, international names are encoded by
IDNA 2008 with the mappings of UTS 46, and what ends in a number is an IPv4 address, however it is spelt.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Final
from urllib.parse import unquote_to_bytes

__all__ = ["ascii_host", "is_address_of_machine", "site_address", "valid_port"]

_SITE = re.compile(r"(?ai)(https?)://(\[[^\[\]/]*\]|[^:/?#\[\]@\\\s]*)(?::(\d{1,5}))?/?")

_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")

_MAX_HOST: Final = 253
"""Characters of a host's name, by RFC 1035."""

_MAX_PORT: Final = 65_535
"""The highest port, by RFC 9293."""

_IPV4_BITS: Final = 32
"""Bits of an IPv4 address."""

_OCTET_BITS: Final = 8
"""Bits of each part of an IPv4 address but the last, which may stand for several parts."""

_IPV4_PARTS: Final = 4
"""Parts of an IPv4 address at most."""


def ascii_host(host: str) -> str | None:
    """Return a host in lower-case ASCII, or None for an invalid one.

    Without brackets and a closing dot. `host` is the part of an address between user name and port.
    """
    if host.startswith("[") or ":" in host:
        return _ipv6(host.removeprefix("[").removesuffix("]"))
    try:
        name = unquote_to_bytes(host).decode()
        if not name.isascii():
            import idna  # takes longer to load than most programs need it

            name = idna.encode(name, uts46=True, std3_rules=False).decode("ascii")
    except (UnicodeError, ValueError):  # idna's errors are UnicodeErrors
        return None
    name = name.lower().removesuffix(".")
    labels = name.split(".")
    if len(name) > _MAX_HOST or not all(_LABEL.fullmatch(label) and _decodes(label) for label in labels):
        return None
    return _ipv4(labels) if _NUMBER.fullmatch(labels[-1]) else name


def valid_port(port: str) -> bool:
    """Return whether a port, without its colon, can be connected to; an empty one can."""
    return not port or (port.isascii() and port.isdigit() and 1 <= int(port) <= _MAX_PORT)


def site_address(address: str) -> str | None:
    """Return a site's address in normal form, or None for any other.

    It has scheme, host and perhaps a port, and no path.
    """
    match = _SITE.fullmatch(address.strip())
    host = ascii_host(match[2]) if match is not None and match[2] else None
    if match is None or host is None or not valid_port(match[3] or ""):
        return None
    shown = f"[{host}]" if ":" in host else host
    return f"{match[1].lower()}://{shown}{f':{int(match[3])}' if match[3] else ''}"


def is_address_of_machine(host: str) -> bool:
    """Return whether a host in normal form is an IP address or localhost."""
    if host == "localhost":
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _ipv6(host: str) -> str | None:
    try:
        return str(ipaddress.IPv6Address(host)) if "%" not in host else None
    except ValueError:
        return None


def _ipv4(labels: list[str]) -> str | None:
    """Return the dotted form of an IPv4 address in decimal, octal or hexadecimal parts."""
    if len(labels) > _IPV4_PARTS or not all(map(_NUMBER.fullmatch, labels)):
        return None
    try:
        *octets, rest = [_number(label) for label in labels]
    except ValueError:
        return None
    if any(octet >= 1 << _OCTET_BITS for octet in octets) or rest >= 1 << _IPV4_BITS - _OCTET_BITS * len(octets):
        return None
    shifted = (octet << _IPV4_BITS - _OCTET_BITS * at for at, octet in enumerate(octets, 1))
    return str(ipaddress.IPv4Address(sum(shifted) + rest))


def _number(label: str) -> int:
    if label.startswith("0x"):
        return int(label[2:] or "0", 16)
    return int(label, 8) if label.startswith("0") else int(label)


def _decodes(label: str) -> bool:
    """Return whether a label is no punycode, or punycode of a name."""
    if not label.startswith("xn--"):
        return True
    import idna

    try:
        idna.ulabel(label)
    except UnicodeError:
        return False
    return True
