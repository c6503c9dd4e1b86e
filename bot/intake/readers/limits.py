"""Limits on markup before libraries read it, so that time grows linearly with its length.

libxml2 compares each attribute of an element with all others, feedparser each category of an entry with all others,
it searches each author's name and the text before a feed's first element again and again, and Python refuses to read a
number of thousands of digits. None of these limits is met by real pages.
"""

from __future__ import annotations

import codecs
import html
import re
from typing import Final

__all__ = [
    "cut_attributes",
    "cut_feed_head",
    "cut_references",
    "remove_comments",
    "rename_unread",
    "starts_object",
    "unescape",
]

_LONG_TAG: Final = 2_048
"""Characters of a tag from which on its attributes are counted: shorter ones have some hundreds at most."""

_MAX_ATTRIBUTES: Final = 256
"""Attributes that an element keeps; the richest elements of real pages have some dozens."""

_MAX_FEED_HEAD: Final = 20_000
"""Characters before a feed's first element: room for the declarations of all entities of HTML."""

_LONG_TAG_START = re.compile(
    rf"""<[A-Za-z](?:[^<>]{{{_LONG_TAG}}}|(?:[^<>"']++|"[^"<>]*+"|'[^'<>]*+')*+["'])""",
)
"""A tag that is long, or in which a quoted value may hold brackets, so that its length isn't seen."""
_TAG_START = re.compile(r"<(?:!--|[A-Za-z][^\s<>/]*+)")
_BETWEEN_ATTRIBUTES = re.compile(r"[\s/]*+")
_ATTRIBUTE = re.compile(r"""[^\s=>"'/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>]*+))?+""")
_RAW_TEXT = ("script", "style")
"""Elements whose text isn't markup."""
_FIRST_ELEMENT = re.compile(r"<[A-Za-z0-9_]")
_DECLARATION = re.compile(r"<\?xml[^<>]{0,200}\?>")
"""A declaration of XML; real ones have some fifty characters."""
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
"""Blanks of ASCII only: the other ones of Latin-1 are parts of characters in UTF-8."""
_PEOPLE = "author|creator|contributor|publisher|owner|managingeditor|webmaster"
_PEOPLE_ELEMENT = re.compile(rf"(</?(?:[\w.-]{{1,50}}:)?)({_PEOPLE})(?=[\s/>])", re.IGNORECASE)
"""Elements with names of people, in which feedparser looks for addresses."""

_UNREAD = re.compile(rf"(</?(?:[\w.-]{{1,50}}:)?)(category|subject|keywords|tags|{_PEOPLE})(?=[\s/>])", re.IGNORECASE)
"""Elements of feeds that aren't used here: those with people, and categories unless they are trusted."""
_CDATA_START, _CDATA_END = "<![CDATA[", "]]>"
_HEAD_BYTES: Final = 1_024
"""Bytes at a document's beginning in which its first character is looked for."""

_LONG_REFERENCE = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")
"""References to characters beyond all that there are."""


def cut_attributes(markup: str) -> str:
    """Return markup of which no element has more than some hundreds of attributes."""
    if _LONG_TAG_START.search(markup) is None:
        return markup
    parts: list[str] = []
    kept = at = 0
    while (tag := _TAG_START.search(markup, at)) is not None:
        at = tag.end()
        if tag[0] == "<!--":
            end = markup.find("-->", at)
        elif tag[0][1:].lower() in _RAW_TEXT:
            end = markup.find(f"</{tag[0][1:]}", at)
        else:
            limit, at = _skip_attributes(markup, at)
            if limit < at:
                parts.append(markup[kept:limit])
                kept = at
            continue
        if end < 0:
            break
        at = end
    return "".join([*parts, markup[kept:]])


def _skip_attributes(markup: str, at: int) -> tuple[int, int]:
    """Return where the attributes of a tag end that are kept, and where all of them end."""
    limit, count = len(markup), 0
    while (at := _end_of(_BETWEEN_ATTRIBUTES, markup, at)) < len(markup) and markup[at] != ">":
        at = max(_end_of(_ATTRIBUTE, markup, at), at + 1)
        count += 1
        if count == _MAX_ATTRIBUTES:
            limit = at
    return min(limit, at), at


def _end_of(pattern: re.Pattern[str], markup: str, at: int) -> int:
    """Return where a match at that place ends; the place itself if there is none."""
    match = pattern.match(markup, at)
    return match.end() if match is not None else at


def cut_feed_head(markup: str) -> str:
    """Return a feed's markup with a short head before its first element.

    The head keeps its declarations but no runs of blanks.
    """
    first = _FIRST_ELEMENT.search(markup)
    end = first.start() if first is not None else len(markup)
    mark = "\xef\xbb\xbf" if markup.startswith("\xef\xbb\xbf") else ""  # of UTF-8, read as Latin-1
    head = markup[len(mark) : end].lstrip()
    declaration = _DECLARATION.match(head)
    rest = head[declaration.end() :] if declaration is not None else head
    rest = _BLANKS.sub(lambda match: "\n" if "\n" in match[0] else " ", rest) if len(rest) <= _MAX_FEED_HEAD else ""
    # A line ends after the declaration, as feedparser looks for an encoding in all of the first line.
    return mark + (declaration[0] if declaration is not None else "") + "\n" + rest.lstrip("\n") + markup[end:]


def rename_unread(markup: str, *, with_categories: bool = False) -> str:
    """Return a feed's markup with its authors under names that no library knows.

    So are its categories, unless they are to be read.
    """
    unread = _PEOPLE_ELEMENT if with_categories else _UNREAD
    parts: list[str] = []
    at = 0
    while (start := markup.find(_CDATA_START, at)) >= 0 and (end := markup.find(_CDATA_END, start)) >= 0:
        parts += [unread.sub(r"\1unread-\2", markup[at:start]), markup[start:end]]
        at = end
    return "".join([*parts, unread.sub(r"\1unread-\2", markup[at:])])


def starts_object(data: bytes) -> bool:
    """Return whether bytes begin as an object of JSON does, in any encoding that JSON may have."""
    head = data[:_HEAD_BYTES].translate(None, b"\x00")
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        head = head.removeprefix(mark)
    return head.lstrip()[:1] == b"{"


def remove_comments(markup: str) -> str:
    """Return markup without its comments; one that isn't closed stays."""
    parts: list[str] = []
    at = 0
    while (start := markup.find("<!--", at)) >= 0 and (end := markup.find("-->", start + 4)) >= 0:
        parts.append(markup[at:start])
        at = end + 3
    return "".join([*parts, markup[at:]])


def unescape(text: str) -> str:
    """Return text with the characters in place of HTML's references to them."""
    return html.unescape(cut_references(text))


def cut_references(markup: str) -> str:
    """Return markup whose references name characters that there may be."""
    return _LONG_REFERENCE.sub("&#xfffd;", markup)
