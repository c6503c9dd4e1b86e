"""The program's log.

One line an event on standard error: for people on a terminal, as JSON elsewhere. What libraries log comes out the same
way. Secrets are removed from the finished line (`bot.observability.redaction`), so that no field, traceback or library can
leak them; control characters in values can't forge lines.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping, Sequence
from typing import Any, Final, Protocol, TextIO

import structlog
from structlog.typing import EventDict, Processor

from bot.observability.redaction import SecretRedactor

__all__ = ["configure_logging"]

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


class LogOptions(Protocol):
    """The options of the log."""

    @property
    def level(self) -> str:
        """debug, info, warning or error."""

    @property
    def form(self) -> str:
        """auto, text or json."""


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
