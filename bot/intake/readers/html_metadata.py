"""Metadata of an HTML page: headline, publisher, address, and the article in its JSON-LD.

The headline is chosen by agreement: pages give it up to six times, some with the site's name, some for search engines,
and the one that most places agree on is the one that readers see.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from lxml import html

from bot.intake.readers.html_blocks import visible_text
from bot.intake.readers.html_tree import BLOCK_TAGS, in_one_line, parse_html
from bot.intake.readers.metadata import parse_label, parse_url

__all__ = [
    "PageMetadata",
    "confirm_title",
    "declares_article",
    "is_article",
    "page_picture",
    "read_metadata",
    "resolve",
]

_ARTICLE_TYPE = re.compile(r"Article|Posting|Report\b|Review\b|Column\b")
_PAGE_TYPE = re.compile(r"WebPage|ItemPage")
_WRAPPING = re.compile(r"\A\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*\Z")
_HOLDERS: Final = ("@graph", "mainEntity", "mainEntityOfPage")
"""Keys of JSON-LD behind which the page's own article stands; others hold comments, videos and other articles."""

_MOST_ITEMS: Final = 200
"""Objects of JSON-LD that are looked at: pages have some dozens."""

_SEPARATOR = re.compile(
    r"\s+[|·•‧–—»«‹›~/-]{1,2}\s+|\s*[|｜]\s*|\s+::?\s+|\s*[_：](?=\S{2,20}\Z)|(?<=[^\x00-\xff])-(?=[^\x00-\xff]{2,12}\Z)"
)
_ALNUM = re.compile(r"[\W_]+")
_CUT = re.compile(r"\s*(?:…|\.\.\.)\Z")
_WORD = re.compile(r"\w+")
_FRONT_PAGE = re.compile(r"https?://[^/?#]*/*", re.IGNORECASE)
_GENERIC_HOSTS: Final = frozenset(
    ("www", "m", "amp", "mobile", "news", "blog", "com", "org", "net", "co", "edition", "en")
)

_NETWORKS = re.compile(r"facebook|twitter|instagram|youtube|google|linkedin|pinterest|whatsapp|telegram|\bx\.com")
_MOST_LINKS: Final = 2_000
"""Links that are counted to find a page's host."""

_MOST_HEADINGS: Final = 20
"""Headings of the first level that may be the headline; each is compared with all others."""

_MIN_TITLE: Final = 8
"""Letters and digits of a headline that is left when a site's name is taken off."""

_MOST_SITE_WORDS: Final = 6
"""Words of a site's name with its section; longer parts of a title are text."""

_SHORT_LABEL: Final = 5
"""Letters of a host's name up to which it has to stand at a part's beginning to name it."""

_WEIGHTS: Final = {"og": 3.0, "linked": 2.5, "h1": 2.0, "twitter": 1.5, "other": 1.0, "title": 1.5}
"""How much each place of a headline counts: what is made for readers before what is made for lists. By judgement."""

_UNCONFIRMED_HEADING: Final = 0.4
"""Weight of an h1 that shares no word with the page's <title>: on many pages it is the site's name. By judgement."""

_SITE_ONLY: Final = 0.1
"""Weight of a place that gives only the site's name: taken where the page has nothing else."""

_SHARED: Final = 0.5
"""Part of a place's weight that goes to a headline which contains its text, or is contained in it. By judgement."""


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """Metadata of a page.

    `linked` are its articles in JSON-LD, then its pages, and `body` the articles' text. `base` is the address that
    relative links start from. `meta` has the contents of <meta> by name.
    """

    title: str | None
    site: str | None
    url: str | None
    base: str | None
    meta: dict[str, str]
    linked: tuple[dict[str, Any], ...]
    body: str | None


def read_metadata(tree: Any) -> PageMetadata:
    """Read a page's own words about itself. Takes the tree as it was parsed, with its scripts."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and element.get("content"):
            meta.setdefault(str(name).strip().lower(), element.get("content"))
    linked = tuple(_linked_data(tree))
    base = next((url for element in tree.iter("base") if (url := parse_url(element.get("href")))), None)
    url = _address(tree, meta, linked, base)
    sites = [
        name
        for name in (
            next((parse_label(_one(item["publisher"])) for item in linked if item.get("publisher")), None),
            parse_label(meta.get("og:site_name")),
            parse_label(meta.get("application-name")),
        )
        if name and not parse_url(name)
    ]
    sites = [name for name in sites if len(name.split()) <= _MOST_SITE_WORDS or _SEPARATOR.search(name)]
    title = _title(tree, meta, linked, sites, _hostname(url or base or "") or _linked_host(tree))
    return PageMetadata(title, sites[0] if sites else None, url, base or url, meta, linked, _body(linked))


def is_article(item: dict[str, Any]) -> bool:
    """Tell whether an object of JSON-LD is an article of any kind."""
    return _ARTICLE_TYPE.search(_type(item)) is not None


def declares_article(metadata: PageMetadata) -> bool:
    """Tell whether the page says that it is one story.

    Front pages often describe several or none.
    """
    if any("LiveBlog" in _type(item) for item in metadata.linked):
        return True
    return metadata.meta.get("og:type", "").strip().lower() == "article" or sum(map(is_article, metadata.linked)) == 1


def page_picture(metadata: PageMetadata) -> str | None:
    """Return the address of the picture that a page gives for its article."""
    given: list[Any] = [metadata.meta.get(name) for name in _PICTURE_NAMES]
    for item in filter(is_article, metadata.linked):
        picture = _one(item.get("image") or item.get("thumbnailUrl"))
        given.append(picture.get("url") or picture.get("contentUrl") if isinstance(picture, dict) else picture)
    return next((address for value in given if (address := resolve(_one(value), metadata.base))), None)


_PICTURE_NAMES: Final = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")


def _type(item: dict[str, Any]) -> str:
    return f"{item.get('@type') or item.get('type')}"


def _one(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Return the articles that a page describes in JSON-LD (schema.org), then the pages."""
    pages: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text:
            continue
        try:
            value = json.loads(_WRAPPING.sub("", script.text).strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):  # a number of thousands of digits is a ValueError, too
            continue
        for item in _items(value):
            if is_article(item):
                yield item
            elif _PAGE_TYPE.search(_type(item)):
                pages.append(item)
    yield from pages


def _items(value: Any) -> Iterator[dict[str, Any]]:
    waiting = [value]
    for _ in range(_MOST_ITEMS):
        if not waiting:
            return
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting[:0] = item[:_MOST_ITEMS]
        elif isinstance(item, dict):
            yield item
            waiting += [item[key] for key in _HOLDERS if isinstance(item.get(key), dict | list)]


def _body(linked: Sequence[dict[str, Any]]) -> str | None:
    """Return the longest text of an article in JSON-LD; some sites give it as HTML."""
    bodies = [body for item in linked if is_article(item) and isinstance(body := item.get("articleBody"), str)]
    body = max(bodies, key=len, default="")
    if "<" in body:
        tree = parse_html(body)
        body = visible_text(tree) if tree is not None else ""
    return body.strip() or None


def _address(tree: Any, meta: dict[str, str], linked: Sequence[dict[str, Any]], base: str | None) -> str | None:
    """Return the page's lasting address; that of a site's front page only if there is no other."""
    given = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    given.append(meta.get("og:url"))
    for item in linked:
        page = item.get("mainEntityOfPage")
        given += [item.get("url"), page.get("@id") if isinstance(page, dict) else page]
    urls = [url for value in given if (url := resolve(value, base))]
    return next((url for url in urls if _FRONT_PAGE.fullmatch(url) is None), urls[0] if urls else None)


def _linked_host(tree: Any) -> str:
    """Return the host that most links lead to, for pages without an address of their own."""
    hosts = Counter(
        host.removeprefix("www.")
        for link in islice(tree.iter("a"), _MOST_LINKS)
        if (url := parse_url(link.get("href"))) and (host := _hostname(url)) and not _NETWORKS.search(host)
    )
    return hosts.most_common(1)[0][0] if hosts else ""


def _hostname(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:  # brackets that hold no IPv6 address
        return None


def resolve(value: Any, base: str | None) -> str | None:
    """Return a web address that may be relative to the page's."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        return parse_url(value) or (parse_url(urljoin(base, value.strip())) if base else None)
    except ValueError:  # brackets that hold no IPv6 address
        return None


# Headlines


def _title(
    tree: Any, meta: dict[str, str], linked: Sequence[dict[str, Any]], sites: Sequence[str], host: str
) -> str | None:
    """Return the headline that most places of the page agree on, without the site's name."""
    named = [parse_label(in_one_line(element)) for element in islice(tree.iter("title"), 1)]
    headings = [parse_label(in_one_line(_own_line(element))) for element in islice(tree.iter("h1"), _MOST_HEADINGS)]
    article = next((item for item in linked if is_article(item)), linked[0] if linked else {})
    given = [
        ("og", parse_label(meta.get("og:title"))),
        ("linked", parse_label(article.get("headline") or (article.get("name") if not is_article(article) else None))),
        *(("h1", heading) for heading in headings),
        ("twitter", parse_label(meta.get("twitter:title"))),
        *(
            ("other", parse_label(meta.get(name)))
            for name in ("dc.title", "headline", "parsely-title", "citation_title")
        ),
        *(("title", name) for name in named),
    ]
    places = [(place, text) for place, text in given if text]
    names = _SiteNames(sites, host)
    stripped = [(place, names.strip(text, {other for _, other in places if other != text})) for place, text in places]
    words = set(_WORD.findall((named[0] or "").casefold())) if named else set()
    scores: dict[str, float] = {}
    texts: dict[str, str] = {}
    counted: set[tuple[str, str]] = set()
    for place, text in stripped:
        weight = _WEIGHTS[place]
        if place == "h1" and words and words.isdisjoint(_WORD.findall(text.casefold())):
            weight = _UNCONFIRMED_HEADING
        if names.is_name(text):
            weight = _SITE_ONLY
        key = _key(text)
        if (place, key) not in counted:
            counted.add((place, key))
            scores[key] = scores.get(key, 0.0) + weight
            texts.setdefault(key, text)
    support = {
        key: score + sum(_SHARED * other for name, other in scores.items() if name != key and _kin(key, name))
        for key, score in scores.items()
        if key
    }
    if not support:
        return texts.get("")
    best = max(support, key=lambda key: support[key])
    if _CUT.search(texts[best]):  # a cut headline stands for the whole one
        best = max((key for key in support if key.startswith(best)), key=len)
    return texts[best]


def _own_line(heading: Any) -> Any:
    """Return a heading without the blocks that an unclosed tag puts into it."""
    begins = next((child for child in heading if child.tag in BLOCK_TAGS), None)
    if begins is None:
        return heading
    line = html.Element(heading.tag)
    line.text = heading.text
    for child in heading:
        if child is begins:
            break
        line.append(deepcopy(child))
    return line


def confirm_title(title: str | None, lines: Sequence[str]) -> str | None:
    """Return a title without a site's name that only the page's own headline proves one.

    `lines` are the blocks of the page: old pages have no metadata and no h1.
    """
    if title is None:
        return None
    shown = {_key(line) for line in lines}
    if _key(title) in shown:
        return title
    for mark in _SEPARATOR.finditer(title):
        for rest in (title[: mark.start()], title[mark.end() :]):
            if len(_key(rest)) >= _MIN_TITLE and len(rest) * 2 >= len(title) and _key(rest) in shown:
                return rest.strip()
    return title


def _key(text: str) -> str:
    return _ALNUM.sub("", text).casefold()


def _kin(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _MIN_TITLE and (one in other or other in one)


class _SiteNames:
    """Names of the site that a page is from, for taking them off its titles."""

    def __init__(self, sites: Sequence[str], host: str) -> None:
        self._names = {key for site in sites if len(key := _key(site)) > 1}
        self._parts = {key for site in sites for part in _SEPARATOR.split(site) if len(key := _key(part)) > 1}
        labels = [label for label in host.split(".")[:-1] if label not in _GENERIC_HOSTS]
        self._labels = {_key(label) for label in labels if len(label) > 1}
        self._labels |= {_key(".".join(host.removeprefix("www.").split(".")))}

    def is_name(self, text: str) -> bool:
        """Tell whether a text is the site's name and nothing else."""
        return _key(text) in self._names | self._parts | self._labels

    def is_site(self, part: str) -> bool:
        """Tell whether a part of a title names the site, or a section of it."""
        key = _key(part)
        if not key or len(part.split()) > _MOST_SITE_WORDS:
            return False
        if self.is_name(part):
            return True
        if any(
            len(name) > 2 and (key.startswith(name) or key.endswith(name) or name.startswith(key))
            for name in self._names
        ):
            return len(key) > 2
        initials = "".join(word[0] for word in _WORD.findall(part)).casefold()
        return any(
            key.startswith(label) or initials == label or (len(label) > _SHORT_LABEL and _is_subsequence(label, key))
            for label in self._labels
            if len(label) > 1
        )

    def strip(self, title: str, others: set[str]) -> str:
        """Return a title without the site's name before or behind it.

        What another place of the page gives as a headline is left whole.
        """
        keys = {_key(other) for other in others}
        marks = list(_SEPARATOR.finditer(title))
        for mark in marks:
            for rest in (title[: mark.start()], title[mark.end() :]):
                if len(_key(rest)) >= _MIN_TITLE and _key(rest) in keys and not self.is_site(rest):
                    return rest.strip()
        while marks and len(_key(title[: marks[-1].start()])) >= _MIN_TITLE and self.is_site(title[marks[-1].end() :]):
            title = title[: marks.pop().start()]
        first = _SEPARATOR.search(title)
        if first and len(_key(title[first.end() :])) >= _MIN_TITLE and self.is_site(title[: first.start()]):
            title = title[first.end() :]
        site, colon, rest = title.partition(": ")
        if colon and self.is_name(site) and len(_key(rest)) >= _MIN_TITLE:
            title = rest
        return title.strip()


def _is_subsequence(label: str, key: str) -> bool:
    """Tell whether a host's name is made of letters of a longer name, as nytimes is."""
    at = 0
    for letter in label:
        at = key.find(letter, at) + 1
        if at == 0:
            return False
    return key[:1] == label[:1] or label in key
