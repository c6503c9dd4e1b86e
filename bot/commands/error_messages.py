"""Messages for errors, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from babel import Locale

from bot.errors import (
    FilterInvalid,
    GazetteError,
    NotAllowed,
    NotFound,
    NotMuted,
    PermissionMissing,
    UnknownName,
)
from bot.i18n import LOCALES, Words
from bot.newsroom.name_lookup import language_of
from bot.newsroom.regions import region_name
from bot.newsroom.timezones import TimezoneAmbiguous
from bot.newsroom.typed_values import ValueNotUnderstood
from bot.rendering.pages.parts import permission_words
from bot.services.autocomplete import closest_labels
from bot.services.filter_words import filter_words
from bot.services.timezone_choices import closest_timezones, zone_name
from bot.services.value_choices import language_choices
from bot.services.value_words import to_babel, typed_value_words

__all__ = ["error_message"]


def error_message(error: GazetteError, words: Words) -> str:
    """Return an error's message in the reader's language, with what would work instead."""
    facts = {name: "none" if value in ("", None) else value for name, value in error.facts.items()}
    if "channel" in facts:
        facts["channel"] = str(facts["channel"])  # an id, not an amount
    if isinstance(error, UnknownName | NotFound):
        facts["what"] = _kind_name(error.what, words)
    if isinstance(error, UnknownName):
        suggestions = _suggestions(error, words)
        facts["hint"] = words.listed(suggestions, alternatives=True) or "none"
    if isinstance(error, NotMuted):
        facts["what"] = filter_words(str(error.identity), words)
    if "key_name" in facts:
        facts["key_name"] = words(f"filter-key-{facts['key_name']}")
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


def _suggestions(error: UnknownName, words: Words) -> Sequence[str]:
    """Return the names that an unknown one may stand for, in the reader's language."""
    match error.what:
        case "country" | "topic":
            return closest_labels(error.what, error.name, words.locale)
        case "time zone":
            return closest_timezones(error.name, words.locale)
        case "region":
            return [region_name(each, words.locale) for each in error.suggestions]
        case "language" if tuple(error.suggestions) == LOCALES:
            return [choice.name.partition(" · ")[0] for choice in language_choices(words.locale)]
        case "language":
            names = Locale.parse(to_babel(words.locale)).languages
            return [names.get(language_of(each) or each, each) for each in error.suggestions]
    return error.suggestions


def _filter_problem(error: FilterInvalid, words: Words) -> str:
    """Return what is wrong with a filter: a value's own message, or that of the filter language."""
    if isinstance(error.__cause__, GazetteError):
        return error_message(error.__cause__, words)
    key = f"filter-wrong-{error.name}"
    return words(key, **error.problem_facts) if words.has(key) else error.problem


def _kind_name(what: str, words: Words) -> str:
    key = f"what-{what.replace(' ', '-')}"
    return words(key) if words.has(key) else what
