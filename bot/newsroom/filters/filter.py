"""A filter as the rest of the program holds it: parsed, in normal form, hashable."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from bot.errors import InputInvalid, UnknownName
from bot.newsroom import name_lookup
from bot.newsroom.filters import evaluate, normal_form
from bot.newsroom.filters.ast import And, Match, Node, Period, conjuncts
from bot.newsroom.filters.parser import LIMITS, parse
from bot.newsroom.filters.subject import FilterSubject
from bot.newsroom.typed_values import parse_period

__all__ = ["EVERYTHING", "Filter"]

_PARSED = 512
"""Filters kept parsed: more than the different filters that a server's subscriptions and buttons use at a time."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A parsed filter. Equal filters have equal normal forms, and the other way round."""

    node: Node = field(default=And())

    @classmethod
    def parse(cls, text: str, language: str = "en") -> Filter:
        """Read a filter whose times are typed in a language; empty text is EVERYTHING.

        Raises FilterInvalid, which knows the place.
        """
        return _parse(text, language)

    @classmethod
    def of(
        cls,
        *,
        country: str | None = None,
        topic: str | None = None,
        since: str | None = None,
        text: str | None = None,
    ) -> Filter:
        """Build a filter from a command's options: values, and `text` in the filter language.

        Empty options don't count. Several values have commas between them. Raises UnknownName with suggestions,
        ValueNotUnderstood for a time, FilterInvalid for the text.
        """
        nodes: list[Node] = [cls.parse(text).node] if text and text.strip() else []
        for key, typed in (("country", country), ("topic", topic)):
            if typed and typed.strip():
                nodes.append(Match(key, tuple(sorted(_resolve_names(key, typed)))))
        if since and since.strip():
            nodes.append(Period("since", parse_period(since)))
        return cls(normal_form.conjunction(nodes))

    def __and__(self, other: Filter) -> Filter:
        return Filter(normal_form.conjunction([self.node, other.node]))

    def __invert__(self) -> Filter:
        return Filter(normal_form.negation(self.node))

    def __str__(self) -> str:
        """Return the normal form in the filter language."""
        return normal_form.write(self.node)

    def __bool__(self) -> bool:
        """Return False for EVERYTHING."""
        return self.node != And()

    def without_keys(self, *keys: str) -> Filter:
        """Return the filter without its top-level conditions on these keys."""
        kept = [part for part in conjuncts(self.node) if not (isinstance(part, Match) and part.key in keys)]
        return Filter(normal_form.conjunction(kept))

    def accepts(self, story: FilterSubject, now: datetime) -> bool:
        """Return True if the story matches.

        `now` (aware) anchors relative times; its zone says where days begin.
        """
        return evaluate.accepts(self.node, story, now)


EVERYTHING = Filter()
"""The filter that accepts every story; its normal form is empty."""


@lru_cache(maxsize=_PARSED)
def _parse(text: str, language: str) -> Filter:
    return Filter(parse(text, language))


_LOOKUPS = {"country": name_lookup.country_of, "topic": name_lookup.topic_of}


def _resolve_names(key: str, typed: str) -> set[str]:
    """Return the codes of an option's value: one name as it is, or several with commas."""
    resolve = _LOOKUPS[key]
    if len(typed) > LIMITS["characters"]:
        raise InputInvalid(f"the {key} is too long", "error-too-long")
    whole = resolve(typed)
    if whole is not None:
        return {whole}
    codes = set()
    for part in filter(None, map(str.strip, typed.split(","))):
        code = resolve(part)
        if code is None:
            raise UnknownName(key, part, name_lookup.suggest(key, part))
        codes.add(code)
    if not codes:
        raise UnknownName(key, typed.strip())
    return codes
