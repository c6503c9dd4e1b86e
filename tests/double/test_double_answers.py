"""Do the double's answers have the shapes that Discord's description gives them?"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from openapi_schema_validator import OAS31Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.double import Discord
from tests.double.test_double_contract import DESCRIPTION
from tests.double.test_double_rules import GOOD, Wire, button, row, text

Ask = Callable[..., Awaitable[Any]]


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    if not DESCRIPTION.is_file():
        pytest.skip("no shared/discord-openapi.json beside the checkout: it alone says how answers look")
    loaded: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture
async def ask(discord_double: Discord, description: dict[str, Any]) -> AsyncIterator[Ask]:
    """Asks the double, and holds the answer against the description."""
    contents = {"components": description["components"]}
    resource = Resource.from_contents(contents, default_specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource("urn:discord", resource)

    def schema_of(method: str, template: str, status: int) -> Any:
        for path, verbs in description["paths"].items():
            if re.sub(r"\{[^}]*\}", "{}", path) == re.sub(r"\{[^}]*\}", "{}", template) and method.lower() in verbs:
                answers = verbs[method.lower()]["responses"]
                found = answers.get(str(status)) or description["components"]["responses"]["ClientErrorResponse"]
                schema = found["content"]["application/json"]["schema"]
                return json.loads(json.dumps(schema).replace('"#/', '"urn:discord#/'))
        raise LookupError(f"{method} {template} is not described")

    async with aiohttp.ClientSession() as session:
        wire = Wire(discord_double, session)

        async def given(method: str, template: str, body: Any = None, query: str = "", **ids: Any) -> Any:
            status, answer = await wire(method, template.format(**ids) + query, body)
            if status == 400:
                # The description has numbers as the codes of single fields; the documentation and Discord itself have words.
                answer.pop("errors", None)
            validator = OAS31Validator(schema_of(method, template, status), registry=registry)
            wrong = [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(answer)]
            assert not wrong, (method, template, status, wrong)
            return answer

        yield given


async def test_what_is_looked_up_is_described_so(discord_double: Discord, ask: Ask) -> None:
    guild = discord_double.guild("Harbour")
    for path in ("/gateway/bot", "/users/@me", "/applications/@me"):
        await ask("GET", path)
    for path in ("", "/channels", "/roles", "/threads/active"):
        await ask("GET", "/guilds/{guild_id}" + path, guild_id=guild.id)
    await ask("GET", "/guilds/{guild_id}/members/{user_id}", guild_id=guild.id, user_id=guild.member("Teo").id)
    for name in ("news", "dispatch", "stories", "Lounge"):
        await ask("GET", "/channels/{channel_id}", channel_id=guild.channel(name).id)
    await ask("GET", "/channels/{channel_id}", channel_id=5)


async def test_messages_are_described_so(discord_double: Discord, ask: Ask) -> None:
    guild = discord_double.guild("Harbour")
    guild.allow_bot("manage_webhooks", "pin_messages")
    news, stories, dispatch = (guild.channel(name).id for name in ("news", "stories", "dispatch"))
    path = "/channels/{channel_id}/messages"
    for body in GOOD.values():
        await ask("POST", path, body, channel_id=news)
    embed = {"title": "x", "fields": [{"name": "a", "value": "b"}], "color": 5, "image": {"url": "https://e.org/x.png"}}
    message = await ask("POST", path, {"content": "a", "embeds": [embed]}, channel_id=news)
    one = {"channel_id": news, "message_id": message["id"]}
    guild.channel("news").messages_by_id[int(message["id"])].pinned = True
    await ask("POST", path, {"content": "a", "message_reference": {"message_id": message["id"]}}, channel_id=news)
    await ask("GET", path, channel_id=news)
    await ask("GET", path + "/pins", channel_id=news)
    await ask("PATCH", path + "/{message_id}", {"content": "c"}, **one)
    await ask("POST", path + "/{message_id}/threads", {"name": "t"}, **one)
    await ask("GET", path + "/{message_id}", **one)
    await ask("POST", "/channels/{channel_id}/threads", {"name": "t", "message": {"content": "x"}}, channel_id=stories)
    announced = await ask("POST", path, {"content": "a"}, channel_id=dispatch)
    await ask("POST", path + "/{message_id}/crosspost", channel_id=dispatch, message_id=announced["id"])
    await ask("POST", "/users/@me/channels", {"recipient_id": str(guild.member("Teo").id)})
    hook = await ask("POST", "/channels/{channel_id}/webhooks", {"name": "h"}, channel_id=news)
    executed = "/webhooks/{webhook_id}/{webhook_token}"
    await ask("POST", executed, {"content": "h"}, "?wait=true", webhook_id=hook["id"], webhook_token=hook["token"])
    await ask("POST", path, {"content": "x" * 3000}, channel_id=news)


async def test_commands_and_interactions_are_described_so(discord_double: Discord, ask: Ask) -> None:
    number = discord_double.application_id
    option = {"type": 3, "name": "a", "description": "b", "autocomplete": True}
    command = {"name": "news", "description": "x", "options": [option], "contexts": [0]}
    await ask("PUT", "/applications/{application_id}/commands", [command], application_id=number)
    await ask("GET", "/applications/{application_id}/commands", application_id=number)
    person = discord_double.guild("Harbour").member("Teo").at("news")
    callback = "/interactions/{interaction_id}/{interaction_token}/callback"
    hook = "/webhooks/{webhook_id}/{webhook_token}"
    answer = person.begin("news")
    for body in ({"type": 4, "data": {"content": "x", "components": [row(button())], "flags": 64}}, {"type": 5}):
        answer = person.begin("news")
        ids = {"interaction_id": answer.id, "interaction_token": answer.token}
        await ask("POST", callback, body, "?with_response=1", **ids)
        token = {"webhook_id": number, "webhook_token": answer.token}
        await ask("GET", hook + "/messages/@original", **token)
        await ask("POST", hook, {"content": "h", "components": [row(button())]}, "?wait=true", **token)
        await ask("PATCH", hook + "/messages/@original", {"content": "i"}, **token)
    pressed = person.begin_press(answer, "Press")
    ids = {"interaction_id": pressed.id, "interaction_token": pressed.token}
    layout = {"content": None, "components": [text()], "flags": 1 << 15}
    await ask("POST", callback, {"type": 7, "data": layout}, "?with_response=1", **ids)
    await ask("POST", callback, {"type": 7, "data": layout}, "?with_response=1", **ids)
