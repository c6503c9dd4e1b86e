"""The shared secret, cookies that prove it, and a limit on guesses.

Whoever types it gets a cookie that proves it until it expires, signed with a key made of the secret: a new secret ends
all of them. Feed readers send it as the password of HTTP Basic authentication.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable
from typing import Final

__all__ = ["COOKIE", "COOKIE_SECONDS", "AttemptLimiter", "SharedSecret"]

COOKIE: Final = "gazette_reader"
"""Name of the cookie."""

COOKIE_SECONDS: Final = 30 * 24 * 3600
"""Seconds for which the secret need not be typed again: a month."""

_MAX_ATTEMPTS: Final = 10
"""Wrong secrets from one address until it has to wait: more than anybody mistypes."""

_ATTEMPT_SECONDS: Final = 60.0
"""Seconds after which one more attempt is allowed."""

_MAX_TRACKED: Final = 10_000
"""Addresses that are remembered: about 1 MB."""

_MAX_TYPED: Final = 1_000
"""Characters of a typed secret that are compared."""


class SharedSecret:
    """Checks the secret, and cookies that prove it."""

    def __init__(self, secret: str) -> None:
        self._digest = _hash(secret)
        self._key = hashlib.sha256(b"gazette-reader-cookie" + self._digest).digest()

    def matches(self, typed: str) -> bool:
        """Return whether this is the secret, in a time that tells nothing about it."""
        return hmac.compare_digest(_hash(typed[:_MAX_TYPED]), self._digest)

    def make_cookie(self, now: float) -> str:
        """Return a cookie's value that is good from `now` on (seconds since 1970) for its time."""
        until = str(int(now) + COOKIE_SECONDS)
        return f"{until}.{self._sign(until)}"

    def accepts_cookie(self, value: str, now: float) -> bool:
        """Return whether a cookie's value was made here and hasn't expired."""
        until, _, signature = value.partition(".")
        right = hmac.compare_digest(self._sign(until).encode(), signature.encode("utf-8", "replace"))
        return right and now < int(until)

    def accepts_header(self, header: str) -> bool:
        """Return whether an Authorization header has the secret as its password."""
        scheme, _, credentials = header.partition(" ")
        if scheme.lower() != "basic":
            return False
        try:
            decoded = base64.b64decode(credentials.strip(), validate=True).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return False
        return self.matches(decoded.partition(":")[2])

    def _sign(self, until: str) -> str:
        return hmac.new(self._key, until.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


class AttemptLimiter:
    """Slows down whoever guesses: each address has some attempts, which come back one at a time."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}

    def may_try(self, address: str) -> bool:
        """Return whether an address may try once more."""
        return self._remaining(address) >= 1

    def note_failure(self, address: str) -> None:
        """Take an attempt away from an address."""
        left = self._remaining(address) - 1
        self._left.pop(address, None)
        self._left[address] = (left, self._clock())
        while len(self._left) > _MAX_TRACKED:
            del self._left[next(iter(self._left))]

    def _remaining(self, address: str) -> float:
        left, since = self._left.get(address, (float(_MAX_ATTEMPTS), self._clock()))
        return min(_MAX_ATTEMPTS, left + (self._clock() - since) / _ATTEMPT_SECONDS)


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()
