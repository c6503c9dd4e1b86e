"""Languages of the interface are found by tag and by name, and others refused."""

from __future__ import annotations

import pytest

from bot.errors import UnknownName
from bot.i18n import LOCALES
from bot.newsroom.typed_values import parse_locale
from bot.newsroom.typed_values.vocabulary import babel_locale


@pytest.mark.parametrize("tag", LOCALES)
def test_a_language_is_found_by_its_name_in_every_language(tag: str) -> None:
    assert parse_locale(tag.lower().replace("-", "_")) == tag
    for reader in LOCALES:
        assert parse_locale(str(babel_locale(tag).get_display_name(babel_locale(reader)))) == tag


@pytest.mark.parametrize(("text", "tag"), [("Deutsch", "de"), ("german", "de"), ("de-AT", "de"), ("en-GB", "en"), ("日本語", "ja"), ("chinese", "zh-TW"), ("português", "pt-BR")])  # fmt: skip
def test_a_language_is_found_as_people_write_it(text: str, tag: str) -> None:
    assert parse_locale(text) == tag


@pytest.mark.parametrize("text", ["xx", "", "klingon", "it", "Italiano"])
def test_a_language_that_the_interface_lacks_is_not_taken_for_english(text: str) -> None:
    with pytest.raises(UnknownName, match="de"):
        parse_locale(text)
