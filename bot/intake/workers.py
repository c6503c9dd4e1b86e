"""The executors of a program: which kind of work goes to which workers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.intake.worker_pool import DeadlineExecutor, LazyProcessWorkers, ProcessWorkers, load_readers, worker_count
from bot.settings import IntakeSettings

if TYPE_CHECKING:
    from bot.intake.dask_workers import DaskWorkers

__all__ = ["Workers", "open_workers"]

_SLOW_NICENESS: Final = 19
"""The lowest priority, for documents that took too long among the others."""


@dataclass(frozen=True, slots=True)
class Workers:
    """The executors of a program, one for each kind of work, so that none waits for another.

    `documents` reads and analyses; what takes too long there goes to `slow`. `members` answers members' own messages.
    `cluster` does the work of the first two where there is one.
    """

    documents: DeadlineExecutor
    slow: DeadlineExecutor
    members: DeadlineExecutor
    cluster: DaskWorkers | None = None


@contextmanager
def open_workers(settings: IntakeSettings, *, patience: float | None = None) -> Iterator[Workers]:
    """Open the executors that the settings ask for.

    At the end, work that has not begun is cancelled. Work on a Dask cluster waits `patience` seconds for one that is
    away, or for ever. Raises InputInvalid when the library of Dask is not installed.
    """
    with ExitStack() as stack:
        members = stack.enter_context(LazyProcessWorkers())
        if settings.dask:
            from bot.intake.dask_workers import DaskWorkers  # most programs have no cluster

            cluster = stack.enter_context(DaskWorkers(settings.dask, patience=patience))
            yield Workers(cluster, cluster, members, cluster)
            return
        slow = stack.enter_context(LazyProcessWorkers(niceness=_SLOW_NICENESS))
        documents = stack.enter_context(ProcessWorkers(worker_count(settings), warm_up=load_readers))
        yield Workers(documents, slow, members)
