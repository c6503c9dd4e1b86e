"""Attempt: empty the seeds folder, so that everything is withdrawn and struck through in what was posted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.delivery.corrections import Corrections
from bot.intake.hold_clock import machine_uptime
from bot.intake.scanner import SeedPaths
from bot.intake.types import ScanReport
from bot.intake.withdrawals import RecentWithdrawals, plan_withdrawals
from bot.maintenance import Maintenance
from bot.newsroom.models import Subscription
from bot.services.digests import DigestService
from bot.settings import DigestSettings, Settings, SummarySettings
from bot.store import deliveries
from bot.store.database import Store
from bot.store.deliveries import DeliveredEvent
from tests.clock import NOON
from tests.delivery.delivery_fixture import make_worker, open_port, subscribe
from tests.double import Discord
from tests.intake.conftest import IntakeHarness, Machine, NewsFolder, story_text

HOUR = 3600


def _fill(folder: NewsFolder, count: int, *, below: str = "") -> None:
    for number in range(count):
        folder.write(f"{below}{number}.txt", story_text(number))


def _empty(folder: NewsFolder, names: Iterable[str] | None = None) -> dict[str, bytes]:
    """Delete files, all unless named, and return them."""
    paths = [path for path in sorted(folder.path.rglob("*")) if path.is_file()]
    kept = {}
    for path in paths:
        name = path.relative_to(folder.path).as_posix()
        if names is None or name in names:
            kept[name] = path.read_bytes()
            path.unlink()
    return kept


def _refill(folder: NewsFolder, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        folder.write(name, data)


@pytest.mark.parametrize("count", [3, 14])
async def test_emptying_the_folder_withdraws_nothing_before_an_hour(
    folder: NewsFolder, harness_on_both: IntakeHarness, count: int
) -> None:
    harness = harness_on_both
    _fill(folder, count)
    await harness.intake.scan()
    files = _empty(folder)
    harness.clock.advance(seconds=60)
    report = await harness.intake.scan()
    assert (report.removed, report.held, report.held_until) == (0, count, harness.clock.now + timedelta(hours=1))
    harness.clock.advance(seconds=HOUR - 1)
    assert (await harness.intake.scan()).held == count
    assert len(await harness.lines()) == count
    _refill(folder, files)
    assert (await harness.intake.scan()).held == 0
    _empty(folder)
    assert (await harness.intake.scan()).removed == 0  # the hour counts anew
    harness.clock.advance(seconds=HOUR)
    assert (await harness.intake.scan()).removed == count
    assert await harness.lines() == []


async def test_one_shot_reads_honour_the_hold_of_another_process(
    folder: NewsFolder, harness_on_both: IntakeHarness, open_harness: Callable[[Store], IntakeHarness]
) -> None:
    harness = harness_on_both
    _fill(folder, 5)
    await harness.intake.scan()
    _empty(folder)
    for _ in range(3):
        assert (await open_harness(harness.store).intake.scan()).removed == 0
    harness.clock.advance(seconds=HOUR)
    assert (await open_harness(harness.store).intake.scan()).removed == 5


def _truncate(path: Path) -> None:
    path.write_bytes(b"")


def _fill_with_zeros(path: Path) -> None:
    path.write_bytes(b"\0" * 4096)


def _replace_by_folder(path: Path) -> None:
    path.unlink()
    path.symlink_to("/usr")


def _replace_by_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("spoil", [_truncate, _fill_with_zeros, _replace_by_folder, _replace_by_pipe])
@pytest.mark.parametrize("count", [3, 14])
async def test_spoiling_all_files_in_their_places_withdraws_nothing_before_an_hour(
    folder: NewsFolder,
    harness: IntakeHarness,
    open_harness: Callable[[Store], IntakeHarness],
    spoil: Callable[[Path], None],
    count: int,
) -> None:
    _fill(folder, count)
    await harness.intake.scan()
    ids = {line.id for line in await harness.lines()}
    for path in folder.path.iterdir():
        spoil(path)
    for _ in range(2):
        report = await open_harness(harness.store).intake.scan()
        assert (report.removed, report.rejected, report.held) == (0, (), count)
    for number in range(count - 1):
        (folder.path / f"{number}.txt").unlink()
    _fill(folder, count - 1)
    restarted = open_harness(harness.store)
    assert (await restarted.intake.scan()).held == 1
    assert {line.id for line in await harness.lines()} == ids
    harness.clock.advance(seconds=HOUR)
    report = await restarted.intake.scan()
    assert (len(report.rejected), report.held, len(await harness.lines())) == (1, 0, count - 1)
    assert len((await restarted.intake.scan()).rejected) == 1


async def test_one_spoiled_file_among_others_is_rejected_at_once(folder: NewsFolder, harness: IntakeHarness) -> None:
    _fill(folder, 5)
    await harness.intake.scan()
    folder.write("0.txt", b"")
    report = await harness.intake.scan()
    assert (len(report.rejected), report.held, len(await harness.lines())) == (1, 0, 4)


async def test_the_operator_confirms_that_files_were_spoiled(folder: NewsFolder, harness: IntakeHarness) -> None:
    _fill(folder, 5)
    await harness.intake.scan()
    for path in folder.path.iterdir():
        _truncate(path)
    assert (await harness.intake.scan()).held == 5
    report = await harness.intake.scan(confirm_withdrawals=True)
    assert (len(report.rejected), report.held, await harness.lines()) == (5, 0, [])


async def test_a_rejected_file_that_stays_doesn_t_hide_that_all_others_are_gone(
    folder: NewsFolder, harness: IntakeHarness
) -> None:
    _fill(folder, 4)
    folder.write("logo.png", b"\x89PNG\r\n\x1a\n")
    await harness.intake.scan()
    _empty(folder, [f"{number}.txt" for number in range(4)])
    assert (await harness.intake.scan()).held == 4


@pytest.mark.parametrize("restarts", [False, True], ids=["running on", "restarted"])
async def test_a_clock_that_is_set_forwards_ends_no_hold(
    folder: NewsFolder,
    harness_on_both: IntakeHarness,
    open_harness: Callable[[Store], IntakeHarness],
    machine: Machine,
    restarts: bool,
) -> None:
    harness = harness_on_both

    async def scan() -> ScanReport:
        intake = open_harness(harness.store).intake if restarts else harness.intake
        return await intake.scan()

    _fill(folder, 5)
    await scan()
    _empty(folder)
    assert (await scan()).held == 5
    for _ in range(3):
        harness.clock.advance(seconds=60)
        machine.set_clock(10 * HOUR)
        report = await scan()
        assert (report.removed, report.held) == (0, 5)
    assert report.held_until == harness.clock.now + timedelta(seconds=HOUR - 180)
    machine.set_clock(-20 * HOUR)
    assert (await scan()).removed == 0  # the hour counts anew
    machine.set_clock(20 * HOUR)
    assert (await scan()).removed == 0
    harness.clock.advance(seconds=HOUR)
    assert (await scan()).removed == 5


async def test_after_another_start_of_the_machine_the_clock_counts(
    folder: NewsFolder, harness: IntakeHarness, open_harness: Callable[[Store], IntakeHarness], machine: Machine
) -> None:
    _fill(folder, 5)
    await harness.intake.scan()
    _empty(folder)
    assert (await harness.intake.scan()).held == 5
    machine.boot = "second start"
    machine.set_clock(HOUR)
    assert (await open_harness(harness.store).intake.scan()).removed == 5


def test_a_machine_counts_its_own_seconds() -> None:
    first, second = machine_uptime(), machine_uptime()
    assert first.boot == second.boot != ""
    assert 0 < first.seconds <= second.seconds


async def test_the_operator_confirms_a_removal(folder: NewsFolder, harness: IntakeHarness) -> None:
    _fill(folder, 5)
    await harness.intake.scan()
    _empty(folder)
    assert (await harness.intake.scan()).held == 5
    report = await harness.intake.scan(confirm_withdrawals=True)
    assert (report.removed, report.held) == (5, 0)
    assert await harness.lines() == []


async def test_notifications_one_by_one_don_t_get_around_the_hold(folder: NewsFolder, harness: IntakeHarness) -> None:
    _fill(folder, 12)
    await harness.intake.scan()
    files = list(_empty(folder))
    for name in files:
        await harness.intake.rescan([folder.path / name])
        harness.clock.advance(seconds=1)
    # Until half of them are gone, nothing tells it from tidying up.
    assert len(await harness.lines()) == 6


async def test_one_shot_reads_add_up_what_vanishes_between_them(
    folder: NewsFolder, harness_on_both: IntakeHarness, open_harness: Callable[[Store], IntakeHarness]
) -> None:
    harness = harness_on_both
    _fill(folder, 20)
    await harness.intake.scan()
    for start in range(0, 20, 4):
        _empty(folder, [f"{number}.txt" for number in range(start, start + 4)])
        harness.clock.advance(seconds=60)
        await open_harness(harness.store).intake.scan()
    assert len(await harness.lines()) == 12


async def test_half_of_a_few_files_are_withdrawn_at_once(folder: NewsFolder, harness: IntakeHarness) -> None:
    _fill(folder, 9)
    await harness.intake.scan()
    _empty(folder, [f"{number}.txt" for number in range(5)])
    assert (await harness.intake.scan()).removed == 5


async def test_files_that_come_back_in_part_leave_the_others_held(folder: NewsFolder, harness: IntakeHarness) -> None:
    _fill(folder, 20)
    await harness.intake.scan()
    files = _empty(folder)
    await harness.intake.scan()
    _refill(folder, dict(list(files.items())[:15]))
    report = await harness.intake.scan()
    assert (report.removed, report.held) == (0, 5)
    harness.clock.advance(seconds=HOUR)
    assert (await harness.intake.scan()).removed == 5


async def test_moving_all_files_into_a_subfolder_needs_no_hold(folder: NewsFolder, harness: IntakeHarness) -> None:
    _fill(folder, 12)
    await harness.intake.scan()
    before = {line.id for line in await harness.lines()}
    _refill(folder, {f"2026/{name}": data for name, data in _empty(folder).items()})
    report = await harness.intake.scan()
    assert (report.new, report.removed, report.held) == (12, 12, 0)
    assert {line.id for line in await harness.lines()} == before


async def test_a_subfolder_whose_device_is_gone_is_held(
    folder: NewsFolder, harness: IntakeHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounted = _mount_on_other_device(monkeypatch, folder.path / "agency")
    _fill(folder, 20)
    folder.write("agency/a.txt", story_text(100))
    folder.write("agency/b.txt", story_text(101))
    await harness.intake.scan()
    mounted.clear()
    _empty(folder, ["agency/a.txt", "agency/b.txt", "0.txt"])
    report = await harness.intake.scan()
    assert (report.removed, report.held) == (1, 2)
    harness.clock.advance(seconds=HOUR)
    assert (await harness.intake.scan()).removed == 2


def _mount_on_other_device(monkeypatch: pytest.MonkeyPatch, mount: Path) -> list[Path]:
    """Let a folder seem to be on a device of its own for as long as it is in the list that is returned."""
    mounted, stat = [mount], os.stat

    def with_device(path: Any, **options: Any) -> os.stat_result:
        status = stat(path, **options)
        if not isinstance(path, int) and Path(os.fsdecode(path)) in mounted:
            values = list(status)
            values[2] += 1000  # st_dev
            return os.stat_result(values)
        return status

    monkeypatch.setattr(os, "stat", with_device)
    return mounted


async def test_the_operator_is_warned_once(folder: NewsFolder, harness: IntakeHarness) -> None:
    told: list[str] = []

    async def warn(text: str) -> None:
        told.append(text)

    def started() -> Maintenance:
        return Maintenance(harness.store, Settings(), harness.clock, warn=warn)

    _fill(folder, 5)
    await harness.intake.scan()
    await started().check_missing_files()
    assert told == []
    files = _empty(folder)
    await harness.intake.scan()
    for _ in range(3):
        await started().check_missing_files()
    (text,) = told
    assert "5 files" in text
    assert "gazette ingest --yes" in text
    _refill(folder, files)
    await harness.intake.scan()
    await started().check_missing_files()
    _empty(folder)
    harness.clock.advance(seconds=60)
    await harness.intake.scan()
    await started().check_missing_files()
    assert len(told) == 2


async def test_a_digest_is_whole_again_when_the_folder_comes_back(
    folder: NewsFolder, harness_on_both: IntakeHarness, discord_double: Discord
) -> None:
    harness = harness_on_both
    news = discord_double.guild("Harbour").channel("news")
    _fill(folder, 4)
    await harness.intake.scan()
    digests = DigestService(harness.store, DigestSettings(), SummarySettings(), harness.clock)
    at = f"{harness.clock.now + timedelta(minutes=1):%H:%M}"
    await subscribe(harness.store, [news.id], at=at, created_at=NOON - timedelta(days=2), after=NOON)
    harness.clock.advance(seconds=60)
    async with open_port(discord_double) as port:
        worker = make_worker(harness.store, digests, port, harness.clock)
        assert (await worker.deliver_due(harness.clock.now)).sent == 1
        posted = [message.text for message in news.messages]
        assert any("Work on it begins" in text for text in posted)
        corrections = Corrections(harness.store, port, harness.clock)
        await corrections.correct()
        files = _empty(folder)
        await harness.intake.scan()
        harness.clock.advance(seconds=HOUR)
        await harness.intake.scan()
        await corrections.correct()
        assert all("~~" in message.text and "Work on it" not in message.text for message in news.messages)
        _refill(folder, files)
        harness.clock.advance(seconds=HOUR)
        await harness.intake.scan()
        await corrections.correct()
        assert [message.text for message in news.messages] == posted
        assert await corrections.correct() == 0


async def test_what_an_empty_folder_kept_from_a_digest_is_told_afterwards(
    folder: NewsFolder, harness_on_both: IntakeHarness
) -> None:
    harness = harness_on_both
    digests = DigestService(harness.store, DigestSettings(), SummarySettings(), harness.clock)
    since = {"created_at": NOON - timedelta(days=2), "after": NOON}
    (subscription,) = await subscribe(harness.store, [7], at="13:00,15:00,17:00", **since)
    folder.write("early.txt", story_text(50))
    await harness.intake.scan()
    await _post(harness, digests, subscription, harness.clock.now + timedelta(hours=1), {"early.txt"})  # 13:00
    harness.clock.now = NOON + timedelta(hours=1, minutes=10)
    _fill(folder, 3)
    await harness.intake.scan()
    files = _empty(folder)
    await harness.intake.scan()
    harness.clock.now = NOON + timedelta(hours=2, minutes=30)
    await harness.intake.scan()
    await _post(harness, digests, subscription, NOON + timedelta(hours=3), set())  # 15:00
    _refill(folder, files)
    harness.clock.now = NOON + timedelta(hours=4)
    await harness.intake.scan()
    # early.txt came back, too, but its slot had it.
    await _post(harness, digests, subscription, NOON + timedelta(hours=5), {"0.txt", "1.txt", "2.txt"})  # 17:00


async def _post(
    harness: IntakeHarness, digests: DigestService, subscription: Subscription, slot: datetime, expected: set[str]
) -> None:
    """Compose a slot's digest, compare the files in it, and record that it was sent."""
    composed = await digests.for_slot(subscription, slot)
    events = composed.digest.events if composed.digest is not None else ()
    assert {ref.path for event in events for ref in event.sources} == expected
    async with harness.store.writing() as conn:
        await deliveries.plan_deliveries(conn, [(subscription.id, subscription.channel_id, slot)], slot)
        (claimed,) = await deliveries.claim_due(conn, "test", slot, limit=1, lease=timedelta(minutes=1))
        shown = [DeliveredEvent(each.event_id, 0, each.story_ids, each.sentences) for each in composed.shown]
        await deliveries.compose(conn, claimed.id, "test", [], shown, slot)
        await deliveries.finish(conn, claimed.id, "test", slot)


def test_the_plan_counts_from_the_first_look() -> None:
    now, hold = datetime(2026, 11, 30, 12, tzinfo=UTC), timedelta(hours=1)
    gone = [f"{number}.txt" for number in range(6)]
    assert plan_withdrawals(gone, 11, missing_since={}, hold=hold, now=now).hold == tuple(gone)
    assert plan_withdrawals(gone, 12, missing_since={}, hold=hold, now=now).withdraw == tuple(gone)
    assert plan_withdrawals(gone[:2], 2, missing_since={}, hold=hold, now=now).withdraw == tuple(gone[:2])
    ahead = dict.fromkeys(gone, now + timedelta(days=400))
    assert plan_withdrawals(gone, 6, missing_since=ahead, hold=hold, now=now).hold == tuple(gone)
    recent = RecentWithdrawals()
    recent.add(now, 5)
    assert recent.total(now + timedelta(minutes=10)) == 5
    assert recent.total(now + timedelta(minutes=11)) == 0
    assert SeedPaths.is_inside(gone[0])
