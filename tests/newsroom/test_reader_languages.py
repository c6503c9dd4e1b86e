"""Languages of stories: what people type, and in which languages events are told."""

from __future__ import annotations

import pytest

from bot.errors import InputInvalid, UnknownName
from bot.newsroom.filters import EVERYTHING, Filter
from bot.newsroom.reader_languages import (
    format_languages,
    parse_languages,
    readable_languages,
    reader_languages,
)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("en", ("en",)),
        ("de,en", ("de", "en")),
        ("Deutsch, Englisch", ("de", "en")),
        ("allemand; anglais", ("de", "en")),
        ("日本語、英語", ("ja", "en")),
        ("ドイツ語", ("de",)),
        ("英文、日文", ("en", "ja")),
        ("español & português", ("es", "pt")),
        ("pt-BR", ("pt",)),
        ("zh-TW", ("zh",)),
        ("en, EN, English", ("en",)),
        ("all", ()),
        ("Alle Sprachen", ()),
        ("すべて", ()),
        ("全部", ()),
        ("toutes", ()),
    ],
)
def test_languages_are_read_as_people_type_them(typed: str, codes: tuple[str, ...]) -> None:
    assert parse_languages(typed) == codes
    assert parse_languages(format_languages(codes)) == codes


@pytest.mark.parametrize("typed", ["quatschisch", "en, xx-unknown", "und", "12"])
def test_an_unknown_language_is_refused(typed: str) -> None:
    with pytest.raises(UnknownName):
        parse_languages(typed)


def test_more_languages_than_a_menu_has_are_refused() -> None:
    many = "en,de,fr,es,pt,it,nl,sv,da,nb,fi,pl,cs,sk,hu,ro,bg,el,tr,ru,uk,ja,zh,ko,ar"
    assert len(parse_languages(many)) == 25
    with pytest.raises(InputInvalid):
        parse_languages(many + ",he")


def test_the_headings_language_comes_first_if_it_is_chosen() -> None:
    assert reader_languages("de", EVERYTHING) == ("de",)
    assert reader_languages("de", EVERYTHING, ("en", "de")) == ("de", "en")
    assert reader_languages("de-AT", EVERYTHING, ("en", "fr")) == ("en", "fr")
    assert reader_languages("de", Filter.parse("lang:ja"), ("en",)) == ("ja", "en")


def test_a_language_that_the_filter_names_is_readable() -> None:
    assert readable_languages((), Filter.parse("lang:ja")) == ()
    assert readable_languages(("en",), EVERYTHING) == ("en",)
    assert readable_languages(("en",), Filter.parse("lang:ja")) == ("ja", "en")
