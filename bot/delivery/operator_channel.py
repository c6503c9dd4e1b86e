"""Warnings to the operator, in a Discord channel of their choice."""

from __future__ import annotations

import secrets

import structlog

from bot.delivery.message_port import MessagePort
from bot.errors import DeliveryError
from bot.rendering.discord import draw
from bot.rendering.layout import Page, paragraph

__all__ = ["OperatorChannel", "post_text"]

log = structlog.get_logger()


class OperatorChannel:
    """Posts warnings to one channel; without a channel they are only logged where they arise."""

    def __init__(self, port: MessagePort, channel_id: int) -> None:
        self._port, self._channel_id = port, channel_id

    async def warn(self, text: str) -> None:
        """Post a warning. A channel that can't be written to is logged."""
        if not self._channel_id:
            return
        try:
            await post_text(self._port, self._channel_id, text)
        except DeliveryError as error:
            log.warning("operator.not_warned", error=str(error))


async def post_text(port: MessagePort, channel_id: int, text: str) -> None:
    """Post a text in a channel. Raises DeliveryError."""
    payload = draw(Page((paragraph(text),)))[0]
    await port.send(channel_id, payload, f"w{secrets.token_hex(8)}", lambda: True)
