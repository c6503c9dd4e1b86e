"""What is the double as a whole, and how does a test start it and give orders?"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from . import gateway as gw
from .faults import Faults
from .gateway import Gateway
from .limits import Limits
from .people import Answer, Member, NoAnswer
from .permissions import BOT_DEFAULT
from .rest import Rest
from .state import Attachment, Bell, Channel, Guild, Json, Message, Role, Snowflakes, User, Webhook

__all__ = ["Discord"]

_INTENTS = {
    "GUILD_DELETE": 0,
    "INTERACTION_CREATE": 0,
    "GUILD_MEMBER_UPDATE": gw.GUILD_MEMBERS,
    "MESSAGE_REACTION_ADD": gw.GUILD_REACTIONS,
    "MESSAGE_REACTION_REMOVE": gw.GUILD_REACTIONS,
}


class Discord:
    """The stand-in: open it with `async with`, give the program `.api_base` and `.token`.

    `limits` turns Discord's rate limits on; `ack_within` and `token_lives` are how long (seconds) an interaction may
    stay unanswered and its token works; `patience` how long a simulated person waits for what was deferred.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        limits: bool = False,
        a_second: int = 50,
        ack_within: float = 3.0,
        token_lives: float = 900.0,
        nonce_lives: float = 300.0,
        patience: float = 15.0,
    ) -> None:
        self.ack_within, self.token_lives, self.nonce_lives, self.patience = (
            ack_within,
            token_lives,
            nonce_lives,
            patience,
        )
        self.snowflakes = Snowflakes()
        self.bell = Bell()
        self.application_id = self.snowflakes.of_the_past()
        self.bot = User(self.application_id, "Gazette", bot=True)
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.token = f"double.{secrets.token_hex(8)}.{secrets.token_hex(16)}"
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.direct: dict[int, Channel] = {}
        self.webhooks: dict[int, Webhook] = {}
        self.commands: dict[int | None, dict[str, Json]] = {None: {}}
        self.registrations = 0
        self.answers: dict[str, Answer] = {}
        self.answers_by_id: dict[int, Answer] = {}
        self._most_answers = 20_000
        self.acknowledgements: deque[float] = deque(maxlen=200_000)
        self.files: dict[int, Attachment] = {}
        self.faults = Faults()
        self.limits = Limits(on=limits, a_second=a_second)
        self.gateway = Gateway(self)
        self.rest = Rest(self)
        self.complaints: list[str] = []
        self.refusals: list[str] = []
        self.requests: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self.port = port
        self._runner: web.AppRunner | None = None
        self.extra_routes: list[web.RouteDef] = []

    # Its life

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.add_routes(self.extra_routes)
        app.router.add_get("/gateway", self.gateway.handle)
        app.router.add_get("/gateway/", self.gateway.handle)
        app.router.add_get("/attachments/{channel}/{file}/{name}", self.rest.file)
        app.router.add_route("*", "/{path:.*}", self.rest.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, backlog=1024)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.gateway.drop(1001)
        assert self._runner is not None
        await self._runner.cleanup()

    @property
    def base(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def api_base(self) -> str:
        """What the program gets as DISCORD_API_BASE; without its path it is understood too."""
        return f"{self.base}/api/v10"

    @property
    def gateway_url(self) -> str:
        """Where the gateway is."""
        return f"ws://127.0.0.1:{self.port}/gateway"

    # Building a double

    def add_guild(
        self,
        name: str,
        *,
        channels: Sequence[str] = ("general",),
        people: Mapping[str, str] | None = None,
        locale: str = "en-US",
        bot: bool = True,
    ) -> Guild:
        """Found a guild: text `channels`, and `people` by name and locale, the first of whom owns it."""
        guild = Guild(self, name, locale=locale)
        self.guilds[guild.id] = guild
        for person, language in (people or {"Mara": "en-US"}).items():
            member = self.add_member(guild, person, locale=language)
            guild.owner = guild.owner or member.id
        if bot:
            self._let_in(guild)
        for channel in channels:
            guild.add_channel(channel)
        if bot:
            self._welcome(guild)
        return guild

    def furnish(self) -> Guild:
        """Found the guild "Harbour": #general, #news, #dispatch (announcements), #stories (forum), Lounge (voice).

        Mara owns it, Aiko reads Japanese, Teo German. The forum has the tags Politics, Sport, Weather.
        """
        people = {"Mara": "en-US", "Aiko": "ja", "Teo": "de"}
        guild = self.add_guild("Harbour", channels=("general", "news"), people=people)
        guild.add_channel("dispatch", "announcement")
        guild.add_channel("stories", "forum", tags=("Politics", "Sport", "Weather"))
        guild.add_channel("Lounge", "voice")
        return guild

    def invite_bot(self, guild: Guild) -> None:
        """Let the bot into a guild, again or for the first time."""
        self._let_in(guild)
        self._welcome(guild)

    def _welcome(self, guild: Guild) -> None:
        # Only a guild that was known before says whether it is available; by this clients tell joining from coming back.
        data = guild.json()
        del data["unavailable"]
        self.emit("GUILD_CREATE", data, guild=guild)

    def _let_in(self, guild: Guild) -> None:
        role = guild.bot_role
        if role is None:
            role = guild.bot_role = Role(self.snowflakes(), "Gazette", BOT_DEFAULT, 1, managed=True)
            guild.roles[role.id] = role
        guild.members[self.bot.id] = Member(self, self.bot, guild, [role])
        guild.has_bot = True

    def guild(self, name: str | int) -> Guild:
        """The guild of this name or id. Raises LookupError."""
        for each in self.guilds.values():
            if name in (each.name, each.id):
                return each
        raise LookupError(f"no guild called {name!r}")

    def add_member(self, guild: Guild, name: str, *, locale: str = "en-US", user: User | None = None) -> Member:
        """Somebody joins; with `user` somebody who is known already."""
        if user is None:
            user = User(self.snowflakes(), name, locale=locale)
        self.users[user.id] = user
        member = Member(self, user, guild)
        guild.members[user.id] = member
        return member

    def add_person(self, name: str, *, locale: str = "en-US", installed: bool = True) -> Member:
        """Somebody who shares no server with the bot, but has `installed` it for themselves."""
        user = User(self.snowflakes(), name, locale=locale)
        self.users[user.id] = user
        person = Member(self, user, None)
        person.installed = installed
        return person

    def dm_of(self, user: User) -> Channel:
        """The channel of direct messages between the bot and somebody."""
        if (channel := self.direct.get(user.id)) is None:
            channel = Channel(self, self.snowflakes(), 1, user.name)
            channel.recipient = user
            self.direct[user.id] = self.channels[channel.id] = channel
        return channel

    def shares_guild(self, user: User) -> bool:
        """May the bot write to somebody: are they in a guild with it?"""
        return any(user.id in each.members for each in self.guilds.values() if each.has_bot)

    def keep_file(
        self, channel: Channel, name: str, content: bytes, kind: str = "application/octet-stream"
    ) -> Attachment:
        """Store a file, and give where it can be had."""
        number = self.snowflakes()
        file = Attachment(number, name, content, f"{self.base}/attachments/{channel.id}/{number}/{name}", kind)
        self.files[number] = file
        return file

    def revoke_token(self) -> None:
        """Make the token worthless, as a reset in the developer portal does: 401, and the gateway closes with 4004."""
        self.token = f"revoked.{secrets.token_hex(24)}"
        self.gateway.sessions.clear()
        self.gateway.drop(4004)

    def note_refusal(self, what: str) -> None:
        """Remember what was refused; the oldest are forgotten when there are very many."""
        if len(self.refusals) >= 10_000:
            del self.refusals[:5_000]
        self.refusals.append(what)

    # Events

    def emit(self, event: str, data: Any, *, guild: Guild | None, always: bool = False) -> None:
        """Tell the bot, where it is a member, has asked for such events and (in guilds) is not shut out."""
        if guild is not None and not guild.has_bot and not always:
            return
        self.gateway.dispatch(event, data, guild=guild, intent=_INTENTS.get(event, gw.GUILDS))

    def publish(self, message: Message, event: str = "MESSAGE_CREATE") -> None:
        """Put a new message in its channel (or tell of its change), and tell everyone."""
        channel = message.channel
        if event == "MESSAGE_CREATE":
            channel.messages_by_id[message.id] = message
            if channel.is_thread and channel.archived:
                channel.archived = False
                channel.changed()
        if not message.ephemeral and (channel.guild is None or channel.guild.has_bot):
            data = message.json(nonce=event == "MESSAGE_CREATE")
            if channel.guild is not None:
                data["guild_id"] = str(channel.guild.id)
                member = channel.guild.members.get(message.author.id)
                if member is not None:
                    data["member"] = member.json(with_user=False)
            blind = None
            if (
                message.author.id != self.bot.id
                and channel.guild is not None
                and self.bot.id not in message.pings.users
            ):
                blind = data | {"content": "", "embeds": [], "attachments": [], "components": []}
            intent = gw.GUILD_MESSAGES if channel.guild else gw.DIRECT_MESSAGES
            self.gateway.dispatch(event, data, guild=channel.guild, intent=intent, without_content=blind)
        channel.bell.ring()
        self.bell.ring()

    def retract(self, message: Message) -> None:
        """Delete a message."""
        message.deleted = True
        channel = message.channel
        if not message.ephemeral:
            data = {"id": str(message.id), "channel_id": str(channel.id)}
            if channel.guild is not None:
                data["guild_id"] = str(channel.guild.id)
            intent = gw.GUILD_MESSAGES if channel.guild else gw.DIRECT_MESSAGES
            self.gateway.dispatch("MESSAGE_DELETE", data, guild=channel.guild, intent=intent)
        channel.bell.ring()
        self.bell.ring()

    def emit_reaction(self, event: str, message: Message, emoji: str, user: User) -> None:
        """Tell of a reaction put or taken."""
        channel = message.channel
        data: Json = {
            "user_id": str(user.id),
            "channel_id": str(channel.id),
            "message_id": str(message.id),
            "message_author_id": str(message.author.id),
            "emoji": {"id": None, "name": emoji},
            "burst": False,
            "type": 0,
        }
        if channel.guild is not None:
            data["guild_id"] = str(channel.guild.id)
            if (member := channel.guild.members.get(user.id)) is not None:
                data["member"] = member.json()
        intent = gw.GUILD_REACTIONS if channel.guild else gw.DIRECT_REACTIONS
        self.gateway.dispatch(event, data, guild=channel.guild, intent=intent)

    def interact(self, answer: Answer, payload: Json) -> None:
        """Send an interaction to the bot and remember what it may do about it."""
        if len(self.answers) > self._most_answers:
            self.answers = {token: each for token, each in self.answers.items() if each.age < self.token_lives}
            self.answers_by_id = {each.id: each for each in self.answers.values()}
            self._most_answers = max(20_000, 2 * len(self.answers))
        self.answers[answer.token] = self.answers_by_id[answer.id] = answer
        self.bell.ring()
        guild = answer.person.guild
        self.gateway.dispatch("INTERACTION_CREATE", payload, guild=guild if guild and guild.has_bot else None)

    # What tests ask

    @property
    def messages(self) -> list[Message]:
        """Every message by the bot that everyone may see, in all channels, oldest first."""
        found = [
            each for channel in self.channels.values() for each in channel.messages if each.author.id == self.bot.id
        ]
        return sorted(found, key=lambda each: each.id)

    @property
    def pings(self) -> list[Message]:
        """The bot's messages, private ones too, that would have notified somebody."""
        return [
            each
            for channel in self.channels.values()
            for each in channel.messages_by_id.values()
            if each.pings and each.author.id == self.bot.id
        ]

    async def wait_until_commands(self, count: int = 1, timeout: float = 20.0) -> list[Json]:  # noqa: ASYNC109 - a test says how long
        """The registered commands as soon as there are `count`. Raises TimeoutError."""
        await self.bell.wait_until(lambda: sum(map(len, self.commands.values())) >= count, timeout)
        return [each for scope in self.commands.values() for each in scope.values()]

    async def load(
        self,
        people: Sequence[Member],
        name: str,
        options: Sequence[Mapping[str, Any]],
        *,
        a_second: float,
        seconds: float,
    ) -> dict[str, float]:
        """Use a command at an even pace, whether or not answers come, and say how long acknowledgements took.

        People and options take turns. Gives the numbers sent, acknowledged and too late, and seconds: p50, p95, p99, max.
        """
        loop = asyncio.get_running_loop()
        start, answers = loop.time(), []
        for number in range(int(a_second * seconds)):
            wait = start + number / a_second - loop.time()
            if wait > 0:
                await asyncio.sleep(wait)
            answers.append(people[number % len(people)].begin(name, **options[number % len(options)]))
        for each in answers:
            if each.kind is None and each.age < self.ack_within:
                with suppress(NoAnswer):
                    await each.acknowledged()
        times = sorted(each.acknowledged_after for each in answers if each.acknowledged_after is not None)
        report: dict[str, float] = {"sent": len(answers), "acknowledged": len(times), "late": len(answers) - len(times)}
        for mark in (50, 95, 99):
            report[f"p{mark}"] = times[min(len(times) - 1, int(len(times) * mark / 100))] if times else float("inf")
        return report | {"max": times[-1] if times else float("inf"), "seconds": time.monotonic() - answers[0].sent}
