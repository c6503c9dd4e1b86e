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
from .double import Discord
from .faults import Fault
from .people import Answer, Impossible, Member, NoAnswer
from .state import Channel, Guild, Json, Message

__all__ = ["VERBS", "control"]

Verb = Callable[[Discord, Json], Any]
VERBS: dict[str, Verb] = {}


def _verb(function: Verb) -> Verb:
    VERBS[function.__name__.strip("_")] = function
    return function


def control(double: Discord) -> None:
    """Let `double`, which isn't open yet, take orders."""

    async def handle(request: web.Request) -> web.Response:
        verb = VERBS.get(request.match_info["verb"])
        raw = await request.read()
        try:
            if verb is None:
                raise LookupError(f"no verb {request.match_info['verb']!r}; there are {sorted(VERBS)}")
            given = verb(double, orjson.loads(raw) if raw else {})
            status, body = 200, await given if inspect.isawaitable(given) else given
        except (TimeoutError, NoAnswer) as late:
            status, body = 408, {"error": f"{type(late).__name__}: {late}"}
        except (Impossible, LookupError, TypeError, ValueError) as wrong:
            status, body = 400, {"error": f"{type(wrong).__name__}: {wrong}"}
        return web.Response(status=status, body=orjson.dumps(body), content_type="application/json")

    double.extra_routes.append(web.post("/control/{verb}", handle))


# Finding what an order names


def _guild(double: Discord, order: Json) -> Guild:
    if "guild" not in order:
        return next(iter(double.guilds.values()))
    wanted = order["guild"]
    return double.guild(int(wanted) if str(wanted).isdecimal() else wanted)


def _channel(double: Discord, order: Json) -> Channel:
    wanted = order["channel"]
    if str(wanted).isdecimal():
        return double.channels[int(wanted)]
    return _guild(double, order).channel(wanted)


def _person(double: Discord, order: Json) -> Member:
    guild = _guild(double, order)
    name = order["member"]
    person = guild.members[int(name)] if str(name).isdecimal() else guild.member(name)
    if order.get("dm"):
        return person.dm()
    return person.at(_channel(double, order)) if "channel" in order else person


def _options(double: Discord, order: Json) -> Json:
    """Options; {"channel": name}, {"member": name} and {"role": name} stand for objects."""
    guild = _guild(double, order)
    given: Json = {}
    for name, value in (order.get("options") or {}).items():
        given[name] = value
        if isinstance(value, dict):
            ((kind, wanted),) = value.items()
            if kind == "role":
                given[name] = next(each for each in guild.roles.values() if each.name == wanted)
            else:
                find = {"channel": _channel, "member": _person}[kind]
                given[name] = find(double, {"guild": guild.id, kind: wanted})
    return given


def _source(double: Discord, order: Json) -> Message | Answer:
    if "answer" in order:
        return double.answers_by_id[int(order["answer"])]
    return _channel(double, order).messages_by_id[int(order["message"])]


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


# Verbs: the double


@_verb
def state(double: Discord, order: Json) -> Json:
    """All there is to know at a glance."""
    gateway = double.gateway
    return {
        "api_base": double.api_base,
        "token": double.token,
        "application": str(double.application_id),
        "guilds": {each.name: str(each.id) for each in double.guilds.values()},
        "channels": len(double.channels),
        "messages": sum(len(each.messages) for each in double.channels.values()),
        "commands": [each["name"] for scope in double.commands.values() for each in scope.values()],
        "registrations": double.registrations,
        "requests": dict(double.requests),
        "refusals": double.refusals[-200:],
        "complaints": double.complaints,
        "statuses": {str(status): count for status, count in double.statuses.items()},
        "limited": dict(double.limits.refused),
        "pings": len(double.pings),
        "gateway": {
            "connected": len(gateway.connected),
            "identified": gateway.identified,
            "resumed": gateway.resumed,
            "closed_with": gateway.closed_with,
        },
    }


@_verb
def guild(double: Discord, order: Json) -> Json:
    """Found a guild: {"name", "channels": [names], "people": {name: locale}, "locale"}."""
    made = double.add_guild(
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
def channel(double: Discord, order: Json) -> Json:
    """Open a channel {"guild", "name", "kind", "tags"}, or with "count" that many, numbered: {"ids"}."""
    place = _guild(double, order)
    count = order.get("count")
    names = [order["name"]] if count is None else [f"{order['name']}-{number}" for number in range(count)]
    kind, tags = order.get("kind", "text"), order.get("tags", ())
    return {"ids": [str(place.add_channel(name, kind, tags=tags).id) for name in names]}


@_verb
def member(double: Discord, order: Json) -> Json:
    """Let somebody join: {"guild", "name", "locale", "permissions": [names]}."""
    person = double.add_member(_guild(double, order), order["name"], locale=order.get("locale", "en-US"))
    if order.get("permissions"):
        person.give(*order["permissions"])
    return {"id": str(person.id)}


@_verb
def change(double: Discord, order: Json) -> Json:
    """Change what the bot may do or where it is: {"do", "guild", "channel", "permissions"}.

    `do` is delete, forbid, permit (a channel, for the bot), forbid_bot, allow_bot, kick_bot, invite_bot, outage, back.
    """
    do, names = order["do"], order.get("permissions", ())
    unknown = set(names) - set(permissions.BITS)
    if unknown:
        raise LookupError(f"no permissions {sorted(unknown)}")
    if do in ("delete", "forbid", "permit"):
        place = _channel(double, order)
        if do == "delete":
            place.delete()
        else:
            getattr(place, do)(double.bot, *names)
        return {}
    where = _guild(double, order)
    if do in ("forbid_bot", "allow_bot"):
        getattr(where, do)(*names)
    elif do == "kick_bot":
        where.kick_bot()
    elif do == "invite_bot":
        double.invite_bot(where)
    elif do in ("outage", "back"):
        where.outage(over=do == "back")
    else:
        raise LookupError(f"nothing to do that is called {do!r}")
    return {}


@_verb
def settings(double: Discord, order: Json) -> Json:
    """Set {"limits": bool, "a_second", "ack_within", "token_lives", "nonce_lives", "patience"} and of the gateway
    {"identify_every", "shards", "max_concurrency", "heartbeat", "resume_within", "remaining"}.
    """
    for name in ("ack_within", "token_lives", "nonce_lives", "patience"):
        setattr(double, name, order.get(name, getattr(double, name)))
    for name in ("identify_every", "shards", "max_concurrency", "heartbeat", "resume_within", "remaining"):
        setattr(double.gateway, name, order.get(name, getattr(double.gateway, name)))
    double.limits.on = order.get("limits", double.limits.on)
    double.limits.everywhere.limit = order.get("a_second", double.limits.everywhere.limit)
    return {}


# Verbs: what people do


async def _given(double: Discord, order: Json, answer: Answer) -> Json:
    if order.get("wait", True):
        await answer.complete()
    return _told(answer)


@_verb
async def command(double: Discord, order: Json) -> Json:
    """Use a slash command: {"guild", "member", "channel" or "dm": true, "name", "options", "wait"}."""
    return await _given(double, order, _person(double, order).begin(order["name"], **_options(double, order)))


@_verb
async def autocomplete(double: Discord, order: Json) -> Any:
    """Type into an option: {..., "name", "option", "value", "options"}."""
    others = _options(double, order)
    asked: Awaitable[list[Json]] = _person(double, order).autocomplete(
        order["name"], option=order["option"], value=order.get("value", ""), **others
    )
    return await asked


@_verb
async def press(double: Discord, order: Json) -> Json:
    """Press a button: {..., "answer" or "channel" and "message", "what", "wait"}."""
    return await _given(double, order, _person(double, order).begin_press(_source(double, order), order["what"]))


@_verb
async def choose(double: Discord, order: Json) -> Json:
    """Choose from a menu: {..., "answer" or "channel" and "message", "what", "values"}; {"channel": name} for objects."""
    values = [
        next(iter(_options(double, order | {"options": {"value": each}}).values())) if isinstance(each, dict) else each
        for each in order["values"]
    ]
    return _told(await _person(double, order).choose(_source(double, order), order["what"], values))


@_verb
async def submit(double: Discord, order: Json) -> Json:
    """Send a form that an answer opened: {..., "answer", "values": {label: value}}."""
    opened = double.answers_by_id[int(order["answer"])]
    if opened.modal is None:
        raise LookupError("that answer opened no form")
    return _told(await _person(double, order).submit(opened.modal, order["values"]))


@_verb
def say(double: Discord, order: Json) -> Json:
    """Write a message: {..., "content"}."""
    return _shown(_person(double, order).say(order["content"]))


@_verb
async def use_on_message(double: Discord, order: Json) -> Json:
    """Use a message's context menu: {..., "name", "channel", "message"}."""
    source = _channel(double, order).messages_by_id[int(order["message"])]
    return _told(await _person(double, order).use_on_message(order["name"], source))


@_verb
def answer(double: Discord, order: Json) -> Json:
    """How an answer stands now: {"answer": id}."""
    return _told(double.answers_by_id[int(order["answer"])])


@_verb
async def load(double: Discord, order: Json) -> dict[str, float]:
    """Use a command at an even pace: {"guild", "members", "name", "options": [...], "a_second", "seconds"}."""
    place = _guild(double, order)
    people = [place.member(each) for each in order["members"]]
    options = order.get("options") or [{}]
    return await double.load(people, order["name"], options, a_second=order["a_second"], seconds=order["seconds"])


# Verbs: what came of it


@_verb
def messages(double: Discord, order: Json) -> list[Json]:
    """A channel's messages, oldest first: {"guild", "channel"}."""
    return [_shown(each) for each in _channel(double, order).messages]


@_verb
def census(double: Discord, order: Json) -> Json:
    """The bot's messages of all channels, briefly: {channel: [[id, nonce, at, first 80 characters], …]}."""
    out: Json = {}
    for place in double.channels.values():
        listed = [
            [str(each.id), each.nonce, each.at, each.text[:80]]
            for each in place.messages
            if each.author.id == double.bot.id
        ]
        if listed:
            out[str(place.id)] = listed
    return out


@_verb
async def wait(double: Discord, order: Json) -> Any:
    """Wait for messages in a channel {"guild", "channel", "count" or "contains", "timeout"}, or for {"commands": n}, {"connected": n}."""
    timeout = order.get("timeout", 10.0)
    if "commands" in order:
        return [each["name"] for each in await double.wait_until_commands(order["commands"], timeout)]
    if "connected" in order:
        await double.gateway.wait_until_connected(order["connected"], timeout)
        return {}
    place = _channel(double, order)
    if "contains" in order:
        return [_shown(await place.wait_for(lambda each: order["contains"] in each.text, timeout))]
    return [_shown(each) for each in await place.wait_for_count(order["count"], timeout)]


# Verbs: what goes wrong


@_verb
def fault(double: Discord, order: Json) -> Json:
    """Order a fault: {"kind": status, status_after, limit, delay, delay_after, drop or drop_after, "route", "times", "skip", "status", "seconds", "everywhere", "scope"}."""
    double.faults.order(Fault(**order))
    return {}


@_verb
def clear(double: Discord, order: Json) -> Json:
    """Withdraw all faults."""
    double.faults.clear()
    return {}


@_verb
def gateway(double: Discord, order: Json) -> Json:
    """{"do": drop, down, up, reconnect, invalidate, forget or deaf, "seconds", "code", "resumable"}."""
    line = double.gateway
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
def revoke(double: Discord, order: Json) -> Json:
    """Make the token worthless."""
    double.revoke_token()
    return {}
