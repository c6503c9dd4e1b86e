"""What do RSS and Atom feeds bring? Each entry is a document of its own, so that it stays when the feed moves on.

An address is asked politely: with what it said about its last state, so that an unchanged feed costs an empty answer,
at most every five minutes, and less often while it fails.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor

import aiohttp
import structlog
from yarl import URL

from bot.errors import StoreError
from bot.intake.pipeline import Intake
from bot.intake.readers.json_records import read_json
from bot.intake.readers.syndication import feed_entries
from bot.intake.types import ReadDocument, ScanReport, Unreadable
from bot.newsroom.models import DocumentStatus
from bot.settings import IntakeSettings
from bot.store import documents, key_values
from bot.store.documents import FileFacts

__all__ = ["FeedPoller", "parse_feed"]

log = structlog.get_logger()

_EVERY = 300.0
_SELDOM = 6 * 3600.0
_TIMEOUT = aiohttp.ClientTimeout(total=60, sock_connect=15, sock_read=30)
_MOST_REDIRECTS = 5
_CHUNK = 65_536
_HEADERS = {
    "User-Agent": "Gazette (a newspaper for Discord; reads this feed for its channels)",
    "Accept": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
}
_NOTHING = FileFacts(0, 0, 0)


class FeedPoller:
    """The feeds of the settings; what they bring goes through `intake`."""

    def __init__(self, intake: Intake, settings: IntakeSettings) -> None:
        self._intake = intake
        self._addresses = settings.feeds
        self._most = settings.max_bytes

    async def run(self) -> None:
        """Fetch each feed again and again, until cancelled."""
        async with aiohttp.ClientSession(timeout=_TIMEOUT, headers=_HEADERS) as session, asyncio.TaskGroup() as group:
            for address in self._addresses:
                group.create_task(self._poll(session, address), name=f"feed {_without_password(address)}")
            await asyncio.Event().wait()  # where there are no feeds, there is nothing to do

    async def fetch(self) -> ScanReport:
        """Fetch all feeds once. A feed that fails is among the rejected. Raises StoreError."""
        async with aiohttp.ClientSession(timeout=_TIMEOUT, headers=_HEADERS) as session:
            return _merge_reports([await self._fetch(session, address) for address in self._addresses])

    async def _poll(self, session: aiohttp.ClientSession, address: str) -> None:
        pause = _EVERY
        while True:
            try:
                report = await self._fetch(session, address)
            except (StoreError, BrokenExecutor) as error:
                log.error("feed.not_stored", feed=_without_password(address), error=str(error))
                failed = True
            else:
                failed = bool(report.rejected) and report.files == 1
            pause = min(pause * 2, _SELDOM) if failed else _EVERY
            await asyncio.sleep(pause)

    async def _fetch(self, session: aiohttp.ClientSession, address: str) -> ScanReport:
        """Fetch one feed and store what is new in it."""
        path = f"feed:{_without_password(address)}"
        try:
            data, state = await self._download(session, address)
            if data is None:
                return ScanReport()
            loop = asyncio.get_running_loop()
            found = await loop.run_in_executor(self._intake.executor, parse_feed, data)
            if isinstance(found, str):
                raise Unreadable(found)
        except Unreadable as error:
            log.warning("feed.failed", feed=_without_password(address), reason=error.reason)
            await self._record_failure(path, error.reason)
            return ScanReport(files=1, rejected=((path, error.reason),))
        items = {
            f"{path}#{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:16]}": read for name, read in found
        }
        report = await self._intake.ingest_documents(items)
        await self._record_success(path, address, state)
        if report.new or report.changed:
            log.info(
                "feed.read",
                feed=_without_password(address),
                new=report.new,
                changed=report.changed,
                stories=report.stories,
            )
        return report

    async def _download(self, session: aiohttp.ClientSession, address: str) -> tuple[bytes | None, dict[str, str]]:
        """The feed's bytes, None when it has not changed, and its state. Raises Unreadable."""
        if URL(address).scheme not in ("http", "https"):
            raise Unreadable("is no web address: feeds are read by http and https only")
        async with self._intake.store.reading() as conn:
            known = json.loads(await key_values.get_value(conn, _state_key(address)) or "{}")
        asked = {name: known[key] for name, key in _ASKED if key in known}
        try:
            async with session.get(address, headers=asked, max_redirects=_MOST_REDIRECTS) as answer:
                if answer.status == 304:
                    return None, known
                if answer.status != 200:
                    raise Unreadable(
                        f"is not given out: the server answers {answer.status} {answer.reason or ''}".rstrip()
                    )
                parts, size = [], 0
                async for part in answer.content.iter_chunked(_CHUNK):
                    parts.append(part)
                    size += len(part)
                    if size > self._most:
                        raise Unreadable(f"is too large: more than {self._most:,} bytes; raise intake.max_bytes")
                state = {key: answer.headers[name] for name, key in _SAID if name in answer.headers}
                return b"".join(parts), state
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            detail = str(error)[:200] or type(error).__name__
            raise Unreadable(f"can't be fetched: {detail}; check the address in intake.feeds") from error

    async def _record_failure(self, path: str, reason: str) -> None:
        async with self._intake.store.reading() as conn:
            known = (await documents.find_files(conn, [path])).get(path)
        if known is None or known.reason != reason:
            async with self._intake.store.writing() as conn:
                await documents.reject(conn, path, _NOTHING, reason, now=self._intake.clock())

    async def _record_success(self, path: str, address: str, state: dict[str, str]) -> None:
        async with self._intake.store.writing() as conn:
            known = (await documents.find_files(conn, [path])).get(path)
            if known is not None and known.status is DocumentStatus.REJECTED:
                await documents.withdraw(conn, path, now=self._intake.clock())
            await key_values.set_value(conn, _state_key(address), json.dumps(state), self._intake.clock())


def parse_feed(data: bytes) -> list[tuple[str, ReadDocument]] | str:
    """The entries of a feed by the names it gives them; or the reason why there are none. For a worker process."""
    try:
        if data.lstrip()[:1] == b"{":
            read = read_json(data)
            return [(piece.url or piece.text, ReadDocument((piece,), read.encoding)) for piece in read.parts]
        found, encoding, _ = feed_entries(data)
        return [(name, ReadDocument((piece,), encoding)) for name, piece in found]
    except Unreadable as error:
        return error.reason
    except Exception as error:  # noqa: BLE001,RUF100 - libraries meet hostile bytes here; the feed is refused with it
        return f"can't be read: {type(error).__name__}: {str(error)[:200]}"


_ASKED = (("If-None-Match", "etag"), ("If-Modified-Since", "modified"))
_SAID = (("ETag", "etag"), ("Last-Modified", "modified"))


def _state_key(address: str) -> str:
    return f"feed:{hashlib.sha256(address.encode()).hexdigest()[:32]}"


def _without_password(address: str) -> str:
    """The address without a password in it."""
    try:
        return str(URL(address).with_user(None))
    except ValueError:
        return address


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
