"""The meaning of a filter: whether a story matches it. The store's SQL is tested against it."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from bot.newsroom.filters.ast import And, Match, Node, Not, Or, Period, Phrase
from bot.newsroom.filters.keys import KEYS, MatchKey
from bot.newsroom.filters.subject import FilterSubject
from bot.newsroom.search_terms import contains_phrase, search_terms
from bot.newsroom.typed_values import resolve_time

__all__ = ["accepts"]


def accepts(node: Node, story: FilterSubject, now: datetime) -> bool:
    """Return True if the story matches.

    `now` (aware) anchors relative times; its zone says where days begin.
    """
    match node:
        case And(nodes):
            return all(accepts(part, story, now) for part in nodes)
        case Or(nodes):
            return any(accepts(part, story, now) for part in nodes)
        case Not(inner):
            return not accepts(inner, story, now)
        case Phrase(text):
            terms = search_terms(text, story.language)
            return any(contains_phrase(field, terms) for field in story.fields)
        case Period(key):
            at = resolve_time(node.value, node.key, now)
            return story.published_at >= at if key == "since" else story.published_at < at
        case Match(key, values):
            return cast("MatchKey", KEYS[key]).accepts(values, story)
