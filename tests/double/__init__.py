"""How does a test talk to a Discord that isn't there?

`Discord` listens on loopback and answers as Discord does: REST and gateway, version 10, for the real discord.py. It
refuses what Discord refuses, and simulated people use what the program registered and drew. A test reads as an example:

    async def test_news(discord_double):                                 # tests/double/fixtures.py
        start_the_program(DISCORD_API_BASE=discord_double.api_base, DISCORD_TOKEN=discord_double.token)
        await discord_double.wait_until_commands()
        harbour = discord_double.guild("Harbour")
        aiko = harbour.member("Aiko").at("news")

        answer = await aiko.command("news", country="JP")              # a slash command; "digest now" for a sub-command
        assert answer.ephemeral and answer.acknowledged_after < 0.5
        page = await aiko.press(answer, "Next")                        # by label or custom_id
        await aiko.choose(page, "topic", ["Sport"])
        form = await aiko.command("subscribe")
        await aiko.submit(form.modal, {"Time zone": "Asia/Tokyo"})
        assert (await aiko.autocomplete("news", option="country", value="jap"))[0]["value"] == "JP"

        digest = await harbour.channel("news").wait_for(lambda message: "Tokyo" in message.text)
        assert not discord_double.pings                                  # nobody was notified by any of it

What goes wrong goes wrong on order:

    double.faults.fail("POST /channels/{channel_id}/messages", 502, times=3)
    double.faults.drop_after("POST /channels/{channel_id}/messages")     # accepted, and the answer lost
    double.faults.limit(retry_after=2, everywhere=True)
    double.gateway.drop(); double.gateway.down(60); double.gateway.invalidate(); double.revoke_token()
    harbour.channel("news").delete(); harbour.channel("news").forbid(double.bot, "send_messages"); harbour.kick_bot()

`check_message("create_message", body)` raises `Refusal` for a body that Discord would refuse, without any connection: for
fuzzing layouts by the ten thousand.

`Discord(limits=True)` keeps Discord's rate limits. `double.refusals` lists what was refused and why, `double.complaints`
what the double doesn't know (the fixture fails on those), `double.limits.refused` the 429s, `double.requests` all requests
by route. `python -m tests.double --port 8600 --control` runs it as a process of its own, which docs/testing.md
describes with the rest.
"""

from __future__ import annotations

from .double import Discord
from .errors import Refusal
from .faults import Fault, Faults
from .people import Answer, Impossible, Member, Modal, NoAnswer
from .rules import check_message
from .state import Channel, Guild, Message, Pings, Role

__all__ = [
    "Answer",
    "Channel",
    "Discord",
    "Fault",
    "Faults",
    "Guild",
    "Impossible",
    "Member",
    "Message",
    "Modal",
    "NoAnswer",
    "Pings",
    "Refusal",
    "Role",
    "check_message",
]
