"""A holder of this host whose process is gone is known to be dead."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.cluster.process_id import is_dead, new_holder_id

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells when a process started")


def test_this_process_lives_and_each_id_is_another() -> None:
    assert not is_dead(new_holder_id())
    assert new_holder_id() != new_holder_id()


def test_a_process_that_ended_is_dead() -> None:
    code = "from bot.cluster.process_id import new_holder_id; print(new_holder_id())"
    holder = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert is_dead(holder)


def test_a_process_with_the_number_of_another_is_not_the_other() -> None:
    host, pid, _started, suffix = new_holder_id().split("/")
    assert is_dead(f"{host}/{pid}/1/{suffix}")


@pytest.mark.parametrize("holder", ["", "w1", "elsewhere+pid/1/2/3", "a/b/c/d", "//"])
def test_of_other_hosts_nothing_is_known(holder: str) -> None:
    assert not is_dead(holder)
