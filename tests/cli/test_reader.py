"""The languages of the person at the terminal."""

from __future__ import annotations

import pytest

from bot.cli.reader import story_languages, system_locale
from bot.newsroom.filters import EVERYTHING, Filter


@pytest.mark.parametrize(
    ("environment", "locale"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de-DE"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "fr_FR"}, "fr-FR"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "fr_FR", "LC_ALL": "ja_JP.UTF-8"}, "ja-JP"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "pt_BR:pt:en"}, "pt-BR"),
        ({"LANG": "C", "LANGUAGE": "pt_BR"}, "en"),
        ({"LANG": "de_DE@euro"}, "de-DE"),
        ({"LC_ALL": "", "LANG": "es_ES"}, "es-ES"),
    ],
)
def test_the_systems_locale_is_read_as_programs_do(environment: dict[str, str], locale: str) -> None:
    assert system_locale(environment) == locale


def test_stories_are_in_the_readers_language_unless_others_are_asked_for() -> None:
    own = story_languages(None, "pt-BR", EVERYTHING)
    assert (own.stories, own.or_all_languages) == (("pt",), True)
    assert story_languages("all", "de", EVERYTHING).stories == ()
    assert story_languages("en, fr", "de", EVERYTHING).stories == ("en", "fr")
    assert story_languages(None, "de", Filter.parse("lang:ja")).stories == ()
