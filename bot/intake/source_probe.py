"""Addresses that somebody wants to add: a feed, or a page that names one.

Nothing is stored. The newest entries are analysed as they would be, so that whoever adds a source sees what it brings.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urljoin

import aiohttp
from yarl import URL

from bot.errors import SourceUnreadable
from bot.intake.encodings import decode
from bot.intake.feed_fetcher import FetchSession, FetchTimes, describe_fault, parse_feed
from bot.intake.fetch_guard import PrivateAddress, endpoint
from bot.intake.lanes import Lanes
from bot.intake.readers.feed_entries import FeedEntries
from bot.intake.types import DocumentPart, ReadDocument
from bot.intake.worker_pool import DeadlineExceeded, WorkerDied
from bot.newsroom.feed_addresses import address_fault, redact_address
from bot.newsroom.models import Event, EventSentence, SourceRef
from bot.newsroom.rejections import Rejection, RejectReason
from bot.services.sources import FoundSource
from bot.settings import IntakeSettings, SummarySettings

__all__ = ["FeedProbe", "FeedSample", "find_feed_links", "sample_feed"]

_TOTAL_SECONDS: Final = 30.0
"""Seconds for one address: a server that takes longer is no source to add, and somebody waits."""

_ALL_SECONDS: Final = 60.0
"""Seconds for a page with all the addresses that are tried for it."""

_SLOW_SECONDS: Final = 3.0
"""Seconds from which on an answer is said to be slow; feeds usually answer within one."""

_PREVIEWED: Final = 3
"""Entries that are shown."""

_MOST_LINKS: Final = 5
"""Feeds that a page names and that are tried."""

_CHUNK_BYTES: Final = 65_536
"""Bytes after which the size of an answer is checked."""

_MAX_PAGE_BYTES: Final = 3_000_000
"""Bytes of a page that is searched for feeds; they are named in its head."""

_MAX_HEAD: Final = 500_000
"""Characters of a page that are searched."""

_MAX_STATUS: Final = 100
"""Characters of a server's own words that are kept."""

_USUAL_PLACES: Final = (
    *("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json", "feeds", "rss/feed.xml", "feed/rss"),
    *("?feed=rss2", "feeds/posts/default", "blog/feed", "blog/rss.xml", "index.rdf", "news/rss.xml"),
)
"""Where the usual programs (WordPress, Hugo, Jekyll, Ghost, Blogger, Drupal) put a site's feed."""

_MOST_BRIEF: Final = 0.5
"""Share of entries without a text from which on a feed is said to have headlines only."""

_OLD: Final = timedelta(days=30)
"""Age of the newest entry from which on a feed is said to have nothing new."""

_HEADERS: Final = {
    "Accept": "application/atom+xml, application/rss+xml, application/feed+json, text/html;q=0.8, */*;q=0.5"
}
_LINK = re.compile(r"<(?:link|a)\b[^<>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_FEED_TYPE = re.compile(r"application/(?:rss|atom|rdf)\+xml|application/(?:feed\+)?json|(?:text|application)/xml", re.I)
_BASE = re.compile(r"<base\b[^<>]{0,2000}>", re.IGNORECASE)
_OEMBED = re.compile(r"oembed|wp-json", re.IGNORECASE)
_COMMENTS = re.compile(r"comments?[/_.-]?(?:feed|rss|atom|default)|/comments/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Page:
    """An answer: its bytes, its own address, the encoding that the server names, its seconds."""

    data: bytes
    url: str
    charset: str | None
    seconds: float


@dataclass(frozen=True, slots=True)
class FeedSample:
    """A feed's title, number of entries, the newest as a digest shows them, and oddities."""

    title: str | None
    entries: int
    preview: tuple[Event, ...]
    oddities: tuple[tuple[str, dict[str, Any]], ...]


class FeedProbe:
    """Looks at addresses over the network; what a processor is needed for runs in `lanes`."""

    def __init__(
        self, lanes: Lanes, settings: IntakeSettings, summary: SummarySettings, clock: Callable[[], datetime]
    ) -> None:
        self._lanes, self._settings, self._summary, self._clock = lanes, settings, summary, clock

    async def probe(self, url: str, *, may_be_private: bool) -> FoundSource:
        """Return the feed at an address, or that of the page there. Raises SourceUnreadable.

        Only the server of `url` itself `may_be_private`, since a page may name any other.
        """
        async with FetchSession(self._settings.private_hosts, FetchTimes()) as session:
            try:
                async with asyncio.timeout(_ALL_SECONDS):
                    return await self._probe(session, url, may_be_private)
            except TimeoutError:
                raise _unreadable(
                    url, Rejection(RejectReason.FETCH_FAILED, {"error": "the server takes too long to answer"})
                ) from None

    async def _probe(self, session: FetchSession, url: str, may_be_private: bool) -> FoundSource:
        page = await self._get(session, url, may_be_private)
        found = await self._sample(page)
        if isinstance(found, FeedSample):
            return _found(url, page, found)
        if not _may_be_html(page.data):
            raise _unreadable(url, found)
        links = await self._run(len(page.data), find_feed_links, page.data, page.url)
        named = links if isinstance(links, list) else []
        failure: SourceUnreadable | None = None
        for address in (*named[:_MOST_LINKS], *_usual_addresses(page.url)):
            if address == page.url:
                continue
            try:
                same_server = endpoint(URL(address)) == endpoint(URL(url))
                candidate = await self._get(session, address, may_be_private and same_server)
            except SourceUnreadable as error:
                if address in named:
                    failure = failure or error
                continue
            sample = await self._sample(candidate)
            if isinstance(sample, FeedSample) and sample.entries:
                others = tuple(each for each in named if each != address)
                return _found(address, candidate, sample, others)
        if failure is not None:
            raise failure
        raise SourceUnreadable(redact_address(url), "is a page that names no feed, and has none at the usual addresses")

    async def _get(self, session: FetchSession, url: str, may_be_private: bool) -> _Page:
        """Return the answer of an address. Raises SourceUnreadable."""
        began = time.monotonic()
        try:
            async with (
                asyncio.timeout(_TOTAL_SECONDS),
                session.guarded.get(url, _HEADERS, may_be_private=may_be_private) as answer,
            ):
                response = answer.response
                if response.status != HTTPStatus.OK:
                    status = f"{response.status} {response.reason or ''}".rstrip()[:_MAX_STATUS]
                    raise _unreadable(url, Rejection(RejectReason.HTTP_ERROR, {"status": status}))
                data = await self._receive(response, url)
                return _Page(data, str(response.url.with_user(None)), response.charset, time.monotonic() - began)
        except PrivateAddress:
            raise _unreadable(url, Rejection(RejectReason.PRIVATE_ADDRESS)) from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _unreadable(url, Rejection(RejectReason.FETCH_FAILED, {"error": describe_fault(error)})) from error

    async def _receive(self, response: aiohttp.ClientResponse, url: str) -> bytes:
        parts, size = [], 0
        async for part in response.content.iter_chunked(_CHUNK_BYTES):
            parts.append(part)
            size += len(part)
            if size > self._settings.max_bytes:
                facts = {"max_bytes": self._settings.max_bytes}
                raise _unreadable(url, Rejection(RejectReason.DOWNLOAD_TOO_LARGE, facts))
        return b"".join(parts)

    async def _sample(self, page: _Page) -> FeedSample | Rejection:
        """Return what a feed holds, or why it is none."""
        arguments = (page.data, page.url, page.charset, self._clock(), self._summary.engine, self._summary.sentences)
        found = await self._run(len(page.data), sample_feed, *arguments)
        return found if isinstance(found, FeedSample | Rejection) else Rejection(RejectReason.EMPTY_FEED)

    async def _run(self, size: int, work: Callable[..., Any], *arguments: Any) -> Any:
        try:
            return await self._lanes.run_anywhere(size, work, *arguments)
        except DeadlineExceeded:
            return Rejection(RejectReason.TIMEOUT, {"seconds": self._settings.parse_deadline(size)})
        except WorkerDied:
            return Rejection(RejectReason.WORKER_DIED)


def sample_feed(
    data: bytes, base: str, charset: str | None, now: datetime, engine: str, sentences: int
) -> FeedSample | Rejection:
    """Return what a feed holds, or why it is none. Runs in a worker process."""
    feed = parse_feed(data, base, charset, False)
    if isinstance(feed, Rejection):
        return feed
    parts = [part for _, part in feed.entries]
    newest = sorted(parts, key=lambda part: part.published or datetime.min.replace(tzinfo=now.tzinfo), reverse=True)
    events = [event for part in newest[:_PREVIEWED] if (event := _preview(part, now, engine, sentences)) is not None]
    return FeedSample(feed.site, len(parts), tuple(events), tuple(_oddities(feed, parts, now)))


def _preview(part: DocumentPart, now: datetime, engine: str, sentences: int) -> Event | None:
    """Return an entry as a digest would show it; None for one without a story."""
    analyses = ReadDocument((part,), "utf-8").analyse(engine=engine, sentences=sentences)
    if not analyses:
        return None
    story = analyses[0]
    ref = SourceRef(0, "", 0, part.source, part.url)
    at = part.published or now
    return Event(
        id=0,
        headline=story.headline,
        kicker=story.story.kicker,
        language=story.language,
        summary=tuple(EventSentence(each.text, each.position, ref) for each in story.summary),
        countries=story.countries,
        topics=story.topics,
        sources=(ref,),
        first_at=at,
        last_at=at,
        place=story.story.place,
    )


def _oddities(feed: FeedEntries, parts: Sequence[DocumentPart], now: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the names of what is unusual about a feed, with their figures."""
    if not parts:
        yield "empty", {}
        return
    brief = sum(part.brief for part in parts)
    if brief > len(parts) * _MOST_BRIEF:
        yield "titles", {"count": brief, "total": len(parts)}
    dates = [part.published for part in parts if part.published is not None]
    if len(dates) < len(parts):
        yield "dates", {"count": len(parts) - len(dates), "total": len(parts)}
    if dates and now - max(dates) > _OLD:
        yield "old", {"days": (now - max(dates)).days}
    if feed.shared:
        yield "shared", {}
    if feed.notes:
        yield "left-out", {"note": feed.notes[0]}


def find_feed_links(data: bytes, url: str) -> list[str]:
    """Return the addresses of feeds that a page names, the likeliest first.

    Runs in a worker process.
    """
    text = decode(data[:_MAX_PAGE_BYTES]).text[:_MAX_HEAD]
    declared = _BASE.search(text)
    base = urljoin(url, _attributes(declared[0]).get("href", "")) if declared else url
    links: dict[str, int] = {}
    for tag in _LINK.findall(text):
        values = _attributes(tag)
        address, kind = values.get("href", "").strip(), values.get("type", "")
        if not address or _FEED_TYPE.match(kind) is None or _OEMBED.search(address):
            continue
        relations = values.get("rel", "").lower().split()
        if tag[1:5].lower() == "link" and not {"alternate", "feed"}.intersection(relations):
            continue
        try:
            absolute = urljoin(base, address)
        except ValueError:
            continue
        if address_fault(absolute) is not None:
            continue
        # A site's comments are no news; of several feeds the first is usually that of all its posts.
        is_comments = _COMMENTS.search(absolute) is not None or "comment" in values.get("title", "").lower()
        links.setdefault(absolute, len(links) + (1_000 if is_comments else 0))
    return sorted(links, key=lambda each: links[each])


def _attributes(tag: str) -> dict[str, str]:
    from html import unescape

    return {name.lower(): unescape(double or single or bare) for name, double, single, bare in _ATTRIBUTE.findall(tag)}


def _usual_addresses(url: str) -> list[str]:
    """Return where the feed of a page or of its site usually is."""
    below = url.partition("?")[0].partition("#")[0].rstrip("/") + "/"
    root = urljoin(url, "/")
    return list(dict.fromkeys(urljoin(base, place) for base in (below, root) for place in _USUAL_PLACES))


def _may_be_html(data: bytes) -> bool:
    head = data[:_CHUNK_BYTES].lower()
    return b"<html" in head or b"<!doctype html" in head or b"<head" in head or b"<link" in head


def _found(url: str, page: _Page, sample: FeedSample, others: Sequence[str] = ()) -> FoundSource:
    slow = (("slow", {"seconds": round(page.seconds, 1)}),) if page.seconds > _SLOW_SECONDS else ()
    return FoundSource(url, sample.title, sample.entries, sample.preview, (*sample.oddities, *slow), tuple(others))


def _unreadable(url: str, rejection: Rejection) -> SourceUnreadable:
    return SourceUnreadable(redact_address(url), rejection.message)
