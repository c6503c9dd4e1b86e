"""RSS, Atom and JSON feeds.

Each entry is a document of its own, so that it stays when the feed moves on. A feed is requested politely: with what
the server said about its last state, so that an unchanged feed costs an empty answer, at most every five minutes, and
less often while it fails.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Sequence
from typing import Final

import aiohttp
import structlog
from yarl import URL

from bot.errors import StoreError
from bot.intake.pipeline import Intake
from bot.intake.readers import reject_unsupported
from bot.intake.readers.json_records import read_json
from bot.intake.readers.syndication import feed_entries
from bot.intake.types import ReadDocument, ScanReport, Unreadable
from bot.intake.worker_pool import DeadlineExceeded, WorkerDied
from bot.newsroom.models import DocumentStatus
from bot.newsroom.rejections import Rejection, RejectReason
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

_MAX_REDIRECTS: Final = 5
"""Redirects that are followed; a feed that moved needs one or two, a loop any number."""

_CHUNK_BYTES: Final = 65_536
"""Bytes after which the size of a download is checked."""

_MAX_ERROR: Final = 200
"""Characters of another program's error that are kept."""

_HEADERS = {
    "User-Agent": "Gazette (a newspaper for Discord; reads this feed for its channels)",
    "Accept": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
}
_NO_FILE = FileFacts(0, 0, 0)


class FeedPoller:
    """Fetches the feeds of the settings; their entries go through `intake`."""

    def __init__(self, intake: Intake, settings: IntakeSettings) -> None:
        self._intake = intake
        self._settings = settings

    async def run(self) -> None:
        """Fetch each feed repeatedly, until cancelled."""
        async with aiohttp.ClientSession(timeout=_TIMEOUT, headers=_HEADERS) as session, asyncio.TaskGroup() as group:
            for url in self._settings.feeds:
                group.create_task(self._poll(session, url), name=f"feed {_without_password(url)}")
            await asyncio.Event().wait()  # without feeds, wait to be cancelled as well

    async def fetch(self) -> ScanReport:
        """Fetch all feeds once. A feed that fails is among the rejected. Raises StoreError."""
        async with aiohttp.ClientSession(timeout=_TIMEOUT, headers=_HEADERS) as session:
            return _merge_reports([await self._fetch(session, url) for url in self._settings.feeds])

    async def _poll(self, session: aiohttp.ClientSession, url: str) -> None:
        pause = _POLL_SECONDS
        while True:
            try:
                report = await self._fetch(session, url)
            except StoreError as error:
                log.error("feed.store_failed", feed=_without_password(url), error=str(error))
                failed = True
            else:
                failed = bool(report.rejected) and report.files == 1
            pause = min(pause * 2, _MAX_POLL_SECONDS) if failed else _POLL_SECONDS
            await asyncio.sleep(pause)

    async def _fetch(self, session: aiohttp.ClientSession, url: str) -> ScanReport:
        """Fetch one feed and store what is new in it."""
        path = f"feed:{_without_password(url)}"
        facts = _NO_FILE
        try:
            data, state = await self._download(session, url)
            if data is None:
                return ScanReport()
            facts = FileFacts(len(data), 0, 0, hashlib.sha256(data).hexdigest())
            entries = await self._parse_unless_known(path, data, facts)
        except Unreadable as error:
            rejection = error.rejection
            log.warning(
                "feed.failed", feed=_without_password(url), reason=rejection.reason.value, detail=rejection.message
            )
            await self._record_failure(path, facts, rejection)
            return ScanReport(files=1, rejected=((path, rejection),))
        items = {
            f"{path}#{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:16]}": document
            for name, document in entries
        }
        report = await self._intake.ingest_documents(items)
        await self._record_success(path, url, state)
        if report.new or report.changed:
            log.info(
                "feed.fetched",
                feed=_without_password(url),
                new=report.new,
                changed=report.changed,
                stories=report.stories,
            )
        return report

    async def _parse_unless_known(self, path: str, data: bytes, facts: FileFacts) -> list[tuple[str, ReadDocument]]:
        """Parse a feed, unless the same bytes were rejected before for a reason that still holds.

        Raises Unreadable.
        """
        async with self._intake.store.reading() as conn:
            known = (await documents.find_files(conn, [path])).get(path)
        rejection = known.rejection if known is not None and known.sha256 == facts.sha256 else None
        if rejection is not None and not self._intake.may_succeed_now(rejection, facts.size):
            raise Unreadable(rejection)
        try:
            entries = await self._intake.lanes.run_anywhere(len(data), parse_feed, data)
        except DeadlineExceeded:
            entries = Rejection(RejectReason.TIMEOUT, {"seconds": self._settings.parse_deadline(len(data))})
        except WorkerDied:
            entries = Rejection(RejectReason.WORKER_DIED)
        if isinstance(entries, Rejection):
            raise Unreadable(self._intake.remember(entries))
        return entries

    async def _download(self, session: aiohttp.ClientSession, url: str) -> tuple[bytes | None, dict[str, str]]:
        """Return the feed's bytes, None when it has not changed, and its state. Raises Unreadable."""
        if URL(url).scheme not in ("http", "https"):
            raise Unreadable(RejectReason.INVALID_URL)
        async with self._intake.store.reading() as conn:
            state = json.loads(await key_values.get_value(conn, _state_key(url)) or "{}")
        conditions = {header: state[key] for header, key in _REQUEST_HEADERS if key in state}
        try:
            async with session.get(url, headers=conditions, max_redirects=_MAX_REDIRECTS) as response:
                if response.status == 304:
                    return None, state
                if response.status != 200:
                    status = f"{response.status} {response.reason or ''}".rstrip()
                    raise Unreadable(RejectReason.HTTP_ERROR, status=status)
                parts, size = [], 0
                async for part in response.content.iter_chunked(_CHUNK_BYTES):
                    parts.append(part)
                    size += len(part)
                    if size > self._settings.max_bytes:
                        raise Unreadable(RejectReason.DOWNLOAD_TOO_LARGE, max_bytes=self._settings.max_bytes)
                new_state = {
                    key: response.headers[header] for header, key in _RESPONSE_HEADERS if header in response.headers
                }
                return b"".join(parts), new_state
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            detail = str(error)[:_MAX_ERROR] or type(error).__name__
            raise Unreadable(RejectReason.FETCH_FAILED, error=detail) from error

    async def _record_failure(self, path: str, facts: FileFacts, rejection: Rejection) -> None:
        async with self._intake.store.reading() as conn:
            known = (await documents.find_files(conn, [path])).get(path)
        if known is None or known.rejection != rejection or known.sha256 != facts.sha256:
            async with self._intake.store.writing() as conn:
                await documents.reject_document(conn, path, facts, rejection, now=self._intake.clock())

    async def _record_success(self, path: str, url: str, state: dict[str, str]) -> None:
        async with self._intake.store.writing() as conn:
            known = (await documents.find_files(conn, [path])).get(path)
            if known is not None and known.status is DocumentStatus.REJECTED:
                await documents.withdraw_document(conn, path, now=self._intake.clock())
            await key_values.set_value(conn, _state_key(url), json.dumps(state), self._intake.clock())


def parse_feed(data: bytes) -> list[tuple[str, ReadDocument]] | Rejection:
    """Return a feed's entries by the names it gives them, or why there are none.

    Runs in a worker process.
    """
    try:
        reject_unsupported(data)
        if data.lstrip()[:1] == b"{":
            read = read_json(data)
            return [(part.url or part.text, ReadDocument((part,), read.encoding)) for part in read.parts]
        feed = feed_entries(data)
        return [(name, ReadDocument((part,), feed.encoding)) for name, part in feed.entries]
    except Unreadable as error:
        return error.rejection
    except Exception as error:  # noqa: BLE001,RUF100 - libraries meet hostile bytes here; the feed is rejected with it
        return Rejection(RejectReason.INTERNAL_ERROR, {"error": f"{type(error).__name__}: {str(error)[:_MAX_ERROR]}"})


_REQUEST_HEADERS = (("If-None-Match", "etag"), ("If-Modified-Since", "modified"))
_RESPONSE_HEADERS = (("ETag", "etag"), ("Last-Modified", "modified"))


def _state_key(url: str) -> str:
    return f"feed:{hashlib.sha256(url.encode()).hexdigest()[:32]}"


def _without_password(url: str) -> str:
    """Return the address without a user name and password."""
    try:
        return str(URL(url).with_user(None))
    except ValueError:
        return url


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
