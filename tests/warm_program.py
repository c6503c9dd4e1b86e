"""Commands of the program, run by copies of one process that has imported it.

Starting Python and importing the program takes most of a command's processor time. A server imports it once and forks
for each command; the copy gets the command's arguments, environment, folder and files, and ends as `gazette` does.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

__all__ = ["WarmProgram"]

_ROOT = Path(__file__).parents[1]

_MOST_BYTES: Final = 1_000_000
"""Bytes of a request: arguments and environment, which the system limits to about as much."""

_STANDARD_FILES: Final = 3
"""Standard input, output and error."""

_PRELOADED = ("bot.app", "bot.services", "bot.intake.pipeline", "bot.intake.workers", "bot.rendering.terminal")


class WarmProgram:
    """The server of one test session. A context manager."""

    def __enter__(self) -> Self:
        """Start the server, which imports the program meanwhile."""
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        threads = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}  # or it couldn't be forked
        with theirs:
            self._server = subprocess.Popen(
                [sys.executable, "-m", "tests.warm_program", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                cwd=_ROOT,
                env={**os.environ, **threads, "PYTHONPATH": str(_ROOT)},
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the server."""
        self._socket.close()
        self._server.wait()

    def run(
        self, arguments: Sequence[str], *, env: Mapping[str, str], cwd: Path, stdin: bytes = b""
    ) -> subprocess.CompletedProcess[bytes]:
        """Run `gazette` with arguments, and wait for its end."""
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            given.write(stdin)
            given.seek(0)
            request = json.dumps({"arguments": list(arguments), "env": dict(env), "cwd": str(cwd)}).encode()
            answer = self._ask(request, [given.fileno(), out.fileno(), err.fileno()])
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(list(arguments), int(answer), out.read(), err.read())

    def _ask(self, request: bytes, files: Sequence[int]) -> bytes:
        """Return the server's answer; where none comes in a test's time, the next test gets a new server."""
        try:
            socket.send_fds(self._socket, [request], files)
            answer = self._socket.recv(_MOST_BYTES)
            assert answer, "the server of the program has ended"
        except BaseException:
            self._server.kill()
            self.__exit__(None, None, None)
            self.__enter__()
            raise
        return answer


def _import_program() -> None:
    """Import what commands import, also what they import only when they run."""
    commands = importlib.import_module("bot.cli")
    names = [each.name for each in pkgutil.iter_modules(commands.__path__, "bot.cli.") if not each.name.endswith("_")]
    for name in (*names, *_PRELOADED):
        importlib.import_module(name)


def _serve(requests: socket.socket) -> bool:
    """Answer requests with exit codes until the client is gone; True in the copy that is to run a command."""
    while True:
        request, files, _, _ = socket.recv_fds(requests, _MOST_BYTES, _STANDARD_FILES)
        if not request:
            return False
        command = os.fork()
        if command == 0:
            requests.close()
            _become(json.loads(request), files)
            return True
        for file in files:
            os.close(file)
        _, status = os.waitpid(command, 0)
        requests.send(str(os.waitstatus_to_exitcode(status)).encode())


def _become(command: Mapping[str, object], files: Sequence[int]) -> None:
    """Give this process the arguments, environment, folder and files of a command."""
    arguments, env = command["arguments"], command["env"]
    assert isinstance(arguments, list)
    assert isinstance(env, dict)
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.chdir(str(command["cwd"]))
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["gazette", *arguments]
    sys.orig_argv = [sys.executable, "-m", "bot.cli", *arguments]


if __name__ == "__main__":
    _import_program()
    if _serve(socket.socket(fileno=int(sys.argv[1]))):
        from bot.cli import main

        main()
