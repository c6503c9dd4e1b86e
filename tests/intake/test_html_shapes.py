"""Pages of other shapes: old markup, no markup, other encodings, lists, stubs and pages of nothing but links."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from bot.intake.readers import read_parts
from bot.intake.types import Unreadable

PAGES = tomllib.loads(Path(__file__).with_name("html_pages.toml").read_text("utf-8"))
TITLE = "Lima gets a second bridge"
STORY = (
    "The council of Lima voted on Monday to build a second bridge over the river, ending a long quarrel.",
    "Work begins in spring, the mayor said, and will cost nine million dollars, most of it paid by the road fund.",
    "Shopkeepers on the north bank welcomed the vote and said that the detour had cost them customers.",
    "A group of fishermen said it would go to court, because two of the piers are to stand where boats are moored.",
)
FERRY = "A ferry ran aground off Norway early on Monday. All 120 passengers were taken to Bergen by lifeboat."
SNOW = "A rare snowfall closed schools across northern Kenya on Tuesday. Children built their first snowmen there."
BANK = "The central bank of Peru left its rate at five percent on Thursday and said that prices would fall by May."
LINKS = "".join(
    f"<a href='/{name.lower()}'>{name}</a> " for name in ("Home", "World", "Business", "Sport", "Weather", "Jobs")
)
P = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
HEAD = f"<title>{TITLE} - The Lantern</title>"


def page(body: str, head: str = HEAD, language: str = "en") -> str:
    return f"<!doctype html><html lang='{language}'><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"


ARTICLES = {
    "no article tag": f"<div>{LINKS}</div><h1>{TITLE}</h1><div>{P}</div><div>{LINKS}</div>",
    "layout by tables": f"<table><tr><td colspan=2>{LINKS}</td></tr><tr><td>{LINKS.replace(' ', '<br>')}</td><td><h1>{TITLE}</h1>{P}</td></tr></table>",
    "font tags": f"<center><font size=6><b>{TITLE}</b></font></center><p><font size=3>{'<p>'.join(STORY)}</font><hr><font size=1>{LINKS}</font>",
    "line breaks": f"<h1>{TITLE}</h1><div class='text'>{'<br /><br />'.join(STORY)}</div><div>{LINKS}</div>",
    "one break and indents": f"<h1>{TITLE}</h1><div>{'<br>&nbsp;&nbsp;&nbsp;'.join(STORY)}</div>",
    "divs for paragraphs": f"<h1>{TITLE}</h1><div class='a'>{''.join(f'<div>{text}</div>' for text in STORY)}</div><ul><li>{LINKS}</ul>",
    "spans for paragraphs": f"<h1>{TITLE}</h1><div>{''.join(f'<div><span><span>{text}</span></span></div>' for text in STORY)}</div>",
    "amp": f"<amp-sidebar>{LINKS}</amp-sidebar><main><h1>{TITLE}</h1><amp-img src='a.jpg' alt='Bridge'></amp-img><amp-ad type='x'></amp-ad>{P}<amp-social-share type='x'></amp-social-share></main>",
    "a section with a header and footer": f"<header>{LINKS}</header><section><header><h1>{TITLE}</h1></header>{P}<footer>By Jane Doe</footer></section><footer>{LINKS}</footer>",
    "unclosed tags": f"<div>{LINKS}<h1>{TITLE}<div><p>{'<p>'.join(STORY)}<div>{LINKS}",
    "captions and credits": f"<article><h1>{TITLE}</h1><figure><img src=a><figcaption>The old bridge of Lima. Photo: Ann Lee/PA</figcaption></figure>{P}<p>Photo: Ann Lee/PA</p></article>",
    "consent over the page": f"<div id='sp_message' role='dialog'><p>We value your privacy. We and our 842 partners store cookies on your device.</p><button>Accept all</button></div><article><h1>{TITLE}</h1>{P}</article>",
    "comments below": f"<article><h1>{TITLE}</h1>{P}</article><div class='comments'><h3>3 comments</h3><div><b>Joe</b> <span>2 hours ago</span><p>I think that this bridge is a waste of money, to be honest.</p><a>Reply</a></div><div><b>Ann</b><p>No, it is about time that they built it, I say.</p><a>Reply</a></div></div>",
    "related links inside": f"<article><h1>{TITLE}</h1>{P.replace('</p>', '</p><p><strong>Read also: <a href=/x>Ferry runs aground off Norway</a></strong></p>', 1)}</article>",
    "share bar and tags": f"<article><h1>{TITLE}</h1><ul class='share'><li>Facebook<li>Twitter<li>WhatsApp</ul>{P}<p class='tags'>Tags: <a>Lima</a>, <a>bridges</a></p></article>",
    "author box": f"<article><h1>{TITLE}</h1>{P}<div class='author-bio'><h4>About the author</h4><p>Jane Doe writes about cities and has won two prizes for her reports on housing.</p></div></article>",
    "microdata": f"<div itemscope itemtype='http://schema.org/NewsArticle'><h1 itemprop='headline'>{TITLE}</h1><div itemprop='articleBody'>{P}</div></div><aside>{FERRY}</aside>",
    "a side column first": f"<div id='sidebar'><h2>Most read</h2><ol><li><a href='/a'>Ferry runs aground off Norway</a><li><a href='/b'>Snow closes schools in Kenya</a></ol></div><div id='main'><h1>{TITLE}</h1>{P}</div>",
    "a list in the article": f"<article><h1>{TITLE}</h1>{P}<ul><li>The bridge will be 300 metres long and carry four lanes.</li><li>It will open in the spring of 2029, the council expects.</li></ul></article>",
    "crossheads": f"<article><h1>{TITLE}</h1><p>{STORY[0]}</p><p>{STORY[1]}</p><h2>Fishermen object</h2><p>{STORY[2]}</p><p>{STORY[3]}</p></article>",
}  # fmt: skip


@pytest.mark.parametrize("shape", ARTICLES)
def test_the_article_is_read_whole_and_nothing_else(shape: str) -> None:
    (analysis,) = read_parts(page(ARTICLES[shape]).encode(), "a.html").analyse()
    lines = list(analysis.story.paragraphs)
    assert analysis.headline == TITLE
    assert [line for line in lines if line in STORY] == list(STORY), lines
    own = {*STORY, "The bridge will be 300 metres long and carry four lanes.", "It will open in the spring of 2029, the council expects.", "Fishermen object"}  # fmt: skip
    assert [line for line in lines if line not in own] == []


@pytest.mark.parametrize(
    ("language", "encoding"),
    [("ru", "windows-1251"), ("ru", "koi8-r"), ("ja", "shift_jis"), ("ja", "euc-jp"), ("ar", "windows-1256"), ("fr", "iso-8859-15"), ("de", "utf-16")],
)  # fmt: skip
def test_a_page_is_read_in_the_encoding_that_it_declares(language: str, encoding: str) -> None:
    words = PAGES[language]
    paragraphs = "".join(f"<p>{text}</p>" for text in words["paragraphs"])
    markup = (
        f"<html lang='{language}'><head><meta http-equiv='Content-Type' content='text/html; charset={encoding}'>"
        f"<title>{words['title']}</title></head><body><div>{paragraphs}</div></body></html>"
    )
    (part,) = read_parts(markup.encode(encoding, "xmlcharrefreplace"), "a.html").parts
    assert part.text.split("\n") == words["paragraphs"]
    assert part.title == words["title"]


ZH = ("利马市议会周一投票决定在河上修建第二座大桥，结束了长期的争论。", "市长说，工程将于春季开始，耗资九百万美元，大部分由道路基金支付。", "北岸的店主对投票表示欢迎，称绕道使他们失去了顾客。")  # fmt: skip
HE = ("מועצת העיר לימה החליטה ביום שני לבנות גשר שני מעל הנהר וסיימה בכך ויכוח ארוך.", "העבודות יתחילו באביב, אמרה ראש העיר, ויעלו תשעה מיליון דולר מקרן הכבישים.", "סוחרי הגדה הצפונית בירכו על ההחלטה ואמרו שהעיקוף עלה להם בלקוחות.")  # fmt: skip
HI = ("लीमा की नगर परिषद ने सोमवार को नदी पर दूसरा पुल बनाने का फैसला किया और लंबा विवाद खत्म हुआ।", "महापौर ने कहा कि काम वसंत में शुरू होगा और इस पर नब्बे लाख डॉलर खर्च होंगे।", "उत्तरी किनारे के दुकानदारों ने फैसले का स्वागत किया और कहा कि चक्कर से ग्राहक घटे थे।")  # fmt: skip


@pytest.mark.parametrize(
    ("language", "encoding", "title", "paragraphs", "menu"),
    [
        ("zh", "gbk", "利马将建第二座大桥", ZH, "首页 国际 财经 体育 天气"),
        ("zh", "gb18030", "利马将建第二座大桥", ZH, "首页 国际 财经 体育 天气"),
        ("he", "windows-1255", "גשר שני בלימה", HE, "ראשי עולם כלכלה ספורט"),
        ("hi", "utf-8", "लीमा में दूसरा पुल", HI, "होम देश विदेश खेल"),
    ],
)
def test_articles_of_other_scripts_are_read_beside_their_menus(
    language: str, encoding: str, title: str, paragraphs: tuple[str, ...], menu: str
) -> None:
    links = "".join(f"<li><a href='/{at}'>{name}</a></li>" for at, name in enumerate(menu.split()))
    body = f"<ul>{links}</ul><h1>{title}</h1><div>{''.join(f'<p>{text}</p>' for text in paragraphs)}</div>"
    markup = f"<html lang='{language}'><head><meta charset='{encoding}'><title>{title}</title></head><body>{body}</body></html>"
    (part,) = read_parts(markup.encode(encoding), "a.html").parts
    assert (part.title, part.text.split("\n")) == (title, list(paragraphs))


def test_an_article_that_only_json_holds_is_read() -> None:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, "datePublished": "2026-11-30T08:00:00Z", "articleBody": "\n\n".join(STORY)}  # fmt: skip
    head = f"{HEAD}<script type='application/ld+json'>{json.dumps(data)}</script>"
    (part,) = read_parts(page(f"<div id='root'></div><div>{LINKS}</div>", head).encode(), "a.html").parts
    assert part.title == TITLE
    assert part.published is not None
    assert [line for line in part.text.split("\n") if line] == list(STORY)


def test_a_stub_before_a_paywall_is_the_beginning_of_its_article() -> None:
    wall = "<div class='paywall'><h3>Subscribe to read on</h3><p>Get unlimited access for 1 dollar a month. Cancel any time.</p><button>Subscribe</button></div>"
    data = {"@type": "NewsArticle", "headline": TITLE, "isAccessibleForFree": False}
    head = f"{HEAD}<script type='application/ld+json'>{json.dumps(data)}</script>"
    body = f"<header>{LINKS}</header><article><h1>{TITLE}</h1><p>{STORY[0]}</p><p>{STORY[1]}</p>{wall}</article>"
    (analysis,) = read_parts(page(body, head).encode(), "a.html").analyse()
    assert list(analysis.story.paragraphs) == list(STORY[:2])


def test_the_entries_of_a_live_blog_come_in() -> None:
    entries = "".join(
        f"<div class='entry'><time datetime='2026-11-30T{hour}:00Z'>{hour}:00</time><p>{text}</p></div>"
        for hour, text in zip(("11", "10", "09"), (FERRY, SNOW, BANK), strict=True)
    )
    parts = read_parts(page(f"<main><h1>Live: the day</h1>{entries}</main>", "<title>Live: the day</title>").encode(), "a.html").parts  # fmt: skip
    text = "\n".join(part.text for part in parts)
    assert all(story in text for story in (FERRY, SNOW, BANK))


CARDS = (("Ferry aground off Norway", FERRY), ("Snow closes schools in Kenya", SNOW), ("Bank of Peru holds rate", BANK))
LISTS = {
    "articles": "".join(f"<article><h2><a href='/{at}'>{title}</a></h2><p>{text}</p></article>" for at, (title, text) in enumerate(CARDS)),
    "divs": "".join(f"<div class='teaser'><h3><a href='/{at}'>{title}</a></h3><p>{text}</p><a href='/{at}'>Read more</a></div>" for at, (title, text) in enumerate(CARDS)),
    "list items": "<ul>" + "".join(f"<li><a href='/{at}'><h3>{title}</h3></a><p>{text}</p></li>" for at, (title, text) in enumerate(CARDS)) + "</ul>",
    "cards that are links": "".join(f"<a class='card' href='/{at}'><h3>{title}</h3><p>{text}</p></a>" for at, (title, text) in enumerate(CARDS)),
    "table rows": "<table>" + "".join(f"<tr><td><h3><a href='/{at}'>{title}</a></h3><p>{text}</p></td></tr>" for at, (title, text) in enumerate(CARDS)) + "</table>",
}  # fmt: skip


@pytest.mark.parametrize("shape", LISTS)
def test_a_front_page_gives_a_story_for_each_of_its_cards(shape: str) -> None:
    body = f"<header>{LINKS}</header><main><h1>The Lantern</h1>{LISTS[shape]}</main><footer>{LINKS}</footer>"
    parts = read_parts(page(body, "<title>The Lantern</title>").encode(), "index.html").parts
    assert [(part.title, part.text) for part in parts] == [(title, text) for title, text in CARDS]


MENUS = {
    "de": ("Startseite", "Politik", "Wirtschaft", "Sport", "Wetter", "Kultur", "Impressum", "Datenschutz", "Kontakt", "Newsletter abonnieren", "Nutzungsbedingungen", "Stellenmarkt"),
    "fr": ("Accueil", "Politique", "Économie", "Sports", "Météo", "Culture", "Mentions légales", "Contact", "Abonnez-vous", "Petites annonces"),
    "ja": ("ホーム", "政治", "経済", "スポーツ", "天気", "お問い合わせ", "会社概要", "利用規約"),
    "ru": ("Главная", "Политика", "Экономика", "Спорт", "Погода", "Контакты", "Реклама", "О проекте"),
    "en": ("Home", "World", "Business", "Sport", "Weather", "About us", "Contact", "Privacy policy", "Terms of use"),
}  # fmt: skip
WRAPS = {
    "lists": ("<ul>", "<li><a href='#'>{}</a></li>", "</ul>"),
    "divs": ("<div>", "<div><a href='/x'>{}</a></div>", "</div>"),
    "no links": ("<ul>", "<li>{}</li>", "</ul>"),
    "table": ("<table><tr>", "<td><a href='/x'>{}</a></td>", "</tr></table>"),
    "spans": ("<p>", "<span>{}</span> | ", "</p>"),
}  # fmt: skip


@pytest.mark.parametrize("wrap", WRAPS)
@pytest.mark.parametrize("language", MENUS)
def test_a_menu_without_nav_is_refused_as_navigation(language: str, wrap: str) -> None:
    before, item, behind = WRAPS[wrap]
    menu = before + "".join(item.format(name) for name in MENUS[language]) + behind
    body = f"<div class='top'>{menu}</div><h1>{MENUS[language][1]}</h1><div>© 2026 Hafenpost</div>"
    with pytest.raises(Unreadable, match="navigation page"):
        read_parts(page(body, "<title>Hafenpost</title>", language).encode(), "a.html")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (f"<title>{TITLE} | The Lantern</title><meta property='og:site_name' content='The Lantern'>", TITLE),
        (f"<title>The Lantern: {TITLE}</title><meta property='og:site_name' content='The Lantern'>", TITLE),
        ("<title>Lima&#8217;s bridge &amp;amp; its piers</title>", "Lima’s bridge & its piers"),
        ("<title>Lima&amp;#8217;s bridge</title>", "Lima’s bridge"),
    ],
)
def test_titles_lose_their_site_and_their_entities(head: str, title: str) -> None:
    (part,) = read_parts(page(P, head).encode(), "a.html").parts
    assert part.title == title


# What is left out


def test_what_a_page_says_besides_its_article_is_kept_for_the_operator() -> None:
    body = (
        f"<nav>{LINKS}</nav><article><h1>{TITLE}</h1><figure><figcaption>The old bridge</figcaption></figure>{P}</article>"
        "<div class='newsletter'><p>Sign up for our newsletter.</p></div><section id='comments'><p>I like it.</p></section>"
    )
    aside = read_parts(page(body).encode(), "a.html").set_aside()
    assert {group.reason: group.lines for group in aside} == {
        "menu": ("Home World Business Sport Weather Jobs",),
        "captions": ("The old bridge",),
        "offers": ("Sign up for our newsletter.",),
        "comments": ("I like it.",),
    }


def test_what_is_left_out_of_a_feeds_entry_stays_with_its_story() -> None:
    text = "".join(f"&lt;p&gt;{paragraph}&lt;/p&gt;" for paragraph in STORY)
    caption = "&lt;figure&gt;&lt;figcaption&gt;The old bridge&lt;/figcaption&gt;&lt;/figure&gt;"
    feed = f"<rss version='2.0'><channel><title>The Lantern</title><item><title>{TITLE}</title><description>{caption}{text}</description></item></channel></rss>"
    (analysis,) = read_parts(feed.encode(), "a.xml").analyse()
    assert analysis.story.paragraphs == STORY
    assert [(line.reason, line.text) for line in analysis.story.furniture] == [("captions", "The old bridge")]
