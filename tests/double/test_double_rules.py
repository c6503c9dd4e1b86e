"""Does the double refuse what Discord refuses, and say so as Discord does?"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.double import Channel, Discord, Refusal, check_message

V2 = 1 << 15


class Wire:
    """A program without a library: plain requests with the bot's token."""

    def __init__(self, double: Discord, session: aiohttp.ClientSession) -> None:
        self.double, self.session = double, session
        self.headers = {"Authorization": f"Bot {double.token}"}

    async def __call__(self, method: str, path: str, body: Any = None, **more: Any) -> tuple[int, Any]:
        data = {} if body is None else {"json": body}
        async with self.session.request(
            method, self.double.api_base + path, headers=self.headers, **data, **more
        ) as got:
            return got.status, await got.json() if got.content_type == "application/json" else None

    async def send(self, body: dict[str, Any], channel: Channel | None = None) -> tuple[int, Any]:
        place = channel or self.double.guild("Harbour").channel("news")
        return await self("POST", f"/channels/{place.id}/messages", body)


@pytest.fixture
async def wire(discord_double: Discord) -> AsyncIterator[Wire]:
    async with aiohttp.ClientSession() as session:
        yield Wire(discord_double, session)


def codes(errors: Any, where: str = "") -> dict[str, str]:
    """Discord's nested errors as {"embeds.0.title": code}."""
    out: dict[str, str] = {}
    for name, inner in errors.items():
        if name == "_errors":
            out[where] = inner[0]["code"]
        else:
            out |= codes(inner, f"{where}.{name}".lstrip("."))
    return out


def text(content: str = "Words") -> dict[str, Any]:
    return {"type": 10, "content": content}


def row(*inside: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(inside)}


def button(**more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "Press", "custom_id": "press"} | more


def link(url: str, **more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 5, "label": "Read", "url": url} | more


def menu(count: int = 2, **more: Any) -> dict[str, Any]:
    options = [{"label": f"L{number}", "value": f"v{number}"} for number in range(count)]
    return {"type": 3, "custom_id": "menu", "options": options} | more


def laid(*components: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"flags": V2, "components": list(components)} | more


GOOD: dict[str, dict[str, Any]] = {
    "2000 characters, counted as code points": {"content": "\U0001f4f0" * 2000},
    "an embed with only a title": {"embeds": [{"title": "T"}]},
    "embeds of 6000 together": {"embeds": [{"description": "x" * 3000}, {"description": "x" * 3000}]},
    "4000 in text displays": laid(text("x" * 2000), text("x" * 2000)),
    "40 components": laid(*[text()] * 40),
    "a container with all kinds": laid(
        {
            "type": 17,
            "accent_color": 0xFFFFFF,
            "components": [
                text(),
                {"type": 14, "divider": True, "spacing": 2},
                {"type": 9, "components": [text()], "accessory": button()},
                {"type": 9, "components": [text()], "accessory": {"type": 11, "media": {"url": "https://e.org/a.png"}}},
                {"type": 12, "items": [{"media": {"url": "https://e.org/b.png"}, "description": "A map"}]},
                row(link("https://e.org"), button(custom_id="2", emoji={"name": "🇯🇵"}, label=None)),
                row(menu(25, max_values=25)),
            ],
        }
    ),
    "five rows of five buttons": {
        "content": "x",
        "components": [row(*(button(custom_id=f"{line}:{number}") for number in range(5))) for line in range(5)],
    },
    "a nonce of 25": {"content": "x", "nonce": "n" * 25},
    "no mentions": {"content": "@everyone", "allowed_mentions": {"parse": []}},
    "null for what is not there": {"content": "x", "embeds": None, "components": None, "nonce": None},
}


@pytest.mark.parametrize("name", GOOD)
async def test_what_discord_takes_is_taken(wire: Wire, name: str) -> None:
    status, body = await wire.send(GOOD[name])
    assert status == 200, body


BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "content of 2001": ({"content": "x" * 2001}, "content", "BASE_TYPE_MAX_LENGTH"),
    "eleven embeds": ({"embeds": [{"title": "T"}] * 11}, "embeds", "BASE_TYPE_MAX_LENGTH"),
    "embeds over 6000 together": (
        {"embeds": [{"description": "x" * 3001}, {"description": "x" * 3000}]},
        "embeds",
        "MAX_EMBED_SIZE_EXCEEDED",
    ),
    "a blank field": (
        {"embeds": [{"fields": [{"name": " ", "value": "x"}]}]},
        "embeds.0.fields.0.name",
        "BASE_TYPE_REQUIRED",
    ),
    "a script as an embed's link": (
        {"embeds": [{"url": "javascript:alert(1)"}]},
        "embeds.0.url",
        "URL_TYPE_INVALID_SCHEME",
    ),
    "a link with a blank in it": (
        {"embeds": [{"title": "x", "url": "https://e.org/a b"}]},
        "embeds.0.url",
        "URL_TYPE_INVALID_URL",
    ),
    "six rows": (
        {"content": "x", "components": [row(button(custom_id=str(n))) for n in range(6)]},
        "components",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "six buttons in a row": (
        {"content": "x", "components": [row(*(button(custom_id=str(n)) for n in range(6)))]},
        "components.0.components",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a button beside a menu": (
        {"content": "x", "components": [row(button(), menu())]},
        "components.0.components",
        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
    ),
    "two buttons of one id": (
        {"content": "x", "components": [row(button(), button())]},
        "components.0.components.1.custom_id",
        "COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
    "a button's long label": (
        {"content": "x", "components": [row(button(label="x" * 81))]},
        "components.0.components.0.label",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "a button's long id": (
        {"content": "x", "components": [row(button(custom_id="x" * 101))]},
        "components.0.components.0.custom_id",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a button without words": (
        {"content": "x", "components": [row(button(label=" "))]},
        "components.0.components.0",
        "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED",
    ),
    "a button with a word as its emoji": (
        {"content": "x", "components": [row(button(emoji={"name": "flag"}))]},
        "components.0.components.0.emoji.name",
        "COMPONENT_INVALID_EMOJI",
    ),
    "a link button with an id": (
        {"content": "x", "components": [row(link("https://e.org", custom_id="x"))]},
        "components.0.components.0",
        "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
    ),
    "a link button without a link": (
        {"content": "x", "components": [row(button(style=5, custom_id=None))]},
        "components.0.components.0.url",
        "BASE_TYPE_REQUIRED",
    ),
    "a link button to a file": (
        {"content": "x", "components": [row(link("file:///etc/passwd"))]},
        "components.0.components.0.url",
        "URL_TYPE_INVALID_SCHEME",
    ),
    "a link of 513": (
        {"content": "x", "components": [row(link("https://e.org/" + "x" * 499))]},
        "components.0.components.0.url",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "26 options": (
        {"content": "x", "components": [row(menu(26))]},
        "components.0.components.0.options",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "more to choose than there is": (
        {"content": "x", "components": [row(menu(2, max_values=3))]},
        "components.0.components.0.options",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "the same option twice": (
        {
            "content": "x",
            "components": [row(menu(options=[{"label": "a", "value": "v"}, {"label": "b", "value": "v"}]))],
        },
        "components.0.components.0.options.1.value",
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ),
    "new components without the flag": (
        {"content": "x", "components": [text()]},
        "components.0.type",
        "UNION_TYPE_CHOICES",
    ),
    "the flag with content": (
        laid(text(), content="x"),
        "content",
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    "the flag with embeds": (
        laid(text(), embeds=[{"title": "x"}]),
        "embeds",
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    "41 components": (
        laid({"type": 17, "components": [text()] * 40}),
        "components",
        "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
    ),
    "4001 in text displays": (
        laid(text("x" * 2000), text("x" * 2001)),
        "components",
        "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ),
    "a blank text display": (laid(text(" \n ")), "components.0.content", "BASE_TYPE_BAD_LENGTH"),
    "a section without accessory": (
        laid({"type": 9, "components": [text()]}),
        "components.0.accessory",
        "BASE_TYPE_REQUIRED",
    ),
    "a section of four": (
        laid({"type": 9, "components": [text()] * 4, "accessory": button()}),
        "components.0.components",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a container in a container": (
        laid({"type": 17, "components": [{"type": 17, "components": [text()]}]}),
        "components.0.components.0.type",
        "UNION_TYPE_CHOICES",
    ),
    "a bare button": (laid(button()), "components.0.type", "UNION_TYPE_CHOICES"),
    "a file that was not sent": (
        laid({"type": 13, "file": {"url": "attachment://map.png"}}),
        "components.0.file.url",
        "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
    ),
    "a nonce of 26": ({"content": "x", "nonce": "n" * 26}, "nonce", "BASE_TYPE_MAX_LENGTH"),
    "mentions both ways": (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["123456789012345678"]}},
        "allowed_mentions",
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
    "mentions of another kind": (
        {"content": "x", "allowed_mentions": {"parse": ["all"]}},
        "allowed_mentions.parse.0",
        "BASE_TYPE_CHOICES",
    ),
    "a number as content": ({"content": 5}, "content", "STRING_TYPE_CONVERT"),
    "a reply to nothing": (
        {"content": "x", "message_reference": {"message_id": "123"}},
        "message_reference",
        "REPLIES_UNKNOWN_MESSAGE",
    ),
}


@pytest.mark.parametrize("name", BAD)
async def test_what_discord_refuses_is_refused_by_field(wire: Wire, name: str) -> None:
    body, where, code = BAD[name]
    status, answer = await wire.send(body)
    assert (status, answer["code"], answer["message"]) == (400, 50035, "Invalid Form Body")
    assert codes(answer["errors"]).get(where) == code, answer["errors"]
    assert not wire.double.guild("Harbour").channel("news").messages


@pytest.mark.parametrize(
    "body", [{}, {"content": " \n"}, {"embeds": [{}]}, {"flags": V2}, {"components": [row(button())]}]
)
async def test_an_empty_message_is_refused(wire: Wire, body: dict[str, Any]) -> None:
    status, answer = await wire.send(body)
    assert (status, answer["code"]) == (400, 50006)


async def test_tokens_routes_channels_and_bodies_are_checked(wire: Wire) -> None:
    news = wire.double.guild("Harbour").channel("news")
    path = f"/channels/{news.id}/messages"
    assert (await wire("GET", "/channels/1"))[1]["code"] == 10003
    assert (await wire("GET", f"{path}/1"))[1]["code"] == 10008
    assert (await wire("GET", "/channels/news"))[0] == 400
    assert (await wire("GET", path + "?limit=101"))[0] == 400
    broken = wire.headers | {"Content-Type": "application/json"}
    async with wire.session.post(wire.double.api_base + path, headers=broken, data=b'{"content": ') as response:
        assert (response.status, (await response.json())["code"]) == (400, 50109)
    async with wire.session.post(wire.double.base + path, headers=wire.headers, json={"content": "x"}) as response:
        assert response.status == 200, "the address without /api/v10 is understood too"
    wire.headers = {"Authorization": "Bot wrong"}
    assert await wire("GET", "/users/@me") == (401, {"message": "401: Unauthorized", "code": 0})
    assert (await wire("GET", "/nothing/there"))[0] == 404
    assert wire.double.complaints == ["GET /nothing/there: the double knows no such route"]
    wire.double.complaints.clear()


async def test_what_the_bot_may_not_do_is_forbidden(wire: Wire) -> None:
    guild = wire.double.guild("Harbour")
    news, general = guild.channel("news"), guild.channel("general")
    news.forbid(wire.double.bot, "send_messages")
    assert (await wire.send({"content": "x"}))[1] == {"message": "Missing Permissions", "code": 50013}
    news.permit(wire.double.bot, "send_messages")
    assert (await wire.send({"content": "x"}))[0] == 200
    news.forbid(guild.everyone, "view_channel")
    assert (await wire.send({"content": "x"}))[1] == {"message": "Missing Access", "code": 50001}
    guild.forbid_bot("embed_links")
    assert (await wire.send({"embeds": [{"title": "x"}]}, general))[1]["code"] == 50013
    guild.forbid_bot("read_message_history")
    assert await wire("GET", f"/channels/{general.id}/messages") == (200, [])
    general.delete()
    assert (await wire.send({"content": "x"}, general))[1]["code"] == 10003
    assert (await wire.send({"content": "x"}, guild.channel("stories")))[1]["code"] == 50008
    guild.kick_bot()
    assert (await wire.send({"content": "x"}))[1]["code"] == 50001


async def test_only_own_messages_are_edited_and_others_deleted_with_a_permission(wire: Wire) -> None:
    guild = wire.double.guild("Harbour")
    message = guild.member("Teo").at("news").say("Mine")
    path = f"/channels/{message.channel.id}/messages/{message.id}"
    assert (await wire("PATCH", path, {"content": "x"}))[1]["code"] == 50005
    assert (await wire("DELETE", path))[1]["code"] == 50013
    guild.allow_bot("manage_messages")
    assert (await wire("DELETE", path))[0] == 204


async def test_a_layout_stays_a_layout_when_edited(wire: Wire) -> None:
    _, message = await wire.send(laid(text()))
    path = f"/channels/{message['channel_id']}/messages/{message['id']}"
    assert (await wire("PATCH", path, {"content": "x"}))[0] == 400
    assert (await wire("PATCH", path, {"components": [text("Other")]}))[1]["components"][0]["content"] == "Other"
    _, message = await wire.send({"content": "x"})
    path = f"/channels/{message['channel_id']}/messages/{message['id']}"
    assert (await wire("PATCH", path, laid(text())))[0] == 400
    assert (await wire("PATCH", path, laid(text(), content=None)))[0] == 200


async def test_direct_messages_reach_only_who_takes_them(wire: Wire) -> None:
    teo = wire.double.guild("Harbour").member("Teo")
    _, channel = await wire("POST", "/users/@me/channels", {"recipient_id": str(teo.id)})
    assert (await wire("POST", f"/channels/{channel['id']}/messages", {"content": "Hello"}))[0] == 200
    teo.user.closed_dms = True
    assert (await wire("POST", f"/channels/{channel['id']}/messages", {"content": "Hello"}))[1]["code"] == 50007
    assert [each.content for each in wire.double.dm_of(teo.user).messages] == ["Hello"]


async def test_a_forum_wants_known_tags_and_a_message(wire: Wire) -> None:
    stories = wire.double.guild("Harbour").channel("stories")
    path = f"/channels/{stories.id}/threads"
    assert (await wire("POST", path, {"name": "Post"}))[0] == 400
    post = {"name": "Post", "message": {"content": "x"}}
    assert (await wire("POST", path, post | {"applied_tags": ["5"]}))[1]["code"] == 10087
    stories.requires_tag = True
    assert (await wire("POST", path, post))[1]["code"] == 40067
    assert (await wire("POST", path, post | {"applied_tags": [str(stories.tags[0].id)]}))[0] == 201
    assert (await wire("POST", path, post | {"name": "x" * 101}))[0] == 400


async def test_files_come_in_forms(wire: Wire) -> None:
    form = aiohttp.FormData()
    layout = laid({"type": 12, "items": [{"media": {"url": "attachment://map.png"}}]})
    form.add_field("payload_json", json.dumps(layout))
    form.add_field("files[0]", b"PNG", filename="map.png", content_type="image/png")
    news = wire.double.guild("Harbour").channel("news")
    status, message = await wire("POST", f"/channels/{news.id}/messages", data=form)
    assert status == 200, message
    url = message["components"][0]["items"][0]["media"]["url"]
    async with wire.session.get(url) as response:
        assert await response.read() == b"PNG"


async def test_a_nonce_is_enforced_for_its_author_and_channel_for_a_while(wire: Wire) -> None:
    guild = wire.double.guild("Harbour")
    body = {"content": "x", "nonce": "slot", "enforce_nonce": True}
    first, second = (await wire.send(body))[1], (await wire.send(body | {"content": "y"}))[1]
    assert first["id"] == second["id"]
    assert (await wire.send(body, guild.channel("general")))[1]["id"] != first["id"]
    assert (await wire.send({"content": "x", "nonce": "slot"}))[1]["id"] != first["id"]
    wire.double.nonce_lives = 0.0
    assert (await wire.send(body))[1]["id"] != first["id"]


@pytest.mark.parametrize(
    ("content", "allowed", "everyone", "users"),
    [
        ("Hello @everyone", None, True, 0),
        ("Hello @everyone", {"parse": []}, False, 0),
        ("Hello `@everyone`", None, False, 0),
        ("Hello {teo}", None, False, 1),
        ("Hello {teo}", {"parse": ["roles"]}, False, 0),
        ("Hello {teo}", {"users": ["{id}"]}, False, 1),
    ],
)
async def test_who_would_be_notified_is_known(
    wire: Wire, content: str, allowed: dict[str, Any] | None, everyone: bool, users: int
) -> None:
    guild = wire.double.guild("Harbour")
    guild.allow_bot("mention_everyone")
    teo = guild.member("Teo")
    body: dict[str, Any] = {"content": content.format(teo=teo.user.mention)}
    if allowed is not None:
        body["allowed_mentions"] = json.loads(json.dumps(allowed).replace("{id}", str(teo.id)))
    await wire.send(body)
    pings = guild.channel("news").messages[-1].pings
    assert (pings.everyone, len(pings.users)) == (everyone, users)
    assert bool(wire.double.pings) == bool(everyone or users)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**65), 2**65) | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=5,
)


def paths(value: Any, where: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [where] if where else []
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        found += paths(inner, (*where, step))
    return found


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([*GOOD.values(), *(body for body, _, _ in BAD.values())]), st.data())
def test_whatever_comes_is_taken_or_refused_and_breaks_nothing(body: dict[str, Any], data: st.DataObject) -> None:
    body = json.loads(json.dumps(body))
    place: Any = body
    *way, last = data.draw(st.sampled_from(paths(body)))
    for step in way:
        place = place[step]
    place[last] = data.draw(JSON)
    with suppress(Refusal):
        check_message("create_message", body)
        check_message("update_message", body, before=(V2, False))


COMMANDS: dict[str, tuple[list[dict[str, Any]], str]] = {
    "a name with capitals": ([{"name": "News", "description": "x"}], "0.name"),
    "a name with a blank": ([{"name": "the news", "description": "x"}], "0.name"),
    "a name of 33": ([{"name": "n" * 33, "description": "x"}], "0.name"),
    "no description": ([{"name": "news"}], "0.description"),
    "a description of 101": ([{"name": "news", "description": "x" * 101}], "0.description"),
    "two of one name": ([{"name": "news", "description": "x"}] * 2, "1.name"),
    "26 options": (
        [
            {
                "name": "news",
                "description": "x",
                "options": [{"type": 3, "name": f"o{n}", "description": "x"} for n in range(26)],
            }
        ],
        "0.options",
    ),
    "a required option behind another": (
        [
            {
                "name": "news",
                "description": "x",
                "options": [
                    {"type": 3, "name": "a", "description": "x"},
                    {"type": 3, "name": "b", "description": "x", "required": True},
                ],
            }
        ],
        "0.options.1",
    ),
    "26 choices": (
        [
            {
                "name": "news",
                "description": "x",
                "options": [
                    {
                        "type": 3,
                        "name": "a",
                        "description": "x",
                        "choices": [{"name": f"c{n}", "value": "x"} for n in range(26)],
                    }
                ],
            }
        ],
        "0.options.0.choices",
    ),
    "choices and autocomplete": (
        [
            {
                "name": "news",
                "description": "x",
                "options": [
                    {
                        "type": 3,
                        "name": "a",
                        "description": "x",
                        "autocomplete": True,
                        "choices": [{"name": "c", "value": "x"}],
                    }
                ],
            }
        ],
        "0.options.0.choices",
    ),
    "a language that Discord doesn't have": (
        [{"name": "news", "description": "x", "name_localizations": {"eo": "x"}}],
        "0.name_localizations.eo",
    ),
    "a translated name with capitals": (
        [{"name": "news", "description": "x", "name_localizations": {"de": "Neues"}}],
        "0.name_localizations.de",
    ),
    "a context menu with a description": ([{"name": "Summarize", "type": 3, "description": "x"}], "0.description"),
    "a context that doesn't exist": ([{"name": "news", "description": "x", "contexts": [7]}], "0.contexts.0"),
    "more than 8000 characters": (
        [
            {
                "name": "news",
                "description": "x" * 100,
                "options": [
                    {
                        "type": 3,
                        "name": f"o{n}",
                        "description": "x" * 100,
                        "choices": [{"name": f"{m}" + "x" * 40, "value": "y"} for m in range(25)],
                    }
                    for n in range(8)
                ],
            }
        ],
        "0",
    ),
}


@pytest.mark.parametrize("name", COMMANDS)
async def test_commands_that_discord_refuses_are_not_registered(wire: Wire, name: str) -> None:
    commands, where = COMMANDS[name]
    status, answer = await wire("PUT", f"/applications/{wire.double.application_id}/commands", commands)
    assert (status, answer["code"]) == (400, 50035)
    assert where in codes(answer["errors"]), answer["errors"]
    assert not wire.double.commands[None]


async def test_registering_again_keeps_ids_and_drops_what_is_gone(wire: Wire) -> None:
    path = f"/applications/{wire.double.application_id}/commands"
    first = (await wire("PUT", path, [{"name": "news", "description": "x"}, {"name": "old", "description": "x"}]))[1]
    second = (await wire("PUT", path, [{"name": "news", "description": "y"}, {"name": "日本", "description": "x"}]))[1]
    assert first[0]["id"] == second[0]["id"]
    assert {each["name"] for each in (await wire("GET", path))[1]} == {"news", "日本"}
    assert (await wire("POST", path, {"name": "more", "description": "x"}))[0] == 201
    assert wire.double.registrations == 3
