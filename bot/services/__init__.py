"""What can anybody ask the newspaper, and order from it?

The desk is the one door to news: the cogs, the console and the command line ask it, and get the same answers. It
opens the store, hands composing to `digests`, and knows neither Discord nor how an answer is drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.services.autocomplete import Suggesting, Suggestion
from bot.services.base import DigestMaker
from bot.services.event_edits import Editing
from bot.services.members import Following
from bot.services.memory import Memory
from bot.services.news import Reading
from bot.services.subscriptions import Subscribing
from bot.settings import DigestSettings
from bot.store.database import Store

__all__ = ["Desk", "DigestMaker", "Memory", "Suggestion"]


class Desk(Reading, Subscribing, Following, Suggesting, Editing, Memory):
    """All that can be asked and ordered; `clock` gives the present as an aware moment in UTC."""

    def __init__(
        self, store: Store, digests: DigestMaker, settings: DigestSettings, clock: Callable[[], datetime]
    ) -> None:
        super().__init__(store, digests, settings, clock)
