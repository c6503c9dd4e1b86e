"""Pages as sites make them: what is read as their article, headline and stories, and what is left out."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from bot.intake.readers import read_parts
from bot.intake.types import DocumentPart, Unreadable

STORY = (
    "The council of Lima voted on Monday to build a second bridge over the river, ending a long quarrel.",
    "Work begins in spring, the mayor said, and will cost nine million dollars, most of it paid by the road fund.",
    "Shopkeepers on the north bank welcomed the vote and said that the detour had cost them customers.",
    "A group of fishermen said it would go to court, because two of the piers are to stand where boats are moored.",
    "The first bridge dates from 1931 and carries 40,000 cars a day, twice as many as its engineers expected.",
)
FERRY = (
    "A ferry ran aground off the coast of Norway early on Monday. All 120 passengers were taken to Bergen by lifeboat."
)
LIBRARY = "Italy reopened its oldest public library on Monday after six years of repairs. The reading room seats 200."
SNOW = "A rare snowfall closed schools across northern Kenya on Tuesday. Children built their first snowmen."
PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
TITLE = "Lima gets a second bridge"
TEXT = "\n".join(STORY)


def page(body: str, head: str = "<title>Lima gets a second bridge</title>") -> str:
    return f"<!doctype html><html lang='en'><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"


def read(markup: str) -> tuple[DocumentPart, ...]:
    return read_parts(markup.encode(), "a.html").parts


def only_part(markup: str) -> DocumentPart:
    (part,) = read(markup)
    return part


def card(title: str, text: str, tag: str = "article") -> str:
    return f"<{tag} class='card'><h3><a href='/{len(title)}'>{title}</a></h3><p>{text}</p></{tag}>"


# The article


def test_the_article_is_found_behind_a_card_of_another_story() -> None:
    related = "<section class='related'><article class='card'><a href='/x'><h3>Ferry runs aground</h3></a></article></section>"
    newsletter = "<div class='newsletter'><p>Sign up to our newsletter and get the news in your inbox.</p></div>"
    share = "<div class='share'><p>Share on Facebook</p></div>"
    byline = "<p class='byline'>By Jane Doe, city correspondent</p>"
    body = f"<main>{related}<article class='story'><h1>{TITLE}</h1>{byline}{PARAGRAPHS}{newsletter}{share}</article></main>"
    part = only_part(page(body))
    assert (part.title, part.text) == (TITLE, TEXT)


def test_an_article_in_a_div_is_the_story_and_the_cards_below_are_not() -> None:
    cards = card("Ferry aground", FERRY) + card("Library reopens", LIBRARY) + card("Snow in Kenya", SNOW)
    body = f"<main><div class='story'><h1>{TITLE}</h1>{PARAGRAPHS}</div><section><h2>More news</h2>{cards}</section></main>"
    part = only_part(page(body))
    assert (part.title, part.text) == (TITLE, TEXT)


def test_paragraphs_parted_by_line_breaks_are_read() -> None:
    part = only_part(page(f"<div id='content'><h1>{TITLE}</h1><div class='text'>{'<br><br>'.join(STORY)}</div></div>"))
    assert part.text == TEXT


def test_hidden_text_is_left_out() -> None:
    hidden = (
        "<p hidden>Hidden by an attribute, and never shown to a reader.</p>"
        "<p aria-hidden='true'>Hidden from everybody who listens, and never shown to a reader.</p>"
        "<p style='color: red; display : none'>Hidden by a style, and never shown to a reader.</p>"
        "<noscript><p>Please enable JavaScript to read this article.</p></noscript>"
        "<template><p>A template that a script would fill in with something.</p></template>"
    )
    assert only_part(page(f"<article><h1>{TITLE}</h1>{hidden}{PARAGRAPHS}</article>")).text == TEXT


def test_an_article_that_only_a_script_shows_is_read() -> None:
    assert only_part(page(f"<div style='visibility:hidden'><h1>{TITLE}</h1>{PARAGRAPHS}</div>")).text == TEXT


def test_readings_of_ruby_are_left_out() -> None:
    sentences = "".join(
        f"<p><ruby>体罰<rp>（</rp><rt>たいばつ</rt><rp>）</rp></ruby>についての新しい法律が{number}月に国会で決まりました。</p>"
        for number in range(4, 9)
    )
    text = only_part(page(f"<article><h1>新しい法律</h1>{sentences}</article>", "<title>新しい法律</title>")).text
    assert text.startswith("体罰についての新しい法律が4月に国会で決まりました。\n体罰について")


def test_soft_hyphens_and_zero_width_spaces_are_left_out() -> None:
    part = only_part(
        page("<h1>Donau\u00addampf\u200bschiff</h1><p>Das Donau\u00addampfschiff f\u00e4hrt wieder.</p>", "")
    )
    assert (part.title, part.text) == ("Donaudampfschiff", "Das Donaudampfschiff f\u00e4hrt wieder.")


NAVIGATION = (
    "<nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li><li><a href='/sport'>Sport</a></li>"
    "<li><a href='/about'>About us</a></li></ul></nav>"
)
LEGAL = "<footer><a href='/p'>Privacy policy</a> <a href='/t'>Terms</a> © 2026 The Lantern</footer>"
SECTIONS = "<h1>All sections</h1><div><a href='/a'>Politics</a> <a href='/b'>Business</a></div>"


@pytest.mark.parametrize("between", ["", SECTIONS], ids=["menus", "menus and a list of sections"])
def test_a_page_of_nothing_but_links_is_refused_as_navigation(between: str) -> None:
    with pytest.raises(Unreadable, match="navigation page"):
        read_parts(page(NAVIGATION + between + LEGAL).encode(), "sections.html")


def test_a_short_notice_below_navigation_is_a_story() -> None:
    notice = "<p>Schools in Devon were closed on Monday after a storm brought down power lines, the council said.</p>"
    document = read_parts(page(NAVIGATION + notice + LEGAL).encode(), "storm.html")
    (analysis,) = document.analyse()
    assert analysis.story.body.startswith("Schools in Devon")


def test_rows_of_a_table_are_lines() -> None:
    table = "<table><tr><th>Team</th><th>Points</th></tr><tr><td>Lima</td><td>12</td></tr><tr><td>Oslo</td><td>9</td></tr></table>"
    part = only_part(page(f"<article><h1>{TITLE}</h1>{table}</article>"))
    assert part.text == "Team | Points\nLima | 12\nOslo | 9"


PAGES = tomllib.loads(Path(__file__).with_name("html_pages.toml").read_text("utf-8"))


@pytest.mark.parametrize("language", PAGES)
def test_notices_of_a_page_are_left_out_in_every_language(language: str) -> None:
    words = PAGES[language]
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in words["paragraphs"])
    body = (
        f"<div id='cookie-banner'><p>{words['cookies']}</p></div><noscript><p>{words['script']}</p></noscript>"
        f"<main><article><h1>{words['title']}</h1><div class='byline'>{words['byline']}</div>{paragraphs}"
        f"<div class='share'><p>{words['share']}</p></div><div class='newsletter'><p>{words['newsletter']}</p></div>"
        f"<p class='related'><a href='/x'>{words['related']}</a></p></article>"
        f"<section id='comments'><p>{words['comments']}</p></section></main>"
    )
    part = only_part(
        page(body, f"<title>{words['title']} | Hafenpost</title>").replace("lang='en'", f"lang='{language}'")
    )
    assert part.text.split("\n") == words["paragraphs"]
    assert part.title == words["title"]
    assert part.published is not None
    assert part.published.date().isoformat() == "2026-11-29"


@pytest.mark.parametrize("language", PAGES)
def test_an_article_without_telling_names_is_whole(language: str) -> None:
    words = PAGES[language]
    lines = [*words["paragraphs"], words["share"], words["comments"]]
    body = f"<div><h1>{words['title']}</h1><p>{words['byline']}</p>{''.join(f'<p>{line}</p>' for line in lines)}</div>"
    markup = page(body, f"<title>{words['title']}</title>").replace("lang='en'", f"lang='{language}'")
    (story,) = read_parts(markup.encode(), "a.html").analyse()
    sentences = [sentence for sentence in story.sentences if sentence in " ".join(words["paragraphs"])]
    assert "".join("".join(sentences).split()) == "".join("".join(words["paragraphs"]).split())
    assert story.headline == words["title"]


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-16"])
def test_pages_in_other_encodings_are_read(encoding: str) -> None:
    words = PAGES["ru"]
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in words["paragraphs"])
    markup = page(f"<article><h1>{words['title']}</h1>{paragraphs}</article>", f"<title>{words['title']}</title>")
    part = read_parts(markup.replace("utf-8", encoding).encode(encoding), "a.html").parts[0]
    assert (part.title, part.text.split("\n")) == (words["title"], words["paragraphs"])


def test_the_lasting_address_of_an_amp_page_is_taken() -> None:
    head = "<title>x</title><base href='https://post.example/amp/'><link rel='shortlink canonical' href='/2026/lima'>"
    head += "<meta property='og:url' content='https://post.example/'>"
    assert (
        only_part(page(f"<article><h1>{TITLE}</h1>{PARAGRAPHS}</article>", head)).url
        == "https://post.example/2026/lima"
    )


def test_a_paywalled_page_is_its_beginning() -> None:
    offer = "<div class='paywall'><p>Subscribe to continue reading.</p><p>Already a subscriber? <a href='/login'>Log in</a></p></div>"
    beginning = "".join(f"<p>{paragraph}</p>" for paragraph in STORY[:3])
    assert only_part(page(f"<article><h1>{TITLE}</h1>{beginning}{offer}</article>")).text == "\n".join(STORY[:3])


# The headline


@pytest.mark.parametrize(
    "escaped",
    [
        "Lima&#8217;s council: &#8220;A bridge&#8221;",
        "Lima&amp;#8217;s council: &amp;#8220;A&amp;nbsp;bridge&amp;#8221;",
    ],
    ids=["once", "twice"],
)
def test_escaped_headlines_are_unescaped(escaped: str) -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": escaped})
    head = f"<title>x</title><script type='application/ld+json'>{data}</script>"
    assert only_part(page(f"<article>{PARAGRAPHS}</article>", head)).title == "Lima’s council: “A bridge”"


@pytest.mark.parametrize(
    "head",
    [
        "<title>Lima gets a second bridge | Harbour Post</title><meta property='og:site_name' content='Harbour Post'>",
        "<title>Harbour Post: World - Lima gets a second bridge</title><meta property='og:title' content='Lima gets a second bridge'>",
        "<title>Lima gets a second bridge - The Harbour Post</title><link rel='canonical' href='https://www.harbourpost.example/lima'>",
        "<title>Lima gets a second bridge – Harbour Post</title><script type='application/ld+json'>"
        '{"@type":"NewsArticle","headline":"Bridge for Lima","publisher":{"name":"Harbour Post"}}</script>',
        "<title>Lima gets a second bridge :: HP</title><meta property='og:title' content='Lima gets a second bridge :: HP'>"
        "<meta property='og:url' content='https://hp.example/1'>",
        "<title>Lima gets a second…</title><meta name='twitter:title' content='Lima gets a second bridge'>",
    ],
    ids=["name of the site", "prefix", "host", "publisher", "short host", "cut"],
)
def test_the_headline_is_what_most_places_agree_on_without_the_site(head: str) -> None:
    body = f"<header><h1>Harbour Post</h1></header><article><h1>{TITLE}</h1>{PARAGRAPHS}</article>"
    assert only_part(page(body, head)).title == TITLE


def test_a_dash_within_a_headline_stays() -> None:
    head = "<title>Lima – Oslo: a bridge in nine years | Post</title><meta property='og:site_name' content='Post'>"
    assert only_part(page(f"<article>{PARAGRAPHS}</article>", head)).title == "Lima – Oslo: a bridge in nine years"


# Pages that list stories


def test_a_page_of_cards_is_their_stories() -> None:
    cards = "".join(
        card(title, text, "div")
        for title, text in (("Ferry aground", FERRY), ("Library reopens", LIBRARY), ("Snow in Kenya", SNOW))
    )
    head = "<title>Harbour Post</title><base href='https://post.example/'>"
    parts = read(page(f"<main><h1>Harbour Post</h1>{cards}</main>", head))
    assert [(part.title, part.text, part.url) for part in parts] == [
        ("Ferry aground", FERRY, "https://post.example/13"),
        ("Library reopens", LIBRARY, "https://post.example/15"),
        ("Snow in Kenya", SNOW, "https://post.example/13"),
    ]


def test_cards_that_are_links_as_a_whole_are_stories() -> None:
    stories = (("Ferry aground", FERRY), ("Library reopens", LIBRARY), ("Snow in Kenya", SNOW))
    cards = "".join(f"<a href='/x'><h3>{title}</h3><p>{text}</p></a>" for title, text in stories)
    parts = read(page(f"<main><h1>World news</h1>{cards}</main>", "<title>World news</title>"))
    assert [(part.title, part.text) for part in parts] == list(stories)


def test_headings_that_link_to_themselves_are_no_list() -> None:
    sections = "".join(
        f"<h2 id='a{at}'><a href='#a{at}'>Part {at}</a></h2><p>{paragraph}</p>" for at, paragraph in enumerate(STORY)
    )
    part = only_part(page(f"<article><h1>{TITLE}</h1>{sections}</article>"))
    assert (part.title, set(STORY) - set(part.text.split("\n"))) == (TITLE, set())


def test_a_live_blog_is_one_story() -> None:
    posts = "".join(
        f"<article><h2>{title}</h2><p>{text}</p></article>"
        for title, text in (("Aground", FERRY), ("Rescue", LIBRARY), ("Snow", SNOW))
    )
    data = json.dumps({"@type": "LiveBlogPosting", "headline": "A day of news, as it happened"})
    head = f"<title>x</title><script type='application/ld+json'>{data}</script>"
    part = only_part(page(f"<main><h1>A day of news, as it happened</h1>{posts}</main>", head))
    assert FERRY in part.text
    assert SNOW in part.text


# The time of publication


def published(markup: str) -> str | None:
    moment = only_part(markup).published
    return moment.isoformat() if moment is not None else None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<script type="application/ld+json">{"@graph":[{"@type":["WebPage"],"datePublished":"2026-11-29T09:30:00Z"}]}</script>', ""),
        ('<script type="application/ld+json">//<![CDATA[\n{"@type":"ReportageNewsArticle","datePublished":"2026-11-29T10:30:00+01:00"}\n//]]></script>', ""),
        ('<script type="application/ld+json">[{"@type":"LiveBlogPosting","datePublished":"2026-11-29T04:30:00-05:00"}]</script>', ""),
        ("<meta property='article:published_time' content='2026-11-29T09:30:00+0000'>", ""),
        ("<meta name='parsely-pub-date' content='2026-11-29T09:30:00Z'>", ""),
        ("<meta property='og:updated_time' content='2026-11-29T09:30:00Z'>", ""),
        ("", "<span itemprop='datePublished' content='2026-11-29T09:30:00Z'>yesterday</span>"),
        ("", "<p itemprop='datePublished'>November 29, 2026 at 9:30 a.m. UTC</p>"),
        ("", "<p class='byline'>By Jane Doe <time datetime='2026-11-29T09:30Z'>1h ago</time></p>"),
        ("", "<p>By Jane Doe | Updated 30 November 2026, 08:00 | Published 29 November 2026, 09:30</p>".replace(" | Pub", "<br>Pub")),
    ],
)  # fmt: skip
def test_the_time_is_read_wherever_a_page_states_it(head: str, body: str) -> None:
    other = "<aside><time datetime='2025-01-02T03:04Z'>A year ago</time> <a href='/x'>An older story</a></aside>"
    markup = page(f"{other}<article><h1>{TITLE}</h1>{body}{PARAGRAPHS}</article>", f"<title>{TITLE}</title>{head}")
    assert published(markup) == "2026-11-29T09:30:00+00:00"


@pytest.mark.parametrize(
    "line",
    [
        "Sunday, November 29, 2026",
        "29th of November, 2026",
        "Sonntag, 29. November 2026",
        "dimanche 29 novembre 2026",
        "domingo, 29 de noviembre de 2026",
        "domingo, 29 de novembro de 2026",
        "domenica 29 novembre 2026",
        "zondag 29 november 2026",
        "niedziela, 29 listopada 2026",
        "neděle 29. listopadu 2026",
        "söndag 29 november 2026",
        "неділя, 29 листопада 2026 р.",
        "воскресенье, 29 ноября 2026 г.",
        "29 Kasım 2026 Pazar",
        "الأحد ٢٩ نوفمبر ٢٠٢٦",
        "יום ראשון, 29 בנובמבר 2026",
        "रविवार, 29 नवंबर 2026",
        "Κυριακή 29 Νοεμβρίου 2026",
        "2026年11月29日",
        "2026年11月29日(日)",
        "2026. 11. 29.",
        "2026년 11월 29일",
        "29.11.2026",
        "2026-11-29",
    ],
)
def test_the_date_beside_the_headline_is_read_in_every_language(line: str) -> None:
    markup = page(f"<article><h1>{TITLE}</h1><div class='info'>{line}</div>{PARAGRAPHS}</article>")
    assert published(markup) == "2026-11-29T00:00:00+00:00"


def test_the_page_says_whether_the_day_comes_first() -> None:
    body = f"<article><h1>{TITLE}</h1><p>11/12/2026 5:04 pm EST</p>{PARAGRAPHS}</article>"
    assert published(page(body)) == "2026-12-11T22:04:00+00:00"
    assert published(page(body).replace("lang='en'", "lang='en-US'")) == "2026-11-12T22:04:00+00:00"


def test_the_date_in_the_address_is_read() -> None:
    for path in ("2026/11/29/lima", "news/2026-11-29-lima", "world/2026/nov/29/lima", "20261129/lima"):
        link = f"<link rel='canonical' href='https://post.example/{path}'>"
        markup = page(f"<article><h1>{TITLE}</h1>{PARAGRAPHS}</article>", f"<title>{TITLE}</title>{link}")
        assert published(markup) == "2026-11-29T00:00:00+00:00", path


@pytest.mark.parametrize(
    "body",
    [
        f"<p>LIMA, Nov 28, 2026 (Post) - {STORY[0]}</p>{PARAGRAPHS}",
        f"{PARAGRAPHS}<p>The bridge that stands there was opened on 28 November 1931 and closed in March 2019 for two years.</p>",
        f"{PARAGRAPHS}<div id='comments'><div class='comment'><p>Well done!</p><time datetime='2026-11-30T01:00Z'>1h</time></div></div>",
        f"{PARAGRAPHS}<footer>© 2026 Harbour Post</footer>",
    ],
    ids=["dateline", "in the text", "comment", "copyright"],
)
def test_other_dates_are_not_the_time_of_publication(body: str) -> None:
    assert published(page(f"<article><h1>{TITLE}</h1>{body}</article>")) is None


# The same answers whatever the way in


def test_a_page_in_json_is_read_as_the_page_is() -> None:
    head = (
        f"<title>{TITLE} | Post</title><meta property='og:site_name' content='Post'>"
        "<link rel='canonical' href='https://post.example/1'><meta name='date' content='2026-11-29'>"
    )
    markup = page(f"<nav><a href='/'>Home</a></nav><article><h1>{TITLE}</h1>{PARAGRAPHS}</article>", head)
    assert read_parts(json.dumps({"html": markup}).encode(), "a.json").parts == read(markup)


def test_fragments_in_json_and_feeds_lose_captions_ruby_and_what_is_hidden() -> None:
    fragment = (
        "<figure><img src='a.jpg'><figcaption>The bridge. Photo: Doe</figcaption></figure>"
        f"<p>{STORY[0]}</p><p style='display:none'>Hidden.</p><p>The <ruby>体罰<rt>たいばつ</rt></ruby> law of No\u00advember.</p>"
    )
    expected = f"{STORY[0]}\nThe 体罰 law of November."
    feed = f"<rss version='2.0'><channel><item><title>x</title><description><![CDATA[{fragment}]]></description></item></channel></rss>"
    assert read_parts(json.dumps({"content_html": fragment}).encode(), "a.json").text == expected
    assert read_parts(feed.encode(), "a.xml").text == expected
