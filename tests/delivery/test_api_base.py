"""A base URL holds for requests and for the gateway, and is set in one place."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.delivery.api_base import set_api_base

BOT = Path(__file__).parents[2] / "bot"


@pytest.fixture(autouse=True)
def _discord_s_own_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)


@pytest.mark.parametrize(
    ("api_base", "requests_go_to"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/api/v10"),
        ("http://proxy.example/", "http://proxy.example/api/v10"),
        ("http://proxy.example/api/v9/", "http://proxy.example/api/v9"),
    ],
)
def test_requests_go_to_the_address_and_no_gateway_is_dialled(api_base: str, requests_go_to: str) -> None:
    set_api_base(api_base)
    assert requests_go_to == Route.BASE
    assert DiscordWebSocket.DEFAULT_GATEWAY.host == "127.0.0.1"


def test_without_an_address_discord_s_own_stays() -> None:
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    set_api_base("")
    assert before == (Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY)


def test_nothing_else_sets_the_address() -> None:
    places = {
        path.relative_to(BOT).as_posix()
        for path in BOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute) and (ast.unparse(target.value), target.attr) == ("Route", "BASE")
    }
    assert places == {"delivery/api_base.py"}
