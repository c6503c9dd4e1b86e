"""Pages as sites make them: what is read as their article, headline and stories, and what is left out."""

from __future__ import annotations

import json

import pytest

from bot.intake.readers import read_parts
from bot.intake.types import DocumentPart

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


def test_rows_of_a_table_are_lines() -> None:
    table = "<table><tr><th>Team</th><th>Points</th></tr><tr><td>Lima</td><td>12</td></tr><tr><td>Oslo</td><td>9</td></tr></table>"
    part = only_part(page(f"<article><h1>{TITLE}</h1>{table}</article>"))
    assert part.text == "Team | Points\nLima | 12\nOslo | 9"


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
