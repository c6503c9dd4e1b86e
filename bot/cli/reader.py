"""The languages of the person at the terminal: of headings, and of stories."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.commands.story_languages import StoryLanguages
    from bot.newsroom.filters import Filter

__all__ = ["Language", "StoriesIn", "story_languages", "system_locale"]


def _heading_language(typed: str | None) -> str | None:
    """Return the tag of a language with headings. Raises typer.BadParameter for others."""
    if typed is None:
        return None
    from bot.i18n import DEFAULT, LOCALES, negotiate  # loads the catalogues

    tag = negotiate(typed)
    if tag == DEFAULT and typed.replace("_", "-").partition("-")[0].lower() != DEFAULT:
        raise typer.BadParameter(f"headings are in {', '.join(LOCALES)}")
    return tag


Language = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="LANGUAGE",
        callback=_heading_language,
        help="Language of headings (default: the system's).",
    ),
]
StoriesIn = Annotated[
    str | None,
    typer.Option(
        "--stories-in",
        metavar="LANGUAGES",
        help="Languages of the stories, such as en or de,en; all for every language (default: the system's).",
    ),
]

_NO_LANGUAGE = ("", "c", "posix")
"""Locales without a language; the program's own words are English then."""


def system_locale(environment: Mapping[str, str] | None = None) -> str:
    """Return the system's locale as a tag such as pt-BR; en if it names no language.

    In the order in which programs read it (POSIX, and GNU gettext for LANGUAGE).
    """
    variables = os.environ if environment is None else environment
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := variables.get(name))), "")
    tag = _tag(locale)
    preferred = _tag(variables.get("LANGUAGE", "").partition(":")[0])
    if tag.lower() in _NO_LANGUAGE:
        return "en"
    return preferred or tag


def _tag(locale: str) -> str:
    """Return a locale such as pt_BR.UTF-8@euro as a tag."""
    return locale.partition(".")[0].partition("@")[0].replace("_", "-")


def story_languages(given: str | None, language: str | None, query: Filter) -> StoryLanguages:
    """Return the languages of a terminal's stories.

    They are those given, those that the filter names, or else the reader's own. Raises UnknownName or InputInvalid.
    """
    from bot.commands.story_languages import StoryLanguages
    from bot.newsroom.reader_languages import language_code, parse_languages, requested_languages

    if given:
        return StoryLanguages(parse_languages(given))
    if requested_languages(query):
        return StoryLanguages()
    return StoryLanguages((language_code(language or system_locale()),), or_all_languages=True)
