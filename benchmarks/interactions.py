"""Interactions: how soon a member gets an answer when many ask at once.

    python -m benchmarks.interactions [--stories 300000] [--rate 200] [--seconds 60] [--database URL]

Fills a database with generated stories (kept in build/store/ for the next run), starts the double in a process of its
own and the bot's client in this one, and has members use /news at an even pace whether or not answers come. Prints
how many were acknowledged, how long that took (seconds: p50, p95, p99, most), how many came after Discord's 3 seconds,
how many requests drew a 429, and how much of a processor each took. Ends with 1 when one was late, lost or limited, or
the 99th percentile is above 0.5 s.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import structlog

from benchmarks.store import BUILD, COUNTRIES, NOW, TOPICS, fill
from bot.cogs.client import Client, default_cogs
from bot.commands import CommandRegistry
from bot.database_url import normalize_database_url
from bot.delivery.api_base import set_api_base
from bot.services import Services
from bot.settings import DigestSettings, SummarySettings
from bot.store.database import Store
from tests.double.remote import Remote

MEMBERS = 40
"""Members who ask in turn."""


def clock() -> datetime:
    """Return the moment at which the generated year ends."""
    return NOW + timedelta(minutes=1)


def questions() -> list[dict[str, Any]]:
    """Return the options that members use in turn: none, country, topic, period, page."""
    asked: list[dict[str, Any]] = []
    for number in range(30):
        country, topic = COUNTRIES[number], TOPICS[number % len(TOPICS)]
        asked += [
            {},
            {"country": country},
            {"topic": topic},
            {"country": country, "topic": topic},
            {"country": country, "since": "7d"},
            {"topic": topic, "page": 2 + number % 3},
        ]
    return asked


async def measure(store: Store, rate: float, seconds: float, warm_up: float) -> dict[str, Any]:
    """Run the client against a double under load; return the double's report."""
    digest = DigestSettings()
    services = Services(store, digest, SummarySettings(), clock)
    commands = CommandRegistry(services)
    async with Remote.started(furnish=True, limits=True) as double:
        names = [f"Reader {number}" for number in range(MEMBERS)]
        for number, name in enumerate(names):
            await double("member", name=name, locale=("en-US", "de", "ja", "fr")[number % 4])
        set_api_base(double.api_base)
        with ThreadPoolExecutor(1) as threads:
            client = Client(
                key_values=services.key_values,
                handle_component=commands.handle_component,
                commands=commands.all(),
                suggest=commands.suggest,
                cogs=default_cogs(commands, clock=clock, executor=threads),
                guild_ready_seconds=0.1,
            )
            async with client:
                running = asyncio.create_task(client.start(double.token))
                await double("wait", commands=10, timeout=60)
                await asyncio.wait_for(client.connected.wait(), 60)
                order = {"members": names, "name": "news", "options": questions()}
                if warm_up:
                    await double("load", **order, a_second=min(rate, 20), seconds=warm_up)
                before = time.process_time()
                report: dict[str, Any] = await double("load", **order, a_second=rate, seconds=seconds)
                used = time.process_time() - before
                state = await double("state")
                await client.close()
                await running
    limited = state["statuses"].get("429", 0)
    report["ms of CPU each"] = 1000 * used / report["sent"]
    return report | {"limited": limited, "refusals": len(state["refusals"])}


async def run(chosen: argparse.Namespace) -> int:
    """Fill, measure, print."""
    path = BUILD / f"interactions-{chosen.stories}.sqlite3"
    path.parent.mkdir(parents=True, exist_ok=True)
    url = chosen.database or f"sqlite:///{path}"
    async with Store.open(normalize_database_url(url), 5) as store:
        await store.migrate()
        await fill(store, chosen.stories)
        report = await measure(store, chosen.rate, chosen.seconds, chosen.warm_up)
    print(f"{chosen.stories:,} stories, {chosen.rate:g} interactions a second for {chosen.seconds:g} s")
    for name, value in report.items():
        print(f"{name:>14}  {value:.3f}" if isinstance(value, float) else f"{name:>14}  {value:,}")
    good = report["acknowledged"] == report["sent"] and not report["limited"] and not report["refusals"]
    return 0 if good and report["max"] < 3 and report["p99"] < 0.5 else 1


def main() -> int:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=300_000)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--warm-up", type=float, default=3, help="seconds of gentle load before")
    parser.add_argument("--database", default="", help="another database's address")
    structlog.configure(  # lines as the program logs them; structlog's own tracebacks take longer than an answer
        processors=[structlog.processors.format_exc_info, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(30),
    )
    return asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
