"""Commands for Discord and the console: options, answers, and buttons."""

from __future__ import annotations

from bot.commands.custom_ids import CustomIds
from bot.commands.error_messages import error_message
from bot.commands.line_parser import parse_line
from bot.commands.registry import CommandRegistry
from bot.commands.types import Asker, Command, Option, Reply

__all__ = ["Asker", "Command", "CommandRegistry", "CustomIds", "Option", "Reply", "error_message", "parse_line"]
