"""Each language has one word for each thing, and its catalogue keeps to it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bot.i18n import DEFAULT, LOCALES
from tests.i18n.glossary import FOLDER as GLOSSARIES
from tests.i18n.glossary import Glossary, deviations, read_glossary, texts

FOLDER = Path(__file__).parents[2] / "bot" / "i18n" / "locales"
OTHERS = sorted({path.stem for path in GLOSSARIES.glob("*.toml")} - {DEFAULT})
"""The languages with a glossary; a new one may come first with its catalogues alone."""
TERMS = read_glossary(DEFAULT)


def source(locale: str) -> str:
    """Both files of a catalogue as one."""
    return "\n".join((FOLDER / f"{locale}{end}").read_text("utf-8") for end in (".ftl", ".discord.ftl"))


@cache
def catalogue(locale: str) -> dict[str, str]:
    """The texts of a catalogue by key."""
    return texts(source(locale))


def drifted(locale: str, old: str, new: str, glossary: Glossary | None = None) -> list[str]:
    """The deviations of a copy of the catalogue in which one text is replaced."""
    kept = source(locale)
    assert old in kept
    return deviations(catalogue(DEFAULT), TERMS, texts(kept.replace(old, new)), glossary or read_glossary(locale))


def test_the_shipped_languages_have_a_glossary() -> None:
    assert {"de", "es", "fr", "ja", "pt-BR", "zh-TW"} <= set(OTHERS) <= set(LOCALES)


@pytest.mark.parametrize("locale", OTHERS)
def test_a_glossary_has_every_term(locale: str) -> None:
    assert list(read_glossary(locale).terms) == list(TERMS.terms)


@pytest.mark.parametrize("locale", OTHERS)
def test_a_glossary_gives_a_reason_for_every_word_to_avoid_and_every_exception(locale: str) -> None:
    glossary = read_glossary(locale)
    reasons = [*glossary.avoid.values()]
    for term in glossary.terms.values():
        reasons += [*term.avoid.values(), *term.exceptions.values()]
    assert all(reason.strip() for reason in reasons)


def test_english_has_no_exception_without_need() -> None:
    for name, term in TERMS.terms.items():
        for key in term.exceptions:
            assert any(form.lower() in catalogue(DEFAULT)[key].lower() for form in term.forms), (name, key)


@pytest.mark.parametrize("locale", [DEFAULT, *OTHERS])
def test_permissions_are_named_as_in_the_glossary(locale: str) -> None:
    glossary = read_glossary(locale)
    names = {key: text for key, text in catalogue(locale).items() if key.startswith("permission-")}
    assert names == {key: term.word for key, term in glossary.terms.items() if key.startswith("permission-")}


@pytest.mark.parametrize("locale", OTHERS)
def test_a_catalogue_keeps_to_its_glossary(locale: str) -> None:
    assert deviations(catalogue(DEFAULT), TERMS, catalogue(locale), read_glossary(locale)) == []


@pytest.mark.parametrize(
    ("locale", "old", "new", "told"),
    [
        ("de", "Abonnement { $id } angehalten\n", "Abonnement { $id } ruht\n", "paused: 'ruht' for pause"),
        ("de", "Abonnement { $id } angehalten\n", "Bezug { $id } angehalten\n", "paused: subscription is 'Abonnement'"),
        ("es", "otro canal con", "otra sala con", "notice-channel-gone: channel is 'canal'"),
        ("fr", "article de plus", "compte rendu de plus", "digest-omitted: 'compte rendu' for report"),
        ("pt-BR", "Permita em Editar", "Dê-me em Editar", "setup-missing: 'dê-me' (European: me dê)"),
        ("ja", "story-topics = テーマ", "story-topics = 分野", "story-topics: topic is 'テーマ'"),
        ("zh-TW", "我可以在那裡發布", "我可以在那裡發文", "setup-ready: '發文' for post"),
    ],
)
def test_a_catalogue_that_drifts_is_noticed(locale: str, old: str, new: str, told: str) -> None:
    assert any(each.startswith(told) for each in drifted(locale, old, new))


def test_an_exception_that_nothing_needs_any_more_is_noticed() -> None:
    kept = (GLOSSARIES / "de.toml").read_text("utf-8")
    needless = kept.replace('word = "Quelle"', 'word = "Quelle"\nexceptions = { story-source = "none" }')
    told = drifted("de", "Quelle", "Quelle", read_glossary("de", needless))
    assert told == ["story-source: needs no exception for source"]
