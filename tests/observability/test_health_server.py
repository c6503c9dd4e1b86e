"""/healthz reports all checks and /metrics all metrics."""

from __future__ import annotations

import asyncio
import socket
from contextlib import AsyncExitStack, suppress

import aiohttp
import pytest

from bot.errors import SettingsInvalid
from bot.observability.health_server import serve_health
from bot.observability.metrics import Metrics, measure_loop_lag
from bot.runtime import health_server
from bot.settings import WatchSettings


@pytest.fixture
def port() -> int:
    """A port that is free now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def _get(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as response:
        return response.status, await response.text()


async def _passing() -> None:
    return None


async def _failing() -> str | None:
    return "no room left"


async def _broken() -> str | None:
    raise OSError("secret detail")


async def test_the_program_is_healthy_if_all_checks_pass(port: int) -> None:
    async with serve_health(WatchSettings(port=port), Metrics(), {"database": _passing, "discord": _passing}):
        assert await _get(port, "/healthz") == (200, '{"status": "ok", "checks": {"database": "ok", "discord": "ok"}}')
    async with serve_health(WatchSettings(port=port), Metrics(), {"database": _failing, "discord": _broken}):
        status, body = await _get(port, "/healthz")
    assert status == 503
    assert '"database": "no room left"' in body
    assert '"discord": "OSError"' in body
    assert "secret" not in body


async def test_metrics_are_refreshed_before_they_are_served(port: int) -> None:
    metrics = Metrics()

    async def refresh() -> None:
        metrics.oldest_due.set(12)

    with metrics.command("news"):
        pass
    async with serve_health(WatchSettings(port=port), metrics, {}, refresh):
        status, body = await _get(port, "/metrics")
    assert status == 200
    assert "gazette_oldest_due_seconds 12.0" in body
    assert 'gazette_commands_total{command="news",outcome="answered"} 1.0' in body


async def test_metrics_are_served_even_if_refreshing_fails(port: int) -> None:
    async def refresh() -> None:
        raise OSError

    async with serve_health(WatchSettings(port=port), Metrics(), {}, refresh):
        assert (await _get(port, "/metrics"))[0] == 200


async def test_port_0_serves_nothing() -> None:
    async with serve_health(WatchSettings(port=0), Metrics(), {}) as port:
        assert port == 0


async def test_the_lag_of_the_event_loop_is_measured() -> None:
    metrics = Metrics()
    async with measure_loop_lag(metrics):
        await asyncio.sleep(0.6)
    assert metrics.registry.get_sample_value("gazette_loop_lag_seconds_count") == 1


async def test_a_second_process_serves_the_next_port(port: int) -> None:
    options = WatchSettings(port=port, ports=20)
    async with AsyncExitStack() as stack:
        ports = [
            await stack.enter_async_context(serve_health(options, Metrics(), {name: _passing}))
            for name in ("first", "second")
        ]
        assert port == ports[0] < ports[1] < port + 20
        assert '"first": "ok"' in (await _get(ports[0], "/healthz"))[1]
        assert '"second": "ok"' in (await _get(ports[1], "/healthz"))[1]


async def test_without_a_free_port_the_default_is_left_out_and_a_chosen_one_is_an_error(port: int) -> None:
    async with AsyncExitStack() as stack:
        for taken in (*range(WatchSettings().port, WatchSettings().port + WatchSettings().ports), port):
            with suppress(OSError):  # somebody else's will do as well
                server = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", taken)
                stack.callback(server.close)
        await stack.enter_async_context(health_server(WatchSettings(), Metrics(), {}))
        with pytest.raises(SettingsInvalid, match="another port"):
            await stack.enter_async_context(health_server(WatchSettings(port=port, ports=1), Metrics(), {}))


async def test_an_address_of_another_host_is_an_error(port: int) -> None:
    with pytest.raises(SettingsInvalid, match="another port"):
        async with health_server(WatchSettings(host="192.0.2.1", port=port), Metrics(), {}):
            pass
