"""Only the work of a worker that dies or hangs is affected; none outlives the program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, wait
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

import pytest

from bot.errors import ClusterUnavailable
from bot.intake.worker_pool import DeadlineExceeded, ProcessWorkers, WorkerDied, worker_count
from bot.intake.workers import open_workers
from bot.settings import IntakeSettings

PATIENCE = 60
ROOT = Path(__file__).parents[2]


def double(number: int) -> int:
    return 2 * number


def die(_number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def die_once(mark: str) -> str:
    """Kill the process the first time, and succeed the second."""
    try:
        Path(mark).touch(exist_ok=False)
    except FileExistsError:
        return "done"
    os.kill(os.getpid(), signal.SIGKILL)
    return ""


def die_while_sending(_number: int) -> bytes:
    """Return a result of which the reader has a part when the process is killed."""

    def send_half(self: Connection, data: bytes) -> None:
        os.write(self.fileno(), data[: len(data) // 2])
        os.kill(os.getpid(), signal.SIGKILL)

    Connection._send = send_half  # type: ignore[attr-defined] # the step that writes a message's bytes
    return bytes(1_000_000)


def wait_for_file(path: str) -> None:
    while not Path(path).exists():
        os.sched_yield()


def hang_in_c(_number: int) -> int:
    """Stay in C code that neither answers signals nor lets other threads run."""
    return sum(range(10**13))


def describe_worker(what: str) -> object:
    return {"pid": os.getpid(), "nice": os.nice(0), "threads": os.environ.get("OMP_NUM_THREADS")}[what]


def refuse(_number: int) -> NoReturn:
    raise ValueError("not this one")


def return_unpicklable(_number: int) -> object:
    return threading.Lock()


@pytest.fixture(scope="module")
def workers() -> Iterator[ProcessWorkers]:
    with ProcessWorkers(2) as pool:
        yield pool


def test_results_and_errors_come_back(workers: ProcessWorkers) -> None:
    assert workers.submit(double, 21).result(PATIENCE) == 42
    with pytest.raises(ValueError, match="not this one") as raised:
        workers.submit(refuse, 1).result(PATIENCE)
    assert "in refuse" in raised.value.__notes__[0]


def test_what_cannot_be_pickled_is_an_error_of_its_own_work(workers: ProcessWorkers) -> None:
    pid = workers.submit(describe_worker, "pid").result(PATIENCE)
    with pytest.raises(Exception, match="pickle"):
        workers.submit(return_unpicklable, 1).result(PATIENCE)
    with pytest.raises(Exception, match="pickle"):
        workers.submit(double, threading.Lock()).result(PATIENCE)
    pids = {future.result(PATIENCE) for future in [workers.submit(describe_worker, "pid") for _ in range(20)]}
    assert pid in pids


def test_workers_have_a_lower_priority_and_one_core_each(workers: ProcessWorkers) -> None:
    nice = workers.submit(describe_worker, "nice").result(PATIENCE)
    assert isinstance(nice, int)
    assert nice > os.nice(0)
    assert workers.submit(describe_worker, "threads").result(PATIENCE) == os.environ.get("OMP_NUM_THREADS", "1")
    assert workers.submit(describe_worker, "pid").result(PATIENCE) != os.getpid()


def test_work_that_kills_its_process_fails_and_the_rest_gets_its_results(workers: ProcessWorkers) -> None:
    futures: list[Future[int]] = [workers.submit(die if at == 3 else double, at) for at in range(8)]
    wait(futures, PATIENCE)
    assert isinstance(futures[3].exception(), WorkerDied)
    assert [future.result() for at, future in enumerate(futures) if at != 3] == [0, 2, 4, 8, 10, 12, 14]
    assert workers.submit(double, 5).result(PATIENCE) == 10


def test_work_whose_process_died_by_chance_is_tried_again(workers: ProcessWorkers, tmp_path: Path) -> None:
    first = workers.submit(die_once, str(tmp_path / "mark"))
    others = [workers.submit(double, at) for at in range(4)]
    assert first.result(PATIENCE) == "done"
    assert [future.result(PATIENCE) for future in others] == [0, 2, 4, 6]


def test_a_process_killed_while_it_sends_its_result_leaves_the_others_alone(workers: ProcessWorkers) -> None:
    dying = workers.submit(die_while_sending, 1)
    others = [workers.submit(double, at) for at in range(20)]
    assert [future.result(PATIENCE) for future in others] == [2 * at for at in range(20)]
    assert isinstance(dying.exception(PATIENCE), WorkerDied)
    assert workers.submit(double, 5).result(PATIENCE) == 10


def test_a_deadline_ends_work_that_hangs_in_c_and_others_go_on_meanwhile(workers: ProcessWorkers) -> None:
    hanging = workers.submit_within(0.5, hang_in_c, 1)
    others = [workers.submit(double, at) for at in range(20)]
    assert [future.result(PATIENCE) for future in others] == [2 * at for at in range(20)]
    with pytest.raises(DeadlineExceeded, match=r"0\.5 seconds"):
        hanging.result(PATIENCE)
    assert workers.submit_within(PATIENCE, double, 5).result(PATIENCE) == 10


def load_slowly() -> None:
    """Warm up for longer than the deadline of the test below."""
    due = time.monotonic() + 4
    while time.monotonic() < due:
        os.sched_yield()


def test_a_deadline_counts_from_the_start_of_the_work() -> None:
    with ProcessWorkers(1, warm_up=load_slowly) as pool:
        assert pool.submit_within(3, double, 4).result(PATIENCE) == 8


def test_work_that_was_cancelled_before_it_began_is_not_done(tmp_path: Path) -> None:
    with ProcessWorkers(1) as pool:
        blocking = pool.submit(wait_for_file, str(tmp_path / "go"))
        cancelled = pool.submit(die_once, str(tmp_path / "mark"))
        assert cancelled.cancel()
        (tmp_path / "go").touch()
        blocking.result(PATIENCE)
        assert pool.submit(double, 1).result(PATIENCE) == 2
    assert not (tmp_path / "mark").exists()


def test_signals_to_the_whole_group_do_not_end_workers(workers: ProcessWorkers) -> None:
    pid = workers.submit(describe_worker, "pid").result(PATIENCE)
    assert isinstance(pid, int)
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(pid, number)
    pids = {future.result(PATIENCE) for future in [workers.submit(describe_worker, "pid") for _ in range(20)]}
    assert pid in pids


def test_closed_workers_take_no_more_work_and_leave_no_process() -> None:
    pool = ProcessWorkers(2)
    pid = pool.submit(describe_worker, "pid").result(PATIENCE)
    assert isinstance(pid, int)
    hanging = [pool.submit(hang_in_c, 1) for _ in range(2)]
    waiting = pool.submit(double, 1)
    while not all(future.running() for future in hanging):
        os.sched_yield()
    pool.shutdown(wait=False)
    assert waiting.cancelled()
    assert all(isinstance(future.exception(), WorkerDied) for future in hanging)
    assert not _is_running(pid)
    with pytest.raises(RuntimeError, match="closed"):
        pool.submit(double, 1)


PARENT = """
import sys
from bot.intake.worker_pool import ProcessWorkers
from tests.intake.test_worker_pool import describe_worker
if __name__ == "__main__":
    workers = ProcessWorkers(1)
    print(workers.submit(describe_worker, "pid").result(), flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("killed", [True, False])
def test_no_worker_outlives_the_program_however_it_ends(tmp_path: Path, killed: bool) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        if killed:
            parent.kill()
        else:
            parent.communicate(timeout=PATIENCE)  # the end of its input ends it, with the workers open
    due = time.monotonic() + PATIENCE
    while _is_running(pid):
        assert time.monotonic() < due, "the worker is still running"
        os.sched_yield()


def _is_running(pid: int) -> bool:
    """Return whether there is such a process that is not a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_the_number_of_workers_leaves_a_core_to_the_bot() -> None:
    assert worker_count(IntakeSettings(workers=3)) == 3
    assert worker_count(IntakeSettings()) == max(len(os.sched_getaffinity(0)) - 1, 1)


def test_an_unreachable_cluster_is_an_error_that_names_it() -> None:
    settings = IntakeSettings(dask="tcp://127.0.0.1:1")
    with open_workers(settings, patience=6) as workers:  # the first attempt takes five seconds
        future = workers.documents.submit(double, 1)
        with pytest.raises(ClusterUnavailable, match=r"no Dask scheduler at tcp://127\.0\.0\.1:1"):
            future.result(30)
