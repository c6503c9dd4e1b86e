"""The keys of the filter language, one entry each.

An entry says everything about a key: its name and aliases, how a typed value becomes a code, which stories match, how a
code is written again, and on which columns of the store it is answered. `bot.store.filters` turns the kind of key
(`LabelKey`, `ColumnKey`, `PatternKey`, `TimeKey`) into SQL, and `bot.rendering` names values by the key's `names`, so a
new key of a known kind is one entry here (and a column, if there is none yet).
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from bot.errors import InputInvalid, UnknownName
from bot.i18n import LOCALES
from bot.newsroom import name_lookup
from bot.newsroom.filters.subject import FilterSubject
from bot.newsroom.models import parse_id
from bot.newsroom.regions import region_members
from bot.newsroom.search_terms import fold
from bot.newsroom.typed_values import fold_typed, parse_period, typed_words

__all__ = [
    "KEYS",
    "MOST_WILDCARDS",
    "ColumnKey",
    "Key",
    "LabelKey",
    "MatchKey",
    "PatternKey",
    "TimeKey",
    "aliases",
    "labels_of",
    "wildcard_regex",
]

MOST_WILDCARDS = 3
"""Wildcards in one pattern: each multiplies the time of a match that fails at the end of a long text."""

Names = Literal["country", "topic", "language", "as-written"]
"""How a value is shown to people: by the name of a country, topic or language, or as it was typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key(ABC):
    """A key of the filter language."""

    name: str
    aliases: tuple[str, ...] = ()

    @abstractmethod
    def resolve(self, typed: str, language: str = "en") -> str:
        """Return the normal form of a value typed in a language.

        Raises UnknownName or InputInvalid, which say what would work.
        """

    def write(self, value: str) -> str:
        """Return a value in normal form as the filter language spells it."""
        return value if _PLAIN_VALUE.fullmatch(value) else f'"{value}"'


_PLAIN_VALUE = re.compile(r"[\w.*/@+-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchKey(Key):
    """A key with values of its own: `key:value,value` matches a story that has one of them."""

    names: Names = "as-written"

    @abstractmethod
    def accepts(self, values: Iterable[str], story: FilterSubject) -> bool:
        """Return True if the story has one of the values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedKey(MatchKey):
    """A key whose values have names that people type; `lookup` turns a name into a code."""

    lookup: Callable[[str], str | None]

    def resolve(self, typed: str, language: str = "en") -> str:
        """Return the code of a name. Raises UnknownName with names that look like it."""
        code = self.lookup(typed)
        if code is None:
            what = "language" if self.names == "language" else self.name
            raise UnknownName(what, typed, name_lookup.suggest(self.name, typed))
        return code


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelKey(NamedKey):
    """A key answered from the labels of a story: its countries or its topics.

    `expand` gives the labels that a value stands for, where it isn't a label itself (a region is its countries).
    """

    label: Literal["country", "topic"]
    expand: Callable[[str], Iterable[str]] | None = None

    def labels(self, values: Iterable[str]) -> set[str]:
        """Return the labels that the values stand for."""
        expand = self.expand
        return set(values) if expand is None else {label for value in values for label in expand(value)}

    def accepts(self, values: Iterable[str], story: FilterSubject) -> bool:
        """Return True if the story has one of the values."""
        has = story.countries if self.label == "country" else story.topics
        return not has.isdisjoint(self.labels(values))

    def write(self, value: str) -> str:
        """Return a value in normal form as the filter language spells it."""
        return value.lower() if self.names == "country" and self.expand is None else Key.write(self, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageKey(NamedKey):
    """The story's language, answered on `story.language`."""

    column: Literal["language"] = "language"

    def accepts(self, values: Iterable[str], story: FilterSubject) -> bool:
        """Return True if the story has one of the values."""
        return story.language in values


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKey(MatchKey):
    """The story's event, answered on `story.event_id`; people write e34."""

    column: Literal["event_id"] = "event_id"

    def resolve(self, typed: str, language: str = "en") -> str:
        """Return the number of an event's id. Raises InputInvalid."""
        found = parse_id(typed)
        if found is None or found[0] not in ("event", None):
            raise InputInvalid(f"{typed!r} is not an event's id, such as e34", "filter-wrong-event", given=typed)
        return str(found[1])

    def write(self, value: str) -> str:
        """Return a value in normal form as the filter language spells it."""
        return f"e{value}"

    def accepts(self, values: Iterable[str], story: FilterSubject) -> bool:
        """Return True if the story has one of the values."""
        return str(story.event_id) in values


ColumnKey = LanguageKey | EventKey
"""Keys answered by equality on one column of a story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternKey(MatchKey):
    """A key matched against the whole of a folded text; `*` stands for anything.

    The store answers it on `column`.
    """

    text: Callable[[FilterSubject], str | None]
    column: Literal["source_folded", "path_folded", "kicker_folded"]

    def resolve(self, typed: str, language: str = "en") -> str:
        """Return the folded pattern.

        Raises InputInvalid for an empty one, or one with too many asterisks.
        """
        value = re.sub(r"\*+", "*", fold(typed).replace('"', ""))
        if not value or value.count("*") > MOST_WILDCARDS:
            raise InputInvalid(
                f"a {self.name} needs a letter or digit, and at most {MOST_WILDCARDS} asterisks",
                "filter-wrong-pattern",
                key_name=self.name,
                most=MOST_WILDCARDS,
            )
        return value

    def accepts(self, values: Iterable[str], story: FilterSubject) -> bool:
        """Return True if the story has one of the values."""
        text = fold(self.text(story) or "")
        return any(wildcard_regex(value).fullmatch(text) for value in values)


def wildcard_regex(value: str) -> re.Pattern[str]:
    """Return a pattern for the whole of a folded text; `*` matches anything, also nothing."""
    return re.compile(".*".join(re.escape(part) for part in value.split("*")), re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeKey(Key):
    """A bound of the time of publication; its nodes are `Period`s."""

    def resolve(self, typed: str, language: str = "en") -> str:
        """Return the normal form of a period. Raises ValueNotUnderstood."""
        return parse_period(typed, language)

    def write(self, value: str) -> str:
        """Return a value in normal form as the filter language spells it."""
        return value


_ENTRIES: tuple[Key, ...] = (
    LabelKey(
        name="country",
        aliases=("countries", "about"),
        names="country",
        label="country",
        lookup=lambda name: name_lookup.country_of(name),
    ),
    LabelKey(
        name="region",
        aliases=("regions",),
        label="country",
        lookup=lambda name: name_lookup.region_of(name),
        expand=region_members,
    ),
    LabelKey(
        name="topic",
        aliases=("topics",),
        names="topic",
        label="topic",
        lookup=lambda name: name_lookup.topic_of(name),
    ),
    LanguageKey(
        name="lang",
        aliases=("language", "languages"),
        names="language",
        lookup=lambda name: name_lookup.language_of(name),
    ),
    PatternKey(name="source", aliases=("sources", "from"), text=lambda story: story.source, column="source_folded"),
    PatternKey(name="path", aliases=("file",), text=lambda story: story.path, column="path_folded"),
    PatternKey(name="kicker", text=lambda story: story.kicker, column="kicker_folded"),
    EventKey(name="event"),
    TimeKey(name="since", aliases=("after",)),
    TimeKey(name="until", aliases=("before",)),
)

KEYS: dict[str, Key] = {key.name: key for key in _ENTRIES}
"""All keys by name, in the order in which a filter's normal form has them."""


@cache
def aliases() -> Mapping[str, str]:
    """Return the keys by their other names, in English and in each language."""
    words = {alias: key.name for key in _ENTRIES for alias in key.aliases}
    for language in LOCALES:
        for name, translations in typed_words(language).get("keys", {}).items():
            for each in translations:
                words.setdefault(fold_typed(each), name)
    return words


def labels_of(key: str, values: Iterable[str]) -> tuple[Literal["country", "topic"], set[str]] | None:
    """Return the kind and the labels that a match asks for, or None for other keys."""
    entry = KEYS[key]
    return (entry.label, entry.labels(values)) if isinstance(entry, LabelKey) else None
