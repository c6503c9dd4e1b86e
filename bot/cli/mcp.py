"""`gazette mcp`: the news for AI clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.common import load_configured, run
from bot.errors import PackageMissing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.services import Services
    from bot.settings import Settings

__all__ = ["mcp"]


def mcp() -> None:
    """Serve the news to AI clients over MCP.

    It speaks the Model Context Protocol on standard input and output, and only reads: nothing can be changed through it.
    """
    settings = load_configured()
    try:
        from bot.mcp_server import serve
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("mcp", "mcp_types"):
            raise
        raise PackageMissing("gazette mcp", "mcp") from None
    run(_serve(settings, serve))


async def _serve(settings: Settings, serve: Callable[[Services], Awaitable[None]]) -> None:
    from bot.app import open_for_reading

    async with open_for_reading(settings) as newsroom:
        await serve(newsroom.services)
