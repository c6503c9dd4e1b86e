"""Does an interaction end as it ends on Discord, in time, too late or twice?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.double import Answer, Discord, Impossible
from tests.double.test_double_rules import V2, Wire, button, codes, laid, link, row, text

NEWS = {
    "name": "news",
    "description": "x",
    "options": [{"type": 3, "name": "country", "description": "x", "autocomplete": True}],
    "contexts": [0, 1],
    "integration_types": [0, 1],
}


@pytest.fixture
async def wire(discord_double: Discord) -> AsyncIterator[Wire]:
    async with aiohttp.ClientSession() as session:
        wire = Wire(discord_double, session)
        await wire("PUT", f"/applications/{discord_double.application_id}/commands", [NEWS])
        wire.headers = {}
        yield wire


def ask(wire: Wire) -> Answer:
    return wire.double.guild("Harbour").member("Aiko").at("news").begin("news")


async def call_back(wire: Wire, answer: Answer, kind: int, data: Any = None) -> tuple[int, Any]:
    body = {"type": kind} if data is None else {"type": kind, "data": data}
    return await wire("POST", f"/interactions/{answer.id}/{answer.token}/callback?with_response=true", body)


def hook(wire: Wire, answer: Answer, more: str = "") -> str:
    return f"/webhooks/{wire.double.application_id}/{answer.token}{more}"


async def test_an_answer_comes_once_and_in_time(wire: Wire) -> None:
    answer = ask(wire)
    status, told = await call_back(wire, answer, 4, {"content": "x", "flags": 64})
    assert (status, told["resource"]["message"]["content"]) == (200, "x")
    assert answer.ephemeral
    assert (await call_back(wire, answer, 4, {"content": "y"}))[1] == {
        "message": "Interaction has already been acknowledged.",
        "code": 40060,
    }
    late = ask(wire)
    wire.double.ack_within = 0.0
    assert (await call_back(wire, late, 4, {"content": "x"}))[1] == {"message": "Unknown interaction", "code": 10062}
    assert late.too_late


async def test_a_refused_answer_may_be_repeated(wire: Wire) -> None:
    answer = ask(wire)
    status, told = await call_back(wire, answer, 4, {"content": "x" * 2001})
    assert status == 400
    assert codes(told["errors"]) == {"data.content": "BASE_TYPE_MAX_LENGTH"}
    assert (await call_back(wire, answer, 4, {"content": "x"}))[0] == 200


async def test_a_deferral_keeps_its_privacy_and_takes_the_first_follow_up(wire: Wire) -> None:
    answer = ask(wire)
    assert (await wire("GET", hook(wire, answer, "/messages/@original")))[1]["code"] == 10015
    _, told = await call_back(wire, answer, 5, {"flags": 64})
    assert told["interaction"]["response_message_loading"]
    assert answer.completed_after is None
    await wire("POST", hook(wire, answer), {"content": "filled"})
    assert answer.content == "filled"
    assert answer.ephemeral
    _, second = await wire("POST", hook(wire, answer, "?wait=true"), {"content": "more"})
    assert [each.content for each in answer.messages] == ["filled", "more"]
    await wire("PATCH", hook(wire, answer, f"/messages/{second['id']}"), {"content": "less"})
    await wire("DELETE", hook(wire, answer, "/messages/@original"))
    assert [each.content for each in answer.messages] == ["less"]
    assert (await wire("GET", hook(wire, answer, "/messages/@original")))[1]["code"] == 10008


async def test_a_token_ends_after_its_time(wire: Wire) -> None:
    answer = ask(wire)
    await call_back(wire, answer, 4, {"content": "x"})
    wire.double.token_lives = 0.0
    assert await wire("POST", hook(wire, answer), {"content": "y"}) == (
        401,
        {"message": "Invalid Webhook Token", "code": 50027},
    )


async def test_a_button_replaces_its_message(wire: Wire) -> None:
    answer = ask(wire)
    layout = laid(text("one"), row(button(), link("https://example.org")))
    await call_back(wire, answer, 4, layout | {"flags": V2 | 64})
    aiko = wire.double.guild("Harbour").member("Aiko").at("news")
    with pytest.raises(Impossible, match="leads out of Discord"):
        aiko.begin_press(answer, "Read")
    pressed = aiko.begin_press(answer, "Press")
    assert (await call_back(wire, pressed, 8, {"choices": []}))[0] == 400
    assert (await call_back(wire, pressed, 7, {"components": [text("two")]}))[0] == 200
    assert answer.text == pressed.text == "two"
    with pytest.raises(Impossible, match="sees nothing"):
        aiko.begin_press(answer, "Press")


async def test_choices_fit_25_and_their_option(wire: Wire) -> None:
    aiko = wire.double.guild("Harbour").member("Aiko")
    results: list[tuple[int, Any]] = []
    typed = asyncio.create_task(aiko.autocomplete("news", option="country", value="j"))
    answer = await wire.double.bell.wait_until(lambda: next(iter(wire.double.answers.values()), None), 30)
    for choices in (
        [{"name": f"c{n}", "value": "x"} for n in range(26)],
        [{"name": "x" * 101, "value": "x"}],
        [{"name": "x", "value": 5}],
        [{"name": "", "value": "x"}],
    ):
        results.append(await call_back(wire, answer, 8, {"choices": choices}))
    assert [status for status, _ in results] == [400] * 4
    assert (await call_back(wire, answer, 4, {"content": "x"}))[0] == 400
    assert (await call_back(wire, answer, 8, {"choices": [{"name": "Japan", "value": "JP"}]}))[0] == 200
    assert await typed == [{"name": "Japan", "value": "JP"}]


MODAL: dict[str, Any] = {
    "custom_id": "form",
    "title": "A form",
    "components": [{"type": 18, "label": "Words", "component": {"type": 4, "custom_id": "w", "style": 1}}],
}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"title": "x" * 46}, "data.title"),
        ({"title": ""}, "data.title"),
        ({"components": MODAL["components"] * 6}, "data.components"),
        ({"components": []}, "data.components"),
        (
            {"components": [{"type": 18, "label": "x" * 46, "component": {"type": 4, "custom_id": "w", "style": 1}}]},
            "data.components.0.label",
        ),
        ({"components": [row({"type": 4, "custom_id": "w", "style": 1})]}, "data.components.0.components.0.label"),
        ({"components": [row(button())]}, "data.components.0.components.0.type"),
    ],
)
async def test_forms_that_discord_refuses_are_not_opened(wire: Wire, change: dict[str, Any], where: str) -> None:
    answer = ask(wire)
    status, told = await call_back(wire, answer, 9, MODAL | change)
    assert status == 400
    assert any(each.startswith(where.rsplit(".", 1)[0]) for each in codes(told["errors"])), told
    assert (await call_back(wire, answer, 9, MODAL))[0] == 200
    assert answer.modal is not None


async def test_somebody_who_installed_the_bot_uses_it_in_direct_messages(wire: Wire) -> None:
    lena = wire.double.add_person("Lena", locale="fr").dm()
    answer = lena.begin("news")
    await call_back(wire, answer, 4, {"content": "x"})
    for _ in range(5):
        assert (await wire("POST", hook(wire, answer), {"content": "y"}))[0] == 200
    assert (await wire("POST", hook(wire, answer), {"content": "y"}))[1]["code"] == 40094
    with pytest.raises(Impossible, match="not installed"):
        wire.double.add_person("Otto", installed=False).dm().begin("news")
