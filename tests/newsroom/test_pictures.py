"""Addresses of pictures that anybody may be shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.newsroom.pictures import picture_address


@pytest.mark.parametrize(
    "address",
    [
        "https://pictures.example/a.jpg",
        "https://i.cdn.example/resize?src=a%20b.jpg&w=800",
        "https://xn--bcher-kva.example/a",
        "https://3news.example/a.png",
    ],
)
def test_a_public_address_is_kept(address: str) -> None:
    assert picture_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        *(
            "http://pictures.example/a.jpg",
            "ftp://pictures.example/a",
            "data:image/png;base64,AA",
            "/a.jpg",
            "",
            None,
            5,
        ),
        *(
            "https://localhost/a",
            "https://intranet/a",
            "https://nas.local/a",
            "https://db.internal/a",
            "https://x.lan/a",
        ),
        *("https://127.0.0.1/a", "https://10.0.0.1/a", "https://8.8.8.8/a", "https://[::1]/a", "https://2130706433/a"),
        *("https://0x7f.0.0.1/a", "https://127.1/a", "https://①②⑦.⓪.⓪.①/a", "https://169.254.169.254/latest"),
        *("https://joe:secret@pictures.example/a", "https://pictures.example:8443/a", "https://[bad/a"),
        *("https://pictures.example\\@evil.example/a", "https://pictures.example/a b", "https://pictures.example/a\n"),
        "https://pictures.example/" + "a" * 2_000,
    ],
)
def test_any_other_is_not(address: object) -> None:
    assert picture_address(address) is None


@given(st.text(max_size=60).map(lambda text: f"https://{text}"))
def test_any_text_gives_itself_or_none(address: str) -> None:
    assert picture_address(address) in {None, address}
