"""The address of Discord's API, for the whole process: discord.py keeps it on its classes."""

from __future__ import annotations

from typing import Final

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

__all__ = ["set_api_base"]

_API_PATH: Final = "/api/v10"
"""Path of the API's version that discord.py 2.7 speaks, for an address given without one."""

_NO_GATEWAY: Final = "ws://127.0.0.1:9/"
"""An address where nothing listens (the discard port), so that Discord's own gateway isn't dialled by mistake."""


def set_api_base(api_base: str) -> None:
    """Send every request of this process to `api_base` instead of Discord.

    "" leaves Discord's own address. The gateway's address comes from `GET /gateway/bot` there; until it is known, no
    gateway can be reached.
    """
    if not api_base:
        return
    base = api_base.rstrip("/")
    Route.BASE = base if "/api" in base else f"{base}{_API_PATH}"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(_NO_GATEWAY)
