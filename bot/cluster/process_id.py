"""Identity of a process across hosts, and whether a process that held a lease is gone.

A holder's id names its host, its namespace of process numbers, its process and when that process started. A process
that finds a lease held by a dead process of its own host doesn't have to wait until the lease expires.
"""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path

__all__ = ["cpu_seconds", "describe_holder", "is_alive_here", "is_dead", "new_holder_id"]

_HOST_LENGTH = 120
"""Characters of host and namespace: with the rest an id stays below the 200 that `lease.holder` has room for."""


_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
"""Unit in which Linux counts a process's time."""


def new_holder_id() -> str:
    """Return an id for one holder in this process, a different one each time."""
    return f"{_host()}/{os.getpid()}/{_start_time(os.getpid())}/{secrets.token_hex(4)}"


def describe_holder(holder: str) -> str:
    """Return a holder's process and host, for people."""
    host, _, rest = holder.rpartition("/")[0].partition("/")
    return f"process {rest.partition('/')[0]} on {host.partition('+')[0]}"


def is_alive_here(holder: str) -> bool:
    """Return True if the holder's process certainly runs on this host."""
    return holder.partition("/")[0] == _host() and not is_dead(holder)


def is_dead(holder: str) -> bool:
    """Return True if the holder's process is certainly gone.

    False for a process of another host, or where it can't be known.
    """
    host, _, rest = holder.rpartition("/")[0].partition("/")
    pid, _, started = rest.partition("/")
    if host != _host() or not started or not pid.isdecimal():
        return False
    return _start_time(int(pid)) != started


def _host() -> str:
    """Return the host and its namespace of process numbers; containers may share a host name."""
    try:
        namespace = Path("/proc/self/ns/pid").readlink().name
    except OSError:
        namespace = ""
    return f"{socket.gethostname()}+{namespace}".replace("/", "_")[:_HOST_LENGTH]


def cpu_seconds(pid: int | None) -> float | None:
    """Return the processor time of a process in seconds; None if the system doesn't say."""
    fields = _stat_fields(pid)
    return (int(fields[11]) + int(fields[12])) / _TICKS_PER_SECOND if fields else None


def _start_time(pid: int) -> str:
    """Return when a process started, in ticks since the host did; "" if that isn't known."""
    fields = _stat_fields(pid)
    if not fields:
        return ""
    state, start_time = fields[0], fields[19]
    return "" if state in ("Z", "X") else start_time  # a zombie does no work any more


def _stat_fields(pid: int | None) -> list[str]:
    """Return what Linux says of a process after its name; [] if it is gone or not on Linux."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return []
    return stat.rpartition(")")[2].split()  # the command's name may contain blanks
