"""Which cogs does the bot have beside the commands that the console shares?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from datetime import datetime

from discord.ext import commands as ext

from bot.cogs.channel_monitor import Lookout
from bot.cogs.client import Client
from bot.cogs.context_menus import MessageMenus
from bot.cogs.subscribe_form import SetupForm
from bot.commands import CommandRegistry

__all__ = ["cogs_of"]


def cogs_of(
    commands: CommandRegistry, *, clock: Callable[[], datetime], executor: Executor, settle: float = 2.0
) -> Sequence[Callable[[Client], ext.Cog]]:
    """What makes the cogs once there is a client, for `Client(cogs=…)`; texts of members are read in the executor.

    `settle` is how long (seconds) the lookout waits for more changes before it looks at a server.
    """
    return (
        lambda client: SetupForm(client, commands, clock),
        lambda client: MessageMenus(client, commands, executor),
        lambda client: Lookout(client, commands.services, settle=settle),
    )
