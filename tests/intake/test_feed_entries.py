"""Entries of feeds: none is lost, and none brings its generator's furniture along."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.readers.feed_entries import MAX_ENTRIES, FeedEntries
from bot.intake.readers.json_feed import read_json_feed
from bot.intake.readers.syndication import feed_entries
from bot.intake.types import DocumentPart, Unreadable
from bot.newsroom.rejections import RejectReason
from tests.intake.conftest import story_text

HOME = "https://harbour.example/"
LINK = "https://harbour.example/2026/11/bridge/"
TEXT = "The council voted on Monday to close the old bridge. Traffic is led over the tunnel until March."


def rss(*items: str, head: str = "", attributes: str = "") -> bytes:
    channel = f"<title>Harbour Post</title><link>{HOME}</link>{head}"
    entries = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0" {attributes}><channel>{channel}{entries}</channel></rss>'.encode()


def entry(body: str, title: str = "Bridge closed", link: str = LINK) -> DocumentPart:
    """Return the one entry of a feed with that body of HTML."""
    item = f"<title>{title}</title><link>{link}</link><description><![CDATA[{body}]]></description>"
    ((_, part),) = feed_entries(rss(item)).entries
    return part


def titles(feed: FeedEntries) -> list[str | None]:
    return [part.title for _, part in feed.entries]


# Names


@pytest.mark.parametrize(
    "shared",
    [
        "<guid>one</guid>",
        "<link>https://status.example/</link>",
        "<guid isPermaLink='false'>#</guid><link>https://status.example/</link>",
        "",
    ],
)
def test_entries_of_one_id_are_all_read(shared: str) -> None:
    items = [f"{shared}<title>Case {at}</title><description>{story_text(at)}</description>" for at in range(3)]
    feed = feed_entries(rss(*items))
    assert titles(feed) == ["Case 0", "Case 1", "Case 2"]
    assert len({name for name, _ in feed.entries}) == 3
    assert feed.notes == ()
    # in any order, and when one of them is gone, each keeps its name
    again = feed_entries(rss(*items[2:0:-1]), shared=feed.shared)
    assert set(again.entries) <= set(feed.entries)


def test_entries_of_one_id_and_headline_are_told_apart_by_their_texts() -> None:
    items = [f"<guid>one</guid><title>Live</title><description>{story_text(at)}</description>" for at in range(3)]
    assert len(feed_entries(rss(*items)).entries) == 3


def test_an_entry_that_is_there_twice_is_read_once_and_named() -> None:
    item = f"<guid>one</guid><title>Live</title><description>{TEXT}</description>"
    feed = feed_entries(rss(item, item))
    assert len(feed.entries) == 1
    assert feed.notes == ("1 of 2 entries are in the feed more than once",)


def test_an_id_of_one_entry_only_is_its_name() -> None:
    feed = feed_entries(rss(f"<guid>a</guid><title>A</title><description>{TEXT}</description>"))
    assert [name for name, _ in feed.entries] == ["a"]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.sampled_from("123")), max_size=8))
def test_no_entry_with_a_text_of_its_own_is_lost(entries: list[tuple[str, str, str]]) -> None:
    items = [
        f"<guid>{guid}</guid><title>{title}</title><description>{story_text(int(text))}</description>"
        for guid, title, text in entries
    ]
    read = {(part.title, part.text) for _, part in feed_entries(rss(*items)).entries}
    assert read == {(title, story_text(int(text))) for _, title, text in entries}


def test_of_thousands_of_entries_the_newest_are_read_and_the_rest_is_named() -> None:
    items = [
        f"<guid>{at}</guid><title>Case {at}</title><description>Short.</description>"
        f"<pubDate>{2000 + at % 27}-11-30T06:00:00Z</pubDate>"
        for at in range(2_000)
    ]
    feed = feed_entries(rss(*items))
    assert (len(feed.entries), feed.total) == (MAX_ENTRIES, 2_000)
    assert feed.notes == (f"{2_000 - MAX_ENTRIES} of 2000 entries were left out: at most {MAX_ENTRIES} are read",)
    assert min(part.published.year for _, part in feed.entries if part.published) >= 2020


# Texts


@pytest.mark.parametrize(
    "body", ["", "<description/>", "<description></description>", "<description> <br/> </description>"]
)
def test_an_entry_without_a_text_is_a_brief_of_its_headline(body: str) -> None:
    ((_, part),) = feed_entries(rss(f"<title>Quake off Chile</title><link>{LINK}</link>{body}")).entries
    assert (part.title, part.text, part.brief) == ("Quake off Chile", "Quake off Chile", True)


def test_an_entry_without_a_headline_is_read() -> None:
    ((_, part),) = feed_entries(rss(f"<link>{LINK}</link><description>{TEXT}</description>")).entries
    assert (part.title, part.text, part.brief) == (None, TEXT, False)


def test_a_text_that_repeats_headline_and_publisher_is_a_brief() -> None:
    body = f'<a href="{LINK}">Bridge closed</a>&nbsp;&nbsp;<font color="#6f6f6f">Harbour Post</font>'
    item = f"<title>Bridge closed</title><link>{LINK}</link><description><![CDATA[{body}]]></description>"
    ((_, part),) = feed_entries(rss(f"{item}<source url='{HOME}'>Harbour Post</source>")).entries
    assert part.brief


def test_an_entry_with_neither_is_named() -> None:
    feed = feed_entries(rss("<guid>empty</guid>", f"<description>{TEXT}</description>"))
    assert len(feed.entries) == 1
    assert feed.notes == ("1 of 2 entries were left out: entry 1 has neither text nor headline",)


FOOTERS = (
    'The post <a href="{link}">{title}</a> appeared first on <a href="{home}">Harbour Post</a>.',
    'Der Beitrag <a rel="nofollow" href="{link}?utm_source=rss">{title}</a> erschien zuerst auf <a href="{home}">HP</a>.',
    '<a href="{link}">{title}</a> yazısı ilk önce <a href="{home}">Liman</a> üzerinde ortaya çıktı.',
    '投稿 <a href="{link}">{title}</a> は <a href="{home}">港新聞</a> に最初に表示されました。',
    'Objava <a href="{link}">{title}</a> se je najprej pojavila na <a href="https://www.harbour.example">Pristan</a>.',
    'Bài viết <a href="{link}">{title}</a> đã xuất hiện đầu tiên vào ngày <a href="{home}">Cảng</a>.',
    'Innlegget <a href="{link}">{title}</a> dukket først opp på <a href="{home}">Havna</a>.',
)


@pytest.mark.parametrize("footer", FOOTERS)
@pytest.mark.parametrize("place", ["<p>{}</p>", "<div>{}</div>", "<p><small>{}</small></p>\n"])
def test_a_blog_s_footer_goes_in_any_language(footer: str, place: str) -> None:
    said = footer.format(link=LINK, home=HOME, title="Bridge closed")
    part = entry(f"<p>{TEXT}</p>" + place.format(said))
    assert part.text == TEXT
    assert [aside.reason for aside in part.left_out] == ["feed"]


@pytest.mark.parametrize(
    "more",
    [
        '<a href="{link}">Continue reading</a>',
        '<a href="{link}" class="more-link">Weiterlesen <span class="screen-reader-text">„Bridge closed“</span> →</a>',
        '<p><a href="{link}?utm_medium=rss#more-12">Číst dál &raquo;</a></p>',
        '<p><strong><a href="{link}">続きを読む</a></strong></p>',
        '<p><a href="{link}#comments">12 Kommentare</a></p>',
        '<p><a href="{link}#respond">Leave a reply</a> <a href="{link}">Read more</a></p>',
    ],
)
def test_links_to_the_entry_itself_go_in_any_language(more: str) -> None:
    assert entry(f"<p>{TEXT}</p>" + more.format(link=LINK)).text == TEXT


@pytest.mark.parametrize(
    "body",
    [
        '<p>{text}</p><p>The <a href="https://other.example/x">report</a> is public.</p>',
        '<p>The <a href="{link}">bridge</a> was closed on Monday by the council.</p>',
        '<p>{text}</p><p>Ask the <a href="{home}">paper</a> or the <a href="https://council.example/">council</a>.</p>',
    ],
)
def test_other_links_stay(body: str) -> None:
    part = entry(body.format(text=TEXT, link=LINK, home=HOME))
    assert part.left_out == ()
    assert "The" in part.text.splitlines()[-1] or "Ask" in part.text.splitlines()[-1]


@pytest.mark.parametrize(
    "body",
    [
        '&#32; submitted by &#32; <a href="https://www.reddit.com/user/joe"> /u/joe </a> <br/>'
        ' <span><a href="https://x.example/1">[link]</a></span> &#32; <span><a href="https://www.reddit.com/r/a/comments/1">[comments]</a></span>',
        "<p>Article URL: <a href='https://x.example/1'>https://x.example/1</a></p>"
        "<p>Comments URL: <a href='https://n.example/2'>https://n.example/2</a></p><p>Points: 52</p><p># Comments: 20</p>",
    ],
)
def test_an_aggregator_s_entry_without_a_text_is_a_brief(body: str) -> None:
    part = entry(body)
    assert (part.text, part.brief) == ("Bridge closed", True)


@pytest.mark.parametrize("mark", ["[&#8230;]", "[...]", "[…]", "(…)", "&hellip;", "..."])
def test_an_excerpt_is_known_as_one(mark: str) -> None:
    part = entry(f"<p>The council voted on Monday to close the old bridge, and the mayor said that {mark}</p>")
    assert part.text.endswith(("…", "..."))
    assert not part.text.endswith(("]", ")"))


def test_markup_that_was_escaped_twice_is_read() -> None:
    body = "&amp;lt;p&amp;gt;Ports open.&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;Ferries sail at noon.&amp;lt;/p&amp;gt;"
    ((_, part),) = feed_entries(rss(f"<title>Ports</title><description>{body}</description>")).entries
    assert part.text == "Ports open.\nFerries sail at noon."


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("A free guide to &lt;head&gt; elements", "A free guide to <head> elements"),
        ("<![CDATA[A free guide to &lt;body&gt; elements]]>", "A free guide to <body> elements"),
        ("<![CDATA[The <author> tag]]>", "The <author> tag"),
        ("x &lt;y", "x <y"),
        ("Growth &lt; 2% and &gt; 1%", "Growth < 2% and > 1%"),
        ("&lt;b&gt;Bridge&lt;/b&gt; closed", "Bridge closed"),
        ("<![CDATA[<em>Bridge</em><br>closed]]>", "Bridge closed"),
        ("Johnson &amp;amp; Sons sue AT&amp;amp;T", "Johnson & Sons sue AT&T"),
        ("It&amp;#8217;s over", "It’s over"),
        ("&lt;![CDATA[Mayor resigns]]&gt;", "Mayor resigns"),
        ("[Update] Bridge [closed]", "[Update] Bridge [closed]"),
    ],
)
def test_a_headline_keeps_its_words(written: str, title: str) -> None:
    feed = feed_entries(rss(f"<title>{written}</title><description>{TEXT}</description>"))
    assert titles(feed) == [title]


def test_a_headline_of_plain_text_keeps_its_brackets() -> None:
    data = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><id>1</id>'
        '<title type="text">History of the &lt;blink&gt; and &lt;b&gt; tags</title>'
        f"<summary>{TEXT}</summary></entry></feed>"
    ).encode()
    assert titles(feed_entries(data)) == ["History of the <blink> and <b> tags"]


def test_a_picture_s_caption_is_not_the_text() -> None:
    caption = "A long caption of the picture, which says who stands where and who took it. " * 5
    media = "xmlns:m='http://search.yahoo.com/mrss/'"
    item = f"<title>Bridge</title><m:content url='/a.jpg'><m:description type='plain'>{caption}</m:description></m:content>"
    ((_, part),) = feed_entries(rss(f"{item}<description>{TEXT}</description>", attributes=media)).entries
    assert part.text == TEXT
    ((_, part),) = feed_entries(rss(item, attributes=media)).entries
    assert part.text == caption.strip()


# Addresses


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("<link>/2026/bridge</link>", "https://wire.example/2026/bridge"),
        ("<link>//news.example/storm</link>", "https://news.example/storm"),
        ("<link>bridge.html</link>", "https://wire.example/feeds/bridge.html"),
        ("<guid>https://news.example/perma</guid>", "https://news.example/perma"),
        ("<guid isPermaLink='false'>https://news.example/perma</guid>", "https://news.example/perma"),
        ("<link>javascript:alert(1)</link>", None),
    ],
)
def test_a_relative_link_starts_from_the_feed_s_address(link: str, address: str | None) -> None:
    feed = feed_entries(
        rss(f"<title>T</title>{link}<description>{TEXT}</description>"), base="https://wire.example/feeds/all.xml"
    )
    assert [part.url for _, part in feed.entries] == [address]


def test_without_an_address_a_relative_link_starts_from_the_site_s() -> None:
    feed = feed_entries(rss(f"<title>T</title><link>/a</link><description>{TEXT}</description>"))
    assert [part.url for _, part in feed.entries] == ["https://harbour.example/a"]


def test_a_base_within_the_feed_comes_first() -> None:
    data = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/blog/"><title>A</title>'
        f'<entry><id>1</id><title>T</title><link href="a.html"/><summary>{TEXT}</summary></entry></feed>'
    ).encode()
    feed = feed_entries(data, base="https://wire.example/")
    assert [part.url for _, part in feed.entries] == ["https://news.example/blog/a.html"]


@pytest.mark.parametrize(
    "item",
    [
        "<enclosure url='/p.jpg' type='image/jpeg' length='9'/>",
        "<m:thumbnail url='/p.jpg'/>",
        "<m:content url='/p.jpg' medium='image'/>",
        "<m:group><m:content url='/p.jpg' type='image/jpeg'/></m:group>",
        f"<description><![CDATA[<img src='/p.jpg' width='640'><p>{TEXT}</p>]]></description>",
    ],
)
def test_the_address_of_a_picture_is_kept(item: str) -> None:
    data = rss(f"<title>T</title><link>{LINK}</link>{item}", attributes="xmlns:m='http://search.yahoo.com/mrss/'")
    assert [part.picture for _, part in feed_entries(data).entries] == ["https://harbour.example/p.jpg"]


@pytest.mark.parametrize(
    "image",
    ["<img src='/p.gif' width='1' height='1'>", "<img src='data:image/png;base64,AA'>", "<img src='/pixel.gif'>"],
)
def test_a_counter_is_no_picture(image: str) -> None:
    assert entry(f"{image}<p>{TEXT}</p>").picture is None


# Encodings and JSON


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [("utf-8-sig", None), ("utf-16", None), ("cp1251", "windows-1251"), ("koi8-r", "koi8-r"), ("utf-8", "latin-1")],
)
def test_the_server_s_encoding_counts_where_the_feed_has_none(encoding: str, charset: str | None) -> None:
    text = "Мэр открыл мост в понедельник. Паромы снова ходят."
    data = rss(f"<title>Мост</title><description>{text}</description>").decode().encode(encoding)
    ((_, part),) = feed_entries(data, base="https://a.example/", charset=charset).entries
    assert (part.title, part.text) == ("Мост", text)


def json_feed(*items: object) -> bytes:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": items}).encode()


def test_a_json_feed_s_items_are_entries_like_others() -> None:
    items = (
        {"id": 1, "title": "One <b>", "content_html": f"<p>{TEXT}</p>", "url": "/one", "image": "/p.jpg"},
        {"id": "1", "title": "Two", "content_text": story_text(2)},
        {"id": "3", "title": "Three"},
        {"content_text": "Only a text <b>, 3 < 4."},
        "no object",
    )
    feed = read_json_feed(b"\xef\xbb\xbf" + json_feed(*items), base="https://a.example/feed.json")
    assert titles(feed) == ["One <b>", "Two", "Three", None]
    assert [part.text for _, part in feed.entries[2:]] == ["Three", "Only a text <b>, 3 < 4."]
    assert (feed.entries[0][1].url, feed.entries[0][1].picture) == ("https://a.example/one", "https://a.example/p.jpg")
    assert feed.notes == ("1 of 5 entries were left out: entry 5 has neither text nor headline",)


def test_an_empty_json_feed_has_no_entries() -> None:
    assert read_json_feed(json_feed()).entries == ()


# What is no feed


@pytest.mark.parametrize(
    "data",
    [
        b"<config><item><title>Internal</title><description>The password is hunter2.</description></item></config>",
        b"<!doctype html><html><body><p>Moved.</p><item><title>A</title></item></body></html>",
        b"plain text",
        b"\x00\x01\x02",
    ],
)
def test_an_answer_without_a_feed_s_shape_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        feed_entries(data, strict=True)
    assert caught.value.rejection.reason is RejectReason.NOT_A_FEED


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: rss(text)))
def test_any_bytes_are_a_feed_or_refused(data: bytes) -> None:
    try:
        feed = feed_entries(data, base="https://a.example/", charset="utf-8")
    except Unreadable as refused:
        reason: RejectReason | None = refused.rejection.reason
        names: list[str] = []
    else:
        reason, names = None, [name for name, _ in feed.entries]
    assert reason in {None, RejectReason.NOT_A_FEED}
    assert len(set(names)) == len(names)
