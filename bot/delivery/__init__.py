"""How do digests reach their channels: never lost, never twice, on time?

`Courier` is what the program runs: it notes slots that have come (timetable), takes deliveries out of the outbox, has
them composed, and sends them through a `Post` at the rate that Discord allows (budget). `bot.delivery.rest` is the
Post over discord.py.
"""

from __future__ import annotations

from bot.delivery.message_port import Post, Seen
from bot.delivery.worker import Courier, DeliverReport

__all__ = ["Courier", "DeliverReport", "Post", "Seen"]
