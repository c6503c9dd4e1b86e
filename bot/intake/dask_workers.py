"""The workers of a Dask cluster, over all losses of its scheduler and its workers.

Work waits while there is no scheduler or no worker that can do it, and is given to the cluster again when its scheduler
was lost. Only workers with this program's code are used: others would read documents differently. A thread with an event
loop of its own holds the connection, so that a cluster that hangs holds up nothing else.
"""

from __future__ import annotations

import asyncio
import logging
import pickle
import threading
import warnings
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from traceback import format_exc
from types import ModuleType
from typing import Any, Final, TypeVar

import structlog

from bot.errors import ClusterUnavailable, InputInvalid
from bot.intake.child_process import call_briefly, call_within
from bot.intake.program import program_fingerprint
from bot.intake.worker_pool import DeadlineExceeded, DeadlineExecutor, WorkerDied

__all__ = ["DaskWorkers"]

log = structlog.get_logger()

T = TypeVar("T")

_CONNECT_SECONDS: Final = 5.0
"""Seconds for one attempt to reach the scheduler, which is in the same network."""

_RETRY_SECONDS: Final = 1.0
"""Pause between two attempts to reach the scheduler, and before work that a worker couldn't begin is tried again."""

_LOOK_SECONDS: Final = 1.0
"""Seconds between two looks at the scheduler and its workers: one small request."""

_ANSWER_SECONDS: Final = 10.0
"""Seconds after which a scheduler that doesn't answer is taken for lost: a busy one answers within one or two."""

_CLOSE_SECONDS: Final = 3.0
"""Seconds for taking leave of the cluster, of the ten that hosts give a program."""

_CHECK_PRIORITY: Final = 100
"""Priority of asking a worker for its version: before all documents, which have 0."""

_LOGGERS: Final = ("distributed", "distributed.client", "distributed.comm")
"""Loggers whose errors are tracebacks of each loss; `_begin_waiting` says in one line what they mean."""

_ATTEMPTS: Final = 3
"""Times that work is tried before it is blamed for its workers' end, as many as Dask itself tries by default."""


class _OtherProgram(Exception):
    """The worker has another version of this program."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Reason for which work waits, as a name for monitors and a sentence for people."""

    state: str
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class _Crew:
    """The workers that get work now, by address, with their threads."""

    client: Any
    threads: dict[str, int]
    restricted: bool
    """Whether the cluster has other workers, which must not get work."""
    others: int
    """Number of workers that were found to have another version."""


def _call_in_child(call: Callable[..., Any], seconds: float, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> T:
    """Run work in a child process of a cluster's worker, by `call_within` or `call_briefly`."""
    try:
        result: T = call(seconds, fn, *args, **kwargs)
    except TimeoutError:
        raise DeadlineExceeded(seconds) from None
    except EOFError:
        raise WorkerDied("the process that ran the work died") from None
    return result


class DaskWorkers(DeadlineExecutor):
    """The workers of a Dask cluster. Work that brings down several of them gets WorkerDied.

    While the cluster is away, work waits for it for at most `patience` seconds and gets ClusterUnavailable then; None
    waits for ever. Dask doesn't stop what a worker has begun, so work that has a deadline runs in a child process of the
    worker, which is killed at its end.

    Raises InputInvalid when the library isn't installed or the address can't be one.
    """

    width = 1
    """The number of threads of the workers that there are now, at least 1."""

    def __init__(self, address: str, *, patience: float | None = None) -> None:
        self._library = _import_library(address)
        self._address, self._patience = address, patience
        self._crew: _Crew | None = None
        self._waiting: _Waiting | None = None
        self._looking_since = 0.0
        """When the scheduler was reached."""
        self._patience_timer: asyncio.TimerHandle | None = None
        """Ends patience, while work waits and patience is limited."""
        self._is_over = False
        """Whether patience is over."""
        self._found_out = threading.Event()
        """Set once it was found out whether the cluster works."""
        self._ready = asyncio.Event()
        """Set while there is a crew, or none is waited for any more."""
        self._lost = asyncio.Event()
        """Set when the connection to the scheduler was seen to be lost."""
        self._recheck = False
        """Whether a worker turned out to have another version than it had."""
        self._results: dict[asyncio.Future[Any], frozenset[str] | None] = {}
        """Work at the cluster, with the workers that may do it; None for any."""
        self._closed = False
        self._stop = asyncio.Event()
        self._streams: Any = None
        """The library's view of the event loop, which knows the connections; None before the first attempt."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="intake-cluster", daemon=True)
        self._thread.start()

    def submit_within(self, seconds: float | None, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Run `fn` on the cluster, for at most `seconds` from its start."""
        work: Callable[..., T] = fn if seconds is None else partial(_call_in_child, call_within, seconds, fn)
        return self._submit(work, args, kwargs)

    def submit_briefly(self, seconds: Callable[[], float], fn: Callable[..., T], /, *args: Any) -> Future[T]:
        """Run `fn` on the cluster for at most so many seconds of a worker's processor time.

        `seconds` is asked now, as a worker can't ask it.
        """
        return self._submit(partial(_call_in_child, call_briefly, seconds(), fn), args, {})

    def _submit(self, work: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Future[T]:
        if self._closed:
            raise RuntimeError("the workers are closed")
        return asyncio.run_coroutine_threadsafe(self._call(work, args, kwargs), self._loop)

    async def describe(self) -> dict[str, object]:
        """Return whether the cluster works, and with how many workers, or why intake waits for it."""
        crew, waiting = self._crew, self._waiting
        if crew is not None:
            return {
                "state": "working",
                "workers": len(crew.threads),
                "threads": sum(crew.threads.values()),
                "other_version": crew.others,
            }
        if waiting is not None:
            return {"state": waiting.state, "reason": waiting.reason}
        return {"state": "connecting"}

    def find_out(self, seconds: float) -> bool:
        """Wait for some seconds until it is known whether the cluster works; return True if it is."""
        return self._found_out.wait(seconds)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:
        """Leave the cluster; work that isn't done is cancelled."""
        if not self._closed:
            self._closed = True
            self._loop.call_soon_threadsafe(self._stop.set)
        if wait:
            self._thread.join(2 * _CLOSE_SECONDS)

    # The connection, in the thread

    def _run(self) -> None:
        # `_choose_crew` reports other versions, and intake.max_bytes limits the size of a document.
        warnings.filterwarnings("ignore", message="Sending large graph")
        warnings.filterwarnings("ignore", category=self._library.versions.VersionMismatchWarning)
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._until_stopped())
        if self._streams is not None:
            # A connection that was made at the moment of a cancellation has no owner that would close it.
            self._streams.close(all_fds=True)

    async def _until_stopped(self) -> None:
        self._begin_waiting(None)
        supervising = asyncio.create_task(self._supervise(), name="cluster-supervisor")
        await self._stop.wait()
        supervising.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await asyncio.gather(supervising, return_exceptions=True)

    async def _supervise(self) -> None:
        """Connect, look after the workers, and connect again after each loss."""
        while True:
            try:
                async with self._connected() as client:
                    await self._look_after(client)
            except Exception as error:  # noqa: BLE001,RUF100 - whatever the library raises, there is no usable scheduler
                reason = f"there is no Dask scheduler at {self._address} ({_describe(error)})"
                self._begin_waiting(_Waiting("no scheduler", reason))
            await asyncio.sleep(_RETRY_SECONDS)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[Any]:
        self._lost.clear()
        client = self._library.Client(
            self._address, asynchronous=True, timeout=_CONNECT_SECONDS, set_as_default=False, name="gazette"
        )
        self._streams = client.loop
        try:
            async with asyncio.timeout(2 * _CONNECT_SECONDS):
                await client
            yield client
        finally:
            self._dismiss()
            for result in list(self._results):
                result.cancel()
            with suppress(Exception):
                async with asyncio.timeout(_CLOSE_SECONDS):
                    await client._close(fast=True)  # `close` waits for a scheduler that may be gone

    async def _look_after(self, client: Any) -> None:
        """Keep the crew up to date; ends by raising when the scheduler is lost."""
        checks: dict[str, asyncio.Task[bool]] = {}
        self._looking_since = self._loop.time()
        try:
            while True:
                if self._lost.is_set() or client.status != "running" or client.scheduler is None:
                    raise ConnectionError("the connection was lost")
                async with asyncio.timeout(_ANSWER_SECONDS):
                    threads: dict[str, int] = dict(await client.scheduler.ncores())
                for address in list(checks) if self._recheck else checks.keys() - threads.keys():
                    checks.pop(address).cancel()
                self._recheck = False
                for address in threads.keys() - checks.keys():
                    checks[address] = asyncio.create_task(_has_this_program(client, address))
                self._choose_crew(client, threads, checks)
                lost = asyncio.create_task(self._lost.wait())
                pending = [check for check in checks.values() if not check.done()]
                await asyncio.wait({lost, *pending}, timeout=_LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                lost.cancel()
        finally:
            for check in checks.values():
                check.cancel()

    def _choose_crew(self, client: Any, threads: dict[str, int], checks: dict[str, asyncio.Task[bool]]) -> None:
        """Choose the workers that get work, or note why there are none."""
        checked = [address for address in threads if checks[address].done()]
        usable = {address: threads[address] for address in checked if checks[address].result()}
        for result, allowed in list(self._results.items()):
            if allowed is not None and allowed.isdisjoint(usable):
                result.cancel()  # nobody is left who may do it
        if not threads:
            reason = f"the Dask cluster at {self._address} has no workers"
            self._begin_waiting(_Waiting("no workers", reason))
        elif usable:
            others = len(checked) - len(usable)
            if self._crew is None:
                log.info(
                    "intake.cluster_ready", workers=len(usable), threads=sum(usable.values()), other_version=others
                )
            self._crew = _Crew(client, usable, restricted=len(usable) < len(threads), others=others)
            self.width = max(sum(usable.values()), 1)
            self._end_waiting()
            if len(checked) == len(threads):
                self._found_out.set()
        elif len(checked) == len(threads):
            reason = f"the workers of the Dask cluster at {self._address} have another version of this program, or none"
            self._begin_waiting(_Waiting("other version", reason))
        elif self._loop.time() - self._looking_since > _ANSWER_SECONDS:
            reason = f"the workers of the Dask cluster at {self._address} don't answer: they are busy or hang"
            self._begin_waiting(_Waiting("no answer", reason))

    # Waiting for the cluster

    def _dismiss(self) -> None:
        self._crew, self.width = None, 1
        self._ready.clear()
        if self._is_over:
            self._ready.set()

    def _begin_waiting(self, waiting: _Waiting | None) -> None:
        """Let work wait; say why when that is news."""
        self._dismiss()
        if self._patience is not None and self._patience_timer is None:
            self._patience_timer = self._loop.call_later(self._patience, self._give_up)
        if waiting is not None and (self._waiting is None or self._waiting.state != waiting.state):
            log.warning("intake.cluster_waiting", state=waiting.state, reason=waiting.reason)
            self._waiting = waiting
            self._found_out.set()

    def _end_waiting(self) -> None:
        self._waiting = None
        if self._patience_timer is not None:
            self._patience_timer.cancel()
            self._patience_timer = None
        self._is_over = False
        self._ready.set()

    def _give_up(self) -> None:
        """Fail what waits, as patience is over."""
        self._is_over = True
        self._ready.set()
        for result in list(self._results):
            result.cancel()

    async def _find_crew(self) -> _Crew:
        """Return the crew as soon as there is one. Raises ClusterUnavailable when patience is over."""
        while True:
            await self._ready.wait()
            if self._crew is not None:
                return self._crew
            if self._is_over:
                reason = self._waiting.reason if self._waiting is not None else f"no answer from {self._address}"
                raise ClusterUnavailable(f"{reason}; waited {self._patience:g} seconds (intake.dask_wait_seconds)")

    # Work

    async def _call(self, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        """Run work on the cluster, again whenever it was lost or couldn't begin."""
        work, failures = pickle.dumps((fn, args, kwargs)), 0
        while failures < _ATTEMPTS:
            crew = await self._find_crew()
            result = await self._try(crew, work)
            error = None if result is None or result.cancelled() else result.exception()
            if result is None or result.cancelled() or isinstance(error, OSError):
                failures += self._was_bereft(crew)
                self._note_loss(crew.client)
            elif error is None:
                value, failure = pickle.loads(result.result())  # noqa: S301 - the cluster runs this program's code
                if failure is not None:
                    raise failure
                return value  # type: ignore[no-any-return]
            elif isinstance(error, self._library.KilledWorker):
                break
            else:
                failures += not isinstance(error, _OtherProgram)
                log.debug("intake.cluster_failed", error=_describe(error))
                self._recheck = True
                await asyncio.sleep(_RETRY_SECONDS)  # until then the workers' versions were looked at again
        raise WorkerDied("the work brought down several workers of the cluster")

    async def _try(self, crew: _Crew, work: bytes) -> asyncio.Future[bytes] | None:
        """Give work to the crew; return its result, cancelled or None if the crew was lost."""
        allowed = frozenset(crew.threads) if crew.restricted else None
        workers = sorted(allowed) if allowed is not None else None
        try:
            inner = crew.client.submit(_run_here, program_fingerprint(), work, pure=False, workers=workers)
        except self._library.client.ClosedClientError:
            return None
        result: asyncio.Future[bytes] = asyncio.ensure_future(inner.result())
        self._results[result] = allowed
        try:
            await asyncio.wait({result})
        finally:
            del self._results[result]
            result.cancel()
            inner.release()
        return result

    def _was_bereft(self, crew: _Crew) -> bool:
        """Return whether the crew's workers are gone, though the scheduler is there."""
        now = self._crew.threads if self._crew is not None else {}
        return crew.restricted and crew.client.status == "running" and now.keys().isdisjoint(crew.threads)

    def _note_loss(self, client: Any) -> None:
        """Request a new connection, unless the work was stopped for another reason."""
        if self._crew is not None and self._crew.client is client and not self._is_over:
            self._lost.set()
            self._dismiss()


def _import_library(address: str) -> ModuleType:
    try:
        import distributed
        from distributed.comm.addressing import get_address_host_port
    except ImportError as error:
        raise InputInvalid(
            "intake.dask needs the package distributed in this program's environment: run make setup-dask, "
            "or pip install 'distributed>=2025.4'; or leave the option empty"
        ) from error
    check: Any = get_address_host_port
    try:
        check(address)
    except ValueError as error:
        raise InputInvalid(f"intake.dask: {address!r} is no address such as tcp://host:8786 ({error})") from error
    for logger in _LOGGERS:
        logging.getLogger(logger).setLevel(logging.CRITICAL)
    return distributed


async def _has_this_program(client: Any, address: str) -> bool:
    """Return whether a worker has this program's code."""
    try:
        theirs = client.submit(program_fingerprint, pure=False, workers=[address], priority=_CHECK_PRIORITY)
        return bool(await theirs.result() == program_fingerprint())
    except Exception as error:  # noqa: BLE001,RUF100 - a worker that can't import this program raises anything
        log.debug("intake.worker_refused", worker=address, error=_describe(error))
        return False


def _run_here(fingerprint: str, work: bytes) -> bytes:
    """Run pickled work in a worker of the cluster; return its pickled result and error.

    Raises _OtherProgram when the worker's code is not that of who asks.
    """
    if program_fingerprint() != fingerprint:
        raise _OtherProgram
    fn, args, kwargs = pickle.loads(work)  # noqa: S301 - Dask itself runs whatever it is sent
    try:
        return pickle.dumps((fn(*args, **kwargs), None))
    except Exception as error:  # noqa: BLE001,RUF100 - goes to the caller, as in every executor
        error.add_note(format_exc())
        try:
            return pickle.dumps((None, error))
        except Exception:  # noqa: BLE001,RUF100 - an error that can't be pickled
            return pickle.dumps((None, RuntimeError(f"{type(error).__name__}: {error}")))


def _describe(error: BaseException) -> str:
    """Return the first line of what an error says."""
    return next(iter(str(error).splitlines()), "") or type(error).__name__
