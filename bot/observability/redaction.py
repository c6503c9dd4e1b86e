"""Removal of secrets from text that leaves the program.

The log, the terminal and the errors of the program all pass through `SecretRedactor`. It removes the secrets that the
configuration holds, and whatever looks like a token, or a password or key in an address, wherever that came from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any, Final, TextIO
from urllib.parse import quote, quote_plus, unquote

__all__ = ["RedactedStream", "SecretRedactor"]

_REDACTED: Final = "***"
_TOKEN = re.compile(r"\b[A-Za-z0-9_-]{23,30}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,45}\b")
_URL_PASSWORD = re.compile(r"(\b[a-z][a-z0-9+.-]{1,30}:/{0,3}[^\s:/@'\"]{0,200}):([^\s/'\"]{1,200})@", re.IGNORECASE)
_DATABASE_PASSWORD = re.compile(
    r"(\bpostgres\w*(?:\+\w+)?:?/{1,3}[^\s:/@'\"]{0,200}):([^\s'\"]{1,400})@", re.IGNORECASE
)
_BARE_PASSWORD = re.compile(r"(\b[A-Za-z][\w.-]{0,60}):([^\s/'\"]{3,200})@(?=[\w.\[-]+(?::\d+)?/)")
"""A user, password and host without the beginning of an address, as in a mistyped one."""

_QUERY_KEY = re.compile(
    r"([?&;][\w.-]{0,40}(?:key|token|auth|pass|passwd|password|pwd|secret|sig|signature|credential)s?=)[^&\s'\"#]+",
    re.IGNORECASE,
)
_AUTHORIZATION = re.compile(r"\b(Bot|Bearer|Basic) [A-Za-z0-9._~+/=-]{12,}")
_WEBHOOK_TOKEN = re.compile(r"(/(?:webhooks|interactions)/\d{1,20}/)[A-Za-z0-9._-]{20,}")

_MIN_SECRET: Final = 6
"""Characters of a secret that is redacted by itself: shorter ones occur in words."""


class SecretRedactor:
    """Replaces secrets in text: given ones, tokens, and passwords and keys in addresses.

    Given secrets under six characters are left: they occur in words.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        forms = {form for secret in secrets if len(secret) >= _MIN_SECRET for form in _encodings(secret)}
        patterns = sorted(map(re.escape, forms), key=len, reverse=True)
        self._secrets = re.compile("|".join(patterns)) if patterns else None

    def __call__(self, text: str) -> str:
        """Return `text` without secrets."""
        if self._secrets is not None:
            text = self._secrets.sub(_REDACTED, text)
        if "@" in text:
            text = _DATABASE_PASSWORD.sub(rf"\1:{_REDACTED}@", text)
            text = _URL_PASSWORD.sub(rf"\1:{_REDACTED}@", text)
            text = _BARE_PASSWORD.sub(rf"\1:{_REDACTED}@", text)
        if "=" in text:
            text = _QUERY_KEY.sub(rf"\1{_REDACTED}", text)
        if "/" in text:
            text = _WEBHOOK_TOKEN.sub(rf"\1{_REDACTED}", text)
        text = _AUTHORIZATION.sub(rf"\1 {_REDACTED}", text)
        return _TOKEN.sub(_REDACTED, text)


class RedactedStream:
    """A text stream that removes secrets from what is written to it."""

    def __init__(self, stream: TextIO, redact: Callable[[str], str]) -> None:
        self._stream, self._redact = stream, redact

    def write(self, text: str) -> int:
        """Write `text` without secrets."""
        self._stream.write(self._redact(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _encodings(secret: str) -> set[str]:
    """Return the forms in which a secret can occur: plain, in a repr, an address, or JSON."""
    plain = {secret, unquote(secret)}
    forms = {
        form for each in plain for form in (each, repr(each)[1:-1], quote(each, safe=""), quote(each), quote_plus(each))
    }
    forms |= {json.dumps(form, ensure_ascii=ascii_only)[1:-1] for form in forms for ascii_only in (True, False)}
    return {form for form in forms if len(form) >= _MIN_SECRET}
