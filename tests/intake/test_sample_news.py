"""Sample news is read until there is other news or a token, and never counts as news that vanished."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from bot.app import sample_policy
from bot.intake.pipeline import Intake
from bot.intake.scanner import ChangedFile
from bot.intake.worker_pool import DeadlineExecutor
from bot.newsroom.sample_news import SamplePolicy, is_sample
from bot.settings import IntakeSettings, SummarySettings, load_settings
from bot.store.database import Store
from tests.intake.conftest import IntakeHarness, NewsFolder, leave_ungrouped, story_text
from tests.intake.test_folder_identity import stored
from training.sample_manifest import current_samples

SAMPLES = Path(__file__).parents[2] / "seeds"

Open = Callable[[SamplePolicy], Intake]


@pytest.fixture
def open_one(store: Store, folder: NewsFolder, threads: DeadlineExecutor, harness_on_both: IntakeHarness) -> Open:
    def make(policy: SamplePolicy) -> Intake:
        settings = IntakeSettings(seeds=folder.path, quiet_seconds=0)
        return Intake(
            harness_on_both.store,
            settings,
            SummarySettings(),
            threads,
            harness_on_both.clock,
            assign_events=leave_ungrouped,
            samples=policy,
        )

    return make


def add_samples(folder: NewsFolder) -> list[str]:
    names = ["harbour-herald.txt", "meridian-wire.txt", "wires.jsonl"]
    for name in names:
        folder.write(name, (SAMPLES / name).read_bytes())
    return names


def test_the_manifest_has_every_sample() -> None:
    assert [sha for sha in current_samples() if not is_sample(sha)] == [], "run: python -m training.sample_manifest"


async def test_samples_are_read_while_there_is_nothing_else(
    harness_on_both: IntakeHarness, folder: NewsFolder, open_one: Open
) -> None:
    names = add_samples(folder)
    report = await open_one(SamplePolicy.AUTO).scan()
    assert (report.new, report.samples_left_out) == (3, 0)
    assert await stored(harness_on_both.store) == names
    assert all(line.ref.sample for line in await harness_on_both.lines())


async def test_samples_go_at_once_when_other_news_comes(
    harness_on_both: IntakeHarness, folder: NewsFolder, open_one: Open
) -> None:
    names = add_samples(folder)
    intake = open_one(SamplePolicy.AUTO)
    await intake.scan()
    folder.write("own.txt", story_text(1))
    report = await intake.scan()
    assert (report.new, report.removed, report.samples_left_out, report.held) == (1, 3, 3, 0)
    assert await harness_on_both.paths() == ["own.txt"]
    assert not any(line.ref.sample for line in await harness_on_both.lines())
    report = await open_one(SamplePolicy.AUTO).scan()  # the next process
    assert (report.new, report.removed, report.samples_left_out) == (0, 0, len(names))


async def test_other_news_in_the_same_scan_leaves_samples_out(
    harness_on_both: IntakeHarness, folder: NewsFolder, open_one: Open
) -> None:
    add_samples(folder)
    folder.write("zz-own.txt", story_text(1))
    await open_one(SamplePolicy.AUTO).scan()
    assert await harness_on_both.paths() == ["zz-own.txt"]


async def test_a_file_that_is_refused_is_no_other_news(folder: NewsFolder, open_one: Open) -> None:
    names = add_samples(folder)
    folder.write("broken.pdf", b"%PDF-1.4 nothing follows")
    report = await open_one(SamplePolicy.AUTO).scan()
    assert (report.new, len(report.rejected)) == (len(names), 1)


async def test_a_changed_sample_is_somebody_s_own_news(
    harness_on_both: IntakeHarness, folder: NewsFolder, open_one: Open
) -> None:
    folder.write("harbour-herald.txt", story_text(4))
    await open_one(SamplePolicy.HIDE).scan()
    assert await harness_on_both.paths() == ["harbour-herald.txt"]


async def test_a_sample_under_another_name_is_still_one(
    harness_on_both: IntakeHarness, folder: NewsFolder, open_one: Open
) -> None:
    folder.write("news/today.txt", (SAMPLES / "harbour-herald.txt").read_bytes())
    assert (await open_one(SamplePolicy.HIDE).scan()).samples_left_out == 1
    assert await harness_on_both.paths() == []


async def test_samples_that_are_asked_for_stay_beside_other_news(
    harness_on_both: IntakeHarness, folder: NewsFolder, open_one: Open
) -> None:
    add_samples(folder)
    folder.write("own.txt", story_text(1))
    assert (await open_one(SamplePolicy.SHOW).scan()).new == 4


async def test_samples_that_were_left_out_come_back_when_asked_for(
    harness_on_both: IntakeHarness, folder: NewsFolder, open_one: Open
) -> None:
    names = add_samples(folder)
    await open_one(SamplePolicy.SHOW).scan()
    await open_one(SamplePolicy.HIDE).scan()
    assert await harness_on_both.paths() == []
    await open_one(SamplePolicy.SHOW).scan()
    assert await stored(harness_on_both.store) == names


@pytest.mark.parametrize(
    ("token", "chosen", "policy"),
    [("", "auto", SamplePolicy.AUTO), ("t", "auto", SamplePolicy.HIDE), ("t", "show", SamplePolicy.SHOW)],
)
def test_a_token_hides_samples_unless_they_are_asked_for(token: str, chosen: str, policy: SamplePolicy) -> None:
    settings = load_settings(environ={"DISCORD_TOKEN": token, "GAZETTE_INTAKE__SAMPLES": chosen})
    assert sample_policy(settings) is policy


async def test_a_pipe_in_a_sample_s_place_holds_nothing_up(
    harness_on_both: IntakeHarness, folder: NewsFolder, open_one: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_samples(folder)
    intake = open_one(SamplePolicy.AUTO)
    find = intake._find_samples

    def swap(changed: Iterable[ChangedFile]) -> set[str]:
        (folder.path / "wires.jsonl").unlink()
        os.mkfifo(folder.path / "wires.jsonl")
        return find(changed)

    monkeypatch.setattr(intake, "_find_samples", swap)
    async with asyncio.timeout(30):
        report = await intake.scan()
    assert report.new == 2
