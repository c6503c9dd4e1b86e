"""Who is this process, and is the one that held the work before still alive?

A worker's name tells its host, its namespace of process numbers, its process and when that started. A process that finds
the lease held by one of its own host that is gone needn't wait for the lease to run out.
"""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path

__all__ = ["is_dead", "worker_name"]


def worker_name() -> str:
    """A name for a worker of this process, another one each time."""
    return f"{_place()}/{os.getpid()}/{_started(os.getpid())}/{secrets.token_hex(4)}"


def is_dead(worker: str) -> bool:
    """Is it certain that the worker's process is gone? False for one of another host, and where it can't be known."""
    place, _, rest = worker.rpartition("/")[0].partition("/")
    number, _, started = rest.partition("/")
    if place != _place() or not started or not number.isdecimal():
        return False
    return _started(int(number)) != started


def _place() -> str:
    """The host and the namespace of process numbers; containers may share the first."""
    try:
        namespace = Path("/proc/self/ns/pid").readlink().name
    except OSError:
        namespace = ""
    return f"{socket.gethostname()}+{namespace}".replace("/", "_")[:120]


def _started(number: int) -> str:
    """When a process started, in ticks since the host did; "" when it is gone or the system doesn't tell."""
    try:
        stat = Path(f"/proc/{number}/stat").read_text("utf-8", "replace")
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] in "ZX" else fields[19]
