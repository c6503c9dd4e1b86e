"""How do digests reach their channels: never lost, never twice, on time?

`Courier` is what the program runs: it notes slots that have come (timetable), takes deliveries out of the outbox, has
them composed, and sends them through a `Post` at the rate that Discord allows (budget). `bot.delivery.discord` is the
Post over discord.py.
"""

from __future__ import annotations

from bot.delivery.courier import Courier, DeliverReport
from bot.delivery.post import Post, Seen

__all__ = ["Courier", "DeliverReport", "Post", "Seen"]
