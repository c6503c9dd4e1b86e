"""How does the double answer Discord's REST interface, version 10?

`Rest.handle` takes every request: it finds the route, lets ordered faults strike, judges the rate, checks the token,
reads the body, and gives it to the route's handler. A `Refusal` becomes Discord's error form. A route that the double
doesn't know is answered with 404 and noted in `double.complaints`, so that a test can fail on it.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import orjson
from aiohttp import web

from . import rules
from .errors import (
    CANNOT_EDIT_OTHERS,
    CANNOT_SEND_TO_USER,
    EMPTY_MESSAGE,
    MISSING_ACCESS,
    MISSING_PERMISSIONS,
    UNKNOWN_CHANNEL,
    UNKNOWN_INTERACTION,
    UNKNOWN_MESSAGE,
    Faultfinder,
    Refusal,
    refusal,
)
from .limits import Verdict
from .people import AUTOCOMPLETE, COMMAND, COMPONENT, SUBMIT, Answer, Modal
from .permissions import BITS
from .state import (
    COMPONENTS_V2,
    CROSSPOSTED,
    EPHEMERAL,
    KINDS,
    LOADING,
    SENDABLE,
    Attachment,
    Channel,
    Guild,
    Json,
    Message,
    Pings,
    Snowflakes,
    User,
    Webhook,
    pings_of,
    walk,
)

if TYPE_CHECKING:
    from .double import Discord

__all__ = ["Call", "Rest"]

_FILE_MOST = 10 * 1024 * 1024
_SETTABLE = 1 << 2 | 1 << 12 | 1 << 13 | COMPONENTS_V2
Given = tuple[int, Any]
Handler = Callable[["Rest", "Call"], Awaitable[Given] | Given]


@dataclass(slots=True)
class Call:
    """One request: its route, the parts of its path, and its body with its files by number."""

    route: str
    path: str
    params: dict[str, str]
    query: dict[str, str]
    body: Any = None
    files: dict[int, tuple[str, bytes, str]] = field(default_factory=dict)

    def id(self, name: str) -> int:
        """A part of the path as a snowflake. Refuses what isn't one."""
        text = self.params[name]
        if not (text.isascii() and text.isdecimal() and int(text) < 1 << 64):
            faults = Faultfinder()
            faults.add((name,), "NUMBER_TYPE_COERCE", f'Value "{text[:50]}" is not snowflake.')
            faults.check()
        return int(text)

    @property
    def json(self) -> Json:
        """The body, which has to be an object."""
        if not isinstance(self.body, dict):
            raise Refusal(400, 50109, "The request body contains invalid JSON.")
        return self.body


@dataclass(slots=True)
class _Route:
    template: str
    handler: Handler
    authorized: bool
    exempt: bool


_ROUTES: list[_Route] = []


def _on(*templates: str, authorized: bool = True, exempt: bool = False) -> Callable[[Handler], Handler]:
    def keep(handler: Handler) -> Handler:
        _ROUTES.extend(_Route(each, handler, authorized, exempt) for each in templates)
        return handler

    return keep


class Rest:
    """The REST interface of one double."""

    def __init__(self, double: Discord) -> None:
        self.double = double
        self._tree: dict[str, Any] = {}
        for each in _ROUTES:
            method, path = each.template.split(" ")
            node = self._tree.setdefault(method, {})
            for step in path.strip("/").split("/"):
                node = node.setdefault("{}" if step.startswith("{") else step, {})
            node[""] = each

    # The way of a request

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        path = request.rel_url.raw_path.removeprefix("/api").removeprefix("/v10")
        found = self._find(request.method, path)
        if found is None:
            complaint = f"{request.method} {path}: the double knows no such route"
            self.double.complaints.append(complaint)
            return _respond(404, {"message": "404: Not Found", "code": 0})
        route, params = found
        name = route.template
        self.double.requests[name] += 1
        after, late, broken = False, 0.0, 0
        for fault in self.double.faults.take(name, f"{request.method} {path}"):
            if fault.kind == "delay":
                await asyncio.sleep(fault.seconds)
            elif fault.kind == "delay_after":
                late += fault.seconds
            elif fault.kind == "status":
                await request.read()
                return _broken(fault.status)
            elif fault.kind == "status_after":
                broken = fault.status
            elif fault.kind == "limit":
                verdict = self.double.limits.refuse(name, fault.seconds, everywhere=fault.everywhere, scope=fault.scope)
                return _limited(verdict)
            elif fault.kind == "drop":
                return _cut(request)
            else:
                after = True
        verdict = self.double.limits.judge(name, params, exempt=route.exempt)
        if verdict.retry_after is not None:
            await request.read()
            return _limited(verdict)
        try:
            if route.authorized and request.headers.get("Authorization") != f"Bot {self.double.token}":
                raise Refusal(401, 0, "401: Unauthorized")
            call = Call(name, path, params, dict(request.query))
            await _read(request, call)
            given = route.handler(self, call)
            status, body = given if isinstance(given, tuple) else await given
        except Refusal as refused:
            self.double.note_refusal(f"{request.method} {path}: {refused}")
            status, body = refused.status, refused.body()
        except Exception as error:
            # A fault of the double itself: the program gets a 500 for it, and the test has to hear of it.
            self.double.complaints.append(f"{request.method} {path}: the double failed with {error!r}")
            raise
        if late:
            await asyncio.sleep(late)
        if after:
            return _cut(request)
        if broken:
            return _broken(broken)
        self.double.statuses[status] += 1
        return _respond(status, body, verdict.headers)

    def _find(self, method: str, path: str) -> tuple[_Route, dict[str, str]] | None:
        node: dict[str, Any] | None = self._tree.get(method)
        held: list[str] = []
        for step in path.strip("/").split("/"):
            if node is None:
                return None
            if step in node and step:
                node = node[step]
            else:
                node = node.get("{}")
                held.append(unquote(step))
        if node is None or "" not in node:
            return None
        route: _Route = node[""]
        names = [step[1:-1] for step in route.template.split("/") if step.startswith("{")]
        # A fixed step such as @original is no parameter, so the names and the held steps agree in number.
        return route, dict(zip(names, held, strict=True))

    async def file(self, request: web.Request) -> web.StreamResponse:
        """A file that somebody attached, as from Discord's content network."""
        number = request.match_info["file"]
        file = self.double.files.get(int(number)) if number.isdecimal() else None
        if file is None:
            return web.Response(status=404, text="This content is no longer available.")
        return web.Response(body=file.content, content_type=file.content_type)

    # What is there

    def _channel(self, call: Call, *needed: str) -> Channel:
        """The channel of the path. Refuses where the bot may not see it, or lacks what is needed there."""
        channel = self.double.channels.get(call.id("channel_id"))
        if channel is None:
            raise refusal(UNKNOWN_CHANNEL)
        self._may(channel, *needed)
        return channel

    def _may(self, channel: Channel, *needed: str) -> None:
        held = channel.permissions_of(self.double.bot)
        if channel.guild is not None:
            if not channel.guild.has_bot or not held & BITS["view_channel"]:
                raise refusal(MISSING_ACCESS)
            if any(not held & BITS[name] for name in needed):
                raise refusal(MISSING_PERMISSIONS)
        elif channel.recipient is None:
            raise refusal(MISSING_ACCESS)

    def _guild(self, call: Call) -> Guild:
        guild = self.double.guilds.get(call.id("guild_id"))
        if guild is None:
            raise refusal(10004)
        if not guild.has_bot:
            raise refusal(MISSING_ACCESS)
        return guild

    def _message(self, call: Call, channel: Channel) -> Message:
        message = channel.messages_by_id.get(call.id("message_id"))
        if message is None or message.deleted or message.ephemeral:
            raise refusal(UNKNOWN_MESSAGE)
        return message

    def _application(self, call: Call) -> None:
        if call.id("application_id") != self.double.application_id:
            raise refusal(10002)

    # Who the bot is

    @_on("GET /gateway/bot")
    def gateway_bot(self, call: Call) -> Given:
        gateway = self.double.gateway
        limit = {"total": 1000, "remaining": gateway.remaining, "reset_after": 14_400_000}
        limit["max_concurrency"] = gateway.max_concurrency
        return 200, {"url": self.double.gateway_url, "shards": gateway.shards, "session_start_limit": limit}

    @_on("GET /gateway", authorized=False)
    def gateway(self, call: Call) -> Given:
        return 200, {"url": self.double.gateway_url}

    @_on("GET /users/@me", "PATCH /users/@me")
    def me(self, call: Call) -> Given:
        return 200, self.double.bot.json() | {"verified": True, "mfa_enabled": True, "locale": "en-US", "email": None}

    @_on("GET /applications/@me", "GET /oauth2/applications/@me", "PATCH /applications/@me")
    def application(self, call: Call) -> Given:
        owner = next((each for each in self.double.users.values() if not each.bot), self.double.bot)
        return 200, {
            "id": str(self.double.application_id),
            "name": self.double.bot.name,
            "type": None,
            "flags_new": "0",
            "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0,
            "eligible_oauth2_scopes": [],
            "icon": None,
            "description": "",
            "summary": "",
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "owner": owner.json(),
            "team": None,
            "flags": 0,
            "tags": [],
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
            "approximate_guild_count": sum(each.has_bot for each in self.double.guilds.values()),
            "approximate_user_install_count": 0,
            "integration_types_config": {"0": {}, "1": {}},
            "bot": self.double.bot.json(),
        }

    @_on("GET /applications/{application_id}/emojis")
    def emojis(self, call: Call) -> Given:
        return 200, {"items": []}

    @_on("GET /users/{user_id}")
    def user(self, call: Call) -> Given:
        if (user := self.double.users.get(call.id("user_id"))) is None:
            raise refusal(10013)
        return 200, user.json()

    @_on("GET /users/@me/guilds")
    def my_guilds(self, call: Call) -> Given:
        listed = [each for each in self.double.guilds.values() if each.has_bot]
        keys = ("id", "name", "icon", "features")
        return 200, [
            {key: each.json(full=False)[key] for key in keys} | {"owner": False, "permissions": "0"} for each in listed
        ]

    @_on("DELETE /users/@me/guilds/{guild_id}")
    def leave(self, call: Call) -> Given:
        self._guild(call).kick_bot()
        return 204, None

    # Commands

    def _scope(self, call: Call) -> int | None:
        self._application(call)
        return self._guild(call).id if "guild_id" in call.params else None

    def _register(self, scope: int | None, given: Json) -> Json:
        known = self.double.commands.setdefault(scope, {})
        kind = given.get("type") or 1
        same = next((each for each in known.values() if (each["type"], each["name"]) == (kind, given["name"])), None)
        number = same["id"] if same else str(self.double.snowflakes())
        permissions = given.get("default_member_permissions")
        command = {key: value for key, value in given.items() if value is not None} | {
            "id": number,
            "application_id": str(self.double.application_id),
            "version": str(self.double.snowflakes()),
            "type": kind,
            "description": given.get("description") or "",
            "default_member_permissions": None if permissions is None else str(permissions),
            "dm_permission": given.get("dm_permission", True),
            "contexts": given.get("contexts"),
            "integration_types": given.get("integration_types") or [0],
            "nsfw": bool(given.get("nsfw")),
        }
        if scope is not None:
            command["guild_id"] = str(scope)
        known[number] = command
        self.double.bell.ring()
        return command

    @_on("PUT /applications/{application_id}/commands", "PUT /applications/{application_id}/guilds/{guild_id}/commands")
    def set_commands(self, call: Call) -> Given:
        scope = self._scope(call)
        operation = "bulk_set_guild_application_commands" if scope else "bulk_set_application_commands"
        given = call.body if call.body is not None else []
        rules.check_commands(operation, given)
        before = self.double.commands.setdefault(scope, {})
        kept = {self._register(scope, each)["id"] for each in given}
        self.double.commands[scope] = {number: each for number, each in before.items() if number in kept}
        self.double.registrations += 1
        return 200, list(self.double.commands[scope].values())

    @_on("GET /applications/{application_id}/commands", "GET /applications/{application_id}/guilds/{guild_id}/commands")
    def list_commands(self, call: Call) -> Given:
        return 200, list(self.double.commands.get(self._scope(call), {}).values())

    @_on(
        "POST /applications/{application_id}/commands", "POST /applications/{application_id}/guilds/{guild_id}/commands"
    )
    def add_command(self, call: Call) -> Given:
        scope = self._scope(call)
        operation = "create_guild_application_command" if scope else "create_application_command"
        mark = (call.json.get("type") or 1, call.json.get("name"))
        others = [each for each in self.double.commands.get(scope, {}).values() if (each["type"], each["name"]) != mark]
        rules.check_commands(operation, call.json, existing=others)
        self.double.registrations += 1
        return 201, self._register(scope, call.json)

    @_on(
        "GET /applications/{application_id}/commands/{command_id}",
        "GET /applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
        "DELETE /applications/{application_id}/commands/{command_id}",
        "DELETE /applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
    )
    def one_command(self, call: Call) -> Given:
        known = self.double.commands.get(self._scope(call), {})
        if call.params["command_id"] not in known:
            raise refusal(10063)
        if call.route.startswith("DELETE"):
            known.pop(call.params["command_id"])
            return 204, None
        return 200, known[call.params["command_id"]]

    @_on("GET /applications/{application_id}/guilds/{guild_id}/commands/permissions")
    def command_permissions(self, call: Call) -> Given:
        self._scope(call)
        return 200, []

    # Guilds

    @_on("GET /guilds/{guild_id}")
    def guild(self, call: Call) -> Given:
        guild = self._guild(call)
        more = {"approximate_member_count": len(guild.members), "approximate_presence_count": 1}
        return 200, guild.json(full=False) | (more if call.query.get("with_counts") in ("1", "true") else {})

    @_on("GET /guilds/{guild_id}/channels")
    def guild_channels(self, call: Call) -> Given:
        return 200, [each.json() for each in self._guild(call).channels]

    @_on("GET /guilds/{guild_id}/roles")
    def guild_roles(self, call: Call) -> Given:
        return 200, [each.json() for each in self._guild(call).roles.values()]

    @_on("GET /guilds/{guild_id}/emojis")
    def guild_emojis(self, call: Call) -> Given:
        self._guild(call)
        return 200, []

    @_on("GET /guilds/{guild_id}/members/{user_id}")
    def guild_member(self, call: Call) -> Given:
        member = self._guild(call).members.get(call.id("user_id"))
        if member is None:
            raise refusal(10007 if call.id("user_id") in self.double.users else 10013)
        return 200, member.json()

    @_on("GET /guilds/{guild_id}/members/search")
    def search_members(self, call: Call) -> Given:
        wanted = call.query.get("query", "").lower()
        found = [each.json() for each in self._guild(call).members.values() if each.name.lower().startswith(wanted)]
        return 200, found[: int(call.query.get("limit", 1))]

    @_on("GET /guilds/{guild_id}/threads/active")
    def active_threads(self, call: Call) -> Given:
        return 200, {
            "threads": [each.json() for each in self._guild(call).threads if not each.archived],
            "members": [],
            "has_more": False,
        }

    @_on("GET /guilds/{guild_id}/webhooks", "GET /channels/{channel_id}/webhooks")
    def list_webhooks(self, call: Call) -> Given:
        if "guild_id" in call.params:
            guild = self._guild(call)
            member = guild.members[self.double.bot.id]
            held = guild.everyone.permissions
            for role in member.roles:
                held |= role.permissions
            if not held & (BITS["manage_webhooks"] | BITS["administrator"]):
                raise refusal(MISSING_PERMISSIONS)
            return 200, [each.json() for each in self.double.webhooks.values() if each.channel.guild is guild]
        channel = self._channel(call, "manage_webhooks")
        return 200, [each.json() for each in self.double.webhooks.values() if each.channel is channel]

    # Channels and threads

    @_on("GET /channels/{channel_id}")
    def channel(self, call: Call) -> Given:
        return 200, self._channel(call).json()

    @_on("PATCH /channels/{channel_id}")
    def edit_channel(self, call: Call) -> Given:
        channel = self._channel(call)
        needed = "manage_threads" if channel.is_thread and channel.owner != self.double.bot.id else "manage_channels"
        if not (channel.is_thread and channel.owner == self.double.bot.id):
            self._may(channel, needed)
        body = call.json
        faults = Faultfinder()
        if "name" in body and not (isinstance(body["name"], str) and 1 <= len(body["name"].strip()) <= 100):
            faults.add(("name",), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
        if body.get("auto_archive_duration", 60) not in (60, 1440, 4320, 10080):
            faults.add(("auto_archive_duration",), "BASE_TYPE_CHOICES", "Value must be one of (60, 1440, 4320, 10080).")
        faults.check()
        self._tags(channel.parent, body.get("applied_tags") or ())
        channel.name = body.get("name", channel.name)
        channel.archived = body.get("archived", channel.archived)
        channel.locked = body.get("locked", channel.locked)
        channel.topic = body.get("topic", channel.topic)
        channel.auto_archive = body.get("auto_archive_duration", channel.auto_archive)
        channel.applied_tags = [int(each) for each in body.get("applied_tags", channel.applied_tags)]
        channel.changed()
        return 200, channel.json()

    @_on("DELETE /channels/{channel_id}")
    def delete_channel(self, call: Call) -> Given:
        channel = self._channel(call)
        if channel.guild is not None:
            self._may(channel, "manage_threads" if channel.is_thread else "manage_channels")
            channel.delete()
        return 200, channel.json()

    @_on("POST /channels/{channel_id}/typing")
    def typing(self, call: Call) -> Given:
        self._sendable(self._channel(call))
        return 204, None

    @_on("PUT /channels/{channel_id}/thread-members/@me", "DELETE /channels/{channel_id}/thread-members/@me")
    def join_thread(self, call: Call) -> Given:
        self._channel(call)
        return 204, None

    @_on("GET /channels/{channel_id}/threads/archived/public", "GET /channels/{channel_id}/threads/archived/private")
    def archived_threads(self, call: Call) -> Given:
        channel = self._channel(call, "read_message_history")
        return 200, {
            "threads": [each.json() for each in channel.threads if each.archived],
            "members": [],
            "has_more": False,
        }

    @_on("POST /users/@me/channels")
    def create_dm(self, call: Call) -> Given:
        rules.check_shape("create_dm", call.body)
        user = self.double.users.get(int(call.json.get("recipient_id") or 0))
        if user is None:
            raise refusal(10013)
        if user.bot:
            raise refusal(CANNOT_SEND_TO_USER)
        return 200, self.double.dm_of(user).json()

    def _tags(self, forum: Channel | None, wanted: Any) -> None:
        known = {each.id for each in forum.tags} if forum else set()
        if any(int(each) not in known for each in wanted):
            raise refusal(10087)

    @_on("POST /channels/{channel_id}/threads")
    def create_thread(self, call: Call) -> Given:
        channel = self._channel(call)
        body = call.json
        if channel.kind == KINDS["forum"]:
            self._may(channel, "send_messages")
            # Discord takes the older form too, with the message's fields beside the name.
            rules.check_message("create_thread", body, root=("message",), files=_names(call))
            rules.check_thread_name(body["name"])
            tags = body.get("applied_tags") or ()
            self._tags(channel, tags)
            if channel.requires_tag and not tags:
                raise refusal(40067)
            thread = self._open_thread(channel, body, KINDS["public_thread"])
            thread.applied_tags = [int(each) for each in tags]
            message = Message(thread.id, thread, self.double.bot, time.time())
            self._apply(message, body["message"], call, new=True)
            self._announce_thread(thread)
            self.double.publish(message)
            return 201, thread.json() | {"message": message.json()}
        if channel.kind not in (0, 5):
            raise refusal(50024)
        rules.check_shape("create_text_thread", body)
        rules.check_thread_name(body["name"])
        kind = body.get("type") or KINDS["private_thread"]
        self._may(channel, "create_private_threads" if kind == KINDS["private_thread"] else "create_public_threads")
        thread = self._open_thread(channel, body, kind)
        self._announce_thread(thread)
        return 201, thread.json()

    @_on("POST /channels/{channel_id}/messages/{message_id}/threads")
    def create_thread_from(self, call: Call) -> Given:
        channel = self._channel(call, "create_public_threads", "read_message_history")
        message = self._message(call, channel)
        rules.check_shape("create_thread_from_message", call.body)
        rules.check_thread_name(call.json["name"])
        if channel.kind not in (0, 5):
            raise refusal(50024)
        if message.thread is not None:
            raise refusal(160004)
        kind = KINDS["announcement_thread" if channel.kind == 5 else "public_thread"]
        thread = self._open_thread(channel, call.json, kind, message.id)
        message.thread = thread
        self._announce_thread(thread)
        return 201, thread.json()

    def _open_thread(self, parent: Channel, body: Json, kind: int, id_: int | None = None) -> Channel:
        number = self.double.snowflakes() if id_ is None else id_
        thread = Channel(self.double, number, kind, body["name"].strip(), guild=parent.guild, parent=parent)
        thread.owner = self.double.bot.id
        thread.auto_archive = body.get("auto_archive_duration") or 4320
        return thread

    def _announce_thread(self, thread: Channel) -> None:
        assert thread.guild is not None
        thread.guild.keep(thread)
        self.double.emit("THREAD_CREATE", thread.json() | {"newly_created": True}, guild=thread.guild)

    # Messages

    def _sendable(self, channel: Channel) -> None:
        """Refuses where the bot can't write."""
        if channel.kind not in SENDABLE:
            raise refusal(50008)
        if channel.recipient is not None:
            if channel.recipient.closed_dms or not self.double.shares_guild(channel.recipient):
                raise refusal(CANNOT_SEND_TO_USER)
            return
        self._may(channel, "send_messages_in_threads" if channel.is_thread else "send_messages")
        if channel.locked and not channel.allows(self.double.bot, "manage_threads"):
            raise refusal(50160)

    @_on("POST /channels/{channel_id}/messages")
    def create_message(self, call: Call) -> Given:
        channel = self._channel(call)
        self._sendable(channel)
        body = call.json
        rules.check_message("create_message", body, files=_names(call))
        if channel.guild is not None:
            needed = (["embed_links"] if body.get("embeds") else []) + (["attach_files"] if call.files else [])
            self._may(channel, *needed)
        nonce = body.get("nonce")
        if nonce is not None and body.get("enforce_nonce"):
            known = channel.nonces.get((self.double.bot.id, str(nonce)))
            if known and time.monotonic() - known[0] < self.double.nonce_lives and not known[1].deleted:
                known[1].duplicates += 1
                return 200, known[1].json(nonce=True)
        message = Message(self.double.snowflakes(), channel, self.double.bot, time.time())
        message.nonce = nonce
        self._refer(message, body)
        self._apply(message, body, call, new=True)
        if nonce is not None:
            channel.nonces[(self.double.bot.id, str(nonce))] = (time.monotonic(), message)
        self.double.publish(message)
        return 200, message.json(nonce=True)

    def _refer(self, message: Message, body: Json) -> None:
        """Note which message is replied to. Refuses one that isn't there."""
        if not (reference := body.get("message_reference")):
            return
        channel = message.channel
        original = channel.messages_by_id.get(int(reference["message_id"]))
        self._may(channel, "read_message_history")
        if original is None or original.deleted:
            if reference.get("fail_if_not_exists", True):
                faults = Faultfinder()
                faults.add(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
                faults.check()
            return
        message.kind = 19
        message.reference = {"type": 0, "message_id": str(original.id), "channel_id": str(channel.id)}

    def _apply(self, message: Message, body: Json, call: Call, *, new: bool, settable: int = _SETTABLE) -> None:
        """Put a checked body into a message, new or old. Refuses to leave it empty."""
        flags = body.get("flags")
        if new:
            message.flags |= (flags or 0) & settable
        elif flags is not None:
            keep = message.flags & ~(1 << 2)
            message.flags = keep | flags & (1 << 2 | COMPONENTS_V2)
        content = message.content if "content" not in body else (body["content"] or "").strip()
        embeds = (
            message.embeds if "embeds" not in body else [e for e in map(_embed, body["embeds"] or ()) if len(e) > 1]
        )
        components = message.components
        if "components" in body:
            components = _numbered(body["components"] or [])
        attachments = self._attachments(message, body, call)
        if message.flags & COMPONENTS_V2 and (content or embeds):
            faults = Faultfinder()
            code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
            faults.add(
                ("content" if content else "embeds",), code, "Legacy fields cannot be used with IS_COMPONENTS_V2"
            )
            faults.check()
        full = content or embeds or attachments or body.get("poll") or message.poll
        if message.flags & COMPONENTS_V2:
            full = components
        if not full:
            raise refusal(EMPTY_MESSAGE)
        message.content, message.embeds, message.components, message.attachments = (
            content,
            embeds,
            components,
            attachments,
        )
        message.poll = body.get("poll") or message.poll
        message.tts = bool(body.get("tts"))
        urls = {each.filename: each.url for each in attachments}
        for each in (*components, *embeds):
            _unfurl(each, urls, self.double.snowflakes)
        if new or any(name in body for name in ("content", "components", "allowed_mentions")):
            message.pings = self._pings(message, body.get("allowed_mentions"))

    def _pings(self, message: Message, allowed: Json | None) -> Pings:
        channel = message.channel
        displayed = [each["content"] for each in walk(message.components) if each["type"] == 10]
        replied = channel.messages_by_id.get(int(message.reference["message_id"])) if message.reference else None
        return pings_of(
            "\n".join([message.content, *displayed]),
            allowed,
            may_all=channel.allows(self.double.bot, "mention_everyone"),
            roles=channel.guild.roles.values() if channel.guild else (),
            replied=replied.author.id if replied else None,
        )

    def _attachments(self, message: Message, body: Json, call: Call) -> list[Attachment]:
        described = {str(each["id"]): each for each in body.get("attachments") or ()}
        listed = "attachments" in body and body["attachments"] is not None
        kept = [each for each in message.attachments if not listed or str(each.id) in described]
        for number, (name, content, kind) in sorted(call.files.items()):
            if len(content) > _FILE_MOST:
                raise refusal(40005)
            more = described.get(str(number), {})
            file = self.double.keep_file(message.channel, more.get("filename") or name, content, kind)
            file.description = more.get("description")
            kept.append(file)
        if len(kept) > 10:
            faults = Faultfinder()
            faults.add(("attachments",), "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
            faults.check()
        return kept

    @_on("GET /channels/{channel_id}/messages")
    def list_messages(self, call: Call) -> Given:
        channel = self._channel(call)
        limit = _whole(call, "limit", 50, 1, 100)
        if not channel.allows(self.double.bot, "read_message_history"):
            return 200, []
        messages = channel.messages
        if (mark := call.query.get("before")) is not None:
            chosen = [each for each in messages if each.id < int(mark)][-limit:]
        elif (mark := call.query.get("after")) is not None:
            chosen = [each for each in messages if each.id > int(mark)][:limit]
        elif (mark := call.query.get("around")) is not None:
            older = [each for each in messages if each.id < int(mark)][-(limit // 2) :]
            newer = [each for each in messages if each.id >= int(mark)][: math.ceil(limit / 2)]
            chosen = older + newer
        else:
            chosen = messages[-limit:]
        return 200, [each.json() for each in reversed(chosen)]

    @_on("GET /channels/{channel_id}/messages/{message_id}")
    def get_message(self, call: Call) -> Given:
        return 200, self._message(call, self._channel(call, "read_message_history")).json()

    @_on("PATCH /channels/{channel_id}/messages/{message_id}")
    def edit_message(self, call: Call) -> Given:
        message = self._message(call, self._channel(call))
        if message.author.id != self.double.bot.id or (message.webhook is not None and message.answer is None):
            raise refusal(CANNOT_EDIT_OTHERS)
        if message.channel.archived:
            raise refusal(50083)
        self._edit(message, "update_message", call)
        return 200, message.json()

    def _edit(self, message: Message, operation: str, call: Call, *, root: tuple[str, ...] = ()) -> None:
        body = call.json
        legacy = bool(message.content or message.embeds)
        names = [*_names(call), *(each.filename for each in message.attachments)]
        rules.check_message(operation, body, root=root, files=names, before=(message.flags, legacy))
        for step in root:
            body = body[step]
        self._apply(message, body, call, new=False)
        message.edited = time.time()
        message.edits.append(body)
        self.double.publish(message, "MESSAGE_UPDATE")

    @_on("DELETE /channels/{channel_id}/messages/{message_id}")
    def delete_message(self, call: Call) -> Given:
        channel = self._channel(call)
        message = self._message(call, channel)
        if message.author.id != self.double.bot.id:
            self._may(channel, "manage_messages")
        self.double.retract(message)
        return 204, None

    @_on("POST /channels/{channel_id}/messages/bulk-delete")
    def bulk_delete(self, call: Call) -> Given:
        channel = self._channel(call, "manage_messages")
        listed = call.json.get("messages")
        if not isinstance(listed, list) or not 2 <= len(listed) <= 100:
            faults = Faultfinder()
            faults.add(("messages",), "BASE_TYPE_BAD_LENGTH", "Must be between 2 and 100 in length.")
            faults.check()
        for each in listed or ():
            if (message := channel.messages_by_id.get(int(each))) is not None:
                self.double.retract(message)
        return 204, None

    @_on("POST /channels/{channel_id}/messages/{message_id}/crosspost")
    def crosspost(self, call: Call) -> Given:
        channel = self._channel(call, "send_messages")
        message = self._message(call, channel)
        if channel.kind != KINDS["announcement"]:
            raise refusal(50024)
        if message.author.id != self.double.bot.id:
            self._may(channel, "manage_messages")
        if message.flags & CROSSPOSTED:
            raise refusal(40033)
        message.flags |= CROSSPOSTED
        channel.crossposts.append(time.time())
        self.double.publish(message, "MESSAGE_UPDATE")
        return 200, message.json()

    @_on("PUT /channels/{channel_id}/messages/pins/{message_id}", "PUT /channels/{channel_id}/pins/{message_id}")
    def pin(self, call: Call) -> Given:
        channel = self._channel(call)
        if not channel.allows(self.double.bot, "pin_messages"):
            raise refusal(MISSING_PERMISSIONS)
        message = self._message(call, channel)
        if sum(each.pinned for each in channel.messages) >= 250 and not message.pinned:
            raise refusal(30003)
        message.pinned = True
        return 204, None

    @_on("DELETE /channels/{channel_id}/messages/pins/{message_id}", "DELETE /channels/{channel_id}/pins/{message_id}")
    def unpin(self, call: Call) -> Given:
        channel = self._channel(call, "pin_messages")
        self._message(call, channel).pinned = False
        return 204, None

    @_on("GET /channels/{channel_id}/messages/pins")
    def pins(self, call: Call) -> Given:
        channel = self._channel(call, "read_message_history")
        pinned = [{"pinned_at": _now(), "message": each.json()} for each in reversed(channel.messages) if each.pinned]
        return 200, {"items": pinned[: _whole(call, "limit", 50, 1, 50)], "has_more": False}

    @_on(
        "PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me",
        "DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me",
    )
    def reaction(self, call: Call) -> Given:
        channel = self._channel(call, "read_message_history")
        message = self._message(call, channel)
        emoji = call.params["emoji"]
        if call.route.startswith("PUT"):
            if emoji not in message.reactions:
                self._may(channel, "add_reactions")
            if emoji.isascii() and ":" not in emoji:
                raise refusal(10014)
            message.reactions.setdefault(emoji, set()).add(self.double.bot.id)
            self.double.emit_reaction("MESSAGE_REACTION_ADD", message, emoji, self.double.bot)
        else:
            message.reactions.get(emoji, set()).discard(self.double.bot.id)
            self.double.emit_reaction("MESSAGE_REACTION_REMOVE", message, emoji, self.double.bot)
        return 204, None

    # Webhooks

    @_on("POST /channels/{channel_id}/webhooks")
    def create_webhook(self, call: Call) -> Given:
        channel = self._channel(call, "manage_webhooks")
        rules.check_shape("create_webhook", call.body)
        name = (call.json.get("name") or "").strip()
        faults = Faultfinder()
        if not name:
            faults.add(("name",), "BASE_TYPE_REQUIRED", "This field is required")
        _webhook_name(name, ("name",), faults)
        faults.check()
        if channel.kind not in (0, 2, 5, 13, 15):
            raise refusal(50024)
        if sum(each.channel is channel for each in self.double.webhooks.values()) >= 15:
            raise refusal(30007)
        number = self.double.snowflakes()
        webhook = Webhook(number, f"webhook-{number:x}", channel, name, self.double.bot, self.double.application_id)
        self.double.webhooks[number] = webhook
        return 200, webhook.json()

    def _webhook(self, call: Call) -> Webhook:
        webhook = self.double.webhooks.get(call.id("webhook_id"))
        if webhook is None or webhook.channel.deleted:
            raise refusal(10015)
        if "webhook_token" in call.params and call.params["webhook_token"] != webhook.token:
            raise refusal(50027)
        return webhook

    @_on("GET /webhooks/{webhook_id}", "PATCH /webhooks/{webhook_id}", "DELETE /webhooks/{webhook_id}")
    def webhook(self, call: Call) -> Given:
        webhook = self._webhook(call)
        self._may(webhook.channel, "manage_webhooks")
        return self._change_webhook(webhook, call)

    @_on(
        "GET /webhooks/{webhook_id}/{webhook_token}",
        "PATCH /webhooks/{webhook_id}/{webhook_token}",
        "DELETE /webhooks/{webhook_id}/{webhook_token}",
        authorized=False,
        exempt=True,
    )
    def webhook_by_token(self, call: Call) -> Given:
        return self._change_webhook(self._webhook(call), call)

    def _change_webhook(self, webhook: Webhook, call: Call) -> Given:
        if call.route.startswith("DELETE"):
            self.double.webhooks.pop(webhook.id)
            return 204, None
        if call.route.startswith("PATCH"):
            rules.check_shape("update_webhook", call.body)
            faults = Faultfinder()
            _webhook_name(call.json.get("name") or webhook.name, ("name",), faults)
            faults.check()
            webhook.name = call.json.get("name") or webhook.name
            if call.json.get("channel_id"):
                webhook.channel = self.double.channels[int(call.json["channel_id"])]
        return 200, webhook.json()

    @_on("POST /webhooks/{webhook_id}/{webhook_token}", authorized=False, exempt=True)
    def execute_webhook(self, call: Call) -> Given:
        if call.id("webhook_id") == self.double.application_id:
            return self.follow_up(call)
        webhook = self._webhook(call)
        channel, body = webhook.channel, call.json
        rules.check_message("execute_webhook", body, files=_names(call))
        faults = Faultfinder()
        if body.get("username"):
            _webhook_name(body["username"], ("username",), faults)
        faults.check()
        if (
            webhook.application is None
            and body.get("components")
            and call.query.get("with_components") not in ("1", "true")
        ):
            body = body | {"components": []}
        thread = None
        if (wanted := call.query.get("thread_id")) is not None:
            thread = self.double.channels.get(int(wanted))
            if thread is None or thread.parent is not channel:
                raise refusal(UNKNOWN_CHANNEL)
        elif channel.kind == KINDS["forum"]:
            if not body.get("thread_name"):
                raise refusal(220001)
            self._tags(channel, body.get("applied_tags") or ())
            thread = self._open_thread(channel, {"name": body["thread_name"]}, KINDS["public_thread"])
            thread.applied_tags = [int(each) for each in body.get("applied_tags") or ()]
        elif body.get("thread_name"):
            raise refusal(220003)
        author = User(webhook.id, body.get("username") or webhook.name, bot=True)
        new = thread is not None and thread.id not in self.double.channels
        place = thread or channel
        message = Message(place.id if new else self.double.snowflakes(), place, author, time.time())
        message.webhook, message.application, message.avatar_url = (
            webhook.id,
            webhook.application,
            body.get("avatar_url"),
        )
        self._apply(message, body, call, new=True)
        if new and thread is not None:
            self._announce_thread(thread)
        self.double.publish(message)
        return (200, message.json()) if call.query.get("wait") in ("1", "true") else (204, None)

    # Interactions

    @_on("POST /interactions/{interaction_id}/{interaction_token}/callback", authorized=False, exempt=True)
    def callback(self, call: Call) -> Given:
        answer = self.double.answers.get(call.params["interaction_token"])
        if answer is None or answer.id != call.id("interaction_id"):
            raise refusal(UNKNOWN_INTERACTION)
        if answer.kind is not None:
            raise refusal(40060)
        if answer.age > self.double.ack_within:
            answer.too_late = True
            raise refusal(UNKNOWN_INTERACTION)
        body = call.json
        rules.check_shape("create_interaction_response", body)
        kind = body["type"]
        allowed = {
            COMMAND: (4, 5, 9),
            COMPONENT: (4, 5, 6, 7, 9),
            AUTOCOMPLETE: (8,),
            SUBMIT: (4, 5, 6, 7) if answer.source else (4, 5),
        }[answer.interaction_kind]
        if kind not in allowed:
            faults = Faultfinder()
            faults.add(("type",), "INTERACTION_TYPE_INVALID", f"Value must be one of {allowed}.")
            faults.check()
        react = {4: self._respond_message, 5: self._respond_later, 6: self._respond_update, 7: self._respond_update}
        if kind == 8:
            rules.check_autocomplete(body, answer.option_kind)
            answer.choices = list((body.get("data") or {}).get("choices") or ())
            answer.react("choices")
        elif kind == 9:
            rules.check_modal(body)
            answer.modal = Modal(body["data"] | {"components": _numbered(body["data"]["components"])}, answer)
            answer.react("modal")
        else:
            react[kind](answer, body, call)
        if call.query.get("with_response") not in ("1", "true"):
            return 204, None
        return 200, self._told(answer, kind)

    def _told(self, answer: Answer, kind: int) -> Json:
        """What an answer with ?with_response=true gives."""
        interaction: Json = {"id": str(answer.id), "type": answer.interaction_kind}
        out: Json = {"interaction": interaction}
        if answer.original is not None:
            interaction |= {
                "response_message_id": str(answer.original.id),
                "response_message_loading": bool(answer.original.flags & LOADING),
                "response_message_ephemeral": answer.original.ephemeral,
                "channel_id": str(answer.person.place.id),
            }
            if kind in (4, 7):
                out["resource"] = {"type": kind, "message": answer.original.json()}
        return out

    def _of(self, answer: Answer, flags: int) -> Message:
        """A new message of an answer."""
        message = Message(self.double.snowflakes(), answer.person.place, self.double.bot, time.time())
        message.webhook = message.application = self.double.application_id
        message.answer, message.flags = answer, flags & EPHEMERAL
        message.seen_by = answer.person.id if message.ephemeral else None
        message.interaction = answer.metadata()
        return message

    def _respond_message(self, answer: Answer, body: Json, call: Call) -> None:
        data: Json = body.get("data") or {}
        whole = {"type": 4, "data": data}
        rules.check_message("create_interaction_response", whole, root=("data",), files=_names(call), shaped=True)
        message = self._of(answer, data.get("flags") or 0)
        message.kind = 20 if answer.interaction_kind == COMMAND else 0
        self._apply(message, data, call, new=True)
        answer.original, answer.private = message, message.ephemeral
        self.double.publish(message)
        answer.react("message")

    def _respond_later(self, answer: Answer, body: Json, call: Call) -> None:
        flags = ((body.get("data") or {}).get("flags") or 0) & EPHEMERAL
        message = self._of(answer, flags)
        message.flags |= LOADING
        message.kind = 20 if answer.interaction_kind == COMMAND else 0
        answer.original, answer.private = message, message.ephemeral
        message.channel.messages_by_id[message.id] = message
        answer.react("deferred")

    def _respond_update(self, answer: Answer, body: Json, call: Call) -> None:
        message = answer.source
        if message is None or message.deleted:
            raise refusal(UNKNOWN_MESSAGE)
        answer.original, answer.private = message, message.ephemeral
        if body["type"] == 6:
            answer.react("deferred update")
            return
        if body.get("data"):
            self._edit(message, "create_interaction_response", call, root=("data",))
        answer.react("update")

    def _answer(self, call: Call) -> Answer:
        """The answer that a follow-up belongs to. Refuses before the first reaction and after 15 minutes."""
        if call.id("webhook_id") != self.double.application_id:
            raise refusal(10015)
        answer = self.double.answers.get(call.params["webhook_token"])
        if answer is None or answer.age > self.double.token_lives:
            raise refusal(50027)
        if answer.kind is None or answer.kind in ("modal", "choices"):
            raise refusal(10015)
        return answer

    def follow_up(self, call: Call) -> Given:
        answer = self._answer(call)
        body = call.json
        first = answer.original
        if first is not None and first.flags & LOADING:
            # Discord fills the announced answer with the first follow-up, and keeps it as private as announced.
            rules.check_message("execute_webhook", body, files=_names(call))
            self._fill(answer, first, body, call)
            return 200, first.json()
        if "0" not in answer.person.owners() and len(answer.followups) >= 5:
            raise refusal(40094)
        rules.check_message("execute_webhook", body, files=_names(call))
        message = self._of(answer, body.get("flags") or 0)
        self._apply(message, body, call, new=True)
        if first is not None:
            message.reference = {"type": 0, "message_id": str(first.id), "channel_id": str(first.channel.id)}
            message.kind = 19
        answer.followups.append(message)
        self.double.publish(message)
        answer.finish()
        return 200, message.json()

    def _fill(self, answer: Answer, message: Message, body: Json, call: Call) -> None:
        private = message.flags & EPHEMERAL
        self._apply(message, body, call, new=True)
        message.flags = message.flags & ~(LOADING | EPHEMERAL) | private
        self.double.publish(message)
        answer.finish()

    def _answer_message(self, call: Call) -> tuple[Answer, Message]:
        answer = self._answer(call)
        if "message_id" not in call.params:
            found = answer.original
        else:
            wanted = call.id("message_id")
            listed = [answer.original, *answer.followups]
            found = next((each for each in listed if each is not None and each.id == wanted), None)
        if found is None or found.deleted:
            raise refusal(UNKNOWN_MESSAGE)
        return answer, found

    def _webhook_message(self, call: Call) -> Message:
        webhook = self._webhook(call)
        place = self.double.channels.get(int(call.query.get("thread_id", webhook.channel.id)))
        found = place.messages_by_id.get(call.id("message_id")) if place and "message_id" in call.params else None
        if found is None or found.deleted or found.webhook != webhook.id:
            raise refusal(UNKNOWN_MESSAGE)
        return found

    @_on(
        "GET /webhooks/{webhook_id}/{webhook_token}/messages/@original",
        "GET /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        authorized=False,
        exempt=True,
    )
    def get_answer(self, call: Call) -> Given:
        if call.id("webhook_id") != self.double.application_id:
            return 200, self._webhook_message(call).json()
        return 200, self._answer_message(call)[1].json()

    @_on(
        "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original",
        "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        authorized=False,
        exempt=True,
    )
    def edit_answer(self, call: Call) -> Given:
        operation = "update_webhook_message"
        if call.id("webhook_id") != self.double.application_id:
            message = self._webhook_message(call)
            self._edit(message, operation, call)
            return 200, message.json()
        answer, message = self._answer_message(call)
        if message.flags & LOADING:
            rules.check_message(operation, call.json, files=_names(call))
            self._fill(answer, message, call.json, call)
        else:
            self._edit(message, operation, call)
            answer.finish()
        return 200, message.json()

    @_on(
        "DELETE /webhooks/{webhook_id}/{webhook_token}/messages/@original",
        "DELETE /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        authorized=False,
        exempt=True,
    )
    def delete_answer(self, call: Call) -> Given:
        if call.id("webhook_id") != self.double.application_id:
            self.double.retract(self._webhook_message(call))
            return 204, None
        answer, message = self._answer_message(call)
        self.double.retract(message)
        answer.finish()
        return 204, None


# Bodies


async def _read(request: web.Request, call: Call) -> None:
    """The body into the call: JSON, or a form with `payload_json` and files."""
    if request.content_type.startswith("multipart/"):
        form = await request.post()
        for name, value in form.items():
            if isinstance(value, web.FileField):
                digits = "".join(each for each in name if each.isdecimal())
                kind = value.content_type or "application/octet-stream"
                call.files[int(digits or 0)] = (value.filename, value.file.read(), kind)
            elif name == "payload_json":
                call.body = _loads(value if isinstance(value, str) else bytes(value))
        return
    raw = await request.read()
    if not raw:
        return
    if request.content_type != "application/json":
        faults = Faultfinder()
        faults.add((), "CONTENT_TYPE_INVALID", "Expected \"Content-Type\" header to be one of {'application/json'}.")
        faults.check()
    call.body = _loads(raw)


def _loads(raw: str | bytes) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise refusal(50109) from None


def _names(call: Call) -> list[str]:
    """The files' names as `attachment://` may use them."""
    described = {str(each.get("id")): each.get("filename") for each in _described(call.body)}
    return [described.get(str(number)) or name for number, (name, _, _) in call.files.items()]


def _described(body: Any) -> list[Json]:
    for inner in (body, *(body.get(name) for name in ("data", "message"))) if isinstance(body, dict) else ():
        listed = inner.get("attachments") if isinstance(inner, dict) else None
        if isinstance(listed, list):
            return [each for each in listed if isinstance(each, dict)]
    return []


def _whole(call: Call, name: str, default: int, least: int, most: int) -> int:
    text = call.query.get(name, str(default))
    if not text.isdecimal() or not least <= int(text) <= most:
        faults = Faultfinder()
        faults.add((name,), "NUMBER_TYPE_MAX", f"int value should be less than or equal to {most}.")
        faults.check()
    return int(text)


def _webhook_name(name: str, where: tuple[str, ...], faults: Faultfinder) -> None:
    for word in ("discord", "clyde"):
        if word in name.lower():
            faults.add(where, "USERNAME_INVALID_CONTAINS", f'Username cannot contain "{word}"')


def _embed(embed: Json) -> Json:
    kept = {key: value for key, value in embed.items() if value not in (None, "", [], {})}
    if "fields" in kept:
        kept["fields"] = [{"inline": False} | each for each in kept["fields"]]
    return kept | {"type": "rich"}


_CHOICE: Json = {"min_values": 1, "max_values": 1}
_DEFAULTS: dict[int, Json] = {
    **dict.fromkeys((3, 5, 6, 7, 8), _CHOICE),
    11: {"description": None, "spoiler": False},
    13: {"spoiler": False},
    14: {"spacing": 1, "divider": True},
    17: {"accent_color": None, "spoiler": False},
}


def _numbered(components: list[Json]) -> list[Json]:
    """Components as Discord keeps them: each with an id, those without one counted through, and with defaults told."""
    copied: list[Json] = orjson.loads(orjson.dumps(components))
    taken = {each["id"] for each in walk(copied) if each.get("id")}
    number = 0
    for each in walk(copied):
        if not each.get("id"):
            number += 1
            while number in taken:
                number += 1
            each["id"] = number
        for name in [name for name, value in each.items() if value is None]:
            del each[name]
        for name, value in _DEFAULTS.get(each["type"], {}).items():
            each.setdefault(name, value)
        for item in each.get("items", ()) if each["type"] == 12 else ():
            item |= {"description": item.get("description"), "spoiler": bool(item.get("spoiler"))}
    return copied


def _unfurl(each: Any, urls: dict[str, str], snowflakes: Snowflakes) -> None:
    """Turn attachment:// into addresses, and say of media what Discord says of it."""
    if isinstance(each, dict):
        url = each.get("url")
        if isinstance(url, str) and url.startswith("attachment://") and url.removeprefix("attachment://") in urls:
            each["url"] = urls[url.removeprefix("attachment://")]
        for inner in each.values():
            _unfurl(inner, urls, snowflakes)
        for name in ("media", "file", "image", "thumbnail"):
            if isinstance(each.get(name), dict):
                each[name].setdefault("proxy_url", each[name].get("url"))
                if name in ("media", "file"):
                    each[name].setdefault("id", str(snowflakes()))
    elif isinstance(each, list):
        for inner in each:
            _unfurl(inner, urls, snowflakes)


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())


# Answers


def _respond(status: int, body: Any, headers: dict[str, str] | None = None) -> web.Response:
    # discord.py reads JSON only where the content type is exactly this, and takes a 429 without Via for a ban.
    more = {"Via": "1.1 double", **(headers or {})}
    if body is None:
        return web.Response(status=status, headers=more)
    return web.Response(status=status, body=orjson.dumps(body), headers=more | {"Content-Type": "application/json"})


def _limited(verdict: Verdict) -> web.Response:
    body = {"message": "You are being rate limited.", "retry_after": verdict.retry_after, "global": verdict.everywhere}
    return _respond(429, body, verdict.headers)


def _broken(status: int) -> web.Response:
    if status in (502, 503, 504):
        page = "<html><head><title>Bad Gateway</title></head><body>upstream connect error</body></html>"
        return web.Response(status=status, text=page, content_type="text/html")
    return _respond(status, {"message": f"{status}: Internal Server Error", "code": 0})


def _cut(request: web.Request) -> web.Response:
    """Close the connection so that the client gets no answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
