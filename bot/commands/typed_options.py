"""Options as people type them in their language, in the normal form that services take.

Slash commands, the form of /subscribe and the console all pass what was typed through here, so the asker's language
counts in each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.commands.types import Command, Option
from bot.newsroom.filters import Filter
from bot.newsroom.timezones import resolve_timezone
from bot.newsroom.typed_values import format_days, format_times, parse_days, parse_period, parse_times

__all__ = ["normal_values"]

_NORMAL_FORMS: Mapping[str, Callable[[str, str], str]] = {
    "time": lambda text, language: format_times(parse_times(text, language)),
    "days": lambda text, language: format_days(parse_days(text, language)),
    "since": parse_period,
    "timezone": resolve_timezone,
}
"""Normal forms of typed values by the kind of their suggestions: of a text in a language."""

_EVERYTHING = ("all", "*")
"""Filters that /edit takes for no filter at all."""


def normal_values(command: Command, values: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return a command's values with those that people write in words in normal form.

    Raises ValueNotUnderstood or FilterInvalid.
    """
    options = {option.name: option for option in command.options}
    return {
        name: _normal(options[name], value, language) if isinstance(value, str) and name in options else value
        for name, value in values.items()
    }


def _normal(option: Option, text: str, language: str) -> str:
    if not text.strip():
        return text
    if option.suggest is not None and option.suggest in _NORMAL_FORMS:
        return _NORMAL_FORMS[option.suggest](text, language)
    if option.name == "filter" and option.suggest is None and text.strip().casefold() not in _EVERYTHING:
        return str(Filter.parse(text, language))
    return text
