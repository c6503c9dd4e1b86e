"""A program's parts run until one ends, and the connection to Discord ends last."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.errors import GazetteError, SettingsInvalid, TokenRefused
from bot.runtime import GATEWAY_PART, parse_shards, run_together, stop_on_signals, wait_unless_stopped

Part = Callable[[], Coroutine[Any, Any, None]]


def part_until(stop: asyncio.Event, name: str, ended: list[str]) -> Part:
    async def part() -> None:
        await stop.wait()
        ended.append(name)

    return part


async def test_the_connection_is_closed_after_the_parts_that_need_it() -> None:
    stop, closed, ended = asyncio.Event(), asyncio.Event(), list[str]()

    async def close() -> None:
        ended.append("close")
        closed.set()

    parts = {
        GATEWAY_PART: part_until(closed, GATEWAY_PART, ended)(),
        "delivery": part_until(stop, "delivery", ended)(),
        "intake": part_until(stop, "intake", ended)(),
    }
    running = asyncio.create_task(run_together(stop, parts, close=close))
    stop.set()
    await asyncio.wait_for(running, 10)
    assert sorted(ended[:2]) == ["delivery", "intake"]
    assert ended[2:] == ["close", GATEWAY_PART]


async def test_what_one_part_raises_ends_the_others_and_is_raised() -> None:
    stop, ended = asyncio.Event(), list[str]()

    async def refused() -> None:
        raise TokenRefused

    with pytest.raises(TokenRefused):
        await run_together(stop, {"delivery": refused(), "intake": part_until(stop, "intake", ended)()})
    assert ended == ["intake"]


async def test_an_error_of_ours_is_raised_before_an_unexpected_one() -> None:
    async def fails(error: Exception) -> None:
        raise error

    with pytest.raises(TokenRefused):
        await run_together(asyncio.Event(), {"a": fails(ValueError()), "b": fails(TokenRefused())})


async def test_a_part_that_ends_by_itself_is_a_fault() -> None:
    async def ends() -> None:
        pass

    async def is_cancelled_from_within() -> None:
        raise asyncio.CancelledError

    for part in (ends(), is_cancelled_from_within()):
        stop, ended = asyncio.Event(), list[str]()
        with pytest.raises(GazetteError, match="'intake' ended"):
            await run_together(stop, {"intake": part, "delivery": part_until(stop, "delivery", ended)()})
        assert ended == ["delivery"]


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_stops_the_program(sent: signal.Signals) -> None:
    with stop_on_signals() as stop:
        os.kill(os.getpid(), sent)
        await asyncio.wait_for(stop.wait(), 10)


async def test_waiting_for_an_event_ends_when_the_program_is_stopped() -> None:
    event, stop = asyncio.Event(), asyncio.Event()
    waiting = asyncio.create_task(wait_unless_stopped(event, stop))
    event.set()
    assert await asyncio.wait_for(waiting, 10)
    stop.set()
    assert not await wait_unless_stopped(asyncio.Event(), stop)
    assert not await wait_unless_stopped(event, stop)


@pytest.mark.parametrize(
    ("text", "shards"), [("", None), (" ", None), ("0-3/8", (range(4), 8)), ("5/8", (range(5, 6), 8))]
)
def test_shards_are_read(text: str, shards: tuple[range, int] | None) -> None:
    assert parse_shards(text) == shards


@pytest.mark.parametrize("text", ["a", "0-3", "3-1/8", "0-8/8", "-1/8"])
def test_shards_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(SettingsInvalid, match="shards"):
        parse_shards(text)
