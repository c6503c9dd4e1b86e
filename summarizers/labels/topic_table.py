"""Table of topics: number, colour, names, aliases and kana of each, from data/topics.toml.

Everything that is true of every topic is read from here, so that a new row is known everywhere: to filters,
suggestions, colours and the labels of stored stories.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from summarizers.text.tables import load_table

__all__ = ["TopicRow", "read_topics", "topic_table"]

_FIELDS = frozenset({"number", "color", "kana", "aliases"})
"""Keys of a row that are not an interface language."""


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic. `number` identifies it in databases and never changes; `color` is 0xRRGGBB."""

    slug: str
    number: int
    color: int
    names: Mapping[str, str]
    """By interface language (BCP 47, casefolded)."""
    aliases: tuple[str, ...]
    kana: tuple[str, ...] = ()


@cache
def topic_table() -> Mapping[str, TopicRow]:
    """Return the shipped rows by slug, in alphabetical order."""
    return read_topics(load_table("topics.toml"))


def read_topics(table: Mapping[str, Mapping[str, Any]]) -> Mapping[str, TopicRow]:
    """Read a table of topics. Raises ValueError when two rows share a number."""
    rows = {
        slug: TopicRow(
            slug,
            row["number"],
            row["color"],
            {locale.casefold(): name for locale, name in row.items() if locale not in _FIELDS},
            tuple(row["aliases"]),
            tuple(row.get("kana", ())),
        )
        for slug, row in sorted(table.items())
    }
    if len({row.number for row in rows.values()}) < len(rows):
        raise ValueError("two topics of data/topics.toml have the same number")
    return rows
