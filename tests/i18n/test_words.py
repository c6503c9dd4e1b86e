"""Does everybody read the program in their own language, whatever stands in a name?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.i18n import LOCALES, negotiate, words

DISCORD = ["id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl"]
DISCORD += [
    "pt-BR",
    "ro",
    "fi",
    "sv-SE",
    "vi",
    "tr",
    "cs",
    "el",
    "bg",
    "ru",
    "uk",
    "hi",
    "th",
    "zh-CN",
    "ja",
    "zh-TW",
    "ko",
]


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("en-GB", "en"),
        ("es-419", "es"),
        ("es-ES", "es"),
        ("pt-BR", "pt-BR"),
        ("pt_PT", "pt-BR"),
        ("zh-TW", "zh-TW"),
        ("zh-HK", "zh-TW"),
        ("zh-CN", "en"),
        ("de_AT", "de"),
        ("FR", "fr"),
        ("ko", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_a_reader_gets_the_nearest_language(locale: str | None, language: str) -> None:
    assert negotiate(locale) == language


@pytest.mark.parametrize("locale", DISCORD)
def test_every_locale_of_discord_has_words(locale: str) -> None:
    assert words(locale)("about-title") == "Gazette"


def test_numbers_have_their_plural_form() -> None:
    assert [words("en")("digest-sources", count=count) for count in (1, 2)] == ["1 report", "2 reports"]
    assert [words("fr")("digest-sources", count=count)[:1] for count in (0, 1)] == ["0", "1"]
    assert words("fr")("digest-omitted", count=0).endswith("article de plus")
    assert words("de")("news-title", total=0) == "Keine Meldungen"
    assert words("ja")("news-title", total=1) == "記事 1 件"


def test_numbers_are_written_as_the_language_does() -> None:
    assert words("de")("news-title", total=12345) == "12.345 Meldungen"
    assert words("en")("news-title", total=12345) == "12,345 stories"


def test_a_missing_fact_is_no_silent_hole() -> None:
    with pytest.raises(KeyError, match="news-page"):
        words("en")("news-page", page=1)
    with pytest.raises(KeyError):
        words("de")("no-such-message")


def test_a_long_fact_is_cut() -> None:
    told = words("en")("why-title", headline="x" * 5000)
    assert 800 < len(told) < 1000
    assert told.endswith("…")


def test_text_from_right_to_left_cannot_turn_the_sentence_around() -> None:
    told = words("en")("search-title", words="אבג (x)", total=2)
    assert "\u2068אבג (x)\u2069" in told
    assert "\u2068" not in words("en")("search-title", words="abc", total=2)
    assert "\u2068" not in words("en").plain("search-title", words="אבג", total=2)


@settings(deadline=None)
@given(given=st.text(max_size=60) | st.text(alphabet="\u202e\u2066\u2068\u2069 aאב", max_size=20))
def test_isolation_is_closed_whatever_stands_in_it(given: str) -> None:
    for locale in LOCALES:
        told = words(locale)("error-id", given=given)
        assert told.count("\u2068") == told.count("\u2069")
        assert not set("\u202a\u202b\u202d\u202e\u2066\u2067") & set(told)


@pytest.mark.parametrize("locale", LOCALES)
def test_lists_are_joined_as_the_language_does(locale: str) -> None:
    say = words(locale)
    assert say.listed([]) == say.listed([], alternatives=True) == ""
    assert say.listed(["a"]) == say.listed(["a"], alternatives=True) == "a"
    assert say.listed(["a", "b"]) in ("a, b", "a、b")
    assert say.listed(["a", "b"], alternatives=True) not in ("a, b", "ab")
