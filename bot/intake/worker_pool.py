"""Where does the work of reading and analysing run? In processes of our own, or on a Dask cluster.

Both are `concurrent.futures` executors, so that nothing else in the program knows which it is.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from typing import Any

import structlog

from bot.errors import InputInvalid
from bot.settings import IntakeSettings

__all__ = ["DaskWorkers", "ProcessWorkers", "WorkerDied", "open_executor", "worker_count"]

log = structlog.get_logger()

_NICENESS = 10
_PATIENCE = 5.0


class WorkerDied(BrokenExecutor):
    """The work killed the process that did it, alone and for the second time."""


def worker_count(settings: IntakeSettings) -> int:
    """How many processes the settings ask for."""
    if settings.workers:
        return settings.workers
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(cores - 1, 1)


@contextmanager
def open_executor(settings: IntakeSettings) -> Iterator[Executor]:
    """The executor that the settings ask for; closed at the end, what it had not begun is dropped.

    Raises InputInvalid when the Dask cluster can't be reached or its library is not installed.
    """
    if settings.dask:
        with _dask(settings.dask) as cluster:
            yield cluster
        return
    workers = ProcessWorkers(worker_count(settings), warm=True)
    try:
        yield workers
    finally:
        workers.close()


@dataclass(eq=False, slots=True)
class _Task:
    """A call and where its caller waits for the result."""

    fn: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    future: Future[Any]

    def settle(self, inner: Future[Any]) -> None:
        """Hand on what came out."""
        if not self.future.set_running_or_notify_cancel():
            return
        error = inner.exception()
        if error is not None:
            self.future.set_exception(error)
        else:
            self.future.set_result(inner.result())

    def fail(self, error: BaseException) -> None:
        """Hand on that nothing can come out."""
        if self.future.set_running_or_notify_cancel():
            self.future.set_exception(error)


class ProcessWorkers(Executor):
    """Processes that outlive the death of one of them, and none of which outlives this one.

    When a process dies (out of memory, a crash in a library), everything that was under way is tried again, one by
    one: what kills a process alone gets WorkerDied, the rest its results. `warm` loads in each process, as it starts,
    what reading and analysing need.
    """

    def __init__(self, workers: int, *, warm: bool = False) -> None:
        self.width = workers
        self._warm = warm
        self._lock = threading.Lock()
        self._pool = self._new_pool()
        self._mender: threading.Thread | None = None
        self._suspects: deque[_Task] = deque()
        self._waiting: deque[_Task] = deque()
        self._under_way: set[_Task] = set()
        self._closed = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run `fn` in a process; what goes in and out has to be picklable."""
        task = _Task(fn, args, kwargs, Future())
        with self._lock:
            if self._closed:
                raise RuntimeError("the workers are closed")
            if self._mender is not None:
                self._waiting.append(task)
            else:
                self._start(task)
        return task.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes; `wait` for what is under way."""
        with self._lock:
            self._closed = True
            dropped = [*self._waiting] if cancel_futures else []
            if cancel_futures:
                self._waiting.clear()
            mender = self._mender
        for task in dropped:
            task.future.cancel()
        if wait and mender is not None:
            mender.join()
        self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)

    def close(self) -> None:
        """End the processes now: what has not begun is cancelled, what takes longer than some seconds is killed.

        Processes without work are not waited for: they may be loading still.
        """
        # ProcessPoolExecutor has no public way to reach its processes before Python 3.14.
        processes = list((self._pool._processes or {}).values())
        self.shutdown(wait=False, cancel_futures=True)
        due = time.monotonic() + (_PATIENCE if self._under_way else 0)
        for process in processes:
            process.join(max(due - time.monotonic(), 0))
            if process.is_alive():
                process.kill()
                process.join()

    def _new_pool(self) -> ProcessPoolExecutor:
        # Not "fork": a copy of a process with threads may hang. What is imported there is imported anew.
        pool = ProcessPoolExecutor(
            self.width, mp_context=get_context("spawn"), initializer=_begin, initargs=(self._warm,)
        )
        for _ in range(self.width):
            pool.submit(_nothing)  # starts a process: here and now, and not on the event loop with the first file
        return pool

    def _start(self, task: _Task) -> None:
        """Give a task to the pool; with the lock held."""
        try:
            inner = self._pool.submit(task.fn, *task.args, **task.kwargs)
        except BrokenProcessPool:
            self._suspect(task)
            return
        self._under_way.add(task)
        inner.add_done_callback(lambda done: self._done(task, done))
        task.future.add_done_callback(lambda outer: outer.cancelled() and inner.cancel())

    def _done(self, task: _Task, inner: Future[Any]) -> None:
        self._under_way.discard(task)
        if inner.cancelled():
            task.future.cancel()
        elif isinstance(inner.exception(), BrokenProcessPool):
            with self._lock:
                self._suspect(task)
        else:
            task.settle(inner)

    def _suspect(self, task: _Task) -> None:
        """Note that a task was under way when a process died; with the lock held."""
        if self._closed:
            task.future.cancel()
            return
        self._suspects.append(task)
        if self._mender is None:
            self._mender = threading.Thread(target=self._mend, name="mend-workers", daemon=True)
            self._mender.start()

    def _mend(self) -> None:
        """Try the suspects alone, then let those through that came meanwhile."""
        # All that the broken pool had under way is among the suspects once it is shut down.
        self._pool.shutdown(wait=True)
        log.warning("intake.worker_died", retried=len(self._suspects))
        self._pool = self._new_pool()
        while True:
            with self._lock:
                if not self._suspects or self._closed:
                    for task in self._suspects:
                        task.future.cancel()
                    self._suspects.clear()
                    self._mender = None
                    while self._waiting:
                        self._start(self._waiting.popleft())
                    return
                task = self._suspects.popleft()
            self._try_alone(task)

    def _try_alone(self, task: _Task) -> None:
        try:
            inner = self._pool.submit(task.fn, *task.args, **task.kwargs)
            inner.exception()
        except RuntimeError as error:  # shut down meanwhile
            task.fail(error)
            return
        if isinstance(inner.exception(), BrokenProcessPool):
            self._pool.shutdown(wait=True)
            self._pool = self._new_pool()
            task.fail(WorkerDied("the process that did the work died, twice"))
        else:
            task.settle(inner)


def _nothing() -> None:
    """The first work of each process."""


def _begin(warm: bool) -> None:
    """What a process does before its first work."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # one core each; there are as many processes as shall work
    if hasattr(os, "nice"):
        os.nice(_NICENESS)  # answers to members come first
    # Those who end the program may signal its whole group; the workers' end is the parent's business.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    if warm:
        from bot.intake.analysis_job import warm_up  # after the number of threads is set, which numpy reads once

        warm_up()


def _end_with_parent() -> None:
    """Wait for the parent's death, however it comes, and follow: no process is left behind."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class DaskWorkers(Executor):
    """The workers of a Dask cluster. Work that brought down several of them gets WorkerDied, as with processes."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.width = max(sum(client.nthreads().values()), 1)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run `fn` on the cluster; what goes in and out has to be picklable."""
        task = _Task(fn, args, kwargs, Future())
        inner = self._client.submit(fn, *args, **kwargs, pure=False)
        inner.add_done_callback(lambda done: _settle_from_dask(task, done))
        task.future.add_done_callback(lambda outer: outer.cancelled() and inner.cancel())
        return task.future


def _settle_from_dask(task: _Task, inner: Any) -> None:
    from distributed import KilledWorker

    if inner.status == "cancelled":
        task.future.cancel()
        return
    try:
        result = inner.result()
    except KilledWorker:
        task.fail(WorkerDied("the work brought down several workers of the cluster"))
    except Exception as error:  # noqa: BLE001,RUF100 - whatever it is, it goes to who waits for the result
        task.fail(error)
    else:
        if task.future.set_running_or_notify_cancel():
            task.future.set_result(result)


@contextmanager
def _dask(address: str) -> Iterator[Executor]:
    try:
        import distributed
    except ImportError as error:
        raise InputInvalid(
            "intake.dask needs the library distributed: install gazette[dask], or leave the option empty"
        ) from error
    connect: Any = distributed.Client
    try:
        client = connect(address, timeout=10)
    except (OSError, ValueError) as error:
        raise InputInvalid(f"there is no Dask scheduler at {address} (intake.dask): {error}") from error
    try:
        yield DaskWorkers(client)
    finally:
        client.close()
