"""Processes die, and nothing is lost; the program dies, and no process is left."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import wait
from pathlib import Path

import pytest

from bot.errors import InputInvalid
from bot.intake.analysis_job import AnalysisJob, analyse_document, unpack_story
from bot.intake.worker_pool import ProcessWorkers, WorkerDied, open_executor, worker_count
from bot.newsroom.rejections import Rejection, RejectReason
from bot.settings import IntakeSettings

PATIENCE = 60


def double(number: int) -> int:
    return 2 * number


def die(_number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def die_once(mark: str) -> str:
    """Kill the process the first time, and come through the second."""
    try:
        Path(mark).touch(exist_ok=False)
    except FileExistsError:
        return "done"
    os.kill(os.getpid(), signal.SIGKILL)
    return ""


def say(what: str) -> object:
    """What a worker knows of itself."""
    return {"pid": os.getpid(), "nice": os.nice(0), "threads": os.environ.get("OMP_NUM_THREADS")}[what]


def refuse(_number: int) -> int:
    raise ValueError("not this one")


@pytest.fixture(scope="module")
def workers() -> Iterator[ProcessWorkers]:
    pool = ProcessWorkers(2)
    yield pool
    pool.close()


def test_work_is_done_and_its_errors_come_back(workers: ProcessWorkers) -> None:
    assert workers.submit(double, 21).result(PATIENCE) == 42
    with pytest.raises(ValueError, match="not this one"):
        workers.submit(refuse, 1).result(PATIENCE)


def test_workers_step_back_behind_the_answers_to_members(workers: ProcessWorkers) -> None:
    assert workers.submit(say, "nice").result(PATIENCE) > os.nice(0)
    assert workers.submit(say, "pid").result(PATIENCE) != os.getpid()


def test_who_kills_its_process_is_told_and_the_others_get_their_results(workers: ProcessWorkers) -> None:
    futures = [workers.submit(die if at == 3 else double, at) for at in range(8)]
    wait(futures, PATIENCE)
    assert isinstance(futures[3].exception(), WorkerDied)
    assert [future.result() for at, future in enumerate(futures) if at != 3] == [0, 2, 4, 8, 10, 12, 14]
    assert workers.submit(double, 5).result(PATIENCE) == 10


def test_a_process_that_died_by_chance_costs_nothing(workers: ProcessWorkers, tmp_path: Path) -> None:
    futures = [workers.submit(die_once, str(tmp_path / "mark")), *(workers.submit(double, at) for at in range(4))]
    wait(futures, PATIENCE)
    assert [future.result() for future in futures] == ["done", 0, 2, 4, 6]


def test_workers_that_are_told_to_stop_with_their_group_go_on(workers: ProcessWorkers) -> None:
    pid = workers.submit(say, "pid").result(PATIENCE)
    assert isinstance(pid, int)
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(pid, number)
    assert workers.submit(double, 4).result(PATIENCE) == 8


def test_closed_workers_take_nothing_more() -> None:
    pool = ProcessWorkers(1)
    assert pool.submit(double, 1).result(PATIENCE) == 2
    pool.close()
    with pytest.raises(RuntimeError, match="closed"):
        pool.submit(double, 1)


PARENT = """
import sys
from bot.intake.worker_pool import ProcessWorkers
from tests.intake.test_worker_pool import say
if __name__ == "__main__":
    workers = ProcessWorkers(1)
    print(workers.submit(say, "pid").result(), flush=True)
    sys.stdin.read()
"""


def test_no_worker_outlives_the_program_however_it_ends(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    due = time.monotonic() + PATIENCE
    while _runs(pid):
        assert time.monotonic() < due, "the worker is still there"
        os.sched_yield()


def _runs(pid: int) -> bool:
    """Is there such a process, and not only its remains?"""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_the_number_of_workers_leaves_a_core_to_the_bot() -> None:
    assert worker_count(IntakeSettings(workers=3)) == 3
    assert worker_count(IntakeSettings()) == max(len(os.sched_getaffinity(0)) - 1, 1)


def test_a_cluster_that_is_not_there_is_said() -> None:
    settings = IntakeSettings(dask="tcp://127.0.0.1:1")
    with pytest.raises(InputInvalid, match=r"no Dask scheduler at tcp://127\.0\.0\.1:1"), open_executor(settings):
        pass


# What a worker does


def test_a_document_becomes_stories_for_the_store() -> None:
    text = "The council of Oslo voted on Monday to build a bridge. Work on it begins in spring."
    outcome = analyse_document(AnalysisJob("a.txt", text.encode("utf-16"), "lead", 1))
    (packed,) = outcome.stories
    found = unpack_story(packed)
    assert (outcome.encoding, outcome.rejection) == ("utf-16-le", None)
    assert found.indexed.analysis.summary[0].text == text.partition(" Work")[0]
    assert found.features.hashes


def test_what_takes_too_long_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.intake.analysis_job._SECONDS", 0.05)
    monkeypatch.setattr("bot.intake.analysis_job._SECONDS_PER_MB", 0.0)
    text = "\n".join(f"The council of town {at} voted on Monday to build a bridge." for at in range(20_000))
    rejection = analyse_document(AnalysisJob("a.txt", text.encode(), "newsrank", 3)).rejection
    assert rejection == Rejection(RejectReason.TIMEOUT, {"seconds": 0.05})


def test_time_is_up_even_when_the_alarm_rings_while_an_object_is_freed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.intake.analysis_job._SECONDS", 0.05)
    monkeypatch.setattr("bot.intake.analysis_job._SECONDS_PER_MB", 0.0)
    monkeypatch.setattr("bot.intake.analysis_job._UNHEARD", 0.05)
    dropped: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", dropped.append)

    class Slow:
        def __init__(self) -> None:
            self.itself = self  # freed by a collection of garbage, or at once when the circle is broken

        def __del__(self) -> None:
            until = time.monotonic() + 0.1
            while time.monotonic() < until:
                os.sched_yield()

    def read(*_: object) -> None:
        for breaks in (False, True):
            slow = Slow()
            if breaks:
                del slow.itself
            del slow
            gc.collect()
        while True:
            os.sched_yield()

    monkeypatch.setattr("bot.intake.analysis_job.read_parts", read)
    rejection = analyse_document(AnalysisJob("a.txt", b"The council voted.", "lead", 1)).rejection
    assert rejection == Rejection(RejectReason.TIMEOUT, {"seconds": 0.05})
    assert len(dropped) <= 1


def test_an_error_that_nobody_foresaw_is_a_reason_and_keeps_its_traceback() -> None:
    outcome = analyse_document(AnalysisJob("a.txt", b"The council voted.", "no-such-engine", 3))
    assert outcome.rejection is not None
    assert outcome.rejection.reason is RejectReason.INTERNAL_ERROR
    assert "Traceback" in (outcome.traceback or "")
