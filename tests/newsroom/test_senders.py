"""Which names and pictures may a digest be posted with?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputInvalid
from bot.newsroom.senders import sender_avatar, sender_name


@pytest.mark.parametrize(
    ("given_name", "meant"),
    [
        (None, None),
        ("", None),
        (" ", None),
        ("-", None),
        ("  The   Lamp ", "The Lamp"),
        ("港口報", "港口報"),
        ("x" * 80, "x" * 80),
    ],
)
def test_a_sender_name_keeps_single_blanks(given_name: str | None, meant: str | None) -> None:
    assert sender_name(given_name) == meant


@pytest.mark.parametrize(
    "wrong",
    [
        "x" * 81,
        "My Discord",
        "CLYDE",
        "ｄiscord",
        "@everyone",
        "everyone",
        "Here",
        "a```b",
        "a\u200bb",
        "\u202eb",
        "a\x00b",
    ],
)
def test_a_name_that_discord_would_refuse_is_refused(wrong: str) -> None:
    with pytest.raises(InputInvalid) as refused:
        sender_name(wrong)
    assert refused.value.key == "error-sender-name"


@given(st.text(max_size=100))
def test_an_accepted_sender_name_is_accepted_again_unchanged(text: str) -> None:
    try:
        name = sender_name(text)
    except InputInvalid:
        return
    assert sender_name(name) == name


@pytest.mark.parametrize("address", ["https://example.org/lamp.png", "http://example.org:8080/a?b=c"])
def test_an_avatar_is_a_web_address(address: str) -> None:
    assert sender_avatar(f" {address} ") == address


@pytest.mark.parametrize(
    "wrong",
    [
        *("lamp.png", "ftp://example.org/a", "https://", "javascript:alert(1)", "https://me:secret@example.org/a.png"),
        *("https://example.org/a b.png", "https://example.org/" + "a" * 2000, "https://[1/a", "https://a:b/"),
    ],
)
def test_an_avatar_that_is_no_web_address_is_refused(wrong: str) -> None:
    with pytest.raises(InputInvalid) as refused:
        sender_avatar(wrong)
    assert refused.value.key == "error-sender-avatar"


@pytest.mark.parametrize("nothing", [None, "", "-"])
def test_no_avatar_means_the_bots_own(nothing: str | None) -> None:
    assert sender_avatar(nothing) is None
