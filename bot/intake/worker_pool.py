"""Workers that read and analyse documents: processes of this program, or a Dask cluster.

Both are `concurrent.futures` executors that can give a piece of work a deadline, so that nothing else in the program
knows which it is. docs/decisions/0018-one-pipe-for-each-worker-process.md says why no library's pool is used.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
import time
from abc import abstractmethod
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from multiprocessing import get_all_start_methods, get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from traceback import format_exc
from types import ModuleType
from typing import Any, Final, TypeVar

import structlog

from bot.intake.processor_limit import ends_within
from bot.settings import IntakeSettings

__all__ = [
    "DeadlineExceeded",
    "DeadlineExecutor",
    "LazyProcessWorkers",
    "ProcessWorkers",
    "WorkerDied",
    "load_readers",
    "worker_count",
]

log = structlog.get_logger()

T = TypeVar("T")

_NICENESS: Final = 10
"""Steps by which a worker's priority is lowered, of 19: answers to members come first."""

_CLOSE_SECONDS: Final = 5.0
"""Seconds that running work gets to end when the workers are closed: half of what hosts give a program."""

_ATTEMPTS: Final = 2
"""Times that work is tried before it is blamed for the death of its processes: one may die of something else."""


class WorkerDied(BrokenExecutor):
    """The work killed the process that ran it, each time it was tried."""


class DeadlineExceeded(Exception):
    """The work took longer than the `seconds` that it was allowed to."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        return f"the work took longer than {self.seconds:g} seconds"


class DeadlineExecutor(Executor):
    """An executor whose work can have a deadline.

    `width` is the number of calls that run at the same time now; workers of a cluster come and go.
    """

    width: int

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Run `fn`; arguments and result have to be picklable."""
        return self.submit_within(None, fn, *args, **kwargs)

    @abstractmethod
    def submit_within(self, seconds: float | None, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Run `fn` for at most `seconds`, counted from its start.

        Then the future raises DeadlineExceeded.
        """

    def submit_briefly(self, seconds: Callable[[], float], fn: Callable[..., T], /, *args: Any) -> Future[T]:
        """Run `fn` as `submit_within` does, but count the processor's time where that is known.

        On a busy machine work then isn't stopped because it had to wait. `seconds` is asked when the work begins, as
        work before it may change the answer; it is called in another thread.
        """
        return self.submit_within(seconds(), fn, *args)


def worker_count(settings: IntakeSettings) -> int:
    """Return the number of worker processes that the settings ask for."""
    if settings.workers:
        return settings.workers
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(cores - 1, 1)


@dataclass(eq=False, slots=True)
class _Task:
    """A call, and the future in which its result is awaited."""

    fn: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    seconds: float | None
    """Time that it may take; None for any."""
    brief_seconds: Callable[[], float] | None = None
    """Gives the processor's time that it may take, when it begins."""
    future: Future[Any] = field(default_factory=Future)


class ProcessWorkers(DeadlineExecutor):
    """Worker processes, each with a pipe of its own and a thread that serves it.

    A process that dies (out of memory, a crash in a library) or overruns a deadline is replaced, and only the work that
    it ran is affected. Work whose process dies is tried once more. No process outlives the program. `warm_up` is called
    in each process as it starts, to load what the work needs. With `forked`, processes are copies of this one where the
    system allows it, and so are ready at once: for commands that end soon and have no threads of their own.
    """

    def __init__(
        self,
        workers: int,
        *,
        warm_up: Callable[[], object] | None = None,
        niceness: int = _NICENESS,
        forked: bool = False,
    ) -> None:
        self.width = workers
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._closing = threading.Event()
        launcher = _Launcher(forked, warm_up, niceness)
        self._workers = [_Worker(self._tasks, self._closing, launcher) for _ in range(workers)]
        for worker in self._workers:
            worker.start()
        atexit.register(self.shutdown, wait=False)  # who forgets to close the workers still can end

    def submit_within(self, seconds: float | None, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Run `fn` in a process that is killed at the deadline, even within C code."""
        return self._submit(_Task(fn, args, kwargs, seconds))

    def submit_briefly(self, seconds: Callable[[], float], fn: Callable[..., T], /, *args: Any) -> Future[T]:
        """Run `fn` for at most so many seconds of a processor's time, where the system tells it."""
        return self._submit(_Task(fn, args, {}, None, brief_seconds=seconds))

    def _submit(self, task: _Task) -> Future[Any]:
        if self._closing.is_set():
            raise RuntimeError("the workers are closed")
        self._tasks.put(task)
        return task.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:
        """End all processes.

        Work that has not begun is cancelled, and what runs longer than some seconds is killed.
        """
        atexit.unregister(self.shutdown)
        self._closing.set()
        for _ in self._workers:
            self._tasks.put(None)
        due = time.monotonic() + (_CLOSE_SECONDS if wait else 0)
        for worker in self._workers:
            worker.close(max(due - time.monotonic(), 0))


@dataclass(slots=True)
class _Child:
    """A worker process, and this program's end of its pipe."""

    process: BaseProcess
    connection: Connection
    is_ready: bool = False
    """It has told that it is warmed up."""


@dataclass(frozen=True, slots=True)
class _Launcher:
    """Starts worker processes."""

    forked: bool
    warm_up: Callable[[], object] | None
    niceness: int

    def start(self) -> _Child:
        context = _fork_context() if self.forked else _process_context()
        with _LAUNCHING:
            connection, theirs = context.Pipe()
            process = context.Process(
                target=_serve, args=(theirs, self.warm_up, self.niceness), name="gazette-worker", daemon=True
            )
            process.start()
            theirs.close()
        return _Child(process, connection)


_LAUNCHING = threading.Lock()
"""Held while a process starts: a copy of this one made meanwhile would keep the pipe open after that process died."""


class _Worker(threading.Thread):
    """The thread of one worker process: hands work over, awaits results, replaces it."""

    def __init__(self, tasks: SimpleQueue[_Task | None], closing: threading.Event, launcher: _Launcher) -> None:
        super().__init__(name="intake-worker", daemon=True)
        self._tasks, self._closing, self._launcher = tasks, closing, launcher
        self._busy = False
        self._process_lock = threading.Lock()
        """Held to start or kill processes, so that none is started once the workers are closing."""
        self._child = launcher.start()
        self._spare: _Child | None = None
        """The next process, started ahead when the one before it was killed: more hostile documents may follow."""
        self._killed: list[_Child] = []
        """Processes that were killed, which may take a moment to end."""
        self._wants_spare = False

    def run(self) -> None:
        while (task := self._tasks.get()) is not None:
            if self._closing.is_set():
                task.future.cancel()
            if not task.future.set_running_or_notify_cancel():
                continue
            self._busy = True
            self._run_task(task)
            self._busy = False

    def close(self, seconds: float) -> None:
        """Kill the process; if it has work, after at most that many seconds."""
        if self._busy:
            self.join(seconds)
        with self._process_lock:
            self._child.process.kill()
            if self._spare is not None:
                self._kill(self._spare)
        self.join()
        self._kill(self._child)
        for child in self._killed:
            child.process.join()

    def _kill(self, child: _Child) -> None:
        child.process.kill()
        child.connection.close()
        self._killed.append(child)

    def _replace_process(self) -> None:
        self._killed = [child for child in self._killed if child.process.exitcode is None]
        with self._process_lock:
            if self._closing.is_set():
                self._child.process.kill()
                return
            self._kill(self._child)
            self._child, self._spare = self._spare or self._launcher.start(), None
        self._wants_spare = True

    def _start_spare(self) -> None:
        """Start the next process while the present one has work."""
        with self._process_lock:
            if self._wants_spare and not self._closing.is_set():
                self._wants_spare, self._spare = False, self._launcher.start()

    def _run_task(self, task: _Task) -> None:
        """Run one piece of work to its end, in a second process if the first dies."""
        for _ in range(_ATTEMPTS):
            try:
                result, error = self._exchange(task)
            except (EOFError, OSError):
                log.warning("intake.worker_died", pid=self._child.process.pid)
                self._replace_process()
                if self._closing.is_set():
                    break
                continue
            except DeadlineExceeded as exceeded:
                told = log.warning if task.brief_seconds is None else log.debug  # brief work may go on elsewhere
                told("intake.worker_killed", pid=self._child.process.pid, seconds=exceeded.seconds)
                self._replace_process()
                result, error = None, exceeded
            except Exception as unpicklable:  # noqa: BLE001,RUF100 - goes to the caller, as in every executor
                result, error = None, unpicklable
            if error is None:
                task.future.set_result(result)
            else:
                task.future.set_exception(error)
            return
        task.future.set_exception(WorkerDied("the process that ran the work died"))

    def _exchange(self, task: _Task) -> tuple[Any, BaseException | None]:
        """Send work and return its result or error.

        Raises EOFError or OSError when the process dies.
        """
        child = self._child
        if not child.is_ready:
            child.connection.recv()  # sent after the warm-up, which doesn't count towards the deadline
            child.is_ready = True
        child.connection.send((task.fn, task.args, task.kwargs))
        child.connection.recv()  # sent once the function is imported, which a new process has to do first
        self._start_spare()
        if task.brief_seconds is not None:
            seconds = task.brief_seconds()
            if not ends_within(seconds, child.process.pid, child.connection.poll):
                raise DeadlineExceeded(seconds)
        elif not child.connection.poll(task.seconds):
            raise DeadlineExceeded(task.seconds or 0)
        answer: tuple[Any, BaseException | None] = child.connection.recv()
        return answer


class LazyProcessWorkers(DeadlineExecutor):
    """One worker process that starts with the first work."""

    width = 1

    def __init__(self, *, niceness: int = _NICENESS) -> None:
        self._niceness = niceness
        self._lock = threading.Lock()
        self._workers: ProcessWorkers | None = None

    def submit_within(self, seconds: float | None, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Run `fn` in the process, which is killed at the deadline."""
        with self._lock:
            if self._workers is None:
                self._workers = ProcessWorkers(1, warm_up=load_readers, niceness=self._niceness)
        return self._workers.submit_within(seconds, fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:
        """End the process if it was started."""
        if self._workers is not None:
            self._workers.shutdown(wait, cancel_futures=cancel_futures)


@cache
def _process_context() -> Any:
    """Return how processes of a program with threads are started.

    Not by "fork": the copy of a process with threads may hang. A fork server has one thread, and where there is none
    (on Windows) a new process imports what it needs.
    """
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["bot.intake.warm_worker", __name__, *_main_imports()])
    return context


@cache
def _fork_context() -> Any:
    """Return how processes of a short command without threads are started.

    They are copies of it on Linux; Apple's own libraries don't bear that.
    """
    return get_context("fork") if sys.platform == "linux" else _process_context()


def _main_imports() -> list[str]:
    """Return the modules that the main script imports, which each new worker imports again."""
    names = {
        value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)
        for value in vars(sys.modules["__main__"]).values()
    }
    return sorted(name for name in names if isinstance(name, str) and name != "__main__" and name in sys.modules)


def load_readers() -> None:
    """Load what reading and analysing need; the fork server, where there is one, has done so."""
    import_module("bot.intake.warm_worker")


def _serve(connection: Connection, warm_up: Callable[[], object] | None, niceness: int) -> None:
    """Run work as it comes: the whole life of a worker process."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # one core for each process; numpy reads it once, when imported
    if hasattr(os, "nice"):
        os.nice(niceness)
    # Who ends the program may signal its whole group; the workers' end is the parent's business.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    if warm_up is not None:
        warm_up()
    connection.send("ready")
    while True:
        try:
            fn, args, kwargs = connection.recv()
        except EOFError:
            return
        except Exception as error:  # noqa: BLE001,RUF100 - what can't be unpickled here fails its own work only
            connection.send("begun")
            connection.send((None, error))
            continue
        connection.send("begun")
        answer: tuple[Any, BaseException | None]
        try:
            answer = fn(*args, **kwargs), None
        except Exception as error:  # noqa: BLE001,RUF100 - goes to the caller, as in every executor
            error.add_note(format_exc())
            answer = None, error
        try:
            connection.send(answer)
        except OSError:
            return  # the parent is gone
        except Exception as error:  # noqa: BLE001,RUF100 - a result or error that can't be pickled
            connection.send((None, RuntimeError(f"{type(error).__name__}: {error}")))


def _end_with_parent() -> None:
    """End this process when its parent dies, however that happens: no process is left behind."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
