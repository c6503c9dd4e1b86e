"""Replies to typed lines, checked against what Discord accepts, and their buttons and menus."""

from __future__ import annotations

from bot.commands import Asker, CommandRegistry, Reply, parse_line
from bot.newsroom.models import DigestStyle
from bot.rendering.discord import draw
from bot.rendering.layout import ActionRow, Block, Button, Group, Menu, Page
from tests.double import check_message

__all__ = ["buttons", "check_reply", "custom_id_of", "menus", "reply_to"]


async def reply_to(commands: CommandRegistry, asker: Asker, line: str) -> Reply:
    """Return the reply to a line such as `/news country:Japan`, checked in each look."""
    command, values = parse_line(line, commands.by_name, asker.words)
    return check_reply(await command.run(asker, **values))


def check_reply(reply: Reply) -> Reply:
    """Check each message of a reply against what Discord accepts; return the reply."""
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


def custom_id_of(page: Page, label: str) -> str:
    """Return the custom id of a button that can be pressed."""
    found = buttons(page)[label]
    assert found.action is not None
    assert not found.disabled
    return found.action


def menus(page: Page) -> list[Menu]:
    """The menus of a page."""
    return [item for item in _items(page.blocks) if isinstance(item, Menu)]
