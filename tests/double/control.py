"""How does another process give the double orders, and ask what happened?

Every order is POST /control/{verb} with a JSON object, and answers with JSON: 200, or 400 {"error"} when the order can't
be carried out (`Impossible`, an unknown name), or 408 {"error"} when what it waits for doesn't come. Guilds, channels
and members are named by name or id. The verbs are the functions below; docs/testing.md has them in a table.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from aiohttp import web

from . import permissions
from .faults import Fault
from .people import Answer, Impossible, Member, NoAnswer
from .state import Channel, Guild, Json, Message
from .town import Discord

__all__ = ["VERBS", "control"]

Verb = Callable[[Discord, Json], Any]
VERBS: dict[str, Verb] = {}


def _verb(function: Verb) -> Verb:
    VERBS[function.__name__.strip("_")] = function
    return function


def control(town: Discord) -> None:
    """Let `town`, which isn't open yet, take orders."""

    async def handle(request: web.Request) -> web.Response:
        verb = VERBS.get(request.match_info["verb"])
        raw = await request.read()
        try:
            if verb is None:
                raise LookupError(f"no verb {request.match_info['verb']!r}; there are {sorted(VERBS)}")
            given = verb(town, orjson.loads(raw) if raw else {})
            status, body = 200, await given if inspect.isawaitable(given) else given
        except (TimeoutError, NoAnswer) as late:
            status, body = 408, {"error": f"{type(late).__name__}: {late}"}
        except (Impossible, LookupError, TypeError, ValueError) as wrong:
            status, body = 400, {"error": f"{type(wrong).__name__}: {wrong}"}
        return web.Response(status=status, body=orjson.dumps(body), content_type="application/json")

    town.extra_routes.append(web.post("/control/{verb}", handle))


# Finding what an order names


def _guild(town: Discord, order: Json) -> Guild:
    if "guild" not in order:
        return next(iter(town.guilds.values()))
    wanted = order["guild"]
    return town.guild(int(wanted) if str(wanted).isdecimal() else wanted)


def _channel(town: Discord, order: Json) -> Channel:
    wanted = order["channel"]
    if str(wanted).isdecimal():
        return town.channels[int(wanted)]
    return _guild(town, order).channel(wanted)


def _person(town: Discord, order: Json) -> Member:
    guild = _guild(town, order)
    name = order["member"]
    person = guild.members[int(name)] if str(name).isdecimal() else guild.member(name)
    if order.get("dm"):
        return person.dm()
    return person.at(_channel(town, order)) if "channel" in order else person


def _options(town: Discord, order: Json) -> Json:
    """Options; {"channel": name}, {"member": name} and {"role": name} stand for objects."""
    guild = _guild(town, order)
    given: Json = {}
    for name, value in (order.get("options") or {}).items():
        given[name] = value
        if isinstance(value, dict):
            ((kind, wanted),) = value.items()
            if kind == "role":
                given[name] = next(each for each in guild.roles.values() if each.name == wanted)
            else:
                find = {"channel": _channel, "member": _person}[kind]
                given[name] = find(town, {"guild": guild.id, kind: wanted})
    return given


def _source(town: Discord, order: Json) -> Message | Answer:
    if "answer" in order:
        return town.answers_by_id[int(order["answer"])]
    return _channel(town, order).messages_by_id[int(order["message"])]


# Showing what there is


def _shown(message: Message) -> Json:
    return {
        "id": str(message.id),
        "channel": str(message.channel.id),
        "author": message.author.name,
        "at": message.at,
        "text": message.text,
        "content": message.content,
        "embeds": message.embeds,
        "components": message.components,
        "attachments": [each.json() for each in message.attachments],
        "flags": message.flags,
        "nonce": message.nonce,
        "duplicates": message.duplicates,
        "edits": len(message.edits),
        "pings": bool(message.pings),
        "ephemeral": message.ephemeral,
        "webhook": None if message.webhook is None else str(message.webhook),
    }


def _told(answer: Answer) -> Json:
    return {
        "id": str(answer.id),
        "kind": answer.kind,
        "ephemeral": answer.ephemeral,
        "acknowledged_after": answer.acknowledged_after,
        "completed_after": answer.completed_after,
        "text": answer.text,
        "messages": [_shown(each) for each in answer.messages],
        "choices": answer.choices,
        "modal": answer.modal.data if answer.modal else None,
    }


# Verbs: the town


@_verb
def state(town: Discord, order: Json) -> Json:
    """All there is to know at a glance."""
    gateway = town.gateway
    return {
        "api_base": town.api_base,
        "token": town.token,
        "application": str(town.application_id),
        "guilds": {each.name: str(each.id) for each in town.guilds.values()},
        "channels": len(town.channels),
        "messages": sum(len(each.messages) for each in town.channels.values()),
        "commands": [each["name"] for scope in town.commands.values() for each in scope.values()],
        "registrations": town.registrations,
        "requests": dict(town.requests),
        "refusals": town.refusals[-200:],
        "complaints": town.complaints,
        "statuses": {str(status): count for status, count in town.statuses.items()},
        "limited": dict(town.limits.refused),
        "pings": len(town.pings),
        "gateway": {
            "connected": len(gateway.connected),
            "identified": gateway.identified,
            "resumed": gateway.resumed,
            "closed_with": gateway.closed_with,
        },
    }


@_verb
def guild(town: Discord, order: Json) -> Json:
    """Found a guild: {"name", "channels": [names], "people": {name: locale}, "locale"}."""
    made = town.add_guild(
        order["name"],
        channels=order.get("channels", ["general"]),
        people=order.get("people"),
        locale=order.get("locale", "en-US"),
    )
    return {
        "id": str(made.id),
        "channels": {each.name: str(each.id) for each in made.channels},
        "members": {each.name: str(each.id) for each in made.members.values()},
    }


@_verb
def channel(town: Discord, order: Json) -> Json:
    """Open a channel {"guild", "name", "kind", "tags"}, or with "count" that many, numbered: {"ids"}."""
    place = _guild(town, order)
    count = order.get("count")
    names = [order["name"]] if count is None else [f"{order['name']}-{number}" for number in range(count)]
    kind, tags = order.get("kind", "text"), order.get("tags", ())
    return {"ids": [str(place.add_channel(name, kind, tags=tags).id) for name in names]}


@_verb
def member(town: Discord, order: Json) -> Json:
    """Let somebody join: {"guild", "name", "locale", "permissions": [names]}."""
    person = town.add_member(_guild(town, order), order["name"], locale=order.get("locale", "en-US"))
    if order.get("permissions"):
        person.give(*order["permissions"])
    return {"id": str(person.id)}


@_verb
def change(town: Discord, order: Json) -> Json:
    """Change what the bot may do or where it is: {"do", "guild", "channel", "permissions"}.

    `do` is delete, forbid, permit (a channel, for the bot), forbid_bot, allow_bot, kick_bot, invite_bot, outage, back.
    """
    do, names = order["do"], order.get("permissions", ())
    unknown = set(names) - set(permissions.BITS)
    if unknown:
        raise LookupError(f"no permissions {sorted(unknown)}")
    if do in ("delete", "forbid", "permit"):
        place = _channel(town, order)
        if do == "delete":
            place.delete()
        else:
            getattr(place, do)(town.bot, *names)
        return {}
    where = _guild(town, order)
    if do in ("forbid_bot", "allow_bot"):
        getattr(where, do)(*names)
    elif do == "kick_bot":
        where.kick_bot()
    elif do == "invite_bot":
        town.invite_bot(where)
    elif do in ("outage", "back"):
        where.outage(over=do == "back")
    else:
        raise LookupError(f"nothing to do that is called {do!r}")
    return {}


@_verb
def settings(town: Discord, order: Json) -> Json:
    """Set {"limits": bool, "a_second", "ack_within", "token_lives", "nonce_lives", "patience"} and of the gateway
    {"identify_every", "shards", "max_concurrency", "heartbeat", "resume_within", "remaining"}.
    """
    for name in ("ack_within", "token_lives", "nonce_lives", "patience"):
        setattr(town, name, order.get(name, getattr(town, name)))
    for name in ("identify_every", "shards", "max_concurrency", "heartbeat", "resume_within", "remaining"):
        setattr(town.gateway, name, order.get(name, getattr(town.gateway, name)))
    town.limits.on = order.get("limits", town.limits.on)
    town.limits.everywhere.limit = order.get("a_second", town.limits.everywhere.limit)
    return {}


# Verbs: what people do


async def _given(town: Discord, order: Json, answer: Answer) -> Json:
    if order.get("wait", True):
        await answer.complete()
    return _told(answer)


@_verb
async def command(town: Discord, order: Json) -> Json:
    """Use a slash command: {"guild", "member", "channel" or "dm": true, "name", "options", "wait"}."""
    return await _given(town, order, _person(town, order).begin(order["name"], **_options(town, order)))


@_verb
async def autocomplete(town: Discord, order: Json) -> Any:
    """Type into an option: {..., "name", "option", "value", "options"}."""
    others = _options(town, order)
    asked: Awaitable[list[Json]] = _person(town, order).autocomplete(
        order["name"], option=order["option"], value=order.get("value", ""), **others
    )
    return await asked


@_verb
async def press(town: Discord, order: Json) -> Json:
    """Press a button: {..., "answer" or "channel" and "message", "what", "wait"}."""
    return await _given(town, order, _person(town, order).begin_press(_source(town, order), order["what"]))


@_verb
async def choose(town: Discord, order: Json) -> Json:
    """Choose from a menu: {..., "answer" or "channel" and "message", "what", "values"}; {"channel": name} for objects."""
    values = [
        next(iter(_options(town, order | {"options": {"value": each}}).values())) if isinstance(each, dict) else each
        for each in order["values"]
    ]
    return _told(await _person(town, order).choose(_source(town, order), order["what"], values))


@_verb
async def submit(town: Discord, order: Json) -> Json:
    """Send a form that an answer opened: {..., "answer", "values": {label: value}}."""
    opened = town.answers_by_id[int(order["answer"])]
    if opened.modal is None:
        raise LookupError("that answer opened no form")
    return _told(await _person(town, order).submit(opened.modal, order["values"]))


@_verb
def say(town: Discord, order: Json) -> Json:
    """Write a message: {..., "content"}."""
    return _shown(_person(town, order).say(order["content"]))


@_verb
async def use_on_message(town: Discord, order: Json) -> Json:
    """Use a message's context menu: {..., "name", "channel", "message"}."""
    source = _channel(town, order).messages_by_id[int(order["message"])]
    return _told(await _person(town, order).use_on_message(order["name"], source))


@_verb
def answer(town: Discord, order: Json) -> Json:
    """How an answer stands now: {"answer": id}."""
    return _told(town.answers_by_id[int(order["answer"])])


@_verb
async def load(town: Discord, order: Json) -> dict[str, float]:
    """Use a command at an even pace: {"guild", "members", "name", "options": [...], "a_second", "seconds"}."""
    place = _guild(town, order)
    people = [place.member(each) for each in order["members"]]
    options = order.get("options") or [{}]
    return await town.load(people, order["name"], options, a_second=order["a_second"], seconds=order["seconds"])


# Verbs: what came of it


@_verb
def messages(town: Discord, order: Json) -> list[Json]:
    """A channel's messages, oldest first: {"guild", "channel"}."""
    return [_shown(each) for each in _channel(town, order).messages]


@_verb
def census(town: Discord, order: Json) -> Json:
    """The bot's messages of all channels, briefly: {channel: [[id, nonce, at, first 80 characters], …]}."""
    out: Json = {}
    for place in town.channels.values():
        listed = [
            [str(each.id), each.nonce, each.at, each.text[:80]]
            for each in place.messages
            if each.author.id == town.bot.id
        ]
        if listed:
            out[str(place.id)] = listed
    return out


@_verb
async def wait(town: Discord, order: Json) -> Any:
    """Wait for messages in a channel {"guild", "channel", "count" or "contains", "timeout"}, or for {"commands": n}, {"connected": n}."""
    timeout = order.get("timeout", 10.0)
    if "commands" in order:
        return [each["name"] for each in await town.wait_until_commands(order["commands"], timeout)]
    if "connected" in order:
        await town.gateway.wait_until_connected(order["connected"], timeout)
        return {}
    place = _channel(town, order)
    if "contains" in order:
        return [_shown(await place.wait_for(lambda each: order["contains"] in each.text, timeout))]
    return [_shown(each) for each in await place.wait_for_count(order["count"], timeout)]


# Verbs: what goes wrong


@_verb
def fault(town: Discord, order: Json) -> Json:
    """Order a fault: {"kind": status, status_after, limit, delay, delay_after, drop or drop_after, "route", "times", "skip", "status", "seconds", "everywhere", "scope"}."""
    town.faults.order(Fault(**order))
    return {}


@_verb
def clear(town: Discord, order: Json) -> Json:
    """Withdraw all faults."""
    town.faults.clear()
    return {}


@_verb
def gateway(town: Discord, order: Json) -> Json:
    """{"do": drop, down, up, reconnect, invalidate, forget or deaf, "seconds", "code", "resumable"}."""
    line = town.gateway
    deeds: dict[str, Callable[[], None]] = {
        "drop": lambda: line.drop(order.get("code", 1006)),
        "down": lambda: line.down(order.get("seconds", 1e9)),
        "up": line.up,
        "reconnect": line.ask_to_reconnect,
        "invalidate": lambda: line.invalidate(resumable=order.get("resumable", False)),
        "forget": line.forget,
        "deaf": line.go_deaf,
    }
    deeds[order["do"]]()
    return {}


@_verb
def revoke(town: Discord, order: Json) -> Json:
    """Make the token worthless."""
    town.revoke_token()
    return {}
