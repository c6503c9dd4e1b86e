"""Files become stories in the store: scan, read, analyse, store.

Many at once, stored in the order of their paths. Scanning and reading run in threads, analysing in worker processes,
and only storing on the event loop, in short transactions. What is known of files is kept in memory between scans, so
that unchanged files cost neither a read nor a query.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import time
from collections import defaultdict, deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import structlog

from bot.errors import SeedsUnavailable, StoreError
from bot.intake.analysis_job import AnalysisJob, AnalysisResult, PreparedStory, analyse_document, unpack_story
from bot.intake.file_reader import FileChanged, read_folder_file
from bot.intake.folder_identity import NO_FILE, PLACES_KEY, has_most_files, parse_places, place_of, render_places
from bot.intake.hold_clock import HoldClock, Uptime, machine_uptime
from bot.intake.lanes import Lanes, Overran
from bot.intake.readers import REFUSED_FORMATS
from bot.intake.refusals import REMEMBERED_REASONS, Refusals, kind_of_file
from bot.intake.scanner import ChangedFile, FileStamp, FolderScan, SeedPaths, is_feed_item
from bot.intake.types import ProgressCallback, ReadDocument, ScanProgress, ScanReport, Unreadable, printable_path
from bot.intake.withdrawals import RecentWithdrawals, WithdrawalPlan, plan_withdrawals
from bot.intake.worker_pool import DeadlineExceeded, DeadlineExecutor, WorkerDied
from bot.newsroom.models import DocumentStatus
from bot.newsroom.rejections import Rejection, RejectReason
from bot.newsroom.sample_news import SamplePolicy, is_sample, sample_sizes
from bot.settings import IntakeSettings, SummarySettings
from bot.store import documents, key_values
from bot.store.database import Store, StoreConnection
from bot.store.documents import FileFacts, KnownFile, Origin
from summarizers.events.features import StoryFeatures

__all__ = ["AssignEvents", "Intake"]

log = structlog.get_logger()

AssignEvents = Callable[[StoreConnection, Sequence[Sequence[tuple[int, StoryFeatures]]], datetime], Awaitable[None]]
"""Puts the stories of documents that were just stored into their events, in the transaction that stored them."""

_BATCH_FILES: Final = 32
"""Files stored in one transaction at most: it holds the only writer of SQLite, so it has to be short."""

_STORIES_TOGETHER: Final = 32
"""Stories written by one set of statements: more save little, and building their rows holds the event loop up."""

_BATCH_SECONDS: Final = 1.0
"""Seconds after which a batch is stored though it isn't full, so that stories don't wait for slow files."""

_BYTES_IN_FLIGHT: Final = 64_000_000
"""Bytes of files that are read but not stored at one time: three files of the largest size that is allowed."""

_LOG_SECONDS: Final = 60.0
"""Seconds between two lines of the log on the progress of a long scan."""

_QUERY_FILES: Final = 250
"""Files that one query asks the store about."""

_MAX_LOGGED: Final = 20
"""Files that the log names in one scan as rejected, and as read in part; `gazette ingest` and `gazette doctor` list them all."""

_RECHECK_SECONDS: Final = 0.25
"""Seconds between two looks at a file that may still be written: an editor or copy writes more often."""

_UNPACK_BATCH: Final = 8
"""Stories unpacked before the event loop serves others: about a millisecond."""

_MAX_SLOW_WAIT_SECONDS: Final = 60.0
"""Seconds for which a file that overran waits for the others: two processes on two cores slow each other down."""

_DEVICES_KEY: Final = "intake:devices"
"""Key under which the devices of the seeds folder are stored, as a JSON object of folders and numbers."""

_RECENT_KEY: Final = "intake:recent-withdrawals"
"""Key under which the numbers of files that were withdrawn lately are stored."""

_NEVER: Final[FileStamp] = (-1, 0, 0)
"""A stamp that no file has: a file known by it is read again."""


class _Lane(Enum):
    """A way of analysing a file."""

    FAST = auto()
    """Among the others, for as long as they take."""
    SLOW = auto()
    """Apart, to its deadline."""
    IDLE = auto()
    """In the fast lane to its deadline, as no other file waits."""


class Intake:
    """Brings files into the store, one scan at a time.

    `executor` runs what takes a processor, and `slow_executor` what took too long there; `clock` gives the present as an
    aware moment, `uptime` how long the machine runs, which tells whether the clock was set.
    """

    def __init__(
        self,
        store: Store,
        settings: IntakeSettings,
        summary: SummarySettings,
        executor: DeadlineExecutor,
        clock: Callable[[], datetime],
        *,
        assign_events: AssignEvents,
        slow_executor: DeadlineExecutor | None = None,
        samples: SamplePolicy = SamplePolicy.SHOW,
        uptime: Callable[[], Uptime] = machine_uptime,
    ) -> None:
        self.store = store
        self._settings = settings
        self._summary = summary
        self.lanes = Lanes(executor, slow_executor or executor, settings)
        self.clock = clock
        self._hold_clock = HoldClock(clock, uptime)
        self._assign_events = assign_events
        self._samples = samples
        self.paths = SeedPaths(settings.seeds.expanduser())
        self._place = place_of(self.paths.root)
        self.waiting: tuple[Path, ...] = ()
        """Files that the last scan left for the next, as they were being written."""
        self.scan_cpu_seconds = 0.0
        """Processor time of the last scan of the folder, without reading files."""
        self._known_files: _KnownFiles | None = None
        self._recent_withdrawals = RecentWithdrawals()
        self._scan_lock = asyncio.Lock()
        self.refusals = Refusals(store, settings, summary, clock)
        self._slow_files: dict[str, _SlowFile] = {}
        """Files that overran among the others, by path, in the order in which they are read apart."""
        self._slow_requested = asyncio.Event()
        self._others_done = asyncio.Event()
        """Set while no file is read in the fast lane."""
        self._others_done.set()

    async def scan(
        self,
        paths: Sequence[Path] | None = None,
        *,
        progress: ProgressCallback | None = None,
        patient: bool = False,
        confirm_withdrawals: bool = False,
    ) -> ScanReport:
        """Bring the store up to date with the seeds folder, or with these files and folders alone.

        `paths` may be anywhere; files elsewhere are kept when the seeds folder is scanned later. A file that changed
        within the last `quiet_seconds` is looked at twice, a moment apart, and left for the next scan if it changed in
        between; with `patient` it is left for the next scan at once. Files that take long are read after the others;
        with `patient` they are left to `read_slow_files`. A second scan changes nothing.

        When most files are gone at once, their withdrawal is held for a time (`bot.intake.withdrawals`), unless
        `confirm_withdrawals` says that they were removed on purpose.

        Raises SeedsUnavailable when the seeds folder can't be listed, StoreError when storing fails; what was stored
        until then is kept.
        """
        async with self._scan_lock:
            await self._find_out_whose_folder(confirmed=confirm_withdrawals and paths is None)
            stored_paths = None if paths is None else [self.paths.stored_path(path) for path in paths]
            return await self._scan(
                stored_paths, progress, patient=patient, expected=True, confirmed=confirm_withdrawals
            )

    async def rescan(self, paths: Sequence[Path]) -> ScanReport:
        """Scan patiently paths that changed, of which some may be gone or not of interest."""
        async with self._scan_lock:
            await self._get_known_files()
            stored_paths = [self.paths.stored_path(path) for path in paths]
            return await self._scan(stored_paths, None, patient=True, expected=False)

    async def ingest_documents(self, items: Mapping[str, ReadDocument]) -> ScanReport:
        """Store documents that are not files, by their stored paths.

        Those that did not change are kept.
        """
        async with self._scan_lock:
            report = _ReportBuilder()
            try:
                known = await self._get_known_files()
                changed = [ChangedFile(path, _document_stamp(document)) for path, document in items.items()]
                await self._ingest(known, self._leave_slow(changed, report), report, None, items)
            except BaseException:
                self._known_files = None
                raise
        return report.build()

    async def read_slow_files(self, on_read: Callable[[ScanReport], object] | None = None) -> None:
        """Read files that overran among the others, one after the other, until cancelled.

        `on_read` is called with a report of each.
        """
        while True:
            await self._slow_requested.wait()
            self._slow_requested.clear()
            try:
                while self._slow_files:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._others_done.wait(), _MAX_SLOW_WAIT_SECONDS)
                    report = await self._read_slow_file(next(iter(self._slow_files.values())))
                    if on_read is not None:
                        on_read(report)
            except StoreError as error:  # the next scan asks for it again
                log.error("intake.store_failed", error=str(error))

    async def _read_slow_file(self, slow: _SlowFile) -> ScanReport:
        """Read one file to its deadline and store it."""
        path = slow.changed.path
        async with self._scan_lock:
            known = await self._get_known_files()
        async with self.store.reading() as conn:
            previous = (await documents.find_files(conn, [path])).get(path)
        if slow.document is None:
            prepared = await self._prepare_file(known, slow.changed, previous, _Lane.SLOW)
        else:
            prepared = await self._prepare_document(known, slow.changed, previous, slow.document, _Lane.SLOW)
        if prepared.outcome is _Outcome.LOST:
            prepared = replace(prepared, outcome=_Outcome.REJECTED)
        report = _ReportBuilder()
        async with self._scan_lock:
            await self._store_batch(await self._get_known_files(), [prepared], report)
        if self._slow_files.get(path) is slow:
            del self._slow_files[path]
        self._log_rejected(report.rejected)
        return report.build()

    def _leave_slow(self, changed: Sequence[ChangedFile], report: _ReportBuilder) -> list[ChangedFile]:
        """Return the changed files but those that are being read apart, which the report gets."""
        left: list[ChangedFile] = []
        for file in changed:
            slow = self._slow_files.get(file.path)
            if slow is not None and slow.changed.stamp == file.stamp:
                report.slow.append(file.path)
            else:
                left.append(file)
        if self._slow_files:
            self._slow_requested.set()
        return left

    def skip_known_files(self) -> None:
        """Read nothing about stored files, for an intake that is given documents alone."""
        self._known_files = _KnownFiles()

    def forget_known_files(self) -> None:
        """Forget what is known of files, as others may have changed the store.

        The next scan reads it again.
        """
        self._known_files = None
        self.refusals.forget()

    async def has_own_folder(self) -> bool:
        """Return whether the seeds folder is the one whose files the store has, or no folder's.

        Raises StoreError.
        """
        async with self._scan_lock:
            await self._find_out_whose_folder()
            return self.paths.own

    async def _find_out_whose_folder(self, *, confirmed: bool = False) -> None:
        """Decide whether the seeds folder is the store's; `confirmed` makes it so."""
        known = await self._get_known_files()
        own = SeedPaths(self.paths.root)
        if self._place in known.places:
            self.paths = own
            return
        files = {path: stamp for path, stamp in known.stamps.items() if SeedPaths.is_inside(path)}
        if confirmed:
            known.former_root = replace(own, own=False).stored_path(self.paths.root)
        is_own = confirmed or not files or await asyncio.to_thread(has_most_files, own, files, by_name=not known.places)
        if not is_own and self.paths.own:
            log.warning("intake.other_folder", folder=printable_path(str(self.paths.root)), known_files=len(files))
        self.paths = replace(own, own=is_own)

    async def _record_place(self, known: _KnownFiles) -> None:
        """Record that the store's files are at this place, once there are any."""
        if not self.paths.own or self._place in known.places or not any(map(SeedPaths.is_inside, known.stamps)):
            return
        places = [*known.places, self._place]
        async with self.store.writing() as conn:
            await key_values.set_value(conn, PLACES_KEY, render_places(places), self.clock())
        known.places = places

    async def _scan(
        self,
        paths: Sequence[str] | None,
        progress: ProgressCallback | None,
        *,
        patient: bool,
        expected: bool,
        confirmed: bool = False,
    ) -> ScanReport:
        began = time.perf_counter()
        try:
            known = await self._get_known_files()
            scan = FolderScan(self.paths, known.stamps, known.rejected, self._settings.max_bytes)
            self.scan_cpu_seconds = await asyncio.to_thread(_run_scan, scan, paths, expected)
            if paths is None and known.former_root is not None:
                scan.removed += _below(known.former_root, known.stamps)
            report = _ReportBuilder(unchanged=scan.unchanged)
            report.rejected = [(path, known.rejected[path]) for path in scan.still_rejected]
            report.rejected += [(path, Rejection(RejectReason.MISSING)) for path in scan.missing]
            logged_before = len(report.rejected)
            changed = sorted(scan.changed, key=lambda file: file.path)
            stable, report.waiting = await self._wait_until_stable(changed, patient=patient)
            samples = await asyncio.to_thread(self._find_samples, stable)
            own = [file for file in stable if file.path not in samples]
            await self._ingest(known, self._leave_slow(own, report), report, progress)
            hidden: list[str] = []
            if self._hides_samples(known):
                hidden = sorted(known.samples)
                report.samples_left_out = len(samples) + len(hidden)
                report.unchanged -= sum(map(scan.saw, hidden))
            elif samples:
                shown = [file for file in stable if file.path in samples]
                await self._ingest(known, self._leave_slow(shown, report), report, progress)
            if not patient:
                await self._ingest_slow(known, report)
            if hidden:
                await self._withdraw(known, hidden, report)
            lost = {file.changed.path: file for file in report.lost}
            await self._mark_returned(known, scan, lost)
            await self._withdraw_removed(known, scan, lost, paths, report, confirmed=confirmed)
            await self._record_place(known)
            known.former_root = None
            report.other_folder = not self.paths.own
        except BaseException:
            self._known_files = None  # whether the last transaction was committed isn't known
            raise
        self.waiting = tuple(Path(self.paths.file_path(path)) for path in report.waiting)
        result = report.build()
        self._log_rejected(report.rejected[logged_before : logged_before + _MAX_LOGGED])
        for path, note in result.notes[:_MAX_LOGGED]:
            log.info("intake.partly_read", path=path, detail=note)
        if result.new or result.changed or result.removed:
            log.info(
                "intake.scanned",
                files=result.files,
                new=result.new,
                changed=result.changed,
                removed=result.removed,
                rejected=len(result.rejected),
                stories=result.stories,
                seconds=round(time.perf_counter() - began, 3),
            )
        return result

    def _find_samples(self, changed: Iterable[ChangedFile]) -> set[str]:
        """Return which of these files are of the sample news."""
        found = set()
        for file in changed:
            if file.file is None or file.stamp[0] not in sample_sizes():
                continue
            # What can't be read is reported where it is read as news.
            with suppress(FileChanged, Unreadable):
                if is_sample(read_folder_file(file.file, self._settings.max_bytes).sha256):
                    found.add(file.path)
        return found

    def _hides_samples(self, known: _KnownFiles) -> bool:
        """Return whether the sample news is left out: by choice, or since there is other news."""
        return self._samples is SamplePolicy.HIDE or (self._samples is SamplePolicy.AUTO and known.has_other_news)

    def _log_rejected(self, rejected: Iterable[tuple[str, Rejection]]) -> None:
        for path, rejection in rejected:
            log.info(
                "intake.rejected", path=printable_path(path), reason=rejection.reason.value, detail=rejection.message
            )

    async def _get_known_files(self) -> _KnownFiles:
        """Return what the store knows of files, read from it if it isn't in memory."""
        if self._known_files is None:
            await self.refusals.load()
            known, after = _KnownFiles(), 0
            async with self.store.reading() as conn:
                while page := await documents.list_files_after(conn, after, _QUERY_FILES):
                    for path, file in page:
                        stamp = (file.size, file.mtime_ns, file.inode)
                        if file.missing_since is not None:
                            known.missing_since[path] = file.missing_since
                        if file.rejection is None and stamp[1:] == NO_FILE:
                            known.add_hash(file.sha256)
                            known.has_other_news = True
                            continue
                        if file.rejection is not None and self._may_succeed_now(file.rejection, file.size):
                            stamp = _NEVER
                        known.add(path, stamp, file.sha256, file.rejection)
                    after = page[-1][1].id
                known.devices = json.loads(await key_values.get_value(conn, _DEVICES_KEY) or "{}")
                recent = await key_values.get_value(conn, _RECENT_KEY)
                self._recent_withdrawals = RecentWithdrawals.decode(recent or "[]")
                known.places = parse_places(await key_values.get_value(conn, PLACES_KEY))
            self._known_files = known
        return self._known_files

    def _may_succeed_now(self, rejection: Rejection, size: int) -> bool:
        """Return whether another version or other settings may read a file that was rejected."""
        if rejection.reason is RejectReason.UNKNOWN:
            return True
        if rejection.reason is RejectReason.PACKAGE_MISSING:
            return find_spec(str(rejection.facts["package"])) is not None
        if "format" in rejection.facts:
            return rejection.facts["format"] not in REFUSED_FORMATS
        return self.refusals.may_succeed_now(rejection, size)

    async def _wait_until_stable(
        self, changed: list[ChangedFile], *, patient: bool
    ) -> tuple[list[ChangedFile], list[str]]:
        """Return the files that can be read, and the paths of those that may still be written."""
        quiet = timedelta(seconds=self._settings.quiet_seconds)
        now = self.clock().timestamp()
        young = [file for file in changed if 0 <= now - file.stamp[1] / 1e9 < quiet.total_seconds()]
        if not young:
            return changed, []
        if patient:
            waiting = {file.path for file in young}
        else:
            await asyncio.sleep(min(_RECHECK_SECONDS, quiet.total_seconds()))
            waiting = await asyncio.to_thread(lambda: {file.path for file in young if file.has_changed_since()})
        return [file for file in changed if file.path not in waiting], sorted(waiting)

    # Reading and analysing

    async def _ingest(
        self,
        known: _KnownFiles,
        changed: Sequence[ChangedFile],
        report: _ReportBuilder,
        progress: ProgressCallback | None,
        given: Mapping[str, ReadDocument] | None = None,
        lane: _Lane = _Lane.FAST,
    ) -> None:
        """Read, analyse and store files; those whose path is in `given` are read already."""
        if lane is _Lane.FAST:
            self._others_done.clear()
        try:
            await self._ingest_in_batches(known, changed, report, progress, given or {}, lane)
        finally:
            self._others_done.set()

    async def _ingest_in_batches(
        self,
        known: _KnownFiles,
        changed: Sequence[ChangedFile],
        report: _ReportBuilder,
        progress: ProgressCallback | None,
        given: Mapping[str, ReadDocument],
        lane: _Lane,
    ) -> None:
        batch: list[_PreparedFile] = []
        began = time.monotonic()
        done, due, log_due = 0, began + _BATCH_SECONDS, began + _LOG_SECONDS
        stories_before = report.stories
        async with aclosing(self._prepare_in_order(known, changed, given, lane)) as prepared_files:
            async for prepared in prepared_files:
                batch.append(prepared)
                if len(batch) >= _BATCH_FILES or time.monotonic() >= due:
                    await self._store_batch(known, batch, report)
                    done += len(batch)
                    now = time.monotonic()
                    batch, due = [], now + _BATCH_SECONDS
                    state = ScanProgress(done, len(changed), report.stories - stories_before, now - began)
                    if progress is not None:
                        progress(state)
                    if now >= log_due:
                        log_due = now + _LOG_SECONDS
                        _log_progress(state)
        if batch:
            await self._store_batch(known, batch, report)
        if progress is not None:
            stories, seconds = report.stories - stories_before, time.monotonic() - began
            progress(ScanProgress(len(changed), len(changed), stories, seconds))

    async def _ingest_slow(self, known: _KnownFiles, report: _ReportBuilder) -> None:
        """Read the files that overran, now that the others are in the store."""
        slow = list(self._slow_files.values())
        self._slow_files = {}
        report.slow = []
        given = {each.changed.path: each.document for each in slow if each.document is not None}
        await self._ingest(known, [each.changed for each in slow], report, None, given, _Lane.IDLE)

    def _max_in_flight(self) -> int:
        """Return how many files may be read but not stored; workers go on while a batch is stored."""
        return 2 * self.lanes.width + _BATCH_FILES

    async def _prepare_in_order(
        self, known: _KnownFiles, changed: Sequence[ChangedFile], given: Mapping[str, ReadDocument], lane: _Lane
    ) -> AsyncGenerator[_PreparedFile, None]:
        """Prepare files in their order, a bounded number of them and of their bytes at once."""
        in_flight: deque[tuple[asyncio.Task[_PreparedFile], int]] = deque()
        bytes_in_flight = 0
        previous_files: Mapping[str, KnownFile] = {}
        try:
            for at, file in enumerate(changed):
                if at % _QUERY_FILES == 0:
                    async with self.store.reading() as conn:
                        paths = [each.path for each in changed[at : at + _QUERY_FILES]]
                        previous_files = await documents.find_files(conn, paths)
                size = file.stamp[0] if file.rejection is None else 0
                while in_flight and (
                    len(in_flight) >= self._max_in_flight() or bytes_in_flight + size > _BYTES_IN_FLIGHT
                ):
                    task, its_size = in_flight[0]
                    yield await task
                    in_flight.popleft()
                    bytes_in_flight -= its_size
                previous, document = previous_files.get(file.path), given.get(file.path)
                work = (
                    self._prepare_file(known, file, previous, lane)
                    if document is None
                    else self._prepare_document(known, file, previous, document, lane)
                )
                in_flight.append((asyncio.create_task(work), size))
                bytes_in_flight += size
            while in_flight:
                yield await in_flight[0][0]
                in_flight.popleft()
        finally:
            for task, _ in in_flight:
                task.cancel()
            await asyncio.gather(*(task for task, _ in in_flight), return_exceptions=True)

    async def _prepare_file(
        self, known: _KnownFiles, changed: ChangedFile, previous: KnownFile | None, lane: _Lane
    ) -> _PreparedFile:
        """Read and analyse a file; one that had stories and can't be read any more is lost."""
        file = await self._read_and_analyse(known, changed, previous, lane)
        had_stories = previous is not None and previous.status in _ACCEPTED
        if had_stories and file.rejection is not None and file.rejection.reason not in REMEMBERED_REASONS:
            return replace(file, outcome=_Outcome.LOST)
        return file

    async def _read_and_analyse(
        self, known: _KnownFiles, changed: ChangedFile, previous: KnownFile | None, lane: _Lane
    ) -> _PreparedFile:
        facts = FileFacts(*changed.stamp)
        if changed.rejection is not None:
            return _PreparedFile(changed, facts, previous, _Outcome.REJECTED, rejection=changed.rejection)
        try:
            assert changed.file is not None  # noqa: S101 - what is no file is rejected by the scan
            file = await asyncio.to_thread(read_folder_file, changed.file, self._settings.max_bytes)
        except FileChanged:
            return _PreparedFile(changed, facts, previous, _Outcome.WAITING)
        except Unreadable as error:
            return _PreparedFile(changed, facts, previous, _Outcome.REJECTED, rejection=error.rejection)
        facts = FileFacts(file.size, file.mtime_ns, file.inode, file.sha256)
        prepared = _PreparedFile(changed, facts, previous, _Outcome.UNCHANGED, data=file.data)
        if previous is not None and previous.sha256 == file.sha256 and previous.status in _ACCEPTED:
            return prepared
        if known.may_contain(file.sha256):
            async with self.store.reading() as conn:
                original = await documents.find_original(conn, file.sha256, changed.path)
            if original is not None:
                return replace(prepared, outcome=_Outcome.DUPLICATE)
        return await self._analyse_unless_refused(prepared, lane)

    async def _prepare_document(
        self,
        known: _KnownFiles,
        changed: ChangedFile,
        previous: KnownFile | None,
        document: ReadDocument,
        lane: _Lane,
    ) -> _PreparedFile:
        facts = FileFacts(*changed.stamp, _document_hash(document))
        prepared = _PreparedFile(changed, facts, previous, _Outcome.UNCHANGED, document=document)
        if previous is not None and previous.sha256 == facts.sha256 and previous.status in _ACCEPTED:
            return prepared
        return await self._analyse_unless_refused(prepared, lane)

    async def _analyse_unless_refused(self, file: _PreparedFile, lane: _Lane) -> _PreparedFile:
        """Analyse a file, unless the same bytes were refused before for a reason that still holds."""
        kind = kind_of_file(file.changed.path)
        rejection = await self.refusals.find(file.facts.sha256 or "", kind, file.facts.size)
        if rejection is not None:
            return replace(file, outcome=_Outcome.REJECTED, rejection=rejection, data=b"")
        return await self._analyse(file, lane)

    async def _analyse(self, file: _PreparedFile, lane: _Lane) -> _PreparedFile:
        path, size = file.changed.path, file.facts.size
        job = AnalysisJob(path, file.data, self._summary.engine, self._summary.sentences, file.document)
        try:
            if lane is _Lane.FAST:
                result = await self.lanes.run(size, analyse_document, job)
                self.lanes.patience.note_finished(result.seconds)
            else:
                result = await self.lanes.run_to_deadline(size, analyse_document, job, idle=lane is _Lane.IDLE)
        except Overran:
            return replace(file, outcome=_Outcome.OVERRAN, data=b"")
        except DeadlineExceeded:
            seconds = self._settings.parse_deadline(size)
            result = AnalysisResult(rejection=Rejection(RejectReason.TIMEOUT, {"seconds": seconds}))
        except WorkerDied:
            result = AnalysisResult(rejection=Rejection(RejectReason.WORKER_DIED))
        if result.traceback is not None:
            log.error("intake.internal_error", path=printable_path(path), traceback=result.traceback)
        facts = replace(file.facts, encoding=result.encoding)
        rejection = result.rejection
        if rejection is not None:
            rejection = await self.refusals.remember(facts.sha256 or "", kind_of_file(path), rejection)
            return replace(file, outcome=_Outcome.REJECTED, facts=facts, rejection=rejection, data=b"")
        stories: list[PreparedStory] = []
        for at, story in enumerate(result.stories, 1):
            stories.append(unpack_story(story))
            if at % _UNPACK_BATCH == 0:
                await asyncio.sleep(0)
        return replace(
            file, outcome=_Outcome.ANALYSED, facts=facts, stories=tuple(stories), notes=result.notes, data=b""
        )

    # Storing

    async def _store_batch(self, known: _KnownFiles, batch: Sequence[_PreparedFile], report: _ReportBuilder) -> None:
        """Store files in one transaction, as if one after the other.

        A duplicate whose original is withdrawn by now is analysed and stored after. Files that overran are only noted.
        """
        for file in batch:
            if file.outcome is _Outcome.OVERRAN:
                self._slow_files[file.changed.path] = _SlowFile(file.changed, file.document)
                self._slow_requested.set()
        to_analyse: list[_PreparedFile] = []
        stored: list[tuple[_PreparedFile, int]] = []
        now = self.clock()
        async with self.store.writing() as conn:
            for files in _runs(batch, known):
                if len(files) > 1:
                    stored += await self._store_together(conn, known, files, now)
                    continue
                try:
                    stored.append(await self._store_file(conn, known, files[0], now))
                except _OriginalWithdrawn:
                    to_analyse.append(files[0])
        for file, count in stored:
            known.add_prepared(file)
            report.add(file, count)
        if to_analyse:
            await self._store_batch(known, [await self._analyse(file, _Lane.FAST) for file in to_analyse], report)

    def _origins(self, file: _PreparedFile, now: datetime) -> list[Origin]:
        """Return where and when a document's stories were published, as far as that can be believed."""
        origins = [_without_future_time(story.origin, now) for story in file.stories]
        own = file.document.oldest_days if file.document is not None else None
        days = self._settings.oldest_days if own is None else own
        if not days or not is_feed_item(file.changed.path):
            return origins
        oldest = now - timedelta(days=days)
        return [_arrived_when_published(origin, oldest) for origin in origins]

    async def _store_together(
        self, conn: StoreConnection, known: _KnownFiles, files: Sequence[_PreparedFile], now: datetime
    ) -> list[tuple[_PreparedFile, int]]:
        """Store analysed files with different bytes; those that are new, in few statements.

        Return what `_store_file` returns of each.
        """
        incoming = [
            documents.NewDocument(
                file.changed.path,
                file.facts,
                [story.indexed for story in file.stories],
                self._origins(file, now),
                file.guild_id,
            )
            for file in files
        ]
        stored: list[tuple[_PreparedFile, int]] = []
        at = 0
        while at < len(files):
            is_new = await documents.find_new(conn, incoming[at:])
            count = is_new.index(False) if False in is_new else len(is_new)
            if count:
                results = await documents.add_documents(conn, incoming[at : at + count], now=now)
                run = files[at : at + count]
                new_stories = [
                    [(story_id, story.features) for story_id, story in zip(result.story_ids, file.stories, strict=True)]
                    for result, file in zip(results, run, strict=True)
                ]
                await self._assign_events(conn, new_stories, now)
                stored += [(file, len(file.stories)) for file in run]
                at += count
            if at < len(files):
                stored.append(await self._store_file(conn, known, files[at], now))
                at += 1
        return stored

    async def _store_file(
        self,
        conn: StoreConnection,
        known: _KnownFiles,
        file: _PreparedFile,
        now: datetime,
    ) -> tuple[_PreparedFile, int]:
        """Store one file with its stories' events.

        Return the file and how many stories it has now. One that another process stored meanwhile is unchanged.
        """
        path, facts = file.changed.path, file.facts
        match file.outcome:
            case _Outcome.WAITING | _Outcome.OVERRAN | _Outcome.LOST:
                return file, 0
            case _Outcome.REJECTED:
                assert file.rejection is not None  # noqa: S101 - this outcome has one
                await documents.reject_document(conn, path, facts, file.rejection, now=now, guild_id=file.guild_id)
                return file, 0
            case _Outcome.UNCHANGED:
                await documents.update_facts(conn, path, facts)
                return file, 0
        if known.may_contain(facts.sha256):
            original = await documents.find_original(conn, facts.sha256 or "", path, file.guild_id)
            if original is not None:
                await documents.mark_duplicate(conn, path, facts, original, now=now, guild_id=file.guild_id)
                return file, 0
        if file.outcome is _Outcome.DUPLICATE:
            raise _OriginalWithdrawn
        analyses = [story.indexed for story in file.stories]
        origins = self._origins(file, now)
        result = await documents.store_document(
            conn, path, facts, analyses, now=now, origins=origins, guild_id=file.guild_id
        )
        known.add_hash(facts.sha256)
        new_ids = set(result.new)
        new_stories = [
            (story_id, story.features)
            for story_id, story in zip(result.story_ids, file.stories, strict=True)
            if story_id in new_ids
        ]
        if new_stories:
            await self._assign_events(conn, [new_stories], now)
        if result.stored_before and not result.new and not result.withdrawn:
            file = replace(file, outcome=_Outcome.UNCHANGED)
        return file, len(result.story_ids)

    # Withdrawing

    async def _mark_returned(self, known: _KnownFiles, scan: FolderScan, lost: Collection[str]) -> None:
        """Record which of the missing files are there again."""
        # What never was a file can't be missing, whatever an earlier version thought.
        returned = [
            path for path in known.missing_since if path not in lost and (scan.saw(path) or path not in known.stamps)
        ]
        if not returned:
            return
        async with self.store.writing() as conn:
            await documents.mark_missing(conn, returned, None)
        for path in returned:
            del known.missing_since[path]
        log.info("intake.files_returned", files=len(returned), still_missing=len(known.missing_since))

    async def _withdraw_removed(
        self,
        known: _KnownFiles,
        scan: FolderScan,
        lost: Mapping[str, _PreparedFile],
        paths: Sequence[str] | None,
        report: _ReportBuilder,
        *,
        confirmed: bool,
    ) -> None:
        """Withdraw what is gone, or begin to hold it where too much is gone at once.

        `lost` are files that are there, but can't be read any more; they are rejected instead.
        """
        removed = sorted({*scan.removed, *lost})
        if known.missing_since:
            await self._adjust_holds(known)
        now, hold = self.clock(), timedelta(hours=0 if confirmed else self._settings.hold_hours)
        folders = [path for path in removed if path.endswith("/")]  # ones that couldn't be listed; they have no stories
        moved = await self._moved_files(removed) if removed else []
        devices = await asyncio.to_thread(_current_devices, self.paths, known.devices) if removed else known.devices
        lost_folders = [prefix for prefix, device in known.devices.items() if devices.get(prefix) != device]
        left = sorted(set(removed).difference(folders, moved))
        plan = WithdrawalPlan((), ())
        if left:  # in a thread, since it looks at every known file
            plan = await asyncio.to_thread(self._plan_withdrawals, known, left, paths, lost_folders, hold, now)
        withdraw, begin = [*folders, *moved, *plan.withdraw], plan.hold
        if begin:
            async with self.store.writing() as conn:
                await documents.mark_missing(conn, begin, now)
                if not known.missing_since or not known.missing_since.keys().isdisjoint(begin):
                    await self._hold_clock.start(conn)
            if not known.missing_since:
                log.warning("intake.withdrawals_held", files=len(begin), hours=self._settings.hold_hours)
            known.missing_since.update(dict.fromkeys(begin, now))
        if not confirmed:
            fresh = [path for path in plan.withdraw if path not in known.missing_since and self.paths.is_inside(path)]
            self._recent_withdrawals.add(now, len(fresh))
            if fresh:
                async with self.store.writing() as conn:
                    await key_values.set_value(conn, _RECENT_KEY, self._recent_withdrawals.encode(), now)
        await self._withdraw(known, sorted(set(withdraw).difference(lost)), report)
        await self._reject(known, [lost[path] for path in sorted(set(withdraw).intersection(lost))], report)
        report.held = len(known.missing_since)
        if known.missing_since:
            report.held_until = min(known.missing_since.values()) + timedelta(hours=self._settings.hold_hours)
        elif paths is None and self.paths.own and scan.devices != known.devices:
            async with self.store.writing() as conn:
                await key_values.set_value(conn, _DEVICES_KEY, json.dumps(scan.devices), now)
            known.devices = scan.devices

    async def _adjust_holds(self, known: _KnownFiles) -> None:
        """Move holds along with a clock that was set forwards, so that they last their time."""
        async with self.store.reading() as conn:
            jump = await self._hold_clock.jump(conn)
        if not jump:
            return
        by_time: dict[datetime, list[str]] = defaultdict(list)
        for path, since in known.missing_since.items():
            by_time[since].append(path)
        async with self.store.writing() as conn:
            for since, held in by_time.items():
                await documents.mark_missing(conn, held, since + jump)
            await self._hold_clock.start(conn)
        known.missing_since = {path: since + jump for path, since in known.missing_since.items()}
        log.warning("intake.clock_was_set", seconds=round(jump.total_seconds()), files=len(known.missing_since))

    def _plan_withdrawals(
        self,
        known: _KnownFiles,
        gone: Sequence[str],
        scanned: Sequence[str] | None,
        lost_folders: Sequence[str],
        hold: timedelta,
        now: datetime,
    ) -> WithdrawalPlan:
        """Plan the withdrawal of files that are gone, in the seeds folder and elsewhere."""
        whole = WithdrawalPlan((), ())
        for inside in (True, False):
            part = [path for path in gone if self.paths.is_inside(path) is inside]
            if not part:
                continue
            plan = plan_withdrawals(
                part,
                sum(self._is_in_scope(path, scanned, inside=inside) for path in known.stamps),
                missing_since=known.missing_since,
                lost_folders=lost_folders if inside else (),
                recent=self._recent_withdrawals.total(now) if inside else 0,
                rejected={path for path in known.rejected if self._is_in_scope(path, scanned, inside=inside)},
                hold=hold,
                now=now,
            )
            whole = WithdrawalPlan(whole.withdraw + plan.withdraw, whole.hold + plan.hold)
        return whole

    def _is_in_scope(self, path: str, scanned: Sequence[str] | None, *, inside: bool) -> bool:
        """Return whether a known file is in the seeds folder, or elsewhere below what was scanned."""
        if path.endswith("/") or is_feed_item(path) or self.paths.is_inside(path) is not inside:
            return False
        return inside or any(path == top or path.startswith(top + "/") for top in scanned or ())

    async def _moved_files(self, removed: Sequence[str]) -> list[str]:
        """Return those of the removed files whose text is there under another name."""
        async with self.store.reading() as conn:
            duplicates = await documents.find_duplicates(conn, removed)
        gone = set(removed)
        return [path for path, copies in duplicates.items() if not gone.issuperset(copies)]

    async def _withdraw(self, known: _KnownFiles, removed: Sequence[str], report: _ReportBuilder) -> None:
        for start in range(0, len(removed), _BATCH_FILES):
            batch = removed[start : start + _BATCH_FILES]
            now = self.clock()
            async with self.store.writing() as conn:
                for path in batch:
                    await documents.withdraw_document(conn, path, now=now)
            for path in batch:
                known.remove(path)
                report.removed += not path.endswith("/")  # folders that couldn't be listed aren't files

    async def _reject(self, known: _KnownFiles, lost: Sequence[_PreparedFile], report: _ReportBuilder) -> None:
        """Reject files that had stories and can't be read any more."""
        for start in range(0, len(lost), _BATCH_FILES):
            batch = [replace(file, outcome=_Outcome.REJECTED) for file in lost[start : start + _BATCH_FILES]]
            await self._store_batch(known, batch, report)
            for file in batch:
                known.missing_since.pop(file.changed.path, None)


class _OriginalWithdrawn(Exception):
    """The file of which another is a duplicate was withdrawn after the duplicate was read."""


_ACCEPTED = (DocumentStatus.STORED, DocumentStatus.DUPLICATE)


class _Outcome(Enum):
    """The result of reading and analysing a file."""

    UNCHANGED = auto()
    """It has the bytes that it had before."""
    DUPLICATE = auto()
    """It has the bytes of another file."""
    ANALYSED = auto()
    REJECTED = auto()
    LOST = auto()
    """It had stories and can't be read any more; whether many are lost at once decides what becomes of them."""
    WAITING = auto()
    """It changed while it was read; the next scan reads it."""
    OVERRAN = auto()
    """It took too long among the others and is read apart."""


@dataclass(frozen=True, slots=True, eq=False)
class _SlowFile:
    """A file, or a document that isn't one, that is read apart."""

    changed: ChangedFile
    document: ReadDocument | None


@dataclass(frozen=True, slots=True)
class _PreparedFile:
    """A file ready to be stored.

    `previous` is what the store has of it, `rejection` is set if it is rejected.
    """

    changed: ChangedFile
    facts: FileFacts
    previous: KnownFile | None
    outcome: _Outcome
    data: bytes = b""
    document: ReadDocument | None = None
    stories: tuple[PreparedStory, ...] = ()
    notes: tuple[str, ...] = ()
    rejection: Rejection | None = None

    @property
    def guild_id(self) -> int | None:
        """The server that alone sees its stories; files are for all."""
        return self.document.guild_id if self.document is not None else None


@dataclass(slots=True)
class _KnownFiles:
    """Facts about files, kept between scans; small, as there may be very many."""

    stamps: dict[str, FileStamp] = field(default_factory=dict)
    rejected: dict[str, Rejection] = field(default_factory=dict)
    missing_since: dict[str, datetime] = field(default_factory=dict)
    """Files that are gone, and since when, while their stories are kept."""
    devices: dict[str, int] = field(default_factory=dict)
    """Device numbers of the seeds folder, under "", and of folders in it where another device is mounted."""
    places: list[str] = field(default_factory=list)
    """Places from which the store's folder was read."""
    former_root: str | None = None
    """The seeds folder's path while it counted as another one, of which the operator now says that it is the store's."""
    samples: set[str] = field(default_factory=set)
    """Files of the sample news."""
    has_other_news: bool = False
    """Whether there is, or was since they were read, any news but samples."""
    _hash_prefixes: set[int] = field(default_factory=set)
    """The first 60 bits of the hashes of all stored bytes: small integers, and no two files share them by chance."""

    def add(self, path: str, stamp: FileStamp, sha256: str | None, rejection: Rejection | None) -> None:
        """Note a file; `rejection` is None when it was accepted."""
        self.stamps[path] = stamp
        if rejection is None:
            self.rejected.pop(path, None)
            self.add_hash(sha256)
            if is_sample(sha256):
                self.samples.add(path)
            else:
                self.samples.discard(path)
                self.has_other_news = True
        else:
            self.rejected[path] = rejection

    def add_prepared(self, file: _PreparedFile) -> None:
        """Note a file that was just stored."""
        if file.outcome not in (_Outcome.WAITING, _Outcome.OVERRAN, _Outcome.LOST):
            stamp = (file.facts.size, file.facts.mtime_ns, file.facts.inode)
            self.add(file.changed.path, stamp, file.facts.sha256, file.rejection)

    def remove(self, path: str) -> None:
        """Note that a file was withdrawn."""
        self.stamps.pop(path, None)
        self.rejected.pop(path, None)
        self.missing_since.pop(path, None)
        self.samples.discard(path)

    def add_hash(self, sha256: str | None) -> None:
        """Note that a file with these bytes is stored."""
        if sha256 is not None:
            self._hash_prefixes.add(_hash_prefix(sha256))

    def may_contain(self, sha256: str | None) -> bool:
        """Return False when no file with these bytes was ever stored."""
        return sha256 is not None and _hash_prefix(sha256) in self._hash_prefixes


def _hash_prefix(sha256: str) -> int:
    return int(sha256[:15], 16)


@dataclass(slots=True)
class _ReportBuilder:
    """A scan report in the making."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    stories: int = 0
    duplicates: int = 0
    rejected: list[tuple[str, Rejection]] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    lost: list[_PreparedFile] = field(default_factory=list)
    """Files that had stories and can't be read any more."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    held: int = 0
    held_until: datetime | None = None
    other_folder: bool = False
    samples_left_out: int = 0

    def add(self, file: _PreparedFile, stories: int) -> None:
        """Count a file that was stored, with the number of its stories."""
        path = file.changed.path
        match file.outcome:
            case _Outcome.UNCHANGED:
                self.unchanged += 1
                return
            case _Outcome.WAITING:
                self.waiting.append(path)
                return
            case _Outcome.OVERRAN:
                self.slow.append(path)
                return
            case _Outcome.LOST:
                self.lost.append(file)
                return
        if file.rejection is not None:
            self.rejected.append((path, file.rejection))
            return
        if file.previous is None or file.previous.status is DocumentStatus.WITHDRAWN:
            self.new += 1
        else:
            self.changed += 1
        self.stories += stories
        self.duplicates += stories == 0
        self.notes += [(path, note) for note in file.notes]

    def build(self) -> ScanReport:
        """Return the report, with paths that can be printed."""
        rejected = sorted(self.rejected, key=lambda item: item[0])
        return ScanReport(
            files=self.new + self.changed + self.unchanged + len(self.rejected) + len(self.waiting) + len(self.slow),
            new=self.new,
            changed=self.changed,
            unchanged=self.unchanged,
            removed=self.removed,
            rejected=tuple((printable_path(path), rejection) for path, rejection in rejected),
            stories=self.stories,
            duplicates=self.duplicates,
            waiting=tuple(printable_path(path) for path in sorted(self.waiting)),
            slow=tuple(printable_path(path) for path in sorted(self.slow)),
            notes=tuple((printable_path(path), note) for path, note in self.notes),
            held=self.held,
            held_until=self.held_until,
            other_folder=self.other_folder,
            samples_left_out=self.samples_left_out,
        )


def _runs(batch: Sequence[_PreparedFile], known: _KnownFiles) -> Iterator[Sequence[_PreparedFile]]:
    """Divide a batch into runs of files that can be stored together, in their order.

    Together are analysed files of few stories whose bytes are neither known nor those of one before.
    """
    run: list[_PreparedFile] = []
    stories = 0
    for file in batch:
        count = len(file.stories)
        alone = (
            file.outcome is not _Outcome.ANALYSED or count > _STORIES_TOGETHER or known.may_contain(file.facts.sha256)
        )
        if run and (alone or stories + count > _STORIES_TOGETHER):
            yield run
            run, stories = [], 0
        if alone:
            yield [file]
            continue
        run.append(file)
        stories += count
        known.add_hash(file.facts.sha256)
    if run:
        yield run


def _log_progress(progress: ScanProgress) -> None:
    log.info(
        "intake.progress",
        files=progress.files,
        of=progress.total,
        stories=progress.stories,
        stories_per_second=round(progress.stories_per_second, 1),
        seconds_left=round(progress.seconds_left or 0),
    )


def _document_stamp(document: ReadDocument) -> FileStamp:
    return sum(len(part.text) for part in document.parts), 0, 0


def _document_hash(document: ReadDocument) -> str:
    """Return a hash of a document's parts, in hex.

    The same for the same parts in every version of the program.
    """
    parts = [
        [part.text, part.one_story, part.title, part.url, part.published and part.published.isoformat(), part.source]
        for part in document.parts
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _without_future_time(origin: Origin, now: datetime) -> Origin:
    """Drop a time of publication in the future: the story would stay the newest for years."""
    late = origin.published_at is not None and origin.published_at > now
    return replace(origin, published_at=None) if late else origin


def _arrived_when_published(origin: Origin, oldest: datetime) -> Origin:
    """Count a story that a feed published before `oldest` as arrived then.

    A feed that is added, or recovers, brings its archive. That is found by search and filters, but no digest of today
    opens with it, as digests go by arrival.
    """
    is_old = origin.published_at is not None and origin.published_at < oldest
    return replace(origin, arrived_at=origin.published_at) if is_old else origin


def _current_devices(paths: SeedPaths, folders: Iterable[str]) -> dict[str, int]:
    """Return the device numbers of those of these folders that exist."""
    devices = {}
    for folder in folders:
        with suppress(OSError):
            devices[folder] = os.stat(paths.file_path(folder)).st_dev  # noqa: PTH116 - the paths are texts
    return devices


def _below(folder: str, paths: Iterable[str]) -> list[str]:
    """Return the stored paths of what is in a folder."""
    return [path for path in paths if path.startswith(folder.rstrip("/") + "/")]


def _run_scan(scan: FolderScan, paths: Iterable[str] | None, expected: bool) -> float:
    """Scan these paths, None for all; return the processor time in seconds.

    Raises SeedsUnavailable.
    """
    began = time.thread_time()
    try:
        if paths is None:
            os.listdir(scan.paths.root)  # noqa: PTH208 - raises the error that says what is wrong with it
        for path in [scan.paths.stored_path(scan.paths.root)] if paths is None else paths:
            scan.scan_path(path, expected=expected)
    except OSError as error:
        raise SeedsUnavailable(
            printable_path(scan.paths.file_path("")),
            f"the seeds folder can't be listed ({error.strerror or error}): create it, or set GAZETTE_SEEDS; "
            "no stories were removed",
        ) from error
    return time.thread_time() - began
