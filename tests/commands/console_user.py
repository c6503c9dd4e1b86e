"""Ask as a member would type, and check that Discord would show what comes."""

from __future__ import annotations

from bot.commands import Asker, CommandRegistry, Reply, parse_line
from bot.newsroom.models import DigestStyle
from bot.rendering.discord import draw
from bot.rendering.layout import ActionRow, Block, Button, Group, Menu, Page
from tests.double import check_message

__all__ = ["ask", "button", "buttons", "menus", "shown"]


async def ask(commands: CommandRegistry, asker: Asker, line: str) -> Reply:
    """The reply to a line such as `/news country:Japan`; Discord would take it in each look."""
    command, values = parse_line(line, commands.by_name, asker.words)
    return shown(await command.run(asker, **values))


def shown(reply: Reply) -> Reply:
    """The reply, after the double has looked at each message that it takes."""
    for look in DigestStyle:
        for payload in draw(reply.page, look):
            check_message("create_message", payload)
    return reply


def _items(blocks: tuple[Block, ...]) -> list[object]:
    found: list[object] = []
    for block in blocks:
        if isinstance(block, ActionRow):
            found += block.items
        elif isinstance(block, Group):
            found += _items(block.blocks)
    return found


def buttons(page: Page) -> dict[str, Button]:
    """The buttons of a page by label."""
    return {item.label: item for item in _items(page.blocks) if isinstance(item, Button)}


def button(page: Page, label: str) -> str:
    """The action behind a button that can be pressed."""
    found = buttons(page)[label]
    assert found.action is not None
    assert not found.disabled
    return found.action


def menus(page: Page) -> list[Menu]:
    """The menus of a page."""
    return [item for item in _items(page.blocks) if isinstance(item, Menu)]
