"""Messages for errors, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import FilterInvalid, GazetteError, NotAllowed, NotFound, PermissionMissing, UnknownName
from bot.i18n import Words
from bot.newsroom.timezones import TimezoneAmbiguous
from bot.newsroom.typed_values import ValueNotUnderstood
from bot.rendering.pages.parts import permission_words
from bot.services.autocomplete import closest_labels
from bot.services.timezone_choices import closest_timezones, zone_name
from bot.services.value_words import typed_value_words

__all__ = ["error_message"]


def error_message(error: GazetteError, words: Words) -> str:
    """Return an error's message in the reader's language, with what would work instead."""
    facts = {name: "none" if value in ("", None) else value for name, value in error.facts.items()}
    if "channel" in facts:
        facts["channel"] = str(facts["channel"])  # an id, not an amount
    if isinstance(error, UnknownName | NotFound):
        facts["what"] = _kind_name(error.what, words)
    if isinstance(error, UnknownName):
        if error.what in ("country", "topic"):
            suggestions: Sequence[str] = closest_labels(error.what, error.name, words.locale)
        elif error.what == "time zone":
            suggestions = closest_timezones(error.name, words.locale)
        else:
            suggestions = error.suggestions
        facts["hint"] = words.listed(suggestions, alternatives=True) or "none"
    if isinstance(error, NotAllowed | PermissionMissing):
        facts["permission"] = permission_words(error.permission, words)
    if isinstance(error, FilterInvalid):
        facts["problem"] = _filter_problem(error, words)
    if isinstance(error, TimezoneAmbiguous):
        cities = [zone_name(each, words.locale) for each in error.zones]
        facts["zones"] = words.listed(cities, alternatives=True)
    if isinstance(error, ValueNotUnderstood):
        facts["understood"] = typed_value_words(error.kind, error.understood, words) if error.understood else "none"
        readings = [typed_value_words(error.kind, each, words) for each in error.readings]
        facts["readings"] = words.listed(readings, alternatives=True) or "none"
        facts["example"] = words(f"example-{error.kind}")
    return words(error.key if words.has(error.key) else "error-input", **{"problem": str(error), **facts})


def _filter_problem(error: FilterInvalid, words: Words) -> str:
    """Return what is wrong with a filter: a value's own message, or that of the filter language."""
    if isinstance(error.__cause__, GazetteError):
        return error_message(error.__cause__, words)
    key = f"filter-wrong-{error.name}"
    return words(key, **error.problem_facts) if words.has(key) else error.problem


def _kind_name(what: str, words: Words) -> str:
    key = f"what-{what.replace(' ', '-')}"
    return words(key) if words.has(key) else what
