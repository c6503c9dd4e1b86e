"""Every error has a message in every language."""

from __future__ import annotations

import pytest

from bot.commands import error_message
from bot.errors import (
    ChannelGone,
    DeliveryError,
    DiscordUnavailable,
    FilterInvalid,
    GazetteError,
    InputInvalid,
    NotAllowed,
    NotFound,
    PermissionMissing,
    SeedRejected,
    SettingsInvalid,
    StoreOutdated,
    StoreUnavailable,
    TokenRefused,
    UnknownName,
)
from bot.i18n import LOCALES, words

ERRORS: list[GazetteError] = [
    SettingsInvalid("x"),
    SeedRejected("a.txt", "binary"),
    StoreUnavailable("the database is down"),
    StoreOutdated("old"),
    FilterInvalid("a", 0, "some problem"),
    FilterInvalid("a", 0, "there is no country called 'x'", "name", what="country", given="x", hint="none"),
    UnknownName("country", "Japn"),
    UnknownName("time zone", "Europe/Berln", ["Europe/Berlin"]),
    UnknownName("unheard of", "x"),
    NotFound("story", "s9"),
    NotAllowed("manage_guild"),
    NotAllowed("something new"),
    InputInvalid("some problem"),
    InputInvalid("some problem", "error-day", given="x"),
    InputInvalid("some problem", "no-such-message"),
    DeliveryError("x"),
    ChannelGone(123456789012345678),
    PermissionMissing(123456789012345678, "Send Messages"),
    DiscordUnavailable("x"),
    TokenRefused(),
]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: f"{type(error).__name__}-{error.key}")
def test_an_error_has_words(error: GazetteError, locale: str) -> None:
    assert error_message(error, words(locale)).strip()


def test_ids_are_no_amounts_and_permissions_have_discords_names() -> None:
    message = error_message(PermissionMissing(123456789012345678, "Send Messages"), words("de"))
    assert "<#123456789012345678>" in message
    assert "„Nachrichten senden“" in message


def test_the_closest_names_are_in_the_readers_language() -> None:
    assert (
        error_message(UnknownName("country", "Japn", ["Japan"]), words("ja"))
        == "「Japn」という国は見つかりません。日本のことですか？"
    )
    assert error_message(UnknownName("country", "xqzwvk"), words("en")) == "There is no country called “xqzwvk”."


def test_a_problem_without_a_message_is_described_in_english() -> None:
    assert error_message(InputInvalid("some problem", "no-such-message"), words("de")) == "some problem"
    assert "some problem" in error_message(FilterInvalid("a", 0, "some problem"), words("de"))
