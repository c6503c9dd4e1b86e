"""What does the double know: which guilds, channels, people and messages are there, and how do they look on the wire?

Values change in place and tell the double (`Discord`), which tells the gateway's sessions and whoever waits.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from . import permissions
from .permissions import BITS, Overwrite

if TYPE_CHECKING:
    from .double import Discord
    from .people import Answer, Member

__all__ = [
    "KINDS",
    "Attachment",
    "Bell",
    "Channel",
    "Guild",
    "Json",
    "Message",
    "Pings",
    "Role",
    "Snowflakes",
    "Tag",
    "User",
    "Webhook",
    "iso",
    "walk",
]

Json = dict[str, Any]
T = TypeVar("T")

KINDS: dict[str, int] = {
    "text": 0,
    "dm": 1,
    "voice": 2,
    "category": 4,
    "announcement": 5,
    "announcement_thread": 10,
    "public_thread": 11,
    "private_thread": 12,
    "stage": 13,
    "forum": 15,
}
THREADS = {10, 11, 12}
SENDABLE = {0, 1, 2, 5, 10, 11, 12, 13}
EPHEMERAL, LOADING, COMPONENTS_V2, CROSSPOSTED = 1 << 6, 1 << 7, 1 << 15, 1 << 0
_EPOCH = 1_420_070_400_000


def iso(seconds: float) -> str:
    """A moment as Discord writes it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()


class Snowflakes:
    """Numbers that say when they were given and never repeat."""

    def __init__(self) -> None:
        self._last = 0
        self._old = int(time.time() * 1000) - 365 * 86_400_000

    def __call__(self) -> int:
        """The next number, of this millisecond."""
        wanted = (int(time.time() * 1000) - _EPOCH) << 22
        self._last = max(wanted, self._last + 1)
        return self._last

    def of_the_past(self) -> int:
        """A number a year old, each of a millisecond of its own, so that guilds spread over shards."""
        self._old += 1
        return (self._old - _EPOCH) << 22


class Bell:
    """Lets coroutines wait until something that was rung for is so."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Something changed: everyone who waits looks again."""
        for each in self._waiting:
            if not each.done():
                each.set_result(None)

    async def wait_until(self, look: Callable[[], T | None], timeout: float) -> T:  # noqa: ASYNC109 - it names what it waited for
        """What `look` gives as soon as it gives something true. Raises TimeoutError after `timeout` seconds."""
        deadline = time.monotonic() + timeout
        while True:
            if found := look():
                return found
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.add(future)
            try:
                async with asyncio.timeout(max(deadline - time.monotonic(), 0)):
                    await future
            except TimeoutError:
                if found := look():
                    return found
                raise
            finally:
                self._waiting.discard(future)


@dataclass(slots=True)
class User:
    """Somebody on Discord, a person or a bot."""

    id: int
    name: str
    bot: bool = False
    locale: str = "en-US"
    closed_dms: bool = False

    def json(self) -> Json:
        """As in messages and members."""
        return {
            "id": str(self.id),
            "username": self.name if self.bot else self.name.lower().replace(" ", "_"),
            "global_name": None if self.bot else self.name,
            "discriminator": "0000" if self.bot else "0",
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
            "flags": 0,
            "primary_guild": None,
        }

    @property
    def mention(self) -> str:
        """What names this user in a message."""
        return f"<@{self.id}>"


@dataclass(slots=True)
class Role:
    """A role of a guild."""

    id: int
    name: str
    permissions: int = 0
    position: int = 1
    mentionable: bool = False
    managed: bool = False

    def json(self) -> Json:
        """As in GUILD_CREATE."""
        return {
            "id": str(self.id),
            "name": self.name,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "icon": None,
            "unicode_emoji": None,
            "position": self.position,
            "permissions": str(self.permissions),
            "managed": self.managed,
            "mentionable": self.mentionable,
            "flags": 0,
        }

    @property
    def mention(self) -> str:
        """What names this role in a message."""
        return f"<@&{self.id}>"


@dataclass(slots=True)
class Tag:
    """A tag that a forum offers."""

    id: int
    name: str
    moderated: bool = False

    def json(self) -> Json:
        """As in a forum channel."""
        return {
            "id": str(self.id),
            "name": self.name,
            "moderated": self.moderated,
            "emoji_id": None,
            "emoji_name": None,
        }


@dataclass(slots=True)
class Attachment:
    """A file that came with a message or an option."""

    id: int
    filename: str
    content: bytes
    url: str
    content_type: str = "application/octet-stream"
    description: str | None = None

    def json(self) -> Json:
        """As in a message."""
        return {
            "id": str(self.id),
            "filename": self.filename,
            "size": len(self.content),
            "url": self.url,
            "proxy_url": self.url,
            "content_type": self.content_type,
            **({"description": self.description} if self.description is not None else {}),
        }


@dataclass(slots=True)
class Webhook:
    """A webhook of a channel."""

    id: int
    token: str
    channel: Channel
    name: str
    creator: User
    application: int | None

    def json(self) -> Json:
        """As its creator sees it."""
        return {
            "id": str(self.id),
            "type": 1,
            "token": self.token,
            "name": self.name,
            "avatar": None,
            "channel_id": str(self.channel.id),
            "guild_id": str(self.channel.guild.id) if self.channel.guild else None,
            "application_id": str(self.application) if self.application else None,
            "user": self.creator.json(),
        }


@dataclass(frozen=True, slots=True)
class Pings:
    """Whom a message would notify, given its text, its allowed mentions and its author's permissions."""

    users: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    everyone: bool = False

    def __bool__(self) -> bool:
        return bool(self.users or self.roles or self.everyone)


_CODE = re.compile(r"```.*?```|``.*?``|`[^`]*`", re.DOTALL)
_USER, _ROLE = re.compile(r"<@!?(\d{15,20})>"), re.compile(r"<@&(\d{15,20})>")
_EVERYONE = re.compile(r"@(?:everyone|here)\b")


def pings_of(text: str, allowed: Json | None, *, may_all: bool, roles: Iterable[Role], replied: int | None) -> Pings:
    """Whom a text notifies; without `allowed` everybody it names, as Discord has it."""
    bare = _CODE.sub(" ", text)
    users = {int(each) for each in _USER.findall(bare)}
    named = {int(each) for each in _ROLE.findall(bare)}
    known = {role.id for role in roles if may_all or role.mentionable}
    everyone = may_all and bool(_EVERYONE.search(bare))
    if allowed is None:
        return Pings(frozenset(users | ({replied} if replied else set())), frozenset(named & known), everyone)
    parse = set(allowed.get("parse") or ())
    if "users" not in parse:
        users &= {int(each) for each in allowed.get("users") or ()}
    if "roles" not in parse:
        named &= {int(each) for each in allowed.get("roles") or ()}
    if replied and allowed.get("replied_user"):
        users.add(replied)
    return Pings(frozenset(users), frozenset(named & known), everyone and "everyone" in parse)


def walk(components: Sequence[Json] | None) -> Iterator[Json]:
    """Every component with all that it holds, from the top down, in reading order."""
    for each in components or ():
        yield each
        yield from walk(each.get("components"))
        for name in ("accessory", "component"):
            if isinstance(each.get(name), dict):
                yield from walk([each[name]])


@dataclass(slots=True, eq=False)
class Message:
    """A message as the channel holds it; `edits` are the bodies that changed it, in order."""

    id: int
    channel: Channel
    author: User
    at: float
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    nonce: str | int | None = None
    kind: int = 0
    webhook: int | None = None
    application: int | None = None
    reference: Json | None = None
    interaction: Json | None = None
    pings: Pings = field(default_factory=Pings)
    pinned: bool = False
    deleted: bool = False
    edited: float | None = None
    edits: list[Json] = field(default_factory=list)
    duplicates: int = 0
    reactions: dict[str, set[int]] = field(default_factory=dict)
    seen_by: int | None = None
    thread: Channel | None = None
    answer: Answer | None = None
    avatar_url: str | None = None
    tts: bool = False
    poll: Json | None = None

    @property
    def ephemeral(self) -> bool:
        """Is it shown to one person only?"""
        return bool(self.flags & EPHEMERAL)

    @property
    def text(self) -> str:
        """All that a reader reads: content, embeds and text displays, a line each."""
        lines = [self.content] if self.content else []
        for embed in self.embeds:
            lines += [
                (embed.get("author") or {}).get("name") or "",
                embed.get("title") or "",
                embed.get("description") or "",
            ]
            for each in embed.get("fields") or ():
                lines += [each["name"], each["value"]]
            lines.append((embed.get("footer") or {}).get("text") or "")
        lines += [each["content"] for each in walk(self.components) if each["type"] == 10]
        return "\n".join(line for line in lines if line)

    @property
    def traces(self) -> str:
        """All by which a bot may find the message again: its text, and the ids of its components."""
        ids = [each["custom_id"] for each in walk(self.components) if each.get("custom_id")]
        ids += [str(each["id"]) for each in walk(self.components) if "id" in each]
        return "\n".join([self.text, *ids])

    @property
    def buttons(self) -> list[Json]:
        """Its buttons, in reading order."""
        return [each for each in walk(self.components) if each["type"] == 2]

    @property
    def selects(self) -> list[Json]:
        """Its menus, in reading order."""
        return [each for each in walk(self.components) if each["type"] in (3, 5, 6, 7, 8)]

    def json(self, *, nonce: bool = False) -> Json:
        """As REST gives it; the nonce is told to its sender only, not to who reads the history."""
        author = self.author.json()
        out: Json = {
            "id": str(self.id),
            "channel_id": str(self.channel.id),
            "type": self.kind,
            "content": self.content,
            "author": author,
            "timestamp": iso(self.at),
            "edited_timestamp": iso(self.edited) if self.edited else None,
            "tts": self.tts,
            "mention_everyone": self.pings.everyone,
            "mentions": [
                self.channel.double.users[each].json()
                for each in sorted(self.pings.users)
                if each in self.channel.double.users
            ],
            "mention_roles": [str(each) for each in sorted(self.pings.roles)],
            "attachments": [each.json() for each in self.attachments],
            "embeds": self.embeds,
            "components": self.components,
            "pinned": self.pinned,
            "flags": self.flags,
            "reactions": [
                {
                    "emoji": {"id": None, "name": name},
                    "count": len(who),
                    "count_details": {"burst": 0, "normal": len(who)},
                    "me": self.channel.double.bot.id in who,
                    "me_burst": False,
                    "burst_colors": [],
                }
                for name, who in self.reactions.items()
            ],
        }
        if nonce and self.nonce is not None:
            out["nonce"] = self.nonce
        if self.webhook is not None:
            out["webhook_id"] = str(self.webhook)
        if self.application is not None:
            out["application_id"] = str(self.application)
        if self.interaction is not None:
            out["interaction_metadata"] = self.interaction
        if self.reference is not None:
            out["message_reference"] = self.reference
            replied = self.channel.messages_by_id.get(int(self.reference["message_id"]))
            out["referenced_message"] = replied.json() if replied and not replied.reference else None
        if self.thread is not None:
            out["thread"] = self.thread.json()
        if self.poll is not None:
            out["poll"] = self.poll
        return out


class Channel:
    """A channel of any kind, or a thread; `messages` are in the order of their ids."""

    def __init__(
        self,
        double: Discord,
        id_: int,
        kind: int,
        name: str,
        *,
        guild: Guild | None = None,
        parent: Channel | None = None,
    ) -> None:
        self.double, self.id, self.kind, self.name, self.guild, self.parent = double, id_, kind, name, guild, parent
        self.overwrites: dict[int, Overwrite] = {}
        self.messages_by_id: dict[int, Message] = {}
        self.nonces: dict[tuple[int, str], tuple[float, Message]] = {}
        self.tags: list[Tag] = []
        self.applied_tags: list[int] = []
        self.requires_tag = False
        self.recipient: User | None = None
        self.owner: int = 0
        self.archived = self.locked = False
        self.auto_archive = 4320
        self.created = time.time()
        self.topic: str | None = None
        self.deleted = False
        self.bell = Bell()
        self.crossposts: list[float] = []

    def __repr__(self) -> str:
        return f"<Channel #{self.name} {self.id}>"

    @property
    def messages(self) -> list[Message]:
        """What everybody there sees, oldest first: without deleted ones and private answers."""
        return [each for each in self.messages_by_id.values() if not each.deleted and not each.ephemeral]

    @property
    def threads(self) -> list[Channel]:
        """Its threads or posts, oldest first."""
        return (
            [each for each in self.guild.places.values() if each.parent is self and each.is_thread]
            if self.guild
            else []
        )

    @property
    def is_thread(self) -> bool:
        """Is it a thread or a forum's post?"""
        return self.kind in THREADS

    @property
    def mention(self) -> str:
        """What names this channel in a message."""
        return f"<#{self.id}>"

    def permissions_of(self, user: User) -> int:
        """What `user` may do here."""
        if self.guild is None:
            return permissions.EVERYONE_DEFAULT if self.recipient and user in (self.recipient, self.double.bot) else 0
        member = self.guild.members.get(user.id)
        if member is None:
            return 0
        place = self.parent if self.is_thread and self.parent is not None else self
        return permissions.effective(
            user=user.id,
            owner=self.guild.owner == user.id,
            guild=self.guild.id,
            everyone=self.guild.everyone.permissions,
            roles=[(role.id, role.permissions) for role in member.roles],
            overwrites=place.overwrites,
        )

    def allows(self, user: User, *names: str) -> bool:
        """May `user` do all of this here?"""
        held = self.permissions_of(user)
        return all(held & BITS[name] for name in names)

    async def wait_for(self, predicate: Callable[[Message], bool] = lambda _: True, timeout: float = 30.0) -> Message:  # noqa: ASYNC109 - a test says how long it waits
        """The first message here, old or new, that `predicate` likes. Raises TimeoutError after `timeout` seconds."""
        return await self.bell.wait_until(
            lambda: next((each for each in self.messages if predicate(each)), None), timeout
        )

    async def wait_for_count(self, count: int, timeout: float = 30.0) -> list[Message]:  # noqa: ASYNC109 - as above
        """All messages as soon as there are `count`. Raises TimeoutError after `timeout` seconds."""
        return await self.bell.wait_until(lambda: self.messages if len(self.messages) >= count else None, timeout)

    def forbid(self, who: User | Role | Member, *names: str) -> None:
        """Deny `who` these permissions here, as a manager does in the channel's settings."""
        self._overwrite(who, deny=permissions.bits(*names))

    def permit(self, who: User | Role | Member, *names: str) -> None:
        """Allow `who` these permissions here, whatever the roles say."""
        self._overwrite(who, allow=permissions.bits(*names))

    def _overwrite(self, who: User | Role | Member, *, allow: int = 0, deny: int = 0) -> None:
        own = self.overwrites.setdefault(who.id, Overwrite(who.id, 0 if isinstance(who, Role) else 1))
        own.allow, own.deny = own.allow & ~deny | allow, own.deny & ~allow | deny
        self.changed()

    def changed(self) -> None:
        """Tell the gateway that this channel is another now."""
        self.double.emit("THREAD_UPDATE" if self.is_thread else "CHANNEL_UPDATE", self.json(), guild=self.guild)

    def delete(self) -> None:
        """Delete the channel, with its threads, as a manager does."""
        for thread in self.threads:
            thread.delete()
        self.deleted = True
        self.double.channels.pop(self.id, None)
        if self.guild is not None:
            self.guild.places.pop(self.id, None)
        self.double.emit("THREAD_DELETE" if self.is_thread else "CHANNEL_DELETE", self.json(), guild=self.guild)
        self.bell.ring()

    def json(self) -> Json:
        """As REST and the gateway give it."""
        out: Json = {"id": str(self.id), "type": self.kind, "flags": 0, "last_message_id": None}
        if self.messages_by_id:
            out["last_message_id"] = str(next(reversed(self.messages_by_id)))
        if self.guild is None:
            return out | {"recipients": [self.recipient.json()] if self.recipient else []}
        out |= {
            "guild_id": str(self.guild.id),
            "name": self.name,
            "parent_id": str(self.parent.id) if self.parent else None,
        }
        if self.is_thread:
            return out | {
                "owner_id": str(self.owner),
                "message_count": max(len(self.messages_by_id) - 1, 0),
                "member_count": 1,
                "total_message_sent": len(self.messages_by_id),
                "rate_limit_per_user": 0,
                "applied_tags": [str(each) for each in self.applied_tags],
                "thread_metadata": {
                    "archived": self.archived,
                    "auto_archive_duration": self.auto_archive,
                    "archive_timestamp": iso(self.created),
                    "locked": self.locked,
                    "create_timestamp": iso(self.created),
                },
            }
        out |= {
            "position": 0,
            "topic": self.topic,
            "nsfw": False,
            "rate_limit_per_user": 0,
            "permission_overwrites": [
                {"id": str(own.id), "type": own.kind, "allow": str(own.allow), "deny": str(own.deny)}
                for own in self.overwrites.values()
            ],
        }
        if self.kind in (KINDS["voice"], KINDS["stage"]):
            out |= {"bitrate": 64000, "user_limit": 0, "rtc_region": None, "video_quality_mode": 1}
        if self.kind == KINDS["forum"]:
            out |= {
                "available_tags": [each.json() for each in self.tags],
                "flags": (1 << 4) if self.requires_tag else 0,
                "default_reaction_emoji": None,
                "default_sort_order": None,
                "default_forum_layout": 0,
                "default_thread_rate_limit_per_user": 0,
            }
        return out


class Guild:
    """A server: its roles, channels and members."""

    def __init__(self, double: Discord, name: str, *, locale: str = "en-US") -> None:
        self.double, self.name, self.locale = double, name, locale
        self.id = double.snowflakes.of_the_past()
        self.everyone = Role(self.id, "@everyone", permissions.EVERYONE_DEFAULT, 0)
        self.roles: dict[int, Role] = {self.id: self.everyone}
        self.places: dict[int, Channel] = {}
        self.members: dict[int, Member] = {}
        self.owner = 0
        self.system_channel: Channel | None = None
        self.features: list[str] = ["COMMUNITY", "NEWS"]
        self.has_bot = False
        self.bot_role: Role | None = None

    def __repr__(self) -> str:
        return f"<Guild {self.name!r} {self.id}>"

    @property
    def channels(self) -> list[Channel]:
        """Its channels without threads, oldest first."""
        return [each for each in self.places.values() if not each.is_thread]

    @property
    def threads(self) -> list[Channel]:
        """Its threads and posts, oldest first."""
        return [each for each in self.places.values() if each.is_thread]

    def channel(self, name: str) -> Channel:
        """The channel or thread of this name, with or without its #. Raises LookupError."""
        wanted = name.removeprefix("#")
        for each in (*self.channels, *self.threads):
            if each.name == wanted:
                return each
        raise LookupError(f"no channel called {name!r} in {self.name!r}")

    def member(self, name: str) -> Member:
        """The member of this name. Raises LookupError."""
        for each in self.members.values():
            if each.user.name == name:
                return each
        raise LookupError(f"no member called {name!r} in {self.name!r}")

    def add_channel(
        self,
        name: str,
        kind: str = "text",
        *,
        parent: Channel | None = None,
        tags: Sequence[str] = (),
        requires_tag: bool = False,
    ) -> Channel:
        """Open a channel; `kind` is a name of KINDS. A forum offers `tags`. A thread needs its `parent`."""
        channel = Channel(self.double, self.double.snowflakes(), KINDS[kind], name, guild=self, parent=parent)
        channel.tags = [Tag(self.double.snowflakes(), each) for each in tags]
        channel.requires_tag = requires_tag
        channel.owner = self.owner
        self.keep(channel)
        if self.system_channel is None and channel.kind == 0:
            self.system_channel = channel
        self.double.emit("THREAD_CREATE" if channel.is_thread else "CHANNEL_CREATE", channel.json(), guild=self)
        return channel

    def keep(self, channel: Channel) -> None:
        """Note a new channel or thread."""
        self.double.channels[channel.id] = self.places[channel.id] = channel

    def add_role(self, name: str, *names: str, mentionable: bool = False) -> Role:
        """Make a role with these permissions."""
        role = Role(self.double.snowflakes(), name, permissions.bits(*names), len(self.roles), mentionable)
        self.roles[role.id] = role
        self.double.emit("GUILD_ROLE_CREATE", {"guild_id": str(self.id), "role": role.json()}, guild=self)
        return role

    def allow_bot(self, *names: str) -> None:
        """Give the bot's own role these permissions."""
        assert self.bot_role is not None
        self.bot_role.permissions |= permissions.bits(*names)
        self.role_changed(self.bot_role)

    def forbid_bot(self, *names: str) -> None:
        """Take these permissions from the bot in the whole guild: from its role and from @everyone."""
        for role in (self.bot_role, self.everyone):
            if role is not None:
                role.permissions &= ~permissions.bits(*names)
                self.role_changed(role)

    def role_changed(self, role: Role) -> None:
        """Tell the gateway."""
        self.double.emit("GUILD_ROLE_UPDATE", {"guild_id": str(self.id), "role": role.json()}, guild=self)

    def kick_bot(self) -> None:
        """Remove the bot from the guild, as a manager does."""
        self.has_bot = False
        self.members.pop(self.double.bot.id, None)
        self.double.emit("GUILD_DELETE", {"id": str(self.id)}, guild=self, always=True)

    def outage(self, *, over: bool = False) -> None:
        """The guild becomes unavailable by Discord's fault, or (`over`) comes back."""
        if over:
            self.double.emit("GUILD_CREATE", self.json(), guild=self, always=True)
        else:
            self.double.emit("GUILD_DELETE", {"id": str(self.id), "unavailable": True}, guild=self, always=True)

    def json(self, *, full: bool = True) -> Json:
        """As GUILD_CREATE has it; without `full` as REST has it."""
        bot = self.members.get(self.double.bot.id)
        out: Json = {
            "id": str(self.id),
            "name": self.name,
            "icon": None,
            "splash": None,
            "discovery_splash": None,
            "banner": None,
            "description": None,
            "owner_id": str(self.owner),
            "region": "",
            "afk_channel_id": None,
            "afk_timeout": 300,
            "verification_level": 0,
            "default_message_notifications": 1,
            "explicit_content_filter": 0,
            "roles": [each.json() for each in self.roles.values()],
            "emojis": [],
            "stickers": [],
            "features": self.features,
            "mfa_level": 0,
            "application_id": None,
            "system_channel_id": str(self.system_channel.id) if self.system_channel else None,
            "system_channel_flags": 0,
            "rules_channel_id": None,
            "public_updates_channel_id": None,
            "safety_alerts_channel_id": None,
            "vanity_url_code": None,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "preferred_locale": self.locale,
            "nsfw_level": 0,
            "premium_progress_bar_enabled": False,
            "max_members": 500000,
            "max_presences": None,
            "max_video_channel_users": 25,
            "max_stage_video_channel_users": 50,
            "home_header": None,
            "widget_enabled": False,
            "widget_channel_id": None,
            "nsfw": False,
            "incidents_data": None,
        }
        if full:
            out |= {
                "joined_at": iso(time.time()),
                "large": False,
                "unavailable": False,
                "member_count": len(self.members),
                "voice_states": [],
                "members": [bot.json()] if bot else [],
                "channels": [each.json() for each in self.channels],
                "threads": [each.json() for each in self.threads if not each.archived],
                "presences": [],
                "stage_instances": [],
                "guild_scheduled_events": [],
                "soundboard_sounds": [],
            }
        return out
