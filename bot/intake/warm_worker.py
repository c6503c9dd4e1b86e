"""Preloading of what reading and analysing need, before worker processes are forked.

The process that imports this (`multiprocessing`'s fork server) has one thread and does nothing else, so that a worker
that was killed is replaced in some hundredths of a second and shares the memory of tables and models with the others.
"""

from __future__ import annotations

import gc
import os
import signal

os.environ.setdefault("OMP_NUM_THREADS", "1")  # one core for each process; numpy reads both once, when imported
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
signal.signal(signal.SIGTERM, signal.SIG_IGN)  # who ends the program may signal its group; this one ends with it

from bot.intake.analysis_job import warm_up  # noqa: E402 - after numpy's settings

warm_up()
gc.collect()
gc.freeze()  # a collection in a worker would otherwise touch, and so copy, all memory that it shares
