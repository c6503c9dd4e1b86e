"""Analysis on a Dask cluster whose scheduler and workers are killed and started again."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.cli.health import check_installation
from bot.database_url import normalize_database_url
from bot.errors import ClusterUnavailable, InputInvalid
from bot.intake.dask_workers import DaskWorkers
from bot.intake.pipeline import Intake
from bot.intake.types import ScanProgress, ScanReport
from bot.intake.worker_pool import DeadlineExceeded, DeadlineExecutor, WorkerDied
from bot.intake.workers import open_workers
from bot.newsroom.filters import EVERYTHING
from bot.services.event_assignment import assign_events
from bot.settings import IntakeSettings, Settings, SummarySettings
from bot.store import story_pages
from bot.store.database import Store
from tests.clock import ManualClock
from tests.intake.conftest import IntakeHarness, NewsFolder, leave_ungrouped, story_text
from tests.intake.dask_cluster import Cluster, free_port, kill
from tests.intake.test_worker_pool import die, double, hang_in_c, refuse

pytest.importorskip("distributed")
TCPClient = pytest.importorskip("tornado.tcpclient").TCPClient

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

PATIENCE = 60


async def cluster_finding(tmp_path: Path, address: str) -> tuple[str, str]:
    """Return the level and the words of what `gazette doctor` finds out about a cluster."""
    settings = Settings.model_validate(
        {"intake": {"seeds": tmp_path, "dask": address}, "store": {"url": f"sqlite:///{tmp_path}/doctor.sqlite3"}}
    )
    findings = [each async for each in check_installation(settings) if each.what == "cluster"]
    assert len(findings) == 1
    assert (findings[0].level == "ok") is (not findings[0].todo)
    return findings[0].level, findings[0].says


async def test_doctor_says_whether_the_cluster_works(cluster: Cluster, tmp_path: Path) -> None:
    async def find() -> tuple[str, str]:
        return await cluster_finding(tmp_path, cluster.address)

    assert (await cluster_finding(tmp_path, "nowhere"))[0] == "error"
    level, says = await find()
    assert (level, f"there is no Dask scheduler at {cluster.address}" in says) == ("error", True), says
    await asyncio.to_thread(cluster.start_scheduler)
    level, says = await find()
    assert (level, f"the Dask cluster at {cluster.address} has no workers" in says) == ("error", True), says
    await asyncio.to_thread(cluster.start_worker, program=copy_of_program(tmp_path))
    with DaskWorkers(cluster.address) as workers:
        await asyncio.to_thread(await_state, workers, "other version")
        level, says = await find()
        assert (level, "have another version of this program" in says) == ("error", True), says
        await asyncio.to_thread(cluster.start_worker)
        await asyncio.to_thread(await_state, workers, "working")
    assert await find() == (
        "warning",
        f"{cluster.address}: workers 1, threads 1; 1 more with another version of this program, which get no work",
    )
    kill(cluster.workers[0])
    with DaskWorkers(cluster.address) as workers:
        await asyncio.to_thread(await_state, workers, "working")
        assert await find() == ("ok", f"{cluster.address}: workers 1, threads 1")


DOCUMENTS = 300
"""Documents that are under way while parts of the cluster are killed."""

Events = set[frozenset[str]]
Progress = Callable[[ScanProgress], None]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with Cluster(tmp_path) as running:
        yield running


def double_once_allowed(value: int, gate: str) -> int:
    """Double a value as soon as there is a file."""
    wait_for(gate)
    return 2 * value


def wait_for(path: str) -> None:
    """Wait until there is a file at `path`."""
    pause = threading.Event()
    while not Path(path).exists():
        pause.wait(0.05)


def state(workers: DaskWorkers) -> Any:
    return asyncio.run(workers.describe())["state"]


def await_state(workers: DaskWorkers, expected: str, width: int = 1) -> None:
    pause = threading.Event()
    for _ in range(PATIENCE * 20):
        if state(workers) == expected and workers.width == width:
            return
        pause.wait(0.05)
    raise AssertionError((state(workers), workers.width))


async def test_files_are_analysed_on_the_cluster(folder: NewsFolder, harness: IntakeHarness, cluster: Cluster) -> None:
    cluster.start_scheduler()
    cluster.start_worker()
    for at in range(12):
        folder.write(f"{at:02}.txt", story_text(at))
    settings = IntakeSettings(seeds=folder.path, dask=cluster.address)
    with open_workers(settings) as workers:
        intake = Intake(
            harness.store, settings, SummarySettings(), workers.documents, harness.clock, assign_events=leave_ungrouped
        )
        assert await intake.scan() == ScanReport(files=12, new=12, stories=12)
        assert await intake.scan() == ScanReport(files=12, unchanged=12)


def test_no_work_is_lost_with_a_worker(cluster: Cluster) -> None:
    cluster.start_scheduler()
    first, _ = cluster.start_worker(), cluster.start_worker()
    with DaskWorkers(cluster.address) as workers:
        await_state(workers, "working", 2)
        futures = [workers.submit(double, at) for at in range(20)]
        kill(first)
        assert [future.result(PATIENCE) for future in futures] == [2 * at for at in range(20)]
        with pytest.raises(ValueError, match="not this one"):
            workers.submit(refuse, 1).result(PATIENCE)


def test_work_waits_for_a_scheduler_and_workers_that_come_later(cluster: Cluster) -> None:
    with capture_logs() as logs, DaskWorkers(cluster.address) as workers:
        futures = [workers.submit(double, at) for at in range(5)]
        await_state(workers, "no scheduler")
        cluster.start_scheduler()
        await_state(workers, "no workers")
        cluster.start_worker()
        assert [future.result(PATIENCE) for future in futures] == [2 * at for at in range(5)]
        cluster.start_worker()
        await_state(workers, "working", 2)
        kill(cluster.workers[0])
        await_state(workers, "working", 1)
        kill(cluster.workers[1])
        await_state(workers, "no workers")
    said = [(line["event"], line.get("state")) for line in logs if line["log_level"] != "debug"]
    assert said == [
        ("intake.cluster_waiting", "no scheduler"),
        ("intake.cluster_waiting", "no workers"),
        ("intake.cluster_ready", None),
        ("intake.cluster_waiting", "no workers"),
    ]


@pytest.mark.thorough
def test_work_under_way_outlives_the_scheduler(cluster: Cluster, tmp_path: Path) -> None:
    cluster.start_scheduler()
    cluster.start_worker()
    gate = tmp_path / "gate"
    with DaskWorkers(cluster.address) as workers:
        await_state(workers, "working")
        futures = [workers.submit(double_once_allowed, at, str(gate)) for at in range(3)]
        cancelled = workers.submit(double_once_allowed, 3, str(gate))
        cluster.kill_scheduler()
        await_state(workers, "no scheduler")
        assert cancelled.cancel()
        gate.touch()
        assert not any(future.done() for future in futures)
        kill(cluster.workers[0])
        cluster.start_scheduler()
        cluster.start_worker()
        assert [future.result(PATIENCE) for future in futures] == [0, 2, 4]
        assert workers.submit(double, 4).result(PATIENCE) == 8


@pytest.mark.thorough
def test_an_idle_connection_outlives_the_scheduler(cluster: Cluster) -> None:
    cluster.start_scheduler()
    cluster.start_worker()
    with DaskWorkers(cluster.address) as workers:
        assert workers.submit(double, 1).result(PATIENCE) == 2
        cluster.kill_scheduler()
        await_state(workers, "no scheduler")
        future = workers.submit(double, 2)
        cluster.start_scheduler()
        cluster.start_worker()
        assert future.result(PATIENCE) == 4


@pytest.mark.thorough
def test_a_scheduler_that_hangs_counts_as_lost(cluster: Cluster) -> None:
    cluster.start_scheduler()
    cluster.start_worker()
    with DaskWorkers(cluster.address) as workers:
        await_state(workers, "working")
        assert cluster.scheduler is not None
        cluster.scheduler.send_signal(signal.SIGSTOP)
        future = workers.submit(double, 2)
        await_state(workers, "no scheduler")
        cluster.scheduler.send_signal(signal.SIGCONT)
        assert future.result(PATIENCE) == 4


@pytest.mark.parametrize("has_scheduler", [False, True])
def test_patience_is_limited_where_it_shall_be(cluster: Cluster, has_scheduler: bool) -> None:
    if has_scheduler:
        cluster.start_scheduler()
    missing = "has no workers" if has_scheduler else "there is no Dask scheduler"
    with DaskWorkers(cluster.address, patience=7) as workers:
        futures = [workers.submit(double, at) for at in range(3)]
        for future in futures:
            with pytest.raises(ClusterUnavailable, match=rf"{missing}.*{cluster.address}|{cluster.address} {missing}"):
                future.result(PATIENCE)


@pytest.mark.thorough
def test_patience_ends_for_work_under_way(cluster: Cluster, tmp_path: Path) -> None:
    cluster.start_scheduler()
    worker = cluster.start_worker()
    with DaskWorkers(cluster.address, patience=6) as workers:
        await_state(workers, "working")
        future = workers.submit(double_once_allowed, 1, str(tmp_path / "gate"))
        kill(worker)
        with pytest.raises(ClusterUnavailable, match="has no workers"):
            future.result(PATIENCE)


def test_workers_of_another_version_get_no_work(cluster: Cluster, tmp_path: Path) -> None:
    other = copy_of_program(tmp_path)
    cluster.start_scheduler()
    cluster.start_worker(program=other)
    with capture_logs() as logs, DaskWorkers(cluster.address) as workers:
        future = workers.submit(os.getpid)
        await_state(workers, "other version")
        mine = cluster.start_worker()
        assert future.result(PATIENCE) == mine.pid
        assert {workers.submit(os.getpid).result(PATIENCE) for _ in range(4)} == {mine.pid}
        kill(mine)
        await_state(workers, "other version")
        future = workers.submit(double, 2)
        cluster.start_worker()
        assert future.result(PATIENCE) == 4
    assert [line["state"] for line in logs if line["event"] == "intake.cluster_waiting"][-2:] == ["other version"] * 2


def copy_of_program(folder: Path) -> Path:
    """Return a folder with links to this program, in which one file of the intake differs."""
    root, other = Path(__file__).parents[2], folder / "other"
    (other / "bot" / "intake").mkdir(parents=True)
    for name in ("summarizers", "tests"):
        (other / name).symlink_to(root / name)
    for path in (root / "bot").iterdir():
        if path.name != "intake":
            (other / "bot" / path.name).symlink_to(path)
    for path in (root / "bot" / "intake").iterdir():
        if path.suffix == ".py":
            (other / "bot" / "intake" / path.name).write_bytes(path.read_bytes() + b"# another version\n")
        elif path.name != "__pycache__":
            (other / "bot" / "intake" / path.name).symlink_to(path)
    return other


@pytest.mark.thorough
def test_work_that_kills_several_workers_fails(cluster: Cluster) -> None:
    cluster.start_scheduler()
    for _ in range(5):
        cluster.start_worker()
    with DaskWorkers(cluster.address) as workers:
        await_state(workers, "working", 5)
        with pytest.raises(WorkerDied):
            workers.submit(die, 1).result(PATIENCE)
        assert workers.submit(double, 4).result(PATIENCE) == 8


@pytest.mark.parametrize("address", ["nowhere", "tcp://", "http://localhost:1"])
def test_an_address_that_can_be_none_is_refused(address: str) -> None:
    with pytest.raises(InputInvalid, match=r"intake\.dask"), open_workers(IntakeSettings(dask=address)):
        pass


def test_a_deadline_ends_work_that_hangs_in_c_on_a_cluster(cluster: Cluster) -> None:
    cluster.start_scheduler()
    cluster.start_worker()
    with DaskWorkers(cluster.address) as workers:
        await_state(workers, "working")
        began = time.monotonic()
        hanging = [workers.submit_within(1, hang_in_c, at) for at in range(4)]
        for future in hanging:
            with pytest.raises(DeadlineExceeded, match="1 seconds"):
                future.result(PATIENCE)
        assert time.monotonic() - began < PATIENCE
        assert workers.submit_within(PATIENCE, double, 4).result(PATIENCE) == 8
        with pytest.raises(ValueError, match="not this one"):
            workers.submit_within(PATIENCE, refuse, 1).result(PATIENCE)
        with pytest.raises(WorkerDied):
            workers.submit_within(PATIENCE, die, 1).result(PATIENCE)


@pytest.mark.thorough
def test_brief_work_on_a_cluster_is_limited_by_the_processors_time(cluster: Cluster, tmp_path: Path) -> None:
    cluster.start_scheduler()
    cluster.start_worker()
    gate = tmp_path / "gate"
    with DaskWorkers(cluster.address) as workers:
        await_state(workers, "working")
        assert (
            workers.submit_briefly(lambda: PATIENCE, double, 1).result(PATIENCE) == 2
        )  # imports this module in one of its processes; 2 seconds are enough for others to do so
        waiting = workers.submit_briefly(lambda: 2, double_once_allowed, 2, str(gate))
        with pytest.raises(TimeoutError):
            waiting.result(4)  # twice what it may work
        gate.touch()
        assert waiting.result(PATIENCE) == 4
        with pytest.raises(DeadlineExceeded, match=r"2 seconds"):
            workers.submit_briefly(lambda: 2, hang_in_c, 1).result(PATIENCE)


async def events_of(store: Store, settings: IntakeSettings, workers: DeadlineExecutor, at_progress: Progress) -> Events:
    """Read the whole folder; return the events, each as the files of its stories."""
    intake = Intake(store, settings, SummarySettings(), workers, ManualClock(), assign_events=assign_events)
    report = await intake.scan(progress=at_progress)
    assert (report.new, report.rejected, report.slow) == (DOCUMENTS, (), ()), report
    async with store.reading() as conn:
        lines, _ = await story_pages.list_stories(
            conn, EVERYTHING, page=1, per_page=2 * DOCUMENTS, now=ManualClock().now
        )
    members: dict[int, set[str]] = defaultdict(set)
    for line in lines:
        members[line.event_id].add(line.ref.path)
    return set(map(frozenset, members.values()))


@pytest.mark.thorough
async def test_documents_outlive_a_worker_and_the_scheduler_and_get_the_same_events(
    folder: NewsFolder, threads: DeadlineExecutor, cluster: Cluster, tmp_path: Path
) -> None:
    for at in range(DOCUMENTS):
        folder.write(f"{at:03}.txt", story_text(at))
    settings = IntakeSettings(seeds=folder.path)
    async with Store.open(normalize_database_url(str(tmp_path / "without.sqlite3"))) as store:
        await store.migrate()
        without = await events_of(store, settings, threads, lambda _: None)
    assert 1 < len(without) < DOCUMENTS, "grouping had nothing to decide"

    cluster.start_scheduler()
    first, _ = cluster.start_worker(), cluster.start_worker()
    restarts: list[asyncio.Task[None]] = []

    def restart() -> None:
        cluster.start_scheduler()
        cluster.start_worker()

    def kill_in_turn(progress: ScanProgress) -> None:
        done = progress.files
        if done >= DOCUMENTS // 4 and first.returncode is None:
            kill(first)
        elif done >= DOCUMENTS // 2 and not restarts:
            cluster.kill_scheduler()
            restarts.append(asyncio.create_task(asyncio.to_thread(restart)))

    with capture_logs() as logs, DaskWorkers(cluster.address) as workers:
        async with Store.open(normalize_database_url(str(tmp_path / "with.sqlite3"))) as store:
            await store.migrate()
            on_cluster = await events_of(store, settings, workers, kill_in_turn)
        await asyncio.gather(*restarts)
    assert restarts
    assert "no scheduler" in [line.get("state") for line in logs if line["event"] == "intake.cluster_waiting"]
    assert on_cluster == without


async def test_no_connection_outlives_the_workers() -> None:
    """Also not one that the library made and forgot."""
    closed = asyncio.Event()

    async def wait_for_end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        closed.set()

    async with await asyncio.start_server(wait_for_end, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        workers = DaskWorkers(f"tcp://{host}:{free_port()}")
        forgotten = TCPClient().connect(host, port)
        stream = await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(forgotten, workers._loop))
        await asyncio.to_thread(workers.shutdown)
        await asyncio.wait_for(closed.wait(), timeout=30)
        assert stream.closed() or stream.socket.fileno() == -1
