"""Two bots with the same shards over one database, each killed and frozen while members and channels are served.

What is counted afterwards: every command took effect once and was answered, every digest is in its channel once.
"""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from bot.newsroom.models import DeliveryState
from bot.store import deliveries, subscriptions
from bot.store.database import Store
from tests.delivery.delivery_fixture import subscribe
from tests.double import Answer, Channel, Discord, NoAnswer

from .programs import Program, environment, gazette

__all__ = ["TwoBotsResult", "make_story", "run_two_bots"]

_STORIES = 12
"""Stories that the digests are made of."""

_RESTART_SECONDS = 1.0
"""Seconds after which a supervisor starts a bot again that was killed."""

_SLOTS = 2
"""Slots of each channel, a minute apart."""


@dataclass(slots=True)
class TwoBotsResult:
    """What became of commands and digests; `longest_silence` is the longest time without a message within a slot."""

    commands: int = 0
    answered: int = 0
    effects: Counter[int] = field(default_factory=Counter)
    """How many commands had so many effects."""
    answered_without_effect: int = 0
    expected: int = 0
    lost: int = 0
    twice: int = 0
    longest_silence: float = 0.0
    deeds: list[str] = field(default_factory=list)


class _Bot:
    """One bot, which a supervisor starts again."""

    def __init__(self, name: str, env: dict[str, str], cwd: Path) -> None:
        self.name, self._env, self._cwd = name, env, cwd
        self._stack = AsyncExitStack()
        self.program: Program
        self.logs = ""

    async def start(self) -> None:
        self.program = await self._stack.enter_async_context(gazette("run", env=self._env, cwd=self._cwd))
        await self.program.says("discord.ready")

    async def kill_and_restart(self) -> None:
        await self.program.kill()
        self.logs += self.program.log
        await asyncio.sleep(_RESTART_SECONDS)
        await self.start()

    async def freeze(self, seconds: float) -> None:
        self.program.process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(seconds)
        self.program.process.send_signal(signal.SIGCONT)

    async def stop(self) -> None:
        await self.program.stop()
        self.logs += self.program.log
        await self._stack.aclose()


async def run_two_bots(
    double: Discord,
    store: Store,
    database_url: str,
    folder: Path,
    *,
    commands: int,
    channels: int,
    deeds: int,
    seed: int,
    commands_per_second: float = 3.0,
) -> TwoBotsResult:
    """Run two bots, have each of them killed or frozen `deeds` times at random moments, and count."""
    rng, result = random.Random(seed), TwoBotsResult(commands=commands)
    guild = double.guild("Harbour")
    papers = [guild.add_channel(f"paper-{number}") for number in range(channels)]
    env = environment(
        folder,
        DISCORD_TOKEN=double.token,
        DISCORD_API_BASE=double.api_base,
        DATABASE_URL=database_url.replace("+psycopg", "").replace("+aiosqlite", ""),
        GAZETTE_DELIVERY__TICK_SECONDS="5",
    )
    for number in range(_STORIES):
        (folder / "seeds" / f"{number}.txt").write_text(make_story(number), "utf-8")
    bots = [_Bot(name, env, folder) for name in ("first", "second")]
    await bots[0].start()
    await bots[1].start()
    await bots[0].program.says('"stories": ')
    first = (datetime.now(UTC) + timedelta(seconds=75)).replace(second=0, microsecond=0)
    slots = [first + timedelta(minutes=number) for number in range(_SLOTS)]
    await subscribe(
        store,
        [channel.id for channel in papers],
        at=",".join(f"{slot:%H:%M}" for slot in slots),
        guild_id=guild.id,
        after=datetime.now(UTC),
        created_at=datetime.now(UTC),
    )
    asking = asyncio.create_task(_ask(double, commands, commands_per_second, first))
    disturbing = asyncio.create_task(_disturb(rng, bots, deeds, first, result))
    answers = await asking
    await disturbing
    async with asyncio.timeout(180):
        while not await _all_delivered(store, len(papers) * _SLOTS):  # noqa: ASYNC110 - other processes deliver
            await asyncio.sleep(0.25)
    for bot in bots:
        await bot.stop()
    await _count_commands(store, answers, guild.id, result)
    await _count_digests(store, papers, result)
    return result


def make_story(number: int) -> str:
    """Return a story that differs from those of other numbers."""
    return (
        f"Japan's parliament passed law number {number} on ferries in port {number} on Monday. "
        f"The vote in Tokyo was {200 + number} to {100 + number}. Ship owners in port {number} said they would go to court."
    )


async def _ask(double: Discord, count: int, per_second: float, slot: datetime) -> list[tuple[str, Answer]]:
    """Subscribe so many times, each at a time of its own, which is how its effect is recognized."""
    mara, loop = double.guild("Harbour").member("Mara").at("news"), asyncio.get_running_loop()
    began, answers = loop.time(), []
    for number in range(count):
        await asyncio.sleep(max(began + number / per_second - loop.time(), 0))
        at = f"{slot + timedelta(hours=2, minutes=number):%H:%M}"  # none is due while this runs
        answers.append((at, mara.begin("subscribe", time=at, timezone="UTC", country="JP")))
    return answers


async def _disturb(rng: random.Random, bots: list[_Bot], deeds: int, slot: datetime, result: TwoBotsResult) -> None:
    """Kill and freeze the bots in turn, never both at once; the first time while the first slot is served."""
    order = [bot for bot in bots for _ in range(deeds)]
    rng.shuffle(order)
    first_kind = rng.randrange(2)
    await asyncio.sleep(max((slot - datetime.now(UTC)).total_seconds() + rng.uniform(0.2, 2), 0))
    for number, bot in enumerate(order):
        if (number + first_kind) % 2:
            seconds = rng.uniform(4, 18)
            result.deeds.append(f"{bot.name} frozen for {seconds:.0f} s")
            await bot.freeze(seconds)
        else:
            result.deeds.append(f"{bot.name} killed")
            await bot.kill_and_restart()
        await asyncio.sleep(rng.uniform(0.5, 3))


async def _all_delivered(store: Store, expected: int) -> bool:
    async with store.reading() as conn:
        states = await deliveries.count_by_state(conn)
    ended = (DeliveryState.SENT, DeliveryState.SKIPPED, DeliveryState.FAILED, DeliveryState.EXPIRED)
    return sum(states[state] for state in ended) >= expected


async def _count_commands(
    store: Store, answers: list[tuple[str, Answer]], guild_id: int, result: TwoBotsResult
) -> None:
    async with store.reading() as conn:
        made = await subscriptions.list_subscriptions(conn, guild_id=guild_id)
    effects = Counter(f"{each.times[0]:%H:%M}" for each in made if len(each.times) == 1)
    for at, answer in answers:
        try:
            await answer.complete(timeout=1)
        except NoAnswer:
            has_answer = False
        else:
            has_answer = True
        result.answered += has_answer
        result.effects[effects[at]] += 1
        result.answered_without_effect += has_answer and not effects[at]


async def _count_digests(store: Store, papers: list[Channel], result: TwoBotsResult) -> None:
    moments: list[tuple[float, int]] = []
    for number, channel in enumerate(papers, 1):
        async with store.reading() as conn:
            history = await deliveries.history(conn, number)
        for ordinal, delivery in enumerate(sorted(history, key=lambda each: each.slot_at)):
            result.expected += 1
            result.lost += delivery.state not in (DeliveryState.SENT, DeliveryState.SKIPPED)
            for message in delivery.messages:
                posted = [each for each in channel.messages if message.marker in each.traces]
                result.lost += not posted
                result.twice += max(len(posted) - 1, 0)
                moments += [(each.at, ordinal) for each in posted]
    result.lost += max(len(papers) * _SLOTS - result.expected, 0)
    for slot in range(_SLOTS):
        times = sorted(at for at, ordinal in moments if ordinal == slot)
        gaps = [later - earlier for earlier, later in pairwise(times)]
        result.longest_silence = max([result.longest_silence, *gaps])
