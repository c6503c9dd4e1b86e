"""The store follows added, changed, moved and removed files; a second scan changes nothing."""

from __future__ import annotations

import errno
import json
import os
import shutil
import socket
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.errors import SeedsUnavailable
from bot.intake import pipeline
from bot.intake.pipeline import Intake
from bot.intake.program import program_fingerprint
from bot.intake.types import ScanProgress, ScanReport
from bot.intake.worker_pool import DeadlineExceeded, DeadlineExecutor, WorkerDied
from bot.newsroom import rejections
from bot.newsroom.models import DocumentStatus
from bot.newsroom.rejections import Rejection, RejectReason
from bot.services.event_assignment import assign_events
from bot.settings import IntakeSettings, SummarySettings
from bot.store import documents
from bot.store.database import Store
from bot.store.documents import FileFacts
from bot.store.schema import document
from tests.clock import NOON, ManualClock
from tests.intake.binary_documents import pdf
from tests.intake.conftest import IntakeHarness, NewsFolder, leave_ungrouped, story_text
from tests.store.queries import all_files

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


def unchanged(report: ScanReport) -> ScanReport:
    """Return the report of a scan after one with this report."""
    return ScanReport(files=report.files, unchanged=report.files - len(report.rejected), rejected=report.rejected)


# Added, changed and removed files


async def test_a_file_becomes_stories_and_a_second_scan_changes_nothing(
    folder: NewsFolder, harness_on_both: IntakeHarness, open_harness: Callable[[Store], IntakeHarness]
) -> None:
    folder.write("b.txt", story_text(1))
    folder.write(
        "2026/a.jsonl", "\n".join(json.dumps({"title": f"Bridge {at}", "text": story_text(at)}) for at in (2, 3))
    )
    first = await harness_on_both.intake.scan()
    assert first == ScanReport(files=2, new=2, stories=3)
    assert await harness_on_both.paths() == ["2026/a.jsonl", "2026/a.jsonl", "b.txt"]
    assert await harness_on_both.intake.scan() == unchanged(first)
    assert await open_harness(harness_on_both.store).intake.scan() == unchanged(first)
    assert await harness_on_both.paths() == ["2026/a.jsonl", "2026/a.jsonl", "b.txt"]


async def test_metadata_of_a_source_is_stored(folder: NewsFolder, harness: IntakeHarness) -> None:
    row = {
        "title": "Bridge",
        "text": story_text(1),
        "url": "https://x.example/1",
        "published": "2026-11-19",
        "source": "Post",
    }
    folder.write("a.json", json.dumps(row))
    await harness.intake.scan()
    (line,) = await harness.lines()
    assert (line.headline, line.ref.source, line.ref.url) == ("Bridge", "Post", "https://x.example/1")
    assert line.published_at.isoformat() == "2026-11-19T00:00:00+00:00"
    assert line.arrived_at == NOON


async def test_a_story_from_the_future_is_published_when_it_arrives(folder: NewsFolder, harness: IntakeHarness) -> None:
    folder.write("a.json", json.dumps({"text": story_text(1), "date": "2126-01-01"}))
    await harness.intake.scan()
    assert (await harness.lines())[0].published_at == NOON


async def test_a_changed_file_keeps_the_ids_of_stories_that_did_not_change(
    folder: NewsFolder, harness_on_both: IntakeHarness
) -> None:
    folder.write("a.jsonl", "\n".join(json.dumps({"text": story_text(at)}) for at in (1, 2)))
    await harness_on_both.intake.scan()
    before = [line.id for line in await harness_on_both.lines()]
    folder.write("a.jsonl", "\n".join(json.dumps({"text": story_text(at)}) for at in (3, 2)))
    assert await harness_on_both.intake.scan() == ScanReport(files=1, changed=1, stories=2)
    after = [line.id for line in await harness_on_both.lines()]
    assert after[1] == before[1]
    assert after[0] not in before


async def test_a_file_that_was_only_touched_is_unchanged(folder: NewsFolder, harness: IntakeHarness) -> None:
    path = folder.write("a.txt", story_text(1))
    await harness.intake.scan()
    folder.age("a.txt", 10)
    copy = folder.write("copy.part", story_text(1))
    assert await harness.intake.scan() == ScanReport(files=1, unchanged=1)
    copy.replace(path)  # another inode, the same bytes
    assert await harness.intake.scan() == ScanReport(files=1, unchanged=1)


async def test_unchanged_files_are_not_opened(
    folder: NewsFolder, harness: IntakeHarness, open_harness: Callable[[Store], IntakeHarness]
) -> None:
    path = folder.write("a.txt", story_text(1))
    await harness.intake.scan()
    status = path.stat()
    path.write_text(story_text(2)[: status.st_size].ljust(status.st_size, "x"))
    os.utime(path, ns=(status.st_mtime_ns, status.st_mtime_ns))
    assert await open_harness(harness.store).intake.scan() == ScanReport(files=1, unchanged=1)  # nobody can see it


async def test_a_removed_file_takes_its_stories_and_brings_them_back(
    folder: NewsFolder, harness_on_both: IntakeHarness
) -> None:
    folder.write("a.txt", story_text(1))
    folder.write("sub/b.txt", story_text(2))
    await harness_on_both.intake.scan()
    before = [line.id for line in await harness_on_both.lines()]
    shutil.rmtree(folder.path / "sub")
    assert await harness_on_both.intake.scan() == ScanReport(files=1, unchanged=1, removed=1)
    assert await harness_on_both.paths() == ["a.txt"]
    assert await harness_on_both.intake.scan() == ScanReport(files=1, unchanged=1)
    folder.write("sub/b.txt", story_text(2))
    assert await harness_on_both.intake.scan() == ScanReport(files=2, new=1, unchanged=1, stories=1)
    assert [line.id for line in await harness_on_both.lines()] == before


async def test_a_moved_file_keeps_the_ids_of_its_stories(folder: NewsFolder, harness_on_both: IntakeHarness) -> None:
    folder.write("a.txt", story_text(1))
    folder.write("b.txt", story_text(2))
    await harness_on_both.intake.scan()
    before = {line.ref.path: line.id for line in await harness_on_both.lines()}
    (folder.path / "a.txt").rename(folder.path / "z.txt")
    report = await harness_on_both.intake.scan()
    assert (report.new, report.removed, report.unchanged) == (1, 1, 1)
    assert {line.ref.path: line.id for line in await harness_on_both.lines()} == {
        "z.txt": before["a.txt"],
        "b.txt": before["b.txt"],
    }


async def test_files_that_swap_names_keep_their_stories(folder: NewsFolder, harness: IntakeHarness) -> None:
    folder.write("a.txt", story_text(1))
    folder.write("b.txt", story_text(2))
    await harness.intake.scan()
    before = {line.ref.path: line.id for line in await harness.lines()}
    folder.write("a.txt", story_text(2))
    folder.write("b.txt", story_text(1))
    assert (await harness.intake.scan()).changed == 2
    after = {line.ref.path: line.headline for line in await harness.lines()}
    assert len(after) + sum(1 for at in (await harness.statuses()).values() if at is DocumentStatus.DUPLICATE) == 2
    assert len(await harness.lines()) == len(before)


# Duplicates


async def test_a_copy_under_another_name_adds_no_story(folder: NewsFolder, harness_on_both: IntakeHarness) -> None:
    for name in ("c.txt", "a.txt", "b.txt"):
        folder.write(name, story_text(1))
    assert await harness_on_both.intake.scan() == ScanReport(files=3, new=3, stories=1, duplicates=2)
    assert await harness_on_both.paths() == ["a.txt"]
    (folder.path / "a.txt").unlink()
    report = await harness_on_both.intake.scan()
    assert (report.removed, report.unchanged) == (1, 2)
    assert await harness_on_both.paths() == ["b.txt"]


async def test_a_copy_that_changes_adds_a_story(folder: NewsFolder, harness: IntakeHarness) -> None:
    folder.write("a.txt", story_text(1))
    folder.write("b.txt", story_text(1))
    await harness.intake.scan()
    folder.write("b.txt", story_text(2))
    assert await harness.intake.scan() == ScanReport(files=2, changed=1, unchanged=1, stories=1)
    assert await harness.paths() == ["a.txt", "b.txt"]


async def test_the_copy_inherits_the_stories_of_an_original_that_changes(
    folder: NewsFolder, harness: IntakeHarness
) -> None:
    folder.write("a.txt", story_text(1))
    folder.write("b.txt", story_text(1))
    await harness.intake.scan()
    (before,) = await harness.lines()
    folder.write("a.txt", story_text(2))
    await harness.intake.scan()
    assert {line.ref.path: line.id for line in await harness.lines()}["b.txt"] == before.id
    assert len(await harness.lines()) == 2


# Rejected files


async def test_bad_files_are_stored_with_their_reason_and_stop_nothing(
    folder: NewsFolder, harness_on_both: IntakeHarness, open_harness: Callable[[Store], IntakeHarness]
) -> None:
    folder.write("a.txt", story_text(1))
    folder.write("bad.json", "{")
    folder.write("empty.txt", "")
    folder.write("photo.png", b"\x89PNG\r\n\x1a\n")
    folder.write("letter.txt", b"{\\rtf1 The harbour reopened.}")
    folder.write("pdf.txt", b"%PDF-1.7")
    folder.write("dashes.txt", "----\n====\n")
    with (folder.path / "large.txt").open("wb") as file:
        file.truncate(100_000_000)
    folder.age("large.txt", 60)
    os.mkfifo(folder.path / "pipe.txt")
    first = await harness_on_both.intake.scan()
    assert (first.files, first.new, first.stories) == (9, 1, 1)
    reasons = {path: rejection.reason for path, rejection in first.rejected}
    assert list(reasons) == sorted(reasons)
    assert reasons == {
        "bad.json": RejectReason.INVALID_JSON,
        "empty.txt": RejectReason.EMPTY,
        "photo.png": RejectReason.UNSUPPORTED_EXTENSION,
        "letter.txt": RejectReason.UNSUPPORTED_DOCUMENT,
        "pdf.txt": RejectReason.DAMAGED,
        "dashes.txt": RejectReason.NO_STORY,
        "large.txt": RejectReason.TOO_LARGE,
        "pipe.txt": RejectReason.NAMED_PIPE,
    }
    assert await harness_on_both.intake.scan() == unchanged(first)
    assert await open_harness(harness_on_both.store).intake.scan() == unchanged(first)
    folder.write("bad.json", json.dumps({"text": story_text(2)}))
    third = await harness_on_both.intake.scan()
    assert (third.changed, third.stories, len(third.rejected)) == (1, 1, 7)


async def test_a_pdf_that_lacked_its_package_is_read_once_it_is_there(
    folder: NewsFolder, harness: IntakeHarness, open_harness: Callable[[Store], IntakeHarness]
) -> None:
    folder.write("a.pdf", pdf(["The harbour of Oslo reopened on Monday after a storm, officials said."]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "pypdf", None)
        first = await harness.intake.scan()
        assert [rejection.reason for _, rejection in first.rejected] == [RejectReason.PACKAGE_MISSING]
        assert await open_harness(harness.store).intake.scan() == unchanged(first)
    assert (await open_harness(harness.store).intake.scan()).stories == 1


async def test_a_page_that_is_only_navigation_is_rejected_as_one(folder: NewsFolder, harness: IntakeHarness) -> None:
    menu = ["Skip to content", "News", "World", "Sport", "Weather", "Subscribe", "Sign in", "Most read"]
    links = ["Five walks for a wet weekend", "How a teacher built a telescope", "Privacy policy", "Terms of use"]
    folder.write("menu.txt", "\n".join([*menu, *links, "© 2026 The Lantern. All rights reserved."]))
    report = await harness.intake.scan()
    ((path, rejection),) = report.rejected
    assert (path, rejection.reason) == ("menu.txt", RejectReason.NAVIGATION_PAGE)
    assert "navigation page" in rejection.message


async def test_a_file_that_turns_bad_loses_its_stories(folder: NewsFolder, harness: IntakeHarness) -> None:
    folder.write("a.txt", story_text(1))
    await harness.intake.scan()
    folder.write("a.txt", b"\x00\x01\x02" * 100)
    report = await harness.intake.scan()
    assert [path for path, _ in report.rejected] == ["a.txt"]
    assert await harness.lines() == []


async def test_a_file_that_was_too_large_is_read_once_that_is_allowed(
    folder: NewsFolder, harness: IntakeHarness, threads: DeadlineExecutor, clock: ManualClock
) -> None:
    path = folder.write("a.txt", story_text(1) + "\n" * 200_000)
    too_large = Rejection(RejectReason.TOO_LARGE, {"size": path.stat().st_size, "max_bytes": 200_000})
    assert (await harness.intake.scan()).rejected == (("a.txt", too_large),)
    options = IntakeSettings(seeds=folder.path)
    generous = Intake(harness.store, options, SummarySettings(), threads, clock, assign_events=leave_ungrouped)
    assert (await generous.scan()).stories == 1


@pytest.fixture
def reworded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace all messages: no behaviour may depend on them."""
    monkeypatch.setattr(rejections, "_MESSAGES", {reason: f"is not taken ({reason.name})" for reason in RejectReason})


@pytest.mark.usefixtures("reworded")
async def test_rewording_the_messages_changes_no_behaviour(
    folder: NewsFolder,
    harness: IntakeHarness,
    threads: DeadlineExecutor,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder.write("bug.txt", story_text(1))
    folder.write("empty.txt", "")
    folder.write("large.txt", story_text(2) + "\n" * 200_000)
    settings, wrong = (
        IntakeSettings(seeds=folder.path, max_bytes=200_000),
        SummarySettings.model_construct(engine="none"),
    )
    first = await Intake(harness.store, settings, wrong, threads, clock, assign_events=leave_ungrouped).scan()
    assert [rejection.message for _, rejection in first.rejected] == [
        "is not taken (INTERNAL_ERROR)",
        "is not taken (EMPTY)",
        "is not taken (TOO_LARGE)",
    ]
    monkeypatch.setattr("bot.intake.refusals.program_fingerprint", lambda: "another")
    generous = IntakeSettings(seeds=folder.path)
    second = await Intake(
        harness.store, generous, SummarySettings(), threads, clock, assign_events=leave_ungrouped
    ).scan()
    assert (second.changed, second.stories) == (2, 2)
    assert [path for path, _ in second.rejected] == ["empty.txt"]


async def test_files_that_an_earlier_version_rejected_are_examined_once_more(
    folder: NewsFolder, harness_on_both: IntakeHarness, open_harness: Callable[[Store], IntakeHarness]
) -> None:
    folder.write("a.txt", story_text(1))
    folder.write("empty.txt", "")
    first = await harness_on_both.intake.scan()
    async with harness_on_both.store.writing() as conn:
        facts = (await all_files(conn))["a.txt"]
        known = FileFacts(facts.size, facts.mtime_ns, facts.inode)
        await documents.reject_document(conn, "a.txt", known, Rejection(RejectReason.EMPTY), now=NOON)
        await conn.execute(
            document.update()
            .where(document.c.status == DocumentStatus.REJECTED.value)
            .values(reason="is too large: 9 bytes, of which 8 are allowed; raise intake.max_bytes")
        )
    later = open_harness(harness_on_both.store)
    assert await later.intake.scan() == ScanReport(files=2, changed=1, stories=1, rejected=first.rejected)
    assert await later.intake.scan() == unchanged(first)
    assert await open_harness(harness_on_both.store).intake.scan() == unchanged(first)


async def test_hidden_and_temporary_files_are_ignored(folder: NewsFolder, harness: IntakeHarness) -> None:
    for name in (
        ".hidden.txt",
        "a.txt~",
        ".a.txt.swp",
        "a.txt.part",
        "a.txt.tmp",
        "#a.txt#",
        ".git/a.txt",
        "Thumbs.db",
    ):
        folder.write(name, story_text(1))
    assert await harness.intake.scan() == ScanReport()


async def test_names_that_are_not_utf8_are_stored(
    folder: NewsFolder, harness_on_both: IntakeHarness, open_harness: Callable[[Store], IntakeHarness]
) -> None:
    name = os.fsdecode(b"caf\xe9\\ \n%.txt")
    folder.write(name, story_text(1))
    folder.write(os.fsdecode(b"\xff.txt"), "")
    first = await harness_on_both.intake.scan()
    assert first.rejected == (("\\xff.txt", Rejection(RejectReason.EMPTY)),)
    assert await harness_on_both.paths() == [name]
    assert await open_harness(harness_on_both.store).intake.scan() == unchanged(first)


async def test_links_are_followed_within_the_folder_only(
    folder: NewsFolder, harness: IntakeHarness, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(story_text(1))
    folder.write("real.txt", story_text(2))
    (folder.path / "out.txt").symlink_to(outside)
    (folder.path / "in.txt").symlink_to("real.txt")
    (folder.path / "nowhere.txt").symlink_to("absent.txt")
    (folder.path / "one.txt").symlink_to("two.txt")
    (folder.path / "two.txt").symlink_to("one.txt")
    (folder.path / "round").symlink_to(folder.path)
    first = await harness.intake.scan()
    assert (first.files, first.new, first.duplicates) == (7, 2, 1)
    assert dict(first.rejected) == {
        "out.txt": Rejection(RejectReason.LINK_OUTSIDE),
        "nowhere.txt": Rejection(RejectReason.DANGLING_LINK),
        "one.txt": Rejection(RejectReason.LINK_LOOP),
        "two.txt": Rejection(RejectReason.LINK_LOOP),
        "round": Rejection(RejectReason.LINK_TO_FOLDER),
    }
    assert await harness.intake.scan() == unchanged(first)


async def test_a_socket_is_rejected(
    folder: NewsFolder, harness: IntakeHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.path)  # addresses of sockets are short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.txt")
        assert (await harness.intake.scan()).rejected == (("s.txt", Rejection(RejectReason.SOCKET)),)


async def test_an_unreadable_subfolder_withdraws_nothing(
    folder: NewsFolder, harness: IntakeHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("a.txt", story_text(1))
    folder.write("sub/b.txt", story_text(2))
    await harness.intake.scan()
    scandir = os.scandir

    def refuse(place: str) -> object:
        if place.endswith("sub"):
            raise PermissionError(errno.EACCES, "Permission denied", place)
        return scandir(place)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refuse)  # chmod would not keep root out
        report = await harness.intake.scan()
        assert await harness.intake.scan() == report
    assert (report.removed, [path for path, _ in report.rejected]) == (0, ["sub/"])
    assert report.rejected[0][1] == Rejection(RejectReason.FOLDER_UNREADABLE, {"error": "Permission denied"})
    assert await harness.paths() == ["a.txt", "sub/b.txt"]
    assert await harness.intake.scan() == ScanReport(files=2, unchanged=2)


async def test_a_missing_seeds_folder_withdraws_nothing(folder: NewsFolder, harness: IntakeHarness) -> None:
    folder.write("a.txt", story_text(1))
    await harness.intake.scan()
    folder.path.rename(folder.path.with_name("moved"))
    with pytest.raises(SeedsUnavailable, match="no stories were removed"):
        await harness.intake.scan()
    folder.path.write_text("a file in its place")
    with pytest.raises(SeedsUnavailable):
        await harness.intake.scan()
    assert await harness.paths() == ["a.txt"]


# Files that are being written


async def test_a_file_that_has_just_changed_waits_for_the_next_patient_scan(
    folder: NewsFolder, harness: IntakeHarness, clock: ManualClock
) -> None:
    folder.write("a.txt", story_text(1), age=1.5)
    folder.write("empty.txt", "", age=0)
    assert await harness.intake.scan(patient=True) == ScanReport(files=2, waiting=("a.txt", "empty.txt"))
    assert await harness.lines() == []
    clock.advance(seconds=1)
    report = await harness.intake.scan(patient=True)
    assert (report.new, report.waiting) == (1, ("empty.txt",))


async def test_an_explicit_scan_reads_recent_files_that_are_stable(folder: NewsFolder, harness: IntakeHarness) -> None:
    folder.write("a.txt", story_text(1), age=0.5)
    assert await harness.intake.scan() == ScanReport(files=1, new=1, stories=1)


class InlineWorkers(DeadlineExecutor):
    """Runs the work at once, after calling `before` with the job and its deadline."""

    width = 1

    def __init__(self, before: Callable[[Any, float | None], None]) -> None:
        self._before = before

    def submit_within(self, seconds: float | None, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            self._before(args[0], seconds)
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001,RUF100 - goes to who waits, as executors do
            future.set_exception(error)
        return future


async def test_a_file_that_changes_after_it_was_read_is_read_again_by_the_next_scan(
    folder: NewsFolder, harness: IntakeHarness, clock: ManualClock
) -> None:
    path = folder.write("a.txt", story_text(1))

    def rewrite(_job: object, _seconds: object) -> None:
        if path.read_text() == story_text(1):
            folder.write("a.txt", story_text(2))

    intake = Intake(
        harness.store,
        IntakeSettings(seeds=folder.path),
        SummarySettings(),
        InlineWorkers(rewrite),
        clock,
        assign_events=leave_ungrouped,
    )
    assert (await intake.scan()).new == 1
    assert (await intake.scan()).changed == 1
    assert "number 2" in (await harness.lines())[0].headline


async def test_a_file_that_kills_its_worker_is_rejected(
    folder: NewsFolder, harness: IntakeHarness, clock: ManualClock
) -> None:
    folder.write("a.txt", story_text(1))
    folder.write("killer.txt", story_text(2))

    def kill(job: Any, _seconds: object) -> None:
        if job.name == "killer.txt":
            raise WorkerDied("it died")

    intake = Intake(
        harness.store,
        IntakeSettings(seeds=folder.path),
        SummarySettings(),
        InlineWorkers(kill),
        clock,
        assign_events=leave_ungrouped,
    )
    report = await intake.scan()
    assert report.new == 1
    program = {"program": f"{program_fingerprint()} newsrank"}
    assert report.rejected == (("killer.txt", Rejection(RejectReason.WORKER_DIED, program)),)


async def test_a_file_over_its_deadline_is_rejected_and_read_once_it_gets_more_time(
    folder: NewsFolder, harness: IntakeHarness, clock: ManualClock
) -> None:
    size = folder.write("slow.txt", story_text(1)).stat().st_size
    needed = 20 + size / 1000
    folder.write("a.txt", story_text(2))

    def overrun(job: Any, seconds: float | None) -> None:
        if job.name == "slow.txt" and seconds is not None and seconds < needed:
            raise DeadlineExceeded(seconds)

    def with_time(seconds: float) -> Intake:
        settings = IntakeSettings(seeds=folder.path, parse_seconds=seconds, parse_seconds_per_megabyte=1000)
        workers = InlineWorkers(overrun)
        return Intake(harness.store, settings, SummarySettings(), workers, clock, assign_events=leave_ungrouped)

    first = await with_time(10).scan()
    assert (first.new, first.rejected) == (
        1,
        (
            (
                "slow.txt",
                Rejection(
                    RejectReason.TIMEOUT, {"seconds": 10 + size / 1000, "program": f"{program_fingerprint()} newsrank"}
                ),
            ),
        ),
    )
    assert await with_time(10).scan() == unchanged(first)
    assert (await with_time(20).scan()).changed == 1


# Paths


async def test_a_file_outside_the_folder_is_stored_under_its_absolute_path(
    folder: NewsFolder, harness: IntakeHarness, tmp_path: Path
) -> None:
    folder.write("a.txt", story_text(1))
    await harness.intake.scan()
    other = tmp_path / "other"
    other.mkdir()
    for at in (2, 3):
        (other / f"{at}.txt").write_text(story_text(at))
    assert await harness.intake.scan([other]) == ScanReport(files=2, new=2, stories=2)
    assert await harness.paths() == sorted(["a.txt", f"{other}/2.txt", f"{other}/3.txt"])
    assert await harness.intake.scan([other / "2.txt", folder.path / "a.txt"]) == ScanReport(files=2, unchanged=2)
    assert await harness.intake.scan() == ScanReport(files=1, unchanged=1)
    (other / "3.txt").unlink()
    assert await harness.intake.scan([other]) == ScanReport(files=1, unchanged=1, removed=1)
    assert await harness.paths() == sorted(["a.txt", f"{other}/2.txt"])


async def test_a_rejected_file_is_logged_once(folder: NewsFolder, harness: IntakeHarness) -> None:
    folder.write("empty.txt", "")
    with capture_logs() as logged:
        await harness.intake.scan()
        await harness.intake.scan()
    named = [(each["path"], each["reason"], each["detail"]) for each in logged if each["event"] == "intake.rejected"]
    assert named == [("empty.txt", "empty", "is empty")]


async def test_a_subfolder_can_be_scanned_alone(folder: NewsFolder, harness: IntakeHarness) -> None:
    folder.write("x/a.txt", story_text(1))
    folder.write("xy/b.txt", story_text(2))
    await harness.intake.scan()
    (folder.path / "x" / "a.txt").unlink()
    (folder.path / "xy" / "b.txt").unlink()
    assert await harness.intake.scan([folder.path / "x"]) == ScanReport(removed=1)
    assert await harness.paths() == ["xy/b.txt"]


async def test_a_missing_path_is_rejected_and_its_files_withdrawn(folder: NewsFolder, harness: IntakeHarness) -> None:
    folder.write("sub/a.txt", story_text(1))
    await harness.intake.scan()
    shutil.rmtree(folder.path / "sub")
    report = await harness.intake.scan([folder.path / "sub", folder.path / "never.txt"])
    assert report == ScanReport(files=1, removed=1, rejected=(("never.txt", Rejection(RejectReason.MISSING)),))


async def test_a_rescan_follows_reported_changes(folder: NewsFolder, harness: IntakeHarness) -> None:
    folder.write("a.txt", story_text(1))
    folder.write("sub/b.txt", story_text(2))
    await harness.intake.rescan([folder.path / "a.txt", folder.path / "gone.txt", folder.path / "sub"])
    assert await harness.paths() == ["a.txt", "sub/b.txt"]
    (folder.path / "a.txt").unlink()
    assert await harness.intake.rescan([folder.path / "a.txt"]) == ScanReport(removed=1)


# Whole scans


async def test_progress_is_reported(folder: NewsFolder, harness: IntakeHarness) -> None:
    for at in range(40):
        folder.write(f"{at:02}.txt", story_text(at))
    calls: list[ScanProgress] = []
    await harness.intake.scan(progress=calls.append)
    files = [call.files for call in calls]
    assert files == sorted(files)
    assert (calls[-1].files, calls[-1].total, calls[-1].stories) == (40, 40, 40)
    assert calls[-1].stories_per_second == 40 / calls[-1].seconds
    assert calls[-1].seconds_left == 0


async def test_a_long_scan_logs_its_progress(
    folder: NewsFolder, harness: IntakeHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_LOG_SECONDS", 0.0)
    for at in range(70):
        folder.write(f"{at:02}.txt", story_text(at))
    with capture_logs() as logs:
        await harness.intake.scan()
    lines = [line for line in logs if line["event"] == "intake.progress"]
    assert [(line["of"], line["stories"] == line["files"]) for line in lines] == [(70, True)] * len(lines)
    assert lines


async def test_the_next_scan_repeats_what_the_store_failed_to_do(
    folder: NewsFolder, harness: IntakeHarness, clock: ManualClock
) -> None:
    for at in range(3):
        folder.write(f"{at}.txt", story_text(at))
    calls = 0

    async def fail_once(_conn: object, _stories: Sequence[object], _now: object) -> None:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise RuntimeError("the harness stumbles")

    options = IntakeSettings(seeds=folder.path)
    with InlineWorkers(lambda _job, _seconds: None) as executor:
        intake = Intake(harness.store, options, SummarySettings(), executor, clock, assign_events=fail_once)
        with pytest.raises(RuntimeError, match="stumbles"):
            await intake.scan()
        assert await harness.lines() == []
        assert (await intake.scan()).new == 3


async def test_reports_of_the_same_thing_join_one_event(
    folder: NewsFolder, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    folder.write("a.txt", story_text(1))
    folder.write("b.txt", story_text(1) + " Nobody spoke against it.")
    folder.write("c.txt", "Ferries to the islands stay in port until Thursday, as a gale blows from the north sea.")
    intake = Intake(
        harness.store,
        IntakeSettings(seeds=folder.path),
        SummarySettings(),
        threads,
        harness.clock,
        assign_events=assign_events,
    )
    await intake.scan()
    one, other, third = (line.event_id for line in await harness.lines())
    assert one == other != third


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared seeds are not there")
async def test_the_shared_seeds_are_ingested(
    harness: IntakeHarness, threads: DeadlineExecutor, clock: ManualClock
) -> None:
    intake = Intake(
        harness.store, IntakeSettings(seeds=SEEDS), SummarySettings(), threads, clock, assign_events=leave_ungrouped
    )
    first = await intake.scan()
    assert (first.files, first.new, first.rejected) == (1, 1, ())
    source = next(SEEDS.iterdir()).read_text()
    lines = await harness.lines()
    assert len(lines) == first.stories
    assert all(sentence.text in source for line in lines for sentence in line.summary)


CONTENTS = st.sampled_from(
    [
        story_text(1),
        story_text(2),
        story_text(1) + "\n" + story_text(2),
        "",
        "{",
        '{"text": "Ports open again today."}',
        "\x00" * 50,
        "--",
    ]
)
NAMES = st.sampled_from(["a.txt", "b.txt", "b.json", "s/a.txt", "s/c.md", "t/c.html", "photo.png"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(NAMES, CONTENTS, max_size=5), min_size=1, max_size=4))
async def test_after_any_changes_a_second_scan_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    sqlite_template: Path,
    threads: DeadlineExecutor,
    states: list[dict[str, str]],
) -> None:
    home = tmp_path_factory.mktemp("law")
    folder = NewsFolder(home / "seeds")
    folder.path.mkdir()
    shutil.copyfile(sqlite_template, home / "db.sqlite3")
    clock = ManualClock()
    async with Store.open(f"sqlite+aiosqlite:///{home / 'db.sqlite3'}") as store:
        options = IntakeSettings(seeds=folder.path, hold_hours=0)
        intake = Intake(store, options, SummarySettings(engine="lead"), threads, clock, assign_events=leave_ungrouped)
        for state in states:
            shutil.rmtree(folder.path)
            folder.path.mkdir()
            for name, text in state.items():
                folder.write(name, text)
            first = await intake.scan()
            assert first.files == len(state)
            lines = await IntakeHarness(store, intake, clock).lines()
            assert {line.ref.path for line in lines} <= set(state)
            assert await intake.scan() == unchanged(first)
            fresh = Intake(
                store, options, SummarySettings(engine="lead"), threads, clock, assign_events=leave_ungrouped
            )
            assert await fresh.scan() == unchanged(first)
            assert await IntakeHarness(store, intake, clock).lines() == lines


async def test_a_file_with_an_internal_error_is_retried_once_the_program_changes(
    folder: NewsFolder,
    harness: IntakeHarness,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder.write("a.txt", story_text(1))
    wrong = SummarySettings.model_construct(engine="no-such-engine", sentences=3)
    tried: list[str] = []
    workers = InlineWorkers(lambda job, _seconds: tried.append(job.name))

    def started(summary: SummarySettings) -> Intake:
        settings = IntakeSettings(seeds=folder.path)
        return Intake(harness.store, settings, summary, workers, clock, assign_events=leave_ungrouped)

    faulty = started(wrong)
    first = await faulty.scan()
    assert first.rejected[0][1].reason is RejectReason.INTERNAL_ERROR
    assert await faulty.scan() == first
    assert await started(wrong).scan() == first
    assert tried == ["a.txt"]
    with monkeypatch.context() as patch:
        patch.setattr("bot.intake.refusals.program_fingerprint", lambda: "another")
        assert (await started(wrong).scan()).rejected[0][1].reason is RejectReason.INTERNAL_ERROR
    assert tried == ["a.txt", "a.txt"]
    assert (await started(SummarySettings()).scan()).stories == 1  # another engine may be able to


async def test_a_document_of_many_stories_keeps_their_order(folder: NewsFolder, harness: IntakeHarness) -> None:
    rows = "\n".join(json.dumps({"title": f"Bridge {at}", "text": story_text(at)}) for at in range(300))
    folder.write("a.jsonl", rows)
    folder.write("b.txt", story_text(301))
    report = await harness.intake.scan()
    assert (report.new, report.stories) == (2, 301)
    lines = [line for line in await harness.lines() if line.ref.path == "a.jsonl"]
    assert [line.ref.position for line in lines] == list(range(300))
    assert [line.headline for line in lines] == [f"Bridge {at}" for at in range(300)]
