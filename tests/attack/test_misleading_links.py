"""Attempt: have members click on what leads elsewhere: odd ports and hosts, homographs, invites, masked links."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from rich.console import Console

from bot.i18n import words
from bot.newsroom.host_names import display_host
from bot.newsroom.models import DigestStyle, SourceRef
from bot.newsroom.web_hosts import ascii_host
from bot.rendering import terminal
from bot.rendering.discord import draw
from bot.rendering.html import html_of
from bot.rendering.layout import ActionRow, Button, Page, Paragraph, Span, link, paragraph
from bot.rendering.links import label_of_link, safe_url
from bot.rendering.pages.parts import source_spans
from bot.rendering.terminal import picture

PORTS_AND_HOSTS = (
    *(
        "http://a.b:99999/",
        "http://a.b:0/",
        "http://a.b:-1/",
        "http://a.b:1e3/",
        "http://a.b:８０/",
        "http://a.b:80:80/",
    ),
    *("http://%61..b/", "http://%zz.b/", "http://%00.b/", "http://a%2Fb.c/", "http://a%40b.c/", "http://a%3A80.b/"),
    *(
        "http://.a/",
        "http://a..b/",
        "http://256.1.1.1/",
        "http://1.2.3.4.5/",
        "http://0x100000000/",
        "http://09.1.1.1/",
    ),
    *("http://[::1/", "http://[::g]/", "http://[fe80::1%25eth0]/", "http://[::1]x/", "http://[1.2.3.4]/"),
    *("http://a\\@b.example/", "http:\\\\a.example\\", "http://a.example\\.b.example/", "httpſ://a.example/"),
    *("http://xn--999999999.example/", "http://i❤.example/", "http://a\u200db.example/", f"http://{'a' * 64}.example/"),
    *(f"http://{'a.' * 127}example/", "http://a.example:80@b.example/", "http:///a.example/", "http:a.example"),
)


@pytest.mark.parametrize("url", PORTS_AND_HOSTS)
def test_a_host_or_port_that_can_t_be_is_no_link(url: str) -> None:
    assert safe_url(url) is None


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("http://%61.b/x", "http://a.b/x"),
        ("http://A.B:/x", "http://a.b/x"),
        ("http://a.b:080/", "http://a.b:80/"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://b%C3%BCcher.example/", "https://xn--bcher-kva.example/"),
        ("https://BÜCHER.example./", "https://xn--bcher-kva.example/"),
        ("https://日本語。jp/", "https://xn--wgv71a119e.jp/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://１.2.3.4/", "http://1.2.3.4/"),
        ("http://[0:0::1]:80/", "http://[::1]:80/"),
        ("https://news.example", "https://news.example"),
    ],
)
def test_an_unusual_address_gets_the_form_that_opens(url: str, safe: str) -> None:
    assert safe_url(url) == safe


HARMLESS = (
    *(
        "bücher.example",
        "münchen.de",
        "españa.es",
        "žluťoučký.cz",
        "việtnam.vn",
        "日本語.jp",
        "ひらがな.jp",
        "東京tower.jp",
    ),
    *(
        "中文.tw",
        "한국어.kr",
        "правда.ру",
        "новости.рф",
        "привет.ru",
        "ελλάδα.gr",
        "עברית.il",
        "مثال.eg",
        "ไทย.th",
        "हिन्दी.in",
    ),
    *(
        "コーヒー.jp",
        "東京タワー.jp",
        "ニュース.com",
        "k뉴스.kr",
        "الجزيرة.com",
        "समाचार.com",
        "செய்தி.in",
        "ข่าว.com",
        "々木.jp",
    ),
    *("çağrı.tr", "ısı.tr", "þjóð.is", "əli.az", "пример.испытание", "газета.укр"),
)
HOMOGRAPHS = (
    *("аpple.com", "аррӏе.com", "раураӏ.com", "gооgle.com", "googlе.com", "ехаmple.com", "сосасо.com", "ѕсоре.com"),
    *("αpple.com", "νικο.com", "օօօ.com", "ɑpple.com", "ɡoogle.com", "ｇооgle.com", "ᴀpple.com", "appleı.com"),
    *("bbсnews.com", "ąpple.com", "gőogle.com", "páypal-login.com", "lògin-paypál.com", "þaypal.com", "đocusign.com"),
    *("ノ.com", "aノb.com", "一一.com", "ー.com", "٣٣.com", "১২.com", "привет-hello.com", "ყხ.com", "ᏀᎾᎾ.com"),
    *("faϲebook.com", "wіkipedia.org", "bℓoomberg.com", "rеuters.com", "ոս.com", "סוס.com", "ⅽnn.com"),
)


@pytest.mark.parametrize("host", HARMLESS)
def test_international_hosts_are_shown_as_people_see_them(host: str) -> None:
    assert display_host(host) == host
    assert display_host(ascii_host(host) or "") == host


@pytest.mark.parametrize("host", HOMOGRAPHS)
def test_homographs_are_shown_in_punycode(host: str) -> None:
    name = ascii_host(host)
    shown = display_host(host)
    if name is None:
        assert safe_url(f"https://{host}/") is None
    else:
        assert shown == name
        assert shown.isascii()
        assert (safe_url(f"https://{host}/") or "").isascii()


INVITES = (
    *("https://discord.gg/abc", "http://discord.gg/abc", "HTTPS://DISCORD.GG/ABC", "https://discord.gg./abc"),
    *(
        "https://www.discord.gg/abc",
        "https://discord%2Egg/abc",
        "https://%64iscord.gg/abc",
        "https://discord.gg:443/abc",
    ),
    *("https://discord.com/invite/abc", "https://discordapp.com/invite/abc", "https://ptb.discord.com/invite/abc"),
    *("https://discord.com/%69nvite/abc", "https://discord.com//invite//abc", "https://discord.com/./invite/abc"),
    *("https://discord.com/x/../invite/abc", "https://discord.com/%2569nvite/abc", "https://DISCORD.com/Invite/abc"),
    *("https://discord.com/oauth2/authorize?client_id=1&scope=bot", "https://discord.com/api/oauth2/authorize?x=1"),
    *("https://dsc.gg/abc", "https://discord.me/abc", "https://discord.io/abc", "https://invite.gg/abc"),
    *(
        "https://user@discord.gg/abc",
        "https://ｄｉｓｃｏｒｄ.gg/abc",
        "https://discord。gg/abc",
        "https://disboard.org/server/1",
    ),
    *("https://discord.com/%25252569nvite/abc", "https://evil.example/?to=discord.gg%2525252Fabc"),
    *("https://discord.com/login?redirect_to=%2Finvite%2Fabc", "https://discord.com/application-directory/1"),
    *("https://watchanimeattheoffice.com/invite/abc", "https://discord.co/invite/abc", "https://top.gg/servers/1"),
    *("https://evil.example/?to=discord.gg/abc", "https://evil.example/#discord.com%2Finvite%2Fabc"),
)


@pytest.mark.parametrize("url", INVITES)
def test_an_invite_to_another_server_is_no_link(url: str) -> None:
    assert safe_url(url) is None
    for payload in _drawn(link("Read more", url)):
        assert "](" not in payload
        assert "discord.gg/" not in payload.lower()
    button = Page((ActionRow((Button("Read", url=url),)),))
    assert "discord" not in str(draw(button)).lower()


@pytest.mark.parametrize("url", ["https://discord.com/channels/1/2/3", "https://discord.com/blog/x", "https://x.gg/a"])
def test_other_pages_of_discord_stay_links(url: str) -> None:
    assert safe_url(url) == url


BARE = (
    *("discord.gg/abc", "DISCORD.GG/abc", "Discord.gg./abc", "discord.gg:443/abc", "discord.com/invite/abc"),
    *("discordapp.com/invite/abc", "ptb.discord.com/invite/abc", "dsc.gg/abc", "discord.me/abc", "x@discord.gg/abc"),
    *("watchanimeattheoffice.com/invite/abc", "discord.co/invite/abc"),
    *("https://discord.gg/abc", "http://evil.example/", "<https://discord.gg/abc>", "discord\u200b.gg/abc"),
    *("[x](https://discord.gg/abc)", "discord:///invite/abc", "steam://run/1", "https:\u2060//discord.gg/abc"),
)
_CLICKABLE = re.compile(
    r"(?i)[a-z0-9]://|(?:\.gg|watchanimeattheoffice\.com|discord(?:app)?\.(?:com|co|me|io|li|link))\.?(?::\d+)?/|(?<!\\)\]\(|(?<!\\)<"
)


@pytest.mark.parametrize("text", BARE)
@pytest.mark.parametrize("frame", ["{}", "Join us: {} today.", "({})", "«{}»", "a/{}/b", "Ferry {}, {} sails"])
@pytest.mark.parametrize("style", ["plain", "bold"])
def test_an_address_in_a_sentence_or_headline_is_only_text(text: str, frame: str, style: Any) -> None:
    said = frame.format(text, text)
    for payload in _drawn(Span(said, style)):
        assert not _CLICKABLE.search(payload), payload
    assert "href" not in re.sub(r"<link[^>]*>", "", html_of([Page((paragraph(said, size="title"),))]).split("<body")[1])


@pytest.mark.parametrize(
    ("label", "url", "shown"),
    [
        ("bbc.com", "https://evil.example/", "bbc.com (evil.example)"),
        ("аpple.com", "https://xn--pple-43d.com/", "аpple.com (xn--pple-43d.com)"),
        ("аррӏе.com", "https://www.аррӏе.com/", "аррӏе.com (www.xn--80ak6aa92e.com)"),
        ("bbc\u00ad.com", "https://evil.example/", "bbc\u00ad.com (evil.example)"),
        ("1.1.1.1", "https://evil.example/", "1.1.1.1 (evil.example)"),
        ("BBC.com", "https://www.bbc.com/news", "BBC.com"),
        ("bbc.co.uk", "https://news.bbc.co.uk/1", "bbc.co.uk"),
        ("news.bbc.co.uk", "https://bbc.co.uk/1", "news.bbc.co.uk"),
        ("https://bbc.com/news", "https://bbc.com.evil.example/", "https://bbc.com/news (bbc.com.evil.example)"),
        ("bbc。com", "https://evil.example/", "bbc。com (evil.example)"),
        ("аpple.com", "https://apple.com.evil.example/", "аpple.com (apple.com.evil.example)"),
        ("apple.com", "https://xn--pple-43d.com/", "apple.com (xn--pple-43d.com)"),
        ("buecher.example", "https://xn--bcher-kva.example/", "buecher.example (bücher.example)"),
        ("bücher.example", "https://xn--bcher-kva.example/", "bücher.example"),
        ("Harbour Post", "https://evil.example/", "Harbour Post"),
        ("evil.example and bbc.com", "https://evil.example/", "evil.example and bbc.com (evil.example)"),
        ("a.txt, story 1", "https://x.example/", "a.txt, story 1"),
    ],
)
def test_a_link_s_text_can_t_claim_another_host(label: str, url: str, shown: str) -> None:
    assert label_of_link(label, url) == shown
    page = Page((Paragraph((link(label, url),)),))
    assert shown.split("(")[-1].rstrip(")") in picture(page).replace("&#160;", " ")
    for payload in _drawn(link(label, url)):
        if "](" in payload and shown != label:
            assert shown.rpartition("(")[2].rstrip(")") in payload.rpartition("](")[0]


def test_a_long_label_can_t_push_the_host_out() -> None:
    for length in range(100, 4_500, 200):
        for payload in _drawn(link(f"bbc.com {'x' * length}", "https://evil.example/")):
            for label in re.findall(r"\[([^\]]*)\]\(", payload):
                assert "bbc.com" not in label or label.endswith("(evil.example)")


def test_a_button_s_address_is_no_markup_in_the_terminal() -> None:
    for url in ("https://a.example/[/link]", "https://a.example/?a=[bold]x[/bold]", "http://[::1]:80/x"):
        page = Page((ActionRow((Button("Read", url=url),)),))
        console = Console(file=io.StringIO(), record=True)
        console.print(terminal.draw(page))
        assert console.export_text().strip() == "↗ Read"


def test_a_feed_s_host_is_shown_as_people_see_it() -> None:
    for host, shown in (("xn--bcher-kva.example", "bücher.example"), ("xn--pple-43d.com", "xn--pple-43d.com")):
        (span,) = source_spans(SourceRef(1, f"feed://{host}/0a1b", 0, None, None), words("en"), first=True)
        assert span.text == shown


def _drawn(span: Span) -> list[str]:
    """Return the texts of a title, a paragraph and a footer with a span, in each look."""
    page = Page((Paragraph((span,), "title"), Paragraph((span,), "quote")), footer=Paragraph((span,), "small"))
    texts: list[str] = []

    def collect(part: Any) -> None:
        if isinstance(part, dict):
            texts.extend(
                value for name, value in part.items() if name in ("content", "description") and isinstance(value, str)
            )
            for value in part.values():
                collect(value)
        elif isinstance(part, list):
            for value in part:
                collect(value)

    for look in DigestStyle:
        collect(draw(page, look))
    assert texts
    return texts
