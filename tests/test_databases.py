"""The tests' own PostgreSQL server: it survives being killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.databases import PostgresServer

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.slow


def test_a_killed_server_is_started_again_with_its_data() -> None:
    folder = tempfile.TemporaryDirectory(prefix="gazette-postgres-")
    server = PostgresServer(Path(folder.name))
    try:
        with psycopg.connect(server.address, autocommit=True) as conn:
            conn.execute("CREATE TABLE kept (n int)")
        assert not server.restart_if_dead()
        killed = psutil.Process(server.pid)
        killed.send_signal(signal.SIGKILL)
        psutil.wait_procs([killed], timeout=20)
        assert server.restart_if_dead()
        with psycopg.connect(server.address) as conn:
            assert conn.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    finally:
        server.stop()
        folder.cleanup()


def test_a_test_under_which_the_server_died_runs_again_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["tests.databases"]\n')
    (tmp_path / "test_deaths.py").write_text(
        """
import os, signal
import psutil, psycopg, pytest
from tests.databases import PostgresServer
runs = []

@pytest.mark.postgres
@pytest.mark.parametrize("kill", [True, False])
def test_server(postgres_url, kill):
    runs.append(kill)
    if kill and len(runs) == 1:
        server = PostgresServer.current
        os.kill(server.pid, signal.SIGKILL)
        psutil.wait_procs([psutil.Process(server.pid)] if psutil.pid_exists(server.pid) else [], timeout=20)
    with psycopg.connect(PostgresServer.current.address) as conn:
        assert conn.execute("SELECT 1").fetchone() == (1,)
"""
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-c", ROOT / "pyproject.toml",
         "--rootdir", tmp_path, tmp_path / "test_deaths.py"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout
    assert done.stderr.count("PostgreSQL died under the tests and was started again") == 1
