"""How does a test drive a double that runs as another process?

async with Remote.started(furnish=True) as double:
    program = start(DISCORD_API_BASE=double.api_base, DISCORD_TOKEN=double.token)
    await double("wait", commands=1)
    answer = await double("command", member="Aiko", channel="news", name="news", options={"country": "JP"})
    program.kill()                                    # the double keeps what it knows
    sent = await double("census")
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

__all__ = ["Remote", "Unable"]

_ROOT = Path(__file__).parents[2]


class Unable(Exception):
    """An order could not be carried out; `status` is 400 (wrong) or 408 (what it waited for didn't come)."""

    def __init__(self, verb: str, status: int, reason: str) -> None:
        super().__init__(f"{verb}: {reason}")
        self.verb, self.status, self.reason = verb, status, reason


class Remote:
    """A double in another process: call it with a verb of control.py and what the verb takes."""

    def __init__(
        self, session: aiohttp.ClientSession, hello: dict[str, str], process: asyncio.subprocess.Process
    ) -> None:
        self._session, self.process = session, process
        self.api_base, self.token, self.control = hello["api_base"], hello["token"], hello["control"]

    async def __call__(self, verb: str, /, **order: Any) -> Any:
        """Carry out an order. Raises Unable."""
        async with self._session.post(f"{self.control}/{verb}", json=order) as response:
            given = await response.json()
            if response.status != 200:
                raise Unable(verb, response.status, given["error"])
            return given

    @classmethod
    @asynccontextmanager
    async def started(cls, *, furnish: bool = False, limits: bool = False) -> AsyncIterator[Remote]:
        """Start a double, and end it with the block."""
        flags = [*(["--furnish"] if furnish else []), *(["--limits"] if limits else [])]
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.double", "--control", *flags, cwd=_ROOT, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        try:
            hello = json.loads(await process.stdout.readline())
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as session:
                yield cls(session, hello, process)
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()
