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

__all__ = ["Scrubber", "configure_logging"]

_HIDDEN: Final = "***"
_TOKEN = re.compile(r"\b[A-Za-z0-9_-]{23,30}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,45}\b")
_ADDRESS = re.compile(r"(\b[a-z][a-z0-9+.-]{1,30}://[^\s:/@'\"]{0,200}):([^\s/@'\"]{1,200})@", re.IGNORECASE)
_BEARER = re.compile(r"\b(Bot|Bearer) [A-Za-z0-9._-]{20,}")
_WEBHOOK = re.compile(r"(/(?:webhooks|interactions)/\d{1,20}/)[A-Za-z0-9._-]{20,}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_LONG_FIELDS: Final = frozenset({"exception", "stack"})

# discord.py writes messages' texts at debug, SQLAlchemy statements with their values, APScheduler a line per tick.
_AT_LEAST: Final = {
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


class LogOptions(Protocol):
    """The options of the log."""

    @property
    def level(self) -> str:
        """debug, info, warning or error."""

    @property
    def form(self) -> str:
        """auto, text or json."""


class Scrubber:
    """Blacks out `secrets`, but for those under six characters, which occur in words."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        spelt = {form for secret in secrets if len(secret) >= 6 for form in _spellings(secret)}
        parts = sorted(map(re.escape, spelt), key=len, reverse=True)
        self._named = re.compile("|".join(parts)) if parts else None

    def __call__(self, text: str) -> str:
        """`text` without secrets."""
        if self._named is not None:
            text = self._named.sub(_HIDDEN, text)
        if "://" in text:
            text = _ADDRESS.sub(rf"\1:{_HIDDEN}@", text)
        if "/" in text:
            text = _WEBHOOK.sub(rf"\1{_HIDDEN}", text)
        text = _BEARER.sub(rf"\1 {_HIDDEN}", text)
        return _TOKEN.sub(_HIDDEN, text)


def configure_logging(options: LogOptions, *, secrets: Sequence[str] = (), stream: TextIO | None = None) -> None:
    """Set the whole process's logging up; called again, it replaces what was set before.

    `secrets` are the token, the database's password and the like. `stream` is standard error unless given.
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
        foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder(allow=()), _name_of_library],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _one_line,
            _Renderer(Scrubber(secrets), as_text=as_text, colors=as_text and terminal),
        ],
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(formatter)
    handler.addFilter(lambda record: "voice will NOT be supported" not in str(record.msg))  # nobody asked for voice
    root = logging.getLogger()
    for former in [each for each in root.handlers if getattr(each, "gazette", False)]:
        root.removeHandler(former)
    handler.gazette = True  # type: ignore[attr-defined] # our mark
    root.addHandler(handler)
    root.setLevel(level)
    for name, least in _AT_LEAST.items():
        logging.getLogger(name).setLevel(max(least, level))
    logging.captureWarnings(True)


def _spellings(secret: str) -> set[str]:
    """As it is, as Python shows it, as in an address, and each of them as in JSON."""
    forms = {secret, repr(secret)[1:-1], quote(secret, safe="")}
    return forms | {json.dumps(form, ensure_ascii=plain)[1:-1] for form in forms for plain in (True, False)}


def _name_of_library(_logger: Any, _method: str, event: EventDict) -> EventDict:
    record = event.get("_record")
    if record is not None:
        event["logger"] = record.name
    return event


def _one_line(_logger: Any, _method: str, event: EventDict) -> EventDict:
    for name, value in event.items():
        if isinstance(value, str) and name not in _LONG_FIELDS and _CONTROL.search(value):
            event[name] = _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", value)
    return event


class _Renderer:
    """The last step: an event becomes its line, secrets blacked out."""

    def __init__(self, scrub: Scrubber, *, as_text: bool, colors: bool) -> None:
        self._scrub = scrub
        self._draw: Any = (
            structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=structlog.dev.plain_traceback)
            if as_text
            else structlog.processors.JSONRenderer(default=repr, ensure_ascii=False)
        )

    def __call__(self, logger: Any, method: str, event: MutableMapping[str, Any]) -> str:
        if not isinstance(event.get("event"), str):
            event["event"] = repr(event.get("event"))
        return self._scrub(str(self._draw(logger, method, event)))
