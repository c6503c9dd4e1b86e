"""Figures of commands for /metrics."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import Any

from bot.commands.types import Asker, Command, Reply
from bot.observability.metrics import Metrics

__all__ = ["with_metrics"]


def with_metrics(command: Command, metrics: Metrics) -> Command:
    """Return the command with its uses counted and timed."""

    @functools.wraps(command.run)
    async def run(asker: Asker, **options: Any) -> Reply:
        with metrics.command(command.name):
            return await command.run(asker, **options)

    return replace(command, run=run)
