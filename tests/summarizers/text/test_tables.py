"""Shipped tables and the word lists that are read from them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import summarizers
from summarizers.text.dates import any_of, calendar, date_forms
from summarizers.text.language import LANGUAGES
from summarizers.text.speech import speech_group, speech_phrases
from summarizers.text.tables import language_words, load_table

DATA = Path(summarizers.__file__).parent / "data"


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.iterdir() if path.suffix in {".json", ".toml"}))
def test_every_shipped_table_is_read_once(name: str) -> None:
    assert load_table(name)
    assert load_table(name) is load_table(name)


def test_a_table_that_is_not_shipped_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        load_table("nothing.json")


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_a_language_are_casefolded(language: str) -> None:
    words = language_words(language, "stop")
    assert words
    assert all(word == word.casefold() for word in words)


def test_a_language_without_a_list_has_no_words() -> None:
    assert language_words("xx", "stop") == date_forms("xx", "day_in_phrase") == speech_phrases("xx", "closing") == ()
    assert speech_group("xx", "closing") == ""
    assert not calendar("xx").months


@pytest.mark.parametrize("name", ["language.toml", "speech.toml", "furniture.toml", "publication.toml"])
def test_the_head_of_a_hand_written_table_explains_each_list(name: str) -> None:
    text = (DATA / name).read_text("utf-8")
    head = "".join(line for line in text.splitlines(keepends=True)[:12] if line.startswith("#"))
    kinds = {kind for section in tomllib.loads(text).values() for kind in section} - set(LANGUAGES)
    assert not {kind for kind in kinds if f"{kind}:" not in head}


def test_a_star_is_any_ending_and_an_ellipsis_a_few_words() -> None:
    russian, english = speech_group("ru", "closing"), speech_group("en", "closing")
    assert re.fullmatch(russian, "сообщила")
    assert re.fullmatch(english, "told the morning news")
    assert not re.fullmatch(english, "told a reporter, and left")


def test_the_longest_of_several_names_is_matched() -> None:
    match = re.match(any_of(("Sep", "September", "Sept")), "September")
    assert match is not None
    assert match[0] == "September"


def test_months_and_days_are_numbered_from_january_and_monday() -> None:
    assert calendar("en").months["january"] == calendar("de").months["januar"] == 1
    assert calendar("en").days["monday"] == calendar("fr").days["lundi"] == 0
    assert calendar("en").numbers["twelve"] == "12"
