"""Rows of text worked on in processes with a deadline, in order.

For commands that read rows one after the other: a row that hangs or kills its process costs that row.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.intake.worker_pool import DeadlineExceeded, DeadlineExecutor, WorkerDied
from bot.newsroom.rejections import Rejection, RejectReason, rejection_of_fault
from bot.settings import IntakeSettings

__all__ = ["RowWorkers"]

R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RowWorkers(Generic[R, T]):
    """Applies `work` to batches of rows in the executor's processes.

    `work` returns one result for each row of its batch, and `size` gives a row's length in bytes. Each row may take as
    long as a file of that size; those of a batch that takes longer, or kills its process, are tried one by one.
    """

    executor: DeadlineExecutor
    settings: IntakeSettings
    work: Callable[[Sequence[R]], Sequence[T]]
    size: Callable[[R], int]

    def run(self, batches: Iterable[Sequence[R]], *, in_flight: int = 1) -> Iterator[tuple[R, T | Rejection]]:
        """Yield each row with its result, or with the reason why it has none.

        Up to `in_flight` batches are worked on at the same time.
        """
        begun: deque[tuple[Sequence[R], Future[Sequence[T]]]] = deque()
        for batch in batches:
            begun.append((batch, self._begin(batch)))
            if len(begun) >= in_flight:
                yield from self._finish(*begun.popleft())
        while begun:
            yield from self._finish(*begun.popleft())

    def _begin(self, batch: Sequence[R]) -> Future[Sequence[T]]:
        return self.executor.submit_within(self._deadline(batch), self.work, batch)

    def _deadline(self, batch: Sequence[R]) -> float:
        return self.settings.parse_deadline(sum(map(self.size, batch)))

    def _finish(self, batch: Sequence[R], future: Future[Sequence[T]]) -> Iterator[tuple[R, T | Rejection]]:
        rejection: Rejection
        try:
            yield from zip(batch, future.result(), strict=True)
            return
        except DeadlineExceeded as error:
            rejection = Rejection(RejectReason.TIMEOUT, {"seconds": error.seconds})
        except WorkerDied:
            rejection = Rejection(RejectReason.WORKER_DIED)
        except Exception as error:  # noqa: BLE001,RUF100 - also what can't be sent to or from the process
            rejection = rejection_of_fault(error)
        if len(batch) == 1:
            yield batch[0], rejection
            return
        for row in batch:
            yield from self._finish([row], self._begin([row]))
