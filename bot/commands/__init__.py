"""What a member can ask, without Discord: the cogs and the console run the same commands."""

from __future__ import annotations

from bot.commands.base import Asker, Command, Option, Reply, parse_line
from bot.commands.everything import Commands
from bot.commands.explaining import explain
from bot.commands.states import Actions

__all__ = ["Actions", "Asker", "Command", "Commands", "Option", "Reply", "explain", "parse_line"]
