"""Feeds over HTTP: requests, answers, and what is kept of them for the next request.

A feed is requested politely: with what the server said about its last state, so that an unchanged feed costs an empty
answer. Its address may hold a key, so that it is neither logged nor stored (`bot.newsroom.feed_addresses`). Time, bytes
and memory are bounded for each answer and for all of them together.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import ssl
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import unquote

import aiohttp
import structlog

from bot.intake.article_fetcher import ArticleFetcher, ArticleTimes, Sites
from bot.intake.fetch_guard import GuardedSession, PrivateAddress, RedirectRefused
from bot.intake.pipeline import Intake
from bot.intake.readers import reject_unsupported
from bot.intake.readers.feed_entries import DEFAULT_RULES, EntryRules, FeedEntries
from bot.intake.readers.json_feed import read_json_feed
from bot.intake.readers.limits import starts_object
from bot.intake.readers.syndication import feed_entries
from bot.intake.refusals import FEED_KIND
from bot.intake.retry_times import requested_pause
from bot.intake.types import DocumentPart, ReadDocument, ScanReport, Unreadable
from bot.intake.worker_pool import DeadlineExceeded, WorkerDied
from bot.newsroom.feed_addresses import address_secrets, feed_host, feed_path, redact_address
from bot.newsroom.models import DocumentStatus
from bot.newsroom.rejections import Rejection, RejectReason, rejection_of_fault
from bot.newsroom.sources import DEFAULT_OPTIONS, Source, SourceOptions
from bot.settings import IntakeSettings
from bot.store import documents, key_values
from bot.store.documents import FileFacts

__all__ = [
    "Feed",
    "FeedFetcher",
    "FetchResult",
    "FetchSession",
    "FetchTimes",
    "describe_fault",
    "parse_feed",
    "state_key",
]

log = structlog.get_logger()

_CHUNK_BYTES: Final = 65_536
"""Bytes after which the size of a download is checked."""

_MOST_REQUESTS: Final = 64
"""Requests at one time: so many servers may hang before others wait for them."""

_SMALL_BYTES: Final = 1_000_000
"""Bytes of an answer that any request may hold in memory: nearly all feeds are smaller."""

_MOST_LARGE: Final = 2
"""Larger answers that are received at one time, each up to `intake.max_bytes`."""

_MAX_ERROR: Final = 200
"""Characters of another program's error that are kept."""

_MAX_HEADER: Final = 4_096
"""Characters of a header that is sent back: servers refuse longer ones, usually from 8 kB on for all together."""

_UNSENDABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
"""Characters that no header may have."""

_NOT_MODIFIED, _OK = HTTPStatus.NOT_MODIFIED, HTTPStatus.OK

_State = dict[str, Any]
"""What is kept of a feed's last answer: its validators and hash, whether it came from a public address, whether its
entries share ids, and of which entries the whole articles were fetched."""

_HEADERS = {
    "User-Agent": "Gazette (a newspaper for Discord; reads this feed for its channels)",
    "Accept": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
_NO_FILE = FileFacts(0, 0, 0)


@dataclass(frozen=True, slots=True)
class FetchTimes:
    """Seconds for a whole fetch, for making a connection, and for each part of an answer.

    Generous for slow servers, and short of blocking the next round.
    """

    total: float = 60.0
    connect: float = 15.0
    read: float = 30.0


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its address, its label for operators, its stored path.

    `may_be_private` says that the operator named its host, which may then be on the own network. `guild_id` is the
    server that alone sees its entries.
    """

    address: str
    label: str
    path: str
    may_be_private: bool = True
    guild_id: int | None = None
    options: SourceOptions = DEFAULT_OPTIONS

    @classmethod
    def at(cls, address: str, *, may_be_private: bool = True) -> Feed:
        """Return the feed at an address that can be fetched."""
        return cls(address, redact_address(address), feed_path(address), may_be_private)

    @classmethod
    def of(cls, source: Source) -> Feed:
        """Return the feed of a source; only the operator's may be on the own network."""
        operators = source.added_by is None
        return cls(source.url, source.label, source.path, operators, source.guild_id, source.options)

    @property
    def state_key(self) -> str:
        """The name of its stored state: each server has its own, or one would take another's news."""
        return state_key(self.address if self.guild_id is None else f"{self.guild_id} {self.address}")


@dataclass(frozen=True, slots=True)
class FetchResult:
    """The result of one fetch.

    `rejection` says why nothing was read. `pause` are the seconds for which the server asks to be left alone, by
    Retry-After or Cache-Control.
    """

    report: ScanReport = field(default_factory=ScanReport)
    rejection: Rejection | None = None
    pause: float | None = None
    title: str | None = None
    """The feed's title, where its entries were read."""


@dataclass(frozen=True, slots=True)
class _Download:
    """An answer: its bytes, None if the feed has not changed, and what is said of them.

    `failed_before` says that the last fetch failed.
    """

    state: _State
    failed_before: bool = False
    data: bytes | None = None
    base: str | None = None
    charset: str | None = None
    pause: float | None = None


class FetchSession:
    """The connections of a fetcher. A context manager."""

    def __init__(self, private_hosts: Collection[str], times: FetchTimes) -> None:
        parts = aiohttp.ClientTimeout(total=None, sock_connect=times.connect, sock_read=times.read)
        self.guarded = GuardedSession(private_hosts, headers=_HEADERS, timeout=parts)
        self.sites = Sites()
        self.requests = asyncio.Semaphore(_MOST_REQUESTS)
        self.large_answers = asyncio.Semaphore(_MOST_LARGE)

    async def __aenter__(self) -> FetchSession:
        """Open the connections."""
        await self.guarded.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        """Close them."""
        await self.guarded.__aexit__(None, None, None)


class FeedFetcher:
    """Fetches feeds; their entries go through `intake`."""

    def __init__(
        self,
        intake: Intake,
        settings: IntakeSettings,
        times: FetchTimes | None = None,
        article_times: ArticleTimes | None = None,
    ) -> None:
        self._intake = intake
        self._settings = settings
        self._times, self._article_times = times or FetchTimes(), article_times or ArticleTimes()

    def open_session(self) -> FetchSession:
        """Return the connections for any number of fetches, to be opened."""
        return FetchSession(self._settings.private_hosts, self._times)

    async def fetch(self, session: FetchSession, feed: Feed) -> FetchResult:
        """Fetch one feed and store what is new in it. Raises StoreError."""
        facts = _NO_FILE
        pause: float | None = None
        try:
            async with session.requests:
                answer = await self._download(session, feed)
            pause = answer.pause
            if answer.data is None:
                if answer.failed_before:
                    await self._record_success(feed, answer.state)
                return FetchResult(pause=pause)
            facts = FileFacts(len(answer.data), 0, 0, hashlib.sha256(answer.data).hexdigest())
            entries = await self._parse_unless_refused(answer, facts, EntryRules.of(feed.options))
            if feed.options.whole_articles:
                answer, entries = await self._fill(session, feed, answer, entries)
        except _Refused as error:
            pause, rejection = error.pause, error.rejection
        except Unreadable as error:
            rejection = error.rejection
        else:
            return FetchResult(await self._store(feed, answer, entries), pause=pause, title=entries.site)
        rejection = _hide_in_facts(rejection, address_secrets(feed.address))
        log.warning("feed.failed", feed=feed.label, reason=rejection.reason.value, detail=rejection.message)
        await self._record_failure(feed, facts, rejection)
        return FetchResult(ScanReport(files=1, rejected=((feed.label, rejection),)), rejection, pause)

    async def _store(self, feed: Feed, answer: _Download, entries: FeedEntries) -> ScanReport:
        secrets = address_secrets(feed.address)
        items = {
            entry_path(feed.path, name): ReadDocument(
                (_without_secrets(part, secrets, feed),),
                entries.encoding,
                guild_id=feed.guild_id,
                oldest_days=feed.options.oldest_days,
            )
            for name, part in entries.entries
        }
        report = await self._intake.ingest_documents(items)
        await self._record_success(feed, answer.state | ({"shared": True} if entries.shared else {}))
        notes = tuple((feed.label, _hide(note, secrets)) for note in entries.notes)
        if report.new or report.changed:
            log.info("feed.fetched", feed=feed.label, new=report.new, changed=report.changed, stories=report.stories)
        for _, note in notes:
            log.warning("feed.entries_left_out", feed=feed.label, detail=note)
        return replace(report, notes=(*report.notes, *notes))

    async def _fill(
        self, session: FetchSession, feed: Feed, answer: _Download, entries: FeedEntries
    ) -> tuple[_Download, FeedEntries]:
        """Return a feed's new and changed entries with their whole articles."""
        digests = {name: _digest_of(part) for name, part in entries.entries}
        fetched: Mapping[str, str] = answer.state.get("articles") or {}
        new = {name: part for name, part in entries.entries if fetched.get(_short(name)) != digests[name]}
        own = feed.options.oldest_days
        days = self._settings.oldest_days if own is None else own
        oldest = self._intake.clock() - timedelta(days=days or _ANY_AGE_DAYS)
        is_news = {name: part for name, part in new.items() if part.published is None or part.published >= oldest}
        articles = ArticleFetcher(session.guarded, session.sites, self._intake.lanes, self._article_times)
        filled = await articles.fill(is_news)
        kept = tuple((name, filled.get(name, part)) for name, part in new.items())
        known = {_short(name): digest for name, digest in digests.items()}
        return replace(answer, state={**answer.state, "articles": known}), replace(entries, entries=kept)

    async def _parse_unless_refused(self, answer: _Download, facts: FileFacts, rules: EntryRules) -> FeedEntries:
        """Parse a feed, unless the same bytes were refused before for a reason that still holds.

        Raises Unreadable.
        """
        refusals, sha256, data = self._intake.refusals, facts.sha256 or "", answer.data or b""
        refused = await refusals.find(sha256, FEED_KIND, facts.size)
        if refused is not None:
            raise Unreadable(refused)
        shared = bool(answer.state.get("shared"))
        try:
            entries = await self._intake.lanes.run_anywhere(
                len(data), parse_feed, data, answer.base, answer.charset, shared, rules
            )
        except DeadlineExceeded:
            entries = Rejection(RejectReason.TIMEOUT, {"seconds": self._settings.parse_deadline(len(data))})
        except WorkerDied:
            entries = Rejection(RejectReason.WORKER_DIED)
        if isinstance(entries, Rejection):
            raise Unreadable(await refusals.remember(sha256, FEED_KIND, entries))
        return entries

    async def _download(self, session: FetchSession, feed: Feed) -> _Download:
        """Return the feed's answer. Raises Unreadable."""
        async with self._intake.store.reading() as conn:
            state: _State = json.loads(await key_values.get_value(conn, feed.state_key) or "{}")
            known = (await documents.find_files(conn, [feed.path])).get(feed.path)
        failed = known is not None and known.status is DocumentStatus.REJECTED
        conditions = {
            header: value for header, key in _REQUEST_HEADERS if (value := _sendable(state.get(key))) is not None
        }
        try:
            async with asyncio.timeout(self._times.total):
                try:
                    answer = await self._request(session, feed, state, conditions)
                except (ValueError, aiohttp.ClientResponseError):  # such as an answer of 304 with a body
                    if not conditions:
                        raise
                    answer = await self._request(session, feed, state, {})  # what the server said can't be sent back
        except PrivateAddress as error:
            raise Unreadable(RejectReason.PRIVATE_ADDRESS) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise Unreadable(RejectReason.FETCH_FAILED, error=describe_fault(error)) from error
        if answer.data is not None and not failed and answer.state["sha256"] == state.get("sha256"):
            answer = replace(answer, data=None)
        return replace(answer, failed_before=failed)

    async def _request(
        self, session: FetchSession, feed: Feed, state: _State, conditions: Mapping[str, str]
    ) -> _Download:
        was_public = bool(state.get("public"))
        may_be_private = feed.may_be_private and not was_public
        async with session.guarded.get(feed.address, conditions, may_be_private=may_be_private) as answer:
            response = answer.response
            pause = requested_pause(response.headers, response.status, self._intake.clock())
            if response.status == _NOT_MODIFIED and conditions:
                return _Download(state, pause=pause)
            if response.status != _OK:
                status = f"{response.status} {response.reason or ''}".rstrip()
                raise _Refused(pause, RejectReason.HTTP_ERROR, status=status[:_MAX_ERROR])
            data = await self._receive(session, response)
            sha256 = hashlib.sha256(data).hexdigest()
            headers = {key: _sendable(response.headers.get(header)) for header, key in _RESPONSE_HEADERS}
            new = {key: value for key, value in headers.items() if value is not None} | {"sha256": sha256}
            kept: dict[str, Any] = {
                key: True for key in ("public", "shared") if state.get(key) or (key == "public" and answer.is_public)
            }
            if "articles" in state:
                kept["articles"] = state["articles"]
            return _Download({**new, **kept}, False, data, str(response.url.with_user(None)), response.charset, pause)

    async def _receive(self, session: FetchSession, response: aiohttp.ClientResponse) -> bytes:
        """Return an answer's body; of large ones only a few are in memory at one time."""
        parts, size, is_large = [], 0, False
        try:
            async for part in response.content.iter_chunked(_CHUNK_BYTES):
                parts.append(part)
                size += len(part)
                if size > self._settings.max_bytes:
                    raise Unreadable(RejectReason.DOWNLOAD_TOO_LARGE, max_bytes=self._settings.max_bytes)
                if size > _SMALL_BYTES and not is_large:
                    await session.large_answers.acquire()
                    is_large = True
            return b"".join(parts)
        finally:
            if is_large:
                session.large_answers.release()

    async def _record_failure(self, feed: Feed, facts: FileFacts, rejection: Rejection) -> None:
        async with self._intake.store.reading() as conn:
            known = (await documents.find_files(conn, [feed.path])).get(feed.path)
        if known is None or known.rejection != rejection or known.sha256 != facts.sha256:
            async with self._intake.store.writing() as conn:
                await documents.reject_document(
                    conn, feed.path, facts, rejection, now=self._intake.clock(), guild_id=feed.guild_id
                )

    async def _record_success(self, feed: Feed, state: _State) -> None:
        async with self._intake.store.writing() as conn:
            known = (await documents.find_files(conn, [feed.path])).get(feed.path)
            if known is not None and known.status is DocumentStatus.REJECTED:
                await documents.withdraw_document(conn, feed.path, now=self._intake.clock())
            await key_values.set_value(conn, feed.state_key, json.dumps(state), self._intake.clock())


class _Refused(Unreadable):
    """An answer that refuses the feed, perhaps for a time."""

    def __init__(self, pause: float | None, reason: RejectReason, **facts: str) -> None:
        super().__init__(reason, **facts)
        self.pause = pause


def parse_feed(
    data: bytes, base: str | None, charset: str | None, shared: bool, rules: EntryRules = DEFAULT_RULES
) -> FeedEntries | Rejection:
    """Return a feed's entries, or why there are none.

    `base`, `charset`, `shared` and `rules` are as for `feed_entries`. Runs in a worker process.
    """
    try:
        reject_unsupported(data)
        if not data.strip():
            return Rejection(RejectReason.EMPTY)
        if starts_object(data):
            return read_json_feed(data, base=base, shared=shared, rules=rules)
        return feed_entries(data, base=base, charset=charset, strict=True, shared=shared, rules=rules)
    except Unreadable as error:
        return error.rejection
    except Exception as error:  # noqa: BLE001,RUF100 - libraries meet hostile bytes here; the feed is rejected with it
        return rejection_of_fault(error)


def entry_path(path: str, name: str) -> str:
    """Return the stored path of a feed's entry of that name."""
    return f"{path}#{_short(name)}"


def _digest_of(part: DocumentPart) -> str:
    """Return a hash of what a feed gives of an entry."""
    return _short("\n".join(filter(None, (part.title, part.url, part.text))))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_NAME_DIGITS]


_ANY_AGE_DAYS: Final = 36_500.0
"""Days of an age that no entry has, where none is too old."""

_NAME_DIGITS: Final = 16
"""Hex digits that stand for an entry's name: no two entries of a feed share them by chance."""

_REQUEST_HEADERS = (("If-None-Match", "etag"), ("If-Modified-Since", "modified"))
_RESPONSE_HEADERS = (("ETag", "etag"), ("Last-Modified", "modified"))


def _sendable(value: object) -> str | None:
    """Return a header's value if it can be sent back, else None."""
    usable = isinstance(value, str) and len(value) <= _MAX_HEADER and _UNSENDABLE.search(value) is None
    return value if usable and isinstance(value, str) else None


def _without_secrets(part: DocumentPart, secrets: Collection[str], feed: Feed) -> DocumentPart:
    """Return an entry without secrets of the feed's own address, such as a link with its key."""

    def told(text: str | None) -> bool:
        return text is not None and any(secret in form for form in (text, unquote(text)) for secret in secrets)

    return replace(
        part,
        text=_hide(part.text, secrets),
        title=part.title and _hide(part.title, secrets),
        url=None if told(part.url) else part.url,
        source=feed_host(feed.path) if told(part.source) else part.source,
        picture=None if told(part.picture) else part.picture,
    )


def _hide_in_facts(rejection: Rejection, secrets: Collection[str]) -> Rejection:
    """Return a rejection without secrets in it, such as a key that the server repeats."""
    facts = {name: _hide(fact, secrets) if isinstance(fact, str) else fact for name, fact in rejection.facts.items()}
    return replace(rejection, facts=facts)


def _hide(text: str, secrets: Collection[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, "…")
    return text


def describe_fault(error: Exception) -> str:
    """Return why a request failed, without the addresses that a library's message may repeat."""
    match error:
        case RedirectRefused():
            return str(error)
        case TimeoutError():
            return "the server takes too long to answer"
        case aiohttp.ClientConnectorDNSError():
            return "its host can't be found"
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientConnectorSSLError() | ssl.SSLError():
            return "its certificate or encryption isn't valid"
        case aiohttp.ClientConnectorError():
            return f"no connection ({_system_error(error.os_error)})"
        case aiohttp.ClientPayloadError() | aiohttp.ServerDisconnectedError():
            return "the connection broke off"
        case aiohttp.ClientOSError():
            return f"the connection broke off ({_system_error(error)})"
        case aiohttp.InvalidURL():
            return "its address is not valid"
        case aiohttp.ClientResponseError():
            return f"its answer is not valid HTTP ({type(error).__name__})"
    return type(error).__name__


def state_key(address: str) -> str:
    """Return the name under which the state of the feed at an address is stored."""
    return f"feed:{hashlib.sha256(address.encode()).hexdigest()[:32]}"


def _system_error(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else type(error).__name__
