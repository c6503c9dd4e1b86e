"""What a member can ask, without Discord: the cogs and the console run the same commands."""

from __future__ import annotations

from bot.commands.custom_ids import Actions
from bot.commands.error_messages import explain
from bot.commands.registry import Commands
from bot.commands.types import Asker, Command, Option, Reply, parse_line

__all__ = ["Actions", "Asker", "Command", "Commands", "Option", "Reply", "explain", "parse_line"]
