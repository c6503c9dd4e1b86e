"""CPU time and memory of polling many feeds on loopback, as shares of the time between two rounds.

    python -m benchmarks.feed_polling [--feeds 1000] [--entries 15] [--fresh 0.1]

Feeds have entries of about 60 words. In each round the given share of them has one new entry; of the others, half answer
that they have not changed, and half send the same bytes again. The first round, which stores them all, is reported apart.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import multiprocessing
import os
import random
import resource
import tempfile
import time
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from aiohttp import web

from bot.intake.feed_fetcher import Feed, FeedFetcher
from bot.intake.pipeline import Intake
from bot.intake.worker_pool import ProcessWorkers, load_readers
from bot.newsroom.sources import SHORTEST_INTERVAL
from bot.services.event_assignment import assign_events
from bot.settings import IntakeSettings, SummarySettings
from bot.store.database import Store

WORDS = [
    "council",
    "harbour",
    "bridge",
    "mayor",
    "budget",
    "storm",
    "school",
    "train",
    "river",
    "market",
    "fire",
    "court",
    "union",
    "hospital",
    "museum",
    "festival",
    "airport",
    "tower",
    "library",
    "ferry",
    "glass",
    "works",
    "road",
    "bakery",
    "police",
    "minister",
    "vote",
    "repair",
    "tunnel",
    "spring",
    "autumn",
    "festival",
]
NAMES = [
    "Oslo",
    "Lima",
    "Quito",
    "Porto",
    "Turin",
    "Hanoi",
    "Accra",
    "Riga",
    "Malta",
    "Bergen",
    "Nairobi",
    "Gdansk",
    "Aarhus",
    "Turku",
]


def _sentence(chance: random.Random) -> str:
    return (
        f"The {' '.join(chance.choices(WORDS, k=12))} of {chance.choice(NAMES)} opened on {chance.randint(1, 28)} May."
    )


def _feed(number: int, first: int, entries: int) -> bytes:
    items = []
    for at in range(first, first + entries):
        chance = random.Random(f"{number}:{at}")
        text = " ".join(_sentence(chance) for _ in range(4))
        items.append(
            f"<item><guid>{number}-{at}</guid><title>{_sentence(chance)[:60]}</title>"
            f"<link>https://news.example/{number}/{at}</link><description>{text}</description></item>"
        )
    return f"<rss version='2.0'><channel><title>Wire {number}</title>{''.join(items)}</channel></rss>".encode()


def _serve(pipe: Connection, entries: int, fresh: float) -> None:
    """Serve feeds until the process ends; the round is in the query."""

    async def answer(request: web.Request) -> web.Response:
        number, turn = int(request.match_info["number"]), counts.get(request.path, 0)
        counts[request.path] = turn + 1
        body = _feed(number, turn if random.Random(number).random() < fresh else 0, entries)
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"' if number % 2 else ""
        if etag and request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        headers = {"ETag": etag} if etag else {}
        return web.Response(body=body, content_type="application/rss+xml", headers=headers)

    async def main() -> None:
        app = web.Application()
        app.router.add_get("/{number}", answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        pipe.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    counts: dict[str, int] = {}
    asyncio.run(main())


def _processor_seconds(children: list[int]) -> float:
    """Return the processor time of this process and of its workers."""
    ticks = os.sysconf("SC_CLK_TCK")
    total = time.process_time()
    for child in children:
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / ticks
    return total


def _memory(process: int | str) -> float:
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


async def _run(feeds: int, port: int, rounds: int, home: Path, server: int) -> None:
    settings = IntakeSettings(seeds=home, workers=1)
    async with Store.open(f"sqlite+aiosqlite:///{home / 'news.db'}") as store:
        await store.migrate()
        with ProcessWorkers(1, warm_up=load_readers) as workers:
            intake = Intake(
                store, settings, SummarySettings(), workers, lambda: datetime.now(UTC), assign_events=assign_events
            )
            fetcher = FeedFetcher(intake, settings)
            sources = [Feed.at(f"http://127.0.0.1:{port}/{number}") for number in range(feeds)]
            async with fetcher.open_session() as session:
                for turn in range(rounds):
                    children = [child for child in _children() if child != server]
                    before, began = _processor_seconds(children), time.monotonic()
                    results = await asyncio.gather(*(fetcher.fetch(session, source) for source in sources))
                    seconds = _processor_seconds([child for child in _children() if child != server]) - before
                    new = sum(result.report.stories for result in results)
                    failed = sum(result.rejection is not None for result in results)
                    print(
                        f"round {turn}: {new} new, {failed} failed, {time.monotonic() - began:.1f} s, processor "
                        f"{seconds:.1f} s = {seconds / SHORTEST_INTERVAL.total_seconds():.1%} of a core, memory {_memory('self'):.0f} MB, workers "
                        f"{sum(map(_memory, children)):.0f} MB",
                        flush=True,
                    )


def _children() -> list[int]:
    text = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    return [int(child) for child in text.split()]


def main() -> None:
    """Start the server, then poll it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--entries", type=int, default=15)
    parser.add_argument("--fresh", type=float, default=0.1)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(theirs, options.entries, options.fresh), daemon=True
    )
    server.start()
    try:
        with tempfile.TemporaryDirectory() as home:
            asyncio.run(_run(options.feeds, ours.recv(), options.rounds, Path(home), server.pid or 0))
    finally:
        server.terminate()


if __name__ == "__main__":
    main()
