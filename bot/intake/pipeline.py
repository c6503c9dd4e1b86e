"""How do files become stories in the store? Look, read, analyse, store: many files at once, in the order of their paths.

Looking and reading run in threads, analysing in the executor's processes, and only storing on the event loop, in short
transactions. What is known of files is kept in memory between scans, so that files that did not change cost neither
a read nor a query.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import structlog

from bot.errors import SeedsUnavailable
from bot.intake.analysis_job import FAULT, AnalysisJob, AnalysisResult, PreparedStory, analyze_document, unpack_story
from bot.intake.file_reader import FileChanged, read_file, why
from bot.intake.scanner import ChangedFile, FileStamp, FolderScan, SeedPaths
from bot.intake.types import ProgressCallback, ReadDocument, ScanReport, Unreadable, printable_path
from bot.intake.worker_pool import WorkerDied
from bot.newsroom.models import DocumentStatus
from bot.settings import IntakeSettings, SummarySettings
from bot.store import documents
from bot.store.database import Store, StoreConnection
from bot.store.documents import FileFacts, KnownFile, Origin
from summarizers.events.features import StoryFeatures

__all__ = ["AssignEvents", "Intake"]

log = structlog.get_logger()

AssignEvents = Callable[[StoreConnection, Sequence[tuple[int, StoryFeatures]], datetime], Awaitable[None]]
"""Puts stories that were just stored into their events, in the transaction that stored them."""

_BATCH_FILES = 16
_BATCH_SECONDS = 0.25
_BYTES_IN_FLIGHT = 64_000_000
_PAGE = 250
_MOST_TOLD = 20
"""Files of a scan that the log names when they can't be read; `gazette ingest` and `gazette doctor` list them all."""

_SECOND_LOOK = 0.25
_UNPACKED_AT_ONCE = 8


class Intake:
    """Brings files into the store; one scan at a time.

    `executor` runs what takes a processor; `clock` gives the present as an aware moment. `place` is what the desk does
    with new stories.
    """

    def __init__(
        self,
        store: Store,
        settings: IntakeSettings,
        summary: SummarySettings,
        executor: Executor,
        clock: Callable[[], datetime],
        *,
        assign_events: AssignEvents,
    ) -> None:
        self.store = store
        self._settings = settings
        self._summary = summary
        self.executor = executor
        self.clock = clock
        self._assign_events = assign_events
        self.paths = SeedPaths(settings.seeds.expanduser())
        self._width = 2 * getattr(executor, "width", 2) + 2
        self.waiting: tuple[Path, ...] = ()
        """The files that the last scan left for the next, as they were being written."""
        self.scan_cpu_seconds = 0.0
        """What the last look at files took of a processor."""
        self._known_files: _KnownFiles | None = None
        self._scan_lock = asyncio.Lock()

    async def scan(
        self, paths: Sequence[Path] | None = None, *, progress: ProgressCallback | None = None, patient: bool = False
    ) -> ScanReport:
        """Bring the store up to date with the folder of news, or with these files and folders alone.

        `paths` may be anywhere; what is elsewhere stays untouched, also when the folder of news is scanned later. A
        file that changed within the last `quiet_seconds` is looked at twice, a moment apart, and left for the next
        scan if it changed between; with `patient`, it is left for the next scan at once. Doing it again changes
        nothing. Raises SeedsUnavailable when the folder of news can't be listed, StoreError when storing fails; what
        was stored until then stays.
        """
        async with self._scan_lock:
            wanted = None if paths is None else [self.paths.stored_path(path) for path in paths]
            return await self._scan(wanted, progress, patient=patient, expected=True)

    async def rescan(self, paths: Sequence[Path]) -> ScanReport:
        """As a patient scan of paths that changed, of which some may be gone or of no interest."""
        async with self._scan_lock:
            return await self._scan(
                [self.paths.stored_path(path) for path in paths], None, patient=True, expected=False
            )

    async def ingest_documents(self, items: Mapping[str, ReadDocument]) -> ScanReport:
        """Store documents that come from elsewhere than files, by the store's path; those that did not change stay."""
        async with self._scan_lock:
            tally = _ReportBuilder()
            try:
                memory = self._known_files or await self._load_known_files()
                self._known_files = memory
                await self._ingest(
                    memory,
                    [ChangedFile(path, "", _document_stamp(read)) for path, read in items.items()],
                    tally,
                    None,
                    items,
                )
            except BaseException:
                self._known_files = None
                raise
        return tally.report()

    def forget_known_files(self) -> None:
        """Forget what is known of files, as others may have changed the store; the next scan reads it anew."""
        self._known_files = None

    async def _scan(
        self, paths: Sequence[str] | None, progress: ProgressCallback | None, *, patient: bool, expected: bool
    ) -> ScanReport:
        began = time.perf_counter()
        try:
            memory = self._known_files or await self._load_known_files()
            self._known_files = memory
            look = FolderScan(self.paths, memory.known, memory.rejected, self._settings.max_bytes)
            self.scan_cpu_seconds = await asyncio.to_thread(_run_scan, look, paths, expected)
            tally = _ReportBuilder(unchanged=look.unchanged)
            tally.rejected = [(path, memory.rejected[path]) for path in look.still_rejected]
            tally.rejected += [(path, "is not there: there is no such file or folder") for path in look.missing]
            told = len(tally.rejected)
            fresh, tally.waiting = await self._wait_until_stable(
                sorted(look.changed, key=lambda found: found.path), patient=patient
            )
            await self._ingest(memory, fresh, tally, progress)
            await self._withdraw(memory, sorted(look.removed), tally)
        except BaseException:
            self._known_files = None  # the store may have been left before a commit, or after
            raise
        self.waiting = tuple(Path(self.paths.file_path(path)) for path in tally.waiting)
        report = tally.report()
        for path, reason in tally.rejected[told : told + _MOST_TOLD]:
            log.info("intake.rejected", path=printable_path(path), reason=reason)
        if report.new or report.changed or report.removed:
            log.info(
                "intake.scanned",
                files=report.files,
                new=report.new,
                changed=report.changed,
                removed=report.removed,
                rejected=len(report.rejected),
                stories=report.stories,
                seconds=round(time.perf_counter() - began, 3),
            )
        return report

    async def _load_known_files(self) -> _KnownFiles:
        """What the store knows of files."""
        memory, after = _KnownFiles(), 0
        async with self.store.reading() as conn:
            while page := await documents.facts_after(conn, after, _PAGE):
                for path, file in page:
                    facts = (file.size, file.mtime_ns, file.inode)
                    if file.reason is not None and file.reason.startswith(FAULT):
                        facts = (-1, 0, 0)  # this version may do better
                    memory.add(path, facts, file.sha256, file.reason)
                after = page[-1][1].id
        return memory

    async def _wait_until_stable(
        self, fresh: list[ChangedFile], *, patient: bool
    ) -> tuple[list[ChangedFile], list[str]]:
        """Part the files that are being written, perhaps, from those that can be read."""
        quiet = timedelta(seconds=self._settings.quiet_seconds)
        now = self.clock().timestamp()
        young = [found for found in fresh if 0 <= now - found.stamp[1] / 1e9 < quiet.total_seconds()]
        if not young:
            return fresh, []
        if patient:
            waiting = {found.path for found in young}
        else:
            await asyncio.sleep(min(_SECOND_LOOK, quiet.total_seconds()))
            paths = [found.path for found in young]
            look = FolderScan(self.paths, {found.path: found.stamp for found in young}, {}, self._settings.max_bytes)
            await asyncio.to_thread(_run_scan, look, paths, False)
            waiting = {found.path for found in look.changed}
        return [found for found in fresh if found.path not in waiting], sorted(waiting)

    # Reading and analysing

    async def _ingest(
        self,
        memory: _KnownFiles,
        fresh: Sequence[ChangedFile],
        tally: _ReportBuilder,
        progress: ProgressCallback | None,
        read: Mapping[str, ReadDocument] | None = None,
    ) -> None:
        batch: list[_PreparedFile] = []
        done, due = 0, time.monotonic() + _BATCH_SECONDS
        async with aclosing(self._prepare_in_order(memory, fresh, read or {})) as coming:
            async for ready in coming:
                batch.append(ready)
                if len(batch) >= _BATCH_FILES or time.monotonic() >= due:
                    await self._store_batch(memory, batch, tally)
                    done += len(batch)
                    batch, due = [], time.monotonic() + _BATCH_SECONDS
                    if progress is not None:
                        progress(done, len(fresh))
        if batch:
            await self._store_batch(memory, batch, tally)
        if progress is not None:
            progress(len(fresh), len(fresh))

    async def _prepare_in_order(
        self, memory: _KnownFiles, fresh: Sequence[ChangedFile], read: Mapping[str, ReadDocument]
    ) -> AsyncGenerator[_PreparedFile, None]:
        """Files made ready, in their order, a bounded number of them and of their bytes at once."""
        under_way: deque[tuple[asyncio.Task[_PreparedFile], int]] = deque()
        size = 0
        formers: Mapping[str, KnownFile] = {}
        try:
            for at, found in enumerate(fresh):
                if at % _PAGE == 0:
                    async with self.store.reading() as conn:
                        formers = await documents.find_files(conn, [item.path for item in fresh[at : at + _PAGE]])
                bytes_coming = found.stamp[0] if found.reason is None else 0
                while under_way and (len(under_way) >= self._width or size + bytes_coming > _BYTES_IN_FLIGHT):
                    task, its_bytes = under_way[0]
                    yield await task
                    under_way.popleft()
                    size -= its_bytes
                former, given = formers.get(found.path), read.get(found.path)
                coming = asyncio.create_task(
                    self._prepare_file(memory, found, former)
                    if given is None
                    else self._prepare_document(found, former, given)
                )
                under_way.append((coming, bytes_coming))
                size += bytes_coming
            while under_way:
                yield await under_way[0][0]
                under_way.popleft()
        finally:
            for task, _ in under_way:
                task.cancel()
            await asyncio.gather(*(task for task, _ in under_way), return_exceptions=True)

    async def _prepare_file(self, memory: _KnownFiles, found: ChangedFile, former: KnownFile | None) -> _PreparedFile:
        facts = FileFacts(*found.stamp)
        if found.reason is not None:
            return _PreparedFile(found, facts, former, "rejected", reason=found.reason)
        try:
            file = await asyncio.to_thread(read_file, Path(found.file_path), self._settings.max_bytes)
        except FileChanged:
            return _PreparedFile(found, facts, former, "waiting")
        except Unreadable as error:
            return _PreparedFile(found, facts, former, "rejected", reason=error.reason)
        facts = FileFacts(file.size, file.mtime_ns, file.inode, file.sha256)
        ready = _PreparedFile(found, facts, former, "same", data=file.data)
        if former is not None and former.sha256 == file.sha256 and former.status in _ACCEPTED:
            return ready
        if memory.may_contain(file.sha256):
            async with self.store.reading() as conn:
                original = await documents.find_original(conn, file.sha256, found.path)
            if original is not None:
                return replace(ready, kind="twin")
        return await self._analyze(ready)

    async def _prepare_document(
        self, found: ChangedFile, former: KnownFile | None, read: ReadDocument
    ) -> _PreparedFile:
        facts = FileFacts(*found.stamp, hashlib.sha256(repr(read.parts).encode("utf-8", "replace")).hexdigest())
        ready = _PreparedFile(found, facts, former, "same", document=read)
        if former is not None and former.sha256 == facts.sha256 and former.status in _ACCEPTED:
            return ready
        return await self._analyze(ready)

    async def _analyze(self, ready: _PreparedFile) -> _PreparedFile:
        job = AnalysisJob(ready.changed.path, ready.data, self._summary.engine, self._summary.sentences, ready.document)
        try:
            outcome = await asyncio.get_running_loop().run_in_executor(self.executor, analyze_document, job)
        except WorkerDied:
            outcome = AnalysisResult(
                reason="brought down the process that read it, twice: it may be damaged, or too large"
            )
        if outcome.fault is not None:
            log.error("intake.fault", path=printable_path(ready.changed.path), traceback=outcome.fault)
        facts = replace(ready.facts, encoding=outcome.encoding)
        if outcome.reason is not None:
            return replace(ready, kind="rejected", facts=facts, reason=outcome.reason, data=b"")
        stories: list[PreparedStory] = []
        for at, story in enumerate(outcome.stories, 1):
            stories.append(unpack_story(story))
            if at % _UNPACKED_AT_ONCE == 0:
                await asyncio.sleep(0)
        return replace(ready, kind="stories", facts=facts, stories=tuple(stories), notes=outcome.notes, data=b"")

    # Storing

    async def _store_batch(self, memory: _KnownFiles, batch: Sequence[_PreparedFile], tally: _ReportBuilder) -> None:
        """Store files in one transaction. A twin whose original is gone by now is analysed and stored after it."""
        again: list[_PreparedFile] = []
        stored: list[tuple[_PreparedFile, int]] = []
        placed: list[tuple[int, StoryFeatures]] = []
        now = self.clock()
        async with self.store.writing() as conn:
            for ready in batch:
                try:
                    stored.append((ready, await self._store_one(conn, memory, ready, placed, now)))
                except _OriginalWithdrawn:
                    again.append(ready)
            if placed:
                await self._assign_events(conn, placed, now)
        for ready, count in stored:
            memory.add_prepared(ready)
            tally.add(ready, count)
        if again:
            await self._store_batch(memory, [await self._analyze(ready) for ready in again], tally)

    async def _store_one(
        self,
        conn: StoreConnection,
        memory: _KnownFiles,
        ready: _PreparedFile,
        placed: list[tuple[int, StoryFeatures]],
        now: datetime,
    ) -> int:
        """Store one file; how many stories it has now."""
        path, facts = ready.changed.path, ready.facts
        match ready.kind:
            case "waiting":
                return 0
            case "rejected":
                await documents.reject(conn, path, facts, ready.reason or "", now=now)
                return 0
            case "same":
                await documents.touch(conn, path, facts)
                return 0
        if memory.may_contain(facts.sha256):
            original = await documents.find_original(conn, facts.sha256 or "", path)
            if original is not None:
                await documents.mark_duplicate(conn, path, facts, original, now=now)
                return 0
        if ready.kind == "twin":
            raise _OriginalWithdrawn
        analyses = [story.indexed for story in ready.stories]
        origins = [_without_future_time(story.origin, now) for story in ready.stories]
        result = await documents.store_document(conn, path, facts, analyses, now=now, origins=origins)
        memory.add_hash(facts.sha256)
        new = set(result.new)
        placed += [
            (number, story.traits)
            for number, story in zip(result.story_ids, ready.stories, strict=True)
            if number in new
        ]
        return len(result.story_ids)

    async def _withdraw(self, memory: _KnownFiles, gone: Sequence[str], tally: _ReportBuilder) -> None:
        for start in range(0, len(gone), _BATCH_FILES):
            part = gone[start : start + _BATCH_FILES]
            now = self.clock()
            async with self.store.writing() as conn:
                for path in part:
                    await documents.withdraw(conn, path, now=now)
            for path in part:
                memory.remove(path)
                tally.removed += not path.endswith("/")


class _OriginalWithdrawn(Exception):
    pass


_ACCEPTED = (DocumentStatus.STORED, DocumentStatus.DUPLICATE)

_Kind = Literal["same", "twin", "stories", "rejected", "waiting"]


@dataclass(frozen=True, slots=True)
class _PreparedFile:
    """A file that was read, and what is to be done: `twin` has the bytes of another, `same` those it had."""

    changed: ChangedFile
    facts: FileFacts
    previous: KnownFile | None
    kind: _Kind
    data: bytes = b""
    document: ReadDocument | None = None
    stories: tuple[PreparedStory, ...] = ()
    notes: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(slots=True)
class _KnownFiles:
    """What is known of files between scans: kept small, for there may be very many."""

    known: dict[str, FileStamp] = field(default_factory=dict)
    rejected: dict[str, str] = field(default_factory=dict)
    _hash_prefixes: set[int] = field(default_factory=set)

    def add(self, path: str, facts: FileStamp, sha256: str | None, reason: str | None) -> None:
        """Note a file; `reason` why it was refused, None when it was taken."""
        self.known[path] = facts
        if reason is None:
            self.rejected.pop(path, None)
            self.add_hash(sha256)
        else:
            self.rejected[path] = reason

    def add_prepared(self, ready: _PreparedFile) -> None:
        """Note a file that was just stored."""
        if ready.kind != "waiting":
            facts = (ready.facts.size, ready.facts.mtime_ns, ready.facts.inode)
            self.add(ready.changed.path, facts, ready.facts.sha256, ready.reason)

    def remove(self, path: str) -> None:
        """Note that a file is withdrawn."""
        self.known.pop(path, None)
        self.rejected.pop(path, None)

    def add_hash(self, sha256: str | None) -> None:
        """Note that a file with these bytes is stored."""
        if sha256 is not None:
            self._hash_prefixes.add(int(sha256[:15], 16))

    def may_contain(self, sha256: str | None) -> bool:
        """False when no file with these bytes was ever stored."""
        return sha256 is not None and int(sha256[:15], 16) in self._hash_prefixes


@dataclass(slots=True)
class _ReportBuilder:
    """A report in the making."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    stories: int = 0
    duplicates: int = 0
    rejected: list[tuple[str, str]] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def add(self, ready: _PreparedFile, stories: int) -> None:
        """Count a file that was dealt with."""
        path = ready.changed.path
        match ready.kind:
            case "same":
                self.unchanged += 1
                return
            case "waiting":
                self.waiting.append(path)
                return
            case "rejected":
                self.rejected.append((path, ready.reason or ""))
                return
        if ready.previous is None or ready.previous.status is DocumentStatus.WITHDRAWN:
            self.new += 1
        else:
            self.changed += 1
        self.stories += stories
        self.duplicates += stories == 0
        self.notes += [(path, note) for note in ready.notes]

    def report(self) -> ScanReport:
        """The report; its paths can be printed."""
        return ScanReport(
            files=self.new + self.changed + self.unchanged + len(self.rejected) + len(self.waiting),
            new=self.new,
            changed=self.changed,
            unchanged=self.unchanged,
            removed=self.removed,
            rejected=tuple((printable_path(path), reason) for path, reason in sorted(self.rejected)),
            stories=self.stories,
            duplicates=self.duplicates,
            waiting=tuple(printable_path(path) for path in sorted(self.waiting)),
            notes=tuple((printable_path(path), note) for path, note in self.notes),
        )


def _document_stamp(read: ReadDocument) -> FileStamp:
    return sum(len(piece.text) for piece in read.parts), 0, 0


def _without_future_time(origin: Origin, now: datetime) -> Origin:
    """What a source says, but nothing is published later than it arrives: it would stand on top for years."""
    late = origin.published_at is not None and origin.published_at > now
    return replace(origin, published_at=None) if late else origin


def _run_scan(look: FolderScan, paths: Iterable[str] | None, expected: bool) -> float:
    """Look at these paths, None for all; the processor's seconds that it took. Raises SeedsUnavailable."""
    began = time.thread_time()
    try:
        for path in [""] if paths is None else paths:
            look.scan_path(path, expected=expected)
    except OSError as error:
        place = look.paths.file_path("")
        raise SeedsUnavailable(
            printable_path(place),
            f"the folder of news {why(error)}; create it or set GAZETTE_SEEDS; nothing was withdrawn for that",
        ) from error
    return time.thread_time() - began
