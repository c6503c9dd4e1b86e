"""Names of the topics: their slugs, what people call them in each language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from summarizers.labels.topic_table import topic_table

__all__ = ["TOPICS", "resolve_topic", "topic_key", "topic_name", "topic_spellings"]


TOPICS = tuple(topic_table())
"""The slugs, in the order of the alphabet."""


_NAME_CHARACTERS = 200
"""Characters of an input that are read as a topic's name: longer than any."""


_GAPS = re.compile(r"[\W_]+")


def topic_name(slug: str, locale: str = "en") -> str:
    """Return a topic's name in an interface language (BCP 47, also pt_BR), else in English.

    Raises KeyError for a slug that is not in TOPICS.
    """
    names = topic_table()[slug].names
    tag = locale.replace("_", "-").casefold()
    return names.get(tag) or names.get(_BASES.get(tag.split("-")[0], "en")) or names["en"]


def resolve_topic(name: str) -> str | None:
    """Return the slug for a slug, a name in any interface language or an alias, in any case."""
    return topic_spellings().get(topic_key(name))


_BASES = {"en": "en", "de": "de", "es": "es", "fr": "fr", "ja": "ja", "pt": "pt-br", "zh": "zh-tw"}


@cache
def topic_spellings() -> Mapping[str, str]:
    """Return the slugs by the key of every name and alias; ä, ö and ü also as ae, oe and ue."""
    slugs: dict[str, str] = {}
    for slug, row in topic_table().items():
        for name in (slug, *row.names.values(), *row.aliases, *row.kana):
            for spelling in (name, name.casefold().translate(_UMLAUTS)):
                slugs.setdefault(topic_key(spelling), slug)
    return slugs


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_ACCENTS = range(0x300, 0x370)


def topic_key(name: str) -> str:
    """Return a name for comparing: without case and accents, hyphens between words."""
    folded = unicodedata.normalize("NFKC", name[:_NAME_CHARACTERS]).casefold()
    bare = "".join(char for char in unicodedata.normalize("NFD", folded) if ord(char) not in _ACCENTS)
    return _GAPS.sub("-", unicodedata.normalize("NFC", bare)).strip("-")
