"""No scan of another folder withdraws the store's files, nor what never was a file."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.intake.folder_identity import PLACES_KEY
from bot.intake.pipeline import Intake
from bot.intake.worker_pool import DeadlineExecutor
from bot.services.transfer import export_rows, import_rows, prepare_rows
from bot.settings import IntakeSettings, SummarySettings
from bot.store import key_values
from bot.store.database import Store
from tests.clock import ManualClock
from tests.intake.conftest import NewsFolder, leave_ungrouped, story_text
from tests.store.queries import all_files

OpenIntake = Callable[[Path], Intake]


@pytest.fixture
def open_intake(store: Store, threads: DeadlineExecutor) -> OpenIntake:
    """A function that opens the intake of a process with its own seeds folder."""

    def open_one(seeds: Path) -> Intake:
        settings = IntakeSettings(seeds=seeds, quiet_seconds=0)
        return Intake(store, settings, SummarySettings(), threads, ManualClock(), assign_events=leave_ungrouped)

    return open_one


@pytest.fixture
def other(tmp_path: Path) -> NewsFolder:
    """A second folder."""
    path = tmp_path / "other"
    path.mkdir()
    return NewsFolder(path)


async def stored(store: Store) -> list[str]:
    """Return the paths of the documents that have stories."""
    async with store.reading() as conn:
        return sorted(path for path, file in (await all_files(conn)).items() if file.status.value == "stored")


def fill(folder: NewsFolder, count: int = 12) -> list[str]:
    for number in range(count):
        folder.write(f"{number:02}.txt", story_text(number))
    return [f"{number:02}.txt" for number in range(count)]


@pytest.mark.parametrize("own_files", [0, 1, 20])
async def test_another_folder_withdraws_and_replaces_nothing(
    store: Store, folder: NewsFolder, other: NewsFolder, open_intake: OpenIntake, own_files: int
) -> None:
    names = fill(folder)
    await open_intake(folder.path).scan()
    for number in range(own_files):
        other.write(f"{number:02}.txt", story_text(100 + number))
    intake = open_intake(other.path)
    report = await intake.scan()
    assert (report.new, report.changed, report.removed, report.held) == (own_files, 0, 0, 0)
    assert report.other_folder
    added = [f"{other.path}/{number:02}.txt" for number in range(own_files)]
    assert await stored(store) == sorted(names + added)
    for name in added:  # what it added itself goes when it goes
        Path(name).unlink()
    assert (await intake.scan()).new == 0
    assert set(names) <= set(await stored(store))
    report = await open_intake(folder.path).scan()
    assert (report.unchanged, report.removed, report.other_folder) == (12, 0, False)


async def test_a_folder_under_another_path_and_host_is_recognized_by_its_files(
    store: Store, folder: NewsFolder, tmp_path: Path, open_intake: OpenIntake, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = fill(folder)
    await open_intake(folder.path).scan()
    moved = tmp_path / "mounted" / "elsewhere"
    shutil.copytree(folder.path, moved)
    (moved / "00.txt").unlink()
    monkeypatch.setattr("socket.gethostname", lambda: "container-7")
    report = await open_intake(moved).scan()
    assert (report.removed, report.other_folder) == (1, False)
    assert await stored(store) == names[1:]
    shutil.rmtree(moved)
    moved.mkdir()  # now known by its place, so that its emptying is one
    report = await open_intake(moved).scan()
    assert (report.held, report.other_folder) == (11, False)


async def test_an_empty_folder_claims_nothing(
    store: Store, folder: NewsFolder, other: NewsFolder, open_intake: OpenIntake
) -> None:
    await open_intake(other.path).scan()
    names = fill(folder)
    assert not (await open_intake(folder.path).scan()).other_folder
    assert await stored(store) == names


async def test_the_operator_puts_another_folder_in_the_place_of_the_first(
    store: Store, folder: NewsFolder, other: NewsFolder, open_intake: OpenIntake
) -> None:
    fill(folder)
    await open_intake(folder.path).scan()
    other.write("a.txt", story_text(50))
    assert (await open_intake(other.path).scan()).other_folder
    intake = open_intake(other.path)
    report = await intake.scan(confirm_withdrawals=True)
    assert not report.other_folder
    assert await stored(store) == ["a.txt"]
    (other.path / "a.txt").unlink()
    await intake.scan(confirm_withdrawals=True)
    assert await stored(store) == []


async def test_a_database_of_an_earlier_version_knows_its_folder(
    store: Store, folder: NewsFolder, open_intake: OpenIntake
) -> None:
    fill(folder)
    await open_intake(folder.path).scan()
    async with store.writing() as conn:
        await key_values.set_value(conn, PLACES_KEY, "[]", ManualClock()())
    assert not (await open_intake(folder.path).scan()).other_folder


@pytest.mark.parametrize("files", [0, 1, 5])
async def test_imported_stories_stay_whatever_the_folder_has(
    store: Store, folder: NewsFolder, open_intake: OpenIntake, files: int
) -> None:
    rows = [{"kind": "story", "title": f"Bridge {number}", "text": story_text(number)} for number in range(30)]
    assert (await import_rows(store, rows, "e.jsonl", ManualClock(), prepare_rows)).stories == 30
    imported = await stored(store)
    fill(folder, files)
    for _ in range(2):
        report = await open_intake(folder.path).scan(confirm_withdrawals=True)
        assert (report.removed, report.held) == (0, 0)
    assert set(imported) <= set(await stored(store))
    exported = [row async for row in export_rows(store)]
    assert len(exported) >= 30
