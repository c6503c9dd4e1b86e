"""Whole articles: the pages that a feed's entries lead to, fetched politely.

Sites are asked for their robots.txt first, for one page at a time, and with a pause between two. What can't be fetched or
read, or doesn't look like the entry's article, leaves the entry as its feed gives it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

import aiohttp
import structlog

from bot.intake.fetch_guard import GuardedSession, PrivateAddress
from bot.intake.lanes import Lanes
from bot.intake.readers.article_page import read_article
from bot.intake.robots import ALLOW_ALL, ALLOW_NONE, RobotRules, parse_robots
from bot.intake.types import DocumentPart
from bot.intake.worker_pool import DeadlineExceeded, WorkerDied

__all__ = ["ArticleFetcher", "ArticleTimes", "Sites"]

log = structlog.get_logger()

ROBOT: Final = "Gazette"
"""The name by which a site's robots.txt may name this program."""

_MAX_PAGE_BYTES: Final = 3_000_000
"""Bytes of a page; those of news have some hundred thousand."""

_MAX_ROBOTS_BYTES: Final = 500_000
"""Bytes of a robots.txt that are read, as RFC 9309 asks."""

_CHUNK_BYTES: Final = 65_536
"""Bytes after which the size of a page is checked."""

_MOST_PAGES: Final = 40
"""Pages that are fetched for one feed at one time: more come with an archive, which is no news."""

_MOST_HOSTS: Final = 2_000
"""Sites of which rules are remembered."""

_ROBOTS_SECONDS: Final = 24 * 3600.0
"""Seconds for which a site's rules hold, as RFC 9309 asks."""

_PAGE_TYPES: Final = frozenset(("text/html", "application/xhtml+xml", "text/plain", "application/octet-stream"))
"""Content types of pages, and those that servers send where they name none."""

_HEADERS = {"Accept": "text/html, application/xhtml+xml;q=0.9"}


@dataclass(frozen=True, slots=True)
class ArticleTimes:
    """Seconds for a page, between two pages of one site, and for all pages of one feed."""

    page: float = 20.0
    pause: float = 2.0
    feed: float = 120.0


@dataclass(slots=True)
class _Site:
    """A site: its rules, when they were read, and when it may be asked again."""

    rules: RobotRules | None = None
    read_at: float = 0.0
    free_at: float = 0.0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Sites:
    """The sites that were asked: each has one request at a time, whichever feeds lead to it."""

    def __init__(self) -> None:
        self._sites: dict[str, _Site] = {}

    def of(self, address: str) -> _Site:
        """Return the site of an address."""
        if len(self._sites) >= _MOST_HOSTS:
            self._sites = {host: site for host, site in self._sites.items() if site.turn.locked()}
        return self._sites.setdefault(urlsplit(address).netloc, _Site())


class ArticleFetcher:
    """Fetches the pages of entries; each is read in a worker process."""

    def __init__(self, session: GuardedSession, sites: Sites, lanes: Lanes, times: ArticleTimes) -> None:
        self._session, self._sites, self._lanes, self._times = session, sites, lanes, times

    async def fill(self, parts: Mapping[str, DocumentPart]) -> dict[str, DocumentPart]:
        """Return the parts that became whole articles, by their names."""
        filled: dict[str, DocumentPart] = {}

        async def fill_one(name: str, part: DocumentPart) -> None:
            if (article := await self._fetch(part)) is not None:
                filled[name] = article

        wanted = [(name, part) for name, part in parts.items() if part.url is not None][:_MOST_PAGES]
        try:
            async with asyncio.timeout(self._times.feed), asyncio.TaskGroup() as group:
                for name, part in wanted:
                    group.create_task(fill_one(name, part))
        except TimeoutError:
            log.info("articles.out_of_time", fetched=len(filled), wanted=len(wanted))
        return filled

    async def _fetch(self, part: DocumentPart) -> DocumentPart | None:
        """Return an entry with the text of its page; None if it stays as it is."""
        assert part.url is not None  # noqa: S101 - the caller has looked
        site = self._sites.of(part.url)
        async with site.turn:
            rules = await self._rules(part.url, site)
            if not rules.allow(part.url):
                return None
            await asyncio.sleep(max(site.free_at - time.monotonic(), 0.0))
            try:
                page = await self._page(part.url)
            finally:
                site.free_at = time.monotonic() + max(self._times.pause, rules.delay or 0.0)
        if page is None:
            return None
        data, charset, address = page
        if urlsplit(address).netloc != urlsplit(part.url).netloc:
            other = self._sites.of(address)
            if not (await self._rules(address, other)).allow(address):
                return None
        try:
            return await self._lanes.run_anywhere(len(data), read_article, data, charset, address, part)
        except (DeadlineExceeded, WorkerDied):
            return None

    async def _rules(self, address: str, site: _Site) -> RobotRules:
        """Return a site's rules; none allow anything while its server fails to give them."""
        if site.rules is not None and time.monotonic() - site.read_at < _ROBOTS_SECONDS:
            return site.rules
        parts = urlsplit(address)
        answer = await self._get(f"{parts.scheme}://{parts.netloc}/robots.txt", _MAX_ROBOTS_BYTES, cut=True)
        if answer is None or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            rules = ALLOW_NONE
        elif answer.status >= HTTPStatus.MULTIPLE_CHOICES:
            rules = ALLOW_ALL  # there is none
        else:
            rules = parse_robots(answer.data.decode("utf-8", "replace"), ROBOT)
        site.rules, site.read_at = rules, time.monotonic()
        return rules

    async def _page(self, address: str) -> tuple[bytes, str | None, str] | None:
        """Return a page's bytes, the encoding that its server names, and its last address."""
        answer = await self._get(address, _MAX_PAGE_BYTES)
        if answer is None or answer.status != HTTPStatus.OK or answer.kind not in _PAGE_TYPES:
            return None
        return answer.data, answer.charset, answer.address

    async def _get(self, address: str, most: int, *, cut: bool = False) -> _Answer | None:
        """Return a server's answer; None for none, or for one too long that may not be `cut`."""
        try:
            async with (
                asyncio.timeout(self._times.page),
                self._session.get(address, _HEADERS, may_be_private=False) as answer,
            ):
                response, data = answer.response, b""
                async for part in response.content.iter_chunked(_CHUNK_BYTES):
                    data += part
                    if len(data) > most:
                        if not cut:
                            return None
                        break
                address = str(response.url.with_user(None))
                return _Answer(response.status, data[:most], response.content_type, response.charset, address)
        except (PrivateAddress, aiohttp.ClientError, OSError, ValueError) as error:
            log.debug("articles.not_fetched", host=urlsplit(address).hostname, error=type(error).__name__)
            return None


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer of a server, after redirects."""

    status: int
    data: bytes
    kind: str
    charset: str | None
    address: str
