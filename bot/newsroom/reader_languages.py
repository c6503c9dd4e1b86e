"""Languages that a reader reads: those of the filter, then that of headings and buttons."""

from __future__ import annotations

from bot.newsroom.filters import Filter, Match, walk

__all__ = ["reader_languages"]

_KEY = "lang"
"""The filter's key for the language of stories."""


def reader_languages(locale: str, query: Filter) -> tuple[str, ...]:
    """Return ISO 639-1 codes, the preferred first; `locale` is a tag such as pt-BR."""
    asked = [
        value
        for part in walk(query.node, negated=False)
        if isinstance(part, Match) and part.key == _KEY
        for value in part.values
    ]
    return tuple(dict.fromkeys([*asked, locale.partition("-")[0].lower()]))
