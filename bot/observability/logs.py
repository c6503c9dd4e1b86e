"""The program's log.

One line an event on standard error: for people on a terminal, as JSON elsewhere. What libraries log comes out the same
way. Secrets that were named, and whatever looks like a token or a password in an address, are blacked out of the
finished line, so that no field, traceback or library can leak them; control characters in values can't forge lines.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterable, MutableMapping, Sequence
from typing import Any, Final, Protocol, TextIO
from urllib.parse import quote

import structlog
from structlog.typing import EventDict, Processor

__all__ = ["SecretRedactor", "configure_logging"]

_REDACTED: Final = "***"
_TOKEN = re.compile(r"\b[A-Za-z0-9_-]{23,30}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,45}\b")
_URL_PASSWORD = re.compile(r"(\b[a-z][a-z0-9+.-]{1,30}://[^\s:/@'\"]{0,200}):([^\s/@'\"]{1,200})@", re.IGNORECASE)
_AUTHORIZATION = re.compile(r"\b(Bot|Bearer) [A-Za-z0-9._-]{20,}")
_WEBHOOK_TOKEN = re.compile(r"(/(?:webhooks|interactions)/\d{1,20}/)[A-Za-z0-9._-]{20,}")
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_MULTILINE_FIELDS: Final = frozenset({"exception", "stack"})

_LIBRARY_LEVELS: Final = {
    "discord": logging.INFO,
    "discord.http": logging.WARNING,
    "discord.gateway": logging.INFO,
    "aiohttp": logging.WARNING,
    "aiohttp.access": logging.WARNING,
    "apscheduler": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "alembic": logging.WARNING,
    "asyncio": logging.WARNING,
    "watchfiles": logging.WARNING,
    "distributed": logging.WARNING,
    "trafilatura": logging.ERROR,
    "charset_normalizer": logging.WARNING,
}
"""Lowest levels logged of libraries: below, discord.py logs messages, SQLAlchemy values and APScheduler every tick."""

_MIN_SECRET: Final = 6
"""Characters of a secret that is redacted: shorter ones occur in words."""


class LogOptions(Protocol):
    """The options of the log."""

    @property
    def level(self) -> str:
        """debug, info, warning or error."""

    @property
    def form(self) -> str:
        """auto, text or json."""


class SecretRedactor:
    """Replaces secrets in text: given ones, tokens, and passwords in addresses.

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
        if "://" in text:
            text = _URL_PASSWORD.sub(rf"\1:{_REDACTED}@", text)
        if "/" in text:
            text = _WEBHOOK_TOKEN.sub(rf"\1{_REDACTED}", text)
        text = _AUTHORIZATION.sub(rf"\1 {_REDACTED}", text)
        return _TOKEN.sub(_REDACTED, text)


def configure_logging(options: LogOptions, *, secrets: Sequence[str] = (), stream: TextIO | None = None) -> None:
    """Set up logging for the process; a second call replaces the first.

    `secrets` are the token, the database's password and the like. `stream` is standard error by default.
    """
    target = stream if stream is not None else sys.stderr
    terminal = target.isatty()
    as_text = options.form == "text" or (options.form == "auto" and terminal)
    level = getattr(logging, options.level.upper())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder(allow=()), _add_library_name],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _escape_control_characters,
            _Renderer(SecretRedactor(secrets), as_text=as_text, colors=as_text and terminal),
        ],
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(formatter)
    handler.addFilter(lambda record: "voice will NOT be supported" not in str(record.msg))  # voice isn't used
    root = logging.getLogger()
    for previous in [each for each in root.handlers if getattr(each, "gazette", False)]:
        root.removeHandler(previous)
    handler.gazette = True  # type: ignore[attr-defined] # by this mark the next call finds it
    root.addHandler(handler)
    root.setLevel(level)
    for name, minimum in _LIBRARY_LEVELS.items():
        logging.getLogger(name).setLevel(max(minimum, level))
    logging.captureWarnings(True)


def _encodings(secret: str) -> set[str]:
    """Return the forms in which a secret can occur: plain, in a repr, an address, or JSON."""
    forms = {secret, repr(secret)[1:-1], quote(secret, safe="")}
    return forms | {json.dumps(form, ensure_ascii=ascii_only)[1:-1] for form in forms for ascii_only in (True, False)}


def _add_library_name(_logger: Any, _method: str, event: EventDict) -> EventDict:
    record = event.get("_record")
    if record is not None:
        event["logger"] = record.name
    return event


def _escape_control_characters(_logger: Any, _method: str, event: EventDict) -> EventDict:
    for name, value in event.items():
        if isinstance(value, str) and name not in _MULTILINE_FIELDS and _CONTROL_CHARACTERS.search(value):
            event[name] = _CONTROL_CHARACTERS.sub(lambda match: f"\\x{ord(match[0]):02x}", value)
    return event


class _Renderer:
    """The last processor: makes an event a line of the log, without secrets."""

    def __init__(self, redact: SecretRedactor, *, as_text: bool, colors: bool) -> None:
        self._redact = redact
        self._render: Any = (
            structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=structlog.dev.plain_traceback)
            if as_text
            else structlog.processors.JSONRenderer(default=repr, ensure_ascii=False)
        )

    def __call__(self, logger: Any, method: str, event: MutableMapping[str, Any]) -> str:
        if not isinstance(event.get("event"), str):
            event["event"] = repr(event.get("event"))
        return self._redact(str(self._render(logger, method, event)))
