"""Limits on markup before libraries read it, so that time grows linearly with its length.

libxml2 compares each attribute of an element with all others, feedparser each category of an entry with all others, and
looks for an address in every part of an author's name, and Python refuses to read a number of thousands of digits. None of these limits is met by real pages.
"""

from __future__ import annotations

import html
import re
from typing import Final

__all__ = ["cut_attributes", "cut_author_names", "remove_comments", "rename_categories", "unescape"]

_LONG_TAG: Final = 2_048
"""Characters of a tag from which on its attributes are counted: shorter ones have some hundreds at most."""

_MAX_ATTRIBUTES: Final = 256
"""Attributes that an element keeps; the richest elements of real pages have some dozens."""

_MAX_NAME: Final = 1_000
"""Characters of an author's name in a feed."""

_LONG_TAGS = re.compile(rf"<[A-Za-z][^<>]{{{_LONG_TAG},}}")
_ATTRIBUTE = re.compile(r"""\s*+[^\s=>"'/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>]*+))?+""")
_NAMES = re.compile(
    r"(<(?:[\w.-]{1,50}:)?(?:author|creator|contributor|publisher|owner|name|email|managingEditor|webMaster)"
    rf"(?:\s[^<>]*+)?>(?:<!\[CDATA\[)?[^<>\]]{{{_MAX_NAME}}})[^<>\]]++",
    re.IGNORECASE,
)
_CATEGORY = re.compile(r"(</?(?:[\w.-]{1,50}:)?)(category|subject|keywords)(?=[\s/>])", re.IGNORECASE)
_LONG_REFERENCE = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")
"""References to characters beyond all that there are."""


def cut_attributes(markup: str) -> str:
    """Return markup of which no element has more than some hundreds of attributes."""
    return _LONG_TAGS.sub(lambda match: _cut_tag(match[0]), markup)


def _cut_tag(tag: str) -> str:
    """Cut a tag, without the bracket at its end, after the last attribute that is kept."""
    at = re.match(r"<[A-Za-z][^\s/]*", tag).end()  # type: ignore[union-attr] # begins as `_LONG_TAGS` does
    for _ in range(_MAX_ATTRIBUTES):
        match = _ATTRIBUTE.match(tag, at)
        if match is not None:
            at = match.end()
        elif at < len(tag):
            at += 1
        else:
            return tag
    return tag[:at]


def cut_author_names(markup: str) -> str:
    """Return a feed's markup without the rest of overlong names of authors."""
    return _NAMES.sub(r"\1", markup)


def rename_categories(markup: str) -> str:
    """Return a feed's markup with its categories under a name that no library knows."""
    return _CATEGORY.sub(r"\1unread-\2", markup)


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
    return html.unescape(_LONG_REFERENCE.sub("\ufffd", text))
