"""Processes that run one call at a time and are killed at its deadline, for Dask's workers.

A cluster's workers may not start processes through `multiprocessing`, as they are daemons, and run several calls in
threads. Each thread takes an idle process from those of its worker, or starts one. `python -m bot.intake.child_process`
is such a process: it reads pickled calls from standard input and answers on standard output.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from importlib import import_module
from queue import Empty, SimpleQueue
from traceback import format_exc
from typing import Any, BinaryIO, Final, TypeVar

from bot.intake.processor_limit import MAX_WAIT_MULTIPLE, ends_within

__all__ = ["call_briefly", "call_within"]

T = TypeVar("T")

_ORPHAN_SECONDS: Final = 5.0
"""Seconds beyond its deadline after which a process ends itself: whoever should have killed it is gone."""

_idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()


def call_within(seconds: float, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> T:
    """Call `fn` in another process.

    Raises TimeoutError when that takes longer than `seconds`, counted from when the process is ready, EOFError when it
    dies, and what `fn` raises.
    """
    return _call(seconds, lambda _process, wait: wait(seconds), partial(fn, *args, **kwargs))


def call_briefly(seconds: float, fn: Callable[..., T], /, *args: Any) -> T:
    """Call `fn` as `call_within` does, but count the processor's time where that is known."""
    longest = MAX_WAIT_MULTIPLE * seconds
    return _call(longest, lambda process, wait: ends_within(seconds, process.pid, wait), partial(fn, *args))


def _call(
    longest: float,
    ends_in_time: Callable[[subprocess.Popen[bytes], Callable[[float], bool]], bool],
    work: Callable[[], T],
) -> T:
    """Call `work` in another process, which is killed when `ends_in_time` returns False.

    It takes at most `longest` seconds.
    """
    process = _take_process()
    assert process.stdin is not None and process.stdout is not None  # noqa: PT018, S101 - both are pipes
    done, late = threading.Event(), threading.Event()

    def kill_if_late() -> None:
        if not ends_in_time(process, done.wait):
            late.set()
            process.kill()

    watch = threading.Thread(target=kill_if_late, name="deadline", daemon=True)
    watch.start()
    try:
        pickle.dump((longest, work), process.stdin, pickle.HIGHEST_PROTOCOL)
        process.stdin.flush()
        result, error = pickle.load(process.stdout)  # noqa: S301 - written by our own process
    except Exception as ended:
        done.set()
        process.kill()
        process.communicate()
        if late.is_set():
            raise TimeoutError from ended
        if isinstance(ended, OSError | pickle.UnpicklingError):
            raise EOFError from ended
        raise
    finally:
        done.set()
        watch.join()  # it may be at killing the process
    if not late.is_set():
        _idle.put(process)
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return] # what `work` returns


def _take_process() -> subprocess.Popen[bytes]:
    """Return a process that waits for a call. Raises EOFError when one can't be started."""
    while True:
        try:
            process = _idle.get_nowait()
        except Empty:
            break
        if process.poll() is None:
            return process
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(  # noqa: S603 - this program
        [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    pickle.load(process.stdout)  # noqa: S301 - written by our own process once it has loaded what work needs
    return process


def _serve(calls: BinaryIO, answers: BinaryIO) -> None:
    """Answer calls until there are no more."""
    import_module("bot.intake.analysis_job").warm_up()  # not imported by who only starts processes
    pickle.dump("ready", answers)
    answers.flush()
    while True:
        try:
            longest, work = pickle.load(calls)  # noqa: S301 - written by our own program
        except EOFError:
            return
        _end_after(longest + _ORPHAN_SECONDS)
        answer: tuple[Any, Exception | None]
        try:
            answer = work(), None
        except Exception as error:  # noqa: BLE001,RUF100 - goes to the caller
            error.add_note(format_exc())
            answer = None, error
        _end_after(0)
        try:
            packed = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
        except Exception as error:  # noqa: BLE001,RUF100 - a result or error that can't be pickled
            packed = pickle.dumps((None, RuntimeError(f"{type(error).__name__}: {error}")))
        answers.write(packed)
        answers.flush()


def _end_after(seconds: float) -> None:
    """Let the system end this process after so many seconds, even in C code; 0 for never."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _main() -> None:
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries print is no answer
    _serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    _main()
