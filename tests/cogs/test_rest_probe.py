"""Checks of the token and of channels' permissions over REST."""

from __future__ import annotations

import pytest

from bot.cogs.rest_probe import open_probe
from bot.errors import ChannelGone, PermissionMissing, TokenRefused
from tests.double import Discord


async def test_a_channels_missing_permission_is_reported(discord_double: Discord) -> None:
    harbour = discord_double.guild("Harbour")
    news, general, gone = harbour.channel("news"), harbour.channel("general"), harbour.add_channel("gone")
    general.forbid(discord_double.bot, "read_message_history")
    gone.delete()
    async with open_probe(discord_double.token, discord_double.api_base) as probe:
        await probe.check_channel(news.id)
        with pytest.raises(PermissionMissing, match="Read Message History"):
            await probe.check_channel(general.id)
        with pytest.raises(ChannelGone):
            await probe.check_channel(gone.id)


async def test_a_name_of_its_own_needs_webhooks(discord_double: Discord) -> None:
    harbour = discord_double.guild("Harbour")
    news = harbour.channel("news")
    async with open_probe(discord_double.token, discord_double.api_base) as probe:
        assert not await probe.has_webhooks(news.id)
        harbour.allow_bot("manage_webhooks")
        assert await probe.has_webhooks(news.id)
        assert not await probe.has_webhooks(discord_double.dm_of(harbour.member("Teo").user).id)


async def test_a_wrong_token_is_refused(discord_double: Discord) -> None:
    with pytest.raises(TokenRefused):
        async with open_probe("wrong", discord_double.api_base):
            pass
