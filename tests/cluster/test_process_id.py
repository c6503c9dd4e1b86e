"""A worker of this host whose process is gone is known to be dead; of others nothing is known."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.cluster.process_id import is_dead, worker_name

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells when a process started")


def test_this_process_lives_and_each_name_is_another() -> None:
    assert not is_dead(worker_name())
    assert worker_name() != worker_name()


def test_a_process_that_ended_is_dead() -> None:
    code = "from bot.cluster.process_id import worker_name; print(worker_name())"
    name = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert is_dead(name)


def test_a_process_with_the_number_of_another_is_not_the_other() -> None:
    place, number, _started, lot = worker_name().split("/")
    assert is_dead(f"{place}/{number}/1/{lot}")


@pytest.mark.parametrize("name", ["", "w1", "elsewhere+pid/1/2/3", "a/b/c/d", "//"])
def test_of_other_hosts_nothing_is_known(name: str) -> None:
    assert not is_dead(name)
