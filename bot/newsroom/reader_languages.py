"""Languages of stories: those that a reader reads and chooses, and how people type them.

The language of headings and buttons is another matter: a German community may want English stories below German
headings. Codes are ISO 639-1, or ISO 639-3 for languages without one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.errors import InputInvalid, UnknownName
from bot.i18n import LOCALES, words
from bot.newsroom.filters import Filter, Match, walk
from bot.newsroom.name_lookup import language_of, suggest
from bot.newsroom.typed_values import fold_typed

__all__ = [
    "ALL_LANGUAGES",
    "format_languages",
    "language_code",
    "parse_languages",
    "readable_languages",
    "reader_languages",
    "requested_languages",
]

ALL_LANGUAGES = "all"
"""What people type, and what is shown in rows, for stories in every language."""

_KEY = "lang"
"""The filter's key for the language of stories."""

_MOST = 25
"""Languages that a digest may choose from: as many as Discord's menus have lines; more are as good as all."""

_SEPARATORS = re.compile(r"[,;、，；+&/|]")


def requested_languages(query: Filter) -> tuple[str, ...]:
    """Return the languages that a filter asks for."""
    parts = walk(query.node, negated=False)
    return tuple(value for part in parts if isinstance(part, Match) and part.key == _KEY for value in part.values)


def readable_languages(stories: Sequence[str], query: Filter) -> tuple[str, ...]:
    """Return the languages of which an event needs a report to be chosen; () if any will do.

    `stories` are those chosen for the digest, () for all. A language that the filter asks for is readable, too.
    """
    return tuple(dict.fromkeys([*requested_languages(query), *stories])) if stories else ()


def reader_languages(locale: str, query: Filter, stories: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the languages in which events are told, the preferred first.

    `locale` is a tag such as pt-BR. The filter's come first. That of headings and buttons comes next, unless `stories` has others only.
    """
    own = language_code(locale)
    chosen = sorted(stories, key=lambda code: code != own) if stories else [own]
    return tuple(dict.fromkeys([*requested_languages(query), *chosen]))


def language_code(locale: str) -> str:
    """Return the language of a locale: `pt` for pt-BR."""
    return re.split(r"[-_]", locale, maxsplit=1)[0].lower()


def parse_languages(typed: str) -> tuple[str, ...]:
    """Return the codes of languages that somebody types; () for all.

    Codes and names in English and in the languages of the interface, with commas between them. Raises UnknownName, or InputInvalid for too many.
    """
    names = [name.strip() for name in _SEPARATORS.split(typed) if name.strip()]
    codes = []
    for name in names:
        folded = fold_typed(name)
        if folded in _words_for_all():
            return ()
        code = language_of(name)
        if code is None or code == "und":
            raise UnknownName("language", name, suggest(_KEY, name))
        codes.append(code)
    if len(set(codes)) > _MOST:
        raise InputInvalid(f"choose at most {_MOST} languages, or all", "error-languages-most", most=_MOST)
    return tuple(dict.fromkeys(codes))


def format_languages(codes: Sequence[str]) -> str:
    """Return languages as people type them: `de,en`, or `all`."""
    return ",".join(codes) or ALL_LANGUAGES


_ALL_WORDS = ("all", "*", "alle", "alles", "todo", "todos", "todas", "tous", "toutes", "すべて", "全て", "全部", "所有")
"""All, in the languages of the interface."""


@cache
def _words_for_all() -> frozenset[str]:
    return frozenset({*map(fold_typed, _ALL_WORDS), *(fold_typed(words(tag).plain("stories-all")) for tag in LOCALES)})
