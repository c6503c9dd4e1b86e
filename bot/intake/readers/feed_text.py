"""Texts and headlines of a feed's entries, without what the feed's generator adds to them.

Programs put a footer below each entry ("The post … appeared first on …", "Continue reading", counts of comments) in
the language of the site. It is known by what its links lead to, which is the same in all of them; lines of plain text
are known by their words (summarizers/data/furniture.toml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from lxml import etree

from bot.intake.encodings import normalize_text
from bot.intake.readers.html_aside import fragment_aside
from bot.intake.readers.html_blocks import visible_text
from bot.intake.readers.html_tree import in_one_line, parse_html, remove_hidden
from bot.intake.readers.limits import unescape
from bot.intake.readers.metadata import parse_label, parse_url
from bot.intake.types import AsideLines
from summarizers.segmentation.furniture import classify_line
from summarizers.text.furniture_words import is_feed_footer

__all__ = ["EntryBody", "EntryMarkup", "has_markup", "read_body", "read_title"]

_INLINE: Final = (
    "a|abbr|acronym|b|bdi|bdo|big|br|cite|code|del|dfn|div|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|nobr|ol|p|pre|q|rp|rt|ruby|s|"
    "samp|small|span|strike|strong|sub|sup|time|tt|u|ul|var|wbr"
)
"""Elements that headlines are marked up with; others in brackets are words of a headline about them."""

_TITLE_TAG = re.compile(rf"</?(?:{_INLINE})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_TITLE_BREAK = re.compile(r"<(?:br|/?p|/?div|/?h[1-6]|/?li)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|u|h[1-6]|ul|ol|li|blockquote|figure|img|table|tr|td|pre|code|section|article)"
    r"(?:\s[^<>]*)?/?>|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});",
    re.IGNORECASE,
)
_ESCAPED_MARKUP = re.compile(
    r"</(?:p|div|span|a|b|i|em|strong|li|ul|ol|h[1-6]|blockquote)>|<(?:br|p)\s*/?>", re.IGNORECASE
)
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_OMISSION = re.compile(r"\s*(?:\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\))\s*\Z")
"""The mark of an excerpt at its end."""

_NAMED_MORE = re.compile(r"(?:^|[-_\s])(?:more|readmore|continue)(?:$|[-_\s])", re.IGNORECASE)
_COMMENTS = re.compile(r"(?:#(?:comment|respond|disqus)[\w-]*|/(?:comments|feed)/?)\Z", re.IGNORECASE)
_LONGEST_MORE: Final = 60
"""Characters of a link to read on, without the headline that it may repeat."""

_LONGEST_FOOTER_WORDS: Final = 90
"""Characters of a blog's footer outside of its two links, in the wordiest language."""

_FOOTER_LINKS: Final = 2
"""Links of a blog's footer: to the entry, and to the site."""

_LAST_BLOCKS: Final = 6
"""Blocks at an entry's end in which footers stand."""

_MOST_LINKS: Final = 2_000
"""Links of an entry that are looked at; texts have some dozens."""

_MOST_PICTURES: Final = 20
"""Pictures of an entry that are looked at for one of its story."""

_MIN_PICTURE: Final = 100
"""Pixels of width and height below which a picture is a button, a smiley or a counter."""

_NO_PICTURE = re.compile(
    r"(?i)pixel|spacer|blank\.|emoji|smil|avatar|gravatar|badge|button|feedburner|doubleclick|/stat|counter|\.svg"
)


@dataclass(frozen=True, slots=True)
class EntryMarkup:
    """A text of an entry; `is_plain` where the feed declares that it holds no markup."""

    value: str
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class EntryBody:
    """The text of an entry, what was left out of it, and the address of its first picture."""

    text: str
    left_out: tuple[AsideLines, ...] = ()
    picture: str | None = None


def has_markup(text: str) -> bool:
    """Return whether a text has elements or references of HTML, whatever its feed declares."""
    return _MARKUP.search(text) is not None


def read_title(title: EntryMarkup | None) -> str | None:
    """Return a headline in one line.

    What is in brackets and marks up no headline is part of it: `A guide to <head> elements`, `x < y`.
    """
    if title is None:
        return None
    text = _CDATA.sub("", title.value)
    if not title.is_plain:
        text = _strip_tags(text)
        if "&" in text:  # escaped twice
            text = _strip_tags(unescape(text))
    return parse_label(normalize_text(text))


def _strip_tags(text: str) -> str:
    return _TITLE_TAG.sub("", _TITLE_BREAK.sub(" ", text))


def read_body(body: EntryMarkup, *, link: str | None, home: str | None, title: str | None) -> EntryBody:
    """Return an entry's text, one line a paragraph; "" where it has none but furniture."""
    markup = _CDATA.sub("", body.value)
    if not markup.strip():
        return EntryBody("")
    removed: list[str] = []
    left_out: tuple[AsideLines, ...] = ()
    picture: str | None = None
    if body.is_plain:
        text = _plain(markup)
    else:
        text, removed, picture = _read_markup(markup, link, home, title)
        left_out = fragment_aside(markup, text)
        if _ESCAPED_MARKUP.search(text):  # escaped twice
            text, more, inner = _read_markup(text, link, home, title)
            removed, picture = removed + more, picture or inner
    lines = [line for line in text.split("\n") if line.strip()]
    while lines and (is_feed_footer(lines[-1]) or (len(lines) == 1 and classify_line(lines[0]) == "boilerplate")):
        removed.append(lines.pop())
    if lines:
        lines[-1] = _OMISSION.sub(" …", lines[-1])
    if removed:
        left_out = (*left_out, AsideLines("feed", tuple(removed)))
    return EntryBody("\n".join(lines).strip(), left_out, picture)


def _plain(text: str) -> str:
    return "\n".join(filter(None, (" ".join(line.split()) for line in normalize_text(text).split("\n"))))


def _read_markup(
    markup: str, link: str | None, home: str | None, title: str | None
) -> tuple[str, list[str], str | None]:
    """Return the text of a fragment, the furniture taken from it, and its first picture."""
    tree = parse_html(markup)
    if tree is None:
        return "", [], None
    remove_hidden(tree)
    picture = next(_pictures(tree, link or home), None)
    removed = _remove_furniture(tree, _Addresses(link, home), title)
    return visible_text(tree), removed, picture


class _Addresses:
    """Tells links to the entry itself and to its site from others."""

    def __init__(self, link: str | None, home: str | None) -> None:
        self._own = _bare(link)
        self._hosts = {parts[0] for address in (link, home) if (parts := _bare(address)) is not None}
        self._home = _bare(home)

    def is_own(self, address: str | None) -> bool:
        return self._own is not None and _bare(address) == self._own

    def is_site(self, address: str | None) -> bool:
        parts = _bare(address)
        return parts is not None and (parts == self._home or (parts[0] in self._hosts and not parts[1]))


def _bare(address: str | None) -> tuple[str, str] | None:
    """Return an address's host and path, in which tracking and scheme don't count."""
    try:
        parts = urlsplit((address or "").strip())
    except ValueError:  # brackets that hold no IPv6 address
        return None
    host = (parts.hostname or "").removeprefix("www.")
    return (host, parts.path.rstrip("/")) if host else None


def _remove_furniture(tree: Any, addresses: _Addresses, title: str | None) -> list[str]:
    """Remove a generator's footers and links to read on; return their lines."""
    removed: list[str] = []
    for link in list(islice(tree.iter("a"), _MOST_LINKS)):
        words = in_one_line(link)
        if words and (_is_comments(link.get("href"), addresses) or _is_named_more(link, words, addresses, title)):
            removed.append(words)
            _empty(link)
    for block in _last_blocks(tree):
        if _is_footer(block, addresses, title):
            removed.append(in_one_line(block))
            _empty(block)
    while (last := _last_link(tree)) is not None:
        words = in_one_line(last)
        if not words or words == title or not _reads_on(last, words, addresses, title):
            break
        removed.append(words)
        _empty(last)
    return removed


def _last_blocks(tree: Any) -> list[Any]:
    blocks = [element for element in tree.iter("p", "div", "small", "em") if element.find("p") is None]
    return blocks[-_LAST_BLOCKS:]


def _is_footer(block: Any, addresses: _Addresses, title: str | None) -> bool:
    """Return whether a block has two links, to the entry and to its site, and few words besides."""
    links = list(islice(block.iter("a"), _FOOTER_LINKS + 1))
    if len(links) != _FOOTER_LINKS or not any(addresses.is_site(link.get("href")) for link in links):
        return False
    named = [in_one_line(link) for link in links]
    is_about = title in named or any(addresses.is_own(link.get("href")) for link in links)
    return is_about and len(in_one_line(block)) - sum(map(len, named)) <= _LONGEST_FOOTER_WORDS


def _is_comments(address: str | None, addresses: _Addresses) -> bool:
    """Return whether a link leads to the comments on the entry itself."""
    if not address or (found := _COMMENTS.search(address)) is None:
        return False
    return addresses.is_own(address[: found.start()])


def _is_named_more(link: Any, words: str, addresses: _Addresses, title: str | None) -> bool:
    return _NAMED_MORE.search(link.get("class") or "") is not None and _reads_on(link, words, addresses, title)


def _reads_on(link: Any, words: str, addresses: _Addresses, title: str | None) -> bool:
    """Return whether a link leads to the whole entry and says little more than its headline."""
    rest = words.replace(title, "") if title else words
    return addresses.is_own(link.get("href")) and len(rest) <= _LONGEST_MORE


def _last_link(tree: Any) -> Any | None:
    """Return the link behind which no words follow, if the text ends with one."""
    last: Any = None
    inside = False
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            if node.tag == "a" and not inside and _has_words("".join(node.itertext())):
                last, inside = node, True
            elif not inside and _has_words(node.text):
                last = None
        elif node is not tree:
            inside = inside and node is not last
            if not inside and _has_words(node.tail):
                last = None
    return last


def _has_words(text: str | None) -> bool:
    return text is not None and any(map(str.isalnum, text))


def _empty(element: Any) -> None:
    """Remove an element's content, but not the text behind it."""
    element.clear(keep_tail=True)


def _pictures(tree: Any, base: str | None) -> Iterator[str]:
    """Yield the addresses of pictures that may show what the story is about."""
    for image in islice(tree.iter("img"), _MOST_PICTURES):
        source = (image.get("src") or "").strip()
        sizes = [int(size) for name in ("width", "height") if (size := (image.get(name) or "").strip()).isdecimal()]
        if not source or _NO_PICTURE.search(source) or any(size < _MIN_PICTURE for size in sizes):
            continue
        try:
            address = parse_url(urljoin(base or "", source))
        except ValueError:  # brackets that hold no IPv6 address
            continue
        if address is not None:
            yield address
