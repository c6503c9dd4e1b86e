"""A Dask scheduler and workers as processes, which can be killed and started again at the same address."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

__all__ = ["Cluster", "free_port"]

_ROOT = Path(__file__).parents[2]

_PATIENCE = 60.0
"""Seconds for a process to start on a busy machine."""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Cluster:
    """Processes of one cluster; all are killed at the end of the block."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self.address = f"tcp://127.0.0.1:{self._port}"
        self.scheduler: subprocess.Popen[bytes] | None = None
        self.workers: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_error: object) -> None:
        for process in [*self.workers, *([self.scheduler] if self.scheduler is not None else [])]:
            kill(process)

    def start_scheduler(self) -> None:
        """Start the scheduler and wait until it listens."""
        options = ("--host", "127.0.0.1", "--port", str(self._port), "--no-dashboard")
        self.scheduler = self._start("scheduler", *options)
        give_up_at = time.monotonic() + _PATIENCE
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            assert time.monotonic() < give_up_at
            assert self.scheduler.poll() is None
            time.sleep(0.05)

    def start_worker(self, *, program: Path = _ROOT) -> subprocess.Popen[bytes]:
        """Start a worker of one thread that imports the program from that folder."""
        worker = self._start("worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", program=program)
        self.workers.append(worker)
        return worker

    def kill_scheduler(self) -> None:
        """SIGKILL: no goodbye."""
        assert self.scheduler is not None
        kill(self.scheduler)

    def _start(self, role: str, *options: str, program: Path = _ROOT) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            (sys.executable, "-m", "dask", role, *options),
            cwd=self._folder,
            env=os.environ | {"PYTHONPATH": str(program)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL, and wait for the end."""
    process.send_signal(signal.SIGKILL)
    process.wait()
