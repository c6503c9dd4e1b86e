"""The web edition: how soon a reader gets a page, beside a bot that answers members.

    python -m benchmarks.web_edition [--stories 300000] [--rate 50] [--seconds 60] [--interactions 20]

Fills a database with generated stories (kept in build/store/ for the next run), serves the web edition from the bot's
own process, as `web.enabled` does, and has readers in another process ask for pages at an even pace: front pages,
lists of countries and topics, events, stories, days, publishers, searches and feeds, most of them only once.
Meanwhile members use /news; the first eight seconds don't count, in which the bot connects. Prints milliseconds (p50, p95, p99, most) for both, and the largest page; with Chromium, when
the first words of a front page that nobody asked for before are painted. Ends with 1 when a page took more than 60 ms at
the 99th percentile, was refused or larger than 60 KB, an answer took more than 500 ms, or the first paint more than a second.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import random
import sys
import time
from pathlib import Path
from typing import Any

import aiohttp
import structlog

from benchmarks.interactions import clock, measure
from benchmarks.store import BUILD, COUNTRIES, TOPICS, StoryGenerator, fill
from bot.services import Services
from bot.settings import DigestSettings, SummarySettings, WebSettings
from bot.store.database import Store
from bot.web.server import serve_web

PORT = 18_457
WARM_SECONDS = 8
MOST_MILLISECONDS = 60
MOST_INTERACTION_SECONDS = 0.5
MOST_BYTES = 60_000
MOST_PAINT_MILLISECONDS = 1_000
CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None)


def addresses(stories: int, seed: int = 5) -> list[str]:
    """Return pages in the proportions in which readers open them: most are opened by few."""
    chance, generator = random.Random(seed), StoryGenerator(seed)
    found = []
    for _ in range(5_000):
        country, topic, story = chance.choice(COUNTRIES), chance.choice(TOPICS), chance.randint(1, stories)
        recent = chance.randint(int(stories * 0.97), stories)
        found.append(
            chance.choices(
                [
                    chance.choice(("/", "/?language=de", "/?language=ja", f"/?filter=country:{country}")),
                    f"/events/{recent}",
                    f"/stories/{story}",
                    f"/countries/{country}?page={chance.randint(1, 3)}",
                    f"/topics/{topic}",
                    f"/news?filter=country:{country}+topic:{topic}",
                    f"/archive/2026-{chance.randint(1, 11):02}-{chance.randint(1, 28):02}",
                    chance.choice(("/archive", "/countries", "/topics", "/sources")),
                    f"/sources/Source%20{chance.randint(0, 99)}",
                    f"/search?q={generator.two_words(common=False).replace(' ', '+')}",
                    f"/news.atom?filter=country:{country}",
                    "/digest.json",
                ],
                [25, 20, 20, 6, 5, 4, 5, 4, 3, 3, 3, 2],
            )[0]
        )
    return found


async def ask(rate: float, seconds: float, stories: int, base: str) -> dict[str, Any]:
    """Ask for pages at an even pace, whether or not answers come."""
    pages, taken, sizes, failed = addresses(stories), [], [], []
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def get(page: str, *, counts: bool) -> None:
            began = time.perf_counter()
            async with session.get(base + page.lstrip("/"), headers={"Accept-Encoding": "gzip"}) as answer:
                body = await answer.read()
                if counts:
                    taken.append((1000 * (time.perf_counter() - began), page))
                sizes.append((len(body), page))
                if answer.status != 200:
                    failed.append(f"{answer.status} {page}")

        began, asked = time.perf_counter(), []
        for number in range(int(rate * (WARM_SECONDS + seconds))):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            asked.append(asyncio.create_task(get(pages[number % len(pages)], counts=number >= rate * WARM_SECONDS)))
        await asyncio.gather(*asked)
    taken.sort()
    quantiles = {f"p{share}": round(taken[int(len(taken) * share / 100)][0], 1) for share in (50, 95, 99)}
    return {
        "pages": len(taken),
        **quantiles,
        "most": taken[-1],
        "largest": max(sizes),
        "failed": failed[:5],
    }


async def first_paint(base: str) -> float | None:
    """Return the milliseconds until a front page that wasn't asked for before is painted; None without Chromium."""
    if CHROMIUM is None:
        return None
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = await browser.new_page()
        await tab.goto(base + "robots.txt")  # the browser is up by now
        await tab.goto(base + "?language=fr")
        await tab.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
        painted = await tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        await browser.close()
        return float(painted)


async def run(chosen: argparse.Namespace) -> int:
    """Fill, serve, ask, print."""
    path = BUILD / f"interactions-{chosen.stories}.sqlite3"
    path.parent.mkdir(parents=True, exist_ok=True)
    async with Store.open(f"sqlite+aiosqlite:///{path}", 5) as store:
        await store.migrate()
        await fill(store, chosen.stories)
        editions = Services(store, DigestSettings(), SummarySettings(), clock).editions
        async with serve_web(editions, WebSettings(port=PORT), clock) as base:
            painted = await first_paint(base)
            given = (str(chosen.rate), str(chosen.seconds), str(chosen.stories), base)
            readers = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "benchmarks.web_edition", "--ask", *given, stdout=asyncio.subprocess.PIPE
            )
            gc.collect()
            gc.freeze()  # as the program does once it is loaded
            members = await measure(store, chosen.interactions, chosen.seconds, WARM_SECONDS)
            output, _ = await readers.communicate()
    pages = json.loads(output)
    print(f"{chosen.stories:,} stories, {chosen.rate:g} pages and {chosen.interactions:g} interactions a second")
    print(f"pages, ms: {pages}")
    print(f"interactions, s: p50 {members['p50']:.3f}, p99 {members['p99']:.3f}, most {members['max']:.3f}")
    print(f"first paint: {'no Chromium' if painted is None else f'{painted:.0f} ms'}")
    good = pages["p99"] <= MOST_MILLISECONDS and not pages["failed"] and pages["largest"][0] <= MOST_BYTES
    fast = members["max"] <= MOST_INTERACTION_SECONDS and (painted or 0) <= MOST_PAINT_MILLISECONDS
    return 0 if good and fast else 1


def main() -> int:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=300_000)
    parser.add_argument("--rate", type=float, default=50, help="pages a second")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--interactions", type=float, default=20, help="interactions a second")
    parser.add_argument("--ask", nargs=4, metavar=("RATE", "SECONDS", "STORIES", "URL"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.ask:
        rate, seconds, stories, base = chosen.ask
        print(json.dumps(asyncio.run(ask(float(rate), float(seconds), int(stories), base))))
        return 0
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(30))
    return asyncio.run(run(chosen))


if __name__ == "__main__":
    sys.exit(main())
