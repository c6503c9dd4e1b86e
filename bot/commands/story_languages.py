"""The languages of the stories in an answer or a new digest, where nobody says which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands.types import Asker
from bot.newsroom.filters import Filter
from bot.newsroom.reader_languages import ALL_LANGUAGES, language_code, parse_languages, requested_languages
from bot.services import Services

__all__ = ["StoryLanguages", "default_languages", "in_languages", "languages_for"]


@dataclass(frozen=True, slots=True)
class StoryLanguages:
    """Languages of stories, () for all; `or_all` takes all if there is nothing in these."""

    stories: tuple[str, ...] = ()
    or_all_languages: bool = False


async def languages_for(services: Services, asker: Asker, given: str | None, query: Filter) -> StoryLanguages:
    """Return the languages of an answer to the asker.

    They are those `given`, those that the filter names, those that the member chose with /languages, or else the
    member's and the server's. Raises UnknownName or InputInvalid.
    """
    if given:
        return StoryLanguages(parse_languages(given))
    if requested_languages(query):
        return StoryLanguages()
    if asker.reader_id is not None:
        chosen = await services.members.story_languages(asker.reader_id)
        if chosen is not None:
            return StoryLanguages(chosen)
    return StoryLanguages(_usual_languages(asker, asker.locale), or_all_languages=True)


async def default_languages(services: Services, asker: Asker, locale: str, query: Filter) -> str:
    """Return the languages, as people type them, of a new digest with headings in `locale`.

    They are that of the headings and the server's; all if the filter names languages, or if there are no stories in them.
    """
    if requested_languages(query):
        return ALL_LANGUAGES
    usual = _usual_languages(asker, locale)
    present = await services.news.languages(asker.audience)
    return ",".join(usual) if not set(usual).isdisjoint(present) else ALL_LANGUAGES


def in_languages(query: Filter, stories: Sequence[str]) -> Filter:
    """Return a filter for the stories in these languages; one that names some stays."""
    return query if not stories or requested_languages(query) else query & Filter.of(text=f"lang:{','.join(stories)}")


def _usual_languages(asker: Asker, locale: str) -> tuple[str, ...]:
    """Return the languages of a locale, of the catalogue that speaks for it, and of the server."""
    tags = (locale, asker.words.locale, asker.guild_locale)
    return tuple(dict.fromkeys(language_code(tag) for tag in tags if tag))
