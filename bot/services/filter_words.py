"""Filters in the reader's words: Japan · Sport · at most 2 days old."""

from __future__ import annotations

from collections.abc import Sequence

from babel import Locale

from bot.i18n import Words
from bot.newsroom.filters import And, Filter, Match, Node, Not, Period, Phrase, conjuncts
from bot.newsroom.filters.keys import KEYS, MatchKey
from bot.newsroom.regions import region_name
from bot.services.value_words import period_words, span_words, to_babel
from summarizers.labels.country_names import country_name
from summarizers.labels.topic_names import topic_name

__all__ = ["filter_words"]


def filter_words(text: str, words: Words) -> str:
    """Return a filter as people say it: Japan · Sport.

    A filter that is more than a list of conditions is returned as it is written.
    """
    if not text:
        return ""
    parts = [_node_words(part, words) for part in conjuncts(Filter.parse(text).node)]
    return text if None in parts else " · ".join(part for part in parts if part)


def _node_words(node: Node, words: Words) -> str | None:
    """A part of a filter in words; None for alternatives and the like."""
    match node:
        case Not(inner):
            negated = _node_words(inner, words) if not isinstance(inner, Not | And) else None
            return words("filter-not", what=negated) if negated else None
        case Phrase(said):
            return words("filter-words", words=said)
        case Period(key, value):
            return _period_words(key, value, words)
        case Match(key, values):
            names = _alternatives([_value_name(key, value, words) for value in values], words)
            if key == "region":
                return _alternatives([region_name(value, words.locale) for value in values], words)
            if _names_of(key) != "as-written":
                return names
            name = f"filter-key-{key}"
            return words("filter-keyed", key=words(name) if words.has(name) else key, values=names)
    return None


def _names_of(key: str) -> str:
    entry = KEYS[key]
    return entry.names if isinstance(entry, MatchKey) else "as-written"


def _value_name(key: str, value: str, words: Words) -> str:
    """A filter's value as the reader's language calls it."""
    match _names_of(key):
        case "country":
            return country_name(value, words.locale)
        case "topic":
            return topic_name(value, words.locale)
        case "language":
            return _language_code_words(value, words)
        case _:
            return value


def _period_words(key: str, value: str, words: Words) -> str:
    """A time in words: at most 2 days old; since today; until 2026-11-01."""
    if (span := span_words(value, words)) is not None:
        return words("filter-newer" if key == "since" else "filter-older", span=span)
    return words("filter-since" if key == "since" else "filter-until", when=period_words(value, words))


def _alternatives(names: Sequence[str], words: Words) -> str:
    if len(names) > 6:
        return words("filter-several", some=", ".join(names[:5]), count=len(names) - 5)
    return words.listed(names, alternatives=True)


def _language_code_words(code: str, words: Words) -> str:
    return str(Locale.parse(to_babel(words.locale)).languages.get(code, code))
