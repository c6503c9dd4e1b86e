"""Documents that people give: files, texts and links become stories of one server.

They are read as files of the seeds folder are, by the same readers in the same worker processes, and kept under a path
of the server's own. Giving the same document again changes nothing.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

import aiohttp

from bot.intake.feed_fetcher import FetchSession, FetchTimes, describe_fault
from bot.intake.fetch_guard import PrivateAddress
from bot.intake.pipeline import Intake
from bot.intake.readers import read_parts
from bot.intake.types import DocumentPart, ReadDocument, Unreadable
from bot.intake.worker_pool import DeadlineExceeded, WorkerDied
from bot.newsroom.feed_addresses import redact_address
from bot.newsroom.rejections import Rejection, RejectReason, rejection_of_fault
from bot.newsroom.sources import check_address
from bot.services.sources import DropOrigin, DroppedDocument
from bot.settings import IntakeSettings

__all__ = ["IntakeDropper"]

_PATH: Final = "feed://discord.com/dropped"
"""The beginning of stored paths of dropped documents, which no file's and no feed's path has."""

_NAME_DIGITS: Final = 20
"""Hex digits that stand for a document: no two share them by chance."""

_TOTAL_SECONDS: Final = 30.0
"""Seconds for fetching a page while somebody waits."""

_CHUNK_BYTES: Final = 65_536
"""Bytes after which the size of an answer is checked."""

_MAX_STATUS: Final = 100
"""Characters of a server's own words that are kept."""

_TEXT_NAME: Final = "message.txt"
"""What a text without a file is called."""

_ENDINGS: Final = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/json": ".json",
    "application/feed+json": ".json",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
}
"""File name endings by the types that servers name; others are read by the address's own."""

_HEADERS: Final = {"Accept": "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.5"}


class IntakeDropper:
    """Reads documents that people give; their stories go through `intake`."""

    def __init__(self, intake: Intake, settings: IntakeSettings) -> None:
        self._intake, self._settings = intake, settings
        self.max_bytes = settings.max_bytes

    async def drop_file(self, name: str, data: bytes, origin: DropOrigin) -> DroppedDocument:
        """Read a file; its name says which format it has."""
        if len(data) > self.max_bytes:
            return _refused(name, Rejection(RejectReason.DOWNLOAD_TOO_LARGE, {"max_bytes": self.max_bytes}))
        try:
            read = await self._intake.lanes.run_anywhere(len(data), read_dropped, data, name)
        except DeadlineExceeded:
            read = Rejection(RejectReason.TIMEOUT, {"seconds": self._settings.parse_deadline(len(data))})
        except WorkerDied:
            read = Rejection(RejectReason.WORKER_DIED)
        return _refused(name, read) if isinstance(read, Rejection) else await self._store(name, data, read, origin)

    async def drop_text(self, text: str, origin: DropOrigin) -> DroppedDocument:
        """Read a text as one story."""
        document = ReadDocument((DocumentPart(text, one_story=True, published=origin.published),), "utf-8")
        return await self._store(_TEXT_NAME, text.encode("utf-8", "replace"), document, origin)

    async def drop_link(self, url: str, origin: DropOrigin) -> DroppedDocument:
        """Fetch a page and read it. Raises InputInvalid for what can be no address."""
        address = check_address(url)
        label = redact_address(address)
        fetched = await self._fetch(address)
        if isinstance(fetched, Rejection):
            return _refused(label, fetched)
        data, kind, final = fetched
        own = PurePosixPath(unquote(urlsplit(final).path)).name
        name = f"page{_ENDINGS[kind]}" if kind in _ENDINGS else own or "page.html"
        dropped = await self.drop_file(name, data, replace(origin, url=final, source=origin.source))
        return replace(dropped, name=label)

    async def _fetch(self, address: str) -> tuple[bytes, str, str] | Rejection:
        """Return the bytes of a page, their type and its own address; or why there are none."""
        try:
            async with (
                FetchSession(self._settings.private_hosts, FetchTimes()) as session,
                asyncio.timeout(_TOTAL_SECONDS),
                session.guarded.get(address, _HEADERS, may_be_private=False) as answer,
            ):
                response = answer.response
                if response.status != HTTPStatus.OK:
                    status = f"{response.status} {response.reason or ''}".rstrip()[:_MAX_STATUS]
                    return Rejection(RejectReason.HTTP_ERROR, {"status": status})
                parts, size = [], 0
                async for part in response.content.iter_chunked(_CHUNK_BYTES):
                    parts.append(part)
                    size += len(part)
                    if size > self.max_bytes:
                        return Rejection(RejectReason.DOWNLOAD_TOO_LARGE, {"max_bytes": self.max_bytes})
                return b"".join(parts), response.content_type.lower(), str(response.url.with_user(None))
        except PrivateAddress:
            return Rejection(RejectReason.PRIVATE_ADDRESS)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return Rejection(RejectReason.FETCH_FAILED, {"error": describe_fault(error)})

    async def _store(self, name: str, data: bytes, document: ReadDocument, origin: DropOrigin) -> DroppedDocument:
        """Analyse and store a document that was read."""
        scope = "" if origin.guild_id is None else f"~{origin.guild_id}"
        path = f"{_PATH}{scope}#{hashlib.sha256(data).hexdigest()[:_NAME_DIGITS]}"
        parts = tuple(_with_origin(document.parts, origin))
        given = replace(document, parts=parts, guild_id=origin.guild_id, oldest_days=0)
        report = await self._intake.ingest_documents({path: given})
        for _, rejection in report.rejected:
            return _refused(name, rejection)
        if report.slow:
            return _refused(
                name, Rejection(RejectReason.TIMEOUT, {"seconds": self._settings.parse_deadline(len(data))})
            )
        return DroppedDocument(name, stories=report.stories)


def read_dropped(data: bytes, name: str) -> ReadDocument | Rejection:
    """Read a document, or say why it can't be read. Runs in a worker process."""
    try:
        return read_parts(data, name)
    except Unreadable as error:
        return error.rejection
    except Exception as error:  # noqa: BLE001,RUF100 - libraries meet hostile bytes here; the document is refused with it
        return rejection_of_fault(error)


def _with_origin(parts: Sequence[DocumentPart], origin: DropOrigin) -> Sequence[DocumentPart]:
    """Return a document's parts with the place where it was given, unless they name a source."""
    return [replace(part, source=part.source or origin.source, url=part.url or origin.url) for part in parts]


def _refused(name: str, rejection: Rejection) -> DroppedDocument:
    return DroppedDocument(name, refused=rejection.message)
