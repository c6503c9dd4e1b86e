"""Analysis on a Dask cluster of two worker processes, one of which is killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from bot.intake.pipeline import Intake
from bot.intake.types import ScanReport
from bot.intake.worker_pool import WorkerDied, open_workers
from bot.settings import IntakeSettings, SummarySettings
from tests.intake.conftest import IntakeHarness, NewsFolder, leave_ungrouped, story_text
from tests.intake.test_worker_pool import die, double, refuse

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]  # the cluster's own, at its end

PATIENCE = 60


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as running:
        yield running


async def test_files_are_analysed_on_the_cluster(folder: NewsFolder, harness: IntakeHarness, cluster: Any) -> None:
    for at in range(12):
        folder.write(f"{at:02}.txt", story_text(at))
    settings = IntakeSettings(seeds=folder.path, dask=cluster.scheduler_address)
    with open_workers(settings) as workers:
        intake = Intake(
            harness.store, settings, SummarySettings(), workers.documents, harness.clock, assign_events=leave_ungrouped
        )
        assert await intake.scan() == ScanReport(files=12, new=12, stories=12)
        assert await intake.scan() == ScanReport(files=12, unchanged=12)


def test_no_work_is_lost_with_a_worker(cluster: Any) -> None:
    with open_workers(IntakeSettings(dask=cluster.scheduler_address)) as workers:
        executor = workers.documents
        futures = [executor.submit(double, at) for at in range(20)]
        os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
        assert [future.result(PATIENCE) for future in futures] == [2 * at for at in range(20)]
        with pytest.raises(ValueError, match="not this one"):
            executor.submit(refuse, 1).result(PATIENCE)


def test_work_that_kills_several_workers_fails(cluster: Any) -> None:
    cluster.scheduler.allowed_failures = 1
    with open_workers(IntakeSettings(dask=cluster.scheduler_address)) as workers:
        executor = workers.documents
        with pytest.raises(WorkerDied):
            executor.submit(die, 1).result(PATIENCE)
        assert executor.submit(double, 4).result(PATIENCE) == 8
