"""Publication times that HTML pages state.

In the order of trust: JSON-LD, <meta>, itemprop, the <time> and then the written date beside the headline, the date in
the address, times of a later change, and what htmldate finds outside of the article's paragraphs. A date within the
text, such as that of a dateline, says when something happened and is never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from typing import Any, Final, NamedTuple

from bot.intake.readers.html_blocks import HINTS, Block
from bot.intake.readers.html_metadata import PageMetadata, is_article
from bot.intake.readers.html_tree import in_one_line, within_limits
from bot.intake.readers.metadata import parse_time
from bot.intake.readers.written_dates import parse_written_date
from bot.newsroom.models import DateOrigin

__all__ = ["SENTENCE_STOPS", "Publication", "publication_time"]

_PUBLISHED_NAMES: Final = (
    *("article:published_time", "og:article:published_time", "og:published_time", "og:pubdate", "datepublished"),
    *(
        "publish-date",
        "publish_date",
        "publishdate",
        "published_date",
        "published",
        "published_at",
        "pubdate",
        "pub_date",
    ),
    *("date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "dcterms.created", "dc.date.created"),
    *(
        "citation_publication_date",
        "citation_date",
        "parsely-pub-date",
        "sailthru.date",
        "cxenseparse:recs:publishtime",
    ),
    *("originalpublicationdate", "article_date_original", "article.published", "article:published", "release_date"),
    *("datecreated", "date_published", "created", "rnews:datepublished", "bt:pubdate", "displaydate", "timestamp"),
)
_CHANGED_NAMES: Final = (
    *("og:updated_time", "article:modified_time", "og:article:modified_time", "datemodified", "last-modified"),
    *("dc.date.modified", "dcterms.modified", "lastmod", "modified", "article:modified", "revised", "utime"),
)
"""Names in <meta>, by how many sites use them; htmldate's lists and the sites of 20 languages have them, too."""

_ADDRESS = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})(?:[/_-]([01]?[0-9]|[a-z]{3})[/_-]([0-3]?[0-9])|([01][0-9])([0-3][0-9]))(?![0-9])"
)
_COMMENTS = re.compile(r"\bcomment|\brespond|[/]Comment\b", re.IGNORECASE)
_MAX_NAMES: Final = 300
"""Characters of an element's names that are looked at."""

_WHOLE: Final = frozenset(("html", "body", "main", "article"))
"""Elements that hold the whole story, whatever they are named."""

SENTENCE_STOPS: Final = ".!?。！？।"

_BYLINE: Final = tuple(HINTS).index("byline")
_RELATED: Final = tuple(HINTS).index("related")
_COMMENT: Final = tuple(HINTS).index("comment")

_LONG_BLOCK: Final = 160
"""Characters from which on a block is text of the article, and its dates are those of events."""

_SHORT_LINE: Final = 60
"""Characters of a line beside the headline that says little more than when, where and by whom."""

_BEFORE: Final = 4
_BEHIND: Final = 12
"""Blocks before and behind the headline that may hold its date: pictures, sharing and authors stand between. By
judgement."""

_FIRST_DAY: Final = "-01"
"""End of the dates that htmldate makes of a month or of a copyright's year alone."""

_MARKED: Final = 50
"""Elements marked as a time of publication that are looked at: lists of stories and comments have one each."""

_AROUND: Final = 12
"""Elements around one that are looked at for a sign that it belongs to a comment. By judgement."""

_COPIES: Final = 5
"""Copies of the headline that are looked at: pages repeat it in their path, their title and a bar."""

_FIRST_YEAR: Final = 1990
"""Pages on the web are younger."""


class Publication(NamedTuple):
    """The moment of publication in UTC, None if a page doesn't say, and where it is from."""

    moment: datetime | None
    origin: DateOrigin


def publication_time(tree: Any, metadata: PageMetadata, blocks: Sequence[Block]) -> Publication:
    """Return the moment of publication; where only the day is known, its midnight.

    Takes the tree without what is hidden.
    """
    day_first = not (tree.get("lang") or "").lower().startswith("en-us")
    places = (
        (DateOrigin.STATED, _stated(tree, metadata, day_first)),
        (DateOrigin.FOUND, _found(tree, metadata, blocks, day_first)),
    )
    for origin, moments in places:
        moment = next((moment for moment in moments if moment.year >= _FIRST_YEAR), None)
        if moment is not None:
            return Publication(moment, origin)
    return Publication(None, DateOrigin.ARRIVAL)


def _stated(tree: Any, metadata: PageMetadata, day_first: bool) -> Iterator[datetime]:
    """Yield what a page states as its time of publication."""
    articles = [item for item in metadata.linked if is_article(item)]
    pages = [item for item in metadata.linked if not is_article(item)]
    yield from _parsed((item.get(key) for item in articles for key in ("datePublished", "dateCreated")), day_first)
    yield from _parsed((metadata.meta.get(name) for name in _PUBLISHED_NAMES), day_first)
    yield from _parsed((item.get("datePublished") for item in pages), day_first)
    yield from _parsed(_stated_by_elements(tree), day_first)


def _found(tree: Any, metadata: PageMetadata, blocks: Sequence[Block], day_first: bool) -> Iterator[datetime]:
    """Yield what other places say, lazily, since the last is slow."""
    beside = list(_beside_headline(blocks, metadata.title))
    yield from _parsed((block.time for block in beside), day_first)
    for block in beside:
        short = max(map(len, block.text.split("\n"))) <= _SHORT_LINE
        if short or (block.hints[_BYLINE] and len(block.text) < _LONG_BLOCK):
            yield from _written(block.text, day_first)
    yield from _in_address(metadata.url)
    yield from _parsed((metadata.meta.get(name) for name in _CHANGED_NAMES), day_first)
    yield from _parsed((item.get("dateModified") for item in metadata.linked), day_first)
    for block in blocks:
        if block.hints[_BYLINE] and _is_own(block):
            yield from _parsed((block.time,), day_first)
            if len(block.text) < _LONG_BLOCK:
                yield from _written(block.text, day_first)
    yield from _found_by_htmldate(tree, metadata.url)


def _parsed(values: Iterable[object], day_first: bool) -> Iterator[datetime]:
    for value in values:
        moment = parse_time(value)
        if moment is None and isinstance(value, str):
            moment = parse_written_date(value, day_first=day_first)
        if moment is not None:
            yield moment


def _written(text: str, day_first: bool) -> Iterator[datetime]:
    """Yield the earliest date of a line: others in it say when the page was changed."""
    dates = [date for part in text.split("\n") if (date := parse_written_date(part, day_first=day_first))]
    if dates:
        yield min(dates)


def _stated_by_elements(tree: Any) -> Iterator[str]:
    """Yield what elements say that are marked as the time of publication."""
    marked = (
        element
        for element in tree.iter("time", "span", "div", "p", "abbr", "meta", "a", "li", "dd")
        if "datePublished" in (element.get("itemprop") or element.get("property") or "")
        or element.get("pubdate") is not None
    )
    for element in islice(marked, _MARKED):
        if not any(map(_is_comment, islice(element.iterancestors(), _AROUND))):
            yield from filter(None, (element.get("content"), element.get("datetime"), element.get("title")))
            yield in_one_line(element)


def _is_comment(element: Any) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemtype') or ''}"
    return element.tag not in _WHOLE and _COMMENTS.search(names[:_MAX_NAMES]) is not None


def _is_text(paragraph: Any) -> bool:
    text = "".join(paragraph.itertext()).strip()
    return len(text) >= _LONG_BLOCK or (len(text) > _SHORT_LINE and text[-1] in SENTENCE_STOPS)


def _beside_headline(blocks: Sequence[Block], title: str | None) -> Iterator[Block]:
    """Yield the blocks from the headline to the first long one, then the few before it."""
    letters = _letters(title or "")
    named = [at for at, block in enumerate(blocks) if letters and _letters(block.text) == letters]
    for at in ([at for at in named if blocks[at].tag in {"h1", "h2"}] or named)[:_COPIES]:
        behind = blocks[at + 1 : at + 1 + _BEHIND]
        end = next((number for number, block in enumerate(behind) if len(block.text) >= _LONG_BLOCK), len(behind))
        near = (blocks[at], *behind[: end + 1], *reversed(blocks[max(0, at - _BEFORE) : at]))
        yield from filter(_is_own, near)


def _is_own(block: Block) -> bool:
    """Tell whether a block is neither of another story nor of a comment."""
    return not block.hints[_RELATED] and not block.hints[_COMMENT]


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _in_address(url: str | None) -> Iterator[datetime]:
    for match in _ADDRESS.finditer((url or "").lower()):
        year, month, day = match[1], match[2] or match[4], match[3] or match[5]
        moment = parse_written_date(f"{day} {month} {year}") if month.isalpha() else None
        moment = moment or parse_time(f"{year}-{month:0>2}-{day:0>2}")
        if moment is not None:
            yield moment


def _found_by_htmldate(tree: Any, url: str | None) -> Iterator[datetime]:
    """Yield the date that htmldate finds in what isn't the article's text."""
    if not within_limits(tree):
        return
    rest = deepcopy(tree)
    for element in list(rest.iter("p", "li", "td", "blockquote", "div", "section", "time")):
        if _is_comment(element) or (element.tag not in {"div", "section", "time"} and _is_text(element)):
            element.clear(keep_tail=True)
    found = _htmldate()(rest, url=url, original_date=True, extensive_search=True)
    if found and not found.endswith(_FIRST_DAY):
        yield datetime.fromisoformat(found).replace(tzinfo=UTC)


@cache
def _htmldate() -> Any:
    from htmldate import find_date

    return find_date
