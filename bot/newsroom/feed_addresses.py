"""Addresses of feeds: their faults, the form that is shown, and stored paths.

An address may hold a password or a key, in any part of it. It is fetched and never shown: operators see its beginning
(`redact_address`), readers its host, and the store keeps a hash of it.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from yarl import URL

from bot.newsroom.web_hosts import ascii_host, valid_port

__all__ = [
    "address_fault",
    "address_secrets",
    "feed_host",
    "feed_path",
    "hide_secrets",
    "redact_address",
]

_PREFIX: Final = "feed://"
"""The beginning of stored paths of feeds; no file's path has two slashes in a row."""

_FEED_PATH = re.compile(r"feed:(?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?:[^/?#]*@)?(\[[^/?#]*\]|[^/?#@]*?)(?::\d*)?(?:[/?#]|$)")
"""A feed's path, also with the address, as versions before migration 0012 stored it."""

_ADDRESS = re.compile(r"(?ai)(https?)://([^/?#\\]*)(.*)", re.DOTALL)
_AUTHORITY = re.compile(r"(?:(.*)@)?(\[[^\[\]]*\]|[^:\[\]]*)(?::([^:]*))?", re.DOTALL)
_UNSENDABLE = re.compile(r"[\s\x00-\x20\x7f-\x9f\ud800-\udfff\\]")

_MAX_ADDRESS: Final = 2_000
"""Characters of an address: about what servers accept."""

_DIGEST: Final = 20
"""Hex digits that stand for an address in the store: no two feeds share them by chance."""

_WHOLE_SEGMENT: Final = 4
"""Characters of a part of an address that is shown whole, such as rss or news: too few for a key."""

_SHOWN_LETTERS: Final = 3
"""First letters that are shown of longer parts: enough to tell an operator's feeds apart."""

_SHOWN_SEGMENTS: Final = 4
"""Parts of an address's path that are shown."""

_MIN_PASSWORD: Final = 6
"""Characters of a password that is looked for in texts: shorter ones occur in words."""

_MIN_KEY: Final = 8
"""Characters of a value that is taken for a key if it has letters and digits; services make no shorter ones."""

_KEY_SEGMENT = re.compile(
    r"(?=[^/]*[0-9])(?=[^/]*[A-Za-z])(?:[A-Za-z0-9]{16,}|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4,12}){4})"
)
"""A part of a path that is a key: at random and without hyphens, unlike names of sections, or a UUID."""

_KEY_NAMES = re.compile(r"(?i)key|token|secret|pass|pwd|auth|sig|user|login|code|session")


def address_fault(address: str) -> str | None:
    """Return what is wrong with a feed's address, to follow its name; None if it can be fetched."""
    if len(address) > _MAX_ADDRESS:
        return f"is longer than {_MAX_ADDRESS:,} characters"
    if _UNSENDABLE.search(address):
        return "has a blank, a backslash or a control character in it"
    match = _ADDRESS.match(address)
    if match is None:
        return "doesn't begin with http:// or https://"
    authority = _AUTHORITY.fullmatch(match[2])
    if authority is None:
        return "has a host or port that can't be read"
    if not authority[2]:
        return "has no host"
    if ascii_host(authority[2]) is None:
        return "has a host that can't exist"
    if not valid_port(authority[3] or ""):
        return "has a port that is no number from 1 to 65535"
    return None


def redact_address(address: str) -> str:
    """Return what operators may see of an address: its host and the path's first letters.

    Made for any text, since mistyped addresses are shown, too.
    """
    scheme, separator, rest = address.partition("://")
    if not separator:
        return _shorten(address)
    authority, path = re.match(r"([^/?#\\]*)([^?#]*)", rest).groups()  # type: ignore[union-attr] # matches everything
    shown = authority.rpartition("@")[2]
    host = _AUTHORITY.fullmatch(authority)
    if "@" in rest and (host is None or not valid_port(host[3] or "")):
        shown = _shorten(shown)  # what stands here may be the beginning of a password
    segments = [_shorten(segment) for segment in path.split("/")[1:]]
    more = "/…" if len(segments) > _SHOWN_SEGMENTS else ""
    query = "?…" if "?" in rest else ""
    path = "".join(f"/{segment}" for segment in segments[:_SHOWN_SEGMENTS])
    return f"{_shorten(scheme, len('https'))}://{shown}{path}{more}{query}"


def address_secrets(address: str) -> frozenset[str]:
    """Return what must not be shown of an address: its password, and what looks like a key."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return frozenset()
    user, _, password = parts.netloc.rpartition("@")[0].partition(":")
    secrets = {password} if len(password) >= _MIN_PASSWORD else set()
    secrets |= {
        segment for segment in (user, parts.fragment, *parts.path.split("/")) if _KEY_SEGMENT.fullmatch(segment)
    }
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if _is_key(name, value or name):
            secrets.add(value or name)
    return frozenset(form for secret in secrets for form in (secret, unquote(secret)))


def hide_secrets(address: str) -> str:
    """Return a valid address with an ellipsis in place of its password and its keys."""
    scheme, separator, rest = address.partition("://")
    authority, path = re.match(r"([^/?#]*)(.*)", rest, re.DOTALL).groups()  # type: ignore[union-attr] # matches everything
    user, at, host = authority.rpartition("@")
    shown = f"{scheme}{separator}{user.partition(':')[0] + ':…@' if at and ':' in user else user + at}{host}{path}"
    for secret in sorted(address_secrets(address), key=len, reverse=True):
        shown = shown.replace(secret, "…")
    return shown


def feed_path(address: str) -> str:
    """Return the stored path of a feed that can be fetched, which its entries' paths begin with.

    User name and password don't count. Migration 0012 makes the same paths of former ones.
    """
    plain = str(URL(address).with_user(None))
    host = urlsplit(plain).hostname or ""
    return f"{_PREFIX}{f'[{host}]' if ':' in host else host}/{hashlib.sha256(plain.encode()).hexdigest()[:_DIGEST]}"


def feed_host(path: str) -> str | None:
    """Return the host of a stored path of a feed or an entry; None for the path of a file."""
    match = _FEED_PATH.match(path)
    return match[1] if match is not None else None


def _is_key(name: str, value: str) -> bool:
    if len(value) < _MIN_KEY:
        return False
    mixed = any(char.isdigit() for char in value) and any(char.isalpha() for char in value)
    return mixed or _KEY_NAMES.search(name) is not None


def _shorten(text: str, whole: int = _WHOLE_SEGMENT) -> str:
    """Return a text with only its first letters; one of at most `whole` characters as it is."""
    return text if len(text) <= whole else text[:_SHOWN_LETTERS] + "…"
