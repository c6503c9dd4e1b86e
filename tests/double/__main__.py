"""How does the double run as a process of its own?

    python -m tests.double [--port N] [--token T] [--control] [--furnish] [--limits]

It prints one line of JSON when it listens, {"api_base", "token", "control"}, and ends on SIGTERM or SIGINT.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal

from .control import control
from .double import Discord


async def main() -> None:
    """Run until told to end."""
    parser = argparse.ArgumentParser(prog="python -m tests.double", description="A Discord on loopback.")
    parser.add_argument("--port", type=int, default=0, help="where to listen; by default where there is room")
    parser.add_argument("--token", help="the bot's token; by default a new one")
    parser.add_argument("--control", action="store_true", help="take orders under /control/")
    parser.add_argument("--furnish", action="store_true", help="found the guild Harbour with channels and people")
    parser.add_argument("--limits", action="store_true", help="keep Discord's rate limits")
    given = parser.parse_args()
    double = Discord(port=given.port, limits=given.limits)
    double.token = given.token or double.token
    if given.control:
        control(double)
    over = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, over.set)
    async with double:
        if given.furnish:
            double.furnish()
        print(
            json.dumps({"api_base": double.api_base, "token": double.token, "control": f"{double.base}/control"}),
            flush=True,
        )
        await over.wait()


if __name__ == "__main__":
    asyncio.run(main())
