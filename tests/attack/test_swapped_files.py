"""Attempt: swap a file, or a folder above it, after the scan saw it, so that a file outside the folder is published."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from bot.intake import safe_open
from bot.intake.file_reader import FileChanged, read_folder_file
from bot.intake.pipeline import Intake
from bot.intake.safe_open import FileIdentity, FolderFile
from bot.newsroom.rejections import Rejection, RejectReason
from bot.settings import IntakeSettings, SummarySettings
from bot.store.database import Store
from tests.clock import ManualClock
from tests.intake.conftest import IntakeHarness, NewsFolder, ThreadWorkers, leave_ungrouped, story_text

FILES = 60
"""More files than intake opens before the first one is analysed."""

SECRET = "The password of the harbour office in Oslo is TOP-SECRET-4711, and nobody may know it."


class SwappingWorkers(ThreadWorkers):
    """Workers that call `swap` when the first document arrives: by then all files were scanned and few opened."""

    swap: Callable[[], object] | None = None

    def submit_within(self, seconds: float | None, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if self.swap is not None:
            swap, self.swap = self.swap, None
            swap()
        return super().submit_within(seconds, fn, *args, **kwargs)


@pytest.fixture
def workers() -> Iterator[SwappingWorkers]:
    with SwappingWorkers() as workers:
        yield workers


@pytest.fixture
def swapped(folder: NewsFolder, sqlite_store: Store, workers: SwappingWorkers, clock: ManualClock) -> IntakeHarness:
    """An intake of a folder in which many files come before those that a test swaps."""
    for number in range(FILES):
        folder.write(f"a{number:02}.txt", story_text(number))
    settings = IntakeSettings(seeds=folder.path)
    intake = Intake(sqlite_store, settings, SummarySettings(), workers, clock, assign_events=leave_ungrouped)
    return IntakeHarness(sqlite_store, intake, clock)


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the seeds folder that has the secret under several names."""
    for name in ("secret.env", "zz.txt", "deep/zz.txt"):
        path = tmp_path / "outside" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SECRET)
    return tmp_path / "outside"


def _replace(path: Path, make: Callable[[Path], object]) -> None:
    path.rename(path.with_name("." + path.name))
    make(path)


def _open_files() -> int:
    return sum(1 for _ in Path("/dev/fd").iterdir())


async def _assert_nothing_leaked(harness: IntakeHarness, path: str) -> None:
    report = await harness.intake.scan()
    assert report.waiting == (path,)
    assert not any("4711" in line.headline for line in await harness.lines())
    assert path not in await harness.paths()
    assert report.new == FILES
    await harness.intake.scan()
    assert not any("4711" in line.headline for line in await harness.lines())


@pytest.mark.parametrize("kind", ["link", "relative link", "hard link", "chain of links", "another file"])
async def test_a_file_swapped_for_one_outside_isn_t_read(
    folder: NewsFolder, outside: Path, swapped: IntakeHarness, workers: SwappingWorkers, kind: str
) -> None:
    path, secret = folder.write("zz.txt", story_text(150)), outside / "secret.env"
    between = outside / "between"
    between.symlink_to(secret)
    make: dict[str, Callable[[Path], object]] = {
        "link": lambda path: path.symlink_to(secret),
        "relative link": lambda path: path.symlink_to("../outside/secret.env"),
        "hard link": lambda path: os.link(secret, path),
        "chain of links": lambda path: path.symlink_to(between),
        "another file": lambda path: secret.rename(path),
    }
    workers.swap = lambda: _replace(path, make[kind])
    report = await swapped.intake.scan()
    assert (report.new, report.waiting) == (FILES, ("zz.txt",))
    assert not any("4711" in line.headline for line in await swapped.lines())


@pytest.mark.parametrize("below", ["sub", "sub/deep", "sub/deep/deeper"])
@pytest.mark.parametrize("level", [0, -1])
async def test_a_folder_swapped_for_a_link_isn_t_followed(
    folder: NewsFolder, outside: Path, swapped: IntakeHarness, workers: SwappingWorkers, below: str, level: int
) -> None:
    path = folder.write(f"{below}/zz.txt", story_text(150))
    parents = list(reversed(path.relative_to(folder.path).parents))[1:]
    chosen = folder.path / parents[level]
    target = outside / "tree" / path.relative_to(chosen).parent
    target.mkdir(parents=True)
    (target / "zz.txt").write_text(SECRET)
    workers.swap = lambda: _replace(chosen, lambda path: path.symlink_to(outside / "tree"))
    await _assert_nothing_leaked(swapped, f"{below}/zz.txt")


async def test_a_folder_swapped_for_a_link_to_the_very_file_isn_t_followed(
    folder: NewsFolder, outside: Path, swapped: IntakeHarness, workers: SwappingWorkers
) -> None:
    path = folder.write("sub/zz.txt", story_text(150))
    (outside / "tree").mkdir()
    os.link(path, outside / "tree" / "zz.txt")  # so that device and inode are right
    workers.swap = lambda: _replace(path.parent, lambda path: path.symlink_to(outside / "tree"))
    await _assert_nothing_leaked(swapped, "sub/zz.txt")


@pytest.mark.parametrize("what", ["the link", "its target", "a folder of the target"])
async def test_a_link_that_was_allowed_isn_t_followed_elsewhere(
    folder: NewsFolder, outside: Path, swapped: IntakeHarness, workers: SwappingWorkers, what: str
) -> None:
    target = folder.write("x/real.dat", story_text(150))
    link = folder.path / "zz.txt"
    link.symlink_to("x/real.dat")
    (outside / "real.dat").write_text(SECRET)
    chosen, leads = {
        "the link": (link, outside / "secret.env"),
        "its target": (target, outside / "secret.env"),
        "a folder of the target": (target.parent, outside),
    }[what]
    workers.swap = lambda: _replace(chosen, lambda path: path.symlink_to(leads))
    report = await swapped.intake.scan()
    assert not any("4711" in line.headline for line in await swapped.lines())
    if what == "the link":  # its former target was the file that the scan saw, and still is in the folder
        assert report.new == FILES + 1
    else:
        assert report.waiting == ("zz.txt",)
    report = await swapped.intake.scan()
    assert ("zz.txt", Rejection(RejectReason.LINK_OUTSIDE)) in report.rejected
    assert not any("4711" in line.headline for line in await swapped.lines())


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
async def test_what_is_no_file_any_more_is_not_opened(
    folder: NewsFolder, swapped: IntakeHarness, workers: SwappingWorkers, kind: str
) -> None:
    make: dict[str, Callable[[Path], object]] = {
        "pipe": os.mkfifo,
        "folder": os.mkdir,
        "device": lambda path: path.symlink_to("/dev/zero"),
    }
    path = folder.write("zz.txt", story_text(150))
    workers.swap = lambda: _replace(path, make[kind])
    await _assert_nothing_leaked(swapped, "zz.txt")


async def test_a_file_that_an_editor_replaced_is_read_by_the_next_scan(
    folder: NewsFolder, swapped: IntakeHarness, workers: SwappingWorkers
) -> None:
    path = folder.write("zz.txt", story_text(150))
    folder.write("new.part", story_text(151))
    workers.swap = lambda: (folder.path / "new.part").replace(path)
    assert (await swapped.intake.scan()).waiting == ("zz.txt",)
    assert (await swapped.intake.scan()).new == 1
    assert any("number 51" in line.headline for line in await swapped.lines())


@pytest.mark.parametrize("name", ["sub/zz.txt", "sub/deep/zz.txt", "sub", "sub/deep"])
async def test_a_notification_from_behind_a_link_reads_nothing(
    folder: NewsFolder, outside: Path, swapped: IntakeHarness, name: str
) -> None:
    (folder.path / "sub").symlink_to(outside)
    await swapped.intake.scan()
    await swapped.intake.rescan([folder.path / name])
    assert not any("4711" in line.headline for line in await swapped.lines())
    assert "sub" not in {path.split("/")[0] for path in await swapped.paths()}


async def test_links_within_the_folder_keep_working(folder: NewsFolder, swapped: IntakeHarness) -> None:
    folder.write("x/real.dat", story_text(150))
    folder.write("x/other.dat", story_text(151))
    (folder.path / "y").symlink_to("x")
    (folder.path / "b.txt").symlink_to("x/real.dat")
    (folder.path / "x" / "c.txt").symlink_to("../y/other.dat")
    await swapped.intake.scan()
    assert {"b.txt", "x/c.txt"} <= set(await swapped.paths())
    report = await swapped.intake.rescan([folder.path / "x", folder.path / "b.txt"])
    assert (report.changed, report.removed, report.unchanged) == (0, 0, 2)


@pytest.mark.parametrize("walk", [True, False], ids=["by descriptors", "by resolved paths"])
@pytest.mark.parametrize("kind", ["itself", "link", "hard link", "linked folder", "pipe"])
def test_only_the_file_that_was_scanned_is_opened(
    tmp_path: Path, outside: Path, monkeypatch: pytest.MonkeyPatch, walk: bool, kind: str
) -> None:
    if not walk:
        monkeypatch.setattr(safe_open, "_CAN_WALK", False)  # as on Windows
    root = tmp_path / "seeds"
    (root / "sub").mkdir(parents=True)
    path = root / "sub" / "zz.txt"
    path.write_text("The ferry sails.")
    file = FolderFile(os.fspath(root.resolve()), os.fspath(path.relative_to(root)), FileIdentity.of(path.stat()))
    if kind == "link":
        _replace(path, lambda path: path.symlink_to(outside / "secret.env"))
    elif kind == "hard link":
        _replace(path, lambda path: os.link(outside / "secret.env", path))
    elif kind == "linked folder":
        _replace(path.parent, lambda path: path.symlink_to(outside))
    elif kind == "pipe":
        _replace(path, os.mkfifo)
    if kind == "itself":
        assert read_folder_file(file, 1000).data == b"The ferry sails."
        return
    before = _open_files()
    with pytest.raises(FileChanged):
        read_folder_file(file, 1000)
    assert _open_files() == before
