"""The program as a process of its own, and what it logs."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

__all__ = ["Program", "environment", "gazette", "running"]

_ROOT = Path(__file__).parents[2]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """An environment in which the program touches nothing but `folder`."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("GAZETTE_", "DISCORD_", "DATABASE_"))
    }
    seeds = folder / "seeds"
    seeds.mkdir(exist_ok=True)
    return kept | {
        "GAZETTE_SEEDS": str(seeds),
        "DATABASE_URL": f"sqlite:///{folder / 'gazette.sqlite3'}",
        "GAZETTE_LOG__FORM": "json",
        "GAZETTE_INTAKE__QUIET_SECONDS": "0.2",
        "GAZETTE_INTAKE__WORKERS": "1",
        "GAZETTE_DELIVERY__TICK_SECONDS": "0.5",
        "XDG_DATA_HOME": str(folder / "data"),
        "PYTHONPATH": str(_ROOT),  # this tree's program, whichever one is installed
        **more,
    }


class Program:
    """A running `gazette …`; its standard error is kept."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.log = ""
        self._said = asyncio.Condition()
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.process.stderr is not None
        while line := await self.process.stderr.readline():
            async with self._said:
                self.log += line.decode("utf-8", "replace")
                self._said.notify_all()
        async with self._said:
            self._said.notify_all()

    async def says(self, words: str, patience: float = 90) -> None:
        """Wait until the log has these words."""
        async with asyncio.timeout(patience), self._said:
            while words not in self.log:
                assert not self._reader.done(), self.log
                await self._said.wait()

    async def kill(self) -> None:
        """SIGKILL: no goodbye."""
        self.process.kill()
        await self.ended()

    async def stop(self) -> int:
        """SIGTERM, as hosts stop a program; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await self.ended()

    async def ended(self) -> int:
        """Wait for the end; the exit code."""
        code = await self.process.wait()
        await self._reader
        return code


@asynccontextmanager
async def gazette(
    *arguments: str, env: dict[str, str], cwd: Path, stdout: int | IO[bytes] = asyncio.subprocess.DEVNULL
) -> AsyncIterator[Program]:
    """Start `gazette …`; it is killed at the end of the block if it still runs."""
    async with running(sys.executable, "-m", "bot.cli", *arguments, env=env, cwd=cwd, stdout=stdout) as program:
        yield program


@asynccontextmanager
async def running(
    *command: str, env: dict[str, str], cwd: Path, stdout: int | IO[bytes] = asyncio.subprocess.DEVNULL
) -> AsyncIterator[Program]:
    """Start a command; it is killed at the end of the block if it still runs."""
    process = await asyncio.create_subprocess_exec(
        *command,
        env=env,
        cwd=cwd,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=stdout,
        stderr=asyncio.subprocess.PIPE,
        limit=2**20,
    )
    program = Program(process)
    try:
        yield program
    finally:
        if process.returncode is None:
            await program.kill()
