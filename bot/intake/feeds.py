"""RSS, Atom and JSON feeds.

Each entry is a document of its own, so that it stays when the feed moves on. A feed is requested politely: with what
the server said about its last state, so that an unchanged feed costs an empty answer, at most every five minutes, and
less often while it fails. Its address may hold a key, so that it is neither logged nor stored
(`bot.newsroom.feed_addresses`).
"""

from __future__ import annotations

import asyncio
import codecs
import hashlib
import json
import os
import re
import ssl
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import unquote

import aiohttp
import structlog

from bot.errors import StoreError
from bot.intake.fetch_guard import GuardedSession, PrivateAddress, RedirectRefused
from bot.intake.pipeline import Intake
from bot.intake.readers import reject_unsupported
from bot.intake.readers.json_records import read_json_feed
from bot.intake.readers.syndication import feed_entries
from bot.intake.refusals import FEED_KIND
from bot.intake.types import ReadDocument, ScanReport, Unreadable
from bot.intake.worker_pool import DeadlineExceeded, WorkerDied
from bot.newsroom.feed_addresses import address_secrets, feed_host, feed_path, redact_address
from bot.newsroom.models import DocumentStatus
from bot.newsroom.rejections import Rejection, RejectReason, rejection_of_fault
from bot.settings import IntakeSettings
from bot.store import documents, key_values
from bot.store.documents import FileFacts

__all__ = ["FeedPoller", "parse_feed"]

log = structlog.get_logger()

_POLL_SECONDS: Final = 300.0
"""Seconds between two requests to one feed: news has to be here within minutes, and servers ask for no less."""

_MAX_POLL_SECONDS: Final = 6 * 3600.0
"""The longest pause after repeated failures, in seconds."""

_TIMEOUT = aiohttp.ClientTimeout(total=60, sock_connect=15, sock_read=30)
"""Seconds: generous for slow servers, short of blocking the next round."""

_CHUNK_BYTES: Final = 65_536
"""Bytes after which the size of a download is checked."""

_MAX_ERROR: Final = 200
"""Characters of another program's error that are kept."""

_MAX_HEADER: Final = 4_096
"""Characters of a header that is sent back: servers refuse longer ones, usually from 8 kB on for all together."""

_UNSENDABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
"""Characters that no header may have."""

_State = dict[str, str | bool]
"""What a server said about a feed's last state, and whether it was at a public address."""

_HEADERS = {
    "User-Agent": "Gazette (a newspaper for Discord; reads this feed for its channels)",
    "Accept": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
}
_NO_FILE = FileFacts(0, 0, 0)


@dataclass(frozen=True, slots=True)
class _Feed:
    """A feed of the settings: its address, its label for operators, its stored path."""

    address: str
    label: str
    path: str

    @classmethod
    def at(cls, address: str) -> _Feed:
        """Return the feed at an address that can be fetched."""
        return cls(address, redact_address(address), feed_path(address))


class FeedPoller:
    """Fetches the feeds of the settings; their entries go through `intake`."""

    def __init__(self, intake: Intake, settings: IntakeSettings) -> None:
        self._intake = intake
        self._settings = settings
        self._feeds = [_Feed.at(address) for address in settings.usable_feeds]

    async def run(self) -> None:
        """Fetch each feed repeatedly, until cancelled."""
        async with self._session() as session, asyncio.TaskGroup() as group:
            for feed in self._feeds:
                group.create_task(self._poll(session, feed), name=f"feed {feed.label}")
            await asyncio.Event().wait()  # without feeds, wait to be cancelled as well

    async def fetch(self) -> ScanReport:
        """Fetch all feeds once. A feed that fails is among the rejected. Raises StoreError."""
        async with self._session() as session:
            return _merge_reports([await self._fetch(session, feed) for feed in self._feeds])

    def _session(self) -> GuardedSession:
        return GuardedSession(self._settings.private_hosts, headers=_HEADERS, timeout=_TIMEOUT)

    async def _poll(self, session: GuardedSession, feed: _Feed) -> None:
        pause = _POLL_SECONDS
        while True:
            try:
                report = await self._fetch(session, feed)
            except StoreError as error:
                log.error("feed.store_failed", feed=feed.label, error=str(error))
                failed = True
            else:
                failed = bool(report.rejected) and report.files == 1
            pause = min(pause * 2, _MAX_POLL_SECONDS) if failed else _POLL_SECONDS
            await asyncio.sleep(pause)

    async def _fetch(self, session: GuardedSession, feed: _Feed) -> ScanReport:
        """Fetch one feed and store what is new in it."""
        facts = _NO_FILE
        try:
            data, state = await self._download(session, feed)
            if data is None:
                return ScanReport()
            facts = FileFacts(len(data), 0, 0, hashlib.sha256(data).hexdigest())
            entries = await self._parse_unless_refused(data, facts)
        except Unreadable as error:
            rejection = _hide_in_facts(error.rejection, address_secrets(feed.address))
            log.warning("feed.failed", feed=feed.label, reason=rejection.reason.value, detail=rejection.message)
            await self._record_failure(feed.path, facts, rejection)
            return ScanReport(files=1, rejected=((feed.label, rejection),))
        secrets = address_secrets(feed.address)
        items = {
            f"{feed.path}#{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:16]}": _without_secrets(
                document, secrets, feed
            )
            for name, document in entries
        }
        report = await self._intake.ingest_documents(items)
        await self._record_success(feed, state)
        if report.new or report.changed:
            log.info("feed.fetched", feed=feed.label, new=report.new, changed=report.changed, stories=report.stories)
        return report

    async def _parse_unless_refused(self, data: bytes, facts: FileFacts) -> list[tuple[str, ReadDocument]]:
        """Parse a feed, unless the same bytes were refused before for a reason that still holds.

        Raises Unreadable.
        """
        refusals, sha256 = self._intake.refusals, facts.sha256 or ""
        refused = await refusals.find(sha256, FEED_KIND, facts.size)
        if refused is not None:
            raise Unreadable(refused)
        try:
            entries = await self._intake.lanes.run_anywhere(len(data), parse_feed, data)
        except DeadlineExceeded:
            entries = Rejection(RejectReason.TIMEOUT, {"seconds": self._settings.parse_deadline(len(data))})
        except WorkerDied:
            entries = Rejection(RejectReason.WORKER_DIED)
        if isinstance(entries, Rejection):
            raise Unreadable(await refusals.remember(sha256, FEED_KIND, entries))
        return entries

    async def _download(self, session: GuardedSession, feed: _Feed) -> tuple[bytes | None, _State]:
        """Return the feed's bytes, None when it has not changed, and its state. Raises Unreadable."""
        async with self._intake.store.reading() as conn:
            state: _State = json.loads(await key_values.get_value(conn, _state_key(feed.address)) or "{}")
        conditions = {
            header: value for header, key in _REQUEST_HEADERS if (value := _sendable(state.get(key))) is not None
        }
        try:
            try:
                return await self._request(session, feed, state, conditions)
            except ValueError:
                if not conditions:
                    raise
                return await self._request(session, feed, state, {})  # what the server said can't be sent back to it
        except PrivateAddress as error:
            raise Unreadable(RejectReason.PRIVATE_ADDRESS) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise Unreadable(RejectReason.FETCH_FAILED, error=_describe(error)) from error

    async def _request(
        self, session: GuardedSession, feed: _Feed, state: _State, conditions: Mapping[str, str]
    ) -> tuple[bytes | None, _State]:
        was_public = bool(state.get("public"))
        async with session.get(feed.address, conditions, was_public=was_public) as answer:
            response = answer.response
            public: _State = {"public": True} if was_public or answer.is_public else {}
            if response.status == 304:
                return None, state
            if response.status != 200:
                status = f"{response.status} {response.reason or ''}".rstrip()
                raise Unreadable(RejectReason.HTTP_ERROR, status=status[:_MAX_ERROR])
            parts, size = [], 0
            async for part in response.content.iter_chunked(_CHUNK_BYTES):
                parts.append(part)
                size += len(part)
                if size > self._settings.max_bytes:
                    raise Unreadable(RejectReason.DOWNLOAD_TOO_LARGE, max_bytes=self._settings.max_bytes)
            headers = {key: _sendable(response.headers.get(header)) for header, key in _RESPONSE_HEADERS}
            return b"".join(parts), public | {key: value for key, value in headers.items() if value is not None}

    async def _record_failure(self, path: str, facts: FileFacts, rejection: Rejection) -> None:
        async with self._intake.store.reading() as conn:
            known = (await documents.find_files(conn, [path])).get(path)
        if known is None or known.rejection != rejection or known.sha256 != facts.sha256:
            async with self._intake.store.writing() as conn:
                await documents.reject_document(conn, path, facts, rejection, now=self._intake.clock())

    async def _record_success(self, feed: _Feed, state: _State) -> None:
        async with self._intake.store.writing() as conn:
            known = (await documents.find_files(conn, [feed.path])).get(feed.path)
            if known is not None and known.status is DocumentStatus.REJECTED:
                await documents.withdraw_document(conn, feed.path, now=self._intake.clock())
            await key_values.set_value(conn, _state_key(feed.address), json.dumps(state), self._intake.clock())


def parse_feed(data: bytes) -> list[tuple[str, ReadDocument]] | Rejection:
    """Return a feed's entries by the names it gives them, or why there are none.

    Runs in a worker process.
    """
    try:
        reject_unsupported(data)
        if data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{":
            read = read_json_feed(data)
            return [(part.url or part.text, ReadDocument((part,), read.encoding)) for part in read.parts]
        feed = feed_entries(data)
        return [(name, ReadDocument((part,), feed.encoding)) for name, part in feed.entries]
    except Unreadable as error:
        return error.rejection
    except Exception as error:  # noqa: BLE001,RUF100 - libraries meet hostile bytes here; the feed is rejected with it
        return rejection_of_fault(error)


_REQUEST_HEADERS = (("If-None-Match", "etag"), ("If-Modified-Since", "modified"))
_RESPONSE_HEADERS = (("ETag", "etag"), ("Last-Modified", "modified"))


def _sendable(value: object) -> str | None:
    """Return a header's value if it can be sent back, else None."""
    usable = isinstance(value, str) and len(value) <= _MAX_HEADER and _UNSENDABLE.search(value) is None
    return value if usable and isinstance(value, str) else None


def _without_secrets(document: ReadDocument, secrets: Collection[str], feed: _Feed) -> ReadDocument:
    """Return an entry without secrets of the feed's own address, such as a link with its key."""

    def told(text: str | None) -> bool:
        return text is not None and any(secret in form for form in (text, unquote(text)) for secret in secrets)

    parts = tuple(
        replace(
            part,
            text=_hide(part.text, secrets),
            title=part.title and _hide(part.title, secrets),
            url=None if told(part.url) else part.url,
            source=feed_host(feed.path) if told(part.source) else part.source,
        )
        for part in document.parts
    )
    return document if parts == document.parts else replace(document, parts=parts)


def _hide_in_facts(rejection: Rejection, secrets: Collection[str]) -> Rejection:
    """Return a rejection without secrets in it, such as a key that the server repeats."""
    facts = {name: _hide(fact, secrets) if isinstance(fact, str) else fact for name, fact in rejection.facts.items()}
    return replace(rejection, facts=facts)


def _hide(text: str, secrets: Collection[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, "…")
    return text


def _describe(error: Exception) -> str:
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
        case aiohttp.ClientResponseError():
            return f"its answer is not valid HTTP ({type(error).__name__})"
    return type(error).__name__


def _state_key(url: str) -> str:
    return f"feed:{hashlib.sha256(url.encode()).hexdigest()[:32]}"


def _system_error(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else type(error).__name__


def _merge_reports(reports: Sequence[ScanReport]) -> ScanReport:
    return ScanReport(
        files=sum(report.files for report in reports),
        new=sum(report.new for report in reports),
        changed=sum(report.changed for report in reports),
        unchanged=sum(report.unchanged for report in reports),
        rejected=tuple(item for report in reports for item in report.rejected),
        stories=sum(report.stories for report in reports),
        duplicates=sum(report.duplicates for report in reports),
        notes=tuple(item for report in reports for item in report.notes),
    )
