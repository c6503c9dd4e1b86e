"""Delivery rate: digests a second when thousands of channels are due at one moment.

    python -m benchmarks.delivery [--channels 2000] [--stories 2000] [--commands 5] [--postgres URL]

Stories are spread over a year, with two hundred of today, or as many as a day of that year had. A large store is made
once and kept in build/store/, the same that `benchmarks.interactions` uses; each run works on a copy.

Starts the bot (`gazette run`) and the double as processes of their own, the double with Discord's limits (50 requests a
second in all, 5 messages in 5 seconds a channel). All channels have one slot at the same moment; meanwhile members use
/news at an even pace. Prints how much of the possible rate was used, from the slot on, how many 429s there were, how
long commands took, and what the bot took of memory and processor.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.store import BUILD, COUNTRIES, TOPICS, StoryGenerator
from benchmarks.store import fill as fill_year
from bot.database_url import normalize_database_url
from bot.newsroom.models import Subscription
from bot.store import documents, subscriptions
from bot.store.database import Store
from tests.double.remote import Remote

_CHANNELS_PER_GUILD = 5
"""Subscribed channels of one guild, as a larger community has."""

_DISCORD_RATE = 50.0
"""Requests a second that Discord allows a bot."""
_REFILLED_UP_TO = 5000
"""Stories up to which the store is filled for each run; a larger one is kept and copied."""
_FEED = "feed:https://wire.example/"
_TICKS = os.sysconf("SC_CLK_TCK")
_LEAD = timedelta(seconds=25)
"""Time for the bot's start before the slot."""


@dataclass(frozen=True, slots=True)
class Usage:
    """A process's use of the machine: processor seconds, and megabytes at most."""

    seconds: float
    peak: float

    @classmethod
    def of(cls, pid: int) -> Usage:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        status = Path(f"/proc/{pid}/status").read_text()
        peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
        return cls((int(fields[11]) + int(fields[12])) / _TICKS, peak / 1024)


async def furnish(url: str, size: int) -> None:
    """Make the store and fill it."""
    today = min(size, max(200, size // 365))
    if size <= _REFILLED_UP_TO or not url.startswith("sqlite"):
        async with Store.open(url) as store:
            await store.migrate()
            await fill(store, size, today, datetime.now(UTC))
        return
    kept = BUILD / f"interactions-{size}.sqlite3"
    kept.parent.mkdir(parents=True, exist_ok=True)
    async with Store.open(normalize_database_url(f"sqlite:///{kept}")) as store:
        await store.migrate()
        await fill_year(store, size)
    await asyncio.to_thread(_copy, kept, Path(url.partition(":///")[2]))
    async with Store.open(url) as store:
        await fill(store, today, today, datetime.now(UTC))


def _copy(kept: Path, path: Path) -> None:
    with contextlib.closing(sqlite3.connect(kept)) as source, contextlib.closing(sqlite3.connect(path)) as copy:
        source.backup(copy)
        copy.execute("UPDATE document SET path = ? || path", [_FEED])  # files would be missing from the seeds folder
        copy.commit()


async def fill(store: Store, size: int, today: int, now: datetime) -> None:
    """Store stories of a year, of which `today` arrived in the last twenty hours."""
    world = StoryGenerator(7)
    for first in range(0, size, 500):
        batch = min(500, size - first)
        ages = [
            timedelta(hours=20 * (size - place) / today)
            if size - place <= today
            else timedelta(days=2 + (size - place) % 363)
            for place in range(first, first + batch)
        ]
        async with store.writing() as conn:
            for place, age in enumerate(ages, first):
                at = now - age
                await documents.store_document(
                    conn,
                    f"{_FEED}{place:07}",
                    documents.FileFacts(1, 1, 1, f"{place:064x}"),
                    [world.analysis()],
                    now=at,
                    origins=[documents.Origin(at, world.origin().source)],
                )


async def subscribe(store: Store, channels: list[tuple[int, int]], slot: datetime) -> None:
    """Subscribe each (guild, channel) to a daily digest at the slot's time."""
    before = slot - timedelta(days=1, minutes=1)
    async with store.writing() as conn:
        for number, (guild, channel) in enumerate(channels):
            country, topic = COUNTRIES[number % 20], TOPICS[number % 8]
            filters = ("", f"country:{country}", f"topic:{topic}", f"country:{country} topic:{topic}")
            wanted = Subscription(
                0,
                channel,
                (slot.time(),),
                "UTC",
                created_at=before,
                after=slot - timedelta(minutes=1),
                guild_id=guild,
                filter=filters[number % 4],
                limit=(3, 5, 10)[number % 3],
            )
            await subscriptions.add_subscription(conn, wanted)


async def make_guilds(double: Remote, channels: int) -> list[tuple[int, int]]:
    """Make guilds of five channels each; return (guild, channel) for each channel."""
    made: list[tuple[int, int]] = []
    for number in range((channels + _CHANNELS_PER_GUILD - 1) // _CHANNELS_PER_GUILD):
        names = [f"news-{place}" for place in range(min(_CHANNELS_PER_GUILD, channels - len(made)))]
        given = await double("guild", name=f"Town {number}", channels=names)
        made += [(int(given["id"]), int(channel)) for channel in given["channels"].values()]
    return made


@asynccontextmanager
async def running_bot(double: Remote, database: str, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """`gazette run` against the double."""
    seeds = folder / "seeds"
    seeds.mkdir(exist_ok=True)
    environ = os.environ | {
        "DISCORD_TOKEN": double.token,
        "DISCORD_API_BASE": double.api_base,
        "DATABASE_URL": database,
        "GAZETTE_SEEDS": str(seeds),
        "GAZETTE_INTAKE__WORKERS": "1",
    }
    with (folder / "bot.log").open("wb") as log:
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.cli", "run", env=environ, stderr=log, stdout=log
        )
    try:
        yield bot
    finally:
        if bot.returncode is None:
            bot.terminate()
            await bot.wait()


async def measure(given: argparse.Namespace, folder: Path) -> int:
    """Run once and return the exit code."""
    database = given.database or f"sqlite:///{folder / 'gazette.sqlite3'}"
    async with Remote.started(furnish=True, limits=False) as double:
        await double("settings", identify_every=0)
        print(f"{given.channels} channels …", file=sys.stderr)
        places = await make_guilds(double, given.channels)
        print(f"{given.stories} stories …", file=sys.stderr)
        await furnish(normalize_database_url(database), given.stories)
        async with Store.open(normalize_database_url(database)) as store:
            soon = datetime.now(UTC) + _LEAD
            slot = soon.replace(second=0, microsecond=0) + timedelta(minutes=1)
            await subscribe(store, places, slot)
        await asyncio.sleep((slot - _LEAD - datetime.now(UTC)).total_seconds())
        await double("settings", limits=True)
        async with running_bot(double, database, folder) as bot:
            await double("wait", commands=1, timeout=60)
            await asyncio.sleep(max((slot - datetime.now(UTC)).total_seconds() - 2, 0))
            before = Usage.of(bot.pid)
            load = asyncio.create_task(_use_commands(double, given.commands, given.channels))
            await _wait_for_all(double, given.channels, slot)
            load.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await load
            after = Usage.of(bot.pid)
            report = await double("state")
            sent = await double("census")
        return _print_report(given, slot, report, sent, before, after, load_reports)


load_reports: list[dict[str, float]] = []


async def _use_commands(double: Remote, a_second: float, channels: int) -> None:
    """Have members use /news at an even pace, ten seconds at a time, until cancelled."""
    options: list[dict[str, Any]] = [{"country": code} for code in COUNTRIES[:8]]
    while a_second:
        load_reports.append(
            await double(
                "load",
                guild="Harbour",
                members=["Mara", "Aiko", "Teo"],
                name="news",
                options=options,
                a_second=a_second,
                seconds=10,
            )
        )


async def _wait_for_all(double: Remote, channels: int, slot: datetime) -> None:
    give_up_at = time.monotonic() + 60 + 3 * channels / _DISCORD_RATE
    seen = -1
    while time.monotonic() < give_up_at:
        await asyncio.sleep(2)
        if datetime.now(UTC) < slot:
            continue
        state = await double("state")
        if state["messages"] >= channels and state["messages"] == seen:
            return
        seen = state["messages"]


def _print_report(
    given: argparse.Namespace,
    slot: datetime,
    report: dict[str, Any],
    sent: dict[str, list[Any]],
    before: Usage,
    after: Usage,
    loads: list[dict[str, float]],
) -> int:
    times = sorted(message[2] - slot.timestamp() for messages in sent.values() for message in messages)
    if not times:
        print("nothing was posted")
        return 1
    doubles = sum(len(messages) != len({message[1] for message in messages}) for messages in sent.values())
    seconds = times[-1] - max(times[0], 0.0)
    a_second = Counter(int(moment) for moment in times)
    rate = len(times) / seconds
    print(f"channels reached        {len(sent)} of {given.channels}")
    print(f"messages                {len(times)}, {doubles} channels with one twice")
    print(f"first after the slot    {times[0]:.2f} s")
    print(f"last after the slot     {times[-1]:.1f} s (at the full rate {len(times) / _DISCORD_RATE:.1f} s)")
    print(
        f"rate                    {rate:.1f} a second, {rate / _DISCORD_RATE:.1%} of the possible; most in one {max(a_second.values())}"
    )
    print(f"429s                    {sum(report['limited'].values())} {report['limited'] or ''}")
    if loads:
        print(
            f"commands                {sum(each['sent'] for each in loads):.0f}, {sum(each['late'] for each in loads):.0f} late; "
            f"p50 {max(each['p50'] for each in loads) * 1000:.0f} ms, p99 {max(each['p99'] for each in loads) * 1000:.0f} ms (the worst ten seconds)"
        )
    print(f"memory                  {after.peak:.0f} MB at most, with {given.stories} stories")
    print(f"processor               {after.seconds - before.seconds:.1f} s for {len(times)} messages")
    return 0 if len(sent) == given.channels and not doubles else 1


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--channels", type=int, default=2000)
    parser.add_argument("--stories", type=int, default=2000)
    parser.add_argument("--commands", type=float, default=5, help="uses of /news a second")
    parser.add_argument("--database", default="", help="an empty database; a SQLite file of its own unless given")
    parser.add_argument("--keep", action="store_true", help="keep the folder with the bot's log")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="gazette-delivery-"))
    print(folder, file=sys.stderr)
    try:
        code = asyncio.run(measure(given, folder))
    finally:
        if not given.keep:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
