"""Languages of the interface as people type them: `de`, `pt_BR`, `Deutsch`, `german`, 日本語."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.errors import UnknownName
from bot.i18n import DEFAULT, LOCALES, negotiate
from bot.newsroom.typed_values.vocabulary import babel_locale, fold_typed

__all__ = ["parse_locale"]


def parse_locale(text: str) -> str:
    """Return the interface language of a tag or of a language's name in any interface language.

    Raises UnknownName for a language that the interface doesn't have, instead of falling back to English.
    """
    typed = text.strip()
    tag = negotiate(typed)
    if tag != DEFAULT or typed.casefold().replace("_", "-").split("-")[0] == DEFAULT:
        return tag
    named = _locales_by_name().get(fold_typed(typed))
    if named is None:
        raise UnknownName("language", typed, LOCALES)
    return named


@cache
def _locales_by_name() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for tag in LOCALES:
        own = babel_locale(tag)
        for language in LOCALES:
            reader = babel_locale(language)
            for name in (own.get_display_name(reader), own.get_language_name(reader)):
                names.setdefault(fold_typed(name or tag), tag)
    return names
