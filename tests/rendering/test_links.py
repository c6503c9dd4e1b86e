"""Links lead where they seem to lead, or nowhere."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.newsroom.host_names import display_host
from bot.newsroom.web_hosts import ascii_host
from bot.rendering.links import label_of_link, safe_url

PIECES = [
    *(
        "http://",
        "https://",
        "HTTPS://",
        "httpſ://",
        "//",
        "/",
        "\\",
        "@",
        ":",
        "::",
        "[",
        "]",
        "[::1]",
        "?",
        "#",
        "%2e",
    ),
    *(
        "%",
        ".",
        "..",
        "。",
        "a.example",
        "discord.gg",
        "DISCORD.com",
        "invite",
        "/abc",
        "xn--",
        "bücher",
        "аpple",
        "127.1",
    ),
    *(":80", ":0", ":99999", ":８０", "user:pw@", " ", "\u202e", "\u200d", "(", ")", "'", '"', "<", ">", "`", "|"),
]
urls = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=10).map("".join) | st.builds(
    "https://{}{}".format, st.text(max_size=20), st.sampled_from(["", "/", ":1/x", "?q", "#f"])
)


@settings(deadline=None, max_examples=400)
@given(urls)
@example("https://a.example/x)y(z")
def test_a_link_is_ascii_and_has_a_host_and_port_that_exist(url: str) -> None:
    safe = safe_url(url)
    if safe is None:
        return
    assert safe.isascii()
    assert safe.isprintable()
    assert not set(safe) & set(" ()<>\"'`\\|^{}")
    parts = urlsplit(safe)
    assert parts.scheme in ("http", "https")
    assert parts.username is None
    assert parts.port is None or 1 <= parts.port <= 65_535
    assert parts.hostname
    assert ascii_host(parts.hostname) == parts.hostname
    assert "%" not in parts.netloc


@settings(deadline=None)
@given(urls)
def test_making_a_link_again_changes_nothing(url: str) -> None:
    safe = safe_url(url)
    if safe is not None and len(safe) <= 512:
        assert safe_url(safe) == safe


LATIN, OTHERS = (
    "abcdeghijklmnopqrstuvwxyzéüßł",
    {
        "Cyrillic": "абвгдежзиклмнопрстуфхцчшщэюяіѕјһԛԝӏ",
        "Greek": "αβγδεζηθικλμνξοπρστυφχψω",
        "Armenian": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
        "Cherokee": "ꭰꭱꭲꭳꭴꭵ",
    },
)


@settings(deadline=None)
@given(st.data(), st.sampled_from(sorted(OTHERS)))
def test_latin_letters_among_others_are_shown_in_punycode(data: st.DataObject, script: str) -> None:
    mixed = [data.draw(st.sampled_from(LATIN)), data.draw(st.sampled_from(OTHERS[script]))]
    letters = mixed + data.draw(st.lists(st.sampled_from(LATIN + OTHERS[script]), max_size=8))
    host = f"{''.join(data.draw(st.permutations(letters)))}.example"
    if ascii_host(host) is not None:
        assert display_host(host).isascii()


@settings(deadline=None)
@given(st.text(max_size=12), st.sampled_from(["com", "de", "ru", "рф", "jp"]))
def test_a_host_that_is_shown_is_the_one_that_is_sent(label: str, tld: str) -> None:
    name = ascii_host(f"{label}.{tld}")
    if name is not None:
        shown = display_host(name)
        assert ascii_host(shown) == name
        assert shown.isprintable()
        assert display_host(shown) == shown


@settings(deadline=None)
@given(st.text(max_size=60))
def test_a_label_s_own_words_stay(label: str) -> None:
    assert label_of_link(label, "https://a.example/").startswith(label)


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "data:text/html,x", "ftp://x.example/", "https://", "https://user@evil.example/"),
        *("https://a.example/\u202egpj", "https://a b.example", "http://[::1", "", None),
        "https://a.example/" + "x" * 600,
    ],
)
def test_an_address_that_misleads_is_none(url: str | None) -> None:
    assert safe_url(url) is None


def test_an_address_cannot_end_its_link_early() -> None:
    assert safe_url("https://a.example/x)y(z") == "https://a.example/x%29y%28z"
    assert safe_url("HTTPS://A.example/日本?q=1&r=[2]#f") == "https://a.example/%E6%97%A5%E6%9C%AC?q=1&r=%5B2%5D#f"
