"""The check of the Dask cluster by `gazette doctor`."""

from __future__ import annotations

import asyncio

from bot.cli.finding import Finding
from bot.errors import InputInvalid

__all__ = ["check_cluster"]

_CLUSTER_SECONDS = 15.0
"""Seconds for finding out about a Dask cluster: five to reach the scheduler, ten for the workers to answer."""


async def check_cluster(address: str) -> Finding:
    """Check whether the Dask cluster that analyses documents works."""
    from bot.intake.dask_workers import DaskWorkers  # most installations have none

    try:
        workers = await asyncio.to_thread(DaskWorkers, address)
    except InputInvalid as error:
        return Finding("cluster", "error", str(error), "docs/scale.md tells how to set a cluster up")
    try:
        await asyncio.to_thread(workers.find_out, _CLUSTER_SECONDS)
        found = await workers.describe()
    finally:
        await asyncio.to_thread(workers.shutdown)
    state = str(found["state"])
    if state == "working":
        says = f"{address}: workers {found['workers']}, threads {found['threads']}"
        if not found["other_version"]:
            return Finding("cluster", "ok", says)
        says += f"; {found['other_version']} more with another version of this program, which get no work"
        return Finding("cluster", "warning", says, "install this version there, and start those workers again")
    todo = {
        "no scheduler": "start it there: dask scheduler --port 8786; or correct intake.dask",
        "no workers": f"start some: dask worker {address} --nthreads 1 --nworkers 4",
        "other version": "install this version of gazette where the workers run, and start them again",
    }.get(state, "look at the scheduler's log; if it hangs, start it and the workers again")
    says = str(found.get("reason", f"{address} doesn't answer"))
    return Finding("cluster", "error", f"{says}; no news is read until then", todo)
