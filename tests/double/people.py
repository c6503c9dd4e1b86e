"""What can a person do with the bot, and what do they get for it?

A `Member` sits at a place (a channel) and uses commands, buttons, menus and forms as a Discord client would let them:
only what is registered or drawn, filled in as it demands; all else raises `Impossible`. Each use gives an `Answer`.
"""

from __future__ import annotations

import copy
import secrets
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import permissions
from .state import LOADING, Attachment, Bell, Channel, Guild, Json, Message, Role, User, iso, walk

if TYPE_CHECKING:
    from .double import Discord

__all__ = ["Answer", "Impossible", "Member", "Modal", "NoAnswer"]

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5
_PING_SIZE = 10 * 1024 * 1024


class Impossible(Exception):
    """A person could not do this in Discord's client."""


class NoAnswer(Exception):
    """The bot did not answer: "The application did not respond"."""


class Modal:
    """A form that the bot opened for one person."""

    def __init__(self, data: Json, source: Answer) -> None:
        self.data, self.source = data, source
        self.title: str = data["title"]
        self.custom_id: str = data["custom_id"]

    def fields(self) -> list[tuple[str, Json]]:
        """Its inputs, each with its label."""
        found: list[tuple[str, Json]] = []
        for each in self.data["components"]:
            if each["type"] == 18:
                found.append((each["label"], each["component"]))
            elif each["type"] == 1:
                found += [(inner.get("label") or "", inner) for inner in each["components"]]
        return found


class Answer:
    """What the bot does about one interaction.

    `kind` is "message", "deferred", "deferred update", "update", "modal" or "choices" as soon as it is acknowledged;
    times are seconds since the interaction was sent.
    """

    def __init__(self, double: Discord, person: Member, kind: int, source: Message | None) -> None:
        self.double, self.person, self.interaction_kind, self.source = double, person, kind, source
        self.id = double.snowflakes()
        self.token = secrets.token_urlsafe(40)
        self.sent = time.monotonic()
        self.at = time.time()
        self.kind: str | None = None
        self.acknowledged_after: float | None = None
        self.completed_after: float | None = None
        self.private = False
        self.original: Message | None = None
        self.followups: list[Message] = []
        self.modal: Modal | None = None
        self.choices: list[Json] = []
        self.option_kind = 3
        self.command: Json | None = None
        self.too_late = False
        self.bell = Bell()

    def __repr__(self) -> str:
        return f"<Answer {self.kind} after {self.acknowledged_after}: {self.text[:60]!r}>"

    @property
    def age(self) -> float:
        """Seconds since the interaction was sent."""
        return time.monotonic() - self.sent

    @property
    def deferred(self) -> bool:
        """Was the answer announced before it was given?"""
        return self.kind in ("deferred", "deferred update")

    @property
    def ephemeral(self) -> bool:
        """Does only the person see it?"""
        return self.private

    @property
    def messages(self) -> list[Message]:
        """The answer's messages that are still there, the original first."""
        listed = [self.original] if self.original and not self.original.flags & LOADING else []
        return [each for each in (*listed, *self.followups) if not each.deleted]

    @property
    def message(self) -> Message:
        """The first of its messages. Raises NoAnswer when there is none."""
        if not self.messages:
            raise NoAnswer(f"{self!r} has no message")
        return self.messages[0]

    @property
    def content(self) -> str:
        """The first message's content."""
        return self.message.content

    @property
    def text(self) -> str:
        """All that the person reads, over all messages."""
        return "\n".join(each.text for each in self.messages)

    @property
    def components(self) -> list[Json]:
        """The first message's components."""
        return self.message.components

    @property
    def embeds(self) -> list[Json]:
        """The first message's embeds."""
        return self.message.embeds

    async def acknowledged(self) -> Answer:
        """Wait until the bot reacts at all. Raises NoAnswer after Discord's 3 seconds."""
        left = self.double.ack_within - self.age
        try:
            await self.bell.wait_until(lambda: self.kind, max(left, 0) + 0.05)
        except TimeoutError:
            raise NoAnswer(f"no reaction within {self.double.ack_within} s") from None
        return self

    async def complete(self, timeout: float | None = None) -> Answer:  # noqa: ASYNC109 - it raises what a test wants to read
        """Wait until there is something to read, also after a deferral. Raises NoAnswer."""
        await self.acknowledged()
        try:
            await self.bell.wait_until(
                lambda: self.completed_after is not None, self.double.patience if timeout is None else timeout
            )
        except TimeoutError:
            raise NoAnswer("deferred, and then nothing") from None
        return self

    def react(self, kind: str) -> None:
        """Note the bot's first reaction."""
        self.kind, self.acknowledged_after = kind, self.age
        if not kind.startswith("deferred") or kind == "deferred update":
            self.completed_after = self.acknowledged_after
        self.double.acknowledgements.append(self.acknowledged_after)
        self.bell.ring()

    def finish(self) -> None:
        """Note that there is something to read now."""
        if self.completed_after is None:
            self.completed_after = self.age
        self.bell.ring()

    def metadata(self) -> Json:
        """What a message of this answer says about where it comes from."""
        return {
            "id": str(self.id),
            "type": self.interaction_kind,
            "user": self.person.user.json(),
            "authorizing_integration_owners": self.person.owners(),
        }


class Member:
    """A person at a place: a member of a guild in one of its channels, or someone in direct messages."""

    def __init__(
        self, double: Discord, user: User, guild: Guild | None, roles: Sequence[Role] = (), nick: str | None = None
    ) -> None:
        self.double, self.user, self.guild, self.nick = double, user, guild, nick
        self.roles = list(roles)
        self.joined = time.time()
        self.installed = False
        self._place: Channel | None = None

    def __repr__(self) -> str:
        return f"<Member {self.user.name} at {self._place}>"

    @property
    def id(self) -> int:
        """The user's id."""
        return self.user.id

    @property
    def name(self) -> str:
        """The user's name."""
        return self.user.name

    @property
    def locale(self) -> str:
        """The language that the person chose in the client."""
        return self.user.locale

    @property
    def place(self) -> Channel:
        """Where the person sits: by default the guild's first text channel that they see."""
        if self._place is not None:
            return self._place
        for each in self.guild.channels if self.guild else ():
            if each.kind == 0 and each.allows(self.user, "view_channel"):
                return each
        raise Impossible(f"{self.name} sees no text channel")

    def at(self, place: Channel | str) -> Member:
        """The same person in another channel."""
        if isinstance(place, str):
            assert self.guild is not None
            place = self.guild.channel(place)
        seat = copy.copy(self)
        seat._place, seat.guild = place, place.guild
        return seat

    def dm(self) -> Member:
        """The same person in direct messages with the bot."""
        return self.at(self.double.dm_of(self.user))

    def give(self, *names: str) -> Role:
        """Give the person a new role with these permissions."""
        assert self.guild is not None
        role = self.guild.add_role(f"{self.name}'s {len(self.roles)}", *names)
        self.roles.append(role)
        self.changed()
        return role

    def take(self, role: Role) -> None:
        """Take a role away."""
        self.roles.remove(role)
        self.changed()

    def changed(self) -> None:
        """Tell the gateway."""
        assert self.guild is not None
        self.double.emit("GUILD_MEMBER_UPDATE", self.json() | {"guild_id": str(self.guild.id)}, guild=self.guild)

    def json(self, *, with_user: bool = True) -> Json:
        """As in GUILD_CREATE and interactions."""
        out: Json = {
            "nick": self.nick,
            "avatar": None,
            "banner": None,
            "roles": [str(each.id) for each in self.roles],
            "joined_at": iso(self.joined),
            "premium_since": None,
            "deaf": False,
            "mute": False,
            "flags": 0,
            "pending": False,
            "communication_disabled_until": None,
        }
        return {"user": self.user.json(), **out} if with_user else out

    def owners(self) -> Json:
        """By which installation the person may use the bot here: {"0": guild, "1": user}."""
        out: Json = {}
        if self.guild is not None and self.guild.has_bot:
            out["0"] = str(self.guild.id)
        elif self.guild is None and any(
            self.id in each.members for each in self.double.guilds.values() if each.has_bot
        ):
            out["0"] = "0"
        if self.installed:
            out["1"] = str(self.id)
        return out

    # What a person does

    async def command(self, name: str, /, **options: Any) -> Answer:
        """Use a slash command ("digest now" for a sub-command) and wait until there is something to read."""
        return await self.begin(name, **options).complete()

    def begin(self, name: str, /, **options: Any) -> Answer:
        """Use a slash command; the answer can be waited for."""
        command, path, offered = self._find(name, 1)
        data, resolved = self._fill(offered, options)
        answer = Answer(self.double, self, COMMAND, None)
        answer.command = command
        return self._send(answer, self._command_data(command, path, data, resolved))

    async def autocomplete(self, name: str, /, *, option: str, value: Any = "", **others: Any) -> list[Json]:
        """Type into an option: what the bot offers, as {"name", "value"}, in its order."""
        command, path, offered = self._find(name, 1)
        wanted = next((each for each in offered if option in self._called(each)), None)
        if wanted is None or not wanted.get("autocomplete"):
            raise Impossible(f"/{name} has no option {option!r} that completes")
        data, resolved = self._fill([each for each in offered if each is not wanted], others, partly=True)
        data.append({"name": wanted["name"], "type": wanted["type"], "value": value, "focused": True})
        answer = Answer(self.double, self, AUTOCOMPLETE, None)
        answer.command, answer.option_kind = command, wanted["type"]
        self._send(answer, self._command_data(command, path, data, resolved))
        await answer.acknowledged()
        for each in answer.choices:
            own = (each.get("name_localizations") or {}).get(self.locale)
            each["name"] = own or each["name"]
        return answer.choices

    async def use_on_message(self, name: str, message: Message) -> Answer:
        """Use a message's context menu."""
        command, _, _ = self._find(name, 3)
        resolved = {"messages": {str(message.id): message.json()}}
        answer = Answer(self.double, self, COMMAND, None)
        answer.command = command
        data = self._command_data(command, [], [], resolved) | {"target_id": str(message.id)}
        return await self._send(answer, data).complete()

    async def use_on_user(self, name: str, who: Member) -> Answer:
        """Use a user's context menu."""
        command, _, _ = self._find(name, 2)
        resolved: Json = {"users": {str(who.id): who.user.json()}}
        if who.guild is not None:
            resolved["members"] = {str(who.id): who.json(with_user=False) | {"permissions": "0"}}
        answer = Answer(self.double, self, COMMAND, None)
        answer.command = command
        data = self._command_data(command, [], [], resolved) | {"target_id": str(who.id)}
        return await self._send(answer, data).complete()

    async def press(self, source: Message | Answer, what: str) -> Answer:
        """Press a button, found by its label, its custom_id or its emoji, and wait until something happened."""
        return await self.begin_press(source, what).complete()

    def begin_press(self, source: Message | Answer, what: str) -> Answer:
        """Press a button; the answer can be waited for."""
        message, button = self._component(source, what, kinds=(2,))
        if button.get("url") or button["style"] in (5, 6):
            raise Impossible(f"{what!r} leads out of Discord: {button.get('url')}")
        answer = Answer(self.double, self, COMPONENT, message)
        return self._send(answer, {"id": button["id"], "custom_id": button["custom_id"], "component_type": 2})

    async def choose(self, source: Message | Answer, select: str, values: Any) -> Answer:
        """Choose from a menu (found by custom_id or placeholder): values or labels, or members, roles, channels."""
        message, menu = self._component(source, select, kinds=(3, 5, 6, 7, 8))
        data, resolved = _chosen(self, menu, values)
        answer = Answer(self.double, self, COMPONENT, message)
        payload: Json = {
            "id": menu["id"],
            "custom_id": menu["custom_id"],
            "component_type": menu["type"],
            "values": data,
        }
        if resolved:
            payload["resolved"] = resolved
        return await self._send(answer, payload).complete()

    async def submit(self, modal: Modal, values: Mapping[str, Any]) -> Answer:
        """Fill in and send a form; `values` are by label or custom_id."""
        left = dict(values)
        resolved: Json = {}
        components: list[Json] = []
        for each in modal.data["components"]:
            if each["type"] == 10:
                components.append({"type": 10, "id": each["id"]})
            elif each["type"] == 18:
                inner = _filled(self, each["component"], each["label"], left, resolved)
                components.append({"type": 18, "id": each["id"], "component": inner})
            else:
                row = [_filled(self, inner, inner.get("label") or "", left, resolved) for inner in each["components"]]
                components.append({"type": 1, "id": each["id"], "components": row})
        if left:
            raise Impossible(f"{modal.title!r} has no field {sorted(left)}")
        answer = Answer(self.double, self, SUBMIT, modal.source.source)
        data: Json = {"custom_id": modal.custom_id, "components": components}
        return await self._send(answer, data | ({"resolved": resolved} if resolved else {})).complete()

    def say(self, content: str, *, files: Sequence[tuple[str, bytes]] = (), embeds: Sequence[Json] = ()) -> Message:
        """Write a message."""
        message = Message(self.double.snowflakes(), self.place, self.user, time.time(), content, list(embeds))
        for name, data in files:
            message.attachments.append(self.double.keep_file(self.place, name, data))
        self.double.publish(message)
        return message

    def react(self, message: Message, emoji: str) -> None:
        """Put a reaction on a message."""
        message.reactions.setdefault(emoji, set()).add(self.id)
        self.double.emit_reaction("MESSAGE_REACTION_ADD", message, emoji, self.user)

    # How it gets to the bot

    def _find(self, name: str, kind: int) -> tuple[Json, list[Json], list[Json]]:
        """The command, the sub-commands that lead to the one meant, and the options that this one offers."""
        words = name.split() if kind == 1 else [name]
        scopes: list[int | None] = [self.guild.id if self.guild else None, None]
        for scope in scopes:
            for each in self.double.commands.get(scope, {}).values():
                if (each.get("type") or 1) == kind and words[0] in self._called(each):
                    self._may(each)
                    return self._descend(each, words)
        known = sorted(each["name"] for scope in scopes for each in self.double.commands.get(scope, {}).values())
        raise Impossible(f"no command {words[0]!r} is registered; there are {known}")

    def _descend(self, command: Json, words: list[str]) -> tuple[Json, list[Json], list[Json]]:
        path: list[Json] = []
        offered: list[Json] = command.get("options") or []
        for word in words[1:]:
            inner = next((each for each in offered if each["type"] in (1, 2) and word in self._called(each)), None)
            if inner is None:
                raise Impossible(f"/{command['name']} has no sub-command {word!r}")
            path.append(inner)
            offered = inner.get("options") or []
        if any(each["type"] in (1, 2) for each in offered):
            raise Impossible(f"/{' '.join(words)} is no command itself, it needs a sub-command")
        return command, path, offered

    def _called(self, each: Json) -> set[str]:
        """The names under which the person may type something: in their language and the program's own."""
        own = (each.get("name_localizations") or {}).get(self.locale)
        return {each["name"], own} if own else {each["name"]}

    def _may(self, command: Json) -> None:
        """Is the command shown to this person here? Raises Impossible."""
        context = 0 if self.guild else 1
        contexts = command.get("contexts")
        if contexts is None:
            contexts = [0, 1, 2] if command.get("dm_permission", True) is not False else [0]
        if context not in contexts:
            raise Impossible(f"/{command['name']} is not offered {'in direct messages' if context else 'in servers'}")
        owners = self.owners()
        types = command.get("integration_types") or [0]
        if not any(str(each) in owners for each in types):
            raise Impossible(f"/{command['name']} is not installed here: neither the server nor {self.name} has it")
        if self.guild is not None:
            held = self.place.permissions_of(self.user)
            needed = command.get("default_member_permissions")
            if needed is not None and (int(needed) & ~held or (int(needed) == 0 and held != permissions.ALL)):
                raise Impossible(f"/{command['name']} is hidden: it needs {sorted(permissions.names(int(needed)))}")
            if not held & permissions.BITS["use_application_commands"]:
                raise Impossible(f"{self.name} may not use commands in {self.place}")

    def _fill(
        self, offered: Sequence[Json], options: Mapping[str, Any], *, partly: bool = False
    ) -> tuple[list[Json], Json]:
        """Options as the client sends them, in the registered order, and the objects that they name."""
        unknown = set(options) - {name for each in offered for name in self._called(each)}
        if unknown:
            raise Impossible(f"no option {sorted(unknown)}; there are {[each['name'] for each in offered]}")
        data: list[Json] = []
        resolved: Json = {}
        for each in offered:
            value = next((options[name] for name in self._called(each) if options.get(name) is not None), None)
            if value is None:
                if each.get("required") and not partly:
                    raise Impossible(f"the option {each['name']!r} is required")
                continue
            data.append({"name": each["name"], "type": each["type"], "value": _option(self, each, value, resolved)})
        return data, resolved

    def _command_data(self, command: Json, path: Sequence[Json], options: list[Json], resolved: Json) -> Json:
        for each in reversed(path):
            options = [{"name": each["name"], "type": each["type"], "options": options}]
        data: Json = {
            "id": command["id"],
            "name": command["name"],
            "type": command.get("type") or 1,
            "options": options,
        }
        if command.get("guild_id"):
            data["guild_id"] = command["guild_id"]
        return data | ({"resolved": resolved} if resolved else {})

    def _component(self, source: Message | Answer, what: str, *, kinds: tuple[int, ...]) -> tuple[Message, Json]:
        messages = source.messages if isinstance(source, Answer) else [source]
        seen: list[str] = []
        for message in messages:
            if message.deleted or (message.ephemeral and message.seen_by != self.id):
                continue
            if not message.ephemeral and self.guild and not message.channel.allows(self.user, "view_channel"):
                continue
            for each in walk(message.components):
                if each["type"] not in kinds:
                    continue
                emoji = (each.get("emoji") or {}).get("name")
                names = [each.get("label"), each.get("custom_id"), each.get("placeholder"), emoji]
                seen += [name for name in names if name]
                if what in names:
                    if each.get("disabled"):
                        raise Impossible(f"{what!r} is disabled")
                    return message, each
        raise Impossible(f"{self.name} sees nothing called {what!r} to press there; there is {seen}")

    def _send(self, answer: Answer, data: Json) -> Answer:
        place = self.place
        payload: Json = {
            "id": str(answer.id),
            "application_id": str(self.double.application_id),
            "type": answer.interaction_kind,
            "data": data,
            "token": answer.token,
            "version": 1,
            "channel_id": str(place.id),
            "channel": place.json() | {"permissions": str(place.permissions_of(self.user))},
            "locale": self.locale,
            "entitlements": [],
            "authorizing_integration_owners": self.owners(),
            "attachment_size_limit": _PING_SIZE,
            "context": 0 if self.guild else 1,
            "app_permissions": str(place.permissions_of(self.double.bot) if self.guild else permissions.BOT_DEFAULT),
        }
        if self.guild is not None:
            payload |= {
                "guild_id": str(self.guild.id),
                "guild_locale": self.guild.locale,
                "guild": {"id": str(self.guild.id), "locale": self.guild.locale, "features": self.guild.features},
                "member": self.json() | {"permissions": str(place.permissions_of(self.user))},
            }
        else:
            payload["user"] = self.user.json()
        if answer.source is not None:
            payload["message"] = answer.source.json()
        self.double.interact(answer, payload)
        return answer


def _option(person: Member, option: Json, value: Any, resolved: Json) -> Any:
    """One option's value as the client sends it. Raises Impossible for what the client doesn't let through."""
    kind, name = option["type"], option["name"]
    if kind in (3, 4, 10):
        for each in option.get("choices") or ():
            own = (each.get("name_localizations") or {}).get(person.locale)
            if value in (each["value"], each["name"], own):
                return each["value"]
        if option.get("choices"):
            raise Impossible(f"{value!r} is no choice of {name!r}: {[each['name'] for each in option['choices']]}")
        wanted: tuple[type, ...] = {3: (str,), 4: (int,), 10: (int, float)}[kind]
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise Impossible(f"{name!r} takes {wanted[-1].__name__}, not {value!r}")
        size = float(len(value) if isinstance(value, str) else str(value))
        names = ("min_length", "max_length") if kind == 3 else ("min_value", "max_value")
        least: float | None = option.get(names[0])
        most: float | None = option.get(names[1])
        if kind == 3:
            least, most = least or 1, most or 6000
        if (least is not None and size < least) or (most is not None and size > most):
            raise Impossible(f"{name!r} takes {least} to {most}, not {size}")
        return value
    if kind == 5:
        if not isinstance(value, bool):
            raise Impossible(f"{name!r} takes True or False, not {value!r}")
        return value
    if kind == 11:
        if not isinstance(value, tuple):
            raise Impossible(f"{name!r} takes a file as (name, bytes)")
        file: Attachment = person.double.keep_file(person.place, *value)
        resolved.setdefault("attachments", {})[str(file.id)] = file.json()
        return str(file.id)
    kinds: dict[int, tuple[type, ...]] = {6: (Member, User), 7: (Channel,), 8: (Role,), 9: (Member, User, Role)}
    if not isinstance(value, kinds[kind]):
        raise Impossible(f"{name!r} takes {[each.__name__ for each in kinds[kind]]}, not {value!r}")
    allowed = option.get("channel_types")
    if isinstance(value, Channel) and allowed and value.kind not in allowed:
        raise Impossible(f"{name!r} takes channels of the types {allowed}, not {value.kind}")
    return _resolve(person, value, resolved)


def _resolve(person: Member, value: Any, resolved: Json) -> str:
    """Note an object beside the values that name it, and give its id."""
    key = str(value.id)
    if isinstance(value, Channel):
        if not value.allows(person.user, "view_channel"):
            raise Impossible(f"{person.name} does not see {value}")
        held = str(value.permissions_of(person.user))
        resolved.setdefault("channels", {})[key] = value.json() | {"permissions": held}
    elif isinstance(value, Role):
        resolved.setdefault("roles", {})[key] = value.json()
    else:
        user = value.user if isinstance(value, Member) else value
        resolved.setdefault("users", {})[key] = user.json()
        if isinstance(value, Member) and value.guild is not None:
            held = str(person.place.permissions_of(value.user))
            resolved.setdefault("members", {})[key] = value.json(with_user=False) | {"permissions": held}
    return key


def _chosen(person: Member, menu: Json, values: Any) -> tuple[list[str], Json]:
    """What a menu sends for these values."""
    wanted = list(values) if isinstance(values, (list, tuple, set)) else [values]
    least = 1 if menu.get("min_values") is None else menu["min_values"]
    most = 1 if menu.get("max_values") is None else menu["max_values"]
    if not least <= len(wanted) <= most:
        raise Impossible(f"the menu takes {least} to {most} values, not {len(wanted)}")
    resolved: Json = {}
    if menu["type"] != 3:
        allowed = menu.get("channel_types")
        for each in wanted:
            if isinstance(each, Channel) and allowed and each.kind not in allowed:
                raise Impossible(f"the menu doesn't show {each}")
        return [_resolve(person, each, resolved) for each in wanted], resolved
    named = {option["label"]: option["value"] for option in menu["options"]}
    named |= {option["value"]: option["value"] for option in menu["options"]}
    for each in wanted:
        if each not in named:
            raise Impossible(f"the menu has no {each!r}: {list(named)}")
    return [named[each] for each in wanted], resolved


def _filled(person: Member, field: Json, label: str, values: dict[str, Any], resolved: Json) -> Json:
    """One field of a form as the client sends it; takes what it uses out of `values`."""
    key = next((name for name in (label, field["custom_id"]) if name in values), None)
    out: Json = {"type": field["type"], "id": field["id"], "custom_id": field["custom_id"]}
    required = field.get("required") is not False
    if field["type"] == 4:
        value = str(values.pop(key)) if key else field.get("value") or ""
        if required and not value:
            raise Impossible(f"{label!r} must be filled in")
        least, most = field.get("min_length") or 0, field.get("max_length") or 4000
        if value and not least <= len(value) <= most:
            raise Impossible(f"{label!r} takes {least} to {most} characters, not {len(value)}")
        return out | {"value": value}
    if field["type"] in (21, 23):
        value = values.pop(key) if key else field.get("default")
        if field["type"] == 21 and required and value is None:
            raise Impossible(f"{label!r} must be chosen")
        return out | {"value": value}
    if key is None:
        chosen = [each["value"] for each in field.get("options") or () if each.get("default")]
        if required and not chosen:
            raise Impossible(f"{label!r} must be chosen")
        return out | {"values": chosen}
    if field["type"] == 19:
        files = [person.double.keep_file(person.place, *each) for each in values.pop(key)]
        resolved.setdefault("attachments", {}).update({str(each.id): each.json() for each in files})
        return out | {"values": [str(each.id) for each in files]}
    menu = field | {"type": 3} if field["type"] == 22 else field
    chosen, more = _chosen(person, menu, values.pop(key))
    for kind, each in more.items():
        resolved.setdefault(kind, {}).update(each)
    return out | {"values": chosen}
