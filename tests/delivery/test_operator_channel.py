"""Warnings reach the operator's channel, and one that can't be written to stops nothing."""

from __future__ import annotations

from structlog.testing import capture_logs

from bot.delivery.operator_channel import OperatorChannel
from tests.delivery.delivery_fixture import open_port
from tests.double import Discord


async def test_each_warning_is_a_message(discord_double: Discord) -> None:
    general = discord_double.guild("Harbour").channel("general")
    async with open_port(discord_double) as port:
        operator = OperatorChannel(port, general.id)
        await operator.warn("No news has arrived.")
        await operator.warn("No news has arrived.")
    assert ["No news has arrived." in message.text for message in general.messages] == [True, True]


async def test_without_a_channel_nothing_is_posted(discord_double: Discord) -> None:
    async with open_port(discord_double) as port:
        before = discord_double.requests.total()
        await OperatorChannel(port, 0).warn("No news has arrived.")
    assert discord_double.requests.total() == before


async def test_a_closed_channel_is_logged(discord_double: Discord) -> None:
    general = discord_double.guild("Harbour").channel("general")
    general.forbid(discord_double.bot, "send_messages")
    with capture_logs() as lines:
        async with open_port(discord_double) as port:
            await OperatorChannel(port, general.id).warn("No news has arrived.")
    assert [line["event"] for line in lines if line["event"].startswith("operator.")] == ["operator.not_warned"]
